"""A vault is a folder: the store, its key file twice, a lock, and backups. Here is where each thing lies."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from panoh.base.errors import AppError
from panoh.store.files import PRIVATE_FOLDER, make_folder, telling

DRILL, PUT_BACK = "drill", "put-back"  # folders in a vault's own while a backup is tried or put back
_STAGED = f"*.{'[0-9a-f]' * 8}.new"  # a file that was to take another's place (files.py)
_BACKUP_TIME = "panoh-%Y%m%d-%H%M%S"


class VaultFolder(NamedTuple):
    """The places inside a vault's folder (nothing is opened or made here)."""

    path: Path

    @property
    def db(self) -> Path:
        """The encrypted store."""
        return self.path / "vault.db"

    @property
    def wal(self) -> Path:
        """The store's write-ahead log: there while it is open, and after a crash."""
        return self.path / "vault.db-wal"

    @property
    def key(self) -> Path:
        """The key file."""
        return self.path / "vault.key"

    @property
    def mirror(self) -> Path:
        """The second copy of the key file."""
        return self.path / "vault.key.mirror"

    @property
    def manifest(self) -> Path:
        """What a backup says that it holds; only backups have one."""
        return self.path / "manifest"

    @property
    def backups(self) -> Path:
        """Where backups go when no other place is asked for."""
        return self.path / "backups"

    @property
    def lock(self) -> Path:
        """Held by the one program that has the vault open."""
        return self.path / "lock"

    @property
    def since(self) -> Path:
        """Since when the lock is held."""
        return self.path / "lock.since"

    @property
    def migrating(self) -> Path:
        """The copy of the store that a migration works on."""
        return self.path / "vault.db.migrating"

    @property
    def mark(self) -> Path:
        """Where the journal stood when the vault was last locked."""
        return self.path / "vault.mark"

    @property
    def suspect(self) -> Path:
        """There once damage was found: the next unlock reads the whole store before it lets anyone in."""
        return self.path / "suspect"

    @classmethod
    def make(cls, path: Path) -> VaultFolder:
        """An empty folder for a new vault. Raises AppError vault.exists, vault.not_readable or disk.full."""
        place = path.absolute()
        with telling():
            require_free(place)
            make_folder(place)
            place.chmod(PRIVATE_FOLDER)
        return cls(place)

    @classmethod
    def require(cls, path: Path) -> VaultFolder:
        """The folder of a vault that is there. Raises AppError vault.missing or vault.not_readable."""
        folder = cls(path.absolute())
        with telling():
            if not folder.db.is_file():
                raise AppError("vault.missing")
        if not os.access(folder.path, os.R_OK | os.W_OK | os.X_OK) or not os.access(folder.db, os.R_OK | os.W_OK):
            raise AppError("vault.not_readable")
        return folder

    def leftovers(self) -> list[Path]:
        """What work that was cut off left behind; nothing of it counts."""
        names = (
            f"{path.name}*.new" for path in (self.key, self.since)
        )  # the mirror's begin like those of the key file
        patterns = (_STAGED, *names, f"{self.migrating.name}*", f"{DRILL}.*.part", f"{PUT_BACK}*")
        inside = [path for pattern in patterns for path in self.path.glob(pattern)]
        beside = [path for pattern in ("panoh-*.part", _STAGED) for path in self.backups.glob(pattern)]
        return sorted({*inside, *beside})

    def sweep(self) -> None:
        """Remove what work that was cut off left behind; only for the holder of the lock."""
        for path in self.leftovers():
            remove(path)


def remove(path: Path) -> None:
    """Remove a file or a folder with all in it; not being there is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def require_free(place: Path) -> None:
    """Raise AppError vault.exists unless nothing, or an empty folder, is at this place."""
    if place.is_symlink() or (place.exists() and not (place.is_dir() and not any(place.iterdir()))):
        raise AppError("vault.exists")


class Backup(NamedTuple):
    """A backup that counts: it was read back before it got its name."""

    path: Path
    made_at: datetime
    rows_checked: int | None = None  # only known to the program that has just made it

    @property
    def size(self) -> int:
        """Bytes of the encrypted store in it."""
        return VaultFolder(self.path).db.stat().st_size


def backup_name(at: datetime) -> str:
    """The name of a backup made at this moment, in UTC: 'panoh-20100614-092205'."""
    return at.astimezone(UTC).strftime(_BACKUP_TIME)


def listed(place: Path) -> list[Backup]:
    """The backups that count in this folder, newest first."""
    found = [Backup(path, at) for path in place.glob("panoh-*") if (at := _made_at(path))]
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def _made_at(path: Path) -> datetime | None:
    """When this backup was made, or None when it does not count as one."""
    inside = VaultFolder(path)
    whole = inside.db.is_file() and (inside.key.is_file() or inside.mirror.is_file())
    return backup_time(path.name) if whole else None


def backup_time(name: str) -> datetime | None:
    """The moment that a backup's name tells, or None for a name of another kind."""
    try:
        return datetime.strptime(name, _BACKUP_TIME).replace(tzinfo=UTC)
    except ValueError:
        return None


def newest(folder: VaultFolder) -> Backup | None:
    """The newest backup in the vault's own folder, or None."""
    return next(iter(listed(folder.backups)), None)
