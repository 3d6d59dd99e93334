"""Register a person: the same services as a family, for a household of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from panoh.base.clock import Clock
from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import clock_time
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.desk import Changes
from panoh.services.drafts import Draft
from panoh.services.duplicates import Duplicate
from panoh.services.registration import Alike, FamilyForm, SavedFamily
from panoh.ui import errors
from panoh.ui.match_words import band_word
from panoh.ui.privacy import Privacy
from panoh.ui.registration import sentences
from panoh.ui.registration.candidates import Answer, Candidate, Question, who
from panoh.ui.registration.draft_keeping import DraftKeeping, Page
from panoh.ui.registration.duplicates_panel import CandidateCard
from panoh.ui.registration.person_form import STAYS, RegisterPersonView
from panoh.ui.registration.presenter import Wishes
from panoh.ui.registration.services import FamilyServices
from panoh.ui.tasks import TaskRunner

LEAST_NAME = 3  # letters below which a name says nothing yet


class RegisterPerson:
    """The screen of the frame."""

    help_page = "register-person"

    def __init__(
        self,
        view: RegisterPersonView,
        services: FamilyServices,
        runner: TaskRunner,
        clock: Clock,
        words: Vocabularies,
        privacy: Privacy,
        wishes: Wishes,
    ) -> None:
        self.title = _("Register a person")
        self._view, self._services, self._runner, self._clock = view, services, runner, clock
        self._words, self._privacy, self._wishes = words, privacy, wishes
        self._saving = self._opened = False
        self._answers: dict[str, Answer] = {}
        self._found: Sequence[Duplicate] = ()
        page = Page(
            view, view.family_form, self._begin, lambda: self._saving, self._fail, view.say, view.offer, view.failure
        )
        self._draft = DraftKeeping(page, services, runner, clock, privacy.name, wishes.told_saved)
        view.draft_due.connect(self.keep_draft)
        view.search_due.connect(self._search)
        view.save_asked.connect(self.save)
        view.leave_asked.connect(self.leave_as_draft)
        view.panel.answered.connect(self._answer)
        privacy.changed.connect(self._show_cards)

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> str:
        """The draft that stands on the page; '' while there is none."""
        return self._draft.id

    def panes(self) -> Sequence[QWidget]:
        """Form, look-alikes, actions."""
        return (self._view.form, self._view.panel, self._view.split.fold, self._view.footer)

    def opened(self) -> None:
        """Bring in what the boxes offer; a begun form goes on, an empty one offers the newest draft."""
        self._runner.start(lambda _step: self._services.choices(), self._view.set_choices, self._fail, owner=self._view)
        if not self._opened:
            self._opened = True
            self._begin(FamilyForm())
        self._view.start_typing()
        self._draft.offer_newest(self.open_draft)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Somebody may have come who looks like the person being typed."""
        if "Person" in kinds and self._opened:
            self._search()

    # --- drafts -----------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Write what was typed into the vault; also called before it is locked."""
        self._draft.keep()

    def leave_as_draft(self) -> None:
        """Put this person aside and begin the next."""
        self._draft.put_aside(_next_form)

    def open_draft(self, draft: Draft) -> None:
        """Go on with a draft, once what stands on the page is kept as one of its own."""

        def go_on() -> None:
            self._opened = True

        if draft.id != self._draft.id:
            self._draft.take_up(draft, go_on)

    # --- look-alikes ------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        question = self._question()
        if len(question.name) < LEAST_NAME:
            self._take(question, ())
            return
        self._runner.start(
            lambda _step: self._services.probable(question.name, question.sex, question.birth, question.address_before),
            lambda found: self._take(question, found),
            self._fail,
            owner=self._view,
        )

    def _question(self) -> Question:
        form = self._view.family_form()
        return Question.about(form.rows[0], form.address_before)

    def _take(self, question: Question, found: Sequence[Duplicate]) -> None:
        if question == self._question():
            self._found = found
            self._show_cards()

    def _show_cards(self) -> None:
        question, today = self._question(), self._clock.today()
        left = [one for one in self._found if one.line.id not in self._answers]
        self._view.show_cards(
            [
                CandidateCard(
                    Candidate(0, question, one),
                    who(one.line, self._words, today),
                    band_word(one.match.band),
                    self._privacy.name,
                )
                for one in left
            ]
        )

    def _answer(self, answer: Answer, candidate: Candidate) -> None:
        """The same person: what was typed goes, the record that is there opens. Every other answer settles the pair."""
        if answer == Answer.SAME:
            self._begin(_next_form(self._view.family_form()))
            self._wishes.open_person(candidate.found.line.id)
            return
        self._answers[candidate.found.line.id] = answer
        self._show_cards()

    # --- saving -----------------------------------------------------------------------------------------------------

    def save(self, open_after: bool) -> None:
        """Save the person; what cannot be kept is told at its place, and nothing typed is lost."""
        if self._saving:
            return
        decided = tuple(Alike(0, one, answer.value) for one, answer in self._answers.items() if answer != Answer.LATER)
        form = replace(self._view.family_form(), draft_id=self._draft.id, alike=decided)
        problems = [*self._view.problems(), *map(_at_field, self._services.check(form))]
        if problems:
            self._show_problems(problems)
            return
        self._saving = True
        self._runner.start(
            lambda _step: self._save(form),
            lambda outcome: self._ended(form, outcome, open_after),
            self._fail,
            owner=self._view,
        )

    def _save(self, form: FamilyForm) -> SavedFamily | list[FieldProblem]:
        try:
            return self._services.save(form)
        except FormProblems as found:
            return [_at_field(problem) for problem in found.problems]

    def _ended(self, form: FamilyForm, outcome: SavedFamily | list[FieldProblem], open_after: bool) -> None:
        self._saving = False
        if isinstance(outcome, list):
            self._show_problems(outcome)
            return
        self._begin(_next_form(form))
        self._view.say(sentences.saved_words(outcome, self._clock.now()), undo=lambda: self._undo_save(form, outcome))
        self._wishes.told_saved(_("Saved {time}").format(time=self._time()))
        self._wishes.changed(outcome.changes)
        if open_after:
            self._wishes.open_person(outcome.people[0].id)

    def _undo_save(self, form: FamilyForm, saved: SavedFamily) -> None:
        def undone(changes: Changes) -> None:
            self._draft.keep(lambda: self._begin(replace(form, draft_id="")))
            self._view.say(_("Taken back: this person is not registered. What was typed stands here."))
            self._wishes.changed(changes)

        self._runner.start(lambda _step: self._services.undo_save(saved.changes), undone, self._fail, owner=self._view)

    def _show_problems(self, problems: Sequence[FieldProblem]) -> None:
        self._view.form.show_problems(problems, _("Everything that was typed is still here."))
        self.keep_draft()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _begin(self, form: FamilyForm) -> None:
        self._draft.start_afresh()
        self._answers, self._found = {}, ()
        self._view.offer.hide()
        self._view.show_form(form)
        self._show_cards()

    def _time(self) -> str:
        return clock_time(self._clock.now())

    def _fail(self, error: AppError) -> None:
        self._saving = False
        errors.tell(self._view.failure, error)


def _next_form(form: FamilyForm) -> FamilyForm:
    """The form for the next person: where they stay and the language stay."""
    kept: dict[str, str] = {name: getattr(form, name) for name in STAYS}
    return replace(FamilyForm(), site_id=kept["site_id"], language=kept["language"])


def _at_field(problem: FieldProblem) -> FieldProblem:
    """A problem of the one row at its field on this page."""
    return FieldProblem(problem.field.removeprefix("rows.0."), problem.text)
