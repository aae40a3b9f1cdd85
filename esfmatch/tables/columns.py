"""Which column of a list holds what: the header row, in English keys or the German words that lists really use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from esfmatch.problems import InputError
from esfmatch.vocabulary import Fact

ID: Final = "id"
TEXT: Final = "text"

# in the order of preference: where a list has several of them, the first one counts
_ID_HEADERS: Final = ("id", "kennung", "nr", "nr.", "nummer", "lfd. nr.", "aktenzeichen", "vorgang")
_TEXT_HEADERS: Final = ("text", "beschreibung", "vorhabensbeschreibung", "projektbeschreibung", "anliegen", "vorhaben")


class Columns(Struct, frozen=True):
    """keys: for each column the key that it holds, or None. unused: the headers that mean nothing here."""

    keys: tuple[str | None, ...]
    unused: tuple[str, ...]

    def values(self, cells: Sequence[object]) -> dict[str, object]:
        """The cells that hold something, by key."""
        pairs = zip(self.keys, cells, strict=False)
        return {key: cell for key, cell in pairs if key is not None and cell is not None and str(cell).strip()}


def recognise(header: Sequence[str], facts: Mapping[str, Fact]) -> Columns | None:
    """The columns behind a header row; None where it has no column for the text. Raises InputError for a key twice."""
    folded = [" ".join(name.split()).casefold() for name in header]
    names = {fact.label.casefold(): key for key, fact in facts.items()} | {key: key for key in facts}
    keys: list[str | None] = [names.get(name) for name in folded]
    for key, known in ((ID, _ID_HEADERS), (TEXT, _TEXT_HEADERS)):
        chosen = next((name for name in known if name in folded), None)
        keys = [key if name == chosen else old for name, old in zip(folded, keys, strict=True)]
    twice = [key for key in dict.fromkeys(keys) if key is not None and keys.count(key) > 1]
    if twice:
        raise InputError(f"Die Spalte „{twice[0]}“ steht zweimal in der Kopfzeile; bitte eine davon löschen.")
    if TEXT not in keys:
        return None
    pairs = zip(header, keys, strict=True)
    return Columns(tuple(keys), tuple(name.strip() for name, key in pairs if key is None and name.strip()))


def missing_text(header: Sequence[str]) -> InputError:
    """The complaint about a header row without a column for the text."""
    found = ", ".join(f"„{name.strip()[:30]}“" for name in header[:8] if name.strip())
    return InputError(
        "In der ersten Zeile fehlt die Spalte „text“ (oder „Beschreibung“). "
        + (f"Dort steht: {found}." if found else "Sie ist leer.")
    )
