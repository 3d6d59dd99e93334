"""What happens on the worksheet of a verification."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import clock_time
from panoh.base.i18n import gettext as _
from panoh.domain.tracing import TracingRequest
from panoh.domain.verification import VERIFIED
from panoh.services import (
    tracing,
    verification,
    verification_compared,
)
from panoh.services.desk import Changes, Desk
from panoh.services.verification import SideView
from panoh.services.verification_asking import GRANTED
from panoh.services.verification_compared import Compared
from panoh.ui import errors
from panoh.ui.form_work import outcome_of
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.verifying.acts import Acts
from panoh.ui.tracing.verifying.view import ANEW, ASK, HAND_OVER, REUNITE, SAVE, SHEET, SIGN, VerifyingView
from panoh.ui.tracing.verifying.words import VerifyingWords
from panoh.ui.widgets.small_form import SmallForm

T = TypeVar("T")
_KINDS = frozenset({"Verification", "VerificationQuestion", "Approval", "TracingRequest", "Person", "Shield"})
_WAITS = ("", "discuss")


class Ways(Protocol):
    """Where the worksheet leads."""

    def back(self) -> None:
        """Go back to the screen before."""

    def open_reunions(self, person_id: str, request_id: str = "") -> None:
        """Open the reunifications of a person."""


class VerifyingPresenter(QObject):
    """The screen of the frame. `show` says whose verification; the frame then opens it."""

    changed = Signal(object)  # Changes of a write made here
    told_saved = Signal(str)  # words for the status bar
    help_page = "verification"

    def __init__(self, view: VerifyingView, desk: Desk, runner: TaskRunner, ways: Ways, privacy: Privacy) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Verification")
        self._view, self._desk, self._runner, self._ways = view, desk, runner, ways
        self._words = VerifyingWords(desk, privacy)
        self._request_id = self._person_id = self._id = ""
        self._found: Compared | None = None
        self._side: SideView | None = None
        self.acts = Acts(view, view.told, desk, runner, self._written, self.told_saved.emit)
        self._connect(privacy)

    # --- the frame's side -----------------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> str:
        """What shows is told by two ids."""
        return f"{self._request_id} {self._person_id}" if self._request_id else ""

    def panes(self) -> Sequence[QWidget]:
        """The page, its footer."""
        return (self._view.side, self._view.side.footer) if self._view.on_side else (self._view, self._view.footer)

    def show(self, request_id: str, person_id: str) -> None:
        """Choose whose verification shows from now on."""
        self._view.keep_now()
        if (request_id, person_id) != (self._request_id, self._person_id):
            self._view.compared.forget()
        self._request_id, self._person_id = request_id, person_id
        self._id, self._found = "", None
        self._forget_side()
        self._view.note.hide()
        self._view.told.hide()

    def opened(self) -> None:
        """Read it; a side that was being asked is left."""
        self._forget_side()
        self._read()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Something changed: read again what shows, but for a side that is being asked."""
        if kinds & _KINDS and self._side is None and self._request_id:
            self._read()

    def keep_drafts(self) -> None:
        """Write what is typed into the vault; called before it is locked."""
        self._view.keep_now()
        work = self._saving() if self._side is None and self._found is not None and self._found.both_done else None
        if work is not None:  # without an owner: also when the page is gone by then
            self._view.compared.answers.forget()
            self._runner.start(lambda _step: outcome_of(work), lambda _outcome: self._tell_saved(), self._fail)

    # --- reading --------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        pair = (self._request_id, self._person_id)

        def work() -> tuple[TracingRequest, Compared | None]:
            one = verification.of_pair(self._desk, *pair)
            found = verification_compared.compared(self._desk, one.id) if one else None
            return tracing.request(self._desk, pair[0]), found

        def show(read: tuple[TracingRequest, Compared | None]) -> None:
            if pair == (self._request_id, self._person_id) and self._side is None:
                self._show(*read)

        self._do(work, show)

    def _show(self, request: TracingRequest, found: Compared | None) -> None:
        self._found, self._id = found, found.verification.id if found else ""
        self.acts.take(found)
        view = self._view
        title = _("Verification for request {number}").format(number=request.number)
        if found is None:
            view.show_head(title, _("Nothing has begun yet."))
            words = _("Both sides are asked the same questions, apart from each other, best by two colleagues.")
            view.overview.show_cards(words, [], begun=False, own_question=False)
            view.warning.hide()
            view.before.hide()
            view.show_overview()
            view.show_acts(REUNITE)  # what could not wait is noted as such
            return
        view.show_head(title, self._words.state(found))
        view.warning.say("\n".join(found.warnings), heading=_("A supervisor decides") if found.warnings else "")
        view.before.say("\n".join(found.before))
        if not found.both_done and not found.verification.result:
            words = self._words.next_step(found)
            fresh = not (found.verification.a_done_at or found.verification.b_done_at)
            view.overview.show_cards(words, self._words.cards(found), begun=True, own_question=fresh)
            view.show_overview()
            view.show_acts(REUNITE)
            return
        may_change = not (found.verification.result or found.withheld or self._waits(found))
        view.compared.show_compared(found, self._words.hidden(found), self._words.photos(found), may_change=may_change)
        view.show_compared()
        granted = found.hand_over is not None and found.hand_over.decision in GRANTED
        view.show_acts(*self._acts(found, may_change=may_change), main=REUNITE if granted else "")

    def _acts(self, found: Compared, *, may_change: bool) -> list[str]:
        one, boss = found.verification, self._desk.is_supervisor
        if one.result == VERIFIED:
            if found.withheld:
                return []
            refused = found.hand_over is None or found.hand_over.decision not in (*_WAITS, *GRANTED)
            return [HAND_OVER, REUNITE] if refused else [REUNITE]  # what is asked or granted is not asked twice
        if one.result:
            return [ANEW, REUNITE]
        acts = [SAVE, ASK] if may_change else []
        if not found.withheld and not found.missing and (boss or not found.warnings):
            acts.append(SHEET)
        if self._waits(found) and boss and found.asked is not None and found.asked.asked_by != self._desk.user.id:
            acts.append(SIGN)
        return [*acts, REUNITE]

    @staticmethod
    def _waits(found: Compared) -> bool:
        return found.asked is not None and found.asked.decision in _WAITS and not found.verification.result

    # --- a side ---------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin to verify this pair."""
        work = partial(verification.begin, self._desk, self._request_id, self._person_id)
        self._do(work, lambda made: self._written(made[1]))

    def ask_side(self, side: str) -> None:
        """Ask one side; it is this user's from then on."""
        self._do(partial(verification.side_view, self._desk, self._id, side), self._show_side)

    def _show_side(self, side: SideView) -> None:
        found = self._found
        if found is None or found.verification.id != side.verification_id:
            return
        self._side = side
        self._view.note.hide()
        other = "b" if side.side == "a" else "a"
        self._view.side.show_side(side, self._words.who(found, side.side), self._words.who(found, other))
        self._view.show_side()

    def _keep_side(self) -> None:
        """What is typed stands in the vault, without an owner: also when the page is gone by then."""
        side = self._side
        if side is None:
            return
        self._view.kept()
        page = self._view.side
        work = partial(
            verification.answer, self._desk, side.verification_id, side.side, page.answers(), page.photo() or None
        )
        self._runner.start(lambda _step: work(), lambda _changes: self._tell_saved(), self._fail)

    def complete(self) -> None:
        """Close this side."""
        side = self._side
        if side is None:
            return
        page, desk = self._view.side, self._desk
        answers, photo = page.answers(), page.photo() or None

        def work() -> Changes | list[FieldProblem]:
            verification.answer(desk, side.verification_id, side.side, answers, photo)
            return outcome_of(partial(verification.complete, desk, side.verification_id, side.side))

        def done(outcome: Changes | list[FieldProblem]) -> None:
            if isinstance(outcome, list):
                page.form.show_problems(outcome)
            else:
                self._leave_side(outcome)

        self._view.kept()
        self._do(work, done)

    def _leave_side(self, changes: Changes | None = None) -> None:
        self._forget_side()
        if changes is None:
            self._read()
        else:
            self._written(changes)

    def _forget_side(self) -> None:
        """What is typed is kept by then; whoever asks the other side next finds nothing of it here."""
        self._side = None
        self._view.side.forget()

    def _ask_anew(self) -> None:
        side = self._side
        if side is not None:
            said = _("What was answered so far is taken off the sheet, and another colleague asks this side.")
            form = SmallForm(self._view, _("Have this side asked anew"), said, _("Take the answers off"))
            self._view.kept()
            work = partial(verification.ask_anew, self._desk, side.verification_id, side.side)
            self.acts.open(form, lambda _values: work, self._leave_side)

    # --- both sides -----------------------------------------------------------------------------------------------------

    def act(self, what: str) -> None:
        """Do what a button of the footer says."""
        acts: dict[str, Callable[[], object]] = {
            SAVE: self._save,
            ASK: lambda: self.acts.ask(self._saving()),
            SHEET: self.acts.ask_sheet,
            SIGN: self.acts.sign,
            HAND_OVER: self.acts.ask_hand_over,
            REUNITE: lambda: self._ways.open_reunions(self._person_id, self._request_id),
            ANEW: self.begin,
        }
        acts[what]()

    def _save(self) -> None:
        work = self._saving()
        if work is not None:
            self._do(lambda: outcome_of(work), self._saved)

    def _saving(self) -> Callable[[], Changes] | None:
        """The write of what was changed; None where nothing was."""
        found, page = self._found, self._view.compared
        if found is None:
            return None
        before = {one.id: one.agreement for one in found.questions}
        judged = {key: said for key, said in page.answers.judged().items() if said[1] or said[0] != before.get(key)}
        noted, desk, verification_id = page.noted(), self._desk, found.verification.id
        if not (judged or noted):
            return None

        def work() -> Changes:
            changes = verification_compared.judge(desk, verification_id, judged)
            return verification_compared.note(desk, verification_id, noted) if noted else changes

        return work

    def _saved(self, outcome: Changes | list[FieldProblem]) -> None:
        if isinstance(outcome, list):
            self._view.compared.form.show_problems(outcome)
        else:
            self._view.compared.form.show_problems([])
            self._view.compared.answers.forget()
            self._written(outcome)

    # --- inside ---------------------------------------------------------------------------------------------------------

    def _written(self, changes: Changes) -> None:
        self._view.note.hide()
        self._tell_saved()
        self._read()
        self.changed.emit(changes)

    def _tell_saved(self) -> None:
        self.told_saved.emit(_("Saved {time}").format(time=clock_time(self._desk.clock.now())))

    def _connect(self, privacy: Privacy) -> None:
        view = self._view
        view.back_asked.connect(self._back)
        view.act_asked.connect(self.act)
        view.keep_due.connect(self._keep_side)
        view.overview.begin_asked.connect(self.begin)
        view.overview.side_asked.connect(self.ask_side)
        view.overview.question_asked.connect(self.acts.ask_question)
        view.overview.give_up_asked.connect(self.acts.ask_give_up)
        view.side.complete_asked.connect(self.complete)
        view.side.anew_asked.connect(self._ask_anew)
        view.side.back_asked.connect(self._leave_side)
        privacy.changed.connect(lambda: self.refresh(_KINDS))

    def _back(self) -> None:
        self.keep_drafts()
        self._ways.back()

    def _do(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._runner.start(lambda _step: work(), done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
