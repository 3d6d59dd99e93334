"""Small forms of the worksheet: a few words, how the sheet leaves, what a supervisor decides."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.form_reader import FormReader
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.controls import LongEdit, day_edit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

WORDS = "why"


class WordsForm(SmallForm):
    """One field of words, in which a problem of that name is told."""

    def __init__(self, parent: QWidget, title: str, said: str, label: str, act: str, *, key: str = WORDS) -> None:
        super().__init__(parent, title, said, act)
        self.form.add(key, FieldRow(label, LongEdit(3)))
        self.form.finish()


class HandOverForm(SmallForm):
    """When, where, to whom; and of each answer in which the two differ how that was cleared, unless a remark says it."""

    def __init__(self, parent: QWidget, differing: Mapping[str, str]) -> None:
        said = _("Contact was signed. The hand-over needs a signature of its own.")
        if differing:
            said += " " + _("Nobody is handed over while an answer differs and nobody has cleared it.")
        super().__init__(parent, _("Ask for the hand-over"), said, _("Ask"))
        self.form.add(WORDS, FieldRow(_("When, where, to whom"), LongEdit(3)))
        for question, words in differing.items():
            label = _("They differ on “{question}”: how was it cleared?").format(question=words)
            self.form.add(f"cleared.{question}", FieldRow(label, LongEdit(2)))
        self.form.finish()


class SheetForm(SmallForm):
    """By when a supervisor answers, and how the sheet leaves."""

    def __init__(self, parent: QWidget) -> None:
        said = _("The supervisor is asked with it, and the answer is keyed in by its check code. No name stands on it.")
        super().__init__(parent, _("The verification sheet"), said, _("Save the sheet…"))
        self.form.add_beside(
            ("answer_on", FieldRow(_("Answer by"), day_edit(), optional=True)),
            ("answer_at", FieldRow(_("Time"), QLineEdit(), optional=True, hint=_("For example 16:00."))),
        )
        self.form.add("plain", FieldRow(_("Password"), QCheckBox(_("Without a password, to be printed"))))
        self.form.add("reason", FieldRow(_("Why without a password"), QLineEdit(), optional=True))
        self.form.finish()


class SignForm(SmallForm):
    """What a supervisor decides about contact: the four digits of the sheet."""

    def __init__(self, parent: QWidget, headline: str, warnings: tuple[str, ...]) -> None:
        told = "\n".join([*(_("Careful: {what}").format(what=one) for one in warnings), headline])
        super().__init__(parent, _("May the two speak with each other?"), told, _("Sign"))
        choices = [
            ("approve", _("Contact"), _("voice first; nobody is handed over yet")),
            ("amend", _("Ask again"), _("say which question")),
            ("refuse", _("Not a match"), _("the candidate is ruled out, with your reason")),
            ("discuss", _("Discuss"), _("it waits on, marked so")),
        ]
        self.form.add("decision", FieldRow(_("Your decision"), RadioChoice(choices)))
        self.form.add("words", FieldRow(_("What changes, or why"), LongEdit(2), optional=True))
        self.form.finish()


def needed_reason(values: FormReader) -> tuple[bool, str]:
    """Whether the sheet has no password, and why; a missing reason is told."""
    plain, reason = bool(values.raw("plain")), values.text("reason")
    if plain and not reason:
        values.wrong("reason", _("Write why it needs no password; it is recorded."))
    return plain, reason
