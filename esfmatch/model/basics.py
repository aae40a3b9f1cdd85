"""What the values of the catalogue have in common: how ids, texts, days and numbers are written."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from esfmatch.shapes import Before, Limits, day, number

Id: TypeAlias = Annotated[str, Limits(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Key: TypeAlias = Annotated[str, Limits(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Text: TypeAlias = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=2000)]
Url: TypeAlias = Annotated[str, Limits(pattern=r'^https?://[^\s<>"]+$', max_length=500)]

Day: TypeAlias = Annotated[date, Before(day)]
Number: TypeAlias = Annotated[Decimal, Limits(ge=0), Before(number, {"type": "number", "minimum": 0})]

ApplicantKind: TypeAlias = Literal[
    "company", "provider", "municipality", "person", "school", "association", "university", "public_body"
]


def any_given(*values: object) -> bool:
    """Whether one of the values is there."""
    return any(value is not None for value in values)
