"""The pages that make a new passphrase: create and recover; and the recovery text that they end with, shown once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.style import set_role
from panoh.ui.theme import look
from panoh.ui.unlock.pages import Page, choose_folder
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import SpanLabel, plain_label
from panoh.ui.widgets.text_box import TextBox


class NewKeyPage(Page):
    """The fields that creating and recovering share: user name, a new passphrase twice, one on offer."""

    another_asked = Signal()

    def add_key_fields(self, *, user: bool = True) -> None:
        """Add user name, the offer and both passphrases."""
        self.user = self.line()
        self.key = self.passphrase()
        self.again = self.passphrase(shown_with=self.key)
        if user:
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

    makes = True
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


class OwnKeyPage(NewKeyPage):
    """For who unlocked with a passphrase that was handed to them: an own one, before anything else."""

    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Choose your own passphrase"), _("Take this passphrase"), "state.do")
        why = _(
            "The one you typed was made by somebody else, who knows it. From now on only yours opens this vault for you."
        )
        self.form.add_widget(plain_label(why, wrap=True))
        self.add_key_fields(user=False)
        self.finish(LinkButton(_("Back to unlock"), self.back_asked.emit))


class PaperPage(Page):
    """Tries the paper once, while the text can still be shown again."""

    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Try the paper"), _("Try it"), "state.do")
        why = _("Type the recovery text from the paper. A slip that is found today locks nobody out for good.")
        self.form.add_widget(plain_label(why, wrap=True))
        self.text = TextBox(3)
        self.text.entered.connect(self.submitted)
        hint = _("Capitals, spaces and line breaks do not matter.")
        self.form.add("recovery", FieldRow(_("Recovery text"), self.text, hint=hint))
        self.finish(LinkButton(_("Show the text again"), self.again_asked.emit))

    def forget(self) -> None:
        """Leave nothing typed."""
        self.text.clear()


class RecoverPage(NewKeyPage):
    """Open a vault with its recovery text, and choose a new passphrase."""

    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Recover the vault"), _("Recover"), "action.open_seal")
        self.recovery = TextBox(3)
        self.recovery.entered.connect(self.submitted)
        hint = _("The text that was shown when the vault was made. Capitals, spaces and line breaks do not matter.")
        self.form.add("recovery", FieldRow(_("Recovery text"), self.recovery, hint=hint))
        self.add_key_fields()
        self.finish(LinkButton(_("Back to unlock"), self.back_asked.emit))

    def forget(self) -> None:
        """Leave no passphrase and no recovery text in any field."""
        super().forget()
        self.recovery.clear()


class RecoveryTextPage(Page):
    """The recovery text, shown once, to be written down by hand."""

    def __init__(self) -> None:
        super().__init__(
            _("Write down the recovery text"), _("I have written it down: try it"), "state.do", enter=False
        )
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
