"""Behaviour: cases that people from the field write beside the catalogue, and whether the catalogue agrees with them.

A scenario names an instrument, a day, some facts and the verdict that is right, with the facts to ask for where it is
open. A gold query is a text and the instrument that must stand among the first. Both are run by `esfmatch validate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from msgspec import field
from pydantic import ValidationError

from esfmatch.advice import Advisor
from esfmatch.catalogue import Catalogue
from esfmatch.checks.base import explained
from esfmatch.checks.form import validation_findings
from esfmatch.checks.rules import key_of
from esfmatch.eligibility import Eligibility, RuleResult, Verdict, judge
from esfmatch.facts import Facts, fact_from_json
from esfmatch.files import MAX_CATALOGUE_BYTES, read_bytes
from esfmatch.model.basics import Day, Id, Key, Text
from esfmatch.model.rules import Condition
from esfmatch.problems import EsfmatchError, Finding, Place, near
from esfmatch.shapes import Limits, Model, validate
from esfmatch.yaml_source import Document, Value, read_yaml

WORDS: Final = {"eligible": "ja", "ineligible": "nein", "unknown": "offen"}

explained(
    "ESF601",
    "Fall kommt anders heraus",
    why="Der Fall sagt, was für diese Angaben richtig ist. Kommt etwas anderes heraus, ist die Regel im Katalog "
    "falsch oder der Fall. Hat eine einzige Bedingung entschieden, ist auch sie gemeldet.",
    failing="  facts: {in_nrw: true}\n  expect: ineligible\n",
    repaired="  facts: {in_nrw: true}\n  expect: eligible\n",
)
explained(
    "ESF602",
    "Angabe im Fall ist nicht zu verstehen",
    why="Ein Fall benutzt die Angaben und Werte aus vocabulary.yaml.",
    failing="  facts: {in_nrw: vielleicht}\n",
    repaired="  facts: {in_nrw: true}\n",
)
explained(
    "ESF603",
    "Erwarteter Rang verfehlt",
    why="Zu dieser Beschreibung muss das Instrument unter den ersten stehen; eine Änderung an Wörtern oder Stimmen "
    "hat es verdrängt.",
    failing="  expect: altes-lehrgeld\n",
    repaired="  expect: lehrgeld\n",
)


class Scenario(Model):
    """One case: `missing` names the facts to ask for, given only with `unknown`."""

    name: Text
    as_of: Day
    facts: dict[Key, Any]
    expect: Literal["eligible", "ineligible", "unknown"]
    missing: tuple[Key, ...] = ()
    any_period: bool = False


class ScenarioFile(Model):
    """One file of scenarios, all about one instrument."""

    schema_: Literal["esfmatch/cases/1"] = field(name="schema")
    programme: Id
    cases: tuple[Scenario, ...]


class GoldQuery(Model):
    """A text and the instrument that stands at rank `within` or better, instruments of any period counted."""

    text: Text
    expect: Id
    within: Annotated[int, Limits(ge=1, le=20)] = 3


class GoldFile(Model):
    """The file of gold queries, all as of one day."""

    schema_: Literal["esfmatch/gold/1"] = field(name="schema")
    as_of: Day
    queries: tuple[GoldQuery, ...]


def run_all(directory: Path, catalogue: Catalogue, places: Mapping[str, Document] | None = None) -> tuple[Finding, ...]:
    """Every scenario of a folder; a finding for each that does not come out as written. Raises InputError.

    places: the catalogue files by name, so that a finding can show the condition that decided.
    """
    findings: list[Finding] = []
    for path in sorted(directory.glob("*.yaml")):
        document, model, found = _read(path, ScenarioFile)
        findings += found
        if isinstance(model, ScenarioFile) and document is not None:
            findings += _run(model, document, catalogue, (places or {}).get("programmes.yaml"))
    return tuple(findings)


def run_gold(path: Path, advisor: Advisor) -> tuple[Finding, ...]:
    """Every gold query of a file; a finding for each whose instrument is not among the first. Raises InputError."""
    document, model, findings = _read(path, GoldFile)
    if not isinstance(model, GoldFile) or document is None:
        return findings
    found = list(findings)
    for number, query in enumerate(model.queries):
        place = document.place(("queries", number, "expect"))
        if query.expect not in advisor.catalogue.by_id:
            hint = near(query.expect, advisor.catalogue.by_id)
            found.append(Finding(place, "ESF301", f"Instrument „{query.expect}“ gibt es nicht.", hint))
            continue
        advice = advisor.suggest(query.text, model.as_of, any_period=True, limit=query.within)
        ids = [suggestion.programme.id for suggestion in advice.suggestions]
        if query.expect not in ids:
            message = f"„{query.expect}“ ist nicht unter den ersten {query.within}."
            found.append(Finding(place, "ESF603", message, f"Dort stehen: {', '.join(ids) or 'keine Vorschläge'}."))
    return tuple(found)


def _read(path: Path, kind: type[Model]) -> tuple[Document | None, Model | None, tuple[Finding, ...]]:
    document, found = read_yaml(str(path), read_bytes(path, str(path), MAX_CATALOGUE_BYTES))
    if document is None or found:
        return None, None, found
    try:
        return document, validate(kind, document.value), found
    except ValidationError as error:
        return document, None, (*found, *validation_findings(error, document, kind))


def _run(file: ScenarioFile, document: Document, catalogue: Catalogue, programmes: Document | None) -> list[Finding]:
    programme = catalogue.by_id.get(file.programme)
    if programme is None:
        message, hint = f"Instrument „{file.programme}“ gibt es nicht.", near(file.programme, catalogue.by_id)
        return [Finding(document.place(("programme",)), "ESF301", message, hint)]
    findings = []
    for number, case in enumerate(file.cases):
        place = document.place(("cases", number, "expect"))
        try:
            facts = Facts({key: fact_from_json(catalogue.facts[key], value) for key, value in case.facts.items()})
        except KeyError as error:
            message = f"„{case.name}“: Die Angabe {error} gibt es nicht."
            findings.append(Finding(document.place(("cases", number, "facts")), "ESF602", message))
            continue
        except EsfmatchError as error:
            findings.append(Finding(document.place(("cases", number, "facts")), "ESF602", f"„{case.name}“: {error}"))
            continue
        verdict = judge(programme, facts, case.as_of, any_period=case.any_period)
        if verdict.eligibility.value != case.expect:
            got, wanted = WORDS[verdict.eligibility.value], WORDS[case.expect]
            message = f"„{case.name}“ ergibt {got}, erwartet ist {wanted}."
            deciding = [rule for rule in verdict.rules if rule.decides and rule.outcome.value != "met"]
            reasons = " · ".join(rule.text for rule in deciding)
            conditions = _conditions(verdict, deciding, programmes)
            related = tuple((shown, "diese Bedingung") for shown, _ in conditions)
            findings.append(Finding(place, "ESF601", message, reasons, related))
            blamed = _blamed(verdict, case, conditions, programmes)
            if blamed is not None and blamed not in {finding.place for finding in findings}:
                said = f"Deshalb ergibt der Fall „{case.name}“ {got}, erwartet ist {wanted}."
                findings.append(Finding(blamed, "ESF601", said, "", ((place, "dieser Fall"),)))
        elif case.missing and set(verdict.missing) != set(case.missing):
            asked, wanted = ", ".join(verdict.missing) or "nichts", ", ".join(case.missing)
            message = f"„{case.name}“ fragt nach {asked}, erwartet ist {wanted}."
            findings.append(Finding(place, "ESF601", message))
    return findings


def _conditions(
    verdict: Verdict, rules: list[RuleResult], document: Document | None
) -> tuple[tuple[Place, Place], ...]:
    """Where the conditions behind these rules stand in the catalogue file: their texts and what they compare with."""
    version = verdict.version
    if document is None or version is None:
        return ()
    number = _idents(document).index(verdict.programme.id)
    above = ("programmes", number, "versions", verdict.programme.versions.index(version))
    found = []
    for rule in rules:
        if rule.test in version.conditions:
            path = (*above, "conditions", version.conditions.index(rule.test))
            found.append((document.place((*path, "text")), document.place((*path, _compared(rule.test)))))
    return tuple(found)


def _blamed(
    verdict: Verdict, case: Scenario, conditions: tuple[tuple[Place, Place], ...], document: Document | None
) -> Place | None:
    """The one place in the catalogue file that a verdict hangs on, if there is only one.

    A yes hangs on no condition; but a case that is to be open and asks for nothing is open because of the status.
    """
    if verdict.eligibility is not Eligibility.YES:
        return conditions[0][1] if len(conditions) == 1 else None
    if case.expect != "unknown" or case.missing or document is None:
        return None
    number = _idents(document).index(verdict.programme.id)
    return document.place(("programmes", number, "status", "value"))


def _idents(document: Document) -> list[Value]:
    """The ids of the instruments in the catalogue file, in their order."""
    entries = _items(document.value.get("programmes")) if isinstance(document.value, dict) else ()
    return [entry.get("id") if isinstance(entry, dict) else None for entry in entries]


def _compared(condition: Condition) -> str:
    """The key under which a condition says what it compares with."""
    parts = {"any": condition.any, "all": condition.all, "not": condition.not_}
    return next((key for key, part in parts.items() if part), key_of(condition))


def _items(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else ()
