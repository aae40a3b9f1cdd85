"""What gives an instrument its place in the regional concept: Handlungsfeld, Schwerpunkt, Handlungsbedarf.

Pure. Each level says whether a document names the instrument for it or we judge so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from esfmatch.catalogue import Catalogue
from esfmatch.model.programmes import NeedLink, Programme
from esfmatch.model.region import Need


class Claim(Struct, frozen=True):
    """A need that an instrument answers. `via` is the Handlungsbedarf below it that the instrument is linked to."""

    need: Need
    link: NeedLink
    via: Need | None = None


def legitimation(programme: Programme, catalogue: Catalogue, prefer: Sequence[str] = ()) -> tuple[Claim, ...]:
    """Handlungsfeld, Schwerpunkt and Handlungsbedarf, from the broadest; a level that nothing is known of is left out.

    Of several needs the one that comes first in `prefer` counts (or what is above it), then one that fits the
    Handlungsbedarf, then one that a document names.
    """
    links = {link.id: link for link in programme.needs}
    needs: dict[str, list[Need]] = defaultdict(list)
    for ident in links:
        need = catalogue.needs_by_id[ident]
        needs[need.kind].append(need)
    order = {ident: rank for rank, ident in enumerate(prefer)}

    def rank(need: Need) -> int:
        around = (need.id, need.parent or "", *need.handlungsfelder)
        return min(order.get(ident, len(order)) for ident in around)

    def first(kind: str, fitting: Sequence[str] = ()) -> Need | None:
        found = needs[kind]
        if len(found) < 2:
            return found[0] if found else None
        return min(found, key=lambda n: (rank(n), n.id not in fitting, not links[n.id].stated))

    def claim(kind: str, above: Sequence[str]) -> Claim | None:
        """A need of this kind, else the one above the Handlungsbedarf."""
        need = first(kind, above)
        if need is not None:
            return Claim(need, links[need.id])
        return Claim(catalogue.needs_by_id[above[0]], links[part.id], part) if part and above else None

    part = first("handlungsbedarf")
    levels = (
        claim("handlungsfeld", part.handlungsfelder if part else ()),
        claim("schwerpunkt", (part.parent,) if part and part.parent else ()),
        Claim(part, links[part.id]) if part else None,
    )
    return tuple(level for level in levels if level is not None)
