"""Results as JSON: their own documented shapes with a schema name, independent of the inner types."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from esfmatch.advice import Advice, Suggestion
from esfmatch.catalogue import Catalogue
from esfmatch.coverage import Row, Standing
from esfmatch.eligibility import (
    Question,
    RuleResult,
    Verdict,
    benefits_for,
    calculate,
    period_on,
    together,
)
from esfmatch.facts import Facts, value_to_json
from esfmatch.legitimation import Claim, legitimation
from esfmatch.model.evidence import Source
from esfmatch.model.programmes import Benefit, Programme, Version
from esfmatch.problems import Finding
from esfmatch.render import wording
from esfmatch.render.cleaning import json_text
from esfmatch.shapes import plain
from esfmatch.unanswered import Unanswered

if TYPE_CHECKING:
    from esfmatch.eligibility.checking import Check

Json = dict[str, Any]
_in_one_line: Final = msgspec.json.Encoder(decimal_format="number").encode


def dumps(value: Any, *, pretty: bool = True) -> str:
    """JSON text; never a control character, umlauts as they are. Not `pretty`: one line, eight times as fast."""
    if not pretty:
        with contextlib.suppress(UnicodeEncodeError):  # lone surrogates, which only the slow way can write
            return json_text(_in_one_line(value).decode())
    import json  # most rows do without

    return json_text(json.dumps(value, ensure_ascii=False, indent=2 if pretty else None, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


@lru_cache(maxsize=10_000)
def source(value: Source) -> Json:
    """A source with the keys that it has."""
    return {key: entry for key, entry in plain(value).items() if entry != ()}


def suggest(
    advice: Advice,
    catalogue: Catalogue,
    ident: str | None = None,
    open_ends: Iterable[Unanswered] | None = None,
) -> Json:
    """The answer to one text (schema esfmatch/suggest/1), with its id in a list or with what it leaves open."""
    facts = dict(catalogue.facts)
    concepts = catalogue.concepts
    groups = [m for m in advice.reading.mentions if concepts[m.concept].facet == "target_group"]
    return {
        "schema": "esfmatch/suggest/1",
        **({"id": ident} if ident is not None else {}),
        "text": advice.text,
        "as_of": advice.as_of.isoformat(),
        "facts": advice.facts.to_json(),
        "facts_from": [{"fact": key, "span": list(span)} for key, span in advice.reading.facts_from()],
        "contradicted": list(advice.reading.contradicted),
        "target_groups": list(dict.fromkeys(concepts[m.concept].label for m in groups if not m.negated)),
        "negated": list(dict.fromkeys(concepts[m.concept].label for m in groups if m.negated)),
        "suggestions": [_suggestion(s, catalogue, advice) for s in advice.suggestions],
        "excluded": [
            {"id": e.programme.id, "because": [wording.because(r, advice.facts, facts) for r in e.verdict.failed]}
            for e in advice.excluded
        ],
        "needs": [{"id": need.id, "score": score} for need, score in advice.needs],
        "reference_projects": [project.id for project in advice.reference_projects],
        "questions": [question(q) for q in advice.questions],
        "hint": advice.elsewhere.hint if advice.elsewhere else None,
        **({"unanswered": _unanswered(open_ends)} if open_ends is not None else {}),
    }


def _suggestion(suggestion: Suggestion, catalogue: Catalogue, advice: Advice) -> Json:
    programme = suggestion.programme
    return {
        "id": programme.id,
        "name": programme.name,
        "score": suggestion.score,
        "eligibility": suggestion.verdict.eligibility.value,
        "period": suggestion.verdict.period.value,
        "version": suggestion.verdict.version.label if suggestion.verdict.version else None,
        "status_day": programme.status.day.isoformat(),
        "grants": programme.grants,
        "acts": programme.acts,
        "successors": [successor.id for successor in programme.successors],
        "evidence": [
            {"span": list(e.span), "facet": e.facet, "concept": e.concept, "points": e.points}
            for e in suggestion.evidence
        ],
        "rules": _rules(suggestion.verdict),
        "missing": list(suggestion.verdict.missing),
        "combinations": combinations(programme, catalogue, advice.as_of),
        "needs": [need.id for need in suggestion.needs],
        "legitimation": [
            claim(value) for value in legitimation(programme, catalogue, [need.id for need, _ in advice.needs])
        ],
        "reference_projects": [project.id for project in suggestion.reference_projects],
        "approvals": approvals(programme.id, catalogue),
    }


@lru_cache(maxsize=10_000)
def claim(value: Claim) -> Json:
    """A level of the concept that an instrument answers."""
    return {
        "level": value.need.kind,
        "id": value.need.id,
        "name": value.need.name,
        "source": [source(s) for s in value.need.source],
        "stated": value.link.stated,
        "why": value.link.why,
        "stated_in": [source(s) for s in value.link.source],
        "via": value.via.id if value.via else None,
    }


def _unanswered(parts: Iterable[Unanswered]) -> list[Json]:
    """The parts of a text that no instrument answers."""
    return [
        {
            "span": list(part.span),
            "topic": part.topic.id if part.topic else None,
            "hint": part.topic.hint if part.topic else None,
            "need": part.row.need.id if part.row else None,
            "reason": part.row.gap.value if part.row and part.row.gap else None,
        }
        for part in parts
    ]


@lru_cache(maxsize=2_000)  # few texts state many facts, so the same verdicts come again and again
def _rules(verdict: Verdict) -> list[Json]:
    return [rule(result) for result in verdict.rules]


def rule(result: RuleResult) -> Json:
    """One rule of a trace."""
    return {
        "outcome": result.outcome.value,
        "text": result.text,
        "fact": result.fact,
        "source": source(result.source[0]),
        "decides": result.decides,
    }


def question(value: Question) -> Json:
    """A question with the instruments that it decides."""
    return {"fact": value.fact.id, "text": value.text, "decides": list(value.decides)}


def combinations(programme: Programme, catalogue: Catalogue, as_of: date) -> list[Json]:
    """What may and may not be combined with an instrument, from its own entry and from those that name it."""
    return [
        {
            "effect": entry.combination.effect,
            "text": entry.combination.text,
            "programmes": [other.id for other in entry.others],
            "stated_by": entry.of.id,
            "source": source(entry.combination.source[0]),
        }
        for entry in together(programme, catalogue.by_id, catalogue.naming(programme), as_of)
    ]


def check(checked: Check, catalogue: Catalogue) -> Json:
    """The verdict on one instrument (schema esfmatch/check/1)."""
    verdict, facts = checked.verdict, checked.facts
    programme, version = verdict.programme, verdict.version
    benefits = [_benefit(benefit, facts) for benefit in benefits_for(version, facts)]
    return {
        "schema": "esfmatch/check/1",
        "programme": programme.id,
        "eligibility": verdict.eligibility.value,
        "as_of": checked.as_of.isoformat(),
        "period": verdict.period.value,
        "version": version.label if version else None,
        "grants": programme.grants,
        "acts": programme.acts,
        "successors": [successor.id for successor in programme.successors],
        "facts": facts.to_json(),
        "rules": _rules(verdict),
        "missing": list(verdict.missing),
        "near_miss": wording.near_miss(checked.near_misses, dict(catalogue.facts)),
        "questions": [question(q) for q in checked.questions],
        "benefit": benefits[0] if benefits else None,
        "benefits": benefits,
        "steps": [s.text for s in (*version.steps, *version.papers)] if version else [],
        "combinations": combinations(programme, catalogue, checked.as_of),
        "sources": [source(s) for s in (version.source if version else programme.source)],
    }


def _benefit(benefit: Benefit, facts: Facts) -> Json:
    found = calculate(benefit, facts)
    return {
        "text": benefit.text,
        "amount_eur": benefit.amount_eur,
        "max_eur": benefit.max_eur,
        "rate_percent": benefit.rate_percent,
        "per": benefit.per,
        "calculation": wording.benefit_line(benefit, facts) or None,
        "total_eur": value_to_json(found.total) if found else None,
    }


def programme(value: Programme, version: Version | None, period: str, catalogue: Catalogue, as_of: date) -> Json:
    """One instrument in full (schema esfmatch/show/1): the entry and what counts on the day."""
    entry = plain(value, empty=True)
    predecessors = [p.id for p in catalogue.naming(value) if any(s.id == value.id for s in p.successors)]
    return {
        "schema": "esfmatch/show/1",
        "as_of": as_of.isoformat(),
        "period": period,
        "version": version.label if version else None,
        "predecessors": predecessors,
        "reference_projects": [project.id for project in catalogue.precedents(value)],
        "approvals": approvals(value.id, catalogue),
        "combinations": combinations(value, catalogue, as_of),
        "programme": entry,
    }


def approvals(ident: str, catalogue: Catalogue) -> Json | None:
    """What was approved for one instrument, with the list that was counted; None where nothing is known."""
    entry = catalogue.approvals.get(ident)
    if entry is None:
        return None
    listed = plain(catalogue.approvals_list)
    return {key: _numbers(value) for key, value in plain(entry).items() if key != "programme"} | {"source": listed}


def _numbers(value: Any) -> Any:
    """Groups with sums as plain numbers, which JSON has in one way only."""
    if isinstance(value, dict):
        return {key: _numbers(entry) for key, entry in value.items()}
    return _plain(value) if isinstance(value, Decimal) else value


def needs(rows: Iterable[Row], as_of: date) -> Json:
    """Needs with the instruments that are linked to them, usable ones first (schema esfmatch/needs/1)."""
    entries = []
    for row in rows:
        need, order = row.need, list(Standing)
        cells = sorted(row.cells, key=lambda cell: (order.index(cell.standing), not cell.link.stated))
        answered = [
            {
                "id": cell.programme.id,
                "period": period_on(cell.programme, as_of).value,
                "standing": cell.standing.value,
                "grants": cell.programme.grants,
                "stated": cell.link.stated,
                "why": cell.link.why,
                "via": cell.via.id if cell.via else None,
            }
            for cell in cells
        ]
        shape = {"id": need.id, "name": need.name, "kind": need.kind, "parent": need.parent, "summary": need.summary}
        above = {"handlungsfelder": list(need.handlungsfelder), "source": [source(s) for s in need.source]}
        gap = row.gap.value if row.gap else None
        entries.append({**shape, **above, "gap": gap, "programmes": answered})
    return {"schema": "esfmatch/needs/1", "as_of": as_of.isoformat(), "needs": entries}


def validation(findings: Sequence[Finding]) -> Json:
    """The outcome of validate."""
    severities = [value.severity.value for value in findings]
    return {
        "schema": "esfmatch/validate/1",
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "findings": [finding(value) for value in findings],
    }


def finding(value: Finding) -> Json:
    """One finding of validate."""
    return {
        "code": value.code,
        "severity": value.severity.value,
        "file": value.place.file,
        "line": value.place.line,
        "column": value.place.column,
        "message": value.message,
        "hint": value.hint,
        "related": [{"file": p.file, "line": p.line, "column": p.column, "message": m} for p, m in value.related],
    }
