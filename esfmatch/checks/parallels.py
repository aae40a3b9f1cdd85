"""What is said at two places of the catalogue and must be the same: addresses, successors, questions, implications."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, Entry, scalars, value_at
from esfmatch.checks.rules import key_of
from esfmatch.model.programmes import Programme
from esfmatch.model.rules import Test
from esfmatch.problems import Place
from esfmatch.vocabulary import Implication

_YEAR: Final = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_DISTINCT: Final = 6  # letters of a name that no ordinary word is


@check(
    "ESF312",
    "Dieselbe Adresse, zwei Herausgeber",
    why="Eine Seite verantwortet nur einer. Steht bei derselben Adresse ein anderer Name, ist einer kopiert.",
    failing='    source: {url: "https://www.mags.nrw/ende", publisher: Region, describes: "2014 bis 2016"}\n',
    repaired='    source: {url: "https://www.mags.nrw/ende", publisher: Ministerium, describes: "2014 bis 2016"}\n',
)
def _two_publishers(draft: Draft) -> Iterator[Note]:
    named: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for document, path, value in draft.each_scalar():
        if path and path[-1] == "url" and isinstance(value, str):
            around = value_at(document.value, path[:-1])
            if isinstance(publisher := around.get("publisher"), str):
                named[value].append((publisher, document.place((*path[:-1], "publisher"))))
    for uses in named.values():
        usual = Counter(publisher for publisher, _ in uses).most_common(1)[0][0]
        first = next(place for publisher, place in uses if publisher == usual)
        odd = [(publisher, place) for publisher, place in uses if publisher != usual]
        for number, (publisher, place) in enumerate(odd):
            message = f"Dieselbe Adresse verantworten „{usual}“ und „{publisher}“."
            notes = both(first, place, message, "Herausgeber und Adresse prüfen.")
            yield from notes if number == 0 else notes[-1:]


@check(
    "ESF313",
    "Text des Nachfolgers nennt einen anderen",
    why="Der Satz zum Nachfolger nennt den, dessen Kennung darüber steht, und Jahre, die auch einer der beiden "
    "Einträge kennt; sonst wird auf das Falsche verwiesen.",
    failing="    text: Lehrling Plus führt es weiter.\n",
    repaired="    text: Ein Zuschuss führt es weiter.\n",
)
def _other_successor(draft: Draft) -> Iterator[Note]:
    by_id = {entry.model.id: entry for entry in draft.programmes}
    for entry in draft.programmes:
        for number, successor in enumerate(entry.model.successors):
            following = by_id.get(successor.id)
            if following is None or not successor.text:
                continue
            steps = ("successors", number)
            other = _named_instead(successor.text, entry, following, by_id)
            if other:
                message = f"Der Text nennt „{other}“, hier steht „{successor.id}“."
                yield from both(entry.place(*steps, "id"), entry.within(other, *steps, "text"), message)
            known = _years(entry, (*steps, "text")) | _years(following)
            for year in _YEAR.findall(successor.text):
                if year not in known:
                    message = f"{year} steht sonst bei keinem der beiden Instrumente."
                    yield Note(entry.within(year, *steps, "text"), message, "Das Jahr prüfen.")


def _named_instead(
    text: str, entry: Entry[Programme], following: Entry[Programme], by_id: Mapping[str, Entry[Programme]]
) -> str:
    """The name of a third instrument in the text about a successor that does not name the successor."""
    if any(name.casefold() in text.casefold() for name in _names(following)):
        return ""
    mine = " ".join(_names(entry))
    others = (other for other in by_id.values() if other not in (entry, following))
    told = (name for other in others for name in _names(other) if name in text)
    names = (name for name in told if len(name) >= _DISTINCT and name not in mine)
    return max((name for name in names if re.search(rf"\b{re.escape(name)}\b", text)), key=len, default="")


def _names(entry: Entry[Programme]) -> tuple[str, ...]:
    return (entry.model.name, *entry.model.aliases)


def _years(entry: Entry[Programme], but: tuple[str | int, ...] = ()) -> set[str]:
    return {year for path, value in scalars(entry.value) if path != but for year in _YEAR.findall(str(value))}


@check(
    "ESF708",
    "Angabe sagt zugleich, wer gemeint ist und wer nicht",
    why="Trifft eine Angabe zwei Folgerungen, darf nicht die eine einen Begriff nennen, den die andere ausschließt.",
    failing="- {fact: age, at_least: 26, concepts: [junge-leute]}\n",
    repaired="- {fact: age, at_most: 26, concepts: [junge-leute]}\n",
)
def _meant_and_not(draft: Draft) -> Iterator[Note]:
    for one, other in combinations(draft.implications, 2):
        a, b = one.model, other.model
        clash = sorted({*a.concepts} & {*b.rules_out} | {*a.rules_out} & {*b.concepts})
        if clash and a.fact == b.fact and _overlap(a, b):
            message = f"Bei derselben Angabe ist „{clash[0]}“ gemeint und ausgeschlossen."
            yield from both(_where(one), _where(other), message)


def _where(entry: Entry[Implication]) -> Place:
    return entry.place(key_of(entry.model))


def _overlap(one: Test, other: Test) -> bool:
    """Whether one value can meet both tests; nested tests are not looked into."""
    if one.is_ is not None or other.is_ is not None:
        return one.is_ == other.is_
    if one.one_of or other.one_of:
        return not set(one.one_of).isdisjoint(other.one_of)
    (low, low_out), (high, high_out) = max(_low(one), _low(other)), min(_high(one), _high(other))
    return low < high or (low == high and not low_out and high_out)


def _low(test: Test) -> tuple[Decimal, bool]:
    """The lower end of a range and whether the end itself is left out."""
    if test.above is not None:
        return Decimal(test.above), True
    return Decimal("-Infinity") if test.at_least is None else Decimal(test.at_least), False


def _high(test: Test) -> tuple[Decimal, bool]:
    """The upper end of a range and whether the end itself belongs to it."""
    if test.below is not None:
        return Decimal(test.below), False
    return Decimal("Infinity") if test.at_most is None else Decimal(test.at_most), True


@check(
    "ESF709",
    "Zwei Einträge heißen oder fragen gleich",
    why="Name, Bezeichnung, Frage und Hinweis gehören zu einem Eintrag; stehen sie bei zweien, sind sie nur kopiert.",
    failing="  question: Wann beginnt das Vorhaben?\n  unit: Jahre\n",
    repaired="  question: Wie alt ist jemand?\n  unit: Jahre\n",
)
def _asked_twice(draft: Draft) -> Iterator[Note]:
    groups: tuple[tuple[str, tuple[Entry[Any], ...]], ...] = (
        ("question", draft.facts),
        ("label", draft.facts),
        ("label", draft.concepts),
        ("label", draft.topics),
        ("hint", draft.topics),
        ("name", draft.needs),
        ("name", draft.projects),
    )
    for key, group in groups:
        seen: dict[str, Place] = {}
        for entry in group:
            place = entry.place(key)
            first = seen.setdefault(getattr(entry.model, key).casefold(), place)
            if first is not place:
                yield from both(first, place, f"„{key}“ ist zweimal dasselbe.", "Eines davon anpassen.")


@check(
    "ESF808",
    "Bedarf passt nicht zum Instrument",
    why="Instrument und Bedarf haben eine Zielgruppe, eine Branche oder ein Thema gemeinsam (auch über „touches“ und "
    "„broader“), oder ein Nachbar antwortet auf denselben Bedarf; sonst ist die Kennung wohl verwechselt.",
    failing="  - id: vierter-bedarf\n    stated: false\n    why: Betriebe tauschen sich aus.\n",
    repaired="  - id: bedarf\n    stated: false\n    why: Betriebe tauschen sich aus.\n",
)
def _strange_need(draft: Draft) -> Iterator[Note]:
    fields = _fields(draft)
    near: dict[str, set[str]] = defaultdict(set)
    for entry in draft.programmes:
        answered = {link.id for link in entry.model.needs}
        for other in entry.model.neighbours:
            near[other] |= answered
    linked = {entry.model.id: {link.id for link in entry.model.needs} for entry in draft.programmes}
    above = {entry.model.id: entry.model.broader for entry in draft.concepts}
    for entry in draft.programmes:
        beside = near[entry.model.id].union(*(linked.get(other, ()) for other in entry.model.neighbours))
        own = _concepts(entry.model, above)
        for number, link in enumerate(entry.model.needs):
            if not link.stated and link.id in fields and link.id not in beside and own.isdisjoint(fields[link.id]):
                message = f"„{link.id}“ hat keinen Begriff mit „{entry.model.id}“ gemeinsam."
                hint = "Die Kennung prüfen; stimmt sie, beim Instrument das gemeinsame Thema unter „touches“ nennen."
                yield Note(entry.place("needs", number, "id"), message, hint)


def _concepts(entry: Any, above: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The concepts of an instrument or need with those above them."""
    found: set[str] = set()
    queue = [*entry.serves, *entry.themes, *entry.touches]
    while queue:
        one = queue.pop()
        if one not in found:
            found.add(one)
            queue += above.get(one, ())
    return found


def _fields(draft: Draft) -> Mapping[str, set[str]]:
    """The concepts of every need; those of what belongs to a field or focus are also its own."""
    above = {entry.model.id: entry.model.broader for entry in draft.concepts}
    fields = {entry.model.id: _concepts(entry.model, above) for entry in draft.needs}
    for entry in draft.needs:
        for ident in (entry.model.parent, *entry.model.handlungsfelder):
            if ident in fields:
                fields[ident] |= _concepts(entry.model, above)
    return fields
