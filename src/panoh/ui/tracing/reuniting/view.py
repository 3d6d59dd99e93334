"""The reunifications of one person: what was noted, the visits, how it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Panel, scrolled
from panoh.ui.widgets.panes import FooterBar

_WIDE = 900  # pixels at 100 % text
CORRECT, OUTCOME = "correct", "outcome"


@dataclass(frozen=True, slots=True)
class ReunionCard:
    """One reunification in words."""

    key: str
    title: str
    emergency: str  # '' where it rested on signatures
    facts: tuple[tuple[str, str], ...]
    visits: tuple[tuple[str, str], ...]  # when, how it was
    over: bool


class ReunitingView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    back_asked = Signal()
    step_asked = Signal()
    record_asked = Signal()
    case_asked = Signal()
    paper_asked = Signal()
    act_asked = Signal(str, str)  # which act, of which reunification

    def __init__(self) -> None:
        super().__init__()
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.twice = NoteBar(tone="note", icon="state.perhaps_duplicate")
        self._title = plain_label("", "title bold", wrap=True)
        self._sub = plain_label("", "secondary", wrap=True)
        self._none = plain_label("", "secondary", wrap=True)
        self._cards = QVBoxLayout()
        self._panels: list[QWidget] = []  # the cards
        self.step = KeyButton("", self.step_asked.emit, kind="main", keys="Ctrl+Enter")
        self.record = KeyButton("", self.record_asked.emit, keys="Ctrl+N")
        self.case = KeyButton(_("Visits in the case"), self.case_asked.emit, icon="action.open_record")
        self.paper = KeyButton(_("Print the record…"), self.paper_asked.emit, icon="action.print")
        self.footer = FooterBar()
        self.show_step("", _("Record a reunification…"))
        self._lay_out()

    def show_head(self, title: str, sub: str, none: str) -> None:
        """Whose they are, on what a new one rests, and what stands here while there is none."""
        self._title.setText(title)
        self._sub.setText(sub)
        self._none.setText(none)

    def show_step(self, step: str, record: str) -> None:
        """What comes next, as the one main button; '' where that is to record a reunification."""
        self.record.set_words(record)
        self.record.set_kind("normal" if step else "main")
        self.step.set_words(step)
        show_when(self.step, bool(step))

    def show_cards(self, cards: Sequence[ReunionCard]) -> None:
        """Show these, the newest first."""
        focus = self.window().focusWidget()
        back = focus is not None and any(one.isAncestorOf(focus) for one in self._panels)
        if back:  # the button pressed is made anew: the keys stay on the page
            self.case.setFocus()
        clear(self._cards)
        self._panels.clear()
        show_when(self._none, not cards)
        show_when(self.paper, bool(cards))
        for card in cards:
            self._panels.append(self._card(card))
            self._cards.addWidget(self._panels[-1])

    def _card(self, card: ReunionCard) -> QWidget:
        panel = Panel(card.title, padded=True)
        panel.body.setSpacing(10)
        if card.emergency:
            note = NoteBar(tone="error", icon="state.warning")
            note.say(card.emergency, heading=_("Without a signed verification"))
            panel.body.addWidget(note)
        facts = FactGrid(label_width=200)
        facts.set_facts(*card.facts)
        panel.body.addWidget(facts)
        panel.body.addWidget(plain_label(_("Visits after it"), "bold"))
        visits = FactGrid(label_width=200)
        visits.set_facts(*(card.visits or ((_("None"), _("no visit is planned any more")),)))
        panel.body.addWidget(visits)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for act, word in ((OUTCOME, _("How it goes on…")), (CORRECT, _("Correct…"))):
            button = KeyButton(word, size="small")
            button.clicked.connect(lambda _checked=False, act=act: self.act_asked.emit(act, card.key))
            acts.addWidget(button)
        acts.addStretch()
        panel.body.addLayout(acts)
        return panel

    def _lay_out(self) -> None:
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 16, 24, 24)
        page.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(KeyButton(_("Back"), self.back_asked.emit, icon="action.previous", size="small"))
        head.addWidget(self._title, 1)
        held = QWidget()
        held.setLayout(self._cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        page.addWidget(self.note)
        page.addLayout(head)
        self.twice.setMaximumWidth(look().grown(_WIDE))
        page.addWidget(self.twice)
        for part in (self._sub, self._none, held):
            part.setMaximumWidth(look().grown(_WIDE))
            page.addWidget(part)
        page.addStretch()
        self.footer.row.addWidget(self.step)
        self.footer.row.addWidget(self.record)
        self.footer.row.addWidget(self.case)
        self.footer.row.addWidget(self.paper)
        self.footer.row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.footer)
