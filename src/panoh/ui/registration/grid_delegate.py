"""How a cell of the family grid is painted, and which editor it opens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionButton, QStyleOptionViewItem, QTableView, QWidget

from panoh.ui.icons import paint_icon
from panoh.ui.registration import grid_model
from panoh.ui.registration.cells import Column
from panoh.ui.registration.editors import CellEditor
from panoh.ui.registration.grid_model import GridModel
from panoh.ui.registration.grid_numbers import LEAD
from panoh.ui.style_paint import check_box, outline
from panoh.ui.theme import look

PADDING = 8
RING = 2  # room that an editor leaves for the ring around its cell
_MARK_ICONS = {
    grid_model.DUPLICATE: ("state.perhaps_duplicate", "note_line"),
    grid_model.TRACING: ("state.separated", "text"),
}
_OTHER_WINDOW = Qt.FocusReason.ActiveWindowFocusReason
_Index = QModelIndex | QPersistentModelIndex


class GridDelegate(QStyledItemDelegate):
    """Paints all cells of the grid and makes the editors; `leaving_key` says whether a key was the grid's."""

    def __init__(self, view: QTableView, model: GridModel, leaving_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(view)
        self._view, self._model, self._leaving_key = view, model, leaving_key
        self.editor: CellEditor | None = None

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """One cell: ground, line under the row, content, and the ring of the cell that the keys go to."""
        painter.save()
        rect = option.rect
        painter.fillRect(rect, look().colour("base"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().colour("divider"))
        column = Column(index.column())
        problem = bool(index.data(grid_model.PROBLEM_ROLE))
        if column == Column.ALONE:
            self._paint_check(painter, rect, index)
        elif column == Column.MARKS:
            self._paint_marks(painter, rect, index)
        else:
            self._paint_text(painter, rect, index, problem)
        self._paint_rings(painter, rect, index, problem)
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRect, index: _Index, problem: bool) -> None:
        said = str(index.data() or "")
        if not said and not problem:
            return
        colour = "error" if problem else "secondary" if index.data(grid_model.UNKNOWN_ROLE) else "text"
        inside = rect.adjusted(_lead(index), 0, -PADDING, -1)
        if problem:
            side = look().size("icon.sizes.text")
            place = QRectF(inside.right() - side, inside.center().y() - side / 2, side, side)
            paint_icon(painter, place, "state.error", look().colour("error"))
            inside.setRight(inside.right() - side - 4)
        painter.setFont(look().font())
        painter.setPen(look().colour(colour))
        text = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _paint_check(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        option = QStyleOptionButton()
        option.rect = check_place(rect)
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        state = QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        option.state = QStyle.StateFlag.State_Enabled | state
        check_box(option, painter, None)

    def _paint_marks(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        side = look().size("icon.sizes.text")
        right = float(rect.right() - PADDING)
        for mark in reversed(index.data(grid_model.MARKS_ROLE) or ()):
            icon, colour = _MARK_ICONS[mark]
            place = QRectF(right - side, rect.center().y() - side / 2, side, side)
            paint_icon(painter, place, icon, look().colour(colour))
            right -= side + 4

    def _paint_rings(self, painter: QPainter, rect: QRect, index: _Index, problem: bool) -> None:
        width = look().size("line.focus")
        if problem:
            outline(painter, rect.adjusted(0, 0, 0, -1), look().colour("error"), width, 0)
        keys_go_here = self._view.hasFocus() or self.editor is not None
        if keys_go_here and index == self._view.currentIndex():
            outline(painter, rect.adjusted(0, 0, 0, -1), look().colour("focus"), width, 0)

    # --- editing ----------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A line with the suggestions of its column; what is typed goes along into the model at once."""
        at, column, rules = index.row(), Column(index.column()), self._model.rules

        def incomplete(text: str) -> bool:
            row = self._model.rows()[at]
            return column not in (Column.NAME, Column.BIRTH) and bool(
                rules.problem(rules.put(row, column, text), column)
            )

        made = CellEditor(
            parent,
            lambda text: rules.suggestions(self._model.rows()[at], column, text),
            take_first=incomplete,
            several=column == Column.NEEDS,
        )
        made.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        made.setTextMargins(_lead(index) - RING - 2, 0, 0, 0)
        made.textEdited.connect(lambda text: self._model.type_along(at, column, text))
        made.picked.connect(lambda: self.finish(keep=True))
        self.editor = made
        return made

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Put the text of the cell into its editor, once: a change elsewhere in the table never overwrites typing."""
        if isinstance(editor, CellEditor) and not editor.isModified() and not editor.text():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Keep what was typed; a cell that was only looked at keeps its unknown."""
        if isinstance(editor, CellEditor) and (editor.isModified() or editor.list.currentRow() >= 0):
            model.setData(index, editor.result())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        """Inside the ring of the cell."""
        editor.setGeometry(option.rect.adjusted(RING, RING, -RING, -RING - 1))

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:  # noqa: N802
        """Forget the editor and what was typed along."""
        if editor is self.editor:
            self.editor = None
            self._model.stop_typing()
        super().destroyEditor(editor, index)

    def finish(self, *, keep: bool) -> None:
        """Close the open editor, keeping what was typed or not."""
        editor = self.editor
        if editor is None:
            return
        if keep:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys that leave the cell go to the grid; all others to the editor.

        Another window in front does not close the editor: whoever comes back types on, where Qt would begin the cell anew
        and drop what stood there.
        """
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() == _OTHER_WINDOW:
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._leaving_key(event):
            return True
        return super().eventFilter(editor, event)


def _lead(index: _Index) -> int:
    """Room before the text: the first column stands as its heading does."""
    return LEAD if index.column() == Column.NAME else PADDING


def check_place(rect: QRect) -> QRect:
    """Where the check box stands in its cell."""
    side = look().size("icon.sizes.text")
    return QRect(rect.left() + PADDING, rect.center().y() - side // 2, side, side)
