"""What would turn a no: proven changes of what applicants can change, in German; and what may be combined."""

from __future__ import annotations

from typing import Any

from rule_samples import DECLARED, SOURCE, TODAY, condition, number, programme

from esfmatch.eligibility import Eligibility, judge, near_misses, together
from esfmatch.facts import Facts, FactValue
from esfmatch.model.programmes import Programme
from esfmatch.render.wording import near_miss

COMPANY = condition(fact="applicant", one_of=("company", "school"))
PARTNER = condition(fact="partner_companies", at_least=1)
SIZE = condition(fact="employees", at_least=10, at_most=249)
DISABLED = condition(fact="disability", **{"is": True})


def sentences(entry: Programme, **facts: FactValue) -> list[str]:
    case = Facts(facts)
    misses = near_misses(judge(entry, case, TODAY), case, TODAY, DECLARED)
    return near_miss(misses, {fact.id: fact for fact in DECLARED})


def test_a_second_company_would_do() -> None:
    assert sentences(programme(PARTNER), partner_companies=number(0, 0)) == [
        "Mit einem zweiten Betrieb wären die Voraussetzungen erfüllt."
    ]


def test_the_nearest_number_is_named() -> None:
    assert sentences(programme(SIZE), employees=number(7, 7)) == [
        "Mit 10 Beschäftigten wären die Voraussetzungen erfüllt."
    ]
    assert sentences(programme(SIZE), employees=number(2, 8)) == [
        "Mit 10 Beschäftigten wären die Voraussetzungen erfüllt."
    ]


def test_a_number_known_only_from_above_has_a_nearest_one_too() -> None:
    assert sentences(programme(SIZE), employees=number(None, 8)) == [
        "Mit 10 Beschäftigten wären die Voraussetzungen erfüllt."
    ]


def test_nobody_is_advised_to_shrink() -> None:
    assert sentences(programme(SIZE), employees=number(250, 250)) == []
    assert sentences(programme(SIZE), employees=number(250, None)) == []


def test_every_other_applicant_who_could_is_named() -> None:
    assert sentences(programme(COMPANY), applicant="person") == [
        "Stellt jemand anderes den Antrag (U oder S), wären die Voraussetzungen erfüllt."
    ]


def test_what_stays_open_is_said() -> None:
    assert sentences(programme(PARTNER, DISABLED), partner_companies=number(0, 0)) == [
        "Mit einem zweiten Betrieb wäre es nicht mehr ausgeschlossen; noch offen: Behinderung."
    ]


def test_two_changes_are_offered_only_where_one_is_not_enough() -> None:
    both = sentences(programme(PARTNER, SIZE), partner_companies=number(0, 0), employees=number(9, 9))
    assert both == ["Mit 10 Beschäftigten und mit einem zweiten Betrieb wären die Voraussetzungen erfüllt."]
    one = sentences(programme(PARTNER, SIZE), partner_companies=number(0, 0), employees=number(10, 10))
    assert one == ["Mit einem zweiten Betrieb wären die Voraussetzungen erfüllt."]


def test_another_applicant_and_a_number_make_one_sentence() -> None:
    found = sentences(programme(COMPANY, SIZE), applicant="person", employees=number(9, 9))
    assert found == [
        "Stellt jemand anderes den Antrag (U oder S), und zwar mit 10 Beschäftigten, wären die Voraussetzungen erfüllt."
    ]


def test_what_cannot_be_changed_is_not_offered() -> None:
    assert sentences(programme(DISABLED), disability=False) == []
    assert sentences(programme(PARTNER, DISABLED), partner_companies=number(0, 0), disability=False) == []


def test_a_yes_or_an_open_case_needs_no_change() -> None:
    assert sentences(programme(PARTNER), partner_companies=number(1, 1)) == []
    assert sentences(programme(PARTNER)) == []


def test_an_ended_instrument_cannot_be_turned() -> None:
    case = Facts({"partner_companies": number(0, 0)})
    entry = programme(PARTNER)
    late = TODAY.replace(year=2022)
    assert near_misses(judge(entry, case, late), case, late, DECLARED) == ()
    any_period = near_misses(judge(entry, case, late, any_period=True), case, late, DECLARED, any_period=True)
    assert [miss.verdict.eligibility for miss in any_period] == [Eligibility.YES]


def test_of_two_ways_the_yes_goes_before_what_only_opens() -> None:
    rule = condition(
        any=(
            {"fact": "partner_companies", "at_least": 5},
            {"all": ({"fact": "partner_companies", "at_least": 1}, {"fact": "disability", "is": True})},
        )
    )
    assert sentences(programme(rule), partner_companies=number(0, 0)) == [
        "Mit 5 weiteren Betrieben wären die Voraussetzungen erfüllt."
    ]


def test_every_near_miss_is_proven() -> None:
    case = Facts({"partner_companies": number(0, 0), "employees": number(3, 3)})
    entry = programme(PARTNER, SIZE)
    for miss in near_misses(judge(entry, case, TODAY), case, TODAY, DECLARED):
        changed = case.with_({fact.id: value for fact, value in miss.changes})
        assert judge(entry, changed, TODAY).eligibility is miss.verdict.eligibility is Eligibility.YES


# --- together ----------------------------------------------------------------------------------------------------


def version(*combinations: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"label": "F", "from": "2014-01-01", "source": SOURCE, "combinations": combinations, **changes}


def combination(effect: str, *programmes: str, text: str = "So steht es da.") -> dict[str, Any]:
    return {"text": text, "effect": effect, "programmes": programmes, "source": SOURCE}


def effects(entry: Programme, *others: Programme) -> list[tuple[str, str, list[str]]]:
    found = together(entry, {e.id: e for e in (entry, *others)}, others, TODAY)
    return [(t.combination.effect, t.of.id, [other.id for other in t.others]) for t in found]


def test_what_one_instrument_says_of_another_holds_for_both() -> None:
    first = programme(id="a", versions=(version(combination("excluded", "b"), combination("reduces")),))
    second = programme(id="b", versions=(version(),))
    third = programme(id="c", versions=(version(),))
    assert effects(first, second, third) == [("excluded", "a", ["b"]), ("reduces", "a", [])]
    assert effects(second, first, third) == [("excluded", "a", ["a"])]
    assert effects(third, first, second) == []


def test_what_both_say_is_shown_once() -> None:
    first = programme(id="a", versions=(version(combination("excluded", "b")),))
    second = programme(id="b", versions=(version(combination("excluded", "a"), combination("allowed", "a")),))
    assert effects(first, second) == [("excluded", "a", ["b"]), ("allowed", "b", ["b"])]


def test_combinations_are_those_of_the_day() -> None:
    old = version(combination("excluded", "b"), to="2015-12-31")
    first = programme(id="a", versions=(old, version(**{"from": "2016-01-01"})))
    second = programme(id="b", versions=(version(),))
    assert effects(second, first) == []
    assert effects(programme(id="c", versions=()), first) == []
