"""What is done for the person chosen in the queue: the case is given, another level set or asked for, advice asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import triage
from panoh.services.desk import Changes, Desk
from panoh.services.triage import QueueItem
from panoh.ui.accessibility import announce
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.level_asking import OfWhom, ask_level
from panoh.ui.tasks import TaskRunner
from panoh.ui.triage.view import TriageView
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

_MOST_REASON = 500  # characters
Written = Callable[[Changes], object]


class Acts(QObject):
    """`written` is told each write, `fail` what went wrong."""

    def __init__(
        self,
        view: TriageView,
        desk: Desk,
        runner: TaskRunner,
        written: Written,
        fail: Callable[[AppError], object],
    ) -> None:
        super().__init__(view)
        self._view, self._desk, self._runner = view, desk, runner
        self._written, self._fail = written, fail

    def take(self, item: QueueItem) -> None:
        """Hold the case."""
        if item.line.owner_id == self._desk.user.id:
            self._view.said.say(_("You hold this case already."))
            return
        self._assign(item, self._desk.user.id, _("{number} is yours now"))

    def assign(self, item: QueueItem, user_id: str) -> None:
        """Give the case to this user."""
        self._assign(item, user_id, _("{number} is assigned"))

    def ask_level(self, item: QueueItem, computed: str) -> None:
        """Ask which other level the person shall have, and why; a lower one than now is a supervisor's to set."""
        whom = OfWhom(item.line.id, item.line.number, item.line.level or "unknown", computed)

        def ended(changes: Changes, said: str) -> None:
            if said:
                self._say(said)
            self._written(changes)

        ask_level(self._view, self._desk, self._runner, whom, ended)

    def ask_advice(self, item: QueueItem) -> SmallForm:
        """Ask what a supervisor is to be asked about the person."""
        number = item.line.number
        words = _("It shows in the queue of every supervisor until it is answered, with your name.")
        form = SmallForm(self._view, _("Ask for advice about {number}").format(number=number), words, _("Ask"))
        why = QLineEdit()
        why.setMaxLength(_MOST_REASON)
        form.form.add("reason", FieldRow(_("What is asked, and why"), why))
        form.form.finish()

        def read(values: FormReader) -> Callable[[], Changes]:
            return partial(triage.escalate, self._desk, item.line.id, values.raw("reason"))

        def done(changes: Changes) -> None:
            self._say(_("Supervisors are asked about {number}.").format(number=number))
            self._written(changes)

        open_form(form, self._desk, self._runner, read, done)
        return form

    def looked_at(self, item: QueueItem) -> None:
        """Somebody has looked: the level that had lapsed is over."""
        self._start(partial(triage.looked_at, self._desk, item.line.id), _("{number} was looked at"), item)

    def _assign(self, item: QueueItem, user_id: str, said: str) -> None:
        self._start(partial(triage.assign, self._desk, item.line.id, user_id), said, item)

    def _start(self, work: Callable[[], Changes], said: str, item: QueueItem) -> None:
        def done(changes: Changes) -> None:
            self._view.note.hide()
            self._view.said.hide()
            announce(self._view, said.format(number=item.line.number))
            self._written(changes)

        self._runner.start(lambda _step: work(), done, self._fail, owner=self._view)

    def _say(self, words: str) -> None:
        self._view.said.say(words)
