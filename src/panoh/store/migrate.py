"""Bring an older vault to today's schema: on a copy, checked, and swapped in one step.

The vault itself is not written before the copy is whole; its state before is kept as a backup.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Silent
from panoh.store.backup import backup, copy_store
from panoh.store.engine import connect, damaged, open_engine, require_alone, translating, writer
from panoh.store.files import settle, settle_folder
from panoh.store.folder import VaultFolder
from panoh.store.keys import StoreKey
from panoh.store.manifest import MIGRATION
from panoh.store.tables import meta
from panoh.store.verify import problems


@dataclass(frozen=True, slots=True)
class Migrated:
    """A vault that was brought from one schema to another, and the name of the backup made before."""

    before: str
    after: str
    backup: str


def head_revision(script_location: str) -> str:
    """The newest schema among the migrations, for example '0001'."""
    return str(ScriptDirectory.from_config(alembic_config(script_location)).get_current_head())


def stored_revision(folder: VaultFolder, key: StoreKey) -> str:
    """The schema of the vault. Raises AppError vault.damaged when it holds none."""
    with translating(folder):
        opened = connect(folder.db, key)
        try:
            if opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                row = opened.execute("SELECT version_num FROM alembic_version").fetchone()
                if row:
                    return str(row[0])
        finally:
            opened.close()
    raise damaged(folder)


@cache
def _tables_of_today() -> tuple[str, ...]:
    """The statements that make every table and index."""
    dialect = sqlite.dialect()
    tables = meta.sorted_tables
    made = [str(CreateTable(each).compile(dialect=dialect)) for each in tables]
    indexes = [index for each in tables for index in sorted(each.indexes, key=lambda index: str(index.name))]
    return (*made, *(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes))


@cache
def _scripts(script_location: str) -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config(script_location))


def lay(connection: Connection, script_location: str, triggers: Mapping[str, str]) -> None:
    """Make the tables of today in a new store, in one go: the same that all migrations together make of an empty one.

    A test compares the two. Inside the caller's transaction.
    """
    for statement in (*_tables_of_today(), *triggers.values()):
        connection.exec_driver_sql(statement)
    MigrationContext.configure(connection).stamp(_scripts(script_location), "head")


def upgrade(connection: Connection, script_location: str, triggers: Mapping[str, str]) -> None:
    """Run the migrations that this connection's schema lacks, inside the caller's transaction; also on an empty one.

    `triggers` (CREATE statements by name) are made anew, because a batch migration drops them in silence.
    Raises RuntimeError when the store then has other triggers, or references that lead nowhere.
    """
    config = alembic_config(script_location)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    for name, statement in triggers.items():
        connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"')
        connection.exec_driver_sql(statement)
    there = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
    if set(there) != set(triggers):
        raise RuntimeError("the triggers after the migration are not those that the schema has")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("the migration left references that lead nowhere")


def migrate(
    folder: VaultFolder,
    key: StoreKey,
    script_location: str,
    triggers: Mapping[str, str],
    now: datetime,
    progress: Progress | None = None,
) -> Migrated | None:
    """Bring the vault to the newest schema; None when it has it already.

    For the holder of the lock, while no engine is open.
    Raises AppError vault.newer, vault.damaged, vault.not_upgraded, backup.unreadable, disk.full, cancelled;
    the vault is then as it was.
    """
    before, after = stored_revision(folder, key), head_revision(script_location)
    if before == after:
        return None
    script = ScriptDirectory.from_config(alembic_config(script_location))
    if before not in {step.revision for step in script.walk_revisions()}:
        raise AppError("vault.newer", found=before, known=after)
    watch = progress or Silent()
    with translating(folder):
        folder.sweep()
    saved = backup(folder, key, folder.backups, now, watch, MIGRATION)
    try:
        with translating(folder):
            copy_store(folder, key, folder.migrating, watch)
            watch.step(0, 1, _("Bringing the vault up to date"))
            _upgrade_copy(folder, key, script_location, triggers)
            _prove_copy(folder, key, watch)
            put_in_place(folder, key)
    except AppError:
        raise
    except Exception as error:
        raise AppError("vault.not_upgraded", backup=saved.path.name) from error
    finally:
        with suppress(OSError):  # what stays is swept away when the vault is next opened
            folder.sweep()
    return Migrated(before, after, saved.path.name)


def alembic_config(script_location: str) -> Config:
    """What Alembic needs to find the migrations."""
    config = Config()
    config.set_main_option("script_location", script_location.replace("%", "%%"))
    return config


def _upgrade_copy(folder: VaultFolder, key: StoreKey, script_location: str, triggers: Mapping[str, str]) -> None:
    # With foreign keys on, making a parent table anew would delete or empty its children without an error.
    engine = open_engine(folder.migrating, key, foreign_keys=False)
    try:
        with translating(folder), writer(engine).begin() as connection:
            upgrade(connection, script_location, triggers)
    finally:
        engine.dispose()


def _prove_copy(folder: VaultFolder, key: StoreKey, progress: Progress) -> None:
    """Fold the copy's log into its one file, and read that file through."""
    opened = connect(folder.migrating, key)
    try:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = problems(opened, progress)
    finally:
        opened.close()
    if found:
        raise RuntimeError("the migrated copy is not whole: " + " ".join(found))
    settle(folder.migrating)


def put_in_place(folder: VaultFolder, key: StoreKey) -> None:
    """Let the copy take the place of the store, which has this key.

    A log of the old file left lying there would be read into the new one. Raises AppError vault.in_use,
    vault.damaged, disk.full, disk.failed.
    """
    with translating(folder):
        opened = connect(folder.db, key)
        try:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            opened.close()
        if folder.wal.exists():  # whoever closes a store last takes it away, if the disk lets them
            require_alone(folder, key)
            raise AppError("disk.failed")
        settle_folder(folder.path)  # the log is gone from the disk before the new file has the old one's name
        folder.migrating.replace(folder.db)
        settle_folder(folder.path)
