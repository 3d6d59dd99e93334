"""What happens on the Settings screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.base.progress import Progress
from panoh.base.settings import DeviceSettings
from panoh.services import vault
from panoh.services.vault import OpenVault, VaultInfo
from panoh.ui import errors
from panoh.ui.caretaker import Caretaker
from panoh.ui.privacy import Privacy
from panoh.ui.settings.import_dialog import ImportDialog, ListKind
from panoh.ui.settings.loss_acts import LossActs
from panoh.ui.settings.user_acts import UserActs, Ways
from panoh.ui.settings.vault_care import Known, VaultCare
from panoh.ui.settings.view import SettingsView
from panoh.ui.tasks import FILES, STORE, TaskRunner
from panoh.ui.theme import look

_SHOWN_KINDS = frozenset({"User", "Site"})
_MEGABYTE = 1_000_000
T = TypeVar("T")


class Keeper(Protocol):
    """Keeps the settings of this device; the main window does."""

    settings: DeviceSettings

    def choose_theme(self, choice: str) -> None:
        """Take on a theme and remember it."""

    def remember(self, **changed: str | int) -> None:
        """Change settings of this device and keep them."""


class _NoWays:
    """Where no window stands around the page: the vault is closed, and that is all."""

    def keep_drafts(self) -> None:
        """Nothing is half typed."""

    def lock(self, words: str) -> None:
        """Nothing shows."""


class SettingsPresenter(QObject):
    """The screen of the frame."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "settings"

    def __init__(
        self,
        view: SettingsView,
        opened: OpenVault,
        runner: TaskRunner,
        keeper: Keeper,
        privacy: Privacy | None = None,
        ways: Ways | None = None,
        known_signals: Callable[[], Collection[str]] = tuple,
        caretaker: Caretaker | None = None,
    ) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Settings")
        self._view, self._vault, self._desk = view, opened, opened.desk
        self._runner, self._keeper = runner, keeper
        self._privacy = privacy or Privacy()
        self._known_signals = known_signals
        view.theme_chosen.connect(keeper.choose_theme)
        view.text_size_chosen.connect(self._take_text_size)
        view.locking.minutes_chosen.connect(lambda minutes: keeper.remember(lock_after=minutes))
        view.locking.guard_chosen.connect(lambda on: keeper.remember(capture_guard=on))
        place = lambda: keeper.settings.second_place  # noqa: E731
        self._care = VaultCare(
            view,
            opened,
            caretaker or Caretaker(opened, runner, place, self),
            self._long,
            place,
            lambda chosen: keeper.remember(second_place=chosen),
        )
        view.backup_asked.connect(lambda: self.back_up(None))
        view.backup_elsewhere_asked.connect(self._back_up_elsewhere)
        view.import_asked.connect(self._bring_in)
        self.users = UserActs(view.users, view.note, opened, runner, self.changed.emit, ways or _NoWays())
        self.loss = LossActs(view.loss, opened.desk, runner, self.changed.emit)
        view.passphrase_asked.connect(self.users.change_passphrase)
        look().changed.connect(self._show_look)

    # --- the frame's side --------------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """The page alone."""
        return (self._view,)

    def opened(self) -> None:
        """Show what is in force and what is known of the vault."""
        self._show_look()
        self._show_locking()
        self._read()
        self._care.opened()
        self._view.text_size.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Users or sites changed: show them again."""
        if kinds & _SHOWN_KINDS:
            self._read()

    # --- this window -------------------------------------------------------------------------------------------------

    def _show_look(self) -> None:
        self._view.show_look(look().choice, look().text_size)

    def _take_text_size(self, percent: int) -> None:
        look().set_text_size(percent)
        self._keeper.remember(text_size=look().text_size)

    def _show_locking(self) -> None:
        kept = self._keeper.settings
        self._view.locking.show_settings(kept.lock_after, guarded=kept.capture_guard)
        self._view.locking.show_known(self._known_signals())

    # --- this vault --------------------------------------------------------------------------------------------------

    def back_up(self, place: Path | None) -> None:
        """Copy the vault to this folder, or among its own backups."""
        self._long(lambda progress: self._vault.backup(place, progress), _("Backing up the vault"), self._backed_up)

    def _back_up_elsewhere(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._view, _("Where the backup goes"))
        if chosen:
            self.back_up(Path(chosen))

    def _backed_up(self, place: Path) -> None:
        words = _("{file} was copied and read back. It opens with the same passphrases.").format(file=place.name)
        self._view.note.say(words, heading=_("The backup is good"))
        self._read()

    def _bring_in(self) -> None:
        dialog = ImportDialog(ListKind.PEOPLE, self._desk, self._runner, self._view, self._privacy)
        dialog.brought_in.connect(self.changed)
        dialog.open()

    # --- inside ------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        def work(_progress: Progress) -> tuple[VaultInfo, Known]:
            return vault.facts(self._desk.folder), self._care.read()

        self._runner.start(work, self._show, self._fail, owner=self._view, lane=STORE)
        if self._desk.is_supervisor:
            self.loss.read()
            self.users.read()

    def _show(self, known: tuple[VaultInfo, Known]) -> None:
        info, backups = known
        self._care.show(backups)
        last = moment(info.newest_backup) if info.newest_backup else _("none yet in the vault's own folder")
        whole = info.key_file_whole and info.mirror_whole and info.key_files_match
        size = _("{n} MB").format(n=f"{info.size / _MEGABYTE:.1f}")
        keys = _("both whole") if whole else _("damaged: check the vault now")
        self._view.facts.set_facts((_("Last backup"), last), (_("Size"), size), (_("Key files"), keys))

    def _long(
        self,
        work: Callable[[Progress], T],
        title: str,
        on_done: Callable[[T], object],
        *,
        keep_notes: bool = False,
    ) -> None:
        view = self._view
        if not keep_notes:
            view.note.hide()
            view.failure.hide()
        view.set_busy(True)

        def done(result: T) -> None:
            view.set_busy(False)
            on_done(result)

        view.progress.watch(self._runner.start(work, done, self._fail, owner=view, lane=FILES), title)

    def _fail(self, error: AppError) -> None:
        self._view.set_busy(False)
        errors.tell(self._view.failure, error)
