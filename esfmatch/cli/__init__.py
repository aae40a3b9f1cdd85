"""The commands: options -> settings -> one call -> a renderer -> an exit code. Nothing is decided here.

The only room that imports typer: one module for each kind of work, put together and run here. Errors of ours become one
line on standard error; see `main`.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
from typing import Annotated, Any, Final, NoReturn

import typer
from msgspec.structs import asdict

from esfmatch import __version__
from esfmatch.cli.advise import check, suggest
from esfmatch.cli.browse import compare, list_, show
from esfmatch.cli.completion import german
from esfmatch.cli.examples import EXAMPLES
from esfmatch.cli.gate import explain, validate
from esfmatch.cli.handover import export, report
from esfmatch.cli.help import Command, Group
from esfmatch.cli.lists import batch
from esfmatch.cli.region import coverage, needs
from esfmatch.cli.review import diff, schema
from esfmatch.edges import prepare_streams, silence
from esfmatch.files import reason
from esfmatch.preferences import preferences
from esfmatch.problems import EsfmatchError, ExitCode, bug_line
from esfmatch.render.cleaning import clean

app: Final = typer.Typer(
    name="esfmatch",
    help="Findet zu einer Beschreibung die passenden Förderinstrumente in Nordrhein-Westfalen.",
    cls=Group,
    no_args_is_help=True,
    options_metavar="",
    subcommand_metavar="BEFEHL …",
    epilog=EXAMPLES["esfmatch"],
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_LONGEST_LINE: Final = 1_000
_UNKNOWN_COMMAND: Final = re.compile(r"No such command '(.*?)'")

# Typer carries a private copy of Click; its public BadParameter descends from the error that all wrong use raises.
_UsageProblem: Final[type[Exception]] = typer.BadParameter.__mro__[1]

for _name, _command in (  # in the order of the help
    ("suggest", suggest),
    ("check", check),
    ("batch", batch),
    ("report", report),
    ("list", list_),
    ("show", show),
    ("compare", compare),
    ("needs", needs),
    ("coverage", coverage),
    ("export", export),
    ("validate", validate),
    ("explain", explain),
    ("schema", schema),
    ("diff", diff),
):
    app.command(_name, cls=Command, options_metavar="[OPTIONEN]", epilog=EXAMPLES.get(_name))(_command)


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
        group = typer.main.get_command(app)
        german(group.params)
        code = group(standalone_mode=False, default_map=_defaults(group))
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
        code = _fail(bug_line(error), ExitCode.BUG)
    raise SystemExit(int(code or 0))


def _defaults(group: Any) -> dict[str, dict[str, Any]]:
    """For each command what its options are to be where they are not given. Raises InputError or UsageError."""
    if not {"-h", "--help", "--version"}.isdisjoint(sys.argv) or "_ESFMATCH_COMPLETE" in os.environ:
        return {}
    wishes = {key: value for key, value in asdict(preferences(os.environ)).items() if value is not None}

    def fits(param: Any) -> bool:
        """A format counts where the command has it and its file name does not choose one."""
        forms = (param.metavar or "").split("|")
        return param.name in wishes and (
            param.name != "format" or (param.default == "text" and wishes["format"] in forms)
        )

    return {
        name: {param.name: wishes[param.name] for param in command.params if fits(param)}
        for name, command in group.commands.items()
    }


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
    if kind == "UsageError" and (unknown := _UNKNOWN_COMMAND.match(message)):
        close = difflib.get_close_matches(unknown[1], [command.name or "" for command in app.registered_commands], n=1)
        hint = f" Gemeint ist vielleicht „{close[0]}“." if close else " „esfmatch --help“ zeigt alle."
        return f"Den Befehl „{unknown[1]}“ gibt es nicht.{hint}"
    if kind == "MissingParameter":
        return f"Es fehlt die Angabe {name}. „--help“ zeigt die Aufrufe."
    if kind == "BadOptionUsage":
        return f"Die Option „{option}“ braucht einen Wert."
    if kind == "BadParameter":
        return f"Ungültiger Wert für {name} ({message})."
    return f"So lässt sich der Befehl nicht verstehen ({message}). „--help“ zeigt die Aufrufe."
