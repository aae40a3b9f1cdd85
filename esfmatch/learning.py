"""What leads to an entry: the concepts that its data name, and the words and concepts of those who mean it.

Entries are instruments, needs, reference projects and topics alike. Learning counts; it optimises nothing, so a voice
more or less moves only the words it uses. How much a word or concept says depends only on the entries that share
it, so unrelated additions to the catalogue do not reorder the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Final, TypeAlias

from msgspec import Struct

from esfmatch.language import stem
from esfmatch.reading import Reader
from esfmatch.vocabulary import Concept
from esfmatch.words import OCCUPATION

Strengths: TypeAlias = dict[str, dict[str, float]]
_Shares: TypeAlias = dict[str, float]


class Weights(Struct, frozen=True):
    """How much each kind of evidence counts. Fitted on the development texts; see the benchmarks.

    rarity: how fast a word or concept loses weight with the number of entries that share it. saturation: in which
    share of the voices a word or concept counts half. broader, narrower: how much of a concept passes on to those.
    """

    theme: float = 0.7
    target_group: float = 0.7
    sector: float = 0.4
    touches: float = 0.45
    not_for: float = -0.6
    negated: float = -1.0
    name: float = 1.6
    applicant: float = 0.3
    asks: float = 0.2
    wrong_applicant: float = -0.5
    words: float = 4.0
    learned: float = 5.0
    name_voices: float = 3.0
    concept_rarity: float = 0.4
    learned_rarity: float = 0.6
    word_rarity: float = 0.4
    saturation: float = 0.08
    broader: float = 0.5
    narrower: float = 0.2


_ANY_OCCUPATION: Final = stem(OCCUPATION)

DEFAULT: Final = Weights()


class Entry(Struct, frozen=True):
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


class Tables(Struct, frozen=True):
    """For each word (a stem) and each concept the entries that it leads to, and how strongly."""

    words: Mapping[str, dict[str, float]]
    concepts: Mapping[str, dict[str, float]]


def learn(entries: Sequence[Entry], reader: Reader, weights: Weights = DEFAULT) -> Tables:
    """The tables of some entries."""
    above = cache(lambda concept: tuple(upward(concept, reader.concepts, weights.broader)))
    voiced = {entry.id: _voiced(entry, reader, weights.name_voices, above) for entry in entries}
    words = _strengths(
        {ident: shares for ident, (shares, _) in voiced.items()},
        *(weights.words, weights.word_rarity, weights.saturation),
    )
    spoken = _strengths(
        {ident: shares for ident, (_, shares) in voiced.items()},
        *(weights.learned, weights.learned_rarity, weights.saturation),
    )
    links = _stated(entries, reader.concepts, weights)
    for concept, found in spoken.items():
        for ident, value in found.items():
            entry_links = links.setdefault(concept, {})
            entry_links[ident] = round(entry_links.get(ident, 0.0) + value, 5)
    return Tables(words, links)


def upward(concept: str, concepts: Mapping[str, Concept], factor: float) -> Iterator[tuple[str, float]]:
    """A concept (1) and what is broader, level by level, each level `factor` times as strong."""
    level, strength = [concept], 1.0
    for _ in range(4):
        for ident in level:
            yield ident, strength
        strength *= factor
        level = [broader for ident in level for broader in concepts[ident].broader]


def _stated(entries: Sequence[Entry], concepts: Mapping[str, Concept], w: Weights) -> Strengths:
    """For each concept the entries whose data name it; rarer concepts say more."""
    facet_weight = {"theme": w.theme, "target_group": w.target_group, "sector": w.sector}
    links: Strengths = defaultdict(dict)
    for entry in entries:
        groups = ((entry.touches, w.touches), (entry.serves, 1.0), (entry.themes, 1.0), (entry.not_for, w.not_for))
        for ids, factor in groups:
            for concept in ids:
                links[concept][entry.id] = factor * facet_weight[concepts[concept].facet]
    for found in links.values():
        share = sum(1 for value in found.values() if value > 0) or 1
        for ident in found:
            found[ident] = round(found[ident] / share**w.concept_rarity, 5)
    return dict(links)


def _voiced(
    entry: Entry, reader: Reader, name_voices: float, above: Callable[[str], Iterable[tuple[str, float]]]
) -> tuple[_Shares, _Shares]:
    """The shares of an entry's voices that use each word, and that speak of each concept; a name counts as several."""
    words: _Shares = defaultdict(float)
    concepts: _Shares = defaultdict(float)
    name_value = name_voices / max(1, len(entry.names)) ** 0.5
    for text, value in (*((text, 1.0) for text in entry.texts), *((name, name_value) for name in entry.names)):
        reading = reader.read_words(text)
        for word, sightings in reading.text.seen.items():
            if word == _ANY_OCCUPATION:  # it stands in forms only
                continue
            words[word] += value * max([sighting.quality for sighting in sightings])
        spoken: _Shares = {}
        for mention in reading.mentions:
            if not mention.negated:
                for concept, factor in above(mention.concept):
                    spoken[concept] = max(spoken.get(concept, 0.0), factor * mention.quality)
        for concept, strength in spoken.items():
            concepts[concept] += value * strength
    voices = max(1, len(entry.texts))
    return (
        {word: count / voices for word, count in words.items() if not word.isdigit()},
        {concept: count / voices for concept, count in concepts.items()},
    )


def _strengths(shares: Mapping[str, _Shares], weight: float, rarity: float, saturation: float) -> Strengths:
    """For each word, or each concept, how strongly it leads to each entry."""
    spread = Counter(chain.from_iterable(shares.values()))
    commonness = {key: count**rarity for key, count in spread.items()}
    links: Strengths = {key: {} for key in spread}
    for ident, found in shares.items():
        for key, share in found.items():
            links[key][ident] = round(weight * share / (share + saturation) / commonness[key], 5)
    return links
