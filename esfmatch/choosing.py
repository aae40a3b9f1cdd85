"""Ranked candidates -> those worth suggesting on a day, best first; or the topic elsewhere that a text is rather about.

Pure. Each step takes candidates and gives candidates; none looks at facts or rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from operator import attrgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from esfmatch.eligibility import PeriodState, period_on, shown_since
from esfmatch.language import FUNCTION_WORDS
from esfmatch.matching import Candidate, Evidence
from esfmatch.model.programmes import Outline
from esfmatch.reading import Reading
from esfmatch.vocabulary import Topic

Candidates = tuple[Candidate, ...]


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
_ID: Final = attrgetter("id")
_SCORE: Final = attrgetter("score")


class Choice(Struct, frozen=True):
    """Chooses among what was found: the instruments and topics by id, and the thresholds."""

    outlines: Mapping[str, Outline]
    topics: Mapping[str, Topic]
    thresholds: Thresholds

    def elsewhere(self, ranked: Candidates) -> Topic | None:
        """The topic outside the catalogue that the text is rather about."""
        best_topic = next((c for c in ranked if c.id in self.topics), None)
        best = next((c for c in ranked if c.id not in self.topics), None)
        if best_topic and (best is None or best_topic.score >= self.thresholds.elsewhere * best.score):
            return self.topics[best_topic.id]
        return None

    def asks_clearly(self, points: Mapping[str, float], part: Reading, *, within: bool) -> bool:
        """Whether a sentence, or a clause `within` one, by itself asks for an instrument, whatever stands beside it."""
        best = max((score for ident, score in points.items() if ident not in self.topics), default=0.0)
        topic = max((score for ident, score in points.items() if ident in self.topics), default=0.0)
        clear = self.thresholds.clear_within if within else self.thresholds.clear
        return best >= max(clear * _root_of_words(part), self.thresholds.ahead * topic)

    def instruments(self, ranked: Candidates, reading: Reading, day: date | None) -> Candidates:
        """The instruments worth suggesting on a day, or at any time (None), best first."""
        found = self._fit(ranked, reading)
        return self._with_neighbours(self._on(day, found) if day else found)

    def faded(self, candidate: Candidate) -> Candidate:
        """A candidate whose time is over or to come."""
        factor = self.thresholds.ended
        return Candidate(candidate.id, factor * candidate.score, partial(_scaled, candidate, factor))

    def _fit(self, ranked: Candidates, reading: Reading) -> Candidates:
        candidates = [c for c in ranked if c.id not in self.topics]
        if not candidates or candidates[0].score < self.thresholds.speak * _root_of_words(reading):
            return ()
        floor = candidates[0].score * self.thresholds.share_of_best
        return tuple(c for c in candidates if c.score >= floor)

    def _on(self, day: date, candidates: Candidates) -> Candidates:
        """What the candidates are worth on a day: those over, to come or unheard of less, their heirs as much."""
        found: dict[str, Candidate] = {}
        over: list[Candidate] = []
        for candidate in candidates:
            outline = self.outlines[candidate.id]
            found[candidate.id] = self.faded(candidate) if _is_away(outline, day) else candidate
            if period_on(outline, day) is PeriodState.ENDED:
                over.append(candidate)
        for candidate in over:
            for successor in self.outlines[candidate.id].successors:
                own = found.get(successor)
                ended = period_on(self.outlines[successor], day) is PeriodState.ENDED
                if not ended and (own is None or own.score < candidate.score):
                    found[successor] = replace(candidate, id=successor)
        return _ordered(found.values())

    def _with_neighbours(self, candidates: Candidates) -> Candidates:
        """The candidates, of which the first two lend points to the instruments that one would name beside them."""
        found = {candidate.id: candidate for candidate in candidates}
        for place, lender in enumerate(candidates[:2], 1):
            if lender.score < self.thresholds.leads * candidates[0].score:
                break
            span = max(lender.evidence, key=lambda e: e.points).span
            for order, ident in enumerate(self.outlines[lender.id].neighbours, 1):
                own = found.get(ident, Candidate(ident, 0.0, tuple))
                points = self.thresholds.neighbour * lender.score / place / order**0.5
                points = min(points, max(0.0, _BESIDE * lender.score - own.score))  # beside it, not before it
                lent = Evidence(span, "theme", lender.id, points)
                found[ident] = Candidate(ident, own.score + points, partial(_and_lent, own, lent))
        return _ordered(found.values())


@lru_cache(maxsize=10_000)  # instruments × days
def _is_away(outline: Outline, day: date) -> bool:
    """Whether an instrument is over or to come, or nothing shows that it was there, so that it may be to come."""
    period = period_on(outline, day)
    unheard_of = period is PeriodState.UNKNOWN and day < shown_since(outline)
    return period in (PeriodState.ENDED, PeriodState.UPCOMING) or unheard_of


def _scaled(candidate: Candidate, factor: float) -> tuple[Evidence, ...]:
    return tuple([Evidence(e.span, e.facet, e.concept, factor * e.points) for e in candidate.evidence])


def _and_lent(candidate: Candidate, lent: Evidence) -> tuple[Evidence, ...]:
    return (*candidate.evidence, lent)


def says_little(reading: Reading, ranked: Candidates) -> bool:
    """Whether a text names neither a concept nor an instrument and hardly anything else („Förderung?“)."""
    if reading.mentions or len(_meaningful_words(reading)) >= _FEW_WORDS:
        return False
    return not any(e.facet == "name" for candidate in ranked[:3] for e in candidate.evidence)


def _root_of_words(reading: Reading) -> float:
    return float((1 + len(set(_meaningful_words(reading)))) ** 0.5)


def _meaningful_words(reading: Reading) -> list[str]:
    return [t.fold for t in reading.text.tokens if not t.is_number and t.fold not in FUNCTION_WORDS]


def _ordered(candidates: Iterable[Candidate]) -> Candidates:
    return tuple(sorted(sorted(candidates, key=_ID), key=_SCORE, reverse=True))
