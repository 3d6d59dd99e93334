"""One program at a time; the next is told since when, and a killed holder keeps nobody out."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.small_vault import NOW, outcome

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, moment
from panoh.store.folder import VaultFolder
from panoh.store.lock import VaultLock, nobody_in

HOLDER = """
import sys
from datetime import datetime
from pathlib import Path
from panoh.store.folder import VaultFolder
from panoh.store.lock import VaultLock, nobody_in
lock = VaultLock(VaultFolder(Path(sys.argv[1])), datetime.fromisoformat(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
lock.release()
"""


@pytest.fixture
def folder(tmp_path: Path) -> VaultFolder:
    return VaultFolder.make(tmp_path / "vault")


@contextmanager
def held_elsewhere(folder: VaultFolder) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock since NOW."""
    command = [sys.executable, "-c", HOLDER, str(folder.path), NOW.isoformat()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def refusal(folder: VaultFolder, at: timedelta) -> str:
    with pytest.raises(AppError) as told:
        VaultLock(folder, NOW + at)
    assert told.value.code == "vault.in_use"
    return str(told.value.params["since"])


def test_a_second_window_is_told_since_when(folder: VaultFolder) -> None:
    with VaultLock(folder, NOW):
        assert refusal(folder, timedelta(minutes=5)) == clock_time(NOW)
        assert refusal(folder, timedelta(days=1)) == moment(NOW)
        assert refusal(folder, timedelta(days=-1)) == moment(NOW)  # the clock jumped back
    VaultLock(folder, NOW).release()


def test_a_lock_of_which_nothing_is_known(folder: VaultFolder) -> None:
    with VaultLock(folder, NOW):
        folder.since.write_text("???")
        assert refusal(folder, timedelta(0)) == "a moment ago"
        folder.since.unlink()
        assert refusal(folder, timedelta(0)) == "a moment ago"


def test_a_second_process_is_kept_out_until_the_first_lets_go(folder: VaultFolder) -> None:
    with held_elsewhere(folder) as holder:
        assert refusal(folder, timedelta(minutes=5)) == clock_time(NOW)
        holder.communicate("")
        with VaultLock(folder, NOW):
            assert folder.since.exists()
    assert not folder.since.exists()


def test_a_killed_holder_keeps_nobody_out(folder: VaultFolder) -> None:
    with held_elsewhere(folder) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert folder.since.exists()
        with VaultLock(folder, NOW + timedelta(hours=1)):
            assert refusal(folder, timedelta(hours=2)) == clock_time(NOW + timedelta(hours=1))


def test_the_holder_sweeps_what_was_cut_off_and_nothing_else(folder: VaultFolder) -> None:
    kept = [folder.db, folder.key, folder.mirror, folder.backups / "panoh-20100614-092205" / "vault.db"]
    cut_off = [folder.key.with_name("vault.key.new"), folder.migrating, folder.path / "vault.db.migrating-wal"]
    cut_off.append(folder.backups / "panoh-20100614-092206.part" / "vault.db")
    cut_off += [folder.path / "vault.mark.0123abcd.new", folder.backups / "erased.0123abcd.new"]
    for path in (*kept, *cut_off):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert len(folder.leftovers()) == 6
    with VaultLock(folder, NOW) as lock:
        assert not folder.leftovers()
        assert not any(path.exists() for path in cut_off)
        assert all(path.exists() for path in kept)
        assert {path.stat().st_mode & 0o777 for path in (folder.lock, folder.since)} == {0o600}
        lock.release()
        lock.release()


def test_the_lock_is_let_go_when_its_time_cannot_be_written(folder: VaultFolder) -> None:
    folder.since.mkdir()
    assert outcome(VaultLock, folder, NOW) == "vault.not_readable"
    folder.since.rmdir()
    VaultLock(folder, NOW).release()


def test_the_lock_is_let_go_when_its_time_cannot_be_removed(folder: VaultFolder) -> None:
    lock = VaultLock(folder, NOW)
    folder.since.unlink()
    folder.since.mkdir()
    lock.release()
    folder.since.rmdir()
    VaultLock(folder, NOW).release()


def test_a_folder_that_is_only_read_is_free_or_in_use(folder: VaultFolder) -> None:
    with nobody_in(folder, NOW):
        assert not folder.lock.exists()  # a backup has none, and gets none
    with held_elsewhere(folder), pytest.raises(AppError) as told, nobody_in(folder, NOW):
        pass
    assert (told.value.code, told.value.params["since"]) == ("vault.in_use", clock_time(NOW))
    with nobody_in(folder, NOW):
        assert outcome(VaultLock, folder, NOW) == "vault.in_use"
    VaultLock(folder, NOW).release()


def test_the_sweep_leaves_what_is_not_of_panoh(folder: VaultFolder) -> None:
    theirs = [folder.path / "letter.new", folder.backups / "photos.part"]
    folder.backups.mkdir()
    for path in theirs:
        path.touch()
    VaultLock(folder, NOW).release()
    assert all(path.exists() for path in theirs)
