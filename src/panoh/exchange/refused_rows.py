"""Writes rows that were refused into a file of their own, with the reason beside each, to be corrected and brought back.

Text stays text for whoever opens it: in a workbook every cell is one, in csv a cell that a spreadsheet program would take
for a formula gets an apostrophe in front, which is taken away when the file comes back (see cells.py).
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
_LOST = re.compile("[\ud800-\udfff]")  # bytes that were no letters
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\ufffe\uffff]")  # never read, and not possible in a workbook
_BLANKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]")  # read as a blank; a line of its own may be a formula
# What begins a formula, at the start of a cell and after a semicolon: half the world's spreadsheet programs part the
# cells of a csv there, whatever the file means.
_LIVE = re.compile('(^|;[\\s"]*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])')
Lines = Iterable[tuple[int, str, Sequence[str]]]  # row, reason, cells


def as_csv(columns: Sequence[str], lines: Lines) -> bytes:
    """The rows as csv, in UTF-8 with a mark by which spreadsheet programs know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for cells in _table(columns, lines):
        writer.writerow([guarded(cell) for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


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
            cell = WriteOnlyCell(page, value=text)
            cell.data_type = "s"  # else a text that begins with = would be a formula
            row.append(cell)
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def guarded(text: str) -> str:
    """The text so that no spreadsheet program takes it for a formula."""
    return _LIVE.sub(r"\1'", text.lstrip() if _LIVE.match(text.lstrip()) else text)


def _table(columns: Sequence[str], lines: Lines) -> Iterable[Sequence[str]]:
    yield [OUR_MARK + _("row in the list"), OUR_MARK + _("why it was refused"), *columns]
    for row, reason, cells in lines:
        yield [str(row), reason, *map(_writable, cells)]


def _writable(text: str) -> str:
    return _BLANKS.sub(" ", _CONTROLS.sub("", _LOST.sub("\ufffd", text)))
