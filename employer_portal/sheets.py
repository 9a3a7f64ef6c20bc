"""Rows of a CSV or XLSX file as texts by heading; how a file is written does not matter."""

import csv
import io
import zipfile
from collections.abc import Iterable
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

Row = dict[str, str]


def read_sheet(data: bytes) -> list[Row]:
    """Return the rows of a file under the headings of its first row; empty rows are left out.

    Raises UploadRefused: `unreadable`, `too_large`, `headings`.
    """
    rows = _xlsx_rows(data) if data.startswith(ZIP_MARK) else _csv_rows(data)
    table = [row for row in rows if any(row)]
    if not table:
        raise UploadRefused("headings", _HEADINGS)
    headings = [heading.strip().lower() for heading in table[0]]
    while headings and not headings[-1]:
        headings.pop()
    if "" in headings or len(set(headings)) != len(headings) or len(headings) > MAX_COLUMNS:
        raise UploadRefused("headings", _HEADINGS)
    if len(table) - 1 > MAX_ROWS or any(len(cell) > MAX_CELL for row in table for cell in row):
        raise UploadRefused("too_large", _TOO_LARGE)
    return [dict(zip(headings, [*row, *[""] * len(headings)], strict=False)) for row in table[1:]]


def _csv_rows(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
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


def _xlsx_rows(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise UploadRefused("too_large", _TOO_LARGE)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.active
        if sheet is None:
            raise UploadRefused("headings", _HEADINGS)
        limits = {"max_row": MAX_ROWS + 2, "max_col": MAX_COLUMNS + 1}
        return [_texts(row) for row in sheet.iter_rows(values_only=True, **limits)]
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
