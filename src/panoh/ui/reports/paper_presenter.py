"""What happens with a page that shows as it would leave the vault: what gives somebody away is decided, then it is saved
or printed. Which paper it is, and of whom, is each presenter's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain.leaks import Leak
from panoh.services.desk import Desk
from panoh.services.passphrases import new_passphrase
from panoh.services.summaries import Made
from panoh.ui import errors
from panoh.ui.navigator import Navigator
from panoh.ui.reports.answers import Answers
from panoh.ui.reports.leaving import Leaving
from panoh.ui.reports.paper_form import PaperForm
from panoh.ui.reports.preview import Paper, paint_page, read_paper
from panoh.ui.reports.view import PaperView
from panoh.ui.tasks import FILES, TaskRunner


class ShownPaper(Protocol):
    """The paper that shows: its bytes, what in it gives somebody away, export number and check code as printed."""

    @property
    def pdf(self) -> bytes: ...  # noqa: D102
    @property
    def leaks(self) -> tuple[Leak, ...]: ...  # noqa: D102
    @property
    def numbers(self) -> tuple[str, str]: ...  # noqa: D102


class PaperPresenter(QObject):
    """One part of the Reports screen: `form` says what is wanted, `view` shows it."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "reports"

    def __init__(self, form: PaperForm, view: PaperView, desk: Desk, runner: TaskRunner, navigator: Navigator) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self._form, self._view, self._desk, self._runner, self._navigator = form, view, desk, runner, navigator
        self._shown: ShownPaper | None = None
        self._asked = 0  # previews asked for: only the last one counts
        self._answers = Answers()  # what was decided about leaks
        self._saving = False
        self._leaving = Leaving(view, runner)
        form.password.set_password(new_passphrase())
        form.changed.connect(self._make_preview)
        form.save_asked.connect(self.save)
        form.print_asked.connect(self.print_paper)
        cards = view.leaks.cards
        cards.leave_out_asked.connect(self._leave_out)
        cards.keep_asked.connect(self._keep)
        cards.take_back_asked.connect(self._take_back)
        cards.change_asked.connect(self._change)
        view.preview.wanted.connect(self._paint)

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """Form, page, list of leaks or the line that it folds into."""
        return (self._form, self._view.preview, self._view.leaks, self._view.split.fold)

    # --- each paper's own ----------------------------------------------------------------------------------------------

    def _make_preview(self) -> None:
        """Read the page that is wanted now, and `_show` it."""
        raise NotImplementedError

    def _tell_leaks(self, still: Sequence[Leak]) -> None:
        """Show what gives somebody away in the page that shows, and what never stands on it."""
        raise NotImplementedError

    def _change(self, leak: Leak) -> None:
        """Go where the words of a leak were typed."""
        raise NotImplementedError

    def _problems(self, *, printing: bool) -> list[FieldProblem]:
        """What is missing in the form."""
        raise NotImplementedError

    def _making(self, *, printing: bool) -> Callable[[], Made]:
        """What makes and records the paper that shows."""
        raise NotImplementedError

    # --- the page ----------------------------------------------------------------------------------------------------

    def _show(self, shown: ShownPaper) -> None:
        self._shown = shown
        self._view.note.hide()

        def show(paper: Paper) -> None:
            if shown is self._shown:
                self._view.preview.show_paper(paper)

        self._show_leaks()
        self._runner.start(lambda _progress: read_paper(shown.pdf), show, self._fail, owner=self._view, lane=FILES)

    def _no_page(self, words: str) -> None:
        self._shown = None
        self._view.preview.show_paper(None, words)
        self._view.leaks.clear()
        self._form.warning.say("")

    def _show_leaks(self) -> None:
        if self._shown is None:
            return
        still = self._answers.open_of(self._shown.leaks)
        self._tell_leaks(still)
        words = ngettext("Decide {n} warning first", "Decide {n} warnings first", len(still))
        self._form.warning.say(words.format(n=len(still)) if still else "")

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

    # --- what gives somebody away --------------------------------------------------------------------------------------

    def _leave_out(self, leak: Leak) -> None:
        self._answers.leave_out(leak)
        self._make_preview()

    def _keep(self, leak: Leak, because: str) -> None:
        self._answers.keep(leak, because)
        self._show_leaks()
        self._go_on()

    def _take_back(self, words: str) -> None:
        self._answers.take_back(words)
        self._make_preview()

    def _go_on(self) -> None:
        """The keys go to the next leak, or to saving."""
        if not self._view.leaks.focus_first():
            self._form.save.setFocus()

    # --- leaving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the page that shows, protected unless it was said otherwise with a reason."""
        shown = self._ready(printing=False)
        if shown is None:
            return
        make = self._making(printing=False)
        path = self._leaving.ask_file(f"{shown.numbers[0]}.pdf")
        if path is not None:
            self._begin()
            self._leaving.save(path, make, self._ended, self._not_made)

    def print_paper(self) -> None:
        """Print the page that shows, with a reason; it is recorded as a paper without a password."""
        shown = self._ready(printing=True)
        if shown is None:
            return
        make = self._making(printing=True)
        printer = self._leaving.ask_printer(shown.numbers[0])
        if printer is not None:
            self._begin()
            self._leaving.print_made(printer, make, self._printed, self._not_made)

    def _ready(self, *, printing: bool) -> ShownPaper | None:
        """The paper that may leave now; what keeps it is told, and the keys go there."""
        if printing:
            self._form.ask_reason(True)
        problems, shown = self._problems(printing=printing), self._shown
        self._form.show_problems(problems)
        if problems or self._saving:
            return None
        if shown is None:
            self._view.note.say(_("The page is not there yet. Nothing was made. Wait a moment, then try again."))
            return None
        if self._answers.open_of(shown.leaks):
            self._view.go_to_leaks()
            return None
        return shown

    def _begin(self) -> None:
        self._saving = True
        self._form.set_busy(True)

    def _printed(self, made: Made) -> None:
        self._ended(made)
        self._form.ask_reason(False)

    def _ended(self, made: Made) -> None:
        self._end()
        self._form.password.set_password(new_passphrase())
        self.changed.emit(made.changes)
        self._make_preview()

    def _end(self) -> None:
        self._saving = False
        self._form.set_busy(False)

    def _not_made(self, error: AppError) -> None:
        self._end()
        self._fail(error)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
