"""Facts x one instrument -> a verdict with its trace: met, failed, unknown or not applicable for every rule.

Three-valued logic after Kleene over facts that may be unknown, exact or ranges. Verdict, reasons, missing facts,
near misses and questions are all read off the same trace. No clock: the day is an argument.
"""

from esfmatch.eligibility.changes import NearMiss, near_misses
from esfmatch.eligibility.logic import evaluate, facts_of
from esfmatch.eligibility.money import Calculation, benefits_for, calculable, calculate
from esfmatch.eligibility.periods import PeriodState, period_on, shown_since, version_on
from esfmatch.eligibility.questions import Question, questions
from esfmatch.eligibility.together import Together, together
from esfmatch.eligibility.verdict import Eligibility, Outcome, RuleResult, Verdict, judge

__all__ = [
    "Calculation",
    "Eligibility",
    "NearMiss",
    "Outcome",
    "PeriodState",
    "Question",
    "RuleResult",
    "Together",
    "Verdict",
    "benefits_for",
    "calculable",
    "calculate",
    "evaluate",
    "facts_of",
    "judge",
    "near_misses",
    "period_on",
    "questions",
    "shown_since",
    "together",
    "version_on",
]
