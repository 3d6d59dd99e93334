"""What the buttons do that note who cares for a child, and lead through its best interests."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from panoh.domain.casework import BestInterests, CareArrangement
from panoh.services import best_interests, care
from panoh.services.care import Arranged
from panoh.ui.form_reader import FormReader
from panoh.ui.person.actions import Work
from panoh.ui.person.casework.child_forms import CARER, CARER_ID, BestInterestsForm, CareEndForm, CareForm, StartForm
from panoh.ui.person.casework.forms import AWAY
from panoh.ui.person.casework.part import CasePart, Hands
from panoh.ui.person.casework.words import DECIDE, END
from panoh.ui.person_picker import PersonPicker
from panoh.ui.privacy import Privacy


class ChildWork(CasePart):
    """Notes care and leads through best interests."""

    def __init__(self, hands: Hands, privacy: Privacy) -> None:
        super().__init__(hands)
        self._privacy = privacy
        self._view.case.care.add_asked.connect(self.ask_care)
        self._view.case.care.act_asked.connect(self._care_act)
        self._view.case.best_interests.add_asked.connect(self.ask_start)
        self._view.case.best_interests.act_asked.connect(self._best_act)

    # --- care -----------------------------------------------------------------------------------------------------------

    def ask_care(self, one: Arranged | None = None) -> None:
        """Ask who cares since when."""
        if (opened := self._opened()) is None:
            return
        picker = PersonPicker(self._desk, self._runner, self._privacy)
        form = CareForm(self._view, picker, self._desk.vocabularies, self._desk.clock.today(), one)
        self._actions.open_form(form, lambda values: self._arrange(opened.view.person.id, values, one))

    def _arrange(self, person_id: str, values: FormReader, one: Arranged | None) -> Work:
        kept = one.arrangement if one else CareArrangement(id="", person_id=person_id, kind="")
        if kept.id and values.raw(AWAY):
            return partial(care.take_away, self._desk, kept.id)
        made = replace(
            kept,
            kind=values.text("kind"),
            carer_id=values.raw(CARER_ID),
            carer=values.text(CARER),
            relation=values.text("relation"),
            since=values.day("since"),
            safe=values.text("safe"),
            assessed_on=values.day("assessed_on"),
        )
        return partial(care.arrange, self._desk, person_id, made)

    def _care_act(self, act: str, one: Arranged) -> None:
        if act != END:
            self.ask_care(one)
            return
        self._actions.open_form(
            CareEndForm(self._view, self._desk.clock.today()),
            lambda values: partial(care.end, self._desk, one.arrangement.id, values.day("until"), values.text("why")),
        )

    # --- best interests -------------------------------------------------------------------------------------------------

    def ask_start(self) -> None:
        """Ask which procedure is begun, and why."""
        if (opened := self._opened()) is None:
            return
        person_id = opened.view.person.id

        def read(values: FormReader) -> Work:
            return partial(
                best_interests.start, self._desk, person_id, values.text("kind"), values.text("why"),
                values.day("started_on"), values.day("decide_by", ahead=True),
            )  # fmt: skip

        self._actions.open_form(StartForm(self._view, self._desk.vocabularies, self._desk.clock.today()), read)

    def _best_act(self, act: str, one: BestInterests) -> None:
        if (opened := self._opened()) is None:
            return
        title, deciding = self._desk.name_of("best_interests", one.kind), act == DECIDE
        today, hint = self._desk.clock.today(), opened.best_interests.hint
        form = BestInterestsForm(self._view, title, one, hint, today, deciding=deciding)
        self._actions.open_form(form, lambda values: self._write(values, one, deciding=deciding))

    def _write(self, values: FormReader, one: BestInterests, *, deciding: bool) -> Work:
        if not deciding and values.raw(AWAY):
            return partial(best_interests.take_away, self._desk, one.id)
        texts = {key: values.text(key) for key in ("child_view", "family_view", "options", "recommendation")}
        panel = tuple(part.strip() for part in values.text("panel").split(",") if part.strip())
        made = replace(one, panel=panel, **texts)  # type: ignore[arg-type]
        if not deciding:
            return partial(best_interests.write, self._desk, made)
        made = replace(made, decision=values.text("decision"))
        days = values.day("decided_on"), values.day("review_on", ahead=True)
        return partial(best_interests.decide, self._desk, made, *days)
