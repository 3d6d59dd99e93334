"""Drafts of small forms: what is half typed in one stands in the vault within two seconds, and is offered when it opens again.

Whoever cancels gives it up. A lock, a crash or a power cut does not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, moment
from panoh.base.i18n import gettext as _
from panoh.services import drafts
from panoh.services.desk import Desk
from panoh.services.drafts import Draft
from panoh.ui.draft_timer import DraftTimer
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.control_values import watch
from panoh.ui.widgets.small_form import SmallForm

KIND = "small_form"


class FormDraft(QObject):
    """Keeps the draft of one form as long as that is open; made before the form is shown, once its fields are filled.

    `about` is the id of the person, or of what else the form is about; '' for something new.
    """

    def __init__(
        self,
        form: SmallForm,
        desk: Desk,
        runner: TaskRunner,
        about: str,
        *,
        of_person: bool = True,
        told: Callable[[str], object] = lambda _words: None,
    ) -> None:
        """`told` is given words for the status bar, which counts the drafts."""
        super().__init__(form)
        self._told = told
        self._form, self._desk, self._runner = form, desk, runner
        self._about, self._of_person = about, of_person
        self._id = f"{about}.{type(form).__name__}.{form.accessibleName()}.{desk.user.id}"
        self._before, self._kept = form.values(), False
        self._timer = DraftTimer(form, self._keep)
        for row in form.form.rows.values():
            watch(row.control, self._changed)
        form.installEventFilter(self)
        form.accepted.connect(self._drop)
        form.rejected.connect(self._left)
        runner.start(lambda _step: drafts.mine(desk, KIND), self._offer, owner=form)

    def eventFilter(self, _form: QObject, event: QEvent) -> bool:
        """A lock hides the form before it ends it: what no draft holds yet goes into one."""
        if event.type() == QEvent.Type.Hide and not self._form.done_with:
            self._timer.at_once()
        return False

    def _changed(self) -> None:
        if self._form.values() == self._before:
            self._timer.stop()
            self._drop()
        else:
            self._timer.plan()

    def _keep(self) -> None:
        self._timer.stop()
        self._kept = True
        whose = {"person_id": self._about} if self._of_person else {}
        payload = {**whose, "title": self._form.accessibleName(), "values": self._form.values()}
        words = _("Draft saved {time}").format(time=clock_time(self._desk.clock.now()))
        self._do(partial(drafts.keep, self._desk, self._id, KIND, payload), words)

    def _left(self) -> None:
        if self._form.given_up:
            self._drop()

    def _drop(self) -> None:
        self._timer.stop()
        if self._kept:
            self._kept = False
            self._do(partial(drafts.drop, self._desk, self._id), _("Draft dropped"))

    def _offer(self, found: list[Draft]) -> None:
        draft = next((one for one in found if one.id == self._id), None)
        if draft is None or self._form.values() != self._before:
            return
        self._kept = True
        today = draft.saved_at.astimezone().date() == self._desk.clock.today()
        when = clock_time(draft.saved_at) if today else moment(draft.saved_at)
        words = _("Recover the draft of {time}?").format(time=when)
        self._form.offer.say(words, action=_("Recover"), run=partial(self._recover, draft))

    def _recover(self, draft: Draft) -> None:
        self._form.offer.hide()
        for key, value in draft.payload["values"].items():
            if key in self._form.form.rows:
                self._form.set_value(key, value)

    def _do(self, work: Callable[[], object], words: str) -> None:
        """Without an owner: it is done also when the form is gone by then. Of a form that was saved or locked away nothing
        is told: the one tells for itself, and of the other the window may be gone as well."""
        form, told = self._form, self._told

        def done(_nothing: object) -> None:
            if form.given_up or not form.done_with:
                told(words)

        self._runner.start(lambda _step: work(), done, self._fail)

    def _fail(self, error: AppError) -> None:
        if not self._form.done_with:
            self._form.fail(error)
