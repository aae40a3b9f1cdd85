"""Foreign text made harmless, one function for each medium it is written to.

Foreign is every text that a user, a file or a catalogue gives. Every renderer passes it through here:

- terminal and other plain text: `clean`, one line, or several with `lines=True`
- GitHub annotations: `annotation` for the message, `annotation_property` for a property such as the file
- CSV and XLSX: `spreadsheet_cell`
- Markdown: `markdown`
- JSON and SARIF: `json_text`, applied to the whole serialised text; nothing is lost
- HTML: `clean`, then a template engine that escapes
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

REPLACEMENT: Final = "\ufffd"
MOST_MARKS: Final = 4  # combining characters on one letter; no orthography needs more

# characters without a shape of their own, which hide text or turn it round (Unicode: Default_Ignorable_Code_Point,
# without the variation selectors that emoji need)
_INVISIBLE: Final = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SOFT_HYPHEN: Final = "\u00ad"
_MARKS: Final = ("Mn", "Me")
_ORDINARY: Final = re.compile("[ -~\xa1-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20ac\n]*")

_PLAIN_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*\Z")
_FORMULA_SIGNS: Final = tuple("=+-@|%＝＋－＠")

_MARKDOWN_SIGNS: Final = re.compile(r"([\\`*_{}\[\]|~$!@])")
_MARKDOWN_SCHEME: Final = re.compile(r"(?<=[A-Za-z0-9]):(?=\S)")
_MARKDOWN_START: Final = re.compile(r"([#+=-]|[0-9]+(?=[.)]))")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def clean(text: str, *, lines: bool = False) -> str:
    """Text for a terminal or a plain file. With `lines`, line feeds stay; all other white space becomes a space.

    Control, bidirectional, invisible, private and unassigned characters, lone surrogates and the marks above
    `MOST_MARKS` on one letter become �; soft hyphens go.
    """
    if _ORDINARY.fullmatch(text) and (lines or "\n" not in text):
        return text  # nearly always
    kept: list[str] = []
    marks = 0
    for char in text:
        if " " <= char <= "~":
            marks = 0
            kept.append(char)
            continue
        category = unicodedata.category(char)
        marks = marks + 1 if category in _MARKS else 0
        if char == "\n" and lines:
            kept.append(char)
        elif char in "\n\t\r\u2028\u2029":
            kept.append(" ")
        elif char == _SOFT_HYPHEN or marks > MOST_MARKS + 1:
            continue
        elif category in ("Cc", "Cs", "Co", "Cn") or _unseen().match(char) or marks > MOST_MARKS:
            kept.append(REPLACEMENT)
        else:
            kept.append(char)
    return "".join(kept)


@cache
def _unseen() -> re.Pattern[str]:
    """What has no shape of its own. Made when it is needed, for it takes longer than an answer to clean."""
    return re.compile(f"[{_INVISIBLE}]")


@cache
def _unsafe_in_json() -> re.Pattern[str]:
    return re.compile(f"[\x7f-\x9f{_SOFT_HYPHEN}{_INVISIBLE}\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")


def annotation(text: str) -> str:
    r"""The message of a GitHub workflow command; its lines stay lines.

    >>> annotation("100 %\n::error::x")
    '100 %25%0A::error::x'
    """
    return clean(text, lines=True).replace("%", "%25").replace("\n", "%0A")


def annotation_property(text: str) -> str:
    """The value of a property of a GitHub workflow command, as in `file=…`.

    >>> annotation_property("a,line=1::b")
    'a%2Cline=1%3A%3Ab'
    """
    return clean(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def spreadsheet_cell(text: str) -> str:
    """The text of a CSV or XLSX cell; what a spreadsheet would take for a formula gets an apostrophe before it.

    >>> spreadsheet_cell("=1+1"), spreadsheet_cell("  @SUM(A1)"), spreadsheet_cell("-4,5")
    ("'=1+1", "'  @SUM(A1)", '-4,5')
    """
    harmless = clean(text, lines=True)
    start = harmless.lstrip()
    if start.startswith(_FORMULA_SIGNS) and not _PLAIN_NUMBER.match(start.rstrip()):
        return f"'{harmless}"
    return harmless


def markdown(text: str) -> str:
    r"""One line of Markdown that shows the text as it is: no markup, link, HTML, list, heading or table cell begins.

    >>> markdown("1. [x](http://y) <b>")
    '1\\. \\[x\\](http\\://y) &lt;b&gt;'
    """
    line = clean(text).strip().translate(_ENTITIES)
    line = _MARKDOWN_SCHEME.sub(r"\:", _MARKDOWN_SIGNS.sub(r"\\\1", line))
    line = re.sub(r"\b(www)\.", r"\1\\.", line, flags=re.IGNORECASE)
    start = _MARKDOWN_START.match(line)
    if start is None:
        return line
    at = start.end() if line[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def json_text(serialised: str) -> str:
    r"""Serialised JSON without raw control, invisible and lone surrogate characters: each as an escape.

    >>> json_text('"a\x9bb"')
    '"a\\u009bb"'
    """
    if _ORDINARY.fullmatch(serialised):  # nearly always, and ten times as fast
        return serialised
    return _unsafe_in_json().sub(lambda found: ascii_escapes(found[0]), serialised)


def ascii_escapes(text: str) -> str:
    r"""Every character as the escapes that JSON has for it.

    >>> ascii_escapes("ü😀")
    '\\u00fc\\ud83d\\ude00'
    """
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
