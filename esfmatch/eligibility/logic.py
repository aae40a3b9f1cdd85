"""Tests on facts: true, false or open (Kleene), over facts that may be unknown, exact or ranges."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from msgspec import Struct

from esfmatch.facts import Facts, FactValue, Interval, Period
from esfmatch.model.rules import Condition, Range, Test

_REMEMBERED: Final = 10_000  # the rules of a large catalogue


class Truth(Struct, frozen=True):
    """True, false or None (open), with the facts whose value could settle what is open."""

    value: bool | None
    missing: frozenset[str] = frozenset()


def evaluate(test: Test, facts: Facts) -> Truth:
    """The truth of a test under what is known."""
    if test.all:
        return _all(evaluate(part, facts) for part in test.all)
    if test.any:
        return _negate(_all(_negate(evaluate(part, facts)) for part in test.any))
    if test.not_:
        return _negate(evaluate(test.not_, facts))
    assert test.fact is not None
    value = facts.get(test.fact)
    if value is None:
        return Truth(None, frozenset({test.fact}))
    return _compare(test, test.fact, value)


def _all(parts: Iterable[Truth]) -> Truth:
    results = list(parts)
    if any(part.value is False for part in results):
        return Truth(False)
    still_open = [part.missing for part in results if part.value is None]
    return Truth(None, frozenset().union(*still_open)) if still_open else Truth(True)


def _negate(truth: Truth) -> Truth:
    return Truth(None if truth.value is None else not truth.value, truth.missing)


def _compare(test: Test, key: str, value: FactValue) -> Truth:
    if isinstance(value, Interval) and test.bounded:
        return _compare_number(test, key, value)
    if isinstance(value, Period) and test.dated:
        return within(test.not_before, test.not_after, value, key)
    if isinstance(value, bool) and test.is_ is not None:
        return Truth(value is test.is_)
    if isinstance(value, str) and test.one_of:
        return Truth(value in test.one_of)
    if isinstance(value, tuple) and test.one_of:
        return Truth(any(part in test.one_of for part in value))
    return Truth(None, frozenset({key}))  # a fact of another kind settles nothing


def within(first: date | None, last: date | None, period: Period, key: str) -> Truth:
    """Whether a period lies between two days, both included; open where it lies there only in part."""
    if (first and period.last < first) or (last and period.first > last):
        return Truth(False)
    if (first and period.first < first) or (last and period.last > last):
        return Truth(None, frozenset({key}))
    return Truth(True)


def _compare_number(test: Test, key: str, value: Interval) -> Truth:
    """All values of the range inside the bounds: true; all outside: false; else open, as in the `unclear` zone."""
    allowed = [_allows(bounds, value) for bounds in (test, test.unclear) if bounds is not None]
    if allowed[0] is True:
        return Truth(True)
    if all(part is False for part in allowed):
        return Truth(False)
    # an exact value in the unclear zone stays open however well it is known
    return Truth(None, frozenset() if value.exact is not None else frozenset({key}))


def _allows(bounds: Test | Range, value: Interval) -> bool | None:
    """Whether the bounds allow all (true), none (false) or some (None) of the values."""
    low, high = value.low, value.high
    above_all = [
        bounds.at_least is None or (low is not None and low >= bounds.at_least),
        bounds.above is None or (low is not None and low > bounds.above),
        bounds.at_most is None or (high is not None and high <= bounds.at_most),
        bounds.below is None or (high is not None and high < bounds.below),
    ]
    if all(above_all):
        return True
    outside = [
        bounds.at_least is not None and high is not None and high < bounds.at_least,
        bounds.above is not None and high is not None and high <= bounds.above,
        bounds.at_most is not None and low is not None and low > bounds.at_most,
        bounds.below is not None and low is not None and low >= bounds.below,
    ]
    return False if any(outside) else None


# --- what a test is about ----------------------------------------------------------------------------------------


@lru_cache(maxsize=_REMEMBERED)
def atoms(test: Test) -> tuple[Test, ...]:
    """The single comparisons of a test, those of a condition's `when` included."""
    parts = [*test.all, *test.any, *((test.not_,) if test.not_ else ())]
    if isinstance(test, Condition) and test.when:
        parts.append(test.when)
    own = (test,) if test.fact is not None else ()
    return (*own, *(atom for part in parts for atom in atoms(part)))


@lru_cache(maxsize=_REMEMBERED)
def facts_of(test: Test) -> frozenset[str]:
    """The facts that a test asks about."""
    return frozenset(atom.fact for atom in atoms(test) if atom.fact is not None)


@lru_cache(maxsize=_REMEMBERED)
def limits(tests: tuple[Test, ...], key: str) -> tuple[Decimal, ...]:
    """The numbers at which the answer of the tests about a fact can change, ascending."""
    found: set[Decimal] = set()
    for test in tests:
        for atom in atoms(test):
            for bounds in (atom, atom.unclear) if atom.fact == key else ():
                if bounds is not None:
                    found |= {b for b in (bounds.at_least, bounds.at_most, bounds.above, bounds.below) if b is not None}
    return tuple(sorted(found))
