"""Foreign text is harmless in every medium, and as little as possible of it is lost."""

from __future__ import annotations

import doctest
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfmatch.render import cleaning
from esfmatch.render.cleaning import annotation, annotation_property, clean, json_text, markdown, spreadsheet_cell

ANY_TEXT = st.text(st.characters(codec=None), max_size=200)
HOSTILE = "\x00\x07\x1b\x7f\x85\x9b\u200b\u200e\u202e\u2066\u2028\ufeff\U000e0041\ud800"


def test_examples() -> None:
    assert doctest.testmod(cleaning).failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Förderung für „Träger“ – 4.500 € ✓", "Förderung für „Träger“ – 4.500 € ✓"),
        ("Zoe\u0308 \u2764\ufe0f", "Zoe\u0308 \u2764\ufe0f"),
        ("\x1b[31mrot\x1b[0m", "�[31mrot�[0m"),
        ("a\tb\r\nc\u2028d", "a b  c d"),
        ("Berufs\u00adbildung", "Berufsbildung"),
        ("a\u200bb\u202ec\U000e0041d\ud800e\ue000f", "a�b�c�d�e�f"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_terminal(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_lines_stay_only_where_they_are_asked_for() -> None:
    assert clean("a\nb\rc", lines=True) == "a\nb c"
    assert clean("a\nb") == "a b"


def test_a_flood_of_marks_is_cut_once_for_each_letter() -> None:
    assert clean("e" + "\u0301" * 50 + "n\u0303") == "e" + "\u0301" * cleaning.MOST_MARKS + "�n\u0303"


def test_marks_without_a_letter_count_from_the_start() -> None:
    assert clean("\u0301" * 5) == "\u0301" * cleaning.MOST_MARKS + "�"
    assert clean("e" + "\u0301" * 4 + " " + "\u0301" * 4) == "e" + "\u0301" * 4 + " " + "\u0301" * 4


@pytest.mark.parametrize("char", HOSTILE)
def test_nothing_hidden_gets_through_anywhere(char: str) -> None:
    text = f"a{char}b"
    for function in (clean, annotation, annotation_property, spreadsheet_cell, markdown):
        assert char not in function(text)
    dumped = json_text(json.dumps(text, ensure_ascii=False))
    assert char not in dumped
    assert json.loads(dumped) == text


@given(ANY_TEXT)
def test_any_text_is_cleaned_for_good(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in once
    assert not {unicodedata.category(char) for char in once} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(ANY_TEXT)
def test_json_loses_nothing(text: str) -> None:
    dumped = json_text(json.dumps({text: [text]}, ensure_ascii=False))
    dumped.encode("utf-8")
    assert json.loads(dumped) == {text: [text]}


@pytest.mark.parametrize(
    ("text", "message", "value"),
    [
        ("50 %\r\nzwei", "50 %25 %0Azwei", "50 %25  zwei"),
        ("a::warning file=b,line=2::c", "a::warning file=b,line=2::c", "a%3A%3Awarning file=b%2Cline=2%3A%3Ac"),
        ("%0A", "%250A", "%250A"),
    ],
)
def test_annotations(text: str, message: str, value: str) -> None:
    assert annotation(text) == message
    assert annotation_property(text) == value


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "|x", "+49 231 1"]
)
def test_a_formula_is_guarded(text: str) -> None:
    assert spreadsheet_cell(text) == "'" + clean(text, lines=True)


@pytest.mark.parametrize("text", ["", "-5", "-4.500,25", "+3", "a=1", "Aus- und Weiterbildung", "x\n=1"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert spreadsheet_cell(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nordrhein-Westfalen (NRW), 12. Mai", "Nordrhein-Westfalen (NRW), 12. Mai"),
        ("# Titel", "\\# Titel"),
        ("- Punkt", "\\- Punkt"),
        ("2) Punkt", "2\\) Punkt"),
        ("===", "\\==="),
        ("    code", "code"),
        ("> Zitat", "&gt; Zitat"),
        ("a\n# b", "a # b"),
        ("a | b", "a \\| b"),
        ("**x** _y_ `z`", "\\*\\*x\\*\\* \\_y\\_ \\`z\\`"),
        ("![b](javascript:x)", "\\!\\[b\\](javascript\\:x)"),
        ("<script>", "&lt;script&gt;"),
        ("&lt;", "&amp;lt;"),
        ("siehe https://x.de und WWW.x.de", "siehe https\\://x.de und WWW\\.x.de"),
        ("\\*", "\\\\\\*"),
    ],
)
def test_markdown_shows_the_text_itself(text: str, expected: str) -> None:
    assert markdown(text) == expected
