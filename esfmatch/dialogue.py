"""One question at a time: shown on standard error, asked again until the answer can be understood.

Raises nothing of its own; an answer that is no answer gets a line that helps.
"""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from esfmatch.eligibility import Question
from esfmatch.facts import FactValue, parse_fact
from esfmatch.problems import UsageError
from esfmatch.render.cleaning import clean
from esfmatch.vocabulary import Fact

_DONT_KNOW: Final = frozenset(
    {"", "?", "w", "weiß nicht", "weiss nicht", "weiß ich nicht", "weiss ich nicht", "keine ahnung"}
)
_ABOUT: Final = re.compile(r"^(?:ca\.?|circa|etwa|ungefähr|rund|so)\s+", re.IGNORECASE)
_NUMBERS: Final = ("number", "amount")
_FORMS: Final = {
    "flag": "ja oder nein",
    "date": "etwa 2026-05",
    "choice": "Nummer",
    "choices": "eine oder mehrere Nummern",
    "number": "Zahl",
    "amount": "Betrag in Euro",
    "place": "Ort",
}
_HELP: Final = {
    "flag": "Bitte mit ja oder nein antworten.",
    "date": "Bitte ein Jahr, einen Monat oder einen Tag angeben, zum Beispiel 2026, 2026-05 oder 2026-05-31.",
    "choice": "Bitte die Nummer einer der Antworten eingeben.",
    "choices": "Bitte die Nummern der Antworten eingeben, mit Komma getrennt.",
    "number": "Bitte eine ganze Zahl eingeben, zum Beispiel 14. Auch 10-20 oder >=10 geht.",
    "amount": "Bitte einen Betrag eingeben, zum Beispiel 1.500. Auch 1000-2000 oder <=2000 geht.",
    "place": "Bitte einen Ort mit höchstens 80 Zeichen eingeben.",
}


def interview(
    stated: Mapping[str, FactValue],
    left: Callable[[Mapping[str, FactValue], frozenset[str]], Sequence[Question]],
    names: Mapping[str, str],
    read: Callable[[str], str],
) -> tuple[dict[str, FactValue], frozenset[str]]:
    """Ask until nothing is `left` to ask, given what is known and what was asked; both come back."""
    known, asked = dict(stated), frozenset[str]()
    while questions := left(known, asked):
        value = ask(questions[0], names, read)
        asked |= {questions[0].fact.id}
        if value is not None:
            known[questions[0].fact.id] = value
    return known, asked


def ask(question: Question, names: Mapping[str, str], read: Callable[[str], str]) -> FactValue | None:
    """One question; None for „weiß nicht“.

    `names` are the instruments' names by id: which of them the answer decides is shown with the question.
    """
    fact = question.fact
    _say("")
    _say(question.text)
    decided = [names[ident] for ident in question.decides if ident in names]
    if decided:
        _say(f"(entscheidet über: {', '.join(decided[:3])})", indent=2)
    if fact.help:
        _say(fact.help, indent=2)
    for number, choice in enumerate(fact.values, 1):
        _say(f"{number}  {choice.label}", indent=2)
    while True:
        answer = read(f"Antwort ({_FORMS[fact.type]}; Enter = weiß nicht): ").strip()
        if answer.casefold().rstrip(".!") in _DONT_KNOW:
            return None
        try:
            return parse_fact(fact, _understood(fact, answer))
        except UsageError:
            _say(f"{_HELP[fact.type]} Enter heißt „weiß nicht“.")


def _say(text: str, *, indent: int = 0) -> None:
    width = max(20, shutil.get_terminal_size().columns - 1)
    margin = " " * indent
    print(textwrap.fill(clean(text), width, initial_indent=margin, subsequent_indent=margin), file=sys.stderr)


def _understood(fact: Fact, answer: str) -> str:
    """An answer as people give it, in the form that facts are typed in: numbers of choices, „ca. 30“, „Verband“."""
    if fact.type in _NUMBERS:
        return re.sub(r"\s*(?:€|euro)$", "", _ABOUT.sub("", answer), flags=re.IGNORECASE)
    if not fact.values:
        return answer
    parts = [part.strip() for part in answer.split(",")] if fact.type == "choices" else [answer]
    return ",".join(_choice(fact, part) for part in parts)


def _choice(fact: Fact, part: str) -> str:
    if part.isdecimal() and 1 <= int(part) <= len(fact.values):
        return fact.values[int(part) - 1].id
    meant = [choice.id for choice in fact.values if part.casefold() in choice.label.casefold()]
    return meant[0] if len(meant) == 1 else part
