"""Gets the rows of an xlsx file from a process of its own (reader.py): a second engine when the first one dies."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.exchange import reader

ENGINES = ("calamine", "openpyxl")
SILENCE_SECONDS = 120.0  # a process that says nothing for so long is ended
_POLL_SECONDS = 0.1
_MOST_LINE = 64 << 20  # bytes; the process sends far less at a time

Row = tuple[int, list[str]]


class _DiedError(Exception):
    """The process ended before it had sent everything; `code` is its exit code."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


def read_workbook(path: Path, progress: Progress) -> Iterator[Row]:
    """The rows of the first visible sheet with their numbers, the column names first.

    Raises AppError('file.too_large') or AppError('file.unreadable') when no engine can read the file within its limits.
    """
    failure = reader.UNREADABLE
    for engine in ENGINES:
        started = False
        try:
            for row in _read_with(engine, path, progress):
                started = True
                yield row
        except _DiedError as death:
            failure = death.code
            if started or failure == reader.TOO_LARGE:
                break
        else:
            return
    code = "file.unreadable" if failure == reader.UNREADABLE else "file.too_large"
    raise AppError(code, kind="xlsx", name=path.name)


def _command(engine: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, reader.ARGUMENT, engine]
    return [sys.executable, "-I", str(Path(reader.__file__).resolve()), engine]


def _read_with(engine: str, path: Path, progress: Progress) -> Iterator[Row]:
    with path.open("rb") as file, _running(engine, file) as (process, messages):
        yield from _rows(process, messages, progress)


@contextlib.contextmanager
def _running(engine: str, file: BinaryIO) -> Iterator[tuple[subprocess.Popen[bytes], queue.Queue[bytes]]]:
    """The reading process and the lines that it sends; whatever happens, it is gone afterwards."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PANOH_")}
    process = subprocess.Popen(
        _command(engine),
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    messages: queue.Queue[bytes] = queue.Queue(maxsize=4)
    pump = threading.Thread(target=_pump, args=(process, messages), name="panoh-workbook", daemon=True)
    pump.start()
    try:
        yield process, messages
    finally:
        process.kill()
        while pump.is_alive():  # it may wait for room in the queue
            with contextlib.suppress(queue.Empty):
                messages.get(timeout=_POLL_SECONDS)
        process.wait()


def _pump(process: subprocess.Popen[bytes], messages: queue.Queue[bytes]) -> None:
    """Move lines from the pipe into the queue; an empty line says that there are no more."""
    if process.stdout:
        with process.stdout as lines:
            while line := lines.readline(_MOST_LINE):
                messages.put(line)
    messages.put(b"")


def _rows(process: subprocess.Popen[bytes], messages: queue.Queue[bytes], progress: Progress) -> Iterator[Row]:
    done = total = 0
    last = False
    while not last:
        line = _next_line(messages, progress, done, total)
        if not line.endswith(b"\n"):
            raise _ended(process, line)
        rows, total, last = _batch(line)
        done += len(rows)
        yield from rows


def _batch(line: bytes) -> tuple[list[Row], int, bool]:
    """Rows, how many are expected, and whether these are the last. Nothing that the process sends is taken on trust."""
    try:
        message = json.loads(line)
        rows = [(int(number), [str(cell) for cell in cells]) for number, cells in message["rows"]]
        return rows, int(message["of"]), bool(message["end"])
    except (ValueError, TypeError, KeyError):
        raise _DiedError(reader.UNREADABLE) from None


def _ended(process: subprocess.Popen[bytes], rest: bytes) -> _DiedError:
    """Why there are no more lines: the process ended, or its line has no end."""
    if rest:
        return _DiedError(reader.TOO_LARGE)
    try:
        return _DiedError(process.wait(timeout=SILENCE_SECONDS))
    except subprocess.TimeoutExpired:
        return _DiedError(reader.TOO_LARGE)


def _next_line(messages: queue.Queue[bytes], progress: Progress, done: int, total: int) -> bytes:
    waited = 0.0
    while waited < SILENCE_SECONDS:
        progress.step(done, max(done, total), _("Reading"))
        try:
            return messages.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            waited += _POLL_SECONDS
    raise _DiedError(reader.TOO_LARGE)
