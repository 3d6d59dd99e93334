"""One program at a time has a vault open; another is told since when it is in use.

The operating system drops the lock when its holder ends, also by a kill, so a lock is never stale.
A child process made by fork would keep it: start children by spawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, moment
from panoh.base.i18n import gettext as _
from panoh.store.files import PRIVATE_FILE, discard, telling, write_whole
from panoh.store.folder import VaultFolder


class VaultLock:
    """The held lock of a vault; `release` it, or use it in a `with`."""

    def __init__(self, folder: VaultFolder, now: datetime) -> None:
        """Take the lock and sweep leftovers away. Raises AppError vault.in_use, vault.not_readable, disk.full."""
        self._folder = folder
        self._lock = FileLock(folder.lock, timeout=0, mode=PRIVATE_FILE, thread_local=False)
        with telling():
            try:
                self._lock.acquire()
            except Timeout:
                raise AppError("vault.in_use", since=_since(folder, now)) from None
            try:
                folder.sweep()
                write_whole(folder.since, now.isoformat().encode())
            except BaseException:
                self._lock.release()
                raise

    def release(self) -> None:
        """Let others in; a second call does nothing."""
        if self._lock.is_locked:
            discard(self._folder.since)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


@contextmanager
def nobody_in(folder: VaultFolder, now: datetime) -> Iterator[None]:
    """Inside, no program opens the vault in this folder, which is only read; a medium that takes no writes has no other.

    Raises AppError vault.in_use.
    """
    lock = FileLock(folder.lock, timeout=0, mode=PRIVATE_FILE, thread_local=False)
    try:
        if folder.lock.exists():
            lock.acquire()
    except Timeout:
        raise AppError("vault.in_use", since=_since(folder, now)) from None
    except OSError:
        pass
    try:
        yield
    finally:
        lock.release()


def _since(folder: VaultFolder, now: datetime) -> str:
    """Since when the vault is in use, in local time: '14:02', with the day when that was longer ago."""
    try:
        at = datetime.fromisoformat(folder.since.read_text("ascii"))
    except (OSError, ValueError):  # its holder has only just opened it
        return _("a moment ago")
    today = at.astimezone().date() == now.astimezone().date()
    return clock_time(at) if today and at <= now + timedelta(minutes=1) else moment(at)
