"""One door for spreadsheets that come in: a csv or xlsx file becomes column names and rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Silent
from panoh.exchange.cells import LostLettersError, clean
from panoh.exchange.limits import FORMULAS, MERGED, MOST_BYTES, MOST_COLUMNS, QUOTES
from panoh.exchange.reading_process import read_csv, read_workbook

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # xls, and xlsx with a password


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table stands in a file: how many filled rows come before it, whether its first row names the columns,
    and the encoding of a csv ('' finds it out)."""

    before: int = 0
    named: bool = True
    encoding: str = ""


USUAL = Layout()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it stands in the file: its number there, counted from 1, and its cells.

    `problem` says what is wrong with its form, `remark` what of it was left out.
    """

    number: int
    cells: list[str]
    problem: str = ""
    remark: str = ""


@dataclass(slots=True)
class About:
    """What is said of a file as a whole. All of it is known once the last row was read."""

    notes: list[str] = field(default_factory=list)
    encoding: str = ""  # of a csv


@dataclass(frozen=True, slots=True)
class Sheet:
    """Column names, and the rows in the order of the file. The rows are read while they are asked for, once."""

    columns: tuple[str, ...]
    rows: Iterator[SheetRow]
    about: About = field(default_factory=About)


@dataclass(frozen=True, slots=True)
class File:
    """An opened file: its filled rows as they stand there, read while they are asked for, once."""

    name: str
    shifts: bool  # a cell too many has shifted the others, as in csv; in a workbook it stands beside the table
    rows: Iterator[SheetRow]
    about: About


def open_file(path: Path, progress: Progress | None = None, encoding: str = "") -> File:
    """Open a csv or xlsx file; which of them it is, its first bytes say, not its name. `encoding` is that of a csv.

    A cell longer than 10,000 characters is cut there. Raises AppError: file.missing, file.unreadable, file.too_large
    (more than 200 MB, 200 columns or 2,000,000 rows, or a workbook that asks for too much memory or time),
    and cancelled; from the rows too, while they are read.
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
    heard: list[str] = []
    book = beginning == _ZIP
    raw = read_workbook(path, watch, heard) if book else read_csv(path, watch, heard, encoding)
    about = About()
    return File(path.name, shifts=not book, rows=_told(raw, heard, about), about=about)


def read_rows(path: Path, progress: Progress | None = None, layout: Layout = USUAL) -> Sheet:
    """Open a file as a table. Raises what `open_file` does, and AppError('file.no_columns')."""
    file = open_file(path, progress, layout.encoding)
    return table_of(file, file.rows, layout)


def table_of(file: File, rows: Iterator[SheetRow], layout: Layout) -> Sheet:
    """The rows of a file as a table. Raises AppError file.no_columns, file.too_large, and what reading raises."""
    for _row in range(layout.before):
        next(rows, None)
    first = next(rows, None)
    if first is None or not any(cell.strip() for cell in first.cells):
        raise AppError("file.no_columns")
    columns = column_names(first.cells if layout.named else [""] * len(first.cells))
    if len(columns) > MOST_COLUMNS:
        raise AppError("file.too_large", name=file.name)
    rest = rows if layout.named else chain([first], rows)
    return Sheet(columns, _as_wide(rest, len(columns), shifts=file.shifts), file.about)


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


def _told(rows: Iterator[tuple[int, list[str], str]], heard: list[str], about: About) -> Iterator[SheetRow]:
    """The rows with sentences for what is wrong with their form, and the notes about the file."""
    quotes = _("The quotation marks of the row do not match.")
    for number, cells, code in rows:
        if heard:
            _hear(heard, about)
        yield SheetRow(number, cells, quotes if code == QUOTES else "")
    _hear(heard, about)


def _hear(heard: list[str], about: About) -> None:
    words = {
        MERGED: _("A cell that goes over several rows counts for each of them."),
        FORMULAS: _(
            "Some cells hold formulas without results and are read as empty. Open the list in a spreadsheet program, save "
            "it, and bring it in again."
        ),
    }
    for note in heard:
        if note in words:
            about.notes.append(words[note])
        else:
            about.encoding = note
    heard.clear()


def _as_wide(rows: Iterator[SheetRow], width: int, *, shifts: bool) -> Iterator[SheetRow]:
    """The rows as wide as the table: what stands beside it makes a row of csv doubtful, and is left out elsewhere."""
    moved = _("The row has more cells than the first row has columns.")
    beside = _("What stands beside the last column was left out.")
    for row in rows:
        more = width - len(row.cells)
        if more >= 0:
            row.cells.extend([""] * more)
            yield row
        elif not any(cell.strip() for cell in row.cells[width:]):
            yield SheetRow(row.number, row.cells[:width], row.problem)
        elif shifts:
            yield SheetRow(row.number, row.cells, row.problem or moved)
        else:
            yield SheetRow(row.number, row.cells[:width], row.problem, beside)
