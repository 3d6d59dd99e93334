"""The border points: the list, and beside it the states of one by date and who was noted there by day."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.ui.shortcuts import shortcuts
from panoh.ui.sites.borders.model import NAME
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel, scrolled
from panoh.ui.widgets.panes import SidePane, SideSplit
from panoh.ui.widgets.table import PagedModel, PagedTable

_LEAST_MAIN = 640  # width of the list beside the record, at 100 % text
_NAME_AT_LARGE = 220  # width of the name's column, at 100 % text
_MOST_ROWS = 6  # of a table of the record, before it scrolls by itself


class BordersView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    new_asked = Signal()
    change_asked = Signal()
    state_asked = Signal()

    def __init__(self, model: PagedModel, states: PagedModel, days: PagedModel) -> None:
        super().__init__()
        self.model, self.states, self.days = model, states, days
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.saved", closable=True)
        self.table = PagedTable(model, name=_("Border points"), row="row.two_lines")
        self._states = _FittedTable(states, name=_("States by date"), row="row.two_lines")
        self._days = _FittedTable(days, name=_("Who was noted there, by day"))
        self._count = plain_label("", "secondary")
        self._name = plain_label("", "title bold", wrap=True)
        self._sub = plain_label("", "secondary", wrap=True)
        self._nothing = plain_label("", "secondary", wrap=True)
        self._lay_out()
        model.counted.connect(self._show_count)
        self._states.current_changed.connect(self._show_state)
        self.table.opened.connect(lambda _row: self.split.open_side())
        shortcuts().add("Ctrl+N", _("Add a border point"), self.new_asked.emit, self)
        look().changed.connect(self._measure)
        self._measure()

    def show_point(self, name: str, sub: str) -> None:
        """Show one point; its states and days come by their models."""
        self._name.setText(name)
        self._sub.setText(sub)
        show_when(self._nothing, False)
        show_when(self._whole, True)
        show_when(self._no_state, self.states.rowCount() == 0)
        show_when(self._states_panel, self.states.rowCount() > 0)
        show_when(self._no_day, self.days.rowCount() == 0)
        show_when(self._days_panel, self.days.rowCount() > 0)

    def show_nothing(self, words: str) -> None:
        """No point is chosen; these words say what will be here."""
        self._nothing.setText(words)
        show_when(self._nothing, True)
        show_when(self._whole, False)

    def _show_state(self, row: object) -> None:
        """The chosen state in full: who is let through may be more than its row has room for."""
        words = self.states.row_words(row) if row is not None else ""
        self._state_whole.setText(words[:1].upper() + words[1:])

    def _show_count(self, count: int) -> None:
        self.list.show_count(count)
        words = ngettext("{n} border point", "{n} border points", count)
        self._count.setText(words.format(n=number(count)) if count else "")
        self._add.setVisible(count > 0)

    def _lay_out(self) -> None:
        words = [
            _("Every place where people cross or wait will stand here, with its state today and who was noted there."),
            _("States are kept by date: what the border was like on the day of a flight can be read years later."),
        ]
        add = KeyButton(_("Add a border point"), self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        self.list = ListOrEmpty(self.table, EmptyPage(_("No border points yet"), words, [(add, "")]))
        self._add = KeyButton(_("Add a border point"), self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        main = list_page(
            _("Border points"), self._count, self.list, above=(self.note, self.told), beside=(self._add,), right=16
        )
        self.split = SideSplit(main, self._side(), least_main=_LEAST_MAIN)
        fill(self, self.split)
        order_tabs(main, self.split.side)

    def _side(self) -> SidePane:
        self._states_panel = Panel(_("States by date"), sub=_("the newest first"))
        self._states_panel.body.addWidget(self._states)
        self._state_whole = plain_label("", "small secondary", wrap=True)
        self._state_whole.setContentsMargins(16, 8, 16, 8)
        self._states_panel.body.addWidget(self._state_whole)
        self._days_panel = Panel(_("Who was noted there, by day"), sub=_("waiting, let in, turned back"))
        self._days_panel.body.addWidget(self._days)
        self._no_state = plain_label(_("Its state was never noted."), "secondary", wrap=True)
        self._no_day = plain_label(
            _("Nobody was noted there. It is done in a person's record, under “Identity and documents”."),
            "secondary",
            wrap=True,
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._name)
        column.addWidget(self._sub)
        column.addLayout(self._buttons())
        for part in (self._no_state, self._states_panel, self._no_day, self._days_panel):
            column.addWidget(part)
        column.addStretch()
        self._whole = scrolled(page)
        self._whole.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing.setContentsMargins(16, 24, 16, 16)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        side = SidePane()
        outer = QVBoxLayout(side)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._nothing)
        outer.addWidget(self._whole, 1)
        return side

    def _buttons(self) -> QHBoxLayout:
        note = KeyButton(_("Note its state…"), self.state_asked.emit, icon="action.add", keys="Ctrl+D", bold=True)
        change = KeyButton(_("Change"), self.change_asked.emit, icon="state.draft", keys="Ctrl+E")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (note, change):
            buttons.addWidget(button)
        buttons.addStretch()
        return buttons

    def _measure(self) -> None:
        """The name takes the rest of the width; at large text a width of its own, and the table scrolls."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(NAME, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(NAME, look().grown(_NAME_AT_LARGE))


class _FittedTable(PagedTable):
    """A table as high as its rows, up to a few."""

    def __init__(self, model: PagedModel, *, name: str, row: str = "row.table") -> None:
        super().__init__(model, name=name, row=row)
        model.modelReset.connect(self._fit)
        look().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        rows = min(max(self.model().rowCount(), 1), _MOST_ROWS)
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + rows * self.verticalHeader().defaultSectionSize() + 2)
