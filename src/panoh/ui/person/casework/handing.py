"""What the buttons do that hand a case over: ask a colleague, take that back, take the case, refuse it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from panoh.base.i18n import gettext as _
from panoh.services import transfers
from panoh.services.desk import Changes, Desk
from panoh.services.person_edit import Opened
from panoh.services.transfers import Handing
from panoh.ui.form_reader import FormReader
from panoh.ui.person.actions import Actions, Work
from panoh.ui.person.casework.transfer import RefuseForm, TransferForm
from panoh.ui.person.view import PersonView
from panoh.ui.tasks import TaskRunner


class HandingOver:
    """Turns these wishes into service calls, by the forms of `actions`."""

    def __init__(
        self,
        view: PersonView,
        desk: Desk,
        runner: TaskRunner,
        actions: Actions,
        opened: Callable[[], Opened | None],
        written: Callable[[Changes], object],
    ) -> None:
        self._view, self._desk, self._runner = view, desk, runner
        self._actions, self._opened, self._written = actions, opened, written
        view.handing.accept_asked.connect(self.accept)
        view.handing.refuse_asked.connect(self.ask_refusal)
        view.case.transfers.add_asked.connect(self.ask)
        view.case.transfers.act_asked.connect(self._withdraw)

    def ask(self) -> None:
        """Ask which colleague shall take the case over, and why."""
        if (opened := self._opened()) is None:
            return
        person_id, me = opened.view.person.id, self._desk.user.id
        form = TransferForm(self._view, [(user.id, user.name) for user in opened.offers.users if user.id != me])

        def read(values: FormReader) -> Work:
            return partial(transfers.ask, self._desk, person_id, values.text("to_user"), values.text("why"))

        self._actions.open_form(form, read)

    def accept(self) -> None:
        """Take the case."""
        if (handing := self._to_me()) is not None:
            self._do(partial(transfers.accept, self._desk, handing.transfer.id))

    def ask_refusal(self) -> None:
        """Ask why the case is not taken over."""
        if (handing := self._to_me()) is not None:
            form = RefuseForm(self._view, handing.from_name or _("the holder"))
            self._actions.open_form(
                form,
                lambda values: partial(transfers.refuse, self._desk, handing.transfer.id, values.text("words")),
            )

    def _withdraw(self, _act: str, handing: Handing) -> None:
        self._do(partial(transfers.withdraw, self._desk, handing.transfer.id))

    def _to_me(self) -> Handing | None:
        opened = self._opened()
        return opened.transfers.to_me if opened is not None else None

    def _do(self, work: Work) -> None:
        self._runner.start(lambda _progress: work(), self._written, self._view.fail, owner=self._view)
