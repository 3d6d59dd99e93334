"""What is written is on the disk before it takes its place, and what fails leaves nothing beside it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tests.store.small_vault import CHEAP, NAME, PASSPHRASE, outcome

from panoh.store import files as disk
from panoh.store import keyfile, keys, slots
from panoh.store.files import in_words, make_folder, write_whole
from panoh.store.folder import VaultFolder


def test_a_new_folder_and_its_new_parents_are_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(disk, "settle_folder", flushed.append)
    make_folder(tmp_path / "a" / "b" / "c")
    assert set(flushed) == {tmp_path, tmp_path / "a", tmp_path / "a" / "b"}
    flushed.clear()
    make_folder(tmp_path / "a" / "b" / "c")
    assert flushed == []


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_alone(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    path = tmp_path / "file"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, step, broken)
        with pytest.raises(OSError, match="no space"):
            write_whole(path, b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("file", b"old")]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk.full"),
        (errno.EACCES, "vault.not_readable"),
        (errno.ENOENT, "vault.not_readable"),
        (errno.ENOTEMPTY, "vault.not_readable"),
        (errno.EISDIR, "vault.not_readable"),
        (errno.EINVAL, "vault.not_readable"),
        (errno.EIO, "disk.failed"),
        (errno.ESTALE, "disk.failed"),
        (errno.EMFILE, None),
    ],
)
def test_what_the_system_says_becomes_a_sentence(number: int, code: str | None) -> None:
    told = in_words(OSError(number, "what it said", "Karimova.pdf"))
    assert (told.code if told else None) == code
    assert told is None or "Karimova" not in told.sentence()


def test_a_key_file_that_does_not_read_back_takes_the_place_of_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that says it wrote, and wrote something else: on the second copy only, then on both."""
    folder = VaultFolder.make(tmp_path / "vault")
    first = keys.create(folder, NAME, PASSPHRASE, CHEAP)
    before, stage = (folder.key.read_bytes(), folder.mirror.read_bytes()), keyfile.stage
    for lies in ({folder.mirror}, {folder.key, folder.mirror}):

        def lying(path: Path, content: bytes, lies: set[Path] = lies) -> Path:
            return stage(path, content[:-9] + b"\0" * 9 if path in lies else content)

        with monkeypatch.context() as patch:
            patch.setattr(keyfile, "stage", lying)
            assert outcome(slots.make_recovery, folder, first) == "disk.failed"
        assert (folder.key.read_bytes(), folder.mirror.read_bytes()) == before
        assert not folder.leftovers()


def test_a_second_copy_that_stays_behind_is_out_of_date_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = VaultFolder.make(tmp_path / "vault")
    first = keys.create(folder, NAME, PASSPHRASE, CHEAP)
    old, replace = folder.mirror.read_bytes(), os.replace

    def only_the_first(source: Path, target: Path) -> None:
        if target == folder.mirror:
            raise PermissionError(errno.EACCES, "held by another program")
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", only_the_first)
        paper = slots.make_recovery(folder, first)
    assert folder.mirror.read_bytes() == old
    assert not folder.leftovers()
    assert keys.unlock_recovery(folder, paper).key == first.key
    assert slots.mend(folder, keys.unlock(folder, NAME, PASSPHRASE), [first.user_id])
    assert folder.mirror.read_bytes() == folder.key.read_bytes()


def test_a_key_file_that_took_its_place_stands_though_the_last_flush_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told that nothing was changed, a user would try a passphrase that opens nothing any more."""
    folder = VaultFolder.make(tmp_path / "vault")
    keys.create(folder, NAME, PASSPHRASE, CHEAP)

    def failing(_path: Path) -> None:
        raise OSError(errno.EIO, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(keyfile, "settle_folder", failing)
        slots.change_passphrase(folder, NAME, PASSPHRASE, PASSPHRASE + " yana")
    assert keys.unlock(folder, NAME, PASSPHRASE + " yana")
    assert outcome(keys.unlock, folder, NAME, PASSPHRASE) == "vault.wrong_passphrase"
