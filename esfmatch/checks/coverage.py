"""Coverage: every instrument answers a need, every need has an answer or a reason, every end leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.dates import EARLIEST, german
from esfmatch.checks.draft import Draft, Entry
from esfmatch.model.region import Approval, Approved

_AHEAD: Final = timedelta(days=730)  # an approved operation may begin later
_ABOUT_SUCCESSOR: Final = re.compile(r"[Nn]achfolg|[Aa]nschlussförderung|abgelöst|fortgeführt|heute")


@check(
    "ESF801",
    "Instrument ohne Bedarf",
    why="Der Katalog ordnet jedes Instrument einem regionalen Bedarf zu, mit einem Satz warum („why“).",
    failing="",
    repaired="  needs:\n  - id: bedarf\n    stated: false\n    why: Rat hilft beim Ausbilden.\n",
)
def _without_need(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        if not entry.model.needs:
            yield Note(entry.place("id"), f"„{entry.model.id}“ nennt keinen Bedarf.", "Unter „needs“ einen nennen.")
        if not entry.model.themes and not entry.model.serves:
            yield Note(entry.place("id"), f"„{entry.model.id}“ hat weder Zielgruppe noch Thema.")


@check(
    "ESF802",
    "Bedarf ohne Instrument",
    why="Auf jeden Handlungsbedarf antwortet ein Instrument; gibt es keines, sagt „unanswered“, warum.",
    failing="  summary: Weniger Lärm.\n",
    repaired="  summary: Weniger Lärm.\n  unanswered: Kein Instrument handelt davon.\n",
)
def _without_instrument(draft: Draft) -> Iterator[Note]:
    if not draft.whole("programmes.yaml"):
        return
    answered = {link.id for entry in draft.programmes for link in entry.model.needs}
    for entry in draft.needs:
        if entry.model.id not in answered and entry.model.unanswered is None:
            message = f"Auf „{entry.model.id}“ antwortet kein Instrument."
            yield Note(entry.place("id"), message, "Bei einem Instrument nennen oder mit „unanswered“ begründen.")
        elif entry.model.id in answered and entry.model.unanswered is not None:
            yield Note(entry.place("unanswered"), f"Auf „{entry.model.id}“ antwortet sehr wohl ein Instrument.")


@check(
    "ESF803",
    "Ende ohne Hinweis, wie es weitergeht",
    why="Wer nach einem beendeten Angebot fragt, braucht den Nachfolger oder den Satz, dass keiner bekannt ist.",
    failing="    text: Im Jahr 2016 beendet.\n",
    repaired="    text: Im Jahr 2016 beendet; ein Nachfolger ist nicht bekannt.\n",
)
def _dead_end(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        one = entry.model
        texts = [one.status.text, *(note.text for note in one.notes)]
        if one.status.value == "ended" and not one.successors and not any(map(_ABOUT_SUCCESSOR.search, texts)):
            message = f"„{one.id}“ ist beendet; ein Nachfolger oder ein Wort dazu fehlt."
            yield Note(entry.place("status", "value"), message, "„successors“ oder eine Notiz ergänzen.")


@check(
    "ESF804",
    "Instrument ohne Fassung",
    why="Wer etwas beantragen kann, muss lesen können, was gilt: Bedingungen, Leistung und Zeitraum.",
    failing="",
    repaired="  versions:\n"
    "  - label: Treffen bis 2015\n"
    '    from: "2014-01-01"\n'
    '    to: "2015-12-31"\n'
    '    source: {url: "https://www.mags.nrw/ende", publisher: Ministerium, describes: "2014 bis 2016"}\n',
)
def _without_version(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        one = entry.model
        if one.grants and not one.versions:
            yield Note(entry.place("id"), f"„{one.id}“ hat keine Fassung.", "Unter „versions“ eine ergänzen.")


@check(
    "ESF805",
    "Begründung ohne Beleg",
    why="Was amtlich, aus zweiter Hand oder widersprüchlich belegt sein soll, nennt seine Quelle.",
    failing="    confidence: official\n",
    repaired="    confidence: inferred\n",
)
def _note_without_source(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        for number, note in enumerate(entry.model.notes):
            if note.confidence in ("official", "secondary", "conflicting") and not note.source:
                yield Note(entry.place("notes", number, "confidence"), f"„{note.confidence}“ braucht eine Quelle.")


@check(
    "ESF806",
    "Zahlen der Bewilligungen passen nicht zusammen",
    why="In der Region kann nicht mehr bewilligt sein als im Land, und der mittlere Betrag liegt zwischen den äußeren.",
    failing="    median_eur: 9000.0\n",
    repaired="    median_eur: 900.0\n",
)
def _approvals(draft: Draft) -> Iterator[Note]:
    for entry in draft.approvals:
        one = entry.model
        for key in ("nrw", "region"):
            part = getattr(one, key)
            if part.min_eur is not None and not part.min_eur <= part.median_eur <= part.max_eur:
                yield Note(entry.place(key, "median_eur"), "Der Median liegt nicht zwischen Minimum und Maximum.")
            if (
                part.min_eur is not None
                and not _least(part) <= part.eligible_total_eur <= part.max_eur * part.operations
            ):
                message = "Anzahl, Summe, Median und Minimum passen nicht zusammen."
                yield from both(entry.place(key, "eligible_total_eur"), entry.place(key, "min_eur"), message)
            yield from _towns_add_up(entry, key)
        for figure in ("operations", "eligible_total_eur", "max_eur", "last_start"):
            small, great = getattr(one.region, figure), getattr(one.nrw, figure)
            if small is not None and great is not None and small > great:
                message = "In der Region ist es mehr oder später als im ganzen Land."
                yield from both(entry.place("nrw", figure), entry.place("region", figure), message)
        for figure in ("min_eur", "first_start"):
            great, small = getattr(one.region, figure), getattr(one.nrw, figure)
            if small is not None and great is not None and small > great:
                message = "In der Region ist es weniger oder früher als im ganzen Land."
                yield from both(entry.place("nrw", figure), entry.place("region", figure), message)


def _least(part: Approved) -> Decimal:
    """The least sum that so many amounts with this median and minimum can have."""
    assert part.median_eur is not None
    assert part.min_eur is not None
    upper = part.operations // 2 + 1  # the middle one or two, and those above
    return part.median_eur * upper + part.min_eur * (part.operations - upper)


_MOST_BLAMED: Final = 6


def _towns_add_up(entry: Entry[Approval], key: str) -> Iterator[Note]:
    """The figures of the towns against their sum; blamed are those that one slip of the pen explains."""
    towns, operations = getattr(entry.model, key).by_town, getattr(entry.model, key).operations
    gap = operations - sum(towns.values())
    if not towns or not gap:
        return
    message = f"Die Zahlen der Orte ergeben zusammen {operations - gap}, „operations“ ist {operations}."
    slips = [town for town, count in towns.items() if _one_slip(count, count + gap)]
    mended = {town: [count + gap * (name == town) for name, count in towns.items()] for town in slips}
    in_order = [town for town in slips if mended[town] == sorted(mended[town], reverse=True)]
    steps = [("by_town", town) for town in in_order or slips]
    places = [entry.place(key, *step) for step in steps] if len(steps) <= _MOST_BLAMED else []
    if _one_slip(operations, operations - gap) or not places:
        places.append(entry.place(key, "operations"))
    for place in places:
        yield Note(place, message, "", ((entry.place(key, "by_town"), "die Orte"),))


def _one_slip(written: int, meant: int) -> bool:
    """Whether one number becomes the other by one digit too many, missing, changed or swapped."""
    from rapidfuzz.distance import OSA

    return meant > 0 and OSA.distance(str(written), str(meant), score_cutoff=1) <= 1


@check(
    "ESF807",
    "Bewilligung zu einem Tag, den die Liste nicht kennen kann",
    why="Der erste Beginn liegt vor dem letzten, und keiner mehr als zwei Jahre nach dem Tag der Liste.",
    failing='    last_start: "2061-05-01"\n',
    repaired='    last_start: "2016-05-01"\n',
)
def _approved_days(draft: Draft) -> Iterator[Note]:
    lists = draft.approvals_list
    for entry in draft.approvals:
        for key in ("nrw", "region"):
            part = getattr(entry.model, key)
            if part.first_start and part.last_start and part.first_start > part.last_start:
                message = "Der erste Beginn liegt nach dem letzten."
                yield from both(entry.place(key, "first_start"), entry.place(key, "last_start"), message)
            for figure in ("first_start", "last_start"):
                day = getattr(part, figure)
                if day and lists and not EARLIEST < day <= lists.model.day + _AHEAD:
                    yield Note(entry.place(key, figure), f"Den {german(day)} kann die Liste nicht kennen.")
    if lists and lists.model.until > lists.model.day:
        message = "Was bis dahin bewilligt ist, kann die Liste nicht wissen."
        yield from both(lists.place("day"), lists.place("until"), message)
