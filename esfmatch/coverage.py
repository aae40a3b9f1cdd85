"""Which regional needs an instrument answers on a day, which it does not and why, and what changed between two days.

Pure: the catalogue, the day and what is known of the applicant come in, rows of cells come out. No wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from esfmatch.catalogue import Catalogue
from esfmatch.eligibility import PeriodState, RuleResult, judge, period_on
from esfmatch.facts import Facts
from esfmatch.model.evidence import Source
from esfmatch.model.programmes import NeedLink, Programme
from esfmatch.model.region import Need

REGION_FACTS: Final = frozenset({"in_region", "in_nrw", "place", "coal_site", "in_jtf_area", "municipality_type"})
_YEAR: Final = re.compile(r"(?<![0-9.])(?:19|20)[0-9]{2}(?![0-9])")


class Standing(StrEnum):
    """What an instrument is to a need on the day.

    open: usable. refused: open, but a rule speaks against the applicant or place. unproven: whether one can apply is
    not known. announced: promised, not yet open. plan: nobody can apply. ended. later: not there yet on the day, or not
    known to have been.
    """

    OPEN = "open"
    REFUSED = "refused"
    UNPROVEN = "unproven"
    ANNOUNCED = "announced"
    PLAN = "plan"
    ENDED = "ended"
    LATER = "later"


class Gap(StrEnum):
    """Why no instrument answers a need."""

    REGION = "wrong_region"
    APPLICANT = "wrong_applicant"
    CONDITION = "condition"
    UNPROVEN = "unproven"
    ANNOUNCED = "announced"
    PLAN = "plan_only"
    ENDED = "ended"
    NONE = "none"


class Cell(Struct, frozen=True):
    """One instrument that answers a need, or would. `via` is the Handlungsbedarf through which it does."""

    programme: Programme
    link: NeedLink
    standing: Standing
    refusals: tuple[RuleResult, ...]
    heirs: tuple[Programme, ...]
    via: Need | None = None

    @property
    def gap(self) -> Gap | None:
        """What keeps it from being an answer."""
        if self.standing is Standing.REFUSED:
            facts = {rule.fact for rule in self.refusals}
            if facts & REGION_FACTS:
                return Gap.REGION
            return Gap.APPLICANT if "applicant" in facts else Gap.CONDITION
        return _GAPS.get(self.standing)


_GAPS: Final = {
    Standing.UNPROVEN: Gap.UNPROVEN,
    Standing.ANNOUNCED: Gap.ANNOUNCED,
    Standing.PLAN: Gap.PLAN,
    Standing.ENDED: Gap.ENDED,
}
_NEAREST_FIRST: Final = tuple(Gap)


class Row(Struct, frozen=True):
    """A need and all instruments that are linked to it."""

    need: Need
    cells: tuple[Cell, ...]

    @property
    def open(self) -> tuple[Cell, ...]:
        """The instruments that can be used, those that a document names first."""
        usable = [cell for cell in self.cells if cell.standing is Standing.OPEN]
        return tuple(sorted(usable, key=lambda cell: not cell.link.stated))

    @property
    def gap(self) -> Gap | None:
        """Why it is empty, by the instrument that comes nearest to an answer; None where it is not."""
        if self.open:
            return None
        found = {cell.gap for cell in self.cells}
        return next((gap for gap in _NEAREST_FIRST if gap in found), Gap.NONE)

    @property
    def decisive(self) -> tuple[Cell, ...]:
        """The instruments that its gap is about."""
        return tuple(cell for cell in self.cells if cell.gap is not None and cell.gap is self.gap)


class Coverage(Struct, frozen=True):
    """The needs in the catalogue's order, as of a day and for somebody of whom `facts` are known."""

    as_of: date
    facts: Facts
    rows: tuple[Row, ...]

    @property
    def gaps(self) -> tuple[Row, ...]:
        """The needs without a usable instrument."""
        return tuple(row for row in self.rows if row.gap is not None)


class Change(Struct, frozen=True):
    """What became of one need between two days."""

    before: Row
    after: Row
    lost: tuple[Programme, ...]
    gained: tuple[Programme, ...]

    @property
    def need(self) -> Need:
        """The need."""
        return self.after.need


def cover(catalogue: Catalogue, as_of: date, facts: Facts) -> Coverage:
    """The coverage of all needs on a day. `facts` are those of the applicant and place; see `for_region`."""
    seen = {programme.id: _seen(programme, catalogue, as_of, facts) for programme in catalogue.programmes}
    rows = tuple(Row(need, tuple(_cells(need, catalogue, seen))) for need in catalogue.needs)
    return Coverage(as_of, facts, rows)


def for_region(facts: Facts) -> Facts:
    """The facts, in the region unless they say something else of the place."""
    if "place" in facts or "in_region" in facts or "in_nrw" in facts:
        return facts
    return facts.with_({"in_region": True, "in_nrw": True})


def compare(before: Coverage, after: Coverage) -> tuple[Change, ...]:
    """What was lost and gained for each need between two days."""
    changes = []
    for earlier, later in zip(before.rows, after.rows, strict=True):
        then = {cell.programme.id: cell.programme for cell in earlier.open}
        now = {cell.programme.id: cell.programme for cell in later.open}
        lost = tuple(programme for ident, programme in then.items() if ident not in now)
        gained = tuple(programme for ident, programme in now.items() if ident not in then)
        changes.append(Change(earlier, later, lost, gained))
    return tuple(changes)


_Seen = tuple[Standing, tuple[RuleResult, ...], tuple[Programme, ...]]


def _cells(need: Need, catalogue: Catalogue, seen: dict[str, _Seen]) -> Iterator[Cell]:
    """Instruments linked to the need itself, then those linked to a Handlungsbedarf below it, each once."""
    parts = [part for part in catalogue.needs if part.parent == need.id or need.id in part.handlungsfelder]
    found: set[str] = set()
    for target, via in ((need, None), *((part, part) for part in parts)):
        for programme in catalogue.programmes:
            link = next((link for link in programme.needs if link.id == target.id), None)
            if link is not None and programme.id not in found:
                found.add(programme.id)
                yield Cell(programme, link, *seen[programme.id], via)


def _seen(programme: Programme, catalogue: Catalogue, as_of: date, facts: Facts) -> _Seen:
    standing = _standing(programme, catalogue, as_of)
    if standing is Standing.OPEN:
        failed = judge(programme, facts, as_of).failed
        refusals = tuple(rule for rule in failed if rule.test is not None)
        return (Standing.REFUSED if refusals else standing), refusals, ()
    heirs = (catalogue.by_id[successor.id] for successor in programme.successors)
    return standing, (), tuple(heir for heir in heirs if _standing(heir, catalogue, as_of) is Standing.OPEN)


def _standing(programme: Programme, catalogue: Catalogue, as_of: date) -> Standing:
    period = period_on(programme, as_of)
    if as_of < known_since(programme, catalogue):
        return Standing.LATER
    if period is PeriodState.ENDED:
        return Standing.ENDED
    if not programme.grants:
        return Standing.PLAN
    if period is PeriodState.UPCOMING:
        return Standing.ANNOUNCED
    return Standing.OPEN if period is PeriodState.OPEN else Standing.UNPROVEN


def known_since(programme: Programme, catalogue: Catalogue) -> date:
    """The first day for which anything cited shows that the instrument is there.

    That is the beginning of its first version; where the sources do not give it, the day of the oldest document cited
    or the first year that a cited page describes, but at the latest the day of its status.
    """
    begins = [version.from_ for version in programme.versions]
    if begins and begins[0] is not None:
        return begins[0]
    sources = [*programme.source, *programme.status.source]
    for version in programme.versions:
        sources += version.source
    days = [day for source in sources if (day := _first_day(source, catalogue)) is not None]
    return min([programme.status.day, *days, *(day for day in begins if day is not None)])


def _first_day(source: Source, catalogue: Catalogue) -> date | None:
    if source.doc is not None:
        return next((document.day for document in catalogue.documents if document.id == source.doc), None)
    years = _YEAR.findall(source.describes or "")
    return date(min(int(year) for year in years), 1, 1) if years else None
