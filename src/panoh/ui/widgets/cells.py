"""Cells of tables: what stands in one, and the one delegate that paints them all."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from panoh.ui.icons import paint_icon
from panoh.ui.theme import look
from panoh.ui.widgets.level import level_word, paint_level

CELL = Qt.ItemDataRole.UserRole + 1
_PADDING = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    `level` paints a level's chip instead of text. `icon` stands before the text. `tone` is '', 'secondary', 'bold',
    'error' (bold too). `below` is a second, small line; with `wrap` the text itself takes two lines instead.
    `right` puts it right, for numbers and durations. `spoken` is for screen readers where the text alone is short.
    """

    text: str = ""
    below: str = ""
    icon: str = ""
    level: str = ""
    tone: str = ""
    right: bool = False
    wrap: bool = False
    link: bool = False
    spoken: str = ""

    def words(self) -> str:
        """What a screen reader says."""
        if self.spoken:
            return self.spoken
        if self.level:
            return level_word(self.level)
        return ", ".join(part for part in (self.text, self.below) if part)


def _is_first(table: QWidget | None, column: int) -> bool:
    """Whether no column shows before this one."""
    if not isinstance(table, QTableView):
        return column == 0
    return all(table.isColumnHidden(before) for before in range(column))


class CellDelegate(QStyledItemDelegate):
    """Paints cells, the line under each row, and the selected row with its accent edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Heights and widths are the table's, not the cell's."""
        return QSize(0, 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        rect: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look().colour("selection"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().colour("divider"))
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        first = _is_first(option.widget, index.column())
        if selected and first:
            edge = look().size("line.edge")
            left = rect.right() + 1 - edge if mirrored else rect.left()
            painter.fillRect(QRect(left, rect.top(), edge, rect.height()), look().colour("accent"))
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return
        lead = 16 if first else _PADDING
        inside = rect.adjusted(_PADDING if mirrored else lead, 0, -(lead if mirrored else _PADDING), -1)
        if cell.level:
            paint_level(painter, inside, cell.level)
        else:
            self._paint_text(painter, inside, cell, selected, mirrored)

    def _paint_text(self, painter: QPainter, rect: QRect, cell: Cell, selected: bool, mirrored: bool) -> None:
        colour = _colour(cell, selected)
        if cell.icon:
            side = look().size("icon.sizes.text")
            at = rect.right() + 1 - side if mirrored else rect.left()
            paint_icon(painter, QRectF(at, rect.top(), side, rect.height()), cell.icon, colour)
            rect = rect.adjusted(0, 0, -side - 8, 0) if mirrored else rect.adjusted(side + 8, 0, 0, 0)
        font = look().font(bold=cell.tone in ("bold", "error"))
        font.setUnderline(cell.link)
        painter.setFont(font)
        painter.setPen(look().colour("link") if cell.link else colour)
        side_flag = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        flags = QStyle.visualAlignment(painter.layoutDirection(), side_flag) | Qt.AlignmentFlag.AlignVCenter
        if cell.wrap:
            self._paint_two_lines(painter, rect, cell.text, flags)
            return
        if cell.below:
            small = look().line_height("small")
            height = look().line_height() + small - 2
            top = rect.top() + (rect.height() - height) // 2
            self._paint_line(painter, QRect(rect.left(), top, rect.width(), look().line_height()), cell.text, flags)
            painter.setFont(look().font("small"))
            painter.setPen(look().colour("text" if selected else "secondary"))
            rect = QRect(rect.left(), top + height - small, rect.width(), small)
            self._paint_line(painter, rect, cell.below, flags)
        else:
            self._paint_line(painter, rect, cell.text, flags)

    @staticmethod
    def _paint_line(painter: QPainter, rect: QRect, text: str, flags: Qt.AlignmentFlag) -> None:
        metrics = painter.fontMetrics()  # what fits whole is not elided: the two measure by fractions of a pixel
        whole = metrics.horizontalAdvance(text) <= rect.width()
        elided = text if whole else metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(flags | Qt.TextFlag.TextSingleLine), elided)

    def _paint_two_lines(self, painter: QPainter, rect: QRect, text: str, flags: Qt.AlignmentFlag) -> None:
        """Break the text once at a word; the second line ends in an ellipsis where it must."""
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(text) <= rect.width():
            self._paint_line(painter, rect, text, flags)
            return
        first: list[str] = []
        words = text.split()
        while words and metrics.horizontalAdvance(" ".join([*first, words[0]])) <= rect.width():
            first.append(words.pop(0))
        step = metrics.height() - 1
        top = rect.top() + (rect.height() - 2 * step) // 2
        self._paint_line(painter, QRect(rect.left(), top, rect.width(), step), " ".join(first or words), flags)
        if first:
            self._paint_line(painter, QRect(rect.left(), top + step, rect.width(), step), " ".join(words), flags)


def _colour(cell: Cell, selected: bool) -> QColor:
    if cell.tone == "error":
        return look().colour("error")
    if cell.tone == "secondary":
        return look().colour("text" if selected else "secondary")
    return look().colour("selection_text" if selected else "text")
