"""The fields of a tab that is edited: panels with fields, their values, problems at their places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.ui.person.rows import RowsEdit
from panoh.ui.theme import application
from panoh.ui.widgets.control_values import read, watch, write
from panoh.ui.widgets.controls import Beside
from panoh.ui.widgets.form import FieldRow, Form, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Panel, scrolled

Values = dict[str, Any]  # a text for each field, a list of rows (texts by key) for each list
PAGE_MARGINS = (24, 16, 24, 16)


class EditTab(QWidget):
    """A tab whose fields are edited in place. `edited` tells that a person changed one of them.

    A tab adds sections, then calls `finish`. It gives and takes all its values at once.
    """

    edited = Signal()
    turned = Signal()  # the fields were put away or brought out

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self._controls: dict[str, QWidget] = {}
        self._writing = False
        page = QWidget()
        self.page = QVBoxLayout(page)
        self.page.setContentsMargins(*PAGE_MARGINS)
        self.page.setSpacing(16)
        self.page.addWidget(self.form.summary)
        self._area = scrolled(page)
        self._area.verticalScrollBar().rangeChanged.connect(lambda: QTimer.singleShot(0, self, self._keep_in_sight))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def _keep_in_sight(self) -> None:
        """The panel that the keys are in, whole: a row that was just added to it is seen."""
        at: QWidget | None = application().focusWidget()
        while at is not None and at is not self and not isinstance(at, Panel):
            at = at.parentWidget()
        if isinstance(at, Panel) and self._area.isAncestorOf(at) and at.height() <= self._area.viewport().height():
            self._area.ensureWidgetVisible(at, 0, 8)

    # --- building -------------------------------------------------------------------------------------------------

    def section(self, title: str, sub: str = "", right: QWidget | None = None) -> Panel:
        """A panel of the page; add its fields with `add` and `add_beside`."""
        panel = Panel(title, sub=sub, right=right, padded=True)
        panel.body.setSpacing(16)
        self.page.addWidget(panel)
        return panel

    def field(self, key: str, row: FieldRow) -> FieldRow:
        """Take a field into the form; the caller gives it its place."""
        self.form.rows[key] = row
        self.control(key, row.control)
        return row

    def control(self, key: str, control: QWidget) -> None:
        """Take a control without a row of its own into the form."""
        self._controls[key] = control
        watch(control, self._tell)

    def add(self, panel: Panel, *fields: tuple[str, FieldRow], least: int = 190) -> None:
        """Add fields to a panel, side by side where there is room."""
        rows = [self.field(key, row) for key, row in fields]
        panel.body.addWidget(rows[0] if len(rows) == 1 else Beside(*rows, least=least))

    def add_rows(self, panel: Panel, key: str, rows: RowsEdit) -> None:
        """Add a list of rows to a panel."""
        self._controls[key] = rows
        rows.edited.connect(self._tell)
        panel.body.addWidget(rows)

    def finish(self) -> None:
        """Close the page and set the order of Tab."""
        self.page.addStretch(1)
        order_tabs(self)

    # --- values ---------------------------------------------------------------------------------------------------

    def values(self) -> Values:
        """What stands in all fields."""
        return {
            key: control.values() if isinstance(control, RowsEdit) else read(control)
            for key, control in self._controls.items()
        }

    def set_values(self, values: Values) -> None:
        """Put these in; a key that is not there leaves its field as it is."""
        self._writing = True
        for key, control in self._controls.items():
            if key not in values:
                continue
            if isinstance(control, RowsEdit):
                control.set_values(values[key])
            else:
                write(control, values[key])
        self._writing = False

    @property
    def folded(self) -> bool:
        """Whether the fields are put away, as on a tab that shows before it is changed."""
        return False

    def fold(self) -> None:
        """Put the fields away, where a tab does so."""

    def unfold(self) -> None:
        """Bring the fields out."""

    def go_to(self, key: str) -> None:
        """Put the keys into a field: by its key, or 'options.1.what' for one of a row of a list."""
        rows = self._controls.get(key.partition(".")[0])
        field = (
            rows.field_rows(key.partition(".")[0]).get(key) if isinstance(rows, RowsEdit) else self.form.rows.get(key)
        )
        if field is not None:
            self._area.ensureWidgetVisible(field)
            field.take_focus()

    def show_problems(self, problems: Sequence[FieldProblem], kept: str = "") -> None:
        """Show what cannot be saved, at its place and on top of the page; none clears all."""
        plain = {key: row for key, row in self.form.rows.items() if "." not in key}
        self.form.rows.clear()
        for key, control in self._controls.items():
            if isinstance(control, RowsEdit):
                self.form.rows.update(control.field_rows(key))
            elif key in plain:
                self.form.rows[key] = plain[key]
        self.form.show_problems(problems, kept)
        if problems:
            self._area.verticalScrollBar().setValue(0)

    def _tell(self) -> None:
        if not self._writing:
            self.edited.emit()


def line_of(*parts: QWidget | str) -> QWidget:
    """Buttons and words in one line."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(plain_label(part, "secondary", wrap=True) if isinstance(part, str) else part)
    row.addStretch()
    return line
