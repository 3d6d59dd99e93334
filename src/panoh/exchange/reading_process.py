"""Gets the rows of a spreadsheet, or the records of a PFIF file, from a process of its own (reader.py): for a workbook a
second engine when the first one dies."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from panoh.base import child
from panoh.base.child import POLL_SECONDS, Messages
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.exchange import reader
from panoh.exchange.csv_files import ENCODINGS
from panoh.exchange.exit_codes import DANGEROUS, FOREIGN, TOO_DEEP, TOO_LARGE, UNREADABLE
from panoh.exchange.limits import FORMULAS, MERGED, MOST_COLUMNS, MOST_ROWS

WORKBOOK_ENGINES = (reader.CALAMINE, reader.OPENPYXL)
SILENCE_SECONDS = 120.0  # a process that says nothing for so long is ended
_PFIF_CODES = {
    UNREADABLE: "pfif.unreadable",
    DANGEROUS: "pfif.dangerous",
    FOREIGN: "pfif.foreign",
    TOO_DEEP: "pfif.too_deep",
}
_MOST_LINE = 64 << 20  # bytes; the process sends far less at a time

Row = tuple[int, list[str], str]


class _DiedError(Exception):
    """The process ended before it had sent everything; `code` is its exit code."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


def read_workbook(path: Path, progress: Progress, notes: list[str]) -> Iterator[Row]:
    """The filled rows of the first visible sheet with their numbers. What is said of the file as a whole is put into
    `notes` before the rows with which it comes, some of it after the last one.

    Raises AppError('file.too_large') or AppError('file.unreadable') when no engine can read the file within its limits.
    """
    failure = UNREADABLE
    for engine in WORKBOOK_ENGINES:
        started = False
        try:
            for row in _read_with(path, progress, notes, engine):
                started = True
                yield row
        except _DiedError as death:
            failure = death.code
            if started or failure == TOO_LARGE:
                break
        else:
            return
    raise _told(failure, "xlsx", path)


def read_csv(path: Path, progress: Progress, notes: list[str], encoding: str = "") -> Iterator[Row]:
    """The filled rows of a csv file with the numbers of their lines; the rest is as with read_workbook."""
    try:
        yield from _read_with(path, progress, notes, reader.CSV, encoding)
    except _DiedError as death:
        raise _told(death.code, "csv", path) from None


def read_pfif(path: Path, progress: Progress) -> Iterator[Row]:
    """The records of a PFIF file with their numbers; the cells are those of pfif_fields.COLUMNS.

    Raises AppError: pfif.unreadable, pfif.dangerous, pfif.foreign, pfif.too_deep, file.too_large, file.missing.
    """
    try:
        yield from _read_with(path, progress, [], reader.PFIF)
    except _DiedError as death:
        raise AppError(_PFIF_CODES.get(death.code, "file.too_large"), name=path.name) from None


def _told(failure: int, kind: str, path: Path) -> AppError:
    return AppError("file.unreadable" if failure == UNREADABLE else "file.too_large", kind=kind, name=path.name)


def _command(engine: str, encoding: str = "") -> list[str]:
    return child.command(reader.__name__, engine, encoding)


def _read_with(path: Path, progress: Progress, notes: list[str], engine: str, encoding: str = "") -> Iterator[Row]:
    try:
        file = path.open("rb")
    except OSError:  # it was there a moment ago
        raise AppError("file.missing", name=path.name) from None
    with file, _running(_command(engine, encoding), file) as (process, messages):
        yield from _rows(process, messages, progress, notes)


@contextlib.contextmanager
def _running(command: list[str], file: BinaryIO) -> Iterator[tuple[subprocess.Popen[bytes], Messages]]:
    """The reading process and the lines that it sends; whatever happens, it is gone afterwards."""
    process = child.start(command, file)
    with child.heard(process, partial(_pump, process)) as messages:
        yield process, messages


def _pump(process: subprocess.Popen[bytes], messages: Messages) -> None:
    """Move lines from the pipe into the queue; an empty line says that there are no more."""
    if process.stdout:
        with process.stdout as lines:
            while line := lines.readline(_MOST_LINE):
                messages.put(line)
    messages.put(b"")


def _rows(process: subprocess.Popen[bytes], messages: Messages, progress: Progress, notes: list[str]) -> Iterator[Row]:
    count = done = total = 0
    told: set[str] = set()
    last = False
    while not last:
        line = _next_line(messages, progress, done, total)
        if not line.endswith(b"\n"):
            raise _ended(process, line)
        batch = _batch(line)
        done, total, last = batch.done, batch.total, batch.last
        notes += [note for note in batch.notes if note not in told]
        told.update(batch.notes)
        count += len(batch.rows)
        if count > MOST_ROWS + 1:
            raise _DiedError(TOO_LARGE)
        yield from batch.rows


class _Batch(NamedTuple):
    """Rows, how far the reading is, whether these are the last, and notes about the file."""

    rows: list[Row]
    done: int
    total: int
    last: bool
    notes: list[str]


def _batch(line: bytes) -> _Batch:
    """A line of the process. Nothing that it sends is taken on trust."""
    try:
        told = json.loads(line.decode("utf-8", "surrogatepass"))
        rows = [_row(*row) for row in told["rows"]]
        notes = [note for note in told["notes"] if note in (MERGED, FORMULAS, *ENCODINGS)]
        return _Batch(rows, int(told["done"]), int(told["of"]), bool(told["end"]), notes)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _DiedError(UNREADABLE) from None


def _row(number: int, cells: list[str], problem: str) -> Row:
    if type(number) is not int or type(cells) is not list or len(cells) > 2 * MOST_COLUMNS:
        raise TypeError
    "".join(cells)  # raises TypeError for anything but texts
    return number, cells, problem


def _ended(process: subprocess.Popen[bytes], rest: bytes) -> _DiedError:
    """Why there are no more lines: the process ended, or its line has no end."""
    if rest:
        return _DiedError(TOO_LARGE)
    try:
        return _DiedError(process.wait(timeout=SILENCE_SECONDS))
    except subprocess.TimeoutExpired:
        return _DiedError(TOO_LARGE)


def _next_line(messages: Messages, progress: Progress, done: int, total: int) -> bytes:
    waited = 0.0
    while waited < SILENCE_SECONDS:
        progress.step(done, max(done, total), _("Reading"))
        try:
            return messages.get(timeout=POLL_SECONDS)
        except queue.Empty:
            waited += POLL_SECONDS
    raise _DiedError(TOO_LARGE)
