"""Numbers that are measured, not counted: time since an event, time that something has lasted, shares, sums.

A figure belongs to the nearest noun of a fact in its clause, or in the next one where that says nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Final

from msgspec import Struct

from esfmatch.facts import Interval, Period
from esfmatch.statements.found import Found
from esfmatch.statements.moments import Moment, months_between
from esfmatch.statements.quantities import Quantity, is_percentage
from esfmatch.statements.scene import Mention, Scene
from esfmatch.vocabulary import Fact

_AGO: Final = frozenset("vor seit".split())
_AHEAD: Final = frozenset("in fur binnen innerhalb nach nachsten ersten kommenden".split())
_WINDOW: Final = frozenset("letzten vergangenen".split())
_AGED: Final = frozenset("alt her zuruck vergangen nach".split())
_LASTS: Final = frozenset("seit schon bereits insgesamt zusammen lang hindurch".split())
_EVEN: Final = frozenset("seit schon jetzt genau uber mindestens mehr als nun und das bereits mittlerweile vor".split())
_PRONOUNS: Final = frozenset("sie es er das die der den diese dieses dieser".split())
_MORE: Final = frozenset("uber gut gute guten".split())
_LESS: Final = frozenset("knapp fast beinahe nahezu keine kaum knappe knappen".split())
_UP_TO_A_PRICE: Final = frozenset("fur zu von a um ca circa etwa rund knapp kostet kosten".split())
_DAYS: Final = Decimal("30.4")
_SHORT_UNITS: Final = {"tag": Decimal(1), "tage": Decimal(1), "tagen": Decimal(1), "woche": Decimal(7)}
_FRACTIONS: Final = {"halfte": 2, "drittel": 3, "viertel": 4, "funftel": 5}


class Span(Struct, frozen=True):
    """A time in months that a text names, at tokens `first` to `last`."""

    value: Interval
    first: int
    last: int


def nouns(scene: Scene, fact: Fact) -> Sequence[Mention]:
    """What a figure of the fact stands by; a ~noun counts only where a word of `beside` is in the text."""
    found = [m for m in scene.mentions(fact.id, "noun") if m.plain]
    known = not fact.beside or any(m.plain for m in scene.mentions(fact.id, "beside"))
    return [m for m in found if known or not m.sense.weak]


# --- time --------------------------------------------------------------------------------------------------------


def times(scene: Scene, fact: Fact, others: Sequence[Mention], until: Period | None) -> Iterator[Found]:
    """The months of a fact. `others`: nouns that spans may belong to instead; `until`: when dates are reckoned to."""
    own = nouns(scene, fact)
    for span in _spans(scene) if own else ():
        noun = _noun_of(scene, span, own, others, fact)
        if noun is None or scene.is_open(span.first):
            continue
        value = _since(scene, span) if fact.reckoned == "since" else _lasting(scene, span, noun)
        if value is not None:
            yield Found(value, span.first, span.last)
    for moment in dated(scene, fact):
        if until is not None and (value := months_between(moment, until, since=fact.reckoned == "since")):
            yield Found(value, moment.first, moment.last, 0.5)


def dated(scene: Scene, fact: Fact) -> Iterator[Moment]:
    """The dates of the event that a fact reckons from: „Urkunde vom 3. März 2024“, „seit 2016 Bürgergeld“."""
    tokens = scene.tokens
    found = nouns(scene, fact) if fact.reckoned else ()
    named = {(tokens[noun.first].sentence, tokens[noun.last].clause) for noun in found}
    for moment in scene.figures.moments if named else ():
        here, near = tokens[moment.first], scene.around(moment.first, moment.last, 4, 4)
        if fact.reckoned == "since":
            told = "vom" in scene.before(moment.first, 1) or scene.signals.handed_over.meets(near)
            clauses = range(here.clause - 1, here.clause + 2)
        else:
            told, clauses = "seit" in scene.before(moment.first, 2), range(here.clause, here.clause + 1)
        beside = any((here.sentence, clause) in named for clause in clauses)
        if beside and told and not scene.signals.applies.meets(near):
            yield moment


def _spans(scene: Scene) -> Iterator[Span]:
    """Durations in months, those of days and weeks rounded up, and „sechs der letzten sieben Jahre“."""
    taken: set[int] = set()
    for a, b in pairwise(scene.figures.numbers):
        between = scene.folds(a.last + 1, b.first)
        years = scene.fold(b.last + 1).startswith("jahr")
        if years and a.value and between[:1] in (("der",), ("von",)) and not _WINDOW.isdisjoint(between):
            taken |= {a.first, b.first}
            yield Span(Interval(a.value * 12, a.value * 12), a.first, b.last + 1)
    for number in scene.figures.numbers:
        days = _SHORT_UNITS.get(scene.fold(number.last + 1).removesuffix("n"), None)
        days = days or _SHORT_UNITS.get(scene.fold(number.last + 1))
        if days and number.value is not None and number.first not in taken:
            taken.add(number.first)
            months = (number.value * days / _DAYS).to_integral_value(ROUND_CEILING)
            yield Span(Interval(months, months), number.first, number.last + 1)
    for span in scene.figures.spans:
        window = not _WINDOW.isdisjoint(scene.before(span.first, 1)) and span.first - 1 in taken
        if span.first not in taken and not window and (span.low is not None or span.high is not None):
            yield Span(Interval(span.low, span.high), span.first, span.last)


def _noun_of(scene: Scene, span: Span, own: Sequence[Mention], others: Sequence[Mention], fact: Fact) -> Mention | None:
    near = [m for m in own if _stands_by(scene, span, m, fact)]
    if not near:
        return None
    noun = min(near, key=lambda m: _distance(span, m))
    here = scene.tokens[span.first].clause
    rivals = [
        m
        for m in others
        if scene.tokens[m.first].clause == here
        and not set(m.tokens) & set(noun.tokens)
        and (_distance(span, m) < _distance(span, noun) or scene.tokens[noun.first].clause != here)
    ]
    joined = rivals and "und" in scene.folds(*sorted((rivals[0].last + 1, noun.first)))
    return noun if not rivals or (joined and scene.tokens[noun.first].clause == here) else None


def _distance(span: Span, noun: Mention) -> int:
    return noun.first - span.last if noun.first > span.last else span.first - noun.last


def _stands_by(scene: Scene, span: Span, noun: Mention, fact: Fact) -> bool:
    here, there = scene.tokens[span.first], scene.tokens[noun.first]
    rest = {scene.fold(k) for k in scene.clause(span.first) if not span.first <= k <= span.last}
    if here.sentence == there.sentence:
        if here.clause == there.clause:
            return True
        events = fact.reckoned == "since" and (scene.signals.handed_over.meets(tuple(rest)) or bool(rest & _AGED))
        return abs(here.clause - there.clause) == 1 and (events or (bool(rest & _AGO) and rest <= _EVEN))
    opens = scene.fold(scene.sentence(span.first).start) in _PRONOUNS
    return opens and here.sentence == there.sentence + 1


def _since(scene: Scene, span: Span) -> Interval | None:
    """The time gone by since an event, in months begun; what is still to come is none."""
    before, after = scene.before(span.first, 3), scene.after(span.last, 3)
    exact = span.value.exact
    if not _WINDOW.isdisjoint(before[-1:]) and exact is not None:  # „in den letzten drei Monaten ausgestellt“
        return Interval(None, exact)
    told = not _AGO.isdisjoint(before) or not _AGED.isdisjoint(after) or {"alter", "junger"} & set(before)
    if not told or not (_AHEAD - {"nach"}).isdisjoint(before[-1:]):
        return None
    if exact is None:
        return span.value
    if "alter" in before or "langer" in before or (_MORE & set(before[-1:])) or before[-2:] == ("mehr", "als"):
        return Interval(None, exact) if "nicht" in before else Interval(exact + 1, None)
    if "junger" in before or before[-2:] == ("weniger", "als") or _LESS & set(before):
        return Interval(None, exact)
    return span.value


def _lasting(scene: Scene, span: Span, noun: Mention) -> Interval | None:
    """How long something has lasted, in full months; an age or a term to come is none."""
    before, after = scene.before(span.first, 3), scene.after(span.last, 2)
    if not _AHEAD.isdisjoint(before[-1:]) or not _WINDOW.isdisjoint(before[-1:]) or "vor" in before[-2:]:
        return None
    same_clause = scene.tokens[noun.first].clause == scene.tokens[span.last].clause
    close = same_clause and 0 < noun.first - span.last <= 2
    told = not _LASTS.isdisjoint((*before, *after)) or close or span.last - span.first > 1
    if not told or after[:1] == ("alt",):
        return None
    exact = span.value.exact
    if exact is None:
        return span.value
    if _MORE & set(before[-1:]) or before[-2:] == ("mehr", "als"):
        return Interval(exact, None)
    if _LESS & set(before[-1:]) or before[-2:] == ("weniger", "als"):
        return Interval(None, exact - 1)
    return span.value


# --- shares and sums ---------------------------------------------------------------------------------------------


def shares(scene: Scene, fact: Fact) -> Iterator[Found]:
    """Percentages in a sentence with a noun of the fact: „40 Prozent“, „ein Drittel“, „12 von 40“, rounded down."""
    sentences = {scene.tokens[m.first].sentence for m in nouns(scene, fact)}
    numbers = scene.figures.numbers
    for k, number in enumerate(numbers):
        if scene.tokens[number.first].sentence not in sentences or scene.is_open(number.first):
            continue
        if scene.signals.degrees.meets(scene.before(number.first, 4)):  # „Grad der Behinderung 50 Prozent“
            continue
        following = numbers[k + 1] if k + 1 < len(numbers) else None
        if (value := _share(scene, number, following)) is not None:
            yield Found(value, number.first, number.last)


def _share(scene: Scene, number: Quantity, following: Quantity | None) -> Interval | None:
    unit, before = scene.fold(number.last + 1), scene.before(number.first, 2)
    if is_percentage(scene.text, number):
        if number.value is None:
            return Interval(number.low, number.high)
        if _MORE & set(before[-1:]) or before == ("mehr", "als"):
            return Interval(number.value, None)
        return Interval(None, number.value - 1) if _LESS & set(before[-1:]) else Interval(number.value, number.value)
    if unit in _FRACTIONS and number.value:
        return _percent(number.value, Decimal(_FRACTIONS[unit]))
    if following and following.value and number.value is not None and not number.article:
        between = scene.folds(number.last + 1, following.first)
        if between[:1] == ("von",) and len(between) <= 3 and number.value <= following.value:
            return _percent(number.value, following.value)
    return None


def _percent(part: Decimal, whole: Decimal) -> Interval:
    value = (100 * part / whole).to_integral_value(ROUND_FLOOR)
    return Interval(value, value)


def sums(scene: Scene, fact: Fact) -> Iterator[Found]:
    """Sums of money beside a noun of the fact, the nearest to each, unless they are monthly or a part of another.

    What a course costs is also told by its name („Kurs für 600 Euro“).
    """
    if fact.id == "course_costs":
        yield from _prices(scene)
    for noun in nouns(scene, fact):
        sentence = scene.tokens[noun.first].sentence
        near = [n for n in _sums(scene) if scene.tokens[n.first].sentence == sentence]
        if near:
            nearest = min(near, key=lambda n: _distance(Span(Interval(n.low, n.high), n.first, n.last), noun))
            yield Found(Interval(nearest.low, nearest.high), nearest.first, nearest.last)


def _sums(scene: Scene) -> Iterator[Quantity]:
    """The sums of money that stand for themselves: not monthly, not open, no part of another."""
    for number in scene.figures.numbers:
        if number.first not in scene.figures.money or number.article or scene.is_part(number.first):
            continue
        near = (*scene.before(number.first, 4), *scene.after(number.last, 4))
        if not scene.is_open(number.first) and not scene.signals.per_month.meets(near):
            yield number


def _prices(scene: Scene) -> Iterator[Found]:
    for number in _sums(scene):
        before = [word for word in scene.before(number.first, 5) if word not in _UP_TO_A_PRICE]
        if before and before[-1] in scene.signals.priced_courses:
            yield Found(Interval(number.low, number.high), number.first, number.last, 0.5)
