"""The catalogue as one immutable value, and where its files are. Decides nothing about texts or eligibility."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path as FilePath
from typing import Final

from msgspec import Struct

from esfmatch.files import MAX_CATALOGUE_BYTES, read_start
from esfmatch.model.evidence import Document
from esfmatch.model.programmes import Outline, Programme
from esfmatch.model.region import Approval, ApprovalsList, Need, ReferenceProject, Region
from esfmatch.vocabulary import Concept, Fact, VocabularyFile

FILES: Final = ("programmes.yaml", "needs.yaml", "vocabulary.yaml", "voices.yaml", "approvals.yaml")
_OLD_DAYS: Final = 365
MAX_AGE: Final = 2000
"""After how many days the evidence that an instrument is open counts as old, where nothing else is said."""


class Catalogue(Struct, frozen=True, dict=True):
    """Everything the tool knows, checked and frozen.

    by_id: the instruments. named_by: for each instrument those whose entries name it, as successor or as something that
    may or may not come together with it. outlines: what of each is needed to choose among many.
    """

    documents: tuple[Document, ...]
    by_id: Mapping[str, Programme]
    needs: tuple[Need, ...]
    reference_projects: tuple[ReferenceProject, ...]
    reference_projects_note: str | None
    region: Region
    vocabulary: VocabularyFile
    voices: Mapping[str, tuple[str, ...]]
    approvals: Mapping[str, Approval]
    approvals_list: ApprovalsList
    named_by: Mapping[str, tuple[str, ...]]
    outlines: Mapping[str, Outline]

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        """All instruments, in the order of the file."""
        return tuple(self.by_id.values())

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

    def naming(self, programme: Programme) -> tuple[Programme, ...]:
        """The instruments whose entries name it."""
        return tuple(self.by_id[ident] for ident in self.named_by.get(programme.id, ()))

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


def shipped_data() -> FilePath:
    """The folder of the catalogue that comes with the program: inside the package, or beside it in a checkout."""
    inside = FilePath(__file__).parent / "data"
    return inside if inside.is_dir() else FilePath(__file__).resolve().parent.parent / "data"


def read_files(directory: FilePath | None = None) -> dict[str, bytes]:
    """The bytes of the files by path, in the order of FILES. Raises InputError."""
    contents = {}
    for name in FILES:
        label = str(directory / name) if directory else name
        contents[label] = read_start((directory or shipped_data()) / name, label, MAX_CATALOGUE_BYTES + 1)
    return contents


def evidence_is_old(programme: Programme, day: date) -> bool:
    """Whether the newest evidence of its status is more than a year before `day`."""
    return (day - programme.status.day).days > _OLD_DAYS
