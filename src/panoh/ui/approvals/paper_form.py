"""The form of a decision on paper: the code first, then what stands on the sheet; Enter keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.paper_answers import Typed, read_answer
from panoh.services.decisions import YES
from panoh.services.desk import Desk
from panoh.services.paper_decisions import QUESTION, Paper
from panoh.ui.decision_words import decision_words, kind_words, proposed_words
from panoh.ui.privacy import Privacy
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.controls import day_edit, fitted, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.words import name_words

LEVELS = ("critical", "high", "medium", "low")
_WIDE = 680  # pixels at 100 % text


class PaperForm(SmallForm):
    """`code_typed` tells a number with its check code, or what was typed when the keys leave the field."""

    code_typed = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk, privacy: Privacy) -> None:
        words = _("Type what stands on the sheet, or only the check code and the digit, as they are said by radio.")
        super().__init__(parent, _("Key in a paper decision"), words, _("Keep it"))
        self._desk, self._privacy = desk, privacy
        self._paper: Paper | None = None
        self._entered = False  # Enter was pressed on the code, and its paper is still looked for
        self.found = NoteBar(tone="info", icon="state.do")
        self._code()
        self._decision()
        self._signed()
        self.form.finish()
        self.show_no_paper()
        self.take_room(_WIDE)

    def show_paper(self, paper: Paper) -> None:
        """Whose paper it is, what it asked, and whether it was answered already."""
        self._paper = paper
        self.note.hide()
        name = name_words(paper.line, self._desk.clock.today(), self._privacy)
        heading = _("{name}, {number}").format(name=name, number=paper.line.number)
        self.found.say(
            "\n".join(self._told(paper)), heading=paper.line.number if name == paper.line.number else heading
        )
        options = [
            (one.letter, _("{letter}: {what}").format(letter=one.letter, what=one.what)) for one in paper.options
        ]
        self._options.set_choices([("", _("none")), *options])
        waiting = [(one.id, self._waiting_words(paper, one.id)) for one in paper.waiting]
        question = [] if paper.about != QUESTION else [(QUESTION, _("the question on the paper"))]
        self._about.set_choices([*question, *waiting])
        self._about.set_value(paper.about)
        answered = paper.answered is not None
        self.form.rows["about"].setVisible(len(question) + len(waiting) > 1 and not answered)
        self.form.rows["because"].setVisible(paper.answered is not None and paper.answered.decision != "discuss")
        self._take_digit(paper.typed)
        self._tell()
        if self._entered:
            self._go_on()

    def fail(self, error: AppError) -> None:
        """Tell why it was not done; the keys stay where they are."""
        self._entered = False
        super().fail(error)

    def show_no_paper(self) -> None:
        """The code is another one now."""
        self._paper = None
        self.found.hide()
        for key in ("about", "option", "instead", "because"):
            self.form.rows[key].hide()

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Tell what cannot be kept, also of a field that did not show."""
        for problem in problems:
            self.form.rows[problem.field].show()
        super().show_problems(problems)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _told(self, paper: Paper) -> list[str]:
        told = []
        if paper.question:
            told.append(_("Asked: {question}").format(question=paper.question))
        if paper.sheet:
            told.append(_("On this sheet: 1 contact, 2 ask again, 3 not a match, 4 discuss."))
        if paper.recommended:
            told.append(_("Recommended: {letter}").format(letter=paper.recommended))
        if paper.changed_since:
            told.append(_("Question or options were changed since; this is what was printed."))
        if paper.answered is not None:
            words = _("Answered already: {decision}, keyed in by {who}. A correction needs a reason.")
            if paper.answered.decision == "discuss":
                words = _("To be discussed, keyed in by {who}. The answer follows now.")
            told.append(words.format(decision=decision_words(self._desk, paper.answered), who=paper.keyed_by))
            told += [paper.answered.words] if paper.answered.words else []
        return told

    def _waiting_words(self, paper: Paper, approval_id: str) -> str:
        one = next(each for each in paper.waiting if each.id == approval_id)
        what = proposed_words(self._desk, one)
        kind = kind_words(self._desk, one)
        return _("{kind}: {what}").format(kind=kind, what=what or one.why) if what or one.why else kind

    def _code(self) -> None:
        self.code = QLineEdit()
        self.code.setPlaceholderText("A4K7-T29 K7M4-E2 1")
        self.code.textChanged.connect(self._typed)
        self.code.returnPressed.connect(self._enter)
        self.code.editingFinished.connect(self._left)
        hint = _(
            "Export number, check code, digit: 1 approve, 2 amend, 3 refuse, 4 discuss; then the letter of an option."
        )
        self.form.add("code", FieldRow(_("Number, check code and digit"), self.code, hint=hint))
        self.form.add_widget(self.found)

    def _decision(self) -> None:
        self._about = fitted(ChoiceBox([(QUESTION, _("the question on the paper"))]))
        self._about.answered.connect(self._tell)
        self.form.add("about", FieldRow(_("What it answers"), self._about))
        digits = [
            ("approve", _("1 Approve")),
            ("amend", _("2 Amend")),
            ("refuse", _("3 Refuse")),
            ("discuss", _("4 Discuss")),
        ]
        self._choice = RadioChoice(digits, columns=len(digits))
        self._choice.chosen.connect(lambda _code: self._tell())
        self.form.add("decision", FieldRow(_("Decision"), self._choice))
        self._options, self._instead = fitted(ChoiceBox([("", _("none"))])), fitted(ChoiceBox([("", _("as asked"))]))
        self.form.add("option", FieldRow(_("Option"), self._options))
        self.form.add("instead", FieldRow(_("In place of what was asked"), self._instead))
        self.form.add("signed_by", FieldRow(_("Who signed, as written"), self._line()))

    def _signed(self) -> None:
        self.form.add("words", FieldRow(_("What changes, or why"), self._line(), optional=True))
        days = {"signed_on": day_edit(), "review_on": day_edit()}
        for line in days.values():
            line.returnPressed.connect(self.act.click)
        self.form.add_beside(
            ("signed_on", FieldRow(_("Signed on"), days["signed_on"], optional=True, hint=_("Empty is now."))),
            ("signed_time", FieldRow(_("Time"), self._line(), optional=True, hint=_("For example 16:00."))),
            ("review_on", FieldRow(_("Review on"), days["review_on"], optional=True, hint=_("As on the sheet."))),
        )
        self.form.add("because", FieldRow(_("Why it is corrected"), self._line()))

    def _line(self) -> QLineEdit:
        line = QLineEdit()
        line.returnPressed.connect(self.act.click)
        return line

    def _enter(self) -> None:
        """On to who signed, once the paper is found; with that written already, Enter keeps it."""
        self._entered = True
        if self._paper is not None:
            self._go_on()

    def _go_on(self) -> None:
        self._entered = False
        if self.values()["signed_by"].strip():
            self.act.click()
        else:
            row = self.form.rows["signed_by"]
            row.take_focus()
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(row))  # once what was found is laid out

    def _left(self) -> None:
        if self._paper is None and self.code.text().strip():
            self.code_typed.emit(self.code.text())

    def _typed(self, text: str) -> None:
        """A whole number with its check code is looked up at once; of another one nothing is shown any more."""
        self.note.hide()
        self._entered = False
        typed = read_answer(text)
        known = self._paper.typed if self._paper is not None else None
        if typed is not None and known is not None and _codes(typed) == _codes(known):
            self._take_digit(typed)
            self._tell()
        elif typed is not None and typed.export_no and typed.check_code:
            self.code_typed.emit(text)
        elif known is not None:
            self.show_no_paper()

    def _take_digit(self, typed: Typed) -> None:
        if typed.decision:
            self._choice.set_value(typed.decision)
        if typed.option:
            self._options.set_value(typed.option)

    def _tell(self) -> None:
        """Show the fields that go with what was chosen."""
        paper = self._paper
        if paper is None:
            return
        kind, yes = self._kind(paper), self._choice.value() in YES
        offers: Mapping[str, list[Choice]] = {
            "lowering": [(code, level_word(code)) for code in LEVELS],
            "closure": offered(self._desk.vocabularies, "closing_why"),
        }
        self.form.rows["option"].setVisible(kind == "advice" and yes and bool(paper.options))
        self.form.rows["instead"].setVisible(kind in offers and self._choice.value() == "amend")
        chosen = self._instead.value()
        self._instead.set_choices([("", _("as asked")), *offers.get(kind, [])])
        self._instead.set_value(chosen)

    def _kind(self, paper: Paper) -> str:
        if paper.answered is not None:
            return paper.answered.kind or "advice"
        about = self._about.value()
        return next((one.kind for one in paper.waiting if one.id == about), "advice")


def _codes(typed: Typed) -> tuple[str, str]:
    return typed.export_no, typed.check_code
