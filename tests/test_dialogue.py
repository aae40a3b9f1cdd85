"""Asking: an answer as people give it is understood, another is asked for again with a line that helps."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rule_samples import DECLARED, number

from esfmatch.dialogue import ask
from esfmatch.eligibility.questions import Question
from esfmatch.facts import FactValue, Interval, Period
from esfmatch.vocabulary import Choice, Fact

FACTS = {fact.id: fact for fact in DECLARED}
SEVERAL = Fact(
    id="applicant",
    type="choice",
    label="Wer",
    question="Wer?",
    values=(Choice(id="company", label="Unternehmen"), Choice(id="association", label="Verband, Kammer oder Innung")),
)
COSTS = Fact(id="project_costs", type="amount", label="Kosten", question="Wie viel?")


def answered(fact: Fact, *answers: str) -> FactValue | None:
    """The value after these answers, all of which are needed."""
    left = list(answers)
    value = ask(Question(fact, fact.question, ("a",)), {}, lambda prompt: left.pop(0))
    assert not left
    return value


@pytest.mark.parametrize(
    ("fact", "answer", "value"),
    [
        (FACTS["employees"], "ca. 30", number(30, 30)),
        (FACTS["employees"], " 10-20 ", number(10, 20)),
        (COSTS, "1.500 Euro", Interval.of(1500)),
        (COSTS, "ungefähr 800€", Interval.of(800)),
        (FACTS["disability"], "Nein", False),
        (SEVERAL, "2", "association"),
        (SEVERAL, "kammer", "association"),
        (FACTS["legal_circle"], "1, 2", ("SGB II", "SGB III")),
        (FACTS["place"], "Lünen", "Lünen"),
        (FACTS["date"], "2026-05", Period.parse("2026-05")),
        (FACTS["employees"], "", None),
        (FACTS["employees"], "Weiß nicht.", None),
        (SEVERAL, "keine Ahnung", None),
    ],
)
def test_an_answer_is_understood(fact: Fact, answer: str, value: FactValue | None) -> None:
    assert answered(fact, answer) == value


@pytest.mark.parametrize(
    ("fact", "wrong", "right", "hint"),
    [
        (FACTS["employees"], "viele", "9", "ganze Zahl"),
        (FACTS["disability"], "vielleicht", "ja", "ja oder nein"),
        (SEVERAL, "3", "1", "Nummer"),
        (FACTS["date"], "bald", "2026", "2026-05"),
    ],
)
def test_a_wrong_answer_is_asked_for_again(
    fact: Fact, wrong: str, right: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(fact, wrong, right) is not None
    assert hint in capsys.readouterr().err.split("?", 1)[1]


def test_the_instruments_that_a_question_decides_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    ask(Question(COSTS, "Wie viel kostet es?", ("a", "b")), {"a": "Erstes", "b": "Zweites"}, lambda prompt: "")
    shown = capsys.readouterr().err
    assert "Wie viel kostet es?" in shown
    assert "(entscheidet über: Erstes, Zweites)" in shown


def test_no_line_is_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    fact = replace(COSTS, help="Der Betrag steht auf dem Angebot oder der Rechnung. " * 3)
    ask(Question(fact, fact.question, ()), {}, lambda prompt: "")
    assert max(map(len, capsys.readouterr().err.splitlines())) <= 40
