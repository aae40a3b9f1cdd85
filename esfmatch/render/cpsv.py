"""The instruments in the EU's vocabulary for public services, CPSV-AP 3.2, as JSON-LD with its context inside.

Only what somebody can apply for or use is a public service; plans and bodies are left out. Money is what a service
produces (Output), for a Cost in CPSV-AP is what the applicant pays. Who is competent is known by level only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from esfmatch.catalogue import Catalogue
from esfmatch.eligibility import PeriodState, period_on, version_on
from esfmatch.model.programmes import Programme, Version
from esfmatch.render import wording

Node = dict[str, Any]

_CONTEXT: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_GERMAN: Final = "http://publications.europa.eu/resource/authority/language/DEU"
_GERMANY: Final = "http://publications.europa.eu/resource/authority/country/DEU"
_EU: Final = "http://publications.europa.eu/resource/authority/atu/EUR"
_NRW: Final = "http://data.europa.eu/nuts/code/DEA"
_AUTHORITIES: Final = {
    "eu": ("Europäische Union", _EU),
    "federal": ("Bundesrepublik Deutschland", _GERMANY),
    "state": ("Land Nordrhein-Westfalen", _NRW),
    "regional": ("Region Westfälisches Ruhrgebiet", _NRW),
    "municipal": ("Kommunen in Nordrhein-Westfalen", _NRW),
}


def as_cpsv(catalogue: Catalogue, as_of: date) -> Node:
    """The catalogue as a JSON-LD document; its nodes have a fixed order."""
    services = [programme for programme in catalogue.programmes if programme.grants]
    graph = [node for programme in services for node in _service(programme, catalogue, as_of)]
    return {"@context": _CONTEXT, "@graph": [*graph, *_shared(services, catalogue)]}


def _id(kind: str, *parts: str) -> str:
    return ":".join(("urn:esfmatch", kind, *parts))


def _refs(kind: str, idents: Iterable[str]) -> list[Node]:
    return [{"@id": _id(kind, ident)} for ident in idents]


def _german(text: str) -> Node:
    return {"@value": text, "@language": "de"}


def _node(kind: str, ident: str, type_: str, **properties: Any) -> Node:
    """A node without the properties that are empty. A double underscore in a name stands for the colon."""
    given = {name.replace("__", ":"): value for name, value in properties.items() if value not in (None, [], ())}
    return {"@id": _id(kind, ident), "@type": type_, **given}


def _service(programme: Programme, catalogue: Catalogue, as_of: date) -> Iterator[Node]:
    version = version_on(programme, as_of)
    parts = list(_parts(programme, version)) if version else []

    def of(type_: str) -> list[Node]:
        return [{"@id": node["@id"]} for node in parts if node["@type"] == type_]

    grants = [s.id for s in programme.successors if catalogue.by_id[s.id].grants]
    documents = {s.doc for s in programme.source if s.doc}
    yield _node(
        "instrument",
        programme.id,
        "cpsv:PublicService",
        dct__identifier=programme.id,
        dct__title=_german(programme.name),
        dct__description=_german(programme.summary),
        dct__language={"@id": _GERMAN},
        dcat__keyword=[_german(alias) for alias in programme.aliases],
        cv__hasCompetentAuthority={"@id": _id("authority", programme.level)},
        adms__status={"@id": _id("status", period_on(programme, as_of).value)},
        dct__audience=_refs("applicant", programme.applicants),
        cv__thematicArea=_refs("concept", programme.themes),
        cv__isClassifiedBy=[
            *_refs("concept", programme.serves),
            *_refs("need", (link.id for link in programme.needs)),
        ],
        cpsv__follows=of("cpsv:Rule"),
        cv__holdsRequirement=of("cv:Requirement"),
        cpsv__produces=of("cv:Output"),
        cpsv__hasInput=of("cv:Evidence"),
        cv__relatedService=_refs("instrument", grants),
        cv__hasLegalResource=_refs("document", sorted(documents & {"richtlinie"})),
        dct__source=[{"@id": source.url} for source in programme.source if source.url],
    )
    yield from parts


def _parts(programme: Programme, version: Version) -> Iterator[Node]:
    """Rule, requirements, outputs and evidence of the version that counts."""
    yield _part(programme, "cpsv:Rule", "rule", 1, version.label, " ".join(step.text for step in version.steps))
    for number, condition in enumerate(version.conditions, 1):
        yield _part(programme, "cv:Requirement", "requirement", number, condition.text)
    for number, benefit in enumerate(version.benefits, 1):
        yield _part(programme, "cv:Output", "output", number, benefit.text)
    for number, paper in enumerate(version.papers, 1):
        yield _part(programme, "cv:Evidence", "evidence", number, paper.text)


def _part(programme: Programme, type_: str, kind: str, number: int, title: str, description: str = "") -> Node:
    ident = f"{programme.id}:{number}"
    text = description or (title if type_ == "cpsv:Rule" else "")
    return _node(
        kind,
        ident,
        type_,
        dct__identifier=ident,
        dct__title=_german(title),
        dct__description=_german(text) if text else None,
    )


def _shared(services: Iterable[Programme], catalogue: Catalogue) -> Iterator[Node]:
    """What several services refer to, each once."""
    entries = list(services)
    for level in sorted({programme.level for programme in entries}):
        name, place = _AUTHORITIES[level]
        label = _german(name)
        yield _node("authority", level, "cv:PublicOrganisation", skos__prefLabel=label, dct__spatial={"@id": place})
    for place in sorted({_AUTHORITIES[programme.level][1] for programme in entries}):
        yield {"@id": place, "@type": "dct:Location"}
    yield {"@id": _GERMAN, "@type": "dct:LinguisticSystem"}
    for state in PeriodState:
        yield _concept("status", state.value, wording.PERIODS[state])
    for applicant in sorted({applicant for programme in entries for applicant in programme.applicants}):
        yield _concept("applicant", applicant, wording.APPLICANTS[applicant])
    for ident in sorted({ident for programme in entries for ident in (*programme.themes, *programme.serves)}):
        yield _concept("concept", ident, catalogue.concepts[ident].label)
    for need in catalogue.needs:
        yield _concept("need", need.id, need.name)
    for document in catalogue.documents:
        if document.id == "richtlinie":
            yield _node("document", document.id, "eli:LegalResource", dct__title=_german(document.title))


def _concept(kind: str, ident: str, label: str) -> Node:
    return _node(kind, ident, "skos:Concept", skos__prefLabel=_german(label))
