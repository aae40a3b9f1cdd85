"""A German text -> what it says: facts with their spans, concepts with their polarity, the rest of its words.

Joins the fact reader and the concept lexicon over one taken-apart text. Knows no instrument and ranks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from esfmatch.catalogue import Catalogue
from esfmatch.facts import Facts, FactValue, Period
from esfmatch.language import Polarity, negates
from esfmatch.lexicon import Hit, Lexicon, LexiconTables, Text, form_words, lexicon_tables
from esfmatch.statements import FactReader, FactTables, Statement, fact_forms, fact_tables
from esfmatch.statements.occupations import Occupations
from esfmatch.vocabulary import Concept
from esfmatch.words import WordBook, WordTables, word_tables

MAX_CHARACTERS = 20_000


class Mention(Struct, frozen=True):
    """A concept that a text names: where, how surely, and whether it is named to rule it out."""

    concept: str
    span: tuple[int, int]
    tokens: tuple[int, ...]
    quality: float
    negated: bool


class Reading(Struct, frozen=True):
    """Everything read from one text."""

    text: Text
    polarity: tuple[Polarity, ...]
    facts: Facts
    statements: tuple[Statement, ...]
    contradicted: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def facts_from(self) -> tuple[tuple[str, tuple[int, int]], ...]:
        """Which words each fact was read from."""
        return tuple((statement.fact, statement.span) for statement in self.statements)


class ReaderTables(Struct, frozen=True):
    """What a reader looks up: words, the forms of concepts, the words for facts."""

    words: WordTables
    concepts: LexiconTables[str]
    facts: FactTables


class Reader:
    """Reads texts with the vocabulary of a catalogue. Built once, used for many texts."""

    def __init__(self, catalogue: Catalogue, tables: ReaderTables) -> None:
        self.concepts = catalogue.concepts
        occupations = Occupations(tables.facts.occupations)
        self.book = WordBook(tables.words, occupations.is_one)
        self._facts = FactReader(catalogue.vocabulary.facts, catalogue.vocabulary.signals, tables.facts, occupations)
        self._lexicon = Lexicon(tables.concepts)

    def read(self, original: str, until: Period | None = None) -> Reading:
        """Read one text; time since a date is reckoned to the date it names, else `until`. Linear in its length."""
        text = Text(original, self.book)
        polarity = text.polarity
        facts = self._facts.read(text, until)
        return Reading(
            text,
            polarity,
            Facts({statement.fact: statement.value for statement in facts.statements}),
            facts.statements,
            facts.contradicted,
            tuple(self._mentions(text, polarity)),
        )

    def complete(self, stated: Mapping[str, FactValue]) -> dict[str, FactValue]:
        """Stated facts and what a stated place tells about the region, as if it had been written in a text."""
        place = stated.get("place")
        if not isinstance(place, str):
            return dict(stated)
        found = self._facts.read(Text(f"in {place}", self.book)).statements
        told = {s.fact: s.value for s in found if s.fact in ("in_region", "in_nrw")}
        return {**told, **stated}

    def read_words(self, original: str) -> Reading:
        """Read words and concepts only, no facts: enough to learn from."""
        text = Text(original, self.book)
        polarity = text.polarity
        return Reading(text, polarity, Facts(), (), (), tuple(self._mentions(text, polarity)))

    def _mentions(self, text: Text, polarity: tuple[Polarity, ...]) -> Iterable[Mention]:
        hits = _outermost(self._lexicon.find(text), self.concepts)
        for hit in hits:
            yield Mention(
                hit.meaning,
                text.span(hit.first, hit.last),
                hit.tokens,
                hit.quality,
                _negated(hit, text, polarity, self.concepts[hit.meaning]),
            )


def _negated(hit: Hit[str], text: Text, polarity: tuple[Polarity, ...], concept: Concept) -> bool:
    """Whether the text rules the concept out. What a theme lacks („keine Lehrstelle“) is a need, not a refusal.

    Nor is a form that says „nicht“ itself refused where it is met („geht nicht mehr zur Schule“).
    """
    if hit.words > 1:
        if any(negates(text.tokens[k].fold) for k in hit.tokens):
            return False
        return any(polarity[k] is Polarity.RULED_OUT for k in hit.tokens)
    needed = Polarity.RULED_OUT if concept.facet == "theme" else Polarity.LACKING
    return all(polarity[k] >= needed for k in hit.tokens)


def _outermost(hits: list[Hit[str]], concepts: Mapping[str, Concept]) -> list[Hit[str]]:
    """Drop a hit that lies inside a longer one of the same facet („Ausbildung“ in „Ausbildung in Teilzeit“)."""
    over: dict[int, list[Hit[str]]] = defaultdict(list)
    for hit in hits:
        for token in hit.tokens if hit.words > 1 or len(hit.tokens) > 1 else ():
            over[token].append(hit)

    def inside(hit: Hit[str], longer: Hit[str]) -> bool:
        same_facet = concepts[longer.meaning].facet == concepts[hit.meaning].facet
        return same_facet and set(hit.tokens) < set(longer.tokens)

    return [hit for hit in hits if not any(inside(hit, longer) for longer in over[hit.first])]


def reader_tables(catalogue: Catalogue) -> ReaderTables:
    """The tables of a catalogue; compounds are taken apart into the words of forms, names and aliases."""
    vocabulary = catalogue.vocabulary
    forms = [form for c in vocabulary.concepts for form in c.forms]
    forms += [form for topic in vocabulary.elsewhere for form in topic.forms]
    forms += [name for p in catalogue.programmes for name in (p.name, *p.aliases)]
    forms += [a.long for a in vocabulary.abbreviations]
    forms += fact_forms(vocabulary, catalogue.region)
    parts = {word for form in forms for word in form_words(form.rstrip("*")) if word.isalpha()}
    sentences = [text for texts in catalogue.voices.values() for text in texts]
    sentences += [p.summary for p in catalogue.programmes] + [n.summary for n in catalogue.needs]
    words = form_words("\n".join(sentences))
    return ReaderTables(
        word_tables(words, parts, {a.short: a.long for a in vocabulary.abbreviations}),
        lexicon_tables((form, c.id) for c in vocabulary.concepts for form in c.forms),
        fact_tables(vocabulary, catalogue.region),
    )
