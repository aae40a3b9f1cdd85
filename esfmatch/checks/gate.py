"""All checks in one run: everything that stands against a catalogue, in file order, as far as it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from esfmatch import loading
from esfmatch.catalogue import MAX_AGE, Catalogue
from esfmatch.checks import (  # noqa: F401 - a module registers its checks when it is loaded
    citations,
    coverage,
    dates,
    daytexts,
    derivations,
    exemptions,
    form,
    parallels,
    prose,
    references,
    relations,
    rules,
    subjects,
    syntax,
    texts,
    wording,
    words,
)
from esfmatch.checks.base import CHECKS, Check, run
from esfmatch.problems import Finding
from esfmatch.yaml_source import Document


class Inspection(Struct, frozen=True):
    """What a look at the files gave: the catalogue if it can be used, the readable documents by name, all findings."""

    catalogue: Catalogue | None
    documents: Mapping[str, Document]
    findings: tuple[Finding, ...]


def inspect(contents: Mapping[str, bytes], as_of: date, max_age: int = MAX_AGE) -> Inspection:
    """Run all checks that need nothing but the files, given by their paths in the order of FILES."""
    reading = form.read(contents, as_of, max_age)
    checked = run(CHECKS.values(), reading.draft)
    findings = [*reading.findings, *checked]
    usable = not reading.findings and not any(finding.code in references.CODES for finding in checked)
    loaded = loading.joined(reading) if usable else None
    ordered = in_file_order(exemptions.spare(findings, reading.draft), list(contents))
    return Inspection(loaded, reading.draft.documents, ordered)


def in_file_order(findings: list[Finding], files: list[str]) -> tuple[Finding, ...]:
    """Sorted by file, in the given order, then by place and code."""
    rank = {file: number for number, file in enumerate(files)}
    return tuple(sorted(findings, key=lambda finding: (rank.get(finding.place.file, len(files)), finding)))


def all_checks() -> tuple[Check, ...]:
    """Every check by its code."""
    return tuple(CHECKS[code] for code in sorted(CHECKS))
