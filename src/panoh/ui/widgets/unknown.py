"""Unknown is a value: not asked, does not know, refused, none are four states of a field, and F8 steps through them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import announce
from panoh.ui.style import set_role

NOT_ASKED, DOES_NOT_KNOW, REFUSED, NONE = "not_asked", "does_not_know", "refused", "none"
UNKNOWNS = (NOT_ASKED, DOES_NOT_KNOW, REFUSED, NONE)
_WORDS = {
    NOT_ASKED: N_("not asked"),
    DOES_NOT_KNOW: N_("does not know"),
    REFUSED: N_("refused"),
    NONE: N_("none"),
}


def unknown_word(unknown: str) -> str:
    """The words of one of UNKNOWNS; '' for ''."""
    return _(_WORDS[unknown]) if unknown else ""


def next_unknown(unknown: str) -> str:
    """What F8 makes of it: the first, then each in turn, then back to no answer ('')."""
    states = ("", *UNKNOWNS)
    return states[(states.index(unknown) + 1) % len(states)]


class AnswerEdit(QLineEdit):
    """A line that holds a text or, with `unknowns`, one of the four unknowns; typing replaces the unknown.

    `answered` tells that either changed. Give it its label through FieldRow: the name then tells the state as well.
    """

    answered = Signal()

    def __init__(
        self, text: str = "", unknown: str = "", parent: QWidget | None = None, *, unknowns: bool = True
    ) -> None:
        super().__init__(parent)
        self._unknowns = unknowns
        self._unknown = ""
        self.label = ""
        self.textEdited.connect(self._typed)
        self.set_answer(text, unknown)

    @property
    def unknown(self) -> str:
        """One of UNKNOWNS, or '' when the line holds a text or nothing."""
        return self._unknown

    def answer(self) -> str:
        """The text; '' when one of the unknowns stands there."""
        return "" if self._unknown else self.text().strip()

    def set_answer(self, text: str, unknown: str = "") -> None:
        """Show a text, or the words of an unknown in the secondary colour."""
        self._unknown = unknown
        self.setText(unknown_word(unknown) if unknown else text)
        set_role(self, "secondary" if unknown else "")
        self.set_label(self.label)

    def set_label(self, label: str) -> None:
        """Name the field for screen readers: 'Phone' or 'Phone, refused'."""
        self.label = label
        words = unknown_word(self._unknown)
        self.setAccessibleName(_("{label}, {state}").format(label=label, state=words) if words else label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 steps through the unknowns; a sign, Backspace or Delete on one of them starts afresh."""
        if self._unknowns and event.key() == Qt.Key.Key_F8:
            self.set_answer("", next_unknown(self._unknown))
            announce(self, self.accessibleName() if self._unknown else _("no answer"))
            self.answered.emit()
            return
        erases = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        if self._unknown and (erases or (event.text() and event.text().isprintable())):
            self.set_answer("")
            self.answered.emit()
        super().keyPressEvent(event)

    def _typed(self, _text: str) -> None:
        if self._unknown:  # pasted or dropped onto the words of the unknown
            self.set_answer(self.text().replace(unknown_word(self._unknown), "", 1))
        self.answered.emit()
