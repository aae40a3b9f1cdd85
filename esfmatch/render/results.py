"""The answers of a batch as tables: a row for each, and what they say together. Works on the documented JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from msgspec import Struct, field

from esfmatch.catalogue import Catalogue
from esfmatch.eligibility import Eligibility, PeriodState
from esfmatch.facts import fact_from_json
from esfmatch.render import wording
from esfmatch.render.sheets import Cell, percent

_SHOWN: Final = 3
_NEEDS_SHOWN: Final = 4  # as on the terminal
_PER_SUGGESTION: Final = ("Vorschlag", "Kennung", "Wert", "Prüfung", "Stand", "Passt wegen")
HEADER: Final = (
    "id",
    "text",
    "Ergebnis",
    *(f"{name} {number}" for number in range(1, _SHOWN + 1) for name in _PER_SUGGESTION),
    "Weitere Vorschläge",
    "Verstandene Angaben",
    "Noch zu klären",
    "Regionaler Bedarf",
    "Hinweis",
    "Fehler",
)
WIDE: Final = ("text", "Verstandene Angaben", "Noch zu klären", "Regionaler Bedarf")


def result_row(answer: dict[str, Any], catalogue: Catalogue) -> list[Cell]:
    """The cells of one answer, under `HEADER`."""
    ident = answer.get("id")
    if "error" in answer:
        blank = [None] * (len(HEADER) - 4)
        return [ident, None, "Fehler", *blank, f"Zeile {answer['row']}: {answer['error']}"]
    suggestions = answer["suggestions"]
    cells: list[Cell] = [ident, answer["text"], _outcome(len(suggestions))]
    for suggestion in suggestions[:_SHOWN]:
        cells += _suggestion(suggestion, answer["text"])
    cells += [None] * (len(_PER_SUGGESTION) * (_SHOWN - len(suggestions[:_SHOWN])))
    return [
        *cells,
        ", ".join(s["name"] for s in suggestions[_SHOWN:]),
        _facts(answer["facts"], catalogue),
        "\n".join(question["text"] for question in answer["questions"]),
        "\n".join(catalogue.needs_by_id[need["id"]].name for need in answer["needs"][:_NEEDS_SHOWN]),
        answer["hint"],
        None,
    ]


def _outcome(count: int) -> str:
    if not count:
        return "kein Vorschlag"
    return "1 Vorschlag" if count == 1 else f"{count} Vorschläge"


def _suggestion(suggestion: dict[str, Any], text: str) -> list[Cell]:
    eligibility = wording.VERDICTS[Eligibility(suggestion["eligibility"])]
    period = wording.PERIODS[PeriodState(suggestion["period"])]
    verdict = eligibility if suggestion["grants"] else "kein Antrag möglich"
    evidence = ((tuple(e["span"]), e["facet"], e["points"]) for e in suggestion["evidence"])
    words = " · ".join(wording.telling_words(evidence, text))
    return [suggestion["name"], suggestion["id"], round(suggestion["score"], 2), verdict, period, words]


def _facts(facts: dict[str, Any], catalogue: Catalogue) -> str:
    known = catalogue.facts
    parts = [
        f"{known[key].label}: {wording.fact_value(known[key], fact_from_json(known[key], value))}"
        for key, value in facts.items()
        if key in known and key != "in_nrw"
    ]
    return " · ".join(parts)


class Tally(Struct):
    """What many answers say together. Grows with the catalogue, not with the answers."""

    rows: int = 0
    errors: int = 0
    bugs: int = 0
    nothing: int = 0
    first_error: int | None = None
    first: Counter[str] = field(default_factory=Counter)
    suggested: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    needs: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def add(self, answer: dict[str, Any]) -> None:
        """Count one answer."""
        self.rows += 1
        if "error" in answer:
            self.errors += 1
            self.bugs += answer.get("bug", False)
            self.first_error = self.first_error or answer["row"]
            return
        suggestions = answer["suggestions"]
        self.nothing += not suggestions
        self.first.update(s["id"] for s in suggestions[:1])
        self.suggested.update(s["id"] for s in suggestions)
        self.verdicts.update((s["id"], s["eligibility"]) for s in suggestions)
        self.needs.update(need["id"] for need in answer["needs"][:_NEEDS_SHOWN])
        self.asked.update(question["fact"] for question in answer["questions"])

    def merge(self, later: Tally) -> None:
        """Add what was counted of the answers that follow."""
        self.rows += later.rows
        self.errors += later.errors
        self.bugs += later.bugs
        self.nothing += later.nothing
        self.first_error = self.first_error or later.first_error
        self.first.update(later.first)
        self.suggested.update(later.suggested)
        self.verdicts.update(later.verdicts)
        self.needs.update(later.needs)
        self.asked.update(later.asked)

    def summary(self, catalogue: Catalogue, as_of: date) -> Iterator[list[Cell]]:
        """The rows of the summary: label, number, share; then instruments, needs and open questions by frequency."""
        yield ["Stichtag", as_of]
        answered = self.rows - self.errors
        for label, count in (
            ("Zeilen", self.rows),
            ("davon mit Vorschlag", answered - self.nothing),
            ("davon ohne Vorschlag", self.nothing),
            ("davon mit Fehler", self.errors),
        ):
            yield [label, count, percent(count, self.rows)]
        yield []
        yield ["Instrument", "vorgeschlagen", "an erster Stelle", "erfüllt", "offen", "nicht erfüllt", "Kennung"]
        for ident, count in _by_frequency(self.suggested):
            verdicts = [self.verdicts[ident, e.value] for e in (Eligibility.YES, Eligibility.OPEN, Eligibility.NO)]
            yield [catalogue.by_id[ident].name, count, self.first[ident], *verdicts, ident]
        yield []
        yield ["Regionaler Bedarf", "Zeilen"]
        for ident, count in _by_frequency(self.needs):
            yield [catalogue.needs_by_id[ident].name, count]
        yield []
        yield ["Noch zu klären", "Zeilen"]
        for key, count in _by_frequency(self.asked):
            yield [catalogue.facts[key].question, count]


def _by_frequency(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
