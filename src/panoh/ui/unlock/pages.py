"""The page that unlocks, and what all pages of the Unlock screen share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.unlock.port import KnownVault
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.form import FieldRow, Form, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Line
from panoh.ui.widgets.passphrase import PassphraseField

OTHER, CREATE = "other", "create"  # choices of the vault box that are no vault


def choose_folder(parent: QWidget, title: str, start: str) -> str:
    """Ask for a folder on this computer; '' when none was chosen."""
    from PySide6.QtWidgets import QFileDialog  # not needed for the first window

    return QFileDialog.getExistingDirectory(parent, title, start)


class Page(QWidget):
    """A title, a note for what belongs to no field, a form, a main button that may be busy."""

    submitted = Signal()
    makes = False  # whether it makes a vault rather than opening one

    def __init__(self, title: str, action: str, icon: str, *, enter: bool = True) -> None:
        super().__init__()
        self.title = title
        self.note = NoteBar(tone="error", icon="state.error")
        self.form = Form()
        self.main = KeyButton(
            action, self.submitted.emit, icon=icon, shown_keys="Enter" if enter else "", kind="main", size="big"
        )
        self._action = action
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        head = plain_label(title, "name bold", wrap=True)
        head.setContentsMargins(4, 0, 0, 0)
        self.column.addWidget(head)
        self.column.addWidget(self.note)
        self.column.addWidget(self.form)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(4, 0, 4, 0)
        self.buttons.setSpacing(24)
        self.buttons.addWidget(self.main)

    def set_busy(self, words: str) -> None:
        """Say on the button what is being done; '' when it ended."""
        self.main.set_words(words or self._action)
        self.form.setEnabled(not words)

    def forget(self) -> None:
        """Leave no passphrase in any field."""

    def line(self, text: str = "") -> QLineEdit:
        """A line edit in which Enter does what the main button does."""
        made = QLineEdit(text)
        made.returnPressed.connect(self.submitted)
        return made

    def passphrase(self, shown_with: PassphraseField | None = None) -> PassphraseField:
        """A passphrase field in which Enter does what the main button does."""
        made = PassphraseField(shown_with=shown_with)
        made.line.returnPressed.connect(self.submitted)
        return made

    def finish(self, *links: LinkButton) -> None:
        """Put the buttons under the form and set the tab order."""
        self.form.finish()
        for link in links:
            self.buttons.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.addStretch()
        self.column.addLayout(self.buttons)
        order_tabs(self.form, self.main, *links)


class UnlockPage(Page):
    """Vault, user name, passphrase; what is known of the vault while it is locked."""

    vault_changed = Signal(str)  # path
    other_asked = Signal(str)  # path of a folder that was chosen
    create_asked = Signal()
    recover_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Unlock the vault"), _("Unlock"), "action.unlock")
        self.vault = ChoiceBox()
        self.user = self.line()
        self.key = self.passphrase()
        self.vault_row = self.form.add("vault", FieldRow(_("Vault"), self.vault, hint=" "))
        self.form.add("user", FieldRow(_("User name"), self.user))
        self.form.add("passphrase", FieldRow(_("Passphrase"), self.key))
        self.vault.answered.connect(self._picked)
        self._facts = FactGrid(spacing=8)
        self._facts.setContentsMargins(4, 8, 4, 0)
        self.finish(LinkButton(_("I cannot unlock: recover…"), self.recover_asked.emit))
        rule = QVBoxLayout()
        rule.setContentsMargins(4, 8, 4, 0)
        rule.addWidget(Line())
        self.column.addLayout(rule)
        self.column.addWidget(self._facts)
        self._path = ""

    def forget(self) -> None:
        """Leave no passphrase in any field."""
        self.key.clear()

    def show_vaults(self, vaults: Sequence[KnownVault], chosen: Path) -> None:
        """Offer these vaults, and the ways to another one."""
        choices = [(str(vault.path), vault.name) for vault in vaults]
        if str(chosen) not in dict(choices):
            choices.insert(0, (str(chosen), chosen.name))
        choices += [(OTHER, _("A vault in another place…")), (CREATE, _("Create a vault…"))]
        self.vault.set_choices(choices)
        self._choose(str(chosen))

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show what is known of the vault."""
        self._facts.set_facts(*facts)

    @property
    def path(self) -> Path:
        """The folder of the vault chosen."""
        return Path(self._path)

    def _choose(self, path: str) -> None:
        self._path = path
        self.vault.set_value(path)
        self.vault_row.set_hint(path)
        self.vault_changed.emit(path)

    def _picked(self) -> None:
        value = self.vault.value()
        if value == CREATE:
            self.vault.set_value(self._path)
            self.create_asked.emit()
        elif value == OTHER:
            self.vault.set_value(self._path)
            folder = choose_folder(self, _("Folder of the vault"), self._path)
            if folder:
                self.other_asked.emit(folder)
        else:
            self._choose(value)
