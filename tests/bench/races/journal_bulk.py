"""What the journal costs when a list is brought in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from panoh.base.clock import Clock
from panoh.services import imports, preparing_process, vault
from panoh.store import bulk, journal
from panoh.store.keyfile import Kdf
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import PASSPHRASE, USER

PEOPLE = 20_000
_ROUNDS = 5


def run(count: int, source: Path) -> Line:
    """A csv brought in by one process, against the same while nothing is chained and nothing put into the journal.

    In one process, so that no second core hides what the chain costs. The image of a record is made in both.
    """
    work = partial(_bring_in, source)

    def without() -> float:
        with _no_journal():
            return work()

    with patch.object(preparing_process, "SHORT_CSV", 1 << 40):
        mine, peer, noise = raced(work, without, _ROUNDS)
    return Line("journal_bulk", count, mine, "the same list without the journal", peer, mine / peer, 2.0, noise)


def _bring_in(source: Path) -> float:
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        place = Path(folder) / "vault"
        with vault.create(place, USER, PASSPHRASE, clock=Clock(), kdf=Kdf.cheap()).open as opened:
            return milliseconds(lambda: imports.import_people(opened.desk, source, imports.Options()))


@contextmanager
def _no_journal() -> Iterator[None]:
    write = bulk.write

    def unchained(unit: bulk.Unit, portion: bulk.Portion) -> None:
        write(unit, {name: rows for name, rows in portion.items() if name not in (bulk.JOURNAL, bulk.JOURNAL_VALUE)})

    with (
        patch.object(journal.Chain, "made", lambda *_about: ((), ())),
        patch.object(bulk, "write", unchained),
        patch.object(journal, "append", lambda connection, *_others: journal.head(connection)),
    ):
        yield
