"""An instrument and a day -> the version that holds and whether one can apply, as far as the catalogue knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar

from esfmatch.facts import Period
from esfmatch.model.programmes import Outline, Programme, Span, Version

S = TypeVar("S", bound=Span)

_REMEMBERED: Final = 10_000  # instruments × days


class PeriodState(StrEnum):
    """Whether one can apply on a day, as far as the catalogue knows."""

    OPEN = "open"
    ENDED = "ended"
    UPCOMING = "upcoming"
    UNKNOWN = "unknown"


@lru_cache(maxsize=_REMEMBERED)
def version_on(programme: Programme, day: date) -> Version | None:
    """The version that holds on `day`; else the last one that began before it; else the first one."""
    return _span_on(programme.versions, day)


def _span_on(spans: Sequence[S], day: date) -> S | None:
    for span in spans:
        if span.covers(day):
            return span
    before = [span for span in spans if span.from_ is None or span.from_ <= day]
    return before[-1] if before else next(iter(spans), None)


@lru_cache(maxsize=_REMEMBERED)
def period_on(instrument: Programme | Outline, day: date) -> PeriodState:
    """Whether one can apply on `day`: the newest evidence, from its day on; before it the dated versions.

    A version without a first day shows nothing for the time before the newest evidence.
    """
    spans: Sequence[Span] = instrument.versions
    span, status = _span_on(spans, day), instrument.status
    known = PeriodState(status.value) if day >= status.day else None
    if span is None:
        return known or PeriodState.UNKNOWN
    if span.covers(day):
        last_day = known is PeriodState.ENDED and day == span.to == status.day  # the last day counts
        if last_day:
            return PeriodState.OPEN
        return known or (PeriodState.OPEN if span.from_ else PeriodState.UNKNOWN)
    if span.from_ is not None and day < span.from_:
        return PeriodState.UNKNOWN if span.older else PeriodState.UPCOMING
    if span.to is not None and known and status.day > span.to:  # evidence newer than the last rules that we know
        return known
    return PeriodState.ENDED if span is spans[-1] else PeriodState.UNKNOWN


def shown_since(instrument: Programme | Outline) -> date:
    """The first day for which the catalogue shows whether one can apply."""
    first = instrument.versions[0].from_ if instrument.versions else None
    return first or instrument.status.day


def is_older(programme: Programme, first: date) -> bool:
    """Whether the instrument may be older than the version that begins on `first`."""
    return any(version.older for version in programme.versions if version.from_ == first)


def rules_on(programme: Programme, day: date) -> Version | None:
    """The version whose rules count on `day`. Rules that ran out do not count for an instrument that goes on."""
    version = version_on(programme, day)
    ran_out = version is not None and version.to is not None and version.to < day
    return None if ran_out and period_on(programme, day) is PeriodState.OPEN else version


def day_of_rules(programme: Programme, as_of: date, stated: Period | None) -> date:
    """The day whose rules count: that of a stated application or start, else `as_of`.

    Of a stated span it is `as_of` where a version covers that, else the first day that any version covers.
    """
    if stated is None:
        return as_of
    if stated.first <= as_of <= stated.last and any(version.covers(as_of) for version in programme.versions):
        return as_of
    starts = [(max(stated.first, version.from_ or stated.first), version) for version in programme.versions]
    covered = [start for start, version in starts if start <= stated.last and version.covers(start)]
    return min(covered, default=stated.first)


def run_of(programme: Programme, version: Version) -> tuple[date | None, date | None]:
    """First and last day of the unbroken run of versions that `version` belongs to."""
    position = programme.versions.index(version)
    first = last = position
    while first > 0 and _follow(programme.versions[first - 1], programme.versions[first]):
        first -= 1
    while last + 1 < len(programme.versions) and _follow(programme.versions[last], programme.versions[last + 1]):
        last += 1
    return programme.versions[first].from_, programme.versions[last].to


def _follow(earlier: Version, later: Version) -> bool:
    return earlier.to is not None and later.from_ is not None and later.from_ - earlier.to == timedelta(days=1)
