"""Load the catalogue files into one immutable `Catalogue`, or collect every finding that stands against it.

Reads files, decides nothing about texts or eligibility. Nothing is half-loaded: `load` returns a sound catalogue
or raises `CatalogueError`; `inspect` returns both, for `esfmatch validate`.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Final, cast

from msgspec import Struct

from esfmatch.checks import form, references
from esfmatch.checks.base import CHECKS, run
from esfmatch.checks.draft import FILES as FILES
from esfmatch.files import read_start
from esfmatch.model import (
    Approval,
    ApprovalsFile,
    ApprovalsList,
    Document,
    Need,
    NeedsFile,
    Programme,
    ProgrammesFile,
    ReferenceProject,
    Region,
    VoicesFile,
)
from esfmatch.problems import CatalogueError, Finding
from esfmatch.shapes import Model, validate
from esfmatch.vocabulary import Concept, Fact, VocabularyFile
from esfmatch.yaml_source import MAX_BYTES, Value

_OLD_DAYS: Final = 365


class Catalogue(Struct, frozen=True, dict=True):
    """Everything the tool knows, checked and frozen."""

    values: tuple[Value, ...]
    documents: tuple[Document, ...]
    programmes: tuple[Programme, ...]
    needs: tuple[Need, ...]
    reference_projects: tuple[ReferenceProject, ...]
    reference_projects_note: str | None
    region: Region
    vocabulary: VocabularyFile
    voices: Mapping[str, tuple[str, ...]]
    approvals: Mapping[str, Approval]
    approvals_list: ApprovalsList

    @cached_property
    def by_id(self) -> Mapping[str, Programme]:
        """Instruments by id."""
        return {programme.id: programme for programme in self.programmes}

    @cached_property
    def needs_by_id(self) -> Mapping[str, Need]:
        """Needs by id."""
        return {need.id: need for need in self.needs}

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Concepts by id."""
        return {concept.id: concept for concept in self.vocabulary.concepts}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by key."""
        return {fact.id: fact for fact in self.vocabulary.facts}

    def precedents(self, programme: Programme) -> tuple[ReferenceProject, ...]:
        """Earlier projects in the same Handlungsfeld about the same themes, and those that the instrument paid for."""
        themes = {*programme.themes, *programme.touches}
        pages = {link.id: set(link.source) for link in programme.needs}
        return tuple(
            project
            for project in self.reference_projects
            if project.handlungsfeld in pages
            and (themes & set(project.themes) or pages[project.handlungsfeld] & set(project.source))
        )


def shipped_data() -> Traversable:
    """The catalogue that comes with the program: inside the package, or beside it in a checkout."""
    inside = importlib.resources.files("esfmatch") / "data"
    if inside.is_dir():
        return inside
    return FilePath(__file__).resolve().parent.parent / "data"


def load(directory: FilePath | None = None) -> Catalogue:
    """The catalogue in `directory`, or the shipped one. Raises InputError or CatalogueError."""
    return from_contents(read_files(directory))


def from_contents(contents: Mapping[str, bytes]) -> Catalogue:
    """The catalogue made of these files. Raises CatalogueError."""
    catalogue, findings = inspect(contents)
    if catalogue is None:
        raise CatalogueError(findings)
    return catalogue


def inspect(contents: Mapping[str, bytes]) -> tuple[Catalogue | None, tuple[Finding, ...]]:
    """Read all files, given by their paths; the catalogue is None when one has errors of form or points nowhere."""
    return settle(form.read(contents))


def settle(reading: form.Reading) -> tuple[Catalogue | None, tuple[Finding, ...]]:
    """The catalogue of files that were read, or None with what makes it unusable."""
    findings = reading.findings or tuple(run([CHECKS[code] for code in references.CODES], reading.draft))
    if findings:
        return None, tuple(sorted(findings))
    documents = reading.draft.documents
    return _join([reading.models[name] for name in FILES], [documents[name].value for name in FILES]), ()


def read_files(directory: FilePath | None = None) -> dict[str, bytes]:
    """The bytes of the files by path, in the order of FILES. Raises InputError."""
    contents = {}
    for name in FILES:
        label = str(directory / name) if directory else name
        source: Traversable = (shipped_data() if directory is None else directory) / name
        contents[label] = read_start(source, label, MAX_BYTES + 1)  # the reader says so where that is too much
    return contents


def from_values(values: Sequence[Value]) -> Catalogue:
    """The catalogue made of the plain values of its files, which were checked before. Raises ValidationError."""
    return _join([validate(model, value) for model, value in zip(FILES.values(), values, strict=True)], values)


def _join(models: Sequence[Model], values: Sequence[Value]) -> Catalogue:
    programmes = cast(ProgrammesFile, models[0])
    needs, vocabulary, voices = cast(NeedsFile, models[1]), cast(VocabularyFile, models[2]), cast(VoicesFile, models[3])
    approvals = cast(ApprovalsFile, models[4])
    return Catalogue(
        values=tuple(values),
        documents=programmes.documents,
        programmes=programmes.programmes,
        needs=needs.needs,
        reference_projects=needs.reference_projects,
        reference_projects_note=needs.reference_projects_note,
        region=needs.region,
        vocabulary=vocabulary,
        voices={entry.id: entry.texts for entry in voices.voices},
        approvals={entry.programme: entry for entry in approvals.approvals},
        approvals_list=approvals.list_,
    )


def evidence_is_old(programme: Programme, day: date) -> bool:
    """Whether the newest evidence of its status is more than a year before `day`."""
    return (day - programme.status.day).days > _OLD_DAYS
