"""Coverage for programs and spreadsheets: its JSON shape (esfmatch/coverage/1) and the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from esfmatch.coverage import Cell, Change, Coverage, Row
from esfmatch.render import coverage as words
from esfmatch.render import data, wording

Json = dict[str, Any]
HEADER: Final = (
    "Bedarf",
    "Kennung",
    "Art",
    "Schwerpunkt",
    "Fundstelle",
    "Ergebnis",
    "Instrument",
    "Kennung des Instruments",
    "Stand am Stichtag",
    "Bezug",
    "Begründung",
    "Quelle",
)


def shape(coverage: Coverage) -> Json:
    """The coverage as of a day (schema esfmatch/coverage/1)."""
    return {
        "schema": "esfmatch/coverage/1",
        "as_of": coverage.as_of.isoformat(),
        "facts": coverage.facts.to_json(),
        "needs": [_row(row) for row in coverage.rows],
        "gaps": [row.need.id for row in coverage.gaps],
    }


def changes_shape(before: Coverage, after: Coverage, changes: Iterable[Change]) -> Json:
    """The coverage of the earlier day with what was lost and gained up to the later one."""
    entries = [
        {
            "id": change.need.id,
            "before": None if change.before.gap is None else change.before.gap.value,
            "after": None if change.after.gap is None else change.after.gap.value,
            "lost": [programme.id for programme in change.lost],
            "gained": [programme.id for programme in change.gained],
        }
        for change in changes
    ]
    later = {"as_of": after.as_of.isoformat(), "gaps": [row.need.id for row in after.gaps]}
    return {**shape(before), "against": {**later, "changes": entries}}


def _row(row: Row) -> Json:
    need = row.need
    return {
        "id": need.id,
        "name": need.name,
        "kind": need.kind,
        "parent": need.parent,
        "source": [data.source(source) for source in need.source],
        "covered": row.gap is None,
        "reason": None if row.gap is None else row.gap.value,
        "reason_text": [] if row.gap is None else words.reason(row),
        "programmes": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> Json:
    return {
        "id": cell.programme.id,
        "standing": cell.standing.value,
        "stated": cell.link.stated,
        "why": cell.link.why,
        "source": [data.source(source) for source in cell.link.source],
        "via": cell.via.id if cell.via else None,
        "against": [rule.text for rule in cell.refusals],
        "open_successors": [heir.id for heir in cell.heirs],
    }


def table(coverage: Coverage) -> Iterator[tuple[str, ...]]:
    """A row for each need and instrument linked to it directly, and one for a need without any."""
    names = {row.need.id: row.need.name for row in coverage.rows}
    for row in coverage.rows:
        need = row.need
        start = (
            need.name,
            need.id,
            words.kind(need),
            names.get(need.parent or "", ""),
            wording.sources(need.source),
            words.state(row),
        )
        direct = [cell for cell in row.cells if cell.via is None]
        for cell in direct:
            yield (
                *start,
                cell.programme.name,
                cell.programme.id,
                words.STANDINGS[cell.standing],
                words.BASES[cell.link.stated],
                cell.link.why,
                wording.sources(cell.link.source),
            )
        if not direct:
            yield (*start, "", "", "", "", "", "")


def changes_header(before: date, after: date) -> tuple[str, ...]:
    """The columns of `changes_table`."""
    results = (f"Ergebnis am {wording.day(day)}" for day in (before, after))
    return ("Bedarf", "Kennung", "Art", *results, "weg", "neu")


def changes_table(changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    """A row for each need with what became of it."""
    for change in changes:
        yield (
            change.need.name,
            change.need.id,
            words.kind(change.need),
            words.state(change.before),
            words.state(change.after),
            ", ".join(programme.name for programme in change.lost),
            ", ".join(programme.name for programme in change.gained),
        )
