"""Groups of fields in the form of a request: a heading over those that always show, one that unfolds for those rarely known."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Line

_GAP = 16


class Group(QWidget):
    """Fields under a heading."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(_GAP)
        self.column.addWidget(Line())
        self.column.addWidget(plain_label(title, "bold"))


class FoldedRow(FieldRow):
    """A field of a group that unfolds: whoever is sent to it finds it open."""

    opens: Callable[[], object] = staticmethod(lambda: None)

    def take_focus(self) -> None:
        """Open the group, then put the keys into the field."""
        self.opens()
        super().take_focus()


class Fold(QWidget):
    """Fields that show when its button is used; `says` tells what it holds, and stands in the button."""

    def __init__(self, says: str) -> None:
        super().__init__()
        self._says = says
        self.button = KeyButton(says, self.turn, icon="action.next", kind="flat", size="small")
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self.button)
        column.addWidget(self._inside)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether its fields show."""
        return not self._inside.isHidden()

    def turn(self) -> None:
        """Fold or unfold."""
        self.set_open(not self.is_open)

    def unfold(self) -> None:
        """Show the fields."""
        self.set_open(True)

    def set_open(self, on: bool) -> None:
        """Show the fields, or put them away."""
        self._inside.setVisible(on)
        self.button.set_words(self._says, "action.open_menu" if on else "action.next")
        spoken = _("{group}: hide") if on else _("{group}: show")
        self.button.setAccessibleName(spoken.format(group=self._says))

    def take(self, *rows: QWidget) -> None:
        """Take these into the group."""
        for row in rows:
            self.column.addWidget(row)
            for field in (row, *row.findChildren(FoldedRow)):
                if isinstance(field, FoldedRow):
                    field.opens = self.unfold
