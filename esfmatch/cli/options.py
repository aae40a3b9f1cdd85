"""What a command takes, declared once: read by the short way (`short`) and by typer (`application`) alike.

A parameter of a command is annotated with its type and one of these declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

from msgspec import Struct

from esfmatch.problems import ExitCode

Command: TypeAlias = Callable[..., ExitCode]


class Declared(Struct, frozen=True):
    """An option with its names, or an argument, which has none.

    complete: which of the offers of `completion` the shell makes. least, most: bounds of a number.
    """

    names: tuple[str, ...]
    help: str
    metavar: str | None = None
    complete: str | None = None
    least: int | None = None
    most: int | None = None


class Parameter(Struct, frozen=True):
    """A parameter of a command: `kind` is str, int, bool, Path, or a list of one of them; ... as default is needed."""

    name: str
    kind: Any
    many: bool
    default: Any
    declared: Declared


def option(
    *names: str,
    help: str,
    metavar: str | None = None,
    complete: str | None = None,
    least: int | None = None,
    most: int | None = None,
) -> Declared:
    """An option, such as `--limit`."""
    return Declared(names, help, metavar, complete, least, most)


def argument(metavar: str, help: str, complete: str | None = None) -> Declared:
    """What stands without a name."""
    return Declared((), help, metavar, complete)


@cache
def parameters(command: Command) -> tuple[Parameter, ...]:
    """The parameters of a command, in their order."""
    hints = get_type_hints(command, include_extras=True)
    names = [name for name in hints if name != "return"]
    defaults = command.__defaults__ or ()
    needed = [...] * (len(names) - len(defaults))
    return tuple(
        _parameter(name, hints[name], default) for name, default in zip(names, [*needed, *defaults], strict=True)
    )


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    kind, declared = get_args(hint)
    if get_origin(kind) is UnionType:  # or None
        kind = get_args(kind)[0]
    many = get_origin(kind) is list
    return Parameter(name, get_args(kind)[0] if many else kind, many, default, declared)


def wished(command: Command, wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The wishes that a command can fulfil whatever else it is given."""
    names = [parameter.name for parameter in parameters(command) if parameter.name != "format"]
    return {name: wishes[name] for name in names if name in wishes}


def formed(command: Command, given: dict[str, Any], wishes: Mapping[str, Any]) -> dict[str, Any]:
    """What a command is given, with the form wished for where it has that and neither option nor file name choose."""
    forms = {parameter.name: (parameter.declared.metavar or "").split("|") for parameter in parameters(command)}
    shown = forms.get("format", ())
    if "text" in shown and wishes.get("format") in shown and given["format"] is None and not _suffix(given["output"]):
        return {**given, "format": wishes["format"]}
    return given


def _suffix(output: Path | None) -> str:
    return output.suffix if output else ""


DataOption: TypeAlias = Annotated[
    Path | None, option("--data", metavar="ORDNER", help="Ordner mit einem anderen Katalog.")
]
AsOf: TypeAlias = Annotated[str | None, option("--as-of", metavar="TAG", help="Stichtag JJJJ-MM-TT; sonst heute.")]
AnyPeriod: TypeAlias = Annotated[bool, option("--any-period", help="Laufzeiten zählen nicht gegen ein Instrument.")]
FactOption: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--fact",
        metavar="ANGABE=WERT",
        help="Ergänzt oder berichtigt eine Angabe; mehrfach möglich.",
        complete="facts",
    ),
]
DefaultPlace: TypeAlias = Annotated[
    str | None, option("--place", metavar="ORT", help="Ort, wenn der Text keinen nennt.", complete="towns")
]
Limit: TypeAlias = Annotated[
    int, option("--limit", metavar="ZAHL", least=1, most=200, help="Höchstzahl der Vorschläge.")
]
Output: TypeAlias = Annotated[Path | None, option("-o", "--output", metavar="DATEI", help="Schreibt in eine Datei.")]
Color: TypeAlias = Annotated[str, option("--color", metavar="auto|always|never", help="Farben.")]
Format: TypeAlias = Annotated[
    str | None, option("--format", metavar="text|json", help="Ausgabeform; sonst nach der Endung von -o.")
]
TextFile: TypeAlias = Annotated[Path | None, option("--file", metavar="DATEI", help="Liest den Text aus einer Datei.")]
