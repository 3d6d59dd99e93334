"""The pairs that are perhaps one person: the list, the chosen pair side by side, the four answers; and what was joined."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.people.alike.model import Fact
from panoh.ui.shortcuts import shortcuts
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import FieldRow, order_tabs
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import IconMark, NoteBar
from panoh.ui.widgets.panels import Line, Panel
from panoh.ui.widgets.panes import SidePane, SideSplit, side_pane
from panoh.ui.widgets.progress import ProgressPanel
from panoh.ui.widgets.table import PagedModel, PagedTable

TO_ANSWER, WAITING, JOINED = "to_answer", "waiting", "joined"
SAME, RELATIVES, DIFFERENT, LATER = "same", "relatives", "different", "later"


class AlikeView(QWidget):
    """Builds the page and tells what is wanted."""

    look_asked = Signal()
    shown_changed = Signal(str)  # which list
    answered = Signal(str)  # same, relatives, different, later
    record_asked = Signal(int)  # 0: the one registered first
    apart_asked = Signal()

    def __init__(self, pairs: PagedModel, joined: PagedModel) -> None:
        super().__init__()
        self.pairs, self.joined = pairs, joined
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.saved", closable=True)
        self.progress = ProgressPanel()
        self.table = PagedTable(pairs, name=_("Perhaps the same person"))
        self.joined_table = PagedTable(joined, name=_("Records that were joined"))
        choices = [(TO_ANSWER, _("To answer")), (WAITING, _("Answered with later")), (JOINED, _("Joined"))]
        self.which = ChoiceBox(choices)
        self.which.set_label(_("Which list"))
        self.which.set_value(TO_ANSWER)
        self.which.activated.connect(lambda _at: self.shown_changed.emit(self.which.value()))
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self._count = ElidedLabel("", "secondary")
        self._facts = QGridLayout()
        self._lay_out()

    @property
    def shown(self) -> str:
        """Which list shows."""
        return self.which.value()

    def show_list(self, count: int, words: str) -> None:
        """Show the list that was chosen, or why it is empty."""
        joined = self.shown == JOINED
        self._stack.setCurrentIndex(1 if joined else 0)
        (self.joined_list if joined else self.list).show_count(count)
        self._count.setText(words)
        self.split.show_side(filled=count > 0)
        self._answers.setVisible(not joined)
        self._apart.setVisible(joined)

    def show_facts(self, title: str, facts: Sequence[Fact]) -> None:
        """Show two people side by side."""
        self._title.setText(title)
        clear(self._facts)
        for at, fact in enumerate(facts):
            self._facts.addWidget(
                plain_label(fact.what, "small secondary", wrap=True), at, 0, Qt.AlignmentFlag.AlignTop
            )
            if fact.mark:
                self._facts.addWidget(self._compared(fact), at, 1, 1, 2)
            else:
                self._facts.addWidget(plain_label(fact.one, wrap=True), at, 1, Qt.AlignmentFlag.AlignTop)
                self._facts.addWidget(plain_label(fact.other, wrap=True), at, 2, Qt.AlignmentFlag.AlignTop)
        self.reason.clear()

    def _compared(self, fact: Fact) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconMark(fact.mark, "text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(plain_label(fact.one, wrap=True), 1)
        row.addWidget(plain_label(fact.points, "bold"), 0, Qt.AlignmentFlag.AlignTop)
        return line

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.look = KeyButton(_("Look through everyone"), self.look_asked.emit, icon="action.find", keys="Ctrl+Shift+D")
        none = EmptyPage(
            _("Nothing to answer"),
            [
                _(
                    "Looking through everyone compares names in all spellings, births, kin and papers of the whole vault."
                ),
                _("Nobody is ever joined by itself: you decide about each pair, and every joining can be undone."),
            ],
        )
        self.list = ListOrEmpty(self.table, none)
        nobody = EmptyPage(
            _("No records were joined"), [_("What is joined stands here, and can be taken apart again.")]
        )
        self.joined_list = ListOrEmpty(self.joined_table, nobody)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.joined_list)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(plain_label(_("Perhaps the same person"), "title bold"), 1)
        head.addWidget(self.which)
        head.addWidget(self.look)
        panel = Panel()
        panel.body.addWidget(self._stack)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        for part in (self.note, self.told, self.progress):
            column.addWidget(part)
        column.addLayout(head)
        column.addWidget(self._count)
        column.addWidget(panel, 1)
        self.split = SideSplit(main, self._side(), fold_words=_("Side by side"), least_main=600, side_width=420)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        order_tabs(main, self.split.side)

    def _side(self) -> SidePane:
        self._title = plain_label("", "title bold", wrap=True)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(0, 2)
        self._facts.setColumnStretch(1, 3)
        self._facts.setColumnStretch(2, 3)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(12)
        inside.addWidget(self._title)
        inside.addLayout(self._facts)
        inside.addWidget(Line())
        inside.addWidget(self._answer_buttons())
        self._apart = KeyButton(_("Take apart again"), self.apart_asked.emit, icon="action.undo")
        inside.addWidget(self._apart)
        for at, words in enumerate((_("Open the first record"), _("Open the other record"))):
            inside.addWidget(KeyButton(words, partial(self.record_asked.emit, at), icon="action.open_record"))
        inside.addStretch()
        return side_pane(page)

    def _answer_buttons(self) -> QWidget:
        self._answers = QWidget()
        column = QVBoxLayout(self._answers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FieldRow(_("Why"), self.reason, optional=True))
        grid = QGridLayout()
        grid.setSpacing(8)
        buttons = (
            (SAME, _("Same person…"), "Alt+1", "main"),
            (RELATIVES, _("Relatives"), "Alt+2", "normal"),
            (DIFFERENT, _("Different"), "Alt+3", "normal"),
            (LATER, _("Later"), "Alt+4", "normal"),
        )
        self.buttons: dict[str, KeyButton] = {}
        for at, (answer, words, keys, kind) in enumerate(buttons):
            made = KeyButton(words, partial(self._answer, answer), shown_keys=keys, kind=kind)
            shortcuts().add(keys, words, partial(self._answer, answer), self)
            self.buttons[answer] = made
            grid.addWidget(made, at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        return self._answers

    def _answer(self, answer: str) -> None:
        if self.shown != JOINED and self.pairs.rowCount():
            self.answered.emit(answer)
