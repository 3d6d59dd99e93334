"""Bringing in a list on the worker of the window, which must answer all the while."""

from __future__ import annotations

import csv
import tempfile
from functools import partial
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import imports, vault
from panoh.store.keyfile import Kdf
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import PASSPHRASE, USER
from tests.bench.window import Window

PEOPLE = 20_000


def run(count: int, source: Path) -> Line:
    """Import of a csv on the window's worker, against reading it and inserting bare rows into SQLCipher."""
    window = Window()
    mine, floor, noise = raced(partial(import_into_new_vault, window, source), partial(_bare_import, source), 3)
    window.end()
    told = window.told()
    more = {"seconds": round(mine / 1000, 1), **told}
    # A bare insert knows no names, levels, households or journal: the target is what 40 s for 20,000 people were
    # on the machine where that figure was set.
    peer = "csv read + SQLCipher executemany"
    still = {"gaps within 50 ms": (-float(str(told["gaps_over_50_ms"])), 0.0)}
    return Line("import_people", count, mine, peer, floor, mine / floor, 60.0, noise, more, still)


def import_into_new_vault(window: Window, source: Path) -> float:
    """Milliseconds for bringing in this list as the window does it."""
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        made = vault.create(Path(folder) / "vault", USER, PASSPHRASE, clock=Clock(), kdf=Kdf.cheap())
        spent = window.run(lambda step: imports.import_people(made.open.desk, source, imports.Options(), step))
        made.open.close()
    return spent


def _bare_import(source: Path) -> float:
    from sqlcipher3 import dbapi2

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
            with source.open(encoding="utf-8", newline="") as file:
                rows = [tuple(row) for row in csv.reader(file)]
            db = dbapi2.connect(str(Path(folder) / "bare.db"))
            db.execute(f"PRAGMA key = \"x'{'00' * 48}'\"")
            columns = ",".join(rows[0])
            db.execute(f"CREATE TABLE person ({columns})")
            db.executemany(f"INSERT INTO person VALUES ({','.join('?' * len(rows[0]))})", rows[1:])
            for column in ("family_name", "birth_date", "household_id"):
                db.execute(f"CREATE INDEX i_{column} ON person ({column})")
            db.commit()
            db.close()

    return milliseconds(work)
