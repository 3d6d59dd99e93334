"""The small forms of the workbench: a step, evidence, the supporting letter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.controls import day_edit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm


class StepForm(SmallForm):
    """What was done for a replacement, where, when, and what comes next."""

    def __init__(self, parent: QWidget, kinds: Sequence[Choice]) -> None:
        words = _("“Applied” and “collected” change what became of the paper.")
        super().__init__(parent, _("A step towards a replacement"), words, _("Add the step"))
        self.form.add("kind", FieldRow(_("What was done"), ChoiceBox(kinds)))
        self.form.add("office", FieldRow(_("Where"), QLineEdit(), optional=True))
        taken, then = FieldRow(_("On"), day_edit(), optional=True), FieldRow(_("Next on"), day_edit(), optional=True)
        self.form.add_beside(("taken_on", taken), ("next_on", then))
        self.form.add("result", FieldRow(_("What came of it"), QLineEdit(), optional=True))
        self.form.finish()


class EvidenceForm(SmallForm):
    """What shows who the person is while the paper is gone."""

    def __init__(self, parent: QWidget, kinds: Sequence[Choice]) -> None:
        words = _("It stands in the supporting letter. Never write here where somebody hides.")
        super().__init__(parent, _("Evidence in place of the paper"), words, _("Add the evidence"))
        self.form.add("kind", FieldRow(_("Kind"), ChoiceBox(kinds)))
        self.form.add("what", FieldRow(_("What it is, who has it"), QLineEdit()))
        self.form.finish()


class LetterForm(SmallForm):
    """For whom the letter is, and whether it has a password."""

    def __init__(self, parent: QWidget, recipients: Sequence[Choice]) -> None:
        words = _(
            "It names the person and every paper that is gone. It goes only to a recipient to whom the person agreed, "
            "and is recorded as an export."
        )
        super().__init__(parent, _("Supporting letter"), words, _("Save as PDF…"))
        self.form.add("recipient", FieldRow(_("For"), ChoiceBox(recipients)))
        self.form.add("office", FieldRow(_("Office, as it stands on the letter"), QLineEdit(), optional=True))
        plain = QCheckBox(_("Without a password: it will be printed at once"))
        self.form.add("plain", FieldRow(_("Protection"), plain))
        self.form.add("reason", FieldRow(_("Why without a password"), QLineEdit(), optional=True))
        self.form.finish()
