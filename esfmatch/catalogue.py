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
from typing import Any, Final, cast, get_args

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
            findings += validation_findings(error, document, model)
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
            raise InputError(
                f"{label}: Die Katalogdatei lässt sich nicht lesen ({error.strerror or error})."
            ) from error
    return contents


def from_values(values: Sequence[Value]) -> Catalogue:
    """The catalogue made of the plain values of its files, which were checked before. Raises ValidationError."""
    return _join([model.model_validate(value) for model, value in zip(FILES.values(), values, strict=True)], values)


def _join(models: Sequence[Model], values: Sequence[Value]) -> Catalogue:
    programmes = cast(ProgrammesFile, models[0])
    needs, vocabulary, voices = cast(NeedsFile, models[1]), cast(VocabularyFile, models[2]), cast(VoicesFile, models[3])
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


def validation_findings(error: ValidationError, document: YamlDocument, model: type[Model]) -> Iterator[Finding]:
    """What a model refuses, each with its place in the document and a hint."""
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

# What the value of a key points at, wherever it stands; and what an `id` points at in the entries of a list.
_POINTS_AT: Final = {
    **dict.fromkeys(("serves", "themes", "touches", "not_for", "broader", "concepts", "rules_out"), "Begriff"),
    **dict.fromkeys(("fact", "counts"), "Angabe"),
    **dict.fromkeys(("parent", "handlungsfeld", "handlungsfelder"), "Bedarf"),
    **dict.fromkeys(("part_of", "programmes"), "Instrument"),
    "doc": "Dokument",
}
_ID_POINTS_AT: Final = {"needs": "Bedarf", "successors": "Instrument", "voices": "Eintrag"}
_DEFINED: Final = (
    ("programmes.yaml", "documents", "Dokument"),
    ("programmes.yaml", "programmes", "Instrument"),
    ("needs.yaml", "needs", "Bedarf"),
    ("needs.yaml", "reference_projects", "Projekt"),
    ("vocabulary.yaml", "concepts", "Begriff"),
    ("vocabulary.yaml", "facts", "Angabe"),
    ("vocabulary.yaml", "elsewhere", "Thema"),
)


def _reference_findings(catalogue: Catalogue, documents: Mapping[str, YamlDocument]) -> Iterator[Finding]:
    """Ids given twice, ids that point nowhere, pages that a document does not have."""
    known: dict[str, dict[str, Place]] = {}
    for name, key, kind in _DEFINED:
        known[kind] = {}
        for path, ident in _scalars(documents[name].value):
            if len(path) == 3 and path[0] == key and path[2] == "id":
                place = documents[name].place(path)
                if ident in known[kind]:
                    first = ((known[kind][ident], "zuerst hier"),)
                    yield Finding(place, "ESF302", f"Die Kennung „{ident}“ ist doppelt vergeben.", "", first)
                known[kind].setdefault(ident, place)
    known["Eintrag"] = {**known["Instrument"], **known["Bedarf"], **known["Thema"]}
    pages = {document.id: document.pages for document in catalogue.documents}
    for document in documents.values():
        for path, value in _scalars(document.value):
            points_at = _points_at(path)
            if points_at and value not in known[points_at]:
                hint = _near(str(value), known[points_at])
                yield Finding(document.place(path), "ESF301", f"{points_at} „{value}“ gibt es nicht.", hint)
            if path[-1] == "page" or (len(path) > 1 and path[-2] == "pages"):
                yield from _page_finding(document, path, value, pages)


def _points_at(path: Path) -> str | None:
    """The kind of thing that the scalar at `path` names, if it names one."""
    keys = [part for part in path if isinstance(part, str)]
    if keys[-1] == "id":
        return _ID_POINTS_AT.get(keys[-2]) if len(keys) > 2 or keys[0] == "voices" else None
    return _POINTS_AT.get(keys[-1])


def _page_finding(document: YamlDocument, path: Path, page: Any, pages: Mapping[str, int | None]) -> Iterator[Finding]:
    source: Any = document.value
    for part in path[: -1 if path[-1] == "page" else -2]:
        source = source[part]
    last = pages.get(source.get("doc", ""))
    if last is not None and page > last:
        message = f"„{source['doc']}“ hat nur {last} Seiten, genannt ist Seite {page}."
        yield Finding(document.place(path), "ESF303", message)


def _scalars(value: Value, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every scalar with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _scalars(inner, (*path, key))
    elif isinstance(value, tuple):
        for k, inner in enumerate(value):
            yield from _scalars(inner, (*path, k))
    else:
        yield path, value


def evidence_age_days(programme: Programme, day: date) -> int:
    """How many days before `day` the newest evidence of its status is; negative if later."""
    return (day - programme.status.day).days
