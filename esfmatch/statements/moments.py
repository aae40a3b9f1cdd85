"""German dates in a text, as exact as they are written. Only when, not what for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from msgspec import Struct

from esfmatch.facts import Interval, Period
from esfmatch.language import Token

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januar jan janner",
            "februar feb",
            "marz mrz mar",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "dezember dez",
        ),
        1,
    )
    for name in names.split()
}
_SEASONS: Final = frozenset(
    """
    fruhjahr fruhling sommer herbst winter wintersemester sommersemester anfang mitte ende jahr jahre jahresanfang
    quartal ausbildungsjahr schuljahr halbjahr
    """.split()
)


class Moment(Struct, frozen=True):
    """A date at tokens `first` to `last`, written YYYY, YYYY-MM or YYYY-MM-DD."""

    first: int
    last: int
    text: str


_WEEKS: Final = frozenset({"kw", "kalenderwoche", "woche"})
_APOSTROPHES: Final = ("'", "’", "‘", "`")
_SHORT_YEAR: Final = re.compile(r"[1-3][0-9]\Z")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}\Z")


def moments(tokens: tuple[Token, ...], original: str) -> tuple[Moment, ...]:
    """All dates in order, as exact as they are written."""
    found: list[Moment] = []
    for i, token in enumerate(tokens):
        if (found and i <= found[-1].last) or not (token.is_number or token.fold in _MONTHS):
            continue
        if moment := next(_moments_at(tokens, i, original), None):
            found.append(moment)
    return tuple(found)


def _moments_at(tokens: tuple[Token, ...], i: int, original: str) -> Iterator[Moment]:
    token = tokens[i]
    if token.is_number:
        if (
            match := re.match(
                r"[^\S\n]{0,2}(?:[0-9.]{0,6}[/-]){1,2}[0-9]{2,4}(?![0-9])", original[token.end : token.end + 12]
            )
        ) or re.search(r"[./-]", token.text):
            last, text = _joined(tokens, i, original, bool(match))
            if iso := _numeric(text):
                week = i > 0 and tokens[i - 1].fold in _WEEKS  # „KW 10/2027“ is no month
                yield Moment(i, last, iso[:4] if week else iso)
        month = (
            _MONTHS.get(tokens[i + 1].fold)
            if i + 1 < len(tokens) and token.dotted and not tokens[i + 1].is_number
            else None
        )
        day = int(token.text) if token.text.isdigit() and len(token.text) < 3 else 0
        if month and i + 2 < len(tokens) and _YEAR.match(tokens[i + 2].text) and 1 <= day <= 31:
            yield Moment(i, i + 2, f"{tokens[i + 2].text}-{month:02d}-{day:02d}")
        if _YEAR.match(token.text):
            yield Moment(i, i, token.text)
        short = i > 0 and _SHORT_YEAR.match(token.text) and is_season(tokens[i - 1].fold)
        if short and original[token.start - 1 : token.start] in _APOSTROPHES:  # „Herbst '27“
            yield Moment(i, i, f"20{token.text}")
    elif (month := _MONTHS.get(token.fold)) and i + 1 < len(tokens) and _YEAR.match(tokens[i + 1].text):
        yield Moment(i, i + 1, f"{tokens[i + 1].text}-{month:02d}")
    elif month and i + 1 < len(tokens) and _SHORT_YEAR.match(tokens[i + 1].text) and _ends(tokens, i + 1, original):
        yield Moment(i, i + 1, f"20{tokens[i + 1].text}-{month:02d}")


def _ends(tokens: tuple[Token, ...], i: int, original: str) -> bool:
    """Whether a clause ends with a token: „Beginn April 27.“, not „im April 27 Plätze“."""
    rest = original[tokens[i].end :].lstrip(" ")[:1]
    return not rest or rest in ".,;)\n" or i + 1 == len(tokens)


def _joined(tokens: tuple[Token, ...], i: int, original: str, spread: bool) -> tuple[int, str]:
    """The text of a date that is written over several tokens (8/2016, 2020-09-01)."""
    last = i
    while spread and last + 1 < len(tokens) and last - i < 2 and tokens[last + 1].is_number:
        if original[tokens[last].end : tokens[last + 1].start].strip() not in ("/", "-", "."):
            break
        last += 1
    return last, re.sub(r"\s", "", original[tokens[i].start : tokens[last].end])


def _numeric(text: str) -> str | None:
    """YYYY-MM or YYYY-MM-DD of a date in digits; None for anything else, such as 2014-2020."""
    if match := re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.((?:19|20)?[0-9]{2})", text):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif match := re.fullmatch(r"((?:19|20)[0-9]{2})-([0-9]{2})(?:-([0-9]{2}))?", text):
        year, month, day = match[1], int(match[2]), int(match[3] or 0)
    elif match := re.fullmatch(r"([0-9]{1,2})[./-]((?:19|20)[0-9]{2})", text):
        year, month, day = match[2], int(match[1]), 0
    else:
        return None
    year = year if len(year) == 4 else "20" + year
    if not (1 <= month <= 12 and 0 <= day <= 31):
        return None
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")


def is_season(word: str) -> bool:
    """Whether a folded word may stand before a year („Sommer 2018“, „Anfang 2019“)."""
    return word in _SEASONS or word in _MONTHS


def months_between(moment: Moment, until: Period, *, since: bool) -> Interval | None:
    """The months from a date up to a day, full ones or (`since`) begun ones; a range where one is less exact."""
    try:
        event = Period.parse(moment.text)
    except ValueError:  # 31.2.2020
        return None
    rounding = ROUND_CEILING if since else ROUND_FLOOR
    low, high = _months(event.last, until.first, rounding), _months(event.first, until.last, rounding)
    return Interval(max(Decimal(0), low), high) if high >= 0 else None


def _months(first: date, last: date, rounding: str) -> Decimal:
    whole = (last.year - first.year) * 12 + last.month - first.month
    part = Decimal(last.day - first.day) / 31
    return (whole + part).to_integral_value(rounding)
