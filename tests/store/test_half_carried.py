"""A kill while the log is carried over leaves pages of the store half written: the log holds them whole, and it is no damage."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from tests.store.small_vault import flip, make_vault

from panoh.base.progress import Silent
from panoh.store import keys
from panoh.store.door import whole_without_log
from panoh.store.engine import connect
from panoh.store.folder import VaultFolder
from panoh.store.verify import bad_pages, problems

PAGE = 4096
Killed = tuple[VaultFolder, keys.Unlocked, list[int]]


@pytest.fixture
def killed(tmp_path: Path) -> Killed:
    """A vault whose program was killed: with its log, and the numbers of the pages that lie in that, first to last."""
    folder, unlocked = make_vault(tmp_path / "open")
    with closing(connect(folder.db, unlocked.key)) as opened:
        opened.execute("PRAGMA wal_autocheckpoint = 0")
        opened.execute("UPDATE person SET note = 'another' WHERE id < 20")
        shutil.copytree(folder.path, tmp_path / "killed")
    left = VaultFolder(tmp_path / "killed")
    log = left.wal.read_bytes()
    return left, unlocked, [int.from_bytes(log[at : at + 4], "big") for at in range(32, len(log), PAGE + 24)]


def tear(folder: VaultFolder, page: int) -> None:
    """Leave only the first half of a page as it was."""
    with folder.db.open("r+b") as file:
        file.seek((page - 1) * PAGE + PAGE // 2)
        file.write(bytes(PAGE // 2))


def whole(killed: Killed) -> bool:
    """Whether nothing is found wrong with it, as at the door: through a connection that writes nothing."""
    with closing(connect(killed[0].db, killed[1].key, read_only=True)) as opened:
        return problems(opened, Silent()) == []


def test_half_pages_that_the_log_holds_are_no_damage(killed: Killed) -> None:
    folder, unlocked, in_log = killed
    assert len(set(in_log)) > 2
    for page in in_log:
        tear(folder, page)
    assert whole(killed)
    with closing(connect(folder.db, unlocked.key)) as opened:  # which carries the log over as it is closed
        assert problems(opened, Silent()) == []
        assert opened.execute("SELECT count(*) FROM person WHERE note = 'another'").fetchone() == (20,)
    assert not folder.wal.exists()
    assert whole(killed)


def test_a_half_page_that_the_log_lacks_is_damage(killed: Killed) -> None:
    folder, unlocked, in_log = killed
    pages = range(2, folder.db.stat().st_size // PAGE + 1)
    tear(folder, next(page for page in pages if page not in in_log))
    assert not whole(killed)
    with closing(connect(folder.db, unlocked.key, read_only=True)) as opened:
        assert bad_pages(opened) == 1


def test_a_half_page_whose_place_in_the_log_is_damaged_too_is_damage(killed: Killed) -> None:
    folder, _unlocked, in_log = killed
    tear(folder, in_log[0])
    flip(folder.wal, 32 + 24 + 100)
    assert not whole(killed)


def test_a_log_that_is_left_out_holds_nothing(killed: Killed) -> None:
    folder, unlocked, in_log = killed
    assert whole_without_log(folder, unlocked.key, Silent())
    tear(folder, in_log[-1])
    assert not whole_without_log(folder, unlocked.key, Silent())
