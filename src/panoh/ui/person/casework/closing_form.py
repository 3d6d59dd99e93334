"""The forms that close a case and open it again: what is still open, the reason, and what the reason asks for first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.closing import Check
from panoh.domain.vocabulary import Vocabularies
from panoh.services import closing
from panoh.services.closing import Before
from panoh.ui.widgets.controls import LongEdit, asked_box, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import IconMark, NoteBar
from panoh.ui.widgets.small_form import SmallForm


class ClosingForm(SmallForm):
    """Why a case is closed; above it what to look at, each with what to do. `before` says who decides."""

    def __init__(self, parent: QWidget, words: Vocabularies, before: Before) -> None:
        said = (
            _("The time it is kept runs from today. Nothing is hidden or erased, and it can be opened again.")
            if before.direct
            else _("A supervisor who did not ask decides. Until then the case stays open, and you can take this back.")
        )
        if before.alone:
            said = _("You hold this case and nobody else in this vault could decide: that is recorded. {more}").format(
                more=said
            )
        title = _("Close this case") if before.direct else _("Ask to close this case")
        super().__init__(parent, title, said, _("Close the case") if before.direct else _("Ask a supervisor"))
        self.form.add_widget(Checks(before.checks))
        reasons = asked_box(offered(words, "closing_why"))
        self.form.add("why", FieldRow(_("Reason"), reasons))
        self.first = NoteBar(tone="note", icon="state.do")
        self.form.add_widget(self.first)
        self.form.add(
            "words", FieldRow(_("In your words"), LongEdit(2), hint=_("It stands among the notes of the case."))
        )
        self.form.finish()
        self.take_room(680)
        reasons.answered.connect(lambda: self.first.say(closing.first(reasons.value())))


class Checks(QWidget):
    """What is still open, a line each: what it is, and under it what to do."""

    def __init__(self, found: Sequence[Check]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        told = plain_label(_("Look at this first") if found else _("Nothing is open in this case."), wrap=True)
        column.addWidget(told)
        for check in found:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconMark("state.error", "error"), 0, Qt.AlignmentFlag.AlignTop)
            lines = QVBoxLayout()
            lines.setSpacing(2)
            lines.addWidget(plain_label(check.text, "bold", wrap=True))
            lines.addWidget(plain_label(check.do, "secondary", wrap=True))
            row.addLayout(lines, 1)
            column.addLayout(row)


class ReopenForm(SmallForm):
    """Why a closed case is opened again."""

    def __init__(self, parent: QWidget) -> None:
        said = _("The time that it is kept runs no longer, and the case is assessed again.")
        super().__init__(parent, _("Open this case again"), said, _("Open it again"))
        self.form.add("words", FieldRow(_("Why"), LongEdit(2), hint=_("It stands among the notes of the case.")))
        self.form.finish()
