"""What a reader of one fact hands over, and how several such finds become one value."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from esfmatch.facts import FactValue
from esfmatch.statements.scene import Scene


class Found(Struct, frozen=True):
    """A value that the text states for a fact, with the tokens that say so; of two, the weightier holds."""

    value: FactValue
    first: int
    last: int
    weight: float = 1.0
    own: bool = False


def settle(scene: Scene, found: Iterable[Found]) -> tuple[Found | None, bool]:
    """Choose what holds: of the weightiest, the last of a correction; and tell whether they contradict."""
    ordered = sorted(found, key=lambda f: f.first)
    if not ordered:
        return None, False
    best = max(f.weight for f in ordered)
    kept: list[Found] = []
    for item in ordered:
        if item.weight < best:
            continue
        if kept and scene.corrected_between(kept[-1].last, item.first):
            kept = []
        kept.append(item)
    if any(item.value != kept[0].value for item in kept):
        return None, True
    return (kept[0] if kept else None), False
