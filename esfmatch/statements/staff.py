"""How many people work for the applicant: those counted by a noun, and „wir sind zu viert“."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from esfmatch.facts import Interval
from esfmatch.statements.counter import Counter
from esfmatch.statements.found import Found
from esfmatch.statements.quantities import Quantity
from esfmatch.statements.scene import Mention, Scene
from esfmatch.statements.senses import TRADE
from esfmatch.statements.training import in_training

_WE: Final = frozenset(
    """
    wir uns unser unsere unserem unseren unserer unseres mein meine meinem meinen meiner ich bin insgesamt zahlen
    zahlt beschaftigen
    """.split()
)
_OUR_OWN: Final = frozenset("sind unsere unseren meine meinen".split())
_PARTITIVE: Final = frozenset("unserer meiner ihrer seiner".split())
_OWNED: Final = frozenset("unsere unseren unserer meine meinen meiner alle allen die den der ihre ihren".split())
_HAVE: Final = frozenset("wir unser hat haben".split())
_AFTER_LONE: Final = frozenset("in im und aus bei insgesamt plus zusammen je mit inklusive inkl".split())
_BETWEEN: Final = frozenset("wir es zur zeit zu".split())


def employees(counter: Counter, company_at: frozenset[int]) -> Iterator[Found]:
    """All who work there. `company_at`: sentences in which the applicant company is named."""
    found = [*_counted(counter, company_at), *_lone(counter, company_at)]
    current = [f for f in found if f.weight > 0]
    yield from current
    if not current:
        for mention in counter.scene.mentions("employees", "no"):
            yield Found(Interval.of(0), mention.first, mention.last)


def _counted(counter: Counter, company_at: frozenset[int]) -> Iterator[Found]:
    scene = counter.scene
    for number, noun in counter.of("employees"):
        if number.article and not _is_one(counter, number, noun):
            continue
        if noun.sense.form == TRADE and scene.signals.together.meets(scene.after(noun.last, 6)):
            continue  # „drei Goldschmiede im Verbund“ are companies
        if _of_others(scene, number):
            continue
        if _is_share(counter, number, noun) or in_training(scene, number, noun):
            continue
        sentence = scene.sentence(number.first)
        start = min(number.first, noun.first) - 8  # „hatten wir mal 60 Leute, jetzt sind es noch zwanzig“
        around = scene.folds(max(sentence.start, start), min(sentence.stop, number.last + 6))
        own = not _WE.isdisjoint(around)
        here = scene.tokens[number.first].sentence
        opens = number.first - sentence.start <= 1 and here - 1 in company_at  # „Fabrik, Hamm. Gut 140 Leute.“
        if not noun.sense.weak or own or here in company_at or opens:
            yield _dated(counter, number, noun.last, own)


def _of_others(scene: Scene, number: Quantity) -> bool:
    """„Anrufe von Betrieben mit fünf bis zehn Leuten“ counts theirs, not the staff of the one who writes."""
    before = scene.before(number.first, 5)
    mine = not _OUR_OWN.isdisjoint(before)
    return before[-1:] == ("mit",) and not mine and scene.signals.several_companies.meets(before[-2:-1])


def _is_one(counter: Counter, number: Quantity, noun: Mention) -> bool:
    """„mit einem Gesellen“ counts one; „einen Mitarbeiter“ elsewhere does not."""
    scene = counter.scene
    if scene.fold(number.first) not in ("einen", "einem", "einer") or noun.sense.weak:
        return False
    return not _OWNED.isdisjoint(scene.before(number.first, 4)) or "mit" in scene.before(number.first, 2)


def _dated(counter: Counter, number: Quantity, last: int, own: bool) -> Found:
    return Found(Interval(number.low, number.high), number.first, last, 0.0 if counter.is_past(number) else 1.0, own)


def _is_share(counter: Counter, number: Quantity, noun: Mention) -> bool:
    """Whether only some of the people are counted: davon 20, für 12, suchen 3, 5 sollen …"""
    scene, signals = counter.scene, counter.scene.signals
    before = scene.before(number.first, 4)
    if scene.fold(number.last + 1) in _PARTITIVE:  # „drei unserer Helferinnen“
        return True
    if scene.is_part(number.first) or {"von", "unseren"} <= set(before[-2:]):
        return True
    if before and before[-1] in _OWNED:
        return False
    clause = scene.clause(number.first)
    lead = scene.folds(max(clause.start, number.first - 5), number.first)
    near = (*lead, *scene.folds(number.last + 1, noun.first))
    if signals.sought.meets(near) or signals.extra.meets(near) or "fur" in lead[-3:]:
        return True
    if scene.signals.wished.meets(lead) and "mit" not in lead[-2:]:  # „will zwei Gesellen zum Vorarbeiter machen“
        return True
    following = scene.folds(noun.last + 1, min(clause.stop, noun.last + 9))
    return signals.for_some.meets(following) and _HAVE.isdisjoint(before)


def _lone(counter: Counter, company_at: frozenset[int]) -> Iterator[Found]:
    """„wir sind zu viert“, „jetzt sind wir noch 190“: no noun follows."""
    scene = counter.scene
    for number in counter.numbers:
        if number.first in counter.used or (number.article and not number.self_count):
            continue
        before = scene.before(number.first, 9)
        verbs = [k for k, word in enumerate(before) if word in ("sind", "waren")]
        spoken = bool(verbs) and not {"wir", "es"}.isdisjoint(before[max(0, verbs[-1] - 2) : verbs[-1] + 6])
        if spoken and any(
            word not in _BETWEEN and word not in scene.signals.particles for word in before[verbs[-1] + 1 :]
        ):
            continue
        again = "mal" in before[-2:] and "wir" in scene.before(number.first, 14)  # „mal sind wir acht, mal zwölf“
        in_all = number.self_count and ("wir" in before or scene.tokens[number.first].sentence in company_at)
        if not (spoken or again or in_all):
            continue
        if scene.ends_clause(number.last) or scene.fold(number.last + 1) in _AFTER_LONE:
            yield _dated(counter, number, number.last, True)
