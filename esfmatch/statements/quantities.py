"""German numbers, ranges, durations and sums of money in a text. No vocabulary and no facts: only how much."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from esfmatch.language import Token
from esfmatch.lexicon import Text

_ONES: Final = """
    null ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn
    achtzehn neunzehn
    """.split()
_TENS: Final = dict(
    zip("zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig".split(), range(20, 100, 10), strict=True)
)
_BELOW_100: Final = {
    **{word: value for value, word in enumerate(_ONES)},
    **_TENS,
    **{f"{_ONES[one]}und{tens}": ten + one for tens, ten in _TENS.items() for one in range(1, 10)},
    "eins": 1,
    "zwo": 2,
    "fuenf": 5,
    "zwoelf": 12,
    "dutzend": 12,
    "beide": 2,
    "beiden": 2,
}
_LONGEST_NUMBER: Final = 70  # 777,777 has 66 letters
_SCALES: Final = {"tsd": 1000, "tausend": 1000, "mio": 10**6, "million": 10**6, "millionen": 10**6, "teuro": 1000}
_ARTICLES: Final = frozenset("ein eine einen einem einer eines n nen ne nem ner".split())
_HALVES: Final = {
    "anderthalb": "1.5",
    "eineinhalb": "1.5",
    "zweieinhalb": "2.5",
    "dreieinhalb": "3.5",
    "viereinhalb": "4.5",
    "funfeinhalb": "5.5",
    "einundeinhalb": "1.5",
    "zweiundeinhalb": "2.5",
}
_GROUPS: Final = {"dritt": 3, "siebt": 7, "acht": 8}
_MONEY: Final = ("euro", "eur", "tsd", "teuro")
_COMPOUND: Final = re.compile(r"([a-z]+?)(jahrig|kopfig|monatig|wochig)[a-z]{0,2}\Z")
_AT_LEAST: Final = frozenset({"mindestens", "wenigstens", "minimum", "mind", "min", "ab"})
_AT_MOST: Final = frozenset({"hochstens", "maximal", "max", "maximum"})
_BELOW: Final = frozenset({"unter", "weniger"})


class Quantity(Struct, frozen=True):
    """A number at tokens `first` to `last`; `article` if it is only „ein“; `unit` if it was part of the word."""

    first: int
    last: int
    low: Decimal | None
    high: Decimal | None
    article: bool = False
    unit: str = ""
    self_count: bool = False

    @property
    def value(self) -> Decimal | None:
        """The number, if it is a single one."""
        return self.low if self.low == self.high else None


@lru_cache(maxsize=20_000)
def word_number(word: str) -> int | None:
    """The value of a folded number word up to 999,999.

    >>> word_number("zwolf"), word_number("hundertdreiundzwanzig"), word_number("zweitausend"), word_number("und")
    (12, 123, 2000, None)
    """
    if word in _BELOW_100:
        return _BELOW_100[word]
    if len(word) > _LONGEST_NUMBER:
        return None
    for big, factor in (("tausend", 1000), ("hundert", 100)):
        head, found, rest = word.partition(big)
        if found:
            times = word_number(head) if head else 1
            tail = word_number(rest.removeprefix("und")) if rest else 0
            if times is None or tail is None or tail >= factor or times >= 1000:
                return None
            return times * factor + tail
    return None


def quantities(tokens: tuple[Token, ...], original: str) -> tuple[Quantity, ...]:
    """All numbers in order; „10 bis 20“ and „zwischen 10 und 20“ are one, „mindestens zehn“ is open above."""
    single = [found for i in range(len(tokens)) if (found := _single(tokens, i, original))]
    joined: list[Quantity] = []
    for quantity in single:
        last = joined[-1] if joined else None
        if last and (both := _range(tokens, last, quantity, original) or _change(tokens, last, quantity)):
            joined[-1] = both
        elif not (last and quantity.first <= last.last):
            joined.append(quantity)
    return tuple(_bounded(tokens, quantity) for quantity in joined)


def _single(tokens: tuple[Token, ...], i: int, original: str) -> Quantity | None:
    token = tokens[i]
    if token.is_number:
        value = _digits(token.text)
        glued = token.start > 0 and (original[token.start - 1].isalpha() or original[token.start - 1] in "/_#")
        if value is None or glued:
            return None
        scale = _SCALES.get(tokens[i + 1].fold) if i + 1 < len(tokens) else None
        return Quantity(i, i + 1, value * scale, value * scale) if scale else Quantity(i, i, value, value)
    if i and tokens[i - 1].fold == "zu" and token.fold not in _HALVES and (group := _group(token.fold)):
        return Quantity(i - 1, i, Decimal(group), Decimal(group), self_count=True)
    written = _written(token.fold)
    return replace(written, first=i, last=i) if written else None


@lru_cache(maxsize=20_000)
def _written(word: str) -> Quantity | None:
    """The quantity that a folded word is by itself, at no place yet."""
    if word in _HALVES:
        return Quantity(0, 0, Decimal(_HALVES[word]), Decimal(_HALVES[word]))
    if word in _ARTICLES:
        return Quantity(0, 0, Decimal(1), Decimal(1), article=True)
    if (number := word_number(word)) is not None:
        return Quantity(0, 0, Decimal(number), Decimal(number))
    if (match := _COMPOUND.match(word)) and (number := word_number(match[1])) is not None:
        return Quantity(0, 0, Decimal(number), Decimal(number), unit=match[2])
    return None


def _group(word: str) -> int | None:
    """How many are „zu dritt“, „zu dreizehnt“, „zu zwanzigst“."""
    if word in _GROUPS:
        return _GROUPS[word]
    return word_number(word.removesuffix("t").removesuffix("s")) or word_number(word[:-1]) if word[-1:] == "t" else None


def _digits(text: str) -> Decimal | None:
    """`3.200` is three thousand, `1,5` one and a half; what looks like a date or a telephone number is no quantity."""
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[0-9]{1,9}(?:,[0-9]{1,2})?", text) and not re.match(r"0[0-9]", text):
        return Decimal(text.replace(",", "."))
    return None


def _range(tokens: tuple[Token, ...], a: Quantity, b: Quantity, original: str) -> Quantity | None:
    """Two numbers that are the ends of a range."""
    if a.value is None or b.value is None or a.article or b.article or a.value > b.value or a.unit or a.self_count:
        return None
    between = [t.fold for t in tokens[a.last + 1 : b.first]]
    gap = original[tokens[a.last].end : tokens[b.first].start].strip()
    opened = a.first > 0 and tokens[a.first - 1].fold == "zwischen"
    years = between and between[0].startswith("jahr") and len(between) == 2 and between[1] in ("bis", "und")
    if (
        between == ["bis"]
        or (between in (["oder"], ["und"]) and (opened or between == ["oder"]))
        or (not between and gap in ("-", "–", "—"))
    ):
        return replace(b, first=a.first, low=a.value, high=b.value)
    if years and (opened or between[1] == "bis"):
        return replace(b, first=a.first, low=a.value, high=b.value)
    return None


def _change(tokens: tuple[Token, ...], a: Quantity, b: Quantity) -> Quantity | None:
    """„von 310 auf 245 geschrumpft“: what holds is the second."""
    if a.article or b.article or b.first != a.last + 2 or a.first < 1:
        return None
    changed = tokens[a.first - 1].fold == "von" and tokens[a.last + 1].fold == "auf"
    return replace(b, first=a.first) if changed else None


def _bounded(tokens: tuple[Token, ...], quantity: Quantity) -> Quantity:
    """Apply mindestens, höchstens, bis zu, unter; über, rund and ca. leave the number as it is named."""
    if quantity.value is None or quantity.article:
        return quantity
    before = [t.fold for t in tokens[max(0, quantity.first - 2) : quantity.first]]
    one, two = (before[-1] if before else ""), (before[-2] if len(before) > 1 else "")
    if one in _AT_LEAST or (two == "nicht" and one in _BELOW) or (two in _AT_LEAST - {"ab"}):
        return replace(quantity, high=None)
    if (
        one in _AT_MOST
        or (two, one) == ("bis", "zu")
        or (
            (two, one) == ("mehr", "als")
            and "nicht" in [t.fold for t in tokens[max(0, quantity.first - 3) : quantity.first]]
        )
    ):
        return replace(quantity, low=None)
    if one == "bis" and not (two and tokens[quantity.first - 2].is_number):
        return replace(quantity, low=None)
    if one == "unter" or (two, one) == ("weniger", "als"):
        return replace(quantity, low=None, high=quantity.value - 1)
    return quantity


# --- durations ---------------------------------------------------------------------------------------------------

_UNITS: Final = (
    (re.compile(r"(?:jahr(?:e|en|es|chen)?|j|jahrig)\Z"), Decimal(12)),
    (re.compile(r"(?:monat(?:e|en|s)?|mon|mo|monatig)\Z"), Decimal(1)),
    (re.compile(r"(?:woche(?:n)?|wo|wochig)\Z"), Decimal(7) / Decimal("30.4")),
)
_WHOLE: Final = {"halbjahr": 6, "dreivierteljahr": 9, "vierteljahr": 3, "jahr": 12}
_FILLERS: Final = frozenset(
    """
    gut gute guten gutes knapp knappen rund genau volle vollen ganze ganzen geschlagene lange langen gutem
    """.split()
)


def durations(tokens: tuple[Token, ...], numbers: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Durations in whole months: „anderthalb Jahre“ is 18, „ein halbes Jahr“ 6, „ein Jahr und drei Monate“ 15."""
    found: list[Quantity] = []
    for number in numbers:
        span = _duration(tokens, number)
        if span is None:
            continue
        last = found[-1] if found else None
        joins = (
            last
            and 0 <= span.first - last.last - 1 <= 1
            and all(t.fold == "und" for t in tokens[last.last + 1 : span.first])
        )
        if last and joins and last.value is not None and span.value is not None and span.value < 12 <= last.value:
            total = last.value + span.value
            found[-1] = replace(last, last=span.last, low=total, high=total)
        else:
            found.append(span)
    return tuple(replace(d, low=_floor(d.low), high=_floor(d.high)) for d in found)


def _duration(tokens: tuple[Token, ...], number: Quantity) -> Quantity | None:
    k = number.last + 1
    scale = Decimal(1)
    while k < len(tokens) and (
        tokens[k].fold in _FILLERS
        or (tokens[k].fold.startswith(("halbe", "dreiviertel", "viertel")) and number.article)
    ):
        scale = {"halbe": Decimal("0.5"), "dreiv": Decimal("0.75"), "viert": Decimal("0.25")}.get(
            tokens[k].fold[:5], scale
        )
        if tokens[k].fold in _WHOLE:
            break
        k += 1
    if k >= len(tokens) or tokens[k].sentence != tokens[number.first].sentence:
        return None
    word = tokens[k].fold
    if number.article and word in _WHOLE and word != "jahr":
        return replace(number, last=k, low=Decimal(_WHOLE[word]), high=Decimal(_WHOLE[word]))
    for pattern, months in _UNITS:
        if pattern.match(word):
            factor = months * scale
            return replace(
                number,
                last=k,
                low=None if number.low is None else number.low * factor,
                high=None if number.high is None else number.high * factor,
            )
    return None


def _floor(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(int(value))


def is_percentage(text: Text, number: Quantity) -> bool:
    """Whether „%“ or „Prozent“ follows a number."""
    rest = text.original[text.tokens[number.last].end :][:12].lstrip().casefold()
    return rest.startswith(("%", "prozent", "v.h."))


def sums_of_money(text: Text, numbers: tuple[Quantity, ...]) -> frozenset[int]:
    """The tokens of numbers that are sums of money."""
    tokens, original = text.tokens, text.original
    found: set[int] = set()
    for number in numbers:
        following = tokens[number.last + 1].fold if number.last + 1 < len(tokens) else ""
        end, start = tokens[number.last].end, tokens[number.first].start
        sign = original[end : end + 5].lstrip()[:1] == "€" or "€" in original[max(0, start - 2) : start]
        if sign or following.startswith(_MONEY):
            found.update(range(number.first, number.last + 1))
    return frozenset(found)
