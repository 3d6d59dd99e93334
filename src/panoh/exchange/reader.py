"""Reads a spreadsheet in a process of its own, which may die of it without harm.

Both a workbook and a csv are files that somebody sent. Panoh never parses them itself: it starts this module with
the file as standard input, and gets JSON lines back on standard output, each
`{"rows": [[number, [cell, ...], what is wrong], ...], "done": done, "of": of how much, "end": whether these are the
last, "notes": [about the file as a whole]}`. Rows without any text are left out, and so are empty cells at the end of
a row. The process takes its rights from itself first (confined.py).

It imports nothing of Panoh but confined.py, limits.py, exit_codes.py, csv_files.py, windows_job.py and, for a PFIF file,
pfif_reader.py with pfif_fields.py, so that it starts quickly and holds nothing worth taking.
"""

from __future__ import annotations

import gc
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, BinaryIO, NamedTuple

from panoh.exchange.confined import confine
from panoh.exchange.csv_files import ENCODINGS, NoTextError, encoding_of, read_csv
from panoh.exchange.exit_codes import OUT_OF_MEMORY, READ, TOO_LARGE, UNREADABLE, RefusedError
from panoh.exchange.limits import FORMULAS, MERGED, MOST_COLUMNS, MOST_FIELD, MOST_ROWS, MOST_TEXT

CALAMINE, OPENPYXL, CSV, PFIF = "calamine", "openpyxl", "csv", "pfif"
ADDRESS_SPACE = 1 << 30
CPU_SECONDS = 300
MOST_ENTRIES = 10_000  # files in the zip
MOST_UNPACKED = 2 << 30
SUSPICIOUS_UNPACKED, SUSPICIOUS_RATIO = 100 << 20, 100  # a sheet of text packs 10 to 50 times

_NO_RESULT = re.compile(rb"</f>(?:<v/>|<v></v>)?</c>|<f[^>]*/>(?:<v/>|<v></v>)?</c>")
_BATCH, _BATCH_TEXT = 200, 200_000  # rows and characters after which a line is sent

Row = tuple[int, list[str], str]  # number, cells, and what is wrong with its form


class Rows(NamedTuple):
    """Rows while they are read, and how far the reading is: done and of how much, after so many rows."""

    rows: Iterator[Row]
    how_far: Callable[[int], tuple[int, int]]
    notes: tuple[str, ...] = ()
    last_notes: Callable[[], tuple[str, ...]] = tuple  # what takes as long as reading, and is told at the end


def main(arguments: list[str]) -> int:
    """Read the file on standard input: engine ('calamine', 'openpyxl', 'csv' or 'pfif') and for csv an encoding or ''.

    Returns an exit code.
    """
    confine(ADDRESS_SPACE, CPU_SECONDS)
    gc.disable()  # rows are no cycles, and there are millions of them
    engine, encoding = arguments[0], "".join(arguments[1:2])
    try:
        with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as sink:
            _send(_rows(engine, source, encoding if encoding in ENCODINGS else ""), sink)
    except RefusedError as refused:
        return refused.code
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # whatever a parser throws at a damaged file, the answer is the same
        return UNREADABLE
    return READ


def _rows(engine: str, source: BinaryIO, encoding: str) -> Rows:
    if engine == CSV:
        return _with_csv(source, encoding)
    if engine == PFIF:
        return _with_pfif(source)
    check_zip(source)
    return {CALAMINE: _with_calamine, OPENPYXL: _with_openpyxl}[engine](source)


def check_zip(source: BinaryIO) -> None:
    """Raise RefusedError for a zip that unpacks to far more than a sheet of text would."""
    with zipfile.ZipFile(source) as packed:
        entries = packed.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    taken = sum(entry.compress_size for entry in entries) or 1
    suspicious = unpacked > SUSPICIOUS_UNPACKED and unpacked > SUSPICIOUS_RATIO * taken
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or suspicious:
        raise RefusedError(TOO_LARGE)
    source.seek(0)


def _send(read: Rows, sink: BinaryIO) -> None:
    batch: list[Row] = []
    count = sent = waiting = 0

    def write(end: bool) -> None:
        done, of = read.how_far(count)
        notes = (*read.notes, *read.last_notes()) if end else read.notes
        message = {"rows": batch, "done": done, "of": of, "end": end, "notes": notes}
        sink.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")

    for number, cells, problem in read.rows:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        batch.append((number, cells[: 2 * MOST_COLUMNS], problem))
        count += 1
        waiting += sum(map(len, cells))
        if count > MOST_ROWS + 1 or sent + waiting > MOST_TEXT:
            raise RefusedError(TOO_LARGE)
        if len(batch) >= _BATCH or waiting > _BATCH_TEXT:
            write(False)
            sent, waiting, batch = sent + waiting, 0, []
    write(True)


def _filled(rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[Row]:
    """Rows as text, without those in which every cell is empty."""
    for number, row in rows:
        if row.count(None) == len(row):
            continue
        cells = [cell if type(cell) is str and len(cell) <= MOST_FIELD else cell_text(cell) for cell in row]
        if any(cells):
            yield number, cells, ""


def cell_text(value: object) -> str:
    """What a person would read in the cell: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(value, str):
        return value[:MOST_FIELD]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)[:MOST_FIELD]


def _with_csv(source: BinaryIO, encoding: str) -> Rows:
    size = source.seek(0, 2)
    source.seek(0)

    def how_far(count: int) -> tuple[int, int]:
        at = min(source.tell(), size)
        return count, max(count, round(count * size / at) if at else 0)  # as many rows as there must be at this length

    try:
        encoding = encoding or encoding_of(source)
    except NoTextError:
        raise ValueError from None
    return Rows(read_csv(source, encoding), how_far, (encoding,))


def _with_pfif(source: BinaryIO) -> Rows:
    from panoh.exchange.pfif_reader import records

    size = source.seek(0, 2)
    source.seek(0)
    return Rows(records(source), lambda _count: (source.tell(), size))


def _with_calamine(source: BinaryIO) -> Rows:
    """The fast engine. It holds the whole sheet in memory, so a sheet with far-off cells kills it."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_object(source)
    visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    sheet = book.get_sheet_by_name((visible or book.sheet_names)[0])
    if sheet.start is None:
        return Rows(iter(()), lambda count: (count, 0))
    height = sheet.height
    merged = [(top, bottom, left) for (top, left), (bottom, _right) in sheet.merged_cell_ranges or () if bottom > top]
    # iter_rows begins with the first row of the sheet
    rows = _unmerged(sheet.iter_rows(), merged) if merged else iter(sheet.iter_rows())
    filled = _filled(enumerate(rows, start=1))
    return Rows(filled, lambda count: (count, height), (MERGED,) if merged else (), lambda: _unworked(source))


def _unworked(source: BinaryIO) -> tuple[str, ...]:
    """FORMULAS when a formula has no result beside it: whoever wrote the workbook was no spreadsheet program."""
    source.seek(0)
    with zipfile.ZipFile(source) as packed:
        for name in packed.namelist():
            if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                continue
            with packed.open(name) as sheet:
                before = b""
                while chunk := sheet.read(1 << 20):
                    if _NO_RESULT.search(before + chunk):
                        return (FORMULAS,)
                    before = chunk[-64:]
    return ()


def _unmerged(rows: Iterable[list[Any]], merged: list[tuple[int, int, int]]) -> Iterator[list[Any]]:
    """The rows with what stands in a cell that goes over several rows in each of them, as whoever looks at it reads it."""
    begins: dict[int, list[tuple[int, int]]] = {}
    for top, bottom, left in merged:
        begins.setdefault(top, []).append((bottom, left))
    going: dict[int, tuple[int, Any]] = {}  # by column: until which row, and what stands there
    for at, row in enumerate(rows):
        for column, (bottom, value) in list(going.items()):
            if at > bottom:
                del going[column]
            elif column < len(row):
                row[column] = value
        for bottom, left in begins.get(at, ()):
            if left < len(row):
                going[left] = (bottom, row[left])
        yield row


def _with_openpyxl(source: BinaryIO) -> Rows:
    """The slow engine, which reads row after row and stands far-off cells."""
    from openpyxl import load_workbook

    book = load_workbook(source, read_only=True, data_only=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheet = (visible or book.worksheets)[0]
    sheet.reset_dimensions()  # some programs write a wrong size into the file
    rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1)
    return Rows(_filled(rows), lambda count: (count, 0))
