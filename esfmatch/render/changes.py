"""Changes of the catalogue as text, by entry."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap

from esfmatch.changes import Change
from esfmatch.render.cleaning import clean
from esfmatch.render.styled import Terminal


def print_changes(terminal: Terminal, changes: Sequence[Change]) -> None:
    """Every entry that changed with what changed about it, and a count."""
    for entry, of_entry in groupby(changes, key=lambda change: change.entry):
        terminal.line(clean(entry), "bold")
        for change in of_entry:
            for number, line in enumerate(wrap(clean(change.text), max(terminal.width - 4, 20))):
                terminal.line(("  - " if number == 0 else "    ") + line)
    count = len(changes)
    terminal.line(f"{count} Änderung{'en' if count != 1 else ''}." if count else "Keine Änderung.")
