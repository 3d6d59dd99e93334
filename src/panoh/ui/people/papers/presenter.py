"""What happens on the workbench for lost papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.papers import PaperEvidence, PaperStep
from panoh.services import papers
from panoh.services.desk import Changes, Desk
from panoh.services.papers import LostPaper
from panoh.services.summaries import Made
from panoh.services.vault import write_file
from panoh.ui import errors
from panoh.ui.form_reader import FormReader
from panoh.ui.navigator import Navigator
from panoh.ui.people.papers.forms import EvidenceForm, LetterForm, StepForm
from panoh.ui.people.papers.model import PaperWords
from panoh.ui.people.papers.view import PapersView
from panoh.ui.saving import ask_pdf_path
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.controls import offered
from panoh.ui.widgets.small_form import SmallForm

T = TypeVar("T")


class PapersPresenter(ListScreen[PapersView], QObject):
    """One of the lists of the People screen."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "lost-papers"
    shown_kinds = frozenset({"IdentityDocument", "PaperStep", "PaperEvidence", "Person", "PersonName"})

    def __init__(
        self, view: PapersView, desk: Desk, runner: TaskRunner, navigator: Navigator, words: PaperWords
    ) -> None:
        super().__init__(view)
        self.title = _("Lost papers")
        self._view, self._desk, self._runner, self._navigator, self._words = view, desk, runner, navigator, words
        self._row: LostPaper | None = None
        self._form: SmallForm | None = None
        view.model.counted.connect(view.show_count)
        view.model.failed.connect(self._fail)
        view.table.current_changed.connect(self._show)
        view.table.opened.connect(lambda row: navigator.open_person(row.line.id))
        view.person_asked.connect(lambda: self._row and navigator.open_person(self._row.line.id))
        view.step_asked.connect(self._ask_step)
        view.evidence_asked.connect(self._ask_evidence)
        view.letter_asked.connect(self._ask_letter)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk = self._desk
        self._view.model.open(lambda: papers.count(desk), lambda offset, limit: papers.page(desk, offset, limit))

    def _show(self, row: LostPaper | None) -> None:
        self._row = row
        if row is None:
            return
        words = self._words
        title = _("{paper}: {fate}").format(paper=words.paper(row), fate=words.fate(row).lower())
        who = _("{name}, {number}").format(name=words.name(row), number=row.line.number)
        self._view.show_paper(
            title, who, [words.evidence(one) for one in row.evidence], [words.step(one) for one in row.steps]
        )

    def _ask_step(self) -> None:
        if self._row:
            self._open(StepForm(self._view, offered(self._desk.vocabularies, "paper_step")), self._add_step)

    def _ask_evidence(self) -> None:
        if self._row:
            self._open(EvidenceForm(self._view, offered(self._desk.vocabularies, "paper_evidence")), self._add_evidence)

    def _ask_letter(self) -> None:
        if self._row:
            self._open(LetterForm(self._view, offered(self._desk.vocabularies, "recipient")), self._make_letter)

    def _open(self, form: SmallForm, act: Callable[[SmallForm, LostPaper, dict[str, str]], None]) -> None:
        row = self._row
        self._form = form
        if row is not None:
            form.wanted.connect(lambda values: act(form, row, values))
            form.open()

    def _add_step(self, form: SmallForm, row: LostPaper, values: dict[str, str]) -> None:
        reader = FormReader(self._desk, values)
        days = {"taken_on": reader.day("taken_on"), "next_on": reader.day("next_on", ahead=True)}
        if not values["kind"]:
            reader.wrong("kind", _("Say what was done."))
        if reader.problems:
            form.show_problems(reader.problems)
            return
        step = PaperStep(
            id="", person_id=row.line.id, document_id=row.document.id, kind=values["kind"], office=values["office"], result=values["result"], **days,
        )  # fmt: skip
        self._write(form, lambda: papers.add_step(self._desk, step))

    def _add_evidence(self, form: SmallForm, row: LostPaper, values: dict[str, str]) -> None:
        if not values["what"]:
            form.show_problems([FieldProblem("what", _("Write what it is."))])
            return
        made = PaperEvidence(
            id="", person_id=row.line.id, document_id=row.document.id, kind=values["kind"], what=values["what"]
        )
        self._write(form, lambda: papers.add_evidence(self._desk, made))

    def _make_letter(self, form: SmallForm, row: LostPaper, values: dict[str, str]) -> None:
        plain = values["plain"] == "yes"
        if plain and not values["reason"]:
            form.show_problems([FieldProblem("reason", _("Write why it needs no password; it is recorded."))])
            return
        path = ask_pdf_path(form, _("Save the letter"), "letter.pdf")
        if path is None:
            return

        def make() -> Made:
            made = papers.letter(
                self._desk,
                row.line.id,
                values["recipient"],
                office=values["office"],
                plain=plain,
                reason=values["reason"],
            )
            write_file(path, made.pdf)
            return made

        def done(made: Made) -> None:
            form.accept()
            heading = _("The letter is saved and recorded as export {number}").format(number=made.export.export_no)
            words = _("The password, shown this once: {password}. Say it apart from the file.").format(
                password=made.password
            )
            self._view.told.say(words if made.password else _("It has no password."), heading=heading)
            self.changed.emit(made.changes)
            self._read()

        self._runner.start(lambda _progress: make(), done, form.fail, owner=self)

    def _write(self, form: SmallForm, write: Callable[[], Changes]) -> None:
        def done(changes: Changes) -> None:
            form.accept()
            self.changed.emit(changes)
            self._read()

        self._runner.start(lambda _progress: write(), done, form.fail, owner=self)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
