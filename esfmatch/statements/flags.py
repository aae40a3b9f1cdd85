"""Facts of yes and no, and facts of choice that need no reader of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from esfmatch.language import Polarity
from esfmatch.statements.found import Found, settle
from esfmatch.statements.scene import Mention, Scene
from esfmatch.vocabulary import Fact

_OUTWEIGHS: Final = 2.0  # „die Kinder sind groß“ says more than „Kinder“


def flag(scene: Scene, fact: Fact, applicant: str | None, counted: frozenset[int]) -> tuple[Found | None, bool]:
    """Whether the text affirms or denies a fact; `counted`: nouns that a number counts."""
    found = list(_stated(scene, fact.id, applicant, counted))
    if fact.id == "has_vocational_degree":
        found += _learned_trades(scene)
    return settle(scene, found)


def _learned_trades(scene: Scene) -> Iterator[Found]:
    """„hab Schweißer gelernt“, „gel. Schlosserin“, „ausgebildete Köchin“."""
    for i in range(len(scene.tokens)):
        if scene.occupation(i) is None or scene.is_open(i) or scene.polarity[i]:
            continue
        clause = scene.clause(i)
        ahead, behind = scene.folds(max(clause.start, i - 2), i), scene.folds(i + 1, min(clause.stop, i + 4))
        if scene.fold(i - 1) == "als" or scene.signals.wished.meets((*ahead, *behind)):
            continue
        if scene.signals.learned.meets(behind) or scene.signals.learned.meets((*ahead[-1:], scene.fold(i - 1))):
            yield Found(True, i, i)


def _stated(scene: Scene, fact: str, applicant: str | None, counted: frozenset[int]) -> Iterator[Found]:
    denied = [m for m in scene.mentions(fact, "no") if m.plain and not scene.is_open(m.first)]
    denied = [m for m in denied if m.first < 2 or not scene.tokens[m.first - 2].cut]  # „an- und ungelernt“ is both
    covered = {k for m in denied for k in range(m.first, m.last + 1)}
    for mention in denied:
        if not scene.is_part(mention.first):
            yield Found(False, mention.first, mention.last, _OUTWEIGHS if fact == "childcare" else 1.0)
    for mention in scene.mentions(fact, "yes"):
        if covered & set(mention.tokens) or scene.is_part(mention.first):
            continue
        if fact == "childcare" and (_grown(scene, mention) and mention.plain):
            continue
        if fact != "childcare" and scene.is_open(mention.first):
            continue
        if fact == "has_vocational_degree" and (mention.first in counted or _is_wish(scene, mention)):
            continue
        if mention.plain:
            yield Found(True, mention.first, mention.last)
        elif _denies(scene, mention, applicant):
            yield Found(False, mention.first, mention.last, _OUTWEIGHS if fact == "childcare" else 1.0)


def _grown(scene: Scene, mention: Mention) -> bool:
    """„Kinder und Jugendliche“: nobody to look after."""
    return scene.signals.grown_up.meets((*scene.before(mention.first, 3), *scene.after(mention.last, 4)))


def _is_wish(scene: Scene, mention: Mention) -> bool:
    """„möchte die Meisterprüfung ablegen“, „will den Berufsabschluss nachholen“."""
    if scene.signals.finished.meets((*mention.sense.words, *scene.near(mention.first, 5))):
        return False
    before, after = scene.before(mention.first, 6), scene.after(mention.last, 6)
    return "mochte" in before or scene.signals.wished.meets((*before, *after))


def _denies(scene: Scene, mention: Mention, applicant: str | None) -> bool:
    """Whether „keine …“ denies a flag of the person; what an institution does not look for says nothing of the rest."""
    if mention.polarity is Polarity.RULED_OUT and applicant not in (None, "person"):
        return False
    return not scene.signals.not_denied.meets(scene.around(mention.first, mention.last, 4, 3))


def choice(scene: Scene, fact: Fact) -> tuple[Found | None, bool]:
    """The value that is named; of several, none, unless the fact takes several."""
    found = [
        Found(m.sense.value, m.first, m.last)
        for m in scene.mentions(fact.id, "value")
        if m.plain and not scene.is_open(m.first) and not scene.is_part(m.first)
    ]
    if fact.id == "residence_status" and len({f.value for f in found}) > 1:  # „Asylbewerber“ is said loosely
        found = [f for f in found if not scene.fold(f.first).startswith("asylbewerb")] or found
    if fact.type == "choices" and found:
        values = tuple(dict.fromkeys(str(f.value) for f in found))
        return Found(values, found[0].first, found[0].last), False
    return settle(scene, found)
