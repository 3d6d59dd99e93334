"""The vault as a whole: make it, unlock it, recover it, look after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.ids import is_device_code, new_device_code
from panoh.base.progress import Progress, Silent
from panoh.domain.access import HEAD
from panoh.domain.cases import User
from panoh.services import erasing, incarnation, leads, resources, retention, seal, shield
from panoh.services.deriving import Deriver, refresh_all_keys
from panoh.services.desk import Desk
from panoh.services.levels import refresh_due
from panoh.services.open_vault import CheckResult, Keyring, OpenVault
from panoh.store import backup as backups
from panoh.store import check as checks
from panoh.store import journal, keys, slots
from panoh.store.building import building
from panoh.store.check import VaultInfo
from panoh.store.door import require_whole
from panoh.store.engine import open_engine, require_alone, translating, writer
from panoh.store.files import in_words, write_whole
from panoh.store.folder import VaultFolder, remove
from panoh.store.keyfile import STANDARD, Kdf
from panoh.store.keys import RECOVERY_USER, Unlocked
from panoh.store.lock import VaultLock, nobody_in
from panoh.store.migrate import lay, migrate
from panoh.store.passphrase import require_strong
from panoh.store.rekey import DUE, rekey
from panoh.store.store import Store
from panoh.store.units import Reading, Unit

MIGRATIONS = "panoh:store/migrations"
__all__ = [
    "CheckResult",
    "Keyring",
    "OpenVault",
    "VaultInfo",
    "create",
    "facts",
    "recover",
    "restore",
    "unlock",
    "write_file",
]


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, unlocked, and the recovery text that is shown once."""

    open: OpenVault
    recovery: str = field(repr=False)


def _nothing(_: Unit) -> None:
    """The first records of a vault feed no rule."""


def create(
    path: Path,
    user: str,
    passphrase: str,
    *,
    clock: Clock,
    device: str = "",
    demo: bool = False,
    one_time: bool = False,
    kdf: Kdf = STANDARD,
) -> Created:
    """Make a vault with its first user, the head of office, and a recovery slot, and leave it unlocked.

    It appears whole or not at all. With `one_time` the passphrase is one that somebody handed over: whoever uses it
    first chooses another one, and the vault gets another key and another recovery text.

    Raises AppError: vault.exists, vault.not_readable, vault.weak_passphrase, vault.bad_device, disk.full.
    """
    code = device.strip().upper() or new_device_code()
    if not is_device_code(code):
        raise AppError("vault.bad_device")
    require_strong(passphrase)
    keys.require_name(user)
    with building(path) as folder:
        unlocked = keys.create(folder, user, passphrase, kdf)
        recovery = slots.make_recovery(folder, unlocked)
        first = User(id=unlocked.user_id, name=user.strip(), role=HEAD, one_time=one_time)
        try:
            _lay_tables(folder, unlocked, clock, first, code, demo)
        except AppError as error:
            if error.code == "vault.damaged":  # made a moment ago: the disk did not take what was written
                raise AppError("disk.failed") from None
            raise
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
        with translating(folder), writer(engine).begin() as connection:
            lay(connection, MIGRATIONS, journal.TRIGGERS)
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
    erased_beside: Sequence[Path] = (),
) -> OpenVault:
    """Open a vault with a user name and passphrase.

    Whoever was erased and stands in it again is erased again first; `erased_beside` are folders with further lists of them.

    Levels that time changed are refreshed, and leads whose time is over emptied, before it is handed out; who asks for
    `levels_later` does that, as the window does while it shows already.

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
        erased_beside=erased_beside,
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
    by_paper = opened.desk.secret_key
    try:
        with opened.works.one():
            keyring, known = opened.keyring, opened.desk.user
            keyring.unlocked, paper = slots.renew(keyring.folder, keyring.unlocked, known.name, passphrase, known.id)
            seal.pass_on(opened.desk, by_paper, keyring.unlocked.secret_key)
        return Created(opened, paper)
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
    erased_beside: Sequence[Path] = (),
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
        unlocked = _with_key_changed(folder, unlocked, progress)
        engine = open_engine(folder.db, unlocked.key)
        deriver = Deriver(resources.rulebook(), clock)
        store = Store(engine, unlocked.key.derive("journal"), clock, deriver)
        with store.reading() as reading:
            users = _let_in(reading)
        user = whose(users, unlocked)
        if user is None:
            raise AppError("vault.no_such_user")
        repaired = slots.mend(folder, unlocked, [known.id for known in users])
        keyring = Keyring(folder, unlocked)
        desk = desk_of(store, user, clock, deriver, keyring)
        _ready(desk, erased_beside, progress)
        if not levels_later:
            _passed(desk)
        return OpenVault(desk, keyring, lock, repaired)
    except BaseException:
        if engine is not None:
            engine.dispose()
        lock.release()
        raise


def _passed(desk: Desk) -> None:
    """What time has changed since the vault was last open."""
    refresh_due(desk)
    leads.expire(desk)


def _ready(desk: Desk, erased_beside: Sequence[Path], progress: Progress | None) -> None:
    """What is done before anything is shown: whoever was erased is erased again, first of all."""
    desk.believed.look(desk.store, desk.user.id)
    erasing.replay(desk, erased_beside)
    retention.look_at_clock(desk)
    with desk.writing() as unit:
        refresh_all_keys(unit, progress or Silent())
    seal.hand_out(desk)


def desk_of(store: Store, user: User, clock: Clock, deriver: Deriver, ring: Keyring) -> Desk:
    """The desk of a user at this open store."""
    desk = Desk(
        store, user, clock, resources.vocabularies(), resources.rulebook(), ring.folder.path, deriver.refresh,
        resources.access(), ring.unlocked.secret_key, ring.public_keys, shield.keep_up,
    )  # fmt: skip
    desk.believed = deriver.believed
    return desk


def _let_in(reading: Reading) -> list[User]:
    """The users who have not left."""
    return [user for user in reading.all(User) if user.left_on is None]


def _with_key_changed(folder: VaultFolder, unlocked: Unlocked, progress: Progress | None) -> Unlocked:
    """What the slot yields, after a change of the vault's key that was cut off has been done; usually nothing is due."""
    engine = open_engine(folder.db, unlocked.key)
    try:
        with translating(engine), engine.connect() as connection, connection.begin():
            reading = Reading(connection)
            due, users = reading.meta(DUE) == "yes", [user.id for user in _let_in(reading)]
    finally:
        engine.dispose()
    if not due or unlocked.user_id not in (*users, RECOVERY_USER):
        return unlocked
    key, _lost = rekey(folder, unlocked.key, users, progress)
    return slots.with_key(folder, unlocked, key)


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
        beside = erasing.lists_near(backup)
        with unlock(
            vault.path, user, passphrase, clock=clock, progress=progress, levels_later=True, erased_beside=beside
        ) as opened:
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
