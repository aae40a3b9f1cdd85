"""The words of the fact vocabulary as they stand in one text: where, in which form, and whether negated.

A form may carry marks, so that people who know the field can say how strictly it is meant:

    =word   exactly this spelling        *word   also at the end of a compound
    ~word   only where the sentence makes the meaning clear (the reader of the fact decides)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from esfmatch.language import Polarity, Token, polarities, stem
from esfmatch.lexicon import Lexicon, Text, form_words
from esfmatch.vocabulary import Fact

Role: TypeAlias = Literal["value", "yes", "no", "noun"]

_MARKS: Final = "=*~"
_ORDERED: Final = frozenset("in im auf aus von mit ohne zu zur zum nach vor bei kein keine keinen keinem keiner nicht nie noch im".split())
_NEGATORS: Final = frozenset("kein keine keinen keinem keiner keines ohne nicht nie noch nichts".split())
_OPEN: Final = frozenset(
    "ob unklar ungeklart vielleicht moglicherweise eventuell evtl unbekannt ungewiss unsicher fraglich womoglich vermutlich falls".split()
)
_OPEN_PHRASES: Final = (("nicht", "gepruft"), ("nicht", "bekannt"), ("weis", "nicht"), ("weiss", "nicht"), ("wissen", "nicht"),
                        ("nicht", "geklart"), ("nicht", "festgestellt"), ("noch", "offen"), ("ist", "offen"), ("nicht", "sicher"), ("prufen", "noch"))  # fmt: skip
_PARTS: Final = frozenset({"davon", "darunter"})
CORRECTIONS: Final = frozenset("nein quatsch falsch moment korrektur korrigiere pardon sorry vielmehr stopp halt beziehungsweise genauer".split()) - {
    "beziehungsweise", "halt"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sense:
    """One form of the vocabulary: which fact it speaks about, in which role, with which value."""

    fact: str
    role: Role
    value: str
    form: str
    words: tuple[str, ...]
    exact: bool
    tail: bool
    weak: bool

    @classmethod
    def of(cls, fact: str, role: Role, value: str, form: str) -> Sense:
        marks = form[: len(form) - len(form.lstrip(_MARKS))]
        plain = form.lstrip(_MARKS)
        return cls(fact, role, value, plain, form_words(plain), "=" in marks, "*" in marks, "~" in marks)


@dataclass(frozen=True, slots=True)
class Mention:
    """A sense seen at tokens `first` to `last`; `tokens` are those that carry it."""

    sense: Sense
    tokens: tuple[int, ...]
    polarity: Polarity

    @property
    def first(self) -> int:
        return self.tokens[0]

    @property
    def last(self) -> int:
        return self.tokens[-1]


class Scene:
    """A text with all mentions in it; what the readers of single facts work on."""

    def __init__(self, text: Text, mentions: Mapping[str, tuple[Mention, ...]], polarity: tuple[Polarity, ...]) -> None:
        self.text = text
        self.tokens: tuple[Token, ...] = text.tokens
        self.polarity = polarity
        self._mentions = mentions
        self.sentences = _ranges([t.sentence for t in self.tokens])
        self.clauses = _ranges([t.clause for t in self.tokens])

    def mentions(self, fact: str, *roles: Role) -> tuple[Mention, ...]:
        """All mentions of a fact, in the order of the text."""
        found = self._mentions.get(fact, ())
        return tuple(m for m in found if m.sense.role in roles) if roles else found

    def sentence(self, i: int) -> range:
        """The tokens of the sentence in which token `i` stands."""
        return self.sentences[self.tokens[i].sentence]

    def clause(self, i: int) -> range:
        """The tokens of the clause in which token `i` stands."""
        return self.clauses[self.tokens[i].clause]

    def fold(self, i: int) -> str:
        """The folded word at `i`, or nothing outside the text."""
        return self.tokens[i].fold if 0 <= i < len(self.tokens) else ""

    def before(self, i: int, count: int) -> tuple[str, ...]:
        """Up to `count` folded words before `i` in its sentence."""
        start = max(self.sentence(i).start, i - count)
        return tuple(t.fold for t in self.tokens[start:i])

    def after(self, i: int, count: int) -> tuple[str, ...]:
        """Up to `count` folded words after `i` in its sentence."""
        return tuple(t.fold for t in self.tokens[i + 1 : min(self.sentence(i).stop, i + 1 + count)])

    def gap(self, i: int, j: int) -> str:
        """What is written between the tokens `i` and `j`."""
        return self.text.original[self.tokens[i].end : self.tokens[j].start]

    def asked(self, i: int) -> bool:
        """Whether the sentence of token `i` is a question."""
        last = self.sentence(i).stop - 1
        return self.text.original[self.tokens[last].end : self.tokens[last].end + 3].lstrip("“\"' ")[:1] == "?"

    def is_open(self, i: int) -> bool:
        """Whether what is said at `i` is said to be open („ob …“, „nicht geprüft“)."""
        start, stop = max(self.sentence(i).start, i - 25), min(self.sentence(i).stop, i + 12)
        near = [t.fold for t in self.tokens[start:stop]]
        known = set(near)
        return not known.isdisjoint(_OPEN) or any(a in known and b in known and _follows(near, a, b) for a, b in _OPEN_PHRASES)

    def is_part(self, i: int) -> bool:
        """Whether „davon …“ precedes in the same sentence."""
        return not _PARTS.isdisjoint(self.before(i, 6))

    def corrected_between(self, i: int, j: int) -> bool:
        """Whether „nein“, „Quatsch“ or the like stands between two tokens that are near each other."""
        return j - i < 16 and any(t.fold in CORRECTIONS for t in self.tokens[i + 1 : j])


def _ranges(numbers: Sequence[int]) -> dict[int, range]:
    found: dict[int, range] = {}
    for i, number in enumerate(numbers):
        found[number] = range(found[number].start if number in found else i, i + 1)
    return found


def _follows(words: Sequence[str], first: str, second: str) -> bool:
    return any(first in words[max(0, k - 3) : k] for k, word in enumerate(words) if word == second)


class Cues:
    """All forms of the fact vocabulary, ready to be looked up in texts."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.senses = tuple(_senses(facts))
        self._lexicon = Lexicon((sense.form, sense) for sense in self.senses)
        self._tails: dict[str, list[tuple[str, Sense]]] = defaultdict(list)
        for sense in self.senses:
            if sense.tail and len(sense.words) == 1:
                ending = sense.words[0] if sense.exact else stem(sense.words[0])
                self._tails[ending[-3:]].append((ending, sense))

    def scene(self, text: Text) -> Scene:
        """Look everything up once."""
        polarity = polarities(text.tokens)
        found: dict[str, dict[tuple[Sense, tuple[int, ...]], Mention]] = defaultdict(dict)
        for hit in self._lexicon.find(text):
            sense = hit.meaning
            if _as_meant(sense, hit.tokens, text.tokens):
                found[sense.fact][sense, hit.tokens] = Mention(sense, hit.tokens, _polarity(sense, hit.tokens, text, polarity))
        for i, token in enumerate(text.tokens):
            for sense in self._endings(token.fold):
                found[sense.fact].setdefault((sense, (i,)), Mention(sense, (i,), polarity[i]))
        return Scene(text, {fact: _longest(mentions.values()) for fact, mentions in found.items()}, polarity)

    def _endings(self, word: str) -> Iterable[Sense]:
        for form in {word, stem(word)}:
            for ending, sense in self._tails.get(form[-3:], ()):
                if form.endswith(ending) and len(form) > len(ending) + 1 and (word if sense.exact else stem(word)) == form:
                    yield sense


def _senses(facts: Iterable[Fact]) -> Iterable[Sense]:
    for fact in facts:
        for choice in fact.values:
            yield from (Sense.of(fact.id, "value", choice.id, form) for form in choice.forms)
        yield from (Sense.of(fact.id, "yes", "", form) for form in fact.stated)
        yield from (Sense.of(fact.id, "no", "", form) for form in fact.denied)
        yield from (Sense.of(fact.id, "noun", "", form) for form in fact.nouns)


def _as_meant(sense: Sense, where: tuple[int, ...], tokens: tuple[Token, ...]) -> bool:
    """The lexicon finds stems, parts of compounds and words in any order; here the marks of the form are honoured."""
    if len(sense.words) > 1:
        return _in_order(sense, where, tokens)
    word, form = "".join(tokens[i].fold for i in where), sense.words[0]
    if sense.form.isupper() and len(sense.form) <= 3 and not tokens[where[0]].text.isupper():
        return False  # „AG“, „AN“ and „IB“ are written in capitals, or they are other words
    if sense.exact:
        return word == form
    head = word.rfind(stem(form))  # of a compound only the last part says what it is; a slip of the pen is let pass
    return head < 0 or len(word) - head - len(stem(form)) <= 4 or sense.form.endswith("*")


def _in_order(sense: Sense, where: tuple[int, ...], tokens: tuple[Token, ...]) -> bool:
    """A preposition or negation of a phrase stands before the word it belongs to; nouns are no parts of compounds."""
    stems = [stem(tokens[i].fold) for i in where]
    for k, word in enumerate(sense.words):
        if word in _ORDERED and k + 1 < len(sense.words):
            following = stem(sense.words[k + 1])
            if stem(word) in stems and following in stems and stems.index(stem(word)) > stems.index(following):
                return False
        if word not in _ORDERED and stem(word) not in stems and any(s.startswith(stem(word)) and len(s) > len(word) + 3 for s in stems):
            return False
    return tokens[where[-1]].clause - tokens[where[0]].clause <= 1


def _polarity(sense: Sense, where: tuple[int, ...], text: Text, polarity: tuple[Polarity, ...]) -> Polarity:
    """A form that says „ohne“ or „kein“ itself is stated, not negated."""
    if not _NEGATORS.isdisjoint(sense.words):
        return Polarity.PLAIN
    return max(polarity[i] for i in where)


def _longest(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Without those that another mention of the same fact covers and outdoes („ohne Ausbildung“ over „Ausbildung“)."""
    order = sorted(mentions, key=lambda m: (m.first, -len(m.tokens), -len(m.sense.words), -len(m.sense.form), m.sense.weak, m.sense.form))
    covering: dict[int, list[Mention]] = defaultdict(list)
    for mention in order:
        if len(mention.tokens) > 1:
            for i in mention.tokens:
                covering[i].append(mention)
    kept = [
        m for m in order
        if not any(len(o.tokens) > len(m.tokens) and set(m.tokens) <= set(o.tokens) for o in covering.get(m.first, ()))
    ]  # fmt: skip
    return tuple(kept)
