"""Makes Qt's kinds of widgets and events known to Python a few at a time, so that the window never waits for them.

PySide makes Python's side of a kind when it is first met, and of all of them at once when it meets one that Qt keeps to
itself, such as the scroll bar's container in every list: a tenth of a second in one piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

_PAUSE = 10  # milliseconds
_AT_ONCE = 0.004  # seconds


def learn(parent: QtCore.QObject, then: Callable[[], object]) -> None:
    """Do it in small pieces from now on, and call `then` at the end."""
    kinds = _kinds()
    timer = QtCore.QTimer(parent)
    timer.setInterval(_PAUSE)

    def some() -> None:
        end = perf_counter() + _AT_ONCE
        for module, name in kinds:
            getattr(module, name)
            if perf_counter() > end:
                return
        timer.stop()
        timer.deleteLater()
        then()

    timer.timeout.connect(some)
    timer.start()


def _kinds() -> Iterator[tuple[ModuleType, str]]:
    for module in (QtWidgets, QtGui, QtCore):
        for name in dir(module):
            if name.startswith("Q"):
                yield module, name
