"""A search box over a list: Down and Enter go on into it, Escape empties the box, a pause in typing searches."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

SEARCH_AFTER = 250  # milliseconds without a key


class SearchEdit(QLineEdit):
    """The search box: `left` and `entered` tell that the keys go on into the list."""

    left = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the box; Down goes into the list, Enter opens its first row."""
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def pausing(box: QLineEdit, search: Callable[[str], object]) -> QTimer:
    """Search for what stands in the box a moment after the last key; the timer can be stopped."""
    pause = QTimer(box)
    pause.setSingleShot(True)
    pause.setInterval(SEARCH_AFTER)
    pause.timeout.connect(lambda: search(box.text().strip()))
    box.textChanged.connect(lambda _text: pause.start())
    return pause
