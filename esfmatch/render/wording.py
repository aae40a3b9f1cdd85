"""German words for values: money, days, sources, requirements, periods, verdicts. No layout, no decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from esfmatch.eligibility import (
    Eligibility,
    NearMiss,
    Outcome,
    PeriodState,
    RuleResult,
    Together,
    Verdict,
    calculate,
    shown_since,
)
from esfmatch.facts import Facts, FactValue, Interval, Period
from esfmatch.legitimation import Claim
from esfmatch.model.evidence import Source
from esfmatch.model.programmes import Benefit, Programme
from esfmatch.model.region import Approval, ApprovalsList, Approved, Need
from esfmatch.model.rules import Test
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
# for what nobody can apply for: the verdict is about whom it is meant for
ADDRESSED: Final = {
    Eligibility.YES: "Gehört zu denen, um die es geht; einen Antrag kann niemand stellen",
    Eligibility.NO: "Kein Antrag möglich",
    Eligibility.OPEN: "Offen, ob es darum geht; einen Antrag kann niemand stellen",
}
EFFECTS: Final = {
    "excluded": "nicht zusammen",
    "reduces": "wird angerechnet",
    "de_minimis": "De-minimis-Beihilfe",
    "required": "nur zusammen",
    "allowed": "zusammen möglich",
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

_WORDS_SHOWN: Final = 5
_WORTH_SHOWING: Final = 0.2


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
    return f"{_plain_euro(value)} Euro"


def _plain_euro(value: Decimal) -> str:
    if value == value.to_integral_value():
        return number(value)
    return f"{value:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", ".")


def day(value: date) -> str:
    """31.12.2020"""
    return f"{value.day}.{value.month}.{value.year}"


def source(value: Source) -> str:
    """A source in short: „Konzept S. 24“, „Richtlinie Nr. 2.1.3“, or the publisher and what the page describes."""
    return sources((value,))


def sources(values: tuple[Source, ...]) -> str:
    """Several sources, each once, the pages of a document together: „Konzept S. 4, 24; Richtlinie Nr. 2.1“."""
    found: dict[str, dict[str, None]] = {}
    for value in values:
        if value.doc is None:
            found[f"{value.publisher} ({value.describes})"] = {}
        elif value.section:
            found.setdefault(f"{value.doc.capitalize()} Nr.", {})[value.section] = None
        else:
            pages = value.pages or ((value.page,) if value.page else ())
            found.setdefault(f"{value.doc.capitalize()} S.", {}).update({str(page): None for page in pages})
    return "; ".join(f"{head} {', '.join(places)}" if places else head for head, places in found.items())


def fact_value(fact: Fact, value: FactValue) -> str:
    """The value of a fact as people say it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Interval):
        return _amount(value) if fact.type == "amount" else _span(value)
    if isinstance(value, Period):
        return ".".join(str(int(part)) for part in reversed(value.text.split("-")))
    labels = {choice.id: choice.label for choice in fact.values}
    if isinstance(value, tuple):
        return ", ".join(labels.get(part, part) for part in value)
    return labels.get(value, value)


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


def outcome(rule: RuleResult) -> str:
    """The outcome of a rule in words; what is only presumed says so, and an exception is named where it matters."""
    if rule.test is not None and rule.outcome is Outcome.NOT_APPLICABLE and rule.missing:
        return "angenommen"
    if rule.test is not None and rule.test.exception and rule.outcome is Outcome.UNKNOWN and not rule.missing:
        return f"offen; {rule.test.exception.rstrip('.')}"
    return OUTCOMES[rule.outcome]


def near_miss(misses: tuple[NearMiss, ...], facts: dict[str, Fact]) -> list[str]:
    """What would have to be different, a sentence for each way: „Mit einem zweiten Betrieb wären …“."""
    ways: dict[tuple[str, str], list[str]] = {}
    for miss in misses:
        choices = [fact_value(fact, value) for fact, value in miss.changes if fact.values]
        ways.setdefault((_changes(miss), _consequence(miss, facts)), []).extend(choices)
    return [f"{start.format(' oder '.join(choices))} {end}" for (start, end), choices in ways.items()]


def _changes(miss: NearMiss) -> str:
    """The changes in words, the values of a choice left open."""
    phrases, clauses = [], []
    for fact, value in miss.changes:
        assert fact.change is not None
        if fact.values:
            clauses.append(fact.change.text)
        elif fact.change.one and isinstance(value, Interval) and value.exact == 1:
            phrases.append(fact.change.one)
        else:
            phrases.append(fact.change.text.format(fact_value(fact, value)))
    together = " und ".join([*phrases[:1], *(phrase[0].lower() + phrase[1:] for phrase in phrases[1:])])
    if not clauses:
        return together
    return clauses[0] + (f" und zwar {together[0].lower()}{together[1:]}," if together else "")


def _consequence(miss: NearMiss, facts: dict[str, Fact]) -> str:
    if miss.verdict.eligibility is Eligibility.YES:
        return "wären die Voraussetzungen erfüllt."
    labels = [facts[key].label for key in miss.verdict.missing if key in facts]
    return "wäre es nicht mehr ausgeschlossen" + (f"; noch offen: {', '.join(labels)}." if labels else ".")


def benefit_line(benefit: Benefit, values: Facts) -> str:
    """The calculation in words with its result; an empty text where nothing is to be calculated."""
    found = calculate(benefit, values)
    if found is None:
        return ""
    at_most = "höchstens " if found.at_most and found.total.low is not None else ""
    if found.percent is not None:
        assert found.count is not None
        cut = ", die Obergrenze" if found.capped else ""
        return f"{number(found.percent)} Prozent von {_amount(found.count)} = {at_most}{_amount(found.total)}{cut}"
    assert found.unit is not None
    factors = [euro(found.unit), *([f"{found.months} Monate"] if found.months else [])]
    if found.count is not None:
        factors.insert(0, _span(found.count))
    each = " im Monat" if not found.months and "Monat" in (benefit.per or "") else ""
    return f"{' × '.join(factors)} = {at_most}{_amount(found.total)}{each}"


def _span(value: Interval, *, cents: bool = False) -> str:
    """A number or a range in words: „3“, „2 bis 3“, „mindestens 2“, „höchstens 3“."""
    form = _plain_euro if cents else number
    if value.exact is not None:
        return form(value.exact)
    if value.low is None or value.high is None:
        bound = value.high if value.low is None else value.low
        assert bound is not None
        return f"{'höchstens' if value.low is None else 'mindestens'} {form(bound)}"
    return f"{form(value.low)} bis {form(value.high)}"


def _amount(value: Interval) -> str:
    return f"{_span(value, cents=True)} Euro"


def status_line(programme: Programme, period: PeriodState, as_of: date) -> str:
    """The status in a few words, with the day of the evidence where it already counts, or of the first one to come."""
    if as_of < programme.status.day:
        first = shown_since(programme)
        later = f"; belegt erst ab {day(first)}" if period is PeriodState.UNKNOWN and as_of < first else ""
        return f"{PERIODS[period]} am {day(as_of)}{later}"
    return f"{PERIODS[period]} (letzter Beleg: {day(programme.status.day)})"


def need_path(need: Need, needs: Mapping[str, Need]) -> str:
    """What kind of need it is, and what stands above it: „Handlungsbedarf in …, Handlungsfeld …“."""
    path = need.kind.capitalize()
    if need.parent:
        path += f" im Schwerpunkt {needs[need.parent].name}"
    if need.handlungsfelder:
        path += f", Handlungsfeld {' und '.join(needs[ident].name for ident in need.handlungsfelder)}"
    return path


def claim(value: Claim) -> str:
    """A level of the concept that an instrument answers, its page, and who says so."""
    need, link = value.need, value.link
    by = f"so {sources(link.source)}" if link.stated else "unsere Einschätzung"
    if link.source and not link.stated:
        by = f"{by} nach {sources(link.source)}"
    via = " über den Handlungsbedarf" if value.via else ""
    return f"{need.kind.capitalize()} {need.name} ({sources(need.source)}) – {by}{via}"


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


def towns(approval: Approval) -> str:
    """The operations by town of the region: „Hamm 2, Dortmund 2“."""
    return ", ".join(f"{town} {number(count)}" for town, count in approval.region.by_town.items())


def approvals_source(value: ApprovalsList) -> str:
    """Which list was counted and of which day."""
    return f"{value.publisher}, {value.title}, Liste vom {day(value.day)}, bewilligt bis {day(value.until)}"


def verdict_words(verdict: Verdict) -> str:
    """What the rules say together; never that somebody may apply for what nobody can apply for."""
    if not verdict.programme.grants:
        return ADDRESSED[verdict.eligibility]
    if verdict.failed and all(rule.fact == "applicant" for rule in verdict.failed):
        return f"{VERDICTS[Eligibility.NO]}; den Antrag müsste jemand anders stellen"
    return VERDICTS[verdict.eligibility]


def together(entry: Together) -> str:
    """One statement on combining, with its effect, the instruments meant and its source."""
    names = ", ".join(f"{other.name} ({other.id})" for other in entry.others)
    effect = EFFECTS[entry.combination.effect]
    return f"{effect}{f' mit {names}' if names else ''}: {entry.combination.text} ({sources(entry.combination.source)})"


def telling_words(evidence: Iterable[tuple[tuple[int, int], str, float]], text: str) -> list[str]:
    """The words of the text that count most, the strongest first, each once; evidence as span, facet and points."""
    weights: dict[tuple[int, int], float] = {}
    for span, facet, points in evidence:
        if points > 0 and facet != "applicant" and span[0] < span[1]:  # a stated fact stands in no word
            weights[span] = weights.get(span, 0.0) + points
    strongest = max(weights.values(), default=0.0)
    shown: list[tuple[int, int]] = []
    for span in sorted(weights, key=lambda s: (-weights[s], s)):
        if weights[span] < _WORTH_SHOWING * strongest:
            break
        touching = [other for other in shown if span[0] < other[1] and other[0] < span[1]]
        if not touching and len(shown) == _WORDS_SHOWN:
            continue
        joined = (min([span[0], *(o[0] for o in touching)]), max([span[1], *(o[1] for o in touching)]))
        shown = [other for other in shown if other not in touching] + [joined]
    return [text[start:end] for start, end in shown]
