"""What is handed over: the advice as a document, `report`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from esfmatch import compiled
from esfmatch.cli.options import AnyPeriod, AsOf, DataOption, FactOption, Limit, Output, TextFile
from esfmatch.edges import Sink, format_for, read_text
from esfmatch.problems import ExitCode
from esfmatch.settings import parse_facts, settle


def report(
    text: Annotated[str | None, typer.Argument(help="Beschreibung auf Deutsch; „-“ liest die Standardeingabe.")] = None,
    file: TextFile = None,
    fact: FactOption = None,
    limit: Limit = 5,
    data: DataOption = None,
    as_of: AsOf = None,
    any_period: AnyPeriod = False,
    format: Annotated[
        str | None, typer.Option("--format", metavar="html|md", help="Form; sonst nach der Endung von -o.")
    ] = None,
    output: Output = None,
) -> None:
    """Schreibt die Beratung als ein Dokument zum Weitergeben, etwa: esfmatch report --file notiz.txt -o beratung.html

    Darin steht, was verstanden wurde, die Vorschläge mit Gründen, Geld, Schritten und Unterlagen, was offen ist, der
    Bedarf der Region und alle Quellen. Ohne Vorschlag endet der Befehl mit 1; das Dokument sagt dann, warum.
    """
    from esfmatch.render.report import report as document
    from esfmatch.render.report import to_html, to_markdown

    chosen = format_for(format, output, ("html", "md"))
    settings = settle(data, as_of, any_period, date.today())
    advisor = compiled.advisor(settings.data)
    stated = parse_facts(fact or (), advisor.catalogue.facts)
    words = read_text(text, file)
    advice = advisor.suggest(words, settings.as_of, stated=stated, any_period=any_period, limit=limit)
    page = document(advice, advisor.catalogue, stated)
    with Sink(output) as out:
        out.write(to_html(page) if chosen == "html" else to_markdown(page))
    raise typer.Exit(ExitCode.YES if advice.suggestions else ExitCode.NO)
