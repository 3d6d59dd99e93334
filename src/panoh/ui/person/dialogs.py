"""Small forms over a record: another level, a task, whom the case is given to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.ui import errors
from panoh.ui.person.control_values import read, write
from panoh.ui.person.controls import LongEdit, choice_box, fitted
from panoh.ui.person.tab_identity import day_edit
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled

_LEVELS = ("critical", "high", "medium", "low")


class SmallForm(QDialog):
    """A few fields with a button that does it and one that leaves it. `wanted` carries the values by key.

    It stays open until the presenter accepts it, so that problems can be told in it.
    """

    wanted = Signal(dict)

    def __init__(self, parent: QWidget, title: str, words: str, act: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.note = NoteBar(tone="error", icon="state.error")
        self.form = Form()
        self.act = KeyButton(act, lambda: self.wanted.emit(self.values()), kind="main", keys="Ctrl+Return")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(plain_label(title, "title bold", wrap=True))
        column.addWidget(plain_label(words, wrap=True))
        column.addWidget(self.note)
        column.addWidget(self.form)
        column.addStretch()
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 16)
        row.addWidget(self.act)
        row.addWidget(KeyButton(_("Leave it"), self.reject))
        row.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        outer.addLayout(row)
        self.resize(640, 480)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: read(row.control) for key, row in self.form.rows.items()}

    def set_value(self, key: str, value: str) -> None:
        """Put a value in."""
        write(self.form.rows[key].control, value)

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Tell what cannot be kept."""
        self.form.show_problems(problems)

    def fail(self, error: AppError) -> None:
        """Tell why it was not done."""
        errors.tell(self.note, error)


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
