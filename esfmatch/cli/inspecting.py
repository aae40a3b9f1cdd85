"""What `validate` works with: the folders that it looks into and the lines that findings speak of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from esfmatch import catalogue, compiled, scenarios
from esfmatch.checks import gate
from esfmatch.files import MAX_CATALOGUE_BYTES, is_folder, read_bytes
from esfmatch.problems import EsfmatchError, Finding, Place, UsageError


class Run(Struct, frozen=True, dict=True):
    """One catalogue folder, or the shipped one, with the cases beside it."""

    directory: Path | None
    cases: Path | None
    gold: Path | None
    as_of: date
    max_age: int

    @cached_property
    def contents(self) -> dict[str, bytes]:
        """The files by path."""
        return catalogue.read_files(self.directory)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the files; once they can be used, also what its cases say."""
        if self.cases is not None and not is_folder(self.cases):
            raise UsageError(f"{self.cases}: Diesen Ordner mit Szenarien gibt es nicht.")
        inspection = gate.inspect(self.contents, self.as_of, self.max_age)
        if inspection.catalogue is None:
            return inspection.findings
        found = [*inspection.findings, *self._behaviour(inspection)]
        return gate.in_file_order(found, list(self.contents))

    def _behaviour(self, inspection: gate.Inspection) -> Iterator[Finding]:
        beside = _shortest(self.directory.resolve().parent / "tests") if self.directory else None
        cases = self.cases or (beside / "cases" if beside else None)
        gold = self.gold or (beside / "gold.yaml" if beside else None)
        assert inspection.catalogue is not None
        if cases is not None and cases.is_dir():
            yield from scenarios.run_all(cases, inspection.catalogue, inspection.documents)
        if gold is not None and (self.gold or gold.is_file()):
            made = self.contents, inspection.catalogue
            yield from scenarios.run_gold(gold, compiled.advisor(self.directory, made=made))


def _shortest(path: Path) -> Path:
    """As it is written from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


class Lines(Struct, frozen=True):
    """The lines of the files that findings speak of."""

    contents: dict[str, bytes]
    split: dict[str, list[str]] = field(default_factory=dict)

    def at(self, place: Place) -> str:
        """The line at a place; empty where there is none."""
        if place.file not in self.split:
            try:
                content = self.contents.get(place.file) or read_bytes(Path(place.file), place.file, MAX_CATALOGUE_BYTES)
            except EsfmatchError:
                content = b""
            self.split[place.file] = content.decode("utf-8-sig", errors="replace").split("\n")
        lines = self.split[place.file]
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""
