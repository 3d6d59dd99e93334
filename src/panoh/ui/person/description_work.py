"""Reading and keeping how a person can be known again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.description import Description
from panoh.services import descriptions
from panoh.services.descriptions import Described
from panoh.ui.form_reader import FormReader
from panoh.ui.person.actions import Work
from panoh.ui.person.casework.part import Hands
from panoh.ui.person.description import AWAY, KIN, TEXTS, DescriptionForm


class DescriptionPart:
    """Reads the panel and keeps what is typed, by the forms of `actions`."""

    def __init__(self, hands: Hands) -> None:
        self._desk, self._runner, self._actions, self._opened = hands.desk, hands.runner, hands.actions, hands.opened
        self._panel = hands.view.family.description
        self._panel.asked.connect(self.ask)

    def read(self, person_id: str, fail: Callable[[AppError], object]) -> None:
        """Read and show what was noted of this person."""

        def show(found: Described) -> None:
            opened = self._opened()
            if opened is not None and opened.view.person.id == person_id:
                self._panel.show_described(found)

        self._panel.show_described(Described((), withheld=False))
        self._runner.start(
            lambda _progress: descriptions.of_person(self._desk, person_id), show, fail, owner=self._panel
        )

    def ask(self, one: Description | None = None) -> None:
        """Ask how the person can be known again, or put right what was noted."""
        if (opened := self._opened()) is None:
            return
        person_id = opened.view.person.id

        def read(values: FormReader) -> Work:
            if one is not None and values.raw(AWAY):
                return partial(descriptions.take_away, self._desk, one)
            texts = {key: values.text(key, 2000) for key in TEXTS}
            kin = tuple(name.strip() for name in values.text(KIN).split(",") if name.strip())
            before = one or Description(id=new_id(), person_id=person_id)
            made = replace(before, found_on=values.day("found_on"), kin_said=kin, **texts)  # type: ignore[arg-type]
            return partial(descriptions.save, self._desk, made)

        self._actions.open_form(DescriptionForm(self._panel.window(), one), read)
