"""The form that moves a person to another household, or gives them one of their own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.services.households import Home
from panoh.ui.person_picker import PersonPicker
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.controls import choice_box
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm

WHERE, WHO, RELATION = "where", "who", "relation"
OTHER, OWN = "other", "own"
HEAD = "head"  # vocab relation


class MoveForm(SmallForm):
    """`picked` tells whose household was chosen; the presenter answers with `show_home`.

    With `may_leave` a household of one's own is offered. `last` is the number of the household that would be empty.
    """

    picked = Signal(str)

    def __init__(
        self, parent: QWidget, picker: PersonPicker, relations: Sequence[Choice], *, may_leave: bool, last: str
    ) -> None:
        words = _("A household is who is here together now. Everyone of both households is assessed anew.")
        if last:
            empty = _("Household {number} would be empty: it is taken away, and its facts stay in the history.")
            words = f"{words} {empty.format(number=last)}"
        super().__init__(parent, _("Move to another household"), words, _("Move"))
        self._picker = picker
        self._told = NoteBar(tone="info", icon="action.register_family")
        choices = [(OTHER, _("Into the household of someone else"))]
        choices += [(OWN, _("Into a household of their own"))] if may_leave else []
        self._where = RadioChoice(choices)
        self.form.add(WHERE, FieldRow(_("Where to"), self._where))
        hint = _("The number of the household, or a member's name or number.")
        self._who = self.form.add(WHO, FieldRow(_("Which household"), picker, hint=hint))
        self.form.add_widget(self._told)
        self._relation = choice_box(relations)
        self.form.add(RELATION, FieldRow(_("What the person is there"), self._relation))
        self.form.finish()
        self._where.set_value(OTHER)
        self.form.rows[WHERE].setVisible(may_leave)
        self.take_room(680)
        self._where.chosen.connect(self._turn)
        picker.picked.connect(self.picked)
        picker.edited.connect(lambda: self._told.say(""))

    def values(self) -> dict[str, str]:
        """What was chosen: where to, whose household, what the person is there."""
        return {WHERE: self._where.value(), WHO: self._picker.person_id, RELATION: self._relation.value()}

    def set_value(self, key: str, value: str) -> None:
        """Put a value in."""
        super().set_value(key, value)
        self._turn(self._where.value())

    def show_home(self, home: Home) -> None:
        """Say which household was found."""
        if not self._picker.person_id:
            return
        if not home.number:
            self._told.say(_("This person stands alone: one household is made for both."))
            return
        people = ngettext("{n} person", "{n} people", home.people).format(n=home.people)
        number = _("Household {number}").format(number=home.number)
        self._told.say(", ".join(part for part in (number, people, home.site_name) if part))

    def _turn(self, where: str) -> None:
        """A household of one's own has its head; another one is to be found."""
        self._who.setVisible(where == OTHER)
        self._told.setVisible(where == OTHER and bool(self._told.words()))
        if self._relation.value() in ("", HEAD):
            self._relation.set_value(HEAD if where == OWN else "")
