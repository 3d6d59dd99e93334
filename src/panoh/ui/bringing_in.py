"""Bringing a file in: chosen, tried in the background with progress, kept or stopped, and told in words what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.services import imports
from panoh.services.desk import Desk
from panoh.services.imports import Options, Result
from panoh.ui import errors
from panoh.ui.settings.import_outcome import OutcomePage
from panoh.ui.tasks import FILES, Task, TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.progress import ProgressPanel

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileWords:
    """What a kind of file is called, where it is asked for and where its refused rows are."""

    title: str
    about: str  # which files, and what becomes of them
    choose: str
    kinds: str
    trying: str
    bringing: str
    save_refused: str
    writing_refused: str
    refused_saved: str  # with {file}


class FileDialog(QDialog):
    """`brought_in` tells the Changes of a file that was kept. Before Bring in nothing is kept."""

    brought_in = Signal(object)

    def __init__(self, words: FileWords, desk: Desk, runner: TaskRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._runner, self._words = desk, runner, words
        self._path: Path | None = None
        self._task: Task | None = None
        self._found: Result | None = None
        self.setWindowTitle(_("Panoh"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(words.title)
        self.note, self.told = NoteBar(tone="error", icon="state.error"), NoteBar(tone="info", icon="state.saved")
        self.progress, self.outcome = ProgressPanel(), OutcomePage()
        self._file, self._room = plain_label("", "bold", wrap=True), QWidget()
        self.choose_button = KeyButton(_("Choose a file…"), self.choose, icon="action.bring_in_list")
        self.keep_button = KeyButton(_("Bring in"), self.bring_in, icon="action.save")
        self.refused_button = KeyButton(f"{words.save_refused}…", self.save_refused)
        self.close_button = KeyButton(_("Close"), self.reject)
        self._buttons: tuple[KeyButton, ...] = ()  # but Close, which stops what is under way

    def choose(self) -> None:
        """Ask for the file and look at it."""
        chosen, _kind = QFileDialog.getOpenFileName(self, self._words.choose, "", self._words.kinds)
        if chosen:
            self._path = Path(chosen)
            self._file.setText(self._path.name)
            self._chosen()

    def bring_in(self, *, without_backup: bool = False) -> None:
        """Bring in the file that was tried, after a backup where it changes much."""
        self._bring(self._options(dry_run=False, without_backup=without_backup), self._words.bringing, self._show_done)

    def save_refused(self) -> None:
        """Write what was refused, with the reasons."""
        if self._path is None or self._found is None:
            return
        ending = ".xlsx" if self._path.suffix.lower() == ".xlsx" else ".csv"
        name = str(self._path.with_name(_("{name} refused").format(name=self._path.stem) + ending))
        kinds = _("Lists (*.csv *.xlsx)")
        chosen, _kind = QFileDialog.getSaveFileName(self, self._words.save_refused, name, kinds)
        if chosen:
            found, target = self._found, Path(chosen)
            self._start(
                lambda _step: imports.write_refused(found, target),
                self._words.writing_refused,
                lambda _nothing: self.told.say(self._words.refused_saved.format(file=target.name)),
            )

    def reject(self) -> None:
        """Close; work that is under way is stopped first and nothing of it is kept."""
        if self._task is not None and not self._task.ended:
            self._task.cancel()
            return
        super().reject()

    # --- what a kind of file has of its own ------------------------------------------------------------------------------

    def _chosen(self) -> None:
        """A file was chosen: read it."""
        raise NotImplementedError

    def _options(self, *, dry_run: bool, without_backup: bool = False) -> Options:
        """How the file is read."""
        raise NotImplementedError

    def _work(self, path: Path, options: Options, progress: Progress) -> Result:
        """Try the file, or bring it in."""
        raise NotImplementedError

    def _show_trial(self, found: Result) -> None:
        """Show what would become of the file."""
        raise NotImplementedError

    def _show_done(self, found: Result) -> None:
        """Show what became of the file."""
        raise NotImplementedError

    # --- inside ------------------------------------------------------------------------------------------------------

    def _try(self) -> None:
        self._bring(self._options(dry_run=True), self._words.trying, self._show_trial)

    def _bring(self, options: Options, title: str, on_done: Callable[[Result], object]) -> None:
        path = self._path
        if path is not None:
            self._start(lambda step: self._work(path, options, step), title, on_done)

    def _start(self, work: Callable[[Progress], T], title: str, on_done: Callable[[T], object]) -> None:
        if self._task is not None and not self._task.ended:
            return
        self.note.say("")
        self.told.say("")
        self._busy(True)

        def done(result: T) -> None:
            self._busy(False)
            on_done(result)

        self._task = self._runner.start(work, done, self._failed, owner=self, lane=FILES)
        self.progress.watch(self._task, title)

    def _failed(self, error: AppError) -> None:
        self._busy(False)
        errors.tell(self.note, error)
        if error.code == "backup.not_first":  # whoever brings it in says whether that may be
            again = partial(self.bring_in, without_backup=True)
            self.note.say(error.sentence(), action=_("Bring in without a backup"), run=again)
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, busy: bool) -> None:
        for button in self._buttons:
            button.setEnabled(not busy)

    def _go_on_with(self, main: KeyButton) -> None:
        for button in (*self._buttons, self.close_button):
            button.set_kind("main" if button is main else "normal")
        main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, pages: QWidget, buttons: Sequence[KeyButton], size: tuple[int, int]) -> None:
        self._buttons = tuple(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(self._words.title, "title bold", wrap=True))
        column.addWidget(plain_label(self._words.about, wrap=True))
        for part in (self._file, self.note, self.told, self.progress):
            column.addWidget(part)
        column.addWidget(pages, 1)
        column.addWidget(self._room, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        width, height = size
        self.resize(min(look().grown(width), 1280), min(look().grown(height), 680))
