"""The shield over the person whose record shows: whether it is up, putting it up, taking it down by two people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.shield import Shield
from panoh.services import shield
from panoh.services.desk import Changes, Desk
from panoh.ui.errors import tell
from panoh.ui.person.fields import line_of
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.controls import LongEdit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel
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


class ShieldPanel(Panel):
    """Whether the shield is up, and what can be done about it."""

    up_asked = Signal()
    off_asked = Signal()
    agreed = Signal()
    kept_on = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Shield"), sub=_("for somebody who may be sent back, or whom somebody looks for"), padded=True
        )
        self._state = plain_label("", "bold", wrap=True)
        self._why = plain_label("", "secondary", wrap=True)
        self.up = KeyButton(_("Put up a shield…"), self.up_asked.emit, icon="action.put_shield_on")
        self.off = KeyButton(_("Ask to take it down…"), self.off_asked.emit)
        self.agree = KeyButton(_("Agree: take it down"), self.agreed.emit)
        self.keep = KeyButton(_("Leave it up"), self.kept_on.emit)
        self.body.setSpacing(8)
        for part in (self._state, self._why, line_of(self.up, self.off, self.agree, self.keep)):
            self.body.addWidget(part)

    def show_shield(self, found: Shield | None, *, supervisor: bool, asked_by_me: bool) -> None:
        """Show what holds now."""
        asked = found is not None and bool(found.off_asked_by)
        self._state.setText(_state(found))
        self._why.setText((found.off_why if asked else found.why) if found else _("Names, places and phones are open."))
        show_when(self.up, found is None)
        show_when(self.off, found is not None and not asked)
        show_when(self.agree, asked and supervisor and not asked_by_me)
        show_when(self.keep, asked and (supervisor or asked_by_me))


def _state(found: Shield | None) -> str:
    if found is None:
        return _("No shield is up.")
    if found.off_asked_by:
        return _("A shield is up. Somebody asked to take it down; another person decides.")
    return _("A shield is up since {day}.").format(day=day(found.on_at.astimezone().date()))


class ShieldPart:
    """The presenter of the panel. `whose` tells whose record shows; `written` is told what changed."""

    def __init__(
        self,
        panel: ShieldPanel,
        note: NoteBar,
        desk: Desk,
        runner: TaskRunner,
        whose: Callable[[], str],
        written: Callable[[Changes], object],
    ) -> None:
        self._panel, self._note, self._desk, self._runner = panel, note, desk, runner
        self._whose, self._written = whose, written
        self.dialog: SmallForm | None = None
        panel.up_asked.connect(self.put_up)
        panel.off_asked.connect(self.ask_off)
        panel.agreed.connect(lambda: self._do(shield.agree_off))
        panel.kept_on.connect(lambda: self._do(shield.keep_on))

    def show(self, found: Shield | None) -> None:
        """Show the shield of the record that was read."""
        mine = found is not None and found.off_asked_by == self._desk.user.id
        self._panel.show_shield(found, supervisor=self._desk.is_supervisor, asked_by_me=mine)

    def put_up(self) -> None:
        """Show what it will do, ask why, then put it up."""
        person_id = self._whose()
        self._runner.start(
            lambda _progress: shield.preview(self._desk, person_id),
            lambda said: self._ask(ShieldForm(self._panel.window(), said), shield.put_up, person_id),
            lambda error: tell(self._note, error),
            owner=self._panel,
        )

    def ask_off(self) -> None:
        """Ask why it should go."""
        self._ask(ShieldOffForm(self._panel.window()), shield.ask_off, self._whose())

    def _ask(self, form: SmallForm, work: Callable[[Desk, str, str], Changes], person_id: str) -> None:
        def done(changes: Changes) -> None:
            form.accept()
            self._written(changes)

        def act(values: dict[str, str]) -> None:
            self._runner.start(
                lambda _progress: work(self._desk, person_id, values["why"]), done, form.fail, owner=self._panel
            )

        self.dialog = form
        form.wanted.connect(act)
        form.open()

    def _do(self, work: Callable[[Desk, str], Changes]) -> None:
        person_id = self._whose()
        self._runner.start(
            lambda _progress: work(self._desk, person_id),
            self._written,
            lambda error: tell(self._note, error),
            owner=self._panel,
        )
