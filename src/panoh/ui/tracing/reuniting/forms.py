"""Forms of a reunification: who was handed over to whom, and how it goes on."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.domain.reunification import Reunification
from panoh.domain.vocabulary import Vocabularies
from panoh.services.reunification import HandingOver
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.person_picker import PersonPicker
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.control_values import read
from panoh.ui.widgets.controls import LongEdit, asked_box, choice_box, day_edit, kin_offered, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

TO, TO_ID = "handed_to", "handed_to_id"
EMERGENCY = "emergency_why"
_TEXTS = ("place", "transport", "relation", "identity_shown", "witness", "kind", "verified_adult", "other_adult_why")


class HandingForm(SmallForm):
    """Who was handed over to whom. `signed`: a supervisor approved it; else the reason why it could not wait is asked."""

    def __init__(
        self, parent: QWidget, picker: PersonPicker, words: Vocabularies, *, request: bool, signed: bool,
        before: Reunification | None = None,
    ) -> None:  # fmt: skip
        said = _("A supervisor approved this hand-over.")
        if before is not None:
            said = _("Visits that were not made move with the day. On what it rested stays as it was noted.")
        elif not request:
            said = _("Only for people who came together by themselves. A supervisor is told of a child.")
        elif not signed:
            said = _(
                "Nobody signed this. Where it cannot wait, say why: the reason, with your name, stands in the record, on the "
                "certificate and in the history for ever, and a supervisor is told at once."
            )
        super().__init__(parent, _("Reunification"), said, _("Record it"))
        self._picker, self._words = picker, words
        if request and not signed and before is None:
            self.form.add(EMERGENCY, FieldRow(_("Why it could not wait for a signature"), LongEdit(2)))
        self._who(request and (bool(before.verification_id) if before is not None else signed))
        self._how(request)
        if before is None:
            self._after()
        self.form.finish()
        self.take_room(720)
        if before is not None:
            for key in _TEXTS:
                if key in self.form.rows:
                    self.set_value(key, getattr(before, key))

    def begin_with(self, on: date | None, adult: PersonLine | None, named: str, kind: str) -> None:
        """Put in the day, and who the adult is."""
        self.set_value("reunified_on", day_text(on))
        if kind:
            self.set_value("kind", kind)
        if adult is not None:
            self._picker.show_person(adult)
        elif named:
            self._picker.set_text(named)

    def values(self) -> dict[str, str]:
        """What stands in the fields; the adult as a registered person or as words."""
        known = self._picker.person_id
        told = {TO: "" if known else self._picker.text(), TO_ID: known}
        return {**{key: read(row.control) for key, row in self.form.rows.items() if key != TO}, **told}

    def _who(self, verified: bool) -> None:
        hint = _("Choose a registered person, or write the name as it was said.")
        self.form.add(TO, FieldRow(_("Handed to, or with whom"), self._picker, hint=hint))
        relations = asked_box(kin_offered(self._words))
        self.form.add("relation", FieldRow(_("What the adult is to them"), relations))
        if verified:
            yes_no = RadioChoice([("yes", _("Yes")), ("no", _("No"))], columns=2)
            hint = _("Filled by itself where both are registered.")
            self.form.add_beside(
                ("verified_adult", FieldRow(_("Is it the adult who was verified?"), yes_no, hint=hint)),
                ("other_adult_why", FieldRow(
                    _("If not, why another one"), choice_box(offered(self._words, "other_adult_why")), optional=True)),
            )  # fmt: skip

    def _how(self, request: bool) -> None:
        self.form.add_beside(
            ("reunified_on", FieldRow(_("On"), day_edit())),
            ("kind", FieldRow(_("How"), asked_box(offered(self._words, "reunification_kind")))),
        )
        self.form.add_beside(
            ("place", FieldRow(_("Where"), QLineEdit(), optional=not request)),
            ("transport", FieldRow(_("How they came there"), QLineEdit(), optional=True)),
        )
        self.form.add_beside(
            (
                "identity_shown",
                FieldRow(_("Paper that the adult showed, with number"), QLineEdit(), optional=not request),
            ),
            ("witness", FieldRow(_("Witness"), QLineEdit(), optional=not request)),
        )

    def _after(self) -> None:
        care = choice_box(offered(self._words, "care"))
        hint = _("Of a child: the arrangement before ends, and this one begins on that day.")
        self.form.add("care", FieldRow(_("Who looks after them from then on"), care, hint=hint, optional=True))
        box = QCheckBox(_("Now lives with this adult, in the same household"))
        self.form.add("lives_with", FieldRow(_("Household"), box))


def handing_of(values: FormReader, person_id: str, request_id: str) -> HandingOver:
    """What stands in the form."""
    texts = {key: values.text(key) for key in _TEXTS}
    return HandingOver(
        person_id=person_id, request_id=request_id, reunified_on=values.day("reunified_on"), handed_to_id=values.raw(TO_ID),
        handed_to=values.text(TO), care=values.text("care"), lives_with=bool(values.raw("lives_with")),
        emergency_why=values.text(EMERGENCY), **texts,
    )  # fmt: skip


class OutcomeForm(SmallForm):
    """How it goes on. Apart again: the search goes on, and of a child somebody says who cares now."""

    def __init__(self, parent: QWidget, words: Vocabularies, today: date) -> None:
        said = _(
            "Broken down or separated again: the request is open again. When the visits are over, those left are taken away."
        )
        super().__init__(parent, _("How it goes on"), said, _("Record it"))
        self.form.add(
            "outcome", FieldRow(_("Outcome"), RadioChoice(offered(words, "reunification_outcome"), columns=2))
        )
        self.form.add("outcome_on", FieldRow(_("On"), day_edit()))
        self.form.add("outcome_words", FieldRow(_("In words"), LongEdit(2), optional=True))
        hint = _("Needed when a child is apart from the family again.")
        care = choice_box(offered(words, "care"))
        self.form.add("care", FieldRow(_("Who looks after them now"), care, hint=hint, optional=True))
        self.form.finish()
        self.set_value("outcome_on", day_text(today))
