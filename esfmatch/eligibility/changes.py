"""A verdict of no -> what the applicant could change to turn it, read off the failed rules and proven by judging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Final, TypeAlias

from msgspec import Struct

from esfmatch.eligibility.logic import facts_of
from esfmatch.eligibility.questions import possible_answers
from esfmatch.eligibility.verdict import Eligibility, Verdict, judge
from esfmatch.facts import Facts, FactValue, Interval
from esfmatch.vocabulary import Fact

Changes: TypeAlias = tuple[tuple[Fact, FactValue], ...]

_MOST_CHANGES: Final = 2


class NearMiss(Struct, frozen=True):
    """A smallest change of facts and the verdict that it leads to, which is never a no."""

    changes: Changes
    verdict: Verdict


def near_misses(
    verdict: Verdict, facts: Facts, day: date, known: Iterable[Fact], *, any_period: bool = False
) -> tuple[NearMiss, ...]:
    """The smallest changes that turn a no, of as few facts as will do; empty where nothing helps that can be changed.

    Only facts whose declaration says how they change are touched (`change`). What leads to a yes goes before what only
    opens the case; of the numbers of one fact the nearest is taken, of its choices every one.
    """
    if verdict.eligibility is not Eligibility.NO:
        return ()
    tested = frozenset[str]().union(*(facts_of(rule.test) for rule in verdict.failed if rule.test))
    changeable = [fact for fact in known if fact.change and fact.id in tested]
    for size in range(1, _MOST_CHANGES + 1):
        found: list[NearMiss] = []
        for chosen in combinations(changeable, size):
            tried = [
                NearMiss(changes, judge(verdict.programme, facts.with_(_values(changes)), day, any_period=any_period))
                for changes in _changes(chosen, facts, verdict)
            ]
            found += _best([miss for miss in tried if miss.verdict.eligibility is not Eligibility.NO], facts)
        if found:
            return tuple(found)
    return ()


def _changes(chosen: tuple[Fact, ...], facts: Facts, verdict: Verdict) -> Iterator[Changes]:
    """Every combination of other values for these facts."""
    values = []
    for fact in chosen:
        answers = [answer for answer in possible_answers(fact, verdict.version) if answer != facts.get(fact.id)]
        if fact.change and fact.change.only_more:
            answers = [answer for answer in answers if _is_more(answer, facts.get(fact.id))]
        values.append([(fact, answer) for answer in answers])
    yield from product(*values)


def _is_more(answer: FactValue, now: FactValue | None) -> bool:
    if not isinstance(answer, Interval) or not isinstance(now, Interval) or answer.low is None:
        return False
    return now.high is not None and answer.low > now.high


def _values(changes: Changes) -> dict[str, FactValue]:
    return {fact.id: value for fact, value in changes}


def _best(misses: list[NearMiss], facts: Facts) -> list[NearMiss]:
    costs = [(miss.verdict.eligibility is Eligibility.OPEN, _distance(miss.changes, facts)) for miss in misses]
    return [miss for miss, cost in zip(misses, costs, strict=True) if cost == min(costs)]


def _distance(changes: Changes, facts: Facts) -> Decimal:
    """How far the numbers of a change are from what they are now."""
    distance = Decimal(0)
    for fact, value in changes:
        now = facts.get(fact.id)
        if isinstance(value, Interval) and isinstance(now, Interval) and value.low is not None:
            bounds = [bound for bound in (now.low, now.high) if bound is not None]
            distance += min((abs(value.low - bound) for bound in bounds), default=Decimal(0))
    return distance
