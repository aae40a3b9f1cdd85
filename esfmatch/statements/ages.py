"""How old somebody is, and what is no age: years on the job, of a course, of a company."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from esfmatch.facts import Interval
from esfmatch.statements.found import Found
from esfmatch.statements.occupations import Number
from esfmatch.statements.quantities import Quantity
from esfmatch.statements.scene import Scene

_YOUNGEST: Final = Decimal(12)
_OLDEST: Final = Decimal(80)
_OWN_AGE: Final = Decimal(26)  # from this age on a number beside „Kinder“ is not theirs
_IS: Final = frozenset("bin ist is werde wird bins".split())
_SPAN: Final = frozenset("seit vor nach in fur noch letzten die von binnen innerhalb alle nachsten ersten".split())
_TIED: Final = frozenset("im als bei ohne in auf her".split())
_ONE: Final = frozenset("ein eine einen einem einer der die den dem seine ihre".split())
_SHARED: Final = frozenset("jeder jede viertel drittel halfte".split())
_TENTHS: Final = {"anfang": (0, 3), "mitte": (4, 6), "ende": (7, 9)}
SAID, BY_VERB, BARE = 3.0, 2.0, 1.0


def ages(scene: Scene, counted: frozenset[int], about_person: bool) -> Iterator[Found]:
    """Ages with how plainly they are said: SAID to be one, BY_VERB („ich bin 31“), or BARE in a note about a person.

    `counted`: numbers that count something; `about_person`: whether a bare number can be an age.
    """
    numbers = scene.figures.numbers
    for number in numbers:
        if number.first in counted or number.article or number.self_count or not _is_plausible(number):
            continue
        weight = _weight(scene, number, about_person)
        if weight:
            yield Found(Interval(number.low, number.high), number.first, number.last, weight)
    starts = {number.first: number for number in numbers}
    for i, token in enumerate(scene.tokens):
        decade = starts.get(i + 1)
        if token.fold in _TENTHS and decade and decade.value and decade.value % 10 == 0 and 20 <= decade.value <= 70:
            low, high = _TENTHS[token.fold]
            yield Found(Interval(decade.value + low, decade.value + high), i, i + 1, SAID)


def _is_plausible(number: Quantity) -> bool:
    bounds = [b for b in (number.low, number.high) if b is not None]
    return bool(bounds) and all(_YOUNGEST <= b <= _OLDEST and b == b.to_integral_value() for b in bounds)


def _weight(scene: Scene, number: Quantity, about_person: bool) -> float:
    k, before = number.last + 1, scene.before(number.first, 4)
    following = scene.fold(k) if k < scene.sentence(number.last).stop else ""
    if number.unit == "jahrig" or following.startswith("jahrig"):
        return 0.0 if scene.signals.tenure.meets(scene.after(number.last, 3)) else SAID
    grown = {"kind", "tochter", "sohn", "baby"}
    if not _SHARED.isdisjoint(scene.before(number.first, 7)):  # „jeder Dritte ist älter als 55“
        return 0.0
    if "§" in scene.gap(number.first - 1, number.first):
        return 0.0
    child = number.low is None or number.low < _OWN_AGE
    if number.unit or (child and any(w in scene.signals.children and w not in grown for w in before)):
        return 0.0
    rest = scene.text.original[scene.tokens[number.last].end :][:2].lstrip()
    if scene.fold(number.first - 1) in scene.signals.numbered or rest.startswith("%"):
        return 0.0
    if following in ("jahre", "jahren", "jahr", "j", "jahrige"):
        return _years_weight(scene, number, k, before)
    if following == "plus" and scene.ends_clause(k):  # „Männer, fünfzig plus“
        return SAID
    if "alter" in before and "hemmnis" not in before:
        return SAID
    if _of_people(scene, number, before):
        return SAID
    goes_on = following in scene.signals.particles or following in scene.signals.speaking_verbs or following == "geht"
    inside = k < scene.clause(number.last).stop and not scene.tokens[number.last].dotted
    if inside and following not in scene.signals.after_an_age and not (before[-1:] == ("mit",) and goes_on):
        verbs_ahead = "bin" in before[-2:] and scene.tokens[k].text[:1].islower() and not scene.tokens[k].is_number
        return BY_VERB if verbs_ahead and following not in scene.signals.units else 0.0
    return _bare_weight(scene, number, following, before, about_person)


def _is_span(number: Quantity) -> bool:
    return number.low is not None and number.high is not None and number.low < number.high


def _of_people(scene: Scene, number: Quantity, before: tuple[str, ...]) -> bool:
    """„Jugendliche 16-24“, „Leute zwischen 16 und 24“, „Frauen über 50“: behind people it is that of their ages."""
    if not _is_span(number):
        over = "uber" in (*before[-1:], scene.fold(number.first))
        return over and scene.signals.of_an_age.meets([word for word in before[-2:] if word != "uber"][-1:])
    if before[-1:] in (("von",), ("zwischen",)):
        return scene.signals.of_an_age.meets(before[-3:-1])
    return scene.fold(number.first - 1) in scene.signals.youths


def _bare_weight(scene: Scene, number: Quantity, following: str, before: tuple[str, ...], about_person: bool) -> float:
    """A number without „Jahre“: after „ich bin“, or by itself in a note about a person."""
    words = [word for word in before if word not in scene.signals.particles]
    if (words and words[-1] in _IS) or (len(words) > 1 and words[-1] in ("ich", "er", "sie") and words[-2] in _IS):
        return 0.0 if "kind" in before else BY_VERB
    if _in_apposition(scene, number):
        return BARE
    if not about_person:
        return 0.0
    clause = scene.clause(number.first)
    opens = number.first == clause.start and following in scene.signals.after_an_age and following != "oder"
    alone = opens or all(
        scene.fold(j) in scene.signals.particles for j in clause if not number.first <= j <= number.last
    )
    named = scene.fold(number.first - 1) in scene.signals.named_people
    with_age = words[-1:] == ["mit"] and not scene.signals.finished.meets(scene.after(number.last, 8))
    return BARE if alone or named or with_age else 0.0


def _in_apposition(scene: Scene, number: Quantity) -> bool:
    """„Ein Fahrer, 41, verheiratet“, „die Azubine (18)“: an age right behind the one person it is said of."""
    k, last = number.first - 1, number.last + 1
    if k < 0 or number.first != number.last:
        return False
    mark, rest = scene.gap(k, number.first).strip(), scene.text.original[scene.tokens[number.last].end :][:1]
    if (mark, rest) not in (("(", ")"), (",", ",")) or last >= len(scene.tokens):
        return False
    named = any(m.sense.value == "person" for m in scene.starting_at(k, "applicant"))
    learner = any(m.sense.role == "noun" for m in scene.starting_at(k, "trainees"))
    one = scene.occupation(k) in (Number.ONE, Number.EITHER)
    return (named or learner or one) and not _ONE.isdisjoint(scene.before(k, 2))


def _years_weight(scene: Scene, number: Quantity, unit: int, before: tuple[str, ...]) -> float:
    inside = unit + 1 < scene.sentence(unit).stop
    following = scene.fold(unit + 1) if inside else ""
    if following in ("alt", "jung", "alte", "alter", "alten") or "alter" in before:
        return SAID
    clause = scene.folds(max(scene.clause(number.first).start, number.first - 2), number.first)
    if not _SPAN.isdisjoint(clause) and "zwischen" not in before:
        return 0.0
    if not inside or scene.tokens[unit + 1].clause != scene.tokens[unit].clause:
        return BY_VERB
    between = "zwischen" in scene.folds(number.first - 1, number.last)
    if number.low != number.high and between:
        return BY_VERB
    if scene.tokens[unit].dotted and unit > number.last and scene.tokens[unit + 1].capital:
        return BY_VERB  # „23 J. Jetzt will ich …“: the full stop of the abbreviation ends the sentence, too
    tied = following in _TIED or following in scene.signals.tenure or scene.tokens[unit + 1].capital
    tied = tied or scene.occupation(unit + 1) is not None  # „davor 12 jahre staplerfahrer“
    return 0.0 if tied else BY_VERB
