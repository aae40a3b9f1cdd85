"""The advisor's desk: legitimation, unanswered parts, precedents, needs turned round, instruments compared."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from esfmatch.advice import Advisor
from esfmatch.catalogue import Catalogue
from esfmatch.legitimation import legitimation
from esfmatch.model.evidence import Source
from esfmatch.render import wording
from esfmatch.render.comparison import Comparison
from esfmatch.render.styled import Terminal
from esfmatch.unanswered import unanswered

TODAY = date(2026, 11, 24)
Run = Callable[..., tuple[int, str, str]]


# --- legitimation --------------------------------------------------------------------------------------------------


def test_every_instrument_has_a_place_in_the_concept(shipped: Catalogue) -> None:
    for programme in shipped.programmes:
        claims = legitimation(programme, shipped)
        assert claims, programme.id
        kinds = [claim.need.kind for claim in claims]
        assert kinds == sorted(kinds, key=["handlungsfeld", "schwerpunkt", "handlungsbedarf"].index), programme.id


def test_a_document_and_our_judgement_are_told_apart(shipped: Catalogue) -> None:
    field, focus, part = legitimation(shipped.by_id["verbundausbildung"], shipped)
    assert (focus.need.id, focus.link.stated) == ("sp-jugendarbeitslosigkeit", True)
    assert "so Konzept S. 24" in wording.claim(focus)
    for judged in (field, part):
        assert "unsere Einschätzung" in wording.claim(judged)


def test_what_the_text_is_about_decides_which_need_is_named(shipped: Catalogue) -> None:
    programme = shipped.by_id["teilzeitberufsausbildung"]
    assert legitimation(programme, shipped, ["familien-sgb2"])[-1].need.id == "familien-sgb2"
    assert legitimation(programme, shipped, ["ausbildungsabbrueche-reduzieren"])[-1].need.id != "familien-sgb2"


def test_a_schwerpunkt_without_a_link_of_its_own_is_reached_through_the_handlungsbedarf(shipped: Catalogue) -> None:
    focus = legitimation(shipped.by_id["teilzeitberufsausbildung"], shipped, ["familien-sgb2"])[1]
    assert focus.need.id == "sp-sozialer-arbeitsmarkt"
    assert focus.via is not None
    assert "über den Handlungsbedarf" in wording.claim(focus)


def test_suggestions_name_their_legitimation(run: Run) -> None:
    _, out, _ = run("suggest", "Ausbildung im Verbund mit dem Nachbarn", "--as-of", "2016-06-30", "--format", "json")
    claims = json.loads(out)["suggestions"][0]["legitimation"]
    assert [claim["level"] for claim in claims] == ["handlungsfeld", "schwerpunkt", "handlungsbedarf"]
    assert claims[1]["stated_in"] == [{"doc": "konzept", "page": 24}]


def test_pages_of_a_document_stand_together() -> None:
    pages = (Source(doc="konzept", page=4), Source(doc="richtlinie", section="2.1"), Source(doc="konzept", page=24))
    assert wording.sources(pages) == "Konzept S. 4, 24; Richtlinie Nr. 2.1"


# --- what nothing answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "Dreherei in Lünen will mit der Nachbarfirma zusammen ausbilden, und wir brauchen neue Maschinen.",
            "maschinenkauf",
        ),
        (
            "Alleinerziehende Mutter will eine Ausbildung in Teilzeit, und sie sucht eine größere Wohnung.",
            "wohnungssuche",
        ),
    ],
)
def test_a_wish_that_belongs_elsewhere_is_named(advisor: Advisor, text: str, topic: str) -> None:
    advice = advisor.suggest(text, TODAY)
    assert advice.suggestions
    assert [part.topic.id for part in unanswered(advice, advisor) if part.topic] == [topic]


def test_a_need_without_a_usable_instrument_is_named(advisor: Advisor) -> None:
    advice = advisor.suggest("Unsere Schule möchte ein Frühwarnsystem gegen Schulabbruch einrichten.", TODAY)
    (part,) = unanswered(advice, advisor)
    assert part.row is not None
    assert part.row.need.id == "fruehwarnsysteme-abbruch"


@pytest.mark.parametrize(
    "text",
    [
        "Kleine Dreherei in Lünen, 14 Leute, möchte mit der Nachbarfirma ausbilden. Vielen Dank und freundliche Grüße",
        "Träger in Hamm, 12 Langzeitarbeitslose mit mehreren Hemmnissen, Coaching und feste Stellen",
        "Betrieb in Kamen mit 30 Beschäftigten will zwei Leute zu einer Weiterbildung schicken.",
    ],
)
def test_nothing_is_said_where_nothing_is_missing(advisor: Advisor, text: str) -> None:
    assert unanswered(advisor.suggest(text, TODAY), advisor) == ()


# --- precedents ----------------------------------------------------------------------------------------------------


def test_a_precedent_is_found_by_likeness(run: Run) -> None:
    _, out, _ = run("suggest", "Studienabbrecher sollen eine Ausbildung im Handwerk beginnen", "--as-of", "2016-06-30")
    assert "Damals gefördert\n  Meister statt Master" in out


def test_approvals_stand_in_show_and_in_the_explanation(run: Run) -> None:
    _, page, _ = run("show", "verbundausbildung")
    _, advice, _ = run("suggest", "Ausbildung im Verbund mit dem Nachbarbetrieb", "--as-of", "2016-06-30", "--explain")
    for out in (page, advice):
        assert "447 Vorhaben in NRW, 7 in der Region, Median 8.750 Euro" in out
        assert "Holzwickede 1" in out
        assert "Liste vom 25.8.2016" in out


def test_different_medians_are_both_given(shipped: Catalogue) -> None:
    line = wording.approval_line(shipped.approvals["bildungsscheck"])
    assert line == "16.404 Vorhaben in NRW, 787 in der Region, Median in der Region 3.210 Euro (NRW 2.645 Euro)"


def test_no_operation_in_the_region_is_said(shipped: Catalogue) -> None:
    assert "keines in der Region" in wording.approval_line(shipped.approvals["kooperative-ausbildung-kohlestandorte"])


# --- needs ---------------------------------------------------------------------------------------------------------


def test_a_need_shows_what_is_open_first(run: Run) -> None:
    _, out, _ = run("needs", "fluechtlinge-oegb", "--as-of", "2026-11-24")
    assert out.index("teilhabe-am-arbeitsmarkt-16i") < out.index("oeffentlich-gefoerderte-beschaeftigung")
    assert "Handlungsfeld" in out
    _, shape, _ = run("needs", "fluechtlinge-oegb", "--as-of", "2026-11-24", "--format", "json")
    standings = [entry["standing"] for entry in json.loads(shape)["needs"][0]["programmes"]]
    assert standings == ["open", "ended"]


def test_a_need_without_an_answer_says_why(run: Run) -> None:
    _, out, _ = run("needs", "monitoring-fachkraefteluecken", "--as-of", "2026-11-24")
    assert "Kein nutzbares Instrument am 24.11.2026\n  Nur ein Vorhaben oder Gremium" in out


# --- who applies --------------------------------------------------------------------------------------------------


def test_where_only_the_applicant_is_wrong_it_says_so(run: Run) -> None:
    words = "den Antrag müsste jemand anders stellen"
    day = ("--as-of", "2026-11-24")
    assert words in " ".join(run("check", "bildungsscheck-2-0", "--fact", "applicant=company", *day)[1].split())
    both = ("--fact", "applicant=company", "--fact", "in_nrw=false")
    assert words not in " ".join(run("check", "bildungsscheck-2-0", *both, *day)[1].split())


# --- compare -------------------------------------------------------------------------------------------------------


def test_two_instruments_side_by_side(run: Run) -> None:
    code, out, _ = run("compare", "verbundausbildung", "potentialberatung", "--as-of", "2016-06-30")
    assert code == 0
    for aspect in ("Antrag", "Bedingungen", "Leistung", "Laufzeit", "Bedarf"):
        assert f"\n{aspect}" in out
    assert any("Verbundausbildung" in line and "Potentialberatung" in line for line in out.splitlines())


def test_a_narrow_terminal_has_them_one_below_the_other(shipped: Catalogue) -> None:
    programmes = [shipped.by_id[ident] for ident in ("verbundausbildung", "potentialberatung", "bildungsscheck")]
    out = io.StringIO()
    Comparison(Terminal(out, 60, styles=False, colors=False), shipped).compare(programmes, date(2016, 6, 30))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= 60
    assert "  2 = Potentialberatung (potentialberatung)" in lines
    assert [line[:5] for line in lines[lines.index("Antrag") + 1 :][:3]] == ["  1  ", "  2  ", "  3  "]


@pytest.mark.parametrize("form", ["json", "md", "csv"])
def test_the_comparison_for_other_programs(run: Run, form: str) -> None:
    idents = ["verbundausbildung", "potentialberatung", "bildungsscheck"]
    code, out, _ = run("compare", *idents, "--format", form)
    assert code == 0
    assert "Bildungsscheck NRW" in out
    if form == "json":
        assert [p["id"] for p in json.loads(out)["programmes"]] == idents
    if form == "md":
        assert {line.count(" | ") for line in out.splitlines()} == {3}


@pytest.mark.parametrize(
    ("ending", "start"), [("csv", ";Verbundausbildung"), ("md", "| Vergleich"), ("txt", "Vergleich")]
)
def test_the_ending_of_the_file_says_the_form(run: Run, tmp_path: Path, ending: str, start: str) -> None:
    target = tmp_path / f"vergleich.{ending}"
    assert run("compare", "verbundausbildung", "potentialberatung", "-o", str(target))[0] == 0
    assert target.read_text(encoding="utf-8-sig").startswith(start)


@pytest.mark.parametrize(
    "idents",
    [["verbundausbildung"], ["verbundausbildung"] * 2, ["verbundausbildung", "nope"], ["a", "b", "c", "d", "e"]],
)
def test_a_comparison_needs_two_to_four_known_instruments(run: Run, idents: list[str]) -> None:
    code, out, err = run("compare", *idents)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
