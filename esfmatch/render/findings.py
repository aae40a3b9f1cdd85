"""Findings of `validate` for people and for GitHub: each with its place, its line, a marker and what helps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from textwrap import dedent, wrap
from typing import Final, TypeAlias

from esfmatch.checks.base import Check
from esfmatch.problems import Finding, Place, Severity
from esfmatch.render.cleaning import annotation, annotation_property, clean
from esfmatch.render.styled import Styled, Terminal, columns

LineOf: TypeAlias = Callable[[Place], str]
"""Gives the line of a file at a place; empty where there is none."""

NAMES: Final = {Severity.ERROR: "Fehler", Severity.WARNING: "Warnung"}
_COLOURS: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_GUTTER: Final = 6
_MARKED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,\]}]+")


def print_findings(terminal: Terminal, findings: Sequence[Finding], line_of: LineOf) -> None:
    """Every finding: place, severity, code and message; the line with a marker; hint and further places; a summary."""
    for finding in findings:
        colour = _COLOURS[finding.severity]
        head = Styled(f"{clean(str(finding.place))}: ")
        head.append(f"{NAMES[finding.severity]} {finding.code}", colour)
        head.append(f" {clean(finding.message)}")
        terminal.paragraph(head)
        for line in _excerpt(finding.place, line_of(finding.place), terminal.width):
            terminal.line(line, "dim" if "^" not in line else colour)
        notes = [finding.hint, *(f"siehe {place}: {message}" for place, message in finding.related)]
        for note in notes:
            _indented(terminal, clean(note))
    terminal.line(summary(findings))


def summary(findings: Iterable[Finding]) -> str:
    """How many errors and warnings there are."""
    severities = [finding.severity for finding in findings]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    if not severities:
        return "Der Katalog ist in Ordnung."
    counts = [f"{errors} Fehler"] if errors else []
    counts += [f"{warnings} Warnung{'en' if warnings != 1 else ''}"] if warnings else []
    return f"{' und '.join(counts)} gefunden. „esfmatch explain CODE“ erklärt jeden."


def _indented(terminal: Terminal, text: str) -> None:
    for number, line in enumerate(wrap(text, max(terminal.width - _GUTTER - 2, 20)) if text else []):
        mark = "= " if number == 0 else "  "
        terminal.line(" " * _GUTTER + mark + line)


def _excerpt(place: Place, line: str, width: int) -> tuple[str, ...]:
    """The line of a file as far as it fits, and under it a marker; nothing for an empty line."""
    raw = line.rstrip("\r\n")
    if not raw.strip() or place.column > len(raw) + 1:
        return ()
    start = place.column - 1
    found = _MARKED.match(raw, start)
    end = found.end() if found else start + 1
    room = max(width - _GUTTER - 4, 20)
    left = 0 if start < room - 10 else start - room // 3
    shown, before = clean(raw[left : left + room]), clean(raw[left:start])
    while shown and columns(shown) > room:
        shown = shown[:-1]
    marker = "^" * max(1, min(columns(clean(raw[start:end])), room - columns(before)))
    if left:
        shown, before = f"…{shown[1:]}", f"…{before[1:]}"
    number = str(place.line).rjust(_GUTTER - 1)
    return f"{number} | {shown}", f"{' ' * (_GUTTER - 1)} | {' ' * columns(before)}{marker}"


def github_lines(findings: Iterable[Finding]) -> Iterable[str]:
    """The findings as workflow commands, which GitHub shows beside the changed lines."""
    for finding in findings:
        title = f"{finding.code} {NAMES[finding.severity]}"
        place = f"file={annotation_property(finding.place.file)},line={finding.place.line},col={finding.place.column}"
        related = [f"siehe {place}: {message}" for place, message in finding.related]
        text = "\n".join(part for part in (finding.message, finding.hint, *related) if part)
        yield f"::{finding.severity.value} {place},title={annotation_property(title)}::{annotation(text)}"


# --- explain -----------------------------------------------------------------------------------------------------


def print_explanation(terminal: Terminal, check: Check) -> None:
    """What a code means: what is checked, why, a failing and a repaired example."""
    terminal.paragraph(f"{check.code} {check.title} ({NAMES[check.severity]})", "bold")
    terminal.line()
    terminal.paragraph(check.why)
    for title, example in (("So wird es gemeldet:", check.failing), ("So ist es richtig:", check.repaired)):
        terminal.line()
        terminal.paragraph(title)
        for line in dedent(example).strip("\n").split("\n"):
            terminal.line(f"    {clean(line)}")


def print_codes(terminal: Terminal, checks: Iterable[Check]) -> None:
    """All codes with their titles."""
    for check in checks:
        mark = "" if check.severity is Severity.ERROR else f" ({NAMES[check.severity]})"
        terminal.line(f"{check.code}  {check.title}{mark}")
    terminal.line("„esfmatch explain CODE“ zeigt zu jedem, warum, mit einem Beispiel.")
