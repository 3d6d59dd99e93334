"""The small forms of the shield: what it will do, before it is done, and why; and why it should go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import shield
from panoh.services.desk import Changes, Desk
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.controls import LongEdit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm


class ShieldForm(SmallForm):
    """What the shield will do, before it is done, and why it goes up."""

    def __init__(self, parent: QWidget, will_do: Sequence[str]) -> None:
        words = "\n".join([_("This is what happens:"), *(f"•  {sentence}" for sentence in will_do)])
        super().__init__(parent, _("Put up a shield"), words, _("Put it up"))
        hint = _("Only supervisors and whoever holds the case read it.")
        self.form.add("why", FieldRow(_("Why"), LongEdit(2), hint=hint))
        self.form.finish()


class ShieldOffForm(SmallForm):
    """Why it should go."""

    def __init__(self, parent: QWidget) -> None:
        words = _("It stays up until another person, a supervisor, agrees. What is sealed stays sealed.")
        super().__init__(parent, _("Ask to take the shield down"), words, _("Ask for it"))
        self.form.add("why", FieldRow(_("Why"), LongEdit(2)))
        self.form.finish()


def put_up(
    parent: QWidget,
    desk: Desk,
    runner: TaskRunner,
    person_id: str,
    opened: Callable[[SmallForm], object],
    done: Callable[[Changes], object],
    fail: Callable[[AppError], object],
) -> None:
    """Show what a shield over this person will do, ask why, then put it up; `opened` is given the form that asks."""

    def show(said: Sequence[str]) -> None:
        form = ShieldForm(parent.window(), said)
        opened(form)
        ask(form, desk, runner, person_id, shield.put_up, done)

    runner.start(lambda _progress: shield.preview(desk, person_id), show, fail, owner=parent)


def ask(
    form: SmallForm,
    desk: Desk,
    runner: TaskRunner,
    person_id: str,
    work: Callable[[Desk, str, str], Changes],
    done: Callable[[Changes], object],
) -> None:
    """Open a form that asks why, and do the work with the answer."""

    def kept(changes: Changes) -> None:
        form.accept()
        done(changes)

    def act(values: dict[str, str]) -> None:
        runner.start(lambda _progress: work(desk, person_id, values["why"]), kept, form.fail, owner=form)

    form.wanted.connect(act)
    form.open()
