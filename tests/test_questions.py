"""Which questions are asked, in which order, with which words, and when none is."""

from __future__ import annotations

from typing import Any

import pytest
from rule_samples import DECLARED, TODAY, condition, number, programme

from esfmatch.eligibility import questions
from esfmatch.eligibility.questions import possible_answers
from esfmatch.facts import Facts, FactValue, Interval, Period
from esfmatch.model.programmes import Programme

FACTS = {fact.id: fact for fact in DECLARED}


def asked(*entries: Programme, facts: dict[str, FactValue] | None = None, **options: Any) -> list[str]:
    return [q.fact.id for q in questions(entries, Facts(facts or {}), TODAY, DECLARED, **options)]


def named(ident: str, *conditions: dict[str, Any]) -> Programme:
    return programme(*conditions, id=ident)


COMPANY = condition(fact="applicant", one_of=("company",))
SMALL = condition(fact="employees", at_most=10)
DISABLED = condition(fact="disability", **{"is": True})


def test_what_more_answers_decide_is_asked_first() -> None:
    assert asked(programme(DISABLED, COMPANY)) == ["applicant", "disability"]


def test_what_decides_over_more_instruments_is_asked_first() -> None:
    assert asked(named("a", COMPANY, DISABLED), named("b", DISABLED)) == ["disability", "applicant"]


def test_a_question_names_the_instruments_that_it_decides() -> None:
    found = questions([named("a", COMPANY), named("b", DISABLED)], Facts(), TODAY, DECLARED)
    assert {q.fact.id: q.decides for q in found} == {"applicant": ("a",), "disability": ("b",)}


def test_a_decided_case_is_asked_nothing() -> None:
    assert asked(programme(DISABLED, COMPANY), facts={"disability": False}) == []
    assert asked(programme(DISABLED), facts={"disability": True}) == []


def test_what_was_asked_in_vain_is_not_asked_again() -> None:
    assert asked(programme(DISABLED, COMPANY), skip=frozenset({"applicant"})) == ["disability"]


def test_where_only_answers_together_decide_each_of_them_is_asked() -> None:
    either = condition(any=({"fact": "employees", "at_most": 5}, {"fact": "disability", "is": True}))
    other = condition(any=({"fact": "partner_companies", "at_least": 1}, {"fact": "in_nrw", "is": True}))
    assert set(asked(programme(either, other))) == {"employees", "disability", "partner_companies", "place"}


def test_an_undeclared_fact_cannot_be_asked_for() -> None:
    assert asked(programme(condition(fact="unheard_of", **{"is": True}))) == []


def test_the_place_is_asked_for_instead_of_the_state_until_it_is_known() -> None:
    rule = condition(fact="in_nrw", **{"is": True})
    assert asked(programme(rule)) == ["place"]
    assert asked(programme(rule), facts={"place": "Irgendwo"}) == ["in_nrw"]
    assert asked(programme(rule), skip=frozenset({"place"})) == []
    region = condition(fact="in_region", **{"is": True})
    assert asked(programme(region)) == ["place"]


def test_a_rule_about_places_asks_for_the_place() -> None:
    assert asked(programme(condition(fact="place", one_of=("Marl", "Bottrop")))) == ["place"]


def test_what_is_presumed_is_asked_only_on_demand() -> None:
    entry = programme(DISABLED, condition(fact="in_nrw", strength="presumed", **{"is": True}))
    facts: dict[str, FactValue] = {"disability": True}
    assert asked(entry, facts=facts) == []
    assert asked(entry, facts=facts, presumed=True) == ["place"]
    assert asked(entry, facts={"disability": False}, presumed=True) == []


def test_a_rule_can_word_its_question_unless_another_instrument_asks_otherwise() -> None:
    worded = named("a", condition(fact="disability", question="Liegt ein Ausweis vor?", **{"is": True}))
    plain = named("b", DISABLED)
    assert [q.text for q in questions([worded], Facts(), TODAY, DECLARED)] == ["Liegt ein Ausweis vor?"]
    assert [q.text for q in questions([worded, plain], Facts(), TODAY, DECLARED)] == ["Behinderung?"]
    assert [q.text for q in questions([plain], Facts(), TODAY, DECLARED)] == ["Behinderung?"]
    second = named("c", DISABLED, condition(fact="disability", question="Liegt ein Ausweis vor?", **{"is": True}))
    assert [q.text for q in questions([second], Facts(), TODAY, DECLARED)] == ["Liegt ein Ausweis vor?"]


@pytest.mark.parametrize(
    ("key", "conditions", "expected"),
    [
        ("disability", (), [True, False]),
        ("applicant", (), ["company", "person", "school"]),
        ("legal_circle", (), [("SGB II",), ("SGB III",)]),
        ("place", (), []),
        ("place", (condition(fact="place", one_of=("Marl", "Bottrop")),), ["Bottrop", "Marl", "anderswo"]),
        ("employees", (SMALL,), [number(n, n) for n in (0, 9, 10, 11)]),
        ("employees", (condition(fact="employees", below=1),), [number(n, n) for n in (0, 1, 2)]),
        (
            "employees",
            (condition(fact="employees", at_most=5, unclear={"above": 5, "at_most": 8}),),
            [number(n, n) for n in (0, 4, 5, 6, 7, 8, 9)],
        ),
    ],
)
def test_possible_answers_reach_every_outcome(
    key: str, conditions: tuple[dict[str, Any], ...], expected: list[FactValue]
) -> None:
    assert list(possible_answers(FACTS[key], programme(*conditions).versions[0])) == expected


def test_possible_days_lie_around_the_limits_of_the_version_and_its_rules() -> None:
    entry = programme(condition(fact="date", not_before="2016-05-01", not_after="2016-06-01"))
    days = [answer.text for answer in possible_answers(FACTS["date"], entry.versions[0]) if isinstance(answer, Period)]
    limits = ("2013-12-31", "2014-01-01", "2014-01-02", "2016-04-30", "2016-05-01", "2016-05-02")
    assert days == [*limits, "2016-05-31", "2016-06-01", "2016-06-02", "2020-12-30", "2020-12-31", "2021-01-01"]


def test_without_a_version_there_is_no_limit_to_try() -> None:
    assert list(possible_answers(FACTS["employees"], None)) == [Interval.of(0)]
    assert list(possible_answers(FACTS["date"], None)) == []


def test_any_period_leaves_the_end_out_of_account() -> None:
    ended = programme(DISABLED, versions=({**_version(), "to": "2015-12-31", "conditions": (DISABLED,)},))
    assert asked(ended) == []
    assert asked(ended, any_period=True) == ["disability"]


def _version() -> dict[str, Any]:
    return {"label": "Fassung", "from": "2014-01-01", "source": {"doc": "konzept", "page": 24}}
