"""A value of tables in one file, from which only what is asked for is read.

The value is a struct. Each of its mappings becomes a shelf whose entries are read one by one; everything else is read
at once. The file is an SQLite database of JSON texts: it cannot run code, and every text carries a check sum and is
decoded into the type that it must have. What turns out to be damaged on the way is taken from `spare`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, TypeVar, cast, get_args, get_origin, get_type_hints
from urllib.parse import quote

from msgspec import MsgspecError, Struct, json

V = TypeVar("V")
S = TypeVar("S", bound=Struct)

_LAYOUT: Final = """
    CREATE TABLE entry (
        shelf INTEGER, key TEXT, place INTEGER, text BLOB, sum INTEGER, PRIMARY KEY (shelf, key)
    ) WITHOUT ROWID
"""
_LOOSE: Final = -1  # the shelf of what is no mapping
_FAULTS: Final = (sqlite3.Error, MsgspecError, UnicodeError, TypeError)
_Steps = tuple[str, ...]


class DamagedError(Exception):
    """The file is not what was written."""


def write(path: Path, value: Struct, key: str) -> None:
    """Write a value to a new file; `key` has to be shown to get it back. Raises OSError."""
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode=OFF")
            database.execute("PRAGMA synchronous=OFF")
            database.execute("BEGIN")
            database.execute(_LAYOUT)
            database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", sorted(_rows(value, key)))
            database.execute("COMMIT")
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def read(path: Path, kind: type[S], key: str, spare: Callable[[], S]) -> S:
    """The value that was written with this key. Raises DamagedError.

    spare: makes the same value anew, for the case that the file turns out to be damaged later.
    """
    try:
        if not path.is_file():  # a pipe would keep us waiting
            raise DamagedError(path)
        file = _File(path, spare)
        if file.loose((), str) != key:
            raise DamagedError(path)
        parts: dict[_Steps, Any] = {
            steps: Shelf(file, number, steps, get_args(hint)[1]) if _is_table(hint) else file.loose(steps, hint)
            for number, (steps, hint) in enumerate(_parts(kind))
        }
    except (*_FAULTS, OSError) as error:
        raise DamagedError(path) from error
    return cast("S", _assembled(kind, (), parts))


class Shelf(Mapping[str, V]):
    """One of the mappings; each entry is read when it is asked for the first time."""

    def __init__(self, file: _File, number: int, steps: _Steps, kind: Any) -> None:
        self._file = file
        self._number = number
        self._steps = steps
        self._kind = kind
        self._found: dict[str, V | None] = {}  # None: there is no such entry
        self._whole: Mapping[str, V] | None = None

    def get(self, key: str, default: Any = None) -> Any:
        """The entry, or `default`."""
        try:
            value = self._found[key]
        except KeyError:
            value = self._found[key] = self._look_up(key)
        return default if value is None else value

    def __getitem__(self, key: str) -> V:
        value: V | None = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole())

    def __len__(self) -> int:
        return len(self.whole())

    def whole(self) -> Mapping[str, V]:
        """All entries as an ordinary mapping, in the order in which they were written."""
        if self._whole is None:
            try:
                rows = self._file.rows(self._number)
                self._whole = {key: self._decoded(text, total) for key, text, total in rows}
            except _FAULTS:
                self._whole = self._spare()
        return self._whole

    def _look_up(self, key: str) -> V | None:
        if self._whole is not None:
            return self._whole.get(key)
        try:
            row = self._file.row(self._number, key)
            return None if row is None else self._decoded(*row)
        except _FAULTS:
            self._whole = self._spare()
            return self._whole.get(key)

    @cached_property
    def _decode(self) -> Callable[[bytes], V]:
        return cast("Callable[[bytes], V]", json.Decoder(self._kind, dec_hook=_made).decode)

    def _decoded(self, text: bytes, total: int) -> V:
        return self._decode(_sound(text, total))

    def _spare(self) -> Mapping[str, V]:
        return cast("Mapping[str, V]", _at(self._file.spare, self._steps))


class _File:
    """An open file. It is never changed, so that several threads and processes may read it."""

    def __init__(self, path: Path, spare: Callable[[], Struct]) -> None:
        where = f"file:{quote(str(path))}?mode=ro&immutable=1"
        self._database = sqlite3.connect(where, uri=True, check_same_thread=False)
        self._make_spare = spare

    def __del__(self) -> None:
        if hasattr(self, "_database"):  # it could be opened
            self._database.close()

    @cached_property
    def spare(self) -> Struct:
        """The whole value made anew."""
        return self._make_spare()

    def row(self, shelf: int, key: str) -> tuple[bytes, int] | None:
        """The text of one entry and its check sum."""
        question = "SELECT text, sum FROM entry WHERE shelf = ? AND key = ?"
        found: tuple[bytes, int] | None = self._database.execute(question, (shelf, key)).fetchone()
        return found

    def rows(self, shelf: int) -> Iterator[tuple[str, bytes, int]]:
        """Key, text and check sum of all entries of a shelf."""
        return self._database.execute("SELECT key, text, sum FROM entry WHERE shelf = ? ORDER BY place", (shelf,))

    def loose(self, steps: _Steps, hint: Any) -> Any:
        """What is no mapping."""
        row = self.row(_LOOSE, ".".join(steps))
        if row is None:
            raise sqlite3.DatabaseError("missing")
        return json.decode(_sound(*row), type=hint, dec_hook=_made)


def filled(value: S) -> S:
    """The same with ordinary mappings in place of shelves, for many questions."""
    kind = type(value)
    whole = {
        steps: (part.whole() if isinstance(part := _at(value, steps), Shelf) else part) for steps, _ in _parts(kind)
    }
    return cast("S", _assembled(kind, (), whole))


def _sound(text: bytes, total: int) -> bytes:
    if zlib.crc32(text) != total:
        raise sqlite3.DatabaseError("check sum")
    return text


def _made(kind: Any, value: Any) -> Any:
    """A value of a type that JSON does not know, from what it was written as."""
    return kind(value)


# --- the parts of a struct ---------------------------------------------------------------------------------------


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(get_origin(kind) or kind, include_extras=True)


@cache
def _parts(kind: Any) -> tuple[tuple[_Steps, Any], ...]:
    """The mappings inside a struct and everything else, each with the way to it and its type."""
    known = dict(zip(getattr(get_origin(kind), "__parameters__", ()), get_args(kind), strict=True))
    found: list[tuple[_Steps, Any]] = []
    for name, written in _hints(kind).items():
        hint = written[tuple(known[p] for p in written.__parameters__)] if known and _open(written) else written
        if _is_cabinet(hint):
            found += [((name, *steps), inner) for steps, inner in _parts(hint)]
        else:
            found.append(((name,), hint))
    return tuple(found)


def _open(hint: Any) -> bool:
    return bool(getattr(hint, "__parameters__", ()))


def _is_table(hint: Any) -> bool:
    return get_origin(hint) is Mapping


def _is_cabinet(hint: Any) -> bool:
    """Whether it is a struct with mappings inside."""
    kind = get_origin(hint) or hint
    if not (isinstance(kind, type) and issubclass(kind, Struct)):
        return False
    return any(_is_table(inner) for _, inner in _parts(hint))


def _assembled(kind: Any, steps: _Steps, parts: Mapping[_Steps, Any]) -> Any:
    values = {}
    for name, hint in _hints(kind).items():
        here = (*steps, name)
        values[name] = parts[here] if here in parts else _assembled(hint, here, parts)
    return (get_origin(kind) or kind)(**values)


def _at(value: Any, steps: _Steps) -> Any:
    for step in steps:
        value = getattr(value, step)
    return value


def _rows(value: Struct, key: str) -> Iterator[tuple[int, str, int, bytes, int]]:
    encode = json.Encoder(enc_hook=tuple).encode
    yield _LOOSE, "", 0, (text := encode(key)), zlib.crc32(text)
    for number, (steps, hint) in enumerate(_parts(type(value))):
        part, shelf = _at(value, steps), number if _is_table(hint) else _LOOSE
        entries = part.items() if _is_table(hint) else [(".".join(steps), part)]
        for place, (name, entry) in enumerate(entries):
            text = encode(entry)
            yield shelf, name, place, text, zlib.crc32(text)
