"""Numbers joined with the nouns that they count.

A number belongs to the noun that follows it closely („14 tüchtige Beschäftigte“) or that it follows („MA: 120“).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from esfmatch.statements.quantities import Quantity
from esfmatch.statements.scene import Mention, Scene

COUNTED: Final = (
    "employees",
    "trainees",
    "training_places",
    "participants",
    "partner_companies",
    "placement_obstacles",
)
_REACH: Final = 5
_BARRIERS: Final = frozenset(
    """
    und oder in mit aus von fur bei zu ist sind war wir ich sie er die der das den dem als um an auf im am jahre
    jahren jahr drittel viertel halfte funftel teil grossteil hand monate monaten euro prozent uhr
    """.split()
)
_ABOUT: Final = frozenset("ca rund etwa circa zirka zahl anzahl aktuell derzeit".split())


class Counter:
    """The numbers of a text that count something, and what."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        taken = scene.figures.taken
        self.numbers = tuple(
            n for n in scene.figures.numbers if not any(k in taken for k in range(n.first, n.last + 1))
        )
        self._nouns: dict[int, list[Mention]] = {}
        for fact in COUNTED:
            for mention in scene.mentions(fact, "noun"):
                self._nouns.setdefault(mention.first, []).append(mention)
        self.pairs = tuple(self._pairs())
        self.used = frozenset(n.first for n, _ in self.pairs)
        self._sure: dict[int, set[str]] = {}
        for number, noun in self.pairs:
            if not noun.sense.weak:
                self._sure.setdefault(number.first, set()).add(noun.sense.fact)

    def of(self, fact: str) -> Iterator[tuple[Quantity, Mention]]:
        """The numbers of one fact; a noun that counts only by context yields to one that always does."""
        for number, noun in self.pairs:
            rivals = self._sure.get(number.first, set()) if noun.sense.weak else set()
            if noun.sense.fact == fact and not (rivals - {fact}):
                yield number, noun

    def counted_nouns(self) -> frozenset[int]:
        """Where the nouns stand that a number other than „ein“ counts."""
        return frozenset(noun.first for number, noun in self.pairs if not number.article)

    def _pairs(self) -> Iterator[tuple[Quantity, Mention]]:
        starts = {n.first for n in self.numbers}
        for number in self.numbers:
            nouns = self._following(number, starts) or ([] if number.article else self._preceding(number))
            yield from ((number, noun) for noun in nouns)

    def _following(self, number: Quantity, starts: set[int]) -> list[Mention]:
        scene = self.scene
        if number.unit == "kopfig":
            return list(self._nouns.get(number.last, ())) or self._any_staff()
        for k in range(number.last + 1, min(number.last + 1 + _REACH, scene.clause(number.last).stop)):
            if nouns := self._nouns.get(k):
                return nouns
            if k in starts or scene.fold(k) in _BARRIERS or scene.fold(k).startswith("jahrig"):
                return []
            described = scene.fold(k).endswith(("er", "isch", "ische", "te"))
            if scene.tokens[k].capital and k > number.last + 1 and not described:
                return []
        return []

    def _any_staff(self) -> list[Mention]:
        return [m for mentions in self._nouns.values() for m in mentions if m.sense.fact == "employees"][:1]

    def _preceding(self, number: Quantity) -> list[Mention]:
        """„MA: 120“, „Beschäftigte (ca. 40)“."""
        scene, k = self.scene, number.first - 1
        while k >= 0 and scene.fold(k) in _ABOUT:
            k -= 1
        if k < 0 or scene.tokens[k].sentence != scene.tokens[number.first].sentence:
            return []
        close = all(c in " :=(ca.~" for c in scene.gap(number.first - 1, number.first))
        marked = ":" in scene.gap(k, k + 1) or "=" in scene.gap(k, k + 1) or scene.fold(k) == "ma"
        if not close or not marked or number.last + 1 < scene.clause(number.last).stop:
            return []
        return [m for m in self._nouns.get(k, ()) if not m.sense.weak]
