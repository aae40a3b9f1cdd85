"""A ranking -> candidates worth suggesting on a day, best first; or the topic elsewhere that a text is rather about.

Pure; none looks at facts or rules. Points are chosen among, and only what is left becomes a candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from esfmatch.eligibility import PeriodState, period_on, shown_since
from esfmatch.language import FUNCTION_WORDS
from esfmatch.matching import Evidence, Ranking, best_first
from esfmatch.model.programmes import Outline
from esfmatch.reading import Reading
from esfmatch.vocabulary import Topic


class Candidate(Struct, frozen=True):
    """An instrument, its points: `factor` times those of `of` (itself, a line it goes on, or none) and lent ones."""

    id: str
    score: float
    of: str
    factor: float = 1.0
    lent: tuple[Evidence, ...] = ()

    def times(self, factor: float) -> Candidate:
        """The same with a part of its points."""
        lent = tuple([replace(e, points=factor * e.points) for e in self.lent])
        return Candidate(self.id, factor * self.score, self.of, factor * self.factor, lent)

    def evidence(self, ranking: Ranking) -> tuple[Evidence, ...]:
        """What the score is made of."""
        own = ranking.evidence(self.of)
        if self.factor != 1.0:
            own = tuple([replace(e, points=self.factor * e.points) for e in own])
        return (*own, *self.lent)


class Thresholds(Struct, frozen=True):
    """When to speak and when to be silent. Fitted with the weights.

    speak: the least points of the best suggestion, for each root of the number of words that carry meaning: a long
    text gathers some points for anything. share_of_best: what of the best one's points the others need. elsewhere:
    how much of the best one's points a topic outside the catalogue needs to win. full_score: the points that give a
    score of one half. ended: what remains of the points of an instrument that is over. precedent: the least points
    of a reference project. implied: how surely a fact speaks of a concept. neighbour: what of an instrument's
    points its nearest neighbour gains. leads: what of the best one's points another needs to lend points to
    neighbours. clear, clear_within, ahead: the points for each root that a sentence by itself, or a clause within
    one, needs to ask for an instrument whatever the rest is about, and how many times those of the best topic.
    need_from_suggestion: what the best suggestion adds to the needs that it answers.
    """

    speak: float = 0.74
    share_of_best: float = 0.05
    elsewhere: float = 0.95
    full_score: float = 5.0
    ended: float = 0.5
    precedent: float = 6.0
    implied: float = 0.6
    neighbour: float = 0.35
    leads: float = 0.5
    clear: float = 1.2
    clear_within: float = 1.6
    ahead: float = 2.0
    need_from_suggestion: float = 0.5


DEFAULT_THRESHOLDS: Final = Thresholds()
_FEW_WORDS: Final = 3
_BESIDE: Final = 0.99
_REMEMBERED: Final = 10_000  # instruments × days


class Choice:
    """Chooses among what was found: the instruments and topics by id, and the thresholds."""

    def __init__(
        self, outlines: Mapping[str, Outline], topics: Mapping[str, Topic], thresholds: Thresholds = DEFAULT_THRESHOLDS
    ) -> None:
        self.thresholds = thresholds
        self._outlines = outlines
        self._topics = topics
        self._standing = lru_cache(maxsize=_REMEMBERED)(self._stands)

    def elsewhere(self, ranking: Ranking) -> Topic | None:
        """The topic outside the catalogue that the text is rather about."""
        instruments, topics = self._apart(ranking.points)
        best_topic = next(best_first(topics), None)
        best = max(instruments.values(), default=None)
        if best_topic and (best is None or topics[best_topic] >= self.thresholds.elsewhere * best):
            return self._topics[best_topic]
        return None

    def asks_clearly(self, ranking: Ranking, part: Reading, *, within: bool) -> bool:
        """Whether a sentence, or a clause `within` one, by itself asks for an instrument, whatever stands beside it."""
        best, topic = (max(points.values(), default=0.0) for points in self._apart(ranking.points))
        clear = self.thresholds.clear_within if within else self.thresholds.clear
        return best >= max(clear * _root_of_words(part), self.thresholds.ahead * topic)

    def instruments(self, ranking: Ranking, reading: Reading, day: date | None) -> Iterator[Candidate]:
        """The instruments worth suggesting on a day, or at any time (None), best first, as many as are asked for."""
        points = self._fit(ranking, reading)
        origins: dict[str, tuple[str, float]] = {}
        if day:
            points, origins = self._on(day, points)
        lent = self._lend(points, origins, ranking)
        for ident in best_first(points):
            yield Candidate(ident, points[ident], *origins.get(ident, (ident, 1.0)), tuple(lent.get(ident, ())))

    def faded(self, candidate: Candidate) -> Candidate:
        """A candidate whose time is over or to come."""
        return candidate.times(self.thresholds.ended)

    def _apart(self, points: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
        """Points of instruments, and of topics found elsewhere."""
        instruments = dict(points)
        topics = {ident: instruments.pop(ident) for ident in points.keys() & self._topics.keys()}
        return instruments, topics

    def _fit(self, ranking: Ranking, reading: Reading) -> dict[str, float]:
        """The points of the instruments that the text speaks for clearly enough; none if it does for no one."""
        points, _ = self._apart(ranking.points)
        best = max(points.values(), default=0.0)
        if not points or best < self.thresholds.speak * _root_of_words(reading):
            return {}
        floor = best * self.thresholds.share_of_best
        return {ident: value for ident, value in points.items() if value >= floor}

    def _on(self, day: date, points: dict[str, float]) -> tuple[dict[str, float], dict[str, tuple[str, float]]]:
        """What the points are worth on a day: those of what is over, to come or unheard of less, of its heirs as much.

        With it for each of these the entry whose points they are and the factor.
        """
        found, origins, over = dict(points), dict[str, tuple[str, float]](), []
        for ident in points:
            away, heirs = self._standing(ident, day)
            if away:
                found[ident] *= self.thresholds.ended
                origins[ident] = ident, self.thresholds.ended
            if heirs:
                over.append((-points[ident], ident, heirs))
        for _, ident, heirs in sorted(over):
            for heir in heirs:
                if found.get(heir, 0.0) < points[ident]:
                    found[heir] = points[ident]
                    origins[heir] = ident, 1.0
        return found, origins

    def _stands(self, ident: str, day: date) -> tuple[bool, tuple[str, ...]]:
        """Whether an instrument is over, to come or may be to come on a day; and what goes on in its place."""
        outline = self._outlines[ident]
        period = period_on(outline, day)
        unheard_of = period is PeriodState.UNKNOWN and day < shown_since(outline)
        heirs = [heir for heir in outline.successors if period_on(self._outlines[heir], day) is not PeriodState.ENDED]
        over = period is PeriodState.ENDED
        return over or unheard_of or period is PeriodState.UPCOMING, tuple(heirs) if over else ()

    def _lend(
        self, points: dict[str, float], origins: dict[str, tuple[str, float]], ranking: Ranking
    ) -> dict[str, list[Evidence]]:
        """Let the first two lend points to the instruments that one would name beside them; with what evidence."""
        lent: dict[str, list[Evidence]] = defaultdict(list)
        lenders = [(ident, points[ident]) for ident in islice(best_first(points), 2)]
        for place, (lender, score) in enumerate(lenders, 1):
            if score < self.thresholds.leads * lenders[0][1]:
                break
            of, _ = origins.get(lender, (lender, 1.0))
            span = max(ranking.evidence(of), key=lambda e: e.points).span
            for order, ident in enumerate(self._outlines[lender].neighbours, 1):
                if ident not in points:
                    points[ident], origins[ident] = 0.0, ("", 1.0)
                more = self.thresholds.neighbour * score / place / order**0.5
                more = min(more, max(0.0, _BESIDE * score - points[ident]))  # beside it, not before it
                points[ident] += more
                lent[ident].append(Evidence(span, "theme", lender, more))
        return lent


def says_little(reading: Reading, ranking: Ranking) -> bool:
    """Whether a text names neither a concept nor an instrument and hardly anything else („Förderung?“)."""
    if reading.mentions or len(_meaningful_words(reading)) >= _FEW_WORDS:
        return False
    return not any(
        e.facet == "name" for ident in islice(best_first(ranking.points), 3) for e in ranking.evidence(ident)
    )


def _root_of_words(reading: Reading) -> float:
    return float((1 + len(set(_meaningful_words(reading)))) ** 0.5)


def _meaningful_words(reading: Reading) -> list[str]:
    return [t.fold for t in reading.text.tokens if not t.is_number and t.fold not in FUNCTION_WORDS]
