"""The whole application as typer knows it: every command with its options, help in German, completion, wrong use.

The only module that needs typer at once.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final

import typer

from esfmatch import __version__
from esfmatch.cli import completion
from esfmatch.cli.commands import COMMANDS, command
from esfmatch.cli.examples import EXAMPLES
from esfmatch.cli.help import Command, Group
from esfmatch.cli.options import Command as Function
from esfmatch.cli.options import Parameter, formed, parameters, wished
from esfmatch.problems import ExitCode, UsageError, near

_UNKNOWN_COMMAND: Final = re.compile(r"No such command '(.*?)'")

# Typer carries a private copy of Click; its public BadParameter descends from the error that all wrong use raises.
_UsageProblem: Final[type[Exception]] = typer.BadParameter.__mro__[1]


def run(arguments: Sequence[str], wishes: Callable[[], Mapping[str, Any]]) -> ExitCode:
    """Run what the arguments say; `wishes` tells what options are to be that are not given. Raises EsfmatchError."""
    wishes = cache(wishes)
    group = application(wishes)
    try:
        code = group(list(arguments), standalone_mode=False, windows_expand_args=False, default_map=_defaults(wishes))
    except _UsageProblem as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # type: ignore[attr-defined]
            return ExitCode.USAGE
        raise UsageError(_german(error)) from None
    return ExitCode(code or 0)


def application(wishes: Callable[[], Mapping[str, Any]] = dict) -> Any:
    """The commands as a tree of typer's."""
    app = typer.Typer(
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
    for name in COMMANDS:
        declared = app.command(name, cls=Command, options_metavar="[OPTIONEN]", epilog=EXAMPLES.get(name))
        declared(_typed(command(name), wishes))
    app.callback()(root)
    group = typer.main.get_command(app)
    completion.german(group.params)
    return group


def _version(value: bool) -> None:
    if value:
        typer.echo(f"esfmatch {__version__}")
        raise typer.Exit()


def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Zeigt die Fassung.")
    ] = False,
) -> None:
    """Findet zu einer Beschreibung die passenden Förderinstrumente in Nordrhein-Westfalen."""


def _typed(function: Function, wishes: Callable[[], Mapping[str, Any]]) -> Function:
    """The same command with its declarations as typer wants them."""
    signature = inspect.signature(function)
    hints = {parameter.name: Annotated[_kind(parameter), _info(parameter)] for parameter in parameters(function)}

    def called(**given: Any) -> ExitCode:
        return function(**formed(function, given, wishes()))

    called.__doc__, called.__annotations__ = function.__doc__, hints
    changed = [given.replace(annotation=hints[name]) for name, given in signature.parameters.items()]
    called.__signature__ = signature.replace(parameters=changed)  # type: ignore[attr-defined]
    return called


def _kind(parameter: Parameter) -> Any:
    kind = list[parameter.kind] if parameter.many else parameter.kind  # type: ignore[name-defined]
    return kind | None if parameter.default is None else kind


def _info(parameter: Parameter) -> Any:
    declared = parameter.declared
    shared: dict[str, Any] = {
        "help": declared.help,
        "metavar": declared.metavar,
        "autocompletion": getattr(completion, declared.complete) if declared.complete else None,
    }
    if not declared.names:
        return typer.Argument(**shared)
    return typer.Option(*declared.names, min=declared.least, max=declared.most, **shared)


def _defaults(wishes: Callable[[], Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """For each command what its options are to be where they are not given."""
    if not {"-h", "--help", "--version"}.isdisjoint(sys.argv) or "_ESFMATCH_COMPLETE" in os.environ:
        return {}
    wanted = wishes()
    return {name: wished(command(name), wanted) for name in COMMANDS}


def _german(error: Exception) -> str:
    """The complaints of the option parser in German."""
    kind, option = type(error).__name__, getattr(error, "option_name", "")
    message = str(getattr(error, "message", error)).rstrip(".")
    param = getattr(error, "param", None)
    name = param.human_readable_name if param else ""
    if kind == "NoSuchOption":
        hint = near(option, getattr(error, "possibilities", None) or ())
        return f"Die Option „{option}“ gibt es nicht. {hint}".rstrip()
    if kind == "UsageError" and (unknown := _UNKNOWN_COMMAND.match(message)):
        hint = near(unknown[1], COMMANDS) or "„esfmatch --help“ zeigt alle."
        return f"Den Befehl „{unknown[1]}“ gibt es nicht. {hint}"
    if kind == "MissingParameter":
        return f"Es fehlt die Angabe {name}. „--help“ zeigt die Aufrufe."
    if kind == "BadOptionUsage":
        return f"Die Option „{option}“ braucht einen Wert."
    if kind == "BadParameter":
        return _bad_value(param, name, message)
    return f"So lässt sich der Befehl nicht verstehen ({message}). „--help“ zeigt die Aufrufe."


def _bad_value(param: Any, name: str, message: str) -> str:
    """What an option allows that got another value; numbers are the only ones that the parser itself checks."""
    option = max(getattr(param, "opts", ()) or (name,), key=len)
    least, most = (getattr(getattr(param, "type", None), end, None) for end in ("min", "max"))
    if least is None:
        return f"{option}: Dieser Wert ist hier nicht möglich ({message})."
    return f"{option}: Möglich ist eine ganze Zahl {f'ab {least}' if most is None else f'von {least} bis {most}'}."
