"""The panel beside the grid: people who are perhaps registered already, a card for each, without taking the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.ui.match_words import part_words
from panoh.ui.registration.candidates import Answer, Candidate
from panoh.ui.shortcuts import shortcuts
from panoh.ui.style_paint import RING_RADIUS, outline
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.notes import IconMark
from panoh.ui.widgets.panels import Line, scrolled
from panoh.ui.widgets.panes import SidePane

_KEYS = {Answer.SAME: "Alt+1", Answer.RELATIVES: "Alt+2", Answer.DIFFERENT: "Alt+3", Answer.LATER: "Alt+4"}
Say = Callable[[str], str]


def answer_words(answer: Answer) -> str:
    """The word on a button."""
    words = {
        Answer.SAME: _("Same person"),
        Answer.RELATIVES: _("Relatives"),
        Answer.DIFFERENT: _("Different"),
        Answer.LATER: _("Later"),
    }
    return words[answer]


class CandidateCard(QFrame):
    """One candidate: who, how much alike and in what, and the answers. `answered` tells which was given."""

    answered = Signal(Answer)

    def __init__(self, candidate: Candidate, who: str, band: str, name: Say) -> None:
        super().__init__()
        self.candidate = candidate
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 14)
        self._column.setSpacing(4)
        self._add_person(who, band)
        self._column.addWidget(self._parts())
        self._column.addSpacing(4)
        self._answers = self._add_answers()
        self._question = self._add_question()
        self._show_question(False)
        self.setAccessibleName(self._spoken(who, band))
        self._brief = _("Row {n}, {name}: {band}, {score}").format(
            n=candidate.at + 1, name=name(candidate.question.name), band=band, score=candidate.found.match.shown
        )

    def brief(self) -> str:
        """The candidate in one line: 'Row 3, Эргашева Малика: Probable, 84'."""
        return self._brief

    def ask_whether_same(self) -> None:
        """Before a row is taken out of the form: what will happen, and the way back."""
        self._show_question(True)
        self._take_out.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def asking(self) -> bool:
        """Whether 'same person' was said and waits to be confirmed."""
        return self._asking

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring when the card itself has the focus."""
        if self.hasFocus():
            rect = self.rect().adjusted(4, 4, -4, -4)
            outline(QPainter(self), rect, look().colour("focus"), look().size("line.focus"), RING_RADIUS)

    def _stop_asking(self) -> None:
        self._show_question(False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_question(self, asking: bool) -> None:
        self._asking = asking
        for widget in self._answers:
            widget.setVisible(not asking)
        for widget in self._question:
            widget.setVisible(asking)

    def _add_person(self, who: str, band: str) -> None:
        line, found = self.candidate.found.line, self.candidate.found
        row_words = _("Row {n}, {name}").format(n=self.candidate.at + 1, name=self._name(self.candidate.question.name))
        self._column.addWidget(ElidedLabel(row_words, "small secondary"))
        self._column.addSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(self._name(line.full_name), "bold"), 1)
        head.addWidget(plain_label(_("{band}, {score}").format(band=band, score=found.match.shown), "bold"))
        self._column.addLayout(head)
        if found.other_name:
            self._column.addWidget(ElidedLabel(self._name(found.other_name), "secondary"))
        self._column.addWidget(plain_label(_("{who}, {number}").format(who=who, number=line.number), wrap=True))

    def _parts(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for at, (name, words, points) in enumerate(_known_parts(self.candidate)):
            grid.addWidget(plain_label(name, "small"), at, 0)
            grid.addWidget(plain_label(words, "small", wrap=True), at, 1)
            grid.addWidget(plain_label(points, "small bold"), at, 2)
        return holder

    def _add_answers(self) -> list[QWidget]:
        grid = QGridLayout()
        grid.setSpacing(8)
        made: list[QWidget] = []
        for at, answer in enumerate(_KEYS):
            button = KeyButton(answer_words(answer), partial(self.answered.emit, answer))
            button.keys = _KEYS[answer]  # shown only: the panel answers to the keys for the card that has the focus
            button.setAccessibleDescription(button.keys)
            grid.addWidget(button, at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)
            made.append(button)
        grid.setColumnStretch(2, 1)
        self._column.addLayout(grid)
        return made

    def _add_question(self) -> list[QWidget]:
        words = _("Row {n} is taken out of this family. {name} stays registered as {number}; nothing there is changed.")
        line = self.candidate.found.line
        text = words.format(n=self.candidate.at + 1, name=self._name(line.full_name), number=line.number)
        label = plain_label(text, wrap=True)
        self._take_out = KeyButton(_("Take the row out"), partial(self.answered.emit, Answer.SAME))
        self._take_out.setAccessibleDescription(text)
        back = KeyButton(_("Back"), self._stop_asking)
        self._column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._take_out)
        row.addWidget(back)
        row.addStretch()
        self._column.addLayout(row)
        return [label, self._take_out, back]

    def _spoken(self, who: str, band: str) -> str:
        match, line = self.candidate.found.match, self.candidate.found.line
        parts = [", ".join(words) for words in _known_parts(self.candidate)]
        intro = _("Row {n}, {name}, perhaps already registered: {person}, {band}, {score}").format(
            n=self.candidate.at + 1,
            name=self._name(self.candidate.question.name),
            person=self._name(line.full_name),
            band=band,
            score=match.shown,
        )
        return ". ".join([intro, _("{who}, {number}").format(who=who, number=line.number), *parts])


class DuplicatesPanel(SidePane):
    """At most five cards, the likeliest first. `answered` tells the answer and the candidate."""

    answered = Signal(Answer, object)

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[CandidateCard] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(Line())
        page = QWidget()
        self._list = QVBoxLayout(page)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._end = plain_label("", "secondary", wrap=True)
        self._end.setContentsMargins(16, 12, 16, 12)
        self._list.addWidget(self._end)
        self._list.addStretch()
        column.addWidget(scrolled(page), 1)
        for answer, keys in _KEYS.items():
            shortcuts().add(keys, answer_words(answer), partial(self._answer_by_key, answer), self)
        self.show_cards([])

    def show_cards(self, cards: Sequence[CandidateCard]) -> None:
        """Show these cards in place of those before; the focus stays in the panel while a card is left."""
        inside = self._focus_card()
        at = self._cards.index(inside) if inside else 0
        for old in self._cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = list(cards)
        for place, card in enumerate(self._cards):
            card.answered.connect(partial(self._answer, card))
            self._list.insertWidget(place, card)
            card.show()
        self._title.setText(self.summary() if cards else _("Perhaps already registered"))
        self._end.setText(
            _("Nothing is joined by itself. You can save first and decide later.")
            if cards
            else _("Nobody so far. Registered people who look like someone you are typing appear here.")
        )
        if inside and self._cards:
            self._cards[min(at, len(self._cards) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def summary(self) -> str:
        """How many: 'Perhaps already registered: 2'."""
        if not self._cards:
            return _("Perhaps already registered: nobody")
        return _("Perhaps already registered: {n}").format(n=len(self._cards))

    def has_focus(self) -> bool:
        """Whether the keys are in this panel."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @property
    def cards(self) -> list[CandidateCard]:
        """The cards shown, from the top."""
        return list(self._cards)

    def _header(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(IconMark("state.perhaps_duplicate", "note_line"))
        self._title = plain_label("", "bold")
        row.addWidget(self._title, 1)
        row.addWidget(plain_label("F6", "small secondary"))
        return head

    def _focus_card(self) -> CandidateCard | None:
        focus = QApplication.focusWidget()
        return next((card for card in self._cards if focus and (card is focus or card.isAncestorOf(focus))), None)

    def _answer_by_key(self, answer: Answer) -> None:
        card = self._focus_card() or next(iter(self._cards), None)
        if card:
            self._answer(card, answer)

    def _answer(self, card: CandidateCard, answer: Answer) -> None:
        """'Same person' asks once more; said again, it counts."""
        if answer == Answer.SAME and not card.asking:
            card.ask_whether_same()
        else:
            self.answered.emit(answer, card.candidate)


def _known_parts(candidate: Candidate) -> list[tuple[str, str, str]]:
    return [part_words(part) for part in candidate.found.match.parts if part.known]


def announcement(count: int) -> str:
    """What is said once when candidates appear."""
    words = ngettext("{n} person perhaps already registered", "{n} people perhaps already registered", count)
    return words.format(n=count)
