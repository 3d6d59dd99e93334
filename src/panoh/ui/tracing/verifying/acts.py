"""What is asked in small forms on the worksheet: a question of one's own, a supervisor's decision, how the sheet leaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.verification import uncleared
from panoh.services import decisions, verification, verification_asking, verification_papers
from panoh.services.decisions import Verdict
from panoh.services.desk import Changes, Desk
from panoh.services.summaries import Made
from panoh.services.vault import write_file
from panoh.services.verification_compared import Compared
from panoh.ui.form_drafts import FormDraft
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.locking import clipboard
from panoh.ui.saving import ask_pdf_path
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.verifying.forms import WORDS, HandOverForm, SheetForm, SignForm, WordsForm, needed_reason
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm

Written = Callable[[Changes], object]
_DRAFTED = (WordsForm, HandOverForm)


class Acts:
    """Opens the forms over the worksheet; `written` is told what changed, `told_saved` words for the status bar."""

    def __init__(
        self, view: QWidget, told: NoteBar, desk: Desk, runner: TaskRunner, written: Written,
        told_saved: Callable[[str], object],
    ) -> None:  # fmt: skip
        self._view, self._told, self._desk, self._runner = view, told, desk, runner
        self._written, self._told_saved = written, told_saved
        self._found: Compared | None = None
        self.form: SmallForm | None = None

    def take(self, found: Compared | None) -> None:
        """Work on this verification."""
        self._found = found

    @property
    def _id(self) -> str:
        return self._found.verification.id if self._found else ""

    def ask_question(self) -> None:
        """Add a question that both sides are asked."""
        said = _("Both sides are asked it. Ask what only the two can know.")
        form = WordsForm(self._view, _("A question of your own"), said, _("Question"), _("Add it"), key="words")
        desk, found = self._desk, self._id
        self.open(form, lambda v: partial(verification.add_question, desk, found, v.text("words")), self._written)

    def ask_give_up(self) -> None:
        """End it without a result."""
        said = _(
            "It ends without a result; the candidate stays as decided. A new one may begin later, with other questions."
        )
        form = WordsForm(self._view, _("Give this verification up"), said, _("Why"), _("Give it up"))
        desk, found = self._desk, self._id
        self.open(form, lambda v: partial(verification.give_up, desk, found, v.text(WORDS)), self._written)

    def ask(self, saving: Callable[[], Changes] | None) -> None:
        """Ask a supervisor about contact; `saving` keeps first what is typed."""
        desk, found = self._desk, self._id
        said = _("The supervisor reads how the answers agree and what you noted, and decides about contact only.")
        form = WordsForm(self._view, _("Ask a supervisor"), said, _("What is asked"), _("Ask"))

        def read(values: FormReader) -> Callable[[], Changes]:
            why = values.needed(WORDS, _("Say what is asked, and why: a supervisor decides from it."))

            def work() -> Changes:
                if saving is not None:
                    saving()
                return verification_asking.ask_contact(desk, found, why)[1]

            return work

        self.open(form, read, self._written)

    def ask_hand_over(self) -> None:
        """Ask a supervisor about the hand-over."""
        desk, found, shown = self._desk, self._id, self._found
        differing = {one.id: shown.labels[one.id] for one in uncleared(shown.questions)} if shown else {}
        form = HandOverForm(self._view, differing)

        def read(values: FormReader) -> Callable[[], Changes]:
            cleared = {question: values.text(f"cleared.{question}") for question in differing}
            work = partial(verification_asking.ask_hand_over, desk, found, values.text(WORDS), cleared)
            return partial(_second, work)

        self.open(form, read, self._written)

    def sign(self) -> None:
        """Decide as a supervisor."""
        found = self._found
        if found is None or found.asked is None:
            return
        form, asked, desk = (
            SignForm(self._view, f"{found.headline}\n{found.asked_by}", (*found.warnings, *found.before)),
            found.asked.id,
            self._desk,
        )

        def read(values: FormReader) -> Callable[[], Changes]:
            decision = values.needed("decision", _("Choose what was decided."))
            return partial(decisions.decide, desk, asked, Verdict(decision=decision, words=values.text("words")))

        self.open(form, read, self._written)

    def ask_sheet(self) -> None:
        """Ask by when it is answered and how the sheet leaves, then where it is saved."""
        form, desk, found = SheetForm(self._view), self._desk, self._id
        made: list[Made] = []

        def read(values: FormReader) -> Callable[[], Changes]:
            plain, reason = needed_reason(values)
            by = values.moment("answer_on", "answer_at")
            path = None if values.problems else ask_pdf_path(form, _("Save the sheet"), "sheet.pdf")
            if path is None and not values.problems:
                values.wrong("plain", _("No file was chosen: nothing was made."))
            wanted = verification_papers.Wanted(plain=plain, reason=reason, answer_by=by)

            def make() -> Changes:
                made.append(verification_papers.make(desk, found, wanted))
                if path is not None:
                    write_file(path, made[-1].pdf)
                return made[-1].changes

            return make

        def done(changes: Changes) -> None:
            self._written(changes)
            self._tell_sheet(made[-1])

        self.open(form, read, done)

    def _tell_sheet(self, made: Made) -> None:
        heading = _("The sheet is saved and recorded as export {number}").format(number=made.export.export_no)
        if made.password:
            words = _("The password, shown this once: {password}. Say it apart from the file.")
            told = words.format(password=made.password)
            self._told.say(told, heading=heading, action=_("Copy"), run=partial(clipboard.copy, made.password))
        else:
            self._told.say(_("It has no password: whoever finds it can read it."), heading=heading)

    def open(self, form: SmallForm, read: Callable[[FormReader], Callable[[], Changes]], done: Written) -> None:
        """Open a form; one of words keeps its draft."""
        self.form = form
        if isinstance(form, _DRAFTED) and self._found is not None:
            FormDraft(form, self._desk, self._runner, self._found.found.id, told=self._told_saved)
        open_form(form, self._desk, self._runner, read, done)


def _second(work: Callable[[], tuple[object, Changes]]) -> Changes:
    return work()[1]
