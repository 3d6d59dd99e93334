"""Bringing in a list: choose the file, see in a trial what would become of every row, then bring it in."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.base.progress import Progress
from panoh.services.desk import Desk
from panoh.services.imports import Options, Result, import_people, import_tracing
from panoh.ui import errors
from panoh.ui.tasks import FILES, Task, TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid
from panoh.ui.widgets.progress import ProgressPanel

_MOST_LINES = 2_000  # rows with a remark that are shown; the rest is counted


class ListKind(Enum):
    """What the rows of a list are."""

    PEOPLE = "people"
    TRACING = "tracing"


_IMPORTS: dict[ListKind, Callable[[Desk, Path, Options, Progress], Result]] = {
    ListKind.PEOPLE: import_people,
    ListKind.TRACING: import_tracing,
}


class ImportDialog(QDialog):
    """`brought_in` tells the Changes of a list that was kept. Before Bring in nothing is kept."""

    brought_in = Signal(object)

    def __init__(self, kind: ListKind, desk: Desk, runner: TaskRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind, self._desk, self._runner = kind, desk, runner
        self._path: Path | None = None
        self._task: Task | None = None
        self.setWindowTitle(_("Panoh"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.note = NoteBar(tone="error", icon="state.error")
        self.told = NoteBar(tone="info", icon="state.saved")
        self.progress = ProgressPanel()
        self._file = plain_label(_("No file is chosen yet. csv and xlsx can be read."), "secondary", wrap=True)
        self._facts = FactGrid(label_width=160)
        self.remarks = QPlainTextEdit()
        self.choose_button = KeyButton(_("Choose a file…"), self.choose, icon="action.bring_in_list", kind="main")
        self.keep_button = KeyButton(_("Bring in"), self.bring_in, icon="action.save")
        self.close_button = KeyButton(_("Close"), self.reject)
        self._lay_out()

    def choose(self) -> None:
        """Ask for the file and try it."""
        kinds = _("Lists (*.csv *.xlsx)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Bring in a list"), "", kinds)
        if chosen:
            self._path = Path(chosen)
            self._file.setText(self._path.name)
            self._start(Options(dry_run=True), _("Trying the list; nothing is kept yet"), self._show_trial)

    def bring_in(self) -> None:
        """Bring in the list that was tried."""
        self._start(Options(), _("Bringing in the list"), self._show_done)

    def reject(self) -> None:
        """Close; work that is under way is stopped first and nothing of it is kept."""
        if self._task is not None and not self._task.ended:
            self._task.cancel()
            return
        super().reject()

    # --- inside ------------------------------------------------------------------------------------------------------

    def _start(self, options: Options, title: str, on_done: Callable[[Result], object]) -> None:
        path, bring_in = self._path, _IMPORTS[self._kind]
        if path is None or (self._task is not None and not self._task.ended):
            return
        self.note.say("")
        self.told.say("")
        self._busy(True)

        def work(progress: Progress) -> Result:
            return bring_in(self._desk, path, options, progress)

        self._task = self._runner.start(work, on_done, self._failed, owner=self, lane=FILES)
        self.progress.watch(self._task, title)

    def _show_trial(self, found: Result) -> None:
        self._busy(False)
        self._show(found, _("would be added"), _("would be updated"), _("would be refused"))
        any_row = bool(found.added or found.updated)
        self.keep_button.setVisible(any_row)
        self.keep_button.set_kind("main")
        self.choose_button.set_kind("normal")
        (self.keep_button if any_row else self.choose_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_done(self, found: Result) -> None:
        self._busy(False)
        self._show(found, _("added"), _("updated"), _("refused"))
        self.keep_button.hide()
        self.close_button.set_kind("main")
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.say(_("The list was brought in. Levels and names were worked out for everyone in it."))
        self.brought_in.emit(found.changes)

    def _show(self, found: Result, added: str, updated: str, refused: str) -> None:
        rows = found.added + found.updated + len(found.refused)
        facts = [
            (_("Rows"), number(rows)),
            (added.capitalize(), number(found.added)),
            (updated.capitalize(), number(found.updated)),
            (refused.capitalize(), number(len(found.refused))),
        ]
        if found.left_out:
            facts.append((_("Columns left out"), ", ".join(found.left_out)))
        self._facts.set_facts(*facts)
        lines = [_("Row {n}: refused: {why}").format(n=at, why=why) for at, why, _cells in found.refused]
        lines += [_("Row {n}: {why}").format(n=at, why=why) for at, why in found.warnings]
        more = len(lines) - _MOST_LINES
        if more > 0:
            lines = [*lines[:_MOST_LINES], ngettext("and {n} more", "and {n} more", more).format(n=more)]
        self.remarks.setPlainText("\n".join(lines))
        self.remarks.setVisible(bool(lines))

    def _failed(self, error: AppError) -> None:
        self._busy(False)
        errors.tell(self.note, error)
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, busy: bool) -> None:
        self.choose_button.setEnabled(not busy)
        self.keep_button.setEnabled(not busy)

    def _lay_out(self) -> None:
        people = self._kind is ListKind.PEOPLE
        title = _("Bring in a list of people") if people else _("Bring in a list of tracing requests")
        one = _("One row is one person; the first row holds the names of the columns.")
        other = _("One row is one person sought; the first row holds the names of the columns.")
        self.remarks.setReadOnly(True)
        self.remarks.setTabChangesFocus(True)
        self.remarks.setAccessibleName(_("Rows with a remark"))
        self.remarks.hide()
        self.keep_button.hide()
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(title, "title bold", wrap=True))
        column.addWidget(plain_label(one if people else other, wrap=True))
        for part in (self.note, self.told, self._file, self.progress, self._facts):
            column.addWidget(part)
        column.addWidget(self.remarks, 1)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose_button)
        row.addWidget(self.keep_button)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.resize(look().grown(620), look().grown(460))
