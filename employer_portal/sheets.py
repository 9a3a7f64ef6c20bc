"""Rows of a CSV or XLSX file as texts by heading; how a file is written does not matter."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from employer_portal.errors import UploadRefused
from exemption_codes.catalogue.documents import Text

MAX_ROWS = 1000
MAX_COLUMNS = 200
MAX_CELL = 10_000
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
ZIP_MARK = b"PK\x03\x04"
BAD_TEXT = ("\x00",)

FIRST_ROW = 2  # as spreadsheets number the row under the headings
MAX_NUMBER = 20_000
SURPLUS = ""

Row = dict[str, str]


def read_sheet(data: bytes) -> list[Row]:
    """Return the rows of a file under the headings of its first row that says something.

    The first row returned is the second of the file: one that says nothing is empty, so that each keeps its number.
    What stands beyond the headings is under SURPLUS. Raises UploadRefused: `unreadable`, `too_large`, `headings`.
    """
    lines = _xlsx_rows(data) if data.startswith(ZIP_MARK) else _csv_rows(data)
    table = [(number, cells) for number, cells in _filled(lines)]
    if not table:
        raise UploadRefused("headings", _HEADINGS)
    headings = [heading.strip().lower() for heading in table[0][1]]
    while headings and not headings[-1]:
        headings.pop()
    if "" in headings or len(set(headings)) != len(headings) or len(headings) > MAX_COLUMNS:
        raise UploadRefused("headings", _HEADINGS)
    rows: list[Row] = []
    for number, cells in table[1:]:
        rows += [{}] * (number - FIRST_ROW - len(rows))
        rows.append(_row(headings, cells))
    return rows


def _filled(lines: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that say something, with their numbers. Raises UploadRefused when there is too much."""
    filled = 0
    for number, cells in enumerate(lines, start=1):
        if not any(cells):
            continue
        filled += 1
        if filled > MAX_ROWS + 1 or number > MAX_NUMBER or any(len(cell) > MAX_CELL for cell in cells):
            raise UploadRefused("too_large", _TOO_LARGE)
        yield number, cells


def _row(headings: Sequence[str], cells: Sequence[str]) -> Row:
    row = dict(zip(headings, [*cells, *[""] * len(headings)], strict=False))
    surplus = ", ".join(cell for cell in cells[len(headings) :] if cell)
    return {**row, SURPLUS: surplus} if surplus else row


def _csv_rows(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            yield [cell.strip() for cell in row]
    except csv.Error:
        raise UploadRefused("unreadable", _UNREADABLE) from None


def _decoded(data: bytes) -> str:
    """Read UTF-8, or what spreadsheets of Windows write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(bad in text for bad in BAD_TEXT):
            return text
    raise UploadRefused("unreadable", _UNREADABLE)


def _xlsx_rows(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise UploadRefused("too_large", _TOO_LARGE)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.active
        if sheet is None:
            raise UploadRefused("headings", _HEADINGS)
        for row in sheet.iter_rows(values_only=True, max_row=MAX_NUMBER + 1, max_col=MAX_COLUMNS + 1):
            yield _texts(row)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError):
        raise UploadRefused("unreadable", _UNREADABLE) from None


def _texts(cells: Iterable[Any]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


_UNREADABLE = Text(
    en="This file is neither CSV nor XLSX, or it is damaged.",
    fr="Ce fichier n’est ni CSV ni XLSX, ou il est endommagé.",
)
_TOO_LARGE = Text(
    en=f"This file is too large: at most {MAX_ROWS} rows are read at once.",
    fr=f"Ce fichier est trop volumineux : au plus {MAX_ROWS} lignes sont lues à la fois.",
)
_HEADINGS = Text(
    en="The first row must name each column once.", fr="La première ligne doit nommer chaque colonne une seule fois."
)
