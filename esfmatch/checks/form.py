"""Form: what the reader and the types refuse, each with its place, the nearest word that is allowed, and a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, get_args

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from esfmatch.catalogue import MAX_AGE
from esfmatch.catalogue_files import FILE_KINDS
from esfmatch.checks.draft import Draft, Entry, sound_parts, usable_parts
from esfmatch.problems import Finding, Place, near
from esfmatch.shapes import Model, keys, validate
from esfmatch.yaml_source import Document, Path, Value, read_yaml


class Reading(Struct, frozen=True):
    """What reading the files gave: a draft, the models of the files without errors, and the findings."""

    draft: Draft
    models: Mapping[str, Model]
    findings: tuple[Finding, ...]


def read(contents: Mapping[str, bytes], as_of: date = date.max, max_age: int = MAX_AGE) -> Reading:
    """Read all files, given by their paths in the order of FILE_KINDS.

    as_of, max_age: the day from which evidence counts as too old, and after how many days; for the checks.
    """
    documents: dict[str, Document] = {}
    models: dict[str, Model] = {}
    parts: dict[tuple[str, str], tuple[Entry[Any], ...]] = {}
    findings: list[Finding] = []
    for (name, kind), (label, content) in zip(FILE_KINDS.items(), contents.items(), strict=True):
        document, found = read_yaml(label, content)
        findings += found
        if document is None:
            continue
        documents[name] = document
        try:
            model = validate(kind, document.value)
        except ValidationError as error:
            known = {finding.place for finding in found}  # what the reader refuses has the wrong type, too
            findings += [f for f in validation_findings(error, document, kind) if f.place not in known]
            parts |= usable_parts(name, document, kind, error)
        else:
            parts |= sound_parts(name, document, model)
            if not found:
                models[name] = model
    return Reading(Draft(documents, parts, as_of, max_age, frozenset(models)), models, tuple(findings))


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
    "dict_type": "„{name}“ muss eine Gruppe von Schlüsseln sein.",
    "string_too_short": "„{name}“ ist leer oder zu kurz.",
    "string_too_long": "„{name}“ ist zu lang.",
    "too_short": "„{name}“ braucht mindestens einen Eintrag.",
    "greater_than_equal": "„{name}“ ist kleiner als erlaubt.",
}

_NUMBERS: Final = frozenset({"int_type", "decimal_type", "is_instance_of"})


def validation_findings(error: ValidationError, document: Document, model: type[Model]) -> Iterator[Finding]:
    """What a model refuses, each with its place in the document and a hint."""
    for item in _errors(error):
        path = _written(document.value, item["loc"])
        name = str(path[-1]) if path else document.file
        kind = item["type"]
        hint = ""
        if kind == "value_error":
            message = str(item["ctx"]["error"]) + "."
        elif kind == "literal_error":
            allowed = item["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            message = f"{_shown(item['input'])} ist hier nicht erlaubt."
            hint = near(str(item["input"]), allowed.split(", ")) or f"Erlaubt sind: {allowed}."
        elif kind == "string_pattern_mismatch":
            message = f"„{item['input']}“ hat nicht die richtige Form."
            hint = f"Erwartet: {item['ctx']['pattern']}"
        else:
            message = _MESSAGES.get(kind, "„{name}“: {error}").format(name=name, error=item["msg"])
        if kind in _NUMBERS:
            hint = "Nur Ziffern: ohne Anführungszeichen, Tausenderpunkt und Einheit, vor den Cent ein Punkt (1234.50)."
        elif kind == "extra_forbidden":
            hint = near(name, _keys_at(model, path[:-1])) or "Den Schlüssel löschen oder die Einrückung prüfen."
        place = _blamed(document, path, message) if kind == "value_error" else document.place(path)
        related: tuple[tuple[Place, str], ...] = ()
        if kind == "missing":
            place, related = document.missing(path[:-1], name), ((place, "in diesem Eintrag"),)
        yield Finding(place, _code(kind), message, hint, related)


def _errors(error: ValidationError) -> list[ErrorDetails]:
    """The errors; that a list is too short only where none of its entries has an error, for which it is not counted."""
    found = error.errors(include_url=False)
    around = {item["loc"][:length] for item in found for length in range(len(item["loc"]))}
    return [item for item in found if item["type"] != "too_short" or item["loc"] not in around]


def _shown(value: Any) -> str:
    """A wrong value in a message."""
    if isinstance(value, (dict, tuple)):
        return "Eine Gruppe" if isinstance(value, dict) else "Eine Liste"
    return f"„{value}“"


def _written(value: Value, steps: Iterable[int | str]) -> Path:
    """The path of an error as the file has it: where one thing stands for a list of one, the error counts it."""
    path: list[int | str] = []
    for step in steps:
        if isinstance(value, dict) and isinstance(step, int):
            continue
        path.append(step)
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
    return tuple(path)


def _blamed(document: Document, path: Path, message: str) -> Place:
    """The last of the keys that a message about a group of keys names; the group itself if it names none."""
    named = re.findall(r"[a-z_]+", message)
    places = [document.places[(*path, key)] for key in named if (*path, key) in document.places]
    return max(places, default=document.place(path))


def _code(kind: str) -> str:
    return {"extra_forbidden": "ESF201", "missing": "ESF202"}.get(kind, "ESF203")


def _keys_at(kind: type[Model], path: Path) -> list[str]:
    """The keys that are allowed at `path`, found by walking the types."""
    current = kind
    for part in path:
        if isinstance(part, str):
            inner = _model_in(keys(current)[part][1]) if part in keys(current) else None
            if inner is None:
                return []
            current = inner
    return list(keys(current))


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
