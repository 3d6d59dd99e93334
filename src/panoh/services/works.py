"""Long work on an open vault: it ends before the vault is locked, and none begins after."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from panoh.base.errors import AppError
from panoh.base.progress import Progress, Silent


class Works:
    """What runs on an open vault beside the store's own reads and writes, in whatever threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running = 0
        self._locking = False

    @contextmanager
    def one(self, progress: Progress | None = None) -> Iterator[Progress]:
        """A piece of work, which watches the progress that is yielded: that stops it when the vault is to be locked.

        Raises AppError vault.locked when the vault is locked already.
        """
        with self._changed:
            if self._locking:
                raise AppError("vault.locked")
            self._running += 1
        try:
            yield _UntilLocked(self, progress or Silent())
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    @property
    def locking(self) -> bool:
        """Whether the vault is being locked, or is."""
        return self._locking

    def end(self) -> None:
        """Let no more work begin, and wait for the end of what runs."""
        with self._changed:
            self._locking = True
            self._changed.wait_for(lambda: not self._running)


class _UntilLocked(Progress):
    def __init__(self, works: Works, watched: Progress) -> None:
        self._works = works
        self._watched = watched

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass the step on, or stop."""
        if self._works.locking:
            raise AppError("cancelled")
        self._watched.step(done, total, what)
