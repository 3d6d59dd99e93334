"""How many requests stand where, and how long that took: a bar for each status, which opens its list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.domain.vocabulary import Vocabularies
from panoh.services import tracing_work
from panoh.services.desk import Desk
from panoh.services.tracing_work import Standing
from panoh.ui import errors
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.charts import ChartPanel
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Page, Panel, scrolled
from panoh.ui.widgets.row_bars import RowBars
from panoh.ui.widgets.table import Column, PagedModel, PagedTable

_BARS_HIGH = 190  # at 100 % text
_STATUSES = 5


def flow_model(runner: TaskRunner, words: Vocabularies) -> PagedModel:
    """One row for each status; its rows are Standing."""

    def days(row: Standing) -> str:
        return "" if row.days is None else ngettext("{n} day", "{n} days", row.days).format(n=number(row.days))

    def status(row: Standing) -> str:
        return words.label("tracing_status", row.status)

    def spoken(row: Standing) -> str:
        return ", ".join(part for part in (status(row), number(row.count), days(row)) if part)

    columns = (
        Column("status", _("Status"), 0, lambda row: Cell(status(row))),
        Column("count", _("Requests"), 120, lambda row: Cell(number(row.count), right=True), numeric=True),
        Column("days", _("Half of them within"), 220, lambda row: Cell(days(row), right=True), numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.status)


class FlowView(QWidget):
    """Builds the page; `table.opened` gives a Standing, `bars.opened` the place of a bar."""

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.bars = RowBars(_("Requests by status"), grows=True, nothing=_("No requests yet."))
        self.table = PagedTable(model, name=_("Requests by status, with how long they took"))
        self._chart = ChartPanel(self.bars)
        told = plain_label(
            _(
                "From the day of asking to today, to the reunification, or to the closing. Requests without consent to trace are "
                "not counted. Enter opens the list of a status."
            ),
            "secondary",
            wrap=True,
        )
        panel = Panel()
        panel.body.addWidget(self.table)
        column = QVBoxLayout(page := Page(yields=True))
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        for part in (self.note, told, self._chart):
            column.addWidget(part)
        column.addWidget(panel, 1)
        fill(self, scrolled(page))
        order_tabs(self)
        look().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._chart.setMinimumHeight(look().grown(_BARS_HIGH))
        rows = _STATUSES * self.table.verticalHeader().defaultSectionSize()
        self.table.setMinimumHeight(rows + self.table.horizontalHeader().sizeHint().height() + 4)


class FlowPresenter(QObject):
    """The screen behind the tab. `status_asked` names the status whose list is wanted."""

    help_page = "tracing-work"
    status_asked = Signal(str)

    def __init__(self, view: FlowView, desk: Desk, runner: TaskRunner) -> None:
        super().__init__(view)
        self.title = _("Tracing, flow")
        self._view, self._desk, self._runner = view, desk, runner
        view.table.opened.connect(lambda row: self.status_asked.emit(row.status))
        view.bars.opened.connect(lambda at: self.status_asked.emit(view.bars.codes[at]))

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """The bars, then the table."""
        return (self._view.bars, self._view.table)

    def opened(self) -> None:
        """Count anew."""
        self._read()
        self._view.bars.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Requests changed: count again."""
        if kinds & {"TracingRequest", "Reunification", "Shield"}:
            self._read()

    def _read(self) -> None:
        desk, view = self._desk, self._view

        def show(found: Sequence[Standing]) -> None:
            label = desk.vocabularies.label
            view.bars.show_rows([(one.status, label("tracing_status", one.status), one.count) for one in found])
            view.model.show_rows(found)

        self._runner.start(lambda _progress: tracing_work.flow(desk), show, self._fail, owner=view)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
