"""Open verdicts -> the questions worth asking: each proven able to change a verdict, the most decisive first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, product
from typing import Final

from msgspec import Struct

from esfmatch.eligibility.logic import atoms, limits
from esfmatch.eligibility.verdict import Eligibility, Known, Verdict, judge, relevant
from esfmatch.facts import Facts, FactValue, Interval, Period
from esfmatch.model.programmes import Programme, Version
from esfmatch.vocabulary import Fact

_DERIVED: Final = {"in_nrw": "place", "in_region": "place"}
_MOST_TOGETHER: Final = 2
_DIGITS: Final = 9  # in which sums of shares that are equal do not differ
_ELSEWHERE: Final = "anderswo"


class Question(Struct, frozen=True):
    """A fact worth asking for, how to ask, and the instruments whose verdict some answer to it changes."""

    fact: Fact
    text: str
    decides: tuple[str, ...]


class Case(Struct, frozen=True):
    """What the answers are tried on: a case on a day."""

    facts: Facts
    day: date
    any_period: bool

    def judged(self, programme: Programme, values: Mapping[str, FactValue]) -> Eligibility:
        """The verdict with some facts more."""
        return judge(programme, self.facts.with_(values), self.day, any_period=self.any_period).eligibility


def questions(
    programmes: Iterable[Programme],
    facts: Facts,
    day: date,
    known: Iterable[Fact],
    *,
    any_period: bool = False,
    skip: frozenset[str] = frozenset(),
    presumed: bool = False,
) -> tuple[Question, ...]:
    """The questions that can change a verdict, the most decisive first.

    `skip` names facts that were asked in vain. With `presumed`, what a verdict only takes as given is asked, too.
    """
    declared = {fact.id: fact for fact in known}
    weights: dict[str, dict[str, float]] = {}
    wordings: dict[str, set[str | None]] = {}
    for programme in programmes:
        verdict = judge(programme, facts, day, any_period=any_period)
        keys = [
            key
            for key in (*verdict.missing, *(verdict.presumed if presumed else ()))
            if key in declared and key not in skip and _DERIVED.get(key) not in skip
        ]
        open_facts = tuple(declared[key] for key in keys)
        for key, weight in _decisive(programme, relevant(programme, facts), day, any_period, open_facts).items():
            asked = _asked(key, declared, facts)
            weights.setdefault(asked, {})[programme.id] = weight
            wordings.setdefault(asked, set()).add(_own_question(verdict, asked))
    found = [
        Question(declared[key], _wording(declared[key], wordings[key]), tuple(ids)) for key, ids in weights.items()
    ]
    order = list(declared)
    return tuple(
        sorted(found, key=lambda q: (-round(sum(weights[q.fact.id].values()), _DIGITS), order.index(q.fact.id)))
    )


def _own_question(verdict: Verdict, key: str) -> str | None:
    """How the rules of an instrument want a fact to be asked for, if they say so."""
    conditions = verdict.version.conditions if verdict.version else ()
    return next((c.question for c in conditions if c.question and key == atoms(c)[0].fact), None)


def _wording(fact: Fact, own: set[str | None]) -> str:
    """The rules' own question where all instruments share it, else the fact's."""
    return next(iter(own)) or fact.question if len(own) == 1 else fact.question


def _asked(key: str, declared: Mapping[str, Fact], facts: Facts) -> str:
    """The fact that is asked for in its place: where somebody is mostly tells whether that is in the state."""
    source = _DERIVED.get(key, key)
    return source if source in declared and source not in facts else key


@lru_cache(maxsize=3_000)
def _decisive(
    programme: Programme, known: Known, day: date, any_period: bool, open_facts: tuple[Fact, ...]
) -> Mapping[str, float]:
    """The facts that can change the verdict, each with the share of its answers that do.

    Where no single answer can, facts count that can together with others.
    """
    case = Case(Facts(dict(known)), day, any_period)
    verdict = judge(programme, case.facts, day, any_period=any_period)
    for size in range(_MOST_TOGETHER + 1):
        found = {}
        for fact in open_facts:
            others = combinations([other for other in open_facts if other is not fact], size)
            shares = [share for chosen in others if (share := _share(case, verdict, fact, chosen))]
            if shares:
                found[fact.id] = max(shares)
        if found:
            return found
    return {}


def _share(case: Case, verdict: Verdict, fact: Fact, others: tuple[Fact, ...]) -> float:
    """The share of answers to `fact` that change the verdict that some answers to `others` would leave as it is."""
    best = 0.0
    answers = list(possible_answers(fact, verdict.version))
    if not answers:  # no answer that the rules would tell apart
        return best
    for values in product(*(possible_answers(other, verdict.version) for other in others)):
        given = {other.id: value for other, value in zip(others, values, strict=True)}
        if case.judged(verdict.programme, given) is verdict.eligibility:
            changed = [
                case.judged(verdict.programme, {**given, fact.id: answer}) is not verdict.eligibility
                for answer in answers
            ]
            best = max(best, sum(changed) / len(changed))
    return best


def possible_answers(fact: Fact, version: Version | None) -> Iterator[FactValue]:
    """Answers that together reach every outcome of the version's rules on this fact."""
    conditions = version.conditions if version else ()
    if fact.type == "flag":
        yield from (True, False)
    elif fact.type == "choice":
        yield from (value.id for value in fact.values)
    elif fact.type == "choices":
        yield from ((value.id,) for value in fact.values)
    elif fact.type in ("number", "amount"):
        edges = {Decimal(0)}
        for bound in limits(conditions, fact.id):
            edges |= {max(Decimal(0), bound - 1), bound, bound + 1}
        yield from (Interval(edge, edge) for edge in sorted(edges))
    elif fact.type == "place":
        named = {place for c in conditions for atom in atoms(c) if atom.fact == fact.id for place in atom.one_of}
        yield from (*sorted(named), _ELSEWHERE) if named else ()
    elif fact.type == "date":
        for day in sorted(_days(version)):
            yield Period(day.isoformat(), day, day)


def _days(version: Version | None) -> set[date]:
    """The days around the limits of a version and of its rules."""
    limits_: set[date | None] = set()
    for condition in version.conditions if version else ():
        for atom in atoms(condition):
            limits_ |= {atom.not_before, atom.not_after}
    if version:
        limits_ |= {version.from_, version.to}
    return {day + timedelta(days=step) for day in limits_ if day for step in (-1, 0, 1)}
