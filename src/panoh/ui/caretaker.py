"""Looks after the open vault while people work: the backup of the day, its copy on the stick, the daily look at its health."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment, ngettext
from panoh.services import backups, health
from panoh.services.backups import SecondPlace
from panoh.services.health import Health
from panoh.services.vault import OpenVault
from panoh.ui.tasks import FILES, Task, TaskRunner


class Caretaker(QObject):
    """One for an open vault. `changed` says that its words are others now; `failed` carries what could not be done."""

    changed = Signal()
    failed = Signal(object)  # AppError
    damaged = Signal()  # found while the vault is open: it is only read from then on

    def __init__(self, opened: OpenVault, runner: TaskRunner, second: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._vault, self._runner, self._second = opened, runner, second
        self.running: tuple[Task, str] | None = None  # and its title
        self.health: Health | None = None
        self.second: SecondPlace | None = None

    def start(self) -> None:
        """Do what is due, one after the other, on the worker for files; each can be stopped, and stops at lock."""
        if self.running is None and not self._vault.desk.store.read_only:
            work = lambda step: backups.due(self._vault, step)  # noqa: E731
            self._do(work, _("Backing up the vault"), lambda _made: self._copy(), self._copy)

    def _copy(self) -> None:
        place = self._second()

        def copied(found: SecondPlace | None) -> None:
            self.second = found
            self._look()

        self._do(
            lambda step: backups.due_second(self._vault, place, step),
            _("Copying to the second place"),
            copied,
            self._look,
        )

    def _look(self) -> None:
        if health.is_due(self._vault.desk):
            self._do(lambda step: health.look(self._vault, step), _("Looking at the vault"), self.take, lambda: None)
        else:
            self.changed.emit()

    def take(self, found: Health) -> None:
        """Take on what a look found, also one that somebody asked for."""
        self.health = found
        self.changed.emit()
        if found.damaged:
            self.damaged.emit()

    def take_second(self, found: SecondPlace | None) -> None:
        """Take on what is known of the second place."""
        self.second = found
        self.changed.emit()

    def vault_words(self) -> str:
        """The state of the vault for the status bar."""
        if self._vault.desk.store.read_only:
            return _("Vault damaged: read only")
        warnings = self.health.warnings if self.health else 0
        if warnings:
            return ngettext("Vault healthy, {n} warning", "Vault healthy, {n} warnings", warnings).format(n=warnings)
        return _("Key files repaired") if self._vault.repaired else _("Vault healthy")

    def backup_words(self, last: datetime | None) -> str:
        """The state of the backups for the status bar; `last` is the newest in the vault's own folder."""
        if self.running is not None:
            return self.running[1] + "…"
        words = _("Last backup {when}").format(when=moment(last, year=False)) if last else _("No backup yet")
        if self.second is None or not self.second.remind:
            return words
        if self.second.last is None:
            return _("{words}, none in the second place").format(words=words)
        when = moment(self.second.last, year=False)
        return _("{words}, second place {when}: copy it again").format(words=words, when=when)

    def _do(
        self, work: Callable[..., object], title: str, on_done: Callable[..., object], otherwise: Callable[[], object]
    ) -> None:
        """Do one thing; what fails is told and the next is done all the same, unless somebody stopped it."""

        def end(deliver: Callable[[], object]) -> None:
            self.running = None
            deliver()

        def failed(error: AppError) -> None:
            self.changed.emit()
            if error.code not in ("cancelled", "vault.locked"):
                self.failed.emit(error)
                otherwise()

        task = self._runner.start(
            work,
            lambda result: end(lambda: on_done(result)),
            lambda error: end(lambda: failed(error)),
            owner=self,
            lane=FILES,
        )
        if not task.ended:
            self.running = (task, title)
            self.changed.emit()
