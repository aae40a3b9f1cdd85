"""Rank the entries of an index for a reading of a text, from named evidence whose points add up to the score.

One index serves instruments, needs, reference projects and what is found elsewhere alike. It never looks at rules or
time. Ties are broken by id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from heapq import heapify, heappop
from operator import attrgetter
from typing import Final, Literal, TypeAlias, get_args

from msgspec import Struct

from esfmatch.language import FUNCTION_WORDS, Polarity
from esfmatch.learning import DEFAULT, Entry, Tables, Weights, upward
from esfmatch.lexicon import Hit, Lexicon, LexiconTables, lexicon_tables
from esfmatch.model.basics import ApplicantKind
from esfmatch.reading import Mention, Reading
from esfmatch.vocabulary import Concept

_SHORTEST_WORD: Final = 2
_QUALITY: Final = attrgetter("quality")

Facet: TypeAlias = Literal["target_group", "applicant", "theme", "name", "text"]


class Evidence(Struct, frozen=True):
    """Why an entry was found: the words, what they were taken for, and their points (negative: against it)."""

    span: tuple[int, int]
    facet: Facet
    concept: str
    points: float


class Clue(Struct, frozen=True):
    """Something read in a text, and the entries that it leads to, each with points (to be multiplied by `factor`)."""

    span: tuple[int, int]
    facet: Facet
    concept: str
    points: Mapping[str, float]
    factor: float = 1.0


class Ranking(Struct, frozen=True):
    """What a reading speaks for: the points of every entry, in no order, and the clues that they add up from.

    Most entries are only ranked, so what speaks for one of them is gathered when asked for.
    """

    points: Mapping[str, float]
    clues: tuple[Clue, ...]

    def evidence(self, ident: str) -> tuple[Evidence, ...]:
        """What the clues say for and against one entry."""
        return tuple(
            [
                Evidence(clue.span, clue.facet, clue.concept, clue.points[ident] * clue.factor)
                for clue in self.clues
                if clue.points.get(ident)
            ]
        )


def best_first(points: Mapping[str, float]) -> Iterator[str]:
    """The ids by points, those with the same points by name. Mostly only the first few are asked for."""
    left = [(-value, ident) for ident, value in points.items()]
    heapify(left)
    while left:
        yield heappop(left)[1]


class IndexTables(Struct, frozen=True):
    """What leads to the entries of an index: names, learned words and concepts, and for each applicant the points."""

    names: LexiconTables[str]
    learned: Tables
    asked: Mapping[str, dict[str, float]]


def index_tables(entries: Sequence[Entry], learned: Tables, weights: Weights = DEFAULT) -> IndexTables:
    """The tables of some entries and what was learned of them."""
    names = lexicon_tables((name, entry.id) for entry in entries for name in entry.names)
    asking = [entry for entry in entries if entry.asked_by]
    asked = {
        kind: {entry.id: _points_for(kind, entry, weights) for entry in asking} for kind in get_args(ApplicantKind)
    }
    return IndexTables(names, learned, asked)


def _points_for(applicant: str, entry: Entry, weights: Weights) -> float:
    if applicant in entry.applicants:
        return weights.applicant
    return weights.asks if applicant in entry.asked_by else weights.wrong_applicant


class Index:
    """Entries that can be found, with the tables that lead to them."""

    def __init__(self, tables: IndexTables, concepts: Mapping[str, Concept], weights: Weights = DEFAULT) -> None:
        self._asked = tables.asked
        self._tables = tables.learned
        self._concepts = concepts
        self._weights = weights
        self._names = Lexicon(tables.names)
        self._narrower: dict[str, list[str]] = defaultdict(list)
        for concept in concepts.values():
            for broader in concept.broader:
                self._narrower[broader].append(concept.id)
        self._around = cache(self._nearby)
        self._below = cache(self._within)

    def rank(self, reading: Reading, applicant: str | None = None) -> Ranking:
        """The entries that the reading speaks for, and how clearly."""
        clues = self._clues(reading, applicant)
        return Ranking(_sums(clues), clues)

    def _clues(self, reading: Reading, applicant: str | None = None) -> tuple[Clue, ...]:
        """All that leads to entries; last, what is only worth something beside the others."""
        return (
            *self._from_concepts(reading.mentions),
            *self._from_names(reading),
            *self._from_words(reading),
            self._asker(reading, applicant),
        )

    def _from_concepts(self, mentions: Iterable[Mention]) -> Iterator[Clue]:
        best: dict[tuple[str, bool], tuple[float, Mention]] = {}
        for mention in mentions:
            negated = mention.negated
            for concept, factor in self._below(mention.concept) if negated else self._around(mention.concept):
                strength = mention.quality * factor
                key = (concept, negated)
                if key not in best or best[key][0] < strength:
                    best[key] = (strength, mention)
        for (concept, negated), (strength, mention) in sorted(best.items(), key=lambda item: item[0]):
            if not negated and (concept, True) in best and best[concept, True][0] > strength:
                continue
            facet: Facet = "target_group" if self._concepts[concept].facet == "target_group" else "theme"
            links = self._tables.concepts.get(concept, {})
            if negated:
                refused = {i: self._weights.negated * weight * strength for i, weight in links.items() if weight > 0}
                yield Clue(mention.span, facet, concept, refused)
            else:
                yield Clue(mention.span, facet, concept, links, strength)

    def _nearby(self, concept: str) -> tuple[tuple[str, float], ...]:
        """A concept, what is broader (it holds, too) and what is directly narrower (it may be meant)."""
        narrower = self._narrower.get(concept, ())
        return (
            *upward(concept, self._concepts, self._weights.broader),
            *((below, self._weights.narrower) for below in narrower),
        )

    def _within(self, concept: str) -> tuple[tuple[str, float], ...]:
        """A concept and all that is narrower: what rules out Jugendliche rules out Schülerinnen und Schüler, too."""
        found, queue = {concept: 1.0}, [concept]
        while queue:
            below = [narrower for narrower in self._narrower.get(queue.pop(), ()) if narrower not in found]
            found.update(dict.fromkeys(below, 1.0))
            queue += below
        return tuple(found.items())

    def _from_names(self, reading: Reading) -> Iterator[Clue]:
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
            yield Clue(span, "name", reading.text.original[span[0] : span[1]], {ident: points})

    def _from_words(self, reading: Reading) -> Iterator[Clue]:
        table, text = self._tables.words, reading.text
        for term, links in sorted((term, links) for term in text.seen if (links := table.get(term))):
            sighting = max(text.seen[term], key=_QUALITY)
            if len(sighting.word) < _SHORTEST_WORD or sighting.word in FUNCTION_WORDS:
                continue
            if reading.polarity[sighting.first] is Polarity.RULED_OUT:
                continue
            span = text.span(sighting.first, sighting.last)
            yield Clue(span, "text", sighting.word, links, sighting.quality)

    def _asker(self, reading: Reading, applicant: str | None) -> Clue:
        span = next((s.span for s in reading.statements if s.fact == "applicant"), (0, 0))
        return Clue(span, "applicant", applicant or "", self._asked.get(applicant or "", {}))


def _sums(clues: Sequence[Clue]) -> dict[str, float]:
    """The points of every entry that the clues speak for."""
    sums: dict[str, float] = defaultdict(float)
    *leading, asker = clues
    for clue in leading:
        factor = clue.factor
        for ident, points in clue.points.items():
            sums[ident] += points * factor
    for ident in sums.keys() & asker.points.keys():
        sums[ident] += asker.points[ident]
    return {ident: points for ident, points in sums.items() if points > 0}
