"""Coverage: which needs have an instrument on a day, why the others have none, and what changed between two days."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from esfmatch.catalogue import Catalogue
from esfmatch.coverage import Coverage, Gap, Row, Standing, compare, cover, for_region, known_since
from esfmatch.eligibility import PeriodState, period_on
from esfmatch.facts import Facts
from esfmatch.model.programmes import Programme
from esfmatch.model.region import Need
from esfmatch.shapes import validate

DAY = date(2020, 6, 30)
SOURCE = {"url": "https://example.org", "publisher": "Amt", "describes": "2020"}
Run = Callable[..., tuple[int, str, str]]


def condition(fact: str, **test: Any) -> dict[str, Any]:
    return {"text": f"Bedingung zu {fact}.", "fact": fact, "source": SOURCE, **test}


def instrument(ident: str = "kurs", *, needs: tuple[str, ...] = ("deutsch",), **values: Any) -> Programme:
    """An instrument that is open in 2020, with what a test changes."""
    conditions = values.pop("conditions", ())
    version = {"from": "2015-01-01", "label": "Fassung", "conditions": conditions, "source": SOURCE}
    status = {"value": "open", "day": "2020-01-01", "text": "läuft", "source": SOURCE}
    entry = {
        "id": ident,
        "name": ident.capitalize(),
        "kind": "programme",
        "level": "state",
        "summary": "Ein Kurs.",
        "needs": tuple({"id": need, "stated": False, "why": "passt"} for need in needs),
        "status": status,
        "versions": (version,),
        "source": SOURCE,
    }
    return validate(Programme, {**entry, **values})


def small(shipped: Catalogue, *programmes: Programme) -> Catalogue:
    """A catalogue with one Schwerpunkt, one Handlungsbedarf below it and these instruments."""
    source = {"doc": "konzept", "page": 22}
    top = {"id": "flucht", "name": "Flucht", "kind": "schwerpunkt", "summary": "S", "source": source}
    part = {
        "id": "deutsch",
        "name": "Deutsch",
        "kind": "handlungsbedarf",
        "parent": "flucht",
        "summary": "D",
        "source": source,
    }
    needs = tuple(validate(Need, entry) for entry in (top, part))
    return replace(shipped, by_id={programme.id: programme for programme in programmes}, needs=needs)


def row(coverage: Coverage, need: str = "deutsch") -> Row:
    return next(row for row in coverage.rows if row.need.id == need)


def seen(shipped: Catalogue, *programmes: Programme, day: date = DAY, **facts: Any) -> Row:
    return row(cover(small(shipped, *programmes), day, for_region(Facts(facts))))


def status(value: str, day: str = "2020-01-01") -> dict[str, Any]:
    return {"value": value, "day": day, "text": "…", "source": SOURCE}


# --- why a need has no instrument ----------------------------------------------------------------------------------


def test_an_open_instrument_answers(shipped: Catalogue) -> None:
    found = seen(shipped, instrument())
    assert found.gap is None
    assert [cell.programme.id for cell in found.open] == ["kurs"]


def test_no_instrument_at_all(shipped: Catalogue) -> None:
    assert seen(shipped).gap is Gap.NONE


def test_only_a_plan(shipped: Catalogue) -> None:
    plan = instrument(kind="plan", acts="Das Land", versions=())
    assert seen(shipped, plan).gap is Gap.PLAN


def test_ended_without_successor(shipped: Catalogue) -> None:
    found = seen(shipped, instrument(status=status("ended")))
    assert found.gap is Gap.ENDED
    assert found.decisive[0].heirs == ()


def test_ended_with_a_successor_that_answers_something_else(shipped: Catalogue) -> None:
    successor = {"id": "neu", "documented": True, "source": SOURCE}
    old = instrument(status=status("ended"), successors=(successor,))
    found = seen(shipped, old, instrument("neu", needs=()))
    assert found.gap is Gap.ENDED
    assert [heir.id for heir in found.decisive[0].heirs] == ["neu"]


def test_somebody_else_has_to_apply(shipped: Catalogue) -> None:
    only_firms = instrument(conditions=(condition("applicant", one_of=("company",)),))
    assert seen(shipped, only_firms).gap is None
    assert seen(shipped, only_firms, applicant="company").gap is None
    assert seen(shipped, only_firms, applicant="person").gap is Gap.APPLICANT


def test_it_is_for_another_region(shipped: Catalogue) -> None:
    elsewhere = instrument(conditions=(condition("in_region", **{"is": False}),))
    assert seen(shipped, elsewhere).gap is Gap.REGION
    assert seen(shipped, elsewhere, in_region=False).gap is None


def test_another_condition_fails(shipped: Catalogue) -> None:
    found = seen(shipped, instrument(conditions=(condition("refugee", **{"is": True}),)), refugee=False)
    assert found.gap is Gap.CONDITION
    assert [rule.text for rule in found.decisive[0].refusals] == ["Bedingung zu refugee."]


def test_whether_it_runs_is_not_known(shipped: Catalogue) -> None:
    assert seen(shipped, instrument(status=status("unknown"))).gap is Gap.UNPROVEN


def test_announced_is_not_open(shipped: Catalogue) -> None:
    assert seen(shipped, instrument(status=status("upcoming"), versions=())).gap is Gap.ANNOUNCED


def test_the_reason_is_that_of_the_nearest_instrument(shipped: Catalogue) -> None:
    over = instrument("alt", status=status("ended"))
    plan = instrument("idee", kind="plan", acts="Das Land", versions=())
    firms = instrument("firma", conditions=(condition("applicant", one_of=("company",)),))
    assert seen(shipped, over, plan).gap is Gap.PLAN
    assert seen(shipped, over, plan, firms, applicant="person").gap is Gap.APPLICANT


def test_what_came_later_is_not_there_yet(shipped: Catalogue) -> None:
    found = seen(shipped, instrument(), day=date(2012, 1, 1))
    assert found.gap is Gap.NONE
    assert found.cells[0].standing is Standing.LATER


def test_an_instrument_without_a_known_beginning_counts_from_its_oldest_evidence(shipped: Catalogue) -> None:
    version = {"label": "Fassung", "source": {**SOURCE, "describes": "2018 bis 2019"}}
    undated = instrument(versions=(version,))
    assert known_since(undated, shipped) == date(2018, 1, 1)
    cited = instrument(versions=({"label": "Fassung", "source": {"doc": "konzept", "page": 18}},))
    assert known_since(cited, shipped) == date(2016, 6, 30)


def test_a_schwerpunkt_is_answered_through_its_handlungsbedarfe(shipped: Catalogue) -> None:
    coverage = cover(small(shipped, instrument()), DAY, Facts())
    (cell,) = row(coverage, "flucht").open
    assert cell.via is not None
    assert cell.via.id == "deutsch"


def test_two_days_are_compared(shipped: Catalogue) -> None:
    old = instrument("alt", status=status("ended", "2018-01-01"))
    new = instrument("neu", versions=({"from": "2019-01-01", "label": "Fassung", "source": SOURCE},))
    catalogue = small(shipped, old, new)
    changes = compare(cover(catalogue, date(2016, 6, 30), Facts()), cover(catalogue, DAY, Facts()))
    change = next(change for change in changes if change.need.id == "deutsch")
    assert [p.id for p in change.lost] == ["alt"]
    assert [p.id for p in change.gained] == ["neu"]


# --- the shipped catalogue -----------------------------------------------------------------------------------------


def test_the_gaps_of_the_concept_on_its_day(shipped: Catalogue, concept_day: date) -> None:
    """What chapters 4 and 5 ask for and none of the programmes of chapters 4 and 6 does."""
    gaps = {row.need.id for row in cover(shipped, concept_day, for_region(Facts())).gaps}
    assert gaps == {
        "anreize-abschlussqualifizierung",
        "fruehwarnsysteme-abbruch",
        "mobilitaet-jugendliche",
        "einfache-arbeit",
        "coaching-betriebe-langzeitarbeitslose",
        "kompensation-bundesprogramm",
        "mobilitaet-arbeitnehmer",
        "arbeitgeberservice",
        "monitoring-fachkraefteluecken",
        "grundqualifizierung-ohne-bleibeperspektive",
        "niedrigschwellige-arbeitsangebote",
        "sprache-und-qualifikation",
        "zugang-deutschunterricht",
    }


def test_what_the_concept_names_is_covered_by_what_it_names(shipped: Catalogue, concept_day: date) -> None:
    coverage = cover(shipped, concept_day, for_region(Facts()))
    stated = {row.need.id: [c.programme.id for c in row.open if c.link.stated] for row in coverage.rows}
    assert "oeffentlich-gefoerderte-beschaeftigung" in stated["fluechtlinge-oegb"]
    assert "produktionsschule-nrw" in stated["rechtskreisuebergreifende-zusammenarbeit"]
    assert {"bildungsscheck", "beratung-berufliche-entwicklung"} <= set(stated["qualifizierungsberatung"])
    assert "fachkraefteprogramm" in stated["sp-jugendarbeitslosigkeit"]


def test_no_instrument_of_a_later_year_answers_in_2016(shipped: Catalogue, concept_day: date) -> None:
    coverage = cover(shipped, concept_day, for_region(Facts()))
    used = {cell.programme.id for row in coverage.rows for cell in row.open}
    assert not used & {"kita-helfer", "einheitliche-ansprechstellen-arbeitgeber", "teilhabe-am-arbeitsmarkt-16i"}


# --- the command ---------------------------------------------------------------------------------------------------


def test_coverage_as_text_says_the_gaps_in_words(run: Run) -> None:
    code, out, _ = run("coverage", "--as-of", "2016-06-30", "--color", "never")
    assert code == 0
    assert "13 von 26 Handlungsbedarfen" in out
    assert "(zugang-deutschunterricht; " in out
    assert "\x1b" not in out


def test_coverage_as_json_and_against_another_day(run: Run) -> None:
    _, out, _ = run("coverage", "--as-of", "2016-06-30", "--against", "2026-11-24", "--format", "json")
    answer = json.loads(out)
    assert (answer["schema"], answer["as_of"]) == ("esfmatch/coverage/1", "2016-06-30")
    assert "arbeitgeberservice" in answer["gaps"]
    assert "uebergaenge-oegb" in answer["against"]["gaps"]
    changes = {change["id"]: change for change in answer["against"]["changes"]}
    assert "basissprachkurse" in changes["zugang-deutschunterricht"]["gained"]
    assert changes["zugang-deutschunterricht"]["before"] == "none"


def test_coverage_against_another_day_as_text(run: Run) -> None:
    _, out, _ = run("coverage", "--as-of", "2026-11-24", "--against", "2016-06-30", "--color", "never")
    lost, won = out.index("Verloren: damals gedeckt"), out.index("Gewonnen: damals eine Lücke")
    assert "Am 30.6.2016: " in out[:lost]
    assert "(uebergaenge-oegb)" in out[lost:won]
    assert "(zugang-deutschunterricht)" in out[won:]
    assert "neu: " in out[won:]


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def test_coverage_as_a_table_has_a_row_for_each_link_and_each_need_without(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "bedarf.csv"
    assert run("coverage", "--as-of", "2016-06-30", "-o", str(target))[0] == 0
    rows = rows_of(target)
    assert len(rows[0]) == 12
    gaps = {row["Kennung"] for row in rows if not row["Instrument"]}
    assert "zugang-deutschunterricht" in {row["Kennung"] for row in rows}
    assert gaps.isdisjoint(row["Kennung"] for row in rows if row["Instrument"])


def test_two_days_as_a_table(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "tage.csv"
    assert run("coverage", "--as-of", "2016-06-30", "--against", "2026-11-24", "-o", str(target))[0] == 0
    (row,) = (row for row in rows_of(target) if row["Kennung"] == "zugang-deutschunterricht")
    assert row["Ergebnis am 30.6.2016"].startswith("Lücke")
    assert row["Ergebnis am 24.11.2026"] == "gedeckt"
    assert row["neu"]


def test_two_days_are_no_picture(run: Run) -> None:
    code, out, err = run("coverage", "--against", "2016-06-30", "--format", "svg")
    assert (code, out) == (2, "")
    assert "--against" in err


def test_coverage_for_an_applicant_elsewhere(run: Run) -> None:
    _, out, _ = run("coverage", "--fact", "place=München", "--as-of", "2026-11-24", "--format", "json")
    needs = {need["id"]: need for need in json.loads(out)["needs"]}
    assert needs["zugang-deutschunterricht"]["reason"] == "wrong_region"


@pytest.mark.parametrize("suffix", ["html", "svg"])
def test_coverage_as_a_picture(run: Run, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"bild.{suffix}"
    assert run("coverage", "--as-of", "2016-06-30", "-o", str(target))[0] == 0
    text = target.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "Systematischer Zugang zu Deutschunterricht" in text
    if suffix == "svg":
        picture = ElementTree.fromstring(text)  # noqa: S314 - it is our own
        assert picture.attrib["role"] == "img"


def test_the_comparison_as_a_page(run: Run) -> None:
    _, out, _ = run("coverage", "--as-of", "2016-06-30", "--against", "2026-11-24", "--format", "html")
    assert '<html lang="de">' in out
    assert "Öffentlich geförderte Beschäftigung" in out


# --- one truth about a day -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2013, 2027))
def test_no_instrument_is_open_before_anything_cited_shows_it(shipped: Catalogue, year: int) -> None:
    day = date(year, 6, 30)
    early = [p.id for p in shipped.programmes if day < known_since(p, shipped)]
    assert [ident for ident in early if period_on(shipped.by_id[ident], day) is PeriodState.OPEN] == []


def test_all_commands_agree_on_what_was_not_heard_of_yet(run: Run) -> None:
    day = ("--as-of", "2016-06-30", "--format", "json")
    listed = json.loads(run("list", *day)[1])["programmes"]
    assert next(entry for entry in listed if entry["id"] == "zdi")["period"] == "unknown"
    assert json.loads(run("show", "zdi", *day)[1])["period"] == "unknown"
    assert json.loads(run("check", "zdi", "--fact", "applicant=school", *day)[1])["eligibility"] == "unknown"
    advice = json.loads(run("suggest", "Unsere Schule sucht ein zdi-Netzwerk mit Schülerlabor für MINT", *day)[1])
    assert next(entry for entry in advice["suggestions"] if entry["id"] == "zdi")["period"] == "unknown"
    rows = json.loads(run("coverage", *day)[1])["needs"]
    standings = {cell["standing"] for row in rows for cell in row["programmes"] if cell["id"] == "zdi"}
    assert standings == {"later"}
