"""The keyboard grid of a family: which key does what, in a cell and in its editor."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import announce
from panoh.ui.registration import grid_numbers
from panoh.ui.registration.cells import LAST, Column
from panoh.ui.registration.grid_delegate import GridDelegate
from panoh.ui.registration.grid_model import MOST_ROWS, GridModel
from panoh.ui.registration.grid_widths import least_width, widths
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look

_Index = QModelIndex | QPersistentModelIndex
_NUMBERS_AND_NAME = grid_numbers.WIDTH + 240
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CTRL = Qt.KeyboardModifier.ControlModifier


class Move(Enum):
    """Where the keys go after a cell."""

    NEXT = auto()
    PREVIOUS = auto()
    UP = auto()
    DOWN = auto()
    NEXT_ROW = auto()


_MOVES = {
    Qt.Key.Key_Tab: Move.NEXT,
    Qt.Key.Key_Backtab: Move.PREVIOUS,
    Qt.Key.Key_Up: Move.UP,
    Qt.Key.Key_Down: Move.DOWN,
    Qt.Key.Key_Return: Move.NEXT_ROW,
    Qt.Key.Key_Enter: Move.NEXT_ROW,
}


class FamilyGrid(QTableView):
    """One row a member. Tab goes on, Enter goes to the next row and adds one at the end, any sign begins a cell.

    `cell_moved` tells that the cell with the keys is at another place, `entered` that the keys came in, `told` what a
    key did.
    """

    cell_moved = Signal()
    entered = Signal()
    told = Signal(str)

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self._model = model
        self._delegate = GridDelegate(self, model, self._leaving_key)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Members of the family"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().rangeChanged.connect(self.updateGeometry)
        self.setVerticalHeader(grid_numbers.RowNumbers(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.updateGeometry)
        look().changed.connect(self._take_look)
        self._take_look()
        self._list_keys()

    # --- size -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as all its rows: the form scrolls, not the grid."""
        height = self.horizontalHeader().sizeHint().height() + self._model.rowCount() * look().size("row.grid")
        if self.horizontalScrollBar().maximum() > 0:
            height += self.horizontalScrollBar().sizeHint().height()
        return QSize(look().grown(grid_numbers.WIDTH) + least_width(), height)

    def minimumSizeHint(self) -> QSize:
        """Where the room is too narrow for all columns they scroll under the row numbers."""
        return QSize(look().grown(_NUMBERS_AND_NAME), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what is left of the width to the columns with the longest words."""
        super().resizeEvent(event)
        for column, width in widths(self.viewport().width()).items():
            self.setColumnWidth(column, width)
        self.cell_moved.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """What stands above grew or shrank: the cell with the keys stays in sight."""
        super().moveEvent(event)
        self.cell_moved.emit()

    def _take_look(self) -> None:
        self._model.short_titles = look().large
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(look().size("row.grid"))
        self.updateGeometry()

    # --- where the keys are -----------------------------------------------------------------------------------------

    def go_to(self, at: int, column: Column) -> None:
        """Put the keys into this cell."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(self._model.index(at, column))

    def here(self) -> tuple[int, Column]:
        """The row and column that the keys go to."""
        index = self.currentIndex()
        return (index.row(), Column(index.column())) if index.isValid() else (0, Column.NAME)

    def keep_typing(self) -> None:
        """Take what stands in an open editor into its cell."""
        self._delegate.finish(keep=True)

    def step(self, move: Move) -> bool:
        """Go to another cell; False when Tab leaves the grid."""
        at, column = self.here()
        last = self._model.rowCount() - 1
        if move == Move.NEXT:
            at, column = (at, Column(column + 1)) if column < LAST else (at + 1, Column.NAME)
        elif move == Move.PREVIOUS:
            at, column = (at, Column(column - 1)) if column > Column.NAME else (at - 1, LAST)
        elif move == Move.NEXT_ROW:
            at, column = (self._model.add_row() if at == last else at + 1), Column.NAME
        else:
            at = max(0, min(at + (1 if move == Move.DOWN else -1), last))
        if not 0 <= at < self._model.rowCount():
            return False
        self.setCurrentIndex(self._model.index(at, column))
        return True

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802
        """Tell the page which cell must be visible."""
        super().currentChanged(current, previous)
        for index in (previous, current):
            self.update(index)
        self.cell_moved.emit()

    def cell_place(self) -> QRect:
        """Where the cell with the keys stands in the grid; empty while the keys are elsewhere."""
        if not self.currentIndex().isValid() or not (self.hasFocus() or self._delegate.editor):
            return QRect()
        place = self.visualRect(self.currentIndex())
        return QRect(self.viewport().mapTo(self, place.topLeft()), place.size())

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Begin in the first cell. Qt's own way paints all cells anew whenever an editor closes; one is enough."""
        self.update(self.currentIndex())
        self.entered.emit()
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0, Column.NAME))
        typed_in = bool(self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, typed_in)

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Only the cell that had the keys looks otherwise now."""
        self.update(self.currentIndex())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes to the next cell, and from the last one out of the grid."""
        return self.step(Move.NEXT if forward else Move.PREVIOUS) or super().focusNextPrevChild(forward)

    # --- keys -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys in a cell that has no editor open."""
        at, column = self.here()
        if self._command(event) or self._single_key(event, at, column):
            event.accept()
        elif event.key() in _ENTER and not event.modifiers() & _CTRL:
            self.step(Move.NEXT_ROW)
        elif event.key() == Qt.Key.Key_Delete:
            self._model.clear(at, column)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._undo()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Typing begins a cell; it never jumps about."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a check box ticks it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == Column.ALONE:
            self._tick(index.row())

    def _command(self, event: QKeyEvent) -> bool:
        """Keys that mean the same in a cell and in its editor."""
        at, column = self.here()
        ctrl = bool(event.modifiers() & _CTRL)
        if event.key() == Qt.Key.Key_F8:
            self._delegate.finish(keep=False)
            self._model.step_unknown(at, column)
        elif ctrl and event.key() == Qt.Key.Key_D:
            self._delegate.finish(keep=False)
            self._model.copy_from_above(at, column)
        elif ctrl and event.key() == Qt.Key.Key_Delete and self._delegate.editor is None:
            self._remove(at)
        elif event.matches(QKeySequence.StandardKey.Paste) and (not self._delegate.editor or _is_rows(_clipboard())):
            self._delegate.finish(keep=False)
            self._paste(at, column)
        else:
            return False
        self._tell_cell()
        return True

    def _single_key(self, event: QKeyEvent, at: int, column: Column) -> bool:
        """One key is enough for sex, and the space bar for 'talk alone'."""
        sign = event.text()
        if column not in (Column.SEX, Column.ALONE) or not sign or not sign.isprintable():
            return False
        if event.modifiers() & (_CTRL | Qt.KeyboardModifier.AltModifier):
            return False
        if column == Column.ALONE:
            if sign == " ":
                self._tick(at)
            return True
        code = self._model.rules.sex_of_key(sign)
        if code:
            self._model.setData(self._model.index(at, column), code)
            self.step(Move.NEXT)
        else:
            self.told.emit(_("Sex is one key: F, M or X, in Cyrillic letters ж or м."))
        return True

    def _leaving_key(self, event: QKeyEvent) -> bool:
        """Keys in an open editor that are the grid's: those that leave the cell, and commands."""
        editor = self._delegate.editor
        if editor is None:
            return False
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by and editor.step_in_list(by):
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._delegate.finish(keep=False)
            return True
        if editor.several and event.text() in (";", ","):
            editor.go_on()
            return True
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or event.modifiers() & _CTRL:
            return self._command(event)
        self._delegate.finish(keep=True)
        if not self.step(move):
            super().focusNextPrevChild(move == Move.NEXT)
        return True

    def _tick(self, at: int) -> None:
        index = self._model.index(at, Column.ALONE)
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        ticked = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        self._model.setData(index, ticked, Qt.ItemDataRole.CheckStateRole)
        self._tell_cell()

    def _remove(self, at: int) -> None:
        gone = self._model.remove_row(at)
        self.setCurrentIndex(self._model.index(min(at, self._model.rowCount() - 1), Column.NAME))
        if not gone.empty:
            self.told.emit(_("Row {n} was taken out. Ctrl+Z brings it back.").format(n=at + 1))

    def _undo(self) -> None:
        at, column = self.here()
        if self._model.undo():
            self.setCurrentIndex(self._model.index(min(at, self._model.rowCount() - 1), column))
            self.told.emit(_("The last change was taken back."))

    def _paste(self, at: int, column: Column) -> None:
        left_out = self._model.paste(at, column, _clipboard())
        if left_out:
            words = _("{n} rows were not taken: a family has {most} rows at most.")
            self.told.emit(words.format(n=left_out, most=MOST_ROWS))

    def _tell_cell(self) -> None:
        announce(self, str(self.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or ""))

    def _list_keys(self) -> None:
        """Name the grid's own keys in the list of shortcuts; the grid answers to them itself."""
        for keys, words in (
            ("Ctrl+D", _("Copy from the row above")),
            ("F8", _("Not asked, does not know, refused, none")),
            ("Ctrl+Del", _("Take a row out")),
            ("Ctrl+Z", _("Take the last change back")),
        ):
            shortcuts().add(keys, words, None, self)


def _clipboard() -> str:
    return QGuiApplication.clipboard().text()


def _is_rows(text: str) -> bool:
    """Whether a text is cells of a spreadsheet, and not one word."""
    return "\t" in text or "\n" in text.strip()
