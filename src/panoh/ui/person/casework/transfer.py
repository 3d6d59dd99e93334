"""Handing a case over: the bar of whoever is asked, and the forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.services.transfers import Handing
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.person.fields import line_of
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice
from panoh.ui.widgets.controls import LongEdit, asked_box
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import ToneBox
from panoh.ui.widgets.small_form import SmallForm


class HandingBar(ToneBox):
    """Across the record of whom one is asked to take over: by whom, why, and the two answers."""

    accept_asked = Signal()
    refuse_asked = Signal()

    def __init__(self) -> None:
        super().__init__("info")
        set_accessible_role(self, QAccessible.Role.Note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._heading = plain_label("", "bold", wrap=True)
        self._why = plain_label("", wrap=True)
        self.accept = KeyButton(_("Take the case"), self.accept_asked.emit, icon="action.take", kind="main")
        self.refuse = KeyButton(_("Refuse…"), self.refuse_asked.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        for part in (self._heading, self._why, line_of(self.accept, self.refuse)):
            column.addWidget(part)
        self.hide()

    def show_handing(self, handing: Handing | None) -> None:
        """Show who asks and why; None hides the bar."""
        self.setVisible(handing is not None)
        if handing is None:
            return
        asked = _("{who} asks you to take over this case, since {when}.")
        self._heading.setText(asked.format(who=handing.from_name, when=moment(handing.transfer.asked_at)))
        self._why.setText(_("Why: {why}").format(why=handing.transfer.why))
        self.setAccessibleName(f"{self._heading.text()} {self._why.text()}")

    def words(self) -> str:
        """What it says; '' while it is hidden."""
        return "" if self.isHidden() else self.accessibleName()


class TransferForm(SmallForm):
    """Which colleague is asked to take the case over, and why."""

    def __init__(self, parent: QWidget, users: Sequence[Choice]) -> None:
        words = _("You hold the case until the colleague takes it. You can take the question back before that.")
        super().__init__(parent, _("Ask a colleague to take this case over"), words, _("Ask them"))
        hint = _("No name and nothing restricted: the colleague reads it before the case is theirs.")
        self.form.add("to_user", FieldRow(_("Who is asked"), asked_box(users)))
        self.form.add("why", FieldRow(_("Why"), LongEdit(2), hint=hint))
        self.form.finish()


class RefuseForm(SmallForm):
    """Why one does not take a case over."""

    def __init__(self, parent: QWidget, who: str) -> None:
        words = _("The case stays with {who}, who reads why.").format(who=who)
        super().__init__(parent, _("Not take this case over"), words, _("Refuse"))
        self.form.add("words", FieldRow(_("Why"), LongEdit(2)))
        self.form.finish()
