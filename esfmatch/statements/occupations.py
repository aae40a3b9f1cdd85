"""Names of occupations in a text: „Friseurin“, „Industriekauffrau“, „sechs Ergotherapeutinnen“."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Final

from msgspec import Struct

from esfmatch.language import fold

_SHORTEST_HEAD: Final = 3


class Number(IntEnum):
    """Whether a name means one, several or either („Fahrer“)."""

    ONE = 1
    MANY = 2
    EITHER = 3


class OccupationTables(Struct, frozen=True):
    """All names with their feminine and plural, folded; `tails` also end a compound."""

    whole: Mapping[str, Number]
    tails: Mapping[str, Number]


def occupation_tables(names: Iterable[str]) -> OccupationTables:
    """The tables of some names; one marked with `*` also ends a compound."""
    whole: dict[str, Number] = {}
    tails: dict[str, Number] = {}
    for name in names:
        for form, number in _forms(fold(name.strip("*"))):
            whole[form] = number
            if name.startswith("*"):
                tails[form] = number
    return OccupationTables(whole, tails)


class Occupations:
    """Knows the names of occupations."""

    def __init__(self, tables: OccupationTables) -> None:
        self._whole = tables.whole
        self._tails = tables.tails
        self._known: dict[str, Number | None] = {}

    def number(self, folded: str) -> Number | None:
        """What the word means as the name of an occupation, or None if it is none."""
        if folded not in self._known:
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[folded] = self._look_up(folded)
        return self._known[folded]

    def is_one(self, folded: str) -> bool:
        """Whether the word may name the occupation of one person."""
        return self.number(folded) in (Number.ONE, Number.EITHER)

    def _look_up(self, folded: str) -> Number | None:
        if found := self._whole.get(folded):
            return found
        for start in range(_SHORTEST_HEAD, len(folded) - 3):
            if found := self._tails.get(folded[start:]):
                return found
        return None


def _forms(name: str) -> Iterable[tuple[str, Number]]:
    """The folded forms of a masculine name, or of one that ends like an adjective.

    >>> sorted(form for form, number in _forms("kaufmann") if number is Number.ONE)
    ['kauffrau', 'kaufmann']
    """
    if name.endswith("mann"):
        head = name.removesuffix("mann")
        yield from ((head + end, Number.ONE) for end in ("mann", "frau"))
        yield from ((head + end, Number.MANY) for end in ("leute", "leuten", "manner", "mannern", "frauen"))
    elif name.endswith("frau"):
        yield name, Number.ONE
        yield name + "en", Number.MANY
    elif name.endswith("e"):
        yield from ((name + end, Number.EITHER) for end in ("", "n"))
        yield from ((form, Number.ONE) for form in (name + "r", name[:-1] + "in"))
        yield name[:-1] + "innen", Number.MANY
    else:
        yield name, Number.EITHER if name.endswith(("er", "el")) else Number.ONE
        yield name + "in", Number.ONE
        yield name + "innen", Number.MANY
        plurals = ("n",) if name.endswith(("er", "el")) else ("e", "en", "s")
        yield from ((name + end, Number.MANY) for end in plurals)
