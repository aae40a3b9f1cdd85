"""What a value is derived from and counted by, against its text: „derived“ explains a text, it does not replace it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, Entry
from esfmatch.checks.rules import benefits, conditions, leaves
from esfmatch.checks.wording import Told, told
from esfmatch.model.programmes import Benefit
from esfmatch.model.rules import Condition

_UNITS: Final = ("prozent", "euro", "monat", "jahr", "beschaftigt", "tag", "stunde")
_BOUNDS: Final = ("at_least", "at_most", "above", "below")
_ALL: Final = Decimal(100)


@check(
    "ESF520",
    "Herleitung und Text widersprechen sich",
    why="„derived“ erklärt, wie ein Wert aus dem Text folgt. Nennt der Text in derselben Einheit nur andere Zahlen, "
    "oder geht die Rechnung nicht auf (zwei Jahre sind 24 Monate), ist eine der Zahlen verschrieben.",
    failing="      derived: Ein Jahr sind 18 Monate.\n",
    repaired="      derived: Ein Jahr sind 12 Monate.\n",
)
def _derived_otherwise(draft: Draft) -> Iterator[Note]:
    for condition in conditions(draft):
        tests = [leaf.test for leaf in leaves(condition.model, condition)]
        limits = [getattr(test, key) for test in tests for key in _BOUNDS if getattr(test, key) is not None]
        yield from _contradictions(condition, limits)
    for benefit in benefits(draft):
        one = benefit.model
        values = [value for value in (one.rate_percent, one.amount_eur, one.max_eur) if value is not None]
        yield from _contradictions(benefit, values)


def _contradictions(entry: Entry[Condition] | Entry[Benefit], values: Iterable[Decimal | int]) -> Iterator[Note]:
    derived = entry.model.derived
    if not derived:
        return
    explained, said = told(derived), told(entry.model.text)
    for years, months in pairwise(explained):
        sums_up = years.value * 12 == months.value
        if years.unit.startswith("jahr") and months.unit.startswith("monat") and _equated(derived) and not sums_up:
            message = f"Die Rechnung in „derived“ geht nicht auf: {years.value * 12:f} Monate, nicht {months.value:f}."
            yield Note(entry.within(months.word, "derived"), message)
    rate = getattr(entry.model, "rate_percent", None)
    for value in map(Decimal, values):
        units = {_unit(number) for number in explained if number.value == value} - {"", "euro"}  # a sum is worked out
        units |= {"prozent"} if value == rate else set()
        same = [number for number in said if _unit(number) in units]
        if same and not any(_follows(number.value, value) for number in same):
            named = ", ".join(f"{number.value:f}" for number in same)
            message = f"„derived“ ergibt {value:f}, der Text nennt {named}."
            yield from both(entry.within(same[0].word, "text"), entry.place("derived"), message)


def _equated(text: str) -> bool:
    return re.search(r"Jahre?n? (?:sind|ist|=|entspr)", text) is not None


def _unit(number: Told) -> str:
    return next((unit for unit in _UNITS if number.unit.startswith(unit)), "")


def _follows(told_value: Decimal, value: Decimal) -> bool:
    """Whether a told number is the value, the rest of a whole, or one beside it („weniger als 250“)."""
    return value in (told_value, _ALL - told_value, told_value - 1, told_value + 1)


_EACH: Final = re.compile(r"\b(?:je|pro) (?:[a-zäöüß]\w* )?[A-ZÄÖÜ]\w+")
_NOUN: Final = re.compile(r"[A-ZÄÖÜ][\wäöüß-]{3,}")
_SPANS: Final = frozenset({"Monat", "Jahr"})  # for which there is a check of its own
_ENDING: Final = 2  # letters in which „Teilnehmende“ and „Teilnehmenden“ differ


@check(
    "ESF521",
    "Betrag je etwas anderem als im Text",
    why="Sagt der Text „je Beratungstag“, steht unter „per“ dasselbe; sonst wird mit dem Falschen vervielfacht.",
    failing="      per: Teilnehmende und Monat\n",
    repaired="      per: Auszubildende und Monat\n",
)
def _per_something_else(draft: Draft) -> Iterator[Note]:
    for entry in benefits(draft):
        one = entry.model
        if not one.per or not (found := _EACH.search(one.text)):
            continue
        nouns = [noun for noun in _NOUN.findall(one.per) if noun not in _SPANS]
        odd = [noun for noun in nouns if noun[:-_ENDING].lower() not in one.text.lower()]
        if odd:
            message = f"Gerechnet wird je „{odd[0]}“, der Text sagt „{found[0]}“."
            yield from both(entry.within(found[0], "text"), entry.place("per"), message)
