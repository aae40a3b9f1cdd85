"""Tables as files: CSV as German Excel opens it by a double click, and workbooks. The door to XlsxWriter.

Rows are written one by one; memory does not depend on their number. The same rows give the same bytes.
"""

from __future__ import annotations

import codecs
import csv
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, Final, TypeAlias

from esfmatch.render import wording
from esfmatch.render.cleaning import spreadsheet_cell

Cell: TypeAlias = str | int | float | Decimal | bool | date | None

_LONGEST_CELL: Final = 32_767  # what Excel can hold
_CUT: Final = " … (gekürzt)"
_WIDTH: Final = 18
_WIDE: Final = 50


class CsvTable:
    """Semicolons, decimal commas, UTF-8 with its mark, CRLF."""

    def __init__(self, raw: BinaryIO, header: Sequence[str]) -> None:
        self._raw = raw
        self._raw.write(codecs.BOM_UTF8)
        self._writer = csv.writer(self, delimiter=";", lineterminator="\r\n")
        self.row(header)

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row."""
        self._writer.writerow([_csv_cell(cell) for cell in cells])

    def write(self, line: str) -> None:
        """What the csv module calls with a finished line."""
        self._raw.write(line.encode())


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, (int, float, Decimal)):
        return str(cell).replace(".", ",")
    return _text_cell(cell)


def _text_cell(text: str) -> str:
    harmless = spreadsheet_cell(text)
    return harmless if len(harmless) <= _LONGEST_CELL else harmless[: _LONGEST_CELL - len(_CUT)] + _CUT


class Sheet:
    """One sheet of a workbook, its rows written from the top."""

    def __init__(self, worksheet: Any, formats: dict[str, Any], header: Sequence[str], wide: Sequence[str]) -> None:
        self._sheet, self._formats, self._row = worksheet, formats, 0
        for column, name in enumerate(header):
            self._sheet.set_column(column, column, _WIDE if name in wide else _WIDTH)
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            self._sheet.write_string(0, column, name, formats["header"])

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row."""
        self._row += 1
        for column, cell in enumerate(cells):
            self._cell(column, cell)

    def _cell(self, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            self._sheet.write_string(self._row, column, "ja" if cell else "nein", self._formats["text"])
        elif isinstance(cell, date):
            day = datetime(cell.year, cell.month, cell.day)
            self._sheet.write_datetime(self._row, column, day, self._formats["day"])
        elif isinstance(cell, (int, float, Decimal)):
            self._sheet.write_number(self._row, column, cell, self._formats["number"])
        else:
            self._sheet.write_string(self._row, column, _text_cell(cell), self._formats["text"])


class Workbook:
    """A workbook under construction."""

    def __init__(self, book: Any) -> None:
        self._book = book
        top = {"valign": "top"}
        self._formats = {
            "header": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top}),
            "text": book.add_format({"text_wrap": True, **top}),
            "number": book.add_format({"num_format": "#,##0.##;-#,##0.##", **top}),
            "day": book.add_format({"num_format": "dd.mm.yyyy", "align": "left", **top}),
        }

    def sheet(self, name: str, header: Sequence[str], wide: Sequence[str] = ()) -> Sheet:
        """A new sheet; `wide` names the columns with much text."""
        return Sheet(self._book.add_worksheet(name), self._formats, header, wide)


@contextmanager
def workbook(raw: BinaryIO, title: str, day: date) -> Iterator[Workbook]:
    """A workbook that is written to `raw` at the end, and not at all after an error."""
    import xlsxwriter

    # the folder takes the rows that are not written yet, and goes in any case
    with tempfile.TemporaryDirectory(prefix="esfmatch-", ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(raw, {"constant_memory": True, "tmpdir": folder})
        # of the content, not of the clock
        book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
        yield Workbook(book)
        book.close()


def percent(part: int, whole: int) -> str:
    """A share in words, without decimals.

    >>> percent(1, 3)
    '33 %'
    """
    return f"{wording.number(round(100 * part / whole))} %" if whole else "–"
