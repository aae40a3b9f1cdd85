"""The commands: options -> settings -> one call -> a renderer -> an exit code. Nothing is decided here.

The only room that imports typer: one module for each kind of work, put together and run here. Errors of ours become one
line on standard error; see `main`.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Final, NoReturn

import typer

from esfmatch import __version__
from esfmatch.cli.advise import check, suggest
from esfmatch.cli.browse import compare, list_, show
from esfmatch.cli.gate import explain, validate
from esfmatch.cli.handover import export, report
from esfmatch.cli.lists import batch
from esfmatch.cli.region import coverage, needs
from esfmatch.cli.review import diff, schema
from esfmatch.edges import prepare_streams, silence
from esfmatch.files import reason
from esfmatch.problems import EsfmatchError, ExitCode
from esfmatch.render.cleaning import clean

app: Final = typer.Typer(
    name="esfmatch",
    help="Findet zu einer Beschreibung die passenden Förderinstrumente in Nordrhein-Westfalen.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_LONGEST_LINE: Final = 1_000

# Typer carries a private copy of Click; its public BadParameter descends from the error that all wrong use raises.
_UsageProblem: Final[type[Exception]] = typer.BadParameter.__mro__[1]

# In the order of the help.
app.command()(suggest)
app.command()(check)
app.command()(batch)
app.command()(report)
app.command("list")(list_)
app.command()(show)
app.command()(compare)
app.command()(needs)
app.command()(coverage)
app.command()(export)
app.command()(validate)
app.command()(explain)
app.command()(schema)
app.command()(diff)


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
    prepare_streams()
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except EsfmatchError as error:
        code = _fail(str(error), error.exit_code)
    except (BrokenPipeError, SystemExit):  # who read our output has seen enough; typer makes a SystemExit of it
        silence(sys.__stdout__)
        code = ExitCode.YES
    except OSError as error:
        silence(sys.__stdout__)
        where = error.filename or "Standardausgabe"
        code = _fail(f"{where}: Das lässt sich nicht lesen oder schreiben ({reason(error)}).", ExitCode.UNUSABLE)
    except _UsageProblem as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # type: ignore[attr-defined]
            code = ExitCode.USAGE
        else:
            code = _fail(_german(error), ExitCode.USAGE)
    except typer.Abort:
        code = _fail("Abgebrochen.", ExitCode.INTERRUPTED)
    except Exception as error:  # a bug of ours: say so in one line, and all of it on request
        if os.environ.get("ESFMATCH_DEBUG"):
            raise
        code = _fail(
            f"Interner Fehler ({type(error).__name__}). Bitte melden; ESFMATCH_DEBUG=1 zeigt mehr.", ExitCode.BUG
        )
    raise SystemExit(int(code or 0))


def _fail(message: str, code: ExitCode) -> ExitCode:
    line = clean(message)
    if len(line) > _LONGEST_LINE:
        line = f"{line[: _LONGEST_LINE // 2]} … {line[-_LONGEST_LINE // 2 :]}"
    try:
        print(f"esfmatch: {line}", file=sys.stderr, flush=True)
    except OSError:  # where nobody can be told, the exit code still tells
        silence(sys.__stderr__)
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
