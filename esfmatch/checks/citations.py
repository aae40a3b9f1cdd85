"""Citations: pages, sections and addresses that do not fit what else an entry cites are misspelt or misplaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from esfmatch.checks.base import Note, check
from esfmatch.checks.draft import Draft, Entry, scalars, value_at
from esfmatch.model.evidence import Source
from esfmatch.model.programmes import Programme
from esfmatch.problems import Place
from esfmatch.yaml_source import Path

Cited: TypeAlias = tuple[str, int | str]  # a document and a page or section

_GENERAL_PART: Final = "1"  # the section of a guideline that holds for all its programmes
_COMMON: Final = 5  # a page that so many instruments name for their versions speaks about all of them
_HINT: Final = "Die Fundstelle prüfen; stimmt sie, auch bei „source“ der Fassung oder des Instruments nennen."


def _of(sources: Iterable[Source]) -> set[Cited]:
    found: set[Cited] = set()
    for source in sources:
        if source.doc:
            found.update((source.doc, page) for page in source.pages)
            found.update((source.doc, part) for part in (source.page, source.section) if part is not None)
    return found


def _inside(value: Any, start: Path = ()) -> Iterator[tuple[Path, Cited]]:
    """Every page and section below a plain value, with its path."""
    for path, part in scalars(value):
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        if key in ("page", "pages", "section"):
            source = value_at(value, path[: -2 if key == "pages" and path[-1] != "pages" else -1])
            if isinstance(source, dict) and isinstance(source.get("doc"), str) and isinstance(part, (int, str)):
                yield (*start, *path), (source["doc"], part)


def _covered(cited: Cited, known: set[Cited]) -> bool:
    """Whether it is known itself, lies in a known section, or in the part that holds for everything."""
    doc, part = cited
    if isinstance(part, int):
        return cited in known
    sections = [section for where, section in known if where == doc and isinstance(section, str)]
    return any(f"{part}.".startswith(f"{section}.") for section in (_GENERAL_PART, *sections))


def _named(cited: Cited) -> str:
    doc, part = cited
    return f"Seite {part} von „{doc}“" if isinstance(part, int) else f"Abschnitt {part} von „{doc}“"


@check(
    "ESF310",
    "Fundstelle passt nicht zum Eintrag",
    why="Was in einer Fassung steht, stammt aus den Seiten und Abschnitten, die sie oder das Instrument nennt. "
    "Eine Seite, die nur an einer Stelle vorkommt, ist meist verschrieben.",
    failing="    - text: Der Betrieb liegt in Dortmund oder Essen.\n"
    "      fact: place\n"
    "      one_of: [Dortmund, Essen]\n"
    "      strength: guidance\n"
    "      source: {doc: konzept, page: 8}\n",
    repaired="    - text: Der Betrieb liegt in Dortmund oder Essen.\n"
    "      fact: place\n"
    "      one_of: [Dortmund, Essen]\n"
    "      strength: guidance\n"
    "      source: {doc: konzept, page: 5}\n",
)
def _cited_elsewhere(draft: Draft) -> Iterator[Note]:
    needs = {entry.model.id: _of(entry.model.source) for entry in draft.needs}
    others = {entry.model.id: _of(entry.model.source) for entry in draft.programmes}
    common = Counter(cited for _, version in draft.versions for cited in _of(version.model.source))
    for entry in draft.programmes:
        yield from _in_versions(entry, common)
        known = _own(entry) | {cited for version in entry.model.versions for cited in _of(version.source)}
        for key, targets in (("needs", needs), ("successors", others), ("contacts", {}), ("notes", {})):
            for number, part in enumerate(entry.value.get(key, ())):
                allowed = known | targets.get(part.get("id"), set())
                for path, cited in _inside(part, (key, number)):
                    if not _covered(cited, allowed):
                        yield _stray(entry, path, cited)
        yield from _own_pages(entry)


def _own(entry: Entry[Programme]) -> set[Cited]:
    return _of(entry.model.source) | _of(entry.model.status.source)


def _in_versions(entry: Entry[Programme], common: Mapping[Cited, int]) -> Iterator[Note]:
    for number, version in enumerate(entry.model.versions):
        known = _of(entry.model.source) | _of(version.source)
        value = entry.value["versions"][number]
        rest = {key: part for key, part in value.items() if key != "source"}
        inside = list(_inside(rest, ("versions", number)))
        used = {cited for _, cited in inside} | _of(entry.model.source)
        for path, cited in inside:
            if not _covered(cited, known):
                yield _stray(entry, path, cited)
        for path, cited in _inside({"source": value["source"]}, ("versions", number)):
            if isinstance(cited[1], int) and cited not in used and common[cited] < _COMMON:
                yield _stray(entry, path, cited)


def _own_pages(entry: Entry[Programme]) -> Iterator[Note]:
    """Pages of the entry's own source and of its status that nothing else in the entry names."""
    value = entry.value
    rest = {key: part for key, part in value.items() if key != "source"}
    elsewhere = {cited for _, cited in _inside(rest)}
    for path, cited in _inside({"source": value["source"]}):
        same = {part for doc, part in elsewhere if doc == cited[0]}
        if isinstance(cited[1], int) and same and cited[1] not in same:
            yield _stray(entry, path, cited)
    known = _of(entry.model.source) | {cited for version in entry.model.versions for cited in _of(version.source)}
    for path, cited in _inside({"status": value["status"]}):
        if isinstance(cited[1], int) and cited not in known:
            yield _stray(entry, path, cited)


def _stray(entry: Entry[Programme], path: Path, cited: Cited) -> Note:
    message = f"{_named(cited)} passt nicht zu den anderen Fundstellen von „{entry.model.id}“."
    return Note(entry.place(*path), message, _HINT, ((entry.place("source"), "Quellen des Instruments"),))


@check(
    "ESF314",
    "Abschnitt, der nicht im Verzeichnis steht",
    why="Nennt ein Dokument unter „sections“ die Abschnitte, auf die sich der Katalog beruft, fällt ein verschriebener "
    "auf. Ein neuer wird erst nachgeschlagen und dann dort ergänzt.",
    failing='describes: Juli 2021}\n  source: {doc: richtlinie, section: "1.11"}\n',
    repaired='describes: Juli 2021}\n  source: {doc: richtlinie, section: "1.1"}\n',
)
def _unlisted_section(draft: Draft) -> Iterator[Note]:
    listed = {entry.model.id: entry for entry in draft.sources if entry.model.sections}
    used: set[tuple[str, str]] = set()
    for document, path, section in draft.each_scalar():
        if not path or path[-1] != "section" or not isinstance(section, str):
            continue
        entry = listed.get(value_at(document.value, path[:-1]).get("doc", ""))
        if entry is None:
            continue
        used.add((entry.model.id, section))
        if section not in entry.model.sections:
            message = f"Abschnitt {section} steht nicht im Verzeichnis von „{entry.model.id}“."
            hint = "Die Fundstelle prüfen; gibt es ihn, unter „sections“ des Dokuments ergänzen."
            yield Note(document.place(path), message, hint, ((entry.place("sections"), "Verzeichnis"),))
    for ident, entry in listed.items():
        for number, section in enumerate(entry.model.sections):
            if (ident, section) not in used:
                message = f"Auf Abschnitt {section} beruft sich nichts."
                yield Note(entry.place("sections", number), message, "Löschen oder prüfen, wer ihn nennen sollte.")


_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\Z")
_BAD_END: Final = tuple(".,;:!“”'")


@check(
    "ESF311",
    "Adresse, die es so nicht geben kann",
    why="Einer Adresse mit Leerzeichen, doppeltem „http“, Satzzeichen am Ende oder ohne Endung folgt kein Browser.",
    failing='"https://www.mags,nrw/lehre"',
    repaired='"https://www.mags.nrw/lehre"',
)
def _odd_address(draft: Draft) -> Iterator[Note]:
    hosts = Counter[str]()
    found: list[tuple[Place, str]] = []
    for document, path, value in draft.each_scalar():
        if path and path[-1] == "url" and isinstance(value, str):
            problem = _problem(value)
            if problem:
                yield Note(document.place(path), f"Die Adresse „{value[:60]}“ ist fehlerhaft: {problem}.")
            else:
                host = urlsplit(value).hostname or ""
                hosts[host] += 1
                found.append((document.place(path), host))
    yield from _misspelt_hosts(hosts, found)


def _problem(url: str) -> str:
    """What is wrong with an address; empty if nothing is."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        _ = parts.port
    except (ValueError, UnicodeError):
        return "der Rechnername ist unmöglich"
    if not url.startswith(("http://", "https://")):
        return "sie beginnt nicht mit „https://“"
    if not _HOST.match(host) or host.startswith("www.www."):
        return "der Rechnername ist unmöglich"
    if re.search(r"https?:/*", parts.path.removeprefix("/web")) and "archive.org" not in host:
        return "sie enthält ein zweites „http“"
    if url.endswith(_BAD_END):
        return "sie endet mit einem Satzzeichen"
    if re.search(r"%(?![0-9A-Fa-f]{2})", url):
        return "nach „%“ fehlen zwei Hexadezimalziffern"
    return ""


def _misspelt_hosts(hosts: Counter[str], found: Iterable[tuple[Place, str]]) -> Iterator[Note]:
    """A host that stands once and differs by one slip from one that stands often."""
    from rapidfuzz.distance import OSA

    often = [host for host, count in hosts.items() if count >= 4]
    for place, host in found:
        if hosts[host] == 1 and len(host) > 7:
            close = next((one for one in often if OSA.distance(host, one) == 1), None)
            if close and host.removeprefix("www.") != close.removeprefix("www."):
                yield Note(place, f"„{host}“ kommt nur hier vor.", f"Gemeint ist vielleicht „{close}“.")
