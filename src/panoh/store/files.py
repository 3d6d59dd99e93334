"""Whole files or none: for this user alone, flushed to the disk before they take their place."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from panoh.base.errors import AppError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY}
_NO_PLACE = {  # nothing there (any more), or a file where a folder should be
    *(errno.ENOENT, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY, errno.ENAMETOOLONG, errno.ELOOP),
    errno.EINVAL,  # a name that Windows does not know
}
_BROKEN = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN}


def make_private(path: Path) -> None:
    """Make an empty file that only this user may read; raises FileExistsError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def make_folder(path: Path) -> None:
    """Make a folder for this user alone, with the parents that it lacks, so that none of them is lost by a power cut."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    for folder in missing:
        settle_folder(folder.parent)


def stage(path: Path, content: bytes) -> Path:
    """Write a new file beside `path`, flushed to the disk; it has still to take its place, or to be discarded."""
    beside = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")  # the name of no file that somebody else made
    make_private(beside)
    try:
        with beside.open("wb") as file:
            file.write(content)
        settle(beside)
    except BaseException:
        discard(beside)
        raise
    return beside


def discard(path: Path) -> None:
    """Remove a file if that can be done; what stays is swept away when the vault is next opened."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that a crash leaves the old file or the new one, never a mixture."""
    beside = stage(path, content)
    try:
        beside.replace(path)
    except BaseException:
        discard(beside)
        raise
    settle_folder(path.parent)


def settle(path: Path) -> None:
    """Flush a file to the disk and forget the cached copy, so that reading it back reads the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
        _flush_drive(handle)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def settle_folder(path: Path) -> None:
    """Flush a folder's list of names; Windows does this by itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        _flush_drive(handle)
    finally:
        os.close(handle)


def _flush_drive(handle: int) -> None:
    """On macOS, fsync leaves the drive's own cache as it is; another call empties that too, where the drive knows it."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)


def require_room(place: Path, needed: int) -> None:
    """Raise AppError disk.full when the disk of `place` has fewer than `needed` free bytes and a little to spare."""
    if shutil.disk_usage(place).free < needed + needed // 10:
        raise AppError("disk.full")


def in_words(error: OSError) -> AppError | None:
    """The sentence for an error of the operating system that belongs to the user's world, or None."""
    if error.errno in _FULL:
        return AppError("disk.full")
    if error.errno in _FORBIDDEN | _NO_PLACE:
        return AppError("vault.not_readable")
    if error.errno in _BROKEN:
        return AppError("disk.failed")
    return None


@contextmanager
def telling() -> Iterator[None]:
    """Inside, a full, forbidden or broken disk becomes an AppError; the names of files stay out of it."""
    try:
        yield
    except OSError as error:
        told = in_words(error)
        if told is None:
            raise
        raise told from None
