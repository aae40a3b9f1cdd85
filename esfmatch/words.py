"""What one written word may stand for: itself, the parts of a compound, a spelled-out abbreviation, a repaired typo.

A `WordBook` knows the words of the vocabulary and the catalogue. Everything it guesses carries a quality below 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from msgspec import Struct

from esfmatch.language import Token, fold, stem

V = TypeVar("V")

PART_QUALITY: Final = 0.75
TAIL_QUALITY: Final = 0.6
SHORT_QUALITY: Final = 0.95
TYPO_QUALITY: Final = 0.8
OCCUPATION: Final = "berufsname"  # stands in a form for the name of any occupation: „will Berufsname werden“
_LINKS: Final = ("", "s", "es", "n", "en", "er", "e")
_MIN_PART: Final = 4
_MIN_LONE_TAIL: Final = 5
_MIN_TYPO: Final = 5
_MAX_WORD: Final = 80  # the longest words of German statutes have under 70 letters; what is longer is no word


class Reading(Struct, frozen=True):
    """One way to read a word: its stem, the folded word behind it, and how sure that is (1 = as written)."""

    stem: str
    word: str
    quality: float


class WordTables(Struct, frozen=True):
    """The words that a `WordBook` knows, all folded.

    marks: for a stem or word, whether it is the stem of a known word, a part of compounds, or both. parts: the parts by
    their first three letters. alike: the words by first letter and length, for slips of the pen. short: abbreviations.
    """

    marks: Mapping[str, int]
    parts: Mapping[str, tuple[str, ...]]
    alike: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]


_STEM: Final = 1
_PART: Final = 2
_BEGINNING: Final = 3  # letters of an abbreviation at least


def word_tables(words: Iterable[str], parts: Iterable[str], abbreviations: Mapping[str, str]) -> WordTables:
    """`words`: every word of the catalogue; `parts`: those that compounds may be taken apart into; both folded."""
    long_enough = sorted({part for part in parts if len(part) >= _MIN_PART})
    known = {*words, *long_enough}
    marks: dict[str, int] = defaultdict(int)
    by_beginning: dict[str, list[str]] = defaultdict(list)
    alike: dict[str, list[str]] = defaultdict(list)
    for part in long_enough:
        marks[part] |= _PART
        by_beginning[part[:_BEGINNING]].append(part)
    for word in sorted(known):
        marks[stem(word)] |= _STEM
        if len(word) >= _MIN_TYPO:
            alike[f"{word[0]}{len(word)}"].append(word)
    short = {fold(short): tuple(fold(word) for word in long.split()) for short, long in abbreviations.items()}
    return WordTables(dict(marks), frozen(by_beginning), frozen(alike), short)


def frozen(lists: Mapping[str, list[V]]) -> dict[str, tuple[V, ...]]:
    """Gathered lists as a table."""
    return {key: tuple(values) for key, values in lists.items()}


class WordBook:
    """All known words, and what an unknown one may mean."""

    def __init__(self, tables: WordTables, is_occupation: Callable[[str], bool] = lambda folded: False) -> None:
        self._tables = tables
        self._is_occupation = is_occupation
        self._cache: dict[tuple[str, bool], tuple[Reading, ...]] = {}

    def is_short(self, folded: str) -> bool:
        """Whether the word is an abbreviation: a listed one, or the unknown beginning of a known word."""
        if folded in self._tables.short:
            return True
        if not _BEGINNING <= len(folded) < 10 or self.knows(folded):
            return False
        return any(part.startswith(folded) and len(part) > len(folded) + 1 for part in self._beginning_like(folded))

    def knows(self, folded: str) -> bool:
        """Whether the word, in some inflection, is a word of the catalogue."""
        return bool(self._tables.marks.get(stem(folded), 0) & _STEM)

    def is_part(self, folded: str) -> bool:
        """Whether the word is one that compounds are made of, exactly as written."""
        return bool(self._tables.marks.get(folded, 0) & _PART)

    def _beginning_like(self, folded: str) -> tuple[str, ...]:
        return self._tables.parts.get(folded[:_BEGINNING], ())

    def readings(self, token: Token) -> tuple[Reading, ...]:
        """The readings of a token, best first; the word as written always comes along.

        An ordinary word is an abbreviation only where a full stop or capitals mark it as one (an, AN).
        """
        marked = token.dotted or token.coded
        key = (token.fold, marked)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > 20_000:
                self._cache.clear()
            found = self._cache[key] = tuple(self._read(token.fold, marked))
        return found

    def _read(self, word: str, marked: bool) -> Iterable[Reading]:
        yield Reading(stem(word), word, 1.0)
        if self._is_occupation(word):
            yield Reading(stem(OCCUPATION), OCCUPATION, 1.0)
        if word in self._tables.short and (marked or not self.knows(word)):
            for long in self._tables.short[word]:
                yield Reading(stem(long), long, SHORT_QUALITY)
            return
        if len(word) > _MAX_WORD or word.isdigit() or self.knows(word):
            return
        if marked and (spelled := self._spelled_out(word)):
            yield Reading(stem(spelled), spelled, TYPO_QUALITY)
            return
        if parts := self._split_whole(word):
            for part in parts:
                yield Reading(stem(part), part, PART_QUALITY)
            return
        if repaired := self._repair(word):
            yield Reading(stem(repaired), repaired, TYPO_QUALITY)
        if lone := self._lone_part(word):
            yield Reading(stem(lone), lone, TAIL_QUALITY)

    def _spelled_out(self, word: str) -> str | None:
        """A dotted beginning of exactly one known stem („betriebl.“ -> betrieblich)."""
        if len(word) < _MIN_PART:
            return None
        longer = [p for p in self._beginning_like(word) if p.startswith(word) and len(p) > len(word)]
        return longer[0] if len({stem(part) for part in longer}) == 1 else None

    def _lone_part(self, word: str) -> str | None:
        """The longest known last part of a word that is no whole compound, else its longest known first part."""
        tails = (word[start:] for start in range(3, len(word) - _MIN_LONE_TAIL + 1))
        heads = (word[:end] for end in range(len(word) - 3, _MIN_LONE_TAIL, -1))
        return next((part for part in (*tails, *heads) if self.is_part(part)), None)

    def _split_whole(self, word: str, depth: int = 0) -> tuple[str, ...]:
        if depth > 3:
            return ()
        for end in range(len(word) - _MIN_PART, _MIN_PART - 1, -1):
            head = word[:end]
            if not self.is_part(head):
                continue
            for link in _LINKS:
                rest = word[end + len(link) :]
                if len(rest) < _MIN_PART or not word.startswith(link, end):
                    continue
                if self.is_part(rest):
                    return (head, rest)
                if self.knows(rest) and any(rest.startswith(p) for p in (rest[:-1], rest[:-2]) if self.is_part(p)):
                    return (head, rest)
                if tail := self._split_whole(rest, depth + 1):
                    return (head, *tail)
        return ()

    def _repair(self, word: str) -> str | None:
        """The known word nearest to a misspelt one: one slip from 5 letters on, two from 9 on; codes are left alone."""
        if len(word) < _MIN_TYPO or not word.isalpha():
            return None
        from rapidfuzz.distance import OSA  # loaded only when an unknown word turns up
        from rapidfuzz.process import extractOne

        limit = 1 if len(word) < 9 else 2
        best: tuple[int, str] | None = None
        firsts = {word[0], word[1]}
        for first in sorted(firsts):
            for length in range(len(word) - limit, len(word) + limit + 1):
                candidates = self._tables.alike.get(f"{first}{length}")
                if not candidates:
                    continue
                found = extractOne(word, candidates, scorer=OSA.distance, score_cutoff=limit)
                if found and (best is None or (found[1], found[0]) < best):
                    best = (int(found[1]), found[0])
        return best[1] if best else None
