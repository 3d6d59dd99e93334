"""The Settings screen: how this window looks, looking after the vault, users, and what Panoh is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh import __version__
from panoh.base.i18n import gettext as _
from panoh.base.settings import TEXT_SIZES, THEMES
from panoh.ui.settings.backups_panel import BackupsPanel
from panoh.ui.settings.locking import LockingPanel
from panoh.ui.settings.loss_panel import LossPanel
from panoh.ui.settings.user_panel import UserPanel
from panoh.ui.shell.topbar import theme_words
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.form import FieldRow, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Panel, scrolled, side_by_side
from panoh.ui.widgets.progress import ProgressPanel

_WIDTH = 800  # of a line that one reads comfortably, at 100 % text


class SettingsView(QWidget):
    """Builds the page and tells what is wanted."""

    theme_chosen = Signal(str)
    text_size_chosen = Signal(int)
    check_asked = Signal()
    backup_asked = Signal()
    backup_elsewhere_asked = Signal()
    import_asked = Signal()
    passphrase_asked = Signal()

    def __init__(self, languages: Sequence[Choice], *, supervisor: bool, head: bool) -> None:
        super().__init__()
        self.note = NoteBar(tone="info", icon="state.saved", closable=True)
        self.failure = NoteBar(tone="error", icon="state.error", closable=True)
        self.progress = ProgressPanel()
        self.text_size = ChoiceBox([(str(size), _("{n} %").format(n=size)) for size in TEXT_SIZES])
        self.theme = RadioChoice([(choice, theme_words(choice)) for choice in THEMES], columns=2)
        self.locking = LockingPanel()
        self.facts = FactGrid(label_width=160)
        self.health = FactGrid(label_width=160)
        self.backups = BackupsPanel()
        self.loss = LossPanel(head=head)
        self.users = UserPanel(head=head)
        self._asked_from: KeyButton | None = None
        self._lay_out(languages, supervisor)
        self.text_size.answered.connect(lambda: self.text_size_chosen.emit(int(self.text_size.value())))
        self.theme.chosen.connect(self.theme_chosen)
        look().changed.connect(self._measure)
        self._measure()

    def show_look(self, theme: str, text_size: int) -> None:
        """Show what is in force."""
        self.theme.set_value(theme)
        self.text_size.set_value(str(text_size))

    def set_busy(self, busy: bool) -> None:
        """While the vault is read or copied the same is not started twice."""
        if busy:
            self._asked_from = next((button for button in self._on_vault if button.hasFocus()), None)
        for button in self._on_vault:
            button.setEnabled(not busy)
        if not busy and self._asked_from is not None:
            self._asked_from.setFocus()  # disabling it handed the focus to a button that does something else
            self._asked_from = None

    def _measure(self) -> None:
        self._inside.setMaximumWidth(look().grown(_WIDTH))

    def _lay_out(self, languages: Sequence[Choice], supervisor: bool) -> None:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(_("Settings"), "title bold"))
        column.addWidget(self._for_person(languages))
        column.addWidget(self.locking)
        column.addWidget(self._for_vault())
        column.addWidget(self.backups)
        if supervisor:
            column.addWidget(self.loss)
            column.addWidget(self.users)
        column.addWidget(self._about())
        column.addStretch(1)  # what is left over goes to the end, not between a name and its buttons
        area = scrolled(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (
            self.note,
            self.failure,
            self.progress,
        ):  # above what scrolls: what was done at its end is told, too
            whole.addWidget(part)
        whole.addWidget(area, 1)
        order_tabs(self._inside)

    def _for_person(self, languages: Sequence[Choice]) -> Panel:
        panel = Panel(_("This window"), sub=_("kept on this computer, taken on at once"), padded=True)
        panel.body.setSpacing(20)
        spoken = ", ".join(words for _code, words in languages)
        panel.body.addWidget(FactGrid((_("Language"), spoken), label_width=160))
        keys = _("Ctrl and + or − change it anywhere, Ctrl+0 sets it back.")
        size = QHBoxLayout()  # an alignment instead would cut a hint that takes two lines
        size.addWidget(FieldRow(_("Text size"), self.text_size, hint=keys), 1)
        size.addStretch(1)
        panel.body.addLayout(size)
        panel.body.addWidget(FieldRow(_("Colours"), self.theme))
        return panel

    def _for_vault(self) -> Panel:
        panel = Panel(_("This vault"), padded=True)
        panel.body.setSpacing(16)
        panel.body.addWidget(self.facts)
        panel.body.addWidget(self.health)
        self.health.hide()
        check = KeyButton(_("Check now"), self.check_asked.emit, icon="state.vault_healthy")
        backup = KeyButton(_("Back up now"), self.backup_asked.emit, icon="state.backup")
        other = KeyButton(_("Back up to another place…"), self.backup_elsewhere_asked.emit, icon="state.backup")
        bring = KeyButton(_("Bring in a list of people…"), self.import_asked.emit, icon="action.bring_in_list")
        self._on_vault = (check, backup, other, *self.backups.buttons)
        panel.body.addLayout(side_by_side(check, backup, other))
        panel.body.addLayout(side_by_side(bring, plain_label(_("csv, xlsx"), "secondary")))
        panel.body.addLayout(side_by_side(KeyButton(_("Change my passphrase…"), self.passphrase_asked.emit)))
        return panel

    def _about(self) -> Panel:
        panel = Panel(_("About Panoh"), padded=True)
        panel.body.setSpacing(8)
        panel.body.addWidget(FactGrid((_("Version"), __version__), (_("Licence"), "Apache-2.0"), label_width=160))
        words = _(
            "Made with Python, Qt and PySide6 (LGPL), SQLCipher, libsodium, ReportLab, pikepdf, PDFium, the font Noto "
            "Sans (SIL OFL) and the icons of Lucide (ISC). Panoh works without a network and has no part that uses one."
        )
        panel.body.addWidget(plain_label(words, "secondary", wrap=True))
        return panel
