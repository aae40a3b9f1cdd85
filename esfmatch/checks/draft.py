"""The catalogue files as far as they can be read: values with their places, and every entry that has the right form.

A draft exists for broken files, too: what cannot be read is missing from it, and the checks work on the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar, cast, get_args, get_origin

from msgspec import Struct
from pydantic import ValidationError

from esfmatch.catalogue_files import Voices
from esfmatch.model.evidence import Document
from esfmatch.model.exemptions import Exemption
from esfmatch.model.programmes import Programme, Version
from esfmatch.model.region import Approval, ApprovalsList, Need, ReferenceProject, Region
from esfmatch.problems import Place
from esfmatch.shapes import Model, adapter, keys
from esfmatch.vocabulary import Abbreviation, Concept, Fact, Implication, Topic
from esfmatch.vocabulary import Place as PlaceName
from esfmatch.yaml_source import Document as YamlDocument
from esfmatch.yaml_source import Path, Value

M = TypeVar("M")


class Entry(Struct, Generic[M], frozen=True):
    """A part of a file that has the right form, and where it stands."""

    model: M
    document: YamlDocument
    path: Path

    def place(self, *steps: str | int) -> Place:
        """The place of something inside it, or of the nearest thing around that."""
        return self.document.place((*self.path, *steps))

    def within(self, words: str, *steps: str | int) -> Place:
        """The place of words in a text inside it."""
        return self.document.within((*self.path, *steps), words)

    def missing(self, key: str, *steps: str | int) -> Place:
        """Where a key would stand that it, or something inside it, lacks."""
        return self.document.missing((*self.path, *steps), key)

    @property
    def value(self) -> Any:
        """Its plain value."""
        return value_at(self.document.value, self.path)


class Draft(Struct, frozen=True, dict=True):
    """All files. `documents` holds those that could be read, by file name; `sound` names those without errors."""

    documents: Mapping[str, YamlDocument]
    parts: Mapping[tuple[str, str], tuple[Entry[Any], ...]]
    as_of: date
    max_age: int
    sound: frozenset[str] = frozenset()

    def _list(self, file: str, key: str) -> tuple[Entry[Any], ...]:
        return self.parts.get((file, key), ())

    @cached_property
    def scalars(self) -> Mapping[str, tuple[tuple[Path, Any], ...]]:
        """Every scalar of every file, with its path."""
        return {name: tuple(scalars(document.value)) for name, document in self.documents.items()}

    def each_scalar(self, *files: str) -> Iterator[tuple[YamlDocument, Path, Any]]:
        """Every scalar of these files, or of all, with its document and path."""
        for name in files or self.documents:
            if name in self.documents:
                for path, value in self.scalars[name]:
                    yield self.documents[name], path, value

    def prose(self) -> Iterator[tuple[YamlDocument, Path, str]]:
        """The texts that describe instruments and needs; addresses are none."""
        for document, path, value in self.each_scalar("programmes.yaml", "needs.yaml"):
            if isinstance(value, str) and path and path[-1] != "url":
                yield document, path, value

    @cached_property
    def words(self) -> Mapping[str, int]:
        """How often every word stands in the files, in small letters; addresses and ids are left out."""
        found: Counter[str] = Counter()
        for _, path, value in self.each_scalar():
            if isinstance(value, str) and path and path[-1] not in ("url", "id", "doc"):
                found.update(word.lower() for word in re.findall("[A-Za-zÄÖÜäöüß]+", value))
        return found

    def whole(self, *files: str) -> bool:
        """Whether these files have the right form from end to end, so that what is not in them does not exist."""
        return self.sound.issuperset(files)

    @property
    def sources(self) -> tuple[Entry[Document], ...]:
        """The documents that can be cited."""
        return self._list("programmes.yaml", "documents")

    @property
    def programmes(self) -> tuple[Entry[Programme], ...]:
        """The instruments."""
        return self._list("programmes.yaml", "programmes")

    @cached_property
    def versions(self) -> tuple[tuple[Entry[Programme], Entry[Version]], ...]:
        """Every version with its instrument."""
        return tuple(
            (entry, Entry(version, entry.document, (*entry.path, "versions", number)))
            for entry in self.programmes
            for number, version in enumerate(entry.model.versions)
        )

    @property
    def region(self) -> Entry[Region] | None:
        """The region."""
        found = self._list("needs.yaml", "region")
        return cast("Entry[Region]", found[0]) if found else None

    @property
    def needs(self) -> tuple[Entry[Need], ...]:
        """The needs."""
        return self._list("needs.yaml", "needs")

    @property
    def projects(self) -> tuple[Entry[ReferenceProject], ...]:
        """The reference projects."""
        return self._list("needs.yaml", "reference_projects")

    @property
    def concepts(self) -> tuple[Entry[Concept], ...]:
        """The concepts."""
        return self._list("vocabulary.yaml", "concepts")

    @property
    def facts(self) -> tuple[Entry[Fact], ...]:
        """The facts."""
        return self._list("vocabulary.yaml", "facts")

    @cached_property
    def facts_by_id(self) -> Mapping[str, Fact]:
        """The facts by key."""
        return {entry.model.id: entry.model for entry in self.facts}

    @property
    def implications(self) -> tuple[Entry[Implication], ...]:
        """What facts say about whom a text concerns."""
        return self._list("vocabulary.yaml", "implications")

    @property
    def abbreviations(self) -> tuple[Entry[Abbreviation], ...]:
        """The abbreviations."""
        return self._list("vocabulary.yaml", "abbreviations")

    @property
    def topics(self) -> tuple[Entry[Topic], ...]:
        """What people ask for that the catalogue does not hold."""
        return self._list("vocabulary.yaml", "elsewhere")

    @property
    def places(self) -> tuple[Entry[PlaceName], ...]:
        """The places outside the region, inside and outside the state."""
        return self._list("vocabulary.yaml", "places_in_nrw") + self._list("vocabulary.yaml", "places_outside")

    @property
    def approvals(self) -> tuple[Entry[Approval], ...]:
        """What was approved for single instruments."""
        return self._list("approvals.yaml", "approvals")

    @property
    def approvals_list(self) -> Entry[ApprovalsList] | None:
        """The list that the approvals were counted from."""
        found = self._list("approvals.yaml", "list")
        return cast("Entry[ApprovalsList]", found[0]) if found else None

    @property
    def exemptions(self) -> tuple[Entry[Exemption], ...]:
        """The exceptions of all files."""
        return tuple(entry for name in self.documents for entry in self._list(name, "exceptions"))

    @property
    def voices(self) -> tuple[Entry[Voices], ...]:
        """How people ask."""
        return self._list("voices.yaml", "voices")


def sound_parts(file: str, document: YamlDocument, model: Model) -> dict[tuple[str, str], tuple[Entry[Any], ...]]:
    """The entries of a file that is as its model wants it."""
    parts: dict[tuple[str, str], tuple[Entry[Any], ...]] = {}
    for key, (name, _) in keys(type(model)).items():
        value = getattr(model, name)
        if isinstance(value, Model):
            parts[file, key] = (Entry(value, document, (key,)),)
        elif isinstance(value, tuple):
            parts[file, key] = tuple(Entry(part, document, (key, number)) for number, part in enumerate(value))
    return parts


def usable_parts(
    file: str, document: YamlDocument, model: type[Model], error: ValidationError
) -> dict[tuple[str, str], tuple[Entry[Any], ...]]:
    """The entries of a file with errors that are right by themselves."""
    broken = {item["loc"][:2] for item in error.errors(include_url=False, include_input=False, include_context=False)}
    parts: dict[tuple[str, str], tuple[Entry[Any], ...]] = {}
    top = document.value if isinstance(document.value, dict) else {}
    for key, (_, hint) in keys(model).items():
        items, arguments = top.get(key), get_args(hint)
        if isinstance(items, tuple) and get_origin(hint) is tuple:
            one = adapter(arguments[0])
            parts[file, key] = tuple(
                Entry(one.validate_python(item), document, (key, number))
                for number, item in enumerate(items)
                if (key, number) not in broken
            )
        elif isinstance(items, dict) and not any(where[0] == key for where in broken):
            parts[file, key] = (Entry(adapter(hint).validate_python(items), document, (key,)),)
    return parts


def value_at(value: Value, path: Path) -> Any:
    """The plain value at a path that exists."""
    current: Any = value
    for step in path:
        current = current[step]
    return current


def scalars(value: Value, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every scalar with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(inner, (*path, key))
    elif isinstance(value, tuple):
        for k, inner in enumerate(value):
            yield from scalars(inner, (*path, k))
    else:
        yield path, value


def containers(value: Value, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every mapping and sequence with its path, outer ones first."""
    if isinstance(value, (dict, tuple)):
        yield path, value
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from containers(inner, (*path, key))
