"""The compiled form of a catalogue: its checked values and what was learned from them, in one file.

YAML, pydantic and learning run when the catalogue changed, not at every call. The file is keyed by the content of the
catalogue and the version of the program and written atomically; one that is foreign, damaged or old is made anew
silently. That of the shipped catalogue comes with the program, others live in the user's cache folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from esfmatch import __version__, store
from esfmatch.advice import Advisor, Prepared
from esfmatch.catalogue import Catalogue, read_files, shipped_data
from esfmatch.folders import cache_folder
from esfmatch.learning import DEFAULT
from esfmatch.vocabulary import Fact, VocabularyFile

FORMAT: Final = 10  # to be raised when something else is worked out of the same files
SHIPPED: Final = "catalogue.sqlite"
_KEPT: Final = 6  # compiled catalogues; those of editors who change theirs every day add up


class Compiled(Struct, frozen=True):
    """A catalogue without the forms and voices that were learned from, and what was learned."""

    catalogue: Catalogue
    prepared: Prepared


def advisor(
    directory: Path | None = None, *, whole: bool = False, made: tuple[Mapping[str, bytes], Catalogue] | None = None
) -> Advisor:
    """The advisor for the catalogue in `directory`, or for the shipped one. Raises InputError or CatalogueError.

    whole: read all of it now, for many texts. made: the files and what was made of them, where that is at hand.
    """
    contents, catalogue = made or (read_files(directory), None)
    key = _key(contents)
    anew = partial(_anew, contents, key, catalogue)
    found = None
    for path in (*_cached(key), *([shipped_data() / SHIPPED] if directory is None else [])):
        with contextlib.suppress(store.DamagedError):
            found = store.read(path, Compiled, key, anew)
            break
    found = found or anew()
    if whole:
        found = store.filled(found)
    return Advisor(found.catalogue, found.prepared)


def ship(path: Path) -> None:
    """Write the compiled form of the shipped catalogue to a new file. Raises OSError, InputError or CatalogueError."""
    contents = read_files()
    store.write(path, _compile(contents), _key(contents))


def _anew(contents: Mapping[str, bytes], key: str, catalogue: Catalogue | None) -> Compiled:
    """Compile and keep it."""
    found = _compile(contents, catalogue)
    for path in _cached(key):
        _store(path, found, key)
    return found


def _compile(contents: Mapping[str, bytes], catalogue: Catalogue | None = None) -> Compiled:
    from esfmatch import loading  # checks and their libraries, which a compiled catalogue does not need
    from esfmatch.advice import prepare

    catalogue = catalogue or loading.from_contents(contents)
    lean = replace(catalogue, vocabulary=_without_forms(catalogue.vocabulary), voices={})
    return Compiled(lean, prepare(catalogue))


def _without_forms(vocabulary: VocabularyFile) -> VocabularyFile:
    """The vocabulary without the words that stand in the tables; it is read at every call."""
    return replace(
        vocabulary,
        concepts=tuple(replace(concept, forms=()) for concept in vocabulary.concepts),
        facts=tuple(_without_cues(fact) for fact in vocabulary.facts),
        elsewhere=tuple(replace(topic, forms=()) for topic in vocabulary.elsewhere),
        occupations=(),
        abbreviations=(),
        places_in_nrw=(),
        places_outside=(),
    )


def _without_cues(fact: Fact) -> Fact:
    """The fact alone. That it has words beside its nouns is a rule and stays."""
    values = tuple(replace(value, forms=()) for value in fact.values)
    return replace(fact, values=values, stated=(), denied=(), nouns=())


def _key(contents: Mapping[str, bytes]) -> str:
    """What the compiled form depends on: the bytes of the files, by the names of the files and not of their folder."""
    digest = hashlib.sha256(f"{FORMAT} {__version__} {DEFAULT}".encode())
    for label in sorted(contents):
        digest.update(f"\n{Path(label).name} {len(contents[label])}\n".encode())
        digest.update(contents[label])
    return digest.hexdigest()


def _cached(key: str) -> tuple[Path, ...]:
    """Where it is kept; nowhere if the user has no home."""
    folder = _cache_folder()
    return (folder / f"{key[:32]}.sqlite",) if folder.is_absolute() else ()


def _cache_folder() -> Path:
    return cache_folder() / "catalogues"


def _store(path: Path, value: Compiled, key: str) -> None:
    """Write atomically; a folder that cannot be written to costs time, not the answer."""
    new = path.with_name(f".new-{os.urandom(8).hex()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            store.write(new, value, key)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        by_age = sorted(path.parent.glob("*.sqlite"), key=lambda file: file.stat().st_mtime)
        for old in by_age[:-_KEPT]:
            old.unlink(missing_ok=True)
