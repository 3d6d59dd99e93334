"""What happens on the page Approvals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time
from panoh.base.i18n import gettext as _
from panoh.domain.closing import Check
from panoh.services import approvals, closing, decisions
from panoh.services.approvals import AskedLine, ToDecide
from panoh.services.desk import Changes, Desk
from panoh.ui import errors
from panoh.ui.approvals.forms import DecideForm, verdict_of
from panoh.ui.approvals.model import DECIDED, WAITING
from panoh.ui.approvals.view import ApprovalsView
from panoh.ui.decision_words import kind_words
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.navigator import Among
from panoh.ui.privacy import Privacy
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner


class Ways(Protocol):
    """Where the list leads."""

    def open_person(self, person_id: str, among: Among | None = None) -> None:
        """Open a person's record."""

    def key_in_paper(self) -> None:
        """Open the form of a paper decision."""


class ApprovalsPresenter(ListScreen[ApprovalsView], QObject):
    """One of the lists of the Triage screen."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "approvals"
    shown_kinds = frozenset({"Approval", "Shield", "Case", "Person", "LevelOverride"})

    def __init__(self, view: ApprovalsView, desk: Desk, runner: TaskRunner, ways: Ways, privacy: Privacy) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Approvals")
        self._view, self._desk, self._runner, self._ways = view, desk, runner, ways
        self._state = WAITING
        self._shown: ToDecide | None = None
        self.form: DecideForm | None = None
        view.state_asked.connect(self.show_state)
        view.paper_asked.connect(ways.key_in_paper)
        view.table.current_changed.connect(self._choose)
        view.model.counted.connect(self._counted)
        view.model.failed.connect(self._fail)
        view.panel.person_asked.connect(ways.open_person)
        view.panel.decide_asked.connect(self.ask)
        view.panel.withdraw_asked.connect(self.take_back)
        privacy.changed.connect(lambda: self._choose(None))

    def show_state(self, state: str) -> None:
        """Show what waits, or what was decided."""
        self._state = state
        self._view.state.set_value(state)
        self._read()

    def ask(self, decision: str) -> None:
        """Open the form of a decision."""
        found = self._shown
        if found is None or not found.asked.waits:
            return
        form = self.form = DecideForm(self._view, self._desk, found, decision)

        def read(reader: FormReader) -> Callable[[], Changes]:
            return partial(decisions.decide, self._desk, found.asked.approval.id, verdict_of(reader, decision))

        open_form(form, self._desk, self._runner, read, partial(self._written, found.asked))

    def take_back(self) -> None:
        """Take back what one asked for."""
        found = self._shown
        if found is not None:
            self._do(
                partial(approvals.withdraw, self._desk, found.asked.approval.id), partial(self._written, found.asked)
            )

    # --- inside -------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk, decided = self._desk, self._state == DECIDED
        self._view.model.open(
            lambda: approvals.count(desk, decided=decided),
            lambda offset, limit: approvals.page(desk, offset, limit, decided=decided),
        )

    def _counted(self, count: int) -> None:
        self._view.show_count(count, decided=self._state == DECIDED)
        if not count:
            self._choose(None)

    def _choose(self, row: AskedLine | None) -> None:
        """Another row is chosen, or the same was read again: show what there is to decide from."""
        row = row or self._view.table.current()
        if row is None:
            self._shown = None
            self._view.panel.show_nothing()
            self._view.split.set_fold_words(_("Nothing is chosen"))
            return
        words = _("{kind}: {number}").format(kind=kind_words(self._desk, row.approval), number=row.line.number)
        self._view.split.set_fold_words(words)
        self._do(partial(self._found, row.approval.id), lambda found: self._show(*found))

    def _found(self, approval_id: str) -> tuple[ToDecide, Sequence[Check]]:
        """What there is to decide from; of a closing what is still open in the case too."""
        found = approvals.to_decide(self._desk, approval_id)
        asked = found.asked
        if asked.approval.kind != closing.CLOSURE or not asked.waits or asked.withheld:
            return found, ()
        return found, closing.before(self._desk, asked.approval.person_id).checks

    def _show(self, found: ToDecide, checks: Sequence[Check]) -> None:
        row = self._view.table.current()
        if row is not None and row.approval.id == found.asked.approval.id:
            self._shown = found
            self._view.panel.show_one(found, checks)

    def _written(self, asked: AskedLine, changes: Changes) -> None:
        words = _("{kind}, {number}: kept {time}. It stands in the record under Case.").format(
            kind=kind_words(self._desk, asked.approval),
            number=asked.line.number,
            time=clock_time(self._desk.clock.now()),
        )
        self._view.note.hide()
        self._view.told.say(words)
        self._shown = None
        self._view.panel.show_nothing()
        self._read()
        self.changed.emit(changes)

    def _do(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self._runner.start(lambda _step: work(), done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
