"""The small forms of a person at the border: a day is added, or one that was a mistake is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.border import BorderEvent
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.widgets.choices import Choice
from panoh.ui.widgets.controls import asked_box, choice_box, day_edit, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

TOGETHER = "together"


class BorderForm(SmallForm):
    """What happened, when, where, and who told it; with `others` also for whoever of the household is here."""

    def __init__(
        self, parent: QWidget, words: Vocabularies, points: Sequence[Choice], today: date, *, others: bool
    ) -> None:
        said = _("The newest day is the border status; levels are worked out anew at once. Past days may be added too.")
        super().__init__(parent, _("What happened at the border"), said, _("Add it"))
        self.form.add("status", FieldRow(_("What happened"), asked_box(offered(words, "border_status"))))
        self.form.add("happened_on", FieldRow(_("On"), day_edit()))
        hint = _("Border points are added under Sites.")
        self.form.add("point", FieldRow(_("Where"), choice_box(points, search=True), hint=hint, optional=True))
        self.form.add("source", FieldRow(_("How this is known"), choice_box(offered(words, "source"))))
        together = QCheckBox(_("Also for the others of the household who are here"))
        self.form.add(TOGETHER, FieldRow(_("For whom"), together))
        self.form.rows[TOGETHER].setVisible(others)
        self.form.finish()
        self.set_value("happened_on", day_text(today))


def event_of(form: FormReader, person_id: str, today: date) -> BorderEvent:
    """The event that was typed; problems go to the reader."""
    status = form.needed("status", _("Choose what happened."))
    on = form.day("happened_on")
    if on is None and not form.raw("happened_on"):
        form.wrong("happened_on", _("Say on which day."))
    return BorderEvent(
        id="",
        person_id=person_id,
        status=status,
        happened_on=on or today,
        border_point_id=form.text("point"),
        source=form.text("source"),
    )


class AwayForm(SmallForm):
    """Asks before a day is taken away."""

    def __init__(self, parent: QWidget, called: str) -> None:
        said = _("{called}. The day before it is the status again. What is taken away stays in the history.")
        super().__init__(parent, _("Remove this day?"), said.format(called=called), _("Remove it"))
        self.form.finish()
