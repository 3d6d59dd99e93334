"""What can be read in the panel beside the queue, block by block: why, what was set by hand, what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import day, moment
from panoh.base.i18n import gettext as _
from panoh.domain.cases import LevelOverride
from panoh.services.queue_marks import LOWERING, Asked
from panoh.services.triage import FactView, LevelView, ReasonView
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.theme import look
from panoh.ui.widgets.focus import FRAMED
from panoh.ui.widgets.labels import SpanLabel, plain_label
from panoh.ui.widgets.level import level_icon, level_word
from panoh.ui.widgets.notes import IconMark

_LABELS = 120  # width of the labels of facts at 100 % text


def blocks_of(view: LevelView, today: date, asked: Sequence[Asked] = ()) -> list[Block]:
    """Everything to read about a level, in reading order; first what is asked of supervisors."""
    blocks = [_asked_block(each) for each in asked]
    blocks += [_override_block(view.override)] if view.override else []
    blocks += [_reason_block(reason, today) for reason in view.reasons]
    return [*blocks, _questions_block(view.questions)] if view.questions else blocks


class Block(QFrame):
    """One thing to read in the panel; Tab goes from block to block, and a screen reader gets it whole."""

    def __init__(self, icon: str, title: str) -> None:
        super().__init__()
        set_accessible_role(self, QAccessible.Role.Note)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(FRAMED, True)
        self._words = [title]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark(icon), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(plain_label(title, "bold", wrap=True), 1)
        self._column.addLayout(head)
        self.setAccessibleName(title)

    def add(self, widget: QWidget, words: str) -> None:
        """Add a part below, and what is spoken of it."""
        self._column.addWidget(widget)
        self._words.append(words)
        self.setAccessibleName(". ".join(part.rstrip(".") for part in self._words))


def _asked_block(asked: Asked) -> Block:
    """What a supervisor is asked, by whom and when; why is told to supervisors alone."""
    title = _("Advice is asked")
    if asked.kind == LOWERING:
        title = _("Lowering to {level} is asked").format(level=level_word(asked.proposed).lower())
    block = Block("action.ask_supervisor", title)
    by = _("{name}, {when}").format(name=asked.by, when=moment(asked.at)) if asked.at else asked.by
    block.add(plain_label(by, "small secondary", wrap=True), by)
    if asked.why:
        block.add(plain_label(asked.why, wrap=True), asked.why)
    return block


def _override_block(override: LevelOverride) -> Block:
    """Why someone set another level, in the words that this reader may see."""
    block = Block(
        level_icon(override.level), _("Set to {level} by hand").format(level=level_word(override.level).lower())
    )
    block.add(plain_label(override.reason, wrap=True), override.reason)
    return block


def _reason_block(reason: ReasonView, today: date) -> Block:
    icon = "state.restricted_reason" if reason.withheld else level_icon(reason.level)
    block = Block(icon, reason.text)
    if reason.facts:
        rows = [(fact.label, fact.value, _source(fact, today)) for fact in reason.facts]
        spoken = "; ".join(", ".join(part for part in row if part) for row in rows)
        block.add(_facts(rows), spoken)
    return block


def _facts(rows: Sequence[tuple[str, str, str]]) -> QWidget:
    """Facts as label, value and source; long labels wrap, so that the values keep their room."""
    facts = QWidget()
    grid = QGridLayout(facts)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, (label, value, source) in enumerate(rows):
        words = plain_label(label, "secondary", wrap=True)
        words.setFixedWidth(look().grown(_LABELS))
        grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        spans = [(value, ""), *([(source, "small secondary")] if source else [])]
        grid.addWidget(SpanLabel(*spans), row, 1, Qt.AlignmentFlag.AlignTop)
    return facts


def _questions_block(questions: Sequence[str]) -> Block:
    block = Block(level_icon("unknown"), _("Not known"))
    for question in questions:
        block.add(SpanLabel((question, ""), (_("not asked yet"), "small secondary")), question)
    return block


def _source(fact: FactView, today: date) -> str:
    """Where a fact comes from, how sure it is and of which day."""
    on = "" if fact.on is None else _("today") if fact.on == today else day(fact.on, year=fact.on.year != today.year)
    return ", ".join(part for part in (fact.source.lower(), fact.sure.lower(), on) if part)
