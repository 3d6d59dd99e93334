"""What the buttons do that hand a case over: ask a colleague, take that back, take the case, refuse it."""

from __future__ import annotations

from functools import partial

from panoh.base.i18n import gettext as _
from panoh.services import transfers
from panoh.services.transfers import Handing
from panoh.ui.form_reader import FormReader
from panoh.ui.person.actions import Work
from panoh.ui.person.casework.part import CasePart, Hands
from panoh.ui.person.casework.transfer import RefuseForm, TransferForm


class HandingOver(CasePart):
    """Leads a case from one holder to the next."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self._view.handing.accept_asked.connect(self.accept)
        self._view.handing.refuse_asked.connect(self.ask_refusal)
        self._view.case.transfers.add_asked.connect(self.ask)
        self._view.case.transfers.act_asked.connect(self._withdraw)

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
