"""The instruments: what they grant, what holds when, whether one can apply, which needs they answer."""

from datetime import date
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import field

from esfmatch.model.basics import ApplicantKind, Day, Id, Key, Number, Text, any_given
from esfmatch.model.evidence import Note, OptionalSources, Sources, Statement
from esfmatch.model.rules import Condition, Test
from esfmatch.shapes import Limits, Model

Kind: TypeAlias = Literal["programme", "call", "initiative", "advice", "standard_instrument", "plan", "body"]
NOT_TO_APPLY_FOR: Final = frozenset({"plan", "body"})


class Benefit(Model):
    """What one gets. `sum`: an amount for each unit; `share`: a part of the costs; `in_kind`: no money.

    amount_eur is the fixed amount of one unit; rate_percent the share; max_eur the cap (of one unit, named by `per`).
    counts: the fact whose number multiplies the amount; months: for how many months at most.
    """

    text: Text
    kind: Literal["sum", "share", "in_kind"]
    amount_eur: Number | None = None
    rate_percent: Number | None = None
    max_eur: Number | None = None
    per: Text | None = None
    counts: Key | None = None
    months: Annotated[int, Limits(ge=1)] | None = None
    when: Test | None = None
    source: Sources
    derived: Text | None = None

    def __post_init__(self) -> None:
        if self.kind == "in_kind" and any_given(self.amount_eur, self.rate_percent, self.max_eur):
            raise ValueError("„kind: in_kind“ hat keine Beträge (amount_eur, rate_percent, max_eur)")
        if self.kind == "sum" and self.amount_eur is None and self.max_eur is None:
            raise ValueError("„kind: sum“ braucht „amount_eur“ oder „max_eur“")
        if any_given(self.amount_eur, self.max_eur) and self.per is None:
            raise ValueError("ein Betrag (amount_eur, max_eur) braucht „per“ (je Platz, je Person, einmalig …)")


class Combination(Model):
    """What may or may not come together with other money, as a source says; it holds for the other side as well.

    effect: `excluded` not together; `reduces` the other money is deducted; `de_minimis` a matter of the EU's rules on
    state aid; `required` only together; `allowed` both in full. programmes: the instruments that are meant.
    """

    text: Text
    effect: Literal["excluded", "reduces", "de_minimis", "required", "allowed"]
    programmes: tuple[Id, ...] = ()
    source: Sources


class Span(Model):
    """From one day to another, both included; a missing `to` is an open end, a missing `from` unknown.

    older: the instrument is older than `from`, or may be; what held before is not documented, so it is open.
    """

    from_: Day | None = field(default=None, name="from")
    to: Day | None = None
    older: bool = False

    def __post_init__(self) -> None:
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError("„from“ liegt nach „to“")

    def covers(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Version(Span):
    """What holds in a span of time.

    gap: why nothing is known of the time between the version before and this one.
    """

    label: Text
    gap: Text | None = None
    conditions: tuple[Condition, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    steps: tuple[Statement, ...] = ()
    papers: tuple[Statement, ...] = ()
    combinations: tuple[Combination, ...] = ()
    source: Sources


class State(Model):
    """What was known on `day` about whether one can apply."""

    value: Literal["open", "ended", "upcoming", "unknown"]
    day: Day


class Status(State):
    """The newest evidence about whether one can apply, not a promise."""

    text: Text
    source: Sources


class Successor(Model):
    """What took the place of an ended instrument; `documented` is false where we conclude it."""

    id: Id
    documented: bool
    text: Text | None = None
    source: Sources


class NeedLink(Model):
    """The need that an instrument answers: `stated` by a document, or our judgement with its reason."""

    id: Id
    stated: bool
    why: Text
    source: OptionalSources = ()

    def __post_init__(self) -> None:
        if self.stated and not self.source:
            raise ValueError("ein belegter Bedarf (stated: true) braucht eine Quelle")


class Programme(Model):
    """One instrument.

    applicants: who hands in the application. asked_by: who comes with the question, to apply or to be served.
    serves, themes: concepts of vocabulary.yaml that it is for; touches: those beside it; not_for: what it is not for.
    neighbours: instruments that one would name beside it, the nearest first. acts: who acts, where nobody can apply
    (plans and bodies).
    """

    id: Id
    name: Text
    official_name: Text | None = None
    aliases: tuple[Text, ...] = ()
    kind: Kind
    level: Literal["eu", "federal", "state", "regional", "municipal"]
    funds: tuple[Literal["ESF", "EFRE", "ELER", "JTF", "Land", "Bund", "Kommune", "Beitrag", "Stiftung"], ...] = ()
    summary: Text
    applicants: tuple[ApplicantKind, ...] = ()
    asked_by: tuple[ApplicantKind, ...] = ()
    serves: tuple[Id, ...] = ()
    themes: tuple[Id, ...] = ()
    touches: tuple[Id, ...] = ()
    not_for: tuple[Id, ...] = ()
    neighbours: tuple[Id, ...] = ()
    acts: Text | None = None
    needs: tuple[NeedLink, ...] = ()
    status: Status
    versions: tuple[Version, ...] = ()
    successors: tuple[Successor, ...] = ()
    part_of: Id | None = None
    contacts: tuple[Statement, ...] = ()
    notes: tuple[Note, ...] = ()
    source: Sources

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def grants(self) -> bool:
        """Whether somebody can apply for it or use it; a plan or a body is no grant."""
        return self.kind not in NOT_TO_APPLY_FOR

    def __post_init__(self) -> None:
        if not self.grants and self.acts is None:
            raise ValueError("ein Vorhaben oder Gremium (kind: plan, body) nennt mit „acts“, wer handelt")


class Outline(Model):
    """What an instrument is as to time, and which ones one comes to from it; enough to choose among many."""

    status: State
    versions: tuple[Span, ...] = ()
    successors: tuple[Id, ...] = ()
    neighbours: tuple[Id, ...] = ()

    @classmethod
    def of(cls, programme: Programme) -> "Outline":
        """The outline of an instrument."""
        return cls(
            status=State(value=programme.status.value, day=programme.status.day),
            versions=tuple(Span(from_=v.from_, to=v.to, older=v.older) for v in programme.versions),
            successors=tuple(successor.id for successor in programme.successors),
            neighbours=programme.neighbours,
        )
