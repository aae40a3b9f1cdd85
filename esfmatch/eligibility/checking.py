"""Everything that the rules of one instrument say about a case, in one value."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from esfmatch.eligibility.changes import NearMiss, near_misses
from esfmatch.eligibility.questions import Question, questions
from esfmatch.eligibility.verdict import Eligibility, Verdict, judge
from esfmatch.facts import Facts
from esfmatch.model.programmes import Programme
from esfmatch.vocabulary import Fact


class Check(Struct, frozen=True):
    """What the rules of one instrument say about a case.

    verdict: every rule with its outcome and source. facts: what was read and stated. questions: what would still change
    the verdict. near_misses: what would have to be different, where it is a no.
    """

    verdict: Verdict
    facts: Facts
    as_of: date
    questions: tuple[Question, ...]
    near_misses: tuple[NearMiss, ...]

    @property
    def eligibility(self) -> Eligibility:
        """`eligible`, `ineligible` or `unknown`."""
        return self.verdict.eligibility


def check(
    programme: Programme,
    facts: Facts,
    as_of: date,
    declared: tuple[Fact, ...],
    *,
    any_period: bool = False,
    skip: frozenset[str] = frozenset(),
) -> Check:
    """Judge a case on a day. `skip`: what was asked and is not asked again; other arguments as for `judge`."""
    verdict = judge(programme, facts, as_of, any_period=any_period)
    asked = questions([programme], facts, as_of, declared, any_period=any_period, skip=skip)
    misses = near_misses(verdict, facts, as_of, declared, any_period=any_period)
    return Check(verdict, facts, as_of, asked, misses)
