"""A small form over the Sites screen at work: read, write, told with the way to take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time
from panoh.base.i18n import gettext as _
from panoh.services import undoing
from panoh.services.desk import Changes, Desk
from panoh.ui import errors
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm

Work = Callable[[], Changes]


class Tells(Protocol):
    """What a view needs for it: a note for what failed, and one for what was kept."""

    note: NoteBar
    told: NoteBar


class Keeping:
    """Opens small forms over a view and keeps what they hold; `kept` is told what changed, also by taking it back."""

    def __init__(
        self, owner: QWidget, notes: Tells, desk: Desk, runner: TaskRunner, kept: Callable[[Changes], object]
    ) -> None:
        self._owner, self._notes, self._desk, self._runner, self._kept = owner, notes, desk, runner, kept
        self.form: SmallForm | None = None

    def open(self, form: SmallForm, read: Callable[[FormReader], Work], told: Callable[[], str] = lambda: "") -> None:
        """Open a form that stays until its work was done. `read` turns the values into that work, or notes problems.

        `told` says afterwards what was done, beside that it was saved.
        """
        self.form = form

        def done(changes: Changes) -> None:
            time = clock_time(self._desk.clock.now())
            undo = partial(self._undo, changes)
            words = " ".join(part for part in (_("Saved {time}.").format(time=time), told()) if part)
            self._notes.told.say(words, action=_("Undo save"), run=undo)
            self._kept(changes)

        open_form(form, self._desk, self._runner, read, done)

    def _undo(self, changes: Changes) -> None:
        def undone(back: Changes) -> None:
            self._notes.told.say(_("Taken back: everything is as it was before."))
            self._kept(back)

        work = partial(undoing.undo_save, self._desk, changes)
        self._runner.start(lambda _progress: work(), undone, self._fail, owner=self._owner)

    def _fail(self, error: AppError) -> None:
        self._notes.told.hide()
        errors.tell(self._notes.note, error)
