"""Asking a supervisor to approve something about one person, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.services import approvals
from panoh.services.approvals import ASKABLE, AskedLine
from panoh.ui.form_reader import FormReader
from panoh.ui.person.actions import Work
from panoh.ui.person.casework.part import CasePart, Hands
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.controls import LongEdit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm


class AskForm(SmallForm):
    """What a supervisor is asked to approve, and why."""

    def __init__(self, parent: QWidget, kinds: Sequence[Choice], question: str) -> None:
        words = _("It stands under Triage › Approvals until a supervisor decides. Whoever asks does not decide.")
        super().__init__(parent, _("Ask a supervisor"), words, _("Ask"))
        self._question = question
        self._kind = RadioChoice(kinds)
        self.form.add("kind", FieldRow(_("What is to be approved"), self._kind))
        self._why = LongEdit(3)
        self.form.add("why", FieldRow(_("What is asked, and why"), self._why))
        self.form.finish()
        self.set_value("kind", kinds[0][0])
        self._kind.chosen.connect(self._propose)

    def _propose(self, kind: str) -> None:
        """The question of the case is what advice is asked for, unless something is typed."""
        if kind == "advice" and self._question and not self.values()["why"].strip():
            self.set_value("why", self._question)
            self._why.selectAll()  # typing replaces it


class Asking(CasePart):
    """Asks a supervisor, and takes it back."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self._view.case.approve_asked.connect(self.ask)
        self._view.case.decisions.withdraw_asked.connect(self.take_back)

    def ask(self) -> None:
        """Ask what is to be approved."""
        if (opened := self._opened()) is None:
            return
        person_id, case = opened.view.person.id, opened.view.case
        kinds = [(code, self._desk.name_of("approval_kind", code)) for code in ASKABLE]
        form = AskForm(self._view, kinds, case.question if case else "")

        def read(values: FormReader) -> Work:
            return partial(approvals.ask, self._desk, person_id, values.text("kind"), values.text("why"))

        self._actions.open_form(form, read)

    def take_back(self, one: AskedLine) -> None:
        """Take back what one asked for."""
        words = _("Nobody decides it any more; that it was asked stays in the record.")
        form = SmallForm(self._view, _("Take this back"), words, _("Take it back"))
        form.form.finish()
        self._actions.open_form(form, lambda _values: partial(approvals.withdraw, self._desk, one.approval.id))
