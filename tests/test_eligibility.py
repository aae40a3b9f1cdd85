"""Three-valued rules: ranges, versions, periods, questions; and the properties that make a verdict trustworthy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rule_samples import SOURCE, TODAY, condition, number, programme, verdict

from esfmatch.eligibility import Eligibility, Outcome, PeriodState, judge, period_on, version_on
from esfmatch.facts import Facts, FactValue, Interval, Period


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (number(9, 9), Eligibility.NO),
        (number(10, 10), Eligibility.YES),
        (number(249, 249), Eligibility.YES),
        (number(250, 250), Eligibility.NO),
        (number(10, 20), Eligibility.YES),
        (number(5, 15), Eligibility.OPEN),
        (number(None, 9), Eligibility.NO),
        (number(10, None), Eligibility.OPEN),
        (number(250, None), Eligibility.NO),
    ],
)
def test_inclusive_bounds_and_ranges(value: Interval, expected: Eligibility) -> None:
    assert verdict(programme(condition(fact="employees", at_least=10, at_most=249)), employees=value) is expected


@pytest.mark.parametrize(("value", "expected"), [(249, Eligibility.YES), (250, Eligibility.NO)])
def test_an_exclusive_bound(value: int, expected: Eligibility) -> None:
    assert verdict(programme(condition(fact="employees", below=250)), employees=number(value, value)) is expected


def test_a_value_in_the_unclear_zone_stays_open_and_asks_nothing() -> None:
    entry = programme(condition(fact="employees", at_most=26, unclear={"above": 26, "at_most": 34}))
    result = judge(entry, Facts({"employees": number(30, 30)}), TODAY)
    assert result.eligibility is Eligibility.OPEN
    assert result.missing == ()
    assert verdict(entry, employees=number(35, 35)) is Eligibility.NO


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2016-05-31", Eligibility.NO),
        ("2016-06-01", Eligibility.YES),
        ("2016-06", Eligibility.YES),
        ("2016-08-31", Eligibility.YES),
        ("2016-09-01", Eligibility.NO),
        ("2016", Eligibility.OPEN),
        ("2016-05", Eligibility.NO),
    ],
)
def test_days_are_compared_with_both_limits_included(stated: str, expected: Eligibility) -> None:
    entry = programme(condition(fact="date", not_before="2016-06-01", not_after="2016-08-31"))
    result = judge(entry, Facts({"date": Period.parse(stated)}), TODAY)
    assert result.eligibility is expected
    assert result.missing == (("date",) if expected is Eligibility.OPEN else ())


def test_one_of_several_values_is_enough() -> None:
    entry = programme(condition(fact="legal_circle", one_of=("SGB II", "SGB VIII")))
    assert verdict(entry, legal_circle=("SGB III", "SGB II")) is Eligibility.YES
    assert verdict(entry, legal_circle=("SGB III",)) is Eligibility.NO


@pytest.mark.parametrize("value", [True, "34", ("SGB II",), Period.parse("2016"), number(34, 34)])
def test_a_fact_of_another_kind_settles_nothing(value: FactValue) -> None:
    tests: dict[str, dict[str, Any]] = {
        "number": {"at_most": 40},
        "date": {"not_before": "2016-01-01"},
        "flag": {"is": True},
        "choice": {"one_of": ("34", "SGB II")},
    }
    kinds = {bool: "flag", str: "choice", tuple: "choice", Period: "date"}
    fitting = kinds.get(type(value), "number")
    for kind, test in tests.items():
        result = judge(programme(condition(fact="employees", **test)), Facts({"employees": value}), TODAY)
        assert (result.eligibility is Eligibility.OPEN) is (kind != fitting)
        assert result.missing == (() if kind == fitting else ("employees",))


def test_alternatives_and_negation() -> None:
    entry = programme(condition(any=({"fact": "disability", "is": True}, {"fact": "employees", "at_most": 5})))
    assert verdict(entry, disability=True) is Eligibility.YES
    assert verdict(entry, disability=False) is Eligibility.OPEN
    assert verdict(entry, disability=False, employees=number(6, 6)) is Eligibility.NO
    assert (
        verdict(programme(condition(**{"not": {"fact": "disability", "is": True}})), disability=True) is Eligibility.NO
    )


def test_a_rule_for_some_applicants_does_not_apply_to_others() -> None:
    entry = programme(
        condition(fact="applicant", one_of=("company", "person")),
        condition(fact="employees", at_most=10, when={"fact": "applicant", "one_of": ("company",)}),
    )
    assert verdict(entry, applicant="person") is Eligibility.YES
    outcomes = [rule.outcome for rule in judge(entry, Facts({"applicant": "person"}), TODAY).rules]
    assert outcomes[-1] is Outcome.NOT_APPLICABLE
    assert verdict(entry, applicant="company") is Eligibility.OPEN


def test_what_is_presumed_fails_only_when_contradicted() -> None:
    entry = programme(condition(fact="disability", is_=True), condition(fact="in_nrw", is_=True, strength="presumed"))
    assert verdict(entry, disability=True) is Eligibility.YES
    assert verdict(entry, disability=True, in_nrw=False) is Eligibility.NO


def test_guidance_never_decides() -> None:
    entry = programme(
        condition(fact="disability", is_=True), condition(fact="employees", at_most=5, strength="guidance")
    )
    assert verdict(entry, disability=True, employees=number(50, 50)) is Eligibility.YES


def test_without_known_rules_nobody_is_eligible() -> None:
    assert verdict(programme()) is Eligibility.OPEN
    plan = programme(kind="plan", acts="Das Land.")
    assert verdict(plan) is Eligibility.NO


VERSIONS = (
    {
        "label": "alt",
        "from": "2014-01-01",
        "to": "2020-12-31",
        "source": SOURCE,
        "conditions": (condition(fact="employees", at_most=10),),
    },
    {"label": "neu", "from": "2021-05-20", "source": SOURCE, "conditions": (condition(fact="employees", at_most=20),)},
)


@pytest.mark.parametrize(
    ("day", "label", "state"),
    [
        ("2013-12-31", "alt", PeriodState.UPCOMING),
        ("2014-01-01", "alt", PeriodState.OPEN),
        ("2020-12-31", "alt", PeriodState.OPEN),
        ("2021-01-01", "alt", PeriodState.UNKNOWN),
        ("2021-05-20", "neu", PeriodState.OPEN),
        ("2025-05-18", "neu", PeriodState.OPEN),
        ("2025-05-19", "neu", PeriodState.ENDED),
    ],
)
def test_the_day_picks_version_and_state(day: str, label: str, state: PeriodState) -> None:
    status = {"value": "ended", "day": "2025-05-19", "text": "Aufgehoben.", "source": SOURCE}
    entry = programme(versions=VERSIONS, status=status)
    on = date.fromisoformat(day)
    version = version_on(entry, on)
    assert version is not None
    assert version.label == label
    assert period_on(entry, on) is state


def test_the_last_day_counts() -> None:
    entry = programme(status={"value": "ended", "day": "2020-12-31", "text": "Aus.", "source": SOURCE})
    assert period_on(entry, date(2020, 12, 31)) is PeriodState.OPEN
    assert period_on(entry, date(2021, 1, 1)) is PeriodState.ENDED


def test_rules_that_ran_out_do_not_decide_about_what_goes_on() -> None:
    status = {"value": "open", "day": "2024-01-01", "text": "Läuft.", "source": SOURCE}
    entry = programme(condition(fact="disability", is_=True), status=status)
    assert judge(entry, Facts({"disability": True}), date(2025, 1, 1)).eligibility is Eligibility.OPEN


def test_a_stated_date_counts_even_with_any_period() -> None:
    entry = programme(condition(fact="disability", is_=True))
    for text, expected in [("2016", Eligibility.YES), ("2020-12-31", Eligibility.YES), ("2021", Eligibility.NO)]:
        facts = Facts({"disability": True, "date": Period.parse(text)})
        assert judge(entry, facts, TODAY, any_period=True).eligibility is expected
    assert judge(entry, Facts({"disability": True}), date(2030, 1, 1), any_period=True).eligibility is Eligibility.YES
    assert judge(entry, Facts({"disability": True}), date(2030, 1, 1)).eligibility is Eligibility.NO


@pytest.mark.parametrize(
    ("stated", "label"),
    [
        (None, "neu"),  # the day lies in it
        ("2021-05-20", "neu"),
        ("2022", "neu"),
        ("2021", "neu"),  # the first day of the year that any version covers
        ("2020-12-31", "alt"),
        ("2019", "alt"),
        ("2012", "alt"),
    ],
)
def test_a_stated_date_picks_the_rules_in_force_then(stated: str | None, label: str) -> None:
    facts = Facts({"date": Period.parse(stated)} if stated else {})
    result = judge(programme(versions=VERSIONS), facts, date(2023, 1, 1))
    assert result.version is not None
    assert result.version.label == label


def test_rules_that_come_after_a_gap_do_not_count_for_what_was_planned_before() -> None:
    facts = Facts({"date": Period.parse("2022"), "employees": number(5, 5)})
    result = judge(programme(versions=VERSIONS), facts, TODAY, any_period=True)
    assert result.version is not None
    assert (result.version.label, result.eligibility) == ("alt", Eligibility.NO)


def test_a_stated_span_of_several_versions_is_judged_as_of_the_day_if_that_lies_in_it() -> None:
    versions = ({**VERSIONS[0], "to": "2021-05-19"}, VERSIONS[1])
    span = Facts({"date": Period.parse("2021")})
    for day, label in [("2021-03-01", "alt"), ("2021-06-01", "neu"), ("2024-06-01", "alt")]:
        version = judge(programme(versions=versions), span, date.fromisoformat(day)).version
        assert version is not None
        assert version.label == label


def test_the_state_is_that_of_the_day_though_a_date_is_stated() -> None:
    facts = Facts({"date": Period.parse("2016"), "disability": True})
    result = judge(programme(condition(fact="disability", is_=True)), facts, date(2022, 1, 1))
    assert result.period is PeriodState.ENDED
    assert result.eligibility is Eligibility.YES


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2025-05-18", Eligibility.YES),
        ("2025-05-19", Eligibility.NO),
        ("2026", Eligibility.NO),
        ("2025", Eligibility.OPEN),
    ],
)
def test_what_ended_without_a_last_day_of_its_rules_is_over_on_the_day_of_the_evidence(
    stated: str, expected: Eligibility
) -> None:
    status = {"value": "ended", "day": "2025-05-19", "text": "Aufgehoben.", "source": SOURCE}
    facts = Facts({"date": Period.parse(stated), "employees": number(15, 15)})
    entry = programme(versions=VERSIONS, status=status)
    assert judge(entry, facts, date(2024, 6, 30), any_period=True).eligibility is expected
