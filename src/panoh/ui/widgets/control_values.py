"""What stands in a control, as one plain text: kept as a draft, compared, put back.

A text is what was typed, or the code chosen. Two marks stand before other things: UNKNOWN before one of the four
unknowns, TYPED before words that none of the choices has. They are control characters, which nobody types.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from panoh.ui.widgets.choices import ChoiceBox, RadioChoice
from panoh.ui.widgets.date import PartialDateEdit
from panoh.ui.widgets.unknown import AnswerEdit

UNKNOWN, TYPED, EXACTNESS = "\x1a", "\x1b", "\x1f"


def unknown_in(value: str) -> str:
    """The unknown that a text means; '' when it means something else."""
    return value[1:] if value.startswith(UNKNOWN) else ""


def typed_in(value: str) -> str:
    """The words that none of the choices has; '' when there are none."""
    return value[1:] if value.startswith(TYPED) else ""


def known_in(value: str) -> str:
    """The answer itself; '' for an unknown and for words that are no choice."""
    return "" if value.startswith((UNKNOWN, TYPED)) else value


def read(control: QWidget) -> str:
    """What stands in a control."""
    if isinstance(control, AnswerEdit):
        return UNKNOWN + control.unknown if control.unknown else control.answer()
    if isinstance(control, ChoiceBox):
        return _read_box(control)
    if isinstance(control, PartialDateEdit):
        exactly = f"{control.line.answer()}{EXACTNESS}{control.exactness.value()}"
        return UNKNOWN + control.line.unknown if control.line.unknown else exactly
    if isinstance(control, RadioChoice):
        return UNKNOWN + control.unknown if control.unknown else control.value()
    if isinstance(control, QCheckBox):
        return "yes" if control.isChecked() else ""
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText().strip()
    if isinstance(control, QLineEdit):
        return control.text().strip()
    raise TypeError(type(control).__name__)


def write(control: QWidget, value: str) -> None:
    """Put a text that `read` gave (or a code) into a control."""
    if isinstance(control, AnswerEdit):
        control.set_answer(known_in(value), unknown_in(value))
    elif isinstance(control, ChoiceBox):
        _write_box(control, value)
    elif isinstance(control, PartialDateEdit):
        _write_date(control, value)
    elif isinstance(control, RadioChoice):
        control.set_value(known_in(value), unknown_in(value))
    elif isinstance(control, QCheckBox):
        control.setChecked(value == "yes")
    elif isinstance(control, QPlainTextEdit):
        control.setPlainText(value)
    elif isinstance(control, QLineEdit):
        control.setText(value)


def watch(control: QWidget, changed: Callable[[], object]) -> None:
    """Call `changed` whenever the control changes."""

    def tell(*_args: object) -> None:
        changed()

    if isinstance(control, AnswerEdit):
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


def _read_box(box: ChoiceBox) -> str:
    line, value = box.lineEdit(), box.value()
    typed = line.text().strip() if line else ""
    if box.unknown and not typed:
        return UNKNOWN + box.unknown
    return TYPED + typed if typed and not value else value


def _write_box(box: ChoiceBox, value: str) -> None:
    code = known_in(value)
    if code and box.findData(code) < 0:
        box.addItem(code, code)  # a code from elsewhere is kept, not lost
    box.set_value(code, unknown_in(value))
    line = box.lineEdit()
    if line and typed_in(value):
        line.setText(typed_in(value))


def _write_date(edit: PartialDateEdit, value: str) -> None:
    said, _mark, exactness = known_in(value).partition(EXACTNESS)
    edit.line.set_answer(said, unknown_in(value))
    edit.line.answered.emit()
    if exactness and exactness != edit.exactness.value():
        edit.exactness.set_value(exactness)
        edit.exactness.answered.emit()
