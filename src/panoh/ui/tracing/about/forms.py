"""Small forms about one request: an action, why it is held back, why it is closed, and two that ask once."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.tracing import TracingAction
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.form_reader import day_text
from panoh.ui.widgets.controls import LongEdit, asked_box, choice_box, day_edit, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

AWAY = "away"


class ActionForm(SmallForm):
    """Something that was done to find somebody, and what came of it."""

    def __init__(self, parent: QWidget, words: Vocabularies, today: date, action: TracingAction | None) -> None:
        said = _("What was done, where, and what came of it. A referral asks for the consent of the one who asks.")
        super().__init__(parent, _("Action"), said, _("Add it") if action is None else _("Save"))
        self.form.add("kind", FieldRow(_("What was done"), asked_box(offered(words, "tracing_action"))))
        self.form.add_beside(
            ("done_on", FieldRow(_("On"), day_edit())),
            ("place", FieldRow(_("Where"), QLineEdit(), optional=True)),
        )
        outcome = choice_box(offered(words, "tracing_outcome"))
        self.form.add_beside(
            ("outcome", FieldRow(_("What came of it"), outcome, optional=True)),
            ("reference", FieldRow(_("Their reference (ICRC, national society)"), QLineEdit(), optional=True)),
        )
        self.form.add("remarks", FieldRow(_("In words"), LongEdit(), optional=True))
        if action is not None:
            self.form.add(AWAY, FieldRow(_("A mistake?"), QCheckBox(_("Take it away; it stays in the history"))))
        self.form.finish()
        self.set_value("done_on", day_text(action.done_on if action else today))
        self.set_value("outcome", action.outcome if action else "pending")
        for key in ("kind", "place", "reference", "remarks") if action else ():
            self.set_value(key, getattr(action, key))


class HoldForm(SmallForm):
    """Why a request is held back."""

    def __init__(self, parent: QWidget) -> None:
        words = _(
            "Whoever asks may be the danger. Candidates are then shown to supervisors alone; nothing is printed, published or "
            "verified. It holds for everyone for whom this person asks, until a supervisor lifts it."
        )
        super().__init__(parent, _("Hold this request back"), words, _("Hold it back"))
        self.form.add("why", FieldRow(_("Why the one who asks may be the danger"), LongEdit()))
        self.form.finish()


class CloseForm(SmallForm):
    """Why a request is closed."""

    def __init__(self, parent: QWidget, words: Vocabularies) -> None:
        said = _("It leaves the lists of what is to be done. It can be opened again.")
        super().__init__(parent, _("Close this request"), said, _("Close it"))
        self.form.add("why", FieldRow(_("Why"), asked_box(offered(words, "tracing_closing"))))
        self.form.add("words", FieldRow(_("In words"), LongEdit(), optional=True))
        self.form.finish()


class AskForm(SmallForm):
    """Asks once whether something is to be done."""

    def __init__(self, parent: QWidget, title: str, words: str, act: str) -> None:
        super().__init__(parent, title, words, act)
        self.form.finish()
