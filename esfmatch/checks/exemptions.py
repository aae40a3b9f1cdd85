"""Exceptions: findings that a file keeps for a named reason and time. One that is over or idle is a finding itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from esfmatch.catalogue import FILES
from esfmatch.checks.base import CHECKS, explained
from esfmatch.checks.draft import Draft, Entry
from esfmatch.model.exemptions import Exemption
from esfmatch.problems import Finding

explained(
    "ESF901",
    "Ausnahme abgelaufen",
    why="Eine Ausnahme gilt bis zu ihrem Tag. Danach muss jemand neu entscheiden oder den Fehler beheben.",
    failing='  until: "2035-12-31"\n'
    "- code: ESF406\n"
    "  entry: lehrling-plus\n"
    "  owner: Redaktion\n"
    "  reason: Bis zur Klärung.\n"
    '  until: "2021-12-31"\n',
    repaired='  until: "2035-12-31"\n',
)
explained(
    "ESF902",
    "Ausnahme ohne Fehler",
    why="Eine Ausnahme, zu der es keinen Fehler mehr gibt, würde den nächsten verdecken.",
    failing='  until: "2035-12-31"\n'
    "- code: ESF406\n"
    "  entry: lehrling-plus\n"
    "  owner: Redaktion\n"
    "  reason: Bis zur Klärung.\n"
    '  until: "2035-12-31"\n',
    repaired='  until: "2035-12-31"\n',
)
explained(
    "ESF903",
    "Ausnahme, die es nicht geben kann",
    why="An Form und Verweisen hängt, ob der Katalog überhaupt zu lesen ist; davon gibt es keine Ausnahme.",
    failing="- code: ESF405\n"
    "  entry: lehrling-plus\n"
    "  owner: Redaktion\n"
    "  reason: Die Seite ist alt, aber bestätigt.\n"
    '  until: "2035-12-31"\n'
    "- code: ESF301\n",
    repaired="- code: ESF405\n",
)

_INDISPENSABLE = ("ESF1", "ESF2", "ESF301", "ESF302", "ESF303", "ESF6", "ESF9")


def spare(findings: Iterable[Finding], draft: Draft) -> list[Finding]:
    """The findings that no exception covers, and those about the exceptions themselves."""
    entries = {document.file: _starts(draft, name) for name, document in draft.documents.items()}
    used: set[int] = set()
    left: list[Finding] = []
    live = [(k, entry) for k, entry in enumerate(draft.exemptions) if entry.model.until >= draft.as_of]
    for finding in findings:
        matching = [k for k, entry in live if _covers(entry, finding, entries.get(finding.place.file, ()))]
        used.update(matching)
        if not matching:
            left.append(finding)
    return [*left, *_about_themselves(draft, used)]


def _starts(draft: Draft, name: str) -> Sequence[tuple[int, str]]:
    """The lines at which the entries of a file begin, with their ids."""
    document = draft.documents[name]
    starts = {
        document.place(path[:2]).line: str(value)
        for path, value in draft.scalars[name]
        if len(path) == 3 and path[2] in ("id", "programme")
    }
    return sorted(starts.items())


def _covers(entry: Entry[Exemption], finding: Finding, starts: Sequence[tuple[int, str]]) -> bool:
    exemption = entry.model
    if exemption.code != finding.code or entry.document.file != finding.place.file or not _possible(exemption):
        return False
    lines = [finding.place.line, *(place.line for place, _ in finding.related if place.file == finding.place.file)]
    inside = {_entry_at(line, starts) for line in lines}
    return exemption.entry in inside and (exemption.about or "") in finding.message


def _entry_at(line: int, starts: Sequence[tuple[int, str]]) -> str:
    before = bisect_right(starts, line, key=lambda start: start[0])
    return starts[before - 1][1] if before else ""


def _possible(exemption: Exemption) -> bool:
    return exemption.code in CHECKS and not exemption.code.startswith(_INDISPENSABLE)


def _about_themselves(draft: Draft, used: set[int]) -> Iterator[Finding]:
    for number, entry in enumerate(draft.exemptions):
        one = entry.model
        if not _possible(one):
            yield _finding("ESF903", entry, "code", f"Von {one.code} gibt es keine Ausnahme.")
        elif one.until < draft.as_of:
            message = f"Die Ausnahme für {one.code} galt bis {one.until:%d.%m.%Y} (zuständig: {one.owner})."
            yield _finding("ESF901", entry, "until", message)
        elif number not in used and draft.whole(*FILES):
            yield _finding("ESF902", entry, "code", f"Zu {one.code} gibt es bei „{one.entry}“ keinen Fehler.")


def _finding(code: str, entry: Entry[Exemption], key: str, message: str) -> Finding:
    return Finding(entry.place(key), code, message, severity=CHECKS[code].severity)
