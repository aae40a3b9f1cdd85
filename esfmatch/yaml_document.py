"""A catalogue file that was read: its plain values, and where each of them stands in the text of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeAlias

from msgspec import Struct

from esfmatch.problems import Place

Value: TypeAlias = "str | int | Decimal | bool | tuple[Value, ...] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

_WORD: Final = re.compile(r"\w(?:[\w.,]*\w)?")


class Document(Struct, frozen=True, dict=True):
    """A read file: its value, for every path of keys and indexes where the value and its key stand, and its text."""

    file: str
    value: Value
    places: Mapping[Path, Place]
    text: str = ""

    def place(self, path: Path) -> Place:
        """The place of `path`, or of the nearest thing around it that exists."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return Place(self.file)

    def within(self, path: Path, words: str) -> Place:
        """The place of the first of some words inside the text at `path`, which may go over several lines."""
        begin = self.place(path)
        first = _WORD.search(words)
        word = re.escape(first[0] if first else words)
        for pattern in (rf"(?<![\w.,]){word}(?!\w)", word):
            for number in range(begin.line, self._end(begin) + 1):
                start = begin.column - 1 if number == begin.line else 0
                found = re.compile(pattern).search(self._lines[number - 1], start)
                if found:
                    return Place(self.file, number, found.start() + 1)
        return begin

    def is_quoted(self, path: Path) -> bool:
        """Whether the text at `path` stands in quotes."""
        begin = self.place(path)
        return self._lines[begin.line - 1][begin.column - 1 : begin.column] in ("'", '"')

    def is_broken(self, path: Path, text: str) -> bool:
        """Whether a plain text at `path` goes over more than one line."""
        begin = self.place(path)
        return not self.is_quoted(path) and text not in self._lines[begin.line - 1]

    def missing(self, path: Path, key: str) -> Place:
        """Where a missing key of the mapping at `path` would stand, going by the nearest one like it that has it."""
        keys = list(self._at(path))
        begin = self.place(path)
        before = self._keys_before(path, key)
        known = [position for position, name in enumerate(keys) if name in before]
        if not known:
            return begin
        if known[-1] + 1 < len(keys):
            return self.place((*path, keys[known[-1] + 1]))
        last = max(place for steps, place in self.places.items() if steps[: len(path)] == path)
        column = self.place((*path, keys[known[-1]])).column
        return begin if last.line == begin.line else Place(self.file, self._end(last) + 1, column)

    @cached_property
    def _lines(self) -> list[str]:
        return [*self.text.split("\n"), ""]

    @cached_property
    def _starts(self) -> list[int]:
        return sorted({place.line for place in self.places.values()})

    def _end(self, place: Place) -> int:
        """The last line that belongs to what begins at `place`."""
        following = next((line for line in self._starts if line > place.line), len(self._lines))
        rest = range(following - 1, place.line, -1)
        return next(
            (n for n in rest if self._lines[n - 1].strip() and not self._lines[n - 1].startswith("#")), place.line
        )

    def _at(self, path: Path) -> Iterator[str]:
        value: Value = self.value
        for step in path:
            value = value[step]  # type: ignore[index]
        return iter(value if isinstance(value, dict) else ())

    def _keys_before(self, path: Path, key: str) -> frozenset[str]:
        """The keys that stand before `key` in the nearest mapping at a path like this one."""
        alike = [
            place_path[:-1]
            for place_path in self.places
            if len(place_path) == len(path) + 1
            and place_path[-1] == key
            and all(
                a == b or (isinstance(a, int) and isinstance(b, int)) for a, b in zip(place_path, path, strict=False)
            )
        ]
        if not alike:
            return frozenset()
        here = self.place(path).line
        nearest = min(alike, key=lambda other: abs(self.place(other).line - here))
        keys = list(self._at(nearest))
        return frozenset(keys[: keys.index(key)])
