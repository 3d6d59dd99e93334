"""Bringing in a list: choose the file, say which column is which, see in a trial what would become of every row, then
bring it in. Until then nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.base.progress import Progress
from panoh.services import imports
from panoh.services.desk import Desk
from panoh.services.import_preview import Layout, ListKind, Preview, look_at
from panoh.services.imports import Options, Result
from panoh.ui import errors
from panoh.ui.privacy import Privacy
from panoh.ui.settings.import_columns import ColumnsPage
from panoh.ui.settings.import_outcome import OutcomePage
from panoh.ui.tasks import FILES, Task, TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.progress import ProgressPanel

__all__ = ["ImportDialog", "ListKind"]
T = TypeVar("T")
_NONE, _COLUMNS, _TRIED, _DONE = range(4)  # where one is


class ImportDialog(QDialog):
    """`brought_in` tells the Changes of a list that was kept. Before Bring in nothing is kept."""

    brought_in = Signal(object)

    def __init__(
        self, kind: ListKind, desk: Desk, runner: TaskRunner, parent: QWidget, privacy: Privacy | None = None
    ) -> None:
        super().__init__(parent)
        self._kind, self._desk, self._runner = kind, desk, runner
        self._path: Path | None = None
        self._task: Task | None = None
        self._options = Options()
        self._layout = Layout()
        self._found: Result | None = None
        self.setWindowTitle(_("Panoh"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.note = NoteBar(tone="error", icon="state.error")
        self.told = NoteBar(tone="info", icon="state.saved")
        self.progress = ProgressPanel()
        self._file = plain_label("", "bold", wrap=True)
        self.columns = ColumnsPage(desk, privacy or Privacy())
        self.columns.layout_changed.connect(self._look)
        self.outcome = OutcomePage()
        self.choose_button = KeyButton(_("Choose a file…"), self.choose, icon="action.bring_in_list")
        self.try_button = KeyButton(_("Try it"), self.try_it, icon="state.vault_healthy")
        self.keep_button = KeyButton(_("Bring in"), self.bring_in, icon="action.save")
        self.back_button = KeyButton(_("Back to the columns"), lambda: self._show(_COLUMNS))
        self.refused_button = KeyButton(_("Save the refused rows…"), self.save_refused)
        self.close_button = KeyButton(_("Close"), self.reject)
        self._lay_out()
        self._show(_NONE)

    def choose(self) -> None:
        """Ask for the file and look at it."""
        kinds = _("Lists (*.csv *.xlsx)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Bring in a list"), "", kinds)
        if chosen:
            self._path = Path(chosen)
            self._file.setText(self._path.name)
            self._look(None)

    def try_it(self) -> None:
        """See what would become of every row when the columns are read as they stand."""
        if self.columns.ready and self.columns.check():
            self._options = Options(
                mapping=self.columns.mapping(), dates=self.columns.dates(), layout=self._layout, dry_run=True
            )
            self._bring(self._options, _("Trying the list; nothing is kept yet"), self._show_trial)

    def bring_in(self, *, without_backup: bool = False) -> None:
        """Bring in the list that was tried, after a backup where it changes much."""
        options = replace(self._options, dry_run=False, without_backup=without_backup)
        self._bring(options, _("Bringing in the list"), self._show_done)

    def save_refused(self) -> None:
        """Write the rows that were refused, with their reasons, to be corrected and brought in."""
        if self._path is None or self._found is None:
            return
        ending = ".xlsx" if self._path.suffix.lower() == ".xlsx" else ".csv"
        name = str(self._path.with_name(_("{name} refused").format(name=self._path.stem) + ending))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the refused rows"), name, _("Lists (*.csv *.xlsx)"))
        if not chosen:
            return
        found, target = self._found, Path(chosen)
        work = lambda _progress: imports.write_refused(found, target)  # noqa: E731
        self._start(work, _("Writing the refused rows"), lambda _nothing: self._refused_saved(target))

    def reject(self) -> None:
        """Close; work that is under way is stopped first and nothing of it is kept."""
        if self._working:
            assert self._task is not None  # noqa: S101 - see _working
            self._task.cancel()
            return
        super().reject()

    # --- inside ------------------------------------------------------------------------------------------------------

    @property
    def _working(self) -> bool:
        return self._task is not None and not self._task.ended

    def _look(self, layout: Layout | None) -> None:
        path = self._path
        if path is not None:
            work = lambda step: look_at(self._desk, path, self._kind, step, layout)  # noqa: E731
            self._start(work, _("Looking at the list"), self._show_columns)

    def _bring(self, options: Options, title: str, on_done: Callable[[Result], object]) -> None:
        path = self._path
        if path is not None:
            self._start(lambda step: imports.bring_in(self._desk, self._kind, path, options, step), title, on_done)

    def _start(self, work: Callable[[Progress], T], title: str, on_done: Callable[[T], object]) -> None:
        if self._working:
            return
        self.note.say("")
        self.told.say("")
        self._busy(True)

        def done(result: T) -> None:
            self._busy(False)
            on_done(result)

        self._task = self._runner.start(work, done, self._failed, owner=self, lane=FILES)
        self.progress.watch(self._task, title)

    def _show_columns(self, preview: Preview) -> None:
        self._layout = preview.layout
        self.columns.show_list(preview, self._kind)
        self._show(_COLUMNS)

    def _show_trial(self, found: Result) -> None:
        self._found = found
        self.outcome.show_result(found, tried=True)
        self._show(_TRIED)

    def _show_done(self, found: Result) -> None:
        self._found = found
        self.outcome.show_result(found, tried=False)
        self._show(_DONE)
        words = _("The list was brought in. Levels and names were worked out for everyone in it.")
        refused = len(found.refused)
        if refused:
            more = ngettext(
                "{n} row was refused: save it, correct it and bring it in.",
                "{n} rows were refused: save them, correct them and bring them in.",
                refused,
            )
            words += " " + more.format(n=number(refused))
        self.told.say(words)
        self.brought_in.emit(found.changes)
        self._runner.start(lambda _progress: imports.settle(self._desk), lambda _nothing: None, lane=FILES)

    def _refused_saved(self, target: Path) -> None:
        words = _("{file} holds people's data in clear. Correct it, bring it in, then delete it.")
        self.told.say(words.format(file=target.name))

    def _failed(self, error: AppError) -> None:
        self._busy(False)
        errors.tell(self.note, error)
        if error.code == "backup.not_first":  # whoever brings it in says whether that may be
            again = partial(self.bring_in, without_backup=True)
            self.note.say(error.sentence(), action=_("Bring in without a backup"), run=again)
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, busy: bool) -> None:
        for part in (*self._buttons, self._pages):
            part.setEnabled(not busy)

    def _show(self, where: int) -> None:
        """Show a step with the buttons that belong to it; the first of them is the one to go on with."""
        found = self._found
        refused = where in (_TRIED, _DONE) and found is not None and bool(found.refused)
        any_row = where == _TRIED and found is not None and bool(found.added + found.updated)
        shown = {
            self.choose_button: True,
            self.try_button: where == _COLUMNS,
            self.keep_button: any_row,
            self.back_button: where == _TRIED,
            self.refused_button: refused,
        }
        main = {_NONE: self.choose_button, _COLUMNS: self.try_button, _DONE: self.close_button}.get(
            where, self.keep_button if any_row else self.back_button
        )
        for button in self._buttons:
            button.setVisible(shown.get(button, True))
            button.set_kind("main" if button is main else "normal")
        self.close_button.set_kind("main" if main is self.close_button else "normal")
        self.choose_button.set_words(_("Choose a file…") if where == _NONE else _("Another file…"))
        self._pages.setVisible(where != _NONE)
        self._room.setVisible(where == _NONE)
        self._pages.setCurrentIndex(0 if where == _COLUMNS else 1)
        main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        people = self._kind is ListKind.PEOPLE
        title = _("Bring in a list of people") if people else _("Bring in a list of tracing requests")
        one = _("csv or xlsx. One row is one person; one of the first rows holds the names of the columns.")
        other = _("csv or xlsx. One row is one person sought; one of the first rows holds the names of the columns.")
        self.setAccessibleName(title)
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(self.columns))
        self._pages.addWidget(self.outcome)
        self._room = QWidget()
        self._buttons = (self.keep_button, self.try_button, self.back_button, self.choose_button, self.refused_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(title, "title bold", wrap=True))
        column.addWidget(plain_label(one if people else other, wrap=True))
        for part in (self._file, self.note, self.told, self.progress):
            column.addWidget(part)
        column.addWidget(self._pages, 1)
        column.addWidget(self._room, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.resize(min(look().grown(1000), 1280), min(look().grown(640), 680))
