"""The region: its towns, its needs, the projects it had, and what was approved in it."""

from typing import Annotated, Literal

from msgspec import field

from esfmatch.model.basics import Day, Id, Number, Text, any_given
from esfmatch.model.evidence import Sources
from esfmatch.shapes import Limits, Model


class Need(Model):
    """A Handlungsfeld, Schwerpunkt or Handlungsbedarf of the regional concept; `parent` is a Schwerpunkt.

    unanswered: why no instrument of the catalogue answers it.
    """

    id: Id
    name: Text
    kind: Literal["handlungsfeld", "schwerpunkt", "handlungsbedarf"]
    parent: Id | None = None
    handlungsfelder: tuple[Id, ...] = ()
    summary: Text
    unanswered: Text | None = None
    serves: tuple[Id, ...] = ()
    themes: tuple[Id, ...] = ()
    touches: tuple[Id, ...] = ()
    source: Sources


class ReferenceProject(Model):
    """A project that was funded before, as the regional concept lists it."""

    id: Id
    name: Text
    carrier: Text
    goal: Text
    handlungsfeld: Id
    serves: tuple[Id, ...] = ()
    themes: tuple[Id, ...] = ()
    note: Text | None = None
    source: Sources


class Town(Model):
    """A municipality of the region with its official key (Amtlicher Gemeindeschlüssel)."""

    name: Text
    key: Annotated[str, Limits(pattern=r"^[0-9]{8}$")]
    aliases: tuple[Text, ...] = ()
    districts: tuple[Text, ...] = ()


class Region(Model):
    """The region of the concept. `key` of the Kreis has five digits, a town's has eight."""

    name: Text
    kreis: Text
    kreis_key: Annotated[str, Limits(pattern=r"^[0-9]{5}$")]
    towns: tuple[Town, ...]
    note: Text | None = None
    source: Sources


class Approved(Model):
    """Figures about approved operations. Amounts are total eligible expenditure in EUR, not the grant."""

    operations: Annotated[int, Limits(ge=0)]
    eligible_total_eur: Number | None = None
    median_eur: Number | None = None
    min_eur: Number | None = None
    max_eur: Number | None = None
    first_start: Day | None = None
    last_start: Day | None = None
    by_town: dict[str, Annotated[int, Limits(ge=1)]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        amounts = (self.eligible_total_eur, self.median_eur, self.min_eur, self.max_eur)
        if any_given(*amounts) != bool(self.operations) or None in amounts[: 4 * bool(self.operations)]:
            raise ValueError("zu bewilligten Vorhaben (operations) gehören Summe, Median, kleinster und größter Betrag")


class Approval(Model):
    """What the published list says about one instrument, in the state and in the region."""

    programme: Id
    line_in_list: Text
    note: Text | None = None
    nrw: Approved
    region: Approved


class ApprovalsList(Model):
    """The published list that was counted: `day` it is dated, `until` when approvals are in it."""

    title: Text
    publisher: Text
    day: Day
    until: Day
    note: Text | None = None
