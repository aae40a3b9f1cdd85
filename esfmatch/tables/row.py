"""One row of a list, as every kind of file gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field


class Row(Struct, frozen=True):
    """number: where it begins, counted from 1 as editors and spreadsheets do. error: why it cannot be read."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None
