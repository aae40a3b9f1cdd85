"""The properties that make a verdict trustworthy, over rules and facts of any shape."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from rule_samples import DECLARED, TODAY, condition, number, programme

from esfmatch.eligibility import Eligibility, judge, questions
from esfmatch.eligibility.questions import possible_answers
from esfmatch.facts import Facts, FactValue, Interval
from esfmatch.model.programmes import Programme

numbers = st.one_of(
    st.integers(0, 12).map(lambda n: number(n, n)),
    st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: number(min(pair), max(pair))),
)
atoms = st.one_of(
    st.builds(lambda low: {"fact": "employees", "at_least": low}, st.integers(0, 10)),
    st.builds(lambda high: {"fact": "employees", "below": high}, st.integers(1, 10)),
    st.builds(lambda low: {"fact": "partner_companies", "at_least": low}, st.integers(0, 5)),
    st.builds(lambda flag: {"fact": "disability", "is": flag}, st.booleans()),
)
tests = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": tuple(parts)}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": tuple(parts)}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=5,
)
guarded = st.builds(
    lambda test, when, strength: {**test, **({"when": when} if when else {}), "strength": strength},
    tests,
    st.none() | atoms,
    st.sampled_from(["must", "must", "must", "presumed", "guidance"]),
)
programmes = st.lists(tests, min_size=1, max_size=3).map(
    lambda parts: programme(*(condition(**part) for part in parts))
)
guarded_programmes = st.lists(guarded, min_size=1, max_size=3).map(
    lambda parts: programme(*(condition(**part) for part in parts))
)
known = st.fixed_dictionaries(
    {}, optional={"employees": numbers, "partner_companies": numbers, "disability": st.booleans()}
)


def verdict_on(entry: Programme, facts: dict[str, Any]) -> Eligibility:
    return judge(entry, Facts(facts), TODAY).eligibility


def exact_values(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Every case that the ranges of a case allow."""
    choices = [
        [number(n, n) for n in range(int(value.low), int(value.high) + 1)]
        if isinstance(value, Interval) and value.low is not None and value.high is not None
        else [value]
        for value in facts.values()
    ]
    return [dict(zip(facts, chosen, strict=True)) for chosen in product(*choices)]


def completions(entry: Programme, facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Every case that answers to the unknown facts can make of a case."""
    version = judge(entry, Facts(facts), TODAY).version
    unknown = [fact for fact in DECLARED[1:4] if fact.id not in facts]
    answers = product(*(possible_answers(fact, version) for fact in unknown))
    return [{**facts, **dict(zip([fact.id for fact in unknown], chosen, strict=True))} for chosen in answers]


@given(programmes, known, known)
def test_a_further_fact_never_unsettles_a_verdict(entry: Programme, some: dict[str, Any], more: dict[str, Any]) -> None:
    before, after = verdict_on(entry, some), verdict_on(entry, {**more, **some})
    assert before is Eligibility.OPEN or after is before


FOR_SOME = condition(fact="employees", at_least=0, when={"fact": "employees", "below": 5})
APART = (condition(fact="employees", at_least=6), condition(fact="employees", at_most=5))
PRESUMED = condition(fact="employees", at_least=1, strength="presumed")


@given(guarded_programmes, known)
@example(
    programme(condition(fact="disability", **{"is": True}), PRESUMED), {"disability": True, "employees": number(0, 1)}
)
@example(programme(*APART), {"employees": number(3, 8)})
@example(programme(FOR_SOME), {"employees": number(0, 9)})
def test_the_verdict_on_a_range_is_the_union_of_the_verdicts_on_its_values(
    entry: Programme, facts: dict[str, Any]
) -> None:
    single = {verdict_on(entry, exact) for exact in exact_values(facts)}
    assert verdict_on(entry, facts) is (single.pop() if len(single) == 1 else Eligibility.OPEN)


@given(programmes, known)
def test_an_unknown_is_never_decided(entry: Programme, facts: dict[str, Any]) -> None:
    decided = verdict_on(entry, facts)
    if decided is not Eligibility.OPEN:
        assert {verdict_on(entry, complete) for complete in completions(entry, facts)} == {decided}


STUCK = condition(fact="employees", at_most=5, unclear={"above": 5, "at_most": 9})


@given(programmes, known)
@example(programme(STUCK, condition(fact="partner_companies", at_least=0)), {"employees": number(7, 7)})
def test_every_question_can_change_the_verdict(entry: Programme, facts: dict[str, Any]) -> None:
    """Alone, or where no single answer can, together with answers to the other open facts."""
    before = judge(entry, Facts(facts), TODAY)
    asked = questions([entry], Facts(facts), TODAY, DECLARED)
    answers = {q.fact.id: [None, *possible_answers(q.fact, before.version)] for q in asked}

    def outcome(values: dict[str, FactValue | None]) -> Eligibility:
        known = {key: value for key, value in values.items() if value is not None}
        return judge(entry, Facts({**facts, **known}), TODAY).eligibility

    for key, values in answers.items():
        others = [dict(zip(answers, chosen, strict=True)) for chosen in product(*answers.values())]
        assert any(
            outcome({**other, key: value}) is not outcome({**other, key: None}) for other in others for value in values
        )


@given(programmes, known)
@example(programme(condition(fact="employees", at_least=0), condition(fact="partner_companies", at_least=0)), {})
def test_what_is_open_for_want_of_facts_is_asked(entry: Programme, facts: dict[str, Any]) -> None:
    before = judge(entry, Facts(facts), TODAY)
    asked = [question.fact.id for question in questions([entry], Facts(facts), TODAY, DECLARED)]
    assert set(asked) <= set(before.missing)
    unknown = [key for key in before.missing if key not in facts]
    answers = [possible_answers(fact, before.version) for key in unknown for fact in DECLARED if fact.id == key]
    reached = {
        judge(entry, Facts({**facts, **dict(zip(unknown, values, strict=True))}), TODAY).eligibility
        for values in product(*answers)
    }
    assert asked or reached <= {before.eligibility}


@given(st.lists(tests, min_size=2, max_size=3), known)
def test_the_order_of_rules_and_facts_does_not_matter(parts: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    verdicts = {
        judge(
            programme(*(condition(**part) for part in order)), Facts(dict(reversed(facts.items()))), TODAY
        ).eligibility
        for order in permutations(parts)
    }
    assert len(verdicts) == 1
