"""The commands from the outside: exit codes, streams, JSON shapes, hostile input."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import unmeasured

LATHE_SHOP = (
    "Wir sind eine kleine Dreherei in Lünen mit 14 Leuten und können nicht alles selbst ausbilden, "
    "die Nachbarfirma würde mitmachen"
)

Run = Callable[..., tuple[int, str, str]]


def one_line(message: str) -> bool:
    return message.count("\n") == 1 and message.startswith("esfmatch: ")


# --- suggest -----------------------------------------------------------------------------------------------------


def test_the_main_job(run: Run) -> None:
    code, out, _ = run("suggest", LATHE_SHOP, "--as-of", "2016-06-30", "--format", "json")
    answer = json.loads(out)
    assert code == 0
    assert answer["schema"] == "esfmatch/suggest/1"
    first = answer["suggestions"][0]
    assert first["id"] == "verbundausbildung"
    assert first["period"] == "open"
    assert answer["facts"]["employees"] == 14
    assert answer["facts"]["place"] == "Lünen"
    assert any("ausbilden" in answer["text"][slice(*e["span"])] for e in first["evidence"])
    assert any(r["source"] == {"doc": "konzept", "page": 24} for r in first["rules"])


def test_points_add_up_and_spans_lie_in_the_text(run: Run) -> None:
    _, out, _ = run(
        "suggest",
        "TN w, 23, alleinerz., will Bürokauffrau in Teilzeit lernen, Unna",
        "--format",
        "json",
        "--limit",
        "10",
    )
    answer = json.loads(out)
    for suggestion in answer["suggestions"]:
        assert suggestion["score"] == pytest.approx(sum(e["points"] for e in suggestion["evidence"]), abs=1e-3)
        assert 0 < suggestion["score"] <= 1
        for evidence in suggestion["evidence"]:
            start, end = evidence["span"]
            assert 0 <= start <= end <= len(answer["text"])
    scores = [s["score"] for s in answer["suggestions"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["Förderung?", "Wie beantrage ich Kindergeld für mein zweites Kind?"])
def test_nothing_fits(run: Run, text: str) -> None:
    code, out, _ = run("suggest", text)
    assert code == 1
    assert "1. " not in out


def test_a_plan_is_not_sold_as_money(run: Run) -> None:
    _, out, _ = run("suggest", "Unser Chef ist 63 und findet keinen Nachfolger für die Bäckerei")
    assert "Kein Antrag möglich" in out


def test_a_stated_fact_corrects_the_text(run: Run) -> None:
    _, out, _ = run(
        "suggest",
        LATHE_SHOP,
        "--fact",
        "employees=400",
        "--fact",
        "place=Bremen",
        "--as-of",
        "2016-06-30",
        "--format",
        "json",
    )
    answer = json.loads(out)
    assert answer["facts"]["employees"] == 400
    assert answer["facts"]["in_region"] is False
    assert "verbundausbildung" in [e["id"] for e in answer["excluded"]]


def test_text_from_a_file_and_output_to_a_file(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "notiz.txt", tmp_path / "antwort.json"
    source.write_text(LATHE_SHOP, encoding="utf-8")
    code, out, _ = run("suggest", "--file", str(source), "--format", "json", "-o", str(target))
    assert (code, out) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["text"] == LATHE_SHOP
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


# --- check -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected", "eligibility"),
    [
        (["applicant=company", "employees=14", "partner_companies=1"], 0, "eligible"),
        (["applicant=company", "employees=14", "partner_companies=0"], 1, "ineligible"),
        (["applicant=company", "employees=14"], 3, "unknown"),
        (["applicant=company", "employees=200-300", "partner_companies=1"], 3, "unknown"),
    ],
)
def test_check_answers_yes_no_or_open(run: Run, facts: list[str], expected: int, eligibility: str) -> None:
    options = [part for fact in facts for part in ("--fact", fact)]
    code, out, _ = run("check", "verbundausbildung", *options, "--as-of", "2016-06-30", "--format", "json")
    answer = json.loads(out)
    assert code == expected
    assert answer["eligibility"] == eligibility
    assert bool(answer["missing"]) is (eligibility == "unknown")
    assert bool(answer["near_miss"]) is (eligibility == "ineligible")


def test_check_says_which_version_a_stated_date_picks(run: Run) -> None:
    text = "Betrieb in Lünen mit vier Beschäftigten, Beginn im Juni 2018"
    arguments = ("check", "potentialberatung", "--text", text, "--as-of", "2023-06-30")
    _, out, _ = run(*arguments)
    assert "maßgeblich ist der angegebene Zeitpunkt" in " ".join(out.split())
    shape = json.loads(run(*arguments, "--format", "json")[1])
    assert shape["eligibility"] == "ineligible"
    assert "2014–2020" in shape["version"]


def test_check_calculates_the_benefit(run: Run) -> None:
    arguments = [
        "check",
        "verbundausbildung",
        "--fact",
        "training_places=3",
        "--as-of",
        "2024-03-01",
        "--format",
        "json",
    ]
    _, out, _ = run(*arguments)
    benefit = json.loads(out)["benefit"]
    assert benefit["amount_eur"] == 260
    assert benefit["calculation"] == "3 × 260 Euro × 18 Monate = höchstens 14.040 Euro"


def test_check_reads_facts_from_a_file(run: Run, tmp_path: Path) -> None:
    for name, content in [
        ("f.yaml", "applicant: company\nemployees: {min: 10, max: 20}\n"),
        ("f.json", '{"employees": 14}'),
    ]:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        code, _, err = run("check", "potentialberatung", "--facts", str(path), "--as-of", "2016-06-30")
        assert (code, err) in [(0, ""), (3, "")]


# --- the catalogue -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "amount", "period"),
    [("2016-06-30", "4.500 Euro", "open"), ("2024-03-01", "260 Euro", "open"), ("2026-11-24", "260 Euro", "ended")],
)
def test_show_gives_the_version_of_the_day(run: Run, day: str, amount: str, period: str) -> None:
    _, out, _ = run("show", "verbundausbildung", "--as-of", day)
    assert amount in out
    _, shape, _ = run("show", "verbundausbildung", "--as-of", day, "--format", "json")
    assert json.loads(shape)["period"] == period


def test_list_and_needs(run: Run) -> None:
    _, out, _ = run("list", "--need", "hf7-gefluechtete", "--format", "json")
    assert "basissprachkurse" in {p["id"] for p in json.loads(out)["programmes"]}
    _, out, _ = run("needs", "--format", "json")
    assert len(json.loads(out)["needs"]) == 37
    code, out, _ = run("needs", "zugang-deutschunterricht")
    assert code == 0
    assert "Konzept S. 18, 22" in out


# --- wrong use and hostile input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["suggest"], 2),
        (["suggest", "x", "--nope"], 2),
        (["suggest", "x", "--as-of", "gestern"], 2),
        (["suggest", "x", "--fact", "employees"], 2),
        (["suggest", "x", "--fact", "employees=viele"], 2),
        (["suggest", "x", "--fact", "farbe=rot"], 2),
        (["suggest", "x", "--format", "pdf"], 2),
        (["suggest", "x", "--color", "bunt"], 2),
        (["suggest", "x", "--limit", "0"], 2),
        (["suggest", "x" * 20_001], 2),
        (["suggest", "--file", "/gibt/es/nicht"], 4),
        (["suggest", "x", "--data", "/gibt/es/nicht"], 2),
        (["suggest", "Teilzeitausbildung", "-o", "/gibt/es/nicht/a.json"], 4),
        (["check", "verbundausbildng"], 2),
        (["show", "nope"], 2),
        (["needs", "nope"], 2),
        (["batch", "liste.pdf"], 2),
        (["batch", "/gibt/es/nicht.jsonl"], 4),
        (["validate", "/gibt/es/nicht"], 4),
        (["nope"], 2),
    ],
)
def test_wrong_use_is_one_line_and_a_code(run: Run, arguments: list[str], code: int) -> None:
    got, out, err = run(*arguments)
    assert (got, out) == (code, "")
    assert one_line(err)


def test_an_id_with_a_slip_is_recognised(run: Run) -> None:
    _, _, err = run("check", "verbundausbildng")
    assert "„verbundausbildung“" in err


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31mrot\x1b[0m Azubi",
        "a\x00b Teilzeitausbildung",
        "Betrieb \u202e gnudlibsuA",
        "[bold red]Azubi[/] Teilzeitausbildung",
    ],
)
def test_foreign_text_is_harmless(run: Run, text: str) -> None:
    _, out, err = run("suggest", text)
    assert not set(out + err) & set("\x1b\x00\u202e")


@pytest.mark.parametrize(
    "text", ["", " ", "?", "0", "-1", "💥", "ß" * 500, "Ausbildung " * 1_600, "a" * 20_000, "(" * 5_000, "1 " * 9_000]
)
def test_odd_texts_get_an_answer(run: Run, text: str) -> None:
    code, _, _ = run("suggest", "--format", "json", "--", text)
    assert code in (0, 1)


def test_a_real_process_with_a_closed_pipe_and_another_locale() -> None:
    command = f"{sys.executable} -m esfmatch list | head -1"
    done = subprocess.run(
        ["/bin/bash", "-c", command], capture_output=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, check=False
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.usefixtures("shipped_compiled")
def test_one_answer_imports_nothing_that_only_other_commands_need() -> None:
    code = (
        "import sys; from esfmatch import cli; sys.argv = ['esfmatch', 'suggest', 'Förderung?']\n"
        "try: cli.main()\n"
        "except SystemExit: print(sorted({'jinja2', 'openpyxl', 'xlsxwriter', 'multiprocessing'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=unmeasured())
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("show", "qqqq"), "„esfmatch list“ zeigt alle."),
        (("needs", "qqqq"), "„esfmatch needs“ zeigt alle."),
        (("list", "--need", "qqqq"), "„esfmatch needs“ zeigt alle."),
        (("suggest", "Lehrling", "--fact", "qqqq=1"), "Möglich sind: applicant,"),
    ],
)
def test_who_names_what_is_not_there_learns_what_is(run: Run, arguments: tuple[str, ...], where: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert where in err
