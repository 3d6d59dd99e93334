"""What happens on the Reports screen: the page as it would leave the vault, its checks, and saving it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.base.progress import Progress
from panoh.domain.lines import PersonLine
from panoh.domain.redaction import CARRY, LEFT_OUT, NAMED
from panoh.domain.summary import CaseSummary
from panoh.services import summaries
from panoh.services.desk import Desk
from panoh.services.passphrases import new_passphrase
from panoh.services.summaries import Made, Wanted
from panoh.services.vault import write_file
from panoh.ui import errors
from panoh.ui.reports.checks import Finding, Secrets, look_for, secrets_of
from panoh.ui.reports.preview import Paper, paint_page, read_paper
from panoh.ui.reports.view import SUPERVISOR_READER, ReportsView
from panoh.ui.tasks import FILES, TaskRunner
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


@dataclass(frozen=True, slots=True)
class _Shown:
    """The paper that shows: made from what, and what must not stand in it."""

    person_id: str
    level: str
    summary: CaseSummary = field(repr=False)
    secrets: Secrets = field(repr=False)
    pdf: bytes = field(repr=False)

    @property
    def numbers(self) -> tuple[str, str]:
        """Export number and check code as printed."""
        return self.summary.export_no, self.summary.check_code


CLIPBOARD_FOR = 30_000  # milliseconds that a copied password stays


def _clear_clipboard(password: str) -> None:
    """Empty the clipboard, unless something else was copied since."""
    if QGuiApplication.clipboard().text() == password:
        QGuiApplication.clipboard().clear()


class ReportsPresenter(QObject):
    """The screen of the frame. `open_report` is what a Navigator calls."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "reports"

    def __init__(self, view: ReportsView, desk: Desk, runner: TaskRunner) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Reports")
        self._view, self._wish, self._desk, self._runner = view, view.wish, desk, runner
        self._shown: _Shown | None = None
        self._asked = 0  # previews asked for: only the last one counts
        self._numbers: tuple[str, tuple[str, str]] | None = None  # person and level, and what is printed for them
        self._saving = False
        self._wish.password.set_password(new_passphrase())
        self._wish.picker.picked.connect(lambda _person_id: self._make_preview())
        self._wish.picker.edited.connect(self._nobody)
        self._wish.changed.connect(self._make_preview)
        self._wish.recipient_changed.connect(self._show_recipient)
        self._wish.save_asked.connect(self.save)
        view.preview.wanted.connect(self._paint)
        self._nobody()

    # --- the frame's side --------------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """Form, page, list of leaks or the line that it folds into."""
        return (self._wish, self._view.preview, self._view.leaks, self._view.split.fold)

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
        self._shown = None
        words = _("Say who it is about: type a name or a number, and take the one who is meant.")
        self._view.preview.show_paper(None, words)
        self._view.leaks.clear()
        self._wish.warning.say("")

    def _make_preview(self) -> None:
        person_id, wanted = self._wish.picker.person_id, self._wanted()
        if not person_id:
            return
        self._asked += 1
        self._shown = None  # the page on the screen is not the one that is wanted now
        mine, key = self._asked, f"{person_id} {wanted.level}"
        numbers = self._numbers[1] if self._numbers and self._numbers[0] == key else None

        def work(_progress: Progress) -> _Shown:
            summary, pdf, _leaks = summaries.preview(self._desk, person_id, wanted, numbers)
            secrets = secrets_of(self._desk, person_id, summary.names, wanted.level)
            return _Shown(person_id, wanted.level, summary, secrets, pdf)

        def show(shown: _Shown) -> None:
            if mine == self._asked:
                self._numbers = key, shown.numbers
                self._show(shown)

        self._runner.start(work, show, self._no_page, owner=self._view)

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        self._view.note.hide()

        def work(_progress: Progress) -> tuple[Paper, list[Finding]]:
            paper = read_paper(shown.pdf)
            name = _("Page {n}")
            texts = [(name.format(n=at), text) for at, text in enumerate(paper.texts, start=1)]
            texts.append((_("file data"), paper.file_data))
            texts.append((_("file name"), f"{shown.summary.export_no}.pdf"))
            return paper, look_for(shown.secrets, texts)

        def show(read: tuple[Paper, list[Finding]]) -> None:
            if shown is self._shown:
                self._show_paper(shown, *read)

        self._runner.start(work, show, self._fail, owner=self._view, lane=FILES)

    def _show_paper(self, shown: _Shown, paper: Paper, found: Sequence[Finding]) -> None:
        self._view.preview.show_paper(paper)
        clean = _("No name, phone, place, number of a paper or name of staff")
        if shown.level == NAMED:
            clean = _("No phone, place, number of a paper or name of staff; names stand in it as asked for")
        self._view.leaks.show_findings(found, clean)
        always = [_(fact) for fact in LEFT_OUT[shown.level]]
        if shown.level == CARRY:
            always = [_("every word and name"), _("the number of the case, the site"), _("what to do and not to do")]
        more = [(fact, _("in this case")) for fact in shown.summary.left_out]
        self._view.leaks.show_left_out([*((fact[:1].upper() + fact[1:], "") for fact in always), *more])
        self._show_recipient()
        words = ngettext("Look at the {n} thing found first", "Look at the {n} things found first", len(found))
        self._wish.warning.say(words.format(n=len(found)) if found else "")

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

    def _paint(self, at: int, width: int) -> None:
        shown = self._shown
        if shown is None:
            return

        def show(image: QImage) -> None:
            if shown is self._shown:
                self._view.preview.show_image(at, image)

        self._runner.start(
            lambda _progress: paint_page(shown.pdf, at, width), show, self._fail, owner=self._view, lane=FILES
        )

    # --- saving ------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the page that shows, protected unless it was said otherwise with a reason."""
        problems = self._problems()
        self._wish.show_problems(problems)
        shown = self._shown
        if problems or self._saving:
            return
        if shown is None:
            self._view.note.say(_("The page is not there yet. Nothing was saved. Wait a moment, then save again."))
            return
        offered = f"{shown.summary.export_no}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self._view, _("Save the paper"), offered, _("PDF (*.pdf)"))
        if not chosen:
            return
        path = Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf")
        self._saving = True
        self._wish.set_busy(True)
        work = partial(self._export, shown, self._wanted(), path)
        self._runner.start(lambda _progress: work(), partial(self._ended, path), self._fail, owner=self._view)

    def _export(self, shown: _Shown, wanted: Wanted, path: Path) -> tuple[Made, AppError | None]:
        """Record the paper, then write it: a paper that is out there and not recorded would be worse."""
        made = summaries.export_case(self._desk, shown.person_id, wanted, shown.numbers)
        try:
            write_file(path, made.pdf)
        except AppError as error:
            return made, error
        return made, None

    def _ended(self, path: Path, outcome: tuple[Made, AppError | None]) -> None:
        made, error = outcome
        self._end()
        self._numbers = None  # the next paper is another one
        self._wish.password.set_password(new_passphrase())
        self.changed.emit(made.changes)
        self._make_preview()
        if error is None:
            self._tell_saved(path, made)
            return
        words = _("{error} Export {number} is recorded, but there is no paper of it. Save again: it gets a new number.")
        self._view.note.say(words.format(error=error.sentence(), number=made.export.export_no))

    def _tell_saved(self, path: Path, made: Made) -> None:
        heading = _("Saved as {file}, recorded as export {number}").format(file=path.name, number=made.export.export_no)
        if made.password:
            words = _("The password, shown this once: {password}. Say it apart from the file.")
            self._view.saved.say(
                words.format(password=made.password),
                heading=heading,
                action=_("Copy"),
                run=partial(self._copy, made.password),
            )
        else:
            self._view.saved.say(_("It has no password: whoever finds the file can read it."), heading=heading)

    @staticmethod
    def _copy(password: str) -> None:
        QGuiApplication.clipboard().setText(password)
        QTimer.singleShot(CLIPBOARD_FOR, lambda: _clear_clipboard(password))

    def _wanted(self) -> Wanted:
        wish = self._wish
        plain = wish.plain.isChecked()
        needs_reason = plain or wish.level.value() == NAMED
        return Wanted(
            level=wish.level.value(),
            language=wish.language.value() or "en",
            recipient=wish.reader(),
            reason=wish.reason.text().strip() if needs_reason else "",
            plain=plain,
            password="" if plain else wish.password.line.text(),
        )

    def _problems(self) -> list[FieldProblem]:
        wanted, found = self._wanted(), []
        if not self._wish.picker.person_id:
            found.append(FieldProblem("who", _("Take the person it is about")))
        if not wanted.recipient:
            found.append(FieldProblem("recipient", _("Say for whom it is")))
        if (wanted.plain or wanted.level == NAMED) and not wanted.reason:
            found.append(FieldProblem("reason", _("Say why: it is recorded")))
        return found

    # --- inside ------------------------------------------------------------------------------------------------------

    def _end(self) -> None:
        self._saving = False
        self._wish.set_busy(False)

    def _no_page(self, error: AppError) -> None:
        self._shown = None
        self._view.preview.show_paper(None, error.sentence())
        self._view.leaks.clear()

    def _fail(self, error: AppError) -> None:
        self._end()
        errors.tell(self._view.note, error)
