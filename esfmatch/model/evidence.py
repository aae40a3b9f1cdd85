"""Where something is written, and how far it can be trusted."""

from typing import Annotated, Any, Literal, TypeAlias

from esfmatch.model.basics import Day, Id, Text, Url
from esfmatch.shapes import Before, Limits, Model


class Document(Model):
    """A document that the catalogue cites by page or by section."""

    id: Id
    title: Text
    publisher: Text
    day: Day
    pages: int | None = None
    sections: tuple[Text, ...] = ()
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
OptionalSources: TypeAlias = Annotated[tuple[Source, ...], Before(_several)]
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
    source: OptionalSources = ()
