"""What happens with the key sheet: its dialog, saving and printing it, a new one. For supervisors."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtPrintSupport import QPrinter

from panoh.base.errors import AppError
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.key_sheet import KeySheet
from panoh.services import key_sheets
from panoh.services.desk import Desk
from panoh.services.key_sheets import MadeSheet
from panoh.ui import errors
from panoh.ui.reports.key_sheet_dialog import KeySheetDialog
from panoh.ui.reports.leaving import Leaving
from panoh.ui.reports.view import ReportsView
from panoh.ui.tasks import TaskRunner

T = TypeVar("T")


class KeySheets:
    """Opens the dialog of the key sheet and does what it asks; `begun` is told of a new sheet."""

    def __init__(
        self, view: ReportsView, desk: Desk, runner: TaskRunner, leaving: Leaving, begun: Callable[[], object]
    ) -> None:
        self._view, self._desk, self._runner, self._leaving, self._begun = view, desk, runner, leaving, begun
        self.dialog: KeySheetDialog | None = None

    def open(self) -> None:
        """Read which sheets there are, then ask."""
        self._do(lambda: key_sheets.sheets(self._desk), self._ask)

    def _ask(self, sheets: list[KeySheet]) -> None:
        used = _("{sign}, in use since {day}")
        before = _("{sign}, begun on {day}, no longer used")
        choices = [
            (one.sign, (before if at else used).format(sign=one.sign, day=day(one.begun_on)))
            for at, one in enumerate(sheets)
        ]
        self.dialog = KeySheetDialog(self._view, choices)
        self.dialog.save_asked.connect(self._save)
        self.dialog.print_asked.connect(self._print)
        self.dialog.begin_asked.connect(self._begin)
        self.dialog.open()

    def _save(self, sign: str) -> None:
        path = self._leaving.ask_file("key-sheet.pdf", self.dialog)
        if path is not None:
            self._close()
            self._do(lambda: self._write(sign, path), partial(self._saved, path))

    def _write(self, sign: str, path: Path) -> tuple[MadeSheet, AppError | None]:
        made = key_sheets.export_sheet(self._desk, sign)
        return made, self._leaving.write(path, made.pdf)

    def _saved(self, path: Path, outcome: tuple[MadeSheet, AppError | None]) -> None:
        made, error = outcome
        if error is None:
            self._leaving.tell_saved(path, made.export_no, made.password)
        else:
            self._leaving.tell_lost(error, made.export_no)

    def _print(self, sign: str, reason: str) -> None:
        printer = self._leaving.ask_printer(_("Key sheet"), self.dialog)
        self._close()
        if printer is not None:
            work = partial(key_sheets.export_sheet, self._desk, sign, printed=True, reason=reason)
            self._do(work, partial(self._print_out, printer))

    def _print_out(self, printer: QPrinter, made: MadeSheet) -> None:
        def told(error: AppError | None) -> None:
            if error is None:
                self._leaving.tell_printed(made.export_no)
            else:
                self._leaving.tell_lost(error, made.export_no)

        self._leaving.print(made.pdf, printer, told)

    def _begin(self) -> None:
        self._close()
        self._do(lambda: key_sheets.begin(self._desk), self._tell_begun)

    def _tell_begun(self, sheet: KeySheet) -> None:
        words = _("Print it for the office now: without it nobody can read the next carried papers back.")
        heading = _("A new key sheet is in use: its references end in {sign}").format(sign=sheet.sign)
        self._view.saved.say(words, heading=heading)
        self._begun()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog = None

    def _do(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._runner.start(
            lambda _progress: work(), done, lambda error: errors.tell(self._view.note, error), owner=self._view
        )
