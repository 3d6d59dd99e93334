"""The recovery screen: what is wrong with a vault, the newest good backup, what would be lost, and the ways out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from panoh.base.i18n import gettext as _
from panoh.ui.unlock.pages import Page
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import FactGrid


class DamagePage(Page):
    """Told in place of Unlock. The main button puts back what was found; without anything it is not there."""

    read_asked = Signal()
    elsewhere_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("This vault is damaged"), _("Restore the vault"), "state.backup", enter=False)
        self.told = plain_label("", wrap=True)
        self.told.setContentsMargins(4, 0, 4, 0)
        self.facts = FactGrid(spacing=8)
        self.facts.setContentsMargins(4, 0, 4, 0)
        self.column.insertWidget(2, self.told)
        self.column.insertWidget(3, self.facts)
        self.read = KeyButton(_("Open to read only"), self.read_asked.emit)
        self.elsewhere = KeyButton(_("Look for a backup elsewhere…"), self.elsewhere_asked.emit)
        self.back = LinkButton(_("Back"), self.back_asked.emit)
        self.finish()
        more = QVBoxLayout()
        more.setContentsMargins(4, 0, 4, 0)
        more.setSpacing(8)
        for part in (self.read, self.elsewhere, self.back):
            more.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(more)
        order_tabs(self.main, self.read, self.elsewhere, self.back)

    def show_outlook(self, words: str, facts: Sequence[tuple[str, str]], *, best: bool, readable: bool) -> None:
        """Tell what was found, and offer what can be done."""
        self.told.setText(words)
        self.facts.set_facts(*facts)
        self.main.setVisible(best)
        self.read.setVisible(readable)
        self.setAccessibleDescription(words)

    def set_busy(self, words: str) -> None:
        """Say what is being done; nothing else is begun meanwhile."""
        super().set_busy(words)
        for button in (self.main, self.read, self.elsewhere, self.back):
            button.setEnabled(not words)
        if words:
            self.main.show()
