"""What can go wrong, as values: findings with a place, and the errors that end a command.

Imports nothing of ours. A finding is something about a catalogue file that its editor should see; an
`EsfmatchError` is an expected failure of a command: one line that says what, where and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from msgspec import Struct


class ExitCode(IntEnum):
    """How a command ends; part of the documented interface."""

    YES = 0
    NO = 1
    USAGE = 2
    UNDECIDED = 3
    UNUSABLE = 4
    BUG = 70
    INTERRUPTED = 130


class Place(Struct, frozen=True, order=True):
    """A position in a file, both numbers counted from 1 as editors do."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a finding weighs: an error stops the catalogue, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Struct, frozen=True, order=True):
    """One thing that is wrong in a catalogue file. Sorts by place, then code.

    related: further places that help to understand it, each with a word why.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    related: tuple[tuple[Place, str], ...] = ()
    severity: Severity = Severity.ERROR


class EsfmatchError(Exception):
    """An expected failure. `str()` is one German line for the user."""

    exit_code: ExitCode = ExitCode.UNUSABLE


def bug_line(error: Exception) -> str:
    """What a user is told about an exception that should not have been."""
    return f"Interner Fehler ({type(error).__name__}). Bitte melden; ESFMATCH_DEBUG=1 zeigt mehr."


def near(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """A hint at what is nearest to a misspelt word among what is known; empty if nothing is near."""
    import difflib  # only who errs needs it

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)
    return f"Gemeint ist vielleicht „{close[0]}“." if close else ""


class UsageError(EsfmatchError):
    """The command line asks for something that does not exist or contradicts itself."""

    exit_code = ExitCode.USAGE


def unknown_id(kind: str, ident: str, known: Iterable[str], otherwise: str) -> UsageError:
    """An error that offers the nearest known id, or says `otherwise` where all of them are."""
    return UsageError(f"{kind} „{ident[:60]}“ gibt es nicht. {near(ident, known, likeness=0.5) or otherwise}")


class InputError(EsfmatchError):
    """A file or text given by the user cannot be used."""


class AbortedError(EsfmatchError):
    """Somebody who was asked wants no more, or there is nobody."""

    exit_code = ExitCode.INTERRUPTED

    def __init__(self) -> None:
        super().__init__("Abgebrochen.")


class CatalogueError(EsfmatchError):
    """The catalogue has errors and is not loaded, not even in part."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        first = findings[0]
        message = first.message.rstrip(".")
        more = f" (und {len(findings) - 1} weitere)" if len(findings) > 1 else ""
        super().__init__(
            f"Der Katalog ist fehlerhaft: {first.place}: {message}{more}. „esfmatch validate“ zeigt alle Fehler."
        )
