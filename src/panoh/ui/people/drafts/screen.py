"""The list of drafts: what was typed and not saved, to go on with or to throw away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.services import drafts
from panoh.services.desk import Desk
from panoh.services.drafts import Draft
from panoh.ui import errors
from panoh.ui.people.drafts.model import DraftRow, kind_words, rows
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.table import PagedModel, PagedTable


class DraftsTable(PagedTable):
    """The list; Del throws the chosen draft away."""

    away_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with a draft, Del throws it away."""
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.away_asked.emit()
        else:
            super().keyPressEvent(event)


class DraftsView(QWidget):
    """Builds the page and tells what is wanted."""

    away_asked = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="info", icon="state.draft", closable=True)
        self.table = DraftsTable(model, name=_("Drafts"))
        self.table.away_asked.connect(self.away_asked)
        words = [_("Whatever is typed and not saved stands here within two seconds, also after a crash.")]
        self.list = ListOrEmpty(self.table, EmptyPage(_("Nothing is left half done"), words))
        self.away = KeyButton(_("Throw away"), self.away_asked.emit, shown_keys="Del", size="small")
        self._count = plain_label("", "secondary")
        fill(self, list_page(_("Drafts"), self._count, self.list, above=(self.note, self.told), beside=(self.away,)))

    def show_count(self, count: int) -> None:
        """Say how many there are."""
        self.list.show_count(count)
        words = ngettext("{n} draft, the newest first", "{n} drafts, the newest first", count).format(n=number(count))
        self._count.setText(words if count else "")
        self.away.setVisible(count > 0)


class DraftsPresenter:
    """What the list shows, what opens from it, and what is thrown away."""

    help_page = "drafts"

    def __init__(
        self,
        view: DraftsView,
        desk: Desk,
        runner: TaskRunner,
        open_draft: Callable[[Draft], object],
        changed: Callable[[], object],
    ) -> None:
        """`changed` is called when a draft was thrown away or put back."""
        self.title = _("Drafts")
        self._view, self._desk, self._runner, self._changed = view, desk, runner, changed
        view.table.opened.connect(lambda row: open_draft(row.draft))
        view.away_asked.connect(self.throw_away)
        view.model.counted.connect(view.show_count)
        view.model.failed.connect(self._fail)

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """The list, and what is done with a draft."""
        return (self._view.list, self._view.away)

    def opened(self) -> None:
        """Read the list; the keys go into it."""
        self._view.told.hide()
        self._read()
        self._view.list.setFocus()

    def refresh(self, _kinds: frozenset[str]) -> None:
        """A form was saved, and its draft is gone."""
        self._read()

    def throw_away(self) -> None:
        """Throw the chosen draft away; until the list is left it can be put back."""
        row = self._view.table.current()
        if row is not None:
            self._do(partial(drafts.drop, self._desk, row.draft.id), partial(self._tell, row))

    def _tell(self, row: DraftRow) -> None:
        words = _("Thrown away: {kind}.").format(kind=kind_words(row))
        self._view.told.say(words, action=_("Restore the draft"), run=partial(self._put_back, row.draft))

    def _put_back(self, draft: Draft) -> None:
        self._do(partial(drafts.keep, self._desk, draft.id, draft.kind, draft.payload), self._view.told.hide)

    def _do(self, work: Callable[[], None], then: Callable[[], object]) -> None:
        def done(_nothing: None) -> None:
            then()
            self._read()
            self._changed()

        self._runner.start(lambda _step: work(), done, self._fail, owner=self._view)

    def _read(self) -> None:
        desk = self._desk
        self._view.model.open(lambda: drafts.count(desk), partial(rows, desk))

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
