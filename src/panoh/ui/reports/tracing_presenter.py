"""What happens with the papers of family tracing: the page as it would leave, its checks, saving and printing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.base.progress import Progress
from panoh.domain.leaks import Leak
from panoh.domain.lines import PersonLine
from panoh.domain.redaction import NAMED
from panoh.domain.tracing_papers import (
    BLANK_FORM,
    FAMILY,
    FORM,
    NEWS,
    OF_PERSON,
    OF_REQUEST,
    PUBLIC,
)
from panoh.services import people, tracing, tracing_papers
from panoh.services.desk import Desk
from panoh.services.passphrases import new_passphrase
from panoh.services.summaries import Made
from panoh.services.tracing_papers import Asked, News, Preview, Wanted
from panoh.ui import errors
from panoh.ui.navigator import Navigator
from panoh.ui.reports.answers import Answers
from panoh.ui.reports.leaving import Leaving
from panoh.ui.reports.preview import Paper, paint_page, read_paper
from panoh.ui.reports.tracing_pane import CHECKED, TracingPane, clean_words, never_on
from panoh.ui.reports.view import PaperView
from panoh.ui.tasks import FILES, TaskRunner

_SHOWN_KINDS = frozenset(
    {
        "Person",
        "Household",
        "KinLink",
        "Consent",
        "TracingRequest",
        "MatchDecision",
        "Reunification",
        "Attachment",
        "Shield",
    }
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The paper that shows, and what it was asked for."""

    asked: Asked
    made: Preview = field(repr=False)


class TracingPapersPresenter(QObject):
    """The second part of the Reports screen."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "reports"

    def __init__(
        self, pane: TracingPane, view: PaperView, desk: Desk, runner: TaskRunner, navigator: Navigator
    ) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Papers of tracing")
        self._pane, self._view, self._desk, self._runner, self._navigator = pane, view, desk, runner, navigator
        self._shown: _Shown | None = None
        self._asked = 0  # previews asked for: only the last one counts
        self._answers = Answers()
        self._answers_for = ("", "")  # kind, and whose paper
        self._saving = False
        self._leaving = Leaving(view, runner)
        pane.password.set_password(new_passphrase())
        pane.changed.connect(self._make_preview)
        pane.save_asked.connect(self.save)
        pane.print_asked.connect(self.print_paper)
        cards = view.leaks.cards
        cards.leave_out_asked.connect(self._leave_out)
        cards.keep_asked.connect(self._keep)
        cards.take_back_asked.connect(self._take_back)
        cards.change_asked.connect(self._change)
        view.preview.wanted.connect(self._paint)

    # --- the frame's side --------------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """Form, page, list of leaks or the line that it folds into."""
        return (self._pane, self._view.preview, self._view.leaks, self._view.split.fold)

    def opened(self) -> None:
        """Make the page anew; the keys go where one is chosen."""
        self._make_preview()
        self._pane.form.rows["kind"].take_focus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """What the paper tells may have changed."""
        if kinds & _SHOWN_KINDS and not self._saving and self._view.isVisible():
            self._make_preview()

    def open_paper(self, kind: str, about: str = "") -> None:
        """Begin this paper; `about` is the id of the request of its form, else of the person."""
        self._pane.kind.set_value(kind)
        self._pane.needs_names(False)

        def work(_progress: Progress) -> tuple[str, PersonLine | None]:
            if kind == FORM and about:
                return tracing.request(self._desk, about).number, None
            return "", people.line(self._desk, about) if about else None

        def show(found: tuple[str, PersonLine | None]) -> None:
            number, line = found
            self._pane.request.setText(number)
            if line is not None:
                self._pane.picker.show_person(line)
            self._make_preview()

        self._runner.start(work, show, self._fail, owner=self._view)

    # --- the page ----------------------------------------------------------------------------------------------------

    def _make_preview(self) -> None:
        pane = self._pane
        kind = pane.kind.value()
        whose = pane.request.text().strip() if kind in OF_REQUEST else pane.picker.person_id
        if (kind, whose) != self._answers_for:
            self._answers, self._answers_for = Answers(), (kind, whose)
        self._asked += 1
        self._shown = None  # the page on the screen is not the one that is wanted now
        if missing := self._pane.missing():
            self._no_page(missing[0].text)
            return
        mine, wanted, news = self._asked, self._wanted(), self._news()

        def work(_progress: Progress) -> _Shown | FormProblems:
            about = self._about(kind, whose)
            try:
                asked = Asked(kind=kind, about=about, news=news)
                return _Shown(asked, tracing_papers.preview(self._desk, asked, wanted))
            except FormProblems as found:
                return found

        def show(found: _Shown | FormProblems) -> None:
            if mine != self._asked:
                return
            if isinstance(found, FormProblems):
                self._no_page(found.problems[0].text)
                pane.show_problems(found.problems)
            else:
                self._show(found)

        def fail(error: AppError) -> None:
            if mine == self._asked:
                self._no_page(error.sentence())

        self._runner.start(work, show, fail, owner=self._view)

    def _about(self, kind: str, whose: str) -> str:
        return (
            tracing_papers.request_of(self._desk, whose) if kind in OF_REQUEST else whose if kind in OF_PERSON else ""
        )

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        self._view.note.hide()
        self._pane.show_problems([])
        self._pane.needs_names(shown.made.named)

        def show(paper: Paper) -> None:
            if shown is self._shown:
                self._view.preview.show_paper(paper)

        self._show_leaks()
        self._runner.start(lambda _progress: read_paper(shown.made.pdf), show, self._fail, owner=self._view, lane=FILES)

    def _show_leaks(self) -> None:
        shown = self._shown
        if shown is None:
            return
        panel, leaks = self._view.leaks, shown.made.leaks
        still = self._answers.open_of(leaks)
        kind = shown.asked.kind
        panel.show_leaks(still, self._answers.decided(leaks), clean_words(kind, leaks), checked=kind in CHECKED)
        level = self._pane.level if kind == FAMILY else NAMED if shown.made.named else PUBLIC
        panel.show_left_out(
            [
                *((line, _("counted here only")) for line in shown.made.told),
                *((line, "") for line in never_on(kind, level)),
            ]
        )
        readers = {NAMED: _("It tells who people are: for the office."), PUBLIC: _("Anybody may read it.")}
        reader = readers.get(level, _("A supervisor reads it inside this organisation."))
        panel.show_recipient(reader, _("Saving records it as export {number}").format(number=shown.made.numbers[0]))
        words = ngettext("Decide {n} warning first", "Decide {n} warnings first", len(still))
        self._pane.warning.say(words.format(n=len(still)) if still else "")

    def _paint(self, at: int, width: int) -> None:
        shown = self._shown
        if shown is None:
            return

        def show(image: QImage) -> None:
            if shown is self._shown:
                self._view.preview.show_image(at, image)

        self._runner.start(
            lambda _progress: paint_page(shown.made.pdf, at, width), show, self._fail, owner=self._view, lane=FILES
        )

    # --- what gives somebody away --------------------------------------------------------------------------------------

    def _leave_out(self, leak: Leak) -> None:
        self._answers.leave_out(leak)
        self._make_preview()

    def _keep(self, leak: Leak, because: str) -> None:
        self._answers.keep(leak, because)
        self._show_leaks()
        if not self._view.leaks.focus_first():
            self._pane.save.setFocus()

    def _take_back(self, words: str) -> None:
        self._answers.take_back(words)
        self._make_preview()

    def _change(self, leak: Leak) -> None:
        """Go where the words were typed: here for family news, else to the record."""
        shown = self._shown
        if shown is None:
            return
        if shown.asked.kind == NEWS:
            self._view.tabs.setCurrentIndex(0)
            self._pane.form.rows[leak.places[0].field].take_focus()
        else:
            self._navigator.open_person(shown.asked.about)

    # --- leaving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the page that shows, protected unless it was said otherwise with a reason."""
        shown = self._ready(printing=False)
        path = self._leaving.ask_file(f"{shown.made.numbers[0]}.pdf") if shown else None
        if shown is None or path is None:
            return
        make = partial(tracing_papers.make, self._desk, shown.asked, self._wanted(), shown.made.numbers)
        self._begin()
        self._leaving.save(path, make, self._ended, self._fail)

    def print_paper(self) -> None:
        """Print the page that shows, with a reason; it is recorded as a paper without a password."""
        shown = self._ready(printing=True)
        printer = self._leaving.ask_printer(shown.made.numbers[0]) if shown else None
        if shown is None or printer is None:
            return
        make = partial(tracing_papers.make, self._desk, shown.asked, self._wanted(printing=True), shown.made.numbers)
        self._begin()
        self._leaving.print_made(printer, make, self._printed, self._fail)

    def _printed(self, made: Made) -> None:
        self._ended(made)
        self._pane.ask_reason(False)

    def _ready(self, *, printing: bool) -> _Shown | None:
        """The paper that may leave now; what keeps it is told, and the keys go there."""
        shown, kind = self._shown, self._pane.kind.value()
        if printing:
            self._pane.ask_reason(True)
        problems = self._pane.missing()
        wanted = self._wanted(printing=printing)
        named = shown is not None and shown.made.named
        if (wanted.unprotected or named) and not wanted.reason and kind != BLANK_FORM:
            problems.append(FieldProblem("reason", _("Say why: it is recorded")))
        self._pane.show_problems(problems)
        if problems or self._saving:
            return None
        if shown is None:
            self._view.note.say(_("The page is not there yet. Nothing was made. Wait a moment, then try again."))
            return None
        if self._answers.open_of(shown.made.leaks):
            self._view.go_to_leaks()
            return None
        return shown

    def _wanted(self, *, printing: bool = False) -> Wanted:
        pane = self._pane
        plain = pane.plain.isChecked()
        return Wanted(
            level=pane.level,
            language=pane.language.value() or "en",
            reason=pane.reason.text().strip(),
            plain=plain and not printing,
            printed=printing,
            password="" if plain or printing else pane.password.line.text(),
            leave_out=self._answers.left_out,
            kept=self._answers.kept,
        )

    def _news(self) -> News:
        pane = self._pane
        return News(recipient=pane.recipient.text().strip(), kin=pane.kin.value(), text=pane.text.toPlainText())

    # --- inside ------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._saving = True
        self._pane.set_busy(True)

    def _ended(self, made: Made) -> None:
        self._end()
        self._pane.password.set_password(new_passphrase())
        self.changed.emit(made.changes)
        self._make_preview()

    def _end(self) -> None:
        self._saving = False
        self._pane.set_busy(False)

    def _no_page(self, words: str) -> None:
        self._shown = None
        self._view.preview.show_paper(None, words)
        self._view.leaks.clear()
        self._pane.warning.say("")

    def _fail(self, error: AppError) -> None:
        self._end()
        errors.tell(self._view.note, error)
