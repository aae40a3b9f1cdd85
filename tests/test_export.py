"""`export`: the catalogue as JSON, tables and linked data."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esfmatch.catalogue import Catalogue

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-24")


def test_json_is_complete_and_versioned(run: Run, shipped: Catalogue) -> None:
    code, out, _ = run("export", *DAY)
    data = json.loads(out)
    assert (code, data["schema"], data["as_of"]) == (0, "esfmatch/export/1", "2026-11-24")
    assert [p["id"] for p in data["programmes"]] == [p.id for p in shipped.programmes]
    assert [n["id"] for n in data["needs"]] == [n.id for n in shipped.needs]
    assert len(data["approvals"]) == len(shipped.approvals)
    assert len(data["vocabulary"]["concepts"]) == len(shipped.concepts)
    conditions = sum(len(v["conditions"]) for p in data["programmes"] for v in p.get("versions", ()))
    assert conditions == sum(len(v.conditions) for p in shipped.programmes for v in p.versions)


@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx", "jsonld"])
def test_the_same_catalogue_gives_the_same_bytes(run: Run, tmp_path: Path, suffix: str) -> None:
    for name in ("a", "b"):
        assert run("export", "-o", str(tmp_path / f"{name}.{suffix}"), *DAY) == (0, "", "")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_csv_reads_as_german_excel_reads_it(run: Run, tmp_path: Path, shipped: Catalogue) -> None:
    run("export", "-o", str(tmp_path / "k.csv"), *DAY)
    content = (tmp_path / "k.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["Kennung"] for row in rows] == [p.id for p in shipped.programmes]
    by_id = {row["Kennung"]: row for row in rows}
    assert by_id["verbundausbildung"]["Bewilligt NRW"] == "447"
    assert by_id["verbundausbildung"]["Gilt ab"] == "20.05.2021"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "\t"))]


def test_the_workbook_has_a_sheet_for_each_kind(run: Run, tmp_path: Path, shipped: Catalogue) -> None:
    run("export", "-o", str(tmp_path / "k.xlsx"), *DAY)
    book = openpyxl.load_workbook(tmp_path / "k.xlsx")
    counts = {sheet.title: sheet.max_row - 1 for sheet in book.worksheets}
    assert counts["Instrumente"] == len(shipped.programmes)
    assert counts["Bedarfe"] == len(shipped.needs)
    assert counts["Zuordnung"] == sum(len(p.needs) for p in shipped.programmes)
    assert counts["Leistungen"] == sum(len(v.benefits) for p in shipped.programmes for v in p.versions)
    header, first = list(book["Instrumente"].iter_rows(max_row=2, values_only=True))
    assert isinstance(first[header.index("Beleg vom")], datetime)


def test_a_workbook_needs_a_file(run: Run) -> None:
    assert run("export", "--format", "xlsx")[0] == 2


# --- linked data -------------------------------------------------------------------------------------------------

# what the profile asks of each class that occurs: properties that must be there, and the class of what they point to
REQUIRED = {
    "cpsv:PublicService": ["dct:identifier", "dct:title", "dct:description", "cv:hasCompetentAuthority"],
    "cpsv:Rule": ["dct:identifier", "dct:title", "dct:description"],
    "cv:Requirement": ["dct:identifier", "dct:title"],
    "cv:Output": ["dct:identifier", "dct:title"],
    "cv:Evidence": ["dct:identifier", "dct:title"],
    "cv:PublicOrganisation": ["skos:prefLabel", "dct:spatial"],
    "skos:Concept": [],
    "dct:Location": [],
    "dct:LinguisticSystem": [],
    "eli:LegalResource": [],
}
POINTS_TO = {
    "cv:hasCompetentAuthority": "cv:PublicOrganisation",
    "adms:status": "skos:Concept",
    "dct:audience": "skos:Concept",
    "cv:thematicArea": "skos:Concept",
    "cv:isClassifiedBy": "skos:Concept",
    "cpsv:follows": "cpsv:Rule",
    "cv:holdsRequirement": "cv:Requirement",
    "cpsv:produces": "cv:Output",
    "cpsv:hasInput": "cv:Evidence",
    "cv:relatedService": "cpsv:PublicService",
    "cv:hasLegalResource": "eli:LegalResource",
    "dct:spatial": "dct:Location",
    "dct:language": "dct:LinguisticSystem",
}


@pytest.fixture
def graph(run: Run) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = json.loads(run("export", "--format", "jsonld", *DAY)[1])["@graph"]
    return nodes


def test_every_node_has_what_its_class_needs(graph: list[dict[str, Any]], shipped: Catalogue) -> None:
    assert Counter(n["@type"] for n in graph)["cpsv:PublicService"] == sum(p.grants for p in shipped.programmes)
    assert not [(n["@id"], key) for n in graph for key in REQUIRED[n["@type"]] if not n.get(key)]
    ids = [n["@id"] for n in graph]
    assert len(ids) == len(set(ids))


def test_every_reference_leads_to_a_node_of_the_right_class(graph: list[dict[str, Any]]) -> None:
    classes = {n["@id"]: n["@type"] for n in graph}
    for node in graph:
        for key, expected in POINTS_TO.items():
            value = node.get(key, [])
            for reference in value if isinstance(value, list) else [value]:
                assert classes.get(reference["@id"]) == expected, (node["@id"], key, reference)


def test_texts_are_german_and_money_is_no_cost(graph: list[dict[str, Any]]) -> None:
    titles = [n["dct:title"] for n in graph if "dct:title" in n]
    assert {title["@language"] for title in titles} == {"de"}
    assert not [n for n in graph if n["@type"] == "cv:Cost"]
