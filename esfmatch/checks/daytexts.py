"""Days against the texts beside them: what „from“, „to“ and the day of a status say is told in words, too."""

from __future__ import annotations

import calendar
import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.dates import EARLIEST, LATEST, ONE_DAY, borders, german
from esfmatch.checks.draft import Draft, scalars
from esfmatch.facts import Period
from esfmatch.language import tokenize
from esfmatch.model.evidence import Source
from esfmatch.statements.moments import moments

_PUBLISHED: Final = timedelta(days=31)  # a document is known from its day on, its status is given by the month
_MONTH_NAMES: Final = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_MONTH: Final = "|".join(_MONTH_NAMES)
_PARTS: Final = {
    "Anfang": (1, 4),
    "Frühjahr": (3, 6),
    "Mitte": (5, 9),
    "Sommer": (6, 9),
    "Herbst": (9, 11),
    "Ende": (8, 12),
}
_PART: Final = re.compile(rf"({'|'.join(_PARTS)})(?: des Jahres)? ((?:19|20)[0-9]{{2}})")
_MONTHS_OF: Final = re.compile(rf"({_MONTH})(?: bis |/)(?:{_MONTH}) ((?:19|20)[0-9]{{2}})")
_SPAN: Final = re.compile(r"((?:19|20)[0-9]{2})\s?(?:[–/-]|bis|und)\s?((?:19|20)?[0-9]{2})(?![0-9.-])")


def _told(texts: Iterable[str]) -> list[tuple[date, date]]:
    """The first and last days of what texts name: days, months, years, „Ende 2018“, both years of „2014–2020“."""
    found: list[tuple[date, date]] = []
    for text in texts:
        if not re.search(r"[12][0-9]{3}|[0-9]\.[0-9]{2}", text):
            continue
        for moment in moments(tokenize(text), text):
            with contextlib.suppress(ValueError):
                period = Period.parse(moment.text)
                found.append((period.first, period.last))
        found += [_months(int(year), *_PARTS[part]) for part, year in _PART.findall(text)]
        found += [_months(int(year), _MONTH_NAMES.index(month) + 1) for month, year in _MONTHS_OF.findall(text)]
        for first, last in _SPAN.findall(text):
            end = int(last) if len(last) == 4 else int(first[:2] + last)
            found += [_months(int(first), 1, 12), _months(end, 1, 12)]
    return found


def _months(year: int, first: int, last: int | None = None) -> tuple[date, date]:
    end = last or first
    return date(year, first, 1), date(year, end, calendar.monthrange(year, end)[1])


def _agrees(day: date, told: list[tuple[date, date]], *, next_to_month: bool = True) -> bool:
    """Whether texts name the day, the one beside it, its month, or its year if nothing in that year is named closer.

    The first and the last day of a named year stand for the year itself. next_to_month: whether the day beside a month
    that is named is as good, as where something holds from the day after.
    """
    narrow = [(first, last) for first, last in told if (last - first).days < 200 and first.year == day.year]
    exact = [
        (first, last) for first, last in narrow if first == last and (first.month, last.year) == (day.month, day.year)
    ]
    new_year = (day.month, day.day) in ((1, 1), (12, 31))
    if new_year:
        narrow = []
    elif exact:
        narrow = exact
    for first, last in narrow or told:
        slack = ONE_DAY if next_to_month or new_year or first == last else timedelta()
        if first - slack <= day <= last + slack:
            return True
    return False


@check(
    "ESF407",
    "Tag des Belegs steht in keiner Quelle",
    why="Der Tag des Stands ist der des neuesten Belegs. Text und „describes“ daneben nennen ihn, seinen Monat "
    "oder sein Jahr; sonst ist er verschrieben.",
    failing='    day: "2021-07-06"\n    text: Seit dem 1. Juni 2021 läuft',
    repaired='    day: "2021-06-01"\n    text: Seit dem 1. Juni 2021 läuft',
)
def _status_day_untold(draft: Draft) -> Iterator[Note]:
    days = {entry.model.id: entry.model.day for entry in draft.sources}
    for entry in draft.programmes:
        status = entry.model.status
        told = _told([status.text, *_describes(status.source)])
        told += [(days[s.doc], days[s.doc] + _PUBLISHED) for s in status.source if s.doc in days]
        if told and not _agrees(status.day, told, next_to_month=False) and "geschätzt" not in status.text:
            yield Note(entry.place("status", "day"), f"Den {german(status.day)} nennt keine Quelle des Stands.")


def _describes(sources: Iterable[Source]) -> Iterator[str]:
    return (source.describes for source in sources if source.describes)


@check(
    "ESF408",
    "Tag einer Fassung ist nicht belegt",
    why="„from“ und „to“ stehen in den Texten des Eintrags, oder mehrere Fassungen derselben Richtlinie teilen sie. "
    "Ein Tag, den sonst nichts nennt, ist meist verschrieben.",
    failing='  - label: Bis 2018\n    from: "2011-04-01"\n',
    repaired='  - label: Bis 2018\n    from: "2010-01-01"\n',
)
def _version_day_untold(draft: Draft) -> Iterator[Note]:
    shared = borders(draft)
    for entry, version in draft.versions:
        told: list[tuple[date, date]] | None = None
        for key, day in (("from", version.model.from_), ("to", version.model.to)):
            if day is None or shared[day if key == "from" else day + ONE_DAY] >= 3:
                continue
            if told is None:
                told = _told(_texts(entry.value))
            named = (source.publisher or "" for source in version.model.source)
            next_day = key == "to" and _agrees(day + ONE_DAY, told)  # told as the day from which something else holds
            if not _agrees(day, told) and not next_day and (day, day) not in _told(named):
                yield Note(version.place(key), f"Den {german(day)} nennt kein Text dieses Eintrags.")


_TELLING: Final = frozenset({"text", "label", "summary", "describes", "gap", "why", "derived"})


def _texts(value: Any) -> Iterator[str]:
    for path, text in scalars(value):
        if isinstance(text, str) and path[-1] in _TELLING:
            yield text


@check(
    "ESF409",
    "Jahre in der Bezeichnung widersprechen den Tagen",
    why="Nennt „label“ Jahre, beginnt und endet die Fassung in ihnen.",
    failing="  - label: Phase 2014 bis 2016\n",
    repaired="  - label: Phase 2014 bis 2020\n",
)
def _label_against_days(draft: Draft) -> Iterator[Note]:
    for _entry, version in draft.versions:
        label, first, last = version.model.label, version.model.from_, version.model.to
        years = _SPAN.search(label)
        if years and len(years[2]) == 4 and not _fits(first, last, int(years[1]), int(years[2])):
            key = "from" if first and not int(years[1]) <= first.year <= int(years[2]) else "to"
            message = f"Die Bezeichnung sagt „{years[0]}“, dazu passt dieser Tag nicht."
            yield from both(version.place("label"), version.place(key), message)


def _fits(first: date | None, last: date | None, start: int, end: int) -> bool:
    """Money of a phase may be spent up to three years after it."""
    return (first is None or start <= first.year <= end) and (last is None or start <= last.year <= end + 3)


# Four digits that can only be a year: after a month or day, in an ISO date, or in a span such as 2014–2020.
_YEARS: Final = re.compile(
    rf"(?:(?:{_MONTH}) |[0-9]\.|(?<![0-9])[12][0-9]{{3}}–|(?<![0-9.,–-])(?=[0-9]{{4}}-[01][0-9]-))"
    r"([0-9]{4})(?![0-9.,]?[0-9])"
)
_DAY_KEYS: Final = frozenset({"from", "to", "day", "until", "not_before", "not_after"})
_IMPOSSIBLE: Final = re.compile(
    r"(?<![0-9.])([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?((?:19|20)[0-9]{2})(?![0-9])|(?<![0-9])((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})(?![0-9])"
)
_LONG: Final = {
    name: length
    for length, names in (
        (31, "Januar März Mai Juli August Oktober Dezember"),
        (30, "April Juni September November"),
        (29, "Februar"),
    )
    for name in names.split()
}
_WRITTEN: Final = re.compile(rf"(?<![0-9.,])([0-9]{{1,3}})\. ({'|'.join(_LONG)})\b")


@check(
    "ESF410",
    "Datum, das es nicht gibt",
    why="Den 31. Juni, einen 13. Monat oder das Jahr 2106 meint niemand.",
    failing="Am 31. Juni 2018 eingestellt.",
    repaired="Am 30. Juni 2018 eingestellt.",
)
def _impossible_date(draft: Draft) -> Iterator[Note]:
    for document, path, text in draft.prose():
        if path[-1] in _DAY_KEYS:
            continue
        for found in _IMPOSSIBLE.finditer(text):
            day, month, year = (found[1], found[2], found[3]) if found[3] else (found[6], found[5], found[4])
            if not _exists(int(year), int(month), int(day)):
                yield Note(document.within(path, found[0]), f"Das Datum „{found[0]}“ gibt es nicht.")
        for found in _YEARS.finditer(text):
            if not EARLIEST.year < int(found[1]) < LATEST.year:
                yield Note(document.within(path, found[1]), f"Das Jahr {found[1]} ist unwahrscheinlich.")
        for found in _WRITTEN.finditer(text):
            if not 1 <= int(found[1]) <= _LONG[found[2]]:
                yield Note(document.within(path, found[0]), f"Das Datum „{found[0]}“ gibt es nicht.")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_ENDED: Final = re.compile(
    r"beendet|eingestellt|ausgelaufen|aufgehoben|abgelöst|geschlossen|endete|lief .{0,40} aus|vorbei"
)
_CLOSED: Final = re.compile(
    r"lief bis|waren bis|waren vom|Ergebnisse|enthält keinen Abschnitt|sind bis [12][0-9]{3} belegt"
)


@check(
    "ESF411",
    "Der Text des Stands sagt etwas anderes",
    why="Zu „ended“ gehört ein Text, der das Ende nennt; zu „open“ keiner, der nur von einem Ende spricht.",
    failing='    value: ended\n    day: "2018-06-30"\n    text: Am 30. Juni 2018 wurde der letzte Antrag gestellt.',
    repaired='    value: ended\n    day: "2018-06-30"\n    text: Am 30. Juni 2018 eingestellt.',
)
def _status_text(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        status = entry.model.status
        place, ends = entry.place("status", "value"), _ENDED.search(status.text)
        if status.value == "ended" and not (ends or _CLOSED.search(status.text)):
            yield Note(place, "Der Stand ist „ended“, der Text daneben nennt kein Ende.")
        elif status.value in ("open", "upcoming") and ends:
            message = f"Der Stand ist „{status.value}“, der Text daneben sagt „{ends[0]}“."
            yield from both(place, entry.within(ends[0], "status", "text"), message)


@check(
    "ESF412",
    "Tag des Dokuments steht nicht in seinem Titel",
    why="Nennt der Titel einen Tag, ist es der Tag der Fassung, die zitiert wird.",
    failing='  day: "2021-01-03"\n',
    repaired='  day: "2021-03-01"\n',
)
def _document_day(draft: Draft) -> Iterator[Note]:
    for entry in draft.sources:
        told = [first for first, last in _told([entry.model.title]) if first == last]
        if told and entry.model.day not in told:
            yield Note(entry.place("day"), f"Der Titel nennt den {german(entry.model.day)} nicht.")
