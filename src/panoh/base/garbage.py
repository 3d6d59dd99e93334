"""Python's search for cycles of objects: when nothing may look for them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_held = 0


@contextmanager
def no_pauses() -> Iterator[None]:
    """Inside, Python looks for no cycles of objects: with a window in the same process that takes a tenth of a second
    each time, during which the window stands still, and the rows of a list make none."""
    global _held  # noqa: PLW0603  # of the whole process, as the collector is
    was = gc.isenabled()
    gc.disable()
    _held += 1
    try:
        yield
    finally:
        _held -= 1
        if was:
            gc.enable()


def is_held() -> bool:
    """Whether anybody asked for no pauses."""
    return _held > 0
