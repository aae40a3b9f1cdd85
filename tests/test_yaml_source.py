"""The reader takes a narrow YAML and names the place of everything else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfmatch.yaml_source import MAX_DEPTH, read_yaml


def codes(content: str | bytes) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    document, findings = read_yaml("f.yaml", raw)
    assert (document is None) == bool(findings)
    return [finding.code for finding in findings]


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


def test_all_findings_come_in_one_run() -> None:
    assert codes("a: NO\nb: 007\nb: 1\n") == ["ESF108", "ESF108", "ESF107"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252", "latin-1"])
def test_other_encodings_are_refused(encoding: str) -> None:
    assert codes("a: Förderung\n".encode(encoding)) == ["ESF101"]


def test_a_byte_order_mark_is_no_harm() -> None:
    assert codes(b"\xef\xbb\xbfa: 1\n") == []


def test_depth_and_size_have_limits() -> None:
    assert codes("a: " + "[" * (MAX_DEPTH + 5) + "]" * (MAX_DEPTH + 5)) == ["ESF104"]
    assert codes(b"a" * 8_000_001) == ["ESF104"]


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_findings(content: bytes) -> None:
    document, findings = read_yaml("f.yaml", content)
    assert (document is None) == bool(findings)


@given(st.text(max_size=120))
def test_any_text_gives_a_document_or_findings(content: str) -> None:
    codes(content.encode("utf-8", "surrogatepass"))
