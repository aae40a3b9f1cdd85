"""Rows of an Excel workbook: the first sheet, read row by row. The door to openpyxl."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import BinaryIO, Final

from esfmatch.problems import InputError
from esfmatch.tables.columns import Columns, missing_text, recognise
from esfmatch.tables.row import Row
from esfmatch.vocabulary import Fact

_MOST_BYTES: Final = 1_000_000_000  # of all parts unpacked; a full sheet of long texts has less
_MOST_SHARED: Final = 150_000_000  # of the part that is held in memory
_MOST_ROWS: Final = 1_048_576  # what a sheet can have; a file that claims more is not believed
_MOST_COLUMNS: Final = 100


def workbook_rows(stream: BinaryIO, facts: Mapping[str, Fact]) -> tuple[Columns, Iterator[Row]]:
    """The columns of the first sheet and its rows. Raises InputError for a file that is no workbook."""
    _check_size(stream)
    rows = _cells(stream)
    number, header = next(((n, cells) for n, cells in rows if any(c is not None for c in cells)), (0, ()))
    if not number:
        raise InputError("Das erste Tabellenblatt ist leer. Erwartet wird eine Kopfzeile mit „id“ und „text“.")
    names = ["" if cell is None else str(cell) for cell in header]
    columns = recognise(names, facts)
    if columns is None:
        raise missing_text(names)
    return columns, _rows(rows, columns)


def _check_size(stream: BinaryIO) -> None:
    """Refuse what unpacks to more than memory and time allow."""
    try:
        with zipfile.ZipFile(stream) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise InputError("Das ist keine Excel-Mappe (.xlsx). Bitte in Excel als .xlsx oder CSV speichern.") from error
    shared = sum(size for name, size in sizes.items() if "sharedstrings" in name.casefold())
    if sum(sizes.values()) > _MOST_BYTES or shared > _MOST_SHARED:
        raise InputError("Die Mappe ist ausgepackt zu groß. Bitte aufteilen oder als CSV speichern.")
    stream.seek(0)


def _cells(stream: BinaryIO) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows of the first sheet by number."""
    import openpyxl

    # what a workbook has beside its cells is of no interest here
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from enumerate(sheet.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=_MOST_COLUMNS), 1)
    except InputError:
        raise
    except Exception as error:  # the library has no error of its own for a damaged file
        raise InputError(f"Die Excel-Mappe ist beschädigt oder geschützt ({type(error).__name__}).") from error


def _rows(rows: Iterator[tuple[int, Sequence[object]]], columns: Columns) -> Iterator[Row]:
    for number, cells in rows:
        values = {key: _plain(cell) for key, cell in columns.values(cells).items()}
        if values:
            yield Row(number, values)


def _plain(cell: object) -> object:
    """Days as people and facts write them; all else as it is."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
