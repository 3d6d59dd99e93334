"""Backups and their way back: nothing counts before it was read again from the place it was written to.

A backup is a folder like a vault's, with the store, both key files and a manifest of what it holds, and opens with the
same passphrases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Silent
from panoh.store import keyfile, manifest
from panoh.store.building import building, cut_off
from panoh.store.engine import connect, damaged, translating
from panoh.store.files import make_private, require_room, settle, telling
from panoh.store.folder import Backup, VaultFolder, backup_name, listed, newest, remove
from panoh.store.keyfile import KeyFile
from panoh.store.keys import StoreKey, genuine, unlock
from panoh.store.verify import bad_pages, count_rows, header_problem, problems

__all__ = ["Backup", "backup", "copy_file", "copy_store", "listed", "newest", "read_back", "restore"]

_PAGES_A_STEP = 2048  # 8 MiB between two looks at "cancel"


def backup(
    folder: VaultFolder,
    key: StoreKey,
    place: Path,
    now: datetime,
    progress: Progress | None = None,
    reason: str = manifest.ASKED,
) -> Backup:
    """Copy the vault, which may be open, into a new folder `panoh-YYYYMMDD-HHMMSS` (UTC) under `place`.

    `reason` is one of manifest.py and stands in the manifest.
    Raises AppError backup.unreadable, disk.full, vault.key_damaged, vault.damaged, cancelled; then nothing counts.
    """
    watch = progress or Silent()
    state = genuine(folder, key)
    at = now.replace(microsecond=0)
    while (place / backup_name(at)).exists():
        at += timedelta(seconds=1)
    with telling():
        _sweep(place, at)
    with building(place / backup_name(at)) as target, _copied(folder, key, target.db, watch) as expected:
        with telling():
            keyfile.lay(target, state)
        read_back(target, key, state, expected, watch)
        _write_manifest(target, key, at, reason, watch)
    return Backup(place.absolute() / backup_name(at), at, sum(expected.values()))


def _write_manifest(target: VaultFolder, key: StoreKey, at: datetime, reason: str, progress: Progress) -> None:
    """Say in the backup what was read back from it."""
    with translating(target):
        opened = connect(target.db, key)
        try:
            told = manifest.describe(opened, key, progress, at.isoformat(), reason)
        finally:
            opened.close()
        manifest.write(target, told, key)
    if manifest.read(target, key) != told:
        raise AppError("backup.unreadable", found=_("The list of what it holds is damaged."))


def _sweep(place: Path, now: datetime) -> None:
    """Remove what backups left that were cut off more than a day ago; another laptop may be writing a younger one."""
    for part in cut_off(place):
        if now - datetime.fromtimestamp(part.stat().st_mtime, UTC) > timedelta(days=1):
            remove(part)


def copy_store(
    folder: VaultFolder, key: StoreKey, target: Path, progress: Progress, target_key: StoreKey | None = None
) -> dict[str, int]:
    """Copy one consistent picture of the store to a new file, under the same key or another; returns its rows by table.

    Raises AppError disk.full, vault.damaged, cancelled.
    """
    with _copied(folder, key, target, progress, target_key) as expected:
        return expected


@contextmanager
def _copied(
    folder: VaultFolder, key: StoreKey, target: Path, progress: Progress, target_key: StoreKey | None = None
) -> Iterator[dict[str, int]]:
    """The same; inside, the copy can be read back while another thread reads every page of the store.

    A page that is damaged there is zeros in the copy, under a MAC that fits. The picture is held until the store was
    read: until then no page that it was copied from is written over. The target is keyed before the first page arrives:
    SQLCipher refuses to copy into a file without a key.
    """
    with translating(folder, disk=target.parent):
        require_room(target.parent, folder.db.stat().st_size)
        with ThreadPoolExecutor(1, "panoh-pages") as beside, closing(connect(folder.db, key)) as source:
            source.execute("BEGIN")
            expected = count_rows(source)  # begins the picture that is copied
            _copy_pages(source, connect(target, target_key or key, create=True), progress)
            settle(target)
            bad = beside.submit(_bad_pages_of, folder, key)
            try:
                yield expected
            except AppError as error:
                if error.code == "backup.unreadable" and bad.result():
                    raise damaged(folder) from None
                raise
            if bad.result():
                raise damaged(folder)


def _bad_pages_of(folder: VaultFolder, key: StoreKey) -> int:
    """How many pages of the store are damaged; SQLite reads them without Python's lock."""
    opened = connect(folder.db, key)
    try:
        return bad_pages(opened)
    finally:
        opened.close()


def _copy_pages(source: sqlcipher.Connection, copy: sqlcipher.Connection, progress: Progress) -> None:
    def step(_status: int, remaining: int, total: int) -> None:
        progress.step(total - remaining, total, _("Copying the vault"))

    try:
        source.backup(copy, pages=_PAGES_A_STEP, progress=step)
        copy.execute("PRAGMA journal_mode = delete")  # one file, readable from a medium that takes no writes
    finally:
        copy.close()


def read_back(
    copy: VaultFolder, key: StoreKey, state: KeyFile, expected: dict[str, int] | None, progress: Progress
) -> None:
    """Raise AppError backup.unreadable unless store and key files in this folder are whole and hold what they should."""
    found = [problem for problem in [header_problem(copy.db, key)] if problem]
    try:
        if not found:
            opened = connect(copy.db, key)
            try:
                found += problems(opened, progress, thorough=expected is None)
                if not found and expected is not None and count_rows(opened) != expected:
                    found.append(_("The numbers of rows differ."))
            finally:
                opened.close()
    except sqlcipher.DatabaseError as error:
        raise AppError("backup.unreadable", found=error.sqlite_errorname) from None
    with telling():
        if keyfile.read(copy) != (state, state):
            found.append(_("The key files are damaged."))
    if found:
        raise AppError("backup.unreadable", found=" ".join(found))


def restore(
    source: Path,
    place: Path,
    name: str,
    passphrase: str,
    progress: Progress | None = None,
    prove: Callable[[VaultFolder], object] = lambda _vault: None,
) -> VaultFolder:
    """Make a vault at `place`, an empty or new folder, from a backup; its slots and passphrases are those of that day.

    The backup is only read. `prove` may still refuse the vault, by an exception, before it appears at `place`.
    Raises AppError vault.missing, vault.exists, vault.wrong_passphrase, vault.key_damaged, backup.unreadable,
    disk.full, cancelled; what was written is then removed.
    """
    watch = progress or Silent()
    backed_up = VaultFolder(source.absolute())
    with telling():
        if not backed_up.db.is_file():
            raise AppError("vault.missing")
    with building(place) as vault:
        key = unlock(backed_up, name, passphrase).key
        state = genuine(backed_up, key)
        with telling():
            require_room(vault.path, backed_up.db.stat().st_size)
            keyfile.lay(vault, state)
            for file in filter(Path.is_file, (backed_up.db, backed_up.wal)):
                copy_file(file, vault.path / file.name, watch)
        read_back(vault, key, state, None, watch)
        prove(vault)
    return VaultFolder.require(place)


def copy_file(source: Path, target: Path, progress: Progress) -> None:
    """Copy a file for this user alone, and flush it to the disk; raises OSError, AppError cancelled."""
    done, total = 0, source.stat().st_size
    make_private(target)
    with source.open("rb") as reading, target.open("wb") as writing:
        while piece := reading.read(_PAGES_A_STEP * 4096):
            writing.write(piece)
            done += len(piece)
            progress.step(done, total, _("Copying the backup"))
    settle(target)
