"""The one way in for files: ordinary ones, not too large, and as text only in UTF-8. Nothing is cut off silently.

Every function raises `InputError` with one line that says which file and what is wrong with it.
"""

from __future__ import annotations

import errno
import io
import os
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from esfmatch.problems import InputError

MAX_TEXT_BYTES: Final = 1_000_000
MAX_CATALOGUE_BYTES: Final = 8_000_000  # of one file
MAX_JSON_DEPTH: Final = 30

_REASONS: Final = {
    errno.EACCES: "keine Berechtigung",
    errno.EPERM: "nicht erlaubt",
    errno.ENOENT: "nicht gefunden",
    errno.ENOTDIR: "ein Teil des Pfades ist kein Ordner",
    errno.EISDIR: "das ist ein Ordner",
    errno.EEXIST: "gibt es schon",
    errno.ELOOP: "die Verweise drehen sich im Kreis",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EDQUOT: "der Speicherplatz ist aufgebraucht",
    errno.EFBIG: "die Datei würde zu groß",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.EMFILE: "zu viele offene Dateien",
    errno.EIO: "Fehler des Datenträgers",
    errno.EBADF: "geschlossen",
    errno.ENXIO: "niemand nimmt die Daten ab",
}


def reason(error: OSError) -> str:
    """Why the operating system refused, in German."""
    if isinstance(error, io.UnsupportedOperation):
        return "geschlossen"
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; one that the system will not tell about is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_bytes(source: Path, name: str, most: int) -> bytes:
    """All bytes of an ordinary file, `most` at the most."""
    content = read_start(source, name, most + 1)
    if len(content) > most:
        raise InputError(f"{name}: Die Datei ist zu groß; gelesen werden höchstens {_size(most)}.")
    return content


def read_start(source: Path, name: str, count: int) -> bytes:
    """The first `count` bytes of an ordinary file, or all if it has fewer."""
    try:
        if not source.is_file():
            raise InputError(f"{name}: Diese Datei gibt es nicht (oder sie ist keine gewöhnliche Datei).")
        with source.open("rb") as stream:
            return stream.read(count)
    except OSError as error:
        raise InputError(f"{name}: Die Datei lässt sich nicht lesen ({reason(error)}).") from error


def _size(count: int) -> str:
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count // 1_000} kB"


def decoded(content: bytes, name: str) -> str:
    """The text of UTF-8 bytes, with or without a byte order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise InputError(f"{name}: Der Text ist in UTF-16 oder UTF-32 gespeichert. Bitte als UTF-8 speichern.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name}: Der Text ist nicht in UTF-8 gespeichert (Zeile {line}). Bitte als UTF-8 speichern."
        ) from None
    if "\0" in text:
        raise InputError(f"{name}: Das ist keine Textdatei in UTF-8 (sie enthält Null-Bytes).")
    return text


def well_formed(text: str, name: str) -> str:
    """An argument of the command line as text; its bytes are UTF-8 whatever the locale says."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return os.fsencode(text).decode("utf-8")
        except UnicodeError:
            raise InputError(f"{name} ist nicht in UTF-8.") from None
    return text


def json_value(text: str, name: str) -> Any:
    """The value of strict JSON: no key twice, no NaN, nothing nested too deep; fractions as Decimal."""
    import json  # mostly facts come with the call

    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refused, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}: Das ist kein gültiges JSON (Zeile {error.lineno}, Spalte {error.colno}).") from None
    except (ValueError, ArithmeticError) as error:
        why = str(error) if isinstance(error, _RefusedError) else "eine Zahl ist zu lang"
        raise InputError(f"{name}: Das ist kein gültiges JSON ({why}).") from None
    except RecursionError:
        raise InputError(f"{name}: Die JSON-Werte sind zu tief verschachtelt.") from None
    if _depth(value) > MAX_JSON_DEPTH:
        raise InputError(f"{name}: Die JSON-Werte sind zu tief verschachtelt.")
    return value


class _RefusedError(ValueError):
    """JSON that Python would read and other programs would not, or not in the same way."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedError(f"„{twice[:40]}“ steht doppelt")
    return result


def _refused(word: str) -> Any:
    raise _RefusedError(f"{word} ist keine Zahl")


def _depth(value: Any) -> int:
    """How deep lists and objects are nested, without recursion."""
    depth, level = 0, [value]
    while level := [part for part in level if isinstance(part, (dict, list))]:
        depth += 1
        level = [inner for part in level for inner in (part.values() if isinstance(part, dict) else part)]
    return depth
