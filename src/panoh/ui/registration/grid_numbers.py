"""The numbers beside the rows of the grid, and the line under them that says how to go on."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QPushButton, QSizePolicy, QWidget

from panoh.ui.theme import look

WIDTH = 32  # at 100 % text
LEAD = 16  # before the text of the first column


class RowNumbers(QHeaderView):
    """Numbers in the secondary colour on the ground of the table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough for three digits."""
        return QSize(look().grown(WIDTH), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """One number and the line under its row."""
        painter.save()
        painter.fillRect(rect, look().colour("base"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().colour("divider"))
        painter.setFont(look().font())
        painter.setPen(look().colour("secondary"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -4, 0), flags, str(logical + 1))
        painter.restore()


class NextRow(QPushButton):
    """The number of the next row and how to begin it. A click begins it too; keys have Enter in the grid."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._number = 0

    def set_next(self, number: int, words: str) -> None:
        """Show this number, counted from 1, and these words."""
        self._number = number
        self.setText(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a row."""
        return QSize(0, look().size("row.grid"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The number in the column of the numbers, the words in that of the names."""
        painter = QPainter(self)
        painter.setFont(look().font())
        painter.setPen(look().colour("secondary"))
        numbers = QRect(0, 0, look().grown(WIDTH), self.height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(numbers.adjusted(0, 0, -4, 0), flags, str(self._number))
        words = self.rect().adjusted(numbers.width() + LEAD, 0, -8, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
