"""What the text of a condition is about, against the fact that it compares and the values that it allows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, Entry
from esfmatch.checks.rules import Leaf, conditions, leaves
from esfmatch.language import FUNCTION_WORDS, stem, tokenize
from esfmatch.model.rules import Condition
from esfmatch.vocabulary import Choice, Fact

_COMMON: Final = 4  # a word that so many facts share tells none of them apart
_SHORTEST: Final = 4


@lru_cache(maxsize=20_000)
def _stems(texts: tuple[str, ...]) -> frozenset[str]:
    """The stems of the words that mean something."""
    return frozenset(
        stem(token.fold)
        for text in texts
        for token in tokenize(text)
        if len(token.fold) > 2 and token.fold not in FUNCTION_WORDS and not token.is_number
    )


def _touch(some: Iterable[str], others: frozenset[str]) -> bool:
    """Whether a word of one side is, or is part of, a word of the other."""
    return any(a == b or (min(len(a), len(b)) >= _SHORTEST and (a in b or b in a)) for a in some for b in others)


def _words_of(fact: Fact) -> frozenset[str]:
    choices = (text for choice in fact.values for text in (choice.label, *choice.forms))
    texts = (fact.label, fact.question, fact.help or "", fact.unit or "", *fact.stated, *fact.denied, *fact.nouns)
    return _stems((*texts, *choices))


def _words_of_facts(draft: Draft) -> Mapping[str, frozenset[str]]:
    words = {fact.id: _words_of(fact) for fact in draft.facts_by_id.values()}
    spread = Counter(word for known in words.values() for word in known)
    return {ident: frozenset(w for w in known if spread[w] <= _COMMON) for ident, known in words.items()}


def _main_leaves(condition: Entry[Condition]) -> list[Leaf]:
    return [
        leaf for leaf in leaves(condition.model, condition) if leaf.path[:1] != ("when",) and "not" not in leaf.path
    ]


@check(
    "ESF517",
    "Text handelt von etwas anderem als die Angabe",
    why="Im Text einer Bedingung kommt ein Wort vor, das zu ihrer Angabe gehört (Bezeichnung, Frage oder Formen in "
    "vocabulary.yaml); sonst wird nach etwas anderem entschieden, als dort steht.",
    failing="    - text: Ausgebildet werden Menschen mit 16 bis 26 Kindern.\n",
    repaired="    - text: Ausgebildet werden Menschen im Alter von 16 bis 26 Jahren.\n",
)
def _other_fact(draft: Draft) -> Iterator[Note]:
    words = _words_of_facts(draft)
    for condition in conditions(draft):
        text = f"{condition.model.text} {condition.model.derived or ''}"
        inside = [leaf for leaf in _main_leaves(condition) if leaf.test.fact in words]
        strange = [leaf for leaf in inside if not _names(leaf, draft.facts_by_id[leaf.test.fact or ""], text, words)]
        if strange and len(strange) == len(inside):
            fact = draft.facts_by_id[strange[0].test.fact or ""]
            message = f"Der Text sagt nichts von „{fact.label}“ ({fact.id})."
            yield from both(condition.place("text"), strange[0].place("fact"), message)


def _names(leaf: Leaf, fact: Fact, text: str, words: Mapping[str, frozenset[str]]) -> bool:
    if fact.type == "place":
        return any(name in text for name in leaf.test.one_of) or "Kreis" in text
    said = _stems((text,))
    chosen = [choice for choice in fact.values if choice.id in leaf.test.one_of]
    return _touch(said, words[fact.id]) or any(_is_named(choice, text) for choice in chosen)


@check(
    "ESF522",
    "Frage handelt von etwas anderem als die Bedingung",
    why="Eine eigene Frage fragt nach der Angabe, die verglichen wird; sonst ist sie von anderswo kopiert.",
    failing="      question: Gibt es Obst in der Pause?\n",
    repaired="      question: Welcher Rechtskreis gilt für die Person?\n",
)
def _other_question(draft: Draft) -> Iterator[Note]:
    words = _words_of_facts(draft)
    for condition in conditions(draft):
        one = condition.model
        fact = draft.facts_by_id.get(one.fact or "")
        if one.question and fact is not None:
            asked = _stems((one.question,))
            if not _touch(asked, words[fact.id]) and not _touch(asked, _stems((one.text,))):
                message = f"Die Frage handelt nicht von „{fact.label}“ ({fact.id})."
                yield from both(condition.place("question"), condition.place("fact"), message)


@check(
    "ESF523",
    "Zwei Bedingungen mit demselben Text",
    why="In einer Fassung steht jede Bedingung einmal; derselbe Text zweimal ist kopiert und nicht angepasst.",
    failing="    - text: Der Betrieb liegt in Dortmund oder Essen.\n      fact: in_nrw\n      is: true\n      stren",
    repaired="    - text: Der Betrieb liegt in Nordrhein-Westfalen.\n      fact: in_nrw\n      is: true\n      stren",
)
def _text_twice(draft: Draft) -> Iterator[Note]:
    for _, version in draft.versions:
        texts = [condition.text for condition in version.model.conditions]
        for number, text in enumerate(texts):
            if text in texts[:number]:
                places = [version.place("conditions", k, "text") for k in (texts.index(text), number)]
                yield from both(places[0], places[1], "Derselbe Text steht bei zwei Bedingungen.")


@check(
    "ESF518",
    "Text nennt andere Werte als die Bedingung",
    why="Nennt der Text einen Wert der Angabe, gehört er zu „one_of“; ein Wert, von dem er schweigt, nicht.",
    failing="      one_of: [SGB III]\n",
    repaired="      one_of: [SGB II]\n",
)
def _other_values(draft: Draft) -> Iterator[Note]:
    for condition in conditions(draft):
        for leaf in _main_leaves(condition):
            fact = draft.facts_by_id.get(leaf.test.fact or "")
            if fact is None or not fact.values:
                continue
            text = _EXCEPT.split(condition.model.text)[0]
            named = {choice.id for choice in fact.values if _is_named(choice, text)}
            wrong = [value for value in leaf.test.one_of if value not in named]
            if named and len(wrong) == len(leaf.test.one_of):
                message = f"Der Text nennt {', '.join(sorted(named))}, hier steht {', '.join(wrong)}."
                yield from both(condition.place("text"), leaf.place("one_of"), message)
            elif literal := {choice.id for choice in fact.values if _is_literal(choice, text)}:
                odd = sorted(literal.symmetric_difference(leaf.test.one_of))
                if odd and literal == named:
                    message = f"Text und Werte sind sich bei {', '.join(odd)} nicht einig."
                    yield from both(condition.place("text"), leaf.place("one_of"), message)


_EXCEPT: Final = re.compile(r"[;(]|,? (?:kein|nicht|außer)")


def _is_literal(choice: Choice, text: str) -> bool:
    """Whether a value that is itself a German expression (SGB II) stands in the text."""
    return choice.id == choice.label and re.search(rf"\b{re.escape(choice.id)}\b", text) is not None


def _is_named(choice: Choice, text: str) -> bool:
    if choice.id == choice.label:
        return _is_literal(choice, text)
    said = _stems((text,))
    return any(form and form <= said for form in (_stems((one,)) for one in (choice.label, *choice.forms)))
