"""Small forms over a record: another level, a task, whom the case is given to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.controls import LongEdit, choice_box, day_edit, fitted
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.small_form import SmallForm

_LEVELS = ("critical", "high", "medium", "low")


class LevelForm(SmallForm):
    """Another level beside the computed one, with its reason, until a day."""

    def __init__(self, parent: QWidget, level: str) -> None:
        words = _("The computed level stays beside it. On the review day this one lapses. Lowering needs a supervisor.")
        super().__init__(parent, _("Set another level"), words, _("Set the level"))
        levels = [(code, level_word(code)) for code in _LEVELS]
        self.form.add("level", FieldRow(_("Level"), RadioChoice(levels, columns=len(levels))))
        self.form.add("reason", FieldRow(_("Why"), LongEdit(3)))
        self.form.add("review_on", FieldRow(_("Review on"), day_edit()))
        self.form.finish()
        self.set_value("level", level)


class TaskForm(SmallForm):
    """Something to do for this person, when, and by whom."""

    def __init__(self, parent: QWidget, users: Sequence[Choice], me: str) -> None:
        words = _("It stands in the owner's Today and in this record.")
        super().__init__(parent, _("Add a task"), words, _("Add the task"))
        self.form.add("what", FieldRow(_("What is to be done"), QLineEdit()))
        day, time = FieldRow(_("Due, day"), day_edit(), optional=True), FieldRow(_("Time"), QLineEdit(), optional=True)
        self.form.add_beside(("day", day), ("time", time))
        self.form.add("owner", FieldRow(_("Who does it"), fitted(ChoiceBox(users))))
        self.form.finish()
        self.set_value("owner", me)


class AssignForm(SmallForm):
    """Whom the case is given to."""

    def __init__(self, parent: QWidget, users: Sequence[Choice], owner: str) -> None:
        words = _(
            "Who holds a case may read its restricted facts. Another's case can be given away by a supervisor only."
        )
        super().__init__(parent, _("Assign this case"), words, _("Assign"))
        self.form.add("owner", FieldRow(_("Who holds the case"), choice_box(users)))
        self.form.finish()
        self.set_value("owner", owner)
