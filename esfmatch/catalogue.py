"""Load the catalogue files into one immutable `Catalogue`, or collect every finding that stands against it.

Reads files, decides nothing about texts or eligibility. Nothing is half-loaded: `load` returns a sound catalogue
or raises `CatalogueError`; `inspect` returns both, for `esfmatch validate`.
"""

from __future__ import annotations

import difflib
import importlib.resources
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from esfmatch.model import (
    Document,
    Model,
    Need,
    NeedsFile,
    Programme,
    ProgrammesFile,
    ReferenceProject,
    Region,
    Source,
    Test,
    VoicesFile,
)
from esfmatch.problems import CatalogueError, Finding, InputError, Place
from esfmatch.vocabulary import Concept, Fact, VocabularyFile
from esfmatch.yaml_source import Document as YamlDocument
from esfmatch.yaml_source import Path, Value, read_yaml

FILES: Final[Mapping[str, type[Model]]] = {
    "programmes.yaml": ProgrammesFile,
    "needs.yaml": NeedsFile,
    "vocabulary.yaml": VocabularyFile,
    "voices.yaml": VoicesFile,
}


@dataclass(frozen=True)
class Catalogue:
    """Everything the tool knows, checked and frozen."""

    values: tuple[Value, ...]
    documents: tuple[Document, ...]
    programmes: tuple[Programme, ...]
    needs: tuple[Need, ...]
    reference_projects: tuple[ReferenceProject, ...]
    reference_projects_note: str | None
    region: Region
    vocabulary: VocabularyFile
    voices: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_id(self) -> Mapping[str, Programme]:
        """Instruments by id."""
        return {programme.id: programme for programme in self.programmes}

    @cached_property
    def needs_by_id(self) -> Mapping[str, Need]:
        """Needs by id."""
        return {need.id: need for need in self.needs}

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Concepts by id."""
        return {concept.id: concept for concept in self.vocabulary.concepts}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by key."""
        return {fact.id: fact for fact in self.vocabulary.facts}


def shipped_data() -> Traversable:
    """The catalogue that comes with the program: inside the package, or beside it in a checkout."""
    inside = importlib.resources.files("esfmatch") / "data"
    if inside.is_dir():
        return inside
    return FilePath(__file__).resolve().parent.parent / "data"


def load(directory: FilePath | None = None) -> Catalogue:
    """The catalogue in `directory`, or the shipped one. Raises InputError or CatalogueError."""
    return from_contents(read_files(directory))


def from_contents(contents: Mapping[str, bytes]) -> Catalogue:
    """The catalogue made of these files. Raises CatalogueError."""
    catalogue, findings = inspect(contents)
    if catalogue is None:
        raise CatalogueError(findings)
    return catalogue


def inspect(contents: Mapping[str, bytes]) -> tuple[Catalogue | None, tuple[Finding, ...]]:
    """Check all four files, given by their paths; the catalogue is None as soon as anything is wrong."""
    documents: dict[str, YamlDocument] = {}
    models: dict[str, Model] = {}
    findings: list[Finding] = []
    for (name, model), (label, content) in zip(FILES.items(), contents.items(), strict=True):
        document, found = read_yaml(label, content)
        findings += found
        if document is None:
            continue
        documents[name] = document
        try:
            models[name] = model.model_validate(document.value)
        except ValidationError as error:
            findings += _validation_findings(error, document, model)
    if len(models) == len(FILES):
        catalogue = _join([models[name] for name in FILES], [documents[name].value for name in FILES])
        findings += _reference_findings(catalogue, documents)
        if not findings:
            return catalogue, ()
    return None, tuple(sorted(findings))


def read_files(directory: FilePath | None = None) -> dict[str, bytes]:
    """The bytes of the four files by path, in the order of FILES. Raises InputError."""
    contents = {}
    for name in FILES:
        label = str(directory / name) if directory else name
        source: Traversable = (shipped_data() if directory is None else directory) / name
        try:
            if not source.is_file():
                raise InputError(f"{label}: Diese Katalogdatei gibt es nicht (oder sie ist keine gewöhnliche Datei).")
            contents[label] = source.read_bytes()
        except OSError as error:
            raise InputError(f"{label}: Die Katalogdatei lässt sich nicht lesen ({error.strerror or error}).") from error
    return contents


def from_values(values: Sequence[Value]) -> Catalogue:
    """The catalogue made of the plain values of its files, which were checked before. Raises ValidationError."""
    return _join([model.model_validate(value) for model, value in zip(FILES.values(), values, strict=True)], values)


def _join(models: Sequence[Model], values: Sequence[Value]) -> Catalogue:
    programmes, needs, vocabulary, voices = models
    assert isinstance(programmes, ProgrammesFile)
    assert isinstance(needs, NeedsFile)
    assert isinstance(vocabulary, VocabularyFile)
    assert isinstance(voices, VoicesFile)
    return Catalogue(
        values=tuple(values),
        documents=programmes.documents,
        programmes=programmes.programmes,
        needs=needs.needs,
        reference_projects=needs.reference_projects,
        reference_projects_note=needs.reference_projects_note,
        region=needs.region,
        vocabulary=vocabulary,
        voices={entry.id: entry.texts for entry in voices.voices},
    )


# --- findings from the types -------------------------------------------------------------------------------------

_MESSAGES: Final = {
    "missing": "Hier fehlt „{name}“.",
    "extra_forbidden": "Den Schlüssel „{name}“ gibt es hier nicht.",
    "string_type": "„{name}“ muss ein Text sein.",
    "int_type": "„{name}“ muss eine ganze Zahl sein.",
    "bool_type": "„{name}“ muss true oder false sein.",
    "tuple_type": "„{name}“ muss eine Liste sein.",
    "decimal_type": "„{name}“ muss eine Zahl sein.",
    "is_instance_of": "„{name}“ muss eine Zahl sein.",
    "date_type": "„{name}“ muss ein Tag in Anführungszeichen sein (JJJJ-MM-TT).",
    "model_type": "„{name}“ muss eine Gruppe von Schlüsseln sein.",
    "model_attributes_type": "„{name}“ muss eine Gruppe von Schlüsseln sein.",
    "string_too_short": "„{name}“ ist leer oder zu kurz.",
    "string_too_long": "„{name}“ ist zu lang.",
    "too_short": "„{name}“ braucht mindestens einen Eintrag.",
    "greater_than_equal": "„{name}“ ist kleiner als erlaubt.",
}


def _validation_findings(error: ValidationError, document: YamlDocument, model: type[Model]) -> Iterator[Finding]:
    for item in error.errors(include_url=False):
        path: Path = tuple(part for part in item["loc"] if isinstance(part, (int, str)))
        name = str(path[-1]) if path else document.file
        kind = item["type"]
        hint = ""
        if kind == "value_error":
            message = str(item["ctx"]["error"]) + "."
        elif kind == "literal_error":
            allowed = item["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            message = f"„{item['input']}“ ist hier nicht erlaubt."
            hint = _near(str(item["input"]), allowed.split(", ")) or f"Erlaubt sind: {allowed}."
        elif kind == "string_pattern_mismatch":
            message = f"„{item['input']}“ hat nicht die richtige Form."
            hint = f"Erwartet: {item['ctx']['pattern']}"
        else:
            message = _MESSAGES.get(kind, "„{name}“: {error}").format(name=name, error=item["msg"])
        if kind == "extra_forbidden":
            hint = _near(name, _keys_at(model, path[:-1])) or "Den Schlüssel löschen oder die Einrückung prüfen."
        yield Finding(document.place(path), _code(kind), message, hint)


def _code(kind: str) -> str:
    return {"extra_forbidden": "ESF201", "missing": "ESF202"}.get(kind, "ESF203")


def _near(word: str, candidates: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return f"Gemeint ist vielleicht „{close[0]}“." if close else ""


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that are allowed at `path`, found by walking the types of the model."""
    current: type[BaseModel] = model
    for part in path:
        if isinstance(part, str):
            fields = {field.alias or key: field for key, field in current.model_fields.items()}
            inner = _model_in(fields[part].annotation) if part in fields else None
            if inner is None:
                return []
            current = inner
    return [field.alias or key for key, field in current.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


# --- findings from references ------------------------------------------------------------------------------------


def _reference_findings(catalogue: Catalogue, documents: Mapping[str, YamlDocument]) -> Iterator[Finding]:
    """Ids that point nowhere, ids given twice, pages that a document does not have."""
    known = {
        "Instrument": [p.id for p in catalogue.programmes],
        "Bedarf": [n.id for n in catalogue.needs],
        "Begriff": [c.id for c in catalogue.vocabulary.concepts],
        "Tatsache": [f.id for f in catalogue.vocabulary.facts],
        "Dokument": [d.id for d in catalogue.documents],
    }
    spoken_for = {*known["Instrument"], *known["Bedarf"], *(t.id for t in catalogue.vocabulary.elsewhere)}
    known["Eintrag"] = sorted(spoken_for)
    for name, path, kind, ident in _references(catalogue):
        if ident not in known[kind]:
            place = documents[name].place(path)
            hint = _near(ident, known[kind])
            yield Finding(place, "ESF301", f"{kind} „{ident}“ gibt es nicht.", hint)
    yield from _duplicate_findings(catalogue, documents)
    pages = {d.id: d.pages for d in catalogue.documents}
    for name, path, source in _sources(documents):
        last = pages.get(source.doc or "")
        for page in (source.page, *source.pages):
            if last is not None and page is not None and page > last:
                message = f"„{source.doc}“ hat nur {last} Seiten, genannt ist Seite {page}."
                yield Finding(documents[name].place(path), "ESF303", message)


def _duplicate_findings(catalogue: Catalogue, documents: Mapping[str, YamlDocument]) -> Iterator[Finding]:
    groups: tuple[tuple[str, str, Iterable[Any]], ...] = (
        ("programmes.yaml", "programmes", catalogue.programmes),
        ("needs.yaml", "needs", catalogue.needs),
        ("vocabulary.yaml", "concepts", catalogue.vocabulary.concepts),
        ("vocabulary.yaml", "facts", catalogue.vocabulary.facts),
        ("vocabulary.yaml", "elsewhere", catalogue.vocabulary.elsewhere),
    )
    for name, key, entries in groups:
        seen: dict[str, Place] = {}
        for index, entry in enumerate(entries):
            place = documents[name].place((key, index, "id"))
            if entry.id in seen:
                first = ((seen[entry.id], "zuerst hier"),)
                yield Finding(place, "ESF302", f"Die Kennung „{entry.id}“ ist doppelt vergeben.", "", first)
            seen.setdefault(entry.id, place)


def _references(catalogue: Catalogue) -> Iterator[tuple[str, Path, str, str]]:
    """Every reference as (file, path, what it points at, id)."""
    for i, programme in enumerate(catalogue.programmes):
        base: Path = ("programmes", i)
        for key in ("serves", "themes", "touches", "not_for"):
            for k, ident in enumerate(getattr(programme, key)):
                yield "programmes.yaml", (*base, key, k), "Begriff", ident
        for k, need in enumerate(programme.needs):
            yield "programmes.yaml", (*base, "needs", k, "id"), "Bedarf", need.id
        for k, successor in enumerate(programme.successors):
            yield "programmes.yaml", (*base, "successors", k, "id"), "Instrument", successor.id
        if programme.part_of:
            yield "programmes.yaml", (*base, "part_of"), "Instrument", programme.part_of
        for v, version in enumerate(programme.versions):
            at: Path = (*base, "versions", v)
            for c, condition in enumerate(version.conditions):
                yield from _test_references(condition, (*at, "conditions", c))
                if condition.when:
                    yield from _test_references(condition.when, (*at, "conditions", c, "when"))
            for b, benefit in enumerate(version.benefits):
                if benefit.counts:
                    yield "programmes.yaml", (*at, "benefits", b, "counts"), "Tatsache", benefit.counts
                if benefit.when:
                    yield from _test_references(benefit.when, (*at, "benefits", b, "when"))
            for c, combination in enumerate(version.combinations):
                for k, ident in enumerate(combination.programmes):
                    yield "programmes.yaml", (*at, "combinations", c, "programmes", k), "Instrument", ident
    for i, need_entry in enumerate(catalogue.needs):
        if need_entry.parent:
            yield "needs.yaml", ("needs", i, "parent"), "Bedarf", need_entry.parent
        for key, kind in (("handlungsfelder", "Bedarf"), ("serves", "Begriff"), ("themes", "Begriff"), ("touches", "Begriff")):
            for k, ident in enumerate(getattr(need_entry, key)):
                yield "needs.yaml", ("needs", i, key, k), kind, ident
    for i, project in enumerate(catalogue.reference_projects):
        yield "needs.yaml", ("reference_projects", i, "handlungsfeld"), "Bedarf", project.handlungsfeld
        for key in ("serves", "themes"):
            for k, ident in enumerate(getattr(project, key)):
                yield "needs.yaml", ("reference_projects", i, key, k), "Begriff", ident
    for i, concept in enumerate(catalogue.vocabulary.concepts):
        for k, ident in enumerate(concept.broader):
            yield "vocabulary.yaml", ("concepts", i, "broader", k), "Begriff", ident
    for i, ident in enumerate(catalogue.voices):
        yield "voices.yaml", ("voices", i, "id"), "Eintrag", ident


def _test_references(test: Test, path: Path) -> Iterator[tuple[str, Path, str, str]]:
    if test.fact:
        yield "programmes.yaml", (*path, "fact"), "Tatsache", test.fact
    for key in ("all", "any"):
        for k, inner in enumerate(getattr(test, key)):
            yield from _test_references(inner, (*path, key, k))
    if test.not_:
        yield from _test_references(test.not_, (*path, "not"))


def _sources(documents: Mapping[str, YamlDocument]) -> Iterator[tuple[str, Path, Source]]:
    """Every source in the files, with its path."""

    def walk(value: Any, path: Path) -> Iterator[tuple[Path, Source]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "source" and inner:
                    for k, entry in enumerate(inner if isinstance(inner, tuple) else (inner,)):
                        yield (*path, key, *((k,) if isinstance(inner, tuple) else ())), Source.model_validate(entry)
                yield from walk(inner, (*path, key))
        elif isinstance(value, tuple):
            for k, inner in enumerate(value):
                yield from walk(inner, (*path, k))

    for name, document in documents.items():
        for path, source in walk(document.value, ()):
            yield name, path, source


def evidence_age_days(programme: Programme, day: date) -> int:
    """How many days before `day` the newest evidence of its status is; negative if later."""
    return (day - programme.status.day).days
