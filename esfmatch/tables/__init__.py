"""Lists from outside, row by row: JSON Lines, CSV in all its dialects, Excel workbooks.

Reads files; knows columns and facts, nothing of instruments. Raises InputError for a file that cannot be used, and
gives a row with an error for a row that cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from esfmatch.files import reason
from esfmatch.problems import InputError, UsageError
from esfmatch.tables.row import Row
from esfmatch.tables.text import csv_rows, json_rows, open_csv, open_json_lines
from esfmatch.tables.workbook import workbook_rows
from esfmatch.vocabulary import Fact

SUFFIXES: Final = (".jsonl", ".ndjson", ".csv", ".tsv", ".xlsx", ".xlsm")


class Table(Struct, frozen=True):
    """An open list. unused: the headers that mean nothing here. size: bytes of the file."""

    rows: Iterator[Row]
    unused: tuple[str, ...]
    size: int
    _stream: BinaryIO

    @property
    def position(self) -> int:
        """How many bytes of the file have been read."""
        return 0 if self._stream.closed else self._stream.tell()


@contextmanager
def open_table(path: Path, facts: Mapping[str, Fact]) -> Iterator[Table]:
    """Open a list by its suffix. Raises UsageError for another suffix and InputError, also later from the rows."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"{path}: Gelesen werden Dateien mit der Endung .jsonl, .csv oder .xlsx.")
    if not path.is_file():
        raise InputError(f"{path}: Diese Datei gibt es nicht (oder sie ist keine gewöhnliche Datei).")
    with ExitStack() as stack:
        unused: tuple[str, ...] = ()
        with _naming(path):
            stream = stack.enter_context(path.open("rb"))
            if suffix in (".jsonl", ".ndjson"):
                rows = json_rows(stack.enter_context(open_json_lines(stream)))
            elif suffix in (".csv", ".tsv"):
                columns, rows = csv_rows(stack.enter_context(open_csv(stream)), facts)
                unused = columns.unused
            else:
                columns, rows = workbook_rows(stream, facts)
                unused = columns.unused
        yield Table(_named(path, rows), unused, path.stat().st_size, stream)


def _named(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    with _naming(path):
        yield from rows


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors of reading say which file they are about."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: Die Datei lässt sich nicht lesen ({reason(error)}).") from error
