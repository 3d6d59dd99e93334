"""The numbers beside the rows of the grid."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from panoh.ui.theme import look

WIDTH = 40  # at 100 % text


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
        painter.drawText(rect.adjusted(0, 0, -8, 0), flags, str(logical + 1))
        painter.restore()
