"""Instruments, conditions and facts of invention, for the tests of eligibility."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from esfmatch.eligibility import Eligibility, judge
from esfmatch.facts import Facts, FactValue, Interval
from esfmatch.model.programmes import Programme
from esfmatch.shapes import validate
from esfmatch.vocabulary import Change, Choice, Fact

SOURCE = {"doc": "konzept", "page": 24}
TODAY = date(2016, 6, 30)
DECLARED = (
    Fact(
        id="applicant",
        type="choice",
        label="Antrag",
        question="Wer?",
        values=(Choice(id="company", label="U"), Choice(id="person", label="P"), Choice(id="school", label="S")),
        change=Change(text="Stellt jemand anderes den Antrag ({}),"),
    ),
    Fact(
        id="employees",
        type="number",
        label="Beschäftigte",
        question="Wie viele?",
        change=Change(text="Mit {} Beschäftigten", only_more=True),
    ),
    Fact(
        id="partner_companies",
        type="number",
        label="Partner",
        question="Wie viele Partner?",
        change=Change(text="Mit {} weiteren Betrieben", one="Mit einem zweiten Betrieb"),
    ),
    Fact(id="disability", type="flag", label="Behinderung", question="Behinderung?"),
    Fact(id="date", type="date", label="Beginn", question="Wann?"),
    Fact(
        id="legal_circle",
        type="choices",
        label="Rechtskreis",
        question="Welches Gesetz?",
        values=(Choice(id="SGB II", label="II"), Choice(id="SGB III", label="III")),
    ),
    Fact(id="place", type="place", label="Ort", question="Wo?"),
    Fact(id="in_nrw", type="flag", label="in NRW", question="In NRW?"),
    Fact(id="in_region", type="flag", label="in der Region", question="In der Region?"),
)


def condition(**test: Any) -> dict[str, Any]:
    return {"text": "Regel", "source": SOURCE, **test}


def programme(*conditions: dict[str, Any], **changes: Any) -> Programme:
    version = {"label": "Fassung", "from": "2014-01-01", "to": "2020-12-31", "source": SOURCE, "conditions": conditions}
    entry: dict[str, Any] = {
        "id": "probe",
        "name": "Probe",
        "kind": "programme",
        "level": "state",
        "summary": "Ein Programm.",
        "status": {"value": "ended", "day": "2021-01-01", "text": "Zu Ende.", "source": SOURCE},
        "versions": (version,),
        "source": SOURCE,
    }
    return validate(Programme, entry | changes)


def number(low: int | None, high: int | None) -> Interval:
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))


def verdict(entry: Programme, **facts: FactValue) -> Eligibility:
    return judge(entry, Facts(facts), TODAY).eligibility
