"""Rank the entries of an index for a reading of a text, from named evidence whose points add up to the score.

One index serves instruments, needs, reference projects and what is found elsewhere alike. It never looks at rules or
time. Ties are broken by id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from esfmatch.language import FUNCTION_WORDS, Polarity
from esfmatch.learning import DEFAULT, Entry, Tables, Weights, upward
from esfmatch.lexicon import Hit, Lexicon
from esfmatch.reading import Mention, Reading
from esfmatch.vocabulary import Concept

_SHORTEST_WORD: Final = 2

Facet: TypeAlias = Literal["target_group", "applicant", "theme", "name", "text"]


class Evidence(Struct, frozen=True):
    """Why an entry was found: the words, what they were taken for, and their points (negative: against it)."""

    span: tuple[int, int]
    facet: Facet
    concept: str
    points: float


class Candidate(Struct, frozen=True):
    """A found entry; `score` is the sum of the points."""

    id: str
    score: float
    evidence: tuple[Evidence, ...]


class Index:
    """Entries that can be found, with the tables that lead to them."""

    def __init__(
        self, entries: Sequence[Entry], tables: Tables, concepts: Mapping[str, Concept], weights: Weights = DEFAULT
    ) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._tables = tables
        self._concepts = concepts
        self._weights = weights
        self._names: Lexicon[str] = Lexicon((name, entry.id) for entry in entries for name in entry.names)
        self._narrower: dict[str, list[str]] = defaultdict(list)
        for concept in concepts.values():
            for broader in concept.broader:
                self._narrower[broader].append(concept.id)

    def rank(self, reading: Reading, applicant: str | None = None, limit: int | None = None) -> tuple[Candidate, ...]:
        """The entries that the reading speaks for, best first."""
        evidence: dict[str, list[Evidence]] = defaultdict(list)
        for ident, found in self._evidence(reading):
            evidence[ident].append(found)
        for ident in list(evidence):
            evidence[ident] += self._asker(self._entries[ident], reading, applicant)
        candidates = [Candidate(ident, sum(e.points for e in found), tuple(found)) for ident, found in evidence.items()]
        candidates = [c for c in candidates if c.score > 0]
        candidates.sort(key=lambda c: (-c.score, c.id))
        return tuple(candidates[:limit])

    def _evidence(self, reading: Reading) -> Iterator[tuple[str, Evidence]]:
        yield from self._from_concepts(reading.mentions)
        yield from self._from_names(reading)
        yield from self._from_words(reading)

    def _from_concepts(self, mentions: Iterable[Mention]) -> Iterator[tuple[str, Evidence]]:
        best: dict[tuple[str, bool], tuple[float, Mention]] = {}
        for mention in mentions:
            near = self._below(mention.concept) if mention.negated else self._around(mention.concept)
            for concept, factor in near:
                strength = mention.quality * factor
                key = (concept, mention.negated)
                if key not in best or best[key][0] < strength:
                    best[key] = (strength, mention)
        for (concept, negated), (strength, mention) in sorted(best.items(), key=lambda item: item[0]):
            if not negated and (concept, True) in best and best[concept, True][0] > strength:
                continue
            facet: Facet = "target_group" if self._concepts[concept].facet == "target_group" else "theme"
            for ident, weight in self._tables.concepts.get(concept, {}).items():
                points = weight * strength
                if negated:
                    points = self._weights.negated * max(points, 0.0)
                if points:
                    yield ident, Evidence(mention.span, facet, concept, points)

    def _around(self, concept: str) -> Iterator[tuple[str, float]]:
        """A concept, what is broader (it holds, too) and what is directly narrower (it may be meant)."""
        yield from upward(concept, self._concepts, self._weights.broader)
        for narrower in self._narrower.get(concept, ()):
            yield narrower, self._weights.narrower

    def _below(self, concept: str) -> Iterator[tuple[str, float]]:
        """A concept and all that is narrower: what rules out Jugendliche rules out Schülerinnen und Schüler, too."""
        seen, queue = {concept}, [concept]
        while queue:
            current = queue.pop()
            yield current, 1.0
            below = [narrower for narrower in self._narrower.get(current, ()) if narrower not in seen]
            seen.update(below)
            queue += below

    def _from_names(self, reading: Reading) -> Iterator[tuple[str, Evidence]]:
        best: dict[str, Hit[str]] = {}
        for hit in self._names.find(reading.text):
            if hit.quality > 0.7 and (
                hit.meaning not in best
                or (hit.words, hit.quality) > (best[hit.meaning].words, best[hit.meaning].quality)
            ):
                best[hit.meaning] = hit
        for ident, hit in sorted(best.items()):
            refused = all(reading.polarity[k] is Polarity.RULED_OUT for k in hit.tokens)
            points = self._weights.name * hit.quality * (self._weights.negated if refused else 1.0)
            span = reading.text.span(hit.first, hit.last)
            yield ident, Evidence(span, "name", reading.text.original[span[0] : span[1]], points)

    def _from_words(self, reading: Reading) -> Iterator[tuple[str, Evidence]]:
        for term, sightings in sorted(reading.text.seen.items()):
            links = self._tables.words.get(term)
            sighting = max(sightings, key=lambda s: s.quality)
            if not links or len(sighting.word) < _SHORTEST_WORD or sighting.word in FUNCTION_WORDS:
                continue
            if reading.polarity[sighting.first] is Polarity.RULED_OUT:
                continue
            span = reading.text.span(sighting.first, sighting.last)
            for ident, weight in links.items():
                yield ident, Evidence(span, "text", sighting.word, weight * sighting.quality)

    def _asker(self, entry: Entry, reading: Reading, applicant: str | None) -> Iterator[Evidence]:
        if applicant is None or not entry.asked_by:
            return
        w = self._weights
        points = (
            w.applicant
            if applicant in entry.applicants
            else w.asks
            if applicant in entry.asked_by
            else w.wrong_applicant
        )
        span = next((s.span for s in reading.statements if s.fact == "applicant"), (0, 0))
        yield Evidence(span, "applicant", applicant, points)
