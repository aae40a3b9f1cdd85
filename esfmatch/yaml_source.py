"""Bytes of a catalogue file -> plain frozen values and the place of every one of them.

The only room that imports yaml. It takes a narrow YAML: UTF-8, one document of mappings, sequences and scalars,
no anchors, tags or merge keys, and no plain scalar that YAML 1.1 and 1.2 read differently (`NO`, `05111000`,
`2016-06-30`, `1_000`, `12:30`): those must be quoted. Sequences become tuples, whole numbers int, others Decimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeAlias

import yaml

from esfmatch.problems import Finding, Place

MAX_BYTES: Final = 8_000_000
MAX_DEPTH: Final = 30
MAX_VALUES: Final = 400_000
MAX_FINDINGS: Final = 200

Value: TypeAlias = "str | int | Decimal | bool | tuple[Value, ...] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

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


@dataclass(frozen=True, slots=True)
class Document:
    """A read file: its value, and for every path of keys and indexes where the value and its key stand."""

    file: str
    value: Value
    places: Mapping[Path, Place]

    def place(self, path: Path) -> Place:
        """The place of `path`, or of the nearest thing around it that exists."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return Place(self.file)


class _Stop(Exception):  # noqa: N818 - it stops the reading, it is no error
    """A finding after which reading on makes no sense."""


class _Reader:
    """Builds values from parse events by hand, so that duplicates and traps are seen and limits hold."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.findings: list[Finding] = []
        self.values = 0
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)

    def read(self) -> Value:
        next(self.events)  # stream start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self.report(event, "ESF102", "Die Datei ist leer.", "Eine Katalogdatei beginnt mit „schema:“.")
            return None
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
            self.report(event, "ESF104", f"Die Datei ist zu umfangreich ({limit}).")
            raise _Stop
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.report(event, "ESF105", "Anker und Verweise (& und *) sind nicht erlaubt.", "Den Wert ausschreiben.")
        if getattr(event, "tag", None):
            self.report(event, "ESF106", "Typangaben mit „!“ sind nicht erlaubt.", "Das „!…“ löschen.")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, depth)
        return None

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
                self.report(
                    event, "ESF107", f"Der Schlüssel „{key}“ steht doppelt.", "Einen der beiden löschen.", first
                )
                self.node(next(self.events), (*path, f"{key} (doppelt)"), depth + 1)
                continue
            self.places[inner] = self.where(event)
            result[key] = self.node(next(self.events), inner, depth + 1)
        return result

    def key(self, event: yaml.Event, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent):
            if event.implicit[0] and event.value != "" and _AMBIGUOUS.match(event.value):
                self.report(
                    event, "ESF108", f"Der Schlüssel „{event.value}“ ist mehrdeutig.", "In Anführungszeichen setzen."
                )
            return str(event.value)
        self.report(event, "ESF109", "Ein Schlüssel muss ein einfaches Wort sein.")
        self.node(event, ("?",), depth + 1)
        return "?"

    def scalar(self, event: yaml.ScalarEvent) -> Value:
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
        if _AMBIGUOUS.match(text):
            self.report(
                event,
                "ESF108",
                f"„{text}“ ist mehrdeutig: verschiedene YAML-Fassungen lesen es verschieden.",
                f'In Anführungszeichen setzen: "{text}"; eine Zahl ohne führende Null, ein Ja/Nein als true/false.',
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
            raise _Stop


def read_yaml(file: str, content: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    """Read one file's bytes. Returns the document, or None with the findings that stand against it."""
    if len(content) > MAX_BYTES:
        finding = Finding(Place(file), "ESF104", f"Die Datei ist größer als {MAX_BYTES // 1_000_000} MB.")
        return None, (finding,)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        finding = Finding(
            Place(file, line), "ESF101", "Die Datei ist nicht in UTF-8 gespeichert.", "Als UTF-8 speichern."
        )
        return None, (finding,)
    reader: _Reader | None = None
    value: Value = None
    try:
        reader = _Reader(file, text)
        value = reader.read()
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        return None, _syntax_finding(file, error, reader)
    except yaml.YAMLError as error:  # characters that YAML does not allow
        position = getattr(error, "position", 0) or 0
        line = text.count("\n", 0, position) + 1
        column = position - (text.rfind("\n", 0, position) + 1) + 1
        finding = Finding(Place(file, line, column), "ESF110", "Die Datei enthält ein unzulässiges Steuerzeichen.")
        return None, (finding,)
    if reader is None or reader.findings:
        return None, tuple(reader.findings if reader else ())
    return Document(file, value, MappingProxyType(reader.places)), ()


def _syntax_finding(file: str, error: yaml.MarkedYAMLError, reader: _Reader | None) -> tuple[Finding, ...]:
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    reason = " ".join(str(error.problem or error.context or "").split())
    hint = "Häufige Ursachen: falsche Einrückung, Tabulator, fehlendes Anführungszeichen, „: “ in einem Text."
    found = Finding(place, "ESF111", f"Kein gültiges YAML ({reason}).", hint)
    return (*(reader.findings if reader else ()), found)
