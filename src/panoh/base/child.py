"""The program started once more, for work that belongs into a process of its own.

From source that is the interpreter with this package; an installed build starts itself again with ARGUMENT first, so
both programs pass that on before anything else:

    if child.asked(argv):
        sys.exit(child.run(argv))

A child talks over its standard input and output. It is told nothing by its arguments or its environment that must
not be seen by other programs of this computer.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

ARGUMENT = "--child"
POLL_SECONDS = 0.1  # between two looks whether the child has said anything
_WAITING = 16  # messages
Messages = queue.Queue[bytes]
# Each has main(arguments) -> int.
MODULES = frozenset({"panoh.exchange.reader", "panoh.exchange.picture_reader", "panoh.services.preparer"})


def asked(argv: Sequence[str]) -> bool:
    """Whether these arguments of a program ask for a child."""
    return bool(argv) and argv[0] == ARGUMENT


def run(argv: Sequence[str]) -> int:
    """Be the child that the arguments ask for; returns its exit code, 2 for one that is none."""
    if len(argv) < 2 or argv[1] not in MODULES:
        return 2
    return int(importlib.import_module(argv[1]).main(list(argv[2:])))


def command(module: str, *arguments: str) -> list[str]:
    """How to start the child."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT, module, *arguments]
    source = str(Path(__file__).resolve().parents[2])
    code = (
        f"import sys; sys.path.insert(0, {source!r}); from panoh.base import child; sys.exit(child.run(sys.argv[1:]))"
    )
    return [sys.executable, "-I", "-c", code, ARGUMENT, module, *arguments]


def start(command_line: list[str], source: BinaryIO | int) -> subprocess.Popen[bytes]:
    """Start a child with this standard input; what it says goes into a pipe, what it complains about nowhere."""
    options: dict[str, Any] = {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PANOH_")}
    return subprocess.Popen(
        command_line,
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        **options,
    )


@contextlib.contextmanager
def heard(process: subprocess.Popen[bytes], pump: Callable[[Messages], object]) -> Iterator[Messages]:
    """What a child says: `pump` moves it into the queue, on a thread of its own. Whatever happens, the child is gone afterwards."""
    messages: Messages = queue.Queue(maxsize=_WAITING)
    listening = threading.Thread(target=pump, args=(messages,), name="panoh-child", daemon=True)
    listening.start()
    try:
        yield messages
    finally:
        process.kill()
        while listening.is_alive():  # it may wait for room in the queue
            with contextlib.suppress(queue.Empty):
                messages.get(timeout=POLL_SECONDS)
        process.wait()
