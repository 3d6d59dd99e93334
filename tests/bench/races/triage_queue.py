"""The first screen of the triage queue."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from panoh.services import triage
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import vault_of

PEOPLE = 100_000


def run(count: int, source: Path) -> Line:
    """The first screen of the queue, against reading 100 rows by id one after another."""
    with vault_of(source) as desk:
        with desk.reading() as reading:
            found = reading.connection.exec_driver_sql("SELECT id FROM person ORDER BY random() LIMIT 100")
            ids = [row[0] for row in found]

        def floor() -> float:
            with desk.reading() as reading:
                read = reading.connection.exec_driver_sql
                return milliseconds(lambda: [read("SELECT * FROM person WHERE id = ?", (one,)).first() for one in ids])

        first = partial(milliseconds, lambda: triage.queue(desk, triage.ALL_BUT_LOW, 0, 100))
        ours, peer, noise = raced(first, floor, 25)
    return Line("triage_queue", count, ours, "100 rows by id", peer, ours / peer, 10.0, noise)
