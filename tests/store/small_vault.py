"""A small vault with a schema of its own, for tests of what surrounds the store."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.store import keys, slots
from panoh.store.engine import open_engine, writer
from panoh.store.folder import VaultFolder

NAME = "Гулнора"
PASSPHRASE = "olma daryo bulut qalam"
CHEAP = keys.Kdf.cheap()
NOW = datetime(2010, 6, 14, 9, 22, 5, tzinfo=UTC)
MARKER = "Qosimova-MARKER-Қосимова"
SCHEMA = (
    "CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE TABLE person (id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL REFERENCES site (id), note TEXT NOT NULL)",
    "CREATE INDEX ix_person_note ON person (note)",
)


def make_vault(path: Path, people: int = 400) -> tuple[VaultFolder, keys.Unlocked]:
    """A closed vault of a few hundred kilobytes, and what its first user unlocked."""
    folder = VaultFolder.make(path)
    unlocked = keys.create(folder, NAME, PASSPHRASE, CHEAP)
    engine = open_engine(folder.db, unlocked.key, create=True)
    with writer(engine).begin() as connection:
        for statement in SCHEMA:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO site VALUES (1, ?)", (MARKER,))
        rows = [(number, f"{MARKER} {number} " + "x" * 400) for number in range(people)]
        connection.exec_driver_sql("INSERT INTO person VALUES (?, 1, ?)", rows)
    engine.dispose()
    return folder, unlocked


def add(folder: VaultFolder, holder: keys.Unlocked, name: str, passphrase: str, user_id: str) -> None:
    """Give a user a slot, as if their row were committed."""
    with slots.adding_slot(folder, holder, name, passphrase, user_id) as let_in:
        let_in()


def mended(folder: VaultFolder, holder: keys.Unlocked, *others: str) -> bool:
    """Whether a copy of the key file was not as it should be; it now is. The store knows this user and these others."""
    return slots.mend(folder, holder, [holder.user_id, *others])


def flip(path: Path, at: int, bit: int = 0) -> None:
    """Turn one bit of a file over."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ (1 << bit)]))


def files(place: Path) -> dict[str, bytes]:
    """Every file under a folder and what it holds."""
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


@contextmanager
def mounted(place: Path, size: str) -> Iterator[Path]:
    """A disk of this size ('4m'); the test is skipped where this user may not mount one."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> None:
    """Leave no free page on a disk."""
    (place / "filler").write_bytes(b"x" * (shutil.disk_usage(place).free // 4096 * 4096))


def outcome(call: Callable[..., object], *args: object) -> str:
    """The code of the AppError that this call ends in, or nothing when it goes through."""
    try:
        call(*args)
    except AppError as error:
        return error.code
    return ""


class Steps(Progress):
    """Progress that does something at each step."""

    def __init__(self, act: Callable[[int, str], None]) -> None:
        self._act = act
        self.count = 0

    def step(self, done: int, total: int, what: str = "") -> None:
        self.count += 1
        self._act(self.count, what)
