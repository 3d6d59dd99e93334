"""Looking into a backup without restoring it: nothing of its folder is written, and no plain byte reaches a disk.

A backup of today's schema is read where it lies. One of an older schema, or a copied folder with a log beside its store,
is copied first, encrypted as it is, into a folder that is removed again, and brought up to date there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.store.backup import copy_file
from panoh.store.building import scratch
from panoh.store.engine import connect, damaged, open_engine, translating, writer
from panoh.store.files import require_room, telling
from panoh.store.folder import VaultFolder
from panoh.store.keys import StoreKey
from panoh.store.migrate import alembic_config, head_revision, upgrade


class Looked(NamedTuple):
    """An open backup. `copied`: it is a copy that may be written, since the backup itself is of an older Panoh."""

    engine: Engine
    copied: bool


@contextmanager
def looking(
    backup: VaultFolder,
    key: StoreKey,
    script_location: str,
    triggers: Mapping[str, str],
    copy_at: Path,
    progress: Progress,
) -> Iterator[Looked]:
    """The store of a backup, to be read. `copy_at` is where a copy grows, under a name of its own, if one is needed.

    Raises AppError vault.missing, vault.damaged, vault.newer, vault.not_readable, disk.full, cancelled.
    """
    with telling():
        if not backup.db.is_file():
            raise AppError("vault.missing")
        log = backup.wal.is_file() and backup.wal.stat().st_size > 0
    if not log:
        found = _schema(backup, key)
        if found == head_revision(script_location):
            yield from _opened(backup, key, copied=False)
            return
        script = ScriptDirectory.from_config(alembic_config(script_location))
        if found not in {step.revision for step in script.walk_revisions()}:
            raise AppError("vault.newer", found=found, known=head_revision(script_location))
    with scratch(copy_at) as copy:
        with telling():
            require_room(copy.path, backup.db.stat().st_size)
            for file in filter(Path.is_file, (backup.db, backup.wal)):
                copy_file(file, copy.path / file.name, progress)
        progress.step(0, 1, _("Bringing the copy up to date"))
        _bring_up(copy, key, script_location, triggers)
        yield from _opened(copy, key, copied=True)


def _opened(folder: VaultFolder, key: StoreKey, *, copied: bool) -> Iterator[Looked]:
    engine = open_engine(folder.db, key, read_only=not copied)
    try:
        with translating(folder):
            yield Looked(engine, copied)
    finally:
        engine.dispose()


def _schema(folder: VaultFolder, key: StoreKey) -> str:
    with translating(folder):
        opened = connect(folder.db, key, read_only=True)
        try:
            row = opened.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            opened.close()
    if row is None:
        raise damaged(folder)
    return str(row[0])


def _bring_up(copy: VaultFolder, key: StoreKey, script_location: str, triggers: Mapping[str, str]) -> None:
    engine = open_engine(copy.db, key, foreign_keys=False)  # as in a migration: see migrate.py
    try:
        with translating(copy), writer(engine).begin() as connection:
            upgrade(connection, script_location, triggers)
    finally:
        engine.dispose()
