"""What an attacker, a mistake or a power cut could slip through: the wrong key file, a second window, a half-made folder."""

from __future__ import annotations

import errno
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests.conftest import CHEAP, PASSPHRASE
from tests.store.small_vault import files, flip, outcome

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.services import users, vault
from panoh.services.vault import OpenVault
from panoh.store import keys
from panoh.store.engine import connect
from panoh.store.folder import VaultFolder
from panoh.store.lock import VaultLock
from panoh.store.migrate import head_revision


@pytest.fixture
def place(opened: OpenVault) -> Path:
    """A locked vault with one backup."""
    opened.backup()
    opened.close()
    return opened.desk.folder


def unlocking(place: Path, clock: FixedClock) -> str:
    return outcome(lambda: vault.unlock(place, "feruza", PASSPHRASE, clock=clock).close())


def another_vault(place: Path, clock: FixedClock) -> Path:
    """A vault of somebody of the same name and passphrase, with a newer key file."""
    with vault.create(place, "feruza", PASSPHRASE, clock=clock, kdf=CHEAP).open as opened:
        users.add(opened, "aziza", "olma daryo bulut qalam", "caseworker")
    return place


def set_schema(place: Path, schema: str) -> None:
    folder = VaultFolder(place)
    with closing(connect(folder.db, keys.unlock(folder, "feruza", PASSPHRASE).key)) as store:
        store.execute("UPDATE alembic_version SET version_num = ?", (schema,))


# --- key files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["vault.key", "vault.key.mirror"])
def test_the_key_file_of_another_vault_does_not_take_the_place_of_this_ones(
    place: Path, tmp_path: Path, clock: FixedClock, name: str
) -> None:
    good = (place / "vault.key").read_bytes()
    (place / name).write_bytes((another_vault(tmp_path / "other", clock) / "vault.key").read_bytes())
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as opened:
        assert opened.repaired
        assert opened.check().problems == ()
    assert (place / "vault.key").read_bytes() == (place / "vault.key.mirror").read_bytes() == good


def test_a_key_that_does_not_open_the_store_repairs_nothing(place: Path, tmp_path: Path, clock: FixedClock) -> None:
    flip(place / "vault.key.mirror", 100)
    damaged = (place / "vault.key.mirror").read_bytes()
    theirs = (another_vault(tmp_path / "other", clock) / "vault.key").read_bytes()
    (place / "vault.key").write_bytes(theirs)
    assert unlocking(place, clock) == "vault.damaged"
    assert ((place / "vault.key").read_bytes(), (place / "vault.key.mirror").read_bytes()) == (theirs, damaged)


def test_a_vault_of_a_newer_panoh_is_refused_before_its_key_files_are_touched(place: Path, clock: FixedClock) -> None:
    set_schema(place, "9999")
    (place / "vault.key.mirror").unlink()
    before = files(place)
    assert unlocking(place, clock) == "vault.newer"
    assert files(place) == before


# --- a second window ---------------------------------------------------------------------------------------------


def test_a_lock_file_that_was_deleted_lets_no_second_window_in(opened: OpenVault, clock: FixedClock) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows does not delete a file that is open")
    (opened.desk.folder / "lock").unlink()
    assert unlocking(opened.desk.folder, clock) == "vault.in_use"
    assert opened.check().problems == ()
    opened.close()
    assert unlocking(opened.desk.folder, clock) == ""


def test_an_unlocking_that_meets_damage_leaves_the_vault_closed(place: Path, clock: FixedClock) -> None:
    """Wherever the damage shows; or the vault would be in use until this program ends."""
    db, told = place / "vault.db", set()
    good = db.read_bytes()
    for page in range(len(good) // 4096):
        db.write_bytes(good)
        flip(db, page * 4096 + 4000)
        told.add(unlocking(place, clock))
    assert told == {"vault.damaged"}
    db.write_bytes(good)
    assert unlocking(place, clock) == ""


def test_a_check_tells_of_damage_wherever_it_is(place: Path, clock: FixedClock) -> None:
    db = place / "vault.db"
    good = db.read_bytes()
    for page in range(len(good) // 4096):
        db.write_bytes(good)
        flip(db, page * 4096 + 4000)
        with suppress(AppError), vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as opened:
            try:
                found = opened.check().problems
            except AppError as error:
                pytest.fail(f"page {page}: {error.code}")
            assert "1 page of the vault file is damaged." in found
            assert len(set(found)) == len(found)


def test_the_lock_is_let_go_even_when_the_store_does_not_close(
    opened: OpenVault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("not closed")

    with monkeypatch.context() as patch:
        patch.setattr(opened.desk.store, "close", broken)
        with pytest.raises(RuntimeError):
            opened.close()
    VaultLock(VaultFolder(opened.desk.folder), clock.now()).release()
    opened.desk.store.close()


# --- locking -----------------------------------------------------------------------------------------------------


class Gate(Progress):
    """Progress that stands still at its first step until it is let through."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def step(self, done: int, total: int, what: str = "") -> None:
        self.reached.set()
        assert self.open.wait(20)


@pytest.mark.parametrize("what", ["check", "backup", "duplicates"])
def test_long_work_ends_before_the_vault_is_locked(opened: OpenVault, clock: FixedClock, what: str) -> None:
    gate, told = Gate(), list[str]()
    work = {
        "check": lambda: opened.check(gate), "backup": lambda: opened.backup(None, gate),
        "duplicates": lambda: opened.find_duplicates(gate),
    }[what]  # fmt: skip
    working = threading.Thread(target=lambda: told.append(outcome(work)))
    working.start()
    assert gate.reached.wait(20)
    closing = threading.Thread(target=opened.close)
    closing.start()
    closing.join(0.2)
    assert closing.is_alive()
    assert unlocking(opened.desk.folder, clock) == "vault.in_use"
    gate.open.set()
    closing.join(20)
    working.join(20)
    assert told == ["cancelled"]
    assert not VaultFolder(opened.desk.folder).leftovers()
    assert unlocking(opened.desk.folder, clock) == ""


def test_who_comes_late_finds_a_locked_vault(opened: OpenVault, tmp_path: Path) -> None:
    opened.close()
    before = files(tmp_path)

    def write() -> None:
        with opened.desk.writing():
            pytest.fail("this was a way in")

    def read() -> None:
        with opened.desk.reading():
            pytest.fail("this was a way in")

    for late in (
        write,
        read,
        opened.check,
        opened.backup,
        lambda: users.add(opened, "nurlan", "olma daryo bulut qalam", "caseworker"),
        lambda: users.new_paper(opened),
        lambda: users.change_passphrase(opened, PASSPHRASE, "olma daryo bulut qalam"),
    ):
        assert outcome(late) == "vault.locked"
    assert files(tmp_path) == before


# --- made whole or not at all ------------------------------------------------------------------------------------


def test_a_new_vault_whose_recovery_text_nobody_saw_does_not_stay(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise AppError("disk.full")

    def make() -> None:
        vault.create(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock, kdf=CHEAP).open.close()

    with monkeypatch.context() as patch:
        patch.setattr(vault, "refresh_due", full)
        assert outcome(make) == "disk.full"
    assert not list(tmp_path.iterdir())
    assert outcome(make) == ""


def test_a_new_vault_that_is_refused_makes_no_folder_on_the_way(tmp_path: Path, clock: FixedClock) -> None:
    place = tmp_path / "deep" / "down" / "vault"
    assert outcome(lambda: vault.create(place, "feruza", "short", clock=clock)) == "vault.weak_passphrase"
    assert not list(tmp_path.iterdir())


def test_a_restore_counts_after_the_vault_was_opened_and_not_before(
    place: Path, tmp_path: Path, clock: FixedClock
) -> None:
    backup, back = next((place / "backups").iterdir()), tmp_path / "back"
    set_schema(backup, "9999")
    assert outcome(lambda: vault.restore(backup, back, "feruza", PASSPHRASE, clock=clock)) == "vault.newer"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vault"]
    set_schema(backup, head_revision(vault.MIGRATIONS))
    vault.restore(backup, back, "feruza", PASSPHRASE, clock=clock)
    assert unlocking(back, clock) == ""


def test_a_restore_only_reads_the_backup_and_leaves_its_damage_behind(
    place: Path, tmp_path: Path, clock: FixedClock
) -> None:
    backup, back = next((place / "backups").iterdir()), tmp_path / "back"
    good = (backup / "vault.key").read_bytes()
    (backup / "vault.key").write_bytes((another_vault(tmp_path / "other", clock) / "vault.key").read_bytes())
    before = files(backup)
    vault.restore(backup, back, "feruza", PASSPHRASE, clock=clock)
    assert files(backup) == before
    assert (back / "vault.key").read_bytes() == (back / "vault.key.mirror").read_bytes() == good


def test_a_vault_that_is_open_is_not_taken_for_a_backup(opened: OpenVault, tmp_path: Path, clock: FixedClock) -> None:
    place, back = opened.desk.folder, tmp_path / "back"
    assert outcome(lambda: vault.restore(place, back, "feruza", PASSPHRASE, clock=clock)) == "vault.in_use"
    opened.close()
    vault.restore(place, back, "feruza", PASSPHRASE, clock=clock)
    assert unlocking(back, clock) == ""


def test_a_paper_takes_the_place_of_nothing_else(tmp_path: Path) -> None:
    theirs = tmp_path / "paper.pdf.new"
    theirs.write_text("mine")
    vault.write_file(tmp_path / "paper.pdf", b"%PDF")
    assert (theirs.read_text(), len(list(tmp_path.iterdir()))) == ("mine", 2)
    told = outcome(vault.write_file, tmp_path / "gone" / "paper.pdf", b"%PDF")
    assert told == "file.not_written"


# --- a disk or stick that goes away ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EIO, errno.ESTALE, errno.ENOTEMPTY])
def test_a_place_that_goes_away_is_told_in_words(
    opened: OpenVault, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the last step of a backup; and then what was written cannot be removed either."""

    def gone(*_arguments: object) -> Path:
        raise OSError(number, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", gone)
        patch.setattr("shutil.rmtree", gone)
        told = outcome(opened.backup, tmp_path / "stick")
    assert told == ("disk.failed" if number in {errno.EIO, errno.ESTALE} else "vault.not_readable")
    assert opened.backup(tmp_path / "stick").is_dir()


def test_damage_is_told_also_when_the_backups_cannot_be_read(
    place: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise OSError(errno.EIO, "no answer")

    (place / "vault.db").write_bytes(b"")
    with monkeypatch.context() as patch:
        patch.setattr("panoh.store.engine.newest", broken)
        assert unlocking(place, clock) == "vault.damaged"
