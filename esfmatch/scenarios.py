"""Scenarios: cases that people from the field write beside the catalogue, and whether the rules agree with them.

A scenario names an instrument, a day, some facts and the verdict that is right, with the facts to ask for where it is
open. They are run by the tests and by `esfmatch validate`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, ValidationError

from esfmatch.catalogue import Catalogue
from esfmatch.checks.form import validation_findings
from esfmatch.eligibility import judge
from esfmatch.facts import Facts, fact_from_json
from esfmatch.files import read_start
from esfmatch.model import Day, Id, Key, Model, Text
from esfmatch.problems import EsfmatchError, Finding
from esfmatch.yaml_source import MAX_BYTES, Document, read_yaml

WORDS: Final = {"eligible": "ja", "ineligible": "nein", "unknown": "offen"}


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

    schema_: Literal["esfmatch/cases/1"] = Field(alias="schema")
    programme: Id
    cases: tuple[Scenario, ...]


def run_all(directory: Path, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Every scenario of a folder; a finding for each that does not come out as written. Raises InputError."""
    findings: list[Finding] = []
    for path in sorted(directory.glob("*.yaml")):
        document, found = read_yaml(str(path), read_start(path, str(path), MAX_BYTES + 1))
        findings += found
        if document is None:
            continue
        try:
            file = ScenarioFile.model_validate(document.value)
        except ValidationError as error:
            findings += validation_findings(error, document, ScenarioFile)
            continue
        findings += _run(file, document, catalogue)
    return tuple(findings)


def _run(file: ScenarioFile, document: Document, catalogue: Catalogue) -> list[Finding]:
    programme = catalogue.by_id.get(file.programme)
    if programme is None:
        message = f"Instrument „{file.programme}“ gibt es nicht."
        return [Finding(document.place(("programme",)), "ESF301", message)]
    findings = []
    for number, case in enumerate(file.cases):
        place = document.place(("cases", number, "expect"))
        try:
            facts = Facts({key: fact_from_json(catalogue.facts[key], value) for key, value in case.facts.items()})
        except (KeyError, EsfmatchError) as error:
            findings.append(Finding(document.place(("cases", number, "facts")), "ESF602", f"„{case.name}“: {error}"))
            continue
        verdict = judge(programme, facts, case.as_of, any_period=case.any_period)
        if verdict.eligibility.value != case.expect:
            got, wanted = WORDS[verdict.eligibility.value], WORDS[case.expect]
            message = f"„{case.name}“ ergibt {got}, erwartet ist {wanted}."
            reasons = [rule.text for rule in verdict.rules if rule.decides and rule.outcome.value != "met"]
            findings.append(Finding(place, "ESF601", message, " · ".join(reasons)))
        elif case.missing and set(verdict.missing) != set(case.missing):
            asked, wanted = ", ".join(verdict.missing) or "nichts", ", ".join(case.missing)
            message = f"„{case.name}“ fragt nach {asked}, erwartet ist {wanted}."
            findings.append(Finding(place, "ESF601", message))
    return findings
