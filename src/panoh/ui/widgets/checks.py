"""Check boxes for several answers out of a short list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.widgets.choices import Choice


class ChecksEdit(QWidget):
    """One box a choice, under each other. The value is the codes with commas between them, in the order of the list."""

    edited = Signal()  # a person ticked or cleared a box

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._boxes = {code: QCheckBox(words) for code, words in choices}
        self._others: list[str] = []  # codes that are not offered any more are kept, not lost
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)  # room for the ring round a box
        column.setSpacing(8)
        for box in self._boxes.values():
            box.setMinimumHeight(24)
            box.clicked.connect(self.edited)
            column.addWidget(box)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> str:
        """What is ticked: 'water,light'."""
        return ",".join([code for code, box in self._boxes.items() if box.isChecked()] + self._others)

    def set_value(self, value: str) -> None:
        """Tick these codes and no others."""
        codes = [code for code in value.split(",") if code]
        for code, box in self._boxes.items():
            box.setChecked(code in codes)
        self._others = [code for code in codes if code not in self._boxes]

    def set_label(self, label: str) -> None:
        """Name the boxes after their question: 'What is lacking there: Water'."""
        for box in self._boxes.values():
            box.setAccessibleName(_("{label}: {choice}").format(label=label, choice=box.text()))
