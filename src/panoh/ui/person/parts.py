"""Small parts of the record's pages: rows with lines between them, words that are empty states, a page of panels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from panoh.ui.theme import look
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import IconMark
from panoh.ui.widgets.panels import Line

_ROW = (16, 6, 16, 6)  # margins of a row in a panel


class RowTable(QWidget):
    """Rows of a few cells with a line between each two; cells of one column stand under each other."""

    def __init__(self, stretches: Sequence[int]) -> None:
        super().__init__()
        self._stretches = tuple(stretches)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_rows(self, rows: Sequence[Sequence[QWidget | str]], empty: str = "") -> None:
        """Show these rows; texts become labels. Without rows the words for none."""
        clear(self._column)
        if not rows:
            none = plain_label(empty, "secondary", wrap=True)
            none.setContentsMargins(16, 12, 16, 12)
            self._column.addWidget(none)
            return
        grid = QGridLayout()
        grid.setSpacing(0)
        last = len(self._stretches) - 1
        for at, cells in enumerate(rows):
            grid.setRowMinimumHeight(2 * at, max(look().size("row.table"), look().line_height() + 8))
            for column, cell in enumerate(cells):
                margins = (_ROW[0] if column == 0 else 8, 4, _ROW[2] if column == last else 8, 4)
                grid.addWidget(_held(cell, margins), 2 * at, column)
            if at < len(rows) - 1:
                grid.addWidget(Line(), 2 * at + 1, 0, 1, len(self._stretches))
        for column, stretch in enumerate(self._stretches):
            grid.setColumnStretch(column, stretch)
        self._column.addLayout(grid)


def _held(cell: QWidget | str, margins: tuple[int, int, int, int]) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(*margins)
    shown = plain_label(cell, wrap=True) if isinstance(cell, str) else cell
    row.addWidget(shown)
    if shown.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed:
        row.addStretch()
    return held


def marked(icon: str, text: str, role: str = "", colour: str = "text", *, wrap: bool = True) -> QWidget:
    """An icon with words beside it."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconMark(icon, colour), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(plain_label(text, role, wrap=wrap), 1)
    return made


class TwoColumns(QWidget):
    """A wide column and a narrow one; one above the other at large text."""

    def __init__(self, wide: Sequence[QWidget], narrow: Sequence[QWidget]) -> None:
        super().__init__()
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        for panels, stretch in ((wide, 13), (narrow, 10)):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(16)
            for panel in panels:
                column.addWidget(panel)
            column.addStretch(1)
            self._layout.addWidget(holder, stretch)
        look().changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        side = QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if look().large else side)
