"""What happens on the Reports screen: the page as it would leave the vault, its checks, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.domain.leaks import Leak, not_found
from panoh.domain.lines import PersonLine
from panoh.domain.redaction import CARRY, LEFT_OUT, NAMED
from panoh.services import summaries
from panoh.services.desk import Desk
from panoh.services.summaries import Made, Wanted
from panoh.ui.navigator import Navigator
from panoh.ui.reports.answers import Answers
from panoh.ui.reports.key_sheets import KeySheets
from panoh.ui.reports.paper_presenter import PaperPresenter
from panoh.ui.reports.shown import Shown
from panoh.ui.reports.view import SUPERVISOR_READER, ReportsView
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.look_up import line_of
from panoh.ui.widgets.choices import Choice

_SHOWN_KINDS = frozenset({"Person", "Household", "Case", "CaseOption", "CaseAction", "SpecificNeed", "Consent", "Task"})
_SHOWN_KINDS |= {"RefoulementAssessment", "LevelOverride", "IdentityDocument", "TracingRequest", "Note", "Unanswered"}


def recipients(desk: Desk) -> list[Choice]:
    """For whom a paper may be, by the code list; the form puts a supervisor before them."""
    return [(term.code, desk.name_of("recipient", term.code)) for term in desk.vocabularies["recipient"].offers()]


def languages() -> list[Choice]:
    """The languages that a paper can speak."""
    return list(summaries.language_names().items())


class ReportsPresenter(PaperPresenter):
    """The screen of the frame. `open_report` is what a Navigator calls."""

    _shown: Shown | None

    def __init__(self, view: ReportsView, desk: Desk, runner: TaskRunner, navigator: Navigator) -> None:
        super().__init__(view.wish, view, desk, runner, navigator)
        self.title = _("Reports")
        self._wish = view.wish
        self._numbers: tuple[str, tuple[str, str]] | None = None  # person and level, and what is printed for them
        self._answers_for = ""  # whose paper
        self._decided = False  # the keys go on to the next leak once the page shows again
        self.key_sheets = KeySheets(view, desk, runner, self._leaving, self._make_preview)
        self._wish.picker.picked.connect(lambda _person_id: self._make_preview())
        self._wish.picker.edited.connect(self._nobody)
        self._wish.recipient_changed.connect(self._show_recipient)
        self._wish.key_sheet_asked.connect(self.key_sheets.open)
        self._nobody()

    # --- the frame's side --------------------------------------------------------------------------------------------

    @property
    def subject(self) -> str:
        """Whom the paper is about; '' while that is not said."""
        return self._wish.picker.person_id

    def opened(self) -> None:
        """Read the page again; the keys go where one is missing: who it is about, or saving."""
        if self._wish.picker.person_id:
            self._make_preview()
        self._wish.form.rows["who"].take_focus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """What the paper tells may have changed."""
        if kinds & _SHOWN_KINDS and not self._saving:
            self._make_preview()

    def open_report(self, person_id: str) -> None:
        """Begin the case summary of this person."""
        self._runner.start(
            lambda _progress: line_of(self._desk, person_id), self._take_person, self._fail, owner=self._view
        )

    # --- the page ----------------------------------------------------------------------------------------------------

    def _take_person(self, line: PersonLine | None) -> None:
        if line is not None:
            self._wish.picker.show_person(line)
            self._make_preview()

    def _nobody(self) -> None:
        self._asked += 1
        self._no_page(_("Say who it is about: type a name or a number, and take the one who is meant."))

    def _make_preview(self) -> None:
        person_id = self._wish.picker.person_id
        if not person_id:
            return
        if person_id != self._answers_for:
            self._answers, self._answers_for = Answers(), person_id
        wanted = self._wanted()
        self._asked += 1
        self._shown = None  # the page on the screen is not the one that is wanted now
        mine, key = self._asked, f"{person_id} {wanted.level}"
        numbers = self._numbers[1] if self._numbers and self._numbers[0] == key else None

        def work(_progress: Progress) -> Shown:
            made = summaries.preview(self._desk, person_id, wanted, numbers)
            return Shown(person_id, wanted.level, made.summary, made.pdf, made.leaks)

        def show(shown: Shown) -> None:
            if mine == self._asked:
                self._numbers = key, shown.numbers
                self._show(shown)

        self._runner.start(work, show, lambda error: self._no_page(error.sentence()), owner=self._view)

    def _tell_leaks(self, still: Sequence[Leak]) -> None:
        shown = self._shown
        if shown is None:
            return
        clean = not_found(shown.level, shown.leaks)
        if shown.level == NAMED:
            clean = _("{nothing}; names stand in it as asked for").format(nothing=clean)
        self._view.leaks.show_leaks(still, self._answers.decided(shown.leaks), clean)
        always = [_(fact) for fact in LEFT_OUT[shown.level]]
        if shown.level == CARRY:
            always = [_("every word and name"), _("the number of the case, the site"), _("what to do and not to do")]
        facts = [*((fact, "") for fact in always), *((fact, _("in this case")) for fact in shown.summary.left_out)]
        self._view.leaks.show_left_out([(fact[:1].upper() + fact[1:], why) for fact, why in facts])
        self._show_recipient()

    def _show_leaks(self) -> None:
        super()._show_leaks()
        if self._decided and self._shown is not None:
            self._decided = False
            self._go_on()

    # --- what gives somebody away --------------------------------------------------------------------------------------

    def _leave_out(self, leak: Leak) -> None:
        self._decided = True
        super()._leave_out(leak)

    def _take_back(self, words: str) -> None:
        self._decided = True
        super()._take_back(words)

    def _change(self, leak: Leak) -> None:
        """Go to the field where the words were typed; coming back the page is made anew."""
        place = next((place for place in leak.places if place.field != "tasks"), None)
        if place is not None and self._shown is not None:
            field = {"done": "actions"}.get(place.field, place.field)
            key = f"{field}.{place.at}.{place.part}" if place.part else field
            self._navigator.open_case_field(self._shown.person_id, key)

    def _show_recipient(self) -> None:
        shown = self._shown
        if shown is None:
            return
        reader = self._wish.reader()
        answers = {line.label.casefold(): line.answer for line in shown.summary.consents}
        answer = answers.get(reader.casefold())
        if self._wish.recipient.value() == SUPERVISOR_READER:
            consent = _("A supervisor reads it inside this organisation.")
        elif answer is None:
            consent = _("Nobody asked the person about this reader.")
        else:
            told = {"yes": _("yes"), "no": _("no"), "partly": _("partly")}.get(answer, _("not asked"))
            consent = _("Consent for this recipient: {answer}").format(answer=told)
        recorded = _("Saving records it as export {number}").format(number=shown.summary.export_no)
        self._view.leaks.show_recipient(consent, recorded)

    # --- leaving -----------------------------------------------------------------------------------------------------

    def _making(self, *, printing: bool) -> Callable[[], Made]:
        shown = self._shown
        assert shown is not None  # noqa: S101 - a page shows that may leave
        wanted = self._wanted(printing=printing)
        return partial(summaries.export_case, self._desk, shown.person_id, wanted, shown.numbers)

    def _ended(self, made: Made) -> None:
        self._numbers = None  # the next paper is another one
        super()._ended(made)

    def _wanted(self, *, printing: bool = False) -> Wanted:
        wish = self._wish
        plain = wish.plain.isChecked()
        needs_reason = plain or printing or wish.level.value() == NAMED
        return Wanted(
            level=wish.level.value(),
            language=wish.language.value() or "en",
            recipient=wish.reader(),
            reason=wish.reason.text().strip() if needs_reason else "",
            plain=plain and not printing,
            printed=printing,
            password="" if plain or printing else wish.password.line.text(),
            leave_out=self._answers.left_out,
            kept=self._answers.kept,
        )

    def _problems(self, *, printing: bool) -> list[FieldProblem]:
        wanted, found = self._wanted(printing=printing), []
        if not self._wish.picker.person_id:
            found.append(FieldProblem("who", _("Take the person it is about")))
        if not wanted.recipient:
            found.append(FieldProblem("recipient", _("Say for whom it is")))
        if (wanted.unprotected or wanted.level == NAMED) and not wanted.reason:
            found.append(FieldProblem("reason", _("Say why: it is recorded")))
        return found
