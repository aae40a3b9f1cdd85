"""The compiled form of a catalogue: its checked values and what was learned from it, in one file of JSON lines.

YAML and learning run when the catalogue changed, not at every call. The file is keyed by the content of the catalogue
and the version of the program, written atomically, and checked when read; one that is foreign, damaged or old is
rebuilt silently. It lives in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import platformdirs
from pydantic import BaseModel, ConfigDict, ValidationError

from esfmatch import __version__, catalogue
from esfmatch.advice import Advisor, Learned
from esfmatch.learning import Tables
from esfmatch.reading import WordLists
from esfmatch.yaml_source import Value

FORMAT: Final = 1


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
    try:
        found = _parse(path.read_bytes(), key)
    except (OSError, ValueError, ValidationError, KeyError, TypeError, RecursionError):
        found = None  # a damaged or foreign file is as good as none
    if found is None:
        found = Advisor(catalogue.from_contents(contents))
        _store(path, _serialise(found, key))
    return found


def _key(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(f"{FORMAT} {__version__}".encode())
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
    lines = [json.dumps({"esfmatch": FORMAT, "key": key})]
    lines += [json.dumps(value, ensure_ascii=False, default=float) for value in source.catalogue.values]
    lines.append(json.dumps(shape, ensure_ascii=False, separators=(",", ":")))
    return "\n".join(lines).encode()


def _parse(content: bytes, key: str) -> Advisor | None:
    lines = content.split(b"\n")
    header: Any = json.loads(lines[0])
    if not isinstance(header, dict) or header.get("key") != key or len(lines) != len(catalogue.FILES) + 2:
        return None
    values = [_frozen(json.loads(line, parse_float=Decimal)) for line in lines[1:-1]]
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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as stream:
            stream.write(content)
        try:
            Path(stream.name).replace(path)
        except OSError:
            Path(stream.name).unlink(missing_ok=True)
    except OSError:
        pass
