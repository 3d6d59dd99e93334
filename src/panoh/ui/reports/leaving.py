"""How a paper leaves the screen: into a file or out of a printer, recorded first, told after."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.services.summaries import Made
from panoh.services.vault import write_file
from panoh.ui import errors
from panoh.ui.locking import clipboard
from panoh.ui.reports import printing
from panoh.ui.reports.view import PaperView
from panoh.ui.saving import ask_pdf_path
from panoh.ui.tasks import FILES, TaskRunner


class Leaving:
    """Asks for a file or a printer, and tells on the view how it went."""

    def __init__(self, view: PaperView, runner: TaskRunner) -> None:
        self._view, self._runner = view, runner

    def ask_file(self, name: str, parent: QWidget | None = None) -> Path | None:
        """Where the paper is to be saved; None when it was called off."""
        return ask_pdf_path(parent or self._view, _("Save the paper"), name)

    def ask_printer(self, name: str, parent: QWidget | None = None) -> QPrinter | None:
        """Which printer; None when it was called off or when there is none, which is then told."""
        self._view.note.hide()
        try:
            return printing.ask_printer(parent or self._view, name)
        except AppError as error:
            errors.tell(self._view.note, error)
            return None

    def save(
        self,
        path: Path,
        make: Callable[[], Made],
        ended: Callable[[Made], object],
        failed: Callable[[AppError], object],
    ) -> None:
        """Record the paper, then write it, because one that is out there and not recorded would be worse; told after `ended`."""

        def work(_progress: Progress) -> tuple[Made, AppError | None]:
            made = make()
            return made, self.write(path, made.pdf)

        def told(outcome: tuple[Made, AppError | None]) -> None:
            made, error = outcome
            ended(made)
            if error is None:
                self.tell_saved(path, made.export.export_no, made.password)
            else:
                self.tell_lost(error, made.export.export_no)

        self._runner.start(work, told, failed, owner=self._view)

    def print_made(
        self,
        printer: QPrinter,
        make: Callable[[], Made],
        ended: Callable[[Made], object],
        failed: Callable[[AppError], object],
    ) -> None:
        """Record the paper, then print it; told after `ended`."""

        def printed(made: Made, error: AppError | None) -> None:
            ended(made)
            if error is None:
                self.tell_printed(made.export.export_no)
            else:
                self.tell_lost(error, made.export.export_no)

        def recorded(made: Made) -> None:
            self.print(made.pdf, printer, partial(printed, made))

        self._runner.start(lambda _progress: make(), recorded, failed, owner=self._view)

    def write(self, path: Path, pdf: bytes) -> AppError | None:
        """Write a paper that is recorded already; what kept it from being written. Runs off the window's thread."""
        try:
            write_file(path, pdf)
        except AppError as error:
            return error
        return None

    def print(self, pdf: bytes, printer: QPrinter, told: Callable[[AppError | None], object]) -> None:
        """Print a paper that is recorded already, with its progress on the view; `told` gets what kept it from coming out."""
        task = self._runner.start(
            lambda progress: printing.print_pages(pdf, printer, progress),
            lambda _done: told(None),
            told,
            owner=self._view,
            lane=FILES,
        )
        self._view.progress.watch(task, _("Printing"))

    def tell_saved(self, path: Path, number: str, password: str) -> None:
        """Say where the paper is, and its password, once."""
        heading = _("Saved as {file}, recorded as export {number}").format(file=path.name, number=number)
        if not password:
            self._view.saved.say(_("It has no password: whoever finds the file can read it."), heading=heading)
            return
        words = _("The password, shown this once: {password}. Say it apart from the file.").format(password=password)
        self._view.saved.say(words, heading=heading, action=_("Copy"), run=partial(clipboard.copy, password))

    def tell_printed(self, number: str) -> None:
        """Say that the paper came out."""
        heading = _("Printed, recorded as export {number}").format(number=number)
        self._view.saved.say(_("It has no password: whoever finds the paper can read it."), heading=heading)

    def tell_lost(self, error: AppError, number: str) -> None:
        """Say that the paper is recorded, but is not there."""
        words = _(
            "{error} Export {number} is recorded, but there is no paper of it. Do it again: it gets a new number."
        )
        self._view.note.set_tone("error")
        self._view.note.say(words.format(error=error.sentence(), number=number))
