"""The find box in the top bar: a person, a number, an action. Ctrl+K from anywhere, all of it by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QSizePolicy, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.ui.accessibility import announce
from panoh.ui.icons import paint_icon
from panoh.ui.shell.results import Found, Index, ResultDelegate, Results
from panoh.ui.style_paint import outline
from panoh.ui.theme import look

__all__ = ["FindBox", "Found"]

_PAUSE = 150  # milliseconds after the last key before the question is asked
_MOST_ROWS = 12
_LIST_WIDTH = 800  # pixels, where the window has them: a name, an age, two numbers and a place


class FindBox(QLineEdit):
    """Emits `asked` a moment after typing stops; `show_results` opens the list; Enter emits `chosen` with its target.

    Enter pressed before the answer came, as a scanner does, opens the first result when it comes.
    """

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Find a person, a number, an action"))
        self.setAccessibleName(_("Find a person, a number, an action"))
        self.setAccessibleDescription("Ctrl+K")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._came_from: QWidget | None = None
        self._answered = ""
        self._open_first = False
        self._results = Results()
        self._list = QListView()
        self._list.setModel(self._results)
        self._list.setItemDelegate(ResultDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(_("Results"))
        self._list.setFrameShape(QFrame.Shape.Box)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._choose)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)
        look().changed.connect(self._measure)
        self._measure()
        self.destroyed.connect(self._list.deleteLater)  # it lies over the window and would outlive a lock

    def start(self) -> None:
        """Take the focus from wherever it is, to find something."""
        focus = self.window().focusWidget()
        if focus is not self:
            self._came_from = focus
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def show_results(self, query: str, results: Sequence[Found]) -> None:
        """Show what was found for this query; an answer to an older one is passed over."""
        if query != self.text().strip() or not query:
            return
        self._answered = query
        self._results.show(results)
        announce(self, ngettext("{n} result", "{n} results", len(results)).format(n=len(results)))
        if self._open_first and results:
            self._open_first = False
            self._finish(results[0].target)
            return
        self._place()
        self._step(1)

    def results(self) -> list[Found]:
        """What the list shows."""
        return [row for row in self._results.rows if isinstance(row, Found)]

    def is_open(self) -> bool:
        """Whether the list of results is open."""
        return self._list.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go through the results, Enter opens, Escape goes back to where one was."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.is_open():
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._close()
            self.clear()
            if self._came_from is not None and self._came_from.isVisible():
                self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list closes when one goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._list.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, the glass before it, and the keys that lead here."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = look().size("icon.sizes.text")
        mirrored = self._mirrored()
        icon = QRectF(8, 0, side, self.height())
        if mirrored:
            icon.moveRight(self.width() - 8)
        paint_icon(painter, icon, "action.find", look().colour("text"))
        if not self.text():
            font = look().font("small")
            wide = QFontMetrics(font).horizontalAdvance("Ctrl+K") + 12
            high = look().line_height("small") + 4
            left = 8 if mirrored else self.width() - wide - 8
            box = QRectF(left, (self.height() - high) / 2, wide, high)
            outline(painter, box, look().colour("divider"), 1, 4, look().colour("button"))
            painter.setFont(font)
            painter.setPen(look().colour("secondary"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "Ctrl+K")

    def _typed(self, text: str) -> None:
        self._open_first = False
        if text.strip():
            self._pause.start()
        else:
            self._close()

    def _ask(self) -> None:
        self._pause.stop()
        if self.text().strip():
            self.asked.emit(self.text().strip())

    def _enter(self) -> None:
        if self.text().strip() == self._answered and self.is_open():
            self._choose(self._list.currentIndex())
        elif self.text().strip():
            self._open_first = True
            self._ask()

    def _choose(self, index: Index) -> None:
        row = self._results.rows[index.row()] if index.isValid() else None
        if isinstance(row, Found):
            self._finish(row.target)

    def _finish(self, target: object) -> None:
        self._close()
        self.clear()
        self.chosen.emit(target)

    def _close(self) -> None:
        self._pause.stop()
        self._open_first = False
        self._answered = ""
        self._list.hide()

    def _step(self, by: int) -> None:
        count = len(self._results.rows)
        at = self._list.currentIndex().row()
        for _try in range(count):
            at = (at + by) % count
            if isinstance(self._results.rows[at], Found):
                self._list.setCurrentIndex(self._results.index(at))
                announce(self, str(self._results.data(self._results.index(at))))
                return

    def _place(self) -> None:
        """Lay the list over the page, under the box: a child of the window, so that the focus stays here."""
        if not self._results.rows:
            self._list.hide()
            return
        self._list.setParent(self.window())
        heights = [self._list.sizeHintForRow(row) for row in range(min(len(self._results.rows), _MOST_ROWS))]
        under = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        height = min(sum(heights) + 4, self.window().height() - under.y() - 16)
        widest = min(look().grown(_LIST_WIDTH), self.window().width() - under.x() - 16)
        width = max(self.width(), widest)
        x = under.x() if not self._mirrored() else max(16, under.x() + self.width() - width)
        self._list.setGeometry(x, under.y(), width, height)
        self._list.show()
        self._list.raise_()

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _measure(self) -> None:
        wide = QFontMetrics(look().font("small")).horizontalAdvance("Ctrl+K") + 16
        side = look().size("icon.sizes.text")
        margins = (wide, 0, side + 4, 0) if self._mirrored() else (side + 4, 0, wide, 0)
        self.setTextMargins(*margins)
        self.setMaximumWidth(look().grown(560) if not look().large else look().grown(320))
        self.setMinimumWidth(160)
