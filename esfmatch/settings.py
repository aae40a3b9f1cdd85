"""What a command works with, as one frozen value: the shared options, checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from esfmatch.facts import FactValue, parse_fact
from esfmatch.files import is_folder, well_formed
from esfmatch.problems import UsageError, near
from esfmatch.vocabulary import Fact


class Settings(Struct, frozen=True):
    """The shared options, checked."""

    data: Path | None
    as_of: date
    any_period: bool


def settle(data: Path | None, as_of: str | None, any_period: bool, today: date) -> Settings:
    """The shared options as checked settings. Raises UsageError."""
    if data is not None and not is_folder(data):
        raise UsageError(f"{data}: Diesen Ordner mit Katalogdateien gibt es nicht.")
    return Settings(data, parse_day(as_of) if as_of else today, any_period)


def parse_day(text: str, option: str = "--as-of") -> date:
    """A day as YYYY-MM-DD, given with `option`. Raises UsageError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{option}: „{text[:40]}“ ist kein Tag der Form JJJJ-MM-TT.") from None


def parse_facts(pairs: Iterable[str], declared: Mapping[str, Fact]) -> dict[str, FactValue]:
    """`key=value` options as facts. Raises UsageError for unknown keys and values."""
    facts: dict[str, FactValue] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign:
            raise UsageError(f"--fact: „{pair[:60]}“ hat nicht die Form Angabe=Wert.")
        if key not in declared:
            hint = near(key, declared) or f"Möglich sind: {', '.join(declared)}."
            raise UsageError(f"--fact: Die Angabe „{key[:40]}“ gibt es nicht. {hint}")
        facts[key] = parse_fact(declared[key], well_formed(value, f"--fact {key}"))
    return facts
