"""How many companies take part besides the applicant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from esfmatch.facts import Interval
from esfmatch.statements.counter import Counter
from esfmatch.statements.found import Found
from esfmatch.statements.quantities import Quantity
from esfmatch.statements.scene import Mention, Scene

_DEFINITE: Final = frozenset("der die das dem den unserem unserer unser unsere einem einer ein eine einen".split())


def partners(counter: Counter, applicant: str | None) -> Iterator[Found]:
    """The others; „zwei Betriebe“ of an applicant company are it and one more."""
    scene = counter.scene
    numbered = set()
    for number, noun in counter.of("partner_companies"):
        numbered.add(noun.first)
        if counter.is_past(number):
            continue
        if number.article and _takes_no_part(scene, noun):
            yield Found(Interval.of(0), number.first, noun.last)
        elif (found := _partner(scene, number, noun, applicant)) and not _undecided(scene, noun):
            yield found
    for noun in scene.mentions("partner_companies", "noun"):
        if noun.first not in numbered and _single_partner(scene, noun) and not _undecided(scene, noun):
            yield Found(Interval.of(1), max(0, noun.first - 1), noun.last)
    if applicant in (None, "company", "provider"):
        yield from _none(scene)


def _none(scene: Scene) -> Iterator[Found]:
    for mention in scene.mentions("partner_companies", "no"):
        if mention.plain and not scene.asked(mention.first) and not _sought(scene, mention.first, 8):
            gone = any(word.startswith(("abgesagt", "abgesprungen")) for word in mention.sense.words)
            yield Found(Interval.of(0), mention.first, mention.last, 2.0 if gone else 1.0)


def _sought(scene: Scene, i: int, reach: int) -> bool:
    return scene.signals.sought.meets(scene.near(i, reach)) or scene.is_open(i)


def _undecided(scene: Scene, noun: Mention) -> bool:
    near = scene.around(noun.first, noun.last, 8, 5)
    return scene.signals.sought.meets(near) or scene.is_open(noun.first) or not noun.plain


def _takes_no_part(scene: Scene, noun: Mention) -> bool:
    """„Ein Partnerbetrieb ist nicht beteiligt“."""
    denied = not noun.plain or "nicht" in scene.after(noun.last, 4)
    other = scene.signals.other_companies.meets(scene.before(noun.first, 2))
    return (other or not noun.sense.weak) and denied and not _sought(scene, noun.first, 6)


def _partner(scene: Scene, number: Quantity, noun: Mention, applicant: str | None) -> Found | None:
    before = scene.before(number.first, 4)
    others = scene.signals.other_companies.meets(scene.folds(number.last + 1, noun.first + 1))
    joined = "mit" in before[-2:] or "mitsamt" in before
    value = Interval(number.low, number.high)
    cooperates = _cooperates(scene, noun)
    if not noun.sense.weak or others:
        direct = not number.article or joined or others or cooperates
        return Found(value, number.first, noun.last) if direct else None
    if joined and (not number.article or cooperates):
        return Found(value, number.first, noun.last)
    if number.article or number.low is None or number.low < 2 or not _are_several(scene, noun):
        return None
    if applicant == "company" and (cooperates or "sind" in before):
        high = None if number.high is None else number.high - 1
        return Found(Interval(number.low - 1, high), number.first, noun.last, 0.9)
    together = applicant in ("provider", "association") and cooperates
    return Found(value, number.first, noun.last, 0.9) if together else None


def _are_several(scene: Scene, noun: Mention) -> bool:
    return scene.fold(noun.last) in scene.signals.several_companies or scene.fold(noun.last).endswith("unternehmen")


def _cooperates(scene: Scene, noun: Mention) -> bool:
    sentence = scene.sentence(noun.first)
    words = scene.folds(max(sentence.start, noun.first - 14), min(sentence.stop, noun.last + 18))
    return scene.signals.together.meets(words)


def _single_partner(scene: Scene, noun: Mention) -> bool:
    """„die Nachbarfirma macht mit“, „mit der Firma Kessler“ – one company, named without a number."""
    before = scene.before(noun.first, 3)
    if scene.fold(noun.last).endswith(("betriebe", "betrieben", "firmen")) or not before:
        return False
    definite = not _DEFINITE.isdisjoint(before[-2:])
    if noun.sense.weak and scene.signals.nearby.meets(scene.after(noun.last, 2)):
        return definite and _cooperates(scene, noun)
    if noun.sense.weak:
        return "mit" in before and definite and _cooperates(scene, noun) and not {"wir", "sind"} <= set(before)
    return definite and _cooperates(scene, noun) and "fur" not in before
