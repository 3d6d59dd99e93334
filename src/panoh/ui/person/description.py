"""How this person can be known again, in the tab 'Family and tracing': what was noted, and the small form for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.description import Description
from panoh.services.descriptions import Described
from panoh.ui.form_reader import day_text
from panoh.ui.person.fields import line_of
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.controls import LongEdit, day_edit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.panels import FactGrid, Panel
from panoh.ui.widgets.small_form import SmallForm

AWAY, KIN = "away", "kin_said"
TEXTS = ("marks", "clothes", "belongings", "found_where", "found_by", "says")


class DescriptionForm(SmallForm):
    """Marks, clothes, where somebody was found, and what they tell of their family."""

    def __init__(self, parent: QWidget, one: Description | None) -> None:
        words = _(
            "Of a small child this is often all that there is. Write what you see and what the child says, as it says it."
        )
        super().__init__(parent, _("How this person can be known again"), words, _("Save"))
        for key, label, hint in (
            ("marks", _("Marks on the body"), _("Scars, moles, a limp, teeth.")),
            ("clothes", _("Clothes when found"), ""),
            ("belongings", _("Belongings"), ""),
        ):
            self.form.add(key, FieldRow(label, QLineEdit(), hint=hint, optional=True))
        self.form.add_beside(
            ("found_on", FieldRow(_("Found on"), day_edit(), optional=True)),
            ("found_where", FieldRow(_("Where"), QLineEdit(), optional=True)),
            ("found_by", FieldRow(_("By whom"), QLineEdit(), optional=True)),
        )
        kin = _("Names as the person says them, with commas between.")
        self.form.add(KIN, FieldRow(_("Kin"), QLineEdit(), hint=kin, optional=True))
        self.form.add(
            "says", FieldRow(_("What they tell of their home, in their own words"), LongEdit(), optional=True)
        )
        if one is not None:
            self.form.add(AWAY, FieldRow(_("A mistake?"), QCheckBox(_("Take it away; it stays in the history"))))
        self.form.finish()
        if one is not None:
            for key in TEXTS:
                self.set_value(key, getattr(one, key))
            self.set_value("found_on", day_text(one.found_on))
            self.set_value(KIN, ", ".join(one.kin_said))


class DescriptionPanel(Panel):
    """What was noted, the newest first; each can be put right."""

    asked = Signal(object)  # a Description to be put right, or None for a new one

    def __init__(self) -> None:
        self.add = KeyButton(_("Describe…"), partial(self._ask, None), icon="action.add", size="small", bold=True)
        super().__init__(_("How this person can be known again"), right=self.add, padded=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.body.addLayout(self._rows)

    def show_described(self, found: Described) -> None:
        """Show these."""
        clear(self._rows)
        if not found.rows or found.withheld:
            words = _("Nothing was noted yet: marks, clothes, where they were found, what they tell of their family.")
            if found.withheld:
                words = _("What others noted is shown to supervisors and whoever holds the case.")
            self._rows.addWidget(plain_label(words, "secondary", wrap=True))
        for one in found.rows:
            noted = _("noted {day}").format(day=day(one.noted_at.astimezone().date())) if one.noted_at else ""
            spoken = _("Put right what was {noted}").format(noted=noted)
            self._rows.addWidget(FactGrid(*_facts(one), label_width=200))
            change = LinkButton(_("Put right…"), partial(self._ask, one), spoken=spoken)
            self._rows.addWidget(line_of(noted) if found.withheld else line_of(noted, change))

    def _ask(self, one: Description | None) -> None:
        self.asked.emit(one)


def _facts(one: Description) -> list[tuple[str, str]]:
    told = [
        (_("Marks on the body"), one.marks),
        (_("Clothes"), one.clothes),
        (_("Belongings"), one.belongings),
        (_("Found on"), day(one.found_on) if one.found_on else ""),
        (_("Found where"), one.found_where),
        (_("Found by"), one.found_by),
        (_("Kin, as said"), ", ".join(one.kin_said)),
        (_("Tells"), one.says),
    ]
    return [(label, words) for label, words in told if words]
