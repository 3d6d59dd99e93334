"""The small form that links two people, and the one that takes a link away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.family import KinLink
from panoh.ui.person_picker import PersonPicker
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.control_values import read
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

FIRST, SECOND = "first", "second"


class LinkForm(SmallForm):
    """Who is what to whom: the chosen member of the family, the kind, the other person, and how sure it is."""

    def __init__(
        self, parent: QWidget, name: str, picker: PersonPicker, kinds: Sequence[Choice], sure: Sequence[Choice]
    ) -> None:
        words = _(
            "Kin anywhere, carers and people who travelled together. A household is another thing: who is here together now."
        )
        super().__init__(parent, _("Link {name} to someone").format(name=name), words, _("Make the link"))
        self._picker = picker
        self._doubted: KinLink | None = None
        ways = [
            (FIRST, _("{name} is the other’s …").format(name=name)),
            (SECOND, _("the other is {name}’s …").format(name=name)),
        ]
        self.form.add("way", FieldRow(_("Direction"), RadioChoice(ways, columns=2)))
        self.form.add("kind", FieldRow(_("What to whom"), ChoiceBox(kinds)))
        self.form.add("other", FieldRow(_("The other person"), picker))
        self.form.add("sure", FieldRow(_("How sure"), RadioChoice(sure, columns=len(sure))))
        self.form.finish()
        self.set_value("way", FIRST)
        self.set_value("sure", sure[0][0])

    def values(self) -> dict[str, str]:
        """What stands in the fields; the other person by id."""
        told = {key: read(row.control) for key, row in self.form.rows.items() if key != "other"}
        return {**told, "other": self._picker.person_id}

    def is_meant(self, made: KinLink, doubts: Sequence[str]) -> bool:
        """Whether this link is to be made: nothing of it is doubtful, or the doubts were told and the same is asked again."""
        meant = not doubts or made == self._doubted
        self._doubted = made
        if not meant:
            again = _("If it is so, make the link once more.")
            self.note.say(" ".join([*doubts, again]), heading=_("This can hardly be"))
        return meant


class UnlinkForm(SmallForm):
    """Which of the stated links is taken away."""

    def __init__(self, parent: QWidget, links: Sequence[Choice]) -> None:
        words = _("Links that the household itself implies are not listed: change the relation in the record instead.")
        super().__init__(parent, _("Remove a link"), words, _("Remove it"))
        self.form.add("link", FieldRow(_("Link"), ChoiceBox(links)))
        self.form.finish()
