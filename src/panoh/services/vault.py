"""The vault as a whole: make it, unlock it, recover it, look after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Self

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.ids import is_device_code, new_device_code, new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.cases import User
from panoh.services import backups as keeping
from panoh.services import duplicates, incarnation, resources
from panoh.services.deriving import Deriver, refresh_all_keys
from panoh.services.desk import CASEWORKER, SUPERVISOR, Desk
from panoh.services.levels import refresh_due
from panoh.services.works import Works
from panoh.store import backup as backups
from panoh.store import check as checks
from panoh.store import journal, keys, slots
from panoh.store.building import building
from panoh.store.check import VaultInfo
from panoh.store.door import leave_mark, require_whole
from panoh.store.engine import open_engine, require_alone, writer
from panoh.store.files import in_words, make_folder, telling, write_whole
from panoh.store.folder import VaultFolder, remove
from panoh.store.keyfile import STANDARD, Kdf
from panoh.store.keys import Unlocked
from panoh.store.lock import VaultLock, nobody_in
from panoh.store.migrate import migrate, upgrade
from panoh.store.passphrase import require_strong
from panoh.store.store import Store
from panoh.store.units import Unit

MIGRATIONS = "panoh:store/migrations"
__all__ = ["OpenVault", "VaultInfo", "create", "facts", "recover", "restore", "unlock", "write_file"]


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, unlocked, and the recovery text that is shown once."""

    open: OpenVault
    recovery: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of the whole vault found; no problems means that everything fits."""

    problems: tuple[str, ...]
    people: int
    journal_entries: int
    journal_code: str


class OpenVault:
    """An unlocked vault: its desk, and what must be let go of when it is locked."""

    def __init__(self, desk: Desk, folder: VaultFolder, unlocked: Unlocked, lock: VaultLock, repaired: bool) -> None:
        self.desk = desk
        self.repaired = repaired  # a copy of the key file was damaged, missing or out of date
        self._folder = folder
        self._unlocked = unlocked
        self._lock = lock
        self._works = Works()
        desk.back_up = partial(keeping.unless_made, self)

    @contextmanager
    def at_work(self, progress: Progress | None = None) -> Iterator[tuple[VaultFolder, Unlocked, Progress]]:
        """For services that work on the vault's files: its folder and keys, until it is locked. Raises AppError vault.locked."""
        with self._works.one(progress) as watch:
            yield self._folder, self._unlocked, watch

    def close(self) -> None:
        """Lock the vault: long work stopped, connections closed, the folder free for another window."""
        self._works.end()
        try:
            head = None
            with suppress(AppError):
                head = self.desk.store.journal_head()
            self.desk.store.close()
            if head is not None and not self.desk.store.read_only:
                with suppress(OSError):  # an older mark is as good as one that tells less
                    leave_mark(self._folder, self._unlocked.key, head)
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_user(self, name: str, passphrase: str, role: str) -> User:
        """Give another person a slot of their own; only a supervisor may.

        The row commits before the slot is in place: cut off between the two, the user cannot get in, and adding them
        once more gives them their slot. The other order would leave a key to the vault that belongs to nobody.

        Raises AppError: access.denied, vault.no_such_role, vault.user_exists, vault.weak_passphrase, vault.key_damaged,
        disk.full; FieldProblem for an empty name.
        """
        self.desk.require_supervisor()
        if role not in (CASEWORKER, SUPERVISOR):
            raise AppError("vault.no_such_role", role=role[:20])
        with self._works.one(), ExitStack() as stack:
            with self.desk.writing() as unit:
                known = next((user for user in unit.all(User) if keys.same_name(user.name, name)), None)
                user = self._to_be_let_in(known, name.strip(), role)
                let_in = stack.enter_context(
                    slots.adding_slot(self._folder, self._unlocked, user.name, passphrase, user.id)
                )
                if known:
                    unit.save(user)
                else:
                    unit.add(user)
            let_in()
        return user

    def _to_be_let_in(self, known: User | None, name: str, role: str) -> User:
        """A new user, or the one of this name who was left without a slot."""
        if known is None:
            return User(id=new_id(), name=name, role=role)
        if known.left_on is not None or slots.has_slot(self._folder, self._unlocked, known.id):
            raise AppError("vault.user_exists")
        return replace(known, name=name, role=role)

    def renew_keys(self, passphrase: str) -> str:
        """Another passphrase for this user and another recovery text, which is returned, in one change or not at all.

        For whoever came in by the paper. Raises AppError vault.weak_passphrase, vault.key_damaged, disk.full.
        """
        user = self.desk.user
        with self._works.one():
            self._unlocked, recovery = slots.renew(self._folder, self._unlocked, user.name, passphrase, user.id)
        return recovery

    def check(self, progress: Progress | None = None) -> CheckResult:
        """Read every page, every link between records, both key files, and the journal's whole chain."""
        with self._works.one(progress) as watch:
            report = checks.check(self._folder, self._unlocked.key, watch)
            problems, head = [*report.problems], journal.Head(0, journal.GENESIS)
            try:
                head, broken = self.desk.store.verify_journal()
                if broken is not None:
                    problems.append(AppError("journal.broken", entry=broken).sentence())
            except AppError as error:  # its pages are damaged: the rest of what was found is told all the same
                if error.code != "vault.damaged":
                    raise
                problems.append(error.sentence())
        return CheckResult(tuple(dict.fromkeys(problems)), report.tables.get("person", 0), head.count, head.code)

    def find_duplicates(self, progress: Progress | None = None) -> duplicates.Found:
        """Look through everyone for people registered twice, from whatever thread; see duplicates.sweep."""
        with self._works.one(progress) as watch:
            return duplicates.sweep(self.desk, watch)

    def backup(self, place: Path | None = None, progress: Progress | None = None) -> Path:
        """Copy the vault to another folder (its own backups without one); it counts only after it was read back."""
        if place is None:
            return keeping.make(self, keeping.ASKED, progress)
        with self._works.one(progress) as watch:
            with telling():
                make_folder(place)
            return backups.backup(self._folder, self._unlocked.key, place, self.desk.clock.now(), watch).path


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
    require_strong(passphrase)
    keys.require_name(user)
    with building(path) as folder:
        unlocked = keys.create(folder, user, passphrase, kdf)
        recovery = slots.make_recovery(folder, unlocked)
        _lay_tables(folder, unlocked, clock, User(id=unlocked.user_id, name=user.strip(), role=role), code, demo)
    try:
        return Created(unlock(path, user, passphrase, clock=clock), recovery)
    except BaseException as error:
        if not isinstance(error, AppError) or error.code != "vault.in_use":
            with suppress(OSError):  # nothing is in it, and nobody will ever see its recovery text
                remove(path.absolute())
        raise


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


def unlock(
    path: Path,
    user: str,
    passphrase: str,
    *,
    clock: Clock,
    progress: Progress | None = None,
    levels_later: bool = False,
) -> OpenVault:
    """Open a vault with a user name and passphrase.

    Levels that time changed are refreshed before it is handed out; who asks for `levels_later` does that, as the window
    does while it shows already.

    Raises AppError: vault.missing, vault.in_use, vault.wrong_passphrase, vault.key_damaged, vault.damaged,
    vault.newer, disk.full.
    """
    return _unlocked(
        path,
        clock,
        progress,
        lambda folder: keys.unlock(folder, user, passphrase),
        lambda users, unlocked: next((known for known in users if known.id == unlocked.user_id), None),
        levels_later=levels_later,
    )


def recover(path: Path, text: str, user: str, passphrase: str, *, clock: Clock) -> Created:
    """Open a vault with its recovery text and give this user a new passphrase; the old one stops working.

    The text was read off its paper, so it is used up: the one that comes back holds from now on. Whatever is refused
    is refused before that: the passphrases and the paper of before then still hold.

    Raises AppError: vault.wrong_recovery, vault.no_such_user, vault.weak_passphrase and those of `unlock`.
    """
    require_strong(passphrase)
    opened = _unlocked(
        path,
        clock,
        None,
        lambda folder: keys.unlock_recovery(folder, text),
        lambda users, _unlocked: next((known for known in users if keys.same_name(known.name, user)), None),
    )
    try:
        return Created(opened, opened.renew_keys(passphrase))
    except BaseException:
        opened.close()
        raise


def _unlocked(
    path: Path,
    clock: Clock,
    progress: Progress | None,
    open_keys: Callable[[VaultFolder], Unlocked],
    whose: Callable[[Sequence[User], Unlocked], User | None],
    *,
    levels_later: bool = False,
) -> OpenVault:
    """The open vault of the user whom `whose` finds among all; the key file is not written before that is settled."""
    folder = VaultFolder.require(path)
    lock = VaultLock(folder, clock.now())
    engine = None
    try:
        unlocked = open_keys(folder)
        require_whole(folder, unlocked.key, progress)
        require_alone(folder, unlocked.key)
        migrate(folder, unlocked.key, MIGRATIONS, journal.TRIGGERS, clock.now(), progress)
        rulebook = resources.rulebook()
        deriver = Deriver(rulebook, clock)
        engine = open_engine(folder.db, unlocked.key)
        store = Store(engine, unlocked.key.derive("journal"), clock, deriver)
        with store.reading() as reading:
            users = reading.all(User)
        user = whose(users, unlocked)
        if user is None:
            raise AppError("vault.no_such_user")
        repaired = slots.mend(folder, unlocked, [known.id for known in users])
        desk = Desk(store, user, clock, resources.vocabularies(), rulebook, folder.path, deriver.refresh)
        with desk.writing() as unit:
            refresh_all_keys(unit, progress or Silent())
        if not levels_later:
            refresh_due(desk)
        return OpenVault(desk, folder, unlocked, lock, repaired)
    except BaseException:
        if engine is not None:
            engine.dispose()
        lock.release()
        raise


def facts(path: Path) -> VaultInfo:
    """What can be said about a locked vault: key files, newest backup, size. Raises AppError vault.missing."""
    return checks.info(path)


def restore(
    backup: Path, path: Path, user: str, passphrase: str, *, clock: Clock, progress: Progress | None = None
) -> str:
    """Make a vault at `path` from a backup; it counts only after it was read back and opened.

    It is a new incarnation (incarnation.py): returns the device code that its numbers begin with from now on.

    Raises AppError: vault.in_use (not a backup, but a vault that is open), vault.exists, vault.wrong_passphrase,
    backup.unreadable, vault.newer, disk.full; nothing is then at `path`.
    """

    codes = []

    def opens(vault: VaultFolder) -> None:
        with unlock(vault.path, user, passphrase, clock=clock, progress=progress, levels_later=True) as opened:
            codes.append(incarnation.renew(opened.desk, backup.name))

    with nobody_in(VaultFolder(backup.absolute()), clock.now()):
        backups.restore(backup, path, user, passphrase, progress, opens)
    return codes[0]


def write_file(path: Path, content: bytes) -> None:
    """Write a file that leaves the vault, whole or not at all, for this user alone. Raises AppError disk.full and the like."""
    try:
        write_whole(path, content)
    except FileNotFoundError:
        raise AppError("file.not_written", name=path.name) from None
    except OSError as error:
        raise in_words(error) or AppError("file.not_written", name=path.name) from None
