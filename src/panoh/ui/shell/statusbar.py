"""The bar at the bottom: saved, vault, backup, drafts, language. Each says its state in words and opens its screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStatusBar

from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton

_AROUND = 5  # what QStatusBar keeps above and below its items


class StatusBar(QStatusBar):
    """States by key: `set_state("saved", "state.saved", _("Saved 14:02"), open_drafts)`."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self._items: dict[str, KeyButton] = {}

    def set_state(
        self,
        key: str,
        icon: str,
        words: str,
        on_click: Callable[[], object] | None = None,
        *,
        at_end: bool = False,
        first: bool = False,
    ) -> None:
        """Show a state; the first time gives its place, its icon and what a click opens. Without words it is not shown."""
        if key in self._items:
            self._items[key].set_words(words, icon)
            self._items[key].setVisible(bool(words))
            return
        if not words:
            return
        item = KeyButton(words, on_click, icon=icon, kind="flat", size="small")
        self._items[key] = item
        if at_end:
            self.addPermanentWidget(item)
        elif first:
            self.insertWidget(0, item)
        else:
            self.addWidget(item)

    def words(self, key: str) -> str:
        """What stands there now; '' when there is nothing of this key."""
        return self._items[key].text() if key in self._items else ""

    def sizeHint(self) -> QSize:
        """As high as the tokens say, or as the text needs."""
        return QSize(
            super().sizeHint().width(), max(look().size("frame.status"), look().control_height("small") + _AROUND)
        )

    def minimumSizeHint(self) -> QSize:
        """States may be cut at the end of the bar rather than widen the window."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line above the bar."""
        QPainter(self).fillRect(QRect(0, 0, self.width(), 1), look().colour("divider"))
