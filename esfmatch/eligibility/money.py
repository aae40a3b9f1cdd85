"""What one would get: the benefits that the facts leave, and the sum that a rule makes of the numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from msgspec import Struct

from esfmatch.eligibility.logic import evaluate
from esfmatch.facts import Facts, Interval
from esfmatch.model.programmes import Benefit, Version

_HUNDRED: Final = Decimal(100)


class Calculation(Struct, frozen=True):
    """A sum with the way to it, in Euro: count × unit × months, or a share of costs.

    count: what is counted, or the costs. total is a range where the count is one. at_most: the most that there can be,
    not what there will be. capped: a cap cut the total.
    """

    count: Interval | None
    unit: Decimal | None
    months: int | None
    percent: Decimal | None
    total: Interval
    at_most: bool
    capped: bool = False


def benefits_for(version: Version | None, facts: Facts) -> tuple[Benefit, ...]:
    """The benefits that the facts do not rule out."""
    benefits = version.benefits if version else ()
    return tuple(b for b in benefits if b.when is None or evaluate(b.when, facts).value is not False)


def calculable(benefit: Benefit) -> bool:
    """Whether a number of the case would make a sum of it."""
    unit = benefit.rate_percent if benefit.kind == "share" else benefit.amount_eur or benefit.max_eur
    return benefit.counts is not None and unit is not None


def calculate(benefit: Benefit, facts: Facts) -> Calculation | None:
    """The sum, or None where its number is open or there is nothing to be calculated."""
    counted = facts.get(benefit.counts) if benefit.counts else None
    count = counted if isinstance(counted, Interval) else None
    if benefit.counts and count is None:
        return None
    if benefit.kind == "share":
        return _share(benefit, count)
    unit = benefit.max_eur if benefit.amount_eur is None else benefit.amount_eur
    if benefit.kind != "sum" or unit is None or (count is None and benefit.months is None):
        return None
    times = unit * (benefit.months or 1)
    total = Interval.of(times) if count is None else _times(count, times)
    if total.high is None:
        return None
    at_most = benefit.amount_eur is None or benefit.months is not None
    return Calculation(count, unit, benefit.months, None, total, at_most)


def _share(benefit: Benefit, costs: Interval | None) -> Calculation | None:
    """A share of costs that are known; the cap is one for all of them."""
    if costs is None or benefit.rate_percent is None:
        return None
    uncut, cap = _times(costs, benefit.rate_percent / _HUNDRED), benefit.max_eur
    total = (
        uncut
        if cap is None
        else Interval(None if uncut.low is None else _least(uncut.low, cap), _least(uncut.high, cap))
    )
    if total.high is None:
        return None
    return Calculation(costs, None, None, benefit.rate_percent, total, at_most=True, capped=total != uncut)


def _times(numbers: Interval, factor: Decimal) -> Interval:
    low, high = numbers.low, numbers.high
    return Interval(None if low is None else low * factor, None if high is None else high * factor)


def _least(number: Decimal | None, cap: Decimal) -> Decimal:
    return cap if number is None else min(number, cap)
