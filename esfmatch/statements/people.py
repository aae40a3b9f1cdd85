"""Facts about the people to be helped: time without work, legal circle, occupation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from esfmatch.facts import Interval, Period
from esfmatch.statements.found import Found, settle
from esfmatch.statements.moments import months_between
from esfmatch.statements.quantities import Quantity
from esfmatch.statements.scene import Mention, Scene

_REACH: Final = 16
_LONGEST_BARE: Final = 15 * 12  # „LZA, 44 J.“ is an age, „LZA, 5 J.“ may be a time without work
_BETWEEN: Final = frozenset(
    "bin ich ist er sie jetzt nun schon lang lange und sind mindestens gut uber mehr als wieder gemeldet".split()
)
_SINCE: Final = frozenset(
    "seit schon jetzt genau uber mindestens mehr als nun und das bereits mittlerweile inzwischen".split()
)
_JOINS: Final = frozenset("und das schon seit zwar".split())
_LATER: Final = frozenset("danach anschliessend demnachst bald voraussichtlich vorauss".split())
_NONE: Final = frozenset("keine keinen keins nichts".split())
_CIRCLE: Final = re.compile(
    r"\b(?:SGB|Sozialgesetzbuch|Rechtskreis(?:e|es)?)[ \t-]{0,3}(?:II|III|VIII|2|3|8)\b"
    r"(?:[ \t]{0,2}(?:[/,+&]|und|oder|u\.|bzw\.|sowie)[ \t]{0,2}(?:SGB[ \t-]{0,3})?(?:II|III|VIII|2|3|8)\b){0,4}",
    re.IGNORECASE,
)
_SECOND: Final = re.compile(r"[ -]{0,2}(?:II|2)\b")
_NUMERAL: Final = re.compile(r"[ -]{0,2}(?:II?|[12])\b")
_CIRCLES: Final = {"ii": "SGB II", "2": "SGB II", "iii": "SGB III", "3": "SGB III", "viii": "SGB VIII", "8": "SGB VIII"}
_CIRCLE_ORDER: Final = ("SGB II", "SGB III", "SGB VIII")


# --- time without work -------------------------------------------------------------------------------------------


def months_without_work(scene: Scene) -> Iterator[Found]:
    """Find the duration nearest to a word for being out of work."""
    spans = scene.figures.spans
    mentions = [m for m in scene.mentions("months_unemployed", "noun") if m.plain]
    places, starts = [m.first for m in mentions], [s.first for s in spans]
    for k, span in enumerate(spans):
        low, high = bisect_left(places, span.first - _REACH), bisect_right(places, span.first + _REACH)
        near = [m for m in mentions[low:high] if _belongs(scene, span, m)]
        if not near or (span.low is None and span.high is None):
            continue
        mention = min(near, key=lambda m: _distance(span, m))
        others = (
            spans[bisect_left(starts, span.first - 2 * _REACH) : k]
            + spans[k + 1 : bisect_right(starts, span.first + 2 * _REACH)]
        )
        closer = any(_belongs(scene, s, mention) and _distance(s, mention) < _distance(span, mention) for s in others)
        if not closer and not _is_over(scene, mention):
            yield Found(Interval(span.low, span.high), span.first, span.last)


def without_work_since(scene: Scene, until: Period) -> Iterator[Found]:
    """„Arbeitslos seit Dezember 2024“: the months up to a day."""
    mentions = (m for m in scene.mentions("months_unemployed", "noun") if m.plain and not _is_over(scene, m))
    clauses = {scene.tokens[mention.first].clause for mention in mentions}
    for moment in scene.figures.moments if clauses else ():
        lasts = "seit" in scene.before(moment.first, 2) and not scene.is_open(moment.first)
        beside = scene.tokens[moment.first].clause in clauses
        if lasts and beside and (value := months_between(moment, until, since=False)):
            yield Found(value, moment.first, moment.last)


def _is_over(scene: Scene, mention: Mention) -> bool:
    """„Ich war zwei Jahre arbeitslos“."""
    words = scene.around(mention.first, mention.last, 20, 20)
    return not {"war", "waren", "gewesen", "damals"}.isdisjoint(words) and "jetzt" not in words


def _distance(span: Quantity, mention: Mention) -> int:
    return mention.first - span.last if mention.first > span.last else span.first - mention.last


def _belongs(scene: Scene, span: Quantity, mention: Mention) -> bool:
    if abs(span.first - mention.first) > _REACH:
        return False
    before = scene.before(span.first, 4)
    since = "seit" in before or "schon" in before
    became = "vor" in before and "geworden" in scene.near(span.first, 12)  # „vor drei Monaten arbeitslos geworden“
    if {"nach", "vor", "in", "fur"} & set(before[-2:]) and not since and not became:
        return False
    here, there = scene.tokens[span.first], scene.tokens[mention.first]
    if here.clause == there.clause:
        between = scene.folds(min(span.last, mention.last) + 1, max(span.first, mention.first))
        if since or _distance(span, mention) <= 2 or set(between) <= _BETWEEN:
            return "und" not in between or set(between) <= _JOINS
        return False
    if here.sentence != there.sentence:  # „Wie lange ich arbeitslos bin? Anderthalb Jahre jetzt.“
        opens = here.sentence == there.sentence + 1 and span.first - scene.sentence(span.first).start <= 3
        return opens and scene.asked(mention.first)
    rest = {scene.fold(k) for k in scene.clause(span.first) if not span.first <= k <= span.last}
    possible = since or (span.low or span.high or 0) <= _LONGEST_BARE
    return possible and abs(here.clause - there.clause) == 1 and rest <= _SINCE


# --- legal circle ------------------------------------------------------------------------------------------------


def legal_circles(scene: Scene, institution: bool) -> tuple[tuple[str, ...], tuple[int, int]] | None:
    """What holds now; a Jobcenter that an institution merely talks about says nothing about the people."""
    found: dict[str, tuple[int, int]] = {}
    starts = {token.start: i for i, token in enumerate(scene.tokens)}
    for match in _CIRCLE.finditer(scene.text.original):
        i = starts.get(match.start())
        if i is None or scene.polarity[i] or not _holds_now(scene, i):
            continue
        for numeral in re.findall(r"VIII|III|II|[238]", match.group(), re.IGNORECASE):
            found.setdefault(_CIRCLES[numeral.lower()], match.span())
    for mention in scene.mentions("legal_circle", "value"):
        office = mention.sense.words[0].startswith(("job", "jc"))
        if not mention.plain or not _holds_now(scene, mention.first):
            continue
        if (
            office
            and institution
            and not scene.signals.assigned.meets(scene.around(mention.first, mention.last, 10, 10))
        ):
            continue
        rest = scene.text.original[scene.tokens[mention.last].end :][:6]
        other = _NUMERAL if mention.sense.form == "ALG" else _SECOND  # „ALG“ of „ALG II“ stands for the whole
        if mention.sense.value == "SGB III" and other.match(rest):
            continue
        found.setdefault(mention.sense.value, scene.text.span(mention.first, mention.last))
    if not found:
        return None
    circles = tuple(c for c in _CIRCLE_ORDER if c in found)
    return circles, (min(s for s, _ in found.values()), max(e for _, e in found.values()))


def _holds_now(scene: Scene, i: int) -> bool:
    words = scene.around(i, i, 10, 9)
    ended = ("nicht", "mehr") in pairwise(words) or {"kein", "mehr"} <= set(words)
    ahead = scene.folds(max(scene.clause(i).start, i - 3), i)
    refused = scene.fold(scene.clause(i).stop - 1) in _NONE  # „Leistungen vom Jobcenter bekommt er keine“
    later, of_parents = not _LATER.isdisjoint(ahead), "eltern" in ahead
    held = not scene.signals.past.meets(words) and not ended and not later and not of_parents
    return held and not refused and not scene.is_open(i)


# --- occupation --------------------------------------------------------------------------------------------------

# Where somebody is several things at once, the more special one says what matters.
_OVER: Final = {
    "trainee": {"employed", "pupil"},
    "student": {"employed"},
    "pupil": {"employed"},
    "self_employed": {"employed"},
    "returning": {"employed", "unemployed", "inactive"},
}
_GRADE: Final = re.compile(r"(?:funf|sechs|sieb|ach|neun|zehn|elf|zwolf)te[nr]?\Z")
_CLASS: Final = re.compile(r"(?:klassen?|jahrgang|jahrgangsstufen?|schuljahr)\Z")
_LAST_CLASS: Final = 13
_INFINITIVES: Final = frozenset("will mochte wurde wollen soll sollte kann konnte werde mochten".split())
_OF_OTHERS: Final = frozenset("von mit die unsere als".split())
_LASTING: Final = frozenset("jetzt seit inzwischen".split())
STAFFED: Final = "staffed"


def status(scene: Scene, applicant: str | None, counted: frozenset[int]) -> tuple[Found | None, bool]:
    """The employment status of the people meant, and whether the text contradicts itself.

    `applicant` may be STAFFED: employees are counted, but nobody is named; `counted`: nouns that a number counts.
    """
    found = list(_statuses(scene, applicant, counted))
    values = {f.value for f in found}
    if applicant == "person" or "returning" in values:
        general = {value for special, over in _OVER.items() if special in values for value in over}
        found = [f for f in found if f.value not in general]
    return settle(scene, found)


def _statuses(scene: Scene, applicant: str | None, counted: frozenset[int]) -> Iterable[Found]:
    if applicant != "company":
        yield from _school_classes(scene)
    for mention in scene.mentions("employment_status", "value"):
        i, value = mention.first, mention.sense.value
        if not mention.plain or scene.is_part(i) or scene.is_open(i) or i in counted:
            continue
        if _was(scene, mention) or _is_staff(scene, mention, applicant):
            continue
        if value == "self_employed" and founds(scene, mention):
            continue
        if value == "employed" and not _works(scene, mention):
            continue
        if value == "trainee" and not _trains_now(scene, mention, applicant):
            continue
        if value in ("trainee", "pupil", "student") and applicant == "person" and not _is_own(scene, mention):
            continue
        yield Found(value, mention.first, mention.last)


def _school_classes(scene: Scene) -> Iterator[Found]:
    """„10. Klasse Realschule“, „unsere achten und neunten Klassen“; not a class that was left."""
    for i in range(1, len(scene.tokens)):
        ahead = scene.tokens[i - 1]
        grade = (
            _GRADE.match(ahead.fold) if not ahead.is_number else ahead.text.isdigit() and int(ahead.text) <= _LAST_CLASS
        )
        if not grade or not _CLASS.match(scene.fold(i)):
            continue
        near = scene.near(i, 6)
        if "nach" not in scene.before(i, 3) and not scene.signals.left_school.meets(near) and not scene.is_open(i):
            yield Found("pupil", i - 1, i)


def _is_staff(scene: Scene, mention: Mention, applicant: str | None) -> bool:
    """Whether the words describe the applicant institution itself or those who work there."""
    value = mention.sense.value
    if applicant == STAFFED:
        return value in ("employed", "inactive")
    if applicant == "company":
        return value in ("employed", "self_employed", "inactive")
    public = applicant in ("school", "municipality", "public_body", "university")
    return public and value == "employed" and "fur" not in scene.before(mention.first, 3)


def _works(scene: Scene, mention: Mention) -> bool:
    """Not „arbeite nicht mehr“ and „will arbeiten“; „ich lebe und arbeite in Köln“ says where, not as what."""
    if mention.sense.words[0] not in scene.signals.work_verbs:
        return True
    before = scene.before(mention.first, 2)
    place_only = before[-1:] == ("und",) and before[0] in scene.signals.lives_at
    return not place_only and _INFINITIVES.isdisjoint(before[-1:]) and "nicht" not in scene.after(mention.last, 3)


def _trains_now(scene: Scene, mention: Mention, applicant: str | None) -> bool:
    """Not those who are still to be found; a company's trainees only where they are the ones who need help."""
    signals, near = scene.signals, scene.near(mention.first, 7)
    if mention.sense.words[0] in signals.training_years and applicant not in (None, "person"):
        return False
    if applicant in ("company", STAFFED):
        return signals.in_trouble.meets(scene.near(mention.first, 25)) and not signals.to_be_found.meets(near)
    if signals.vacancies.meets(near):
        return False
    if applicant == "person" and len(mention.tokens) == 1:
        return not signals.becoming.meets(near)
    return not signals.to_be_found.meets(near) and not signals.wanting.meets(near)


def founds(scene: Scene, mention: Mention) -> bool:
    """„Mache mich selbstständig“, „will selbstständig werden“: somebody who is not yet."""
    near = scene.around(mention.first, mention.last, 14, 4)
    becomes = scene.signals.founding_verbs.meets(near) and not {"mich", "sich"}.isdisjoint(near)
    return becomes or "werden" in near


def _was(scene: Scene, mention: Mention) -> bool:
    words = scene.around(mention.first, mention.last, 8, 5)
    return scene.signals.past.meets(words) and _LASTING.isdisjoint(words)


def _is_own(scene: Scene, mention: Mention) -> bool:
    """„Ich suche eine Lehrstelle als Azubi“ or „Nachhilfe von Studenten“ says nothing about the speaker."""
    before = scene.before(mention.first, 2)
    if mention.sense.words[0] in scene.signals.several_learners:
        return _OF_OTHERS.isdisjoint(before)
    return before[-1:] not in (("als",), ("von",))
