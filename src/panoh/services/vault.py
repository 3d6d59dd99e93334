"""The vault as a whole: make it, unlock it, look after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from panoh.base.clock import Clock
from panoh.base.ids import new_device_code, new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.cases import User
from panoh.services import resources
from panoh.services.desk import SUPERVISOR, Desk
from panoh.services.levels import Deriver, refresh_due
from panoh.store import backup as backups
from panoh.store import check as checks
from panoh.store import journal, keys
from panoh.store.engine import open_engine, writer
from panoh.store.folder import VaultFolder
from panoh.store.lock import VaultLock
from panoh.store.migrate import migrate
from panoh.store.store import Store

MIGRATIONS = "panoh:store/migrations"
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault: its desk, and the recovery text that is shown once."""

    open: OpenVault
    recovery: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of the vault found; no problems means that everything fits."""

    problems: tuple[str, ...]
    people: int
    journal_entries: int
    journal_code: str


class OpenVault:
    """An unlocked vault: its desk, and what must be let go of when it is locked."""

    def __init__(self, desk: Desk, folder: VaultFolder, unlocked: keys.Unlocked, lock: VaultLock) -> None:
        self.desk = desk
        self.folder = folder
        self.repaired = unlocked.repaired
        self._unlocked = unlocked
        self._lock = lock

    def close(self) -> None:
        """Lock the vault: connections closed, keys forgotten, the folder free for another window."""
        self.desk.store.close()
        self._lock.release()

    def __enter__(self) -> OpenVault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create(
    path: Path, user: str, passphrase: str, *, clock: Clock, role: str = SUPERVISOR, device: str = "", demo: bool = False, kdf: keys.Kdf = keys.Kdf()
) -> Created:
    """Make a vault with its first user and a recovery slot, and leave it unlocked.

    Raises AppError: vault.exists, vault.not_readable, vault.weak_passphrase, disk.full.
    """
    folder = VaultFolder.make(path)
    lock = VaultLock(folder).acquire()
    unlocked = keys.create(folder, user, passphrase, kdf=kdf)
    recovery = keys.make_recovery(folder, unlocked, kdf=kdf)
    _lay_tables(folder, unlocked, clock, User(id=unlocked.user_id, name=user.strip(), role=role), device or new_device_code(), demo)
    return Created(_open(folder, unlocked, lock, clock), recovery)
