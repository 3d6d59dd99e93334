"""What recovery does with the files of a damaged vault and of its backups."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.store import keyfile, keys, manifest
from panoh.store.backup import copy_file
from panoh.store.building import building
from panoh.store.engine import connect
from panoh.store.files import discard, require_room, settle_folder, telling, write_whole
from panoh.store.folder import VaultFolder
from panoh.store.keys import StoreKey, Unlocked, genuine
from panoh.store.units import Reading
from panoh.store.verify import header_problem, problems


@dataclass(frozen=True, slots=True)
class Opening:
    """A backup that this user and passphrase open: its key, whose it is, and how far its journal goes."""

    key: StoreKey = field(repr=False)
    vault_id: str
    entries: int


@dataclass(frozen=True, slots=True)
class Loss:
    """What a damaged vault holds that a backup lacks, as far as it can be read."""

    entries: int
    records: int
    last: datetime


def opens(backup: Path, user: str, passphrase: str, own: Unlocked) -> Opening | None:
    """Open a backup by the key of the vault or, when the vault's keys were changed since, by the passphrase."""
    place = VaultFolder(backup)
    try:
        try:
            state, key = genuine(place, own.key), own.key
            vault_id = state.vault_id
        except AppError:
            unlocked = keys.unlock(place, user, passphrase)
            key, vault_id = unlocked.key, unlocked.vault_id
        told = manifest.read(place, key)
        entries = told.entries if told else _entries(place, key)
    except (AppError, OSError, sqlcipher.DatabaseError):
        return None
    return Opening(key, vault_id, entries)


def _entries(place: VaultFolder, key: StoreKey) -> int:
    opened = connect(place.db, key, read_only=True)
    try:
        return int(opened.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])
    finally:
        opened.close()


def whole(backup: Path, opening: Opening, progress: Progress) -> bool:
    """Whether a backup reads through: pages, structure, references, and a key file that fits."""
    place = VaultFolder(backup)
    return not store_problems(place, opening.key, progress) and any(keyfile.read(place))


def store_problems(place: VaultFolder, key: StoreKey, progress: Progress) -> bool:
    """Whether anything is wrong with the store in this folder, or it cannot be read at all; nothing is written."""
    try:
        if header_problem(place.db, key):
            return True
        opened = connect(place.db, key, read_only=True)
        try:
            return bool(problems(opened, progress))
        finally:
            opened.close()
    except (OSError, sqlcipher.DatabaseError):
        return True
    except AppError as error:
        if error.code == "cancelled":
            raise
        return True


def lost_since(folder: VaultFolder, key: StoreKey, entries: int) -> Loss | None:
    """What the damaged vault's journal holds after this many entries; None when that cannot be read."""
    asked = "SELECT count(*), count(DISTINCT record_id), max(at) FROM journal WHERE seq > ?"
    try:
        opened = connect(folder.db, key, read_only=True)
        try:
            count, records, last = opened.execute(asked, (entries,)).fetchone()
        finally:
            opened.close()
    except (AppError, OSError, sqlcipher.DatabaseError):
        return None
    return Loss(count, records, datetime.fromtimestamp(last or 0, UTC))


def can_be_read(folder: VaultFolder, key: StoreKey) -> bool:
    """Whether the users of a damaged vault can be read, which is what it takes to look into it."""
    try:
        opened = connect(folder.db, key, read_only=True)
        try:
            return bool(opened.execute("SELECT count(*) FROM vault_user WHERE name != ''").fetchone()[0])
        finally:
            opened.close()
    except (AppError, OSError, sqlcipher.DatabaseError):
        return False


def schema_of(reading: Reading) -> str:
    """The schema that an open store says it has."""
    return str(reading.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def keep_aside(folder: VaultFolder, now: datetime, progress: Progress) -> Path:
    """Copy what makes up the damaged vault to a folder beside it, whole or not at all; its backups stay where they are.

    For the holder of the lock. Raises AppError disk.full, vault.not_readable, cancelled.
    """
    aside = folder.path.with_name(f"{folder.path.name}-damaged-{now:%Y%m%d-%H%M%S}")
    tries = 1
    while aside.exists():
        tries += 1
        aside = folder.path.with_name(f"{folder.path.name}-damaged-{now:%Y%m%d-%H%M%S}-{tries}")
    with building(aside) as kept, telling():
        there = [each for each in (folder.db, folder.wal, folder.key, folder.mirror) if each.is_file()]
        require_room(kept.path, sum(each.stat().st_size for each in there))
        for each in there:
            copy_file(each, kept.path / each.name, progress)
    return aside


def switch(folder: VaultFolder, restored: VaultFolder) -> None:
    """Put a restored store in the damaged one's place; both key files come first, so that one of them always fits.

    A kill before the last step leaves a vault that is told to be damaged, as it was, with all of it kept aside.
    """
    if restored.wal.exists():  # it was opened and closed, and the disk did not let its log be carried over
        raise AppError("disk.failed")
    with telling():
        take_keys(folder, restored)
        folder.mark.unlink(missing_ok=True)
        drop_log(folder)
        restored.db.replace(folder.db)
        with suppress(OSError):  # put back it is; a power cut right now would leave the damaged vault once more
            settle_folder(folder.path)
    discard(folder.suspect)


def take_keys(folder: VaultFolder, source: VaultFolder) -> None:
    """Take on the key file of another folder, in both places."""
    with telling():
        good = next(
            path for path, state in zip((source.key, source.mirror), keyfile.read(source), strict=True) if state
        )
        content = good.read_bytes()
        for place in (folder.key, folder.mirror):
            write_whole(place, content)


def drop_log(folder: VaultFolder) -> None:
    """Take the log away: it would be read into whatever store lies beside it."""
    with telling():
        for path in (folder.wal, folder.wal.with_name("vault.db-shm")):
            path.unlink(missing_ok=True)
        settle_folder(folder.path)
    discard(folder.suspect)
