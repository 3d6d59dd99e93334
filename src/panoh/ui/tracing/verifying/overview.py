"""Where a verification stands: the two sides to choose from, large, with who asks each and whom to send out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.panels import Panel

_WIDE = 900  # pixels at 100 % text


@dataclass(frozen=True, slots=True)
class SideCard:
    """One side in words: whom one asks, whom one sends out, who asks, and whether one may go on here."""

    side: str
    whom: str
    send_out: str
    state: str
    may_ask: bool


class Overview(QWidget):
    """Builds the page and tells what is wanted."""

    begin_asked = Signal()
    side_asked = Signal(str)
    anew_asked = Signal(str)
    question_asked = Signal()
    give_up_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = plain_label("", wrap=True)
        self._asks: list[KeyButton] = []
        self._cards = QHBoxLayout()
        self._cards.setSpacing(16)
        self.begin = KeyButton(_("Begin the verification"), self.begin_asked.emit, kind="main", keys="Ctrl+Enter")
        self.question = KeyButton(_("Add a question of your own…"), self.question_asked.emit)
        self.give_up = KeyButton(_("Give it up…"), self.give_up_asked.emit, kind="flat")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(16)
        held = QWidget()
        held.setLayout(self._cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        for part in (self._words, held):
            part.setMaximumWidth(look().grown(_WIDE))
            page.addWidget(part)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for act in (self.begin, self.question, self.give_up):
            acts.addWidget(act)
        acts.addStretch()
        page.addLayout(acts)
        page.addStretch()

    def show_cards(self, words: str, cards: Sequence[SideCard], *, begun: bool, own_question: bool) -> None:
        """Show both sides, or only what there is to begin."""
        focus = self.window().focusWidget()
        here = focus is not None and self.isAncestorOf(focus)  # it is made anew, or goes: the keys stay on the page
        self._words.setText(words)
        clear(self._cards)
        self._asks.clear()
        for at, card in enumerate(cards):
            self._cards.addWidget(self._card(card, f"Alt+{at + 1}"), 1)
        show_when(self.begin, not begun)
        show_when(self.question, begun and own_question)
        show_when(self.give_up, begun)
        if here:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the keys on what comes first: to begin, to ask a side, to write a question."""
        first = next((one for one in (self.begin, *self._asks, self.question) if not one.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, card: SideCard, keys: str) -> QWidget:
        letter = card.side.upper()
        panel = Panel(_("Side {letter}").format(letter=letter), padded=True)
        panel.body.setSpacing(8)
        panel.body.addWidget(plain_label(card.whom, "title bold", wrap=True))
        panel.body.addWidget(plain_label(_("Send out of the room: {who}").format(who=card.send_out), "bold", wrap=True))
        panel.body.addWidget(plain_label(card.state, "secondary", wrap=True))
        if card.may_ask:
            ask = KeyButton(_("Ask side {letter}").format(letter=letter), keys=keys, size="big", bold=True)
            self._asks.append(ask)
            ask.clicked.connect(lambda _checked=False: self.side_asked.emit(card.side))
            panel.body.addWidget(ask)
        panel.body.addStretch()
        return panel
