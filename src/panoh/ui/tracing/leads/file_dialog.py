"""Bringing in a PFIF file: choose it, see in a trial what would become of each record, then bring it in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.services.desk import Desk
from panoh.services.import_leads import import_pfif
from panoh.services.imports import Options, Result
from panoh.ui.bringing_in import FileDialog, FileWords
from panoh.ui.tasks import TaskRunner


class LeadsFileDialog(FileDialog):
    """The records of a file become leads; what would become of them is shown as soon as it is chosen."""

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QWidget) -> None:
        super().__init__(_words(), desk, runner, parent)
        self._lay_out(self.outcome, (self.keep_button, self.choose_button, self.refused_button), (760, 520))
        self.choose_button.set_kind("main")
        for hidden in (self.outcome, self.keep_button, self.refused_button):
            hidden.hide()

    # --- inside ------------------------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        self._try()

    def _options(self, *, dry_run: bool, without_backup: bool = False) -> Options:
        return Options(dry_run=dry_run, without_backup=without_backup)

    def _work(self, path: Path, options: Options, progress: Progress) -> Result:
        return import_pfif(self._desk, path, options, progress)

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
        self._go_on_with(self.keep_button if any_record else self.close_button)


def _words() -> FileWords:
    return FileWords(
        title=_("Bring in public records of missing people"),
        about=_(
            "PFIF 1.1 to 1.4 (xml). Each record becomes a lead, apart from everyone registered; nothing in it is trusted."
        ),
        choose=_("Bring in public records"),
        kinds=_("Public records (*.xml *.pfif)"),
        trying=_("Trying the file; nothing is kept yet"),
        bringing=_("Bringing in the file"),
        save_refused=_("Save the refused records"),
        writing_refused=_("Writing the refused records"),
        refused_saved=_("{file} holds people's data in clear. Delete it once it was read."),
    )
