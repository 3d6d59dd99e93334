"""Cards of the words that give somebody away: each with its remedies, and what was decided about others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.leaks import Leak
from panoh.ui.reports.answers import Decided
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import FieldRow, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import IconMark

_LONGEST = 300  # characters of a reason


class LeakCard(QWidget):
    """One leak: the words, of what kind they are and where they stand, and three ways out."""

    leave_out_asked = Signal()
    change_asked = Signal()
    keep_asked = Signal(str)  # because

    def __init__(self, leak: Leak) -> None:
        super().__init__()
        self.leak = leak
        self.leave_out = KeyButton(_("Leave it out"), self.leave_out_asked.emit, size="small")
        self.change = KeyButton(_("Change the words"), self.change_asked.emit, size="small")
        self.keep = KeyButton(_("Keep, because…"), self._ask_why, size="small")
        self.because = QLineEdit()
        self.because.setMaxLength(_LONGEST)
        self.because.returnPressed.connect(self._keep)
        self.row = FieldRow(_("Why these words must stay"), self.because, hint=_("It is recorded with the export."))
        self.keep_it = KeyButton(_("Keep the words"), self._keep, size="small")
        words = _("“{words}”").format(words=leak.words)
        spoken = _("{action}: {words}, {kind}")
        for button in (self.leave_out, self.change, self.keep, self.keep_it):
            button.setAccessibleName(spoken.format(action=button.text(), words=words, kind=leak.kind_words()))
        self.because.setAccessibleName(_("Why {words} must stay").format(words=words))
        self.setAccessibleName(
            _("{words}, {kind}, in {where}").format(words=words, kind=leak.kind_words(), where=leak.where())
        )
        self._lay_out(words)
        self._show_reason(False)

    def take_focus(self) -> None:
        """Put the keys on the first way out."""
        self.leave_out.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_why(self) -> None:
        self._show_reason(True)
        self.because.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        if self.because.text().strip():
            self.keep_asked.emit(self.because.text())
        else:
            self.row.set_error(_("Say why: it is recorded"))
            self.because.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reason(self, on: bool) -> None:
        self.row.setVisible(on)
        self.keep_it.setVisible(on)
        self.keep.setVisible(not on)

    def _lay_out(self, words: str) -> None:
        inner = QVBoxLayout()
        inner.setSpacing(8)
        inner.addWidget(plain_label(words, "bold", wrap=True))
        told = _("{kind}: {where}").format(kind=self.leak.kind_words(), where=self.leak.where())
        inner.addWidget(plain_label(told, wrap=True))
        inner.addSpacing(4)
        for buttons in ((self.leave_out, self.change), (self.keep,)):
            line = QHBoxLayout()
            line.setSpacing(8)
            for button in buttons:
                line.addWidget(button)
            line.addStretch()
            inner.addLayout(line)
        inner.addWidget(self.row)
        inner.addWidget(self.keep_it)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("state.warning", "note_line"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(inner, 1)


class LeakCards(QWidget):
    """All cards, and under them what was decided. Decides nothing itself."""

    leave_out_asked = Signal(object)  # Leak
    change_asked = Signal(object)
    keep_asked = Signal(object, str)  # Leak, because
    take_back_asked = Signal(str)  # words

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[LeakCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(16)

    def show_leaks(self, leaks: Sequence[Leak], decided: Sequence[Decided], rest: tuple[str, str, str]) -> None:
        """Show a card for each, what was decided, and a last line: icon, bold words, small words."""
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.cards = [self._card(leak) for leak in leaks]
        for part in (*self.cards, *map(self._decided, decided), self._line(*rest)):
            self._column.addWidget(part)
        order_tabs(self)

    def _card(self, leak: Leak) -> LeakCard:
        card = LeakCard(leak)
        card.leave_out_asked.connect(lambda: self.leave_out_asked.emit(leak))
        card.change_asked.connect(lambda: self.change_asked.emit(leak))
        card.keep_asked.connect(lambda because: self.keep_asked.emit(leak, because))
        card.change.setVisible(any(place.field != "tasks" for place in leak.places))  # what a task says is not changed
        return card

    def _decided(self, one: Decided) -> QWidget:
        back = KeyButton(_("Take it back"), lambda: self.take_back_asked.emit(one.words), size="small")
        back.setAccessibleName(_("Take it back: {told}").format(told=one.told))
        return _beside("state.saved", "do_line", plain_label(one.told, wrap=True), back)

    @staticmethod
    def _line(icon: str, words: str, small: str) -> QWidget:
        colour = "do_line" if icon == "state.saved" else "secondary"
        told = plain_label(words, "bold" if icon == "state.saved" else "", wrap=True)
        return _beside(icon, colour, told, plain_label(small, wrap=True)) if small else _beside(icon, colour, told)


def _beside(icon: str, colour: str, *parts: QWidget) -> QWidget:
    """An icon, and beside it these one under the other."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconMark(icon, colour), 0, Qt.AlignmentFlag.AlignTop)
    inner = QVBoxLayout()
    inner.setSpacing(4)
    for part in parts:
        align = Qt.AlignmentFlag.AlignLeft if isinstance(part, KeyButton) else Qt.AlignmentFlag(0)
        inner.addWidget(part, 0, align)
    row.addLayout(inner, 1)
    return made
