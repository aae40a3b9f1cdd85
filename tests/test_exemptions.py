"""Exceptions: each hides its own finding at its own entry, up to its day, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from sampling import changed_sample

from esfmatch.checks import gate
from esfmatch.checks.base import CHECKS
from esfmatch.problems import Finding

FILE = "programmes.yaml"
LAST_DAY = date(2035, 12, 31)
KEPT = "- code: ESF405\n  entry: lehrling-plus\n"

NO_DAY = ("  summary: Geld für die Lehre.\n", "  summary: Geld seit dem 31. Juni.\n")
EXCEPTION = '- code: ESF410\n  entry: {}\n  owner: Redaktion\n  reason: So geschrieben.\n  until: "2035-12-31"\n'


def findings(*changes: tuple[str, str], day: date = date(2022, 1, 1), file: str = FILE) -> list[Finding]:
    return list(gate.inspect(changed_sample(file, *changes), day).findings)


def codes(*changes: tuple[str, str], day: date = date(2022, 1, 1), file: str = FILE) -> list[str]:
    return [finding.code for finding in findings(*changes, day=day, file=file)]


def with_exception(entry: str, *more: tuple[str, str], about: str = "") -> list[str]:
    """The codes found in the sample with an impossible day in „lehrgeld“ and an exception for `entry`."""
    exception = EXCEPTION.format(entry).replace("  owner", f"  about: {about}\n  owner" if about else "  owner")
    return codes(("exceptions:\n", f"exceptions:\n{exception}"), NO_DAY, *more)


def test_without_its_exception_the_finding_is_there() -> None:
    text = changed_sample(FILE)[FILE].decode()
    block = text[text.index("exceptions:\n") : text.index("documents:\n")]
    assert codes((block, "")) == ["ESF405"]


def test_an_exception_holds_up_to_its_last_day() -> None:
    assert not {"ESF901", "ESF902"} & set(codes(day=LAST_DAY))
    assert "ESF901" in codes(day=date(2036, 1, 1))


def test_one_that_is_over_says_since_when_and_who_decides() -> None:
    (found,) = [finding for finding in findings(day=date(2036, 1, 1)) if finding.code == "ESF901"]
    assert (found.place.file, found.place.line) == (FILE, 8)
    assert "ESF405 galt bis 31.12.2035 (zuständig: Redaktion)" in found.message
    assert found.severity is CHECKS["ESF901"].severity


def test_it_hides_its_finding_at_its_entry() -> None:
    assert with_exception("lehrgeld") == []


def test_it_hides_nothing_at_another_entry() -> None:
    assert with_exception("altes-lehrgeld") == ["ESF902", "ESF410"]


def test_it_hides_nothing_under_another_code() -> None:
    assert codes((KEPT, KEPT.replace("ESF405", "ESF406"))) == ["ESF902", "ESF405"]


def test_it_hides_nothing_in_another_file() -> None:
    exception = "exceptions:\n" + EXCEPTION.format("bedarf").replace("ESF410", "ESF405").replace(
        "bedarf", "lehrling-plus"
    )
    assert codes(("region:\n", f"{exception}region:\n"), file="needs.yaml") == ["ESF902"]


def test_it_hides_what_its_words_name_and_no_more() -> None:
    assert with_exception("lehrgeld", about="gibt es nicht") == []
    assert with_exception("lehrgeld", about="Seitenzahl") == ["ESF902", "ESF410"]


def test_it_hides_a_finding_that_names_the_entry_as_a_further_place() -> None:
    twice = ("  name: Altes Prämienmodell\n", "  name: Kleines Lehrgeld\n")
    found = [finding for finding in findings(twice) if finding.code == "ESF701"]
    assert len(found) == 2
    exception = EXCEPTION.replace("ESF410", "ESF701").format("lehrgeld")
    assert "ESF701" not in codes(("exceptions:\n", f"exceptions:\n{exception}"), twice)


def test_what_stands_before_every_entry_belongs_to_none() -> None:
    title = ("  title: Konzept vom 1. März 2021\n", "  title: Konzept vom 1. März 2021 zum 31. Juni\n")
    exception = EXCEPTION.format("konzept")
    assert "ESF410" not in codes(("exceptions:\n", f"exceptions:\n{exception}"), title)
    before = EXCEPTION.format("lehrgeld").replace("So geschrieben", "Seit dem 31. Juni")
    assert "ESF410" in codes(("exceptions:\n", f"exceptions:\n{before}"))


@pytest.mark.parametrize("code", ["ESF107", "ESF201", "ESF301", "ESF302", "ESF303", "ESF601", "ESF902", "ESF000"])
def test_there_is_none_from_what_a_catalogue_needs(code: str) -> None:
    assert "ESF903" in codes((KEPT, KEPT.replace("ESF405", code)))


def test_from_other_references_there_may_be_one() -> None:
    assert codes((KEPT, KEPT.replace("ESF405", "ESF304"))) == ["ESF902", "ESF405"]


def test_it_is_not_called_idle_while_a_file_cannot_be_read_whole() -> None:
    assert codes((KEPT, KEPT.replace("ESF405", "ESF406")), ("  kind: programme\n", "")) == ["ESF202", "ESF405"]


def test_two_exceptions_may_cover_one_finding() -> None:
    twice = EXCEPTION.format("lehrgeld") * 2
    assert codes(("exceptions:\n", f"exceptions:\n{twice}"), NO_DAY) == []
