"""The page Incidents: filters, days and kinds as charts, the list, and beside it the record of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.services.incidents import Timeline
from panoh.ui.incidents.model import PLACE, Chosen, period_choices
from panoh.ui.incidents.record_panel import IncidentPanel
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.chart_kinds import BarChart
from panoh.ui.widgets.charts import Bar, ChartPanel
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.controls import fitted
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.panes import SideSplit
from panoh.ui.widgets.row_bars import RowBars
from panoh.ui.widgets.table import PagedModel, PagedTable

_LEAST_MAIN = 620  # width of the list beside the record, at 100 % text
_PLACE_AT_LARGE = 220  # width of the place's column, at 100 % text
_CHARTS = 176  # height at 100 % text


class IncidentsView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    new_asked = Signal()
    chosen = Signal(object)  # Chosen
    clear_asked = Signal()

    def __init__(self, model: PagedModel, record: IncidentPanel) -> None:
        super().__init__()
        self.model, self.record = model, record
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.saved", closable=True)
        self.table = PagedTable(model, name=_("Incidents"), row="row.two_lines")
        self.kind, self.site, self.period = (fitted(ChoiceBox()) for _each in range(3))
        self.days, self.kinds = BarChart(_("By day")), RowBars(_("By kind"))
        self._day_codes: tuple[str, ...] = ()
        self._filtered = False
        self._count = ElidedLabel("", "secondary")
        self._lay_out()
        self._connect()
        self._measure()

    def show_choices(self, kinds: list[Choice], sites: list[Choice], now: Chosen) -> None:
        """Offer these, with the filter in force."""
        self.kind.set_choices([("", _("Every kind")), *kinds])
        self.site.set_choices([("", _("Every place")), *sites])
        self.period.set_choices(period_choices(now.period))
        for box, code in ((self.kind, now.kind), (self.site, now.site_id), (self.period, now.period)):
            box.set_value(code)
        self._filtered = now != Chosen()
        self._clear.setVisible(self._filtered)

    def show_counts(self, told: Timeline, kinds: Mapping[str, int], names: Mapping[str, str]) -> None:
        """Draw how many there are by day and by kind."""
        self._day_codes = tuple(on.isoformat() for on, _count in told.days)
        self.days.set_bars([_day_bar(on, count) for on, count in told.days])
        words = ngettext("{n} of another day, or day not known", "{n} of other days, or day not known", told.other)
        self._days_panel.set_title(self.days.title, words.format(n=number(told.other)) if told.other else "")
        self.kinds.show_rows([(code, names[code], count) for code, count in kinds.items()])
        some = _("{shown} of {all}").format(shown=number(len(self.kinds.codes)), all=number(len(kinds)))
        self._kinds_panel.set_title(self.kinds.title, some if len(self.kinds.codes) < len(kinds) else "")

    # --- inside -------------------------------------------------------------------------------------------------------

    def _show_count(self, count: int) -> None:
        self._count.setText(ngettext("{n} incident", "{n} incidents", count).format(n=number(count)) if count else "")
        if self._filtered:
            self._empty.set_words(_("No incident fits this filter"), _("Choose another kind, place or day."), "")
        else:
            self._empty.set_words(_("No incidents yet"), *_empty_words())
        self._charts.setVisible(count > 0)
        self._filters.setVisible(count > 0 or self._filtered)
        self._add.setVisible(count > 0 or self._filtered)
        self.list.show_count(count)

    def _choose(self) -> None:
        self.chosen.emit(Chosen(self.kind.value(), self.site.value(), self.period.value()))

    def _choose_day(self, at: int) -> None:
        self.chosen.emit(Chosen(self.kind.value(), self.site.value(), self._day_codes[at]))

    def _choose_kind(self, at: int) -> None:
        self.chosen.emit(Chosen(self.kinds.codes[at], self.site.value(), self.period.value()))

    def _go_aside(self, _line: object) -> None:
        self.split.open_side()

    def _connect(self) -> None:
        for box in (self.kind, self.site, self.period):
            box.answered.connect(self._choose)
        self.days.opened.connect(self._choose_day)
        self.kinds.opened.connect(self._choose_kind)
        self.model.counted.connect(self._show_count)
        self.table.opened.connect(self._go_aside)
        shortcuts().add("Ctrl+N", _("Note an incident"), self.new_asked.emit, self)
        look().changed.connect(self._measure)

    def _lay_out(self) -> None:
        note = _("Note an incident")
        self._add = KeyButton(note, self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        self._clear = KeyButton(_("Show all"), self.clear_asked.emit, icon="action.close")
        empty_add = KeyButton(note, self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        self._empty = EmptyPage(_("No incidents yet"), _empty_words(), [(empty_add, "")])
        self.list = ListOrEmpty(self.table, self._empty)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(plain_label(_("Incidents"), "title bold"))
        head.addWidget(self._count, 1)
        head.addWidget(self._add)
        panel = Panel()
        panel.body.addWidget(self.list)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addWidget(self.told)
        column.addLayout(head)
        column.addWidget(self._filter_row())
        column.addWidget(self._drawn())
        column.addWidget(panel, 1)
        self.split = SideSplit(main, self.record, least_main=_LEAST_MAIN)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        order_tabs(main, self.record)

    def _filter_row(self) -> QWidget:
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box, label in ((self.kind, _("Kind")), (self.site, _("Site")), (self.period, _("When"))):
            box.set_label(label)
            row.addWidget(box, 1)
        row.addWidget(self._clear)
        return self._filters

    def _drawn(self) -> QWidget:
        self._charts = QWidget()
        row = QHBoxLayout(self._charts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._days_panel = ChartPanel(self.days)
        row.addWidget(self._days_panel, 3)
        self._kinds_panel = ChartPanel(self.kinds)
        row.addWidget(self._kinds_panel, 2)
        return self._charts

    def _measure(self) -> None:
        """The place takes the rest of the width; at large text a width of its own, and the table scrolls."""
        self._charts.setFixedHeight(look().grown(_CHARTS))
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(PLACE, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(PLACE, look().grown(_PLACE_AT_LARGE))


def _day_bar(on: date, count: int) -> Bar:
    return Bar(str(on.day), count, day(on))


def _empty_words() -> tuple[str, str]:
    return (
        _("What happened to people, at home, on the way or here, will stand here: beatings, arson, arrests, threats."),
        _("Noted apart from people, it shows where danger grows. Whom it touched is added by number."),
    )
