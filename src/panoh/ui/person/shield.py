"""The shield over the person whose record shows: whether it is up, putting it up, taking it down by two people."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from panoh.base.errors import AppError
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.shield import Shield
from panoh.services import shield
from panoh.services.desk import Changes, Desk
from panoh.ui.errors import tell
from panoh.ui.person.fields import line_of
from panoh.ui.shield_forms import ShieldOffForm, ask, put_up
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.small_form import SmallForm


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
        put_up(self._panel, self._desk, self._runner, self._whose(), self._opened, self._written, self._fail)

    def ask_off(self) -> None:
        """Ask why it should go."""
        form = ShieldOffForm(self._panel.window())
        self._opened(form)
        ask(form, self._desk, self._runner, self._whose(), shield.ask_off, self._written)

    def _opened(self, form: SmallForm) -> None:
        self.dialog = form

    def _fail(self, error: AppError) -> None:
        tell(self._note, error)

    def _do(self, work: Callable[[Desk, str], Changes]) -> None:
        person_id = self._whose()
        self._runner.start(
            lambda _progress: work(self._desk, person_id),
            self._written,
            self._fail,
            owner=self._panel,
        )
