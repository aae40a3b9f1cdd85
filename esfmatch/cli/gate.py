"""The gate for people who edit the catalogue: `validate` and `explain`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct, field

from esfmatch import catalogue, compiled, scenarios
from esfmatch.checks import gate
from esfmatch.cli.options import AsOf, Color, DataOption, Output
from esfmatch.edges import Sink, one_of, terminal_for
from esfmatch.files import MAX_CATALOGUE_BYTES, is_folder, read_bytes
from esfmatch.problems import EsfmatchError, ExitCode, Finding, Place, Severity, UsageError
from esfmatch.render import data as json_shape
from esfmatch.render.findings import github_lines, print_codes, print_explanation, print_findings
from esfmatch.render.sarif import sarif
from esfmatch.settings import settle


def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[DATEIEN]", help="Katalogordner oder Dateien darin.")
    ] = None,
    cases: Annotated[
        Path | None, typer.Option("--cases", metavar="ORDNER", help="Szenarien; sonst tests/cases neben dem Katalog.")
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option("--gold", metavar="DATEI", help="Suchproben; sonst tests/gold.yaml neben dem Katalog."),
    ] = None,
    data: DataOption = None,
    as_of: AsOf = None,
    max_age: Annotated[
        int, typer.Option("--max-age", metavar="TAGE", min=1, help="So alt darf ein Beleg sein, dass etwas offen ist.")
    ] = gate.MAX_AGE,
    strict: Annotated[bool, typer.Option("--strict", help="Auch Warnungen zählen als Fehler.")] = False,
    format: Annotated[str, typer.Option("--format", metavar="text|json|github|sarif", help="Ausgabeform.")] = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Prüft die Katalogdateien und nennt jeden Fehler mit Datei, Zeile und Spalte."""
    one_of("--format", format, ("text", "json", "github", "sarif"))
    settings = settle(data, as_of, False, date.today())
    directories: list[Path | None] = list(dict.fromkeys(p if is_folder(p) else p.parent for p in paths or ()))
    runs = [_Run(directory, cases, gold, settings.as_of, max_age) for directory in directories or [settings.data]]
    findings = [finding for run in runs for finding in run.findings]
    lines = _Lines({file: content for run in runs for file, content in run.contents.items()})
    with Sink(output) as out:
        if format == "json":
            print(json_shape.dumps(json_shape.validation(findings)), file=out)
        elif format == "sarif":
            log = sarif(findings, gate.all_checks(), lines.at, Path.cwd())
            print(json_shape.dumps(log), file=out)
        elif format == "github":
            for line in github_lines(findings):
                print(line, file=out)
        else:
            print_findings(terminal_for(out, color), findings, lines.at)
    counted = [finding for finding in findings if strict or finding.severity is Severity.ERROR]
    raise typer.Exit(ExitCode.NO if counted else ExitCode.YES)


def explain(
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="Etwa ESF301; ohne Angabe alle.")] = None,
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Erklärt, was ein Fehlercode von validate bedeutet und wie man den Fehler behebt."""
    checks = {check.code: check for check in gate.all_checks()}
    if code is not None and code.upper() not in checks:
        raise UsageError(f"Den Code „{code[:40]}“ gibt es nicht. „esfmatch explain“ zeigt alle.")
    with Sink(output) as out:
        if code is None:
            print_codes(terminal_for(out, color), checks.values())
        else:
            print_explanation(terminal_for(out, color), checks[code.upper()])


class _Run(Struct, frozen=True, dict=True):
    """One catalogue folder, or the shipped one, with the cases beside it."""

    directory: Path | None
    cases: Path | None
    gold: Path | None
    as_of: date
    max_age: int

    @cached_property
    def contents(self) -> dict[str, bytes]:
        return catalogue.read_files(self.directory)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the files; once they can be used, also what its cases say."""
        if self.cases is not None and not is_folder(self.cases):
            raise UsageError(f"{self.cases}: Diesen Ordner mit Szenarien gibt es nicht.")
        inspection = gate.inspect(self.contents, self.as_of, self.max_age)
        if inspection.catalogue is None:
            return inspection.findings
        return (*inspection.findings, *self._behaviour(inspection))

    def _behaviour(self, inspection: gate.Inspection) -> Iterator[Finding]:
        beside = self.directory.resolve().parent / "tests" if self.directory else None
        cases = self.cases or (beside / "cases" if beside else None)
        gold = self.gold or (beside / "gold.yaml" if beside else None)
        assert inspection.catalogue is not None
        if cases is not None and cases.is_dir():
            yield from scenarios.run_all(cases, inspection.catalogue, inspection.documents)
        if gold is not None and (self.gold or gold.is_file()):
            yield from scenarios.run_gold(gold, compiled.advisor(self.directory, whole=True))


class _Lines(Struct, frozen=True):
    """The lines of the files that findings speak of."""

    contents: dict[str, bytes]
    split: dict[str, list[str]] = field(default_factory=dict)

    def at(self, place: Place) -> str:
        if place.file not in self.split:
            try:
                content = self.contents.get(place.file) or read_bytes(Path(place.file), place.file, MAX_CATALOGUE_BYTES)
            except EsfmatchError:
                content = b""
            self.split[place.file] = content.decode("utf-8-sig", errors="replace").split("\n")
        lines = self.split[place.file]
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""
