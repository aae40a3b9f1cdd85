"""Rows of text files, JSON Lines and CSV, whatever their encoding and separator; memory stays bounded by a line.

A row that cannot be read is a row with an error, never a silent gap: bytes outside the encoding, a line of gigabytes,
quotes that do not match.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from esfmatch.files import json_value
from esfmatch.problems import InputError
from esfmatch.tables.columns import Columns, missing_text, recognise
from esfmatch.tables.row import Row
from esfmatch.vocabulary import Fact

LONGEST_LINE: Final = 1_000_000  # characters; far more than the longest text that is answered
_MOST_PUT_BACK: Final = 50_000_000
_HEAD: Final = 1000
_CHUNK: Final = 1 << 16
_HIGH: Final = re.compile("[^\x00-\x7f]")
_UNDECODED: Final = re.compile("[\udc80-\udcff]")
_DELIMITERS: Final = (";", ",", "\t")


class _LineTooLongError(Exception):
    """A line that is longer than any row can be; it has been passed over."""


class _Lines(Iterator[str]):
    """The lines of a text, counted. Those read since `mark` can be read once more."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._put_back: deque[str] = deque()
        self._since: list[str] = []
        self._may_put_back = _MOST_PUT_BACK
        self.number = 0

    def __next__(self) -> str:
        line = self._put_back.popleft() if self._put_back else self._stream.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith("\n"):
                line = self._stream.readline(LONGEST_LINE)
            raise _LineTooLongError
        self._since.append(line)
        return line

    def mark(self) -> None:
        """A row begins here."""
        self._since.clear()

    def put_back(self) -> None:
        """All lines of the row but its first are read anew, as rows of their own; up to a limit, so that it ends."""
        again = self._since[1:]
        self._may_put_back -= sum(map(len, again))
        if self._may_put_back >= 0:
            self._put_back.extendleft(reversed(again))
            self.number -= len(again)


def open_json_lines(stream: BinaryIO) -> io.TextIOWrapper:
    """The text of a JSON Lines file: UTF-8, or UTF-16 with its mark."""
    head = stream.read(_HEAD)
    stream.seek(0)
    return _text(stream, "utf-16" if _is_utf16(head) else "utf-8-sig", "\n")


def open_csv(stream: BinaryIO) -> io.TextIOWrapper:
    """The text of a CSV file: UTF-8, UTF-16 with its mark, else Windows-1252. Raises InputError for a binary file.

    A file that is mostly UTF-8 stays UTF-8 where some of its bytes are not: those rows get an error.
    """
    head = stream.read(_HEAD)
    stream.seek(0)
    if _is_utf16(head):
        return _text(stream, "utf-16", "")
    if b"\0" in head:
        raise InputError("Das ist keine Textdatei (sie enthält Nullbytes). Bitte als CSV in UTF-8 speichern.")
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    high = foreign = 0
    while chunk := stream.read(_CHUNK):
        text = decoder.decode(chunk)
        high += len(_HIGH.findall(text))
        foreign += len(_UNDECODED.findall(text))
    stream.seek(0)
    return _text(stream, "utf-8-sig" if high >= 2 * foreign else "cp1252", "")


def _is_utf16(head: bytes) -> bool:
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _text(stream: BinaryIO, encoding: str, newline: str) -> io.TextIOWrapper:
    errors = "strict" if encoding == "utf-16" else "surrogateescape"
    return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline=newline)


def json_rows(text: io.TextIOWrapper) -> Iterator[Row]:
    """The rows of a JSON Lines file, blank lines left out."""
    lines = _Lines(text)
    while True:
        lines.mark()
        number = lines.number + 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except _LineTooLongError:
            yield Row(number, error=_TOO_LONG)
            continue
        except UnicodeError as error:
            raise InputError(_BROKEN_UTF16) from error
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    if _undecoded(line):
        return Row(number, error=_undecodable("UTF-8"))
    name = f"Zeile {number}"
    try:
        values = json_value(line, name)
    except InputError as error:
        return Row(number, error=str(error).removeprefix(f"{name}: "))
    if not isinstance(values, dict):
        return Row(number, error="Die Zeile ist kein JSON-Objekt.")
    return Row(number, values)


def csv_rows(text: io.TextIOWrapper, facts: Mapping[str, Fact]) -> tuple[Columns, Iterator[Row]]:
    """The columns of a CSV file and its rows. Raises InputError where the header row is none."""
    lines = _Lines(text)
    csv.field_size_limit(LONGEST_LINE)
    try:
        columns, delimiter = _header(lines, facts)
    except UnicodeError as error:
        raise InputError(_BROKEN_UTF16) from error
    return columns, _csv_rows(lines, columns, delimiter, "Windows-1252" if text.encoding == "cp1252" else "UTF-8")


def _header(lines: _Lines, facts: Mapping[str, Fact]) -> tuple[Columns, str]:
    """The columns and the separator: the one under which the first line reads as a header row."""
    try:
        first = next((line for line in lines if line.strip()), "")
        if first.casefold().startswith("sep="):  # how Excel is told the separator
            first = next(lines, "")
    except _LineTooLongError:
        raise InputError("Die erste Zeile ist keine Kopfzeile mit Spaltennamen; sie ist viel zu lang.") from None
    if not first:
        raise InputError("Die Datei ist leer. Erwartet wird eine Kopfzeile mit „id“ und „text“.")
    best: tuple[int, Columns, str] | None = None
    for delimiter in _DELIMITERS:
        header = next(csv.reader([first], delimiter=delimiter))
        columns = recognise(header, facts)
        if columns is not None and (best is None or len(header) > best[0]):
            best = (len(header), columns, delimiter)
    if best is None:
        raise missing_text(max((next(csv.reader([first], delimiter=d)) for d in _DELIMITERS), key=len))
    return best[1], best[2]


def _csv_rows(lines: _Lines, columns: Columns, delimiter: str, encoding: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.mark()
        number = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _LineTooLongError:
            yield Row(number, error=_TOO_LONG)
            continue
        except csv.Error:
            lines.put_back()
            until = f" (bis Zeile {lines.number})" if lines.number > number else ""
            yield Row(number, error=f"Die Anführungszeichen dieser Zeile passen nicht zusammen{until}.")
            continue
        except UnicodeError as error:
            raise InputError(_BROKEN_UTF16) from error
        if any(cell.strip() for cell in cells):
            yield _csv_row(number, cells, columns, encoding)


def _csv_row(number: int, cells: list[str], columns: Columns, encoding: str) -> Row:
    values = columns.values(cells)
    if any(cell.strip() for cell in cells[len(columns.keys) :]):
        message = f"Die Zeile hat {len(cells)} Felder, die Kopfzeile {len(columns.keys)}; fehlen Anführungszeichen?"
        return Row(number, values, message)
    if _undecoded("".join(map(str, values.values()))):
        return Row(number, values, _undecodable(encoding))
    return Row(number, values)


_TOO_LONG: Final = f"Die Zeile ist länger als {LONGEST_LINE // 1_000_000} Million Zeichen."
_BROKEN_UTF16: Final = "Die Datei beginnt als UTF-16 und ist es nicht. Bitte in UTF-8 speichern."


def _undecoded(text: str) -> bool:
    return not text.isascii() and _UNDECODED.search(text) is not None


def _undecodable(encoding: str) -> str:
    return f"Die Zeile enthält Zeichen, die nicht in {encoding} gespeichert sind."
