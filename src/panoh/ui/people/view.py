"""The list of everyone, with a search over names in any spelling."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import announce
from panoh.ui.people.model import NAME
from panoh.ui.privacy import Privacy
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.searching import SearchEdit, pausing
from panoh.ui.widgets.table import PagedModel, PagedTable

_NAME_AT_LARGE = 220  # width of the name's column, at 100 % text


class PeopleView(QWidget):
    """Builds the page and tells what is wanted."""

    search_asked = Signal(str)
    opened = Signal(object)  # a PersonLine
    register_asked = Signal()
    everyone_asked = Signal()

    def __init__(self, model: PagedModel, privacy: Privacy) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.search = SearchEdit()
        self.table = PagedTable(model, name=_("People"))
        self._title = plain_label(_("People"), "title bold")
        self._count = plain_label("", "secondary")
        self._pause = pausing(self.search, self.search_asked.emit)
        self._make_part()
        self._make_empty_pages()
        self._lay_out()
        self.search.left.connect(self.table.setFocus)
        self.search.entered.connect(self._open_first)
        self.table.opened.connect(self.opened.emit)
        privacy.changed.connect(self.table.viewport().update)
        shortcuts().add("Ctrl+F", _("Search in this list"), self.search.setFocus, self)

    def show_count(self, count: int, searched: str, *, part: bool = False) -> None:
        """Say how many there are, and show the page that fits when there are none."""
        self._empty.setCurrentWidget(self._none_found if searched else self._no_part if part else self._nobody)
        self.list.show_count(count)
        self._none_found.set_words(
            _("Nobody found for “{text}”").format(text=searched),
            _("Names are compared in every spelling and script. Try one part of the name, or the number."),
        )
        self._count.setText(self._count_words(count, searched))
        if searched:
            announce(self.search, self._count.text())

    def begin_part(self) -> None:
        """Another part of the list is wanted: what was searched for is gone."""
        self.search.clear()
        self.stop_search()

    def show_part(self, words: str) -> None:
        """Say which part of everyone shows; '' where all do."""
        self._part.setText(words)
        show_when(self._part_row, bool(words))
        if words:
            announce(self.table, words)

    def stop_search(self) -> None:
        """Do not search for what was typed last: someone did it already."""
        self._pause.stop()

    def clear_search(self) -> None:
        """Empty the search box and put the keys there."""
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _count_words(count: int, searched: str) -> str:
        if searched:
            return _("{n} found, the best first").format(n=count)
        return _("{n} registered, the last one first").format(n=count) if count else ""

    def _open_first(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.search_asked.emit(self.search.text().strip())
        elif self.model.rowCount():
            record = self.table.current() or self.model.row_at(0)
            self.opened.emit(record)

    def _make_empty_pages(self) -> None:
        register = KeyButton(_("Register a family"), self.register_asked.emit, icon="action.register_family")
        clear = KeyButton(_("Clear the search"), self.clear_search, icon="action.close")
        words = [
            _("Everyone who is registered will stand here, the last one first."),
            _("A family takes about two minutes: one row for each member."),
        ]
        self._nobody = EmptyPage(_("Nobody is registered yet"), words, [(register, "")])
        self._none_found = EmptyPage("", [""], [(clear, _("Esc"))])
        self._no_part = EmptyPage(
            _("Nobody is in this part of the list"),
            [_("A number that is not told may be nought, and others may have changed since.")],
            [(self._to_everyone(), "")],
        )
        self._empty = QStackedWidget()
        self._empty.addWidget(self._no_part)
        self._empty.addWidget(self._nobody)
        self._empty.addWidget(self._none_found)
        self.list = ListOrEmpty(self.table, self._empty)

    def _to_everyone(self) -> KeyButton:
        return KeyButton(_("Show everyone"), self.everyone_asked.emit, icon="action.close", size="small")

    def _make_part(self) -> None:
        self._part = plain_label("", "bold", wrap=True)
        self._part_row = QWidget()
        row = QHBoxLayout(self._part_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._part, 1)
        row.addWidget(self._to_everyone())
        self._part_row.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        label = plain_label(_("Search"), "secondary")
        label.setBuddy(self.search)
        self.search.setAccessibleName(_("Search people"))
        self.search.setPlaceholderText(_("a name in any spelling, a number"))
        self.search.setMinimumWidth(220)
        head.addWidget(label)
        head.addWidget(self.search, 1)
        panel = Panel()
        panel.body.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addLayout(head)
        column.addWidget(self._part_row)
        column.addWidget(panel, 1)
        order_tabs(self)
        look().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """The name takes the rest of the width; at large text a width of its own, and the table scrolls."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(NAME, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(NAME, look().grown(_NAME_AT_LARGE))
