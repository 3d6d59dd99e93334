"""Is the vault whole? What can be told of a locked vault, and the full check of an open one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Silent
from panoh.store import keyfile
from panoh.store.engine import connect, translate
from panoh.store.files import telling
from panoh.store.folder import VaultFolder, newest
from panoh.store.keys import StoreKey, genuine
from panoh.store.verify import count_rows, header_problem, problems


@dataclass(frozen=True, slots=True)
class VaultInfo:
    """What a locked vault tells of itself."""

    key_file_whole: bool
    mirror_whole: bool
    key_files_match: bool
    size: int  # bytes of the encrypted store
    newest_backup: datetime | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: problems in words (none is good), and the rows of each table that could be counted."""

    problems: tuple[str, ...]
    tables: dict[str, int]
    size: int
    in_store: tuple[str, ...] = ()  # those of the problems that lie in the store itself

    @property
    def whole(self) -> bool:
        """True when nothing is wrong."""
        return not self.problems


def info(path: Path) -> VaultInfo:
    """Facts about a vault that need no passphrase. Raises AppError vault.missing, vault.not_readable, vault.newer."""
    folder = VaultFolder.require(path)
    with telling():
        key_file, mirror = keyfile.read(folder)
        last = newest(folder)
        return VaultInfo(
            key_file_whole=key_file is not None,
            mirror_whole=mirror is not None,
            key_files_match=key_file is not None and key_file == mirror,
            size=folder.db.stat().st_size,
            newest_backup=last.made_at if last else None,
        )


def check(
    folder: VaultFolder, key: StoreKey, progress: Progress | None = None, *, read_only: bool = False
) -> CheckReport:
    """Read the whole vault through; whatever is damaged is told in the report, not raised.

    `read_only` is for a store that is known to be damaged: not even its log is carried over into it.

    The journal's chain is verified by the open store. Raises AppError vault.missing, cancelled.
    """
    if not folder.db.is_file():
        raise AppError("vault.missing")
    found = [*_key_files(folder, key), *_surroundings(folder)]
    in_store, tables = _store(folder, key, progress or Silent(), read_only=read_only)
    return CheckReport((*found, *in_store), tables, folder.db.stat().st_size, tuple(in_store))


def _key_files(folder: VaultFolder, key: StoreKey) -> list[str]:
    try:
        state = genuine(folder, key)
    except AppError as error:
        return [error.sentence()]
    names = (_("The key file vault.key"), _("The key file vault.key.mirror"))
    return [
        _("{name} is damaged, missing or out of date; unlocking the vault repairs it.").format(name=name)
        for name, copy in zip(names, keyfile.read(folder), strict=True)
        if copy != state
    ]


def _surroundings(folder: VaultFolder) -> list[str]:
    found = []
    if folder.leftovers():
        found.append(_("Work that was cut off left files behind; they are removed when the vault is next opened."))
    files = (folder.path, folder.db, folder.key, folder.mirror)
    if os.name == "posix" and any(path.stat().st_mode & 0o077 for path in files if path.exists()):
        found.append(_("Other users of this computer may read files of the vault."))
    return found


def _store(
    folder: VaultFolder, key: StoreKey, progress: Progress, *, read_only: bool
) -> tuple[list[str], dict[str, int]]:
    found = [problem for problem in [header_problem(folder.db, key)] if problem]
    try:
        opened = connect(folder.db, key, read_only=read_only)
        try:
            found += problems(opened, progress)
            return found, count_rows(opened)
        finally:
            opened.close()
    except (AppError, sqlcipher.DatabaseError) as error:
        told = error if isinstance(error, AppError) else translate(error, folder)
        if told is None or told.code == "cancelled":
            raise
        return [*found, told.sentence()], {}
