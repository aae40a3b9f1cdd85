"""Advice on many cases: `batch`."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from esfmatch import compiled
from esfmatch.advice import Advisor
from esfmatch.cli.options import AnyPeriod, AsOf, DataOption, Limit, Output
from esfmatch.edges import Sink, one_of, read_lines
from esfmatch.facts import fact_from_json
from esfmatch.problems import EsfmatchError, InputError, UsageError
from esfmatch.render import data as json_shape
from esfmatch.settings import Settings, settle


def batch(
    file: Annotated[Path, typer.Argument(metavar="DATEI", help="JSON-Lines-Datei mit „id“ und „text“ je Zeile.")],
    limit: Limit = 5,
    data: DataOption = None,
    as_of: AsOf = None,
    any_period: AnyPeriod = False,
    format: Annotated[str, typer.Option("--format", metavar="jsonl", help="Ausgabeform.")] = "jsonl",
    output: Output = None,
) -> None:
    """Beantwortet jede Zeile einer Datei; die Reihenfolge bleibt erhalten."""
    one_of("--format", format, ("jsonl",))
    if file.suffix.lower() != ".jsonl":
        raise UsageError(f"{file}: Gelesen werden Dateien mit der Endung .jsonl.")
    settings = settle(data, as_of, any_period, date.today())
    advisor = compiled.advisor(settings.data)
    rows = read_lines(file)
    quiet = not sys.stderr.isatty()
    with Sink(output) as out:
        for line in track(rows, description="Zeilen", console=Console(stderr=True), disable=quiet, transient=True):
            result = _answer_row(line, advisor, settings, limit)
            print(json_shape.dumps(result, pretty=False), file=out)


def _answer_row(line: str, advisor: Advisor, settings: Settings, limit: int) -> dict[str, Any]:
    """The answer to one row, or its error; a bad row does not stop the others."""
    ident: str | None = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise InputError("Die Zeile ist kein JSON-Objekt.")
        ident = str(row["id"]) if "id" in row else None
        if not isinstance(row.get("text"), str):
            raise InputError("In der Zeile fehlt der Text („text“).")
        stated = {k: fact_from_json(f, row[k]) for k, f in advisor.catalogue.facts.items() if row.get(k) is not None}
        advice = advisor.suggest(
            row["text"], settings.as_of, stated=stated, any_period=settings.any_period, limit=limit
        )
    except (ValueError, RecursionError):
        return {"schema": "esfmatch/suggest/1", "id": ident, "error": "Die Zeile ist kein gültiges JSON."}
    except EsfmatchError as error:
        return {"schema": "esfmatch/suggest/1", "id": ident, "error": str(error)}
    return json_shape.suggest(advice, advisor.catalogue, ident)
