"""What is done about what everyone needs in the record of a person: read, noted, put right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from panoh.services import assistance
from panoh.services.assistance import HOUSEHOLD, Assistance, BasicNeed, Situation
from panoh.services.desk import Desk
from panoh.services.person_edit import Opened
from panoh.ui import basic_needs as forms
from panoh.ui.basic_needs import AWAY, ON, WHOM
from panoh.ui.form_reader import FormReader
from panoh.ui.person.actions import Actions, Work
from panoh.ui.person.basic_needs import BasicNeedsPanel
from panoh.ui.tasks import TaskRunner


class BasicNeeds:
    """Reads the panel and turns its wishes into service calls, by the forms of `actions`."""

    def __init__(
        self,
        panel: BasicNeedsPanel,
        desk: Desk,
        runner: TaskRunner,
        actions: Actions,
        opened: Callable[[], Opened | None],
    ) -> None:
        self._panel, self._desk, self._runner = panel, desk, runner
        self._actions, self._opened = actions, opened
        self._found: tuple[str, Situation] | None = None
        panel.note_asked.connect(self.ask_note)
        panel.give_asked.connect(self.ask_gift)
        panel.need_asked.connect(self._ask_need)
        panel.gift_asked.connect(self.ask_gift)

    def read(self, person_id: str, fail: Callable[..., object]) -> None:
        """Read and show what this person needs and was given."""
        if self._found is None or self._found[0] != person_id:
            self._found = None
            self._panel.show_nothing()

        def show(found: Situation) -> None:
            opened = self._opened()
            if opened is not None and opened.view.person.id == person_id:
                self._found = (person_id, found)
                self._panel.show_situation(found, self._desk.clock.today())

        self._runner.start(lambda _progress: assistance.of_person(self._desk, person_id), show, fail, owner=self._panel)

    def ask_note(self) -> None:
        """Ask how the sectors stand, for the household or for this person alone."""
        if self._found is None:
            return
        (person_id, found), desk = self._found, self._desk
        whom = forms.whom_choices(household=bool(found.household_id))
        form = forms.NeedsForm(
            self._panel.window(), desk.vocabularies, found.stands, desk.clock.today(), whom=whom, hidden=found.hidden
        )

        def read(values: FormReader) -> Work:
            of = values.raw(WHOM)
            said, on = forms.said_of(values, found.stands), values.day(ON)
            return partial(assistance.note, desk, of, _one(of, person_id, found), said, on)

        self._actions.open_form(form, read)
        form.take_focus()

    def ask_gift(self, gift: Assistance | None = None) -> None:
        """Ask what was given, or put right what was noted as given."""
        if self._found is None:
            return
        (person_id, found), desk = self._found, self._desk
        whom = forms.whom_choices(household=bool(found.household_id))
        form = forms.GiftForm(self._panel.window(), desk.vocabularies, desk.clock.today(), whom=whom, before=gift)

        def read(values: FormReader) -> Work:
            if gift is not None and values.raw(AWAY):
                return partial(assistance.take_away, desk, gift)
            made = forms.gift_of(values, gift)
            if gift is not None:
                return partial(assistance.correct, desk, made)
            of = values.raw(WHOM)
            return partial(assistance.give, desk, of, _one(of, person_id, found), made)

        self._actions.open_form(form, read)

    def _ask_need(self, need: BasicNeed) -> None:
        desk = self._desk
        form = forms.NeedForm(self._panel.window(), desk.vocabularies, need)

        def read(values: FormReader) -> Work:
            if values.raw(AWAY):
                return partial(assistance.take_away, desk, need)
            return partial(assistance.correct, desk, forms.need_of(values, need))

        self._actions.open_form(form, read)


def _one(of: str, person_id: str, found: Situation) -> str:
    return found.household_id if of == HOUSEHOLD else person_id
