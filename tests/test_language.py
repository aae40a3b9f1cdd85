"""Words and their places, folding, compounds, abbreviations, typos; and how far a negation reaches."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfmatch.language import Polarity, WordSet, fold, polarities, tokenize
from esfmatch.lexicon import Lexicon, Text, lexicon_tables
from esfmatch.words import WordBook, word_tables

PARTS = (
    "verbund ausbildung teilzeit teilzeitausbildung weiterbildung platz arbeitslos jugendliche behinderung betrieblich "
    "ausbilder werkstatt lehrstelle finden minijob"
).split()
SHORT = {"Jgdl": "Jugendliche", "Beh": "Behinderung", "AN": "arbeitslos"}
BOOK = WordBook(word_tables([*PARTS, "und", "an", "in", "der"], PARTS, SHORT))
LEXICON: Lexicon[str] = Lexicon(lexicon_tables((word, word) for word in [*PARTS, "lehrstelle finden", "schwänz*"]))


def found(text: str) -> dict[str, str]:
    taken = Text(text, BOOK)
    return {hit.meaning: text[slice(*taken.span(hit.first, hit.last))] for hit in LEXICON.find(taken)}


@pytest.mark.parametrize(
    "written", ["Förderung", "foerderung", "FÖRDERUNG", "För\u00adderung", unicodedata.normalize("NFD", "Förderung")]
)
def test_spellings_fold_to_one_form(written: str) -> None:
    assert fold(written) == "forderung"


@given(st.text(max_size=200))
def test_tokens_lie_in_order_in_the_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        end = token.end


@pytest.mark.parametrize(
    "written",
    ["Ausbilder:innen", "Ausbilder*innen", "Ausbilder/-innen", "Ausbilder_innen", "AusbilderInnen", "Ausbilder(innen)"],
)
def test_gender_forms_are_one_word(written: str) -> None:
    (token,) = tokenize(written)
    assert token.fold == "ausbilderinnen"
    assert "ausbilder" in found(written)


def test_compounds_are_taken_apart_and_put_together() -> None:
    assert {"verbund", "ausbildung", "platz"} <= set(found("Verbundausbildungsplatz"))
    assert found("Teilzeit Ausbildung")["teilzeitausbildung"] == "Teilzeit Ausbildung"
    assert found("Ausbildungs-Verbund")["verbund"] == "Verbund"
    assert {"ausbildung", "weiterbildung"} <= set(found("Aus- und Weiterbildung"))


def test_abbreviations_need_a_mark_where_they_are_words() -> None:
    assert {"jugendliche", "behinderung"} <= set(found("Jgdl. m. Beh."))
    assert found("AN sucht") == {"arbeitslos": "AN"}
    assert found("an der Werkstatt") == {"werkstatt": "Werkstatt"}


def test_typos_are_repaired_in_long_words_only() -> None:
    assert "ausbildung" in found("Ausbildng")
    assert "jugendliche" in found("Jugendlcihe")
    assert found("Plotz an Ort") in ({}, {"platz": "Plotz"})
    assert found("Pla") == {}


def test_a_compound_with_a_slip_is_repaired_before_it_is_taken_for_its_one_known_part() -> None:
    assert "teilzeitausbildung" in found("Teilzeitausbildng")
    assert "teilzeit" in found("Teilzeitkurse")


def test_phrases_in_any_order_and_prefixes() -> None:
    assert "lehrstelle finden" in found("er findet einfach keine Lehrstelle")
    assert "lehrstelle finden" not in found("Lehrstelle. Wir finden das gut.")
    assert "schwänz*" in found("schwänzt seit Monaten") or "schwanz" in "".join(found("schwänzt seit Monaten"))


def test_word_sets_hold_words_beginnings_endings_and_pairs() -> None:
    words = WordSet(["gesucht", "fehl*", "*kurs", "nicht geprüft"])
    assert [w in words for w in ("gesucht", "fehlen", "deutschkurs", "suchen")] == [True, True, True, False]
    assert words.meets(["nicht", "genau", "gepruft"])
    assert not words.meets(["gepruft", "nicht"])


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Wir nehmen keine Geflüchteten", "Geflüchteten", Polarity.RULED_OUT),
        ("keine Kinder und eine Behinderung", "Behinderung", Polarity.PLAIN),
        ("weder behindert noch geflüchtet, sondern arbeitslos", "geflüchtet", Polarity.RULED_OUT),
        ("weder behindert noch geflüchtet, sondern arbeitslos", "arbeitslos", Polarity.PLAIN),
        ("nicht arbeitslos, sondern in Teilzeit", "arbeitslos", Polarity.RULED_OUT),
        ("nicht arbeitslos, sondern in Teilzeit", "Teilzeit", Polarity.PLAIN),
        ("nicht nur Jugendliche", "Jugendliche", Polarity.PLAIN),
        ("ohne Berufsabschluss", "Berufsabschluss", Polarity.LACKING),
        ("statt Minijobs feste Stellen", "Minijobs", Polarity.RULED_OUT),
        ("keiner will den Laden", "Laden", Polarity.PLAIN),
        ("Studierende brauchen wir nicht", "Studierende", Polarity.RULED_OUT),
        ("nicht nur Jugendliche, sondern auch Ältere", "Ältere", Polarity.PLAIN),
        ("außer Studierenden alle", "Studierenden", Polarity.RULED_OUT),
        ("anstelle von Minijobs feste Stellen", "Minijobs", Polarity.RULED_OUT),
        ("keiner davon hat einen Berufsabschluss", "Berufsabschluss", Polarity.LACKING),
        ("ich habe keine Arbeit mehr", "Arbeit", Polarity.LACKING),
        ("ich bin nicht mehr arbeitslos", "arbeitslos", Polarity.LACKING),
        ("niemand ohne Schulabschluss", "Schulabschluss", Polarity.LACKING),
        ("nicht ohne Ausbildung", "Ausbildung", Polarity.PLAIN),
        ("fragt, ob man die Leute nicht weiterbilden kann", "Leute", Polarity.PLAIN),
    ],
)
def test_the_reach_of_negation(text: str, word: str, expected: Polarity) -> None:
    tokens = tokenize(text)
    position = next(i for i, token in enumerate(tokens) if token.text == word)
    assert polarities(tokens)[position] is expected
