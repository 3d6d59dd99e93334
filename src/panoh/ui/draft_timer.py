"""When a draft is due: soon after the first change that no draft holds, or at once when one goes elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

DRAFT_AFTER = 1000  # milliseconds from the first change that no draft holds yet


class DraftTimer(QTimer):
    """Calls `due` once for each stretch of changes. `stop` says that no draft is due: it was kept, or all was saved."""

    def __init__(self, form: QWidget, due: Callable[[], object]) -> None:
        super().__init__(form)
        self.setSingleShot(True)
        self.setInterval(DRAFT_AFTER)
        self._due = due
        self.timeout.connect(due)

    def plan(self) -> None:
        """Something changed: a draft is due soon, however long the typing goes on."""
        if not self.isActive():
            self.start()

    def at_once(self) -> None:
        """The form is left: what no draft holds yet goes into one now."""
        if self.isActive():
            self.stop()
            self._due()
