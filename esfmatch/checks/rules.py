"""Rules and money: conditions that can be decided by facts, bounds that leave something open, amounts that add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

from msgspec import Struct

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, Entry
from esfmatch.model.programmes import Benefit
from esfmatch.model.rules import Condition, Range, Test
from esfmatch.problems import Place, near
from esfmatch.vocabulary import Fact
from esfmatch.yaml_source import Path


class Leaf(Struct, frozen=True):
    """One comparison of one fact, somewhere inside a test."""

    test: Test
    entry: Entry[Any]
    path: Path

    def place(self, key: str) -> Place:
        """The place of one of its keys."""
        return self.entry.place(*self.path, key)


def leaves(test: Test, entry: Entry[Any], path: Path = ()) -> Iterator[Leaf]:
    """All comparisons of a test, those of `when` included."""
    if test.fact is not None:
        yield Leaf(test, entry, path)
    for key, parts in (("all", test.all), ("any", test.any)):
        for number, part in enumerate(parts):
            yield from leaves(part, entry, (*path, key, number))
    if test.not_ is not None:
        yield from leaves(test.not_, entry, (*path, "not"))
    if isinstance(test, Condition) and test.when is not None:
        yield from leaves(test.when, entry, (*path, "when"))


def conditions(draft: Draft) -> Iterator[Entry[Condition]]:
    """Every condition of every version."""
    for _, version in draft.versions:
        for number, condition in enumerate(version.model.conditions):
            yield Entry(condition, version.document, (*version.path, "conditions", number))


def benefits(draft: Draft) -> Iterator[Entry[Benefit]]:
    """Every benefit of every version."""
    for _, version in draft.versions:
        for number, benefit in enumerate(version.model.benefits):
            yield Entry(benefit, version.document, (*version.path, "benefits", number))


def all_leaves(draft: Draft) -> Iterator[Leaf]:
    """Every comparison in the catalogue."""
    for condition in conditions(draft):
        yield from leaves(condition.model, condition)
    for benefit in benefits(draft):
        if benefit.model.when is not None:
            yield from leaves(benefit.model.when, benefit, ("when",))
    for implication in draft.implications:
        yield from leaves(implication.model, implication)


def key_of(test: Test) -> str:
    """The key by which a comparison compares."""
    keys = ("at_least", "at_most", "above", "below", "not_before", "not_after")
    given = next((key for key in keys if getattr(test, key) is not None), None)
    return given or ("is" if test.is_ is not None else "one_of")


_FITS: Final = {
    "is": ("flag",),
    "one_of": ("choice", "choices", "place"),
    "not_before": ("date",),
    "not_after": ("date",),
    **dict.fromkeys(("at_least", "at_most", "above", "below"), ("number", "amount")),
}


@check(
    "ESF501",
    "Vergleich passt nicht zur Art der Angabe",
    why="Zahlen haben Grenzen, Ja-Nein-Angaben „is“, Auswahlen „one_of“, Tage „not_before“ und „not_after“.",
    failing="    - text: Der Betrieb liegt an mindestens 2 Orten im Kreis.\n      fact: place\n      at_least: 2\n",
    repaired="    - text: Der Betrieb liegt in Dortmund oder Essen.\n"
    "      fact: place\n"
    "      one_of: [Dortmund, Essen]\n",
)
def _wrong_type(draft: Draft) -> Iterator[Note]:
    for leaf in all_leaves(draft):
        fact, key = draft.facts_by_id.get(leaf.test.fact or ""), key_of(leaf.test)
        if fact and fact.type not in _FITS[key]:
            message = f"„{key}“ passt nicht zu „{fact.id}“ (Art: {fact.type})."
            yield Note(leaf.place(key), message, "", ((leaf.place("fact"), "diese Angabe"),))
    for benefit in benefits(draft):
        counted = draft.facts_by_id.get(benefit.model.counts or "")
        if counted and counted.type != ("amount" if benefit.model.kind == "share" else "number"):
            yield Note(benefit.place("counts"), f"„{counted.id}“ ist nichts, womit man hier rechnen kann.")


@check(
    "ESF502",
    "Wert, den die Angabe nicht hat",
    why="„one_of“ vergleicht mit den Werten, die in vocabulary.yaml bei der Angabe stehen; andere treffen nie zu.",
    failing="      one_of: [company, firma]\n      strength: presumed\n",
    repaired="      one_of: [company]\n      strength: presumed\n",
)
def _unknown_value(draft: Draft) -> Iterator[Note]:
    for leaf in all_leaves(draft):
        fact = draft.facts_by_id.get(leaf.test.fact or "")
        names = [choice.id for choice in fact.values] if fact else []
        for number, value in enumerate(leaf.test.one_of):
            if names and value not in names:
                hint = near(value, names) or f"Möglich sind: {', '.join(names)}."
                place = leaf.entry.place(*leaf.path, "one_of", number)
                yield Note(place, f"Den Wert „{value}“ hat „{leaf.test.fact}“ nicht.", hint)


@check(
    "ESF503",
    "Ort, den der Katalog nicht kennt",
    why="Ein Ort gilt nur als ganzer Name: eine Stadt der Region oder ein Ort aus vocabulary.yaml.",
    failing="      one_of: [Dortmund, Esen]\n",
    repaired="      one_of: [Dortmund, Essen]\n",
)
def _unknown_town(draft: Draft) -> Iterator[Note]:
    if draft.region is None or not draft.whole("vocabulary.yaml"):
        return
    region = draft.region.model
    known = {town.name for town in region.towns} | {entry.model.name for entry in draft.places} | {region.kreis}
    for leaf in all_leaves(draft):
        fact = draft.facts_by_id.get(leaf.test.fact or "")
        if fact and fact.type == "place":
            for number, name in enumerate(leaf.test.one_of):
                if name not in known:
                    place = leaf.entry.place(*leaf.path, "one_of", number)
                    yield Note(place, f"Den Ort „{name}“ kennt der Katalog nicht.", near(name, known))


# --- bounds ------------------------------------------------------------------------------------------------------

_GREATEST: Final = {"age": 100, "disabled_employees_percent": 100}


def _low(bounds: Test | Range) -> tuple[Decimal, bool]:
    """The lower bound, and whether it lies inside."""
    if bounds.above is not None and (bounds.at_least is None or bounds.above >= bounds.at_least):
        return bounds.above, False
    return (bounds.at_least, True) if bounds.at_least is not None else (Decimal(0), True)


def _high(bounds: Test | Range) -> tuple[Decimal | None, bool]:
    if bounds.below is not None and (bounds.at_most is None or bounds.below <= bounds.at_most):
        return bounds.below, False
    return bounds.at_most, True


def _empty(low: tuple[Decimal, bool], high: tuple[Decimal | None, bool]) -> bool:
    if high[0] is None:
        return False
    return low[0] > high[0] or (low[0] == high[0] and not (low[1] and high[1]))


def _overlap(one: Test | Range, other: Test | Range) -> bool:
    low = max(_low(one), _low(other), key=lambda bound: (bound[0], not bound[1]))
    ends = [end for end in (_high(one), _high(other)) if end[0] is not None]
    high = min(ends, key=lambda bound: (bound[0] or Decimal(0), bound[1])) if ends else (None, True)
    return not _empty(low, high)


@check(
    "ESF504",
    "Grenzen widersprechen sich",
    why="Liegt die untere Grenze über der oberen, erfüllt niemand die Bedingung; „unclear“ schließt an die Grenzen an.",
    failing="    - text: Ausgebildet werden Menschen, die mindestens 26 und höchstens 16 Jahre alt sind.\n"
    "      about: participant\n"
    "      fact: age\n"
    "      at_least: 26\n"
    "      at_most: 16\n",
    repaired="    - text: Ausgebildet werden Menschen im Alter von 16 bis 26 Jahren.\n"
    "      about: participant\n"
    "      fact: age\n"
    "      at_least: 16\n"
    "      at_most: 26\n",
)
def _bounds(draft: Draft) -> Iterator[Note]:
    for leaf in all_leaves(draft):
        test, key = leaf.test, key_of(leaf.test)
        if test.bounded:
            if _empty(_low(test), _high(test)):
                yield Note(leaf.place(key), "Diese Grenzen schließen alle Zahlen aus.")
            elif test.unclear is not None:
                if _empty(_low(test.unclear), _high(test.unclear)):
                    yield Note(leaf.place("unclear"), "Die Grenzen von „unclear“ schließen alle Zahlen aus.")
                elif _overlap(test, test.unclear):
                    yield Note(leaf.place("unclear"), "„unclear“ überschneidet sich mit dem, was sicher gilt.")
                elif not _adjoins(test, test.unclear):
                    yield Note(leaf.place("unclear"), "Zwischen den Grenzen und „unclear“ bleibt eine Lücke.")
        if test.not_before and test.not_after and test.not_before > test.not_after:
            yield Note(leaf.place("not_before"), "„not_before“ liegt nach „not_after“.")


def _adjoins(test: Test, unclear: Range) -> bool:
    return _high(test)[0] == _low(unclear)[0] or _low(test)[0] == _high(unclear)[0]


@check(
    "ESF505",
    "Bedingung trifft immer oder nie zu",
    why="Eine Bedingung, die nichts unterscheidet, ist keine; meist fehlt eine Grenze, oder ein Wert ist zu viel.",
    failing="    - text: Ausgebildet werden Menschen im Alter von 0 bis 100 Jahren.\n"
    "      about: participant\n"
    "      fact: age\n"
    "      at_least: 0\n"
    "      at_most: 100\n",
    repaired="    - text: Ausgebildet werden Menschen im Alter von 16 bis 26 Jahren.\n"
    "      about: participant\n"
    "      fact: age\n"
    "      at_least: 16\n"
    "      at_most: 26\n",
)
def _always_or_never(draft: Draft) -> Iterator[Note]:
    for leaf in all_leaves(draft):
        test, key = leaf.test, key_of(leaf.test)
        fact = draft.facts_by_id.get(test.fact or "")
        if fact is None:
            continue
        if fact.type == "choice" and {choice.id for choice in fact.values} <= set(test.one_of):
            yield Note(leaf.place(key), f"Alle Werte von „{fact.id}“ sind genannt: Das trifft immer zu.")
        if test.bounded:
            yield from _unlikely_bounds(leaf, fact)
    for _, version in draft.versions:
        yield from _among_each_other(version)


def _unlikely_bounds(leaf: Leaf, fact: Fact) -> Iterator[Note]:
    low, high = _low(leaf.test), _high(leaf.test)
    greatest = _GREATEST.get(fact.id)
    if low == (Decimal(0), True) and (high[0] is None or (greatest is not None and high[0] >= greatest)):
        yield Note(leaf.place(key_of(leaf.test)), "Diese Grenze schließt keine Zahl aus: Das trifft immer zu.")
    if high[0] is not None and (high[0] == 0 and not high[1]):
        yield Note(leaf.place(key_of(leaf.test)), "Weniger als null gibt es nicht: Das trifft nie zu.")
    for key in ("at_least", "at_most", "above", "below"):
        bound = getattr(leaf.test, key)
        if bound is not None and greatest is not None and bound > greatest:
            yield Note(leaf.place(key), f"{bound} ist für „{fact.label}“ zu viel.")
        if bound is not None and fact.type == "number" and bound != bound.to_integral_value():
            yield Note(leaf.place(key), f"„{fact.label}“ ist eine ganze Zahl, {bound} nicht.")


def _among_each_other(version: Entry[Any]) -> Iterator[Note]:
    """Two conditions of one version that nobody can meet together, or that say the same."""
    for (i, one), (j, other) in combinations(enumerate(version.model.conditions), 2):
        if one.fact is None or one.fact != other.fact or one.when != other.when:
            continue
        related = ((version.place("conditions", i, "text"), "die andere Bedingung"),)
        place = version.place("conditions", j, key_of(other))
        if one.about == other.about and "must" in (one.strength, other.strength) and _exclude(one, other):
            yield Note(place, "Diese und eine andere Bedingung kann niemand zugleich erfüllen.", "", related)
        elif one.text == other.text:
            yield Note(version.place("conditions", j, "text"), "Diese Bedingung steht zweimal hier.", "", related)


def _exclude(one: Test, other: Test) -> bool:
    if one.bounded and other.bounded:
        return not _overlap(one, other)
    if one.one_of and other.one_of:
        return not set(one.one_of) & set(other.one_of)
    return one.is_ is not None and other.is_ is not None and one.is_ != other.is_


# --- applicants --------------------------------------------------------------------------------------------------


@check(
    "ESF506",
    "Antragstellende und Bedingungen widersprechen sich",
    why="Wer unter „applicants“ steht, muss nach den Bedingungen wenigstens einer Fassung einen Antrag stellen können.",
    failing="  applicants: [company]\n  asked_by: [person]\n",
    repaired="  applicants: [person]\n  asked_by: [person]\n",
)
def _applicants(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        allowed: set[str] = set()
        for version in entry.model.versions:
            tests = [c for c in version.conditions if c.fact == "applicant" and c.one_of and c.when is None]
            allowed.update(*(test.one_of for test in tests))
        for number, kind in enumerate(entry.model.applicants):
            if allowed and kind not in allowed and kind not in entry.model.asked_by:
                message = f"„{kind}“ steht unter „applicants“, erfüllt aber keine Fassung."
                hint = f"Erlaubt ist: {', '.join(sorted(allowed))}."
                yield Note(entry.place("applicants", number), message, hint)
        if entry.model.applicants and entry.model.asked_by and not {*entry.model.applicants} & {*entry.model.asked_by}:
            message = "Niemand, der den Antrag stellt, kommt nach „asked_by“ mit der Frage."
            yield from both(entry.place("applicants"), entry.place("asked_by"), message)
        if entry.model.level == "federal" and {"Land", "Kommune"} & set(entry.model.funds):
            yield Note(entry.place("level"), "Ein Instrument des Bundes nennt Geld des Landes.", "Ebene prüfen.")
        if entry.model.kind in ("programme", "call") and not entry.model.applicants:
            yield Note(entry.place("kind"), "Ein Förderprogramm nennt unter „applicants“, wer den Antrag stellt.")


# --- money -------------------------------------------------------------------------------------------------------

_MOST_EUR: Final = Decimal(1_000_000)
UNSAID: Final = re.compile(r"\b(?:nicht|keine|widersprüchlich|unbekannt|hängt|legt|offen)\b")


@check(
    "ESF507",
    "Betrag oder Satz kann nicht stimmen",
    why="Mehr als 100 Prozent gibt niemand; ein fester Betrag über der Obergrenze oder von null Euro ist ein Versehen.",
    failing="    - text: 500 Prozent der Kosten des Lehrgangs\n      kind: share\n      rate_percent: 500\n",
    repaired="    - text: Hälfte der Kosten des Lehrgangs\n      kind: share\n      rate_percent: 50\n",
)
def _unlikely_money(draft: Draft) -> Iterator[Note]:
    for entry in benefits(draft):
        one = entry.model
        if one.rate_percent is not None and not 1 <= one.rate_percent <= 100:
            yield Note(entry.place("rate_percent"), f"{one.rate_percent} Prozent sind kein Fördersatz.")
        for key in ("amount_eur", "max_eur"):
            amount = getattr(one, key)
            if amount is not None and not 1 <= amount <= _MOST_EUR:
                yield Note(entry.place(key), f"{amount} Euro sind als Betrag unwahrscheinlich.")
        if one.amount_eur is not None and one.max_eur is not None and one.amount_eur > one.max_eur:
            related = ((entry.place("max_eur"), "Obergrenze"),)
            yield Note(entry.place("amount_eur"), "Der feste Betrag liegt über der Obergrenze.", "", related)
        if one.months is not None and one.months > 60:
            yield Note(entry.place("months"), f"{one.months} Monate sind als Förderdauer unwahrscheinlich.")


@check(
    "ESF508",
    "Höhe fehlt",
    why="Ein Zuschuss nennt Satz, festen Betrag oder Obergrenze; ist nichts davon bekannt, sagt der Text das.",
    failing="    - text: Teil der Kosten des Lehrgangs\n      kind: share\n",
    repaired="    - text: Hälfte der Kosten des Lehrgangs\n      kind: share\n      rate_percent: 50\n",
)
def _amount_unsaid(draft: Draft) -> Iterator[Note]:
    for entry in benefits(draft):
        one = entry.model
        silent = one.rate_percent is None and one.amount_eur is None and one.max_eur is None
        if one.kind == "share" and silent and not UNSAID.search(one.text):
            hint = "Satz oder Obergrenze nennen, oder im Text sagen, dass die Höhe nicht belegt ist."
            yield Note(entry.place("kind"), "Der Zuschuss hat weder Satz noch Betrag noch Obergrenze.", hint)
        if one.kind == "sum" and one.rate_percent is not None:
            yield Note(entry.place("rate_percent"), "Ein Satz gehört zu „share“, nicht zu „sum“.")
