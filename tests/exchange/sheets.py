"""Sheets for tests, made in memory or in a temporary folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from panoh.exchange.spreadsheets import Sheet, SheetRow


def sheet(columns: Sequence[str], *rows: Sequence[str]) -> Sheet:
    """A sheet as the reader gives it."""
    wide = ((*row, *[""] * (len(columns) - len(row))) for row in rows)
    numbered = (SheetRow(number, list(row)) for number, row in enumerate(wide, start=2))
    return Sheet(tuple(columns), numbered)


def write_xlsx(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """A workbook with one sheet."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return path


def replace_part(path: Path, part: str, content: bytes) -> Path:
    """The same workbook with one of its parts replaced."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    path.write_bytes(packed.getvalue())
    return path
