"""People who are perhaps registered already: searched while one types, shown beside the grid, answered there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from panoh.base.clock import Clock
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.domain.vocabulary import Vocabularies
from panoh.services.duplicates import Duplicate
from panoh.services.registration import Alike, FamilyRow
from panoh.ui.match_words import band_word
from panoh.ui.privacy import Privacy
from panoh.ui.registration.candidates import Answer, Candidate, Question, who
from panoh.ui.registration.duplicates_panel import CandidateCard, announcement
from panoh.ui.registration.grid_model import DUPLICATE
from panoh.ui.registration.lines import Line
from panoh.ui.registration.services import FamilyServices
from panoh.ui.registration.view import RegisterFamilyView
from panoh.ui.tasks import TaskRunner

LEAST_NAME = 3  # letters below which a name says nothing yet
MOST_CARDS = 5

_Found = dict[Question, Sequence[Duplicate]]


class LookAlikes:
    """Asks for look-alikes of the rows that changed, one search at a time, and keeps what was answered."""

    def __init__(
        self,
        view: RegisterFamilyView,
        services: FamilyServices,
        runner: TaskRunner,
        clock: Clock,
        words: Vocabularies,
        privacy: Privacy,
        on_change: Callable[[], object],
    ) -> None:
        self._view, self._services, self._runner = view, services, runner
        self._clock, self._words, self._privacy = clock, words, privacy
        self._on_change = on_change
        self._running = self._again = False
        self.start_afresh()
        view.panel.answered.connect(self.answer)
        privacy.changed.connect(self._show)

    def start_afresh(self) -> None:
        """A new family: no answers, nothing found yet."""
        self._found: _Found = {}
        self._decided: dict[tuple[str, str], Answer] = {}
        self._later: set[tuple[Question, str]] = set()
        self._announced: set[str] = set()
        self._same: list[tuple[FamilyRow, str]] = []
        self._candidates: list[Candidate] = []
        self._show()

    def rows_changed(self) -> None:
        """A row came, went or changed: what is known stands with the right rows before the next search."""
        if self._standing() != self._candidates:
            self._show()

    def forget(self) -> None:
        """The people in the vault changed: what was found is out of date."""
        self._found = {}

    def search(self) -> None:
        """Look for those rows that were not looked for as they stand now."""
        if self._running:
            self._again = True
            return
        wanted = [question for _at, question in self._questions()]
        new = [question for question in dict.fromkeys(wanted) if question not in self._found]
        if not new:
            self._take({})
            return
        self._running = True

        def work(progress: Progress) -> _Found:
            found: _Found = {}
            for done, question in enumerate(new):
                progress.step(done, len(new))
                found[question] = self._services.probable(
                    question.name, question.sex, question.birth, question.address_before
                )
            return found

        self._runner.start(work, self._arrived, lambda _error: self._arrived({}), owner=self._view)

    def marks(self) -> dict[int, list[str]]:
        """The rows that someone is shown for."""
        return {candidate.at: [DUPLICATE] for candidate in self._candidates}

    def lines(self) -> list[Line]:
        """What became of rows that were taken out because the person is registered already."""
        words = _("{name} is registered already as {number}: the row was taken out. Ctrl+Z brings it back.")
        rows = self._view.model.rows()
        return [
            Line("state.perhaps_duplicate", "note_line", words.format(name=self._privacy.name(row.name), number=number))
            for row, number in self._same
            if row not in rows
        ]

    def answer(self, answer: Answer, candidate: Candidate) -> None:
        """Different and relatives settle the pair, later puts it off until the row changes, same takes the row out."""
        in_panel = self._view.panel.has_focus()
        line = candidate.found.line
        if answer == Answer.SAME:
            self._same.append((self._view.model.remove_row(candidate.at), line.number))
        elif answer in (Answer.DIFFERENT, Answer.RELATIVES):
            self._decided[candidate.key] = answer
        else:
            self._later.add((candidate.question, line.id))
        self._show()
        self._on_change()
        if in_panel and (not self._candidates or answer == Answer.SAME):
            self._view.split.close_side()
            self._view.go_back_to_grid()

    def alike(self) -> tuple[Alike, ...]:
        """What was decided about rows that still stand in the form: the service remembers it for ever."""
        return tuple(
            Alike(at, person_id, answer.value)
            for at, question in self._questions()
            for (name, person_id), answer in self._decided.items()
            if name == question.name
        )

    # --- inside -----------------------------------------------------------------------------------------------------

    def _questions(self) -> list[tuple[int, Question]]:
        form = self._view.form()
        asked = [(at, Question.about(row, form.address_before)) for at, row in enumerate(form.rows)]
        return [(at, question) for at, question in asked if len(question.name) >= LEAST_NAME]

    def _arrived(self, found: _Found) -> None:
        self._running = False
        self._take(found)
        if self._again:
            self._again = False
            self.search()

    def _take(self, found: _Found) -> None:
        standing = {question for _at, question in self._questions()}
        known = {**self._found, **found}
        self._found = {question: people for question, people in known.items() if question in standing}
        if self._standing() != self._candidates:
            self._show()
        self._on_change()

    def _show(self) -> None:
        """Show who is left after the answers; a screen reader hears of new people once."""
        self._candidates = self._standing()
        cards = [
            CandidateCard(
                candidate,
                who(candidate.found.line, self._words, self._clock.today()),
                band_word(candidate.found.match.band),
                self._privacy.name,
            )
            for candidate in self._candidates
        ]
        panel = self._view.panel
        panel.show_cards(cards)
        self._view.split.set_fold_words(". ".join([panel.summary(), *(card.brief() for card in cards[:1])]))
        people = {candidate.found.line.id for candidate in self._candidates}
        if people - self._announced:
            self._announced |= people
            self._view.announce(announcement(len(people)))

    def _found_for(self, question: Question) -> Sequence[Duplicate]:
        """What was found; until a row that changed was looked for again, what was found for the same name."""
        if question in self._found:
            return self._found[question]
        return next((people for known, people in self._found.items() if known.name == question.name), ())

    def _standing(self) -> list[Candidate]:
        made = [
            Candidate(at, question, found)
            for at, question in self._questions()
            for found in self._found_for(question)
            if (question, found.line.id) not in self._later
        ]
        left = [candidate for candidate in made if candidate.key not in self._decided]
        return sorted(left, key=lambda candidate: (-candidate.found.match.score, candidate.at))[:MOST_CARDS]
