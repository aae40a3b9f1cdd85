"""The catalogue on a terminal: the list of instruments, one instrument, the needs, one need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from esfmatch.coverage import Cell, Row
from esfmatch.eligibility import PeriodState, period_on, version_on
from esfmatch.model.programmes import Programme, Version
from esfmatch.render import wording
from esfmatch.render.cleaning import clean
from esfmatch.render.coverage import GAPS, STANDINGS, reason
from esfmatch.render.layout import Layout
from esfmatch.render.styled import Styled


class Pages(Layout):
    """Writes pages of the catalogue to one terminal."""

    def programmes(self, programmes: Iterable[Programme], as_of: date) -> None:
        """The list of instruments, each with its id before the rest."""
        room = self.terminal.width * 9 // 20
        for programme in programmes:
            text = Styled(clean(programme.name), "bold")
            state = wording.PERIODS[period_on(programme, as_of)]
            text.append(f" – {wording.KINDS[programme.kind]}, {state}")
            beside = len(programme.id) + 2 <= room
            if not beside:
                self.terminal.line(programme.id)
            self._hanging(programme.id if beside else "", text, 0, room)

    def programme(self, programme: Programme, as_of: date) -> None:
        """One instrument in full as of a day."""
        version, period = version_on(programme, as_of), period_on(programme, as_of)
        self._title(clean(programme.name))
        if programme.official_name and programme.official_name != programme.name:
            self._entry("Amtlich", clean(programme.official_name))
        funds = ", ".join(programme.funds)
        self._entry(
            "Art", f"{wording.KINDS[programme.kind]}, {wording.LEVELS[programme.level]}{f' ({funds})' if funds else ''}"
        )
        later = "Später: " if as_of < programme.status.day else ""
        self._entry("Stand", wording.status_line(programme, period, as_of), style="bold")
        self._entry("", f"{later}{clean(programme.status.text)} ({wording.sources(programme.status.source)})")
        for successor in programme.successors:
            basis = "" if successor.documented else ", von uns geschlossen"
            self._entry("Nachfolger", f"{clean(self.catalogue.by_id[successor.id].name)} ({successor.id}{basis})")
        for other in self.catalogue.naming(programme):
            if any(s.id == programme.id for s in other.successors):
                self._entry("Vorgänger", f"{clean(other.name)} ({other.id})")
        if not programme.grants:
            self._entry(
                "Achtung", f"Kein Antrag möglich. Es handelt: {clean(programme.acts or '')}", style="bold yellow"
            )
        self._heading("Worum es geht")
        self._line(clean(programme.summary), indent=2)
        self._entry("Antrag", ", ".join(wording.APPLICANTS[a] for a in programme.applicants) or "niemand", indent=2)
        labels = [self.catalogue.concepts[c].label for c in programme.serves]
        self._entry("Für", ", ".join(labels) or "ohne Angabe", indent=2)
        if version:
            self._version(version, period, as_of)
        self._together(programme, as_of)
        others = [v for v in programme.versions if v is not version]
        if others:
            self._heading("Andere Fassungen")
            for other_version in others:
                self._line(f"{clean(other_version.label)} (--as-of {_sample_day(other_version)})", indent=2)
        self._more(programme)

    def _version(self, version: Version, period: PeriodState, as_of: date) -> None:
        when = "" if version.covers(as_of) else ", gilt am Stichtag nicht"
        self._heading(f"Fassung: {clean(version.label)}{when}")
        for condition in version.conditions:
            kind = {"presumed": " (wird angenommen)", "guidance": " (Orientierung)"}.get(condition.strength, "")
            exception = f"; Ausnahme: {clean(condition.exception)}" if condition.exception else ""
            text = f"{clean(condition.text).rstrip('.')}{kind}{exception}"
            self._bullet(f"{text} ({wording.sources(condition.source)})")
        for benefit in version.benefits:
            self._entry("Leistung", f"{clean(benefit.text)} ({wording.sources(benefit.source)})", indent=2)
        self._statements("Schritte", version.steps)
        self._statements("Unterlagen", version.papers)

    def _more(self, programme: Programme) -> None:
        self._statements("Ansprechstellen", programme.contacts)
        if programme.needs:
            self._heading("Regionaler Bedarf")
            for link in programme.needs:
                self._bullet(f"{self._need_words(link)}: {clean(link.why)}")
        self._approvals(programme)
        projects = self.catalogue.precedents(programme)
        if projects:
            self._heading("Früher gefördert im selben Handlungsfeld")
            for project in projects:
                self._bullet(self._project_words(project))
        if programme.notes:
            self._heading("Hinweise")
            for note in programme.notes:
                mark = wording.CONFIDENCES[note.confidence]
                origin = wording.sources(note.source)
                brackets = "; ".join(part for part in (mark, origin) if part)
                self._bullet(f"{clean(note.text)}{f' ({brackets})' if brackets else ''}")
        self._heading("Quellen")
        for source in programme.source:
            self._bullet(f"{clean(wording.source(source))}{f' {source.url}' if source.url else ''}")

    def _approvals(self, programme: Programme) -> None:
        """What was approved, in the state and in the region."""
        approval = self.catalogue.approvals.get(programme.id)
        if approval:
            self._heading("Was bewilligt wurde")
            self._line(wording.approval_line(approval), indent=2)
            amounts = [("NRW", approval.nrw), ("Region", approval.region)]
            for name, approved in amounts:
                if approved.operations:
                    self._entry(name, wording.approved_amounts(approved), indent=2)
            if approval.region.by_town:
                self._entry("Orte", clean(wording.towns(approval)), indent=2)
            if approval.note:
                self._entry("Hinweis", clean(approval.note), indent=2)
            listed = self.catalogue.approvals_list
            self._entry("Zeile", clean(approval.line_in_list), indent=2)
            self._entry("Quelle", clean(wording.approvals_source(listed)), indent=2)
            if listed.note:
                self._entry("", clean(listed.note), indent=2)

    def needs(self, rows: Iterable[Row], as_of: date) -> None:
        """The list of needs, each Handlungsbedarf under its Schwerpunkt, with the number of usable instruments."""
        for row in rows:
            need = row.need
            indent = 2 if need.kind == "handlungsbedarf" else 0
            text = Styled(need.id, "bold" if not indent else "")
            state = f"{len(row.open)} nutzbar" if row.gap is None else f"Lücke: {GAPS[row.gap]}"
            text.append(f"  {clean(need.name)} ({wording.sources(need.source)}) – {state}", "")
            self._line(text, indent=indent)
        self.terminal.line()
        self._line(
            f"Stichtag {wording.day(as_of)}. „esfmatch needs KENNUNG“ zeigt einen Bedarf mit seinen Instrumenten."
        )

    def need(self, row: Row, as_of: date) -> None:
        """One need and the instruments that answer it, those that are open first."""
        need = row.need
        self._title(clean(need.name))
        self._entry("Art", wording.need_path(need, self.catalogue.needs_by_id), indent=2)
        self._line(clean(need.summary), indent=2)
        self._entry("Quelle", wording.sources(need.source), indent=2)
        if row.gap is not None:
            self._heading(f"Kein nutzbares Instrument am {wording.day(as_of)}")
            for line in reason(row):
                self._line(line, indent=2)
        for standing, title in STANDINGS.items():
            cells = [cell for cell in row.cells if cell.standing is standing]
            if cells:
                self._heading(f"{title[0].upper()}{title[1:]} ({len(cells)})")
            for cell in sorted(cells, key=lambda cell: (cell.via is not None, not cell.link.stated)):
                self._answer(cell)

    def _answer(self, cell: Cell) -> None:
        link = cell.link
        basis = f"so {wording.sources(link.source)}" if link.stated else "unsere Einschätzung"
        via = f", über „{clean(cell.via.name)}“" if cell.via else ""
        self._bullet(f"{clean(cell.programme.name)} ({cell.programme.id}) – {basis}{via}: {clean(link.why)}")


def _sample_day(version: Version) -> str:
    day = version.to or version.from_
    return day.isoformat() if day else "…"
