"""The German texts of rules and benefits against the values beside them: numbers, directions, negations, amounts.

A person reads the text, the program the values; when they part, one of the two is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, Entry, scalars
from esfmatch.checks.rules import UNSAID, Leaf, benefits, conditions, leaves
from esfmatch.language import Token, tokenize
from esfmatch.model.programmes import Benefit
from esfmatch.model.rules import Condition
from esfmatch.problems import Place
from esfmatch.statements.moments import moments
from esfmatch.statements.quantities import durations, quantities

_AT_LEAST: Final = frozenset({"mindestens", "wenigstens", "ab"})
_AT_MOST: Final = frozenset({"hochstens", "maximal", "langstens", "bis", "letzten"})
_BELOW: Final = frozenset({"unter", "weniger", "junger", "kleiner"})
_ABOVE: Final = frozenset({"uber", "mehr", "alter", "groser", "langer"})
_BOUNDS: Final = ("at_least", "at_most", "above", "below")
_NAMES: Final = {"at_least": "mindestens", "at_most": "höchstens", "above": "mehr als", "below": "weniger als"}


class Told(Struct, frozen=True):
    """A number that a text names: its value, the bound by the words before it, the word after it, as written."""

    value: Decimal
    bound: str
    unit: str
    word: str


def told(text: str) -> tuple[Told, ...]:
    """The numbers of a text; the ends of „10 bis 249“ are bounds."""
    tokens = tokenize(text)
    found: list[Told] = []
    for quantity in quantities(tokens, text):
        bound = _bound_before(tokens, quantity.first)
        word = text[tokens[quantity.first].start : tokens[quantity.last].end]
        unit = quantity.unit or (tokens[quantity.last + 1].fold if quantity.last + 1 < len(tokens) else "")
        if quantity.low is not None and quantity.high is not None and quantity.low != quantity.high:
            found += [Told(quantity.low, "at_least", unit, word), Told(quantity.high, "at_most", unit, word)]
            continue
        value = quantity.low if quantity.low is not None else quantity.high
        assert value is not None
        if quantity.low is None and bound in ("below", "at_least"):
            value += 1  # „unter 250“ and „nicht unter 250“ are read as at most 249
        found.append(Told(value, bound, unit, word))
    return tuple(found)


def _bound_before(tokens: tuple[Token, ...], first: int) -> str:
    """What the words before a number say about it: „höchstens“, „weniger als“, „ab“; empty for none."""
    before = [token.fold for token in tokens[:first] if token.sentence == tokens[first].sentence]
    words = [word for word in reversed(before) if word not in ("als", "zu", "einem", "einer", "rund", "etwa", "den")]
    one, further = (*words, "", "")[:2]
    for bound, opposite, names in (
        ("at_least", "", _AT_LEAST),
        ("at_most", "", _AT_MOST),
        ("below", "at_least", _BELOW),
        ("above", "at_most", _ABOVE),
    ):
        if one in names:
            return opposite if further == "nicht" and opposite else bound
    return ""


def _same(number: Told, value: Decimal, key: str, unit: str = "") -> bool:
    """Whether a told number is this bound of a fact; „weniger als 250“ is „höchstens 249“, „ein Jahr“ twelve months."""
    values = {number.value}
    if number.unit.startswith("jahr"):
        values = {number.value * 12} if unit == "Monate" else {number.value, number.value * 12}
    if number.bound == "below" and key == "at_most":
        return value + 1 in values
    if number.bound == "above" and key == "at_least":
        return value - 1 in values
    return value in values


def _agrees(number: Told, key: str) -> bool:
    """Whether the direction that the words give is that of the bound."""
    low, high = ("at_least", "above"), ("at_most", "below")
    if not number.bound:
        return True
    if number.bound in ("at_least", "at_most") and key in ("above", "below"):
        return False
    return key in (low if number.bound in low else high)


@check(
    "ESF510",
    "Grenze steht nicht im Text",
    why="Die Zahl, nach der entschieden wird, muss auch lesen können, wer den Text liest: in „text“ oder „derived“.",
    failing="    - text: Weniger als 250 Beschäftigte\n      fact: employees\n      below: 205\n",
    repaired="    - text: Weniger als 250 Beschäftigte\n      fact: employees\n      below: 250\n",
)
def _bound_untold(draft: Draft) -> Iterator[Note]:
    for condition in conditions(draft):
        numbers, limits = _numbers(condition), _limits(condition, draft)
        for place, key, value, unit in limits:
            if not any(_same(number, value, key, unit) for number in numbers):
                named = ", ".join(f"{number.value:f}" for number in numbers if number.value != 1) or "keine Zahl"
                odd = [n for n in numbers if n.value != 1 and not any(_same(n, v, k, u) for _, k, v, u in limits)]
                message = f"„{_NAMES[key]} {value:f}“ steht nicht im Text (dort: {named})."
                yield from both(_where(condition, odd), place, message)


@check(
    "ESF511",
    "Grenze ist umgedreht",
    why="„Höchstens“ wird at_most, „mindestens“ at_least, „weniger als“ below, „mehr als“ above.",
    failing="    - text: Weniger als 250 Beschäftigte\n      fact: employees\n      above: 250\n",
    repaired="    - text: Weniger als 250 Beschäftigte\n      fact: employees\n      below: 250\n",
)
def _bound_reversed(draft: Draft) -> Iterator[Note]:
    for condition in conditions(draft):
        numbers = _numbers(condition)
        for place, key, value, unit in _limits(condition, draft):
            equal = [number for number in numbers if _same(number, value, key, unit)]
            same = [number for number in equal if number.bound] or equal  # a bare number says no direction
            if same and not any(_agrees(number, key) for number in same):
                message = f"„{key}“ heißt {_NAMES[key]}, der Text sagt „{_NAMES[same[0].bound]}“."
                yield from both(_where(condition, same), place, message)


def _limits(condition: Entry[Condition], draft: Draft) -> list[tuple[Place, str, Decimal, str]]:
    """Every limit of a condition: its place, key and value, and the unit of its fact."""
    facts = draft.facts_by_id
    found = []
    for leaf in leaves(condition.model, condition):
        fact = facts.get(leaf.test.fact or "")
        unit = (fact.unit if fact else None) or ""
        found += [(leaf.place(key), key, value, unit) for key, value in _bounds(leaf)]
    return found


def _numbers(entry: Entry[Condition] | Entry[Benefit]) -> tuple[Told, ...]:
    return (*told(entry.model.text), *told(entry.model.derived or ""))


def _where(entry: Entry[Condition] | Entry[Benefit], numbers: Iterable[Told]) -> Place:
    """The place of the first of these numbers in the texts of a condition or benefit; of its text if there is none."""
    first = next(iter(numbers), None)
    if first is None:
        return entry.place("text")
    return entry.within(first.word, "text" if first in told(entry.model.text) else "derived")


def _bounds(leaf: Leaf) -> Iterator[tuple[str, Decimal]]:
    for key in _BOUNDS:
        value = getattr(leaf.test, key)
        if value is not None:
            yield key, value


_NO: Final = re.compile(r"\b(?:nicht|kein\w*|ohne|bevor|vor der|vor dem|noch nie)\b", re.IGNORECASE)


@check(
    "ESF512",
    "Ja und Nein vertauscht",
    why="Zu „is: false“ gehört ein Text, der etwas ausschließt oder verneint, zu „is: true“ einer, der etwas verlangt.",
    failing="      is: false\n      strength: guidance\n",
    repaired="      is: true\n      strength: guidance\n",
)
def _flag_reversed(draft: Draft) -> Iterator[Note]:
    for condition in conditions(draft):
        if condition.model.is_ is None:
            continue
        main = re.split(r"[;(]", condition.model.text)[0]
        denies = _NO.search(main) is not None
        if denies == condition.model.is_:
            says = "verneint" if denies else "verneint nichts"
            value = "true" if condition.model.is_ else "false"
            message = f"Der Text {says}, hier steht aber „is: {value}“."
            yield from both(condition.place("text"), condition.place("is"), message)


@check(
    "ESF513",
    "Tag der Bedingung steht nicht im Text",
    why="Der Tag, nach dem entschieden wird, muss auch lesen können, wer den Text liest.",
    failing='      not_before: "2021-01-10"\n',
    repaired='      not_before: "2021-01-01"\n',
)
def _day_untold(draft: Draft) -> Iterator[Note]:
    for condition in conditions(draft):
        text = f"{condition.model.text} {condition.model.derived or ''}"
        named = {moment.text for moment in moments(tokenize(text), text)}
        for leaf in leaves(condition.model, condition):
            for key in ("not_before", "not_after"):
                day = getattr(leaf.test, key)
                if day and not any(day.isoformat().startswith(moment) for moment in named):
                    message = f"Den {day:%d.%m.%Y} nennt der Text nicht."
                    yield from both(condition.within(str(day.year), "text"), leaf.place(key), message)


# --- benefits ----------------------------------------------------------------------------------------------------

_EURO: Final = re.compile(r"(?:euro|eur)\w*\Z")
_PERCENT: Final = re.compile(r"prozent\w*\Z")
_SHARES: Final = {
    "hälfte": Decimal(50),
    "drittel": Decimal("33.3"),
    "viertel": Decimal(25),
    "vollständig": Decimal(100),
}


class _Money(Struct, frozen=True):
    """What the text of a benefit says, numbers by their unit."""

    euros: tuple[Told, ...]
    percents: frozenset[Decimal]
    months: frozenset[Decimal]

    @classmethod
    def of(cls, texts: Iterable[str]) -> _Money:
        euros: list[Told] = []
        percents, months = set[Decimal](), set[Decimal]()
        for text in texts:
            tokens = tokenize(text)
            numbers = told(text)
            listed = "Euro" in text
            euros += [n for n in numbers if _EURO.match(n.unit) or (listed and n.unit in ("oder", "und"))]
            euros += [
                Told(n.value, n.bound, "", n.word)
                for n in numbers
                if listed and n.value >= 30 and n.unit not in ("prozent",)
            ]
            percents |= {n.value for n in numbers if _PERCENT.match(n.unit) or "Prozent" in text}
            percents |= {share for word, share in _SHARES.items() if word in text.lower()}
            for span in durations(tokens, quantities(tokens, text)):
                months |= {end for end in (span.low, span.high) if end is not None}
            years = len(re.findall(r"\b(?:Erste|Zweite|Dritte|Vierte|Fünfte|Letzte)s\b", text, re.IGNORECASE))
            months |= {Decimal(12)} if years else set()
            months |= {Decimal(24)} if re.search(r"Erstes und zweites Jahr", text) else set()
        return cls(tuple(euros), frozenset(percents), frozenset(months))


def _money(benefit: Benefit) -> _Money:
    return _Money.of([benefit.text, benefit.derived or ""])


@check(
    "ESF514",
    "Betrag steht nicht im Text",
    why="Betrag, Satz und Dauer, mit denen gerechnet wird, stehen auch im Text daneben (oder in „derived“).",
    failing="      amount_eur: 2600\n",
    repaired="      amount_eur: 260\n",
)
def _amount_untold(draft: Draft) -> Iterator[Note]:
    for entry in benefits(draft):
        one, money = entry.model, _money(entry.model)
        euros = frozenset(number.value for number in money.euros)
        months = money.months | ({Decimal(12)} if "Jahr" in one.text else set())
        for key, known, unit in (
            ("amount_eur", euros, "Euro"),
            ("max_eur", euros, "Euro"),
            ("rate_percent", money.percents, "Prozent"),
            ("months", months, "Monate"),
        ):
            value = getattr(one, key)
            if value is not None and value not in known and not (key == "rate_percent" and _rest(value, known)):
                named = ", ".join(f"{number:f}" for number in sorted(known)) or "nichts"
                message = f"{value} {unit} stehen nicht im Text (dort: {named})."
                yield from both(_where(entry, _unexplained(entry)), entry.place(key), message)


def _unexplained(entry: Entry[Benefit]) -> Iterator[Told]:
    """The numbers of the texts that none of the values beside them is; the least likely ones last."""
    one = entry.model
    values = {one.amount_eur, one.max_eur, one.rate_percent, one.months}
    odd = [number for number in _numbers(entry) if number.value not in values and number.value != 1]
    units = "euro", "eur", "prozent", "monat"
    yield from sorted(odd, key=lambda number: not number.unit.startswith(units))


def _rest(value: Decimal, known: frozenset[Decimal]) -> bool:
    """Whether it is what a named share leaves of a named whole: 100 Prozent abzüglich 20 Prozent."""
    return Decimal(100) in known and Decimal(100) - value in known


@check(
    "ESF515",
    "Fester Betrag und Obergrenze vertauscht",
    why="„Höchstens“ und „bis zu“ sind max_eur, ein Betrag ohne solches Wort ist amount_eur.",
    failing="    - text: Höchstens 500 Euro je Betrieb\n      kind: sum\n      amount_eur: 500\n",
    repaired="    - text: Höchstens 500 Euro je Betrieb\n      kind: sum\n      max_eur: 500\n",
)
def _cap_or_sum(draft: Draft) -> Iterator[Note]:
    for entry in benefits(draft):
        one = entry.model
        numbers = {number.value: number for number in reversed(told(one.text)) if _EURO.match(number.unit)}
        fixed, cap = numbers.get(one.amount_eur or Decimal(0)), numbers.get(one.max_eur or Decimal(0))
        if fixed and fixed.bound == "at_most":
            message = "Der Text nennt eine Obergrenze (max_eur)."
            yield from both(_where(entry, [fixed]), entry.place("amount_eur"), message)
        if one.kind == "sum" and cap and cap.bound == "":
            message = "Der Text nennt einen festen Betrag (amount_eur)."
            yield from both(_where(entry, [cap]), entry.place("max_eur"), message)


@check(
    "ESF516",
    "Betrag im Text, aber nicht in den Werten",
    why="Nennt der Text einen Betrag oder Satz, soll damit auch gerechnet werden.",
    failing="    - text: Hälfte der Kosten, höchstens 500 Euro je Betrieb\n      kind: share\n      rate_percent: 50\n",
    repaired="    - text: Höchstens 500 Euro je Betrieb\n      kind: sum\n      max_eur: 500\n",
)
def _value_missing(draft: Draft) -> Iterator[Note]:
    for entry in benefits(draft):
        one = entry.model
        numbers = () if one.kind == "in_kind" else tuple(number for part in _certain(one.text) for number in told(part))
        for pattern, given, key, message in (
            (_EURO, one.amount_eur or one.max_eur, "amount_eur", "Der Text nennt Euro, aber kein Wert tut es."),
            (_PERCENT, one.rate_percent, "rate_percent", "Der Text nennt Prozent, „rate_percent“ fehlt."),
        ):
            named = [number for number in numbers if pattern.match(number.unit)]
            if named and given is None:
                yield from both(_where(entry, named), entry.missing(key), message)
        if one.kind != "in_kind" and one.months is None and (spans := _longest(one.text)):
            message = "Der Text nennt eine Höchstdauer, „months“ fehlt."
            yield from both(entry.within(spans, "text"), entry.missing("months"), message)
        yield from _unit_untold(entry)


_LONGEST: Final = re.compile(r"(?:[Ll]ängstens|[Hh]öchstens|[Bb]is zu|[Mm]aximal) (?:für )?(\w+) Monate")


def _longest(text: str) -> str:
    """The number of months in „längstens 24 Monate“; empty if there is none."""
    found = _LONGEST.search(text)
    return found[1] if found else ""


def _certain(text: str) -> list[str]:
    """The parts of the text of a benefit that do not say that something is open or left out; none for interest."""
    return [] if "Zins" in text else [part for part in re.split(r"[;,(]\s", text) if not UNSAID.search(part)]


def _unit_untold(entry: Entry[Benefit]) -> Iterator[Note]:
    """A month or year that only one of text and „per“ names."""
    one = entry.model
    for unit, pattern in (("Monat", r"\bMonat\b|monatlich"), ("Jahr", r"\b(?:und|je|im) Jahr\b")):
        if one.per and (unit in one.per) and not re.search(rf"{unit}|{unit.lower()}lich", one.text):
            places = entry.place("text"), entry.place("per")
            yield from both(*places, f"Gerechnet wird je {unit}, der Text sagt das nicht.")
        if one.kind == "sum" and (found := re.search(pattern, one.text)) and unit not in (one.per or ""):
            places = entry.within(found[0], "text"), entry.place("per")
            yield from both(*places, f"Der Text sagt „je {unit}“, „per“ nicht.")


@check(
    "ESF519",
    "Betrag der Zusammenfassung steht sonst nirgends im Eintrag",
    why="Die Zusammenfassung liest jeder zuerst. Nennt sie Euro oder Prozent, mit denen keine Fassung rechnet und die "
    "kein anderer Text nennt, ist eines von beiden verschrieben oder veraltet.",
    failing="  summary: Geld für die Lehre, 270 Euro im Monat.\n",
    repaired="  summary: Geld für die Lehre.\n",
)
def _other_summary(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        given = [benefit for version in entry.model.versions for benefit in version.benefits]
        numbers = [n for n in told(entry.model.summary) if _EURO.match(n.unit) or _PERCENT.match(n.unit)]
        if not numbers or not any(one.amount_eur or one.max_eur or one.rate_percent for one in given):
            continue
        rest = [value for path, value in scalars(entry.value) if path != ("summary",)]
        known = {Decimal(value) for value in rest if isinstance(value, (int, Decimal))}
        known.update(number.value for value in rest if isinstance(value, str) for number in told(value))
        for number in numbers:
            if number.value not in known:
                message = f"„{number.word}“ steht sonst nirgends in „{entry.model.id}“."
                yield Note(entry.within(number.word, "summary"), message)
