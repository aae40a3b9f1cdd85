"""`batch` from the outside: rows in, answers out, in every form and by any number of processes."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esfmatch.advice import Advice, Advisor
from esfmatch.render import data as json_shape

Run = Callable[..., tuple[int, str, str]]

ROWS = [
    '{"id": "b", "text": "Teilzeitausbildung für Alleinerziehende in Unna"}',
    "kaputt",
    '{"id": 7}',
    '{"id": "a", "text": "Kindergeld", "age": 5}',
    '{"id": "c", "text": "x", "age": "alt"}',
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "liste.jsonl"
    path.write_text("\n".join(ROWS) + "\n\n", encoding="utf-8")
    return path


def test_order_is_kept_and_bad_rows_are_answered_with_their_error(run: Run, source: Path) -> None:
    code, out, err = run("batch", str(source))
    answers = [json.loads(line) for line in out.splitlines()]
    assert [a["id"] for a in answers] == ["b", None, "7", "a", "c"]
    assert ["error" in a for a in answers] == [False, True, True, False, True]
    assert [a.get("row") for a in answers] == [None, 2, 3, None, 5]
    assert code == 1
    assert err == "Fehler in 3 von 5 Zeilen, zuerst in Zeile 2.\n"


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_bug_in_one_row_is_its_error_and_the_others_are_answered(
    run: Run, source: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    original = Advisor.suggest

    def stumbles(self: Advisor, text: str, *rest: Any, **more: Any) -> Advice:
        if text == "Kindergeld":
            raise ZeroDivisionError("geheim")
        return original(self, text, *rest, **more)

    monkeypatch.setattr(Advisor, "suggest", stumbles)
    monkeypatch.delenv("ESFMATCH_DEBUG", raising=False)
    code, out, err = run("batch", str(source), "--format", format)
    assert (code, err) == (70, "Fehler in 4 von 5 Zeilen, zuerst in Zeile 2.\n")
    assert "Interner Fehler (ZeroDivisionError)" in out
    assert "geheim" not in out
    assert "teilzeitberufsausbildung" in out


def test_without_errors_the_answer_is_yes_and_silence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;text\n1;Kindergeld\n", encoding="utf-8")
    code, out, err = run("batch", str(path))
    assert (code, len(out.splitlines()), err) == (0, 1, "")


def test_facts_of_columns_as_spreadsheets_write_them(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text;date;Beschäftigte;place\nAzubi gesucht;1.9.2026;1.200;Lünen\n", encoding="cp1252")
    facts = json.loads(run("batch", str(path))[1])["facts"]
    assert (facts["date"], facts["employees"], facts["place"]) == ("2026-09-01", 1200, "Lünen")


def test_several_processes_give_the_same_bytes(source: Path, tmp_path: Path) -> None:
    source.write_text("\n".join(ROWS * 8), encoding="utf-8")
    contents = []
    for jobs, seed in (("1", "1"), ("2", "2")):
        target = tmp_path / f"{jobs}.xlsx"
        command = [sys.executable, "-m", "esfmatch", "batch", str(source), "--jobs", jobs, "-o", str(target)]
        command += ["--as-of", "2026-11-24"]
        done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False)
        assert done.returncode == 1, done.stderr
        contents.append(target.read_bytes())
    assert contents[0] == contents[1]


def test_csv_for_german_excel(run: Run, source: Path, tmp_path: Path) -> None:
    target = tmp_path / "e.csv"
    source.write_text('{"id": "=1+1", "text": "Teilzeitausbildung\\nfür Alleinerziehende"}', encoding="utf-8")
    run("batch", str(source), "-o", str(target))
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    header, first = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    row = dict(zip(header, first, strict=True))
    assert row["id"] == "'=1+1"
    assert row["text"] == "Teilzeitausbildung\nfür Alleinerziehende"
    assert row["Kennung 1"] == "teilzeitberufsausbildung"
    assert row["Wert 1"].startswith("0,")


def test_workbook_of_results_and_summary(run: Run, source: Path, tmp_path: Path) -> None:
    target = tmp_path / "e.xlsx"
    run("batch", str(source), "-o", str(target), "--as-of", "2026-11-24")
    book = openpyxl.load_workbook(target)
    results = list(book["Ergebnisse"].iter_rows(values_only=True))
    assert [row[0] for row in results[1:]] == ["b", None, "7", "a", "c"]
    assert isinstance(results[1][results[0].index("Wert 1")], float)
    summary = {row[0]: row[1] for row in book["Zusammenfassung"].iter_rows(values_only=True)}
    assert (summary["Zeilen"], summary["davon mit Fehler"], summary["davon ohne Vorschlag"]) == (5, 3, 1)


def test_a_workbook_needs_a_file(run: Run, source: Path) -> None:
    assert run("batch", str(source), "--format", "xlsx")[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_interrupted_it_leaves_no_file_and_no_process(source: Path, tmp_path: Path) -> None:
    source.write_text("\n".join(ROWS * 4_000), encoding="utf-8")
    target = tmp_path / "out" / "e.xlsx"
    target.parent.mkdir()
    command = [sys.executable, "-m", "esfmatch", "batch", str(source), "--jobs", "2", "-o", str(target)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    while not any(target.parent.iterdir()):
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert list(target.parent.iterdir()) == []
    assert _group_ends(process.pid)


def _group_ends(group: int) -> bool:
    """Whether all processes of a group end within seconds, those of the standard library's own, too."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    "text", ["Verbundausbildung für Betriebe an Kohlestandorten", "Verbundausbildung \ud800 \x9b \u2028 „ü“"]
)
def test_one_line_says_the_same_as_the_broad_writing(advisor: Advisor, text: str) -> None:
    shape = json_shape.suggest(advisor.suggest(text, date(2026, 11, 24), any_period=True, limit=12), advisor.catalogue)
    assert shape["suggestions"]
    line, broad = json_shape.dumps(shape, pretty=False), json_shape.dumps(shape)
    assert json.dumps(json.loads(line)) == json.dumps(json.loads(broad))
    assert "\n" not in line
    assert not {"\ud800", "\x9b", "\u2028"} & set(line + broad)
    assert "ü" in line


def test_a_line_writes_numbers_and_days_as_the_pretty_form_does() -> None:
    value = {"amount": Decimal("4500"), "share": Decimal("12.5"), "day": date(2026, 3, 1), "text": "ü\u202e\ud800"}
    assert json.loads(json_shape.dumps(value, pretty=False)) == json.loads(json_shape.dumps(value))
    assert "\u202e" not in json_shape.dumps(value, pretty=False)
