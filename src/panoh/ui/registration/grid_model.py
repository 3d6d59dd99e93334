"""The members of the family as a table model: every change is one step that can be taken back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from panoh.base.i18n import gettext as _
from panoh.services.registration import FamilyRow
from panoh.ui.registration import cells
from panoh.ui.registration.cells import LAST, NEW_ROW, Cells, Column

FIRST_ROW = replace(NEW_ROW, relation="head")
MOST_ROWS = 200  # more than any household; a spreadsheet of people belongs to the import
MOST_STEPS = 100  # that can be taken back
MOST_PASTED = 1_000_000  # characters
UNKNOWN_ROLE = Qt.ItemDataRole.UserRole + 1  # whether the cell shows one of the four unknowns
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 2  # what is wrong with the cell; '' for nothing
MARKS_ROLE = Qt.ItemDataRole.UserRole + 3  # tuple of the marks of a row
DUPLICATE, TRACING = "duplicate", "tracing"

_Index = QModelIndex | QPersistentModelIndex
_Rows = tuple[FamilyRow, ...]
_ROOT = QModelIndex()


def mark_words(mark: str) -> str:
    """What a mark at the end of a row means."""
    return _("perhaps already registered") if mark == DUPLICATE else _("a tracing request is drafted")


class GridModel(QAbstractTableModel):
    """Rows of the family. `typed` follows each key in an open cell, `edited` each change of a row by a person."""

    typed = Signal()
    edited = Signal()

    def __init__(self, rules: Cells, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rules = rules
        self.short_titles = False
        self.say_name: Callable[[str], str] = str  # how a name may be shown now
        self._rows: _Rows = (FIRST_ROW,)
        self._past: list[_Rows] = []
        self._typed: tuple[int, Column, str] | None = None
        self._problems: dict[tuple[int, Column], str] = {}
        self._marks: dict[int, tuple[str, ...]] = {}

    # --- what the view asks -----------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Members, the one being typed included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The columns of Column."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every cell but the marks can be chosen; sex and 'talk alone' take single keys and have no editor."""
        column = Column(index.column())
        if column == Column.MARKS:
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if column == Column.ALONE:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags if column == Column.SEX else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings, and the numbers of the rows."""
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return cells.title(Column(section), short=self.short_titles) if across else str(section + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cells.spoken_title(Column(section)) if across else _("Row {n}").format(n=section + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole and across:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell in words, in spoken words, and in what the delegate paints it by."""
        at, column = index.row(), Column(index.column())
        row = self._rows[at]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                text = self.rules.shown(row, column)
                return self.say_name(text) if column == Column.NAME else text
            case Qt.ItemDataRole.EditRole:
                return self.rules.editable(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(at, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(at, column)
            case Qt.ItemDataRole.CheckStateRole if column == Column.ALONE:
                return Qt.CheckState.Checked if row.talk_alone else Qt.CheckState.Unchecked
            case _:
                return self._paint_data(at, column, role)

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell, or a tick."""
        column = Column(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and column == Column.ALONE:
            ticked = Qt.CheckState(value) == Qt.CheckState.Checked
            self._change(index.row(), replace(self._rows[index.row()], talk_alone=ticked))
            return True
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._typed = None
        self._change(index.row(), self.rules.put(self._rows[index.row()], column, str(value)))
        return True

    # --- what the keys do -------------------------------------------------------------------------------------------

    def type_along(self, at: int, column: Column, text: str) -> None:
        """Note what stands in an open editor, so that drafts and the search for duplicates know it."""
        self._typed = (at, column, text)
        self.typed.emit()

    def stop_typing(self) -> None:
        """Forget what stood in an editor that was left without keeping it."""
        if self._typed is not None:
            self._typed = None
            self.typed.emit()

    def clear(self, at: int, column: Column) -> None:
        """Empty a cell."""
        self._change(at, cells.clear(self._rows[at], column))

    def step_unknown(self, at: int, column: Column) -> None:
        """F8: the next of the four unknowns, in the columns that may hold one."""
        if column in cells.MAY_BE_UNKNOWN:
            self._change(at, cells.step_unknown(self._rows[at], column))

    def copy_from_above(self, at: int, column: Column) -> None:
        """Ctrl+D: what stands in the cell above; in the first row nothing."""
        if at > 0 and column != Column.MARKS:
            self._change(at, cells.copy(self._rows[at - 1], column, self._rows[at]))

    def add_row(self) -> int:
        """An empty row at the end, unless the last one is still empty; returns its position."""
        if not self._rows[-1].empty and len(self._rows) < MOST_ROWS:
            self._become((*self._rows, NEW_ROW))
        return len(self._rows) - 1

    def remove_row(self, at: int) -> FamilyRow:
        """Take a row out and return it; the last one that is left is emptied."""
        gone = self._rows[at]
        rest = self._rows[:at] + self._rows[at + 1 :]
        self._step(rest or (FIRST_ROW,))
        return gone

    def paste(self, at: int, column: Column, text: str) -> int:
        """Rows of a spreadsheet from this cell on, cells parted by tabs; returns how many rows could not be taken."""
        pasted = _cells_of(text)
        room = MOST_ROWS - at
        rows = list(self._rows)
        for offset, values in enumerate(pasted[:room]):
            while len(rows) <= at + offset:
                rows.append(NEW_ROW)
            for place, value in zip(range(column, LAST + 1), values, strict=False):
                rows[at + offset] = self.rules.put(rows[at + offset], Column(place), value)
        if pasted:
            self._step(tuple(rows))
        return max(0, len(pasted) - room)

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        if not self._past:
            return False
        self._become(self._past.pop())
        self.edited.emit()
        return True

    # --- what the screen asks and sets ------------------------------------------------------------------------------

    def rows(self) -> _Rows:
        """The rows, with what is being typed at this moment."""
        if self._typed is None or self._typed[0] >= len(self._rows):
            return self._rows
        at, column, text = self._typed
        rows = list(self._rows)
        rows[at] = self.rules.put(rows[at], column, text)
        return tuple(rows)

    def set_rows(self, rows: Sequence[FamilyRow]) -> None:
        """Show another family; nothing of the one before can be taken back."""
        self._past, self._typed, self._marks = [], None, {}
        self._become(tuple(rows) or (FIRST_ROW,))

    def set_marks(self, marks: Mapping[int, Collection[str]]) -> None:
        """Mark rows at their end, by position."""
        new = {at: tuple(found) for at, found in marks.items() if found}
        if new != self._marks:
            self._marks = new
            self.repaint()

    def repaint(self) -> None:
        """Something that the cells show by has changed."""
        self._tell_all()

    def set_problems(self, problems: Mapping[tuple[int, Column], str]) -> None:
        """Show at their cells what kept the form from being saved; each goes when its row is changed."""
        self._problems = dict(problems)
        self._tell_all()

    def problem(self, at: int, column: Column) -> str:
        """What is wrong with a cell; '' for nothing."""
        return self.rules.problem(self._rows[at], column) or self._problems.get((at, column), "")

    def problems(self) -> list[tuple[int, Column, str]]:
        """Every cell with something wrong, in reading order."""
        found = ((at, column, self.problem(at, column)) for at in range(len(self._rows)) for column in cells.FIELDS)
        return [entry for entry in found if entry[2]]

    def unreadable(self) -> list[tuple[int, Column, str]]:
        """Cells of rows with something in them that cannot be read as they stand, whatever the services say."""
        rows = [(at, row) for at, row in enumerate(self._rows) if not row.empty]
        found = ((at, column, self.rules.problem(row, column)) for at, row in rows for column in cells.FIELDS)
        return [entry for entry in found if entry[2]]

    # --- inside -----------------------------------------------------------------------------------------------------

    def _change(self, at: int, row: FamilyRow) -> None:
        if row == self._rows[at]:
            return
        self._step((*self._rows[:at], row, *self._rows[at + 1 :]))

    def _step(self, rows: _Rows) -> None:
        """A change by a person: it can be taken back."""
        self._past = [*self._past[-MOST_STEPS:], self._rows]
        self._become(rows)
        self.edited.emit()

    def _become(self, rows: _Rows) -> None:
        """Hold these rows; rows come and go at the end, so that the cell with the focus stays where it is."""
        before = len(self._rows)
        same = {at for at, (old, new) in enumerate(zip(self._rows, rows, strict=False)) if old == new}
        self._problems = {place: text for place, text in self._problems.items() if place[0] in same}
        if len(rows) > before:
            self.beginInsertRows(_ROOT, before, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        elif len(rows) < before:
            self.beginRemoveRows(_ROOT, len(rows), before - 1)
            self._rows = rows
            self.endRemoveRows()
        self._rows = rows
        changed = [at for at in range(min(before, len(rows))) if at not in same]
        if changed:  # only these: painting all twelve rows of a family again costs most of the time of a key
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1))

    def _tell_all(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def _spoken(self, at: int, column: Column) -> str:
        parts = [_("Row {n}").format(n=at + 1), cells.spoken_title(column)]
        if column == Column.MARKS:
            words = [mark_words(mark) for mark in self._marks.get(at, ())]
            return ", ".join([*parts, "; ".join(words) or _("none")])
        said, problem = self.rules.spoken(self._rows[at], column), self.problem(at, column)
        if column == Column.NAME and self._rows[at].name:
            said = self.say_name(said)
        return ", ".join([*parts, said, *([problem] if problem else [])])

    def _tool_tip(self, at: int, column: Column) -> str:
        if column == Column.MARKS:
            return "; ".join(mark_words(mark) for mark in self._marks.get(at, ()))
        return self.problem(at, column)

    def _paint_data(self, at: int, column: Column, role: int) -> object:
        if role == UNKNOWN_ROLE:
            return bool(cells.unknown_of(self._rows[at], column))
        if role == PROBLEM_ROLE:
            return self.problem(at, column) if column != Column.MARKS else ""
        if role == MARKS_ROLE:
            return self._marks.get(at, ()) if column == Column.MARKS else ()
        return None


def _cells_of(text: str) -> list[list[str]]:
    """The cells of text from a spreadsheet: tabs between cells, quotes around a cell that holds tabs or line ends."""
    try:
        rows = list(csv.reader(io.StringIO(text[:MOST_PASTED], newline=""), dialect="excel-tab"))
    except csv.Error:
        rows = [line.split("\t") for line in text[:MOST_PASTED].splitlines()]
    return [row for row in rows if any(value.strip() for value in row)]
