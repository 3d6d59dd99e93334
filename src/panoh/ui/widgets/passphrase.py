"""A passphrase field: shown on demand, paste allowed, Caps Lock and keyboard layout told where they can be known."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui import keyboard
from panoh.ui.accessibility import announce
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import SpanLabel
from panoh.ui.widgets.notes import IconMark, NoteBar


class _Line(QLineEdit):
    """Tells its field what is typed, for the note about Caps Lock."""

    def __init__(self, field: PassphraseField) -> None:
        super().__init__()
        self._field = field
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self._field.typed(event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        self._field.typed("", False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._field.typed("", False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._field.hide_notes()


class PassphraseField(QWidget):
    """The line, Show (Alt+S) beside it, and under it what the keyboard is doing while one types.

    A second field 'once more' is given the first as `shown_with`: it has no button and shows when the first does.
    """

    def __init__(self, *, shown_with: PassphraseField | None = None) -> None:
        super().__init__()
        self.line = _Line(self)
        self.setFocusProxy(self.line)
        self._caps = NoteBar(icon="state.caps_lock")
        self._layout_line = QWidget()
        self._layout_words = SpanLabel()
        self._caps_on: bool | None = None
        self.show_button = KeyButton(_("Show"), icon="action.show_passphrase", keys="Alt+S")
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(_("Show the passphrase"))
        self.show_button.toggled.connect(self._show)
        if shown_with is not None:
            self.show_button.hide()
            shown_with.show_button.toggled.connect(self._show)
        self._lay_out(with_button=shown_with is None)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_layout)
        self.hide_notes()

    def text(self) -> str:
        """What was typed, as typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a passphrase there."""
        self.line.setText(text)

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
        self.show_button.setChecked(False)

    def select_all(self) -> None:
        """Let the next key replace it all."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def typed(self, text: str, shift: bool) -> None:
        """A key was pressed or released, or the focus came: tell what is known of Caps Lock and layout."""
        known = keyboard.caps_lock()
        if known is None:
            told = keyboard.caps_lock_from(text, shift)
            known = self._caps_on if told is None else told
        if known != self._caps_on:
            self._caps_on = known
            self._caps.say("", heading=_("Caps Lock is on") if known else "")
        self._show_layout()

    def hide_notes(self) -> None:
        """Nothing is said of the keyboard while one is elsewhere."""
        self._caps_on = None
        self._caps.say("")
        self._layout_line.hide()

    def _show_layout(self) -> None:
        words = keyboard.layout() or keyboard.letters(self.line.text())
        spans = ((_("Keyboard layout:"), ""), (words, "bold"))
        if words and self.line.hasFocus():
            if self._layout_words.text() != " ".join(text for text, _role in spans):
                self._layout_words.set_spans(*spans)
                announce(self, self._layout_words.text())
            self._layout_line.show()
        else:
            self._layout_line.hide()

    def _show(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        if self.sender() is self.show_button:
            self.show_button.setText(_("Hide") if on else _("Show"))
            self.show_button.updateGeometry()

    def _lay_out(self, *, with_button: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        if with_button:
            row.addWidget(self.show_button)
        column.addLayout(row)
        column.addWidget(self._caps)
        told = QHBoxLayout(self._layout_line)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(8)
        told.addWidget(IconMark("state.keyboard_layout"), 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self._layout_words, 1)
        column.addWidget(self._layout_line)
