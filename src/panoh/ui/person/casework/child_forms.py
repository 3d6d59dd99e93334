"""Small forms about the care of a child and its best interests."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.casework import BestInterests
from panoh.domain.vocabulary import Vocabularies
from panoh.services import best_interests
from panoh.services.care import Arranged
from panoh.ui.form_reader import day_text
from panoh.ui.person.casework.forms import AWAY
from panoh.ui.person_picker import PersonPicker
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.control_values import read
from panoh.ui.widgets.controls import LongEdit, asked_box, day_edit, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm

CARER, CARER_ID = "carer", "carer_id"


class CareForm(SmallForm):
    """Who cares since when, and whether somebody looked at the carer. The carer is found, or a name as said."""

    def __init__(
        self, parent: QWidget, picker: PersonPicker, words: Vocabularies, today: date, one: Arranged | None
    ) -> None:
        said = _(
            "A new arrangement ends the one before, which stays to be read. Triage goes by the newest without an end."
        )
        super().__init__(parent, _("Who looks after them"), said, _("Add it") if one is None else _("Save"))
        self._picker = picker
        yes_no = [("yes", _("Yes")), ("no", _("No"))]
        self.form.add("kind", FieldRow(_("Care"), asked_box(offered(words, "care"))))
        hint = _("Choose a registered person, or write the name as it was said.")
        self.form.add(CARER, FieldRow(_("Carer"), picker, hint=hint, optional=True))
        self.form.add_beside(
            ("relation", FieldRow(_("What the carer is to them"), QLineEdit(), optional=True)),
            ("since", FieldRow(_("Since"), day_edit())),
        )
        looked = _("Somebody went there, talked with the carer, and with the child alone.")
        self.form.add_beside(
            ("safe", FieldRow(_("Is it safe there?"), RadioChoice(yes_no, columns=2), hint=looked, optional=True)),
            ("assessed_on", FieldRow(_("Looked at on"), day_edit(), optional=True)),
        )
        if one is not None:
            self.form.add(AWAY, FieldRow(_("A mistake?"), QCheckBox(_("Take it away; it stays in the history"))))
        self.form.finish()
        self.take_room(680)
        self._fill(one, today)

    def values(self) -> dict[str, str]:
        """What stands in the fields; the carer as a registered person or as words."""
        keys = [key for key in self.form.rows if key != CARER]
        known = self._picker.person_id
        told = {CARER: "" if known else self._picker.text(), CARER_ID: known}
        return {**{key: read(self.form.rows[key].control) for key in keys}, **told}

    def _fill(self, one: Arranged | None, today: date) -> None:
        if one is None:
            self.set_value("since", day_text(today))
            return
        kept = one.arrangement
        for key in ("kind", "relation", "safe"):
            self.set_value(key, getattr(kept, key))
        self.set_value("since", day_text(kept.since))
        self.set_value("assessed_on", day_text(kept.assessed_on))
        if one.carer is not None:
            self._picker.show_person(one.carer)
        else:
            self._picker.set_text(kept.carer)


class CareEndForm(SmallForm):
    """When and why an arrangement ended."""

    def __init__(self, parent: QWidget, today: date) -> None:
        words = _("Then nobody looks after them, until a new arrangement is added. It stays to be read.")
        super().__init__(parent, _("This care has ended"), words, _("Record it"))
        self.form.add("until", FieldRow(_("On"), day_edit()))
        self.form.add("why", FieldRow(_("Why"), QLineEdit()))
        self.form.finish()
        self.set_value("until", day_text(today))


class StartForm(SmallForm):
    """Which procedure is begun for a child, and why."""

    def __init__(self, parent: QWidget, words: Vocabularies, today: date) -> None:
        said = _("For a child at risk it comes before anything is done. By when it is decided follows from the level.")
        super().__init__(parent, _("Best interests"), said, _("Begin it"))
        kinds, reasons = RadioChoice(offered(words, "best_interests")), asked_box(offered(words, "best_interests_why"))
        self.form.add("kind", FieldRow(_("Which"), kinds))
        self.form.add("why", FieldRow(_("Why"), reasons))
        self._panel = NoteBar(tone="info")
        self.form.add_widget(self._panel)
        self.form.add_beside(
            ("started_on", FieldRow(_("Begun on"), day_edit())),
            ("decide_by", FieldRow(_("Decide by"), day_edit(), optional=True)),
        )
        self.form.finish()
        self.set_value("kind", best_interests.ASSESSMENT)
        self.set_value("started_on", day_text(today))
        reasons.answered.connect(lambda: self._say(reasons.value()))

    def _say(self, why: str) -> None:
        told = _("This decision is taken by a panel: assess first, then begin a determination.")
        self._panel.say(told if best_interests.by_panel(why) else "")


class BestInterestsForm(SmallForm):
    """What was found and weighed; with `deciding` also the decision. `hint` says how a child of this age is asked."""

    def __init__(
        self, parent: QWidget, title: str, one: BestInterests, hint: str, today: date, *, deciding: bool
    ) -> None:
        words = _("The child's own view comes first: nothing is decided without it. Write functions, never names.")
        super().__init__(parent, title, words, _("Record the decision") if deciding else _("Save"))
        self.form.add("child_view", FieldRow(_("The child's own view"), LongEdit(3), hint=hint))
        self.form.add("family_view", FieldRow(_("The family's view"), LongEdit(2), optional=True))
        self.form.add("options", FieldRow(_("The options, and what speaks for and against each"), LongEdit(3)))
        self.form.add("recommendation", FieldRow(_("Recommendation, and why"), LongEdit(2), optional=True))
        panel = FieldRow(_("Panel"), QLineEdit(), hint=_("Functions with commas between: child protection, health, …"))
        self.form.add("panel", panel)
        panel.setVisible(one.kind == best_interests.DETERMINATION)
        if deciding:
            self.form.add("decision", FieldRow(_("Decision, and why"), LongEdit(2)))
            self.form.add_beside(
                ("decided_on", FieldRow(_("Decided on"), day_edit())),
                ("review_on", FieldRow(_("Look at it again on"), day_edit())),
            )
        else:
            self.form.add(AWAY, FieldRow(_("A mistake?"), QCheckBox(_("Take it away; it stays in the history"))))
        self.form.finish()
        self.take_room(720)
        for key in ("child_view", "family_view", "options", "recommendation"):
            self.set_value(key, getattr(one, key))
        self.set_value("panel", ", ".join(one.panel))
        if deciding:
            self.set_value("decided_on", day_text(today))
            self.set_value("review_on", day_text(best_interests.proposed_review(one.kind, today)))
