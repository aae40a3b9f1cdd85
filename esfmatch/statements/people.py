"""Facts about the people to be helped: age, time without work, occupation, legal circle, status of stay."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from esfmatch.facts import Interval
from esfmatch.language import Polarity
from esfmatch.statements.counts import Found
from esfmatch.statements.cues import Mention, Scene
from esfmatch.statements.quantities import Quantity

_REACH: Final = 16
_YOUNGEST: Final = Decimal(12)
_OLDEST: Final = Decimal(80)
_IS: Final = frozenset("bin ist werde wird bins".split())
_ADVERBS: Final = frozenset(
    "schon jetzt gerade erst noch fast mittlerweile inzwischen knapp bereits uber ca etwa rund auch nun".split()
)
_SPAN: Final = frozenset("seit vor nach in fur noch letzten die von binnen innerhalb alle nachsten ersten".split())
_TRADE: Final = frozenset(
    """
    im als lang erfahrung berufserfahrung betriebszugehorigkeit gearbeitet pause familienpause bei ohne beruf in
    dabei auf arbeitslos lange her kranken krank
    """.split()
)
_CHILD: Final = frozenset("kind kinder kindern tochter sohn sohne tochtern baby zwillinge".split())
_CHILDREN: Final = frozenset("kinder kindern sohne tochtern zwillinge".split())
_GOES_ON: Final = frozenset(
    "und aus mit oder jahre jahr arbeitslos alleinerziehend geworden gerade ledig verheiratet wohne".split()
)
_NAMED: Final = frozenset("sohn tochter tn kunde kundin azubi junge frau mann umf w m neffe enkel nichte".split())
_NO_AGE: Final = frozenset(
    """
    bestehen jubilaum ausbildung umschulung lehre tradition erfahrung berufserfahrung berufspraxis praxis
    betriebszugehorigkeit kurs
    """.split()
)
_TENTHS: Final = {"anfang": (0, 3), "mitte": (4, 6), "ende": (7, 9)}
_PAST: Final = frozenset("war waren hatte fruher damals bezogen ehemals bekam zuletzt ehemaliger gewesen bezog".split())
_NO_LONGER: Final = frozenset("mehr".split())
_CIRCLE: Final = re.compile(
    r"\b(?:SGB|Sozialgesetzbuch|Rechtskreis(?:e|es)?)[ \t-]{0,3}(?:II|III|VIII|2|3|8)\b"
    r"(?:[ \t]{0,2}(?:[/,+&]|und|oder|u\.|bzw\.|sowie)[ \t]{0,2}(?:SGB[ \t-]{0,3})?(?:II|III|VIII|2|3|8)\b){0,4}",
    re.IGNORECASE,
)
_CIRCLES: Final = {"ii": "SGB II", "2": "SGB II", "iii": "SGB III", "3": "SGB III", "viii": "SGB VIII", "8": "SGB VIII"}
CIRCLE_ORDER: Final = ("SGB II", "SGB III", "SGB VIII")


# --- age ---------------------------------------------------------------------------------------------------------


def ages(scene: Scene, numbers: tuple[Quantity, ...], counted: frozenset[int], about_person: bool) -> Iterator[Found]:
    """Find ages. `counted`: numbers that count something; `about_person`: whether a bare number can be an age."""
    for number in numbers:
        if number.first in counted or number.article or number.self_count or not _is_plausible(number):
            continue
        weight = _age_weight(scene, number, about_person)
        if weight:
            yield Found(Interval(number.low, number.high), number.first, number.last, weight)
    for i, token in enumerate(scene.tokens):
        if token.fold in _TENTHS and i + 1 < len(scene.tokens):
            decade = next((n for n in numbers if n.first == i + 1), None)
            if decade and decade.value and decade.value % 10 == 0 and 20 <= decade.value <= 70:
                low, high = _TENTHS[token.fold]
                yield Found(Interval(decade.value + low, decade.value + high), i, i + 1, 3.0)


def _is_plausible(number: Quantity) -> bool:
    bounds = [b for b in (number.low, number.high) if b is not None]
    return bool(bounds) and all(_YOUNGEST <= b <= _OLDEST and b == b.to_integral_value() for b in bounds)


def _age_weight(scene: Scene, number: Quantity, about_person: bool) -> float:
    """3: said to be an age; 2: „ich bin 31“; 1: a number by itself in a note about a person; 0: no age."""
    k, before = number.last + 1, scene.before(number.first, 4)
    following = scene.fold(k) if k < scene.sentence(number.last).stop else ""
    if number.unit == "jahrig" or following.startswith("jahrig"):
        rest = scene.after(number.last, 3)
        return 0.0 if not _NO_AGE.isdisjoint(rest) else 3.0
    if (
        number.unit
        or not _CHILDREN.isdisjoint(before)
        or scene.fold(number.first - 1) in ("klasse", "semester", "nr", "gdb", "zimmer", "grad", "artikel", "kapitel")
    ):
        return 0.0
    if following in ("jahre", "jahren", "jahr", "j", "jahrige"):
        return _years_weight(scene, number, k, before)
    if "alter" in before and "hemmnis" not in before:
        return 3.0
    inside = k < scene.clause(number.last).stop and not scene.tokens[number.last].dotted
    if inside and following not in _GOES_ON and not (following in _ADVERBS and before[-1:] == ("mit",)):
        verbs_ahead = "bin" in before[-2:] and scene.tokens[k].text[:1].islower() and not scene.tokens[k].is_number
        return 2.0 if verbs_ahead and following not in ("prozent", "euro", "tage", "stunden", "km", "mal") else 0.0
    return _bare_weight(scene, number, following, before, about_person)


def _bare_weight(scene: Scene, number: Quantity, following: str, before: tuple[str, ...], about_person: bool) -> float:
    """A number without „Jahre“: after „ich bin“, or by itself in a note about a person."""
    words = [word for word in before if word not in _ADVERBS]
    if (words and words[-1] in _IS) or (len(words) > 1 and words[-1] in ("ich", "er", "sie") and words[-2] in _IS):
        return 0.0 if "kind" in before else 2.0
    if not about_person:
        return 0.0
    clause = scene.clause(number.first)
    opens = number.first == clause.start and following in _GOES_ON and following != "oder"
    alone = opens or all(scene.fold(j) in _ADVERBS for j in clause if not number.first <= j <= number.last)
    return 1.0 if alone or scene.fold(number.first - 1) in _NAMED or words[-1:] == ["mit"] else 0.0


def _years_weight(scene: Scene, number: Quantity, unit: int, before: tuple[str, ...]) -> float:
    inside = unit + 1 < scene.sentence(unit).stop
    following = scene.fold(unit + 1) if inside else ""
    if following in ("alt", "jung", "alte", "alter", "alten"):
        return 3.0
    if "alter" in before:
        return 3.0
    if not _SPAN.isdisjoint(before[-2:]) and "zwischen" not in before:
        return 0.0
    if not inside or scene.tokens[unit + 1].clause != scene.tokens[unit].clause:
        return 2.0
    if number.low != number.high and "zwischen" in {
        scene.fold(j) for j in range(max(0, number.first - 1), number.last)
    }:
        return 2.0
    return 0.0 if following in _TRADE or scene.tokens[unit + 1].capital else 2.0


# --- time without work -------------------------------------------------------------------------------------------


def months_without_work(scene: Scene, spans: tuple[Quantity, ...]) -> Iterator[Found]:
    """Find the duration nearest to a word for being out of work."""
    mentions = [m for m in scene.mentions("months_unemployed", "noun") if m.polarity is Polarity.PLAIN]
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
        rivals = [s for s in others if _belongs(scene, s, mention) and _distance(s, mention) < _distance(span, mention)]
        words = {scene.fold(k) for k in scene.clause(mention.first)} if len(scene.clause(mention.first)) < 40 else set()
        if rivals or (words & {"war", "waren", "gewesen", "damals"} and "jetzt" not in words):
            continue
        yield Found(Interval(span.low, span.high), span.first, span.last)


_BETWEEN: Final = frozenset(
    "bin ich ist er sie jetzt nun schon lang lange und sind mindestens gut uber mehr als wieder gemeldet".split()
)
_SINCE: Final = frozenset(
    "seit schon jetzt genau uber mindestens mehr als nun und das bereits mittlerweile inzwischen".split()
)


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
        between = [scene.fold(k) for k in range(min(span.last, mention.last) + 1, max(span.first, mention.first))]
        if since or _distance(span, mention) <= 2 or set(between) <= _BETWEEN:
            return "und" not in between or set(between) <= {"und", "das", "schon", "seit", "zwar"}
        return False
    if here.sentence != there.sentence:  # „Wie lange ich arbeitslos bin? Anderthalb Jahre jetzt.“
        return (
            scene.asked(mention.first)
            and here.sentence == there.sentence + 1
            and span.first - scene.sentence(span.first).start <= 3
        )
    rest = [scene.fold(k) for k in scene.clause(span.first) if not span.first <= k <= span.last]
    return abs(here.clause - there.clause) == 1 and set(rest) <= _SINCE


# --- legal circle ------------------------------------------------------------------------------------------------


def legal_circles(scene: Scene, institution: bool) -> tuple[tuple[str, ...], tuple[int, int]] | None:
    """What holds now; a Jobcenter that an institution merely talks about says nothing about the people."""
    found: dict[str, tuple[int, int]] = {}
    starts = {token.start: i for i, token in enumerate(scene.tokens)}
    for match in _CIRCLE.finditer(scene.text.original):
        i = starts.get(match.start())
        if i is None or scene.polarity[i] is not Polarity.PLAIN or not _holds_now(scene, i):
            continue
        for numeral in re.findall(r"VIII|III|II|[238]", match.group(), re.IGNORECASE):
            found.setdefault(_CIRCLES[numeral.lower()], match.span())
    for mention in scene.mentions("legal_circle", "value"):
        office = mention.sense.words[0].startswith(("job", "jc"))
        if mention.polarity is not Polarity.PLAIN or not _holds_now(scene, mention.first) or (office and institution):
            continue
        if mention.sense.form == "ALG" and re.match(
            r"[ -]{0,2}(?:II?|[12])\b", scene.text.original[scene.tokens[mention.last].end :][:6]
        ):
            continue
        if mention.sense.value == "SGB III" and re.match(
            r"[ -]{0,2}(?:II|2)\b", scene.text.original[scene.tokens[mention.last].end :][:6]
        ):
            continue
        found.setdefault(mention.sense.value, scene.text.span(mention.first, mention.last))
    if not found:
        return None
    circles = tuple(c for c in CIRCLE_ORDER if c in found)
    return circles, (min(s for s, _ in found.values()), max(e for _, e in found.values()))


def _holds_now(scene: Scene, i: int) -> bool:
    clause = scene.clause(i)
    words = [scene.fold(k) for k in range(max(clause.start, i - 10), min(clause.stop, i + 10))]
    ended = any(a == "nicht" and b == "mehr" for a, b in pairwise(words)) or {
        "kein",
        "mehr",
    } <= set(words)
    return _PAST.isdisjoint(words) and not ended and not scene.is_open(i)


# --- choices -----------------------------------------------------------------------------------------------------

# Where somebody is several things at once, the more special one says what matters.
_OVER: Final = {
    "trainee": {"employed", "pupil"},
    "student": {"employed"},
    "pupil": {"employed"},
    "self_employed": {"employed"},
    "returning": {"employed", "unemployed", "inactive"},
}
_INFINITIVES: Final = frozenset("will mochte wurde wollen soll sollte kann konnte werde mochten".split())
_ADJECTIVE_END: Final = re.compile(r"(?:nein|arbeiten)\Z")


def statuses(scene: Scene, applicant: str | None, counted: frozenset[int]) -> Iterator[tuple[str, int, int]]:
    """Employment status as stated, before contradictions are judged; `counted`: nouns that a number counts."""
    for mention in scene.mentions("employment_status", "value"):
        i = mention.first
        if mention.polarity is not Polarity.PLAIN or scene.is_part(i) or scene.is_open(i):
            continue
        if i in counted or _was(scene, mention) or _is_staff(scene, mention, applicant):
            continue
        value = mention.sense.value
        if value == "employed" and not _works(scene, mention):
            continue
        if value == "trainee" and not _trains_now(scene, mention, applicant):
            continue
        if value in ("trainee", "pupil", "student") and not _is_own(scene, mention, applicant):
            continue
        yield value, mention.first, mention.last


def _is_staff(scene: Scene, mention: Mention, applicant: str | None) -> bool:
    """Whether the words describe the applicant institution itself or those who work there."""
    if applicant == "staffed":  # employees are counted, but nobody is named as applicant
        return mention.sense.value in ("employed", "inactive")
    if applicant == "company":
        return mention.sense.value in ("employed", "self_employed", "inactive")
    public = applicant in ("school", "municipality", "public_body", "university")
    return public and mention.sense.value == "employed" and "fur" not in scene.before(mention.first, 3)


def _works(scene: Scene, mention: Mention) -> bool:
    """Not „arbeite nicht mehr“ and „will arbeiten“; „ich lebe und arbeite in Köln“ says where, not as what."""
    if mention.sense.words[0] not in ("arbeite", "arbeitet", "jobbe"):
        return True
    before = scene.before(mention.first, 2)
    place_only = before[-1:] == ("und",) and before[0].startswith(("leb", "wohn"))
    return not place_only and _INFINITIVES.isdisjoint(before[-1:]) and "nicht" not in scene.after(mention.last, 3)


_SOUGHT: Final = (
    "such",
    "gewinn",
    "find",
    "werb",
    "einstell",
    "anwerb",
    "bekomm",
    "vermittel",
    "will",
    "mocht",
    "werden",
    "brauch",
)
_TROUBLE: Final = (
    "brich",
    "abbrech",
    "abbruch",
    "begleit",
    "nachhilf",
    "problem",
    "durchfall",
    "durchgefall",
    "schwierig",
    "coach",
    "hilf",
    "scheiter",
    "prufungsangst",
    "stutz",
)


def _trains_now(scene: Scene, mention: Mention, applicant: str | None) -> bool:
    """Not those who are still to be found; a company's trainees only where they are the ones who need help."""
    if mention.sense.words[0] in ("lehrjahr", "ausbildungsjahr") and applicant not in (None, "person"):
        return False
    near = scene.near(mention.first, 7)
    if applicant in ("company", "staffed"):
        return any(word.startswith(_TROUBLE) for word in scene.near(mention.first, 25)) and not any(
            w.startswith(_SOUGHT[:3]) for w in near
        )
    if any(word.startswith(("platz", "ausbildungspl", "stelle")) for word in near):
        return False
    return not any(
        word.startswith(_SOUGHT if len(mention.tokens) > 1 or applicant != "person" else ("gewinn", "werd"))
        for word in near
    )


def _was(scene: Scene, mention: Mention) -> bool:
    clause = scene.clause(mention.first)
    words = [scene.fold(k) for k in range(max(clause.start, mention.first - 8), min(clause.stop, mention.last + 6))]
    if {"war", "waren", "fruher", "damals", "ehemalige", "gewesen"} & set(words):
        return not {"jetzt", "seit", "inzwischen"} & set(words)
    return False


def _is_own(scene: Scene, mention: Mention, applicant: str | None) -> bool:
    """„Ich suche eine Lehrstelle als Azubi“ or „Nachhilfe von Studenten“ says nothing about the speaker."""
    before = scene.before(mention.first, 2)
    if applicant == "person":
        if mention.sense.words[0] in ("azubis", "auszubildenden", "lehrlinge", "schuler", "studenten"):
            return not {"von", "mit", "die", "unsere", "als"} & set(before)
        return not {"als", "von"} & set(before[-1:])
    return True


def settle(
    found: list[tuple[str, int, int]], scene: Scene, one_person: bool
) -> tuple[tuple[str, int, int] | None, bool]:
    """One status, or none; several of one person yield to the more special one, of a group they differ."""
    kept: list[tuple[str, int, int]] = []
    for item in sorted(found, key=lambda f: f[1]):
        if kept and item[0] != kept[-1][0] and scene.corrected_between(kept[-1][2], item[1]):
            kept = []
        kept.append(item)
    values = {value for value, _, _ in kept}
    if one_person or "returning" in values:
        for special, general in _OVER.items():
            if special in values:
                kept = [item for item in kept if item[0] not in general]
        values = {value for value, _, _ in kept}
    if len(values) != 1:
        return None, len(values) > 1
    return kept[0], False
