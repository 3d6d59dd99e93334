"""The list of movements between places."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.ui.shortcuts import shortcuts
from panoh.ui.sites.movements.model import REMARKS
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.table import PagedModel, PagedTable

_REMARKS_AT_LARGE = 220  # width at 100 % text


class MovementsView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    new_asked = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.saved", closable=True)
        self.table = PagedTable(model, name=_("Movements"), row="row.two_lines")
        self._count = plain_label("", "secondary")
        self._lay_out()
        model.counted.connect(self._show_count)
        shortcuts().add("Ctrl+N", _("Record a movement"), self.new_asked.emit, self)
        look().changed.connect(self._measure)
        self._measure()

    def _show_count(self, count: int) -> None:
        self.list.show_count(count)
        words = ngettext("{n} movement, Enter changes it", "{n} movements, the newest first; Enter changes one", count)
        self._count.setText(words.format(n=number(count)) if count else "")
        self._add.setVisible(count > 0)

    def _lay_out(self) -> None:
        words = [
            _(
                "Groups that moved from one place to another, or are about to, will stand here: between sites, or north."
            ),
            _("It tells where help is needed next. Nobody's own record is moved by it."),
        ]
        add = KeyButton(_("Record a movement"), self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        self.list = ListOrEmpty(self.table, EmptyPage(_("No movements yet"), words, [(add, "")]))
        self._add = KeyButton(_("Record a movement"), self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        fill(self, list_page(_("Movements"), self._count, self.list, above=(self.note, self.told), beside=(self._add,)))
        order_tabs(self)

    def _measure(self) -> None:
        """The remarks take the rest of the width; at large text a width of their own, and the table scrolls."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(REMARKS, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(REMARKS, look().grown(_REMARKS_AT_LARGE))
