"""A folder appears whole or not at all, and nothing that is somebody else's goes for it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.store.small_vault import outcome

from panoh.base.errors import AppError
from panoh.store import building as making
from panoh.store import files as disk
from panoh.store.building import building, cut_off

KILLED = """
import os, signal, sys
from pathlib import Path
from panoh.store.building import building
with building(Path(sys.argv[1])) as folder:
    folder.db.write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def build(place: Path, content: bytes = b"whole") -> None:
    with building(place) as folder:
        folder.db.write_bytes(content)


def test_it_appears_whole(tmp_path: Path) -> None:
    for place in (tmp_path / "new" / "deep", tmp_path / "empty"):
        if place.name == "empty":
            place.mkdir()
        with building(place) as folder:
            folder.db.write_bytes(b"whole")
            assert not place.exists() or not list(place.iterdir())
        assert [path.name for path in place.iterdir()] == ["vault.db"]
        assert place.stat().st_mode & 0o777 == 0o700
        assert [path.name for path in place.parent.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize("name", ["vault.part", "vault.new.part", "vault.01234567.part.part", "other.01234567.part"])
def test_a_folder_that_only_sounds_like_ours_is_left_alone(tmp_path: Path, name: str) -> None:
    letter = tmp_path / name / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("mine")
    build(tmp_path / "vault")
    assert letter.read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_what_a_kill_left_is_removed_at_the_next_try(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", KILLED, str(tmp_path / "vault")]
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    build(tmp_path / "vault")
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_of_two_at_once_the_first_to_be_whole_stays(tmp_path: Path) -> None:
    place = tmp_path / "vault"

    def late() -> None:
        with building(place) as folder:
            folder.db.write_bytes(b"late")
            assert cut_off(tmp_path, "vault") == []
            build(place, b"first")

    assert outcome(late) == "vault.exists"
    assert (place / "vault.db").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_what_is_put_there_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    place = tmp_path / "vault"

    def late() -> None:
        with building(place):
            place.mkdir()
            (place / "letter.txt").write_text("mine")

    assert outcome(late) == "vault.exists"
    assert (place / "letter.txt").read_text() == "mine"


def test_a_stick_that_is_gone_does_not_hide_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_arguments: object) -> None:
        raise OSError(5, "gone")

    def failing() -> None:
        with building(tmp_path / "vault"):
            raise AppError("cancelled")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", gone)
        assert outcome(failing) == "cancelled"


def test_a_folder_whose_last_flush_fails_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, flush = tmp_path / "vault", disk.settle_folder

    def failing(path: Path) -> None:
        if path == tmp_path and place.exists():
            raise OSError(errno.EIO, "gone")
        flush(path)

    monkeypatch.setattr(making, "settle_folder", failing)
    assert outcome(build, place) == "disk.failed"
    assert list(tmp_path.iterdir()) == []
