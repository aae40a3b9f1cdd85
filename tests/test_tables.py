"""Lists from outside: every dialect of CSV that people send, workbooks, JSON Lines; nothing is lost in silence."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esfmatch.catalogue import Catalogue
from esfmatch.problems import InputError, UsageError
from esfmatch.tables import open_table
from esfmatch.tables.row import Row

Read = Callable[..., list[Row]]

HEADER = "id;Beschreibung;Beschäftigte;Ort"
LINE = '7;"Bäckerei in Lünen; sucht\r\nNachfolger „bald“";14;Lünen'
EXPECTED = {"id": "7", "text": "Bäckerei in Lünen; sucht\r\nNachfolger „bald“", "employees": "14", "place": "Lünen"}


@pytest.fixture
def read(tmp_path: Path, shipped: Catalogue) -> Read:
    """The rows of a file with this content."""

    def call(content: bytes, name: str = "liste.csv") -> list[Row]:
        path = tmp_path / name
        path.write_bytes(content)
        with open_table(path, shipped.facts) as table:
            return list(table.rows)

    return call


# --- CSV ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252"])
def test_umlauts_quotes_and_line_breaks_survive_every_encoding(read: Read, encoding: str) -> None:
    text = f"{HEADER}\r\n{LINE}\r\n"
    content = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)
    assert [row.values for row in read(content)] == [EXPECTED]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_header_tells_the_separator(read: Read, delimiter: str) -> None:
    content = f'id{delimiter}text{delimiter}age\n1{delimiter}"a, b; c"{delimiter}17\n'
    assert [row.values for row in read(content.encode())] == [{"id": "1", "text": "a, b; c", "age": "17"}]


@pytest.mark.parametrize("first", ["ID;Text", " id ; TEXT ", "Nr.;Beschreibung", "sep=;\r\nid;text", "\n\nid;text"])
def test_headers_as_people_write_them(read: Read, first: str) -> None:
    assert [row.values for row in read(f"{first}\n1;x\n".encode())] == [{"id": "1", "text": "x"}]


def test_the_english_key_wins_over_a_german_word(read: Read) -> None:
    assert read(b"id;Beschreibung;text\n1;lang;kurz\n")[0].values["text"] == "kurz"


def test_columns_without_meaning_are_named(tmp_path: Path, shipped: Catalogue) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;text;Telefon\n1;x;2\n", encoding="utf-8")
    with open_table(path, shipped.facts) as table:
        assert table.unused == ("Telefon",)


def test_rows_know_their_line(read: Read) -> None:
    rows = read(b'id;text\n1;"a\nb"\n\n2;c\n')
    assert [(row.number, row.values["id"]) for row in rows] == [(2, "1"), (5, "2")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"1;a;b;c", "4 Felder"),
        (b'1;"a"b;c', "Anf\u00fchrungszeichen".encode().decode()),
        (b"1;" + b"x" * 1_000_001 + b";2", "l\u00e4nger als"),
        ("1;Büro;2".encode("cp1252"), "nicht in UTF-8"),
    ],
)
def test_a_bad_row_is_one_error_and_the_rest_is_read(read: Read, line: bytes, reason: str) -> None:
    rows = read("id;text;Ort\n0;für alle;Hörde\n".encode() + line + b"\n9;gut;Hamm\n")
    assert [row.error is None for row in rows] == [True, False, True]
    assert reason in str(rows[1].error)
    assert rows[2].values["id"] == "9"


def test_an_open_quote_does_not_swallow_the_rows_below(read: Read) -> None:
    rows = read(b'id;text\n1;"offen\n2;zwei\n3;drei\n')
    assert [row.error is None for row in rows] == [False, True, True]
    assert [row.values.get("id") for row in rows] == [None, "2", "3"]


def test_many_open_quotes_come_to_an_end(read: Read) -> None:
    assert len(read(b"id;text\n" + b'1;"offen\n' * 3_000)) == 3_000


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "leer"),
        (b"name;ort\nx;y\n", "„text“"),
        (b"text;text\nx;y\n", "zweimal"),
        (b"a" * 2_000_000, "Kopfzeile"),
        (b"id;text\0\n1;x\n", "keine Textdatei"),
        (b"\xff\xfei\x00d\x00;\x00t\x00e\x00x\x00t\x00\n\x00\x00\xd8\x00\xd8", "UTF-16"),
    ],
)
def test_a_file_that_is_no_list(read: Read, content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(content)


# --- JSON Lines --------------------------------------------------------------------------------------------------


def test_json_rows_one_error_each(read: Read) -> None:
    lines = [b'{"text": "gut"}', b"kaputt", b"[1]", b'{"text": "B\xfcro"}', b"[" * 99_999, b"x" * 1_000_001, b"", b"{}"]
    rows = read(b"\xef\xbb\xbf" + b"\n".join(lines), "a.jsonl")
    assert [row.error is None for row in rows] == [True, False, False, False, False, False, True]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6, 8]


def test_json_lines_in_utf16(read: Read) -> None:
    assert read('{"text": "Lünen"}\n'.encode("utf-16"), "a.jsonl")[0].values == {"text": "Lünen"}


# --- workbooks ---------------------------------------------------------------------------------------------------


def workbook(path: Path, rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path.read_bytes()


def test_a_workbook_gives_numbers_days_and_texts(read: Read, tmp_path: Path) -> None:
    header = ["ID", "Beschreibung", "Beschäftigte", "date", "Bemerkung"]
    content = workbook(tmp_path / "w.xlsx", [header, [7, "Bäckerei", 14.0, datetime(2026, 9, 1), "x"], [], [8, "y"]])
    rows = read(content, "liste.xlsx")
    assert rows[0].values == {"id": 7, "text": "Bäckerei", "employees": 14, "date": "2026-09-01"}
    assert [row.number for row in rows] == [2, 4]


def test_files_that_are_no_workbook(read: Read, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="keine Excel-Mappe"):
        read(b"id;text\n1;x\n", "liste.xlsx")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(InputError, match="beschädigt"):
        read((tmp_path / "z.zip").read_bytes(), "liste.xlsx")


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(read: Read, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 151_000_000)
    with pytest.raises(InputError, match="zu groß"):
        read((tmp_path / "z.zip").read_bytes(), "liste.xlsx")


def test_an_unknown_suffix_is_wrong_use(tmp_path: Path, shipped: Catalogue) -> None:
    with pytest.raises(UsageError), open_table(tmp_path / "a.pdf", shipped.facts):
        pass


def test_the_error_of_a_file_names_it(read: Read) -> None:
    with pytest.raises(InputError, match=r"liste\.csv: "):
        read(json.dumps({}).encode())
