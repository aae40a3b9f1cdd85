"""Text with a few styles, broken into lines and written to a terminal or a file.

Knows what our pages need and no more, because loading a library for it would take longer than the answer. Tables and
progress bars are the business of rich.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

_CODES: Final = {"bold": "1", "dim": "2", "underline": "4"}
_COLORS: Final = {"red": "31", "green": "32", "yellow": "33"}
_WORD: Final = re.compile(r"[^ ]+")
_NARROW_BELOW: Final = "\u0300"  # every character below takes one column


class Styled:
    """A text in pieces, each with a style such as "bold red"; what is appended without one is plain."""

    def __init__(self, text: str = "", style: str = "") -> None:
        self.pieces: list[tuple[str, str]] = [(text, style)] if text else []

    def append(self, text: str, style: str = "") -> None:
        """Add a piece."""
        if text:
            self.pieces.append((text, style))

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self.pieces)

    def stripped(self) -> Styled:
        """The same without spaces at its end."""
        return self._between(0, len(self.plain.rstrip(" ")))

    def wrapped(self, width: int) -> Iterator[Styled]:
        """Lines of at most `width` columns, broken at spaces and at line ends; a word too long is broken inside."""
        plain = self.plain
        start = 0
        for line in plain.split("\n"):
            for first, last in _breaks(line, width):
                yield self._between(start + first, start + last)
            start += len(line) + 1

    def _between(self, first: int, last: int) -> Styled:
        found, position = Styled(), 0
        for text, style in self.pieces:
            found.append(text[max(0, first - position) : max(0, last - position)], style)
            position += len(text)
        return found


class Terminal:
    """Where lines are written, `width` columns wide; `styles`: whether bold shows, `colors`: whether colours do."""

    def __init__(self, out: IO[str], width: int, *, styles: bool, colors: bool) -> None:
        self.out = out
        self.width = width
        self.styles = styles
        self.colors = colors
        self.unicode = "utf" in (getattr(out, "encoding", None) or "ascii").lower()

    def line(self, text: Styled | str = "", style: str = "") -> None:
        """One line as it is, whatever its length."""
        pieces = text.pieces if isinstance(text, Styled) else [(text, style)]
        self.out.write("".join(self._shown(piece, how) for piece, how in pieces) + "\n")

    def paragraph(self, text: Styled | str, style: str = "") -> None:
        """As many lines as the width needs."""
        for line in (text if isinstance(text, Styled) else Styled(text, style)).wrapped(self.width):
            self.line(line.stripped())

    def rich(self) -> Console:
        """The same for rich, which makes the tables."""
        from rich.console import Console

        return Console(
            file=self.out,
            width=self.width,
            highlight=False,
            markup=False,
            emoji=False,
            force_terminal=self.styles,
            no_color=not self.colors,
            color_system="standard" if self.styles else None,
        )

    def _shown(self, text: str, style: str) -> str:
        words = style.split() if self.styles else ()
        codes = [_CODES.get(word) or (self.colors and _COLORS.get(word)) for word in words]
        wanted = ";".join(code for code in codes if code)
        return f"\x1b[{wanted}m{text}\x1b[0m" if wanted and text else text


def columns(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return len(text) if text.isascii() or max(text) < _NARROW_BELOW else sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if char < _NARROW_BELOW:
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _breaks(line: str, width: int) -> Iterator[tuple[int, int]]:
    """Where the pieces of a line begin and end."""
    first = last = used = 0
    for start, end in _words(line, width):
        room = columns(line[last:start]) + columns(line[start:end])
        if used + room > width and last > first:
            yield first, last
            first, used, room = start, 0, columns(line[start:end])
        used, last = used + room, end
    yield first, last


def _words(line: str, width: int) -> Iterator[tuple[int, int]]:
    """Where the words of a line begin and end; one that is wider than the page comes in several parts."""
    for match in _WORD.finditer(line):
        if columns(match.group()) <= width:
            yield match.span()
            continue
        start, used = match.start(), 0
        for place in range(match.start(), match.end()):
            used += _columns_of(line[place])
            if used > width and place > start:
                yield start, place
                start, used = place, _columns_of(line[place])
        yield start, match.end()
