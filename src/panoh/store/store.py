"""The open store: reads, and writes that commit with their journal and what is derived from them, or not at all."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.store import journal as chain
from panoh.store.bulk import Seed
from panoh.store.engine import translating, writer
from panoh.store.units import Reading, Unit

Derive = Callable[[Unit], None]


class Store:
    """The vault's tables, open. Sessions are short; no row leaves this package."""

    def __init__(self, engine: Engine, journal_key: bytes, clock: Clock, derive: Derive) -> None:
        self._engine = engine
        self._writer = writer(engine)
        self._journal_key = journal_key
        self._clock = clock
        self._derive = derive
        self._one_writer = threading.RLock()
        self._closed = False
        self.read_only = False  # a damaged vault: every write is refused
        with self.reading() as reading:
            self.device = reading.meta("device_code")
            self._journal_key = chain.key_of(reading.connection, journal_key)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One consistent picture of the vault. Raises AppError vault.locked once it is closed."""
        self._require_open()
        with translating(self._engine), self._engine.connect() as connection, connection.begin():
            yield Reading(connection)

    @contextmanager
    def writing(self, actor: str) -> Iterator[Unit]:
        """One write by one user. What is derived (levels, name keys) is refreshed and the journal written before it commits.

        Raises AppError vault.locked once the store is closed, vault.read_only for a damaged one.
        """
        with self._one_writer:
            self._require_open()
            if self.read_only:
                raise AppError("vault.read_only")
            with translating(self._engine), self._writer.connect() as connection, connection.begin():
                unit = Unit(connection, actor=actor, device=self.device, at=self._clock.now())
                yield unit
                self._derive(unit)
                chain.append(connection, self._journal_key, self.device, actor, unit.at, unit.entries)

    def seed(self, unit: Unit) -> Seed:
        """What the rows of this write are made with elsewhere, while nothing else is written (see bulk.py)."""
        end = chain.head(unit.connection)
        counter = int(unit.meta("counter", "0"))
        return Seed(unit.device, unit.actor, int(unit.at.timestamp()), self._journal_key, end.count, end.mac, counter)

    def settle(self) -> None:
        """Carry what a long write has left in the log over into the store; readers and writers go on meanwhile."""
        with translating(self._engine), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def scrub(self) -> None:
        """Carry the log over into the store and empty it, so that no page of before lies in it; needs no reader beside."""
        with translating(self._engine), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def sign(self, told: bytes) -> bytes:
        """The code of these bytes under the journal's key, which stays the same when the vault gets another key."""
        return hmac.digest(self._journal_key, told, "sha256")

    def verify_journal(self, progress: Progress | None = None) -> tuple[chain.Head, int | None]:
        """Check the whole chain: its head, and the first entry that does not fit or None."""
        with self.reading() as reading:
            return chain.verify(reading.connection, self._journal_key, progress)

    def journal_head(self) -> chain.Head:
        """Where the chain stands."""
        with self.reading() as reading:
            return chain.head(reading.connection)

    def close(self) -> None:
        """Let go of every connection; the keys inside them go with them. Who comes late finds no way in."""
        with self._one_writer:
            self._closed = True
            self._engine.dispose()

    def _require_open(self) -> None:
        if self._closed:  # the engine would connect anew, without the lock that another window may hold by now
            raise AppError("vault.locked")
