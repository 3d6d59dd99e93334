"""The process that prepares a long list, so that neither the window nor the writing waits for it.

It gets one Request on its standard input and answers with messages on its standard output, each as four bytes of
length and that many bytes of marshal (only Panoh's own processes talk so). What goes wrong is a message as well:
("failed", code, parameters) for an AppError, ("bug", where) for anything else. When whoever started it is gone, its
next message ends it.
"""

from __future__ import annotations

import gc
import importlib
import marshal
import threading
from pathlib import Path
from typing import IO, Any, BinaryIO

from panoh.base import logs, paths
from panoh.base.errors import AppError
from panoh.base.i18n import use_language
from panoh.base.progress import Progress, Reporting
from panoh.exchange.spreadsheets import Layout, read_rows

SIZE = 4  # bytes of the length before a message


def main(arguments: list[str]) -> int:
    """Answer one request; returns 0 when it was answered, whatever the answer."""
    del arguments
    paths.guard_process()
    gc.disable()  # what is made here goes as soon as it was sent; looking for cycles would take a fifth of the time
    with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as sink:
        asked = _receive(source)
        use_language(asked["language"])
        watch = Reporting(lambda done, of, what: send(sink, ("step", done, of, what)))
        try:
            _answer(asked, watch, sink)
        except AppError as error:
            send(sink, ("failed", error.code, error.params))
        except BrokenPipeError:
            return 1
        except Exception as error:  # its text may hold a person's data, so only where it happened is told
            send(sink, ("bug", logs.where(error)))
    return 0


def _answer(asked: dict[str, Any], watch: Progress, sink: BinaryIO) -> None:
    """Everything that preparing needs is loaded while the file is being parsed, which takes as long."""
    loading = threading.Thread(target=lambda: importlib.import_module("panoh.services.prepare").ready())
    loading.start()
    sheet = read_rows(Path(asked["path"]), watch, Layout(*asked["layout"]))
    loading.join()
    from panoh.services.prepare import Request, prepare

    for message in prepare(Request(**asked), sheet):
        send(sink, message)


def _receive(source: BinaryIO) -> dict[str, Any]:
    length = int.from_bytes(source.read(SIZE), "little")
    request: dict[str, Any] = marshal.loads(source.read(length))  # noqa: S302 - from the process that started this one
    return request


def send(sink: IO[bytes], message: Any) -> None:
    """Write one message."""
    content = marshal.dumps(message)
    sink.write(len(content).to_bytes(SIZE, "little"))
    sink.write(content)
    sink.flush()
