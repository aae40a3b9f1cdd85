"""The short way to a command and typer's read the same arguments alike."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esfmatch.cli import application, short
from esfmatch.cli.commands import COMMANDS, command
from esfmatch.cli.options import Parameter, parameters

Run = Callable[..., tuple[int, str, str]]

WORDS = (
    "Lünen",
    "text",
    "json",
    "-",
    "7",
    "250",
    "0",
    "2016-06-30",
    "employees=14",
    "a=b=c",
    "Kurs für 20 Leute",
    "ÄÖ*",
)
ODD = ("--", "-x", "--unbekannt", "--limit=", "-o", "--form", "--help", "-h", "--explain=ja", "", "-5", "-ox", "--data")


def arguments(name: str, chance: random.Random, *, odd: bool) -> list[str]:
    """An argument list as somebody may type it; with `odd` also with something that is not quite right."""
    pieces: list[list[str]] = []
    for parameter in parameters(command(name)):
        wanted = parameter.default is ... or chance.random() < 0.4
        times = chance.choice([1, 1, 2]) if wanted else 0
        pieces += [_piece(parameter, chance) for _ in range(times)]
    if odd:
        pieces.insert(chance.randrange(len(pieces) + 1), [chance.choice(ODD)])
    chance.shuffle(pieces)
    return [word for piece in pieces for word in piece]


def _piece(parameter: Parameter, chance: random.Random) -> list[str]:
    word = str(chance.randrange(1, 60)) if parameter.kind is int else chance.choice(WORDS)
    if not parameter.declared.names:
        return [word]
    option = chance.choice(parameter.declared.names)
    if parameter.kind is bool:
        return [option]
    return [f"{option}={word}"] if option.startswith("--") and chance.random() < 0.4 else [option, word]


@pytest.fixture(scope="module")
def group() -> Any:
    return application.application()


def by_typer(group: Any, name: str, given: list[str]) -> dict[str, Any] | None:
    """What typer gives each parameter; None where it has something to say or to show."""
    try:
        found = group.commands[name].make_context(name, list(given)).params
    except Exception:
        return None
    return {p.name: _as_given(p, found[p.name]) for p in parameters(command(name))}


def _as_given(parameter: Parameter, value: Any) -> Any:
    """As the command gets it: typer turns texts into paths and tuples into lists when it calls."""
    if value in (None, ()):
        return None
    if parameter.many:
        return [parameter.kind(part) for part in value]
    return Path(value) if parameter.kind is Path else value


@pytest.mark.parametrize("name", COMMANDS)
def test_plain_arguments_mean_the_same_on_both_ways(group: Any, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    chance, function, short_ones = random.Random(name), command(name), 0  # noqa: S311
    for number in range(40):
        given = arguments(name, chance, odd=number % 3 == 0)
        read = short.read(function, given)
        expected = by_typer(group, name, given)
        if read is not None:
            short_ones += 1
            assert short.completed(function, read, {}) == expected, given
    assert short_ones >= 10
    capsys.readouterr()


ANSWERED = (
    ["list", "--open", "--applicant", "company"],
    ["show", "verbundausbildung", "--format=json", "--as-of", "2016-06-30"],
    ["suggest", "Dreherei in Lünen bildet aus", "--limit", "2"],
    ["suggest", "--fact=employees=14", "Verbund", "--fact", "place=Unna", "--color", "always"],
    ["check", "potentialberatung", "--text", "Wir sind 34 Leute in Hamm"],
    ["check", "gibt-es-nicht", "--text", "x"],
    ["needs", "zugang-deutschunterricht"],
    ["compare", "potentialberatung", "inqa-coaching", "--format", "md"],
    ["explain", "ESF301"],
    ["suggest", "x", "--limit", "900"],
    ["list", "--opne"],
)


@pytest.mark.parametrize("given", ANSWERED, ids=" ".join)
def test_both_ways_write_the_same_bytes(run: Run, monkeypatch: pytest.MonkeyPatch, given: list[str]) -> None:
    monkeypatch.setenv("ESFMATCH_PLACE", "Bergkamen")
    first = run(*given)
    monkeypatch.setattr(short, "read", lambda *_: None)
    assert run(*given) == first


def test_plain_arguments_need_no_typer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "esfmatch.cli.application", None)
    assert run("list", "--open")[0] == 0
