"""The small forms of a decision about a candidate: each says what it does, and asks why. None is one click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.services.matches import Beforehand, Standing
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.controls import LongEdit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

REASON, KNOWN_DEAD, WHOM = "reason", "known_dead", "whom"


class RejectForm(SmallForm):
    """Why this is not the one sought."""

    def __init__(self, parent: QWidget, number: str) -> None:
        words = _("The pair does not come back by itself. Whoever reads the request reads why.")
        super().__init__(parent, _("Reject {number}").format(number=number), words, _("Reject"))
        hint = _("It is kept with your name.")
        self.form.add(REASON, FieldRow(_("Why this is not the one sought"), LongEdit(2), hint=hint))
        self.form.finish()


class ConfirmForm(SmallForm):
    """What a confirmation says and what it does to others, and by what it was seen."""

    def __init__(self, parent: QWidget, before: Beforehand) -> None:
        title = _("Confirm {number} as the one sought").format(number=before.number)
        super().__init__(parent, title, "\n".join(_what_follows(before)), _("Confirm"))
        hint = _("What both sides told, each apart, or what was seen. It is kept with your name.")
        self.form.add(REASON, FieldRow(_("By what it was seen"), LongEdit(3), hint=hint))
        if before.died:
            choices = [("yes", _("Yes, I know it, and the family is not told by this"))]
            self.form.add(KNOWN_DEAD, FieldRow(_("This person is recorded as dead"), RadioChoice(choices)))
        self.form.finish()


def _what_follows(before: Beforehand) -> list[str]:
    told = [
        _(
            "It says that the two records speak of one person. Nobody is told and nobody is handed over by it: both sides "
            "are asked first, and a supervisor signs the verification."
        )
    ]
    if before.waiting:
        numbers = ", ".join(before.waiting)
        told.append(_("Until it is opened again these wait: {numbers}.").format(numbers=numbers))
    if before.also:
        numbers = ", ".join(one.number for one in before.also)
        told.append(
            _("Already a match for request {numbers}: both stand, neither wins by itself.").format(numbers=numbers)
        )
    return told


class ReopenForm(SmallForm):
    """Whose decision is taken back, and why."""

    def __init__(self, parent: QWidget, standing: Sequence[Standing]) -> None:
        words = _(
            "What was decided stays in the history. Those who waited for a confirmation are where they were before it."
        )
        super().__init__(parent, _("Open a decision again"), words, _("Open again"))
        told = {"rejected": _("{number}, rejected: {reason}"), "confirmed": _("{number}, confirmed: {reason}")}
        choices = [
            (
                one.decision.person_id,
                told[one.decision.state].format(number=one.number, reason=one.decision.reason),
            )
            for one in standing
        ]
        whom = RadioChoice(choices)
        if len(choices) == 1:
            whom.set_value(choices[0][0])
        self.form.add(WHOM, FieldRow(_("Which decision"), whom))
        self.form.add(REASON, FieldRow(_("Why it is opened again"), LongEdit(2), hint=_("It is kept with your name.")))
        self.form.finish()


class AdviceForm(SmallForm):
    """What a supervisor is asked about a candidate: begun with words that name nobody."""

    def __init__(self, parent: QWidget, number: str, request: str, score: str) -> None:
        words = _("A supervisor reads it under Approvals, with the record of {number}.").format(number=number)
        super().__init__(parent, _("Ask the supervisor"), words, _("Ask"))
        self.form.add("why", FieldRow(_("What is asked, and why"), LongEdit(4)))
        self.form.finish()
        asked = _(
            "Tracing request {request}: is {number} the one sought? {score}. May place and phone be told to whoever works on it?"
        )
        self.set_value("why", asked.format(request=request, number=number, score=score))
