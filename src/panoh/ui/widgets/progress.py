"""Long work: what is done, what is left, and Cancel. Shown only after 400 ms, so that short work does not flash."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.ui.accessibility import announce, set_accessible_role
from panoh.ui.tasks import Task
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import ToneBox

_PATIENCE = 400  # milliseconds


class ProgressPanel(ToneBox):
    """A panel across the page for one task at a time: `watch(task, title)`."""

    def __init__(self) -> None:
        super().__init__("info")
        set_accessible_role(self, QAccessible.Role.ProgressBar)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._task: Task | None = None
        self._title = plain_label("", "bold")
        self._words = plain_label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self.cancel_button = KeyButton(_("Cancel"), self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self._appear)
        column = QVBoxLayout()
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._words, 1)
        column.addLayout(head)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(16)
        row.addLayout(column, 1)
        row.addWidget(self.cancel_button)
        self.hide()

    def watch(self, task: Task, title: str) -> None:
        """Follow this task until it ends."""
        if task.ended:
            return
        self._task = task
        self._title.setText(title)
        self._words.setText("")
        self._bar.setRange(0, 0)
        self.cancel_button.set_words(_("Cancel"))
        self.setAccessibleName(title)
        task.watch(self.show_step, lambda: self._end(task))
        self._timer.start()

    def show_step(self, done: int, total: int, what: str) -> None:
        """Show how much is done and how much is left."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        words = _("{done} of {total} done, {left} left").format(
            done=number(done), total=number(total), left=number(max(total - done, 0))
        )
        said = _("{what}: {words}").format(what=what, words=words) if what else words
        self._words.setText(said)
        self.setAccessibleDescription(said)

    def _appear(self) -> None:
        self.show()
        announce(self, self._title.text())

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()
            self.cancel_button.set_words(_("Stopping…"))

    def _end(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self._timer.stop()
            self.hide()
