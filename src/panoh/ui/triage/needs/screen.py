"""The list of needs to review: confirm, met, or strike out with a reason, by key; Enter opens the person's needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.domain.needs import CONFIRMED, MET, NOT_APPLICABLE
from panoh.domain.vocabulary import Vocabularies
from panoh.services import needs
from panoh.services.desk import Changes, Desk
from panoh.services.needs import ToReview, called
from panoh.ui import errors
from panoh.ui.accessibility import announce
from panoh.ui.navigator import Among
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner
from panoh.ui.triage.view import QueueTable
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.controls import LongEdit
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import ElidedLabel
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.widgets.table import PagedModel


class Ways(Protocol):
    """Where the list leads."""

    def open_needs(self, person_id: str, among: Among | None = None) -> None:
        """Open a person's record at their needs."""


class NeedsTable(QueueTable):
    """The list; Del strikes the chosen need out."""

    strike_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del strikes out."""
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.strike_asked.emit()
        else:
            super().keyPressEvent(event)


class StrikeOut(SmallForm):
    """Why a need does not apply."""

    def __init__(self, parent: QWidget, need: str) -> None:
        words = _("It stays in the record, with the reason and your name. The level is worked out anew without it.")
        title = _("Strike out: {need}").format(need=need)
        super().__init__(parent, title, words, _("Strike it out"))
        self.form.add("why", FieldRow(_("Why it does not apply"), LongEdit(3)))
        self.form.finish()


class NeedsToReviewView(QWidget):
    """Builds the page and tells what is wanted."""

    confirm_asked = Signal()
    met_asked = Signal()
    strike_asked = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.table = NeedsTable(model, _("Needs to review"))
        self.table.strike_asked.connect(self.strike_asked)
        words = [
            _(
                "Whatever somebody noticed at registration, or brought in with a list, waits here until it is looked at."
            ),
            _("A need whose last day is past comes back here too. Nothing leaves by itself."),
        ]
        self.list = ListOrEmpty(self.table, EmptyPage(_("No need waits for a review"), words))
        self.confirm = KeyButton(_("Confirm"), self.confirm_asked.emit, keys="Ctrl+Enter", size="small", bold=True)
        self.met = KeyButton(_("Met"), self.met_asked.emit, keys="Ctrl+Shift+Enter", size="small")
        self.strike = KeyButton(_("Strike out…"), self.strike_asked.emit, shown_keys="Del", size="small")
        self._count = ElidedLabel("", "secondary")
        acts = (self.confirm, self.met, self.strike)
        fill(self, list_page(_("Needs to review"), self._count, self.list, above=(self.note,), beside=acts))

    def show_count(self, count: int) -> None:
        """Say how many there are."""
        self.list.show_count(count)
        words = ngettext("{n} need, the gravest first", "{n} needs, the gravest first", count).format(n=number(count))
        self._count.setText(words if count else "")
        for act in (self.confirm, self.met, self.strike):
            act.setVisible(count > 0)


class NeedsToReviewPresenter(ListScreen[NeedsToReviewView], QObject):
    """What the list shows, what opens from it, and what a review finds."""

    changed = Signal(object)  # Changes of a review

    help_page = "needs-to-review"
    shown_kinds = frozenset({"SpecificNeed", "Person", "Case", "Household", "LevelOverride", "RefoulementAssessment"})

    def __init__(self, view: NeedsToReviewView, desk: Desk, runner: TaskRunner, ways: Ways) -> None:
        QObject.__init__(self, view)
        self.title = _("Needs to review")
        self._view, self._desk, self._runner, self._ways = view, desk, runner, ways
        self._words: Vocabularies = desk.vocabularies
        self.dialog: StrikeOut | None = None
        self._next = -1  # the row to choose after a review took one away
        view.table.opened.connect(self._open)
        view.confirm_asked.connect(partial(self._review, CONFIRMED, _("Confirmed: {need}")))
        view.met_asked.connect(partial(self._review, MET, _("Met: {need}")))
        view.strike_asked.connect(self.ask_strike)
        view.model.counted.connect(self._counted)
        view.model.failed.connect(self._fail)

    def panes(self) -> Sequence[QWidget]:
        """The list, and what is done with a need."""
        return (self._view.list, self._view.confirm)

    def ask_strike(self) -> None:
        """Ask why the chosen need does not apply."""
        row: ToReview | None = self._view.table.current()
        if row is None:
            return
        form = self.dialog = StrikeOut(self._view, called(self._words, row.need.code))

        def work() -> Changes | list[FieldProblem]:
            try:
                return needs.review(self._desk, row.need.id, NOT_APPLICABLE, form.values()["why"])
            except FormProblems as found:
                return found.problems

        def ended(outcome: Changes | list[FieldProblem]) -> None:
            if isinstance(outcome, list):
                form.show_problems(outcome)
            else:
                form.accept()
                self._done(_("Struck out: {need}"), row, outcome)

        form.wanted.connect(lambda _values: self._do(work, ended, form.fail))
        form.finished.connect(form.deleteLater)
        form.open()

    def _review(self, found: str, said: str) -> None:
        row: ToReview | None = self._view.table.current()
        if row is not None:
            self._do(partial(needs.review, self._desk, row.need.id, found), partial(self._done, said, row), self._fail)

    def _done(self, said: str, row: ToReview, changes: Changes) -> None:
        self._view.note.hide()
        self._next = self._view.table.currentIndex().row()
        announce(self._view, said.format(need=called(self._words, row.need.code)))
        self._read()
        self.changed.emit(changes)

    def _do(self, work: Callable[[], object], done: Callable[..., object], fail: Callable[[AppError], object]) -> None:
        self._runner.start(lambda _step: work(), done, fail, owner=self._view)

    def _read(self) -> None:
        desk = self._desk
        self._view.model.open(lambda: needs.count(desk), lambda offset, limit: needs.to_review(desk, offset, limit))

    def _counted(self, count: int) -> None:
        self._view.show_count(count)
        if count and self._next >= 0:
            self._view.table.selectRow(min(self._next, count - 1))
        self._next = -1

    def _open(self, row: ToReview) -> None:
        at = max(self._view.model.row_of(row.need.id), 0)
        words, count = _("{n} of {count} to review"), self._view.model.rowCount()
        among = Among(self.title, words, at, count, lambda to: needs.to_review(self._desk, to, 1)[0].line.id)
        self._ways.open_needs(row.line.id, among)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
