"""What a text shows by itself: another language, an umlaut that was lost, a range that runs backwards, a lost break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from esfmatch.checks.base import Note, check
from esfmatch.checks.draft import Draft
from esfmatch.language import FUNCTION_WORDS, stem
from esfmatch.lexicon import form_words
from esfmatch.yaml_source import Document, Path

_WORD: Final = re.compile(r"[A-Za-zÄÖÜäöüß]+")
# Words that make up sentences in one language and do not exist in the other.
_ENGLISH: Final = frozenset(
    "the of and to for with from by are be must not or at on as this that it which their its all only who have has had "
    "can should is least most more than years months people company companies employees apprentices".split()
)
_GERMAN: Final = frozenset(
    "der die das und von für mit zu im ein eine einen einer eines auf den dem des nicht ist sind bei als aus oder nach "
    "wird werden zum zur es sich kein keine".split()
)


def _sentences(draft: Draft) -> Iterator[tuple[Document, Path, str]]:
    """The texts that people read: of instruments and needs, the questions, and the hints to other places."""
    yield from draft.prose()
    for document, path, value in draft.each_scalar("vocabulary.yaml"):
        if path and path[-1] in ("question", "help", "hint", "label", "reason") and isinstance(value, str):
            yield document, path, value


@check(
    "ESF210",
    "Text in einer anderen Sprache",
    why="Der Katalog spricht mit Menschen, die Deutsch lesen; ein englischer Satz ist beim Kopieren stehen geblieben.",
    failing="  goal: Support for the training of apprentices.\n",
    repaired="  goal: Lehrlinge gewinnen.\n",
)
def _foreign(draft: Draft) -> Iterator[Note]:
    for document, path, text in _sentences(draft):
        words = [word.lower() for word in _WORD.findall(text)]
        english = [word for word in words if word in _ENGLISH]
        if len(english) > max(1, sum(word in _GERMAN for word in words)):
            yield Note(document.place(path), "Dieser Text ist nicht auf Deutsch.", "Auf Deutsch schreiben.")


_ALONE: Final = re.compile(r"(?<![\w.@/-])[A-Za-zÄÖÜäöüß]+(?![\w@/-]|\.\w)")  # no part of an id or address
_OFTEN: Final = 6  # so many times more often the word must stand with its umlaut
_PLAIN: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_SPELT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_NO_SENTENCES: Final = frozenset({"url", "id", "doc", "texts", "forms"})


@check(
    "ESF211",
    "Umlaut verloren",
    why="„fur“ statt „für“, „Beschaeftigte“ statt „Beschäftigte“: Mit Umlaut steht das Wort oft da, so nur hier.",
    failing="    why: Weil Nachwuchs fur alle fehlt.\n",
    repaired="    why: Wer ausbildet, schafft Nachwuchs.\n",
)
def _lost_umlaut(draft: Draft) -> Iterator[Note]:
    known = draft.words
    without: dict[str, set[str]] = {}
    for word in known:
        for table in (_PLAIN, _SPELT):
            if (plain := word.translate(table)) != word:
                without.setdefault(plain, set()).add(word)
    for document, path, text in _sentences(draft):
        if path[-1] in _NO_SENTENCES or " " not in text:
            continue
        for word in _ALONE.findall(text):
            low = word.lower()
            right = next((one for one in without.get(low, ()) if known[one] >= _OFTEN * known[low]), None)
            if right and len(low) > 2:
                message = f"„{word}“ steht sonst mit Umlaut da."
                yield Note(document.within(path, word), message, f"Gemeint ist vielleicht „{right}“.")
                break


_SHORTEST: Final = 8  # letters of a word that a slip does not make another word
_HEAD, _TAIL = 2, 3  # letters at both ends that are left alone; there words are inflected
_USUAL: Final = 6  # so often a word stands that is right


@check(
    "ESF214",
    "Wort verschrieben",
    why="Ein Wort, das nur hier steht und sich von einem häufigen nur durch einen Buchstaben zu viel, zu wenig oder "
    "zwei vertauschte unterscheidet, ist wohl verschrieben.",
    failing="  summary: Stille im Ministeriium.\n",
    repaired="  summary: Stille im Betrieb.\n",
)
def _misspelt(draft: Draft) -> Iterator[Note]:
    known = draft.words
    slips: dict[str, str] = {}
    for word, times in known.items():
        if times >= _USUAL and len(word) >= _SHORTEST:
            slips.update((slip, word) for slip in _shortened(word) | _swapped(word))
    for document, path, text in _sentences(draft):
        for word in _ALONE.findall(text):
            low = word.lower()
            if len(low) < _SHORTEST - 1 or known[low] != 1:
                continue
            right = slips.get(low) or next(
                (one for one in sorted(_shortened(low)) if known.get(one, 0) >= _USUAL), None
            )
            if right and right != low:
                hint = f"Gemeint ist vielleicht „{right}“."
                yield Note(document.within(path, word), f"„{word}“ steht nur hier so da.", hint)


def _shortened(word: str) -> set[str]:
    """The word without one of its inner letters."""
    return {word[:k] + word[k + 1 :] for k in range(_HEAD, len(word) - _TAIL)}


def _swapped(word: str) -> set[str]:
    """The word with two of its inner letters in each other's place."""
    return {word[:k] + word[k + 1] + word[k] + word[k + 2 :] for k in range(_HEAD, len(word) - _TAIL - 1)}


_NUMBER: Final = r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?"
_RANGE: Final = re.compile(
    rf"(?<![0-9.,/§-]){_NUMBER} ?(?:Euro|Prozent|%)? ?(?:bis(?: zu)?|–|-) ?{_NUMBER} ?"
    r"(?=Euro|Prozent|%|Jahr|Monat|Woche|Tag|Stunde|Beschäftigt|Mitarbeit|Teilnehm|Person|Plätze)"
)


@check(
    "ESF212",
    "Spanne läuft rückwärts",
    why="„85 bis 80 Prozent“: Eine der beiden Zahlen ist verschrieben.",
    failing="  goal: 30 bis 20 Prozent mehr Lehrlinge gewinnen.\n",
    repaired="  goal: Lehrlinge gewinnen.\n",
)
def _backwards(draft: Draft) -> Iterator[Note]:
    for document, path, text in _sentences(draft):
        for found in _RANGE.finditer(text):
            low, low_part, high, high_part = found.groups()
            if _value(low, low_part) >= _value(high, high_part):
                said = found[0].strip()
                yield Note(document.within(path, said), f"„{said}“ läuft rückwärts.", "Beide Zahlen prüfen.")


def _value(whole: str, part: str | None) -> Decimal:
    return Decimal(f"{whole.replace('.', '')}.{part or 0}")


_DASH: Final = re.compile(r"(?<=\S) -\s+\S")
_LISTS: Final = frozenset({"texts", "aliases", "forms", "stated", "denied", "nouns"})
_LONGEST: Final = 5  # words of a form; who asks does not say more of them close together


@check(
    "ESF213",
    "Zwei Einträge einer Liste in einem",
    why="„Azubi Lehrling“ statt „Azubi, Lehrling“: Fehlt ein Komma oder ein Umbruch, wird aus zwei Einträgen einer, "
    "den nichts findet. Listen in Klammern werden deshalb nur zwischen zwei Einträgen umbrochen.",
    failing="forms: [Azubi\n    Lehrling]",
    repaired="forms: [Azubi, Lehrling]",
)
def _two_in_one(draft: Draft) -> Iterator[Note]:
    for document, path, text in _listed(draft):
        if document.is_quoted(path):
            continue
        if path[-2] == "texts":
            if _DASH.search(text):
                yield Note(document.place(path), "Hier stehen zwei Einträge in einem.", "Vor „- “ umbrechen.")
        elif document.is_broken(path, text):
            message = f"„{text[:60]}“ geht über zwei Zeilen."
            hint = "Sind es zwei Einträge, fehlt ein Komma; sonst davor umbrechen."
            yield Note(document.place(path), message, hint)
        elif path[0] in ("concepts", "elsewhere") and _too_much(form_words(text)):
            message = f"„{text[:60]}“ sind wohl zwei Formen."
            yield Note(document.place(path), message, "Fehlt ein Komma? Sonst kürzer fassen.")


def _too_much(words: Sequence[str]) -> bool:
    """Whether a form has more words than anybody says together, or says one of several twice."""
    stems = [stem(word) for word in words if word not in FUNCTION_WORDS]
    return len(words) > _LONGEST or (len(stems) > 3 and len(set(stems)) < len(stems))


def _listed(draft: Draft) -> Iterator[tuple[Document, Path, str]]:
    for document, path, value in draft.each_scalar("programmes.yaml", "vocabulary.yaml", "voices.yaml"):
        if len(path) > 1 and path[-2] in _LISTS and isinstance(value, str):
            yield document, path, value
