"""The needs of the region and what answers them: `needs` and `coverage`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, BinaryIO, Final

from esfmatch import compiled
from esfmatch import coverage as answers
from esfmatch.cli.options import AsOf, Color, DataOption, FactOption, Format, Output, argument, option
from esfmatch.coverage import Change, Coverage
from esfmatch.edges import Sink, format_for, raw, terminal_for
from esfmatch.facts import Facts
from esfmatch.problems import ExitCode, UsageError, unknown_id
from esfmatch.render import data as json_shape
from esfmatch.render.coverage import CoverageScreen
from esfmatch.render.pages import Pages
from esfmatch.settings import parse_day, parse_facts, settle

_FORMATS: Final = ("text", "json", "csv", "html", "svg")


def needs(
    ident: Annotated[
        str | None,
        argument("[KENNUNG]", help="Ein Bedarf; ohne Angabe alle.", complete="needs"),
    ] = None,
    data: DataOption = None,
    as_of: AsOf = None,
    format: Format = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Zeigt die regionalen Bedarfe, oder einen mit den Instrumenten, die ihn beantworten."""
    form = format_for(format, output, ("text", "json"))
    settings = settle(data, as_of, False, date.today())
    loaded = compiled.advisor(settings.data).catalogue
    if ident is not None and ident not in loaded.needs_by_id:
        raise unknown_id("Bedarf", ident, loaded.needs_by_id, "„esfmatch needs“ zeigt alle.")
    found = answers.cover(loaded, settings.as_of, answers.for_region(Facts()))
    rows = [row for row in found.rows if ident in (None, row.need.id)]
    with Sink(output) as out:
        if form == "json":
            print(json_shape.dumps(json_shape.needs(rows, settings.as_of)), file=out)
        elif ident:
            Pages(terminal_for(out, color), loaded).need(rows[0], settings.as_of)
        else:
            Pages(terminal_for(out, color), loaded).needs(rows, settings.as_of)
    return ExitCode.YES


def coverage(
    against: Annotated[
        str | None, option("--against", metavar="TAG", help="Zeigt, was bis zu diesem Tag wegfiel und dazukam.")
    ] = None,
    fact: FactOption = None,
    data: DataOption = None,
    as_of: AsOf = None,
    format: Annotated[
        str | None,
        option("--format", metavar="text|json|csv|html|svg", help="Ausgabeform; sonst nach der Endung von -o."),
    ] = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Zeigt, welche Bedarfe der Region ein nutzbares Instrument haben, und warum die anderen keines haben."""
    form = format_for(format, output, _FORMATS)
    settings = settle(data, as_of, False, date.today())
    advisor = compiled.advisor(settings.data)
    loaded = advisor.catalogue
    facts = answers.for_region(advisor.facts_of("", parse_facts(fact or (), loaded.facts)))
    days = [settings.as_of]
    if against is not None:
        if form == "svg":
            raise UsageError("--against gibt es nicht als SVG. Möglich sind: csv, html, json, text.")
        days = sorted([settings.as_of, parse_day(against, "--against")])
    found = [answers.cover(loaded, day, facts) for day in days]
    changes = answers.compare(*found) if len(found) == 2 else ()
    with Sink(output) as out:
        if form == "text":
            screen = CoverageScreen(terminal_for(out, color), loaded)
            if against is None:
                screen.coverage(found[0])
            else:
                screen.changes(found[0], found[1], changes)
        elif form == "csv":
            _write_csv(raw(out), found, changes)
        else:
            print(_document(form, found, changes), file=out)
    return ExitCode.YES


def _write_csv(out: BinaryIO, found: list[Coverage], changes: tuple[Change, ...]) -> None:
    from esfmatch.render import coverage_data
    from esfmatch.render.sheets import CsvTable

    if len(found) == 1:
        table, rows = CsvTable(out, coverage_data.HEADER), coverage_data.table(found[0])
    else:
        header = coverage_data.changes_header(found[0].as_of, found[1].as_of)
        table, rows = CsvTable(out, header), coverage_data.changes_table(changes)
    for row in rows:
        table.row(row)


def _document(form: str, found: list[Coverage], changes: tuple[Change, ...]) -> str:
    from esfmatch.render import coverage_data, coverage_page

    if form == "svg":
        return coverage_page.svg(found[0])
    if len(found) == 1:
        return coverage_page.html(found[0]) if form == "html" else json_shape.dumps(coverage_data.shape(found[0]))
    if form == "html":
        return coverage_page.changes_html(found[0], found[1], changes)
    return json_shape.dumps(coverage_data.changes_shape(found[0], found[1], changes))
