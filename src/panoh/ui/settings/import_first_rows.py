"""The table of the first rows of a list, as they would be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from panoh.base.i18n import gettext as _
from panoh.services.import_first_rows import FirstRow
from panoh.services.import_preview import column_words
from panoh.ui.privacy import Privacy
from panoh.ui.theme import look
from panoh.ui.widgets.cells import CELL, Cell, CellDelegate

_ROWS_SHOWN = 7
_NARROWEST, _WIDEST, _WIDEST_REMARK = 96, 440, 720  # a column
_BESIDE_TEXT, _ICON = 32, 28
Index = QModelIndex | QPersistentModelIndex
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class FirstRows(QAbstractTableModel):
    """What would become of the first rows, a column for each of ours that is read, and a remark."""

    def __init__(self, privacy: Privacy, parent: QObject) -> None:
        super().__init__(parent)
        self._privacy = privacy
        self._rows: Sequence[FirstRow] = ()
        self._ours: Sequence[str] = ()
        self._table: QTableView | None = None
        self.modelReset.connect(self._fit)
        privacy.changed.connect(self._repaint)

    def show_rows(self, rows: Sequence[FirstRow], ours: Sequence[str]) -> None:
        """Show these rows under these columns of ours."""
        self.beginResetModel()
        self._rows, self._ours = rows, ours
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as were looked at."""
        return len(self._rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The remark, and each column of ours."""
        return len(self._ours) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, or its words for a screen reader."""
        cell = self._cell(self._rows[index.row()], index.column())
        return cell if role == CELL else cell.words() if role in _TEXTS else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What Panoh calls its column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if orientation != Qt.Orientation.Horizontal or role not in _TEXTS:
            return None
        return column_words().label(self._ours[section - 1]) if section else _("What becomes of it")

    def table(self) -> QTableView:
        """A table that shows them."""
        table = QTableView()
        table.setModel(self)
        table.setItemDelegate(CellDelegate(table))
        table.setAccessibleName(_("The first rows, as they would be read"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        height = max(look().size("row.table"), look().line_height() + 6)
        table.verticalHeader().setDefaultSectionSize(height)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionsClickable(False)
        self._table = table  # the one before goes with its form
        table.setFixedHeight((_ROWS_SHOWN + 2) * height)
        return table

    def _fit(self) -> None:
        """Make the columns as wide as what stands in them, within reason."""
        table = self._table
        if table is None:
            return
        font = table.font()
        font.setBold(True)  # as the names of columns and refusals are
        measure = QFontMetrics(font)
        for column in range(self.columnCount()):
            texts = [str(self.headerData(column, Qt.Orientation.Horizontal))]
            texts += [self._cell(row, column).text for row in self._rows]
            wide = max(map(measure.horizontalAdvance, texts)) + _BESIDE_TEXT + (0 if column else _ICON)
            widest = look().grown(_WIDEST if column else _WIDEST_REMARK)
            table.setColumnWidth(column, min(max(wide, look().grown(_NARROWEST)), widest))

    def _cell(self, row: FirstRow, column: int) -> Cell:
        if column:
            text = self._privacy.name(row.words.get(self._ours[column - 1], ""))
            return Cell(text, tone="secondary" if row.refused else "")
        if row.refused:
            return Cell(_("Refused: {why}").format(why=row.remark), icon="state.error", tone="error", wrap=False)
        return Cell(row.remark or _("Taken"), icon="state.warning" if row.remark else "state.same")

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
