"""Rank the entries of an index for a reading of a text, from named evidence whose points add up to the score.

One index serves instruments, needs, reference projects and what is found elsewhere alike. It never looks at rules or
time. How much a word or concept says depends only on the entries that share it, so unrelated additions to the
catalogue do not reorder the rest; ties are broken by id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from esfmatch.language import Polarity
from esfmatch.lexicon import Hit, Lexicon
from esfmatch.reading import Mention, Reader, Reading

Facet: TypeAlias = Literal["target_group", "applicant", "theme", "name", "text"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts. Fitted on the development texts; see the benchmarks.

    rarity: how fast a word or concept loses weight with the number of entries that share it. saturation: after how
    many voices a word counts half. broader, narrower: how much of a concept passes on to its neighbours.
    """

    theme: float = 1.3
    target_group: float = 0.7
    sector: float = 0.4
    touches: float = 0.45
    not_for: float = -0.6
    negated: float = -1.0
    name: float = 1.6
    applicant: float = 0.3
    asks: float = 0.2
    wrong_applicant: float = -0.5
    words: float = 2.0
    learned: float = 4.0
    name_voices: float = 3.0
    concept_rarity: float = 0.4
    learned_rarity: float = 0.6
    word_rarity: float = 0.6
    saturation: float = 2.0
    broader: float = 0.5
    narrower: float = 0.2


DEFAULT: Final = Weights()


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its names, the concepts it stands for, and texts that speak of it."""

    id: str
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an entry was found: the words, what they were taken for, and their points (negative: against it)."""

    span: tuple[int, int]
    facet: Facet
    concept: str
    points: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A found entry; `score` is the sum of the points."""

    id: str
    score: float
    evidence: tuple[Evidence, ...] = field(compare=False)


class Index:
    """Entries arranged by the concepts and words that lead to them.

    A concept leads to an entry because its data say so (themes, serves …) and because people who mean the entry speak
    of it (its voices); a word only for the second reason.
    """

    def __init__(self, entries: Sequence[Entry], reader: Reader, weights: Weights = DEFAULT) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._concepts = reader.concepts
        self._weights = weights
        self._names: Lexicon[str] = Lexicon((name, entry.id) for entry in entries for name in entry.names)
        self._narrower: dict[str, list[str]] = defaultdict(list)
        for concept in self._concepts.values():
            for broader in concept.broader:
                self._narrower[broader].append(concept.id)
        counts = {entry.id: self._voiced(entry, reader) for entry in entries}
        self._words = self._strengths(counts, weights.words, weights.word_rarity, concepts=False)
        self._links = self._stated(entries)
        for concept_id, learned in self._strengths(counts, weights.learned, weights.learned_rarity, concepts=True).items():
            for ident, value in learned.items():
                links = self._links[concept_id]
                links[ident] = links.get(ident, 0.0) + value

    def _stated(self, entries: Sequence[Entry]) -> dict[str, dict[str, float]]:
        """For each concept the entries whose data name it, with their weight; rarer concepts say more."""
        w = self._weights
        facet_weight = {"theme": w.theme, "target_group": w.target_group, "sector": w.sector}
        links: dict[str, dict[str, float]] = defaultdict(dict)
        for entry in entries:
            groups = ((entry.touches, w.touches), (entry.serves, 1.0), (entry.themes, 1.0), (entry.not_for, w.not_for))
            for ids, factor in groups:
                for concept in ids:
                    links[concept][entry.id] = factor * facet_weight[self._concepts[concept].facet]
        for found in links.values():
            share = sum(1 for value in found.values() if value > 0) or 1
            for ident in found:
                found[ident] /= share**w.concept_rarity
        return links

    def _voiced(self, entry: Entry, reader: Reader) -> dict[str, float]:
        """How many of an entry's voices use each word (a stem) and speak of each concept (#id); a name counts as several."""
        counts: dict[str, float] = defaultdict(float)
        share = self._weights.name_voices / max(1, len(entry.names)) ** 0.5
        for texts, value in ((entry.texts, 1.0), (entry.names, share)):
            for text in texts:
                reading = reader.read_words(text)
                for term in reading.text.seen:
                    counts[term] += value * max(s.quality for s in reading.text.seen[term])
                spoken: dict[str, float] = {}
                for mention in reading.mentions:
                    if not mention.negated:
                        for concept, factor in self._upward(mention.concept):
                            spoken[concept] = max(spoken.get(concept, 0.0), factor * mention.quality)
                for concept, strength in spoken.items():
                    counts[f"#{concept}"] += value * strength
        return counts

    def _strengths(
        self, counts: Mapping[str, Mapping[str, float]], weight: float, rarity: float, *, concepts: bool
    ) -> dict[str, dict[str, float]]:
        """For each word, or each concept, how strongly it leads to each entry."""
        spread = Counter(term for counter in counts.values() for term in counter)
        links: dict[str, dict[str, float]] = defaultdict(dict)
        for ident, counter in counts.items():
            for term, count in counter.items():
                if term.startswith("#") is concepts and not term.isdigit():
                    strength = count / (count + self._weights.saturation) / spread[term] ** rarity
                    links[term.removeprefix("#")][ident] = weight * strength
        return links

    # --- asking ------------------------------------------------------------------------------------------------

    def rank(self, reading: Reading, applicant: str | None = None, limit: int | None = None) -> tuple[Candidate, ...]:
        """The entries that the reading speaks for, best first."""
        evidence: dict[str, list[Evidence]] = defaultdict(list)
        for ident, found in self._evidence(reading):
            evidence[ident].append(found)
        for ident in list(evidence):
            evidence[ident] += self._asker(self._entries[ident], reading, applicant)
        candidates = [
            Candidate(ident, sum(e.points for e in found), tuple(found)) for ident, found in evidence.items()
        ]
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
            for concept, factor in self._around(mention.concept):
                strength = mention.quality * factor
                key = (concept, mention.negated)
                if key not in best or best[key][0] < strength:
                    best[key] = (strength, mention)
        for (concept, negated), (strength, mention) in sorted(best.items(), key=lambda item: item[0]):
            if not negated and (concept, True) in best and best[concept, True][0] > strength:
                continue
            facet: Facet = "target_group" if self._concepts[concept].facet == "target_group" else "theme"
            for ident, weight in self._links.get(concept, {}).items():
                points = weight * strength
                if negated:
                    points = self._weights.negated * max(points, 0.0)
                if points:
                    yield ident, Evidence(mention.span, facet, concept, points)

    def _around(self, concept: str) -> Iterator[tuple[str, float]]:
        """A concept, what is broader (it holds, too) and what is directly narrower (it may be meant)."""
        yield from self._upward(concept)
        for narrower in self._narrower.get(concept, ()):
            yield narrower, self._weights.narrower

    def _upward(self, concept: str) -> Iterator[tuple[str, float]]:
        level, factor = [concept], 1.0
        for _ in range(4):
            for ident in level:
                yield ident, factor
            factor *= self._weights.broader
            level = [broader for ident in level for broader in self._concepts[ident].broader]

    def _from_names(self, reading: Reading) -> Iterator[tuple[str, Evidence]]:
        best: dict[str, Hit[str]] = {}
        for hit in self._names.find(reading.text):
            if hit.quality > 0.7 and (hit.meaning not in best or (hit.words, hit.quality) > (best[hit.meaning].words, best[hit.meaning].quality)):
                best[hit.meaning] = hit
        for ident, hit in sorted(best.items()):
            refused = all(reading.polarity[k] is Polarity.RULED_OUT for k in hit.tokens)
            points = self._weights.name * hit.quality * (self._weights.negated if refused else 1.0)
            span = reading.text.span(hit.first, hit.last)
            yield ident, Evidence(span, "name", reading.text.original[span[0] : span[1]], points)

    def _from_words(self, reading: Reading) -> Iterator[tuple[str, Evidence]]:
        for term, sightings in sorted(reading.text.seen.items()):
            links = self._words.get(term)
            if not links:
                continue
            sighting = max(sightings, key=lambda s: s.quality)
            if reading.polarity[sighting.first] is Polarity.RULED_OUT:
                continue
            span = reading.text.span(sighting.first, sighting.last)
            for ident, weight in links.items():
                yield ident, Evidence(span, "text", sighting.word, weight * sighting.quality)

    def _asker(self, entry: Entry, reading: Reading, applicant: str | None) -> Iterator[Evidence]:
        if applicant is None or not entry.asked_by:
            return
        w = self._weights
        points = w.applicant if applicant in entry.applicants else w.asks if applicant in entry.asked_by else w.wrong_applicant
        span = next((s.span for s in reading.statements if s.fact == "applicant"), (0, 0))
        yield Evidence(span, "applicant", applicant, points)
