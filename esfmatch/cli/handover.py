"""What is handed over: the advice as a document, `report`, and the catalogue as data, `export`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from esfmatch import compiled
from esfmatch.cli.advise import with_place
from esfmatch.cli.options import (
    AnyPeriod,
    AsOf,
    DataOption,
    DefaultPlace,
    FactOption,
    Limit,
    Output,
    TextFile,
    argument,
    option,
)
from esfmatch.edges import Sink, format_for, raw, read_text
from esfmatch.problems import ExitCode, UsageError
from esfmatch.render import data as json_shape
from esfmatch.settings import parse_facts, settle
from esfmatch.unanswered import unanswered


def report(
    text: Annotated[
        str | None, argument("[TEXT]", help="Beschreibung auf Deutsch; „-“ liest die Standardeingabe.")
    ] = None,
    file: TextFile = None,
    fact: FactOption = None,
    place: DefaultPlace = None,
    limit: Limit = 5,
    data: DataOption = None,
    as_of: AsOf = None,
    any_period: AnyPeriod = False,
    format: Annotated[
        str | None, option("--format", metavar="html|md", help="Form; sonst nach der Endung von -o.")
    ] = None,
    output: Output = None,
) -> ExitCode:
    """Schreibt die Beratung als ein Dokument zum Weitergeben, etwa: esfmatch report --file notiz.txt -o beratung.html

    Darin steht, was verstanden wurde, die Vorschläge mit Gründen, Geld, Schritten und Unterlagen, was offen ist, der
    Bedarf der Region und alle Quellen. Ohne Vorschlag endet der Befehl mit 1; das Dokument sagt dann, warum.
    """
    from esfmatch.render.document import to_html, to_markdown
    from esfmatch.render.report import report as document

    chosen = format_for(format, output, ("html", "md"))
    settings = settle(data, as_of, any_period, date.today())
    advisor = compiled.advisor(settings.data)
    words = read_text(text, file, invite=True)
    stated = with_place(parse_facts(fact or (), advisor.catalogue.facts), place, words, advisor)
    advice = advisor.suggest(words, settings.as_of, stated=stated, any_period=any_period, limit=limit)
    page = document(advice, advisor.catalogue, stated, unanswered(advice, advisor))
    with Sink(output) as out:
        out.write(to_html(page) if chosen == "html" else to_markdown(page))
    return ExitCode.YES if advice.suggestions else ExitCode.NO


def export(
    data: DataOption = None,
    as_of: AsOf = None,
    format: Annotated[
        str | None, option("--format", metavar="json|csv|xlsx|jsonld", help="Form; sonst nach der Endung von -o.")
    ] = None,
    output: Output = None,
) -> ExitCode:
    """Gibt den Katalog als Daten aus, etwa: esfmatch export -o katalog.xlsx

    json ist vollständig. csv hat eine Zeile je Instrument, xlsx dazu Blätter für Bedarfe, Voraussetzungen, Leistungen
    und Bewilligungen. jsonld folgt dem EU-Vokabular für öffentliche Dienstleistungen (CPSV-AP 3.2).
    """
    from esfmatch import loading  # the whole catalogue, not only what answers need
    from esfmatch.render import cpsv, sheets
    from esfmatch.render import export as tables

    chosen = format_for(format, output, ("json", "csv", "xlsx", "jsonld"))
    if chosen == "xlsx" and output is None:
        raise UsageError("Eine Excel-Mappe braucht eine Datei: -o katalog.xlsx")
    settings = settle(data, as_of, False, date.today())
    loaded, day = loading.load(settings.data), settings.as_of
    with Sink(output) as out:
        if chosen == "json":
            print(json_shape.dumps(tables.as_json(loaded, day)), file=out)
        elif chosen == "jsonld":
            print(json_shape.dumps(cpsv.as_cpsv(loaded, day)), file=out)
        elif chosen == "csv":
            table = tables.instruments(loaded, day)
            csv = sheets.CsvTable(raw(out), table.header)
            for row in table.rows:
                csv.row(row)
        else:
            with sheets.workbook(raw(out), "esfmatch: Katalog", day) as book:
                for table in (tables.instruments(loaded, day), *tables.further_tables(loaded)):
                    sheet = book.sheet(table.name, table.header, table.wide)
                    for row in table.rows:
                        sheet.row(row)
    return ExitCode.YES
