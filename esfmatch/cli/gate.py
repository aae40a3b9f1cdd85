"""The gate for people who edit the catalogue: `validate`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from esfmatch import catalogue, scenarios
from esfmatch.cli.options import Color, DataOption, Format, Output
from esfmatch.edges import Sink, console_for, one_of
from esfmatch.files import is_folder
from esfmatch.problems import ExitCode, Finding, UsageError
from esfmatch.render import data as json_shape
from esfmatch.render.findings import print_findings
from esfmatch.settings import settle


def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[DATEIEN]", help="Katalogordner oder Dateien darin.")
    ] = None,
    cases: Annotated[
        Path | None, typer.Option("--cases", metavar="ORDNER", help="Szenarien; sonst tests/cases neben dem Katalog.")
    ] = None,
    data: DataOption = None,
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Prüft die Katalogdateien und nennt jeden Fehler mit Datei, Zeile und Spalte."""
    one_of("--format", format, ("text", "json"))
    directories: list[Path | None] = list(dict.fromkeys(p if is_folder(p) else p.parent for p in paths or ()))
    if not directories:
        directories = [settle(data, None, False, date.today()).data]
    findings = [finding for directory in directories for finding in _inspect(directory, cases)]
    with Sink(output) as out:
        if format == "json":
            shape = {"schema": "esfmatch/validate/1", "findings": [json_shape.finding(f) for f in findings]}
            print(json_shape.dumps(shape), file=out)
        else:
            print_findings(console_for(out, color), findings)
    raise typer.Exit(ExitCode.NO if findings else ExitCode.YES)


def _inspect(directory: Path | None, cases: Path | None) -> tuple[Finding, ...]:
    """The findings of one catalogue, and of its scenarios once it is sound."""
    if cases is not None and not is_folder(cases):
        raise UsageError(f"{cases}: Diesen Ordner mit Szenarien gibt es nicht.")
    loaded, findings = catalogue.inspect(catalogue.read_files(directory))
    beside = directory.resolve().parent / "tests" / "cases" if directory else None
    folder = cases or beside
    if loaded is None or folder is None or not folder.is_dir():
        return findings
    return scenarios.run_all(folder, loaded)
