"""What one would get: sums from numbers and ranges, shares of costs, caps; calculated exactly and worded in German."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from rule_samples import SOURCE, number, programme

from esfmatch.eligibility import benefits_for, calculate
from esfmatch.eligibility.money import calculable
from esfmatch.facts import Facts, FactValue, Interval
from esfmatch.model.programmes import Benefit
from esfmatch.render.wording import benefit_line
from esfmatch.shapes import validate


def benefit(**given: Any) -> Benefit:
    return validate(Benefit, {"text": "Geld", "source": SOURCE, "per": "Platz", **given})


MONTHLY = {"kind": "sum", "amount_eur": 260, "months": 18, "counts": "trainees"}
CAPPED = {"kind": "sum", "max_eur": 4500, "counts": "trainees"}
FIXED = {"kind": "sum", "amount_eur": 1500, "counts": "trainees"}
SHARE = {"kind": "share", "rate_percent": 50, "max_eur": 500, "counts": "project_costs"}


@pytest.mark.parametrize(
    ("given", "facts", "line"),
    [
        (MONTHLY, {"trainees": number(3, 3)}, "3 × 260 Euro × 18 Monate = höchstens 14.040 Euro"),
        (MONTHLY, {"trainees": number(2, 3)}, "2 bis 3 × 260 Euro × 18 Monate = höchstens 9.360 bis 14.040 Euro"),
        (MONTHLY, {"trainees": number(None, 3)}, "höchstens 3 × 260 Euro × 18 Monate = höchstens 14.040 Euro"),
        (MONTHLY, {"trainees": number(3, None)}, ""),
        (MONTHLY, {}, ""),
        (MONTHLY, {"trainees": True}, ""),
        (CAPPED, {"trainees": number(2, 2)}, "2 × 4.500 Euro = höchstens 9.000 Euro"),
        (FIXED, {"trainees": number(2, 2)}, "2 × 1.500 Euro = 3.000 Euro"),
        ({"kind": "sum", "amount_eur": 425, "months": 12}, {}, "425 Euro × 12 Monate = höchstens 5.100 Euro"),
        ({"kind": "sum", "amount_eur": 2500}, {}, ""),
        (SHARE, {"project_costs": number(800, 800)}, "50 Prozent von 800 Euro = höchstens 400 Euro"),
        (SHARE, {"project_costs": number(1000, 1000)}, "50 Prozent von 1.000 Euro = höchstens 500 Euro"),
        (
            SHARE,
            {"project_costs": number(1001, 1001)},
            "50 Prozent von 1.001 Euro = höchstens 500 Euro, die Obergrenze",
        ),
        (
            SHARE,
            {"project_costs": number(600, 2000)},
            "50 Prozent von 600 bis 2.000 Euro = höchstens 300 bis 500 Euro, die Obergrenze",
        ),
        (
            SHARE,
            {"project_costs": number(2000, None)},
            "50 Prozent von mindestens 2.000 Euro = höchstens 500 Euro, die Obergrenze",
        ),
        ({**SHARE, "max_eur": None}, {"project_costs": number(2000, None)}, ""),
        ({"kind": "share", "rate_percent": 50}, {}, ""),
        ({"kind": "share", "counts": "project_costs"}, {"project_costs": number(800, 800)}, ""),
        ({"kind": "in_kind", "counts": "trainees"}, {"trainees": number(3, 3)}, ""),
    ],
)
def test_the_calculation_is_shown(given: dict[str, Any], facts: dict[str, FactValue], line: str) -> None:
    assert benefit_line(benefit(**given), Facts(facts)) == line


def test_a_sum_is_exact_to_the_cent() -> None:
    entry = benefit(kind="share", rate_percent=Decimal("33.3"), counts="project_costs")
    found = calculate(entry, Facts({"project_costs": Interval.of(Decimal("1000.10"))}))
    assert found is not None
    assert found.total == Interval.of(Decimal("333.0333"))
    assert (
        benefit_line(entry, Facts({"project_costs": Interval.of(1000)}))
        == "33,3 Prozent von 1.000 Euro = höchstens 333 Euro"
    )


def test_a_sum_each_month_says_so() -> None:
    entry = benefit(kind="sum", amount_eur=795, per="Teilnehmende und Monat", counts="participants")
    line = benefit_line(entry, Facts({"participants": number(10, 10)}))
    assert line == "10 × 795 Euro = 7.950 Euro im Monat"


def test_only_a_certain_sum_is_no_upper_limit() -> None:
    facts = Facts({"trainees": number(1, 1)})
    sure = {name: calculate(benefit(**given), facts) for name, given in (("f", FIXED), ("c", CAPPED), ("m", MONTHLY))}
    assert {name: found.at_most for name, found in sure.items() if found} == {"f": False, "c": True, "m": True}


def test_benefits_that_the_facts_rule_out_are_left_out() -> None:
    benefits = (
        {"text": "a", "kind": "in_kind", "source": SOURCE, "when": {"fact": "disability", "is": True}},
        {"text": "b", "kind": "in_kind", "source": SOURCE},
    )
    version = {"label": "F", "source": SOURCE, "benefits": benefits}
    entry = programme(versions=(version,)).versions[0]
    assert [b.text for b in benefits_for(entry, Facts())] == ["a", "b"]
    assert [b.text for b in benefits_for(entry, Facts({"disability": False}))] == ["b"]
    assert benefits_for(None, Facts()) == ()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (MONTHLY, True),
        (CAPPED, True),
        (SHARE, True),
        ({"kind": "share", "counts": "project_costs"}, False),
        ({"kind": "sum", "amount_eur": 5}, False),
        ({"kind": "in_kind", "counts": "trainees"}, False),
    ],
)
def test_what_a_number_would_make_a_sum_of(given: dict[str, Any], expected: bool) -> None:
    assert calculable(benefit(**given)) is expected
