"""The controls of a question: a choice with the unanswered states among it, several codes at once, and all the usual ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.person_edit import Offers
from panoh.ui.accessibility import announce
from panoh.ui.refoulement.questions import BOX, COUNTRY, DAY, DAY_AHEAD, LONG, MANY, RADIO, YES_NO, Asked
from panoh.ui.widgets import control_values
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.control_values import UNKNOWN, known_in, unknown_in
from panoh.ui.widgets.controls import Beside, LongEdit, choice_box, day_edit, offered, yes_no_box
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.unknown import AnswerEdit, next_unknown, unknown_word

_COLUMNS = 2


class AskedChoice(RadioChoice):
    """Radio buttons for the answers, and beside them for the unanswered states; F8 steps through these."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        states = (
            ("does_not_know", _("Does not know")),
            ("refused", _("Did not want to say")),
            ("not_asked", _("Not asked yet")),
        )
        super().__init__(
            [*choices, *((UNKNOWN + code, words) for code, words in states)], columns=_COLUMNS, unknowns=True
        )

    def set_value(self, code: str, unknown: str = "") -> None:
        """Choose an answer or an unanswered state; one that has no button is told beside them."""
        if UNKNOWN + unknown in self._buttons:
            super().set_value(UNKNOWN + unknown)
        else:
            super().set_value(code, unknown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 steps through the unanswered states."""
        if event.key() != Qt.Key.Key_F8:
            super().keyPressEvent(event)
            return
        state = next_unknown(self.unknown or unknown_in(self.value()))
        self.set_value("", state)
        announce(self, unknown_word(state) or _("no answer"))
        self.chosen.emit(self.value())


class ManyChoice(QWidget):
    """Several codes of a list as boxes to tick, or one of the four unanswered states (F8)."""

    changed = Signal()

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.unknown = ""
        self._boxes = {code: QCheckBox(words) for code, words in choices}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for box in self._boxes.values():
            box.clicked.connect(self._ticked)
        column.addWidget(Beside(*self._boxes.values(), least=240))
        self._said = plain_label(_("F8: not asked, does not know, refused, none"), "small secondary")
        column.addWidget(self._said)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def text(self) -> str:
        """The codes with a space between them, or the mark of an unanswered state."""
        if self.unknown:
            return UNKNOWN + self.unknown
        return " ".join(code for code, box in self._boxes.items() if box.isChecked())

    def set_text(self, text: str) -> None:
        """Tick these."""
        codes = known_in(text).split()
        for code, box in self._boxes.items():
            box.setChecked(code in codes)
        self._set_unknown(unknown_in(text))

    def set_label(self, label: str) -> None:
        """Name the boxes after their question."""
        for box in self._boxes.values():
            box.setAccessibleName(_("{label}: {answer}").format(label=label, answer=box.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 steps through the unanswered states."""
        if event.key() != Qt.Key.Key_F8:
            super().keyPressEvent(event)
            return
        self.set_text(UNKNOWN + state if (state := next_unknown(self.unknown)) else "")
        announce(self, unknown_word(state) or _("no answer"))
        self.changed.emit()

    def _set_unknown(self, state: str) -> None:
        self.unknown = state
        hint = _("F8: not asked, does not know, refused, none")
        self._said.setText(_("Answer: {state}").format(state=unknown_word(state)) if state else hint)

    def _ticked(self) -> None:
        self._set_unknown("")
        self.changed.emit()


def control_of(asked: Asked, words: Vocabularies, offers: Offers) -> QWidget:
    """The control in which a field is answered."""
    if asked.kind == RADIO:
        yes_no = [("yes", _("Yes")), ("no", _("No"))]
        return AskedChoice(yes_no if asked.code_list == YES_NO else offered(words, asked.code_list))
    if asked.kind == MANY:
        return ManyChoice(offered(words, asked.code_list))
    if asked.kind == BOX:
        if asked.code_list == YES_NO:
            return yes_no_box()
        return choice_box(offered(words, asked.code_list), unknowns=asked.field not in ("source", "sure"))
    if asked.kind == COUNTRY:
        first = {"none": [("none", _("None"))], "recogniser": [("none", _("Nobody")), ("UNHCR", _("UNHCR"))]}
        return choice_box([*first.get(asked.code_list, []), *offers.countries], search=True, unknowns=True)
    if asked.kind in (DAY, DAY_AHEAD):
        return day_edit(unknowns=True)
    if asked.kind == LONG:
        return LongEdit(2)
    return AnswerEdit() if asked.kind == "text" else QLineEdit()


def read(control: QWidget) -> str:
    """What stands in a control, as one plain text."""
    return control.text() if isinstance(control, ManyChoice) else control_values.read(control)


def write(control: QWidget, text: str) -> None:
    """Put such a text in."""
    if isinstance(control, ManyChoice):
        control.set_text(text)
    else:
        control_values.write(control, text)


def watch(control: QWidget, changed: Callable[[], object]) -> None:
    """Call `changed` whenever a person changes the control."""
    if isinstance(control, ManyChoice):
        control.changed.connect(changed)
    else:
        control_values.watch(control, changed)
