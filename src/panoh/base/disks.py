"""What this computer says of the disk under a folder: is it encrypted, is it this computer's own. None: it cannot be known.

Read without rights that a caseworker lacks, and without changing anything.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

OWN, STICK, NETWORK = "own", "stick", "network"
_NETWORKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "9p", "ceph", "afs"}
_FUSE_NETWORKS = {"fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs", "fuse.glusterfs", "fuse.curlftpfs"}
_ENCRYPTED = {"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"}
_PATIENCE = 20  # seconds for a question to the system


class Mount(NamedTuple):
    """A line of the kernel's table of mounts."""

    device: str  # 'major:minor'
    place: str
    kind: str
    source: str


def encrypted(path: Path) -> bool | None:
    """Whether the disk under this path is encrypted as a whole; None when it cannot be known (a disk may do it itself)."""
    try:
        if sys.platform == "linux":
            return _linux_encrypted(path)
        if sys.platform == "darwin":
            return fdesetup_says(_asked("fdesetup", "status"))
        return bitlocker_says(_asked("powershell", "-NoProfile", "-NonInteractive", "-Command", _bitlocker(path)))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def kind_of(path: Path) -> str | None:
    """OWN, STICK or NETWORK; None when it cannot be known."""
    try:
        if sys.platform == "linux":
            return _linux_kind(path)
        if sys.platform == "darwin":
            return _mac_kind(path)
        return _windows_kind(path)
    except (OSError, ValueError, AttributeError, subprocess.SubprocessError):
        return None


# --- Linux -------------------------------------------------------------------------------------------------------


def mounts(table: str) -> list[Mount]:
    """The mounts in the words of /proc/self/mountinfo (proc(5))."""
    found = []
    for line in table.splitlines():
        head, _dash, tail = line.partition(" - ")
        left, right = head.split(), tail.split()
        if len(left) >= 5 and len(right) >= 2:
            found.append(Mount(left[2], _unescaped(left[4]), right[0], _unescaped(right[1])))
    return found


def _unescaped(word: str) -> str:
    for code, sign in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        word = word.replace(code, sign)
    return word


def mount_of(path: Path, table: list[Mount]) -> Mount | None:
    """The mount that this path lies on: the last of the longest that hold it."""
    holding = [each for each in table if path.is_relative_to(each.place)]
    return max(reversed(holding), key=lambda each: len(Path(each.place).parts), default=None)


def _mount(path: Path) -> Mount | None:
    return mount_of(path.resolve(), mounts(Path("/proc/self/mountinfo").read_text("utf-8", "replace")))


def _block(mount: Mount, sys_folder: Path) -> Path | None:
    """The kernel's folder about the device of a mount; file systems like btrfs have a number of their own."""
    device = mount.device
    if device.startswith("0:"):
        if not mount.source.startswith("/dev/"):
            return None
        number = Path(mount.source).stat().st_rdev
        device = f"{os.major(number)}:{os.minor(number)}"
    block = sys_folder / "dev" / "block" / device
    return block.resolve() if block.exists() else None


def _linux_encrypted(path: Path) -> bool | None:
    mount = _mount(path)
    if mount is None:
        return None
    if mount.kind in _ENCRYPTED:
        return True
    block = _block(mount, Path("/sys"))
    return None if block is None else crypt_below(block)


def crypt_below(block: Path) -> bool:
    """Whether dm-crypt is this device or any that it is made of (LVM on LUKS, for example)."""
    uuid = block / "dm" / "uuid"
    if uuid.exists() and uuid.read_text("ascii", "replace").startswith("CRYPT-"):
        return True
    slaves = block / "slaves"
    return slaves.is_dir() and any(crypt_below(each.resolve()) for each in slaves.iterdir())


def _linux_kind(path: Path) -> str | None:
    mount = _mount(path)
    if mount is None:
        return None
    if mount.kind in _NETWORKS | _FUSE_NETWORKS:
        return NETWORK
    block = _block(mount, Path("/sys"))
    return None if block is None else STICK if removable(block) else OWN


def removable(block: Path) -> bool:
    """Whether this device, or one that it is made of, is one that is pulled out: a USB disk, a stick, a memory card."""
    slaves = block / "slaves"
    if slaves.is_dir() and any(removable(each.resolve()) for each in slaves.iterdir()):
        return True
    if any(part.startswith("usb") for part in block.parts):
        return True
    for folder in (block, block.parent):  # a partition's disk is the folder above
        mark, card = folder / "removable", folder / "device" / "type"
        if mark.exists() and mark.read_text("ascii", "replace").strip() == "1":
            return True
        if "mmcblk" in folder.name and card.exists() and card.read_text("ascii", "replace").strip() == "SD":
            return True
    return False


# --- macOS and Windows -------------------------------------------------------------------------------------------


def _asked(*command: str) -> str:
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_PATIENCE, check=False, creationflags=hidden, errors="replace"
    )
    return done.stdout


def fdesetup_says(text: str) -> bool | None:
    """What `fdesetup status` means."""
    return True if "FileVault is On" in text else False if "FileVault is Off" in text else None


def _bitlocker(path: Path) -> str:
    """The Explorer's own column tells it to everyone; manage-bde asks for an administrator."""
    drive = path.resolve().drive.replace("'", "")
    where = f"(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self"
    return where + ".ExtendedProperty('System.Volume.BitLockerProtection')"


def bitlocker_says(text: str) -> bool | None:
    """What System.Volume.BitLockerProtection means: 1 on, 2 off, 3 and 4 under way, 5 paused, 6 locked."""
    return {"1": True, "2": False, "3": True, "4": False, "5": False, "6": True}.get(text.strip())


def _mac_kind(path: Path) -> str | None:
    place = path.resolve()
    for line in _asked("mount").splitlines():
        _source, _on, rest = line.partition(" on ")
        mounted, _bracket, kind = rest.rpartition(" (")
        if mounted and mounted != "/" and place.is_relative_to(mounted) and kind.split(",")[0] in _NETWORKS:
            return NETWORK
    return STICK if place.is_relative_to("/Volumes") else OWN


def _windows_kind(path: Path) -> str | None:
    import ctypes

    anchor = path.resolve().anchor
    if anchor.startswith("\\\\"):
        return NETWORK
    known = {2: STICK, 3: OWN, 4: NETWORK}  # DRIVE_REMOVABLE, DRIVE_FIXED, DRIVE_REMOTE
    return known.get(int(ctypes.windll.kernel32.GetDriveTypeW(anchor)))  # type: ignore[attr-defined,unused-ignore]
