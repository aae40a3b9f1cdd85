"""Find the forms of a vocabulary in a text: words, compounds, phrases, prefixes.

A `Lexicon` maps forms to meanings of any kind (a concept, a value of a fact). It does not know what they are for.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Generic, TypeVar

from msgspec import Struct

from esfmatch.language import Polarity, Token, folded_words, polarities, stem, tokenize
from esfmatch.words import WordBook, frozen

M = TypeVar("M")

_SAME_STEM: Final = 0.95
_SLACK: Final = 3
_JOIN_QUALITY: Final = 0.95
_SHORTEST_HEAD, _SHORTEST_TAIL = 3, 4


class Sighting(Struct, frozen=True):
    """A stem seen in a text: at tokens `first` to `last`, read from `word` with `quality`."""

    first: int
    last: int
    word: str
    quality: float


class Text:
    """A text taken apart: its tokens and, for every stem that they can be read as, where it was seen."""

    def __init__(self, original: str, book: WordBook) -> None:
        self.original = original
        self.tokens = tokenize(original, book.is_short)
        self.seen: dict[str, list[Sighting]] = defaultdict(list)
        following = (*self.tokens[1:], None)
        for i, (token, after) in enumerate(zip(self.tokens, following, strict=False)):
            for reading in book.readings(token):
                self.seen[reading.stem].append(Sighting(i, i, reading.word, reading.quality))
            for word in _written_apart(token, after, book) if after else ():
                self.seen[stem(word)].append(Sighting(i, i + 1, word, _JOIN_QUALITY))
            if token.cut and (whole := self._whole(i, book)):
                self.seen[stem(whole)].append(Sighting(i, i, whole, _JOIN_QUALITY))

    @cached_property
    def stems(self) -> frozenset[str]:
        """All stems that it can be read as."""
        return frozenset(self.seen)

    @cached_property
    def polarity(self) -> tuple[Polarity, ...]:
        """For every token, whether a negation reaches it."""
        return polarities(self.tokens)

    def _whole(self, i: int, book: WordBook) -> str | None:
        """What the first half of „Aus- und Weiterbildung“ stands for."""
        second = self.tokens[i + 2].fold if i + 2 < len(self.tokens) else ""
        words = (self.tokens[i].fold + second[start:] for start in range(2, len(second) - 3))
        return next(filter(book.is_part, words), None)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Start and end in the original text of the tokens `first` to `last`."""
        return self.tokens[first].start, self.tokens[last].end


def _written_apart(token: Token, after: Token, book: WordBook) -> list[str]:
    """The words that two make if they are one written apart („Teilzeit Ausbildung“)."""
    if len(token.fold) < _SHORTEST_HEAD or len(after.fold) < _SHORTEST_TAIL:
        return []
    if token.is_number or after.is_number or after.sentence != token.sentence:
        return []
    return [word for link in ("", "s") if book.is_part(word := token.fold + link + after.fold)]


class Located(Struct, frozen=True):
    """Something found in a text, and the tokens that carry it."""

    tokens: tuple[int, ...]

    @property
    def first(self) -> int:
        """The first of its tokens."""
        return self.tokens[0]

    @property
    def last(self) -> int:
        """The last of its tokens."""
        return self.tokens[-1]


class Hit(Located, Generic[M], frozen=True):
    """A form found in a text: its meaning, how well it fits (up to 1), and how many words it has."""

    meaning: M
    quality: float
    words: int


class LexiconTables(Struct, Generic[M], frozen=True):
    """Forms and their meanings: single words by stem, beginnings by four letters, phrases by their rarest stem."""

    single: Mapping[str, tuple[tuple[str, M], ...]]
    prefix: Mapping[str, tuple[tuple[str, M], ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], M], ...]]


def lexicon_tables(entries: Iterable[tuple[str, M]]) -> LexiconTables[M]:
    """The tables of some forms."""
    single: dict[str, list[tuple[str, M]]] = defaultdict(list)
    prefix: dict[str, list[tuple[str, M]]] = defaultdict(list)
    anchored: dict[str, list[tuple[tuple[str, ...], M]]] = defaultdict(list)
    phrases: list[tuple[tuple[str, ...], M]] = []
    for form, meaning in entries:
        words = form_words(form)
        if form.endswith("*") and len(words) == 1:
            prefix[words[0][:4]].append((words[0], meaning))
        elif len(words) == 1:
            single[stem(words[0])].append((words[0], meaning))
        elif words:
            phrases.append((tuple(stem(word) for word in words), meaning))
    frequency = Counter(part for stems, _ in phrases for part in set(stems))
    for stems, meaning in phrases:
        anchored[min(stems, key=lambda part: (frequency[part], part))].append((stems, meaning))
    return LexiconTables(frozen(single), frozen(prefix), frozen(anchored))


class Lexicon(Generic[M]):
    """Forms and their meanings, looked up in texts."""

    def __init__(self, tables: LexiconTables[M]) -> None:
        self._single = tables.single
        self._prefix = tables.prefix
        self._phrases = tables.phrases

    def find(self, text: Text) -> list[Hit[M]]:
        """All hits in the order of the text, overlapping ones included."""
        hits: dict[tuple[M, tuple[int, ...]], Hit[M]] = {}
        for hit in itertools.chain(self._words_in(text), self._phrases_in(text), self._begun_in(text)):
            key = (hit.meaning, hit.tokens)
            if key not in hits or hits[key].quality < hit.quality:
                hits[key] = hit
        return sorted(hits.values(), key=lambda hit: (hit.first, hit.last, repr(hit.meaning)))

    def _words_in(self, text: Text) -> Iterator[Hit[M]]:
        for part, sightings in text.seen.items():
            if entries := self._single.get(part):
                for sighting in sightings:
                    where = tuple(range(sighting.first, sighting.last + 1))
                    for word, meaning in _closest(entries, sighting.word):
                        exact = 1.0 if word == sighting.word else _SAME_STEM
                        yield Hit(where, meaning, sighting.quality * exact, 1)

    def _phrases_in(self, text: Text) -> Iterator[Hit[M]]:
        for part in text.seen:
            for stems, meaning in self._phrases.get(part, ()):
                if text.stems.issuperset(stems):
                    for tokens, quality in _phrase_places(stems, part, text):
                        yield Hit(tokens, meaning, quality, len(stems))

    def _begun_in(self, text: Text) -> Iterator[Hit[M]]:
        for i, token in enumerate(text.tokens) if self._prefix else ():
            for prefix, meaning in self._prefix.get(token.fold[:4], ()):
                if token.fold.startswith(prefix):
                    yield Hit((i,), meaning, 1.0, 1)


def _closest(entries: Sequence[tuple[str, M]], word: str) -> Sequence[tuple[str, M]]:
    """Of the words that share a stem (Ausbildung, Ausbilder) only those nearest to the one in the text."""
    if len(entries) == 1:
        return entries
    likeness = [_common_prefix(word, form) * 2 - abs(len(word) - len(form)) for form, _ in entries]
    best = max(likeness)
    return [entry for entry, value in zip(entries, likeness, strict=True) if value == best]


def form_words(form: str) -> tuple[str, ...]:
    """The folded words of a form."""
    return folded_words(form)


def _common_prefix(a: str, b: str) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count


def _phrase_places(stems: tuple[str, ...], anchor: str, text: Text) -> Iterable[tuple[tuple[int, ...], float]]:
    """Where all stems of a phrase, each seen, stand together in one sentence, in any order, with little between."""
    width = len(stems) + _SLACK
    for start in text.seen[anchor]:
        sentence = text.tokens[start.first].sentence
        chosen: list[Sighting] = [start]
        for part in stems:
            if part == anchor:
                continue
            seen = text.seen[part]  # in the order of the text, so only the neighbourhood is looked at
            low = bisect_right(seen, start.first - width, key=lambda s: s.first)
            high = bisect_left(seen, start.first + width, key=lambda s: s.first)
            near = [s for s in seen[low:high] if text.tokens[s.first].sentence == sentence and s not in chosen]
            if not near:
                break
            chosen.append(min(near, key=lambda s: (abs(s.first - start.first), -s.quality)))
        else:
            tokens = sorted({k for s in chosen for k in range(s.first, s.last + 1)})
            if tokens[-1] - tokens[0] < width + 1:
                yield tuple(tokens), min(s.quality for s in chosen)
