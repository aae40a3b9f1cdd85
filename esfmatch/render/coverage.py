"""Coverage of the regional needs on a terminal: a heat map for 80 columns, with and without colour, and the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from esfmatch.coverage import Cell, Change, Coverage, Gap, Row, Standing, known_since
from esfmatch.model.programmes import Programme
from esfmatch.model.region import Need
from esfmatch.render import wording
from esfmatch.render.cleaning import clean
from esfmatch.render.layout import Layout
from esfmatch.render.styled import Styled

GAPS: Final = {
    Gap.NONE: "kein Instrument bekannt",
    Gap.ENDED: "beendet, ohne Nachfolger für diesen Bedarf",
    Gap.PLAN: "nur ein Vorhaben oder Gremium",
    Gap.ANNOUNCED: "angekündigt, noch nicht offen",
    Gap.UNPROVEN: "Stand nicht belegt",
    Gap.CONDITION: "eine Voraussetzung ist nicht erfüllt",
    Gap.APPLICANT: "nur andere können beantragen",
    Gap.REGION: "gilt nicht an diesem Ort",
}
STANDINGS: Final = {
    Standing.OPEN: "nutzbar",
    Standing.REFUSED: "offen, aber hier nicht nutzbar",
    Standing.UNPROVEN: "Stand nicht belegt",
    Standing.ANNOUNCED: "angekündigt",
    Standing.PLAN: "Vorhaben oder Gremium",
    Standing.ENDED: "beendet",
    Standing.LATER: "am Stichtag noch nicht belegt",
}
BASES: Final = {True: "ein Dokument sagt es", False: "unsere Einschätzung"}
_MARKS: Final = {True: "█", False: "▒", None: "·"}
_PLAIN_MARKS: Final = {True: "#", False: "+", None: "."}
_LABELS: Final = (33, 60)  # on 80 columns, and at most
_COUNT: Final = 4
_LATER_NAMED: Final = 3


def blocks(coverage: Coverage) -> list[tuple[str, list[Row]]]:
    """The rows under their headings: each Schwerpunkt with its Handlungsbedarfe, then the broad needs."""
    by_kind = {
        kind: [row for row in coverage.rows if row.need.kind == kind] for kind in ("schwerpunkt", "handlungsfeld")
    }
    parts = [row for row in coverage.rows if row.need.kind == "handlungsbedarf"]
    found = [
        (top.need.name, [row for row in parts if row.need.parent == top.need.id]) for top in by_kind["schwerpunkt"]
    ]
    found.append(("Handlungsbedarfe ohne Schwerpunkt", [row for row in parts if row.need.parent is None]))
    found += [("Schwerpunkte, mit ihren Handlungsbedarfen", by_kind["schwerpunkt"])]
    found += [("Handlungsfelder, mit ihren Handlungsbedarfen", by_kind["handlungsfeld"])]
    return [(title, rows) for title, rows in found if rows]


def summary(coverage: Coverage) -> str:
    """How many Handlungsbedarfe have an instrument, in a sentence."""
    parts = [row for row in coverage.rows if row.need.kind == "handlungsbedarf"]
    gaps = sum(row.gap is not None for row in parts)
    return (
        f"{len(parts) - gaps} von {len(parts)} Handlungsbedarfen haben ein nutzbares Instrument, {gaps} haben keines."
    )


def reason(row: Row) -> list[str]:
    """Why a need has no instrument, and whom or what it hangs on, a sentence each."""
    assert row.gap is not None
    lines = [f"{GAPS[row.gap][0].upper()}{GAPS[row.gap][1:]}{_names(row.decisive)}."]
    lines += [f"{clean(cell.programme.name)}: {_obstacle(cell)}" for cell in row.decisive if _obstacle(cell)]
    others = [cell for cell in row.cells if cell.gap is not None and cell.gap is not row.gap]
    lines += [f"Außerdem: {clean(cell.programme.name)} ({STANDINGS[cell.standing]})." for cell in others]
    return lines


def _names(cells: Iterable[Cell]) -> str:
    names = [f"{clean(cell.programme.name)} ({cell.programme.id})" for cell in cells]
    return f": {', '.join(names)}" if names else ""


def _obstacle(cell: Cell) -> str:
    """What stands against an instrument, or who takes its place elsewhere."""
    if cell.refusals:
        return "; ".join(clean(rule.text) for rule in cell.refusals)
    if cell.standing is Standing.PLAN:
        return f"Es handelt: {clean(cell.programme.acts or '')}".rstrip(".") + "."
    if cell.standing is Standing.ENDED and cell.heirs:
        heirs = ", ".join(f"{clean(heir.name)} ({heir.id})" for heir in cell.heirs)
        return f"Nachfolger: {heirs}; diesem Bedarf nicht zugeordnet."
    return ""


def usable(rows: Iterable[Row]) -> list[Programme]:
    """The instruments that answer one of these needs, each once."""
    return list({cell.programme.id: cell.programme for row in rows for cell in row.open}.values())


class CoverageScreen(Layout):
    """Writes the coverage to one terminal."""

    def coverage(self, coverage: Coverage) -> None:
        """The heat map, what its columns are, and the gaps."""
        day = wording.day(coverage.as_of)
        self._title(f"Regionale Bedarfe und Instrumente am {day}")
        self._line(summary(coverage))
        if stated := [key for key in coverage.facts if key not in ("in_region", "in_nrw")]:
            known = self.catalogue.facts
            words = [f"{known[k].label}: {clean(wording.fact_value(known[k], coverage.facts[k]))}" for k in stated]
            self._line(f"Nur, was nutzbar ist bei: {' · '.join(words)}")
        numbers = {programme.id: number for number, programme in enumerate(self._columns(coverage), 1)}
        self._marks = _MARKS if self.terminal.unicode else _PLAIN_MARKS
        self._line(f"{self._marks[True]} {BASES[True]}   {self._marks[False]} {BASES[False]}")
        for title, rows in blocks(coverage):
            self._heading(clean(title))
            self._map(rows, numbers)
        self._legend(coverage, numbers)
        self._gaps(coverage)

    @property
    def _label(self) -> int:
        """How many columns the names get: all that more than 80 columns give."""
        return min(max(_LABELS[0], self.terminal.width - 80 + _LABELS[0]), _LABELS[1])

    def _columns(self, coverage: Coverage) -> list[Programme]:
        wanted = {programme.id for programme in usable(coverage.rows)}
        return [programme for programme in self.catalogue.programmes if programme.id in wanted]

    def _map(self, rows: Sequence[Row], numbers: dict[str, int]) -> None:
        """Rows of marks under the numbers of the instruments, in as many pieces as the width needs."""
        columns = sorted({numbers[cell.programme.id] for row in rows for cell in row.open})
        label = self._label
        room = max(10, self.terminal.width - label - _COUNT)
        step = 2 if len(columns) * 2 <= room else 1
        pieces = [columns[k : k + room // step] for k in range(0, len(columns), room // step)] or [[]]
        digits = len(str(max(columns, default=0)))
        for number, piece in enumerate(pieces):
            for place in range(digits):
                heads = (str(column).rjust(digits)[place] for column in piece)
                line = " " * (label + _COUNT) + (" " * (step - 1)).join(heads)
                self._bare(Styled(line, "dim"))
            for row in rows:
                if number == 0 or row.open:
                    self._bare(self._row(row, piece, numbers, step))

    def _row(self, row: Row, columns: Sequence[int], numbers: dict[str, int], step: int) -> Styled:
        label = self._label
        text = Styled(_cut(clean(row.need.name), label - 1).ljust(label))
        if row.gap is not None:
            text.append(_cut(f"Lücke: {GAPS[row.gap]}", self.terminal.width - label), "bold red")
            return text
        text.append(str(len(row.open)).rjust(_COUNT - 1) + " ")
        basis = {numbers[cell.programme.id]: cell.link.stated for cell in row.open}
        for column in columns:
            mark = basis.get(column)
            style = {True: "green", False: "yellow", None: "dim"}[mark]
            text.append(self._marks[mark] + " " * (step - 1), style)
        return text.stripped()

    def _bare(self, text: Styled) -> None:
        self.terminal.line(next(text.wrapped(self.terminal.width)))

    def _legend(self, coverage: Coverage, numbers: dict[str, int]) -> None:
        self._heading("Die Instrumente der Spalten")
        for programme in self._columns(coverage):
            head = str(numbers[programme.id]).rjust(3)
            self._hanging(head, Styled(f"{clean(programme.name)} ({programme.id})"), 0, 5)

    def _gaps(self, coverage: Coverage) -> None:
        self._heading("Lücken und ihr Grund")
        if not coverage.gaps:
            self._line("Jeder Bedarf hat ein nutzbares Instrument.", indent=2)
        for row in coverage.gaps:
            self._bullet(Styled(f"{clean(row.need.name)} ({row.need.id}; {wording.sources(row.need.source)})", "bold"))
            for line in reason(row):
                self._line(line, indent=4)
            if later := [cell for cell in row.cells if cell.standing is Standing.LATER]:
                self._line(f"Erst später belegt: {self._later(later)}.", indent=4)

    def _later(self, cells: Sequence[Cell]) -> str:
        named = [
            f"{clean(cell.programme.name)} ({known_since(cell.programme, self.catalogue).year})"
            for cell in cells[:_LATER_NAMED]
        ]
        more = len(cells) - len(named)
        return ", ".join(named) + (f" und {more} weitere" if more else "")

    # --- two days -------------------------------------------------------------------------------------------------

    def changes(self, before: Coverage, after: Coverage, changes: Iterable[Change]) -> None:
        """What was lost and gained between two days, need by need."""
        then, now = wording.day(before.as_of), wording.day(after.as_of)
        self._title(f"Regionale Bedarfe am {then} und am {now}")
        self._line(f"Am {then}: {summary(before)}")
        self._line(f"Am {now}: {summary(after)}")
        found = list(changes)
        groups = (
            ("Verloren: damals gedeckt, jetzt eine Lücke", [c for c in found if c.before.open and c.after.gap]),
            ("Gewonnen: damals eine Lücke, jetzt gedeckt", [c for c in found if c.before.gap and c.after.open]),
            ("Damals wie jetzt eine Lücke", [c for c in found if c.before.gap and c.after.gap]),
            ("Gedeckt geblieben, mit anderen Instrumenten", [c for c in found if c.before.open and c.after.open]),
        )
        for title, group in groups:
            if group:
                self._heading(title)
                for change in group:
                    self._change(change)

    def _change(self, change: Change) -> None:
        self._bullet(Styled(f"{clean(change.need.name)} ({change.need.id})", "bold"))
        for label, programmes in (("weg", change.lost), ("neu", change.gained)):
            if programmes:
                names = ", ".join(clean(programme.name) for programme in programmes)
                self._line(f"{label}: {names}", indent=4)
        if change.after.gap is not None:
            for line in reason(change.after):
                self._line(line, indent=4)


def state(row: Row) -> str:
    """Whether a need is answered, in a word or with the reason."""
    return "gedeckt" if row.gap is None else f"Lücke: {GAPS[row.gap]}"


def kind(need: Need) -> str:
    """Handlungsfeld, Schwerpunkt or Handlungsbedarf."""
    return need.kind.capitalize()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
