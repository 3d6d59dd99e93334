"""An unlocked vault: its desk, its keys, and the long work on it; it is let go of when it is locked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.services import backups as keeping
from panoh.services import duplicates, erasing, rematching
from panoh.services import journal as journals
from panoh.services.desk import Desk
from panoh.services.works import Works
from panoh.store import backup as backups
from panoh.store import check as checks
from panoh.store import journal, slots
from panoh.store.door import leave_mark
from panoh.store.files import make_folder, telling
from panoh.store.folder import VaultFolder
from panoh.store.keys import Unlocked
from panoh.store.lock import VaultLock


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of the whole vault found; no problems means that everything fits."""

    problems: tuple[str, ...]
    people: int
    journal_entries: int
    journal_code: str


@dataclass(slots=True)
class Keyring:
    """Where the vault is and what its slot yielded; never shown."""

    folder: VaultFolder
    unlocked: Unlocked = field(repr=False)

    def public_keys(self, users: Iterable[str]) -> dict[str, bytes]:
        """To which keys something can be sealed for these users, and for the recovery paper."""
        return slots.public_keys(self.folder, self.unlocked.key, users)


class OpenVault:
    """An unlocked vault: its desk, and what must be let go of when it is locked."""

    def __init__(self, desk: Desk, keyring: Keyring, lock: VaultLock, repaired: bool) -> None:
        self.desk = desk
        self.repaired = repaired  # a copy of the key file was damaged, missing or out of date
        self.keyring = keyring
        self.works = Works()
        self._lock = lock
        desk.back_up = partial(keeping.unless_made, self)

    @property
    def closed(self) -> bool:
        """Whether it is being locked, or is: nothing can be read any more."""
        return self.works.locking

    @contextmanager
    def at_work(self, progress: Progress | None = None) -> Iterator[tuple[VaultFolder, Unlocked, Progress]]:
        """For services that work on the vault's files: its folder and keys, until it is locked. Raises AppError vault.locked."""
        with self.works.one(progress) as watch:
            yield self.keyring.folder, self.keyring.unlocked, watch

    def close(self) -> None:
        """Lock the vault: long work stopped, connections closed, the folder free for another window."""
        self.works.end()
        try:
            head = None
            with suppress(AppError):
                head = self.desk.store.journal_head()
            self.desk.store.close()
            if head is not None and not self.desk.store.read_only:
                with suppress(OSError):  # an older mark is as good as one that tells less
                    leave_mark(self.keyring.folder, self.keyring.unlocked.key, head)
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self, progress: Progress | None = None) -> CheckResult:
        """Read every page, every link between records, both key files, and the journal's whole chain."""
        with self.works.one(progress) as watch:
            report = checks.check(self.keyring.folder, self.keyring.unlocked.key, watch)
            problems, head = [*report.problems], journal.Head(0, journal.GENESIS)
            try:
                chain = journals.check(self.desk, watch)
                head = chain.head
                problems += chain.problems()
            except AppError as error:  # its pages are damaged: the rest of what was found is told all the same
                if error.code != "vault.damaged":
                    raise
                problems.append(error.sentence())
        return CheckResult(tuple(dict.fromkeys(problems)), report.tables.get("person", 0), head.count, head.code)

    def check_journal(self, progress: Progress | None = None) -> journals.Chain:
        """Walk the journal's whole chain, as after each unlocking; it stops when the vault is locked."""
        with self.works.one(progress) as watch:
            return journals.check(self.desk, watch)

    def find_duplicates(self, progress: Progress | None = None) -> duplicates.Found:
        """Look through everyone for people registered twice, from whatever thread; see duplicates.sweep."""
        with self.works.one(progress) as watch:
            return duplicates.sweep(self.desk, watch)

    def rematch(self, progress: Progress | None = None) -> int:
        """Compare some of what is due anew, from whatever thread; a lock stops it and waits. See rematching.step."""
        with self.works.one(progress) as watch:
            return rematching.step(self.desk, progress=watch)

    def backup(self, place: Path | None = None, progress: Progress | None = None) -> Path:
        """Copy the vault to another folder (its own backups without one); it counts only after it was read back."""
        if place is None:
            return keeping.make(self, keeping.ASKED, progress)
        with self.works.one(progress) as watch:
            with telling():
                make_folder(place)
            ring = self.keyring
            made = backups.backup(ring.folder, ring.unlocked.key, place, self.desk.clock.now(), watch)
            erasing.keep_list(self.desk, place)
            return made.path
