"""Lines under the grid: what is wrong in a cell, and what saving will do beyond the records themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import IconMark


@dataclass(frozen=True, slots=True)
class Line:
    """An icon of the tokens, its colour, and the words."""

    icon: str
    colour: str
    words: str


class LineList(QWidget):
    """Lines of an icon and words each."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._rows: list[QWidget] = []
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these in place of those before."""
        if self.lines == tuple(lines):
            return
        self.lines = tuple(lines)
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows = [_row(line) for line in lines]
        for row in self._rows:
            self._column.addWidget(row)


def _row(line: Line) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconMark(line.icon, line.colour), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(plain_label(line.words, "bold error" if line.colour == "error" else "", wrap=True), 1)
    return holder
