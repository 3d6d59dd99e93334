"""The form builder: every field gets its label, buddy, accessible name, hint and a place for its error.

form = Form()
form.add("who", FieldRow(_("Who asks"), QLineEdit()))
form.add_beside(("day", FieldRow(...)), ("place", FieldRow(...)))
form.finish()                                   # sets the tab order, once
form.show_problems(problems, kept=...)          # on a failed save: summary, errors at the fields, focus
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.style import is_text_box, set_state
from panoh.ui.style_paint import outline
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.focus import FRAMED
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.notes import IconMark


class FieldRow(QWidget):
    """Label, hint, control (with something beside it) and error, one under the other.

    A control made of several widgets gives its first one as its focus proxy; one that names itself has `set_label`.
    """

    def __init__(
        self, label: str, control: QWidget, *, hint: str = "", optional: bool = False, beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        self._target = control.focusProxy() or control
        self.label = plain_label(_("{label} (optional)").format(label=label) if optional else label, wrap=True)
        self.label.setBuddy(self._target)
        self._hint_label = plain_label(hint, "small secondary", wrap=True)
        if not hint:
            self._hint_label.hide()
        self._error_mark = IconMark("state.error", "error")
        self._error_label = plain_label("", "bold error", wrap=True)
        name: Callable[[str], None] = getattr(control, "set_label", self._target.setAccessibleName)
        name(label)
        self._target.setAccessibleDescription(hint)
        if is_text_box(control):
            control.setTabChangesFocus(True)
        self._lay_out(beside)
        self.set_error("")

    @property
    def error(self) -> str:
        """The error that stands under the field; '' for none."""
        return self._error_label.text()

    def set_error(self, sentence: str) -> None:
        """Show this error under the field and tell it to screen readers; '' takes it away."""
        self._error_label.setText(sentence)
        self._error_row.setVisible(bool(sentence))
        set_state(self._target, "error" if sentence else "")
        self._target.setAccessibleDescription(sentence or self._hint)

    def set_hint(self, hint: str) -> None:
        """Show another hint under the label."""
        self._hint = hint
        self._hint_label.setText(hint)
        self._hint_label.setVisible(bool(hint))
        if not self.error:
            self._target.setAccessibleDescription(hint)

    def take_focus(self) -> None:
        """Put the focus into the control."""
        (self.control.focusProxy() or self._target).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, beside: QWidget | None) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(self._hint_label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.control, 1)
        if beside is not None:
            row.addWidget(beside)
        column.addLayout(row)
        self._error_row = QWidget(self)
        error = QHBoxLayout(self._error_row)
        error.setContentsMargins(0, 0, 0, 0)
        error.setSpacing(4)
        error.addWidget(self._error_mark, 0, Qt.AlignmentFlag.AlignTop)
        error.addWidget(self._error_label, 1)
        column.addWidget(self._error_row)


class ErrorSummary(QFrame):
    """'There is a problem', a link to each field with an error, and what was kept. Takes the focus when it appears."""

    def __init__(self) -> None:
        super().__init__()
        set_accessible_role(self, QAccessible.Role.AlertMessage)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(FRAMED, True)
        self._links: list[LinkButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 16, 12)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("state.error", "error", "title"))
        head.addWidget(plain_label(_("There is a problem"), "title bold"), 1)
        column.addLayout(head)
        column.addSpacing(4)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        self._kept = plain_label("", wrap=True)
        column.addWidget(self._kept)
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, Callable[[], None]]], kept: str = "") -> None:
        """Show a link for each (sentence, what brings one to its field); none hides the summary."""
        for old in self._links:
            self._list.removeWidget(old)
            old.deleteLater()
        self._links = [LinkButton(sentence, go, role="bold error", wrap=True) for sentence, go in problems]
        for link in self._links:
            self._list.addWidget(link)
        self._kept.setText(kept)
        self._kept.setVisible(bool(kept))
        count = len(problems)
        words = ngettext("There is a problem, {n} error", "There is a problem, {n} errors", count).format(n=count)
        self.setAccessibleName(words)
        show_when(self, bool(problems))
        if problems:
            previous: QWidget = self
            for link in self._links:
                QWidget.setTabOrder(previous, link)
                previous = link
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and a 2 px outline in the colour of errors."""
        fill, line = look().colour("error_fill"), look().colour("error")
        outline(QPainter(self), self.rect(), line, look().size("line.focus"), look().size("radius.control"), fill)


class Form(QWidget):
    """Fields in reading order, with the summary of errors on top."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, FieldRow] = {}
        self.summary = ErrorSummary()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 4, 4, 4)  # room for the focus ring, which a scroll area would cut
        self._column.setSpacing(24)
        self._column.addWidget(self.summary)

    def add(self, key: str, row: FieldRow) -> FieldRow:
        """Add a field; `key` is the field's name in a FieldProblem."""
        self.rows[key] = row
        self._column.addWidget(row)
        return row

    def add_beside(self, *rows: tuple[str, FieldRow], stretches: Sequence[int] = ()) -> None:
        """Add fields that belong together, side by side."""
        line = QHBoxLayout()
        line.setSpacing(16)
        for at, (key, row) in enumerate(rows):
            self.rows[key] = row
            line.addWidget(row, stretches[at] if stretches else 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)

    def set_spacing(self, pixels: int) -> None:
        """Let rows stand closer, where many are alike."""
        self._column.setSpacing(pixels)

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is no field: a note, a heading, a row of buttons."""
        self._column.addWidget(widget)

    def finish(self) -> None:
        """Set the tab order once everything is added; room to spare goes under the last field."""
        self._column.addStretch()
        order_tabs(self)

    def show_problems(self, problems: Sequence[FieldProblem], kept: str = "") -> None:
        """Show these problems, in the form's order, at their fields and in the summary; none clears all."""
        words = {problem.field: problem.text for problem in problems}
        for key, row in self.rows.items():
            row.set_error(words.get(key, ""))
        known = [(words[key], row.take_focus) for key, row in self.rows.items() if key in words]
        others = [(problem.text, self._stay) for problem in problems if problem.field not in self.rows]
        self.summary.show_problems([*known, *others], kept)

    def _stay(self) -> None:
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)


def focusable(root: QWidget) -> Iterator[QWidget]:
    """Widgets under `root` that Tab reaches, in the order of their layouts."""
    if root.focusPolicy() & Qt.FocusPolicy.TabFocus and root.focusProxy() is None:
        yield root
    inside = root.widget() if isinstance(root, QScrollArea) else None
    if inside is not None:
        yield from focusable(inside)
    layout = root.layout()
    if layout is not None:
        yield from _focusable_in(layout)


def _focusable_in(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item else (None, None)
        if widget is not None:
            yield from focusable(widget)
        elif inner is not None:
            yield from _focusable_in(inner)


def order_tabs(*roots: QWidget) -> None:
    """Let Tab go through these widgets, one after the other, each in the order of its layout."""
    chain = [widget for root in roots for widget in focusable(root)]
    for first, then in pairwise(chain):
        QWidget.setTabOrder(first, then)
