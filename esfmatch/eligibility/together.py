"""What may and may not be combined with an instrument, seen from both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from esfmatch.eligibility.periods import version_on
from esfmatch.model.programmes import Combination, Programme


class Together(Struct, frozen=True):
    """A statement on combining, and the instruments of the catalogue that it is about, the one asked for left out.

    `of` is the instrument whose entry says so.
    """

    combination: Combination
    of: Programme
    others: tuple[Programme, ...]


def together(
    programme: Programme, programmes: Mapping[str, Programme], naming: Iterable[Programme], day: date
) -> tuple[Together, ...]:
    """What the version of the day says on combining, and what the `naming` instruments say on this one."""
    own = [
        Together(combination, programme, tuple(programmes[ident] for ident in combination.programmes))
        for combination in _combinations(programme, day)
    ]
    told = {(other.id, entry.combination.effect) for entry in own for other in entry.others}
    mirrored = [
        Together(combination, entry, (entry,))
        for entry in naming
        for combination in _combinations(entry, day)
        if programme.id in combination.programmes and (entry.id, combination.effect) not in told
    ]
    return (*own, *mirrored)


def _combinations(programme: Programme, day: date) -> tuple[Combination, ...]:
    version = version_on(programme, day)
    return version.combinations if version else ()
