"""The list of records that were set aside: to bring one back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.services import aside
from panoh.services.aside import Aside
from panoh.services.desk import Changes, Desk
from panoh.ui import errors
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.table import PagedModel, PagedTable

_NAME, _NAME_AT_LARGE = 1, 220  # the column, and its width at 100 % text


class AsideView(QWidget):
    """Builds the page and tells what is wanted."""

    back_asked = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="info", icon="state.saved", closable=True)
        self.table = PagedTable(model, name=_("Records set aside"))
        words = [
            _("A record that is set aside stands in no other list, search or count. For 30 days it comes back whole.")
        ]
        self.list = ListOrEmpty(self.table, EmptyPage(_("No record is set aside"), words))
        self.back = KeyButton(_("Bring it back"), self.back_asked.emit, icon="action.undo", keys="Ctrl+Enter")
        self._count = plain_label("", "secondary")
        fill(self, list_page(_("Set aside"), self._count, self.list, above=(self.note, self.told), beside=(self.back,)))
        look().changed.connect(self._measure)
        self._measure()

    def show_count(self, count: int) -> None:
        """Say how many there are."""
        self.list.show_count(count)
        words = ngettext("{n} record, the last one first", "{n} records, the last one first", count)
        self._count.setText(words.format(n=number(count)) if count else "")
        self.back.setVisible(count > 0)

    def _measure(self) -> None:
        """The name takes the rest of the width; at large text it has a width of its own, and the table scrolls."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(_NAME, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(_NAME, look().grown(_NAME_AT_LARGE))


class AsidePresenter(ListScreen[AsideView], QObject):
    """One of the lists of the People screen, for supervisors."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "set-aside"
    shown_kinds = frozenset({"Person", "Removal", "Erasure"})

    def __init__(self, view: AsideView, desk: Desk, runner: TaskRunner) -> None:
        super().__init__(view)
        self.title = _("Set aside")
        self._view, self._desk, self._runner = view, desk, runner
        view.back_asked.connect(self.bring_back)
        view.table.opened.connect(lambda _row: view.back.setFocus())
        view.table.current_changed.connect(self._show)
        view.model.counted.connect(view.show_count)
        view.model.failed.connect(self._fail)

    def bring_back(self) -> None:
        """Bring the chosen record back whole."""
        row = self._view.table.current()
        if isinstance(row, Aside):
            work = partial(aside.bring_back, self._desk, row.line.id)
            self._runner.start(lambda _progress: work(), partial(self._brought, row), self._fail, owner=self)

    def _brought(self, row: Aside, changes: Changes) -> None:
        self._view.told.say(_("{number} is back with everything it had.").format(number=row.line.number))
        self.changed.emit(changes)
        self._read()

    def _show(self, row: Aside | None) -> None:
        self._view.back.setEnabled(row is not None and row.days_left > 0)

    def _read(self) -> None:
        desk = self._desk
        self._view.model.open(
            lambda: aside.count(desk), lambda offset, limit: aside.listed(desk)[offset : offset + limit]
        )

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
