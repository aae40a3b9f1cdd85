"""The words of the fact vocabulary as they stand in one text: where, in which form, and whether negated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from esfmatch.language import Polarity, Token, stem
from esfmatch.lexicon import Lexicon, LexiconTables, Text, lexicon_tables
from esfmatch.statements.occupations import Number, Occupations
from esfmatch.statements.quantities import word_number
from esfmatch.statements.scene import Mention, Scene
from esfmatch.statements.senses import TRADE, Sense
from esfmatch.vocabulary import Fact, Signals
from esfmatch.words import TYPO_QUALITY, frozen

_ORDERED: Final = frozenset(
    """
    in im auf aus von mit ohne zu zur zum nach vor bei kein keine keinen keinem keiner nicht nie noch im
    """.split()
)
_NEGATORS: Final = frozenset("kein keine keinen keinem keiner keines ohne nicht nie noch nichts".split())
_BETWEEN: Final = frozenset("fur mit von bei zur zum an auf uber durch nach wegen".split())
_REMEMBERED: Final = 20_000  # words
_LONG_ENOUGH: Final = 7  # for a slip of the pen in a form that is meant exactly
_SUBJECTS: Final = frozenset("ich er sie wir".split())
_DENIALS: Final = _NEGATORS | frozenset(
    "weder statt anstatt anstelle ausser auser ausgenommen niemand niemanden null niemals nich net keineswegs".split()
)

_BY_TRADE: Final = Sense.of("employees", "noun", "", f"~{TRADE}")  # „sechs Köche“ may be all who work there


class CueTables(Struct, frozen=True):
    """The forms of the fact vocabulary: phrases, and single words by stem, as written, by beginning and by ending."""

    phrases: LexiconTables[Sense]
    stems: Mapping[str, tuple[Sense, ...]]
    words: Mapping[str, tuple[Sense, ...]]
    beginnings: Mapping[str, tuple[Sense, ...]]
    tails: Mapping[str, tuple[tuple[str, Sense], ...]]


def cue_tables(facts: Iterable[Fact]) -> CueTables:
    """The tables of the words for some facts."""
    known = tuple(senses(facts))
    stems: dict[str, list[Sense]] = defaultdict(list)
    words: dict[str, list[Sense]] = defaultdict(list)
    beginnings: dict[str, list[Sense]] = defaultdict(list)
    tails: dict[str, list[tuple[str, Sense]]] = defaultdict(list)
    for sense in known:
        if len(sense.words) != 1:
            continue
        word = sense.words[0]
        index, key = (words, word) if sense.exact else (stems, stem(word))
        if sense.form.endswith("*"):
            index, key = beginnings, word[:3]
        index[key].append(sense)
        if sense.tail:
            for ending in dict.fromkeys((word,) if sense.exact else (stem(word), word)):  # stem: „fabrik“, „klin“
                tails[ending[-3:]].append((ending, sense))
    phrases = lexicon_tables((sense.form, sense) for sense in known if len(sense.words) > 1)
    return CueTables(phrases, frozen(stems), frozen(words), frozen(beginnings), frozen(tails))


class Cues:
    """All forms of the fact vocabulary, looked up in texts."""

    def __init__(self, tables: CueTables, signals: Signals, occupations: Occupations) -> None:
        self._signals = signals
        self._occupations = occupations
        self._phrases = Lexicon(tables.phrases)
        self._stems = tables.stems
        self._words = tables.words
        self._beginnings = tables.beginnings
        self._tails = tables.tails
        self._of_word = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def scene(self, text: Text) -> Scene:
        """Look everything up once."""
        polarity = text.polarity
        found: dict[str, dict[tuple[Sense, tuple[int, ...]], Mention]] = defaultdict(dict)
        for hit in self._phrases.find(text):
            if _in_order(hit.meaning, hit.tokens, text.tokens):
                found[hit.meaning.fact][hit.meaning, hit.tokens] = _mention(hit.meaning, hit.tokens, text, polarity)
        for sense, where in self._single(text):
            if (sense, where) not in found[sense.fact] and _as_meant(sense, where, text.tokens, text.original):
                found[sense.fact][sense, where] = _mention(sense, where, text, polarity)
        occupations = [self._occupations.number(token.fold) for token in text.tokens]
        for i, number in enumerate(occupations):
            if number is Number.MANY or number is Number.EITHER:
                found["employees"].setdefault((_BY_TRADE, (i,)), Mention((i,), _BY_TRADE, polarity[i]))
        mentions = {fact: _longest(seen.values()) for fact, seen in found.items() if seen}
        return Scene(text, mentions, polarity, self._signals, occupations)

    def _single(self, text: Text) -> Iterator[tuple[Sense, tuple[int, ...]]]:
        """Senses of one word: exact, by stem or misspelt, by beginning, by the end of a compound."""
        for part, sightings in text.seen.items():
            for sense in self._stems.get(part, ()):
                yield from ((sense, tuple(range(s.first, s.last + 1))) for s in sightings)
            for s in sightings:
                if s.quality == TYPO_QUALITY and len(s.word) >= _LONG_ENOUGH:
                    yield from ((sense, (s.first,)) for sense in self._words.get(s.word, ()))
        for i, token in enumerate(text.tokens):
            for sense in self._of_word(token.fold):
                yield sense, (i,)

    def _look_up(self, word: str) -> tuple[Sense, ...]:
        """The senses of a word by itself, whatever it may be misspelt or short for."""
        begun = (s for s in self._beginnings.get(word[:3], ()) if word.startswith(s.words[0]))
        return (*self._words.get(word, ()), *begun, *self._endings(word))

    def _endings(self, word: str) -> Iterable[Sense]:
        for form in {word, stem(word)}:
            for ending, sense in self._tails.get(form[-3:], ()):
                if form.endswith(ending) and len(form) > len(ending) + 1 and (form == word or not sense.exact):
                    yield sense


def senses(facts: Iterable[Fact]) -> Iterable[Sense]:
    """Every form of some facts, taken apart."""
    for fact in facts:
        for choice in fact.values:
            yield from (Sense.of(fact.id, "value", choice.id, form) for form in choice.forms)
        yield from (Sense.of(fact.id, "yes", "", form) for form in fact.stated)
        yield from (Sense.of(fact.id, "no", "", form) for form in fact.denied)
        yield from (Sense.of(fact.id, "noun", "", form) for form in fact.nouns)
        yield from (Sense.of(fact.id, "beside", "", form) for form in fact.beside)


def _as_meant(sense: Sense, where: tuple[int, ...], tokens: tuple[Token, ...], text: str) -> bool:
    """The lexicon finds stems, parts of compounds and words in any order; here the marks of the form are honoured."""
    if (sense.role == "noun" or sense.fact == "employment_status") and _leads_on(text, tokens[where[-1]]):
        return False  # „Azubi-Kurs“ is no Azubi
    word, form = "".join(tokens[i].fold for i in where), sense.words[0]
    if sense.form.isupper() and len(sense.form) <= 3 and not tokens[where[0]].text.isupper():
        return False  # „AG“, „AN“ and „IB“ are written in capitals, or they are other words
    if sense.exact:
        return word == form or len(form) >= _LONG_ENOUGH or (sense.tail and word.endswith(form))
    part = stem(form)
    plain = word.removesuffix("innen") if len(word) > 8 else word
    head = plain.rfind(part)
    if head < 0:  # an abbreviation or a slip of the pen; neither makes somebody an applicant unless it is very like
        return sense.fact not in ("applicant", "partner_companies") or (
            abs(len(word) - len(form)) <= 2 and word[0] == form[0] and len(word) > 5
        )
    ending = len(plain) - head - len(part)  # only the last part of a compound says what it is
    return ending <= max(3, len(form) - len(part) + 2)


def _leads_on(text: str, token: Token) -> bool:
    """Whether a hyphen joins the word to the one after it."""
    return text[token.end : token.end + 1] == "-" and text[token.end + 1 : token.end + 2].isalpha() and not token.cut


def _in_order(sense: Sense, where: tuple[int, ...], tokens: tuple[Token, ...]) -> bool:
    """A preposition or negation of a phrase stands before the word it belongs to; nouns are no parts of compounds."""
    folds = [tokens[i].fold for i in where]
    stems = [stem(word) for word in folds]
    if sense.exact and not set(sense.words) <= set(folds):
        return False
    for k, word in enumerate(sense.words):
        part = stem(word)
        if word in _ORDERED and k + 1 < len(sense.words):
            following = stem(sense.words[k + 1])
            if part in stems and following in stems:
                a, b = where[stems.index(part)], where[len(stems) - 1 - stems[::-1].index(following)]
                if not 0 < b - a <= 3 or tokens[a].clause != tokens[b].clause:
                    return False
                between = tokens[a + 1 : b]
                if any(t.fold in _BETWEEN or word_number(t.fold) or t.is_number for t in between):
                    return False  # „keine Förderung für Azubis“, „keine 30 Leute“
        elif part not in stems and any(s.startswith(part) and len(s) > len(word) + 3 for s in stems):
            return False
    return tokens[where[-1]].clause - tokens[where[0]].clause <= (0 if sense.role == "no" else 1)


def _mention(sense: Sense, where: tuple[int, ...], text: Text, polarity: tuple[Polarity, ...]) -> Mention:
    """A form that says „ohne“ or „kein“ itself is stated, not negated; nor is „nicht arbeitslos ich arbeite“."""
    strongest = max([polarity[i] for i in where])
    if strongest is Polarity.PLAIN:
        return Mention(where, sense, strongest)
    before = [t.fold for t in text.tokens[max(0, where[0] - 5) : where[0]]]
    restarted = bool(before) and before[-1] in _SUBJECTS and not _NEGATORS.isdisjoint(before[:-1])
    plain = restarted or not _DENIALS.isdisjoint(sense.words) or not _negated_here(text, where)
    return Mention(where, sense, Polarity.PLAIN if plain else strongest)


def _negated_here(text: Text, where: tuple[int, ...]) -> bool:
    """Whether a negating word stands in the same clause: in „kein Abschluss, Jobcenter Hamm“ it does not."""
    tokens, clause = text.tokens, text.tokens[where[0]].clause
    near = [t for t in tokens[max(0, where[0] - 12) : where[-1] + 13] if t.clause == clause]
    return any(t.fold.startswith("kein") or t.fold in _DENIALS for t in near)


def _longest(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Without those that another mention of the same fact covers and outdoes („ohne Ausbildung“ over „Ausbildung“)."""
    order = sorted(
        mentions,
        key=lambda m: (m.first, -len(m.tokens), -len(m.sense.words), -len(m.sense.form), m.sense.weak, m.sense.form),
    )
    covering: dict[int, list[Mention]] = defaultdict(list)
    for mention in order:
        if len(mention.tokens) > 1:
            for i in mention.tokens:
                covering[i].append(mention)
    kept = [
        m
        for m in order
        if m.sense.role == "beside"  # it only has to be there
        or not any(len(o.tokens) > len(m.tokens) and set(m.tokens) <= set(o.tokens) for o in covering.get(m.first, ()))
    ]
    return tuple(kept)
