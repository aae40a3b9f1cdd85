"""Facts as values: exact, ranges, lists, periods; written by people, read from JSON, shown as JSON.

A fact that is not known is absent from `Facts`; nothing here guesses. What a text states is read in `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeAlias, TypeVar, overload

from msgspec import Struct

from esfmatch.problems import UsageError
from esfmatch.vocabulary import Fact

T = TypeVar("T")

_LARGEST: Final = Decimal(10) ** 12


class Interval(Struct, frozen=True):
    """A number, exact or between two bounds, both included; None is an open end."""

    low: Decimal | None
    high: Decimal | None

    @property
    def exact(self) -> Decimal | None:
        """The number, if it is a single one."""
        return self.low if self.low == self.high else None

    @classmethod
    def of(cls, low: int | Decimal | None, high: int | Decimal | None = None, *, exact: bool = True) -> Interval:
        """`of(5)` is exactly 5; `of(5, exact=False)` is 5 or more; `of(None, 9)` is at most 9."""
        first = None if low is None else Decimal(low)
        last = None if high is None else Decimal(high)
        return cls(first, first if last is None and exact and low is not None else last)


class Period(Struct, frozen=True):
    """A day, month or year as somebody wrote it: YYYY, YYYY-MM or YYYY-MM-DD, and the days it spans."""

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Raises ValueError for anything that is no date."""
        match = re.fullmatch(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text.strip())
        if not match:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is None:
            return cls(text.strip(), date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return cls(text.strip(), date(year, month, 1), _last_of(year, month))
        return cls(text.strip(), date(year, month, day), date(year, month, day))


def on_day(day: date) -> Period:
    """The period of a single day."""
    return Period(day.isoformat(), day, day)


def _last_of(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


FactValue: TypeAlias = Interval | Period | bool | str | tuple[str, ...]


class Facts(Mapping[str, FactValue]):
    """What is known about one case. Immutable; iterates in the order given."""

    def __init__(self, values: Mapping[str, FactValue] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, key: str) -> FactValue:
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._values

    @overload
    def get(self, key: str, /) -> FactValue | None: ...

    @overload
    def get(self, key: str, /, default: FactValue | T) -> FactValue | T: ...

    def get(self, key: str, /, default: object = None) -> object:
        """The value of a fact, or `default` where it is not known."""
        return self._values.get(key, default)  # the inherited one raises and catches an error for each unknown fact

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Facts({self._values!r})"

    def with_(self, values: Mapping[str, FactValue]) -> Facts:
        """The same with some facts set or replaced."""
        return Facts({**self._values, **values})

    def without(self, *keys: str) -> Facts:
        """The same without some facts."""
        return Facts({key: value for key, value in self._values.items() if key not in keys})

    def to_json(self) -> dict[str, Any]:
        """As in the documented JSON: numbers, {"min", "max"}, true/false, words, lists."""
        return {key: value_to_json(value) for key, value in self._values.items()}


def value_to_json(value: FactValue) -> Any:
    """One fact as JSON shows it."""
    if isinstance(value, Interval):
        if value.exact is not None:
            return _plain(value.exact)
        return {"min": _plain(value.low), "max": _plain(value.high)}
    if isinstance(value, Period):
        return value.text
    return list(value) if isinstance(value, tuple) else value


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


_YES: Final = frozenset({"true", "ja", "j", "yes", "y", "1"})
_NO: Final = frozenset({"false", "nein", "n", "no", "0"})


def parse_fact(fact: Fact, raw: str) -> FactValue:
    """A fact as typed: `34`, `10-20`, `>=10`, `ja`, `company`, `SGB II,SGB III`, `2024-09`. Raises UsageError."""
    text = raw.strip()
    if fact.type in ("number", "amount"):
        return _parse_interval(fact, text)
    if fact.type == "flag":
        if text.casefold() in _YES | _NO:
            return text.casefold() in _YES
        raise UsageError(f"{fact.id}: „{text}“ ist weder ja noch nein.")
    if fact.type == "date":
        try:
            return Period.parse(text)
        except ValueError:
            raise UsageError(f"{fact.id}: „{text}“ ist kein Datum der Form JJJJ, JJJJ-MM oder JJJJ-MM-TT.") from None
    if fact.type == "place":
        if not text or len(text) > 80:
            raise UsageError(f"{fact.id}: Hier wird ein Ort erwartet.")
        return text
    chosen = tuple(_choice(fact, part.strip()) for part in (text.split(",") if fact.type == "choices" else [text]))
    return chosen if fact.type == "choices" else chosen[0]


def _choice(fact: Fact, text: str) -> str:
    for value in fact.values:
        if text.casefold() in (value.id.casefold(), value.label.casefold()):
            return value.id
    allowed = ", ".join(value.id for value in fact.values)
    raise UsageError(f"{fact.id}: „{text}“ gibt es nicht. Erlaubt sind: {allowed}.")


def _parse_interval(fact: Fact, text: str) -> Interval:
    number = r"([0-9][0-9.]*(?:,[0-9]+)?)"
    if match := re.fullmatch(number, text):
        exact = _decimal(fact, match[1])
        return Interval(exact, exact)
    if match := re.fullmatch(rf"{number}\s*(?:-|–|bis|\.\.)\s*{number}", text):
        low, high = _decimal(fact, match[1]), _decimal(fact, match[2])
        if low > high:
            raise UsageError(f"{fact.id}: {text} – die erste Zahl ist größer als die zweite.")
        return Interval(low, high)
    if match := re.fullmatch(rf"(>=|<=|>|<)\s*{number}", text):
        bound, step = _decimal(fact, match[2]), Decimal(1)
        if match[1] in ("<=", "<"):
            return Interval(None, bound if match[1] == "<=" else bound - step)
        return Interval(bound if match[1] == ">=" else bound + step, None)
    raise UsageError(f"{fact.id}: „{text}“ ist keine Zahl und kein Bereich wie 10-20 oder >=10.")


def _decimal(fact: Fact, text: str) -> Decimal:
    grouped = re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", text)
    plain = text.replace(".", "").replace(",", ".") if grouped or "," in text else text
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise UsageError(f"{fact.id}: „{text}“ ist keine Zahl.") from None
    if value >= _LARGEST or (fact.type == "number" and value != value.to_integral_value()):
        raise UsageError(f"{fact.id}: „{text}“ ist zu groß oder keine ganze Zahl.")
    return value


def fact_from_json(fact: Fact, value: Any) -> FactValue:
    """A fact as a facts file gives it (JSON or YAML). Raises UsageError."""
    if isinstance(value, Mapping) and fact.type in ("number", "amount"):
        low, high = value.get("min"), value.get("max")
        if set(value) - {"min", "max"} or (low is None and high is None):
            raise UsageError(f"{fact.id}: Ein Bereich hat „min“ und „max“.")
        bounds = [None if v is None else _exact(fact, v) for v in (low, high)]
        if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
            raise UsageError(f"{fact.id}: „min“ ist größer als „max“.")
        return Interval(bounds[0], bounds[1])
    if isinstance(value, bool):
        return parse_fact(fact, "true" if value else "false")
    if isinstance(value, (list, tuple)) and fact.type == "choices":
        return tuple(_choice(fact, str(part)) for part in value)
    if isinstance(value, date):
        return parse_fact(fact, value.isoformat())
    if isinstance(value, (int, float, Decimal, str)):
        if isinstance(value, (float, Decimal)):
            return Interval(_exact(fact, value), _exact(fact, value))
        return parse_fact(fact, str(value))
    raise UsageError(f"{fact.id}: Dieser Wert ist nicht zu verstehen.")


def _exact(fact: Fact, value: Any) -> Decimal:
    if fact.type not in ("number", "amount") or isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise UsageError(f"{fact.id}: Hier wird eine Zahl erwartet.")
    number = Decimal(str(value))
    if not number.is_finite() or not 0 <= number < _LARGEST:
        raise UsageError(f"{fact.id}: {value} liegt außerhalb des Erlaubten.")
    if fact.type == "number" and number != number.to_integral_value():
        raise UsageError(f"{fact.id}: Hier wird eine ganze Zahl erwartet.")
    return number
