"""A small form over a screen: a few fields, a button that does it and one that leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.ui import errors
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.control_values import read, write
from panoh.ui.widgets.form import Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Page, scrolled

_WIDE, _LOW = 640, 240  # pixels at 100 % text
_MARGIN = 40  # pixels left of the window's height


class SmallForm(QDialog):
    """A few fields with a button that does it and one that leaves it. `wanted` carries the values by key.

    It stays open until the presenter accepts it, so that problems can be told in it.
    """

    wanted = Signal(dict)

    def __init__(self, parent: QWidget, title: str, words: str, act: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Panoh"))  # the system lists window titles, and `title` may hold a name
        self.setAccessibleName(title)
        self.done_with = self.given_up = False
        self.offer = NoteBar(tone="info", icon="state.draft", closable=True)
        self.note = NoteBar(tone="error", icon="state.error")
        self.form = Form()
        self.act = KeyButton(act, lambda: self.wanted.emit(self.values()), kind="main", keys="Ctrl+Enter")
        inside = Page()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(plain_label(title, "title bold", wrap=True))
        if words:
            column.addWidget(plain_label(words, wrap=True))
        column.addWidget(self.offer)
        column.addWidget(self.note)
        column.addWidget(self.form)
        column.addStretch()
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 16)
        row.setSpacing(8)
        row.addWidget(self.act)
        self.leave = KeyButton(_("Cancel"), self.reject)
        row.addWidget(self.leave)
        row.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._area = scrolled(inside)
        self._area.verticalScrollBar().rangeChanged.connect(self._grow)
        outer.addWidget(self._area)
        outer.addLayout(row)
        self._inside, self._row = column, row
        self.take_room(_WIDE)

    def take_room(self, wide: int, high: int = _LOW) -> None:
        """Be as wide as this and at least so high, in pixels at 100 % text, as far as the window has room; large text needs
        as much more. Once it shows it is as high as what stands in it, and grows with it: what is told in it is seen."""
        self.resize(QSize(look().grown(wide), look().grown(high)).boundedTo(self._room()))

    def _room(self) -> QSize:
        return (self.parentWidget() or self).window().size() - QSize(0, _MARGIN)

    def _fit(self) -> None:
        self._inside.activate()
        high = self._inside.totalHeightForWidth(self.width()) + self._row.sizeHint().height()
        self.resize(self.width(), min(max(high, self.height()), self._room().height()))

    def _grow(self, _least: int, hidden: int) -> None:
        if hidden and self.isVisible():
            QTimer.singleShot(0, self, self._fit_and_stay)

    def _fit_and_stay(self) -> None:
        """Be high enough, and move up where it would go out of its window."""
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # beside it, words need more lines
        self._fit()
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        window = (self.parentWidget() or self).window().geometry()
        over = self.geometry().bottom() - window.bottom()
        if over > 0:
            self.move(self.x(), self.y() - over)

    def showEvent(self, event: QShowEvent) -> None:
        """One that only asks whether it is to be done begins on the button that does nothing."""
        if not event.spontaneous():
            self._fit()
        super().showEvent(event)
        if not self.form.rows:
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Put the keys into the first field."""
        for row in self.form.rows.values():
            row.take_focus()
            break

    def done(self, result: int) -> None:
        """Leave it. Whoever does so while it shows, and nothing was done, gives up what stands in it; a lock hides it first."""
        self.done_with = True
        self.given_up = self.isVisible() and result != QDialog.DialogCode.Accepted
        super().done(result)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: read(row.control) for key, row in self.form.rows.items()}

    def set_value(self, key: str, value: str) -> None:
        """Put a value in."""
        write(self.form.rows[key].control, value)

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Tell what cannot be kept."""
        self.form.show_problems(problems)

    def fail(self, error: AppError) -> None:
        """Tell why it was not done."""
        errors.tell(self.note, error)
