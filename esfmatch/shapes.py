"""What the types of the catalogue are made of: frozen values that pydantic validates and that load in no time.

The values themselves need no pydantic: it is asked only where a file is checked or its schema is written, and then
takes from here what a field may hold. A compiled value is checked against the same types when it is decoded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, dataclass_transform, get_type_hints

from msgspec import NODEFAULT, Struct, StructMeta, field
from msgspec.structs import fields

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema

M = TypeVar("M", bound="Model")

_unfinished: Final[set[type[Model]]] = set()  # those that pydantic is being told about; they may contain themselves


class _Named(StructMeta):
    """Makes fields be given by name, in whatever order a type declares them."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> _Named:
        return super().__new__(mcs, name, bases, namespace, **{"kw_only": True, **options})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Model(Struct, metaclass=_Named, frozen=True, cache_hash=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all: frozen, strict, no unknown keys. A type refuses what does not belong together in `__post_init__`."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic the fields and that a value is made of them."""
        from pydantic_core import core_schema as core

        ref = f"{cls.__module__}.{cls.__qualname__}"
        if cls in _unfinished:
            return core.definition_reference_schema(ref)
        _unfinished.add(cls)
        try:
            inside, known = {}, keys(cls)
            for one in fields(cls):
                schema = handler.generate_schema(known[one.encode_name][1])
                required = one.default is NODEFAULT and one.default_factory is NODEFAULT
                if one.default is not NODEFAULT:
                    schema = core.with_default_schema(schema, default=one.default)
                inside[one.encode_name] = core.typed_dict_field(schema, required=required)
        finally:
            _unfinished.discard(cls)
        group = core.typed_dict_schema(inside, cls=cls, extra_behavior="forbid", config={"strict": True})
        return core.no_info_after_validator_function(
            lambda found: cls(**{known[key][0]: value for key, value in found.items()}), group, ref=ref
        )


class Limits:
    """What a text, a number or a list may be."""

    def __init__(
        self,
        *,
        pattern: str | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        strip_whitespace: bool | None = None,
        ge: int | None = None,
        le: int | None = None,
    ) -> None:
        given = {
            "pattern": pattern,
            "min_length": min_length,
            "max_length": max_length,
            "strip_whitespace": strip_whitespace,
            "ge": ge,
            "le": le,
        }
        self._given = {key: value for key, value in given.items() if value is not None}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic."""
        schema: Any = handler(source)
        return {**schema, **self._given}


class Before:
    """How a value as it stands in a file becomes one of the type. `json` is what the JSON Schema says instead."""

    def __init__(self, change: Callable[[Any], Any], json: dict[str, Any] | None = None) -> None:
        self._change = change
        self._json = json

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic."""
        from pydantic_core import core_schema as core

        return core.no_info_before_validator_function(self._change, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> Any:
        """Tell pydantic."""
        return self._json or handler(schema)


class Made:
    """A value that is made of one of another type, which is the one that stands in the file."""

    def __init__(self, kind: Any, make: Callable[[Any], Any]) -> None:
        self._kind = kind
        self._make = make

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic."""
        from pydantic_core import core_schema as core

        return core.no_info_after_validator_function(self._make, handler.generate_schema(self._kind))


def day(value: Any) -> Any:
    """A date is written as "YYYY-MM-DD" in quotes."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"„{value}“ ist kein Tag der Form JJJJ-MM-TT") from None
    return value


def number(value: Any) -> Any:
    """A whole number is a number, too."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


@cache
def keys(kind: type[Model]) -> dict[str, tuple[str, Any]]:
    """For each key of a group in a file the field that it fills and that field's type."""
    hints = get_type_hints(kind, include_extras=True)
    return {one.encode_name: (one.name, hints[one.name]) for one in fields(kind)}


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """What validates values of a type, strictly."""
    from pydantic import ConfigDict, TypeAdapter

    return TypeAdapter(kind, config=ConfigDict(strict=True))


def validate(kind: type[M], value: Any) -> M:
    """The value of a type made of plain ones, as the YAML reader gives them. Raises pydantic's ValidationError."""
    found: M = adapter(kind).validate_python(value)
    return found


def plain(value: Any, *, empty: bool = False) -> Any:
    """Plain groups and lists by the keys of the files; without what is `None`, or with it if `empty`."""
    if isinstance(value, Model):
        held = zip(value.__struct_encode_fields__, map(value.__getattribute__, value.__struct_fields__), strict=True)
        return {key: plain(inner, empty=empty) for key, inner in held if empty or inner is not None}
    if isinstance(value, Mapping):
        return {key: plain(inner, empty=empty) for key, inner in value.items()}
    if isinstance(value, Collection) and not isinstance(value, str):
        return tuple(plain(inner, empty=empty) for inner in value)
    return value
