"""Relations: what entries say about each other must be of the right kind, without circles, and used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any, Final, TypeAlias

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, Entry
from esfmatch.model.programmes import Programme
from esfmatch.yaml_source import Path

_Chain: TypeAlias = Mapping[str, tuple[Entry[Any], str, tuple[str, ...]]]

_LISTS: Final = ("serves", "themes", "touches", "not_for")


@check(
    "ESF304",
    "Verweise im Kreis",
    why="Ein Nachfolger, der wieder auf den Vorgänger zeigt, oder ein Begriff über sich selbst führt nirgendwohin.",
    failing="  broader: [azubis]",
    repaired="  broader: [junge-leute]",
)
def _circle(draft: Draft) -> Iterator[Note]:
    chains: list[_Chain] = [
        {e.model.id: (e, "successors", tuple(s.id for s in e.model.successors)) for e in draft.programmes},
        {e.model.id: (e, "part_of", (e.model.part_of,) if e.model.part_of else ()) for e in draft.programmes},
        {e.model.id: (e, "broader", e.model.broader) for e in draft.concepts},
        {e.model.id: (e, "parent", (e.model.parent,) if e.model.parent else ()) for e in draft.needs},
    ]
    for chain in chains:
        reported: set[str] = set()
        for ident, (entry, key, _) in chain.items():
            circle = _way_back(ident, chain)
            if circle and not reported.intersection(circle):
                reported.update(circle)
                way = " → ".join((*circle, ident))
                yield Note(entry.place(key), f"Die Verweise laufen im Kreis: {way}.", "Einen der Verweise löschen.")


def _way_back(start: str, chain: _Chain) -> tuple[str, ...]:
    """The ids on a way from `start` back to it, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for following in chain[way[-1]][2] if way[-1] in chain else ():
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()


@check(
    "ESF305",
    "Nachfolger, der früher endete",
    why="Wer an ein Angebot weiterverweist, das schon vor dem alten zu Ende war, schickt die Leute ins Leere.",
    failing="  successors:\n  - id: fruehes-ende\n",
    repaired="  successors:\n  - id: lehrgeld\n",
)
def _successor_ended_earlier(draft: Draft) -> Iterator[Note]:
    by_id = {entry.model.id: entry for entry in draft.programmes}
    for entry in draft.programmes:
        last = _end(entry.model)
        for number, successor in enumerate(entry.model.successors):
            following = by_id.get(successor.id)
            end = _end(following.model) if following else None
            if following and last and end and end < last:
                yield Note(
                    entry.place("successors", number, "id"),
                    f"„{successor.id}“ endete am {end:%d.%m.%Y}, also vor „{entry.model.id}“ ({last:%d.%m.%Y}).",
                    "Nachfolger und Daten beider Einträge prüfen.",
                    ((_end_place(following), "endet hier"), (_end_place(entry), "endet hier")),
                )


def _end(programme: Programme) -> date | None:
    """The last day of an instrument, as far as it is known."""
    if programme.versions and programme.versions[-1].to:
        return programme.versions[-1].to
    return programme.status.day if programme.status.value == "ended" else None


def _end_place(entry: Entry[Programme]) -> Any:
    versions = entry.model.versions
    return entry.place("versions", len(versions) - 1, "to") if versions else entry.place("status", "day")


@check(
    "ESF306",
    "Verweis auf die falsche Art",
    why="„serves“ nennt Zielgruppen, „themes“ Themen und Branchen; ein Handlungsbedarf gehört zu einem Schwerpunkt.",
    failing="  themes: [azubis]\n  needs:\n  - id: zweiter-bedarf\n",
    repaired="  themes: [lehre]\n  needs:\n  - id: zweiter-bedarf\n",
)
def _wrong_kind(draft: Draft) -> Iterator[Note]:
    facets = {entry.model.id: entry.model.facet for entry in draft.concepts}
    allowed = {"serves": ("target_group", "sector"), "themes": ("theme", "sector")}
    names = {"target_group": "eine Zielgruppe", "theme": "ein Thema", "sector": "eine Branche"}
    for entry in _with_concepts(draft):
        for key, kinds in allowed.items():
            for number, ident in enumerate(getattr(entry.model, key)):
                if ident in facets and facets[ident] not in kinds:
                    message = f"„{ident}“ ist {names[facets[ident]]} und gehört nicht unter „{key}“."
                    yield Note(entry.place(key, number), message)
    yield from _wrong_parent(draft)


def _with_concepts(draft: Draft) -> tuple[Entry[Any], ...]:
    return (*draft.programmes, *draft.needs, *draft.projects)


def _wrong_parent(draft: Draft) -> Iterator[Note]:
    kinds = {entry.model.id: entry.model.kind for entry in draft.needs}
    for entry in draft.needs:
        need = entry.model
        if need.parent and kinds.get(need.parent, "schwerpunkt") != "schwerpunkt":
            yield Note(entry.place("parent"), f"„{need.parent}“ ist kein Schwerpunkt.")
        if (need.kind == "handlungsbedarf") != (need.parent is not None):
            wish = "braucht" if need.kind == "handlungsbedarf" else "hat keinen"
            yield Note(entry.place("kind"), f"Die Art „{need.kind}“ {wish} „parent“ (einen Schwerpunkt).")
    others: tuple[Entry[Any], ...] = (*draft.needs, *draft.projects)
    for other in others:
        for key in ("handlungsfelder", "handlungsfeld"):
            named = getattr(other.model, key, ())
            for number, ident in enumerate((named,) if isinstance(named, str) else named):
                if kinds.get(ident, "handlungsfeld") != "handlungsfeld":
                    yield Note(other.place(key, number), f"„{ident}“ ist kein Handlungsfeld.")


@check(
    "ESF307",
    "Doppelt oder widersprüchlich aufgezählt",
    why="Derselbe Eintrag zweimal in einer Liste ist ein Versehen; zugleich „themes“ und „not_for“ ein Widerspruch.",
    failing="  applicants: [company]\n  asked_by: [company, company]\n",
    repaired="  applicants: [company]\n  asked_by: [company, person]\n",
)
def _listed_twice(draft: Draft) -> Iterator[Note]:
    seen: dict[tuple[str, Path], dict[Any, Path]] = {}
    for document, path, value in draft.each_scalar():
        if path and isinstance(path[-1], int):
            first = seen.setdefault((document.file, path[:-1]), {}).setdefault(value, path)
            if first != path:
                message = f"„{value}“ steht doppelt in der Liste."
                yield from both(document.place(first), document.place(path), message)
    for entry in _with_concepts(draft):
        for one, other in combinations(_LISTS, 2):
            first_list, second_list = getattr(entry.model, one, ()), getattr(entry.model, other, ())
            for number, ident in enumerate(second_list):
                if ident in first_list:
                    places = entry.place(one, first_list.index(ident)), entry.place(other, number)
                    message = f"„{ident}“ steht unter „{one}“ und unter „{other}“."
                    yield from both(*places, message, "Nur eines von beiden kann gelten.")
    yield from _linked_twice(draft)


def _linked_twice(draft: Draft) -> Iterator[Note]:
    for entry in draft.programmes:
        for key in ("needs", "successors"):
            links = [link.id for link in getattr(entry.model, key)]
            for number, ident in enumerate(links):
                if ident in links[:number]:
                    places = entry.place(key, links.index(ident), "id"), entry.place(key, number, "id")
                    yield from both(*places, f"„{ident}“ ist zweimal genannt.")
                if ident == entry.model.id:
                    yield Note(entry.place(key, number, "id"), f"„{ident}“ verweist auf sich selbst.")


@check(
    "ESF308",
    "Eintrag, den nichts benutzt",
    why="Ein Begriff, eine Angabe oder ein Dokument ohne Verwendung ist meist ein Schreibfehler in der Kennung.",
    failing="  forms: [Lehre, Ausbildung]\n- id: lehren\n  facet: theme\n  label: Lehren\n  forms: [Unterricht]\n",
    repaired="  forms: [Lehre, Ausbildung]\n",
)
def _unused(draft: Draft) -> Iterator[Note]:
    if not draft.whole("programmes.yaml", "needs.yaml", "vocabulary.yaml"):
        return
    named = {"doc": set[Any](), "fact": set[Any](), "concept": set[Any]()}
    keys = {"doc": "doc", "fact": "fact", "counts": "fact"}
    keys |= dict.fromkeys((*_LISTS, "broader", "concepts", "rules_out"), "concept")
    for _, path, value in draft.each_scalar():
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        if key in keys:
            named[keys[key]].add(value)
    lists: tuple[tuple[str, str, tuple[Entry[Any], ...]], ...] = (
        ("doc", "Das Dokument", draft.sources),
        ("fact", "Die Angabe", draft.facts),
        ("concept", "Den Begriff", draft.concepts),
    )
    for kind, article, entries in lists:
        for entry in entries:
            if entry.model.id not in named[kind]:
                yield Note(entry.place("id"), f"{article} „{entry.model.id}“ benutzt nichts.", "Die Kennung prüfen.")


@check(
    "ESF309",
    "Eintrag ohne Stimmen",
    why="Ohne Beispiele dafür, wie Menschen danach fragen, findet die Suche einen Eintrag schlecht.",
    failing="  - Es gibt zu wenige Meister\n",
    repaired="  - Es gibt zu wenige Meister\n- id: dritter-bedarf\n  texts:\n  - Es ist zu laut hier\n",
)
def _without_voices(draft: Draft) -> Iterator[Note]:
    if "voices.yaml" not in draft.documents:
        return
    spoken: dict[str, Entry[Any]] = {}
    for entry in draft.voices:
        if entry.model.id in spoken:
            message = f"„{entry.model.id}“ hat zwei Gruppen von Stimmen."
            yield from both(spoken[entry.model.id].place("id"), entry.place("id"), message)
        spoken.setdefault(entry.model.id, entry)
    if draft.whole("voices.yaml"):
        others: tuple[Entry[Any], ...] = (*draft.programmes, *draft.needs, *draft.topics)
        for other in others:
            if other.model.id not in spoken:
                yield Note(other.place("id"), f"Für „{other.model.id}“ fehlen Stimmen in voices.yaml.")
