"""The compiled form of a catalogue: its checked values and what was learned from it, in one file of JSON lines.

YAML and learning run when the catalogue changed, not at every call. The file is keyed by the content of the catalogue
and the version of the program, written atomically, and checked when read; one that is foreign, damaged or old is
rebuilt silently. It lives in the user's cache folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import platformdirs
from pydantic import BaseModel, ConfigDict, ValidationError

from esfmatch import __version__, catalogue
from esfmatch.advice import Advisor, Learned
from esfmatch.files import read_bytes
from esfmatch.learning import DEFAULT, Tables
from esfmatch.problems import InputError
from esfmatch.reading import WordLists
from esfmatch.yaml_source import Value

FORMAT: Final = 2
_MOST_BYTES: Final = 100_000_000
_KEPT: Final = 6  # compiled catalogues; those of editors who change theirs every day add up


class _LearnedShape(BaseModel):
    """How learned values stand in the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    words: list[str]
    parts: list[str]
    tables: dict[str, dict[str, dict[str, dict[str, float]]]]


def advisor(directory: Path | None = None) -> Advisor:
    """The advisor for the catalogue in `directory`, or for the shipped one. Raises InputError or CatalogueError."""
    contents = catalogue.read_files(directory)
    key = _key(contents)
    path = _cache_folder() / f"{key[:32]}.jsonl"
    found = None
    with contextlib.suppress(InputError, ValueError, ValidationError, KeyError, TypeError, RecursionError):
        found = _parse(read_bytes(path, str(path), _MOST_BYTES), key)  # one that is damaged is as good as none
    if found is None:
        found = Advisor(catalogue.from_contents(contents))
        if path.is_absolute():  # without a home the folder would be one called „~“ wherever we are
            _store(path, _serialise(found, key))
    return found


def _key(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(f"{FORMAT} {__version__} {DEFAULT}".encode())
    for name in sorted(contents):
        digest.update(f"\n{name} {len(contents[name])}\n".encode())
        digest.update(contents[name])
    return digest.hexdigest()


def _serialise(source: Advisor, key: str) -> bytes:
    """One line with the key, one for each catalogue file, one for what was learned."""
    learned = source.learned
    shape = {
        "words": learned.words.words,
        "parts": learned.words.parts,
        "tables": {name: {"words": t.words, "concepts": t.concepts} for name, t in learned.tables.items()},
    }
    lines = [json.dumps(value, ensure_ascii=False, default=float) for value in source.catalogue.values]
    lines.append(json.dumps(shape, ensure_ascii=False, separators=(",", ":")))
    content = "\n".join(lines).encode()
    header = {"esfmatch": FORMAT, "key": key, "sha256": hashlib.sha256(content).hexdigest()}
    return json.dumps(header).encode() + b"\n" + content


def _parse(content: bytes, key: str) -> Advisor | None:
    head, _, body = content.partition(b"\n")
    header: Any = json.loads(head)
    if header != {"esfmatch": FORMAT, "key": key, "sha256": hashlib.sha256(body).hexdigest()}:
        return None
    lines = body.split(b"\n")
    values = [_frozen(json.loads(line, parse_float=Decimal)) for line in lines[:-1]]
    shape = _LearnedShape.model_validate_json(lines[-1])
    tables = {name: Tables(table["words"], table["concepts"]) for name, table in shape.tables.items()}
    learned = Learned(WordLists(tuple(shape.words), tuple(shape.parts)), tables)
    return Advisor(catalogue.from_values(values), learned)


def _frozen(value: Any) -> Value:
    """JSON values as the YAML reader gives them: sequences are tuples."""
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return value  # type: ignore[no-any-return]


def _cache_folder() -> Path:
    return Path(platformdirs.user_cache_dir("esfmatch", appauthor=False)) / "catalogues"


def _store(path: Path, content: bytes) -> None:
    """Write atomically; a folder that cannot be written to costs time, not the answer."""
    new = path.with_name(f".new-{secrets.token_hex(8)}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_bytes(content)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        by_age = sorted(path.parent.glob("*.jsonl"), key=lambda file: file.stat().st_mtime)
        for old in by_age[:-_KEPT]:
            old.unlink(missing_ok=True)
