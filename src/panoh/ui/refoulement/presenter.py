"""The refoulement assessment: asks one question after another, keeps each answer when one goes on, and drafts until then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import clock_time, day, moment
from panoh.base.i18n import gettext as _
from panoh.services import drafts, refoulement
from panoh.services.desk import Changes, Desk
from panoh.services.drafts import Draft
from panoh.services.refoulement import Assessed, Said
from panoh.ui.field_words import FieldWords
from panoh.ui.refoulement.form import Texts, answers_of, is_answered, texts_of
from panoh.ui.refoulement.questions import BOX, QUESTIONS, RADIO, YES_NO, Asked, Question
from panoh.ui.refoulement.view import Known, RefoulementView
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.unknown import unknown_word
from panoh.ui.words import who_words

KIND = "refoulement"  # of its drafts
LAST = len(QUESTIONS) - 1
_RECORD = "RefoulementAssessment"


class Ways(Protocol):
    """Where the assessment leads."""

    def back(self) -> None:
        """Go back to the screen before."""


class RefoulementPresenter(QObject):
    """The screen of the frame. `show` says whose assessment; the frame then opens it.

    `preview` tells in sentences what the shield would do for this person; with it the last page asks for the shield,
    and `shield_asked` gives the person's id. Without it the assessment ends with its last question.
    """

    changed = Signal(object)  # Changes of an answer
    told_saved = Signal(str)  # words for the status bar
    shield_asked = Signal(str)

    help_page = "refoulement"

    def __init__(
        self,
        view: RefoulementView,
        desk: Desk,
        runner: TaskRunner,
        ways: Ways,
        preview: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        super().__init__(view)
        self.title = _("Refoulement assessment")
        self._view, self._desk, self._runner, self._ways, self._preview = view, desk, runner, ways, preview
        self._person_id = ""
        self._assessed: Assessed | None = None
        self._at = 0
        self._base: Texts = {}
        self._typed: dict[int, Texts] = {}  # what was typed and not kept, by question; each has its draft
        view.next_asked.connect(self.go_on)
        view.back_asked.connect(self.go_back)
        view.stop_asked.connect(self.stop)
        view.known.change_asked.connect(self._go)
        view.edited.connect(view.plan_draft)
        view.draft_due.connect(self.keep_draft)
        view.shield.shield_asked.connect(lambda: self.shield_asked.emit(self._person_id))

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> str:
        """Whose assessment shows."""
        return self._person_id

    def panes(self) -> Sequence[QWidget]:
        """What is known, the question, the footer."""
        return (self._view.known, self._view.question, self._view.shield, self._view.footer)

    def show(self, person_id: str) -> None:
        """Choose whose assessment shows from now on; what was typed of another stays as its draft."""
        self.keep_draft()
        self._person_id, self._assessed, self._typed = person_id, None, {}
        self._view.offer.hide()
        self._view.note.hide()

    def opened(self) -> None:
        """Read what is known, ask the first question without an answer, and offer what was typed and not kept."""
        if self._person_id and self._assessed is None:
            self._read(self._begin)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Somebody changed the assessment: what is known is read again; the question stays as it stands."""
        if kinds & {_RECORD, "Unanswered", "Case"} and self._assessed is not None:
            self._read(lambda: None)

    # --- going through it -------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Keep the answer when it was changed, and ask the next question."""
        assessed = self._assessed
        if assessed is None:
            return
        if self._view.shield.isVisibleTo(self._view):
            self.end()
            return
        texts = self._view.question.texts()
        if texts == self._base and self._at < LAST:
            self._go(self._at + 1)
            return
        self._do(partial(self._answer, QUESTIONS[self._at], texts, assessed), self._answered)

    def go_back(self) -> None:
        """To the question before; from the first to where one came from."""
        if self._view.shield.isVisibleTo(self._view):
            self._go(LAST)
        elif self._at:
            self._go(self._at - 1)
        else:
            self.stop()

    def stop(self) -> None:
        """Leave: what is typed and not kept stays as a draft."""
        self.keep_draft()
        self._ways.back()

    def _answer(self, question: Question, texts: Texts, assessed: Assessed) -> Changes | list[FieldProblem]:
        """Only what was changed is written: what somebody else answered meanwhile stays."""
        try:
            answers, unknown = answers_of(self._desk, question, texts, assessed)
            changed = {field: value for field, value in answers.items() if texts[field] != self._base.get(field, "")}
            return refoulement.answer(self._desk, self._person_id, changed, unknown)
        except FormProblems as found:
            return found.problems

    def _answered(self, outcome: Changes | list[FieldProblem]) -> None:
        if isinstance(outcome, list):
            self._view.show_problems(outcome)
            return
        self._drop_draft(self._at)
        self._view.note.hide()
        self._base = self._view.question.texts()
        self.told_saved.emit(_("Saved {time}").format(time=clock_time(self._desk.clock.now())))
        self.changed.emit(outcome)
        at = self._at + 1
        self._read(partial(self._go, at) if at <= LAST else self._finish)

    def _finish(self) -> None:
        """After the last question: what the shield will do, or back."""
        preview, person_id = self._preview, self._person_id
        if preview is None:
            self.end()
        else:
            self._do(lambda: preview(person_id), self._offer_shield)

    def _offer_shield(self, sentences: Sequence[str]) -> None:
        """Ask for the shield, where one would do something."""
        if sentences:
            self._view.show_shield(sentences)
        else:
            self.end()

    def shield_is_up(self, changes: Changes) -> None:
        """The shield that was asked for is up: tell it, and leave."""
        self.changed.emit(changes)
        self.end()

    def end(self) -> None:
        """Leave the assessment: all of it is kept."""
        self._assessed = None  # the next opening begins anew
        self._ways.back()

    def _go(self, at: int) -> None:
        assessed = self._assessed
        if assessed is None:
            return
        self.keep_draft()
        self._at = at
        self._view.show_question(at, assessed.offers)
        self._view.question.set_texts(texts_of(QUESTIONS[at], assessed))
        self._base = self._view.question.texts()
        self._view.question.set_texts({**self._base, **self._typed.get(at, {})})
        self._show_known()
        self._view.question.take_focus()
        self._view.bring_up_question()

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read(self, then: Callable[[], object]) -> None:
        person_id = self._person_id

        def show(assessed: Assessed) -> None:
            if person_id == self._person_id:
                self._assessed = assessed
                line = assessed.line
                who = ", ".join((line.number, who_words(line.sex, line.birth, self._desk.clock.today())))
                self._view.show_who(who, line.level)
                self._show_known()
                then()

        self._do(lambda: refoulement.opened(self._desk, person_id), show)

    def _begin(self) -> None:
        assessed = self._assessed
        if assessed is None:
            return
        blank = (at for at, question in enumerate(QUESTIONS) if not is_answered(question, assessed))
        self._go(next(blank, 0))
        again, today = assessed.known.reassess_on, self._desk.clock.today()
        words = _("It was to be asked again on {day}: read back what is known, and change what is different.")
        self._view.due.say(words.format(day=day(again)) if again is not None and again <= today else "")
        self._do(lambda: drafts.mine(self._desk, KIND), self._offer)

    def _show_known(self) -> None:
        assessed = self._assessed
        if assessed is None:
            return
        words = FieldWords(self._desk, assessed.offers.user_names, {})
        known = [
            self._known(at, question, assessed, words)
            for at, question in enumerate(QUESTIONS)
            if is_answered(question, assessed)
        ]
        self._view.known.show_known([one for one in known if one[0] != self._at], len(known))
        self._view.question.show_before(self._before(QUESTIONS[self._at], assessed, words))

    def _known(self, at: int, question: Question, assessed: Assessed, words: FieldWords) -> Known:
        told, newest = [], None
        for asked in question.fields:
            value = getattr(assessed.known, asked.field)
            if value not in ("", None, ()):
                told.append(self._named(question, asked, self._word(asked, value, words)))
            elif asked.field in assessed.unanswered:
                state = unknown_word(assessed.unanswered[asked.field].answer)
                told.append(self._named(question, asked, state))
            said = assessed.said.get(asked.field)
            newest = max(
                (one for one in (newest, said[0] if said else None) if one), key=lambda one: one.at, default=None
            )
        return at, "; ".join(dict.fromkeys(told)), self._where_from(newest)

    def _word(self, asked: Asked, value: Any, words: FieldWords) -> str:
        """A value in words; a list's own word also for its code 'none'."""
        if asked.kind in (RADIO, BOX) and asked.code_list != YES_NO:
            return self._desk.vocabularies.label(asked.code_list, value)
        plain = value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        return words.value(_RECORD, asked.field, plain)

    def _named(self, question: Question, asked: Asked, word: str) -> str:
        """The first field of a question is its answer; the others say what they are."""
        if asked is question.fields[0]:
            return word
        return _("{field}: {value}").format(field=_(asked.label), value=word)

    def _where_from(self, said: Said | None) -> str:
        if said is None:
            return ""
        source = self._desk.vocabularies.label("source", said.source).lower() if said.source else ""
        return ", ".join(part for part in (source, day(said.at.astimezone().date(), year=False)) if part)

    def _before(self, question: Question, assessed: Assessed, words: FieldWords) -> list[str]:
        """Every value that this question ever had, the newest first, with who wrote it."""
        said = [(one, asked) for asked in question.fields for one in assessed.said.get(asked.field, ())]
        said.sort(key=lambda pair: pair[0].at, reverse=True)
        users = assessed.offers.user_names
        return [
            _("{when}, {who}: {field} {value}").format(
                when=moment(one.at),
                who=users.get(one.user_id, _("someone")),
                field=_(asked.label),
                value=self._word(asked, one.value, words) if one.value else "—",
            )
            for one, asked in said
        ]

    # --- drafts -------------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Write the question in hand into the vault, when something of it is not kept yet."""
        self._view.forget_draft()
        texts = self._view.question.texts()
        if self._assessed is None or self._view.question.isHidden():
            return
        if texts == self._base:
            self._drop_draft(self._at)
            return
        if texts == self._typed.get(self._at):
            return
        self._typed[self._at] = texts
        payload = {"person_id": self._person_id, "question": self._at, "values": texts}
        self._do(partial(drafts.keep, self._desk, self._draft_id(self._at), KIND, payload), lambda _nothing: None)
        self.told_saved.emit(_("Draft saved {time}").format(time=clock_time(self._desk.clock.now())))

    def _drop_draft(self, at: int) -> None:
        self._view.forget_draft()
        if self._typed.pop(at, None) is not None:
            self._do(partial(drafts.drop, self._desk, self._draft_id(at)), lambda _nothing: None)

    def _offer(self, found: Sequence[Draft]) -> None:
        mine = [one for one in found if one.payload.get("person_id") == self._person_id]
        if mine and not self._typed:
            words = _("Recover the draft of {time}?").format(time=_time_of(mine[0], self._desk))
            self._view.offer.say(words, action=_("Recover"), run=partial(self._recover, mine))

    def _recover(self, found: Sequence[Draft]) -> None:
        """Put every question back as it was left, and go to the one left last."""
        self._view.offer.hide()
        for draft in found:
            self._typed[min(int(draft.payload["question"]), LAST)] = draft.payload["values"]
        self._go(min(int(found[0].payload["question"]), LAST))

    def _draft_id(self, at: int) -> str:
        return f"{self._person_id}.{KIND}{at}.{self._desk.user.id}"

    def _do(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self._runner.start(lambda _step: work(), done, self._view.fail, owner=self._view)


def _time_of(draft: Draft, desk: Desk) -> str:
    today = draft.saved_at.astimezone().date() == desk.clock.today()
    return clock_time(draft.saved_at) if today else moment(draft.saved_at)
