"""What Linux, macOS and Windows say of a disk, in their own words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from panoh.base import disks
from panoh.base.disks import Mount, bitlocker_says, crypt_below, fdesetup_says, mount_of, mounts, removable

TABLE = r"""22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw
30 22 0:45 / /home/anna/My\040Drive rw - cifs //server/share rw
31 22 8:17 / /media/anna/STICK rw - vfat /dev/sdb1 rw
32 22 0:50 / /data rw - btrfs /dev/nvme0n1p2 rw
"""


def test_the_mount_of_a_path_is_the_longest_that_holds_it() -> None:
    table = mounts(TABLE)
    assert mount_of(Path("/home/anna/My Drive/vault"), table) == Mount(
        "0:45", "/home/anna/My Drive", "cifs", "//server/share"
    )
    for path, place in (("/home/anna", "/"), ("/media/anna/STICK/a/b", "/media/anna/STICK"), ("/data", "/data")):
        found = mount_of(Path(path), table)
        assert found is not None
        assert found.place == place


def block(folder: Path, uuid: str = "", *slaves: Path) -> Path:
    (folder / "slaves").mkdir(parents=True)
    if uuid:
        (folder / "dm").mkdir()
        (folder / "dm" / "uuid").write_text(uuid + "\n")
    for each in slaves:
        (folder / "slaves" / each.name).symlink_to(each)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_encryption_is_found_below_a_volume(tmp_path: Path) -> None:
    disk = block(tmp_path / "sda2")
    crypt = block(tmp_path / "dm-0", "CRYPT-LUKS2-abc", disk)
    volume, plain = block(tmp_path / "dm-1", "LVM-xyz", crypt), block(tmp_path / "dm-2", "LVM-abc", disk)
    assert crypt_below(volume)
    assert not crypt_below(plain)


def test_what_can_be_pulled_out(tmp_path: Path) -> None:
    disk = tmp_path / "pci" / "ata1" / "block" / "sda"
    stick = tmp_path / "pci" / "usb2" / "block" / "sdb" / "sdb1"
    card = tmp_path / "mmc" / "mmcblk0" / "mmcblk0p1"
    for each in (disk / "sda2", stick, card):
        each.mkdir(parents=True)
    (disk / "removable").write_text("0\n")
    (card.parent / "device").mkdir()
    (card.parent / "device" / "type").write_text("SD\n")
    assert [removable(each) for each in (disk / "sda2", stick, card)] == [False, True, True]
    (card.parent / "device" / "type").write_text("MMC\n")
    assert not removable(card)
    (disk / "removable").write_text("1\n")
    assert removable(disk / "sda2")


def test_the_words_of_macos_and_windows() -> None:
    assert [fdesetup_says(text) for text in ("FileVault is On.\n", "FileVault is Off.\n", "")] == [True, False, None]
    assert [bitlocker_says(text) for text in ("1\r\n", "2\r\n", "", "words")] == [True, False, None, None]


def test_this_computer_gives_an_answer_or_none(tmp_path: Path) -> None:
    assert disks.encrypted(tmp_path) in (True, False, None)
    assert disks.kind_of(tmp_path) in (disks.OWN, disks.STICK, disks.NETWORK, None)
    assert disks.encrypted(tmp_path / "nothing" / "here") in (True, False, None)
