"""The form of a decision on the screen: what is granted, in which words, until when."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.services.approvals import ToDecide
from panoh.services.decisions import YES, Verdict
from panoh.services.desk import Desk
from panoh.ui.decision_words import ON_CONTACT, kind_words
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.controls import LongEdit, asked_box, day_edit, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.small_form import SmallForm

LEVELS = ("critical", "high", "medium", "low")
_REVIEW_DAYS = 7  # that are proposed for a lowered level


class DecideForm(SmallForm):
    """Asks for what the decision needs besides yes or no."""

    def __init__(self, parent: QWidget, desk: Desk, found: ToDecide, decision: str) -> None:
        said = found.asked.approval
        acts = {
            "approve": _("Approve"),
            "amend": _("Approve with changes"),
            "refuse": _("Refuse"),
            "discuss": _("To be discussed"),
        }
        if said.kind == "verification":
            acts |= {code: _(word) for code, word in ON_CONTACT.items()}
        title = _("{decision}: {kind}").format(decision=acts[decision], kind=kind_words(desk, said).lower())
        super().__init__(parent, title, self._words(said.kind, decision), acts[decision])
        yes = decision in YES
        self._instead(desk, found, decision)
        labels = {"approve": _("Remark"), "amend": _("What changes"), "refuse": _("Why not"), "discuss": _("Remark")}
        needed = decision == "refuse" or (said.kind == "advice" and yes and not found.options)
        label = _("The answer") if said.kind == "advice" and yes else labels[decision]
        self.form.add("words", FieldRow(label, LongEdit(3), optional=not needed))
        if yes and said.kind != "shield":
            row = FieldRow(_("Review on"), day_edit(), optional=said.kind != "lowering")
            self.form.add("review_on", row)
        self.form.finish()
        if said.kind == "lowering" and yes:
            self.set_value("review_on", day_text(self._proposed(desk)))

    @staticmethod
    def _proposed(desk: Desk) -> date:
        return desk.clock.today() + timedelta(days=_REVIEW_DAYS)

    def _instead(self, desk: Desk, found: ToDecide, decision: str) -> None:
        said = found.asked.approval
        if said.kind == "lowering" and decision == "amend":
            levels = [(code, level_word(code)) for code in LEVELS]
            self.form.add("instead", FieldRow(_("Level"), RadioChoice(levels, columns=len(levels))))
            self.set_value("instead", said.proposed)
        elif said.kind == "closure" and decision == "amend":
            self.form.add(
                "instead", FieldRow(_("Closed because"), asked_box(offered(desk.vocabularies, "closing_why")))
            )
            self.set_value("instead", said.proposed)
        elif said.kind == "advice" and decision in YES and found.options:
            options = [
                (one.letter, _("{letter}: {what}").format(letter=one.letter, what=one.what)) for one in found.options
            ]
            self.form.add("instead", FieldRow(_("Option"), RadioChoice([("", _("None of them")), *options])))
            self.set_value("instead", found.recommended if decision == "approve" else "")

    @staticmethod
    def _words(kind: str, decision: str) -> str:
        if decision == "discuss":
            return _("It waits on, marked so, until somebody decides.")
        if decision == "refuse":
            return _("The reason stands in the record, with your name.")
        does = {
            "lowering": _("The level is set until the review day; the computed one stays beside it."),
            "closure": _("The case is closed. The time it is kept runs from today."),
            "shield": _("The shield is taken down: names show to everybody again. What is sealed stays sealed."),
            "verification": _(
                "Contact lets the two speak and hands nobody over; ask again lets the verification go on."
            ),
            "reunification": _("With it the hand-over can be recorded, to the adult who was verified."),
            "advice": _("The answer stands in the record, with your name."),
        }
        return does.get(kind, _("It stands in the record, with your name."))


def verdict_of(values: FormReader, decision: str) -> Verdict:
    """The decision as it stands in the form."""
    return Verdict(
        decision=decision,
        words=values.text("words"),
        instead=values.text("instead"),
        review_on=values.day("review_on", ahead=True),
    )
