"""Changes of the catalogue as text, by entry."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from esfmatch.changes import Change
from esfmatch.render.cleaning import clean


def print_changes(console: Console, changes: Sequence[Change]) -> None:
    """Every entry that changed with what changed about it, and a count."""
    for entry, of_entry in groupby(changes, key=lambda change: change.entry):
        console.print(Text(clean(entry), style="bold"), soft_wrap=True)
        for change in of_entry:
            for number, line in enumerate(wrap(clean(change.text), max(console.width - 4, 20))):
                console.print(Text(("  - " if number == 0 else "    ") + line), soft_wrap=True)
    count = len(changes)
    console.print(Text(f"{count} Änderung{'en' if count != 1 else ''}." if count else "Keine Änderung."))
