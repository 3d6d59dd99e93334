"""Bringing in a list on the worker of the window, which must answer all the while."""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import imports, vault
from panoh.store.keyfile import Kdf
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import PASSPHRASE, USER

PEOPLE = 20_000


def run(count: int, source: Path) -> Line:
    """Import of a csv on the window's worker, against reading it and inserting bare rows into SQLCipher."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from panoh.ui.tasks import Runner

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    runner, gaps, steps = Runner(app, lambda error: sys.excepthook(type(error), error, None)), [], []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        gaps.append((time.perf_counter() - last) * 1000)
        last = time.perf_counter()

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(tick)

    def ours() -> float:
        nonlocal last
        with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
            made = vault.create(Path(folder) / "vault", USER, PASSPHRASE, clock=Clock(), kdf=Kdf.cheap())
            start = last = time.perf_counter()
            timer.start()
            runner.start(
                lambda step: imports.import_people(made.open.desk, source, imports.Options(), step),
                lambda _result: app.quit(),
                on_progress=lambda done, total, what: steps.append((done, total, what)),
            )
            app.exec()
            timer.stop()
            spent = (time.perf_counter() - start) * 1000
            made.open.close()
        return spent

    mine, floor, noise = raced(ours, partial(_bare_import, source), 3)
    runner.shutdown()
    more = {
        "seconds": round(mine / 1000, 1),
        "longest_gap_ms": round(max(gaps)),
        "gaps_over_50_ms": sum(g > 50 for g in gaps),
        "steps": len(steps),
    }
    # A bare insert knows no names, levels, households or journal: the target is what 40 s for 20,000 people were
    # on the machine where that figure was set.
    return Line(
        "import_people", count, mine, "csv read + SQLCipher executemany", floor, mine / floor, 60.0, noise, more
    )


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
