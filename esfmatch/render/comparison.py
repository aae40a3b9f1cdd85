"""Two to four instruments side by side: the same questions asked of each, on a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, TypeAlias

from esfmatch.catalogue import Catalogue
from esfmatch.eligibility import period_on, version_on
from esfmatch.legitimation import legitimation
from esfmatch.model.programmes import Programme, Version
from esfmatch.render import data, wording
from esfmatch.render.cleaning import clean, markdown
from esfmatch.render.layout import Layout
from esfmatch.render.styled import Styled
from esfmatch.shapes import plain

# An aspect and, for each instrument, what is to be said of it.
Aspect: TypeAlias = tuple[str, tuple[tuple[str, ...], ...]]
NOTHING: Final = "–"
_NARROWEST: Final = 30


def aspects(programmes: Sequence[Programme], catalogue: Catalogue, as_of: date) -> Iterator[Aspect]:
    """What is compared, in order; an instrument of which nothing is known has an empty tuple there."""
    versions = [version_on(programme, as_of) for programme in programmes]
    pairs = list(zip(programmes, versions, strict=True))
    concepts = catalogue.concepts
    yield "Art", tuple((f"{wording.KINDS[p.kind]}, {wording.LEVELS[p.level]}",) for p in programmes)
    yield "Geld aus", tuple(p.funds for p in programmes)
    yield "Stand", tuple((wording.status_line(p, period_on(p, as_of), as_of),) for p in programmes)
    yield "Laufzeit", tuple(_run(version) for version in versions)
    yield "Antrag", tuple(_applicants(p) for p in programmes)
    yield "Für", tuple(tuple(concepts[c].label for c in p.serves) for p in programmes)
    yield "Bedingungen", tuple(_conditions(version) for version in versions)
    yield "Leistung", tuple(_benefits(version) for version in versions)
    yield "Bedarf", tuple(tuple(wording.claim(c) for c in legitimation(p, catalogue)) for p in programmes)
    yield "Nachfolger", tuple(tuple(catalogue.by_id[s.id].name for s in p.successors) for p in programmes)
    yield "Quelle", tuple((wording.sources(version.source if version else p.source),) for p, version in pairs)


def _run(version: Version | None) -> tuple[str, ...]:
    if version is None or (version.from_ is None and version.to is None):
        return ()
    start = f"ab {wording.day(version.from_)}" if version.from_ else ""
    end = f"bis {wording.day(version.to)}" if version.to else ""
    return (f"{start} {end}".strip(),)


def _applicants(programme: Programme) -> tuple[str, ...]:
    if not programme.grants:
        return (f"kein Antrag möglich; es handelt: {programme.acts}",)
    return tuple(wording.APPLICANTS[applicant] for applicant in programme.applicants)


def _conditions(version: Version | None) -> tuple[str, ...]:
    kinds = {"presumed": " (wird angenommen)", "guidance": " (Orientierung)"}
    return tuple(
        f"{condition.text.rstrip('.')}{kinds.get(condition.strength, '')} ({wording.sources(condition.source)})"
        for condition in (version.conditions if version else ())
    )


def _benefits(version: Version | None) -> tuple[str, ...]:
    return tuple(f"{b.text} ({wording.sources(b.source)})" for b in (version.benefits if version else ()))


class Comparison(Layout):
    """Writes a comparison to one terminal."""

    def compare(self, programmes: Sequence[Programme], as_of: date) -> None:
        """A table where the width gives each instrument a readable column, else one aspect below the other."""
        self._title(f"Vergleich am {wording.day(as_of)}")
        found = list(aspects(programmes, self.catalogue, as_of))
        if (self.terminal.width - 14) // len(programmes) >= _NARROWEST:
            self._table(programmes, found)
        else:
            self._stacked(programmes, found)

    def _table(self, programmes: Sequence[Programme], found: Sequence[Aspect]) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, show_lines=False, expand=True, padding=(0, 2, 1, 0))
        table.add_column("", width=12, style="bold")
        for programme in programmes:
            table.add_column(Text(clean(f"{programme.name} ({programme.id})")), ratio=1, overflow="fold")
        for label, values in found:
            table.add_row(label, *(Text(_cell(value)) for value in values))
        self.terminal.rich().print(table)

    def _stacked(self, programmes: Sequence[Programme], found: Sequence[Aspect]) -> None:
        for number, programme in enumerate(programmes, 1):
            self._line(f"{number} = {clean(programme.name)} ({programme.id})", indent=2)
        for label, values in found:
            self._heading(label)
            for number, value in enumerate(values, 1):
                first, *others = value or (NOTHING,)
                self._hanging(str(number), Styled(clean(first)), 2, 5)
                for other in others:
                    self._hanging("", Styled(clean(other)), 2, 5)


def _cell(values: Sequence[str]) -> str:
    marks = [f"• {clean(value)}" for value in values] if len(values) > 1 else [clean(value) for value in values]
    return "\n".join(marks) or NOTHING


def as_markdown(programmes: Sequence[Programme], catalogue: Catalogue, as_of: date) -> str:
    """The comparison as a Markdown table."""
    head = [f"Vergleich am {wording.day(as_of)}", *(programme.name for programme in programmes)]
    lines = [_line(markdown(name) for name in head), _line("---" for _ in head)]
    for label, values in aspects(programmes, catalogue, as_of):
        cells = ("<br>".join(markdown(part) for part in value) or NOTHING for value in values)
        lines.append(_line((f"**{label}**", *cells)))
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def shape(programmes: Sequence[Programme], catalogue: Catalogue, as_of: date) -> data.Json:
    """The comparison as JSON (schema esfmatch/compare/1)."""
    entries = []
    for programme in programmes:
        version = version_on(programme, as_of)
        entry = plain(version, empty=True) if version else {}
        entries.append(
            {
                "id": programme.id,
                "name": programme.name,
                "kind": programme.kind,
                "level": programme.level,
                "funds": list(programme.funds),
                "grants": programme.grants,
                "acts": programme.acts,
                "period": period_on(programme, as_of).value,
                "from": entry.get("from"),
                "to": entry.get("to"),
                "applicants": list(programme.applicants),
                "serves": list(programme.serves),
                "conditions": entry.get("conditions", []),
                "benefits": entry.get("benefits", []),
                "needs": [data.claim(claim) for claim in legitimation(programme, catalogue)],
                "successors": [successor.id for successor in programme.successors],
            }
        )
    return {"schema": "esfmatch/compare/1", "as_of": as_of.isoformat(), "programmes": entries}
