"""The reader takes a narrow YAML and names the place of everything else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfmatch.checks import gate
from esfmatch.files import MAX_CATALOGUE_BYTES
from esfmatch.yaml_source import MAX_DEPTH, MAX_FINDINGS, MAX_VALUES, read_yaml


def codes(content: str | bytes) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    document, findings = read_yaml("f.yaml", raw)
    assert document is not None or findings
    return [finding.code for finding in findings]


def places(content: str | bytes) -> list[str]:
    """Code, line and column of every finding."""
    raw = content.encode() if isinstance(content, str) else content
    return [f"{f.code}:{f.place.line}:{f.place.column}" for f in read_yaml("f.yaml", raw)[1]]


def test_values_and_places() -> None:
    document, findings = read_yaml("f.yaml", b'a: 1\nb:\n- x\n- 2.5\nc: {d: true, e: null, f: "NO"}\n')
    assert findings == ()
    assert document is not None
    assert document.value == {"a": 1, "b": ("x", Decimal("2.5")), "c": {"d": True, "e": None, "f": "NO"}}
    assert str(document.place(("b", 1))) == "f.yaml:4:3"
    assert str(document.place(("c", "missing"))) == str(document.place(("c",)))


@pytest.mark.parametrize(
    "scalar",
    ["NO", "yes", "On", "05111000", "1_000", "12:30", "2016-06-30", "2016-06", ".5", "1e3", "+5", "0x1F", "~", "NULL"],
)
def test_a_scalar_that_yaml_versions_read_differently_is_refused(scalar: str) -> None:
    assert codes(f"a: {scalar}\n") == ["ESF108"]
    assert codes(f'a: "{scalar}"\n') == []


@pytest.mark.parametrize("scalar", ["nein", "0", "-3", "4.5", "Nord", "A-2", "260 Euro", "v1.2.3"])
def test_an_ordinary_scalar_passes(scalar: str) -> None:
    assert codes(f"a: {scalar}\n") == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\na: 2\n", ["ESF107"]),
        ("a: &x 1\nb: *x\n", ["ESF105", "ESF105"]),
        ("a: !!int 1\n", ["ESF106"]),
        ("&x a: 1\n", ["ESF105"]),
        ("a: 1\n*x : 2\n", ["ESF109", "ESF105"]),
        ("!!str a: 1\n", ["ESF106"]),
        ("- !x {a: 1}\n- &y [1]\n", ["ESF106", "ESF105"]),
        ("a: 1\n---\nb: 2\n", ["ESF103"]),
        ("", ["ESF102"]),
        ("a: [1\n", ["ESF111"]),
        ("a:\n\t- 1\n", ["ESF111"]),
        ("? [a]\n: 1\n", ["ESF109"]),
        ("a: \x07\n", ["ESF110"]),
        ("<<: {a: 1}\n", ["ESF108"]),
    ],
)
def test_what_is_refused(content: str, expected: list[str]) -> None:
    assert codes(content) == expected


def test_a_duplicate_key_names_both_places() -> None:
    _, findings = read_yaml("f.yaml", b"a: 1\nb: 2\na: 3\n")
    (finding,) = findings
    assert str(finding.place) == "f.yaml:3:1"
    assert [str(place) for place, _ in finding.related] == ["f.yaml:1:1"]


def test_what_stands_below_a_duplicate_key_is_read_and_is_as_deep() -> None:
    assert codes("a: 1\na: {b: NO}\n") == ["ESF107", "ESF108"]
    inner = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert codes(f"a: 1\na: {inner}\n") == ["ESF107"]
    assert codes(f"a: 1\na: [{inner}]\n") == ["ESF107"]
    assert codes(f"a: 1\na: [[{inner}]]\n") == ["ESF107", "ESF104"]


def test_the_limits_that_are_explained_hold() -> None:
    why = next(check.why for check in gate.all_checks() if check.code == "ESF104")
    for limit in ("8 MB", "150.000 Werten", "30 Ebenen", "200 Fehlern"):
        assert limit in why


def test_all_findings_come_in_one_run() -> None:
    assert codes("a: NO\nb: 007\nb: 1\n") == ["ESF108", "ESF108", "ESF107"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252", "latin-1"])
def test_other_encodings_are_refused(encoding: str) -> None:
    assert codes("a: Förderung\n".encode(encoding)) == ["ESF101"]


def test_a_byte_order_mark_is_no_harm() -> None:
    assert codes(b"\xef\xbb\xbfa: 1\n") == []


def test_depth_and_size_have_limits() -> None:
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == []
    assert codes("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2)) == ["ESF104"]
    assert codes(b"a" * MAX_CATALOGUE_BYTES) == []
    assert codes(b"a" * (MAX_CATALOGUE_BYTES + 1)) == ["ESF104"]


def test_the_number_of_values_has_a_limit() -> None:
    assert codes("[" + "1," * (MAX_VALUES - 1) + "]") == []
    assert codes("[" + "1," * MAX_VALUES + "]") == ["ESF104"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\nb: \x07\n", "ESF110:2:4"),
        ("\x07\n", "ESF110:1:1"),
        ("\n\x07\n", "ESF110:2:1"),
        ("a: 1\nb: x\u200by\n", "ESF110:2:5"),
        ("a: \u202ex\n", "ESF110:1:4"),
        ("a: x\u00ady\n", "ESF110:1:5"),
        ("a: \x85b: 1\n", "ESF110:1:4"),
        ("a: 1\rb: 2\n", "ESF110:1:5"),
        ("a: 1\n\ufeffb: 1\n", "ESF110:2:1"),
        ("a: 1\n# \u2066\n", "ESF110:2:3"),
        ('a: 1\nb: "\\u202e"\n', "ESF110:2:4"),
        ('a: "\\e[31m"\n', "ESF110:1:4"),
        ('"\\0": 1\n', "ESF110:1:1"),
        ('a: "\\N"\n', "ESF110:1:4"),
    ],
)
def test_what_nobody_sees_is_refused(content: str, expected: str) -> None:
    assert places(content) == [expected]


def test_line_ends_of_windows_and_tabs_in_a_text_are_no_harm() -> None:
    assert codes("a: 1\r\nb: x\ty\r\n") == []
    assert codes('a: "x\\ty\\nz"\n') == []


def test_an_unseen_character_is_named() -> None:
    (finding,) = read_yaml("f.yaml", "a: x\u200by".encode())[1]
    assert "U+200B, ZERO WIDTH SPACE" in finding.message
    (finding,) = read_yaml("f.yaml", b"a: \x07")[1]
    assert "U+0007, Steuerzeichen" in finding.message


@pytest.mark.parametrize(
    ("content", "place", "word"),
    [
        ("a: 1\nb: x: y\n", "2:5", "„: “"),
        ("a: 1\nb: - x\n", "2:4", "Liste"),
        ('a: 1\nb: "x\nc: 1\n', "2:4", "nicht geschlossen"),
        ("a: 'x\n---\n'", "1:4", "nicht geschlossen"),
        ("a: [1, 2\nb: 1\n", "2:2", "„]“"),
        ("a: {x: 1\nb: 1\n", "2:2", "„}“"),
        ("a:\n  b: 1\n c: 1\n", "3:2", "Einrückung"),
        ("- a\nb: 1\n", "2:1", "Liste"),
        ("a: ]\n", "1:4", "Wert erwartet"),
        ("a: @x\n", "1:4", "beginnen"),
        ("a:\n\t- 1\n", "2:1", "beginnen"),
        ("a: |\n\tx\n", "2:1", "Tabulator"),
        ('a: "\\q"\n', "1:5", "gibt es nicht"),
        ('a: "\\ud800"\n', "1:7", "kein Zeichen"),
        ("a: *\n", "1:5", "Bedeutung"),
        ("%FOO\n---\na: 1\n", "1:5", "kein gültiges YAML"),
        ("a: 1\n? b\nc\n", "3:1", "fehlt „: “"),
        ('a: 1\nb: "x\nc: y\nd: "z"\n', "2:4", "nicht geschlossen"),
        ('a: ["x, "y"]\nb: "z"\n', "1:10", "„]“"),
        ("- 'x\n- 'y'\n", "1:3", "nicht geschlossen"),
    ],
)
def test_broken_yaml_is_explained_in_german_at_its_place(content: str, place: str, word: str) -> None:
    finding = read_yaml("f.yaml", content.encode())[1][-1]
    assert finding.code == "ESF111"
    assert f"{finding.place.line}:{finding.place.column}" == place
    assert word in finding.message
    assert finding.hint


def test_where_a_broken_list_began_is_named() -> None:
    finding = read_yaml("f.yaml", b"a: [1,\n2\nb: 1\n")[1][0]
    assert [(str(place), word) for place, word in finding.related] == [("f.yaml:1:4", "begonnen hier")]


def test_findings_before_broken_yaml_are_kept() -> None:
    assert places("a: NO\nb: x: y\n") == ["ESF108:1:4", "ESF111:2:5"]


def test_a_document_with_findings_is_read_to_its_end() -> None:
    document, findings = read_yaml("f.yaml", b"a: NO\na: 2\nb: 3\n")
    assert document is not None
    assert document.value == {"a": "NO", "b": 3}
    assert [finding.code for finding in findings] == ["ESF108", "ESF107"]


@pytest.mark.parametrize("content", ["", "# nur ein Kommentar\n", "a: [" + "1," * 150_001 + "]"])
def test_where_reading_stops_there_is_no_document(content: str) -> None:
    document, findings = read_yaml("f.yaml", content.encode())
    assert document is None
    assert len(findings) == 1


def test_many_findings_end_the_reading_and_say_so() -> None:
    for content in ("- NO\n" * 500, "- \x07\n" * 500):
        findings = read_yaml("f.yaml", content.encode())[1]
        assert MAX_FINDINGS <= len(findings) <= MAX_FINDINGS + 1
    assert "200 Fehler" in read_yaml("f.yaml", b"- NO\n" * 500)[1][-1].message


def test_a_long_word_is_shortened_in_a_message() -> None:
    for content in ("a: " + "1_" * 5_000, "1" * 900 + ": 1", 'a: {"' + "k" * 900 + '": 1, "' + "k" * 900 + '": 2}'):
        (finding,) = read_yaml("f.yaml", content.encode())[1]
        assert len(finding.message) + len(finding.hint) < 400
        assert "…" in finding.message


def test_the_place_of_another_encoding_is_named() -> None:
    assert places("a: 1\nbö: ö".encode() + b"\xff") == ["ESF101:2:6"]
    assert "UTF-16" in read_yaml("f", "a".encode("utf-16"))[1][0].message


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_findings(content: bytes) -> None:
    document, findings = read_yaml("f.yaml", content)
    assert document is not None or findings


@given(st.text(max_size=120))
def test_any_text_gives_a_document_or_findings(content: str) -> None:
    codes(content.encode("utf-8", "surrogatepass"))
