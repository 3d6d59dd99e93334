"""The band that says what must not be done and what to do: between header and tabs, on every tab, never closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.theme import look
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.notes import TONES, IconMark, ToneBox


class _PointBox(ToneBox):
    """A heading with an icon, and points in one or two columns."""

    def __init__(self, tone: str, heading: str, icon: str, columns: int) -> None:
        super().__init__(tone)
        set_accessible_role(self, QAccessible.Role.Note)
        self._heading, self._columns = heading, columns
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 8, 16, 8)
        outer.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark(icon, TONES[tone].text))
        head.addWidget(plain_label(heading, f"bold {TONES[tone].role}"), 1)
        outer.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._grid.setHorizontalSpacing(16)
        outer.addLayout(self._grid)
        outer.addStretch()

    def set_points(self, points: Sequence[str]) -> None:
        """Show these points, reading down the first column, then the second."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            old = item.widget() if item else None
            if old:
                old.setParent(None)
                old.deleteLater()
        columns = 1 if look().large else self._columns
        rows = -(-len(points) // columns) or 1
        for at, point in enumerate(points):
            self._grid.addWidget(plain_label(point, TONES[self.tone].role, wrap=True), at % rows, at // rows)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        said = _("{heading}: {points}").format(heading=self._heading, points=", ".join(points))
        self.setAccessibleName(said)
        show_when(self, bool(points))


class DoDontBand(QWidget):
    """Do not (first and wider) and Do; above each other at large text. Hidden while there is neither."""

    def __init__(self, dont: Sequence[str] = (), do: Sequence[str] = ()) -> None:
        super().__init__()
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._dont_box = _PointBox("dont", _("Do not"), "state.do_not", 2)
        self._do_box = _PointBox("do", _("Do"), "state.do", 1)
        self._layout.addWidget(self._dont_box, 5)
        self._layout.addWidget(self._do_box, 3)
        self._points: tuple[Sequence[str], Sequence[str]] = (dont, do)
        look().changed.connect(self._lay_out)
        self._lay_out()

    def set_points(self, dont: Sequence[str], do: Sequence[str]) -> None:
        """Show what must not be done and what to do."""
        self._points = (dont, do)
        self._lay_out()

    def _lay_out(self) -> None:
        across = QBoxLayout.Direction.TopToBottom if look().large else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(across)
        dont, do = self._points
        self._dont_box.set_points(dont)
        self._do_box.set_points(do)
        show_when(self, bool(dont or do))
