"""Bringing in a PFIF file: choose it, see in a trial what would become of each record, then bring it in."""

from __future__ import annotations

from collections.abc import Callable
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
from panoh.services.import_leads import import_pfif
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


class LeadsFileDialog(QDialog):
    """`brought_in` tells the Changes of a file that was kept. Before Bring in nothing is kept."""

    brought_in = Signal(object)

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._path: Path | None = None
        self._task: Task | None = None
        self._found: Result | None = None
        self.setWindowTitle(_("Panoh"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.note, self.told = NoteBar(tone="error", icon="state.error"), NoteBar(tone="info", icon="state.saved")
        self.progress, self.outcome = ProgressPanel(), OutcomePage()
        self._file = plain_label("", "bold", wrap=True)
        self.choose_button = KeyButton(_("Choose a file…"), self.choose, icon="action.bring_in_list", kind="main")
        self.keep_button = KeyButton(_("Bring in"), self.bring_in, icon="action.save")
        self.refused_button = KeyButton(_("Save the refused records…"), self.save_refused)
        self.close_button = KeyButton(_("Close"), self.reject)
        self._lay_out()

    def choose(self) -> None:
        """Ask for the file and try it."""
        kinds = _("Public records (*.xml *.pfif)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Bring in public records"), "", kinds)
        if chosen:
            self.try_file(Path(chosen))

    def try_file(self, path: Path) -> None:
        """See what would become of each record."""
        self._path = path
        self._file.setText(path.name)
        self._bring(Options(dry_run=True), _("Trying the file; nothing is kept yet"), self._show_trial)

    def bring_in(self, *, without_backup: bool = False) -> None:
        """Bring in the file that was tried."""
        self._bring(Options(without_backup=without_backup), _("Bringing in the file"), self._show_done)

    def save_refused(self) -> None:
        """Write the records that were refused, with their reasons."""
        if self._path is None or self._found is None:
            return
        name = str(self._path.with_name(_("{name} refused").format(name=self._path.stem) + ".csv"))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the refused records"), name, _("Lists (*.csv *.xlsx)")
        )
        if chosen:
            found, target = self._found, Path(chosen)
            words = _("{file} holds people's data in clear. Delete it once it was read.").format(file=target.name)
            self._start(
                lambda _step: imports.write_refused(found, target),
                _("Writing the refused records"),
                lambda _nothing: self.told.say(words),
            )

    def reject(self) -> None:
        """Close; work that is under way is stopped first and nothing of it is kept."""
        if self._task is not None and not self._task.ended:
            self._task.cancel()
            return
        super().reject()

    # --- inside ------------------------------------------------------------------------------------------------------

    def _bring(self, options: Options, title: str, on_done: Callable[[Result], object]) -> None:
        path = self._path
        if path is not None:
            self._start(lambda step: import_pfif(self._desk, path, options, step), title, on_done)

    def _start(self, work: Callable[[Progress], T], title: str, on_done: Callable[[T], object]) -> None:
        self.note.say("")
        self.told.say("")
        self._busy(True)

        def done(result: T) -> None:
            self._busy(False)
            on_done(result)

        self._task = self._runner.start(work, done, self._failed, owner=self, lane=FILES)
        self.progress.watch(self._task, title)

    def _show_trial(self, found: Result) -> None:
        self._show(found, tried=True)

    def _show_done(self, found: Result) -> None:
        self._show(found, tried=False)
        self.told.say(_("The records are leads now. Nobody was registered, and no record of yours was changed."))
        self.brought_in.emit(found.changes)

    def _show(self, found: Result, *, tried: bool) -> None:
        self._found = found
        self.outcome.show_result(found, tried=tried)
        self.outcome.show()
        self._room.hide()
        any_record = tried and bool(found.added + found.updated)
        self.keep_button.setVisible(any_record)
        self.refused_button.setVisible(bool(found.refused))
        self.choose_button.set_words(_("Another file…"))
        main = self.keep_button if any_record else self.close_button
        for button in self._buttons:
            button.set_kind("main" if button is main else "normal")
        main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: AppError) -> None:
        self._busy(False)
        errors.tell(self.note, error)
        if error.code == "backup.not_first":  # whoever brings it in says whether that may be
            again = partial(self.bring_in, without_backup=True)
            self.note.say(error.sentence(), action=_("Bring in without a backup"), run=again)
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, busy: bool) -> None:
        for button in self._buttons[:-1]:
            button.setEnabled(not busy)

    def _lay_out(self) -> None:
        title = _("Bring in public records of missing people")
        self.setAccessibleName(title)
        words = _(
            "PFIF 1.1 to 1.4 (xml). Each record becomes a lead, apart from everyone registered; nothing in it is trusted."
        )
        self._buttons = (self.keep_button, self.choose_button, self.refused_button, self.close_button)
        self._room = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(title, "title bold", wrap=True))
        column.addWidget(plain_label(words, wrap=True))
        for part in (self._file, self.note, self.told, self.progress):
            column.addWidget(part)
        column.addWidget(self.outcome, 1)
        column.addWidget(self._room, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self._buttons[:-1]:
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        for hidden in (self.outcome, self.keep_button, self.refused_button):
            hidden.hide()
        self.resize(min(look().grown(760), 1280), min(look().grown(520), 680))
