"""What the find box found: results in groups, as a list model and the delegate that paints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from panoh.ui.icons import paint_icon
from panoh.ui.theme import look

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Found:
    """One result: its group ('People', 'Actions'), words, icon, and what is handed on when it is chosen."""

    group: str
    title: str
    detail: str
    icon: str
    target: object
    photo: bytes = field(default=b"", repr=False)  # JPEG, in place of the icon


class Results(QAbstractListModel):
    """Results with the heading of each group before its first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Found | str] = []

    def show(self, results: Sequence[Found]) -> None:
        """Show these; those of one group stand together."""
        self.beginResetModel()
        self.rows = []
        for result in results:
            before = self.rows[-1] if self.rows else None
            if not isinstance(before, Found) or before.group != result.group:
                self.rows.append(result.group)
            self.rows.append(result)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Results and headings."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row, for the eye and for screen readers."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        return row if isinstance(row, str) else ", ".join(part for part in (row.title, row.detail) if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        found = isinstance(self.rows[index.row()], Found)
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if found else Qt.ItemFlag.NoItemFlags


class ResultDelegate(QStyledItemDelegate):
    """Paints headings small, results with icon, title and detail."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are lower than results."""
        model = index.model()
        heading = isinstance(model, Results) and isinstance(model.rows[index.row()], str)
        height = look().size("row.dense" if heading else "row.grid")
        return QSize(0, max(height, look().line_height("small" if heading else "base") + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        model = index.model()
        if not isinstance(model, Results):
            return
        row, rect = model.rows[index.row()], option.rect
        if isinstance(row, str):
            painter.setFont(look().font("small", bold=True))
            painter.setPen(look().colour("secondary"))
            painter.drawText(rect.adjusted(12, 0, -12, 0), int(self._start() | Qt.AlignmentFlag.AlignVCenter), row)
            return
        colour = look().colour("text")
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour("selection"))
            colour = look().colour("selection_text")
        side = look().size("icon.sizes.text")
        inside = QRectF(rect.adjusted(12, 0, -12, 0))
        icon = QRectF(inside.left(), inside.top(), side, inside.height())
        if self._mirrored():
            icon.moveRight(inside.right())
            inside.adjust(0, 0, -side - 8, 0)
        else:
            inside.adjust(side + 8, 0, 0, 0)
        if not self._paint_photo(painter, icon, row.photo):
            paint_icon(painter, icon, row.icon, colour)
        flags = int(self._start() | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        small, base = QFontMetrics(look().font("small")), QFontMetrics(look().font())
        beside = max(inside.width() / 2, inside.width() - base.horizontalAdvance(row.title) - 16)
        detail = small.elidedText(row.detail, Qt.TextElideMode.ElideRight, int(beside))
        room = int(inside.width()) - small.horizontalAdvance(detail) - 16
        painter.setFont(look().font())
        painter.setPen(colour)
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, flags, title)
        end = Qt.AlignmentFlag.AlignLeft if self._mirrored() else Qt.AlignmentFlag.AlignRight
        painter.setFont(look().font("small"))
        painter.setPen(look().colour("secondary"))
        painter.drawText(inside, int(end | Qt.AlignmentFlag.AlignVCenter), detail)

    def _paint_photo(self, painter: QPainter, place: QRectF, photo: bytes) -> bool:
        """Paint a small face where the icon would be, square and as high as the row allows; whether there is one."""
        picture = QPixmap()
        if not photo or not picture.loadFromData(photo):
            return False
        side = min(picture.width(), picture.height())
        middle = QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
        room = min(place.height() - 4, place.width() + 8)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown = QRectF(0, 0, room, room)
        shown.moveCenter(place.center())
        painter.drawPixmap(shown, picture, middle)
        return True

    def _mirrored(self) -> bool:
        parent = self.parent()
        return isinstance(parent, QWidget) and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _start(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if self._mirrored() else Qt.AlignmentFlag.AlignLeft
