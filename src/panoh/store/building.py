"""A folder that appears whole or not at all: a new vault, a backup, a restored vault."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from panoh.store.files import PRIVATE_FILE, settle_folder, telling
from panoh.store.folder import VaultFolder, backup_time, remove, require_free

_PART = re.compile(r"(?P<place>.+)\.[0-9a-f]{8}\.part")  # the name of a folder that is being put together
_GROWING = "growing"  # in there, and locked for as long as somebody works on it


@contextmanager
def building(path: Path) -> Iterator[VaultFolder]:
    """A folder put together out of sight: it appears at `path` whole, or not at all.

    It grows beside `path`, under a name of its own; what an earlier attempt at this place left is removed first.
    Raises AppError vault.exists when something is at `path`, vault.not_readable, disk.full.
    """
    place = path.absolute()
    with telling():
        require_free(place)
        for part in cut_off(place.parent, place.name):
            remove(part)
    part = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
    folder, made = VaultFolder.make(part), part
    growing = FileLock(part / _GROWING, timeout=0, mode=PRIVATE_FILE, thread_local=False)
    try:
        with telling():
            growing.acquire()
        yield folder
        with telling():
            growing.release()
            (part / _GROWING).unlink(missing_ok=True)
            settle_folder(part)
            require_free(place)
            if place.exists():  # empty; Windows does not rename over it
                place.rmdir()
            part.rename(place)
            made = place
            settle_folder(place.parent)
    except BaseException:
        growing.release()
        with suppress(OSError):  # a stick that was pulled out must not hide why
            remove(made)
        raise


@contextmanager
def scratch(path: Path) -> Iterator[VaultFolder]:
    """A folder out of sight that is removed at the end, whatever happens; what a kill left of one is removed first.

    Raises AppError vault.not_readable, disk.full.
    """
    with telling():
        for part in cut_off(path.parent, path.name):
            remove(part)
    folder = VaultFolder.make(path.with_name(f"{path.name}.{secrets.token_hex(4)}.part"))
    growing = FileLock(folder.path / _GROWING, timeout=0, mode=PRIVATE_FILE, thread_local=False)
    try:
        with telling():
            growing.acquire()
        yield folder
    finally:
        growing.release()
        with suppress(OSError):
            remove(folder.path)


def cut_off(place: Path, name: str = "") -> list[Path]:
    """Parts in this folder, of the one thing of this name or of any backup, that no program works on any more."""
    found = []
    for part in place.glob("*.part"):
        fits = _PART.fullmatch(part.name)
        ours = fits and (fits["place"] == name if name else backup_time(fits["place"]))
        if ours and not _growing(part):
            found.append(part)
    return found


def _growing(part: Path) -> bool:
    try:
        if (part / _GROWING).exists():
            with FileLock(part / _GROWING, timeout=0, mode=PRIVATE_FILE):
                pass
    except (Timeout, OSError):
        return True
    return False
