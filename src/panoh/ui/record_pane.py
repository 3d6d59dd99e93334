"""A side pane about one record, or words about what will stand there; rows of its panels, and links to people."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.ui.privacy import Privacy
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.panes import SidePane


class RecordPane(SidePane):
    """Shows the parts of a record one under the other; `nothing` says what will stand there once one is chosen."""

    def __init__(self, nothing: str) -> None:
        super().__init__()
        self._nothing = plain_label(nothing, "secondary", wrap=True)
        self._whole = QWidget()

    def show_nothing(self) -> None:
        """None is chosen."""
        self._show_whole(shown=False)

    # --- for whoever has parts to show ---------------------------------------------------------------------------------

    def _show_whole(self, *, shown: bool = True) -> None:
        show_when(self._nothing, not shown)
        show_when(self._whole, shown)

    def _put(self, *parts: QWidget | QLayout) -> None:
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        for part in parts:
            if isinstance(part, QWidget):
                whole.addWidget(part)
            else:
                whole.addLayout(part)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 24, 16)
        column.addWidget(self._nothing)
        column.addWidget(self._whole)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))


def stacked(*parts: QWidget) -> QWidget:
    """A row of a panel: words and links one under the other."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(16, 8, 16, 8)
    column.setSpacing(2)
    for part in parts:
        column.addWidget(part)
    return made


def link_to(line: PersonLine, privacy: Privacy, opened: Callable[[str], object]) -> LinkButton:
    """A link that names a person, as far as names are shown, and opens the record."""
    name = privacy.name(line.full_name) or line.number
    told = name if name == line.number else _("{name}, {number}").format(name=name, number=line.number)
    return LinkButton(told, partial(opened, line.id), wrap=True)
