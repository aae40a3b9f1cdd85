"""Trainees and training places, participants of courses, and obstacles of those who are to be placed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from esfmatch.facts import Interval
from esfmatch.statements.counter import Counter
from esfmatch.statements.found import Found
from esfmatch.statements.quantities import Quantity
from esfmatch.statements.scene import Mention, Scene

_BEGIN: Final = frozenset("anfangen beginnen starten dazukommen".split())
_HAVE: Final = frozenset("haben habe hat und plus mit bilden bilde".split())


def trainees(counter: Counter) -> Iterator[Found]:
    """People in training now; those that are sought or planned are places."""
    scene = counter.scene
    for number, noun in counter.of("trainees"):
        if _planned(scene, number, noun) or counter.is_past(number):
            continue
        if number.article and not noun.plain:
            yield Found(Interval.of(0), number.first, noun.last)
        elif number.article and (_stands_alone(scene, noun) or not _HAVE.isdisjoint(scene.before(number.first, 3))):
            yield Found(Interval.of(1), number.first, noun.last, 0.5)
        elif not number.article and noun.plain and not scene.is_open(noun.first):
            yield Found(Interval(number.low, number.high), number.first, noun.last)
    for number, noun in counter.of("employees"):
        if noun.sense.weak and in_training(scene, number, noun):
            yield Found(Interval(number.low, number.high), number.first, noun.last)
    for mention in scene.mentions("trainees", "no"):
        looking = scene.signals.sought.meets(scene.near(mention.first, 8))
        if not looking and mention.plain and not scene.asked(mention.first):
            yield Found(Interval.of(0), mention.first, mention.last)


def _stands_alone(scene: Scene, noun: Mention) -> bool:
    """„Möbelhaus in Kamen, ein Azubi“."""
    return noun.plain and len(scene.clause(noun.last)) == 2


def in_training(scene: Scene, number: Quantity, noun: Mention) -> bool:
    """„bilden derzeit drei junge Leute aus“."""
    training = scene.signals.training_verbs.meets(scene.before(number.first, 5))
    return training and "aus" in scene.after(noun.last, 3)


def _planned(scene: Scene, number: Quantity, noun: Mention) -> bool:
    understood = noun.last < number.first  # „drei Azubis haben wir, zwei weitere wollen wir“
    last, signals = number.last if understood else noun.last, scene.signals
    clause = scene.clause(last)
    words = scene.folds(max(clause.start, number.first - 8), min(clause.stop, last + 6))
    if not {"soll", "sollen"}.isdisjoint(words) and not _BEGIN.isdisjoint(words):
        return True
    return any(signal.meets(words) for signal in (signals.planned, signals.sought, signals.extra))


def training_places(counter: Counter, open_plural: bool) -> Iterator[Found]:
    """`open_plural`: whether „zwei Plätze“ can only be places in training here."""
    scene = counter.scene
    for number, noun in counter.of("training_places"):
        if not noun.plain or scene.is_open(noun.first) or _in_course(scene, noun):
            continue
        job = noun.sense.words[0] in scene.signals.posts
        if not noun.sense.weak or _of_training(scene, noun) or (open_plural and not job):
            yield Found(Interval(number.low, number.high), number.first, noun.last)
    for number, noun in counter.of("trainees"):
        if _planned(scene, number, noun) and noun.plain and not scene.is_open(noun.first):
            yield Found(Interval(number.low, number.high), number.first, noun.last, 0.5)


def _of_training(scene: Scene, noun: Mention) -> bool:
    return scene.signals.training.meets(scene.near(noun.first, 20))


def _in_course(scene: Scene, noun: Mention) -> bool:
    return noun.sense.weak and scene.signals.courses.meets(scene.before(noun.first, 6))


def participants(counter: Counter, of_provider: bool, institution: bool) -> Iterator[Found]:
    """People who take part in what is planned; „20 Plätze“ of a provider are theirs, unless they are in training."""
    scene = counter.scene
    for number, noun in counter.of("participants"):
        if not number.article and not scene.is_part(number.first):
            yield Found(Interval(number.low, number.high), number.first, noun.last)
    for number, noun in counter.of("training_places"):
        job = noun.sense.words[0] in scene.signals.posts
        offered = of_provider and noun.sense.weak and not job and not _of_training(scene, noun)
        if not number.article and noun.plain and (offered or _in_course(scene, noun)):
            yield Found(Interval(number.low, number.high), number.first, noun.last, 0.5)
    for number in counter.numbers if institution else ():
        meant = _for_in_course(scene, number) and not number.article and not number.unit
        if meant and scene.signals.of_an_age.meets(_phrase(scene, number)):
            yield Found(Interval(number.low, number.high), number.first, number.last, 0.5)


def _for_in_course(scene: Scene, number: Quantity) -> bool:
    """„Maßnahme für 18 …“; „für zwölf Menschen schaffen wir Stellen“ is no course."""
    before = scene.before(number.first, 6)
    return "fur" in before[-2:] and scene.signals.courses.meets(before)


def _phrase(scene: Scene, number: Quantity) -> tuple[str, ...]:
    """What a number counts, with what describes it: „18 langzeitarbeitslose Frauen“."""
    words: list[str] = []
    for k in range(number.last + 1, min(scene.clause(number.last).stop, number.last + 4)):
        words.append(scene.fold(k))
        if scene.tokens[k].capital:
            break
    return tuple(words)


def obstacles(counter: Counter) -> Iterator[Found]:
    """Vermittlungshemmnisse; several of them are 2."""
    scene, signals = counter.scene, counter.scene.signals
    for number, noun in counter.of("placement_obstacles"):
        low = Decimal(0) if number.article and not noun.plain else number.low
        yield Found(Interval(low, low if low == 0 else number.high), number.first, noun.last)
    for noun in scene.mentions("placement_obstacles", "noun"):
        before = scene.before(noun.first, 3)
        if signals.several.meets(before):
            yield Found(Interval.of(2), max(0, noun.first - 1), noun.last)
        elif signals.single.meets(before):
            yield Found(Interval.of(1), max(0, noun.first - 1), noun.last)
    for mention in scene.mentions("placement_obstacles", "no"):
        yield Found(Interval.of(0), mention.first, mention.last)
