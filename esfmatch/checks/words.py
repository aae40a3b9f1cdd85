"""Words: every form can be found in a text, means one thing, and hides no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final, TypeAlias

from msgspec import Struct

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, Entry
from esfmatch.language import FUNCTION_WORDS, fold
from esfmatch.lexicon import form_words
from esfmatch.problems import Place
from esfmatch.yaml_source import Path

Read: TypeAlias = tuple[tuple[str, ...], bool]  # folded words, and whether it is the beginning of words

_SHORTEST_PART: Final = 3  # letters before or after a star
_MARKS: Final = "=*~"  # before a form of a fact: exactly so, also inside a compound, only as a hint


class _Form(Struct, frozen=True, dict=True):
    """A form where it stands: the group whose words it belongs to, and how it is read."""

    group: str
    text: str
    entry: Entry[Any]
    steps: Path

    @property
    def place(self) -> Place:
        return self.entry.place(*self.steps)

    @cached_property
    def read(self) -> Read:
        return _words(self.text), self.text.endswith("*")


@lru_cache(maxsize=100_000)
def _words(text: str) -> tuple[str, ...]:
    return form_words(text)


def _concept_forms(draft: Draft) -> Iterator[_Form]:
    for entry in draft.concepts:
        yield from _forms(entry, "forms", entry.model.forms)


def _topic_forms(draft: Draft) -> Iterator[_Form]:
    for entry in draft.topics:
        yield from _forms(entry, "forms", entry.model.forms)


def _names(draft: Draft) -> Iterator[_Form]:
    for entry in draft.programmes:
        yield _Form(entry.model.id, entry.model.name, entry, ("name",))
        yield from _forms(entry, "aliases", entry.model.aliases)


def _forms(entry: Entry[Any], key: str, texts: Iterable[str]) -> Iterator[_Form]:
    for number, text in enumerate(texts):
        yield _Form(entry.model.id, text, entry, (key, number))


def _above(draft: Draft) -> Mapping[str, frozenset[str]]:
    """For every concept those above it in the hierarchy, itself included."""
    broader = {entry.model.id: entry.model.broader for entry in draft.concepts}
    found: dict[str, frozenset[str]] = {}
    for ident in broader:
        line, queue = {ident}, [ident]
        while queue:
            fresh = [above for above in broader.get(queue.pop(), ()) if above not in line]
            line.update(fresh)
            queue += fresh
        found[ident] = frozenset(line)
    return found


@check(
    "ESF701",
    "Ein Wort bedeutet zweierlei",
    why="Steht dieselbe Form bei zwei Begriffen, die nicht übereinander stehen, bei zwei Themen oder zwei "
    "Instrumenten, ist nicht zu entscheiden, was gemeint ist.",
    failing="forms: [Lehre, Azubi]",
    repaired="forms: [Lehre, Ausbildung]",
)
def _two_meanings(draft: Draft) -> Iterator[Note]:
    above = _above(draft)
    for forms in (_concept_forms(draft), _topic_forms(draft), _names(draft)):
        seen: dict[Read, list[_Form]] = defaultdict(list)
        for form in forms:
            alike = seen[form.read]
            for other in alike:
                one_line = form.group in above.get(other.group, ()) or other.group in above.get(form.group, ())
                if form.group != other.group and not one_line:
                    message = f"„{form.text}“ steht bei „{other.group}“ und bei „{form.group}“."
                    yield from both(other.place, form.place, message, "Nur bei einem lassen oder genauer fassen.")
                    break
            alike.append(form)


@check(
    "ESF702",
    "Form, die nie gefunden wird",
    why="Formen werden in kleinen Buchstaben ohne Zeichen verglichen. Was dabei leer wird, ein Füllwort ist oder "
    "den Stern nicht am Ende eines einzelnen Worts hat, trifft nie oder immer.",
    failing='forms: [Lehre, Ausbildung, "§ %"]',
    repaired="forms: [Lehre, Ausbildung]",
)
def _never_found(draft: Draft) -> Iterator[Note]:
    for form in _names(draft):
        if not any(form.read[0]):
            yield Note(form.place, f"Von „{form.text}“ bleibt beim Vergleichen nichts übrig.")
    for form in (*_concept_forms(draft), *_topic_forms(draft)):
        words, _ = form.read
        if not any(words):
            yield Note(form.place, f"Von „{form.text}“ bleibt beim Vergleichen nichts übrig.")
        elif "*" in form.text and (len(words) > 1 or form.text.count("*") > 1 or not form.text.endswith("*")):
            yield Note(form.place, f"Der Stern in „{form.text}“ wirkt nur am Ende eines einzelnen Worts.")
        elif len(words) == 1 and (words[0] in FUNCTION_WORDS or len(words[0]) < 2):
            yield Note(form.place, f"„{form.text}“ ist ein Füllwort und steht in jedem Text.")
    for entry in draft.facts:
        groups = {key: getattr(entry.model, key) for key in ("stated", "denied", "nouns")}
        for key, texts in groups.items():
            for number, text in enumerate(texts):
                if not _words(text.lstrip(_MARKS)):
                    message = f"Von „{text}“ bleibt beim Vergleichen nichts übrig."
                    yield Note(entry.place(key, number), message)
    yield from _stars(draft)


def _stars(draft: Draft) -> Iterator[Note]:
    """Forms with a star that would meet words of every text, or with one where it does nothing."""
    for document, path, text in draft.each_scalar("vocabulary.yaml"):
        if not isinstance(text, str) or "*" not in text or path[0] not in ("facts", "signals", "occupations"):
            continue
        ending, beginning = text.lstrip("=~").startswith("*"), text.endswith("*")
        part = fold(text.strip("=~*"))
        if text.count("*") > 1 or ending == beginning or (beginning and path[0] != "signals"):
            yield Note(document.place(path), f"Der Stern in „{text}“ steht an der falschen Stelle.")
        elif len(part) < _SHORTEST_PART or (path[0] == "facts" and any(w.endswith(part) for w in FUNCTION_WORDS)):
            yield Note(document.place(path), f"„{text}“ ist zu kurz und findet auch Füllwörter.")


@check(
    "ESF703",
    "Form verdeckt eine andere",
    why="Von zwei Formen, die nach dem Falten gleich sind (Mütter und Mutter), wirkt nur eine.",
    failing="forms: [Azubi, Lehrling, AZUBI]",
    repaired="forms: [Azubi, Lehrling]",
)
def _hidden_form(draft: Draft) -> Iterator[Note]:
    for forms in (_concept_forms(draft), _topic_forms(draft)):
        seen: dict[tuple[str, Read], _Form] = {}
        for form in forms:
            first = seen.setdefault((form.group, form.read), form)
            if first is not form:
                message = f"„{form.text}“ und „{first.text}“ finden dasselbe; eine davon genügt."
                yield from both(first.place, form.place, message)
    yield from _same_aliases(draft)


def _same_aliases(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        seen: dict[str, int] = {}
        for number, alias in enumerate(entry.model.aliases):
            first = seen.setdefault(" ".join(alias.casefold().split()), number)
            if first != number:
                places = entry.place("aliases", first), entry.place("aliases", number)
                yield from both(*places, f"„{alias}“ ist zweimal genannt.")


@check(
    "ESF704",
    "Abkürzung verdeckt eine andere",
    why="Von zwei Abkürzungen, die nach dem Falten gleich sind, gilt nur die letzte.",
    failing="- {short: AZB, long: Ausbildung}",
    repaired="- {short: Ausb, long: Ausbildung}",
)
def _abbreviation_twice(draft: Draft) -> Iterator[Note]:
    seen: dict[str, tuple[str, Place]] = {}
    for entry in draft.abbreviations:
        short = fold(entry.model.short)
        place = entry.place("short")
        if short in seen:
            message = f"„{entry.model.short}“ wird gelesen wie „{seen[short][0]}“."
            yield from both(seen[short][1], place, message, "Eine der beiden löschen.")
        seen[short] = (entry.model.short, place)
        if not short or len(short) > len(fold(entry.model.long)):
            yield Note(place, f"„{entry.model.short}“ ist keine Abkürzung von „{entry.model.long}“.")


@check(
    "ESF705",
    "Form sagt zugleich Ja und Nein",
    why="Dieselben Wörter können eine Angabe nicht bejahen und verneinen und nicht zwei ihrer Werte nennen.",
    failing="denied: [in NRW]",
    repaired="denied: [außerhalb von NRW]",
)
def _yes_and_no(draft: Draft) -> Iterator[Note]:
    for entry in draft.facts:
        fact = entry.model
        groups: list[tuple[str, Path, tuple[str, ...]]] = [
            ("stated", ("stated",), fact.stated),
            ("denied", ("denied",), fact.denied),
        ]
        groups += [(choice.id, ("values", k, "forms"), choice.forms) for k, choice in enumerate(fact.values)]
        yield from _clashes(
            (name, text, entry.place(*path, n)) for name, path, ts in groups for n, text in enumerate(ts)
        )


def _clashes(forms: Iterable[tuple[str, str, Place]]) -> Iterator[Note]:
    seen: dict[tuple[str, ...], tuple[str, Place]] = {}
    for group, text, place in forms:
        if text.startswith("~"):  # only a hint; several values may share it
            continue
        first = seen.setdefault(_words(text.lstrip(_MARKS)), (group, place))
        if first[0] != group:
            yield from both(first[1], place, f"„{text}“ steht bei „{first[0]}“ und bei „{group}“.")


@check(
    "ESF706",
    "Ort doppelt",
    why="Ein Ort liegt in der Region, in Nordrhein-Westfalen oder außerhalb, aber nur in einem davon und nur einmal.",
    failing="places_outside: [{name: Kassel}, {name: Essen}]",
    repaired="places_outside: [{name: Kassel}, {name: Hannover}]",
)
def _place_twice(draft: Draft) -> Iterator[Note]:
    seen: dict[str, Place] = {}
    names: list[tuple[str, Place]] = []
    if draft.region:
        for number, town in enumerate(draft.region.model.towns):
            steps = ("towns", number)
            names.append((town.name, draft.region.place(*steps, "name")))
            for key in ("aliases", "districts"):
                listed = getattr(town, key)
                names += [(text, draft.region.place(*steps, key, k)) for k, text in enumerate(listed)]
    for entry in draft.places:
        names.append((entry.model.name, entry.place("name")))
        names += [(text, entry.place("aliases", k)) for k, text in enumerate(entry.model.aliases)]
    for name, place in names:
        first = seen.setdefault(" ".join(_words(name)), place)
        if first is not place:
            yield from both(first, place, f"Den Ort „{name}“ gibt es hier zweimal.")


@check(
    "ESF707",
    "Stimme doppelt",
    why="Derselbe Satz bei zwei Einträgen lehrt die Suche nichts.",
    failing="  - Ich suche eine Lehrstelle\n- id: lehrling-plus\n",
    repaired="  - Wie komme ich an einen Ausbildungsplatz?\n- id: lehrling-plus\n",
)
def _voice_twice(draft: Draft) -> Iterator[Note]:
    seen: dict[tuple[str, ...], Place] = {}
    for entry in draft.voices:
        for number, text in enumerate(entry.model.texts):
            place = entry.place("texts", number)
            first = seen.setdefault(tuple(text.casefold().split()), place)
            if first is not place:
                yield from both(first, place, f"Der Satz „{text[:40]}“ steht zweimal hier.")
