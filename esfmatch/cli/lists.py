"""Advice on many cases: `batch`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

from esfmatch import compiled
from esfmatch.advice import Advisor
from esfmatch.cli.options import AnyPeriod, AsOf, DataOption, Limit, Output, argument, option
from esfmatch.edges import Sink, format_for, raw
from esfmatch.problems import ExitCode, UsageError
from esfmatch.render.cleaning import clean
from esfmatch.settings import Settings, settle

if TYPE_CHECKING:
    from esfmatch.batch import Bundle
    from esfmatch.render.results import Tally
    from esfmatch.tables import Table


def batch(
    file: Annotated[Path, argument("DATEI", help="Liste (.jsonl, .csv, .xlsx) mit „id“, „text“ und Angaben.")],
    limit: Limit = 5,
    jobs: Annotated[
        int, option("--jobs", metavar="ZAHL", least=1, most=64, help="Zahl der Prozesse, die zugleich rechnen.")
    ] = 1,
    data: DataOption = None,
    as_of: AsOf = None,
    any_period: AnyPeriod = False,
    format: Annotated[
        str | None,
        option("--format", metavar="jsonl|csv|xlsx", help="Ausgabeform; sonst nach der Endung von -o."),
    ] = None,
    output: Output = None,
) -> ExitCode:
    """Beantwortet jede Zeile einer Liste; die Reihenfolge bleibt erhalten.

    Die erste Zeile einer CSV-Datei oder Excel-Mappe nennt die Spalten: „text“ (oder „Beschreibung“), „id“ und Angaben
    wie „employees“ oder „Beschäftigte“. Eine unbrauchbare Zeile bekommt ihren Fehler; dann endet der Befehl mit 1
    (mit 70, wenn es unser Fehler ist).
    """
    from esfmatch.batch import Order, answers  # what lists need is slow to load, and no other command needs it
    from esfmatch.render.results import Tally
    from esfmatch.tables import open_table

    chosen = format_for(format, output, ("jsonl", "csv", "xlsx"))
    if chosen == "xlsx" and output is None:
        raise UsageError("Eine Excel-Mappe braucht eine Datei: -o ergebnis.xlsx")
    settings = settle(data, as_of, any_period, date.today())
    advisor = compiled.advisor(settings.data, whole=True)
    order = Order(settings, limit, table=chosen != "jsonl")
    tally = Tally()
    with open_table(file, advisor.catalogue.facts) as table:
        _name_unused(table)
        with Sink(output) as out, closing(answers(table.rows, advisor, order, jobs)) as found:
            _write(_counted(found, tally, table), chosen, out, advisor, settings, tally)
    if tally.errors:
        print(
            f"Fehler in {tally.errors} von {tally.rows} Zeilen, zuerst in Zeile {tally.first_error}.",
            file=sys.stderr,
        )
    return ExitCode.BUG if tally.bugs else ExitCode.NO if tally.errors else ExitCode.YES


def _name_unused(table: Table) -> None:
    if table.unused:
        names = ", ".join(f"„{clean(name[:30])}“" for name in table.unused[:8])
        print(f"Nicht ausgewertete Spalten: {names}", file=sys.stderr)


def _counted(found: Iterable[Bundle], tally: Tally, table: Table) -> Iterator[Any]:
    with _progress(table) as advance:
        for bundle in found:
            tally.merge(bundle.tally)
            yield from bundle.answers
            advance(tally.rows)


@contextmanager
def _progress(table: Table) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, if that is a terminal; called with the number of rows that are done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=max(1, table.size))

        def advance(rows: int) -> None:
            progress.update(task, completed=table.position, description=f"{rows} Zeilen")

        yield advance


def _write(found: Iterable[Any], format: str, out: IO[str], advisor: Advisor, settings: Settings, tally: Tally) -> None:
    from esfmatch.render.results import HEADER, WIDE
    from esfmatch.render.sheets import CsvTable, workbook

    if format == "jsonl":
        for line in found:
            print(line, file=out)
    elif format == "csv":
        table = CsvTable(raw(out), HEADER)
        for cells in found:
            table.row(cells)
    else:
        with workbook(raw(out), "esfmatch: Ergebnisse", settings.as_of) as book:
            sheet = book.sheet("Ergebnisse", HEADER, WIDE)
            for cells in found:
                sheet.row(cells)
            summary = book.sheet("Zusammenfassung", ("Zusammenfassung", *[""] * 6), ("Zusammenfassung",))
            for row in tally.summary(advisor.catalogue, settings.as_of):
                summary.row(row)
