"""A backup counts after it was read back, and not before; a restored vault is whole or not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher
from tests.store.small_vault import MARKER, NAME, NOW, PASSPHRASE, Steps, files, fill, flip, make_vault, mended, mounted

from panoh.base.errors import AppError
from panoh.store import keys
from panoh.store.backup import backup, listed, newest, restore
from panoh.store.check import check
from panoh.store.engine import connect, open_engine, writer
from panoh.store.folder import VaultFolder
from panoh.store.keys import Unlocked

Vault = tuple[VaultFolder, Unlocked]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_vault(tmp_path / "vault")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    with mounted(tmp_path / "stick", "1m") as place:
        yield place


def growing(place: Path) -> Path:
    """The folder here that is being put together."""
    return next(place.glob("*.part"))


def people(folder: VaultFolder, unlocked: Unlocked) -> int:
    with closing(connect(folder.db, unlocked.key)) as opened:
        return int(opened.execute("SELECT count(*) FROM person").fetchone()[0])


def test_a_backup_is_read_back_and_listed(vault: Vault) -> None:
    folder, unlocked = vault
    before = files(folder.path)
    made = backup(folder, unlocked.key, folder.backups, NOW)
    assert made.path.name == "panoh-20100614-092205"
    assert (made.made_at, made.rows_checked) == (NOW, 401)
    later = backup(folder, unlocked.key, folder.backups, NOW + timedelta(days=1))
    same_second = backup(folder, unlocked.key, folder.backups, NOW)
    assert same_second.path.name == "panoh-20100614-092206"
    assert [found.path for found in listed(folder.backups)] == [later.path, same_second.path, made.path]
    last = newest(folder)
    assert last is not None
    assert (last.path, last.size) == (later.path, (later.path / "vault.db").stat().st_size)
    assert {name: content for name, content in files(folder.path).items() if not name.startswith("backups")} == before


def test_a_backup_holds_what_is_needed_and_nothing_readable(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    made = backup(folder, unlocked.key, tmp_path / "stick", NOW)
    held = files(made.path)
    assert held.keys() == {"vault.db", "vault.key", "vault.key.mirror", "manifest"}
    assert all(MARKER[:8].encode() not in content and NAME.encode() not in content for content in held.values())
    assert {(made.path / name).stat().st_mode & 0o777 for name in held} == {0o600}
    assert made.path.stat().st_mode & 0o777 == 0o700
    assert keys.unlock(VaultFolder(made.path), NAME, PASSPHRASE).key == unlocked.key


def test_an_open_vault_is_copied_as_of_one_moment(vault: Vault) -> None:
    folder, unlocked = vault
    engine = open_engine(folder.db, unlocked.key)

    def write(count: int, _what: str) -> None:
        with writer(engine).begin() as connection:
            connection.exec_driver_sql("INSERT INTO person VALUES (?, 1, '')", (5000 + count,))

    with writer(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES (4999, 1, '')")  # still in the log
    watch = Steps(write)
    made = backup(folder, unlocked.key, folder.backups, NOW, watch)
    engine.dispose()
    assert people(VaultFolder(made.path), unlocked) == 401
    assert people(folder, unlocked) == 401 + watch.count


def test_a_copy_that_does_not_read_back_does_not_count(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    stick = tmp_path / "stick"

    def damage(_count: int, what: str) -> None:
        if what == "Checking every page":
            flip(growing(stick) / "vault.db", 4096 * 10 + 7)

    with pytest.raises(AppError) as told:
        backup(folder, unlocked.key, stick, NOW, Steps(damage))
    assert told.value.code == "backup.unreadable"
    assert "1 page" in told.value.sentence()
    assert not files(stick)


def test_rows_that_went_missing_on_the_way_are_noticed(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    stick = tmp_path / "stick"

    def lose(_count: int, what: str) -> None:
        if what == "Checking every page":
            with closing(connect(growing(stick) / "vault.db", unlocked.key)) as opened:
                opened.execute("DELETE FROM person WHERE id = 3")

    with pytest.raises(AppError, match="rows differ"):
        backup(folder, unlocked.key, stick, NOW, Steps(lose))
    assert not files(stick)


@pytest.mark.parametrize("name", ["vault.key", "vault.key.mirror"])
def test_a_key_file_that_does_not_read_back_does_not_count(vault: Vault, tmp_path: Path, name: str) -> None:
    folder, unlocked = vault
    stick = tmp_path / "stick"

    def damage(_count: int, what: str) -> None:
        if what == "Checking every page":
            flip(growing(stick) / name, 50)

    with pytest.raises(AppError, match="key files are damaged"):
        backup(folder, unlocked.key, stick, NOW, Steps(damage))
    assert not files(stick)


def test_a_backup_that_has_one_key_file_left_is_listed(vault: Vault) -> None:
    folder, unlocked = vault
    made = backup(folder, unlocked.key, folder.backups, NOW)
    (made.path / "vault.key").unlink()
    assert [found.path for found in listed(folder.backups)] == [made.path]
    (made.path / "vault.key.mirror").unlink()
    assert listed(folder.backups) == []


def test_a_backup_being_made_elsewhere_is_not_swept_away(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    seen: list[Path] = []

    def another(count: int, _what: str) -> None:
        if count == 1:
            os.utime(growing(tmp_path), (0, 0))  # its clock is wrong
            seen.append(backup(folder, unlocked.key, tmp_path, NOW).path)

    first = backup(folder, unlocked.key, tmp_path, NOW - timedelta(seconds=1), Steps(another))
    assert [found.path for found in listed(tmp_path)] == [*seen, first.path]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_cancelled_backup_leaves_nothing(vault: Vault, at: int) -> None:
    folder, unlocked = vault

    def cancel(count: int, _what: str) -> None:
        if count == at:
            raise AppError("cancelled")

    before = files(folder.path)
    with pytest.raises(AppError) as told:
        backup(folder, unlocked.key, folder.backups, NOW, Steps(cancel))
    assert told.value.code == "cancelled"
    assert files(folder.path) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from panoh.store import keys
from panoh.store.backup import backup, restore
from panoh.store.folder import VaultFolder
from tests.store.small_vault import NAME, NOW, PASSPHRASE, Steps

def act(count, what):
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

vault, watch = VaultFolder(Path(sys.argv[1])), Steps(act)
if sys.argv[3] == "backup":
    backup(vault, keys.unlock(vault, NAME, PASSPHRASE).key, vault.backups, NOW, watch)
else:
    restore(vault.path, Path(sys.argv[4]), NAME, PASSPHRASE, watch)
print("done")
"""


def killed(*words: object) -> bool:
    """Run backup or restore in a process that is killed at one of its steps; False when it had ended before."""
    command = [sys.executable, "-c", KILLED, *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode < 0


@pytest.mark.parametrize("at", [1, 2, 4])
def test_a_killed_backup_does_not_count(vault: Vault, at: int) -> None:
    folder, unlocked = vault
    good = backup(folder, unlocked.key, folder.backups, NOW - timedelta(days=1))
    before = files(folder.path)
    assert killed(folder.path, at, "backup")
    assert [found.path for found in listed(folder.backups)] == [good.path]
    folder.sweep()
    assert people(folder, unlocked) == 400  # opening it once clears away the empty log
    assert files(folder.path) == before


def test_old_remains_on_a_stick_are_removed_by_the_next_backup(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    old, young = (tmp_path / f"panoh-2010061{day}-090000.0123abcd.part" for day in (2, 4))
    theirs = [tmp_path / name for name in ("panoh-notes.part", "panoh-20100612-090000.part", "letter.0123abcd.part")]
    ages = {old: timedelta(days=2), young: timedelta(hours=1), **dict.fromkeys(theirs, timedelta(days=9))}
    for part, age in ages.items():
        part.mkdir()
        os.utime(part, ((NOW - age).timestamp(),) * 2)
    backup(folder, unlocked.key, tmp_path, NOW)
    assert {part for part in ages if part.exists()} == {young, *theirs}


def test_a_full_stick(vault: Vault, small_disk: Path) -> None:
    folder, unlocked = vault
    with closing(connect(folder.db, unlocked.key)) as opened:
        opened.executemany(
            "INSERT INTO person VALUES (?, 1, ?)", [(1000 + n, os.urandom(600).hex()) for n in range(1000)]
        )
    for taken in (0, 700_000):  # refused beforehand
        (small_disk / "filler").write_bytes(b"x" * taken)
        with pytest.raises(AppError) as told:
            backup(folder, unlocked.key, small_disk, NOW)
        assert told.value.code == "disk.full"
        assert files(small_disk).keys() == {"filler"}


def test_a_stick_that_fills_up_on_the_way(vault: Vault, small_disk: Path) -> None:
    folder, unlocked = vault

    def fill_up(count: int, _what: str) -> None:
        if count == 1:
            fill(small_disk)

    with pytest.raises(AppError) as told:
        backup(folder, unlocked.key, small_disk, NOW, Steps(fill_up))
    assert told.value.code == "disk.full"
    assert not listed(small_disk)
    assert files(small_disk).keys() == {"filler"}


def test_a_target_without_a_key_is_refused(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    opened, plain = connect(folder.db, unlocked.key), sqlcipher.connect(str(tmp_path / "plain.db"))
    with closing(opened), closing(plain), pytest.raises(sqlcipher.OperationalError, match="SQL logic error"):
        opened.backup(plain)
    assert MARKER.encode() not in (tmp_path / "plain.db").read_bytes()


def test_a_damaged_vault_is_not_passed_off_as_a_backup(vault: Vault) -> None:
    folder, unlocked = vault
    with closing(connect(folder.db, unlocked.key)) as opened:
        opened.execute("INSERT INTO site VALUES (2, ?)", ("x" * 20_000,))  # ends in a page of text alone
    flip(folder.db, folder.db.stat().st_size - 9)
    with pytest.raises(AppError) as told:
        backup(folder, unlocked.key, folder.backups, NOW)
    assert told.value.code == "vault.damaged"
    assert not listed(folder.backups)
    for path in (folder.key, folder.mirror):
        path.unlink()
    with pytest.raises(AppError) as told:
        backup(folder, unlocked.key, folder.backups, NOW)
    assert told.value.code == "vault.key_damaged"


def test_a_restored_vault_is_the_vault(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    made = backup(folder, unlocked.key, tmp_path / "stick", NOW)
    before = files(made.path)
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "new" / "deep", tmp_path / "empty"):
        back = restore(made.path, place, NAME, PASSPHRASE)
        opened = keys.unlock(back, NAME, PASSPHRASE)
        assert not mended(back, opened)
        assert opened == unlocked
        assert check(back, opened.key).problems == ()
        assert people(back, opened) == 400
        assert back.path.stat().st_mode & 0o777 == 0o700
    assert files(made.path) == before
    assert not list(tmp_path.rglob("*.part"))


def test_a_copied_folder_of_a_crashed_vault_comes_back_with_its_log(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    engine = open_engine(folder.db, unlocked.key)
    with writer(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES (4999, 1, '')")
    shutil.copytree(folder.path, tmp_path / "copied")
    engine.dispose()
    assert people(restore(tmp_path / "copied", tmp_path / "back", NAME, PASSPHRASE), unlocked) == 401


def restoring(source: Path, place: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(AppError) as told:
        restore(source, place, NAME, passphrase)
    assert told.value.sentence()
    return told.value.code


def test_a_restore_that_fails_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    made = backup(folder, unlocked.key, tmp_path / "stick", NOW)
    place = tmp_path / "back"
    assert restoring(made.path, place, "olma daryo bulut daftar") == "vault.wrong_passphrase"
    assert restoring(tmp_path / "nothing", place) == "vault.missing"
    assert restoring(made.path, folder.path) == "vault.exists"
    assert restoring(made.path, folder.key) == "vault.exists"
    size = (made.path / "vault.db").stat().st_size
    for at in (100, size // 2, size - 50, 3):
        flip(made.path / "vault.db", at)
        assert restoring(made.path, place) == "backup.unreadable"
        flip(made.path / "vault.db", at)
    content = (made.path / "vault.db").read_bytes()
    for bad in (b"", b"SQLite format 3\0" + content[16:]):
        (made.path / "vault.db").write_bytes(bad)
        assert restoring(made.path, place) == "backup.unreadable"
    (made.path / "vault.db").write_bytes(content)
    (made.path / "vault.key").write_bytes(b"")
    assert restore(made.path, tmp_path / "by the mirror", NAME, PASSPHRASE)
    (made.path / "vault.key.mirror").unlink()
    assert restoring(made.path, place) == "vault.key_damaged"
    assert not place.exists()
    assert not list(tmp_path.rglob("*.part"))


def test_a_killed_restore_can_be_started_again(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    for at in range(1, 20):
        place = tmp_path / f"back-{at}"
        if not killed(folder.path, at, "restore", place):
            break
        assert not place.exists()
        assert people(restore(folder.path, place, NAME, PASSPHRASE), unlocked) == 400
    assert at > 3
    assert not list(tmp_path.rglob("*.part"))
