"""Bytes of a catalogue file -> plain frozen values and the place of every one of them.

The only room that imports yaml. It takes a narrow YAML: UTF-8, one document of mappings, sequences and scalars,
no anchors, tags or merge keys, no control or invisible characters (not as escapes either), and no plain scalar that
YAML 1.1 and 1.2 read differently (`NO`, `05111000`, `2016-06-30`, `1_000`, `12:30`): those must be quoted. Sequences
become tuples, whole numbers int, others Decimal.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import yaml

from esfmatch.files import MAX_CATALOGUE_BYTES
from esfmatch.problems import Finding, Place
from esfmatch.yaml_document import Document as Document
from esfmatch.yaml_document import Path as Path
from esfmatch.yaml_document import Value as Value

MAX_DEPTH: Final = 30
MAX_VALUES: Final = 150_000
MAX_FINDINGS: Final = 200
_TOO_MUCH: Final = "Einträge kürzen oder weglassen; was darüber hinausgeht, wird nicht gelesen."
_LONGEST_TRAP: Final = 100
_SHOWN: Final = 60  # characters of a foreign word in a message

_PLAIN: Final = {"null": None, "true": True, "false": False}
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,11})\.[0-9]{1,6}\Z")
_AMBIGUOUS: Final = re.compile(
    r"""(?:y|n|yes|no|on|off|null|true|false|~)\Z      # words of YAML 1.1, in any case
      | [-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?\Z   # odd spellings of numbers: 007, 1_000, 1e3, +5
      | [-+]?\.(?:[0-9][0-9_]*|inf|nan)\Z
      | 0[xob][0-9a-f_]+\Z
      | [-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?\Z         # 12:30 is 750 in YAML 1.1
      | [0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2}.*)?\Z             # dates
      | <<\Z | =\Z""",
    re.IGNORECASE | re.VERBOSE,
)


# What nobody sees: control characters, what turns the reading direction or hides, and code points without a character.
# Some join emoji, and a soft hyphen comes along when text is copied; each of them makes a word another one.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_UNSEEN_OR_LINE_END: Final = re.compile(r"\r\n|" + _UNSEEN.pattern)

# What libyaml says: our words for it, what helps, and whether the place where the thing began says more.
_SYNTAX: Final[Mapping[str, tuple[str, str, bool]]] = {
    "mapping values are not allowed in this context": (
        "Hier kann kein „: “ stehen.",
        "Einen Text mit Doppelpunkt in Anführungszeichen setzen; sonst die Einrückung und die Zeile davor prüfen.",
        False,
    ),
    "block sequence entries are not allowed in this context": (
        "Hier kann keine Liste mit „- “ beginnen.",
        "Die Liste in einer neuen Zeile beginnen.",
        False,
    ),
    "found unexpected end of stream": (
        "Das Anführungszeichen, das hier beginnt, wird nicht geschlossen.",
        "Das schließende Anführungszeichen ergänzen.",
        True,
    ),
    "found unexpected document indicator": (
        "Das Anführungszeichen, das hier beginnt, wird nicht geschlossen.",
        "Das schließende Anführungszeichen ergänzen.",
        True,
    ),
    "could not find expected ':'": (
        "Hinter diesem Schlüssel fehlt „: “.",
        "Den Doppelpunkt ergänzen oder die Einrückung prüfen.",
        True,
    ),
    "did not find expected ',' or ']'": (
        "In einer Liste mit „[“ fehlt ein Komma oder „]“.",
        "Das fehlende Zeichen ergänzen.",
        False,
    ),
    "did not find expected ',' or '}'": (
        "In einer Gruppe mit „{“ fehlt ein Komma oder „}“.",
        "Das fehlende Zeichen ergänzen.",
        False,
    ),
    "did not find expected key": (
        "Die Einrückung passt nicht zu den Zeilen davor, oder hinter einem Wert steht noch etwas.",
        "Die Einrückung prüfen; einen Text mit Anführungszeichen darin ganz in andere setzen.",
        False,
    ),
    "did not find expected '-' indicator": (
        "Die Einrückung passt nicht zu der Liste davor.",
        "Die Einrückung prüfen, oder es fehlt ein „- “.",
        False,
    ),
    "did not find expected node content": (
        "Hier wird ein Wert erwartet.",
        "Ein überzähliges Zeichen löschen oder den Text in Anführungszeichen setzen.",
        False,
    ),
    "found character that cannot start any token": (
        "Mit diesem Zeichen kann nichts beginnen (ein Tabulator, „@“, „`“ oder „%“).",
        "Mit Leerzeichen einrücken; einen Text in Anführungszeichen setzen.",
        False,
    ),
    "found a tab character where an indentation space is expected": (
        "Eingerückt ist mit einem Tabulator.",
        "Mit Leerzeichen einrücken.",
        False,
    ),
    "found a tab character that violates indentation": (
        "Eingerückt ist mit einem Tabulator.",
        "Mit Leerzeichen einrücken.",
        False,
    ),
    "found unknown escape character": (
        "Diese Folge mit „\\“ gibt es nicht.",
        "Den Text in einfache Anführungszeichen setzen.",
        False,
    ),
    "found invalid Unicode character escape code": (
        "Diese Folge mit „\\“ steht für kein Zeichen.",
        "Das Zeichen selbst schreiben.",
        False,
    ),
    "did not find expected alphabetic or numeric character": (
        "„&“ und „*“ haben am Anfang eines Werts eine eigene Bedeutung.",
        "Den Text in Anführungszeichen setzen.",
        False,
    ),
}
_SYNTAX_DEFAULT: Final = (
    "Das ist kein gültiges YAML.",
    "Häufige Ursachen: falsche Einrückung, Tabulator, fehlendes Anführungszeichen, „: “ in einem Text.",
    False,
)


class _Stop(Exception):  # noqa: N818 - it stops the reading, it is no error
    """A finding after which reading on makes no sense."""


class _Reader:
    """Builds values from parse events by hand, so that duplicates and traps are seen and limits hold."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.findings: list[Finding] = []
        self.values = 0
        self.last: yaml.ScalarEvent | None = None
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)

    def read(self) -> Value:
        next(self.events)  # stream start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self.report(event, "ESF102", "Die Datei ist leer.", "Eine Katalogdatei beginnt mit „schema:“.")
            raise _Stop
        value = self.node(next(self.events), (), 0)
        next(self.events)  # document end
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self.report(event, "ESF103", "Die Datei enthält mehr als ein YAML-Dokument.", "Zeile „---“ löschen.")
        return value

    def node(self, event: yaml.Event, path: Path, depth: int) -> Value:
        self.places.setdefault(path, self.where(event))
        self.values += 1
        if self.values > MAX_VALUES or depth > MAX_DEPTH:
            limit = f"mehr als {MAX_VALUES} Werte" if self.values > MAX_VALUES else f"mehr als {MAX_DEPTH} Ebenen"
            self.report(event, "ESF104", f"Die Datei ist zu umfangreich ({limit}).", _TOO_MUCH)
            raise _Stop
        self.properties(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, depth)
        return None

    def properties(self, event: yaml.Event) -> None:
        """Refuse what makes a value or key more than what is written."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.report(event, "ESF105", "Anker und Verweise (& und *) sind nicht erlaubt.", "Den Wert ausschreiben.")
        if getattr(event, "tag", None):
            self.report(event, "ESF106", "Typangaben mit „!“ sind nicht erlaubt.", "Das „!…“ löschen.")
        if isinstance(event, yaml.ScalarEvent) and event.style == '"' and (unseen := _UNSEEN.search(event.value)):
            self.report(event, "ESF110", *_unseen_words(unseen[0]))

    def sequence(self, path: Path, depth: int) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, (*path, len(items)), depth + 1))
        return tuple(items)

    def mapping(self, path: Path, depth: int) -> Value:
        result: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, depth)
            inner = (*path, key)
            if key in result:
                first = ((self.places[inner], "zuerst hier"),)
                message = f"Der Schlüssel „{_short(key)}“ steht doppelt."
                self.report(event, "ESF107", message, "Einen der beiden löschen.", first)
                self.node(next(self.events), (*path, f"{key} (doppelt)"), depth + 1)
                continue
            self.places[inner] = self.where(event)
            result[key] = self.node(next(self.events), inner, depth + 1)
        return result

    def key(self, event: yaml.Event, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self.properties(event)
            if event.implicit[0] and event.value != "" and _AMBIGUOUS.match(event.value[:_LONGEST_TRAP]):
                message = f"Der Schlüssel „{_short(event.value)}“ ist mehrdeutig."
                self.report(event, "ESF108", message, "In Anführungszeichen setzen.")
            return str(event.value)
        self.report(event, "ESF109", "Ein Schlüssel muss ein einfaches Wort sein.")
        self.node(event, ("?",), depth + 1)
        return "?"

    def scalar(self, event: yaml.ScalarEvent) -> Value:
        self.last = event
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _PLAIN:
            return _PLAIN[text]
        if text == "":
            return None
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            return Decimal(text)
        if _AMBIGUOUS.match(text[:_LONGEST_TRAP]):
            shown = _short(text)
            self.report(
                event,
                "ESF108",
                f"„{shown}“ ist mehrdeutig: verschiedene YAML-Fassungen lesen es verschieden.",
                f'In Anführungszeichen setzen: "{shown}"; eine Zahl ohne führende Null, ein Ja/Nein als true/false.',
            )
        return text

    def where(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)

    def report(
        self, event: yaml.Event, code: str, message: str, hint: str = "", related: tuple[tuple[Place, str], ...] = ()
    ) -> None:
        self.findings.append(Finding(self.where(event), code, message, hint, related))
        if len(self.findings) >= MAX_FINDINGS:
            self.findings.append(
                Finding(
                    self.where(event), "ESF104", f"Das sind {MAX_FINDINGS} Fehler; hier endet die Prüfung der Datei."
                )
            )
            raise _Stop


def read_yaml(file: str, content: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    """Read one file's bytes. Returns the document and what stands against it; no document where reading had to stop.

    A document with findings is good for finding more of them, and for nothing else.
    """
    if len(content) > MAX_CATALOGUE_BYTES:
        most, hint = MAX_CATALOGUE_BYTES // 1_000_000, _TOO_MUCH
        return None, (Finding(Place(file), "ESF104", f"Die Datei ist größer als {most} MB.", hint),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_encoding_finding(file, content, error.start),)
    if unseen := tuple(_unseen_findings(file, text)):
        return None, unseen
    reader = _Reader(file, text)
    try:
        value = reader.read()
    except _Stop:
        return None, tuple(reader.findings)
    except yaml.MarkedYAMLError as error:
        return None, (*reader.findings, _syntax_finding(file, error, reader.last))
    return Document(file, value, MappingProxyType(reader.places), text), tuple(reader.findings)


def _encoding_finding(file: str, content: bytes, start: int) -> Finding:
    line = content.count(b"\n", 0, start) + 1
    column = len(content[content.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")) + 1
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    message = f"Die Datei ist {'in UTF-16 oder UTF-32' if wide else 'nicht in UTF-8'} gespeichert."
    return Finding(Place(file, line, column), "ESF101", message, "Als UTF-8 speichern.")


def _unseen_findings(file: str, text: str) -> Iterator[Finding]:
    """The characters that nobody sees, as far as they stand in the file itself; only the first ones of many."""
    found = (match for match in _UNSEEN_OR_LINE_END.finditer(text) if match[0] != "\r\n")
    for match in itertools.islice(found, MAX_FINDINGS):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        yield Finding(Place(file, line, column), "ESF110", *_unseen_words(match[0]))


def _unseen_words(char: str) -> tuple[str, str]:
    name = unicodedata.name(char, "Steuerzeichen")
    return f"Hier steht ein unsichtbares Zeichen (U+{ord(char):04X}, {name}).", "Das Zeichen löschen."


def _short(word: str) -> str:
    return word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"


def _syntax_finding(file: str, error: yaml.MarkedYAMLError, last: yaml.ScalarEvent | None) -> Finding:
    message, hint, at_beginning = _SYNTAX.get(str(error.problem), _SYNTAX_DEFAULT)
    if opened := _opened_before(last, error.problem_mark):
        message, hint, _ = _SYNTAX["found unexpected end of stream"]
        return Finding(Place(file, opened.line + 1, opened.column + 1), "ESF111", message, hint)
    began, noticed = (
        Place(file, m.line + 1, m.column + 1) if m else None for m in (error.context_mark, error.problem_mark)
    )
    place = (began if at_beginning else noticed) or noticed or began or Place(file)
    related = ((began, "begonnen hier"),) if began and began.line != place.line else ()
    return Finding(place, "ESF111", message, hint, related)


def _opened_before(last: yaml.ScalarEvent | None, noticed: Any) -> Any:
    """The mark where a text in quotes began that goes over several lines and has something behind it.

    Its own closing quotes are missing then, and those that open the next text close it.
    """
    if last is None or last.style not in ("'", '"') or noticed is None:
        return None
    begin, end = last.start_mark, last.end_mark
    return begin if begin and end and begin.line < end.line == noticed.line else None
