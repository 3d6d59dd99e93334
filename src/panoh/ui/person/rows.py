"""Rows of a list that is edited in place: papers, names, needs, options. Each row is a line of fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.control_values import read, watch, write
from panoh.ui.widgets.controls import Beside
from panoh.ui.widgets.form import FieldRow, focusable
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import IconMark
from panoh.ui.widgets.panels import Line

Row = dict[str, str]
Told = tuple[str, str]  # a line that a row tells, and the icon before it ('' for none)


@dataclass(frozen=True, slots=True)
class RowField:
    """A field that every row has: its key, its label, how its control is made; a `wide` one stands below the others."""

    key: str
    label: str
    make: Callable[[], QWidget]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class RowsWords:
    """What a list of rows says: one of them ('Paper'), the button that adds one, and the words when there is none.

    They are counted, or where decisions name them have `letters`."""

    one: str
    add: str
    empty: str
    letters: str = ""

    def called(self, at: int) -> str:
        """'Paper 1', 'Option A'."""
        return _("{what} {n}").format(what=self.one, n=self.letters[at] if at < len(self.letters) else at + 1)


class _OneRow(QWidget):
    """The fields of one row, and the button that takes it away."""

    def __init__(self, at: int, fields: Sequence[RowField], words: RowsWords, title: str, told: Sequence[Told]) -> None:
        super().__init__()
        called = words.called(at)
        self.fields: dict[str, FieldRow] = {}
        for field in fields:
            control = field.make()
            self.fields[field.key] = FieldRow(field.label, control)
            name: Callable[[str], None] = getattr(
                control, "set_label", (control.focusProxy() or control).setAccessibleName
            )
            name(_("{row}, {field}").format(row=called, field=field.label))
        self.remove = KeyButton(_("Remove"), icon="action.close", size="small", kind="flat")
        self.remove.setAccessibleName(_("Remove {row}").format(row=called))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        if at:
            column.addWidget(Line())
        head = QHBoxLayout()
        head.addWidget(plain_label(title or called, "bold" if title else "small secondary", wrap=True), 1)
        head.addWidget(self.remove)
        column.addLayout(head)
        self._told = QVBoxLayout()
        self._told.setSpacing(2)
        column.addLayout(self._told)
        self.show_told(told)
        for wide, least in ((False, 160), (True, 320)):
            part = [self.fields[field.key] for field in fields if field.wide is wide]
            if part:
                column.addWidget(Beside(*part, least=least))

    def show_told(self, told: Sequence[Told]) -> None:
        """Show these lines under the heading, read only."""
        clear(self._told)
        for words, icon in told:
            line = QHBoxLayout()
            line.setSpacing(8)
            if icon:
                line.addWidget(IconMark(icon, "error"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(plain_label(words, "bold" if icon else "small secondary", wrap=True), 1)
            self._told.addLayout(line)


class RowsEdit(QWidget):
    """Rows with the same fields; one may add and take away. `edited` tells that a person changed something.

    Values are a text for each field's key, and 'id', which stays with its row. `title` gives a row a heading of its
    own; `fixed` tells rows that cannot be taken away; `hidden` names the fields that a row does without.
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
        self._told: Mapping[str, Sequence[Told]] = {}
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
        return [
            {"id": row_id, **{key: read(field.control) for key, field in row.fields.items()}}
            for row_id, row in self._rows
        ]

    def set_empty_words(self, words: str) -> None:
        """Say this where there is no row."""
        self._empty.setText(words)

    def set_told(self, told: Mapping[str, Sequence[Told]]) -> None:
        """What stands read only under the headings of rows, by their ids."""
        self._told = told
        for row_id, row in self._rows:
            row.show_told(told.get(row_id, ()))

    def set_values(self, rows: Sequence[Row]) -> None:
        """Show these rows in place of those before; the keys stay in the same field."""
        keys = self._place_of_keys()
        for _id, old in self._rows:
            self._holder.removeWidget(old)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._rows = []
        for values in rows:
            self._append(values)
        self._empty.setVisible(not self._rows)
        if keys is not None and keys[0] < len(self._rows):
            self._rows[keys[0]][1].fields[keys[1]].take_focus()

    def _place_of_keys(self) -> tuple[int, str] | None:
        """The row and the field that hold the keyboard's focus."""
        focus = self.window().focusWidget()
        if focus is None:
            return None
        for at, (_id, row) in enumerate(self._rows):
            for name, field in row.fields.items():
                if field.isAncestorOf(focus):
                    return at, name
        return None

    def add_row(self) -> None:
        """Add an empty row and put the keys into its first field."""
        row = self._append({"id": ""})
        self._empty.hide()
        self.edited.emit()
        next(iter(row.fields.values())).take_focus()

    def field_rows(self, key: str) -> dict[str, FieldRow]:
        """The fields by the names that problems use: 'documents.0.noted_on'."""
        return {
            f"{key}.{at}.{name}": field
            for at, (_id, row) in enumerate(self._rows)
            for name, field in row.fields.items()
        }

    def _append(self, values: Row) -> _OneRow:
        told = self._told.get(values.get("id", ""), ())
        row = _OneRow(len(self._rows), self._fields, self._words, self._title(values), told)
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
        self._order_tabs(before, row)
        return row

    def _order_tabs(self, before: QWidget | None, row: QWidget) -> None:
        """Let Tab go from the row before into this one, through it, and on to the button that adds."""
        start = list(focusable(before))[-1:] if before else []
        for first, then in pairwise([*start, *focusable(row), self.add_button]):
            QWidget.setTabOrder(first, then)

    def _remove(self, row: _OneRow) -> None:
        kept = [value for value, (_id, known) in zip(self.values(), self._rows, strict=True) if known is not row]
        self.set_values(kept)
        self.edited.emit()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
