"""Python's search for cycles of objects, on the window's own thread alone.

By itself it begins in whatever thread makes objects, so on the worker too, and what it finds may be widgets: a dialog and
the functions that it calls know each other. A widget that is deleted beside its own thread brings the process down, now or
later. (Known of every Qt for Python; calibre and novelWriter look by a timer too.)
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from panoh.base import garbage

_EVERY = 1000  # milliseconds


def collect_here(parent: QObject) -> None:
    """From now on look from time to time, by the measures that Python goes by itself; never among what was loaded so far."""
    gc.freeze()
    timer = QTimer(parent)
    timer.setInterval(_EVERY)
    timer.timeout.connect(_look)
    timer.start()


def _look() -> None:
    if garbage.is_held():
        return
    for generation in (2, 1, 0):  # the eldest that is due: it takes the younger ones with it
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
