"""What this process opened to write while it was watched: a file that was removed again is not found on a disk."""

from __future__ import annotations

import os
import sys
from typing import Any

_written: list[str] = []
_watching: list[bool] = []


def _hook(
    event: str, arguments: tuple[Any, ...], *, watching: list[bool] = _watching, written: list[str] = _written
) -> None:
    """It stays until the interpreter ends, and finds no globals then."""
    if not watching or event != "open" or not isinstance(arguments[0], str) or not isinstance(arguments[2], int):
        return
    if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        written.append(arguments[0])


def begin() -> list[str]:
    """Watch from now on; the list that grows."""
    _written.clear()
    sys.addaudithook(_hook)
    _watching.append(True)
    return _written


def end() -> None:
    """Watch no more."""
    _watching.clear()
