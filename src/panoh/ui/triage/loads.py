"""Who holds how many people: a table for supervisors; Enter shows a user's people in the queue."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.domain.triage.levels import LEVELS
from panoh.services.caseloads import Load
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.table import Column, PagedModel, PagedTable

_WIDE, _HIGH = 760, 420  # pixels at 100 % text


def loads_model(runner: TaskRunner) -> PagedModel:
    """The model of the table; its rows are Load."""

    def who(load: Load) -> Cell:
        return Cell(load.name) if load.user_id else Cell(_("nobody"), tone="secondary")

    def at(level: str) -> Column:
        def cell(load: Load) -> Cell:
            return Cell(number(load.at[level]) if load.at[level] else "–", right=True)

        return Column(level, level_word(level), 84, cell, numeric=True)

    def late(load: Load) -> Cell:
        return Cell(number(load.overdue), right=True, tone="error") if load.overdue else Cell("–", right=True)

    def spoken(load: Load) -> str:
        told = [load.name or _("nobody")]
        told += [f"{level_word(level)} {number(load.at[level])}" for level in LEVELS if load.at[level]]
        return ", ".join([*told, _("overdue {n}").format(n=number(load.overdue))])

    columns = (
        Column("who", _("Who"), 0, who),
        *(at(level) for level in LEVELS),
        Column("overdue", _("Overdue"), 96, late, numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda load: load.user_id)


class LoadsDialog(QDialog):
    """The table; `chosen` tells whose people are to be shown, '' for nobody's."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, runner: TaskRunner) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Panoh"))
        self.setAccessibleName(_("Who holds how many"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = loads_model(runner)
        self.table = PagedTable(self.model, name=_("Who holds how many"))
        self.table.opened.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(_("Who holds how many"), "title bold"))
        column.addWidget(plain_label(_("Enter shows their people in the queue."), "secondary", wrap=True))
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(KeyButton(_("Show their people"), self._choose_current, kind="main", keys="Ctrl+Enter"))
        row.addWidget(KeyButton(_("Close"), self.reject))
        row.addStretch()
        column.addLayout(row)
        self.resize(look().grown(_WIDE), look().grown(_HIGH))
        self.table.setFocus()

    def show_loads(self, loads: Sequence[Load]) -> None:
        """Show them."""
        self.model.show_rows(list(loads))

    def _choose_current(self) -> None:
        self._choose(self.table.current())

    def _choose(self, load: Load | None) -> None:
        if load is not None:
            self.chosen.emit(load.user_id)
            self.accept()
