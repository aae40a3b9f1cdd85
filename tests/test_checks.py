"""Every code of `validate`: its failing example is found under exactly this code, the repaired one is clean."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sampling import copy_sample

from esfmatch import catalogue, scenarios
from esfmatch.advice import Advisor
from esfmatch.checks import gate
from esfmatch.checks.base import Check
from esfmatch.problems import Finding

SOURCES = Path(__file__).parent.parent / "esfmatch"
AS_OF = date(2022, 1, 1)


def findings_in(folder: Path) -> list[Finding]:
    inspection = gate.inspect(catalogue.read_files(folder), AS_OF)
    found = list(inspection.findings)
    if inspection.catalogue is not None:
        found += scenarios.run_all(folder / "cases", inspection.catalogue, inspection.documents)
        found += scenarios.run_gold(folder / "gold.yaml", Advisor(inspection.catalogue))
    return found


def plant(sample: Path, check: Check) -> Path:
    """Put the failing example where the repaired one stands; the file."""
    (path,) = [p for p in sample.rglob("*.yaml") if p.read_text(encoding="utf-8").count(check.repaired) == 1]
    text = path.read_text(encoding="utf-8")
    changed = text.replace(check.repaired, check.failing) if check.code != "ESF102" else check.failing
    path.write_bytes(changed.encode("utf-8", "surrogateescape"))
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return copy_sample(tmp_path)


def test_the_sample_is_sound(sample: Path) -> None:
    assert findings_in(sample) == []


@pytest.mark.parametrize("check", gate.all_checks(), ids=lambda check: check.code)
def test_the_failing_example_gets_exactly_its_code(sample: Path, check: Check) -> None:
    plant(sample, check)
    found = findings_in(sample)
    assert {finding.code for finding in found} == {check.code}, found
    assert {finding.severity for finding in found} == {check.severity}


def test_every_code_in_the_program_is_explained() -> None:
    written = {code for path in SOURCES.rglob("*.py") for code in re.findall(r"ESF[0-9]{3}", path.read_text("utf-8"))}
    assert written == {check.code for check in gate.all_checks()}


def test_codes_keep_their_meaning() -> None:
    titles = {check.code: check.title for check in gate.all_checks()}
    assert titles["ESF107"] == "Schlüssel doppelt"
    assert titles["ESF201"] == "Unbekannter Schlüssel"
    assert titles["ESF301"] == "Verweis ins Leere"
    assert titles["ESF601"] == "Fall kommt anders heraus"
