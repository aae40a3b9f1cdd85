"""The gate for people who edit the catalogue: `validate` and `explain`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from esfmatch.catalogue import MAX_AGE
from esfmatch.cli.options import AsOf, Color, DataOption, Output, argument, option
from esfmatch.edges import Sink, format_for, terminal_for
from esfmatch.files import is_folder
from esfmatch.problems import ExitCode, Finding, Severity, UsageError
from esfmatch.render import data as json_shape
from esfmatch.settings import settle

if TYPE_CHECKING:
    from esfmatch.cli.inspecting import Lines

# The checks and their libraries are loaded by the commands that need them, not by the help of all.


def validate(
    paths: Annotated[list[Path] | None, argument("[DATEIEN]", help="Katalogordner oder Dateien darin.")] = None,
    cases: Annotated[
        Path | None, option("--cases", metavar="ORDNER", help="Szenarien; sonst tests/cases neben dem Katalog.")
    ] = None,
    gold: Annotated[
        Path | None,
        option("--gold", metavar="DATEI", help="Suchproben; sonst tests/gold.yaml neben dem Katalog."),
    ] = None,
    data: DataOption = None,
    as_of: AsOf = None,
    max_age: Annotated[
        int, option("--max-age", metavar="TAGE", least=1, help="So alt darf ein Beleg sein, dass etwas offen ist.")
    ] = MAX_AGE,
    strict: Annotated[bool, option("--strict", help="Auch Warnungen zählen als Fehler.")] = False,
    format: Annotated[
        str | None,
        option("--format", metavar="text|json|github|sarif", help="Ausgabeform; sonst nach der Endung von -o."),
    ] = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Prüft die Katalogdateien und nennt jeden Fehler mit Datei, Zeile und Spalte."""
    from esfmatch.cli.inspecting import Lines, Run
    from esfmatch.render.findings import print_findings

    form = format_for(format, output, ("text", "json", "github", "sarif"))
    settings = settle(data, as_of, False, date.today())
    directories: list[Path | None] = list(dict.fromkeys(p if is_folder(p) else p.parent for p in paths or ()))
    runs = [Run(directory, cases, gold, settings.as_of, max_age) for directory in directories or [settings.data]]
    findings = [finding for run in runs for finding in run.findings]
    lines = Lines({file: content for run in runs for file, content in run.contents.items()})
    with Sink(output) as out:
        if form == "text":
            print_findings(terminal_for(out, color), findings, lines.at)
        else:
            for line in _for_programs(findings, form, lines):
                print(line, file=out)
    counted = [finding for finding in findings if strict or finding.severity is Severity.ERROR]
    return ExitCode.NO if counted else ExitCode.YES


def _for_programs(findings: Sequence[Finding], form: str, lines: Lines) -> Iterable[str]:
    from esfmatch.checks.gate import all_checks
    from esfmatch.render.findings import github_lines
    from esfmatch.render.sarif import sarif

    if form == "github":
        return github_lines(findings)
    if form == "sarif":
        return [json_shape.dumps(sarif(findings, all_checks(), lines.at, Path.cwd()))]
    return [json_shape.dumps(json_shape.validation(findings))]


def explain(
    code: Annotated[str | None, argument("[CODE]", help="Etwa ESF301; ohne Angabe alle.")] = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Erklärt, was ein Fehlercode von validate bedeutet und wie man den Fehler behebt."""
    from esfmatch.checks.gate import all_checks
    from esfmatch.render.findings import print_codes, print_explanation

    checks = {check.code: check for check in all_checks()}
    if code is not None and code.upper() not in checks:
        raise UsageError(f"Den Code „{code[:40]}“ gibt es nicht. „esfmatch explain“ zeigt alle.")
    with Sink(output) as out:
        if code is None:
            print_codes(terminal_for(out, color), checks.values())
        else:
            print_explanation(terminal_for(out, color), checks[code.upper()])
    return ExitCode.YES
