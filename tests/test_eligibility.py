"""Three-valued rules: ranges, versions, periods, questions; and the properties that make a verdict trustworthy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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
    entry = programme(
        condition(fact="disability", **{"is": True}), condition(fact="in_nrw", strength="presumed", **{"is": True})
    )
    assert verdict(entry, disability=True) is Eligibility.YES
    assert verdict(entry, disability=True, in_nrw=False) is Eligibility.NO


def test_guidance_never_decides() -> None:
    entry = programme(
        condition(fact="disability", **{"is": True}), condition(fact="employees", at_most=5, strength="guidance")
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


OVER = {"value": "ended", "day": "2025-05-19", "text": "Aufgehoben.", "source": SOURCE}


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
    entry = programme(condition(fact="disability", **{"is": True}), status=status)
    assert judge(entry, Facts({"disability": True}), date(2025, 1, 1)).eligibility is Eligibility.OPEN


def test_a_stated_date_counts_even_with_any_period() -> None:
    entry = programme(condition(fact="disability", **{"is": True}))
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


@pytest.mark.parametrize("day", [TODAY, date(2026, 1, 1)])
def test_the_day_does_not_matter_where_a_date_is_stated_even_across_a_gap(day: date) -> None:
    facts = Facts({"date": Period.parse("2022"), "employees": number(15, 15)})
    result = judge(programme(versions=VERSIONS, status=OVER), facts, day, any_period=True)
    assert result.version is not None
    assert (result.version.label, result.eligibility) == ("neu", Eligibility.YES)


def test_a_stated_span_of_several_versions_is_judged_as_of_the_day_if_that_lies_in_it() -> None:
    versions = ({**VERSIONS[0], "to": "2021-05-19"}, VERSIONS[1])
    span = Facts({"date": Period.parse("2021")})
    for day, label in [("2021-03-01", "alt"), ("2021-06-01", "neu"), ("2024-06-01", "alt")]:
        version = judge(programme(versions=versions), span, date.fromisoformat(day)).version
        assert version is not None
        assert version.label == label


def test_the_state_is_that_of_the_day_though_a_date_is_stated() -> None:
    facts = Facts({"date": Period.parse("2016"), "disability": True})
    result = judge(programme(condition(fact="disability", **{"is": True})), facts, date(2022, 1, 1))
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


OLDER = ({**VERSIONS[0], "older": True}, VERSIONS[1])


def test_what_is_older_than_its_rules_was_not_yet_to_come_before_them() -> None:
    entry = programme(versions=OLDER)
    before = date(2013, 12, 31)
    assert period_on(entry, before) is PeriodState.UNKNOWN
    assert judge(entry, Facts({"employees": number(5, 5)}), before).eligibility is Eligibility.OPEN
    assert period_on(programme(versions=VERSIONS), before) is PeriodState.UPCOMING


def test_a_version_without_a_first_day_shows_nothing_before_the_newest_evidence() -> None:
    version = {key: value for key, value in VERSIONS[0].items() if key not in ("from", "to")}
    entry = programme(versions=(version,), status={**OVER, "value": "open", "day": "2015-06-01"})
    assert period_on(entry, date(2015, 5, 31)) is PeriodState.UNKNOWN
    assert period_on(entry, date(2015, 6, 1)) is PeriodState.OPEN


@pytest.mark.parametrize(("versions", "expected"), [(OLDER, Eligibility.OPEN), (VERSIONS, Eligibility.NO)])
def test_a_stated_time_before_the_rules_is_open_where_the_instrument_is_older(
    versions: tuple[dict[str, Any], ...], expected: Eligibility
) -> None:
    facts = Facts({"employees": number(5, 5), "date": Period.parse("2012")})
    assert judge(programme(versions=versions), facts, TODAY).eligibility is expected
    late = Facts({"employees": number(5, 5), "date": Period.parse("2021-02")})
    assert judge(programme(versions=versions), late, TODAY).eligibility is Eligibility.NO


def test_a_rule_with_an_exception_leaves_open_what_fails_it_and_asks_nothing_more() -> None:
    rule = condition(fact="project_started", exception="die Behörde kann es erlauben", **{"is": False})
    entry = programme(condition(fact="disability", **{"is": True}), rule)
    started = judge(entry, Facts({"disability": True, "project_started": True}), TODAY)
    assert (started.eligibility, started.missing) == (Eligibility.OPEN, ())
    assert verdict(entry, disability=True, project_started=False) is Eligibility.YES
    assert judge(entry, Facts({"disability": True}), TODAY).missing == ("project_started",)
    assert verdict(entry, disability=False, project_started=True) is Eligibility.NO


def test_what_does_not_apply_makes_nobody_eligible() -> None:
    entry = programme(condition(fact="employees", at_most=10, when={"fact": "applicant", "one_of": ("company",)}))
    assert verdict(entry, applicant="person") is Eligibility.OPEN
    assert verdict(entry, applicant="company", employees=number(9, 9)) is Eligibility.YES


def test_what_is_presumed_is_named_until_it_is_stated_or_the_answer_is_no() -> None:
    entry = programme(
        condition(fact="disability", **{"is": True}), condition(fact="in_nrw", strength="presumed", **{"is": True})
    )
    assert judge(entry, Facts({"disability": True}), TODAY).presumed == ("in_nrw",)
    assert judge(entry, Facts({"disability": True, "in_nrw": True}), TODAY).presumed == ()
    assert judge(entry, Facts({"disability": False}), TODAY).presumed == ()


def test_a_range_that_no_value_of_fits_all_rules_fails_with_a_reason() -> None:
    entry = programme(condition(fact="employees", at_least=10), condition(fact="employees", at_most=9))
    result = judge(entry, Facts({"employees": number(5, 15)}), TODAY)
    assert result.eligibility is Eligibility.NO
    assert [rule.outcome for rule in result.rules if rule.test] == [Outcome.UNKNOWN, Outcome.UNKNOWN]
    assert "Kein Wert" in result.failed[0].text


def test_a_range_of_money_is_cut_at_the_limit_to_the_cent() -> None:
    entry = programme(condition(fact="taxable_income", at_most=40000))
    over = Interval(Decimal(39000), Decimal("40000.50"))
    assert verdict(entry, taxable_income=over) is Eligibility.OPEN
    assert verdict(entry, taxable_income=Interval(Decimal(39000), Decimal("39999.50"))) is Eligibility.YES


def test_the_words_of_the_period() -> None:
    entry = programme(condition(fact="disability", **{"is": True}))

    def first(facts: dict[str, FactValue], day: date = TODAY, *, any_period: bool = False) -> tuple[str, Outcome, bool]:
        rule = judge(entry, Facts(facts), day, any_period=any_period).rules[0]
        return rule.text, rule.outcome, rule.decides

    assert first({}) == ("Das Angebot läuft nach dem letzten Beleg.", Outcome.MET, False)
    assert first({}, date(2021, 6, 1)) == ("Das Angebot ist beendet.", Outcome.FAILED, True)
    assert first({}, date(2013, 6, 1)) == ("Das Angebot hat noch nicht begonnen.", Outcome.FAILED, True)
    assert first({}, any_period=True) == ("Die Laufzeit ist nicht geprüft.", Outcome.NOT_APPLICABLE, False)
    span = "der Laufzeit (1.1.2014 bis 31.12.2020)."
    assert first({"date": Period.parse("2015")}) == (f"Der angegebene Zeitpunkt liegt in {span}", Outcome.MET, False)
    assert first({"date": Period.parse("2022")}) == (
        f"Der angegebene Zeitpunkt liegt nicht in {span}",
        Outcome.FAILED,
        True,
    )
    assert judge(entry, Facts({"disability": True}), TODAY).rules[0].source == entry.versions[0].source
    assert judge(entry, Facts(), date(2022, 1, 1)).rules[0].source == entry.status.source


def test_versions_that_follow_each_other_make_one_run() -> None:
    after = {**VERSIONS[0], "label": "danach", "from": "2021-01-01", "to": "2021-03-31"}
    facts = Facts({"employees": number(5, 5), "date": Period.parse("2019")})
    joined = judge(programme(versions=(VERSIONS[0], after)), facts, TODAY).rules[0].text
    assert "(1.1.2014 bis 31.3.2021)" in joined
    apart = judge(programme(versions=(VERSIONS[0], {**after, "from": "2021-01-02"})), facts, TODAY).rules[0].text
    assert "(1.1.2014 bis 31.12.2020)" in apart


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        ("open", date(2022, 1, 1), PeriodState.OPEN),
        ("ended", date(2022, 1, 1), PeriodState.ENDED),
        ("open", date(2020, 1, 1), PeriodState.UNKNOWN),
    ],
)
def test_without_versions_only_the_evidence_tells(value: str, day: date, expected: PeriodState) -> None:
    entry = programme(versions=(), status={"value": value, "day": "2021-01-01", "text": "Stand.", "source": SOURCE})
    assert period_on(entry, day) is expected
    assert version_on(entry, day) is None
    assert judge(entry, Facts(), day).period is expected


def test_the_states_are_written_as_documented() -> None:
    assert [state.value for state in PeriodState] == ["open", "ended", "upcoming", "unknown"]
    assert [outcome.value for outcome in Outcome] == ["met", "failed", "unknown", "not_applicable"]
    assert [answer.value for answer in Eligibility] == ["eligible", "ineligible", "unknown"]


@pytest.mark.parametrize(("low", "high"), [(5, 6), (3, 6), (5, 9), (None, 9), (3, None)])
def test_a_range_across_two_rules_that_exclude_each_other_is_a_no(low: int | None, high: int | None) -> None:
    entry = programme(condition(fact="employees", at_most=5), condition(fact="employees", above=5))
    assert verdict(entry, employees=number(low, high)) is Eligibility.NO


@pytest.mark.parametrize(("low", "high"), [(5, 6), (3, 6), (None, 9), (3, None)])
def test_a_range_across_alternatives_that_leave_no_gap_is_a_yes(low: int | None, high: int | None) -> None:
    either = condition(any=({"fact": "employees", "at_most": 5}, {"fact": "employees", "at_least": 6}))
    assert verdict(programme(either), employees=number(low, high)) is Eligibility.YES


WEB = {"url": "https://example.org/stand", "publisher": "Amt", "describes": "2021"}


def test_the_period_names_its_source_and_its_span() -> None:
    ended = {"value": "ended", "day": "2021-01-01", "text": "Zu Ende.", "source": WEB}
    entry = programme(condition(fact="disability", **{"is": True}), status=ended)
    begun, over = (judge(entry, Facts(), day).rules[0] for day in (TODAY, date(2022, 1, 1)))
    assert (begun.source, over.source) == (entry.versions[0].source, entry.status.source)
    running = {"value": "open", "day": "2021-01-01", "text": "Läuft.", "source": WEB}
    later = programme(versions=(VERSIONS[1],), status=running)
    stated = judge(later, Facts({"date": Period.parse("2024")}), date(2024, 1, 1)).rules[0]
    assert (stated.text, stated.fact) == ("Der angegebene Zeitpunkt liegt in der Laufzeit (seit 20.5.2021).", "date")
    stopped = programme(versions=(VERSIONS[1],), status={**ended, "day": "2023-01-01"})
    assert (
        "(20.5.2021 bis spätestens 31.12.2022)"
        in judge(stopped, Facts({"date": Period.parse("2024")}), date(2022, 6, 1)).rules[0].text
    )
    until = programme(versions=({**VERSIONS[0], "from": None},), status=ended)
    assert "(bis 31.12.2020)" in judge(until, Facts({"date": Period.parse("2015")}), TODAY).rules[0].text


def test_what_has_no_rules_or_takes_no_application_says_so() -> None:
    assert judge(programme(), Facts(), TODAY).rules[-1].text == "Welche Voraussetzungen gelten, ist nicht belegt."
    plan = judge(programme(kind="plan", acts="Das Land."), Facts(), TODAY)
    assert plan.failed[-1].text == "Hierfür kann niemand einen Antrag stellen; es ist ein Vorhaben oder Gremium."
    unknown = programme(
        versions=(VERSIONS[0],), status={"value": "unknown", "day": "2016-01-01", "text": "?", "source": WEB}
    )
    assert judge(unknown, Facts(), TODAY).rules[0].text == "Ob das Angebot an diesem Tag läuft, ist nicht belegt."


def test_a_rule_names_its_fact_and_a_combined_rule_the_first() -> None:
    both = condition(any=({"fact": "employees", "at_most": 5}, {"fact": "disability", "is": True}))
    rules = judge(programme(condition(fact="employees", at_most=5), both), Facts(), TODAY).rules
    assert [rule.fact for rule in rules] == [None, "employees", "disability"]


def test_missing_facts_come_in_the_order_of_the_rules() -> None:
    entry = programme(condition(fact="partner_companies", at_least=1), condition(fact="disability", **{"is": True}))
    assert judge(entry, Facts(), TODAY).missing == ("partner_companies", "disability")


def test_a_run_of_versions_reaches_back_and_forth() -> None:
    spans = [("2014-01-01", "2015-12-31"), ("2016-01-01", "2016-12-31"), ("2017-01-01", "2018-12-31")]
    entry = programme(versions=tuple({**VERSIONS[0], "from": start, "to": end} for start, end in spans))
    for text in ("2014-06", "2016-06", "2018-06"):
        stated = judge(entry, Facts({"date": Period.parse(text)}), TODAY)
        assert "liegt in der Laufzeit (1.1.2014 bis 31.12.2018)" in stated.rules[0].text


def test_evidence_of_the_last_day_does_not_outlive_the_rules() -> None:
    entry = programme(status={"value": "open", "day": "2020-12-31", "text": "Läuft.", "source": SOURCE})
    assert period_on(entry, date(2021, 1, 1)) is PeriodState.ENDED
