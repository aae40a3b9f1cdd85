"""Facts x one instrument -> a verdict with its trace: met, failed, unknown or not applicable for every rule.

Three-valued logic after Kleene over facts that may be unknown, exact or ranges. Verdict, reasons, missing facts,
near misses and questions are all read off the same trace. No clock: the day is an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from esfmatch.facts import Facts, FactValue, Interval, Period
from esfmatch.model import Benefit, Condition, Programme, Range, Sources, Test, Version
from esfmatch.vocabulary import Fact


class Outcome(StrEnum):
    """What became of one rule."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Eligibility(StrEnum):
    """What the rules say together."""

    YES = "eligible"
    NO = "ineligible"
    OPEN = "unknown"


class PeriodState(StrEnum):
    """Whether one can apply on a day, as far as the catalogue knows."""

    OPEN = "open"
    ENDED = "ended"
    UPCOMING = "upcoming"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Truth:
    """True, false or None (open), with the facts whose value could settle what is open."""

    value: bool | None
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule and its outcome. `test` is None for the rules on the period and on what can be applied for at all."""

    text: str
    outcome: Outcome
    source: Sources
    fact: str | None = None
    missing: frozenset[str] = frozenset()
    test: Condition | None = None
    decides: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The trace of one instrument: every rule in order, and what follows from them."""

    programme: Programme
    version: Version | None
    period: PeriodState
    rules: tuple[RuleResult, ...]
    eligibility: Eligibility = field(init=False)

    def __post_init__(self) -> None:
        outcomes = {rule.outcome for rule in self.rules if rule.decides}
        if Outcome.FAILED in outcomes:
            verdict = Eligibility.NO
        elif Outcome.UNKNOWN in outcomes or not any(rule.test and rule.test.strength == "must" for rule in self.rules):
            verdict = Eligibility.OPEN  # what is only presumed makes nobody eligible
        else:
            verdict = Eligibility.YES
        object.__setattr__(self, "eligibility", verdict)

    @property
    def failed(self) -> tuple[RuleResult, ...]:
        """The rules that speak against it."""
        return tuple(rule for rule in self.rules if rule.decides and rule.outcome is Outcome.FAILED)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that could still settle an open rule, in the order of the rules; none once all is decided."""
        if self.eligibility is not Eligibility.OPEN:
            return ()
        found: dict[str, None] = {}
        for rule in self.rules:
            if rule.decides and rule.outcome is Outcome.UNKNOWN:
                found.update(dict.fromkeys(sorted(rule.missing)))
        return tuple(found)


# --- time --------------------------------------------------------------------------------------------------------


def version_on(programme: Programme, day: date) -> Version | None:
    """The version that holds on `day`; else the last one that began before it; else the first one."""
    for version in programme.versions:
        if version.covers(day):
            return version
    before = [v for v in programme.versions if v.from_ is None or v.from_ <= day]
    return before[-1] if before else next(iter(programme.versions), None)


def period_on(programme: Programme, day: date) -> PeriodState:
    """Whether one can apply on `day`: the newest evidence, from its day on; before it the dated versions."""
    version, status = version_on(programme, day), programme.status
    known = PeriodState(status.value) if day >= status.day else None
    if version is None:
        return known or PeriodState.UNKNOWN
    if version.covers(day):
        last_day = known is PeriodState.ENDED and day == version.to == status.day  # the last day counts
        return PeriodState.OPEN if last_day or known is None else known
    if version.to is None or version.to > day:
        return PeriodState.UPCOMING
    if known and status.day > version.to:  # evidence newer than the last rules that we know
        return known
    return PeriodState.ENDED if version is programme.versions[-1] else PeriodState.UNKNOWN


def rules_on(programme: Programme, day: date) -> Version | None:
    """The version whose rules count on `day`. Rules that ran out do not count for an instrument that goes on."""
    version = version_on(programme, day)
    ran_out = version is not None and version.to is not None and version.to < day
    return None if ran_out and period_on(programme, day) is PeriodState.OPEN else version


def run_of(programme: Programme, version: Version) -> tuple[date | None, date | None]:
    """First and last day of the unbroken run of versions that `version` belongs to."""
    position = programme.versions.index(version)
    first = last = position
    while first > 0 and _follow(programme.versions[first - 1], programme.versions[first]):
        first -= 1
    while last + 1 < len(programme.versions) and _follow(programme.versions[last], programme.versions[last + 1]):
        last += 1
    return programme.versions[first].from_, programme.versions[last].to


def _follow(earlier: Version, later: Version) -> bool:
    return earlier.to is not None and later.from_ is not None and later.from_ - earlier.to == timedelta(days=1)


# --- tests -------------------------------------------------------------------------------------------------------


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
        return _within(test.not_before, test.not_after, value, key)
    if isinstance(value, bool) and test.is_ is not None:
        return Truth(value is test.is_)
    if isinstance(value, str) and test.one_of:
        return Truth(value in test.one_of)
    if isinstance(value, tuple) and test.one_of:
        return Truth(any(part in test.one_of for part in value))
    return Truth(None, frozenset({key}))  # a fact of another kind settles nothing


def _within(first: date | None, last: date | None, period: Period, key: str) -> Truth:
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


# --- rules -------------------------------------------------------------------------------------------------------

_NO_APPLICATION: Final = "Hierfür kann niemand einen Antrag stellen; es ist ein Vorhaben oder Gremium."
_NO_RULES: Final = "Welche Voraussetzungen gelten, ist nicht belegt."


def judge(programme: Programme, facts: Facts, day: date, *, any_period: bool = False) -> Verdict:
    """The verdict on one instrument as of `day`. With `any_period` only a stated date can lie outside the period."""
    version = rules_on(programme, day)
    period = period_on(programme, day)
    rules = [_period_rule(programme, version, period, facts, any_period)]
    conditions = version.conditions if version else ()
    rules += [_rule(condition, facts) for condition in conditions]
    if not any(condition.strength == "must" for condition in conditions):
        if programme.grants:
            rules.append(RuleResult(_NO_RULES, Outcome.UNKNOWN, programme.source))
        else:
            rules.append(RuleResult(_NO_APPLICATION, Outcome.FAILED, programme.source))
    return Verdict(programme, version, period, tuple(rules))


def _rule(condition: Condition, facts: Facts) -> RuleResult:
    truth = evaluate(condition, facts)
    guard = evaluate(condition.when, facts) if condition.when else Truth(True)
    if guard.value is False:
        outcome, missing = Outcome.NOT_APPLICABLE, frozenset[str]()
    elif truth.value is True:
        outcome, missing = Outcome.MET, frozenset()
    elif truth.value is False and guard.value is True:
        outcome, missing = Outcome.FAILED, frozenset()
    else:
        outcome, missing = Outcome.UNKNOWN, truth.missing | guard.missing
    if condition.strength == "presumed" and outcome is Outcome.UNKNOWN:
        outcome, missing = Outcome.NOT_APPLICABLE, frozenset()
    fact = condition.fact or next(iter(sorted(facts_of(condition))), None)
    decides = condition.strength != "guidance"
    return RuleResult(condition.text, outcome, condition.source, fact, missing, condition, decides)


def _period_rule(
    programme: Programme, version: Version | None, period: PeriodState, facts: Facts, any_period: bool
) -> RuleResult:
    source = version.source if version else programme.status.source
    stated = facts.get("date")
    first, last = run_of(programme, version) if version else (None, None)
    if isinstance(stated, Period) and (first or last):
        truth = _within(first, last, stated, "date")
        words = {True: "liegt in", False: "liegt nicht in", None: "liegt nur zum Teil in"}[truth.value]
        text = f"Der angegebene Zeitpunkt {words} der Laufzeit ({span_words(first, last)})."
        outcome = {True: Outcome.MET, False: Outcome.FAILED, None: Outcome.UNKNOWN}[truth.value]
        # the period alone makes nobody eligible, so a met period does not count as the one met rule
        return RuleResult(text, outcome, source, "date", truth.missing, decides=outcome is not Outcome.MET)
    if any_period:
        return RuleResult("Die Laufzeit ist nicht geprüft.", Outcome.NOT_APPLICABLE, source, "date", decides=False)
    outcome = {
        PeriodState.OPEN: Outcome.MET,
        PeriodState.ENDED: Outcome.FAILED,
        PeriodState.UPCOMING: Outcome.FAILED,
        PeriodState.UNKNOWN: Outcome.UNKNOWN,
    }[period]
    text = {
        PeriodState.OPEN: "Das Angebot läuft nach dem letzten Beleg.",
        PeriodState.ENDED: "Das Angebot ist beendet.",
        PeriodState.UPCOMING: "Das Angebot hat noch nicht begonnen.",
        PeriodState.UNKNOWN: "Ob das Angebot noch läuft, ist nicht belegt.",
    }[period]
    at_issue = programme.status.source if period is PeriodState(programme.status.value) else source
    return RuleResult(text, outcome, at_issue, None, decides=outcome is not Outcome.MET)


def span_words(first: date | None, last: date | None) -> str:
    """A period in German words."""
    start = f"{first.day}.{first.month}.{first.year}" if first else ""
    end = f"{last.day}.{last.month}.{last.year}" if last else ""
    if start and end:
        return f"{start} bis {end}"
    return f"seit {start}" if start else f"bis {end}" if end else "ohne Angabe"


def facts_of(test: Test) -> frozenset[str]:
    """The facts that a test asks about."""
    found = {test.fact} if test.fact else set()
    for part in (*test.all, *test.any, *((test.not_,) if test.not_ else ())):
        found |= facts_of(part)
    if isinstance(test, Condition) and test.when:
        found |= facts_of(test.when)
    return frozenset(found)


def benefits_for(version: Version | None, facts: Facts) -> tuple[Benefit, ...]:
    """The benefits that the facts do not rule out."""
    benefits = version.benefits if version else ()
    return tuple(b for b in benefits if b.when is None or evaluate(b.when, facts).value is not False)


# --- questions ---------------------------------------------------------------------------------------------------

_DERIVED: Final = {"in_nrw": "place", "in_region": "place"}


@dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking for, and the instruments whose verdict some answer to it changes."""

    fact: Fact
    decides: tuple[str, ...]


def questions(
    programmes: Iterable[Programme],
    facts: Facts,
    day: date,
    known: Iterable[Fact],
    *,
    any_period: bool = False,
    skip: frozenset[str] = frozenset(),
) -> tuple[Question, ...]:
    """The questions that can change a verdict, the most decisive first. `skip` names facts that were asked in vain."""
    declared = {fact.id: fact for fact in known}
    decides: dict[str, list[str]] = {}
    for programme in programmes:
        verdict = judge(programme, facts, day, any_period=any_period)
        for key in verdict.missing:
            if key not in declared or key in skip or _DERIVED.get(key) in skip:
                continue
            answers = possible_answers(declared[key], verdict.version)
            changed = (judge(programme, facts.with_({key: value}), day, any_period=any_period) for value in answers)
            if any(other.eligibility is not verdict.eligibility for other in changed):
                decides.setdefault(_DERIVED.get(key, key), []).append(programme.id)
    found = [Question(declared[key], tuple(ids)) for key, ids in decides.items() if key in declared]
    order = list(declared)
    return tuple(sorted(found, key=lambda q: (-len(q.decides), order.index(q.fact.id))))


def possible_answers(fact: Fact, version: Version | None) -> Iterator[FactValue]:
    """Answers that together reach every outcome of the version's rules on this fact."""
    if fact.type == "flag":
        yield from (True, False)
    elif fact.type == "choice":
        yield from (value.id for value in fact.values)
    elif fact.type == "choices":
        yield from ((value.id,) for value in fact.values)
    elif fact.type in ("number", "amount"):
        edges = {Decimal(0)}
        for bound in _bounds(version, fact.id):
            edges |= {max(Decimal(0), bound - 1), bound, bound + 1}
        yield from (Interval(edge, edge) for edge in sorted(edges))
    elif fact.type == "date":
        for day in sorted(_days(version)):
            yield Period(day.isoformat(), day, day)


def _tests(version: Version | None, key: str) -> Iterator[Test]:
    stack: list[Test] = []
    for condition in version.conditions if version else ():
        stack += [condition, *((condition.when,) if condition.when else ())]
    while stack:
        test = stack.pop()
        stack += [*test.all, *test.any, *((test.not_,) if test.not_ else ())]
        if test.fact == key:
            yield test


def _bounds(version: Version | None, key: str) -> Iterator[Decimal]:
    for test in _tests(version, key):
        for bounds in (test, test.unclear):
            if bounds is not None:
                yield from (b for b in (bounds.at_least, bounds.at_most, bounds.above, bounds.below) if b is not None)


def _days(version: Version | None) -> set[date]:
    limits: set[date] = set()
    if version:
        limits |= {day for day in (version.from_, version.to) if day}
    for test in _tests(version, "date"):
        limits |= {day for day in (test.not_before, test.not_after) if day}
    return {day + timedelta(days=step) for day in limits for step in (-1, 0, 1)}
