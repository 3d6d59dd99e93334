"""One door for spreadsheets that come in: a csv or xlsx file becomes column names and rows of text."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Silent
from panoh.exchange.cells import LostLettersError, clean
from panoh.exchange.limits import BESIDE, MORE_CELLS, MOST_BYTES, MOST_COLUMNS, QUOTES
from panoh.exchange.reading_process import read_csv, read_workbook

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # xls, and xlsx with a password


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it stands in the file: its number there, counted from 1, and its cells.

    `problem` says what is wrong with its form, `remark` what of it was left out.
    """

    number: int
    cells: list[str]
    problem: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Column names, and the rows in the order of the file. The rows are read while they are asked for, once."""

    columns: tuple[str, ...]
    rows: Iterator[SheetRow]


def read_rows(path: Path, progress: Progress | None = None, encoding: str = "") -> Sheet:
    """Open a csv or xlsx file; which of them it is, its first bytes say, not its name. `encoding` is that of a csv.

    A cell longer than 10,000 characters is cut there. Raises AppError: file.missing, file.unreadable, file.too_large
    (more than 200 MB, 200 columns or 2,000,000 rows, or a workbook that asks for too much memory or time),
    file.no_columns, and cancelled; from the rows too, while they are read.
    """
    try:
        beginning, size = _look_at(path)
    except FileNotFoundError:
        raise AppError("file.missing", name=path.name) from None
    except OSError:
        raise AppError("file.unreadable", kind=_("a file"), name=path.name) from None
    if size > MOST_BYTES:
        raise AppError("file.too_large", name=path.name)
    if beginning == _OLD_OFFICE:
        raise AppError("file.unreadable", kind="xlsx", name=path.name)
    watch = progress or Silent()
    rows = _told(read_workbook(path, watch) if beginning == _ZIP else read_csv(path, watch, encoding))
    header = next(rows, None)
    columns = column_names(header.cells) if header else ()
    if not columns:
        raise AppError("file.no_columns")
    if len(columns) > MOST_COLUMNS:
        rows.close()
        raise AppError("file.too_large", name=path.name)
    return Sheet(columns, rows)


def column_names(cells: list[str]) -> tuple[str, ...]:
    """Cleaned names; a nameless column, or the second of one name, is told by its place."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        try:
            name = clean(cell)
        except LostLettersError:
            name = ""
        names.append(name if name and name not in names else _("column {place}").format(place=place))
    return tuple(names)


def _look_at(path: Path) -> tuple[bytes, int]:
    if not path.is_file():
        raise FileNotFoundError
    with path.open("rb") as file:
        return file.read(4), path.stat().st_size


def _told(rows: Iterator[tuple[int, list[str], str]]) -> Generator[SheetRow, None, None]:
    """The rows with sentences for what is wrong with their form."""
    problems = {
        MORE_CELLS: _("The row has more cells than the first row has columns."),
        QUOTES: _("The quotation marks of the row do not match."),
    }
    beside = _("What stands beside the last column was left out.")
    for number, cells, code in rows:
        if not code:
            yield SheetRow(number, cells)
        elif code == BESIDE:
            yield SheetRow(number, cells, remark=beside)
        else:
            yield SheetRow(number, cells, problems.get(code, problems[QUOTES]))
