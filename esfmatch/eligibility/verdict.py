"""The rules of one instrument and what is known -> a verdict with its trace, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import product
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from esfmatch.eligibility.logic import Truth, evaluate, facts_of, limits, within
from esfmatch.eligibility.periods import PeriodState, day_of_rules, is_older, period_on, rules_on, run_of
from esfmatch.facts import Facts, FactValue, Interval, Period
from esfmatch.model.evidence import Sources
from esfmatch.model.programmes import Programme, Version
from esfmatch.model.rules import Condition

Known: TypeAlias = tuple[tuple[str, FactValue], ...]


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


class RuleResult(Struct, frozen=True):
    """One rule and its outcome. `test` is None for what no condition of the catalogue says.

    Those are the period, whether one can apply at all, and rules that no value of a range meets together.
    """

    text: str
    outcome: Outcome
    source: Sources
    fact: str | None = None
    missing: frozenset[str] = frozenset()
    test: Condition | None = None
    decides: bool = True


class Verdict(Struct, frozen=True, dict=True, cache_hash=True):
    """The trace of one instrument: every rule in order, and what follows from them."""

    programme: Programme
    version: Version | None
    period: PeriodState
    rules: tuple[RuleResult, ...]

    @cached_property
    def eligibility(self) -> Eligibility:
        """What follows from the rules."""
        return _together(self.rules)

    @property
    def failed(self) -> tuple[RuleResult, ...]:
        """The rules that speak against it."""
        return tuple(rule for rule in self.rules if rule.decides and rule.outcome is Outcome.FAILED)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts that could still settle an open rule, in the order of the rules; none once all is decided."""
        if self.eligibility is not Eligibility.OPEN:
            return ()
        return self._missing_of(Outcome.UNKNOWN)

    @property
    def presumed(self) -> tuple[str, ...]:
        """The facts that the rules take as given for want of a statement; none where it is a no anyhow."""
        return () if self.eligibility is Eligibility.NO else self._missing_of(Outcome.NOT_APPLICABLE)

    def _missing_of(self, outcome: Outcome) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for rule in self.rules:
            if rule.decides and rule.outcome is outcome:
                found.update(dict.fromkeys(sorted(rule.missing)))
        return tuple(found)


def _together(rules: Iterable[RuleResult]) -> Eligibility:
    """What the rules say together. What is only presumed, or does not apply, makes nobody eligible."""
    deciding = [rule for rule in rules if rule.decides]
    if any(rule.outcome is Outcome.FAILED for rule in deciding):
        return Eligibility.NO
    met = any(rule.outcome is Outcome.MET and rule.test and rule.test.strength == "must" for rule in deciding)
    still_open = any(rule.outcome is Outcome.UNKNOWN for rule in deciding)
    return Eligibility.YES if met and not still_open else Eligibility.OPEN


_NO_APPLICATION: Final = "Hierfür kann niemand einen Antrag stellen; es ist ein Vorhaben oder Gremium."
_NO_RULES: Final = "Welche Voraussetzungen gelten, ist nicht belegt."
_NO_VALUE: Final = "Kein Wert innerhalb der angegebenen Spanne erfüllt alle Voraussetzungen zugleich."


def judge(programme: Programme, facts: Facts, day: date, *, any_period: bool = False) -> Verdict:
    """The verdict on one instrument as of `day`. With `any_period` only a stated date can lie outside the period.

    A stated date of application or start picks the rules in force then; `period` is about `day` all the same.
    """
    return _judged(programme, relevant(programme, facts), day, any_period)


def relevant(programme: Programme, facts: Facts) -> Known:
    """What is known of the facts on which the verdict depends."""
    return tuple([(key, facts[key]) for key in _asked_about(programme) if key in facts])


@lru_cache(maxsize=10_000)
def _asked_about(programme: Programme) -> tuple[str, ...]:
    """The facts on which the verdict depends."""
    return ("date", *_keys(tuple(condition for version in programme.versions for condition in version.conditions)))


@lru_cache(maxsize=3_000)  # few texts state many facts, so the same cases come again and again
def _judged(programme: Programme, known: Known, day: date, any_period: bool) -> Verdict:
    facts = Facts(dict(known))
    stated = facts.get("date")
    when = stated if isinstance(stated, Period) else None
    version = rules_on(programme, day_of_rules(programme, day, when))
    period = period_on(programme, day)
    rules = [_stated_period(programme, version, when) if when else _period(programme, version, period, any_period)]
    conditions = version.conditions if version else ()
    rules += _rules(conditions, facts)
    if not any(condition.strength == "must" for condition in conditions):
        if programme.grants:
            rules.append(RuleResult(_NO_RULES, Outcome.UNKNOWN, programme.source))
        else:
            rules.append(RuleResult(_NO_APPLICATION, Outcome.FAILED, programme.source))
    return Verdict(programme, version, period, tuple(rules))


# --- conditions --------------------------------------------------------------------------------------------------


def _rules(conditions: tuple[Condition, ...], facts: Facts) -> list[RuleResult]:
    """Every condition with its outcome. A range is tried piece by piece, so what holds for each of its values holds."""
    pieces = list(_pieces(conditions, facts))
    if len(pieces) == 1:
        return [_rule(condition, facts) for condition in conditions]
    tried = [[_rule(condition, piece) for condition in conditions] for piece in pieces]
    rules = [_merged(_rule(condition, facts), parts) for condition, *parts in zip(conditions, *tried, strict=True)]
    fails = [any(rule.decides and rule.outcome is Outcome.FAILED for rule in part) for part in tried]
    if all(fails) and not any(rule.decides and rule.outcome is Outcome.FAILED for rule in rules):
        source = next(rule.source for rule in rules if rule.outcome is Outcome.UNKNOWN)
        rules.append(RuleResult(_NO_VALUE, Outcome.FAILED, source))
    return rules


def _merged(whole: RuleResult, parts: list[RuleResult]) -> RuleResult:
    """The outcome over a range: that of its pieces where they agree, else open.

    What is met for some values and does not apply to the others does not count; a range speaks against what is presumed
    as soon as one of its values does.
    """
    outcomes = {part.outcome for part in parts}
    if outcomes == {Outcome.MET, Outcome.NOT_APPLICABLE}:
        return next(part for part in parts if part.outcome is Outcome.NOT_APPLICABLE)
    return parts[0] if len(outcomes) == 1 else replace(whole, outcome=Outcome.UNKNOWN)


def _pieces(conditions: tuple[Condition, ...], facts: Facts) -> Iterator[Facts]:
    """The facts with every range cut where an answer can change. Facts are whole numbers or amounts of money."""
    cut = {}
    for key in _keys(conditions):
        value = facts.get(key)
        if isinstance(value, Interval) and value.exact is None:
            cut[key] = _cut(value, limits(conditions, key))
    for choice in product(*cut.values()):
        yield facts.with_(dict(zip(cut, choice, strict=True)))


@lru_cache(maxsize=10_000)
def _keys(conditions: tuple[Condition, ...]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*map(facts_of, conditions))))


def _cut(value: Interval, at: Sequence[Decimal]) -> list[Interval]:
    """A range in pieces: each limit that lies in it alone, and what lies before, between and after."""
    inside = [n for n in at if (value.low is None or n >= value.low) and (value.high is None or n <= value.high)]
    ends = [*inside, *(n for n in (value.low, value.high) if n is not None)]
    step = Decimal(1) if all(n == n.to_integral_value() for n in ends) else Decimal("0.01")
    pieces, low = list[Interval](), value.low
    for limit in inside:
        if low is None or low < limit:
            pieces.append(Interval(low, limit - step))
        pieces.append(Interval(limit, limit))
        low = limit + step
    if value.high is None or low is None or low <= value.high:
        pieces.append(Interval(low, value.high))
    return pieces


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
    if condition.exception and outcome is Outcome.FAILED:
        outcome = Outcome.UNKNOWN  # no fact tells whether the exception holds
    elif condition.strength == "presumed" and outcome is Outcome.UNKNOWN:
        outcome = Outcome.NOT_APPLICABLE
    fact = condition.fact or next(iter(sorted(facts_of(condition))), None)
    decides = condition.strength != "guidance"
    return RuleResult(condition.text, outcome, condition.source, fact, missing, condition, decides)


# --- period ------------------------------------------------------------------------------------------------------

_PERIOD_OUTCOMES: Final = {
    PeriodState.OPEN: (Outcome.MET, "Das Angebot läuft nach dem letzten Beleg."),
    PeriodState.ENDED: (Outcome.FAILED, "Das Angebot ist beendet."),
    PeriodState.UPCOMING: (Outcome.FAILED, "Das Angebot hat noch nicht begonnen."),
    PeriodState.UNKNOWN: (Outcome.UNKNOWN, "Ob das Angebot an diesem Tag läuft, ist nicht belegt."),
}
_DATE_OUTCOMES: Final = {
    True: (Outcome.MET, "liegt in"),
    False: (Outcome.FAILED, "liegt nicht in"),
    None: (Outcome.UNKNOWN, "liegt nicht sicher in"),
}


def _period(programme: Programme, version: Version | None, period: PeriodState, any_period: bool) -> RuleResult:
    """The period alone makes nobody eligible, so a period that is met does not decide."""
    source = version.source if version else programme.status.source
    if any_period:
        return RuleResult("Die Laufzeit ist nicht geprüft.", Outcome.NOT_APPLICABLE, source, "date", decides=False)
    outcome, text = _PERIOD_OUTCOMES[period]
    at_issue = programme.status.source if period is PeriodState(programme.status.value) else source
    return RuleResult(text, outcome, at_issue, None, decides=outcome is not Outcome.MET)


def _stated_period(programme: Programme, version: Version | None, stated: Period) -> RuleResult:
    """Whether the stated time lies in the run of the version, and before the day on which the instrument was over."""
    source = version.source if version else programme.status.source
    first, last = run_of(programme, version) if version else (None, None)
    over = last is None and programme.status.value == "ended"
    if over:
        last = programme.status.day - timedelta(days=1)
        source = source if stated.last <= last else programme.status.source
    if first is None and last is None:
        return _period(programme, version, period_on(programme, stated.first), any_period=False)
    truth = within(first, last, stated, "date")
    if truth.value is False and first and stated.first < first and is_older(programme, first):
        truth = Truth(None)
    outcome, words = _DATE_OUTCOMES[truth.value]
    span = span_words(first, last, until="bis spätestens" if over else "bis")
    text = f"Der angegebene Zeitpunkt {words} der Laufzeit ({span})."
    return RuleResult(text, outcome, source, "date", truth.missing, decides=outcome is not Outcome.MET)


def span_words(first: date | None, last: date | None, until: str = "bis") -> str:
    """A period with at least one end in German words."""
    start = f"{first.day}.{first.month}.{first.year}" if first else ""
    end = f"{last.day}.{last.month}.{last.year}" if last else ""
    if start and end:
        return f"{start} {until} {end}"
    return f"seit {start}" if start else f"{until} {end}"
