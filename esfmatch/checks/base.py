"""What a check is: a small function over a draft, with its code, severity, explanation and an example of each kind.

A check yields notes; the code and severity are put on by whoever runs it. The examples are fragments of a catalogue
file: a file with the failing one instead of the repaired one gets exactly this code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from msgspec import Struct

from esfmatch.checks.draft import Draft
from esfmatch.problems import Finding, Place, Severity


class Note(Struct, frozen=True):
    """What a check found, not yet under its code."""

    place: Place
    message: str
    hint: str = ""
    related: tuple[tuple[Place, str], ...] = ()


def both(first: Place, second: Place, message: str, hint: str = "") -> tuple[Note, ...]:
    """The same note at two places that stand against each other: either may be the wrong one. On one line, once."""
    one, other = (
        Note(first, message, hint, ((second, "auch hier"),)),
        Note(second, message, hint, ((first, "auch hier"),)),
    )
    return (other,) if (first.file, first.line) == (second.file, second.line) else (one, other)


Function: TypeAlias = Callable[[Draft], Iterator[Note]]


class Check(Struct, frozen=True):
    """One check. `run` is None where the finding arises while a file is read or a case is tried."""

    code: str
    title: str
    why: str
    failing: str
    repaired: str
    severity: Severity = Severity.ERROR
    run: Function | None = None


CHECKS: Final[dict[str, Check]] = {}


def explained(
    code: str, title: str, *, why: str, failing: str, repaired: str, severity: Severity = Severity.ERROR
) -> None:
    """Register a code that no function of this package finds."""
    _register(Check(code, title, why, failing, repaired, severity))


def check(
    code: str, title: str, *, why: str, failing: str, repaired: str, severity: Severity = Severity.ERROR
) -> Callable[[Function], Function]:
    """Register a function as the check of a code."""

    def register(function: Function) -> Function:
        _register(Check(code, title, why, failing, repaired, severity, function))
        return function

    return register


def _register(new: Check) -> None:
    assert new.code not in CHECKS, new.code
    CHECKS[new.code] = new


def run(checks: Iterable[Check], draft: Draft) -> list[Finding]:
    """The findings of these checks, unsorted."""
    return [
        Finding(note.place, one.code, note.message, note.hint, note.related, one.severity)
        for one in checks
        if one.run is not None
        for note in one.run(draft)
    ]
