"""Gets the messages of `prepare` from a process of its own, or, for a short list, straight from it."""

from __future__ import annotations

import contextlib
import marshal
import os
import queue
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from panoh.base import child, logs
from panoh.base.child import POLL_SECONDS, Messages
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.exchange.spreadsheets import Layout, read_rows
from panoh.services import preparer
from panoh.services.prepare import Message, Request, prepare

SHORT_CSV, SHORT_WORKBOOK = 200_000, 40_000  # bytes; about a thousand people, which are prepared in a moment
_ZIP = b"PK"


class PreparerError(Exception):
    """The process failed or ended in a way that is a bug; where is in the log."""


def messages(asked: Request, watch: Progress) -> Iterator[Message]:
    """The messages but for the steps, which go to `watch`. Raises what `prepare` raises, and PreparerError.

    Whatever happens, the process is gone afterwards.
    """
    if _is_short(Path(asked.path)):
        yield from prepare(asked, read_rows(Path(asked.path), watch, Layout(*asked.layout)))
        return
    with _running(asked) as (process, received):
        step = (0, 0, _("Reading"))
        while True:
            watch.step(*step)
            try:
                content = received.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            message = _message(content, process)
            if message[0] == "step":
                step = (int(message[1]), int(message[2]), str(message[3]))
                continue
            yield message
            if message[0] == "done":
                return


def _message(content: bytes, process: subprocess.Popen[bytes]) -> Message:
    if not content:
        logs.note("bug", kind="preparer", code=f"ended with {process.wait()}")
        raise PreparerError
    message: Message = marshal.loads(content)  # noqa: S302 - from the process that this one started
    if message[0] == "failed":
        raise AppError(message[1], **message[2])
    if message[0] == "bug":
        logs.note("bug", kind="preparer", error=message[1])
        raise PreparerError
    return message


def _is_short(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            beginning, size = file.read(2), os.fstat(file.fileno()).st_size
    except OSError:
        return True  # told by whoever reads it
    return size < (SHORT_WORKBOOK if beginning == _ZIP else SHORT_CSV)


@contextlib.contextmanager
def _running(asked: Request) -> Iterator[tuple[subprocess.Popen[bytes], Messages]]:
    process = child.start(child.command(preparer.__name__), subprocess.PIPE)
    with child.heard(process, partial(_pump, process, asked)) as received:
        yield process, received


def _pump(process: subprocess.Popen[bytes], asked: Request, received: Messages) -> None:
    """Hand over the request, then move messages from the pipe into the queue; an empty one says that there are no more."""
    source, sink = process.stdout, process.stdin
    if source is None or sink is None:
        raise AssertionError
    with source, contextlib.suppress(OSError):
        with sink:
            preparer.send(sink, asked.plain())
        while length := int.from_bytes(source.read(preparer.SIZE), "little"):
            content = source.read(length)
            if len(content) < length:
                break
            received.put(content)
    received.put(b"")
