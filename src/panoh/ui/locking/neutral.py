"""The page that tells nothing: an empty sheet over everything while the vault is being locked, or until a key is pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.widgets.labels import plain_label

DEAF_FOR = 1000  # milliseconds: keys of whoever pressed Shift in a hurry
_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock)


class NeutralPage(QWidget):
    """An empty sheet, with the title of an ordinary page of notes when it is to stay.

    Then the first key, which nothing else gets, calls `on_key`.
    """

    def __init__(self, on_key: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._on_key = on_key
        self._since = QElapsedTimer()
        self._since.start()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 40, 48, 40)
        if on_key is not None:
            title = _("Notes")
            self.setAccessibleName(title)
            column.addWidget(plain_label(title, "name bold"))
            shortcuts().watch(self._take, self)
        column.addStretch()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing but ground, whatever lies below."""
        QPainter(self).fillRect(self.rect(), look().colour("window"))

    def _take(self, _target: QObject, event: QEvent) -> bool:
        """Every key ends here; one that is pressed alone, and not in the first second, leads on."""
        if not isinstance(event, QKeyEvent):
            return False
        pressed = event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat() and event.key() not in _ALONE
        if pressed and self._on_key is not None and self._since.elapsed() > DEAF_FOR:
            on_key, self._on_key = self._on_key, None
            shortcuts().unwatch(self)
            on_key()
        return True
