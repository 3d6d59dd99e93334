"""What the part 'When a laptop is lost' of Settings does: the list from a backup, and whose caseload the vault holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.domain.household import Site
from panoh.services import caseload, exposed, registration
from panoh.services.caseload import Caseload
from panoh.services.desk import Changes, Desk
from panoh.services.exposed import Exposed, Way
from panoh.services.vault import write_file
from panoh.ui.locking import clipboard
from panoh.ui.saving import ask_pdf_path
from panoh.ui.settings.loss_panel import CaseloadForm, LossPanel, LostForm
from panoh.ui.tasks import FILES, TaskRunner

_FIELD_OF = {"vault.wrong_passphrase": "passphrase", "vault.wrong_recovery": "recovery"}
_OFFERED = "lost-laptop.pdf"


class LossActs:
    """The presenter of the panel."""

    def __init__(self, panel: LossPanel, desk: Desk, runner: TaskRunner, changed: Callable[[Changes], object]) -> None:
        self._panel, self._desk, self._runner, self._changed = panel, desk, runner, changed
        self.form: LostForm | CaseloadForm | None = None
        panel.list_asked.connect(self.ask_backup)
        panel.caseload_asked.connect(self.ask_caseload)

    def read(self) -> None:
        """Show whose caseload the vault holds."""
        self._runner.start(
            lambda _progress: caseload.of_vault(self._desk), self._panel.show_caseload, self._fail, owner=self._panel
        )

    # --- the list ----------------------------------------------------------------------------------------------------

    def ask_backup(self) -> None:
        """Ask which backup, then who opens it."""
        chosen = QFileDialog.getExistingDirectory(self._panel, _("Backup of the lost laptop"))
        if chosen:
            self.open_form(Path(chosen))

    def open_form(self, backup: Path) -> None:
        """Ask who opens this backup."""
        form = self.form = LostForm(self._panel.window(), backup.name, self._desk.user.name)
        form.wanted.connect(lambda _told: self._ask_file(form, backup))
        form.finished.connect(form.deleteLater)
        form.open()

    def _ask_file(self, form: LostForm, backup: Path) -> None:
        problems = form.missing()
        form.show_problems(problems)
        path = None if problems else ask_pdf_path(form, _("Save the list"), _OFFERED)
        if path is None:
            return
        told = form.values()
        way = Way(told["user"], told["passphrase"], told["recovery"].strip())

        def failed(error: AppError) -> None:
            form.set_busy(False)
            field = _FIELD_OF.get(error.code)
            if field:
                form.show_problems([FieldProblem(field, error.sentence())])
            else:
                form.fail(error)

        def done(made: Exposed) -> None:
            form.accept()
            self._tell(path, made)

        form.note.hide()
        form.set_busy(True)
        work = partial(self._make, backup, way, path)
        form.progress.watch(self._runner.start(work, done, failed, owner=form, lane=FILES), _("Making the list"))

    def _make(self, backup: Path, way: Way, path: Path, progress: Progress) -> Exposed:
        """Noted in the own journal before it is written: a list that nobody has is better than one that nobody knows of."""
        made = exposed.make(backup, way, clock=self._desk.clock, progress=progress)
        exposed.note(self._desk, made)
        write_file(path, made.pdf)
        return made

    def _tell(self, path: Path, made: Exposed) -> None:
        heading = _("Saved as {file}, recorded as export {number}").format(file=path.name, number=made.export_no)
        words = _("{people} The password, shown this once: {password}. Say it apart from the file.").format(
            people=made.words(), password=made.password
        )
        note = self._panel.note
        note.say(words, heading=heading, action=_("Copy"), run=partial(clipboard.copy, made.password))
        QTimer.singleShot(0, note, note.focus_action)  # once it has its place: the page scrolls to the password

    # --- whose caseload ----------------------------------------------------------------------------------------------

    def ask_caseload(self) -> None:
        """Ask which site's."""

        def work(_progress: Progress) -> tuple[list[Site], Caseload]:
            return registration.sites(self._desk), caseload.of_vault(self._desk)

        self._runner.start(work, self._open_caseload, self._fail, owner=self._panel)

    def _open_caseload(self, known: tuple[list[Site], Caseload]) -> None:
        sites, now = known
        choices = [(site.id, site.name) for site in sites]
        form = self.form = CaseloadForm(self._panel.window(), choices, now.site.id if now.site else "")

        def done(changes: Changes) -> None:
            form.accept()
            self._changed(changes)
            self.read()

        def keep(told: dict[str, str]) -> None:
            self._runner.start(
                lambda _progress: caseload.hold_only(self._desk, told["site"]), done, form.fail, owner=form
            )

        form.wanted.connect(keep)
        form.finished.connect(form.deleteLater)
        form.open()

    def _fail(self, error: AppError) -> None:
        self._panel.note.say(error.sentence())
