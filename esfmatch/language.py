"""German text -> tokens with their place in the original text, and the reach of negation.

Pure functions, no vocabulary: what a word means is the business of `words` and `lexicon`. All offsets count
characters of the text as given, so a span can always be shown in the user's own words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import Final

import Stemmer
from msgspec import Struct

_stemmer: Final = Stemmer.Stemmer("german", 0)

_IGNORED: Final = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_DIGRAPH: Final = re.compile(r"(?<![aeiouyq])([aou])e(?=.)")  # „AE“, „BaE“ and „ZUE“ are no umlauts

_LETTERS: Final = r"[^\W\d_]+"
_INSIDE: Final = r"[\u0300-\u036f\u00ad\u200b-\u200d\u2060]+"
_GENDER: Final = r"(?:[:*_·’]|/-?|\()(?i:in(?:nen)?)\)?(?!\w)"
_NUMBER: Final = r"\d+(?:[.,]\d+)*"
_WRITTEN: Final = rf"{_LETTERS}(?:{_INSIDE}(?:{_LETTERS})?)*(?:{_GENDER})?"
_TOKEN: Final = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>{_WRITTEN})|(?P<mark>[^\w\s]|_)")
_WORD: Final = re.compile(f"{_NUMBER}|{_WRITTEN}")
_SENTENCE_MARKS: Final = frozenset("!?;•")
_CLAUSE_MARKS: Final = frozenset(',:()–—/"„“”«»')
_ELISION: Final = re.compile(r"-\s*(?:und|oder|u\.|bzw\.|,|/)\s*\w")


@lru_cache(maxsize=30_000)
def fold(word: str) -> str:
    """The form in which words are compared: lower case, ä = ae = a, ß = ss, no marks inside.

    >>> fold("Ausbilder*innen"), fold("Prüfung"), fold("pruefung"), fold("neue")
    ('ausbilderinnen', 'prufung', 'prufung', 'neue')
    """
    plain = unicodedata.normalize("NFKD", word.translate(_IGNORED)).casefold()
    if not plain.isalnum():
        plain = "".join(filter(str.isalnum, plain))
    return _DIGRAPH.sub(r"\1", plain)


@lru_cache(maxsize=30_000)
def stem(folded: str) -> str:
    """The Snowball stem of a folded word; a feminine ending goes first (ausbilderinnen -> ausbild)."""
    if folded.endswith("innen") and len(folded) > 8:
        folded = folded[:-5]
    elif folded.endswith("erin") and len(folded) > 7:
        folded = folded[:-2]
    found = str(_stemmer.stemWord(folded))
    return folded if found in _NOT and folded not in FUNCTION_WORDS else found  # a „Nichte“ is no „nicht“


class Token(Struct, frozen=True):
    """A word or number: `start`, `end` in the original text; sentence and clause are running numbers.

    dotted: a full stop follows. cut: the first half of „Aus- und Weiterbildung“. coded: capitals amid ordinary writing.
    """

    start: int
    end: int
    text: str
    fold: str
    sentence: int
    clause: int
    is_number: bool = False
    dotted: bool = False
    cut: bool = False
    coded: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, as a noun does."""
        return self.text[:1].isupper()


def tokenize(text: str, is_short: Callable[[str], bool] = lambda word: False) -> tuple[Token, ...]:
    """Words and numbers in order. A full stop after a folded word that `is_short` ends no sentence.

    Hyphens part words („Ausbildungs-Verbund“ gives two tokens); `cut` marks the first half of „Aus- und Weiterbildung“.
    """
    tokens: list[Token] = []
    sentence = clause = 0
    whispered = not any(map(str.isupper, text))
    one_line = "\n" not in text
    for match in _TOKEN.finditer(text):
        kind, value, end = match.lastgroup, match.group(), match.end()
        if kind == "mark":
            if value in _SENTENCE_MARKS or (
                value == "." and tokens and _ends_sentence(text, end, tokens[-1], is_short, whispered)
            ):
                sentence, clause = sentence + 1, clause + 1
            elif value in _CLAUSE_MARKS or (value in "-" and text[max(0, end - 2) : end + 1] == " - "):
                clause += 1
            continue
        if not one_line and tokens and _breaks(text[tokens[-1].end : match.start()]):
            sentence, clause = sentence + 1, clause + 1
        following = text[end : end + 1]
        cut = following == "-" and _ELISION.match(text, end, end + 12) is not None
        dotted = following == "."
        coded = len(value) > 1 and value[-1].isupper() and not _shouting(text)
        number = kind == "number"
        tokens.append(Token(match.start(), end, value, fold(value), sentence, clause, number, dotted, cut, coded))
    return tuple(tokens)


@lru_cache(maxsize=4)
def _shouting(text: str) -> bool:
    """Whether it is written in capitals."""
    return sum(map(str.isupper, text)) > 0.6 * sum(map(str.isalpha, text))


def _ends_sentence(text: str, end: int, before: Token, is_short: Callable[[str], bool], whispered: bool) -> bool:
    """`whispered`: the text has no capitals, so that the next word does not tell."""
    rest = text[end : end + 4].lstrip()
    if rest and not text[end : end + 1].isspace():
        return False
    if before.is_number:
        return not rest or (rest[0].isupper() and "\n" in text[end : end + 3])
    if len(before.fold) < 3 or is_short(before.fold):
        return not rest
    return whispered or not rest or not rest[0].islower()


def _breaks(gap: str) -> bool:
    """Whether the space between two words is a paragraph, a list item or a line of its own."""
    return "\n" in gap and (gap.count("\n") > 1 or bool(re.search(r"[-*•.]\s*\n|\n\s*[-*•]", gap)))


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text in order, as `tokenize` has them."""
    return tuple(map(fold, _WORD.findall(text)))


class WordSet:
    """Words to be met in a text, compared folded: `such*` also begins a word, `*kurs` also ends one.

    Two words („nicht geprüft“) are met where the second follows the first with at most two words between.

    >>> wanted = WordSet(["gesucht", "fehl*", "*kurs", "nicht geprüft"])
    >>> "fehlen" in wanted, "deutschkurs" in wanted, "suchen" in wanted
    (True, True, False)
    >>> wanted.meets(["nicht", "genau", "gepruft"])
    True
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordSet) and self.words == other.words

    def __hash__(self) -> int:
        return hash(self.words)

    @cached_property
    def _marked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((word, tuple(fold(part) for part in word.strip("*").split())) for word in self.words)

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(p[0] for w, p in self._marked if len(p) == 1 and "*" not in w)

    @cached_property
    def _starts(self) -> tuple[str, ...]:
        return tuple(p[0] for w, p in self._marked if len(p) == 1 and w.endswith("*"))

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        return tuple(p[0] for w, p in self._marked if len(p) == 1 and w.startswith("*"))

    @cached_property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((p[0], p[1]) for _, p in self._marked if len(p) == 2)

    @cached_property
    def _seconds(self) -> frozenset[str]:
        return frozenset(second for _, second in self._pairs)

    def __contains__(self, folded: str) -> bool:
        return folded in self._exact or folded.startswith(self._starts) or folded.endswith(self._ends)

    def meets(self, folded: Sequence[str]) -> bool:
        """Whether one of these words is among those of the set."""
        if not self._exact.isdisjoint(folded):
            return True
        if (self._starts or self._ends) and any(w.startswith(self._starts) or w.endswith(self._ends) for w in folded):
            return True
        if self._seconds.isdisjoint(folded):
            return False
        return any(first in folded[max(0, k - 3) : k] for first, last in self._pairs for k in _positions(folded, last))


def _positions(words: Sequence[str], word: str) -> Iterable[int]:
    return (k for k, other in enumerate(words) if other == word)


# Words that say nothing about what somebody needs, folded.
FUNCTION_WORDS: Final = frozenset(
    """
    aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
    bin bis bist bitte da dabei dafur dahin damit dann das dass dazu dein dem den denn der des dessen deshalb die dies
    diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines einfach er es etwa etwas euch
    fur ganz gar gehen geht gern gerne gibt gibts guten haben hab habe hallo hat hatte hatten hatt hier hin ich ihm ihn
    ihnen
    ihr ihre ihrem ihren ihrer im in ins irgendwie ist ja jede jedem jeden jeder jedes jetzt kann kein keine keinem
    keinen keiner konnen konnte konnten lassen machen macht man manche mehr mein meine meinem meinen meiner mich mir mit
    mochte mochten muss mussen nach ne nein nicht nichts noch nun nur nutzen ob oder ohne schon sehr sein seine seinem
    seinen seiner seit selbst sich sie sind so soll sollen sollte sollten sonst sowie tag uber um und uns unser unsere
    unserem
    unseren unserer unter viel viele vom von vor wann war waren warum was weg weil welche welchem welchen welcher
    welches wenn wer werd werden wie wieder will wir wird wirklich wo wohl wollen wollte wollten wurde wurden zu zum zur
    zwischen bzw ca circa evtl ggf mon usw
    """.split()
)


# --- negation ----------------------------------------------------------------------------------------------------


class Polarity(IntEnum):
    """How a word stands: plainly, as something that is lacking, or as something that is ruled out."""

    PLAIN = 0
    LACKING = 1
    RULED_OUT = 2


_NO: Final = re.compile(r"kein(?:e[mnrs]?)?\Z|keinerlei\Z|ohne\Z|niemand(?:en|em)?\Z|null\Z")
_NOT: Final = frozenset({"nicht", "nie", "niemals", "nimmer", "nich", "net", "keinesfalls", "keineswegs"})
_INSTEAD: Final = frozenset({"statt", "anstatt", "anstelle", "auser", "ausser", "ausgenommen", "bis auf"})
_NEGATORS: Final = _NOT | _INSTEAD | {"weder"}
_NOT_ONLY: Final = frozenset({"nur", "blos", "bloss", "allein", "zuletzt", "immer", "ganz", "sehr", "genau", "mehr"})
_STOPS: Final = frozenset({"sondern", "aber", "jedoch", "doch", "dafur", "stattdessen", "weil", "damit", "obwohl"})
_JOINS: Final = frozenset({"und", "oder", "noch", "sowie", "bzw", "auch"})
_WANTS: Final = re.compile(
    r"(?:brauch|such|woll|will|mocht|nehm|plan|interess|geht|kommt|gedacht|geeignet|passt|gewunscht)"
)
_PRONOUNS: Final = frozenset(
    "ich wir sie er es man uns mir mich ihnen ihm ihr du das die der den dem ein eine einen".split()
)
_NOBODY: Final = frozenset({"keiner", "keine", "keins", "niemand", "niemanden"})
_VERBS: Final = frozenset(
    "will kann hat ist mag macht weis kommt mochte findet geht darf muss soll wird bleibt traut fuhlt hilft".split()
)
_HAVE: Final = frozenset("hat haben besitzt besitzen".split())
_HAVING: Final = frozenset("habe hab hat haben hatte hatten gibt besitze besitzt".split())
_LIMIT: Final = 7


def negates(folded: str) -> bool:
    """Whether a word says no by itself."""
    return folded in _NOT or _NO.match(folded) is not None


def polarities(tokens: tuple[Token, ...]) -> tuple[Polarity, ...]:
    """For every token, whether a negation reaches it.

    kein/ohne reach their noun and what is joined to it; nicht reaches forward to the end of the clause, or backward
    when it closes one; weder … noch, statt, außer and nicht … sondern rule out. „nicht nur“ negates nothing.
    """
    result = [Polarity.PLAIN] * len(tokens)
    for i, token in enumerate(tokens):
        if token.fold not in _NEGATORS and not _NO.match(token.fold):
            continue
        if "nicht ohne" in (_pair(tokens, i), _pair(tokens, i - 1)):
            continue  # what is not without is with
        if token.fold == "weder":
            _mark(result, _neither(tokens, i), Polarity.RULED_OUT)
        elif token.fold in _INSTEAD:
            _mark(result, _noun_phrase(tokens, i), Polarity.RULED_OUT)
        elif _NO.match(token.fold) and (have := _nobody_has(tokens, i)):
            _mark(result, _clause_after(tokens, have), Polarity.LACKING)
        elif _NO.match(token.fold) and (lacking := _had_none(tokens, i)):
            _mark(result, lacking, Polarity.LACKING)
        elif _NO.match(token.fold) and not _is_pronoun(tokens, i):
            reach = _noun_phrase(tokens, i)
            strong = _followed_by_sondern(tokens, reach, i) or _rejecting(tokens, i)
            _mark(result, reach, Polarity.RULED_OUT if strong else Polarity.LACKING)
        elif token.fold in _NOT and not _wondering(tokens, i):
            following = tokens[i + 1] if i + 1 < len(tokens) else None
            if following and following.sentence == token.sentence and following.fold in _NOT_ONLY - {"mehr"}:
                continue
            forward = _clause_after(tokens, i)
            reach = forward or _clause_before(tokens, i)
            strong = _followed_by_sondern(tokens, reach, i) or _rejecting(tokens, i)
            _mark(result, reach, Polarity.RULED_OUT if strong else Polarity.LACKING)
    return tuple(result)


def _wondering(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether „nicht“ suggests rather than denies: „ob man sie nicht qualifizieren kann“."""
    before = tokens[max(0, i - _LIMIT) : i]
    return any(t.fold == "ob" and t.clause == tokens[i].clause for t in before)


def _is_pronoun(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether it is nobody that is meant („keiner will“, „niemand kann“), not a missing thing."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return tokens[i].fold in _NOBODY and (following is None or following.fold in _VERBS)


def _nobody_has(tokens: tuple[Token, ...], i: int) -> int:
    """Where „hat“ stands in „keiner davon hat einen Berufsabschluss“; 0 if nothing is said to be had by nobody."""
    if tokens[i].fold not in _NOBODY:
        return 0
    near = range(i + 1, min(len(tokens), i + 5))
    of_them = tokens[i + 1].fold if i + 1 < len(tokens) else ""
    if of_them not in _HAVE and of_them not in ("davon", "von", "der", "unserer"):
        return 0
    return next((k for k in near if tokens[k].fold in _HAVE and tokens[k].sentence == tokens[i].sentence), 0)


def _pair(tokens: tuple[Token, ...], i: int) -> str:
    return " ".join(t.fold for t in tokens[max(0, i) : i + 2])


def _had_none(tokens: tuple[Token, ...], i: int) -> list[int]:
    """What stands before „keine“ at the end of its clause: „Kinder habe ich keine“."""
    last = i + 1 == len(tokens) or tokens[i + 1].clause != tokens[i].clause
    before = _clause_before(tokens, i) if last and tokens[i].fold.startswith("kein") else []
    return before if any(tokens[k].fold in _HAVING for k in before) else []


def _mark(result: list[Polarity], reach: range | list[int], polarity: Polarity) -> None:
    for k in reach:
        result[k] = max(result[k], polarity)


def _noun_phrase(tokens: tuple[Token, ...], i: int) -> list[int]:
    """The tokens after `i` up to the first noun, and nouns joined to it by und, oder, noch or a comma."""
    reach: list[int] = []
    written_with_capitals = any(t.capital for t in tokens[i + 1 : i + 6] if t.sentence == tokens[i].sentence)
    seen_noun = False
    for k in range(i + 1, min(len(tokens), i + 1 + _LIMIT)):
        token = tokens[k]
        if token.sentence != tokens[i].sentence or token.fold in _STOPS or _NO.match(token.fold):
            break
        if seen_noun:
            listed = any(t.fold in ("und", "oder") and t.sentence == token.sentence for t in tokens[k + 1 : k + 4])
            joined = token.fold in _JOINS or (token.clause != tokens[k - 1].clause and token.capital and listed)
            if token.fold in _JOINS and k + 1 < len(tokens) and (tokens[k + 1].capital or not written_with_capitals):
                continue
            if not (tokens[k - 1].fold in _JOINS or joined) or token.fold in _PRONOUNS:
                break
        elif token.clause != tokens[i].clause and reach:
            break
        reach.append(k)
        seen_noun = seen_noun or token.capital or (not written_with_capitals and token.fold not in _PRONOUNS)
    return reach


def _clause_after(tokens: tuple[Token, ...], i: int) -> list[int]:
    reach = []
    for k in range(i + 1, min(len(tokens), i + 1 + _LIMIT)):
        if tokens[k].clause != tokens[i].clause or tokens[k].fold in _STOPS:
            break
        if tokens[k].fold in _JOINS and k + 1 < len(tokens) and tokens[k + 1].fold in _PRONOUNS:
            break
        reach.append(k)
    return reach


def _clause_before(tokens: tuple[Token, ...], i: int) -> list[int]:
    reach = []
    for k in range(i - 1, max(-1, i - 1 - _LIMIT), -1):
        if tokens[k].clause != tokens[i].clause or tokens[k].fold in _STOPS | {"und"}:
            break
        reach.append(k)
    return reach


def _neither(tokens: tuple[Token, ...], i: int) -> list[int]:
    """From weder over noch to the noun after the last noch."""
    last_noch = i
    for k in range(i + 1, min(len(tokens), i + 1 + 6 * _LIMIT)):
        if tokens[k].sentence != tokens[i].sentence:
            break
        if tokens[k].fold == "noch":
            last_noch = k
    return [*range(i + 1, last_noch + 1), *_noun_phrase(tokens, last_noch)]


def _followed_by_sondern(tokens: tuple[Token, ...], reach: list[int], i: int) -> bool:
    last = max(reach, default=i)
    return any(t.fold == "sondern" and t.sentence == tokens[i].sentence for t in tokens[last + 1 : last + 6])


def _rejecting(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the words around a negator reject („brauchen keine“, „geht nicht um“, „kein Interesse“)."""
    near = [t for t in tokens[max(0, i - 4) : i + 3] if t.sentence == tokens[i].sentence]
    return any(_WANTS.match(t.fold) for t in near if t is not tokens[i])
