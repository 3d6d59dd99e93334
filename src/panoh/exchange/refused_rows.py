"""Writes rows that were refused into a file of their own, with the reason beside each, to be corrected and brought back.

Text stays text for whoever opens it: in a workbook every cell is one, in csv a cell that a spreadsheet program would take
for a formula begins with an apostrophe, which is taken away when the file comes back (see cells.py).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from panoh.base.i18n import gettext as _
from panoh.exchange.columns import OUR_MARK

_WIDEST = 60  # characters of a column on screen
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Lines = Iterable[tuple[int, str, Sequence[str]]]  # row, reason, cells


def as_csv(columns: Sequence[str], lines: Lines) -> bytes:
    """The rows as csv, in UTF-8 with a mark by which spreadsheet programs know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for cells in _table(columns, lines):
        writer.writerow([guarded(cell) for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def as_workbook(columns: Sequence[str], lines: Lines) -> bytes:
    """The rows as xlsx, every cell a text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    page = book.create_sheet("Panoh")
    page.freeze_panes = "C2"
    for number, width in enumerate((12, _WIDEST), start=1):
        page.column_dimensions["AB"[number - 1]].width = width
    for cells in _table(columns, lines):
        row: list[Any] = []
        for text in cells:
            cell = WriteOnlyCell(page, value=_NOT_IN_XML.sub("\ufffd", text))
            cell.data_type = "s"  # else a text that begins with = would be a formula
            row.append(cell)
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def guarded(text: str) -> str:
    """The text so that no spreadsheet program takes it for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20") else text


def _table(columns: Sequence[str], lines: Lines) -> Iterable[Sequence[str]]:
    yield [OUR_MARK + _("row in the list"), OUR_MARK + _("why it was refused"), *columns]
    for row, reason, cells in lines:
        yield [str(row), reason, *cells]
