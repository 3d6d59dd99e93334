"""A box for a text of several lines that is typed off a paper: Enter ends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from panoh.ui.theme import look


class TextBox(QPlainTextEdit):
    """`entered` tells that Enter was pressed; Tab leaves it. As high as `lines` lines."""

    entered = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        look().changed.connect(self._measure)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes no new line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        self.setFixedHeight(self._lines * look().line_height() + 16)
