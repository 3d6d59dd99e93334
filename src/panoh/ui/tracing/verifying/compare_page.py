"""Both sides beside each other: how the answers agree, what else was seen, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.verification import DANGERS, OPEN, Missing, VerificationQuestion
from panoh.domain.vocabulary import Vocabularies
from panoh.services.verification_compared import Compared
from panoh.services.verification_state import NOTED
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.choices import ChoiceBox, RadioChoice
from panoh.ui.widgets.control_values import read, watch, write
from panoh.ui.widgets.controls import LongEdit, asked_box, offered
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.panels import Panel

_WIDE = 1100  # pixels at 100 % text
_STRETCH = (3, 3, 3, 2, 3)  # question, side A, side B, how they agree, remark


class AnswersPanel(Panel):
    """A line a question: both answers, how they agree, a remark; a remark that was written before stands over the new one."""

    edited = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__(_("Answers of both sides"), sub=" ")
        self._words = words
        self.rows: dict[str, tuple[ChoiceBox, QLineEdit]] = {}
        self._base: dict[str, str] = {}
        self._held = QVBoxLayout()
        self.body.addLayout(self._held)

    def show_answers(self, found: Compared, *, may_change: bool) -> None:
        """Show them in the order in which they were asked; what was typed since they were shown stays."""
        typed = {key: said for key, said in self.judged().items() if said[1] or said[0] != self._base.get(key)}
        clear(self._held)
        self.rows = {}
        self._base = {one.id: one.agreement for one in found.questions}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(16, 8, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        heads = (_("Question"), _("Side A"), _("Side B"), _("How they agree"), _("Remark"))
        for at, head in enumerate(heads):
            grid.setColumnStretch(at, _STRETCH[at])
            grid.addWidget(plain_label(head, "small bold"), 0, at)
        none = _("no answer") if found.both_done and not found.withheld else _("not shown")
        for at, one in enumerate(found.questions, 1):
            self._row(grid, at, one, found.labels[one.id], none=none, may_change=may_change)
        self._held.addWidget(inside)
        for key, (agreement, remark) in typed.items():
            if key in self.rows:
                self.rows[key][0].set_value(agreement)
                self.rows[key][1].setText(remark)

    def forget(self) -> None:
        """What was typed is kept, or another verification shows next."""
        self.rows = {}

    def judged(self) -> dict[str, tuple[str, str]]:
        """How each was judged, with the remark that was typed now."""
        return {key: (box.value(), remark.text().strip()) for key, (box, remark) in self.rows.items()}

    def go_to(self, question_id: str) -> None:
        """Put the keys on the judgement of this question."""
        if question_id in self.rows:
            self.rows[question_id][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(
        self, grid: QGridLayout, at: int, one: VerificationQuestion, label: str, *, none: str, may_change: bool
    ) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(plain_label(label, "bold", wrap=True), at, 0, top)
        for column, text in ((1, one.answer_a), (2, one.answer_b)):
            grid.addWidget(plain_label(text or none, "" if text else "secondary", wrap=True), at, column, top)
        if not may_change:
            word = self._words.label("agreement", one.agreement) if one.agreement else "—"
            grid.addWidget(plain_label(word, wrap=True), at, 3, top)
            grid.addWidget(plain_label(one.remark, wrap=True), at, 4, top)
            return
        ways = offered(self._words, "agreement")
        both = bool(one.answer_a.strip() and one.answer_b.strip())  # with an answer missing nothing can agree
        box = asked_box(ways if both or one.agreement else [way for way in ways if way[0] == OPEN])
        box.set_value(one.agreement or ("" if both else OPEN))
        box.setAccessibleName(_("How they agree: {question}").format(question=label))
        remark = QLineEdit()
        remark.setAccessibleName(_("Remark: {question}").format(question=label))
        self.rows[one.id] = (box, remark)
        for control in (box, remark):
            watch(control, self.edited.emit)
        said = QVBoxLayout()
        said.setSpacing(4)
        if one.remark:
            said.addWidget(plain_label(one.remark, "small", wrap=True))
        said.addWidget(remark)
        grid.addWidget(box, at, 3, top)
        grid.addLayout(said, at, 4, top)


class ComparePage(QWidget):
    """Builds the page and tells what is wanted."""

    edited = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self._words = words
        self.headline = plain_label("", "title bold", wrap=True)
        self._asked = plain_label("", "secondary", wrap=True)
        self.answers = AnswersPanel(words)
        self._missing_panel = Panel(_("Still missing"), padded=True)
        self._missing = QGridLayout()
        self._missing.setHorizontalSpacing(24)
        self._missing_panel.body.addLayout(self._missing)
        self._noted_panel = Panel(_("What was seen, and whether contact is safe"), padded=True)
        self._photos = plain_label("", wrap=True)
        self.form = Form()
        self._fields()
        self._base: dict[str, str] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(16)
        for part in (self.headline, self._asked, self._missing_panel, self.answers, self._noted_panel):
            part.setMaximumWidth(look().grown(_WIDE))
            page.addWidget(part)
        page.addStretch()
        self.answers.edited.connect(self.edited)

    def show_compared(self, found: Compared, asked: str, photos: str, *, may_change: bool) -> None:
        """Show everything; fields in which somebody typed keep what stands there."""
        self.headline.setText(found.headline)
        self._asked.setText(asked)
        show_when(self._asked, bool(asked))
        self._photos.setText(photos)
        self.answers.show_answers(found, may_change=may_change)
        self._show_missing(found.missing if may_change else ())
        for name in NOTED:
            row, value = self.form.rows[name], str(getattr(found.verification, name))
            if read(row.control) == self._base.get(name, ""):
                write(row.control, value)
            row.setEnabled(may_change)
        self._base = {name: str(getattr(found.verification, name)) for name in NOTED}
        for name in ("child_view", "child_told"):
            show_when(self.form.rows[name], found.child or bool(self._base[name]))

    def noted(self) -> dict[str, str]:
        """What was changed of what is noted."""
        now = {name: read(self.form.rows[name].control) for name in NOTED}
        return {name: value for name, value in now.items() if value != self._base.get(name, "")}

    def forget(self) -> None:
        """Another verification shows next."""
        self.answers.forget()
        self._base = {}
        for name in NOTED:
            write(self.form.rows[name].control, "")

    def take_focus(self) -> None:
        """Put the keys on the first answer that nobody compared yet."""
        undone = (key for key, (agreement, _remark) in self.answers.judged().items() if not agreement)
        self.answers.go_to(next(undone, ""))

    def go_to(self, field: str) -> None:
        """Put the keys where something is missing."""
        name, _dot, question = field.partition(".")
        if question:
            self.answers.go_to(question)
        elif name in self.form.rows:
            self.form.rows[name].take_focus()

    def _show_missing(self, missing: Sequence[Missing]) -> None:
        clear(self._missing)
        rows = (len(missing) + 1) // 2  # two columns: the answers below stay in sight
        for at, one in enumerate(missing):
            link = LinkButton(one.words, partial(self.go_to, one.field), wrap=True)
            self._missing.addWidget(link, at % rows, at // rows)
        show_when(self._missing_panel, bool(missing))

    def _fields(self) -> None:
        self._noted_panel.body.addWidget(self._photos)
        yes_no = RadioChoice([("yes", _("Yes")), ("no", _("No"))], columns=2)
        rows: Mapping[str, FieldRow] = {
            "papers_seen": FieldRow(_("Papers seen, or that there were none"), LongEdit(2)),
            "referee": FieldRow(_("Who of the community knows both, and what they said"), LongEdit(2)),
            "child_view": FieldRow(_("The child’s own view, in the child’s words, asked alone"), LongEdit(2)),
            "child_told": FieldRow(_("What the child was told"), LongEdit(2)),
            "can_care": FieldRow(_("Can the adult care, and do they want to?"), yes_no),
            "care_words": FieldRow(_("In words"), LongEdit(2), optional=True),
            "other_carer": FieldRow(_("Who else could care"), QLineEdit(), optional=True),
            "danger_state": FieldRow(_("Danger from a State"), self._danger()),
            "danger_violence": FieldRow(_("Violence at home"), self._danger()),
            "danger_trafficking": FieldRow(_("Trafficking"), self._danger()),
            "danger_words": FieldRow(_("Which signs"), LongEdit(2), optional=True),
            "recommendation": FieldRow(_("Recommendation"), asked_box(offered(self._words, "verification_advice"))),
            "recommendation_words": FieldRow(_("Why"), LongEdit(2), optional=True),
        }
        dangers = [(name, rows[name]) for name in DANGERS]
        for name in NOTED:
            if name == DANGERS[0]:
                self.form.add_beside(*dangers)
            elif name not in DANGERS:
                self.form.add(name, rows[name])
        for row in self.form.rows.values():
            watch(row.control, self.edited.emit)
        self.form.finish()
        self._noted_panel.body.addWidget(self.form)

    def _danger(self) -> ChoiceBox:
        return asked_box(offered(self._words, "danger"))
