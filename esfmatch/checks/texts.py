"""Texts as such: their characters, quotes and lists, and the keys of the region."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, containers
from esfmatch.language import fold
from esfmatch.problems import Place

# What UTF-8 becomes when it is read as Latin-1 or Windows-1252.
_GARBLED: Final = re.compile(
    "Ã[\u00a4\u00b6\u00bc\u201e\u2013\u0153\u0178\u00a0-\u00bf]|â€|Â[\u00a7\u00a0\u00b4]|\ufffd"
)
_FIXED_SPACE: Final = "\u00a0"  # what is not seen at all is refused by the reader


_MAY_BE_EMPTY: Final = frozenset({"applicants", "broader"})  # nobody applies; nothing is above


@check(
    "ESF204",
    "Leere Liste oder leerer Wert",
    why="Ein Schlüssel ohne Inhalt sagt nichts; oft ist beim Bearbeiten etwas verloren gegangen.",
    failing="  applicants: [company]\n  asked_by: []\n",
    repaired="  applicants: [company]\n  asked_by: [company, person]\n",
)
def _empty_value(draft: Draft) -> Iterator[Note]:
    for document in draft.documents.values():
        for path, value in containers(document.value):
            if path and not value and path[-1] not in _MAY_BE_EMPTY:
                yield Note(
                    document.place(path), f"„{path[-1]}“ ist leer.", "Etwas eintragen oder den Schlüssel löschen."
                )
    for document, path, value in draft.each_scalar():
        if path and (value is None or value == ""):
            yield Note(document.place(path), f"„{path[-1]}“ ist leer.", "Etwas eintragen oder den Schlüssel löschen.")


@check(
    "ESF205",
    "Kennungen, die gleich klingen",
    why="Kennungen, die sich nur in Umlauten, Strichen oder Großschreibung unterscheiden, verwechselt man.",
    failing="- id: werk-statt\n  name: Schule\n",
    repaired="- id: schule\n  name: Schule\n",
)
def _alike(draft: Draft) -> Iterator[Note]:
    for entries in (draft.programmes, draft.needs, draft.projects, draft.concepts, draft.facts, draft.topics):
        seen: dict[str, tuple[str, Place]] = {}
        for entry in entries:
            ident, place = entry.model.id, entry.place("id")
            first = seen.setdefault(fold(ident.replace("-", "")), (ident, place))
            if first[0] != ident:
                message = f"„{ident}“ unterscheidet sich kaum von „{first[0]}“."
                yield Note(place, message, "", ((first[1], "die andere"),))


@check(
    "ESF206",
    "Zeichen, die hier nicht hingehören",
    why="Verstümmelte Umlaute (Ã¼), unsichtbare und zerlegte Zeichen sieht man nicht, die Suche stolpert aber darüber.",
    failing="  name: Altes PrÃ¤mienmodell",
    repaired="  name: Altes Prämienmodell",
)
def _odd_characters(draft: Draft) -> Iterator[Note]:
    for document, path, value in draft.each_scalar():
        if not isinstance(value, str) or value.isascii():
            continue
        if found := _GARBLED.search(value):
            place = document.within(path, found[0])
            yield Note(
                place, f"„{found[0]}“ ist ein verstümmeltes Zeichen.", "Die Datei als UTF-8 öffnen und speichern."
            )
        elif _FIXED_SPACE in value:
            place = document.within(path, _FIXED_SPACE)
            yield Note(place, "Hier steht ein geschütztes Leerzeichen (U+00A0).", "Ein gewöhnliches schreiben.")
        elif not unicodedata.is_normalized("NFC", value):
            word = next(word for word in value.split() if not unicodedata.is_normalized("NFC", word))
            place = document.within(path, word)
            yield Note(place, "Ein Umlaut ist in Buchstabe und Zeichen zerlegt.", "Als ein Zeichen schreiben (NFC).")


@check(
    "ESF207",
    "Anführungszeichen oder Klammer ohne Gegenstück",
    why="Ein „ ohne “ oder eine offene Klammer deutet auf einen verlorenen Rest des Satzes.",
    failing="läuft das Programm (laut Richtlinie.",
    repaired="läuft das Programm (laut Richtlinie).",
)
def _unbalanced(draft: Draft) -> Iterator[Note]:
    for document, path, text in draft.prose():
        for opening, closing in ("„“", "()"):
            if text.count(opening) != text.count(closing):
                message = f"Zu „{opening}“ fehlt das Gegenstück „{closing}“ oder umgekehrt."
                yield Note(document.place(path), message)


_TWICE: Final = re.compile(r"\b([a-zäöüß]{2,}) \1\b")
_MAY_REPEAT: Final = frozenset({"die", "der", "das", "sie", "den"})


@check(
    "ESF208",
    "Wort doppelt geschrieben",
    why="„und und“ bleibt beim Ändern eines Satzes leicht stehen.",
    failing="  summary: Geld für für die Lehre.",
    repaired="  summary: Geld für die Lehre.",
)
def _word_twice(draft: Draft) -> Iterator[Note]:
    for document, path, text in draft.prose():
        found = _TWICE.search(text)
        if found and found[1] not in _MAY_REPEAT:
            yield Note(document.within(path, found[0]), f"„{found[0]}“: Das Wort steht zweimal.")


@check(
    "ESF209",
    "Gemeindeschlüssel passt nicht",
    why="Ein Schlüssel beginnt mit dem des Kreises; nur kreisfreie Städte haben einen eigenen, der auf 000 endet.",
    failing='    key: "05977020"',
    repaired='    key: "05978020"',
)
def _town_keys(draft: Draft) -> Iterator[Note]:
    if draft.region is None:
        return
    seen: dict[str, Place] = {}
    state = draft.region.model.kreis_key[:3]
    for number, town in enumerate(draft.region.model.towns):
        place = draft.region.place("towns", number, "key")
        free = town.key.endswith("000") and town.key.startswith(state)
        if not free and not town.key.startswith(draft.region.model.kreis_key):
            yield Note(place, f"„{town.key}“ gehört nicht zum Kreis ({draft.region.model.kreis_key}).")
        first = seen.setdefault(town.key, place)
        if first is not place:
            yield from both(first, place, f"Den Schlüssel „{town.key}“ haben zwei Orte.")
