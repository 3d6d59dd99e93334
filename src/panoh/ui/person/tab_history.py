"""The tab 'History': every change of this record, the newest first."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.person.fields import PAGE_MARGINS
from panoh.ui.person.history_words import Change
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.controls import LongEdit
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.table import Column, PagedModel, PagedTable

_VALUES, _VALUES_AT_LARGE = 3, 480  # the column, and its width at 100 % text


class HistoryTab(QWidget):
    """A table of changes: when, who, what, and the values before and after."""

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
        panel.body.addWidget(self.whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
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
        self.whole.setPlainText(f"{change.what}\n{change.values}" if change else "")
