"""A kill at any moment: what was acknowledged is there, nothing is half there, the vault and its journal fit."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.store.writer_process import PASSPHRASE

from panoh.base.clock import Clock
from panoh.domain.household import Household
from panoh.domain.person import Person
from panoh.services import vault
from panoh.store.keyfile import Kdf


def _write_and_kill(folder: Path, after: float) -> list[list[str]]:
    """Run the writer, kill it, return the families that it said were kept."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer_process", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    told = process.stdout.read().split("\n")[:-1]  # a line that the kill cut off was not acknowledged whole
    process.wait()
    return [line.split() for line in told]


def _look(folder: Path, kept: list[list[str]]) -> None:
    with vault.unlock(folder, "feruza", PASSPHRASE, clock=Clock()) as opened:
        assert opened.check().problems == ()
        with opened.desk.reading() as reading:
            homes = {home.id for home in reading.all(Household)}
            people = reading.all(Person)
            levels = reading.connection.exec_driver_sql("SELECT count(*) FROM person_level").scalar_one()
    by_home: dict[str, int] = {}
    for person in people:
        by_home[person.household_id] = by_home.get(person.household_id, 0) + 1
    assert {family[0] for family in kept} <= homes
    assert {member for family in kept for member in family[1:]} <= {person.id for person in people}
    assert set(by_home) == homes, "a household without people was kept"
    assert set(by_home.values()) <= {3}, "half a family was kept"
    assert levels == len(people)


def _kills(folder: Path, count: int) -> int:
    made = vault.create(folder, "feruza", PASSPHRASE, clock=Clock(), kdf=Kdf.cheap())
    made.open.close()
    chance, kept = random.Random(20100614), list[list[str]]()
    for _ in range(count):
        kept += _write_and_kill(folder, chance.uniform(0.02, 0.4))
        _look(folder, kept)
    return len(kept)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_few_kills_lose_nothing(tmp_path: Path) -> None:
    assert _kills(tmp_path / "vault", 4) > 0


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    kept = _kills(tmp_path / "vault", 100)
    print(f"{kept} families were acknowledged in 100 runs that were killed; all of them are there")
