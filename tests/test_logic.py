"""Single tests on facts: every kind of bound at its edges, for numbers, ranges and open ends; what a test is about."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rule_samples import condition, number

from esfmatch.eligibility.logic import evaluate, facts_of, limits
from esfmatch.facts import Facts
from esfmatch.model.rules import Condition, Test
from esfmatch.shapes import validate

BOUNDS = {
    "at_least": [
        ((9, 9), False), ((10, 10), True), ((5, 9), False), ((5, 10), None), ((10, 20), True), ((None, 9), False),
        ((None, 10), None), ((9, None), None), ((10, None), True), ((None, None), None),
    ],
    "above": [
        ((10, 10), False), ((11, 11), True), ((5, 10), False), ((5, 11), None), ((11, 20), True), ((None, 10), False),
        ((None, 11), None), ((10, None), None), ((11, None), True), ((None, None), None),
    ],
    "at_most": [
        ((10, 10), True), ((11, 11), False), ((5, 10), True), ((10, 20), None), ((11, 20), False), ((None, 10), True),
        ((None, 11), None), ((10, None), None), ((11, None), False), ((None, None), None),
    ],
    "below": [
        ((9, 9), True), ((10, 10), False), ((5, 9), True), ((9, 20), None), ((10, 20), False), ((None, 9), True),
        ((None, 10), None), ((9, None), None), ((10, None), False), ((None, None), None),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("bound", "value", "expected"), [(bound, *row) for bound, rows in BOUNDS.items() for row in rows]
)
def test_a_bound_of_ten(bound: str, value: tuple[int | None, int | None], expected: bool | None) -> None:
    test = validate(Test, {"fact": "employees", bound: 10})
    truth = evaluate(test, Facts({"employees": number(*value)}))
    assert truth.value is expected
    assert truth.missing == (frozenset({"employees"}) if expected is None else frozenset())


def test_an_unknown_fact_is_missing_and_a_settled_part_hides_it() -> None:
    employees, disability = {"fact": "employees", "at_least": 1}, {"fact": "disability", "is": True}
    both = validate(Test, {"all": (employees, disability)})
    either = validate(Test, {"any": (employees, disability)})
    assert evaluate(both, Facts()).missing == {"employees", "disability"}
    assert evaluate(either, Facts()).missing == {"employees", "disability"}
    assert evaluate(both, Facts({"disability": True})).missing == {"employees"}
    assert evaluate(both, Facts({"disability": False})).missing == frozenset()
    assert evaluate(either, Facts({"disability": True})).missing == frozenset()


def test_limits_are_ascending_and_belong_to_one_fact() -> None:
    conditions = (
        validate(Condition, condition(fact="employees", at_most=249, unclear={"above": 249, "at_most": 3000})),
        validate(Condition, condition(fact="employees", above=26, when={"fact": "employees", "at_least": 100})),
        validate(
            Condition, condition(**{"not": {"any": ({"fact": "employees", "below": 10}, {"fact": "age", "below": 7})}})
        ),
    )
    assert limits(conditions, "employees") == tuple(Decimal(n) for n in (10, 26, 100, 249, 3000))
    assert limits(conditions, "age") == (Decimal(7),)
    assert limits(conditions, "trainees") == ()


def test_a_condition_is_about_its_facts_and_those_of_its_guard() -> None:
    guarded = condition(any=({"fact": "age", "at_most": 5}, {"not": {"fact": "refugee", "is": True}}))
    guarded["when"] = {"fact": "applicant", "one_of": ("person",)}
    assert facts_of(validate(Condition, guarded)) == {"age", "refugee", "applicant"}
