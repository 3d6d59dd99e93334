"""The history of a record, as a tab: every change of this record, the newest first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHeaderView, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.history_words import Change
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.controls import LongEdit
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.labels import ElidedLabel
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.table import Column, PagedModel, PagedTable

_VALUES, _VALUES_AT_LARGE = 3, 480  # the column, and its width at 100 % text


class HistoryTab(QWidget):
    """A table of changes: when, who, what, and the values before and after; one may be put back."""

    restore_asked = Signal(object)  # Happened

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        columns = (
            Column("when", _("When"), 150, lambda change: Cell(change.when)),
            Column("who", _("Who"), 120, lambda change: Cell(change.who)),
            Column("what", _("What"), 240, lambda change: Cell(change.what)),
            Column("value", _("Before and after"), 0, lambda change: Cell(change.values, spoken=change.spoken)),
        )
        self.model = PagedModel(columns, runner, row_words=lambda change: change.spoken, key=lambda change: change.key)
        self.table = PagedTable(self.model, name=_("History of this record"))
        self.table.current_changed.connect(self._show_whole)
        self._chosen: Change | None = None
        self.whole = LongEdit(3)
        self.whole.setReadOnly(True)
        self.whole.setAccessibleName(_("The chosen change in full"))
        empty = EmptyPage(
            _("Nothing was written yet"), [_("Every change will stand here: who, when, before and after.")]
        )
        self.list = ListOrEmpty(self.table, empty)
        self.model.counted.connect(self.list.show_count)
        panel = Panel()
        panel.body.addWidget(self.list, 1)
        self.put_back = KeyButton(_("Put back the value before"), self._ask, icon="action.undo")
        self._why = ElidedLabel("", "secondary")
        below = QGridLayout()
        below.setContentsMargins(16, 12, 16, 12)
        below.addWidget(self.whole, 0, 0, 1, 2)
        below.addWidget(self.put_back, 1, 0)
        below.addWidget(self._why, 1, 1)
        below.setSpacing(8)
        below.setColumnStretch(1, 1)
        panel.body.addLayout(below)
        self._show_whole(None)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(panel)
        look().changed.connect(self._measure)
        self._measure()

    def show_changes(self, changes: list[Change]) -> None:
        """Show these."""
        self.model.show_rows(changes)

    def _measure(self) -> None:
        """The values take the rest of the width; at large text a width of their own, and the table scrolls."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(_VALUES, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(_VALUES, look().grown(_VALUES_AT_LARGE))

    def _show_whole(self, change: Change | None) -> None:
        self._chosen = change
        self.whole.setPlainText(f"{change.what}\n{change.values}" if change else "")
        self.put_back.setEnabled(bool(change and change.put_back))
        self.put_back.setText(change.put_back if change and change.put_back else _("Put back the value before"))
        told = _("This was added or read: there is no value before it.") if change and not change.put_back else ""
        self._why.setText(told or _("What stands now stays in this history."))

    def _ask(self) -> None:
        if self._chosen is not None and self._chosen.put_back:
            self.restore_asked.emit(self._chosen.entry)
