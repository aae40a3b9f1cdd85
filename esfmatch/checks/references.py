"""References: every id that is named exists once, and every page that is cited is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from esfmatch.checks.base import Note, both, check
from esfmatch.checks.draft import Draft, value_at
from esfmatch.problems import Place, near
from esfmatch.yaml_source import Path

# What the value of a key points at, wherever it stands; and what an `id` points at in the entries of a list.
_POINTS_AT: Final = {
    **dict.fromkeys(("serves", "themes", "touches", "not_for", "broader", "concepts", "rules_out"), "Begriff"),
    **dict.fromkeys(("fact", "counts"), "Angabe"),
    **dict.fromkeys(("parent", "handlungsfeld", "handlungsfelder"), "Bedarf"),
    **dict.fromkeys(("part_of", "neighbours", "programmes", "programme"), "Instrument"),
    "doc": "Dokument",
}
_ID_POINTS_AT: Final = {"needs": "Bedarf", "successors": "Instrument", "voices": "Eintrag"}
# Kinds of entries: the file and the list that define them.
_DEFINED: Final = {
    "Dokument": ("programmes.yaml", "documents"),
    "Instrument": ("programmes.yaml", "programmes"),
    "Bedarf": ("needs.yaml", "needs"),
    "Projekt": ("needs.yaml", "reference_projects"),
    "Begriff": ("vocabulary.yaml", "concepts"),
    "Angabe": ("vocabulary.yaml", "facts"),
    "Thema": ("vocabulary.yaml", "elsewhere"),
    "Bewilligung": ("approvals.yaml", "approvals"),
}
# Without these a catalogue cannot be used at all.
CODES: Final = ("ESF301", "ESF302", "ESF303")
_MANY: Final = 3  # so many pages beyond the last one speak against the number of pages
_ENTRY_KINDS: Final = ("Instrument", "Bedarf", "Thema")


def _definitions(draft: Draft, kind: str) -> Iterator[tuple[str, Place]]:
    """The ids of a kind in the order of their file, also those of entries with errors."""
    file, key = _DEFINED[kind]
    document = draft.documents.get(file)
    if document is None or not isinstance(document.value, dict):
        return
    entries = document.value.get(key)
    for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        for name, value in entry.items() if isinstance(entry, dict) else ():
            if name in ("id", "programme") and isinstance(value, str):
                yield value, document.place((key, number, name))


def _known(draft: Draft, kind: str) -> Mapping[str, Place] | None:
    """The ids of a kind with their places; None when a file that defines them could not be read."""
    kinds = _ENTRY_KINDS if kind == "Eintrag" else (kind,)
    if any(_DEFINED[one][0] not in draft.documents for one in kinds):
        return None
    return {ident: place for one in kinds for ident, place in _definitions(draft, one)}


@check(
    "ESF301",
    "Verweis ins Leere",
    why="Eine Kennung, die es nicht gibt, verbindet nichts: Bedarf, Begriff, Angabe oder Quelle fehlen dann.",
    failing="  goal: Schulen gewinnen.\n  handlungsfeld: bedarff\n",
    repaired="  goal: Schulen gewinnen.\n  handlungsfeld: bedarf\n",
)
def _dangling_reference(draft: Draft) -> Iterator[Note]:
    known = {kind: _known(draft, kind) for kind in {*_POINTS_AT.values(), *_ID_POINTS_AT.values()}}
    for document, path, value in draft.each_scalar():
        kind = _points_at(path)
        names = known[kind] if kind else None
        if names is not None and value is not None and value not in names:
            yield Note(document.place(path), f"{kind} „{value}“ gibt es nicht.", near(str(value), names))
    yield from _towns_elsewhere(draft)


def _towns_elsewhere(draft: Draft) -> Iterator[Note]:
    """Towns with approvals that the region does not have."""
    if draft.region is None:
        return
    towns = [town.name for town in draft.region.model.towns]
    for document, path, _ in draft.each_scalar("approvals.yaml"):
        if len(path) > 1 and path[-2] == "by_town" and path[-1] not in towns:
            message = f"Ort „{path[-1]}“ gibt es in der Region nicht."
            yield Note(document.place(path), message, near(str(path[-1]), towns))


def _points_at(path: Path) -> str | None:
    """The kind of thing that the scalar at `path` names, if it names one."""
    keys = [part for part in path if isinstance(part, str)]
    if not keys:
        return None
    if keys[-1] == "id":
        if len(keys) < 2:
            return None
        return _ID_POINTS_AT.get(keys[-2]) if len(keys) > 2 or keys[0] == "voices" else None
    return _POINTS_AT.get(keys[-1])


@check(
    "ESF302",
    "Kennung doppelt vergeben",
    why="Jede Kennung gehört genau einem Eintrag; sonst ist nicht klar, welcher gemeint ist.",
    failing="- id: werkstatt\n  name: Schule\n",
    repaired="- id: schule\n  name: Schule\n",
)
def _duplicate_id(draft: Draft) -> Iterator[Note]:
    for fact in draft.facts:
        values = [choice.id for choice in fact.model.values]
        for number, ident in enumerate(values):
            if ident in values[:number]:
                places = fact.place("values", values.index(ident), "id"), fact.place("values", number, "id")
                yield from both(*places, f"Den Wert „{ident}“ hat „{fact.model.id}“ zweimal.")
    for kind in _DEFINED:
        seen: dict[str, Place] = {}
        for ident, place in _definitions(draft, kind):
            if ident in seen:
                yield from both(seen[ident], place, f"Die Kennung „{ident}“ ist doppelt vergeben.")
            seen.setdefault(ident, place)


@check(
    "ESF303",
    "Seite, die das Dokument nicht hat",
    why="Eine Fundstelle muss sich nachschlagen lassen.",
    failing="  goal: Lehrlinge gewinnen.\n"
    "  handlungsfeld: bedarf\n"
    "  themes: [lehre]\n"
    "  source: {doc: konzept, page: 60}",
    repaired="  goal: Lehrlinge gewinnen.\n"
    "  handlungsfeld: bedarf\n"
    "  themes: [lehre]\n"
    "  source: {doc: konzept, page: 6}",
)
def _page_out_of_range(draft: Draft) -> Iterator[Note]:
    pages = {entry.model.id: entry for entry in draft.sources}
    beyond: dict[str, list[int]] = defaultdict(list)
    for document, path, page in draft.each_scalar():
        if path and (path[-1] == "page" or (len(path) > 1 and path[-2] == "pages")):
            source = value_at(document.value, path[: -1 if path[-1] == "page" else -2])
            cited = pages.get(source.get("doc", ""))
            last = cited.model.pages if cited else None
            if cited and last is not None and isinstance(page, int) and page > last:
                message = f"„{source['doc']}“ hat nur {last} Seiten, genannt ist Seite {page}."
                yield Note(document.place(path), message, "", ((cited.place("pages"), "Seitenzahl"),))
                beyond[cited.model.id].append(page)
    for ident, cited_pages in beyond.items():
        if len(cited_pages) >= _MANY:
            message = f"„{ident}“ wird bis Seite {max(cited_pages)} zitiert; die Seitenzahl ist wohl verschrieben."
            yield Note(pages[ident].place("pages"), message)
