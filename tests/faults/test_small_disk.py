"""A disk without room, a real one: what needs room is refused in words, the vault is as before, and then it goes through."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.operations import OPERATIONS, WAYS, Operation, at, clock
from tests.store.small_vault import fill, mounted, outcome

from panoh.services import vault
from panoh.services.vault import OpenVault

# An erasing, a passphrase, a lock need a page or two, which a disk whose last page is taken may still have in a file.
NAMES = ("save", "import", "merge", "backup", "restore", "put back", "rekey", "remove user", "add user", "migrate 0001")


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of 6 MB."""
    with mounted(tmp_path_factory.mktemp("small") / "disk", "6m") as place:
        yield place


def entries(place: Path, name: str) -> int:
    """How far the journal of the vault goes, which is whole."""
    way = WAYS["frozen" if name.startswith("migrate") else "head"]
    with vault.unlock(at(place), *way, clock=clock()) as opened:
        assert opened.check().problems == ()
        return opened.desk.store.journal_head().count


def run(operation: Operation, place: Path) -> None:
    ready = operation.ready(place)
    try:
        operation.run(ready)
    finally:
        if isinstance(ready, OpenVault):
            ready.close()


@pytest.mark.parametrize("name", NAMES)
def test_no_room(disk: Path, tmp_path: Path, name: str) -> None:
    operation, place = OPERATIONS[name], disk / "try"
    laid = tmp_path / "laid"
    laid.mkdir()
    operation.lay(laid)
    shutil.copytree(laid, place)
    for beside in tmp_path.glob("*.csv"):
        shutil.copy(beside, disk)
    try:
        ready = operation.ready(place)
        fill(disk)
        told = outcome(operation.run, ready)
        if isinstance(ready, OpenVault):
            ready.close()
        (disk / "filler").unlink()
        assert told == "disk.full"
        if name != "put back":
            entries(place, name)
        run(operation, place)
        entries(place, name)
    finally:
        shutil.rmtree(place)
