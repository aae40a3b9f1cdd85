"""One text as the readers of single facts see it: its words, the senses found in it, its figures, what is left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct

from esfmatch.language import Polarity, Token
from esfmatch.lexicon import Located, Text
from esfmatch.statements.moments import Moment, moments
from esfmatch.statements.occupations import Number
from esfmatch.statements.quantities import Quantity, durations, quantities, sums_of_money
from esfmatch.statements.senses import Role, Sense
from esfmatch.vocabulary import Signals

_WHETHER: Final = frozenset({"ob", "falls"})
_KNOWS: Final = frozenset("weiss wissen wisse".split())
_WHOLE: Final = frozenset("keiner keine niemand alle".split())
_QUESTION_WORDS: Final = frozenset("wer welche welcher welches welchen welchem wie wieviel wann wo woher".split())
_CORRECTION_REACH: Final = 16


class Mention(Located, frozen=True):
    """A sense seen in a text, and whether it is negated there."""

    sense: Sense
    polarity: Polarity

    @property
    def plain(self) -> bool:
        """Whether no negation reaches it."""
        return self.polarity is Polarity.PLAIN


class Figures(Struct, frozen=True):
    """All figures of a text: bare numbers, durations in months, dates, sums of money."""

    numbers: tuple[Quantity, ...]
    spans: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    money: frozenset[int]

    @classmethod
    def of(cls, text: Text) -> Figures:
        """Find them in a text."""
        numbers = quantities(text.tokens, text.original)
        found = durations(text.tokens, numbers)
        return cls(numbers, found, moments(text.tokens, text.original), sums_of_money(text, numbers))

    @property
    def taken(self) -> frozenset[int]:
        """The tokens of numbers that count nothing: dates, durations, sums of money."""
        ends = [(m.first, m.last) for m in self.moments] + [(s.first, s.last) for s in self.spans]
        return self.money | {k for first, last in ends for k in range(first, last + 1)}


class Scene:
    """A text with all mentions in it; what the readers of single facts work on."""

    def __init__(
        self,
        text: Text,
        mentions: Mapping[str, tuple[Mention, ...]],
        polarity: tuple[Polarity, ...],
        signals: Signals,
        occupations: Sequence[Number | None],
    ) -> None:
        self.text = text
        self.tokens: tuple[Token, ...] = text.tokens
        self.all_folds = tuple([t.fold for t in self.tokens])
        self.words = frozenset(self.all_folds)
        self.polarity = polarity
        self.signals = signals
        self._occupations = occupations
        self.figures = Figures.of(text)
        self._mentions = mentions
        self._starts: dict[str, dict[int, list[Mention]]] = {}
        self.sentences = _ranges([t.sentence for t in self.tokens])
        self.clauses = _ranges([t.clause for t in self.tokens])

    @cached_property
    def lower_case(self) -> bool:
        """Whether the text has no capital letters, so that nouns do not stand out."""
        return not any(t.capital for t in self.tokens)

    @cached_property
    def years(self) -> frozenset[int]:
        """Tokens of durations in years, which may be ages after all („47 Jahre“)."""
        spans = self.figures.spans
        return frozenset(k for s in spans if self.fold(s.last).startswith("j") for k in range(s.first, s.last + 1))

    @property
    def mentioned(self) -> Collection[str]:
        """The facts that are spoken about."""
        return self._mentions.keys()

    def mentions(self, fact: str, *roles: Role) -> tuple[Mention, ...]:
        """All mentions of a fact, in the order of the text."""
        found = self._mentions.get(fact, ())
        return tuple([m for m in found if m.sense.role in roles]) if found and roles else found

    def starting_at(self, i: int, fact: str) -> Sequence[Mention]:
        """The mentions of a fact that begin at token `i`."""
        if fact not in self._starts:
            self._starts[fact] = defaultdict(list)
            for mention in self.mentions(fact):
                self._starts[fact][mention.first].append(mention)
        return self._starts[fact].get(i, ())

    def occupation(self, i: int) -> Number | None:
        """Whether an occupation is named at `i`, and of how many people."""
        return self._occupations[i] if 0 <= i < len(self._occupations) else None

    def sentence(self, i: int) -> range:
        """The tokens of the sentence in which token `i` stands."""
        return self.sentences[self.tokens[i].sentence]

    def clause(self, i: int) -> range:
        """Give the tokens of the clause in which token `i` stands."""
        return self.clauses[self.tokens[i].clause]

    def fold(self, i: int) -> str:
        """The folded word at `i`, or nothing outside the text."""
        return self.all_folds[i] if 0 <= i < len(self.all_folds) else ""

    def folds(self, start: int, stop: int) -> tuple[str, ...]:
        """The folded words from `start` to before `stop`."""
        return self.all_folds[max(0, start) : max(0, stop)]

    def before(self, i: int, count: int) -> tuple[str, ...]:
        """Up to `count` folded words before `i` in its sentence."""
        return self.folds(max(self.sentence(i).start, i - count), i)

    def after(self, i: int, count: int) -> tuple[str, ...]:
        """Up to `count` folded words after `i` in its sentence."""
        return self.folds(i + 1, min(self.sentence(i).stop, i + 1 + count))

    def near(self, i: int, count: int) -> tuple[str, ...]:
        """Up to `count` folded words on either side of `i` in its sentence, and the one at `i`."""
        return (*self.before(i, count), self.fold(i), *self.after(i, count))

    def around(self, first: int, last: int, before: int, after: int) -> tuple[str, ...]:
        """The folded words of the clause of `first`, from `before` ones ahead to `after` ones behind `last`."""
        clause = self.clause(first)
        return self.folds(max(clause.start, first - before), min(clause.stop, last + 1 + after))

    def gap(self, i: int, j: int) -> str:
        """Give what is written between the tokens `i` and `j`."""
        return self.text.original[self.tokens[i].end : self.tokens[j].start]

    def ends_clause(self, i: int) -> bool:
        """Whether nothing follows token `i` in its clause; the full stop of an abbreviation ends one too."""
        return self.tokens[i].dotted or i + 1 >= self.clause(i).stop

    def asked(self, i: int) -> bool:
        """Whether the sentence of token `i` is a question."""
        last = self.sentence(i).stop - 1
        return self.text.original[self.tokens[last].end : self.tokens[last].end + 3].lstrip("“\"' ")[:1] == "?"

    def is_open(self, i: int) -> bool:
        """Whether what is said at `i` is said to be open („ob …“, „nicht geprüft“, „wer …, wird geklärt“)."""
        before = self.before(i, 14)
        if not _WHETHER.isdisjoint(before) or self.signals.unclear.meets(self._said_with(i)):
            return True
        asking = not _QUESTION_WORDS.isdisjoint((*before, self.fold(i))) and not self.asked(i)
        return asking and self.signals.unclear.meets(self.near(i, 16))

    def _said_with(self, i: int) -> tuple[str, ...]:
        """The words of the clause up to another statement: „hat eine Behinderung und weiß nicht, was …“."""
        ahead, behind = self.around(i, i, 12, 0), self.around(i + 1, i, 0, 7) if i + 1 in self.clause(i) else ()
        ends = [k for k, word in enumerate(behind[:-1]) if word == "und" and behind[k + 1] in _KNOWS]
        return (*ahead, *behind[: ends[0] if ends else None])

    def is_part(self, i: int) -> bool:
        """Whether „davon …“ precedes in the same sentence; „keiner davon“ and „alle davon“ speak of the whole."""
        before = self.before(i, 7)
        parts = [k for k, word in enumerate(before) if word in self.signals.among]
        return any(before[max(0, k - 1)] not in _WHOLE for k in parts)

    def corrected_between(self, i: int, j: int) -> bool:
        """Whether „nein“, „Quatsch“ or the like stands between two tokens that are near each other."""
        return j - i < _CORRECTION_REACH and self.signals.corrections.meets(self.folds(i + 1, j))


def _ranges(numbers: Sequence[int]) -> dict[int, range]:
    found: dict[int, range] = {}
    for i, number in enumerate(numbers):
        found[number] = range(found[number].start if number in found else i, i + 1)
    return found
