"""Time: versions without overlap or unmarked gap, and days that agree with what the texts beside them say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, Entry
from esfmatch.model.programmes import Programme, Version
from esfmatch.problems import Severity

ONE_DAY: Final = timedelta(days=1)


def german(day: date) -> str:
    """A day as it is written in German."""
    return f"{day.day}.{day.month}.{day.year}"


def _pairs(draft: Draft) -> Iterator[tuple[Entry[Programme], int, Version, Version]]:
    """Neighbouring versions: the entry, the number of the later one, both."""
    for entry in draft.programmes:
        for number, (earlier, later) in enumerate(zip(entry.model.versions, entry.model.versions[1:], strict=False), 1):
            yield entry, number, earlier, later


@check(
    "ESF401",
    "Fassungen überschneiden sich",
    why="An jedem Tag darf höchstens eine Fassung gelten; sie stehen in zeitlicher Reihenfolge.",
    failing='  - label: Seit 2021\n    from: "2020-01-01"\n',
    repaired='  - label: Seit 2021\n    from: "2021-01-01"\n',
)
def _overlap(draft: Draft) -> Iterator[Note]:
    for entry, number, earlier, later in _pairs(draft):
        key = "from" if later.from_ else "label"
        related = ((entry.place("versions", number - 1, "to" if earlier.to else "label"), "die Fassung davor"),)
        if earlier.to is None:
            message = "Auf eine Fassung ohne „to“ folgt noch eine."
            yield Note(entry.place("versions", number - 1, "label"), message, "Das Ende der ersten nennen.")
        elif later.from_ is None:
            yield Note(entry.place("versions", number, key), "Eine spätere Fassung braucht „from“.", "", related)
        elif later.from_ <= earlier.to:
            message = f"Die Fassung beginnt am {german(later.from_)}, die davor gilt bis {german(earlier.to)}."
            yield _at_border(draft, entry, number, message)


def _at_border(draft: Draft, entry: Entry[Programme], number: int, message: str, hint: str = "") -> Note:
    """A note on two versions that do not follow each other, at the one of the two days that fewer others share."""
    earlier, later = entry.model.versions[number - 1 : number + 1]
    shared = borders(draft)
    before, after = entry.place("versions", number - 1, "to"), entry.place("versions", number, "from")
    assert earlier.to
    assert later.from_
    if shared[earlier.to + ONE_DAY] < shared[later.from_]:
        return Note(before, message, hint, ((after, "die Fassung danach"),))
    return Note(after, message, hint, ((before, "die Fassung davor"),))


def borders(draft: Draft) -> Counter[date]:
    """The first days of versions and the days after their last ones, with the number of versions that share them."""
    return Counter(
        day
        for _, version in draft.versions
        for day in {version.model.from_, version.model.to and version.model.to + ONE_DAY}
        if day
    )


@check(
    "ESF402",
    "Lücke zwischen zwei Fassungen",
    why="Zwischen zwei Fassungen gilt keine Regel. Ist das so gemeint, sagt „gap“ der späteren Fassung, warum.",
    failing='  - label: Seit 2021\n    from: "2021-06-01"\n',
    repaired='  - label: Seit 2021\n    from: "2021-01-01"\n',
)
def _unmarked_gap(draft: Draft) -> Iterator[Note]:
    for entry, number, earlier, later in _pairs(draft):
        if not (earlier.to and later.from_):
            continue
        apart = later.from_ - earlier.to
        related = ((entry.place("versions", number - 1, "to"), "die Fassung davor"),)
        if apart > ONE_DAY and later.gap is None:
            first, last = german(earlier.to + ONE_DAY), german(later.from_ - ONE_DAY)
            message = f"Vom {first} bis {last} gilt keine Fassung."
            hint = "Die Tage prüfen; ist die Lücke gewollt, mit „gap“ begründen."
            yield _at_border(draft, entry, number, message, hint)
        elif apart == ONE_DAY and later.gap is not None:
            yield Note(entry.place("versions", number, "gap"), "Hier ist keine Lücke.", "„gap“ löschen.", related)


@check(
    "ESF403",
    "Stand und Laufzeit widersprechen sich",
    why="Ein beendetes Angebot hat keine offene Fassung, ein laufendes keine, die schon vor dem Beleg abgelaufen ist.",
    failing='  - label: Treffen bis 2015\n    from: "2014-01-01"\n',
    repaired='  - label: Treffen bis 2015\n    from: "2014-01-01"\n    to: "2015-12-31"\n',
)
def _status_against_dates(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        versions, status = entry.model.versions, entry.model.status
        if not versions:
            continue
        first, last = versions[0], versions[-1]
        place = entry.place("status", "value")
        end = ((entry.place("versions", len(versions) - 1, "to" if last.to else "label"), "letzte Fassung"),)
        begin = ((entry.place("versions", 0, "from" if first.from_ else "label"), "erste Fassung"),)
        if status.value == "ended" and last.to is None:
            message = "Das Angebot ist beendet, seine letzte Fassung hat aber kein Ende."
            yield from both(place, entry.missing("to", "versions", len(versions) - 1), message)
        elif status.value == "open" and last.to and last.to < status.day:
            yield Note(place, f"Das Angebot läuft, seine letzte Fassung endete aber am {german(last.to)}.", "", end)
        elif status.value == "open" and first.from_ and first.from_ > status.day:
            message = f"Das Angebot läuft am {german(status.day)}, beginnt aber erst am {german(first.from_)}."
            yield Note(entry.place("status", "day"), message, "", begin)
        elif status.value == "upcoming" and first.from_ and first.from_ <= status.day:
            yield Note(place, f"Das Angebot soll erst kommen, begann aber am {german(first.from_)}.", "", begin)


@check(
    "ESF404",
    "Beleg aus der Zukunft",
    why="Einen Beleg mit einem Tag, der noch nicht da ist, kann es nicht geben.",
    failing='    day: "2022-06-01"\n    text: Seit dem 1. Juni 2022 läuft',
    repaired='    day: "2021-06-01"\n    text: Seit dem 1. Juni 2021 läuft',
)
def _evidence_from_the_future(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        if entry.model.status.day > draft.as_of:
            message = f"Der Beleg ist vom {german(entry.model.status.day)}, heute ist {german(draft.as_of)}."
            yield Note(entry.place("status", "day"), message)
    for source in draft.sources:
        if source.model.day > draft.as_of:
            yield Note(source.place("day"), f"Das Dokument ist vom {german(source.model.day)}.")


@check(
    "ESF405",
    "Beleg veraltet",
    why="Dass ein Angebot läuft oder kommt, muss von Zeit zu Zeit neu belegt werden. Die Frist setzt --max-age.",
    failing='    day: "2015-06-01"\n    text: Seit dem 1. Juni 2015 läuft',
    repaired='    day: "2021-06-01"\n    text: Seit dem 1. Juni 2021 läuft',
    severity=Severity.WARNING,
)
def _old_evidence(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        status = entry.model.status
        age = (draft.as_of - status.day).days
        if status.value in ("open", "upcoming") and age > draft.max_age:
            message = f"Der Beleg ist {age} Tage alt, erlaubt sind {draft.max_age}."
            yield Note(entry.place("status", "day"), message, "Neu belegen oder den Stand auf unknown setzen.")


EARLIEST, LATEST = date(1960, 1, 1), date(2060, 1, 1)


@check(
    "ESF406",
    "Unwahrscheinliches Datum",
    why="Förderprogramme gibt es erst seit einigen Jahrzehnten, und keines ist für mehrere im Voraus geregelt.",
    failing='  - label: Seit 2021, bis 2061\n    from: "2021-01-01"\n    to: "2061-12-31"\n',
    repaired='  - label: Seit 2021\n    from: "2021-01-01"\n',
)
def _unlikely_date(draft: Draft) -> Iterator[Note]:
    for entry, version in draft.versions:
        for key, day in (("from", version.model.from_), ("to", version.model.to)):
            if day and not EARLIEST < day < LATEST:
                yield Note(version.place(key), f"Der {german(day)} ist für „{entry.model.id}“ unwahrscheinlich.")
