"""The catalogue as data for other programs: one JSON document, and flat tables for spreadsheets.

The JSON is complete and versioned; the tables have a row for each instrument, need, condition, benefit or approval. The
same catalogue and day give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from esfmatch.catalogue import Catalogue
from esfmatch.eligibility import period_on, version_on
from esfmatch.model.programmes import Programme
from esfmatch.render import wording
from esfmatch.render.sheets import Cell
from esfmatch.shapes import plain

_STRENGTHS: Final = {"must": "entscheidet", "presumed": "wird angenommen", "guidance": "Orientierung"}
_BENEFITS: Final = {"sum": "Betrag", "share": "Anteil", "in_kind": "kein Geld"}


def as_json(catalogue: Catalogue, as_of: date) -> dict[str, Any]:
    """Everything the catalogue holds, as in its files, with the status of each instrument on the day."""
    return {
        "schema": "esfmatch/export/1",
        "as_of": as_of.isoformat(),
        "documents": plain(catalogue.documents),
        "programmes": [
            {**plain(programme), "period": period_on(programme, as_of).value} for programme in catalogue.programmes
        ],
        "region": plain(catalogue.region),
        "needs": plain(catalogue.needs),
        "reference_projects": plain(catalogue.reference_projects),
        "reference_projects_note": catalogue.reference_projects_note,
        "approvals_list": plain(catalogue.approvals_list),
        "approvals": plain(catalogue.approvals.values()),
        "vocabulary": plain(catalogue.vocabulary),
        "voices": {ident: list(texts) for ident, texts in catalogue.voices.items()},
    }


class TableOf(Struct, frozen=True):
    """A table: its name, its columns, those with much text, and its rows."""

    name: str
    header: tuple[str, ...]
    wide: tuple[str, ...]
    rows: Iterator[Sequence[Cell]]


def instruments(catalogue: Catalogue, as_of: date) -> TableOf:
    """A row for each instrument, in the version of the day."""
    header = (
        "Kennung", "Name", "Amtlicher Name", "Art", "Ebene", "Fonds", "Antrag durch", "Antrag möglich", "Stand",
        "Beleg vom", "Was belegt ist", "Worum es geht", "Für", "Themen", "Fassung", "Gilt ab", "Gilt bis",
        "Voraussetzungen", "Leistungen", "Schritte", "Unterlagen", "Ansprechstellen", "Nachfolger", "Bedarf der Region",
        "Bewilligt NRW", "Bewilligt Region", "Median NRW in Euro", "Quellen",
    )  # fmt: skip
    wide = (
        "Was belegt ist", "Worum es geht", "Voraussetzungen", "Leistungen", "Schritte", "Unterlagen", "Ansprechstellen",
        "Bedarf der Region", "Quellen",
    )  # fmt: skip
    return TableOf("Instrumente", header, wide, (_instrument(p, catalogue, as_of) for p in catalogue.programmes))


def _instrument(programme: Programme, catalogue: Catalogue, as_of: date) -> Sequence[Cell]:
    version, concepts = version_on(programme, as_of), catalogue.concepts
    approval = catalogue.approvals.get(programme.id)
    return (
        programme.id,
        programme.name,
        programme.official_name,
        wording.KINDS[programme.kind],
        wording.LEVELS[programme.level],
        ", ".join(programme.funds),
        ", ".join(wording.APPLICANTS[applicant] for applicant in programme.applicants),
        programme.grants,
        wording.PERIODS[period_on(programme, as_of)],
        programme.status.day,
        programme.status.text,
        programme.summary,
        ", ".join(concepts[ident].label for ident in programme.serves),
        ", ".join(concepts[ident].label for ident in programme.themes),
        version.label if version else None,
        version.from_ if version else None,
        version.to if version else None,
        _lines(c.text for c in version.conditions) if version else None,
        _lines(b.text for b in version.benefits) if version else None,
        _lines(s.text for s in version.steps) if version else None,
        _lines(s.text for s in version.papers) if version else None,
        _lines(s.text for s in programme.contacts),
        ", ".join(successor.id for successor in programme.successors),
        _lines(catalogue.needs_by_id[link.id].name for link in programme.needs),
        approval.nrw.operations if approval else None,
        approval.region.operations if approval else None,
        approval.nrw.median_eur if approval else None,
        _lines(f"{wording.source(s)} {s.url or ''}".strip() for s in programme.source),
    )


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(texts))


_SHEETS: Final = {  # the columns, and those with much text
    "Bedarfe": (("Kennung", "Art", "Bedarf", "Gehört zu", "Worum es geht", "Quelle"), ("Bedarf", "Worum es geht")),
    "Zuordnung": (("Instrument", "Bedarf", "Ein Dokument sagt es", "Begründung", "Quelle"), ("Begründung",)),
    "Voraussetzungen": (
        ("Instrument", "Fassung", "Voraussetzung", "Gewicht", "Ausnahme", "Quelle"), ("Voraussetzung",),
    ),
    "Leistungen": (
        ("Instrument", "Fassung", "Leistung", "Art", "Betrag in Euro", "Höchstens Euro", "Prozent", "Je", "Monate",
         "Quelle"),
        ("Leistung",),
    ),
    "Bewilligungen": (
        ("Instrument", "Gebiet", "Vorhaben", "Ausgaben in Euro", "Median in Euro", "Kleinste in Euro", "Größte in Euro",
         "Erster Beginn", "Letzter Beginn", "Zeile der Liste"),
        ("Zeile der Liste",),
    ),
    "Frühere Projekte": (("Kennung", "Projekt", "Träger", "Ziel", "Handlungsfeld", "Quelle"), ("Projekt", "Ziel")),
}  # fmt: skip


def further_tables(catalogue: Catalogue) -> Iterator[TableOf]:
    """The other sheets of the workbook."""
    rows = (_needs, _links, _conditions, _benefits, _approvals, _projects)
    for (name, (header, wide)), of_sheet in zip(_SHEETS.items(), rows, strict=True):
        yield TableOf(name, header, wide, of_sheet(catalogue))


def _needs(catalogue: Catalogue) -> Iterator[Sequence[Cell]]:
    for need in catalogue.needs:
        above = ", ".join(ident for ident in (need.parent, *need.handlungsfelder) if ident)
        yield need.id, need.kind.capitalize(), need.name, above, need.summary, wording.sources(need.source)


def _links(catalogue: Catalogue) -> Iterator[Sequence[Cell]]:
    for programme in catalogue.programmes:
        for link in programme.needs:
            yield programme.id, link.id, link.stated, link.why, wording.sources(link.source)


def _conditions(catalogue: Catalogue) -> Iterator[Sequence[Cell]]:
    for programme in catalogue.programmes:
        for version in programme.versions:
            for c in version.conditions:
                yield (
                    programme.id,
                    version.label,
                    c.text,
                    _STRENGTHS[c.strength],
                    c.exception,
                    wording.sources(c.source),
                )


def _benefits(catalogue: Catalogue) -> Iterator[Sequence[Cell]]:
    for programme in catalogue.programmes:
        for version in programme.versions:
            for b in version.benefits:
                money = (b.amount_eur, b.max_eur, b.rate_percent, b.per, b.months)
                yield programme.id, version.label, b.text, _BENEFITS[b.kind], *money, wording.sources(b.source)


def _approvals(catalogue: Catalogue) -> Iterator[Sequence[Cell]]:
    for approval in catalogue.approvals.values():
        for name, part in (("NRW", approval.nrw), ("Region", approval.region)):
            amounts = (part.eligible_total_eur, part.median_eur, part.min_eur, part.max_eur)
            days = (part.first_start, part.last_start)
            yield approval.programme, name, part.operations, *amounts, *days, approval.line_in_list


def _projects(catalogue: Catalogue) -> Iterator[Sequence[Cell]]:
    for project in catalogue.reference_projects:
        field = catalogue.needs_by_id[project.handlungsfeld].name
        yield project.id, project.name, project.carrier, project.goal, field, wording.sources(project.source)
