"""Rows of a list that is edited in place: papers, names, needs, options. Each row is a line of fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import FieldRow, focusable
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Line

Row = dict[str, str]


class Beside(QWidget):
    """Fields side by side, as many as the width allows, each at least `least` wide at 100 % text."""

    def __init__(self, *fields: QWidget, least: int = 190) -> None:
        super().__init__()
        self._fields, self._least, self._columns = fields, least, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(16)
        look().changed.connect(self._arrange)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest field alone: what does not fit beside goes below."""
        widest = max((field.minimumSizeHint().width() for field in self._fields), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns, as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = (self.width() + 16) // (look().grown(self._least) + 16)
        columns = max(1, min(len(self._fields), room))
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for at, field in enumerate(self._fields):
            self._grid.addWidget(field, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.updateGeometry()


@dataclass(frozen=True, slots=True)
class RowField:
    """A field that every row has: its key, its label, and how its control is made."""

    key: str
    label: str
    make: Callable[[], QWidget]


@dataclass(frozen=True, slots=True)
class RowsWords:
    """What a list of rows says: one of them ('Paper'), the button that adds one, and the words when there is none."""

    one: str
    add: str
    empty: str


class _OneRow(QWidget):
    """The fields of one row, and the button that takes it away."""

    def __init__(self, at: int, fields: Sequence[RowField], words: RowsWords, title: str) -> None:
        super().__init__()
        self.fields: dict[str, FieldRow] = {}
        for field in fields:
            row = FieldRow(field.label, field.make())
            target = row.control.focusProxy() or row.control
            target.setAccessibleName(
                _("{what} {n}, {field}").format(what=words.one, n=at + 1, field=target.accessibleName())
            )
            self.fields[field.key] = row
        self.remove = KeyButton(_("Remove"), icon="action.close", size="small", kind="flat")
        self.remove.setAccessibleName(_("Remove {what} {n}").format(what=words.one.lower(), n=at + 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        if at:
            column.addWidget(Line())
        head = QHBoxLayout()
        head.addWidget(plain_label(title or f"{words.one} {at + 1}", "bold" if title else "small secondary", wrap=True), 1)
        head.addWidget(self.remove)
        column.addLayout(head)
        column.addWidget(Beside(*self.fields.values(), least=170))


class RowsEdit(QWidget):
    """Rows with the same fields; one may add and take away. `edited` tells that a person changed something.

    Values are a text for each field's key, and 'id', which stays with its row. `title` gives a row a heading of its
    own; `fixed` tells rows that cannot be taken away; `hidden` fields that a row does without.
    """

    edited = Signal()

    def __init__(
        self,
        fields: Sequence[RowField],
        words: RowsWords,
        *,
        title: Callable[[Row], str] = lambda _row: "",
        fixed: Callable[[Row], bool] = lambda _row: False,
        hidden: Callable[[Row], Sequence[str]] = lambda _row: (),
    ) -> None:
        super().__init__()
        self._fields, self._words = tuple(fields), words
        self._title, self._fixed, self._hidden = title, fixed, hidden
        self._rows: list[tuple[str, _OneRow]] = []
        self._holder = QVBoxLayout()
        self._holder.setSpacing(8)
        self._empty = plain_label(words.empty, "secondary", wrap=True)
        self.add_button = KeyButton(words.add, self.add_row, icon="action.add", size="small", bold=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._empty)
        column.addLayout(self._holder)
        column.addWidget(self.add_button)

    def values(self) -> list[Row]:
        """What stands in the rows."""
        from panoh.ui.person.fields import read  # fields know rows, rows are read as fields are

        return [
            {"id": row_id, **{key: str(read(field.control)) for key, field in row.fields.items()}}
            for row_id, row in self._rows
        ]

    def set_values(self, rows: Sequence[Row]) -> None:
        """Show these rows in place of those before."""
        for _id, old in self._rows:
            self._holder.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        for values in rows:
            self._append(values)
        self._show_empty()

    def add_row(self) -> None:
        """Add an empty row and put the keys into its first field."""
        row = self._append({"id": ""})
        self._show_empty()
        self.edited.emit()
        first = next(iter(row.fields.values()))
        first.take_focus()

    def field_rows(self, key: str) -> dict[str, FieldRow]:
        """The fields by the names that problems use: 'documents.0.noted_on'."""
        return {
            f"{key}.{at}.{name}": field for at, (_id, row) in enumerate(self._rows) for name, field in row.fields.items()
        }

    def _append(self, values: Row) -> _OneRow:
        from panoh.ui.person.fields import watch, write

        row = _OneRow(len(self._rows), self._fields, self._words, self._title(values))
        hidden = self._hidden(values)
        for name, field in row.fields.items():
            write(field.control, values.get(name, ""))
            field.setVisible(name not in hidden)
            watch(field.control, self.edited.emit)
        row.remove.setVisible(not self._fixed(values))
        row.remove.clicked.connect(lambda: self._remove(row))
        before = self._rows[-1][1] if self._rows else None
        self._rows.append((values.get("id", ""), row))
        self._holder.addWidget(row)
        self._order(before, row)
        return row

    def _order(self, before: QWidget | None, row: QWidget) -> None:
        """Let Tab go from the row before into this one, through it, and on to the button that adds."""
        inside = list(focusable(row))
        start = list(focusable(before))[-1:] if before else []
        chain = [*start, *inside, self.add_button]
        for first, then in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(first, then)

    def _remove(self, row: _OneRow) -> None:
        values = [value for value, (_id, known) in zip(self.values(), self._rows, strict=True) if known is not row]
        self.set_values(values)
        self.edited.emit()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_empty(self) -> None:
        self._empty.setVisible(not self._rows)
