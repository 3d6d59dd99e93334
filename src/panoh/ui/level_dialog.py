"""Setting a level by hand: which, why, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import N_, day
from panoh.base.i18n import gettext as _
from panoh.domain.triage.levels import LOW, RANK
from panoh.ui.widgets.choices import ChoiceBox, RadioChoice
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm

LEVELS = ("critical", "high", "medium", "low")  # what is unknown is never said by hand: it is asked
MOST_REASON = 500  # characters
_REVIEWS = (
    (1, N_("Tomorrow, {day}")),
    (3, N_("In 3 days, {day}")),
    (7, N_("In a week, {day}")),
    (14, N_("In 2 weeks, {day}")),
    (30, N_("In 30 days, {day}")),
)


class LevelDialog(SmallForm):
    """Asks for level, reason and review date. A level below `least` is a supervisor's to set: then one is asked."""

    def __init__(self, number: str, level: str, today: date, parent: QWidget, *, least: str = LOW) -> None:
        super().__init__(parent, _("Set another level for {number}").format(number=number), "", _("Set this level"))
        self._least = least
        self.told = NoteBar(tone="note", icon="action.ask_supervisor")
        self.level = RadioChoice([(code, level_word(code)) for code in LEVELS], columns=len(LEVELS))
        self.reason = QLineEdit()
        self.reason.setMaxLength(MOST_REASON)
        days = [(today + timedelta(days=ahead), words) for ahead, words in _REVIEWS]
        self.review = ChoiceBox([(on.isoformat(), _(words).format(day=day(on, weekday=True))) for on, words in days])
        self.level.set_value(level)
        self.review.set_value(days[2][0].isoformat())
        self._add_fields()
        self.level.chosen.connect(self._tell)

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Say what is missing, at its field."""
        self.note.hide()
        super().show_problems(problems)

    def fail(self, error: AppError) -> None:
        """Say why it was refused."""
        super().show_problems([])
        super().fail(error)

    def lowers(self) -> bool:
        """Whether the level that is chosen has to be asked of a supervisor."""
        return RANK.get(self.level.value(), 0) > RANK[self._least]

    def _tell(self) -> None:
        """Say that a lower level is asked of a supervisor."""
        lower = self.lowers()
        self.act.set_words(_("Ask a supervisor") if lower else _("Set this level"))
        self.form.rows["review_on"].setVisible(not lower)
        if lower:
            self.told.say(_("Lowering needs a supervisor. This asks one; nothing changes before that."))
        else:
            self.told.hide()

    def _add_fields(self) -> None:
        self.form.add_widget(self.told)
        self.form.add("level", FieldRow(_("Level"), self.level))
        hint = _("It stands in the record, with your name.")
        self.form.add("reason", FieldRow(_("Reason"), self.reason, hint=hint))
        hint = _("On that day the level lapses, the computed one counts, and somebody is to look again.")
        self.form.add("review_on", FieldRow(_("Review date"), self.review, hint=hint))
        self.form.finish()
