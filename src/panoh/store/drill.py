"""A restore drill: a backup is restored in a folder of its own, opened, compared with what it claimed, and removed.

Nobody has to type a passphrase for it: the key of the open vault opens its backups, unless its keys were changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.store import keyfile, manifest
from panoh.store.backup import copy_file, read_back
from panoh.store.building import scratch
from panoh.store.engine import connect, translating
from panoh.store.files import require_room, telling
from panoh.store.folder import DRILL, VaultFolder
from panoh.store.keys import StoreKey, genuine
from panoh.store.manifest import Manifest, differences


@dataclass(frozen=True, slots=True)
class DrillReport:
    """What a drill found: problems in words (none is good), and what was compared.

    Without a manifest (a backup of an earlier Panoh) nothing was claimed: the rows are counted, the structure checked.
    """

    problems: tuple[str, ...]
    tables: int
    rows: int
    entries: int
    claimed: bool

    @property
    def good(self) -> bool:
        """True when the backup came back whole and holds what it claimed."""
        return not self.problems


def drill(folder: VaultFolder, key: StoreKey, backup: Path, progress: Progress) -> DrillReport:
    """Restore `backup` inside the vault's folder and compare counts and digests of every table.

    What is wrong with the backup is told in the report, not raised. Raises AppError vault.missing, disk.full, cancelled,
    backup.other_key when the key of this vault does not open it.
    """
    source = VaultFolder(backup.absolute())
    with telling():
        if not source.db.is_file():
            raise AppError("vault.missing")
        if not any(keyfile.read(source)):
            return DrillReport((AppError("vault.key_damaged").sentence(),), 0, 0, 0, claimed=False)
    try:
        state = genuine(source, key)
    except AppError:
        raise AppError("backup.other_key", backup=backup.name) from None
    claimed = manifest.read(source, key)
    with scratch(folder.path / DRILL) as tried:
        with telling():
            require_room(folder.path, source.db.stat().st_size)
            keyfile.write(tried, state)
            for file in filter(Path.is_file, (source.db, source.wal)):
                copy_file(file, tried.path / file.name, progress)
        try:
            read_back(tried, key, state, None, progress)
            found = _described(tried, key, progress, claimed)
        except AppError as error:
            if error.code != "backup.unreadable":
                raise
            return DrillReport((str(error.params["found"]),), 0, 0, 0, claimed is not None)
    problems = tuple(differences(claimed, found)) if claimed else ()
    if claimed is None and source.manifest.exists():
        problems = (_("The list of what it holds is damaged."),)
    return DrillReport(problems, len(found.counts), sum(found.counts.values()), found.entries, claimed is not None)


def _described(tried: VaultFolder, key: StoreKey, progress: Progress, claimed: Manifest | None) -> Manifest:
    try:
        with translating(tried):
            opened = connect(tried.db, key)
            try:
                made_at, reason = (claimed.made_at, claimed.reason) if claimed else ("", "")
                return manifest.describe(opened, key, progress, made_at, reason)
            finally:
                opened.close()
    except (AppError, sqlcipher.DatabaseError) as error:
        if isinstance(error, AppError) and error.code in ("cancelled", "disk.full"):
            raise
        raise AppError("backup.unreadable", found=_("The structure of the vault file is damaged.")) from None
