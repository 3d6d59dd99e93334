"""A kill at any moment of a backup, a restore, a putting back, and a disk that fails at its Nth step: the old state or the new."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import CHEAP
from tests.store.backup_process import PASSPHRASE
from tests.store.small_vault import flip, outcome

from panoh.base.clock import Clock
from panoh.services import backups, people, recovery, registration, vault
from panoh.store.folder import listed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A locked vault of eight people with one backup."""
    folder = tmp_path / "vault"
    with vault.create(folder, "feruza", PASSPHRASE, clock=Clock(), kdf=CHEAP).open as opened:
        for n in range(8):
            row = registration.FamilyRow(name=f"Намунаева Гулнора{'а' * n}", sex="F", birth="34", relation="head")
            registration.save_family(opened.desk, registration.FamilyForm(rows=(row,), fled_from="KG"))
        opened.backup()
    return folder


def killed(after: float, *words: object, once: bool = False) -> list[str]:
    """Run the process, kill it some seconds after it is ready, or has made `once` something; what it said that it made."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.backup_process", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    first = process.stdout.readline() if once else ""
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    told = (first + process.stdout.read()).split("\n")[:-1]
    process.wait()
    return [line.partition(" ")[2] for line in told]


def look(place: Path, count: int = 8) -> None:
    """The vault is whole, nothing half is left in it, and every backup that is listed comes back whole."""
    with vault.unlock(place, "feruza", PASSPHRASE, clock=Clock()) as opened:
        assert people.count(opened.desk) == count
        assert opened.check().problems == ()
        assert not list((place / "backups").glob("*.part"))
        made = listed(place / "backups")
        assert backups.drill(opened, random.choice(made).path).report.good


def kill_backups(place: Path, count: int) -> int:
    chance, told = random.Random(20100614), 0
    for n in range(count):
        made = killed(chance.uniform(0.01, 0.4), "backup", place, once=n % 2 == 1)
        told += len(made)
        assert {*made} <= {each.path.name for each in listed(place / "backups")}
        look(place)
    return told


def test_a_backup_killed_at_random_moments(place: Path) -> None:
    assert kill_backups(place, 5) > 0


@pytest.mark.soak
def test_a_backup_killed_many_times(place: Path) -> None:
    print(f"{kill_backups(place, 250)} backups were made in 250 runs that were killed; all of them are there")


def kill_restores(place: Path, to: Path, count: int) -> None:
    chance, source = random.Random(4), listed(place / "backups")[0].path
    for n in range(count):
        folder = to / str(n)
        folder.mkdir(parents=True)
        made = killed(chance.uniform(0.01, 0.4), "restore", source, folder)
        there = sorted(path for path in folder.iterdir() if not path.name.endswith(".part"))
        assert len(there) - len(made) in (0, 1)  # the kill may come between the last one and its word
        for restored in there:
            with vault.unlock(restored, "feruza", PASSPHRASE, clock=Clock()) as opened:
                assert people.count(opened.desk) == 8
                assert opened.desk.store.journal_head().count > 8
        shutil.rmtree(folder)


def test_a_restore_killed_at_random_moments(place: Path, tmp_path: Path) -> None:
    kill_restores(place, tmp_path / "to", 5)


@pytest.mark.soak
def test_a_restore_killed_many_times(place: Path, tmp_path: Path) -> None:
    kill_restores(place, tmp_path / "to", 250)


def kill_put_backs(place: Path, to: Path, count: int) -> None:
    chance = random.Random(9)
    for n in range(count):
        folder = to / str(n) / "vault"
        shutil.copytree(place, folder)
        flip(folder / "vault.db", 9000)
        killed(chance.uniform(0.0, 0.25), "put_back", folder)
        state = outcome(lambda at=folder: vault.unlock(at, "feruza", PASSPHRASE, clock=Clock()).close())
        assert state in ("", "vault.damaged")
        if state:
            found = recovery.look(folder, "feruza", PASSPHRASE, clock=Clock())
            assert found.best is not None
            recovery.put_back(folder, found.best, "feruza", PASSPHRASE, clock=Clock())
        look(folder)
        shutil.rmtree(to / str(n))


def test_a_putting_back_killed_at_random_moments(place: Path, tmp_path: Path) -> None:
    kill_put_backs(place, tmp_path / "to", 6)


@pytest.mark.soak
def test_a_putting_back_killed_many_times(place: Path, tmp_path: Path) -> None:
    kill_put_backs(place, tmp_path / "to", 250)


# --- a disk that fails -------------------------------------------------------------------------------------------


class FailingAt:
    """From now on the call of this number, of those that change what the disk holds, fails with this error."""

    CALLS = ("open", "write", "fsync", "replace", "rename", "mkdir", "unlink")

    def __init__(self, patch: pytest.MonkeyPatch, at: int, number: int) -> None:
        self.count = 0

        def failing(call: Callable[..., Any]) -> Callable[..., Any]:
            def wrapped(*arguments: object, **named: object) -> Any:
                self.count += 1
                if self.count == at:
                    raise OSError(number, os.strerror(number))
                return call(*arguments, **named)

            return wrapped

        for name in self.CALLS:
            patch.setattr(os, name, failing(getattr(os, name)))


ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES)
TOLD = {"disk.failed", "disk.full", "vault.not_readable", "vault.missing", "backup.unreadable", "vault.in_use"}


def failing(work: Callable[[], object], at: int, number: int) -> tuple[str, bool]:
    """The code that the work ended in, and whether it came through before that step."""
    with pytest.MonkeyPatch.context() as patch:
        steps = FailingAt(patch, at, number)
        code = outcome(work)
    return code, steps.count < at


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_disk_that_fails_at_any_step_of_a_backup(place: Path, number: int) -> None:
    with vault.unlock(place, "feruza", PASSPHRASE, clock=Clock()) as opened:
        for at in range(1, 200):
            before = {each.path.name for each in listed(place / "backups")}
            code, through = failing(opened.backup, at, number)
            after = {each.path.name for each in listed(place / "backups")}
            if through:
                break
            assert code in {*TOLD, ""}
            assert before <= after
            assert len(after - before) <= 1
            for name in after - before:
                assert backups.drill(opened, place / "backups" / name).report.good
                shutil.rmtree(place / "backups" / name)
        else:
            pytest.fail("it never came through")
    assert at > 10
    look(place)


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_disk_that_fails_at_any_step_of_a_restore(place: Path, tmp_path: Path, number: int) -> None:
    source = listed(place / "backups")[0].path
    for at in range(1, 300):
        to = tmp_path / "back" / str(at)
        work = lambda to=to: vault.restore(source, to, "feruza", PASSPHRASE, clock=Clock())  # noqa: E731
        code, through = failing(work, at, number)
        if through:
            break
        assert code in {*TOLD, ""}
        if to.exists() and any(to.iterdir()):
            with vault.unlock(to, "feruza", PASSPHRASE, clock=Clock()) as opened:
                assert people.count(opened.desk) == 8
    else:
        pytest.fail("it never came through")
    assert at > 10
    look(place)
