"""The commands: options -> settings -> one call -> a renderer -> an exit code. Nothing is decided here.

The only room that imports typer. Errors of ours become one line on standard error; see `main`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn, TypeAlias

import typer
from rich.console import Console
from rich.progress import track

from esfmatch import __version__, catalogue, compiled, scenarios
from esfmatch.advice import Advice, Advisor, unknown_id
from esfmatch.edges import Sink, ask, console_for, one_of, read_facts, read_lines, read_text
from esfmatch.eligibility import Eligibility, PeriodState, judge, period_on, questions, version_on
from esfmatch.facts import fact_from_json
from esfmatch.problems import EsfmatchError, ExitCode, Finding, InputError, UsageError
from esfmatch.render import data as json_shape
from esfmatch.render.terminal import Screen, print_findings
from esfmatch.render.wording import clean
from esfmatch.settings import Settings, parse_facts, settle

app: Final = typer.Typer(
    name="esfmatch",
    help="Findet zu einer Beschreibung die passenden Förderinstrumente in Nordrhein-Westfalen.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Typer carries a private copy of Click; its public BadParameter descends from the error that all wrong use raises.
_UsageProblem: Final[type[Exception]] = typer.BadParameter.__mro__[1]

DataOption: TypeAlias = Annotated[
    Path | None, typer.Option("--data", help="Ordner mit einem anderen Katalog (auch ESFMATCH_DATA).")
]
AsOf: TypeAlias = Annotated[
    str | None, typer.Option("--as-of", metavar="TAG", help="Stichtag JJJJ-MM-TT; sonst heute.")
]
AnyPeriod: TypeAlias = Annotated[
    bool, typer.Option("--any-period", help="Laufzeiten zählen nicht gegen ein Instrument.")
]
FactOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--fact", metavar="ANGABE=WERT", help="Ergänzt oder berichtigt eine Angabe; mehrfach möglich."),
]
Limit: TypeAlias = Annotated[int, typer.Option("--limit", min=1, max=200, help="Höchstzahl der Vorschläge.")]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DATEI", help="Schreibt in eine Datei.")
]
Color: TypeAlias = Annotated[str, typer.Option("--color", metavar="auto|always|never", help="Farben.")]
Format: TypeAlias = Annotated[str, typer.Option("--format", metavar="text|json", help="Ausgabeform.")]
TextFile: TypeAlias = Annotated[
    Path | None, typer.Option("--file", metavar="DATEI", help="Liest den Text aus einer Datei.")
]


# --- main job ----------------------------------------------------------------------------------------------------


@app.command()
def suggest(
    text: Annotated[str | None, typer.Argument(help="Beschreibung auf Deutsch; „-“ liest die Standardeingabe.")] = None,
    file: TextFile = None,
    fact: FactOption = None,
    limit: Limit = 5,
    explain: Annotated[bool, typer.Option("--explain", help="Zeigt jeden Punkt der Bewertung.")] = False,
    dialogue: Annotated[bool, typer.Option("--ask", help="Stellt danach die Fragen, die noch etwas ändern.")] = False,
    data: DataOption = None,
    as_of: AsOf = None,
    any_period: AnyPeriod = False,
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Schlägt zu einer Beschreibung passende Instrumente vor."""
    one_of("--format", format, ("text", "json"))
    settings = settle(data, as_of, any_period, date.today())
    advisor = compiled.advisor(settings.data)
    stated = parse_facts(fact or (), advisor.catalogue.facts)
    words = read_text(text, file)

    def answer() -> Advice:
        return advisor.suggest(words, settings.as_of, stated=stated, any_period=any_period, limit=limit)

    advice = answer()
    if dialogue:
        asked: frozenset[str] = frozenset()
        while open_questions := [q for q in advice.questions if q.fact.id not in asked]:
            question = open_questions[0]
            value = ask(question, _names(advisor), _answer)
            asked |= {question.fact.id}
            if value is not None:
                stated[question.fact.id] = value
                advice = answer()
    with Sink(output) as out:
        if format == "json":
            print(json_shape.dumps(json_shape.suggest(advice, advisor.catalogue)), file=out)
        else:
            Screen(console_for(out, color), advisor.catalogue).advice(advice, explain=explain)
    raise typer.Exit(ExitCode.YES if advice.suggestions else ExitCode.NO)


@app.command()
def check(
    ident: Annotated[str, typer.Argument(metavar="KENNUNG", help="Kennung des Instruments, siehe „esfmatch list“.")],
    text: Annotated[
        str | None, typer.Option("--text", help="Beschreibung, aus der die Angaben gelesen werden.")
    ] = None,
    file: TextFile = None,
    fact: FactOption = None,
    facts_file: Annotated[
        Path | None, typer.Option("--facts", metavar="DATEI", help="Angaben aus einer JSON- oder YAML-Datei.")
    ] = None,
    data: DataOption = None,
    as_of: AsOf = None,
    any_period: AnyPeriod = False,
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Prüft die Voraussetzungen eines Instruments; fragt nach, wenn nichts angegeben ist."""
    one_of("--format", format, ("text", "json"))
    settings = settle(data, as_of, any_period, date.today())
    advisor = compiled.advisor(settings.data)
    programme = advisor.programme(ident)
    declared = advisor.catalogue.facts
    stated = read_facts(facts_file, declared) if facts_file else {}
    stated |= parse_facts(fact or (), declared)
    words = read_text(text, file) if text is not None or file is not None else ""
    facts = advisor.facts_of(words, stated)
    skip: frozenset[str] = frozenset()
    interactive = not (words or stated) and sys.stdin.isatty() and format == "text"

    def open_questions() -> Iterable[Any]:
        known = advisor.catalogue.vocabulary.facts
        return questions([programme], facts, settings.as_of, known, any_period=any_period, skip=skip)

    while interactive and (asked := tuple(open_questions())):
        value = ask(asked[0], _names(advisor), _answer)
        if value is None:
            skip |= {asked[0].fact.id}
        else:
            stated[asked[0].fact.id] = value
            facts = advisor.facts_of(words, stated)
    verdict = judge(programme, facts, settings.as_of, any_period=any_period)
    with Sink(output) as out:
        if format == "json":
            print(json_shape.dumps(json_shape.check(verdict, facts, declared, settings.as_of)), file=out)
        else:
            Screen(console_for(out, color), advisor.catalogue).check(verdict, facts, settings.as_of, open_questions())
    codes = {Eligibility.YES: ExitCode.YES, Eligibility.NO: ExitCode.NO, Eligibility.OPEN: ExitCode.UNDECIDED}
    raise typer.Exit(codes[verdict.eligibility])


@app.command()
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


# --- catalogue ---------------------------------------------------------------------------------------------------


@app.command("list")
def list_(
    need: Annotated[
        str | None, typer.Option("--need", metavar="KENNUNG", help="Nur Instrumente zu diesem Bedarf.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Nur diese Art (programme, call, plan …).")] = None,
    applicant: Annotated[
        str | None, typer.Option("--applicant", help="Nur für diese Antragstellenden (company …).")
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Nur, was am Stichtag offen ist.")] = False,
    data: DataOption = None,
    as_of: AsOf = None,
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Listet die Instrumente des Katalogs."""
    one_of("--format", format, ("text", "json"))
    settings = settle(data, as_of, False, date.today())
    loaded = catalogue.load(settings.data)
    if need is not None and need not in loaded.needs_by_id:
        raise unknown_id("Bedarf", need, list(loaded.needs_by_id))
    one_of("--kind", kind, {p.kind for p in loaded.programmes})
    one_of("--applicant", applicant, {a for p in loaded.programmes for a in p.applicants})
    found = [
        p
        for p in loaded.programmes
        if (need is None or any(link.id == need for link in p.needs))
        and (kind is None or p.kind == kind)
        and (applicant is None or applicant in p.applicants)
        and (not open_only or period_on(p, settings.as_of) is PeriodState.OPEN)
    ]
    with Sink(output) as out:
        if format == "json":
            entries = [
                {"id": p.id, "name": p.name, "kind": p.kind, "period": period_on(p, settings.as_of).value}
                for p in found
            ]
            print(json_shape.dumps({"schema": "esfmatch/list/1", "programmes": entries}), file=out)
        else:
            Screen(console_for(out, color), loaded).programmes(found, settings.as_of)
    raise typer.Exit(ExitCode.YES if found else ExitCode.NO)


@app.command()
def show(
    ident: Annotated[str, typer.Argument(metavar="KENNUNG", help="Kennung des Instruments.")],
    data: DataOption = None,
    as_of: AsOf = None,
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Zeigt ein Instrument vollständig, in der Fassung des Stichtags."""
    one_of("--format", format, ("text", "json"))
    settings = settle(data, as_of, False, date.today())
    loaded = catalogue.load(settings.data)
    programme = loaded.by_id.get(ident)
    if programme is None:
        raise unknown_id("Instrument", ident, list(loaded.by_id))
    with Sink(output) as out:
        if format == "json":
            version, period = version_on(programme, settings.as_of), period_on(programme, settings.as_of)
            shape = json_shape.programme(programme, version, period.value, loaded, settings.as_of)
            print(json_shape.dumps(shape), file=out)
        else:
            Screen(console_for(out, color), loaded).programme(programme, settings.as_of)


@app.command()
def needs(
    ident: Annotated[str | None, typer.Argument(metavar="[KENNUNG]", help="Ein Bedarf; ohne Angabe alle.")] = None,
    data: DataOption = None,
    as_of: AsOf = None,
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Zeigt die regionalen Bedarfe, oder einen mit den Instrumenten, die ihn beantworten."""
    one_of("--format", format, ("text", "json"))
    settings = settle(data, as_of, False, date.today())
    loaded = catalogue.load(settings.data)
    if ident is not None and ident not in loaded.needs_by_id:
        raise unknown_id("Bedarf", ident, list(loaded.needs_by_id))
    chosen = [loaded.needs_by_id[ident]] if ident else list(loaded.needs)
    with Sink(output) as out:
        if format == "json":
            print(json_shape.dumps(json_shape.needs(chosen, loaded, settings.as_of)), file=out)
        elif ident:
            Screen(console_for(out, color), loaded).need(chosen[0], settings.as_of)
        else:
            Screen(console_for(out, color), loaded).needs(chosen)


@app.command()
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
    directories: list[Path | None] = list(dict.fromkeys(p if p.is_dir() else p.parent for p in paths or ()))
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
    if cases is not None and not cases.is_dir():
        raise UsageError(f"{cases}: Diesen Ordner mit Szenarien gibt es nicht.")
    loaded, findings = catalogue.inspect(catalogue.read_files(directory))
    beside = directory.resolve().parent / "tests" / "cases" if directory else None
    folder = cases or beside
    if loaded is None or folder is None or not folder.is_dir():
        return findings
    return scenarios.run_all(folder, loaded)


# --- running -----------------------------------------------------------------------------------------------------


def _names(advisor: Advisor) -> dict[str, str]:
    return {programme.id: programme.name for programme in advisor.catalogue.programmes}


def _answer(prompt: str) -> str:
    return str(typer.prompt(prompt, default="", show_default=False, prompt_suffix="", err=True))


def _version(value: bool) -> None:
    if value:
        typer.echo(f"esfmatch {__version__}")
        raise typer.Exit()


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Zeigt die Fassung.")
    ] = False,
) -> None:
    """Findet zu einer Beschreibung die passenden Förderinstrumente in Nordrhein-Westfalen."""


def main() -> NoReturn:
    """Run the program and end the process with a documented exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    try:
        code = app(standalone_mode=False)
    except EsfmatchError as error:
        code = _fail(str(error), error.exit_code)
    except _UsageProblem as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # type: ignore[attr-defined]
            code = ExitCode.USAGE
        else:
            code = _fail(_german(error), ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        code = _fail("Abgebrochen.", ExitCode.INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.YES
    except Exception as error:  # a bug of ours: say so in one line, and all of it on request
        if os.environ.get("ESFMATCH_DEBUG"):
            raise
        code = _fail(
            f"Interner Fehler ({type(error).__name__}). Bitte melden; ESFMATCH_DEBUG=1 zeigt mehr.", ExitCode.BUG
        )
    raise SystemExit(int(code or 0))


def _fail(message: str, code: ExitCode) -> ExitCode:
    print(f"esfmatch: {clean(message)}", file=sys.stderr)
    return code


def _german(error: Exception) -> str:
    """The complaints of the option parser in German."""
    kind, option = type(error).__name__, getattr(error, "option_name", "")
    message = str(getattr(error, "message", error)).rstrip(".")
    param = getattr(error, "param", None)
    name = param.human_readable_name if param else ""
    if kind == "NoSuchOption":
        possible = getattr(error, "possibilities", None)
        return f"Die Option „{option}“ gibt es nicht." + (
            f" Gemeint ist vielleicht „{possible[0]}“." if possible else ""
        )
    if kind == "MissingParameter":
        return f"Es fehlt die Angabe {name}. „--help“ zeigt die Aufrufe."
    if kind == "BadOptionUsage":
        return f"Die Option „{option}“ braucht einen Wert."
    if kind == "BadParameter":
        return f"Ungültiger Wert für {name} ({message})."
    return f"So lässt sich der Befehl nicht verstehen ({message}). „--help“ zeigt die Aufrufe."
