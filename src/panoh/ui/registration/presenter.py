"""Register a family: drafts within two seconds, duplicates while one types, one save for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from panoh.base.clock import Clock
from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import clock_time
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.desk import Changes
from panoh.services.drafts import Draft
from panoh.services.registration import GROUP, FamilyForm, SavedFamily
from panoh.ui.privacy import Privacy
from panoh.ui.registration import cells, drafts, sentences
from panoh.ui.registration.draft_keeping import DraftKeeping, Page
from panoh.ui.registration.grid_model import TRACING
from panoh.ui.registration.household_block import remembered
from panoh.ui.registration.lines import Line
from panoh.ui.registration.look_alikes import LookAlikes
from panoh.ui.registration.services import FamilyServices
from panoh.ui.registration.view import RegisterFamilyView
from panoh.ui.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the screen wants of the frame."""

    open_person: Callable[[str], object]
    changed: Callable[[Changes], object]
    told_saved: Callable[[str], object]  # words for the status bar


class RegisterFamily:
    """The screen of the frame: decides what the page shows and when something is written."""

    help_page = "register-family"

    def __init__(
        self,
        view: RegisterFamilyView,
        services: FamilyServices,
        runner: TaskRunner,
        clock: Clock,
        words: Vocabularies,
        privacy: Privacy,
        wishes: Wishes,
    ) -> None:
        self.title = _("Register a family")
        self._view, self._services, self._runner = view, services, runner
        self._clock, self._words, self._wishes = clock, words, wishes
        self._saving = False
        self._opened = False
        self.look_alikes = LookAlikes(view, services, runner, clock, words, privacy, self._show_rows)
        self._privacy = privacy
        self._told = ""
        page = Page(view, view.form, self._begin, lambda: self._saving, self._fail, view.say, view.offer, view.failure)
        self._draft = DraftKeeping(page, services, runner, clock, privacy.name, wishes.told_saved)
        view.model.say_name = privacy.name
        view.edited.connect(self._rows_changed)
        view.told.connect(self._tell)
        privacy.changed.connect(view.model.repaint)
        privacy.changed.connect(self._show_rows)
        view.draft_due.connect(self.keep_draft)
        view.search_due.connect(self.look_alikes.search)
        view.save_asked.connect(self.save)
        view.leave_asked.connect(self.leave_as_draft)

    # --- the frame's side -------------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> str:
        """The draft that stands on the page; '' while there is none."""
        return self._draft.id

    def panes(self) -> Sequence[QWidget]:
        """What F6 goes round."""
        return self._view.panes()

    def opened(self) -> None:
        """Bring in what the boxes offer. An empty form offers the newest draft, a begun one goes on."""
        self._load_choices()
        if not self._opened:
            self._opened = True
            self._begin(FamilyForm())
        elif self._typed():
            self._view.go_back_to_grid()
        else:
            self._view.start_typing()
        self._draft.offer_newest(self.open_draft)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Sites may be new; people may have come who look like those being typed."""
        if "Site" in kinds:
            self._load_choices()
        if "Person" in kinds:
            self.look_alikes.forget()
            self.look_alikes.search()

    # --- drafts -----------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Write what was typed into the vault; also called before the vault is locked."""
        self._draft.keep()

    def leave_as_draft(self) -> None:
        """Put this family aside as a draft and begin the next, once the draft stands in the vault."""
        self._draft.put_aside(remembered)

    def open_draft(self, draft: Draft) -> None:
        """Go on with a draft, once what stands on the page now is kept as a draft of its own."""

        def go_on() -> None:
            self._opened = True
            self._view.go_back_to_grid()

        if draft.id == self._draft.id:
            self._view.go_back_to_grid()
        else:
            self._draft.take_up(draft, go_on)

    # --- saving -----------------------------------------------------------------------------------------------------

    def save(self, open_after: bool) -> None:
        """Save the family; what cannot be kept is told at its place, and nothing typed is lost."""
        if self._saving:
            return
        form = replace(self._view.form(), draft_id=self._draft.id, alike=self.look_alikes.alike())
        problems = self._problems(form)
        if problems:
            self._show_problems(problems)
            return
        self._saving = True
        self._view.set_busy(True)
        self._runner.start(
            lambda _progress: self._save(form),
            lambda outcome: self._ended(form, outcome, open_after),
            self._save_failed,
            owner=self._view,
        )

    def _save(self, form: FamilyForm) -> SavedFamily | list[FieldProblem]:
        try:
            return self._services.save(form)
        except FormProblems as found:
            return found.problems

    def _problems(self, form: FamilyForm) -> list[FieldProblem]:
        """Every reason at once: cells that cannot be read, and what the services would refuse."""
        blocks = [*self._view.household.problems(), *(self._view.group.problems() if form.depth == GROUP else [])]
        household = {problem.field: problem.text for problem in blocks}
        unread = {f"rows.{at}.{cells.FIELDS[column]}": words for at, column, words in self._view.model.unreadable()}
        refused = {problem.field: problem.text for problem in self._services.check(form)}
        found = [FieldProblem(field, words) for field, words in {**household, **unread, **refused}.items()]
        return sorted(found, key=lambda problem: sentences.place(problem.field))

    def _ended(self, form: FamilyForm, outcome: SavedFamily | list[FieldProblem], open_after: bool) -> None:
        self._saving = False
        self._view.set_busy(False)
        if isinstance(outcome, list):
            self._show_problems(outcome)
            return
        words = sentences.saved_words(outcome, self._clock.now())
        self._begin(remembered(form))
        self._view.say(words, undo=lambda: self._undo_save(form, outcome))
        self._wishes.told_saved(_("Saved {time}").format(time=self._time()))
        self._wishes.changed(outcome.changes)
        if open_after:
            self._wishes.open_person(_head_of(outcome))

    def _undo_save(self, form: FamilyForm, saved: SavedFamily) -> None:
        """Take a family that was just saved out of the vault and put it back on the page; what stands there is kept."""

        def undone(changes: Changes) -> None:
            self._draft.keep(lambda: self._begin(replace(form, draft_id="")))
            words = _("Taken back: nobody of this family is registered. It stands here as it was typed.")
            self._view.say(words)
            self._wishes.changed(changes)

        self._runner.start(
            lambda _progress: self._services.undo_save(saved.changes), undone, self._save_failed, owner=self._view
        )

    def _show_problems(self, problems: list[FieldProblem]) -> None:
        entries = [(problem.field, sentences.told(problem), problem.text) for problem in problems]
        self._view.show_problems(entries, _("Everything that was typed is still here."))
        self.keep_draft()

    def _save_failed(self, error: AppError) -> None:
        self._saving = False
        self._view.set_busy(False)
        self._fail(error)
        self.keep_draft()

    def _fail(self, error: AppError) -> None:
        """Say what went wrong, once, and that nothing typed is lost."""
        words = _("{what} What you typed still stands here.").format(what=error.sentence())
        if self._view.failure.isHidden() or self._view.failure.words() != words.rstrip("."):
            self._view.failure.say(words)

    # --- what the page says -----------------------------------------------------------------------------------------

    def _begin(self, form: FamilyForm) -> None:
        self._draft.start_afresh()
        self._told = ""
        self.look_alikes.start_afresh()
        self._view.show_form(form)
        self._view.note.hide()
        self._view.offer.hide()
        self._show_rows()
        self._view.start_typing()

    def _typed(self) -> bool:
        return drafts.worth_keeping(self._view.form())

    def _rows_changed(self) -> None:
        self._told = ""
        self.look_alikes.rows_changed()
        self._show_rows()

    def _tell(self, words: str) -> None:
        """What a key in the grid did: the last line, until the next change."""
        self._told = words
        self._show_rows()
        self._view.announce(words)

    def _show_rows(self) -> None:
        """The number of members, the marks, the lines under the grid."""
        model = self._view.model
        rows = model.rows()
        marks = self.look_alikes.marks()
        sought = sentences.sought(rows) if sentences.someone_here(rows) else []
        model.set_marks({at: [*marks.get(at, ()), *([TRACING] if at in sought else [])] for at in range(len(rows))})
        self._view.set_members(sentences.members(rows))
        self._view.lines.show_lines(
            [
                *(Line("state.error", "error", sentences.cell_told(*problem)) for problem in model.problems()),
                *sentences.consequences(rows, self._words["presence"], self._clock.now(), self._privacy.name),
                *self.look_alikes.lines(),
                *([Line("action.help", "secondary", self._told)] if self._told else []),
            ]
        )
        if self._typed():
            self._view.offer.hide()

    def _time(self) -> str:
        return clock_time(self._clock.now())

    def _load_choices(self) -> None:
        show = self._view.household.set_choices
        self._runner.start(lambda _progress: self._services.choices(), show, self._fail, owner=self._view)


def _head_of(saved: SavedFamily) -> str:
    return next((person.id for person in saved.people if person.relation == "head"), saved.people[0].id)
