"""What the forms of all papers have in common: password, reason, save and print, and the keys while one is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.ui.person_picker import PersonPicker
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.panes import FooterBar

_LONGEST = 300


class PasswordLine(QWidget):
    """The password made for a paper: hidden until it is asked for, never typed."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_button = KeyButton(_("Show"))
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(_("Show the password"))
        self.show_button.toggled.connect(self._show)
        self.setFocusProxy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)

    def set_password(self, password: str) -> None:
        """Hold another one, hidden."""
        self.line.setText(password)
        self.line.setCursorPosition(0)
        self.show_button.setChecked(False)

    def _show(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.show_button.setText(_("Hide") if on else _("Show"))
        self.line.setCursorPosition(0)


class PaperForm(QWidget):
    """The controls and rows that every paper has. Who builds one adds its own rows before `_add_protection`, then `_lay_out_around`."""

    changed = Signal()  # what the page shows would change
    save_asked = Signal()
    print_asked = Signal()

    def __init__(self, picker: PersonPicker, languages: Sequence[Choice]) -> None:
        super().__init__()
        self.picker = picker
        self._reason_asked = False
        self._had_keys: QWidget | None = None  # while a paper is made
        self.language = ChoiceBox(languages)
        self.language.set_value("en")
        self.password = PasswordLine()
        self.plain = QCheckBox(_("Without a password…"))
        self.plain.setAccessibleName(_("Without a password"))
        self.plain.toggled.connect(lambda _on: self.take_wish())
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.form = Form()
        self.warning = NoteBar(tone="note", icon="state.warning")
        self.save = KeyButton("", self.save_asked.emit, icon="action.save_pdf", keys="Ctrl+S", kind="main")
        self.print = KeyButton(_("Print…"), self.print_asked.emit, icon="action.print", keys="Ctrl+P")

    def take_wish(self) -> None:
        """Show the fields that this paper asks for; further ones are each paper's own."""
        plain = self.plain.isChecked()
        self.form.rows["password"].setVisible(not plain)
        self.form.rows["reason"].setVisible(self._wants_reason(plain=plain))
        self.save.set_words(_("Save without protection…") if plain else _("Save protected PDF…"))

    def ask_reason(self, on: bool) -> None:
        """Show the field for the reason, also where only printing needs one."""
        self._reason_asked = on
        self.take_wish()

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show what keeps the paper from being made."""
        self.area.verticalScrollBar().setValue(0)
        self.form.show_problems(problems)

    def set_busy(self, busy: bool) -> None:
        """While a paper is made nothing else is asked; afterwards the keys are where they were."""
        if busy:
            focus = self.window().focusWidget()
            self._had_keys = focus if focus is not None and self.isAncestorOf(focus) else None
        self.form.setEnabled(not busy)
        for button in (self.save, self.print):
            button.setEnabled(not busy)
        if not busy and self._had_keys is not None:
            self._had_keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line beside the page."""
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), look().colour("divider"))

    # --- building ----------------------------------------------------------------------------------------------------

    def _wants_reason(self, *, plain: bool) -> bool:
        return plain or self._reason_asked

    def _add_protection(self) -> None:
        """The last rows: language, password, reason."""
        form = self.form
        form.add("language", FieldRow(_("Language of the paper"), self.language))
        told = _("AES-256. Say it apart from the file.")
        form.add("password", FieldRow(_("Password of the file"), self.password, hint=told))
        form.add_widget(self.plain)
        why = _(
            "It is recorded with the export. What is printed has no password, and the queue of the printer may keep it."
        )
        form.add("reason", FieldRow(_("Why it is needed like this"), self.reason, hint=why))
        form.finish()

    def _lay_out_around(self, words: str) -> None:
        """The form scrolls under its title; what is done with the paper stays beneath it."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 12, 16)
        column.setSpacing(12)
        title = plain_label(words, "title bold", wrap=True)
        title.setContentsMargins(4, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self.form)
        column.addStretch()
        self.area = scrolled(inside)
        self.footer = FooterBar()
        self.footer.row.setContentsMargins(24, 12, 16, 12)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in (self.save, self.print):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.footer.row.addLayout(buttons, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.setSpacing(0)
        for part, stretch in ((self.area, 1), (self.warning, 0), (self.footer, 0)):
            whole.addWidget(part, stretch)
