"""A migration works on a copy: the vault is the old one or the new one at every moment, and never a third."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.store.small_vault import MARKER, NOW, Steps, files, fill, make_vault, mounted, outcome

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.store import migrate as migrating
from panoh.store.backup import listed
from panoh.store.check import check
from panoh.store.engine import connect, open_engine, writer
from panoh.store.folder import VaultFolder, remove
from panoh.store.keys import StoreKey, Unlocked
from panoh.store.lock import VaultLock
from panoh.store.migrate import Migrated, head_revision, migrate, stored_revision, upgrade

ENVIRONMENT = """
from alembic import context
context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
"""
VERSION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = {revision!r}, {before!r}, None, None

def upgrade():
{body}
"""
ADOPT = """
    op.execute(
        "CREATE TABLE visit (id INTEGER PRIMARY KEY, site_id INTEGER REFERENCES site (id) ON DELETE CASCADE)"
    )
"""
# A batch change makes `site` anew: it drops the trigger, and with foreign keys on it would delete every visit.
BATCH = """
    op.execute("INSERT INTO visit SELECT id, site_id FROM person")
    with op.batch_alter_table("site", recreate="always") as batch:
        batch.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="camp"))
"""
TRIGGERS = {"site_stays": "CREATE TRIGGER site_stays BEFORE DELETE ON site BEGIN SELECT RAISE(ABORT, 'stays'); END"}
Vault = tuple[VaultFolder, Unlocked]


class Versions:
    """A folder of migrations that grows as a test needs it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        (place / "versions").mkdir(parents=True)
        (place / "env.py").write_text(ENVIRONMENT)
        self.head: str | None = None
        self.add("0001", ADOPT)

    def add(self, revision: str, body: str) -> None:
        content = VERSION.format(revision=revision, before=self.head, body=body)
        (self.place / "versions" / f"v{revision}.py").write_text(content)
        self.head = revision

    def __str__(self) -> str:
        return str(self.place)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "migrations")


@pytest.fixture
def vault(tmp_path: Path, versions: Versions) -> Iterator[Vault]:
    """A vault at schema 0001, held by this program."""
    folder, unlocked = make_vault(tmp_path / "vault")
    engine = open_engine(folder.db, unlocked.key)
    with writer(engine).begin() as connection:
        upgrade(connection, str(versions), TRIGGERS)
    engine.dispose()
    with VaultLock(folder, NOW):
        yield folder, unlocked


def run(vault: Vault, versions: Versions, progress: Progress | None = None) -> Migrated | None:
    return migrate(vault[0], vault[1].key, str(versions), TRIGGERS, NOW, progress)


def refused(vault: Vault, versions: Versions, progress: Progress | None = None) -> AppError:
    """The refusal, after which the vault is byte for byte what it was and nothing lies about."""
    before = store_files(vault[0])
    with pytest.raises(AppError) as told:
        run(vault, versions, progress)
    assert told.value.sentence()
    assert store_files(vault[0]) == before
    assert stored_revision(*keyed(vault)) == "0001"
    assert check(*keyed(vault)).problems == ()
    return told.value


def keyed(vault: Vault) -> tuple[VaultFolder, StoreKey]:
    return vault[0], vault[1].key


def store_files(folder: VaultFolder) -> dict[str, bytes]:
    return {name: content for name, content in files(folder.path).items() if not name.startswith("backups")}


def query(vault: Vault, statement: str) -> list[tuple[object, ...]]:
    with closing(connect(vault[0].db, vault[1].key)) as opened:
        return list(opened.execute(statement))


def test_a_vault_of_today_is_left_alone(vault: Vault, versions: Versions) -> None:
    before = files(vault[0].path)
    assert run(vault, versions) is None
    assert files(vault[0].path) == before
    assert head_revision("panoh:store/migrations")


def test_an_older_vault_is_brought_up(vault: Vault, versions: Versions) -> None:
    folder, unlocked = vault
    versions.add("0002", BATCH)
    versions.add("0003", '    op.execute("CREATE INDEX ix_site_kind ON site (kind)")')
    assert run(vault, versions) == Migrated("0001", "0003", "panoh-20100614-092205")
    assert query(vault, "SELECT count(*), kind FROM site JOIN visit ON site_id = site.id") == [(400, "camp")]
    assert query(vault, "SELECT name FROM sqlite_master WHERE type = 'trigger'") == [("site_stays",)]
    assert query(vault, "PRAGMA journal_mode") == [("wal",)]
    assert check(folder, unlocked.key).problems == ()
    assert folder.db.stat().st_mode & 0o777 == 0o600
    older = VaultFolder(listed(folder.backups)[0].path)
    assert stored_revision(older, unlocked.key) == "0001"
    assert all(MARKER[:8].encode() not in content for content in files(folder.path).values())
    assert run(vault, versions) is None


def test_what_is_still_in_the_log_comes_along(vault: Vault, versions: Versions) -> None:
    folder, unlocked = vault
    # a process that dies with its last commit only in the log
    script = (
        "import sys, os; from pathlib import Path\n"
        "from panoh.store.engine import *; from panoh.store.keys import StoreKey\n"
        "e = open_engine(Path(sys.argv[1]), StoreKey(*map(bytes.fromhex, sys.argv[2:])))\n"
        "c = writer(e).connect(); c.exec_driver_sql('INSERT INTO visit VALUES (77, 1)'); c.commit(); os._exit(0)"
    )
    command = [sys.executable, "-c", script, str(folder.db), unlocked.key.key.hex(), unlocked.key.salt.hex()]
    subprocess.run(command, check=True)
    assert folder.wal.stat().st_size
    versions.add("0002", '    op.add_column("site", sa.Column("kind", sa.Text()))')
    assert run(vault, versions)
    assert query(vault, "SELECT id FROM visit") == [(77,)]


def test_a_newer_vault_is_refused_in_words(vault: Vault, versions: Versions, tmp_path: Path) -> None:
    versions.add("0002", "    pass")
    run(vault, versions)
    older = Versions(tmp_path / "older")
    before = files(vault[0].path)
    with pytest.raises(AppError) as told:
        run(vault, older)
    assert (told.value.code, told.value.params) == ("vault.newer", {"found": "0002", "known": "0001"})
    assert files(vault[0].path) == before


def test_a_store_without_a_schema_is_damage(vault: Vault, versions: Versions) -> None:
    with closing(connect(vault[0].db, vault[1].key)) as opened:
        opened.execute("DELETE FROM alembic_version")
        with pytest.raises(AppError) as told:
            run(vault, versions)
        opened.execute("DROP TABLE alembic_version")
    assert told.value.code == "vault.damaged"
    with pytest.raises(AppError) as told:
        run(vault, versions)
    assert told.value.code == "vault.damaged"


@pytest.mark.parametrize(
    "body",
    [
        '    op.execute("CREATE TABLE half (id INTEGER)"); op.execute("DELETE FROM person"); raise ZeroDivisionError',
        BATCH + '    op.execute("INSERT INTO site (id) VALUES (1)")',
        '    op.execute("DROP TABLE site")',
        '    op.execute("CREATE TRIGGER other BEFORE DELETE ON person BEGIN SELECT 1; END")',
    ],
    ids=["breaks half-way", "breaks a constraint", "leaves references hanging", "leaves a trigger behind"],
)
def test_a_migration_that_fails_leaves_the_vault_as_it_was(vault: Vault, versions: Versions, body: str) -> None:
    versions.add("0002", BATCH)
    versions.add("0003", body)
    error = refused(vault, versions)
    assert error.code == "vault.not_upgraded"
    assert MARKER not in repr(error.__cause__)


def test_a_migration_can_be_cancelled_at_every_step(vault: Vault, versions: Versions) -> None:
    versions.add("0002", BATCH)
    for at in range(1, 100):

        def cancel(count: int, _what: str, at: int = at) -> None:
            if count == at:
                raise AppError("cancelled")

        told = outcome(run, vault, versions, Steps(cancel))
        assert not vault[0].leftovers()
        if not told:
            break
        assert told == "cancelled"
        assert stored_revision(*keyed(vault)) == "0001"
    assert 8 < at < 99
    assert stored_revision(*keyed(vault)) == "0002"


def test_a_disk_that_fills_up_at_any_step(tmp_path: Path, versions: Versions) -> None:
    versions.add("0002", BATCH)
    with mounted(tmp_path / "disk", "2m") as disk:
        for at in range(1, 12):
            folder, unlocked = make_vault(disk / "vault", people=20)
            engine = open_engine(folder.db, unlocked.key)
            with writer(engine).begin() as connection:
                connection.exec_driver_sql("CREATE TABLE visit (id INTEGER PRIMARY KEY, site_id INTEGER)")
                connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
                connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
            engine.dispose()

            def fill_up(count: int, _what: str, at: int = at) -> None:
                if count == at:
                    fill(disk)

            told = outcome(run, (folder, unlocked), versions, Steps(fill_up))
            assert told in {"", "disk.full"}
            (disk / "filler").unlink()
            assert not folder.leftovers()
            assert stored_revision(folder, unlocked.key) == ("0001" if told else "0002")
            assert check(folder, unlocked.key).problems == ()
            remove(folder.path)


def test_the_vault_is_not_swapped_while_it_is_open(vault: Vault, versions: Versions) -> None:
    versions.add("0002", BATCH)
    engine = open_engine(vault[0].db, vault[1].key)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM site").all()
        with pytest.raises(AppError) as told:
            run(vault, versions)
    engine.dispose()
    assert told.value.code == "vault.in_use"
    assert stored_revision(*keyed(vault)) == "0001"
    assert not vault[0].leftovers()


def test_the_old_log_is_gone_from_the_disk_before_the_new_file_stands_there(
    vault: Vault, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut in between must not join the one with the other."""
    folder, flushed = vault[0], migrating.settle_folder
    seen: list[tuple[bool, bool]] = []

    def flush(path: Path) -> None:
        seen.append((folder.wal.exists(), folder.migrating.exists()))
        flushed(path)

    versions.add("0002", BATCH)
    monkeypatch.setattr(migrating, "settle_folder", flush)
    assert run(vault, versions)
    assert seen == [(False, True), (False, False)]


KILLED = """
import os, signal, sys
from pathlib import Path
from panoh.store import keys
from panoh.store.folder import VaultFolder, remove
from panoh.store.migrate import migrate
from tests.store.small_vault import NAME, NOW, PASSPHRASE, Steps
from tests.store.test_migrate import TRIGGERS

def act(count, what):
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

folder = VaultFolder(Path(sys.argv[1]))
migrate(folder, keys.unlock(folder, NAME, PASSPHRASE).key, sys.argv[2], TRIGGERS, NOW, Steps(act))
"""


def test_a_killed_migration_is_started_again(tmp_path: Path, versions: Versions) -> None:
    folder, unlocked = make_vault(tmp_path / "vault", people=20)
    engine = open_engine(folder.db, unlocked.key)
    with writer(engine).begin() as connection:
        upgrade(connection, str(versions), TRIGGERS)
    engine.dispose()
    versions.add("0002", BATCH)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for at in range(1, 100):
        command = [sys.executable, "-c", KILLED, str(folder.path), str(versions), str(at)]
        if not subprocess.run(command, env=environment, capture_output=True, check=False).returncode:
            break
        with VaultLock(folder, NOW):
            assert not folder.leftovers()
            assert stored_revision(folder, unlocked.key) == "0001"
            assert check(folder, unlocked.key).problems == ()
    assert 8 < at < 99
    assert stored_revision(folder, unlocked.key) == "0002"
    assert check(folder, unlocked.key).tables["visit"] == 20
