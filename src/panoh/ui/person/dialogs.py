"""Small forms over a record: a task, whom the case is given to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.controls import asked_box, day_edit, fitted
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm


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
        self.form.add("owner", FieldRow(_("Who holds the case"), asked_box(users)))
        self.form.finish()
        self.set_value("owner", owner)
