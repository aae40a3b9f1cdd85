"""German words for values: money, days, sources, requirements, periods, verdicts. No layout, no decisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from esfmatch.eligibility import Eligibility, Outcome, PeriodState, RuleResult, Verdict
from esfmatch.facts import Facts, FactValue, Interval, Period
from esfmatch.model import Approval, ApprovalsList, Approved, Benefit, Programme, Source, Test
from esfmatch.vocabulary import Fact

KINDS: Final = {
    "programme": "Förderprogramm",
    "call": "Förderaufruf",
    "initiative": "Initiative",
    "advice": "Beratungsangebot",
    "standard_instrument": "Regelinstrument",
    "plan": "Vorhaben des Landes",
    "body": "Gremium",
}
LEVELS: Final = {"eu": "EU", "federal": "Bund", "state": "Land NRW", "regional": "Region", "municipal": "Kommune"}
PERIODS: Final = {
    PeriodState.OPEN: "offen",
    PeriodState.ENDED: "beendet",
    PeriodState.UPCOMING: "noch nicht gestartet",
    PeriodState.UNKNOWN: "Stand unbekannt",
}
VERDICTS: Final = {
    Eligibility.YES: "Voraussetzungen erfüllt",
    Eligibility.NO: "Voraussetzungen nicht erfüllt",
    Eligibility.OPEN: "noch offen",
}
OUTCOMES: Final = {
    Outcome.MET: "erfüllt",
    Outcome.FAILED: "nicht erfüllt",
    Outcome.UNKNOWN: "offen",
    Outcome.NOT_APPLICABLE: "nicht geprüft",
}
APPLICANTS: Final = {
    "company": "Unternehmen",
    "provider": "Träger",
    "municipality": "Kommunen",
    "person": "Privatpersonen",
    "school": "Schulen",
    "association": "Verbände und Kammern",
    "university": "Hochschulen",
    "public_body": "öffentliche Stellen",
}
FACETS: Final = {
    "target_group": "Zielgruppe",
    "applicant": "wer fragt",
    "theme": "Thema",
    "name": "Name",
    "text": "Wortwahl",
}
CONFIDENCES: Final = {
    "official": "",
    "secondary": "",
    "conflicting": "Quellen widersprechen sich",
    "inferred": "von uns geschlossen",
    "unverified": "nicht belegt",
}


def number(value: Decimal | int) -> str:
    """1234.5 -> 1.234,5

    >>> number(Decimal("4500")), number(Decimal("2.5"))
    ('4.500', '2,5')
    """
    plain = Decimal(value)
    text = f"{plain:,.0f}" if plain == plain.to_integral_value() else f"{plain.normalize():,f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def euro(value: Decimal) -> str:
    """An amount of money, with cents only where there are any."""
    if value == value.to_integral_value():
        return f"{number(value)} Euro"
    return f"{value:,.2f} Euro".replace(",", "\0").replace(".", ",").replace("\0", ".")


def day(value: date) -> str:
    """31.12.2020"""
    return f"{value.day}.{value.month}.{value.year}"


def source(value: Source) -> str:
    """A source in short: „Konzept S. 24“, „Richtlinie Nr. 2.1.3“, or the publisher and what the page describes."""
    if value.doc:
        name = value.doc.capitalize()
        if value.section:
            return f"{name} Nr. {value.section}"
        pages = value.pages or ((value.page,) if value.page else ())
        return f"{name} S. {', '.join(str(page) for page in pages)}"
    return f"{value.publisher} ({value.describes})"


def sources(values: tuple[Source, ...]) -> str:
    """Several sources, each once."""
    return "; ".join(dict.fromkeys(source(value) for value in values))


def fact_value(fact: Fact, value: FactValue) -> str:
    """The value of a fact as people say it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Interval):
        unit = " Euro" if fact.type == "amount" else ""
        if value.exact is not None:
            return number(value.exact) + unit
        if value.low is None and value.high is not None:
            return f"höchstens {number(value.high)}{unit}"
        if value.high is None and value.low is not None:
            return f"mindestens {number(value.low)}{unit}"
        assert value.low is not None
        assert value.high is not None
        return f"{number(value.low)} bis {number(value.high)}{unit}"
    if isinstance(value, Period):
        return ".".join(str(int(part)) for part in reversed(value.text.split("-")))
    labels = {choice.id: choice.label for choice in fact.values}
    if isinstance(value, tuple):
        return ", ".join(labels.get(part, part) for part in value)
    return labels.get(value, value)


def requirement(test: Test, facts: dict[str, Fact]) -> str:
    """What a test asks for, in words: „Beschäftigte: mindestens 10 und höchstens 249“."""
    if test.all:
        return " und ".join(requirement(part, facts) for part in test.all)
    if test.any:
        return " oder ".join(requirement(part, facts) for part in test.any)
    if test.not_:
        return f"nicht ({requirement(test.not_, facts)})"
    fact = facts[test.fact or ""]
    return f"{fact.label}: {_bounds(test, fact)}"


def _bounds(test: Test, fact: Fact) -> str:
    if test.is_ is not None:
        return "ja" if test.is_ else "nein"
    if test.one_of:
        labels = {choice.id: choice.label for choice in fact.values}
        return " oder ".join(labels.get(value, value) for value in test.one_of)
    parts = [
        f"mindestens {number(test.at_least)}" if test.at_least is not None else "",
        f"mehr als {number(test.above)}" if test.above is not None else "",
        f"höchstens {number(test.at_most)}" if test.at_most is not None else "",
        f"weniger als {number(test.below)}" if test.below is not None else "",
        f"ab {day(test.not_before)}" if test.not_before else "",
        f"bis {day(test.not_after)}" if test.not_after else "",
    ]
    return " und ".join(part for part in parts if part)


def given(test: Test, values: Facts, facts: dict[str, Fact]) -> str:
    """The known facts that a test is about: „Beschäftigte: 9“."""
    known = []
    stack = [test]
    while stack:
        current = stack.pop(0)
        stack += [*current.all, *current.any, *((current.not_,) if current.not_ else ())]
        if current.fact in values and current.fact in facts:
            known.append(f"{facts[current.fact].label}: {fact_value(facts[current.fact], values[current.fact])}")
    return ", ".join(dict.fromkeys(known))


def because(rule: RuleResult, values: Facts, facts: dict[str, Fact]) -> str:
    """Why a rule speaks against it, with what was stated."""
    if rule.test is None:
        stated = values.get("date")
        if rule.fact == "date" and isinstance(stated, Period):
            return f"{rule.text} Angegeben: {fact_value(facts['date'], stated)}."
        return rule.text
    stated_words = given(rule.test, values, facts)
    return f"{rule.text.rstrip('.')} (angegeben: {stated_words})" if stated_words else rule.text


def near_miss(verdict: Verdict, values: Facts, facts: dict[str, Fact]) -> list[str]:
    """What would have to change, one line for each rule that fails."""
    lines = []
    for rule in verdict.failed:
        if rule.test is not None:
            stated_words = given(rule.test, values, facts)
            wanted = requirement(rule.test, facts)
            lines.append(f"Nötig wäre {wanted}" + (f" (angegeben: {stated_words})." if stated_words else "."))
    return lines


def benefit_line(benefit: Benefit, values: Facts) -> str:
    """The calculation in words with its result; an empty text where nothing is to be calculated."""
    unit = benefit.amount_eur or benefit.max_eur
    if benefit.kind != "sum" or unit is None:
        return ""
    counted = values.get(benefit.counts) if benefit.counts else None
    count = counted.exact if isinstance(counted, Interval) else None
    if benefit.counts and count is None:
        return ""
    factors = [f"{number(count)} × {euro(unit)}" if count is not None else euro(unit)]
    total = unit * (count if count is not None else Decimal(1))
    if benefit.months:
        factors.append(f"{benefit.months} Monate")
        total *= benefit.months
    if len(factors) == 1 and count is None:
        return ""
    at_most = "höchstens " if benefit.months or benefit.amount_eur is None else ""
    return f"{' × '.join(factors)} = {at_most}{euro(total)}"


def status_line(programme: Programme, period: PeriodState, as_of: date) -> str:
    """The status in a few words, with the day of the evidence where it already counts."""
    if as_of < programme.status.day:
        return f"{PERIODS[period]} am {day(as_of)}"
    return f"{PERIODS[period]} (letzter Beleg: {day(programme.status.day)})"


def approval_line(approval: Approval) -> str:
    """How much was approved, in short: „447 Vorhaben in NRW, 7 in der Region, Median 8.750 Euro“."""
    nrw, region = approval.nrw, approval.region
    in_region = number(region.operations) if region.operations else "keines"
    line = f"{number(nrw.operations)} Vorhaben in NRW, {in_region} in der Region"
    if nrw.median_eur is None:
        return line
    if region.median_eur in (None, nrw.median_eur):
        return f"{line}, Median {euro(nrw.median_eur)}"
    assert region.median_eur is not None
    return f"{line}, Median in der Region {euro(region.median_eur)} (NRW {euro(nrw.median_eur)})"


def approved_amounts(approved: Approved) -> str:
    """The amounts of some operations: median, smallest, largest and sum, and when they began."""
    assert approved.median_eur is not None
    assert approved.min_eur is not None
    assert approved.max_eur is not None
    assert approved.eligible_total_eur is not None
    words = f"Median {euro(approved.median_eur)}, {euro(approved.min_eur)} bis {euro(approved.max_eur)}"
    words += f", zusammen {euro(approved.eligible_total_eur)}"
    if approved.first_start and approved.last_start:
        words += f", Beginn {day(approved.first_start)} bis {day(approved.last_start)}"
    return words


def approvals_source(value: ApprovalsList) -> str:
    """Which list was counted and of which day."""
    return f"{value.publisher}, {value.title}, Liste vom {day(value.day)}, bewilligt bis {day(value.until)}"
