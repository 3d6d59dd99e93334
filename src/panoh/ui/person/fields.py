"""The controls of a form by key, and what stands in them as plain texts: kept whole as a draft, compared, put back.

A text is what was typed, or the code chosen. Two marks stand before other things: UNKNOWN before one of the four
unknowns, TYPED before words that none of the choices has. They are control characters, which nobody types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.person.rows import RowsEdit
from panoh.ui.theme import look
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.date import PartialDateEdit
from panoh.ui.widgets.unknown import AnswerEdit

Values = dict[str, Any]  # texts by key; a list of such for rows
UNKNOWN, TYPED, EXACTNESS = "\x1a", "\x1b", "\x1f"


def unknown_in(value: str) -> str:
    """The unknown that a text of a field means; '' when it means something else."""
    return value[1:] if value.startswith(UNKNOWN) else ""


def typed_in(value: str) -> str:
    """The words that none of the choices has; '' when there are none."""
    return value[1:] if value.startswith(TYPED) else ""


def known_in(value: str) -> str:
    """The answer itself; '' for an unknown and for words that are no choice."""
    return "" if value.startswith((UNKNOWN, TYPED)) else value


class Fields:
    """The controls of one form. `changed` is called when a person changed one of them."""

    def __init__(self, changed: Callable[[], object]) -> None:
        self._changed = changed
        self._writing = False
        self._controls: dict[str, QWidget] = {}

    def add(self, key: str, control: QWidget) -> None:
        """Take a control into the form under this key."""
        self._controls[key] = control
        watch(control, self._tell)

    def control(self, key: str) -> Any:
        """The control of this key."""
        return self._controls[key]

    def values(self) -> Values:
        """What stands in all of them."""
        return {key: read(control) for key, control in self._controls.items()}

    def write(self, values: Values) -> None:
        """Put these in; keys that are not there leave their controls as they are."""
        self._writing = True
        for key, control in self._controls.items():
            if key in values:
                write(control, values[key])
        self._writing = False

    def _tell(self) -> None:
        if not self._writing:
            self._changed()


def read(control: QWidget) -> Any:
    """What stands in a control: a text, or the rows of a RowsEdit."""
    if isinstance(control, RowsEdit):
        return control.values()
    if isinstance(control, AnswerEdit):
        return UNKNOWN + control.unknown if control.unknown else control.answer()
    if isinstance(control, ChoiceBox):
        return _read_box(control)
    if isinstance(control, PartialDateEdit):
        return f"{control.line.text().strip()}{EXACTNESS}{control.exactness.value()}"
    if isinstance(control, RadioChoice):
        return control.value()
    if isinstance(control, QCheckBox):
        return "yes" if control.isChecked() else ""
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText().strip()
    if isinstance(control, QLineEdit):
        return control.text().strip()
    raise TypeError(type(control).__name__)


def _read_box(box: ChoiceBox) -> str:
    line = box.lineEdit()
    value = box.value()
    if box.unknown and not (line and line.text()):
        return UNKNOWN + box.unknown
    return TYPED + line.text().strip() if line and line.text().strip() and not value else value


def write(control: QWidget, value: Any) -> None:
    """Put a text (or rows) into a control."""
    if isinstance(control, RowsEdit):
        control.set_values(value)
    elif isinstance(control, AnswerEdit):
        control.set_answer(known_in(value), unknown_in(value))
    elif isinstance(control, ChoiceBox):
        _write_box(control, value)
    elif isinstance(control, PartialDateEdit):
        _write_date(control, value)
    elif isinstance(control, RadioChoice):
        control.set_value(value)
    elif isinstance(control, QCheckBox):
        control.setChecked(value == "yes")
    elif isinstance(control, QPlainTextEdit):
        control.setPlainText(value)
    elif isinstance(control, QLineEdit):
        control.setText(value)


def _write_box(box: ChoiceBox, value: str) -> None:
    code = known_in(value)
    if code and box.findData(code) < 0:
        box.addItem(code, code)  # a code from elsewhere is kept, not lost
    box.set_value(code, unknown_in(value))
    line = box.lineEdit()
    if line and typed_in(value):
        line.setText(typed_in(value))


def _write_date(edit: PartialDateEdit, value: str) -> None:
    said, _mark, exactness = value.partition(EXACTNESS)
    edit.line.setText(said)
    edit.line.textEdited.emit(said)
    if exactness != edit.exactness.value():
        edit.exactness.set_value(exactness)
        edit.exactness.answered.emit()


def watch(control: QWidget, changed: Callable[[], object]) -> None:
    """Call `changed` whenever a person (or `write`) changes the control."""

    def tell(*_args: object) -> None:
        changed()

    if isinstance(control, RowsEdit):
        control.edited.connect(tell)
    elif isinstance(control, AnswerEdit):
        control.answered.connect(tell)
    elif isinstance(control, ChoiceBox):
        control.answered.connect(tell)
        line = control.lineEdit()
        if line:
            line.textEdited.connect(tell)
    elif isinstance(control, PartialDateEdit):
        control.changed.connect(tell)
    elif isinstance(control, RadioChoice):
        control.chosen.connect(tell)
    elif isinstance(control, QCheckBox):
        control.toggled.connect(tell)
    elif isinstance(control, QPlainTextEdit | QLineEdit):
        control.textChanged.connect(tell)


# --- controls of the record's forms ----------------------------------------------------------------------------------


def choice_box(choices: Sequence[Choice], *, search: bool = False, unknowns: bool = False) -> ChoiceBox:
    """A box that needs no more room than its form gives; without search its first choice is that nothing is recorded."""
    first = [] if search else [("", _("not recorded"))]
    box = ChoiceBox([*first, *choices], search=search, unknowns=unknowns)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def yes_no_box() -> ChoiceBox:
    """Yes, no, one of the unknowns (F8), or not recorded."""
    return choice_box([("yes", _("Yes")), ("no", _("No"))], unknowns=True)


class LongEdit(QPlainTextEdit):
    """Several lines of plain text; Tab leaves it. As high as `lines` lines."""

    def __init__(self, lines: int = 3) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._lines = lines
        look().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setMinimumHeight(self._lines * look().line_height() + 16)
        self.setMaximumHeight((self._lines + 2) * look().line_height() + 16)


class CodesEdit(QLineEdit):
    """Several words out of a list, with commas between them: 'Uzbek, Russian'. Completes the word one types."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._finder = QCompleter(QStringListModel([words for _code, words in choices]), self)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setWidget(self)
        self._finder.activated.connect(self._take)
        self.textEdited.connect(self._offer)

    def _offer(self, text: str) -> None:
        begun = text.rpartition(",")[2].strip()
        self._finder.setCompletionPrefix(begun)
        if begun and self._finder.completionCount():
            self._finder.complete()
        else:
            self._finder.popup().hide()

    def _take(self, word: str) -> None:
        before = self.text().rpartition(",")[0].strip()
        self.setText(f"{before}, {word}" if before else word)
