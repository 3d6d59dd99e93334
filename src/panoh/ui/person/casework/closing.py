"""What the buttons do that close a case, ask for it, take that back, and open a case again."""

from __future__ import annotations

from functools import partial

from panoh.services import closing
from panoh.services.closing import Before
from panoh.ui.form_reader import FormReader
from panoh.ui.person.actions import Work
from panoh.ui.person.casework.closing_form import ClosingForm, ReopenForm
from panoh.ui.person.casework.part import CasePart, Hands


class Closing(CasePart):
    """Closes a case and opens it again, or asks for it."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self._view.case.turn_asked.connect(self.ask_turn)
        self._view.case.take_back_asked.connect(self.take_back)

    def ask_turn(self) -> None:
        """Ask why the case is closed, with what is still open in it; or why a closed one is opened again."""
        opened = self._opened()
        if opened is None:
            return
        case, person_id = opened.view.case, opened.view.person.id
        if case is not None and case.status == "closed":
            self._actions.open_form(
                ReopenForm(self._view),
                lambda values: partial(closing.reopen, self._desk, person_id, values.text("words")),
            )
            return
        look = partial(closing.before, self._desk, person_id)
        show = partial(self._open_closing, person_id)
        self._runner.start(lambda _progress: look(), show, self._view.fail, owner=self._view)

    def _open_closing(self, person_id: str, before: Before) -> None:
        form = ClosingForm(self._view, self._desk.vocabularies, before)
        verb = closing.close if before.direct else closing.ask

        def read(values: FormReader) -> Work:
            return partial(verb, self._desk, person_id, values.text("why"), values.text("words"))

        self._actions.open_form(form, read)

    def take_back(self) -> None:
        """Take back that one asked for the closing."""
        if (opened := self._opened()) is not None:
            work = partial(closing.take_back, self._desk, opened.view.person.id)
            self._runner.start(lambda _progress: work(), self._written, self._view.fail, owner=self._view)
