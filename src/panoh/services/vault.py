"""The vault as a whole: make it, unlock it, recover it, look after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.ids import is_device_code, new_device_code, new_id
from panoh.base.paths import private_folder
from panoh.base.progress import Progress
from panoh.domain.cases import User
from panoh.services import resources
from panoh.services.deriving import Deriver, refresh_all_keys
from panoh.services.desk import CASEWORKER, SUPERVISOR, Desk
from panoh.services.levels import refresh_due
from panoh.store import backup as backups
from panoh.store import check as checks
from panoh.store import journal, keys
from panoh.store.check import VaultInfo
from panoh.store.engine import open_engine, writer
from panoh.store.files import telling, write_whole
from panoh.store.folder import VaultFolder, building
from panoh.store.keyfile import STANDARD, Kdf
from panoh.store.keys import Unlocked
from panoh.store.lock import VaultLock
from panoh.store.migrate import migrate, upgrade
from panoh.store.store import Store
from panoh.store.tables import table
from panoh.store.units import Unit

MIGRATIONS = "panoh:store/migrations"
__all__ = ["OpenVault", "VaultInfo", "create", "facts", "recover", "restore", "unlock", "write_file"]


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, unlocked, and the recovery text that is shown once."""

    open: OpenVault
    recovery: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of the whole vault found; no problems means that everything fits."""

    problems: tuple[str, ...]
    people: int
    journal_entries: int
    journal_code: str


class OpenVault:
    """An unlocked vault: its desk, and what must be let go of when it is locked."""

    def __init__(self, desk: Desk, folder: VaultFolder, unlocked: Unlocked, lock: VaultLock) -> None:
        self.desk = desk
        self.repaired = unlocked.repaired
        self._folder = folder
        self._unlocked = unlocked
        self._lock = lock

    def close(self) -> None:
        """Lock the vault: connections closed, the folder free for another window."""
        self.desk.store.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_user(self, name: str, passphrase: str, role: str) -> User:
        """Give another person a slot of their own; only a supervisor may.

        Raises AppError: access.denied, vault.user_exists, vault.weak_passphrase.
        """
        self.desk.require_supervisor()
        if role not in (CASEWORKER, SUPERVISOR):
            raise AppError("vault.no_such_role", role=role[:20])
        user = User(id=new_id(), name=name.strip(), role=role)
        with self.desk.writing() as unit:
            if any(_same_name(known.name, user.name) for known in unit.all(User)):
                raise AppError("vault.user_exists")
            unit.add(user)
            keys.add_slot(self._folder, self._unlocked, user.name, passphrase, user.id)
        return user

    def new_recovery(self) -> str:
        """A new recovery text, shown once; the one before stops working. For whoever came in by the paper."""
        return keys.make_recovery(self._folder, self._unlocked)

    def check(self, progress: Progress | None = None) -> CheckResult:
        """Read every page, every link between records, both key files, and the journal's whole chain."""
        report = checks.check(self._folder, self._unlocked.key, progress)
        head, broken = self.desk.store.verify_journal()
        problems = [*report.problems]
        if broken is not None:
            problems.append(AppError("journal.broken", entry=broken).sentence())
        return CheckResult(tuple(problems), report.tables.get("person", 0), head.count, head.code)

    def backup(self, place: Path | None = None, progress: Progress | None = None) -> Path:
        """Copy the vault to another folder (its own backups without one); it counts only after it was read back."""
        target = place or self._folder.backups
        try:
            with telling():
                private_folder(target)
        except OSError:
            raise AppError("file.not_written", name=target.name) from None
        return backups.backup(self._folder, self._unlocked.key, target, self.desk.clock.now(), progress).path


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _nothing(_: Unit) -> None:
    """The first records of a vault feed no rule."""


def create(
    path: Path,
    user: str,
    passphrase: str,
    *,
    clock: Clock,
    role: str = SUPERVISOR,
    device: str = "",
    demo: bool = False,
    kdf: Kdf = STANDARD,
) -> Created:
    """Make a vault with its first user and a recovery slot, and leave it unlocked. It appears whole or not at all.

    Raises AppError: vault.exists, vault.not_readable, vault.weak_passphrase, vault.no_such_role, vault.bad_device,
    disk.full.
    """
    if role not in (CASEWORKER, SUPERVISOR):
        raise AppError("vault.no_such_role", role=role[:20])
    code = device.strip().upper() or new_device_code()
    if not is_device_code(code):
        raise AppError("vault.bad_device")
    with building(path) as folder:
        unlocked = keys.create(folder, user, passphrase, kdf)
        recovery = keys.make_recovery(folder, unlocked)
        _lay_tables(folder, unlocked, clock, User(id=unlocked.user_id, name=user.strip(), role=role), code, demo)
    return Created(unlock(path, user, passphrase, clock=clock), recovery)


def _lay_tables(folder: VaultFolder, unlocked: Unlocked, clock: Clock, user: User, device: str, demo: bool) -> None:
    engine = open_engine(folder.db, unlocked.key, create=True)
    try:
        with writer(engine).begin() as connection:
            upgrade(connection, MIGRATIONS, journal.TRIGGERS)
        store = Store(engine, unlocked.key.derive("journal"), clock, _nothing)
        with store.writing(user.id) as unit:
            unit.set_meta("vault_id", unlocked.vault_id)
            unit.set_meta("device_code", device)
            unit.set_meta("demo", "yes" if demo else "no")
            unit.add(user)
    finally:
        engine.dispose()


def unlock(path: Path, user: str, passphrase: str, *, clock: Clock, progress: Progress | None = None) -> OpenVault:
    """Open a vault with a user name and passphrase.

    Raises AppError: vault.missing, vault.in_use, vault.wrong_passphrase, vault.key_damaged, vault.damaged,
    vault.newer, disk.full.
    """
    return _unlocked(path, clock, progress, lambda folder: keys.unlock(folder, user, passphrase))


def recover(path: Path, text: str, user: str, passphrase: str, *, clock: Clock) -> Created:
    """Open a vault with its recovery text and give this user a new passphrase; the old one stops working.

    The text was read off its paper, so it is used up: the one that comes back holds from now on.

    Raises AppError: vault.wrong_recovery, vault.no_such_user, vault.weak_passphrase and those of `unlock`.
    """

    def by_paper(folder: VaultFolder) -> Unlocked:
        holder = keys.unlock_recovery(folder, text)
        known = _user_of_name(folder, holder, clock, user)
        keys.replace_slot(folder, holder, known.name, passphrase, known.id)
        return keys.unlock(folder, known.name, passphrase)

    opened = _unlocked(path, clock, None, by_paper)
    try:
        return Created(opened, opened.new_recovery())
    except BaseException:
        opened.close()
        raise


def _user_of_name(folder: VaultFolder, holder: Unlocked, clock: Clock, name: str) -> User:
    engine = open_engine(folder.db, holder.key)
    try:
        with Store(engine, holder.key.derive("journal"), clock, _nothing).reading() as reading:
            for known in reading.all(User):
                if _same_name(known.name, name):
                    return known
    finally:
        engine.dispose()
    raise AppError("vault.no_such_user")


def _unlocked(
    path: Path, clock: Clock, progress: Progress | None, open_keys: Callable[[VaultFolder], Unlocked]
) -> OpenVault:
    folder = VaultFolder.require(path)
    lock = VaultLock(folder, clock.now())
    store = None
    try:
        unlocked = open_keys(folder)
        migrate(folder, unlocked.key, MIGRATIONS, journal.TRIGGERS, clock.now(), progress)
        rulebook = resources.rulebook()
        deriver = Deriver(rulebook, clock)
        store = Store(open_engine(folder.db, unlocked.key), unlocked.key.derive("journal"), clock, deriver)
        with store.reading() as reading:
            user = reading.first(User, table(User).c.id == unlocked.user_id)
        if user is None:
            raise AppError("vault.no_such_user")
        desk = Desk(store, user, clock, resources.vocabularies(), rulebook, folder.path, deriver.refresh)
        with desk.writing() as unit:
            refresh_all_keys(unit)
        refresh_due(desk)
        return OpenVault(desk, folder, unlocked, lock)
    except BaseException:
        if store is not None:
            store.close()
        lock.release()
        raise


def facts(path: Path) -> VaultInfo:
    """What can be said about a locked vault: key files, newest backup, size. Raises AppError vault.missing."""
    return checks.info(path)


def restore(
    backup: Path, path: Path, user: str, passphrase: str, *, clock: Clock, progress: Progress | None = None
) -> None:
    """Make a vault at `path` from a backup; it counts only after it was read back and opened.

    Raises AppError: vault.exists, vault.wrong_passphrase, backup.unreadable, disk.full.
    """
    backups.restore(backup, path, user, passphrase, progress)
    with unlock(path, user, passphrase, clock=clock):
        pass


def write_file(path: Path, content: bytes) -> None:
    """Write a file that leaves the vault, whole or not at all, for this user alone. Raises AppError disk.full and the like."""
    try:
        with telling():
            write_whole(path, content)
    except OSError:
        raise AppError("file.not_written", name=path.name) from None
