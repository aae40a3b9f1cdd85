"""How lines stand on a terminal, readable in 80 columns, without colour and by a screen reader.

Everything foreign passes through `clean`; there is no markup that a catalogue or query could bring along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from esfmatch.catalogue import Catalogue
from esfmatch.eligibility import together
from esfmatch.legitimation import legitimation
from esfmatch.model.evidence import Statement
from esfmatch.model.programmes import NeedLink, Programme
from esfmatch.model.region import ReferenceProject
from esfmatch.render import wording
from esfmatch.render.cleaning import clean
from esfmatch.render.styled import Styled, Terminal

_LABEL_WIDTH: Final = 13


class Layout:
    """Writes headings, lines and labelled entries to one terminal, for pages about one catalogue."""

    def __init__(self, terminal: Terminal, catalogue: Catalogue) -> None:
        self.terminal = terminal
        self.catalogue = catalogue

    def _title(self, text: str | Styled) -> None:
        self.terminal.paragraph(text, "bold")

    def _heading(self, text: str) -> None:
        self.terminal.line()
        self.terminal.paragraph(text, "bold underline")

    def _line(self, text: str | Styled, *, indent: int = 0, style: str = "") -> None:
        self._hanging("", text if isinstance(text, Styled) else Styled(text, style), indent, indent)

    def _bullet(self, text: str | Styled, *, indent: int = 2) -> None:
        """An item of a list, wrapped beside its bullet."""
        self._hanging("•", text if isinstance(text, Styled) else Styled(text), indent, indent + 2)

    def _entry(self, label: str, text: str, *, indent: int = 3, style: str = "") -> None:
        """A label and its text, wrapped beside it."""
        head = f"{label}:" if label else ""
        self._hanging(head, Styled(text, style), indent, indent + _LABEL_WIDTH)

    def _hanging(self, head: str, text: Styled, indent: int, hang: int) -> None:
        """Text whose further lines begin at `hang`, nothing padded at the end."""
        width = max(20, self.terminal.width - hang)
        for number, line in enumerate(text.wrapped(width)):
            start = " " * indent + head if number == 0 else ""
            shown = Styled(start.ljust(hang))
            shown.pieces += line.stripped().pieces
            self.terminal.line(shown.stripped())

    # --- parts of several pages

    def _statements(self, title: str, statements: Iterable[Statement]) -> None:
        entries = list(statements)
        if entries:
            self._heading(title)
            for statement in entries:
                self._bullet(f"{clean(statement.text)} ({wording.sources(statement.source)})")

    def _together(self, programme: Programme, as_of: date, *, heading: bool = True) -> None:
        """What may and may not be combined, under a heading or as entries of a suggestion."""
        entries = together(programme, self.catalogue.by_id, self.catalogue.naming(programme), as_of)
        if heading and entries:
            self._heading("Zusammen mit anderem Geld")
        for entry in entries:
            if heading:
                self._bullet(clean(wording.together(entry)))
            else:
                self._entry("Zusammen", clean(wording.together(entry)))

    def _need_words(self, link: NeedLink) -> str:
        need = self.catalogue.needs_by_id[link.id]
        basis = wording.sources(link.source) if link.stated else "unsere Einschätzung"
        return f"{clean(need.name)} ({basis})"

    def _legitimation(self, programme: Programme, prefer: Sequence[str] = (), *, indent: int = 3) -> None:
        """Handlungsfeld, Schwerpunkt and Handlungsbedarf of an instrument, one below the other."""
        for number, claim in enumerate(legitimation(programme, self.catalogue, prefer)):
            self._entry("Bedarf" if number == 0 else "", clean(wording.claim(claim)), indent=indent)

    def _project_words(self, project: ReferenceProject) -> str:
        return f"{clean(project.name)} – {clean(project.carrier)} ({wording.sources(project.source)})"
