"""The page of one request: who looks for whom, the family, candidates and their comparison; beside them further tabs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.services.tracing import Candidate
from panoh.ui.history_tab import HistoryTab
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.tracing.compare_family import FamilyPart
from panoh.ui.tracing.compare_footer import CompareFooter, footnote
from panoh.ui.tracing.compare_panel import ComparePanel
from panoh.ui.tracing.compare_words import CompareModel
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.level import LevelChip
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Page, scrolled
from panoh.ui.widgets.table import PagedModel, PagedTable
from panoh.ui.widgets.tabs import Tabs

_LEAST_BESIDE = 980  # width, at 100 % text, below which the panels stand one under the other


class RequestPage(QWidget):
    """Builds the page and tells what is wanted. Further tabs are put in by `add_tab`, before the history."""

    back_asked = Signal()
    change_asked = Signal()
    consent_asked = Signal()  # to record what whoever asks has answered
    chosen = Signal(object)  # a Candidate, or None
    person_asked = Signal(str)
    history_shown = Signal()
    part_shown = Signal(object)  # the widget of the tab that came to the front

    def __init__(
        self, candidates: PagedModel, compared: CompareModel, relatives: PagedModel, history: HistoryTab
    ) -> None:
        super().__init__()
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.warning")
        self.family = FamilyPart(relatives)
        self.panel = ComparePanel(candidates, compared)
        self.list, self.table = self.panel.list, self.panel.table
        self.history = history
        self.footer = CompareFooter()
        self._title = plain_label("", "title bold")
        self._sub = plain_label("", "secondary", wrap=True)
        self._level, self._due = LevelChip(""), plain_label("")
        self.tabs = Tabs(_("Parts of the request"), [_("Compare"), _("History")])
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def add_tab(self, words: str, widget: QWidget) -> None:
        """Put a further part of the request between the comparison and the history."""
        at = self.tabs.count() - 1
        self.tabs.insertTab(at, words)
        self.pages.insertWidget(at, widget)

    def show_part(self, widget: QWidget) -> None:
        """Bring the tab of this part to the front."""
        self.tabs.setCurrentIndex(self.pages.indexOf(widget))

    def show_request(self, title: str, sub: str, told: str, *, unasked: bool = False) -> None:
        """The header, and what must be known before anything else ('' for nothing); `unasked` while nobody asked for consent."""
        self._title.setText(title)
        self._sub.setText(sub)
        self.told.say(told, action=_("Record the answer…") if unasked else "", run=self.consent_asked.emit)

    def show_level(self, level: str, due: str) -> None:
        """The level of the sought person's case or of the inquirer's, and what is due; '' where it is not known."""
        self._level.setVisible(bool(level))
        self._level.set_level(level)
        self._due.setText(due)
        self._due.setVisible(bool(level))

    def current(self) -> Candidate | None:
        """The candidate chosen."""
        return self.panel.current()

    def show_verbs(self, *, may_open: bool) -> None:
        """Offer what can be done about the candidate chosen, beside the comparison alone."""
        self.footer.show_for(self.current(), may_open=may_open)
        self._show_footer()

    def take_room(self) -> None:
        """One beside the other as long as there is room; with large text, or little width, one under the other."""
        stacked = look().large or self.width() < look().grown(_LEAST_BESIDE)
        self._arrange_head(stacked=stacked)
        self.family.take_room(stacked=stacked)
        self.panel.take_room(stacked=stacked)
        self.footer.take_room(stacked=stacked)
        self._footnote.setVisible(stacked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold as the room allows."""
        super().resizeEvent(event)
        self.take_room()

    # --- building ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.panel.chosen.connect(self.chosen)
        self.panel.person_asked.connect(lambda found: self.person_asked.emit(found.person.id))
        self.family.person_asked.connect(self.person_asked)
        self.tabs.currentChanged.connect(self._show_tab)
        for table in (self.list, self.table):
            table.current_changed.connect(partial(self._show_row, table))
        look().changed.connect(self.take_room)
        self.take_room()

    def _show_row(self, table: PagedTable, _record: object) -> None:
        """The tables are as high as their rows, so it is the page that goes to where the arrow keys are."""
        if table.hasFocus():
            row = table.visualRect(table.currentIndex())
            at = table.viewport().mapTo(self._inside, row.center())
            self._area.ensureVisible(at.x(), at.y(), 0, 2 * row.height())

    def _show_tab(self, at: int) -> None:
        self.pages.setCurrentIndex(at)
        self._show_footer()
        if self.pages.currentWidget() is self.history:
            self.history_shown.emit()
        self.part_shown.emit(self.pages.currentWidget())

    def _show_footer(self) -> None:
        self.footer.setVisible(self.tabs.currentIndex() == 0 and self.current() is not None)

    def _lay_out(self) -> None:
        head = QWidget()
        above = QVBoxLayout(head)
        above.setContentsMargins(24, 12, 24, 0)
        above.setSpacing(8)
        above.addLayout(self._head())
        for part in (self.note, self.told):
            above.addWidget(part)
        above.addWidget(self.tabs)
        inside = self._inside = Page()
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 8, 24, 8)
        page.setSpacing(8)
        page.addWidget(self.family)
        page.addWidget(self.panel, 1)
        self._footnote = plain_label(footnote(), "secondary", wrap=True)
        page.addWidget(self._footnote)
        self._area = scrolled(inside)
        self.pages.addWidget(self._area)
        self.pages.addWidget(self.history)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.pages, 1)
        column.addWidget(self.footer)
        order_tabs(head, inside, self.footer)

    def _head(self) -> QVBoxLayout:
        """Two rows: with little room who looks for whom and the level go into the second one."""
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(12)
        back = KeyButton(_("Requests"), self.back_asked.emit, icon="action.previous", size="small")
        self._due.setContentsMargins(0, 3, 4, 0)
        self._sub.setContentsMargins(0, 3, 0, 0)
        self._first.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self._first.addWidget(self._title)
        change = KeyButton(_("Change…"), self.change_asked.emit, size="small")
        self._first.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        for button, keys in ((back, "Alt+Up"), (change, "Ctrl+E")):  # the words beside them need the room
            shortcuts().add(keys, button.text(), button.click, self)
            button.setToolTip(keys)
            button.setAccessibleDescription(keys)
        rows = QVBoxLayout()
        rows.setSpacing(4)
        rows.addLayout(self._first)
        rows.addLayout(self._second)
        return rows

    def _arrange_head(self, *, stacked: bool) -> None:
        row, at = (self._second, 0) if stacked else (self._first, 2)
        for part in (self._sub, self._level, self._due):
            self._first.removeWidget(part)
            self._second.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        row.insertWidget(at, self._sub, 1)
        row.insertWidget(at + 1, self._level, 0, top)
        row.insertWidget(at + 2, self._due, 0, top)
        self._first.setStretch(1, 1 if stacked else 0)
        self._title.setWordWrap(stacked)
