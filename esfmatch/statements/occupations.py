"""Names of occupations in a text: „Friseurin“, „Industriekauffrau“, „sechs Ergotherapeutinnen“."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import Final

from esfmatch.language import fold

_SHORTEST_HEAD: Final = 3


class Number(Enum):
    """Whether a name means one, several or either („Fahrer“)."""

    ONE = auto()
    MANY = auto()
    EITHER = auto()


class Occupations:
    """All names with their feminine and plural; those marked with `*` also end a compound."""

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: dict[str, Number] = {}
        self._tails: dict[str, Number] = {}
        for name in names:
            for form, number in _forms(fold(name.strip("*"))):
                self._whole[form] = number
                if name.startswith("*"):
                    self._tails[form] = number
        self._known: dict[str, Number | None] = {}

    def number(self, folded: str) -> Number | None:
        """What the word means as the name of an occupation, or None if it is none."""
        if folded not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[folded] = self._look_up(folded)
        return self._known[folded]

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
