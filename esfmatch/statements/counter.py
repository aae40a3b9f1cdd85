"""Numbers joined with the nouns that they count.

A number belongs to the noun that follows it closely („14 tüchtige Beschäftigte“) or that it follows („MA: 120“).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from esfmatch.statements.quantities import Quantity, is_percentage
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
_AMOUNTS: Final = frozenset("ist sind liegt von bei betragt umfasst zahlt stieg sank wuchs hat auf".split())
_ABOUT: Final = frozenset("ca rund etwa circa zirka zahl anzahl aktuell derzeit".split())


class Counter:
    """The numbers of a text that count something, and what."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        taken = scene.figures.taken
        self.numbers = tuple(
            n
            for n in scene.figures.numbers
            if not any(k in taken for k in range(n.first, n.last + 1)) and not is_percentage(scene.text, n)
        )
        self._last: list[Mention] = []
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

    def is_past(self, number: Quantity) -> bool:
        """Whether it is said of former times only: „waren es vier Partnerbetriebe“."""
        scene = self.scene
        words = scene.folds(max(scene.clause(number.first).start, number.first - 8), number.first)
        return scene.signals.past.meets(words) and not scene.signals.now.meets(words)

    def counted_nouns(self) -> frozenset[int]:
        """Where the nouns stand that a number other than „ein“ counts."""
        return frozenset(noun.first for number, noun in self.pairs if not number.article)

    def _pairs(self) -> Iterator[tuple[Quantity, Mention]]:
        scene, starts = self.scene, {n.first for n in self.numbers}
        for number in self.numbers:
            nouns = self._following(number, starts)
            if not nouns and not number.article:
                nouns = self._preceding(number) or self._understood(number)
            self._last = nouns or self._last
            if number.article and scene.fold(number.last + 1) in scene.signals.among:  # „einer davon Azubi“
                number = replace(number, article=False)
            ruled_out = scene.polarity[number.first] and not number.article  # „keine 30 Leute mehr, sondern 22“
            yield from ((number, noun) for noun in nouns if not ruled_out)

    def _following(self, number: Quantity, starts: set[int]) -> list[Mention]:
        scene = self.scene
        if number.unit == "kopfig":
            return list(self._nouns.get(number.last, ())) or self._any_staff()
        after = number.last + 1
        if scene.fold(after) in scene.signals.among:  # „elf davon sind Lehrlinge“
            after += 2 if scene.fold(after + 1) in ("sind", "ist", "in") else 1
        for k in range(after, min(number.last + 1 + _REACH, scene.clause(number.last).stop)):
            if nouns := self._nouns.get(k):
                return nouns
            if k in starts or scene.fold(k) in _BARRIERS or scene.fold(k).startswith("jahrig"):
                return []
            if k == after and after > number.last + 1:
                continue
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
        if close and marked and number.last + 1 >= scene.clause(number.last).stop:
            return [m for m in self._nouns.get(k, ()) if not m.sense.weak]
        return self._collective(number)

    def _collective(self, number: Quantity) -> list[Mention]:
        """„Unsere Belegschaft ist von 310 auf 245 geschrumpft“, „die Mitarbeiterzahl liegt bei 80“."""
        scene, clause = self.scene, self.scene.clause(number.first)
        k = number.first - 1
        while k >= clause.start and (scene.fold(k) in _AMOUNTS or scene.fold(k) in scene.signals.particles):
            k -= 1
        nouns = self._nouns.get(k, ()) if clause.start <= k < number.first - 1 else ()
        return [m for m in nouns if scene.fold(k) in scene.signals.collectives]

    def _understood(self, number: Quantity) -> list[Mention]:
        """„mal 40 Leute, mal 60“, „jetzt sind es noch drei“, „zwei weitere suchen wir“: the noun was said before."""
        scene, i = self.scene, number.first
        before, following = scene.before(i, 4), scene.fold(number.last + 1)
        again = (
            before[-1:] == ("mal",)
            or {"sind", "es"} <= set(before)
            or "sondern" in before
            or following in ("weitere", "weiteren")
        )
        return self._last if again else []
