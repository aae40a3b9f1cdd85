"""Where the parts of a file stand: words inside a long text, and keys that are not there."""

from __future__ import annotations

import pytest

from esfmatch.yaml_document import Document
from esfmatch.yaml_source import Path, read_yaml

TEXT = """\
list:
- id: one
  text: >-
    Höchstens 1.500 Euro,
    dann 500 Euro.
  more: 500
  last: 1
- id: two
  text: x

# 7
- {id: three}
"""


@pytest.fixture
def document() -> Document:
    found, findings = read_yaml("f", TEXT.encode())
    assert not findings
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("path", "words", "place"),
    [
        (("list", 0, "text"), "1.500", "f:4:15"),
        (("list", 0, "text"), "500", "f:5:10"),  # not the end of 1.500
        (("list", 0, "text"), "dann 500", "f:5:5"),
        (("list", 0, "text"), "chstens", "f:4:7"),  # also inside a word, if it stands nowhere else
        (("list", 0, "text"), "1", "f:4:15"),
        (("list", 0, "text"), "more", "f:3:3"),  # the next key is no part of the text
        (("list", 1, "text"), "x", "f:9:9"),
        (("list", 1, "text"), "7", "f:9:3"),
        (("list", 2, "id"), "three", "f:12:8"),
        (("list", 9), "two", "f:1:1"),
    ],
)
def test_words_are_found_in_a_text_of_several_lines(document: Document, path: Path, words: str, place: str) -> None:
    assert str(document.within(path, words)) == place


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("list", 1), "more", "f:10:3"),  # behind the last line of the entry
        (("list", 1), "text", "f:9:3"),  # it is there
        (("list", 0), "text", "f:3:3"),
        (("list", 2), "text", "f:12:3"),  # all of it on one line
        (("list", 1), "nowhere", "f:8:3"),
        ((), "list", "f:1:1"),
    ],
)
def test_a_missing_key_has_a_place(document: Document, path: Path, key: str, place: str) -> None:
    assert str(document.missing(path, key)) == place


def test_words_are_looked_for_from_their_own_value_on() -> None:
    document, _ = read_yaml("f", b"- {a: 5 Euro, b: 5 Euro}\n")
    assert document is not None
    assert str(document.within((0, "b"), "5")) == "f:1:18"


def test_a_missing_key_stands_before_the_one_that_follows_it_elsewhere() -> None:
    document, _ = read_yaml("f", b"- a: 1\n  b: 2\n  c: 3\n- a: 1\n  c: 3\n")
    assert document is not None
    assert str(document.missing((1,), "b")) == "f:5:3"


def test_the_nearest_entry_shows_where_a_key_stands() -> None:
    document, _ = read_yaml("f", b"- b: 2\n  a: 1\n- {a: 1, c: 3}\n- a: 1\n  b: 2\n- a: 1\n  c: 2\n")
    assert document is not None
    assert str(document.missing((3,), "b")) == "f:7:3"


def test_quotes_and_breaks_of_a_text_are_seen() -> None:
    document, _ = read_yaml("f", b'- \'a\'\n- c\n- d e\n  f\n- "g\n  h"\n- [i, "j", k l\n   m, n]\n')
    assert document is not None
    assert [document.is_quoted((n,)) for n in range(4)] == [True, False, False, True]
    assert [document.is_quoted((4, n)) for n in range(4)] == [False, True, False, False]
    texts = {(0,): "a", (1,): "c", (2,): "d e f", (3,): "g h", (4, 0): "i", (4, 2): "k l m", (4, 3): "n"}
    assert [path for path, text in texts.items() if document.is_broken(path, text)] == [(2,), (4, 2)]
