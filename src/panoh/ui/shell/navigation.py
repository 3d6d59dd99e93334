"""The navigation: one row for each area, with its icon, its word and the number of what is overdue there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.ui.icons import paint_icon
from panoh.ui.shell.screen import Area
from panoh.ui.style_paint import outline
from panoh.ui.theme import look

_MARGIN = 8
Index = QModelIndex | QPersistentModelIndex


class _Areas(QAbstractListModel):
    """The areas with their numbers; `chosen` is the one on the screen."""

    def __init__(self, areas: Sequence[Area]) -> None:
        super().__init__()
        self.areas = tuple(areas)
        self.overdue: dict[str, int] = {}
        self.chosen = ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.areas)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        area = self.areas[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return area.word
        if role == Qt.ItemDataRole.AccessibleTextRole:
            overdue = self.overdue.get(area.key, 0)
            return _("{area}, {n} overdue").format(area=area.word, n=number(overdue)) if overdue else area.word
        return None

    def refresh(self) -> None:
        """Numbers or the chosen area changed."""
        self.dataChanged.emit(self.index(0), self.index(len(self.areas) - 1))


class _RowDelegate(QStyledItemDelegate):
    """Paints an area: side by side, or at large text the icon above the word."""

    def __init__(self, view: Navigation) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._view.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._view.areas
        area = model.areas[index.row()]
        chosen = area.key == model.chosen
        margin = 4 if look().large else _MARGIN
        rect = option.rect.adjusted(margin, 0, -margin, 0)
        if chosen:
            outline(painter, rect, QColor(), 0, look().size("radius.control"), look().colour("selection"))
            edge = QRect(rect.left(), rect.top() + 8, look().size("line.edge"), rect.height() - 16)
            if self._mirrored():
                edge.moveRight(rect.right())
            outline(painter, edge, QColor(), 0, 2, look().colour("accent"))
        if self._view.hasFocus() and index == self._view.currentIndex():
            outline(painter, rect, look().colour("focus"), look().size("line.focus"), look().size("radius.control"))
        overdue = model.overdue.get(area.key, 0)
        painter.setPen(look().colour("selection_text" if chosen else "text"))
        if look().large:
            self._paint_high(painter, rect, area, chosen, overdue)
        else:
            self._paint_wide(painter, rect, area, chosen, overdue)

    def _paint_wide(self, painter: QPainter, rect: QRect, area: Area, chosen: bool, overdue: int) -> None:
        side = look().size("icon.sizes.text")
        colour = painter.pen().color()
        icon = QRectF(rect.left() + 8, rect.top(), side, rect.height())
        word = rect.adjusted(8 + side + 8, 0, -8, 0)
        if self._mirrored():
            icon.moveRight(rect.right() - 8)
            word = rect.adjusted(8, 0, -8 - side - 8, 0)
        paint_icon(painter, icon, area.icon, colour)
        painter.setFont(look().font(bold=chosen))
        start = Qt.AlignmentFlag.AlignRight if self._mirrored() else Qt.AlignmentFlag.AlignLeft
        end = Qt.AlignmentFlag.AlignLeft if self._mirrored() else Qt.AlignmentFlag.AlignRight
        painter.drawText(word, int(start | Qt.AlignmentFlag.AlignVCenter), area.word)
        if overdue:
            painter.setFont(look().font("small"))
            painter.drawText(word, int(end | Qt.AlignmentFlag.AlignVCenter), number(overdue))

    def _paint_high(self, painter: QPainter, rect: QRect, area: Area, chosen: bool, overdue: int) -> None:
        side = min(look().size("icon.sizes.text"), rect.height() // 3)
        font = look().font("small", bold=chosen)
        painter.setFont(font)
        while painter.fontMetrics().horizontalAdvance(area.word) > rect.width() and font.pixelSize() > 12:
            font.setPixelSize(font.pixelSize() - 1)  # words are never dropped or cut
            painter.setFont(font)
        word = painter.fontMetrics().height()
        top = rect.top() + (rect.height() - side - word - 2) / 2
        told = number(overdue) if overdue else ""
        wide = QFontMetrics(look().font("small")).horizontalAdvance(told) + 4
        icon = QRectF(rect.left(), top, rect.width(), side)
        if wide + 8 > (rect.width() - side) / 2:  # three digits would lie over an icon in the middle
            icon.setWidth(rect.width() - wide - 4)
            icon.moveLeft(rect.left() + (wide + 4 if self._mirrored() else 0))
        paint_icon(painter, icon, area.icon, painter.pen().color())
        place = QRectF(rect.left(), top + side + 2, rect.width(), word)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), area.word)
        if told:
            painter.setFont(look().font("small"))
            corner = QRectF(rect).adjusted(8, top - rect.top() - 6, -8, 0)
            end = Qt.AlignmentFlag.AlignLeft if self._mirrored() else Qt.AlignmentFlag.AlignRight
            painter.drawText(corner, int(end | Qt.AlignmentFlag.AlignTop), told)

    def _mirrored(self) -> bool:
        return self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft


class Navigation(QListView):
    """The list of areas. Up and Down move, Enter or a click chooses; Ctrl+1…8 are the frame's."""

    area_chosen = Signal(str)

    def __init__(self, areas: Sequence[Area]) -> None:
        super().__init__()
        self.areas = _Areas(areas)
        self.setModel(self.areas)
        self.setItemDelegate(_RowDelegate(self))
        self.setAccessibleName(_("Areas"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.setViewportMargins(0, _MARGIN, 1, 0)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self.setCurrentIndex(self.areas.index(0))
        look().changed.connect(self._measure)
        self._measure()

    def show_area(self, key: str) -> None:
        """Mark the area that is on the screen."""
        self.areas.chosen = key
        for row, area in enumerate(self.areas.areas):
            if area.key == key:
                self.setCurrentIndex(self.areas.index(row))
        self.areas.refresh()

    def set_overdue(self, key: str, count: int) -> None:
        """How many are overdue in this area; nought shows no number."""
        self.areas.overdue[key] = count
        self.areas.refresh()

    def row_height(self) -> int:
        """40 px grown with the text; at large text twice that, or less where the window is low."""
        if not look().large:
            return max(look().size("row.nav"), look().line_height() + 8)
        rows = max(len(self.areas.areas), 1)
        least = look().line_height("small") + look().size("icon.sizes.small") + 8
        return max(least, min(look().grown(53.4), (self.height() - _MARGIN) // rows))

    def keyboardSearch(self, _search: str) -> None:
        """Typing does not jump."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows may take less height where the window is low."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _choose(self, index: Index) -> None:
        self.area_chosen.emit(self.areas.areas[index.row()].key)

    def _measure(self) -> None:
        self.setFixedWidth(
            look().size("frame.nav_large_text") if look().large else look().grown(look().size("frame.nav"))
        )
        self.scheduleDelayedItemsLayout()
