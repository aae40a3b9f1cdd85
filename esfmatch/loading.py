"""The catalogue files -> one sound `Catalogue`, or every finding that stands against them.

Nothing is half-loaded: `load` returns a sound catalogue or raises `CatalogueError`; `inspect` returns both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from esfmatch.catalogue import FILES, Catalogue, read_files
from esfmatch.catalogue_files import ApprovalsFile, NeedsFile, ProgrammesFile, VoicesFile
from esfmatch.checks import form, references
from esfmatch.checks.base import CHECKS, run
from esfmatch.model.programmes import Outline, Programme
from esfmatch.problems import CatalogueError, Finding
from esfmatch.vocabulary import VocabularyFile


def load(directory: Path | None = None) -> Catalogue:
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
    return joined(reading), ()


def joined(reading: form.Reading) -> Catalogue:
    """The catalogue of files that were read, in which nothing of form or references is wrong."""
    models = [reading.models[name] for name in FILES]
    programmes = cast(ProgrammesFile, models[0])
    needs, vocabulary, voices = cast(NeedsFile, models[1]), cast(VocabularyFile, models[2]), cast(VoicesFile, models[3])
    approvals = cast(ApprovalsFile, models[4])
    return Catalogue(
        documents=programmes.documents,
        by_id={programme.id: programme for programme in programmes.programmes},
        needs=needs.needs,
        reference_projects=needs.reference_projects,
        reference_projects_note=needs.reference_projects_note,
        region=needs.region,
        vocabulary=vocabulary,
        voices={entry.id: entry.texts for entry in voices.voices},
        approvals={entry.programme: entry for entry in approvals.approvals},
        approvals_list=approvals.list_,
        named_by=_named_by(programmes.programmes),
        outlines={programme.id: Outline.of(programme) for programme in programmes.programmes},
    )


def _named_by(programmes: Iterable[Programme]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for programme in programmes:
        named = [successor.id for successor in programme.successors]
        named += [i for v in programme.versions for combination in v.combinations for i in combination.programmes]
        for ident in named:
            found.setdefault(ident, {})[programme.id] = None
    return {ident: tuple(naming) for ident, naming in found.items()}
