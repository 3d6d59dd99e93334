"""The page of the refoulement assessment: what is known already, the question in hand, what comes then, and the footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.person_edit import Offers
from panoh.ui import errors
from panoh.ui.draft_timer import DraftTimer
from panoh.ui.refoulement.fields import control_of, read, watch, write
from panoh.ui.refoulement.questions import BESIDE, QUESTIONS, WIDE, Asked, Question
from panoh.ui.refoulement.shield_page import ShieldPage
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.controls import Beside
from panoh.ui.widgets.form import FieldRow, Form, order_tabs
from panoh.ui.widgets.labels import ElidedLabel, SpanLabel, plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.level import LevelChip
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Line, Panel, scrolled
from panoh.ui.widgets.panes import FooterBar

SETTLED = 300  # milliseconds after which a new question has its height
_GAP = 16
Known = tuple[int, str, str]  # number of the question, the answer in words, where it comes from and when


class KnownPanel(Panel):
    """The questions that were answered, each with its answer and a way to change it."""

    change_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Known already"), sub=_("read it back, change what is wrong"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def show_known(self, known: Sequence[Known], count: int) -> None:
        """Show these, and how many there are with the one in hand; none hides the panel."""
        clear(self._rows)
        self.setVisible(bool(known))
        told = _("read it back, change what is wrong; {n} of {count} answered")
        self.set_title(_("Known already"), told.format(n=count, count=len(QUESTIONS)))
        for at, words, source in known:
            if self._rows.count():
                self._rows.addWidget(Line())
            self._rows.addWidget(self._row(at, words, source))

    def _row(self, at: int, words: str, source: str) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(16)
        name = _(QUESTIONS[at].name)
        row.addWidget(plain_label(_("{n}  {name}").format(n=at + 1, name=name), "secondary"), 2)
        row.addWidget(SpanLabel((words, ""), (source, "small secondary")), 5)
        row.addWidget(
            LinkButton(_("Change"), partial(self.change_asked.emit, at), spoken=_("Change: {name}").format(name=name))
        )
        return held


class QuestionPanel(Panel):
    """One question with its fields, and what was said of it before."""

    edited = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__(padded=True)
        self._words = words
        self.form = Form()
        self.number = plain_label("", "secondary")
        self.sentence = plain_label("", "title bold", wrap=True)
        self.how = plain_label("", "secondary", wrap=True)
        self.before = plain_label("", "small secondary", wrap=True)
        self.body.setSpacing(8)
        for label in (self.number, self.sentence, self.how):
            self.body.addWidget(label)
        self._holder = QVBoxLayout()
        self.body.addLayout(self._holder)
        self.body.addWidget(self.before)

    def show_question(self, at: int, offers: Offers) -> None:
        """Ask this question in empty fields."""
        question = QUESTIONS[at]
        self.number.setText(_("Question {n} of {count}").format(n=at + 1, count=len(QUESTIONS)))
        self.sentence.setText(_(question.sentence))
        self.how.setText(_(question.how))
        self.setAccessibleName(_(question.sentence))
        clear(self._holder)
        self.form = Form()
        self._fill(question, offers)
        self.form.finish()
        self._holder.addWidget(self.form)

    def show_before(self, lines: Sequence[str]) -> None:
        """Tell what was said of this question before, by whom and when."""
        self.before.setText("\n".join([_("Said before:"), *lines]) if lines else "")
        self.before.setVisible(bool(lines))

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: read(row.control) for key, row in self.form.rows.items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put these in."""
        for key, row in self.form.rows.items():
            write(row.control, texts.get(key, ""))

    def take_focus(self) -> None:
        """The keys go into the first field."""
        next(iter(self.form.rows.values())).take_focus()

    def _fill(self, question: Question, offers: Offers) -> None:
        beside: list[FieldRow] = []
        for asked in (*question.fields, *BESIDE):
            row = self._row(asked, offers)
            if asked.kind in WIDE and asked not in BESIDE:
                self._put_beside(beside)
                self.form.add(asked.field, row)
            else:
                self.form.rows[asked.field] = row
                beside.append(row)
        self._put_beside(beside)

    def _put_beside(self, rows: list[FieldRow]) -> None:
        if rows:
            self.form.add_widget(Beside(*rows, least=220))
        rows.clear()

    def _row(self, asked: Asked, offers: Offers) -> FieldRow:
        control = control_of(asked, self._words, offers)
        row = FieldRow(_(asked.label), control)
        watch(control, self.edited.emit)
        return row


class RefoulementView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    next_asked = Signal()
    back_asked = Signal()
    stop_asked = Signal()
    edited = Signal()
    draft_due = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.offer = NoteBar(tone="info", icon="state.draft", closable=True)
        self.due = NoteBar(tone="note", icon="state.due")
        self.known = KnownPanel()
        self.question = QuestionPanel(words)
        self.shield = ShieldPage()
        self.then = plain_label("", "small secondary", wrap=True)
        self.footer = FooterBar()
        self._who = ElidedLabel("", "secondary")
        self._level = LevelChip("unknown")
        self._draft = DraftTimer(self, self.draft_due.emit)
        self._bringing = QTimer(self)
        self._bringing.setSingleShot(True)
        self._bringing.setInterval(SETTLED)
        self.question.edited.connect(self.edited)
        self._make_footer()
        self._lay_out()

    def show_who(self, who: str, level: str) -> None:
        """Whose assessment it is: number, sex and age, never the name; and the level."""
        self._who.setText(who)
        self._level.set_level(level or "unknown")

    def show_question(self, at: int, offers: Offers) -> None:
        """Ask a question; what comes after it stands in one line."""
        self.question.show_question(at, offers)
        self.question.show()
        self.shield.hide()
        later = ", ".join(f"{n} {_(one.name).lower()}" for n, one in enumerate(QUESTIONS[at + 1 :], start=at + 2))
        self.then.setText(_("Then: {questions}.").format(questions=later) if later else "")
        self.go_on.set_words(_("Next question") if later else _("Keep and go on"))
        order_tabs(self._page, self.footer)

    def bring_up_question(self) -> None:
        """Scroll until the whole question is seen, or as much of it as there is room for; again once it has its height."""
        self._bringing.start()
        self._bring_up()

    def _bring_up(self) -> None:
        if not self._bringing.isActive():
            return
        room, top = self.area.viewport().height(), self.question.y() - _GAP
        self.area.verticalScrollBar().setValue(min(top, self.question.geometry().bottom() + _GAP - room))

    def show_shield(self, sentences: Sequence[str]) -> None:
        """The last page: what the shield will do."""
        self.shield.sentences.set_sentences(sentences)
        self.question.hide()
        self.shield.show()
        self.then.setText("")
        self.go_on.set_words(_("Leave it as it is"))
        order_tabs(self._page, self.footer)
        self.shield.put_on.setFocus()

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Tell at the fields what cannot be kept."""
        self.question.form.show_problems(problems, _("What was typed is still here.") if problems else "")

    def plan_draft(self) -> None:
        """Something changed that no draft holds: keep one soon."""
        self._draft.plan()

    def forget_draft(self) -> None:
        """What changed is saved or kept: no draft is due."""
        self._draft.stop()

    def fail(self, error: AppError) -> None:
        """Tell why something was not done."""
        errors.tell(self.note, error)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere leaves a draft, not a loss."""
        super().hideEvent(event)
        self._draft.at_once()

    def _make_footer(self) -> None:
        self.go_on = KeyButton(
            _("Next question"), self.next_asked.emit, icon="action.next", keys="Ctrl+Enter", kind="main"
        )
        self.back = KeyButton(_("Back"), self.back_asked.emit, icon="action.previous", keys="Alt+Left")
        self.stop = KeyButton(_("Stop here, keep the draft"), self.stop_asked.emit, kind="flat")
        self.footer.row.addWidget(self.go_on)
        self.footer.row.addWidget(self.back)
        self.footer.row.addStretch()
        self.footer.row.addWidget(self.stop)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(plain_label(_("Refoulement assessment"), "title bold"))
        head.addWidget(self._who, 1)
        head.addWidget(self._level)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        for part in (self.note, self.offer, self.due, self.known, self.question, self.shield, self.then):
            column.addWidget(part)
        column.addStretch(1)
        self.area = scrolled(self._page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.area, 1)
        outer.addWidget(self.footer)
        self.area.verticalScrollBar().rangeChanged.connect(self._bring_up)
        self.shield.hide()
