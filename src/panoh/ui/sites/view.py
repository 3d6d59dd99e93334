"""The Sites screen: the list of sites, and beside it the record of one, or the form of a new or changed one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.ui import errors
from panoh.ui.shortcuts import shortcuts
from panoh.ui.sites.model import NAME
from panoh.ui.sites.record_panel import RecordPanel
from panoh.ui.sites.site_form import SiteFormPane
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panes import SideSplit
from panoh.ui.widgets.table import PagedModel, PagedTable

_LEAST_MAIN = 620  # width of the list beside the record, at 100 % text
_NAME_AT_LARGE = 220  # width of the name's column, at 100 % text


class SitesView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    new_asked = Signal()

    def __init__(self, model: PagedModel, record: RecordPanel, pane: SiteFormPane) -> None:
        super().__init__()
        self.model, self.record, self.pane = model, record, pane
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.saved", closable=True)
        self.table = PagedTable(model, name=_("Sites"), row="row.two_lines")
        self.side = QStackedWidget()
        self.side.addWidget(record)
        self.side.addWidget(pane)
        self._count = plain_label("", "secondary")
        self._lay_out()
        model.counted.connect(self._show_count)
        self.table.opened.connect(self._go_aside)
        shortcuts().add("Ctrl+N", _("Add a site"), self.new_asked.emit, self)
        look().changed.connect(self._measure)
        self._measure()

    @property
    def form_open(self) -> bool:
        """Whether the form stands in the place of the record."""
        return self.side.currentWidget() is self.pane

    def show_order(self, key: str) -> None:
        """Mark the column by which the list is sorted."""
        at = next(at for at, column in enumerate(self.model.columns) if column.key == key)
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(at, Qt.SortOrder.AscendingOrder)

    def fail(self, error: AppError) -> None:
        """Tell why something was not done."""
        errors.tell(self.note, error)

    def open_form(self) -> None:
        """Show the form; the keys go into it."""
        self.side.setCurrentWidget(self.pane)
        self.split.open_side()
        self.pane.take_focus()

    def close_form(self) -> None:
        """Show the record again; the keys go to the list."""
        inside = self.pane.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.pane.forget_draft()
        self.side.setCurrentWidget(self.record)
        if inside:
            self.split.close_side()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_aside(self, _line: object) -> None:
        """Enter on a site goes to its record, also where that is folded away."""
        self.split.open_side()

    def _show_count(self, count: int) -> None:
        self.list.show_count(count)
        self._count.setText(ngettext("{n} site", "{n} sites", count).format(n=number(count)) if count else "")
        self._add.setVisible(count > 0)

    def _lay_out(self) -> None:
        words = [
            _("Every place where people stay or wait will stand here, the fullest first."),
            _("Its closing day counts in triage, its room tells where a family can still go."),
        ]
        add = KeyButton(_("Add a site"), self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        self.list = ListOrEmpty(self.table, EmptyPage(_("No sites yet"), words, [(add, "")]))
        self._add = KeyButton(_("Add a site"), self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        main = list_page(
            _("Sites"), self._count, self.list, above=(self.note, self.told), beside=(self._add,), right=16
        )
        self.split = SideSplit(main, self.side, least_main=_LEAST_MAIN)
        fill(self, self.split)
        order_tabs(main, self.record, self.pane)

    def _measure(self) -> None:
        """The name takes the rest of the width; at large text a width of its own, and the table scrolls."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(NAME, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(NAME, look().grown(_NAME_AT_LARGE))
