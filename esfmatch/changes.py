"""What changed between two states of the catalogue, in words for whoever reviews the change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final, TypeAlias

from msgspec import Struct

from esfmatch.catalogue import Catalogue
from esfmatch.model.evidence import Source
from esfmatch.model.programmes import Benefit, Programme, Version
from esfmatch.model.rules import Condition, Test
from esfmatch.shapes import Model, plain


class Change(Struct, frozen=True):
    """One change: of which entry, what about it (new, gone, amount, limit, period …), and in words."""

    entry: str
    about: str
    text: str


Words: TypeAlias = Iterator[tuple[str, str]]  # what about, in words
Labels: TypeAlias = Mapping[str, str]  # of facts

_ENOUGH: Final = 60  # characters of a text by which one knows it again
_STATUS: Final = {"open": "offen", "ended": "beendet", "upcoming": "noch nicht gestartet", "unknown": "unbekannt"}
_BOUNDS: Final = {
    "at_least": "mindestens", "at_most": "höchstens", "above": "mehr als", "below": "weniger als",
    "not_before": "nicht vor", "not_after": "nicht nach", "is_": "ist", "one_of": "eines von",
}  # fmt: skip
_MONEY: Final = {"amount_eur": "Euro", "max_eur": "Euro höchstens", "rate_percent": "Prozent", "months": "Monate"}
_LISTS: Final = {
    "aliases": "weiterer Name", "funds": "Geldgeber", "applicants": "Antragstellende", "asked_by": "Fragende",
    "serves": "Zielgruppe", "themes": "Thema", "touches": "Thema am Rande", "not_for": "Ausschluss",
}  # fmt: skip
_TEXTS: Final = {
    "name": "Name", "official_name": "amtlicher Name", "kind": "Art", "level": "Ebene", "summary": "Kurzbeschreibung",
    "acts": "wer handelt", "part_of": "Teil von",
}  # fmt: skip
_PARTS: Final = {"steps": "Schritte", "papers": "Unterlagen", "combinations": "Kombination mit anderem Geld"}


def changes(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """All changes: instruments first, then needs, projects, documents, words, voices and approvals."""
    labels = {fact.id: fact.label for fact in (*old.facts.values(), *new.facts.values())}
    found = [
        *_entries(old.by_id, new.by_id, "Instrument", partial(_programme, labels)),
        *_entries(old.needs_by_id, new.needs_by_id, "Bedarf", _fields),
        *_entries(_by_id(old.reference_projects), _by_id(new.reference_projects), "Projekt", _fields),
        *_entries(_by_id(old.documents), _by_id(new.documents), "Dokument", _fields),
        *_entries(old.concepts, new.concepts, "Begriff", _fields),
        *_entries(old.facts, new.facts, "Angabe", _fields),
        *_entries(_by_id(old.vocabulary.elsewhere), _by_id(new.vocabulary.elsewhere), "Thema", _fields),
        *_entries(old.approvals, new.approvals, "Bewilligungen", _fields),
    ]
    for ident in sorted(old.voices.keys() | new.voices.keys()):
        told = list(_listed("Stimme", old.voices.get(ident, ()), new.voices.get(ident, ())))
        found += [Change(ident, about, text) for about, text in told]
    return (*found, *_rest(old, new))


def _by_id(entries: Iterable[Any]) -> dict[str, Any]:
    return {entry.id: entry for entry in entries}


def _entries(
    old: Mapping[str, Any], new: Mapping[str, Any], noun: str, compare: Callable[[Any, Any], Words]
) -> Iterator[Change]:
    for ident in (*old, *(ident for ident in new if ident not in old)):
        if ident not in new:
            yield Change(ident, "gone", f"{noun} entfernt.")
        elif ident not in old:
            yield Change(ident, "new", f"{noun} neu.")
        elif old[ident] != new[ident]:
            told = list(compare(old[ident], new[ident])) or [("other", f"{noun} geändert.")]
            yield from (Change(ident, about, text) for about, text in told)


def _rest(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """Parts without entries of their own."""
    if old.region != new.region:
        yield Change("region", "other", "Die Region ist geändert.")
    before, after = plain(old.vocabulary), plain(new.vocabulary)
    for key, name in (
        ("implications", "Schlüsse aus Angaben"),
        ("abbreviations", "Abkürzungen"),
        ("signals", "Signalwörter"),
        ("places_in_nrw", "Orte in Nordrhein-Westfalen"),
        ("places_outside", "Orte außerhalb"),
    ):
        if before.get(key) != after.get(key):
            yield Change("vocabulary", "other", f"{name} geändert.")
    if old.approvals_list != new.approvals_list:
        yield Change("approvals", "other", "Die Liste der Bewilligungen ist geändert.")


# --- instruments -------------------------------------------------------------------------------------------------


def _programme(labels: Labels, old: Programme, new: Programme) -> Words:
    for key, name in _TEXTS.items():
        if getattr(old, key) != getattr(new, key):
            yield (
                "names" if "name" in key else "text",
                f"{name}: {_shown(getattr(new, key))} statt {_shown(getattr(old, key))}.",
            )
    for key, name in _LISTS.items():
        yield from _listed(name, getattr(old, key), getattr(new, key))
    yield from _listed("Bedarf", [n.id for n in old.needs], [n.id for n in new.needs], "needs")
    yield from _listed("Nachfolger", [s.id for s in old.successors], [s.id for s in new.successors])
    if old.status != new.status:
        yield from _status(old, new)
    yield from _versions(labels, old.versions, new.versions)
    if old.source != new.source:
        yield from _sources("", old.source, new.source)
    for key, name in (("notes", "Hinweise"), ("contacts", "Ansprechstellen")):
        if getattr(old, key) != getattr(new, key):
            yield "text", f"{name} geändert."
    same_needs = [n.id for n in old.needs] == [n.id for n in new.needs]
    if old.needs != new.needs and same_needs:
        yield "needs", "Begründung oder Quelle eines Bedarfs geändert."


def _status(old: Programme, new: Programme) -> Words:
    before, after = old.status, new.status
    if before.value != after.value:
        yield "status", f"Stand: {_STATUS[after.value]} statt {_STATUS[before.value]}."
    if before.day != after.day:
        yield "status", f"Beleg des Stands vom {_shown(after.day)} statt vom {_shown(before.day)}."
    if before.text != after.text:
        yield "text", f"Text des Stands: {_shown(after.text)}"
    yield from _sources("des Stands ", before.source, after.source)


def _versions(labels: Labels, old: Sequence[Version], new: Sequence[Version]) -> Words:
    """Versions are the same when their labels are, or their first days."""
    left = list(old)
    for version in new:
        same = next((v for v in left if v.label == version.label), None)
        same = same or next(
            (v for v in left if v.from_ == version.from_ and v.label not in {n.label for n in new}), None
        )
        if same is None:
            yield "new", f"Fassung neu: {version.label} ({_period(version)})."
            continue
        left.remove(same)
        if same != version:
            yield from _version(labels, same, version)
    for version in left:
        yield "gone", f"Fassung entfernt: {version.label} ({_period(version)})."


def _version(labels: Labels, old: Version, new: Version) -> Words:
    where = f"Fassung {_named(new.label)}: "
    if (old.from_, old.to) != (new.from_, new.to):
        yield "period", f"{where}Laufzeit {_period(new)} statt {_period(old)}."
    if old.label != new.label:
        yield "names", f"{where}hieß „{old.label}“."
    for about, text in _paired(old.conditions, new.conditions, "Bedingung", partial(_condition, labels)):
        yield about, where + text
    for about, text in _paired(old.benefits, new.benefits, "Leistung", _benefit):
        yield about, where + text
    for key, name in (*_PARTS.items(), ("gap", "Lücke davor")):
        if getattr(old, key) != getattr(new, key):
            yield "text", f"{where}{name} geändert."
    yield from _sources(f"der Fassung {_named(new.label)} ", old.source, new.source)


def _period(version: Version) -> str:
    return f"{_shown(version.from_) if version.from_ else 'offen'} bis {_shown(version.to) if version.to else 'offen'}"


def _paired(old: Sequence[Any], new: Sequence[Any], noun: str, compare: Callable[[Any, Any], Words]) -> Words:
    """Parts of a version: the same when their texts are, else in order when there are as many as before."""
    texts = {part.text for part in old} & {part.text for part in new}
    before = [part for part in old if part.text not in texts]
    after = [part for part in new if part.text not in texts]
    pairs = [(a, b) for a in old for b in new if a.text == b.text and a.text in texts]
    if len(before) == len(after):
        pairs += zip(before, after, strict=True)
    else:
        yield from (("gone", f"{noun} entfernt: „{part.text}“") for part in before)
        yield from (("new", f"{noun} neu: „{part.text}“") for part in after)
    for one, other in pairs:
        if one != other:
            yield from list(compare(one, other)) or [("other", f"{noun} „{other.text}“ geändert.")]


def _condition(labels: Labels, old: Condition, new: Condition) -> Words:
    if old.text != new.text:
        yield "text", f"Bedingung lautet „{new.text}“ statt „{old.text}“."
    before, after = _test(old, labels), _test(new, labels)
    if before != after:
        yield "limit", f"Bedingung {_named(new.text)}: {after} statt {before}."
    when = [_test(one.when, labels) if one.when else "immer" for one in (old, new)]
    if when[0] != when[1]:
        yield "limit", f"Bedingung {_named(new.text)} gilt, wenn {when[1]}, statt {when[0]}."
    if (old.strength, old.about) != (new.strength, new.about):
        yield "limit", f"Bedingung {_named(new.text)}: {new.strength}, {new.about} statt {old.strength}, {old.about}."
    yield from _sources(f"der Bedingung {_named(new.text)} ", old.source, new.source)


def _test(test: Test, labels: Labels) -> str:
    """A test in words."""
    if test.all or test.any:
        return f"({(' und ' if test.all else ' oder ').join(_test(part, labels) for part in test.all or test.any)})"
    if test.not_ is not None:
        return f"nicht {_test(test.not_, labels)}"
    bounds = [
        f"{word} {_shown(getattr(test, key))}" for key, word in _BOUNDS.items() if getattr(test, key) not in (None, ())
    ]
    unclear = f", unklar {_fields_shown(test.unclear)}" if test.unclear else ""
    return f"{labels.get(test.fact or '', test.fact)} {' und '.join(bounds)}{unclear}"


def _fields_shown(model: Model) -> str:
    return " ".join(f"{_BOUNDS.get(k, k)} {_shown(v)}" for k, v in plain(model).items())


def _benefit(old: Benefit, new: Benefit) -> Words:
    if old.text != new.text:
        yield "text", f"Leistung lautet „{new.text}“ statt „{old.text}“."
    for key, unit in _MONEY.items():
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield "amount", f"Leistung {_named(new.text)}: {_shown(after)} statt {_shown(before)} {unit}."
    if old.per != new.per:
        yield "amount", f"Leistung {_named(new.text)}: je {_shown(new.per)} statt je {_shown(old.per)}."
    yield from _sources(f"der Leistung {_named(new.text)} ", old.source, new.source)


# --- shared ------------------------------------------------------------------------------------------------------


def _fields(old: Model, new: Model) -> Words:
    """The fields of an entry that differ."""
    for key in new.__struct_fields__:
        before, after = getattr(old, key), getattr(new, key)
        if before == after:
            continue
        if isinstance(after, tuple) and all(isinstance(part, str) for part in (*before, *after)):
            yield from _listed(key, before, after)
        elif isinstance(after, (str, int, Decimal, date)) or after is None:
            yield "text", f"{key}: {_shown(after)} statt {_shown(before)}."
        else:
            yield "sources" if key == "source" else "other", f"{key} geändert."


def _listed(name: str, old: Sequence[str], new: Sequence[str], about: str = "names") -> Words:
    for text in new:
        if text not in old:
            yield about, f"{name} neu: „{text}“."
    for text in old:
        if text not in new:
            yield about, f"{name} entfernt: „{text}“."


def _sources(of: str, old: Sequence[Source], new: Sequence[Source]) -> Words:
    before, after = [_cited(s) for s in old], [_cited(s) for s in new]
    yield from (("sources", f"Quelle {of}neu: {one}.") for one in after if one not in before)
    yield from (("sources", f"Quelle {of}entfernt: {one}.") for one in before if one not in after)


def _cited(source: Source) -> str:
    if source.doc:
        return (
            f"{source.doc} {f'Abschnitt {source.section}' if source.section else f'S. {source.page or source.pages}'}"
        )
    return f"{source.url} ({source.publisher}, {source.describes})"


def _named(text: str) -> str:
    """The beginning of a text, to know it by."""
    return f"„{text}“" if len(text) <= _ENOUGH else f"„{text[:_ENOUGH].rsplit(' ', 1)[0]} …“"


def _shown(value: Any) -> str:
    if value is None:
        return "nichts"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, tuple):
        return ", ".join(_shown(part) for part in value)
    return f"„{value}“" if isinstance(value, str) else str(value)
