"""Work of the window's own thread in pieces, between which the window lives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6 import QtCore, QtGui, QtWidgets

_AT_ONCE = 0.004  # seconds


def in_pieces(
    parent: QtCore.QObject, work: Iterator[object], then: Callable[[], object] | None = None, *, pause: int = 0
) -> None:
    """Go on with `work` from one `yield` to the next, for a moment each time, as long as `parent` lives; then `then`.

    `pause` is the time between two moments, in milliseconds.
    """
    timer = QtCore.QTimer(parent)
    timer.setInterval(pause)

    def some() -> None:
        end = perf_counter() + _AT_ONCE
        for _piece in work:
            if perf_counter() > end:
                return
        timer.stop()
        timer.deleteLater()
        if then is not None:
            then()

    timer.timeout.connect(some)
    timer.start()


def qt_kinds() -> Iterator[object]:
    """Make each of Qt's kinds known to Python.

    PySide makes Python's side of a kind when it is first met, and of all related ones at once when it meets one that Qt
    keeps to itself, such as the scroll bars' container in every list: a tenth of a second in one piece.
    """
    for module in (QtWidgets, QtGui, QtCore):
        for name in dir(module):
            if name.startswith("Q"):
                yield getattr(module, name)
