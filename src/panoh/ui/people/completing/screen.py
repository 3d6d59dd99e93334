"""The list of registrations to complete: a table that opens the record."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import completing
from panoh.services.completing import ToComplete
from panoh.services.desk import Desk
from panoh.ui import errors
from panoh.ui.navigator import Among, Navigator
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.table import PagedModel, PagedTable


class CompletingView(QWidget):
    """Builds the page."""

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.table = PagedTable(model, name=_("Registrations to complete"))
        words = [
            _(
                "Whoever was registered in a hurry stands here, with what is still to ask: the gravest first. Nothing of it blocks anything."
            )
        ]
        self.list = ListOrEmpty(self.table, EmptyPage(_("Every registration is full"), words))
        self._count = plain_label("", "secondary")
        fill(self, list_page(_("To complete"), self._count, self.list, above=(self.note,)))

    def show_count(self, count: int) -> None:
        """Say how many there are."""
        self.list.show_count(count)
        self._count.setText(_("{n} registrations, groups first").format(n=count) if count else "")


class CompletingPresenter(ListScreen[CompletingView]):
    """What the list shows, and what opens from it."""

    help_page = "to-complete"
    shown_kinds = frozenset({"Person", "PersonName", "IdentityDocument", "Consent", "Attachment", "Unanswered"})

    def __init__(self, view: CompletingView, desk: Desk, navigator: Navigator) -> None:
        self.title = _("To complete")
        self._view, self._desk, self._navigator = view, desk, navigator
        view.table.opened.connect(self._open)
        view.model.counted.connect(view.show_count)
        view.model.failed.connect(self._fail)

    def _read(self) -> None:
        desk = self._desk
        self._view.model.open(
            lambda: completing.count(desk), lambda offset, limit: completing.page(desk, offset, limit)
        )

    def _open(self, row: ToComplete) -> None:
        at = max(self._view.model.row_of(row.line.id), 0)
        words, count = _("{n} of {count} to complete"), self._view.model.rowCount()
        among = Among(self.title, words, at, count, lambda to: completing.page(self._desk, to, 1)[0].line.id)
        self._navigator.open_person(row.line.id, among)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
