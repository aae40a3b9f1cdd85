"""The catalogue as frozen values: instruments, needs, sources, rules, money, time.

Types only; no reading, no deciding. Every model refuses unknown keys. Texts are German, ids are lower-case ASCII
with hyphens. Whatever a rule or an amount says carries its `source`.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeAlias

from msgspec import field

from esfmatch.shapes import Before, Limits, Model, day, number

Id: TypeAlias = Annotated[str, Limits(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Key: TypeAlias = Annotated[str, Limits(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Text: TypeAlias = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=2000)]
Url: TypeAlias = Annotated[str, Limits(pattern=r'^https?://[^\s<>"]+$', max_length=500)]

Day: TypeAlias = Annotated[date, Before(day)]
Number: TypeAlias = Annotated[Decimal, Limits(ge=0), Before(number, {"type": "number", "minimum": 0})]

ApplicantKind: TypeAlias = Literal[
    "company", "provider", "municipality", "person", "school", "association", "university", "public_body"
]


# --- sources -----------------------------------------------------------------------------------------------------


class Document(Model):
    """A document that the catalogue cites by page or by section."""

    id: Id
    title: Text
    publisher: Text
    day: Day
    pages: int | None = None
    url: Url | None = None


class Source(Model):
    """Where something is written: a page or section of a document, or a web page and the period it describes."""

    doc: Id | None = None
    page: Annotated[int, Limits(ge=1)] | None = None
    pages: tuple[int, ...] = ()
    section: Annotated[str, Limits(pattern=r"^[0-9]+(?:\.[0-9]+)*$")] | None = None
    url: Url | None = None
    publisher: Text | None = None
    describes: Text | None = None

    def __post_init__(self) -> None:
        if (self.doc is None) == (self.url is None):
            raise ValueError("eine Quelle nennt entweder „doc“ oder „url“")
        if self.doc is not None and not (self.page or self.pages or self.section):
            raise ValueError("ein Dokument wird mit „page“, „pages“ oder „section“ angegeben")
        if self.url is not None and not (self.publisher and self.describes):
            raise ValueError("eine Webseite braucht „publisher“ und „describes“ (Stand oder Zeitraum)")


def _several(value: Any) -> Any:
    """One source may be written without the list around it."""
    return (value,) if isinstance(value, (dict, Source)) else value


Sources: TypeAlias = Annotated[tuple[Source, ...], Limits(min_length=1), Before(_several)]
Confidence: TypeAlias = Literal["official", "secondary", "conflicting", "inferred", "unverified"]


class Statement(Model):
    """A sentence with its source."""

    text: Text
    source: Sources
    derived: Text | None = None


class Note(Model):
    """Something worth knowing that is no rule; `confidence` says how far to trust it."""

    text: Text
    confidence: Confidence
    source: Annotated[tuple[Source, ...], Before(_several)] = ()


# --- rules -------------------------------------------------------------------------------------------------------


class Range(Model):
    """A range of numbers, its bounds named in so many words."""

    at_least: Number | None = None
    at_most: Number | None = None
    above: Number | None = None
    below: Number | None = None


class Test(Model):
    """A question about facts: one comparison of one fact, or `all`, `any`, `not` of further tests."""

    __test__ = False  # not a test case for pytest

    fact: Key | None = None
    is_: bool | None = field(default=None, name="is")
    one_of: tuple[str, ...] = ()
    at_least: Number | None = None
    at_most: Number | None = None
    above: Number | None = None
    below: Number | None = None
    unclear: Range | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    all: "tuple[Test, ...]" = ()
    any: "tuple[Test, ...]" = ()
    not_: "Test | None" = field(default=None, name="not")

    @property
    def bounded(self) -> bool:
        """Whether it compares a number."""
        return any_given(self.at_least, self.at_most, self.above, self.below)

    @property
    def dated(self) -> bool:
        """Whether it compares a date."""
        return any_given(self.not_before, self.not_after)

    def __post_init__(self) -> None:
        compares = (self.is_ is not None) + bool(self.one_of) + self.bounded + self.dated
        combines = bool(self.all) + bool(self.any) + (self.not_ is not None)
        if compares + combines != 1 or (compares == 1) != (self.fact is not None):
            raise ValueError(
                "eine Bedingung ist genau eines: „fact“ mit „is“, „one_of“, Grenzen oder Tagen; „all“; „any“; „not“"
            )
        if self.unclear is not None and not self.bounded:
            raise ValueError("„unclear“ gehört zu Grenzen (at_least, at_most, above, below)")


def any_given(*values: object) -> bool:
    """Whether one of the values is there."""
    return any(value is not None for value in values)


class Condition(Test):
    """A rule: a test with its wording, its source and whom it is about.

    strength: `must` decides; `presumed` is taken as given until a fact speaks against it; `guidance` never decides.
    when: the rule counts only where this test holds, else it does not apply.
    exception: what may still let a case pass that fails the test; such a case is open, not lost.
    question: asks for the fact where its own question does not fit this rule.
    derived: how a value was worked out that the source does not print.
    """

    text: Text
    about: Literal["applicant", "partner", "participant", "project"] = "applicant"
    strength: Literal["must", "presumed", "guidance"] = "must"
    when: Test | None = None
    exception: Text | None = None
    question: Text | None = None
    source: Sources
    derived: Text | None = None


# --- money, steps, time ------------------------------------------------------------------------------------------


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


# --- instruments and needs ---------------------------------------------------------------------------------------

Kind: TypeAlias = Literal["programme", "call", "initiative", "advice", "standard_instrument", "plan", "body"]
NOT_TO_APPLY_FOR: Final = frozenset({"plan", "body"})


class NeedLink(Model):
    """The need that an instrument answers: `stated` by a document, or our judgement with its reason."""

    id: Id
    stated: bool
    why: Text
    source: Annotated[tuple[Source, ...], Before(_several)] = ()

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


# --- what was approved -------------------------------------------------------------------------------------------


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


# --- the files ---------------------------------------------------------------------------------------------------


class Exemption(Model):
    """A finding of `validate` that its file may keep: which one, who answers for it, why, and how long.

    entry: the id of the entry that it stands in; about: words of its message, to meet only some of an entry's findings.
    """

    code: Annotated[str, Limits(pattern=r"^ESF[0-9]{3}$")]
    entry: Annotated[str, Limits(min_length=1, max_length=80)]
    about: Text | None = None
    owner: Text
    reason: Text
    until: Day


class CatalogueFile(Model):
    """What every catalogue file may hold."""

    exceptions: tuple[Exemption, ...] = ()


class ProgrammesFile(CatalogueFile):
    """data/programmes.yaml"""

    schema_: Literal["esfmatch/programmes/1"] = field(name="schema")
    documents: tuple[Document, ...]
    programmes: tuple[Programme, ...]


class NeedsFile(CatalogueFile):
    """data/needs.yaml"""

    schema_: Literal["esfmatch/needs/1"] = field(name="schema")
    region: Region
    needs: tuple[Need, ...]
    reference_projects: tuple[ReferenceProject, ...]
    reference_projects_note: Text | None = None


class Voices(Model):
    """How people describe what one instrument, need or topic is for, in their own words."""

    id: Id
    texts: tuple[Annotated[str, Limits(strip_whitespace=True, min_length=3, max_length=600)], ...]


class VoicesFile(CatalogueFile):
    """data/voices.yaml"""

    schema_: Literal["esfmatch/voices/1"] = field(name="schema")
    voices: tuple[Voices, ...]


class ApprovalsFile(CatalogueFile):
    """data/approvals.yaml"""

    schema_: Literal["esfmatch/approvals/1"] = field(name="schema")
    list_: ApprovalsList = field(name="list")
    approvals: tuple[Approval, ...]
