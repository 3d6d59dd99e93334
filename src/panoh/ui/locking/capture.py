"""Keeping the window out of pictures of the screen, where the system can do that: Windows and macOS.

Off unless it is switched on: a screen magnifier and a shared screen show nothing of such a window either.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow

LeaveOut = Callable[[int, bool], object]


def offered() -> bool:
    """Whether this system can do it."""
    return sys.platform in ("win32", "darwin")


def _by_system() -> LeaveOut:
    if sys.platform == "win32":
        from panoh.ui.locking.windows import leave_out_of_pictures
    else:
        from panoh.ui.locking.mac import leave_out_of_pictures
    return leave_out_of_pictures


class CaptureGuard(QObject):
    """Guards every window of the application, also dialogs and lists that open later, as long as it is on."""

    def __init__(self, app: QGuiApplication, parent: QObject, leave_out: LeaveOut | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._leave_out = leave_out or (_by_system() if offered() else None)
        self._on = False

    def set_on(self, on: bool) -> None:
        """Guard from now on, or no longer."""
        if self._leave_out is None or on == self._on:
            return
        self._on = on
        if on:
            self._app.installEventFilter(self)  # only then: it sees every event
        else:
            self._app.removeEventFilter(self)
        for window in self._app.topLevelWindows():
            if window.isVisible():
                self._leave_out(int(window.winId()), on)

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """A window shows: guard it before it is painted."""
        if self._leave_out and event.type() == QEvent.Type.Show and isinstance(target, QWindow) and target.isTopLevel():
            self._leave_out(int(target.winId()), True)
        return False
