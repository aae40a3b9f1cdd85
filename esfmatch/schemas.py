"""JSON Schemas of the catalogue files and of the cases beside them, made from the types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import TypeAdapter

from esfmatch.catalogue_files import FILE_KINDS
from esfmatch.field_texts import text_for
from esfmatch.scenarios import GoldFile, ScenarioFile
from esfmatch.shapes import Model, adapter

KINDS: Final[Mapping[str, type[Model]]] = {
    **{name.removesuffix(".yaml"): model for name, model in FILE_KINDS.items()},
    "cases": ScenarioFile,
    "gold": GoldFile,
}
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of file. Raises KeyError."""
    found = adapter(KINDS[kind]).json_schema()
    whole = _explained(_told(found, title=False), KINDS[kind].__name__)
    return {"$schema": _DIALECT, "title": f"esfmatch: {kind}.yaml", **whole}


def schema_of_all() -> dict[str, Any]:
    """One schema for every kind of file; which one it is, its key „schema“ says."""
    inputs: list[tuple[type[Model], Literal["validation", "serialization"], TypeAdapter[Any]]]
    inputs = [(model, "validation", adapter(model)) for model in KINDS.values()]
    references, shared = TypeAdapter.json_schemas(inputs)
    kinds = [references[model, "validation"] for model in KINDS.values()]
    return {"$schema": _DIALECT, "title": "esfmatch", "oneOf": kinds, **_explained(_told({"$defs": shared["$defs"]}))}


def _explained(schema: dict[str, Any], name: str = "") -> dict[str, Any]:
    """The schema with what its types and their keys mean, for editors. `name` is the type of its root."""
    for kind, part in [(name, schema), *schema.get("$defs", {}).items()]:
        part.pop("description", None)
        if text := text_for(kind):
            part["description"] = text
        for key, inner in part.get("properties", {}).items():
            if text := text_for(kind, key):
                inner["description"] = text
    return schema


def _told(value: Any, *, title: bool = True) -> Any:
    """The generated schema as the files are: one source may stand without a list; generated titles say nothing."""
    if isinstance(value, list):
        return [_told(part) for part in value]
    if not isinstance(value, dict):
        return value
    told = {
        key: _one_or_more(part) if key == "source" and _is_list(part) else _told(part)
        for key, part in value.items()
        if key != "title" or (title and isinstance(part, dict))
    }
    return {key: part for key, part in told.items() if key != "title" or isinstance(part, dict)}


def _is_list(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("type") == "array"


def _one_or_more(schema: dict[str, Any]) -> dict[str, Any]:
    told = _told(schema)
    return {"anyOf": [told["items"], told]}
