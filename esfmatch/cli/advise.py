"""Advice on one described case: `suggest` and `check`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from esfmatch import compiled
from esfmatch.advice import Advice, Advisor
from esfmatch.cli.options import (
    AnyPeriod,
    AsOf,
    Color,
    DataOption,
    DefaultPlace,
    FactOption,
    Format,
    Limit,
    Output,
    TextFile,
    argument,
    option,
)
from esfmatch.edges import Sink, format_for, read_facts, read_text, terminal_for
from esfmatch.eligibility import Eligibility, Question, questions
from esfmatch.facts import FactValue, parse_fact
from esfmatch.model.programmes import Programme
from esfmatch.problems import AbortedError, ExitCode
from esfmatch.render.terminal import Screen
from esfmatch.settings import Settings, parse_facts, settle
from esfmatch.unanswered import unanswered

Stated: TypeAlias = Mapping[str, FactValue]

_CODES: Final = {Eligibility.YES: ExitCode.YES, Eligibility.NO: ExitCode.NO, Eligibility.OPEN: ExitCode.UNDECIDED}
_TEXT: Final = argument("[TEXT]", help="Beschreibung auf Deutsch; „-“ liest die Standardeingabe.")
_IDENT: Final = argument("KENNUNG", help="Kennung des Instruments, siehe „esfmatch list“.", complete="programmes")


def suggest(
    text: Annotated[str | None, _TEXT] = None,
    file: TextFile = None,
    fact: FactOption = None,
    place: DefaultPlace = None,
    limit: Limit = 5,
    explain: Annotated[bool, option("--explain", help="Zeigt jeden Punkt der Bewertung.")] = False,
    dialogue: Annotated[bool, option("--ask", help="Stellt danach die Fragen, die noch etwas ändern.")] = False,
    data: DataOption = None,
    as_of: AsOf = None,
    any_period: AnyPeriod = False,
    format: Format = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Schlägt zu einer Beschreibung passende Instrumente vor."""
    form = format_for(format, output, ("text", "json"))
    settings = settle(data, as_of, any_period, date.today())
    advisor = compiled.advisor(settings.data)
    words = read_text(text, file, invite=True)
    stated = with_place(parse_facts(fact or (), advisor.catalogue.facts), place, words, advisor)

    def answer(stated: Stated, asked: frozenset[str]) -> Advice:
        return advisor.suggest(words, settings.as_of, stated=stated, any_period=any_period, limit=limit, asked=asked)

    asked = frozenset[str]()
    if dialogue:
        from esfmatch.dialogue import interview

        names = {programme.id: programme.name for programme in advisor.catalogue.programmes}
        stated, asked = interview(stated, lambda known, asked: answer(known, asked).questions, names, _answer)
    advice = answer(stated, asked)
    open_ends = unanswered(advice, advisor)
    with Sink(output) as out:
        if form == "json":
            from esfmatch.render import data as json_shape

            print(json_shape.dumps(json_shape.suggest(advice, advisor.catalogue, open_ends=open_ends)), file=out)
        else:
            Screen(terminal_for(out, color), advisor.catalogue).advice(advice, explain=explain, unanswered=open_ends)
    return ExitCode.YES if advice.suggestions else ExitCode.NO


def check(
    ident: Annotated[str, _IDENT],
    text: Annotated[str | None, option("--text", help="Beschreibung, aus der die Angaben gelesen werden.")] = None,
    file: TextFile = None,
    fact: FactOption = None,
    place: DefaultPlace = None,
    facts_file: Annotated[
        Path | None, option("--facts", metavar="DATEI", help="Angaben aus einer JSON- oder YAML-Datei.")
    ] = None,
    data: DataOption = None,
    as_of: AsOf = None,
    any_period: AnyPeriod = False,
    format: Format = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Prüft die Voraussetzungen eines Instruments; fragt nach, wenn nichts angegeben ist."""
    from esfmatch.eligibility.checking import check as rules_of  # nothing that `suggest` needs

    form = format_for(format, output, ("text", "json"))
    settings = settle(data, as_of, any_period, date.today())
    advisor = compiled.advisor(settings.data)
    programme, declared = advisor.programme(ident), advisor.catalogue.facts
    stated = read_facts(facts_file, declared) if facts_file else {}
    stated |= parse_facts(fact or (), declared)
    words = read_text(text, file) if text is not None or file is not None else ""
    interactive = not (words or stated) and sys.stdin.isatty() and form == "text"
    stated, asked = with_place(stated, place, words, advisor), frozenset[str]()
    if interactive:
        stated, asked = _interview(programme, stated, settings, advisor)
    facts, known = advisor.facts_of(words, stated, settings.as_of), advisor.catalogue.vocabulary.facts
    checked = rules_of(programme, facts, settings.as_of, known, any_period=any_period, skip=asked)
    with Sink(output) as out:
        if form == "json":
            from esfmatch.render import data as json_shape

            print(json_shape.dumps(json_shape.check(checked, advisor.catalogue)), file=out)
        else:
            Screen(terminal_for(out, color), advisor.catalogue).check(checked)
    return _CODES[checked.eligibility]


def _interview(
    programme: Programme, stated: Stated, settings: Settings, advisor: Advisor
) -> tuple[dict[str, FactValue], frozenset[str]]:
    """Ask what is open, then what is only taken as given. What is known in the end, and what was asked."""
    from esfmatch.dialogue import interview

    def left(known: Stated, asked: frozenset[str]) -> tuple[Question, ...]:
        facts, declared = advisor.facts_of("", known), advisor.catalogue.vocabulary.facts
        day, any_period = settings.as_of, settings.any_period
        return questions([programme], facts, day, declared, any_period=any_period, skip=asked) or questions(
            [programme], facts, day, declared, any_period=any_period, skip=asked, presumed=True
        )

    return interview(stated, left, {}, _answer)


def with_place(stated: dict[str, FactValue], place: str | None, words: str, advisor: Advisor) -> dict[str, FactValue]:
    """The stated facts, with a default place where neither they nor the text say anything of one."""
    if place is None or not advisor.facts_of(words, stated).keys().isdisjoint(("place", "in_region", "in_nrw")):
        return stated
    return {**stated, "place": parse_fact(advisor.catalogue.facts["place"], place)}


def _answer(prompt: str) -> str:
    """What somebody types. Raises AbortedError where there is nobody or they have had enough."""
    import typer  # who is asked has time

    try:
        return str(typer.prompt(prompt, default="", show_default=False, prompt_suffix="", err=True))
    except typer.Abort:
        raise AbortedError from None
