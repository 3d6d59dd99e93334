"""The pages of the Unlock screen: unlock, create, recover, and the recovery text that is shown once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.style import set_role
from panoh.ui.theme import look
from panoh.ui.unlock.port import KnownVault
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.form import FieldRow, Form, order_tabs
from panoh.ui.widgets.labels import SpanLabel, plain_label
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


class NewKeyPage(Page):
    """The fields that creating and recovering share: user name, a new passphrase twice, one on offer."""

    another_asked = Signal()

    def add_key_fields(self) -> None:
        """Add user name, the offer and both passphrases."""
        self.user = self.line()
        self.key = self.passphrase()
        self.again = self.passphrase(shown_with=self.key)
        self.form.add("user", FieldRow(_("User name"), self.user))
        hint = _("Five words or more. A longer one is safer than one with odd signs.")
        self.form.add("passphrase", FieldRow(_("New passphrase"), self.key, hint=hint))
        self.form.add_widget(self._offer_box())
        self.form.add("again", FieldRow(_("The same once more"), self.again))

    def forget(self) -> None:
        """Leave no passphrase in any field."""
        self.key.clear()
        self.again.clear()
        self.offer("")

    def offer(self, passphrase: str) -> None:
        """Offer this passphrase."""
        self._offered = passphrase
        self._offer_words.set_spans((_("One that was made for you:"), "secondary"), (passphrase, "bold"))

    def _offer_box(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._offered = ""
        self._offer_words = SpanLabel()
        column.addWidget(self._offer_words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(KeyButton(_("Use it"), self._use))
        row.addWidget(KeyButton(_("Make another"), self.another_asked.emit))
        row.addStretch()
        column.addLayout(row)
        return box

    def _use(self) -> None:
        self.key.set_text(self._offered)
        self.again.set_text(self._offered)
        self.key.show_button.setChecked(True)
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)


class CreatePage(NewKeyPage):
    """Make a vault: place, user name, passphrase."""

    back_asked = Signal()
    other_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Create a vault"), _("Create the vault"), "action.add")
        self.place = self.line()
        browse = KeyButton(_("Choose…"), self._browse)
        hint = _("A new folder on this computer. Everything in it is encrypted.")
        self.form.add("place", FieldRow(_("Place of the vault"), self.place, hint=hint, beside=browse))
        self.add_key_fields()
        self.back = LinkButton(_("Back to unlock"), self.back_asked.emit)
        self.other = LinkButton(_("Open a vault of another folder…"), self._choose_other)
        self.finish(self.back, self.other)

    def _browse(self) -> None:
        folder = choose_folder(self, _("Place of the vault"), self.place.text())
        if folder:
            self.place.setText(folder)

    def _choose_other(self) -> None:
        folder = choose_folder(self, _("Folder of the vault"), self.place.text())
        if folder:
            self.other_asked.emit(folder)


class RecoverPage(NewKeyPage):
    """Open a vault with its recovery text, and choose a new passphrase."""

    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Recover the vault"), _("Recover"), "action.open_seal")
        self.recovery = QPlainTextEdit()
        self.recovery.setTabChangesFocus(True)
        look().changed.connect(self._measure)
        self._measure()
        hint = _("The text that was shown when the vault was made. Capitals, spaces and line breaks do not matter.")
        self.form.add("recovery", FieldRow(_("Recovery text"), self.recovery, hint=hint))
        self.add_key_fields()
        self.finish(LinkButton(_("Back to unlock"), self.back_asked.emit))

    def forget(self) -> None:
        """Leave no passphrase and no recovery text in any field."""
        super().forget()
        self.recovery.clear()

    def _measure(self) -> None:
        self.recovery.setFixedHeight(3 * look().line_height() + 16)


class RecoveryTextPage(Page):
    """The recovery text, shown once, to be written down by hand."""

    def __init__(self) -> None:
        super().__init__(_("Write down the recovery text"), _("I have written it down: go on"), "state.do", enter=False)
        why = _(
            "Whoever forgets the passphrase needs this text; without it the vault can never be opened again. "
            "It is shown only now. Write it on paper, read it back, and keep the paper away from this computer."
        )
        self.form.add_widget(plain_label(why, wrap=True))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        set_role(self.text, "title bold")
        self.text.setAccessibleName(_("Recovery text"))
        look().changed.connect(self._measure)
        self._measure()
        self.form.add_widget(self.text)
        self.finish()

    def _measure(self) -> None:
        self.text.setMinimumHeight(5 * look().line_height("title"))
