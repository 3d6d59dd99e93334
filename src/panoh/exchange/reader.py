"""Reads a workbook in a process of its own, which may die of it without harm.

A workbook is a program's worth of parsing over a file that somebody sent. The window never does that itself:
it starts this module with the file as standard input, and gets JSON lines back on standard output, each
`{"rows": [[number, [cell, ...]], ...], "of": rows expected or 0, "end": whether these are the last}`; the column
names come first, as row 0. The process gives itself little memory, little time and no right to write a file.

From source the parent runs this file with the interpreter; in an installed build it runs the program again
with ARGUMENT first, so both programs must pass that on before anything else:

    if sys.argv[1:2] == [reader.ARGUMENT]:
        sys.exit(reader.main(sys.argv[2:]))

This module imports nothing of Panoh, so that it starts quickly and holds nothing worth taking.
"""

from __future__ import annotations

import contextlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, BinaryIO

ARGUMENT = "--read-workbook"
MOST_FIELD = 10_000  # characters of one cell; what is longer is cut, and no column of ours takes as much
MOST_COLUMNS = 200
MOST_ROWS = 2_000_000
MOST_TEXT = 500_000_000  # characters sent to the parent in all

ADDRESS_SPACE = 1 << 30
CPU_SECONDS = 300
MOST_ENTRIES = 10_000  # files in the zip
MOST_UNPACKED = 2 << 30
SUSPICIOUS_UNPACKED, SUSPICIOUS_RATIO = 100 << 20, 100  # a sheet of text packs 10 to 50 times

READ, UNREADABLE, TOO_LARGE, OUT_OF_MEMORY = 0, 3, 4, 5  # exit codes
_BATCH, _BATCH_TEXT = 200, 200_000  # rows and characters after which a line is sent

Rows = tuple[Iterable[tuple[int, Sequence[Any]]], int]  # numbered rows, and how many are expected


class TooLargeError(Exception):
    """The file asks for more than the limits allow."""


def main(arguments: list[str]) -> int:
    """Read the workbook on standard input with the engine named ('calamine' or 'openpyxl'); returns an exit code."""
    limit_this_process()
    engine = {"calamine": _with_calamine, "openpyxl": _with_openpyxl}[arguments[0]]
    try:
        with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as sink:
            check_zip(source)
            _send(engine, source, lambda message: sink.write(json.dumps(message).encode("ascii") + b"\n"))
    except TooLargeError:
        return TOO_LARGE
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # whatever a parser throws at a damaged file, the answer is the same
        return UNREADABLE
    return READ


def limit_this_process() -> None:
    """Little memory, little time, no files, no core dump, as far as the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def check_zip(source: BinaryIO) -> None:
    """Raise TooLargeError for a zip that unpacks to far more than a sheet of text would."""
    with zipfile.ZipFile(source) as packed:
        entries = packed.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    taken = sum(entry.compress_size for entry in entries) or 1
    suspicious = unpacked > SUSPICIOUS_UNPACKED and unpacked > SUSPICIOUS_RATIO * taken
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or suspicious:
        raise TooLargeError
    source.seek(0)


def _send(engine: Callable[[BinaryIO], Rows], source: BinaryIO, write: Callable[[dict[str, Any]], object]) -> None:
    rows, expected = engine(source)
    filled = _filled(rows)
    columns = next(filled, (0, []))[1]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) > MOST_COLUMNS:
        raise TooLargeError
    batch: list[tuple[int, list[str]]] = [(0, columns)]
    count = sent = waiting = 0
    for number, cells in filled:
        row = cells[: len(columns)]
        if not any(row):
            continue
        batch.append((number, row))
        count += 1
        waiting += sum(map(len, row))
        if count > MOST_ROWS or sent + waiting > MOST_TEXT:
            raise TooLargeError
        if len(batch) == _BATCH or waiting > _BATCH_TEXT:
            write({"rows": batch, "of": expected, "end": False})
            sent, waiting, batch = sent + waiting, 0, []
    write({"rows": batch, "of": expected, "end": True})


def _filled(rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows as text, without those in which every cell is empty."""
    for number, row in rows:
        if row.count(None) == len(row):
            continue
        cells = [cell_text(cell) for cell in row]
        if any(cells):
            yield number, cells


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


def _with_calamine(source: BinaryIO) -> Rows:
    """The fast engine. It holds the whole sheet in memory, so a sheet with far-off cells kills it."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_object(source)
    visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    sheet = book.get_sheet_by_name((visible or book.sheet_names)[0])
    if sheet.start is None:
        return iter(()), 0
    return enumerate(sheet.iter_rows(), start=1), sheet.height  # iter_rows begins with the first row of the sheet


def _with_openpyxl(source: BinaryIO) -> Rows:
    """The slow engine, which reads row after row and stands far-off cells."""
    from openpyxl import load_workbook

    book = load_workbook(source, read_only=True, data_only=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheet = (visible or book.worksheets)[0]
    sheet.reset_dimensions()  # some programs write a wrong size into the file
    return enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1), 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
