"""The short way to a command: its arguments read without typer, where they are as they mostly are.

What is not quite plain (help, a mistake, a shortened or joined option) is left to typer, which knows all of it and
says what is wrong. Both read the same declarations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from esfmatch.cli.options import Command, Parameter, parameters

_NUMBER: Final = re.compile(r"[0-9]{1,9}")


class _NotPlainError(Exception):
    """Something that typer has to look at."""


def read(command: Command, arguments: Sequence[str]) -> dict[str, Any] | None:
    """What each parameter is given, for those that are given something; None if the arguments are not plain."""
    try:
        return _read(command, list(arguments))
    except _NotPlainError:
        return None


def completed(command: Command, given: Mapping[str, Any], wishes: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters: what is given, else what is wished for, else the default."""
    found = {}
    for parameter in parameters(command):
        if parameter.name in given:
            found[parameter.name] = given[parameter.name]
        elif parameter.name in wishes:
            found[parameter.name] = parameter.kind(wishes[parameter.name])
        else:
            found[parameter.name] = parameter.default
    return found


def _read(command: Command, arguments: list[str]) -> dict[str, Any]:
    known = parameters(command)
    options = {name: parameter for parameter in known for name in parameter.declared.names}
    places = [parameter for parameter in known if not parameter.declared.names]
    given: dict[str, Any] = {}
    alone: list[str] = []
    while arguments:
        word = arguments.pop(0)
        if not word.startswith("-") or word == "-":
            alone.append(word)
            continue
        name, joined, value = word.partition("=")
        parameter = options.get(name)
        if parameter is None or (joined and not name.startswith("--")):
            raise _NotPlainError
        if parameter.kind is bool:
            if joined:
                raise _NotPlainError
            given[parameter.name] = True
            continue
        if not joined:
            if not arguments or (arguments[0].startswith("-") and arguments[0] != "-"):
                raise _NotPlainError
            value = arguments.pop(0)
        _give(given, parameter, value)
    _place(given, places, alone)
    return given


def _place(given: dict[str, Any], places: Sequence[Parameter], alone: Sequence[str]) -> None:
    """Arguments without a name: one for each place, all that are left for one that takes many."""
    for number, parameter in enumerate(places):
        for word in alone[number:] if parameter.many else alone[number : number + 1]:
            _give(given, parameter, word)
        if parameter.default is ... and parameter.name not in given:
            raise _NotPlainError
    if len(alone) > len(places) and not (places and places[-1].many):
        raise _NotPlainError


def _give(given: dict[str, Any], parameter: Parameter, word: str) -> None:
    value = _value(parameter, word)
    if parameter.many:
        given.setdefault(parameter.name, []).append(value)
    else:
        given[parameter.name] = value


def _value(parameter: Parameter, word: str) -> Any:
    if parameter.kind is not int:
        return parameter.kind(word)
    least, most = parameter.declared.least, parameter.declared.most
    if not _NUMBER.fullmatch(word):
        raise _NotPlainError
    number = int(word)
    if (least is not None and number < least) or (most is not None and number > most):
        raise _NotPlainError
    return number
