"""The small forms beside an incident: who was touched by it, and whom it was told to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.person_picker import PersonPicker
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.control_values import read
from panoh.ui.widgets.controls import LongEdit, day_edit, fitted
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm


class PersonForm(SmallForm):
    """Who was part of an incident, and how. `by_role`: its kind shows them by role."""

    def __init__(self, parent: QWidget, picker: PersonPicker, roles: Sequence[Choice], *, by_role: bool) -> None:
        said = _("Everyone who opens this incident will read who it is.")
        if by_role:
            said = _("Of this kind only supervisors, and whoever holds their case, will read who it is.")
        super().__init__(parent, _("Add a person to this incident"), said, _("Add them"))
        self._picker = picker
        self.form.add("person", FieldRow(_("Who"), picker))
        self.form.add("role", FieldRow(_("How they were part of it"), fitted(ChoiceBox([("", _("choose")), *roles]))))
        self.form.finish()

    def values(self) -> dict[str, str]:
        """The role, and the person by id."""
        return {"person": self._picker.person_id, "role": read(self.form.rows["role"].control)}


class ReportForm(SmallForm):
    """Whom an incident was told to, when, what, and under which number they keep it."""

    def __init__(self, parent: QWidget, today: str) -> None:
        said = _("What left this office about the incident. Write an organisation or an office, never a name.")
        super().__init__(parent, _("Note whom it was told"), said, _("Note it"))
        whom = FieldRow(_("Told to"), QLineEdit())
        self.form.add_beside(("told_to", whom), ("told_on", FieldRow(_("Day"), day_edit())), stretches=(2, 1))
        self.form.add("what", FieldRow(_("What was told"), LongEdit(2), optional=True))
        self.form.add("reference", FieldRow(_("Their number for it"), QLineEdit(), optional=True))
        self.form.finish()
        self.set_value("told_on", today)
