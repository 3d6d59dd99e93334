"""Bringing in a list: choose the file, say which column is which, see in a trial what would become of every row, then
bring it in. Until then nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.base.progress import Progress
from panoh.services import imports
from panoh.services.desk import Desk
from panoh.services.import_preview import Layout, ListKind, Preview, look_at
from panoh.services.imports import Options, Result
from panoh.ui.bringing_in import FileDialog, FileWords
from panoh.ui.privacy import Privacy
from panoh.ui.settings.import_columns import ColumnsPage
from panoh.ui.tasks import FILES, TaskRunner
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.panels import scrolled

__all__ = ["ImportDialog", "ListKind"]
_NONE, _COLUMNS, _TRIED, _DONE = range(4)  # where one is


class ImportDialog(FileDialog):
    """A list of people, or of tracing requests; whoever brings it in says first which column is which."""

    def __init__(
        self, kind: ListKind, desk: Desk, runner: TaskRunner, parent: QWidget, privacy: Privacy | None = None
    ) -> None:
        super().__init__(_words(kind), desk, runner, parent)
        self._kind = kind
        self._layout = Layout()
        self._tried = Options()
        self.columns = ColumnsPage(desk, privacy or Privacy())
        self.columns.layout_changed.connect(self._look)
        self.try_button = KeyButton(_("Try it"), self.try_it, icon="state.vault_healthy")
        self.back_button = KeyButton(_("Back to the columns"), lambda: self._show(_COLUMNS))
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(self.columns))
        self._pages.addWidget(self.outcome)
        buttons = (self.keep_button, self.try_button, self.back_button, self.choose_button, self.refused_button)
        self._lay_out(self._pages, buttons, (1000, 640))
        self._show(_NONE)

    def try_it(self) -> None:
        """See what would become of every row when the columns are read as they stand."""
        if self.columns.ready and self.columns.check():
            self._tried = Options(mapping=self.columns.mapping(), dates=self.columns.dates(), layout=self._layout)
            self._try()

    # --- inside ------------------------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        self._look(None)

    def _look(self, layout: Layout | None) -> None:
        path = self._path
        if path is not None:
            work = lambda step: look_at(self._desk, path, self._kind, step, layout)  # noqa: E731
            self._start(work, _("Looking at the list"), self._show_columns)

    def _options(self, *, dry_run: bool, without_backup: bool = False) -> Options:
        return replace(self._tried, dry_run=dry_run, without_backup=without_backup)

    def _work(self, path: Path, options: Options, progress: Progress) -> Result:
        return imports.bring_in(self._desk, self._kind, path, options, progress)

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

    def _busy(self, busy: bool) -> None:
        super()._busy(busy)
        self._pages.setEnabled(not busy)

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
        for button, is_shown in shown.items():
            button.setVisible(is_shown)
        self.choose_button.set_words(_("Choose a file…") if where == _NONE else _("Another file…"))
        self._pages.setVisible(where != _NONE)
        self._room.setVisible(where == _NONE)
        self._pages.setCurrentIndex(0 if where == _COLUMNS else 1)
        main = {_NONE: self.choose_button, _COLUMNS: self.try_button, _DONE: self.close_button}
        self._go_on_with(main.get(where, self.keep_button if any_row else self.back_button))


def _words(kind: ListKind) -> FileWords:
    people = kind is ListKind.PEOPLE
    one = _("csv or xlsx. One row is one person; one of the first rows holds the names of the columns.")
    other = _("csv or xlsx. One row is one person sought; one of the first rows holds the names of the columns.")
    return FileWords(
        title=_("Bring in a list of people") if people else _("Bring in a list of tracing requests"),
        about=one if people else other,
        choose=_("Bring in a list"),
        kinds=_("Lists (*.csv *.xlsx)"),
        trying=_("Trying the list; nothing is kept yet"),
        bringing=_("Bringing in the list"),
        save_refused=_("Save the refused rows"),
        writing_refused=_("Writing the refused rows"),
        refused_saved=_("{file} holds people's data in clear. Correct it, bring it in, then delete it."),
    )
