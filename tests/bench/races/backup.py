"""A backup on the window's worker for files, against SQLite's own backup of the same store in the same run."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import closing
from pathlib import Path

from panoh.base.clock import Clock
from panoh.base.progress import Progress
from panoh.services import imports, vault
from panoh.store import backup as copying
from panoh.store.engine import connect
from panoh.store.files import settle
from panoh.store.keyfile import Kdf
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import PASSPHRASE, USER
from tests.bench.window import Window

PEOPLE = 20_000
TARGET = 1.43  # 0.7 of the bare backup's throughput


class _Copied(Progress):
    """Notes when the last page was copied: what follows reads the copy back, which a bare backup does not do."""

    def __init__(self, inner: Progress) -> None:
        self._inner = inner
        self.at = 0.0

    def step(self, done: int, total: int, what: str = "") -> None:
        if what == "Checking every page" and not self.at:
            self.at = time.perf_counter()
        self._inner.step(done, total, what)


def run(count: int, source: Path) -> Line:
    """Copying is raced; reading back and comparing are told, and the longest gap of the window over all of it."""
    window, whole = Window(), list[float]()
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        place = Path(folder) / "vault"
        with vault.create(place, USER, PASSPHRASE, clock=Clock(), kdf=Kdf.cheap()).open as opened:
            imports.import_people(opened.desk, source, imports.Options())
            imports.settle(opened.desk)

            def panoh() -> float:
                start, copied = time.perf_counter(), [0.0]

                def work(step: Progress) -> None:
                    watch = _Copied(step)
                    shutil.rmtree(opened.backup(Path(folder) / "to", watch))
                    copied[0] = watch.at

                whole.append(window.run(work))
                return (copied[0] - start) * 1000

            with opened.at_work() as (vault_folder, unlocked, _watch):
                mine, floor, noise = raced(panoh, lambda: _bare(vault_folder.db, unlocked.key, Path(folder)), 5)
            size = vault_folder.db.stat().st_size
    window.end()
    told = window.told()
    more = {
        "megabytes": round(size / 1e6),
        "with_reading_back_ms": round(sorted(whole)[len(whole) // 2]),
        **told,
    }
    still = {"gaps within 50 ms": (-float(str(told["gaps_over_50_ms"])), 0.0)}
    return Line("backup", count, mine, "SQLite's backup + fsync", floor, mine / floor, TARGET, noise, more, still)


def _bare(db: Path, key: copying.StoreKey, folder: Path) -> float:
    target = folder / "bare.db"

    def work() -> None:
        with closing(connect(db, key)) as source, closing(connect(target, key, create=True)) as copy:
            source.backup(copy, pages=2048)
            copy.execute("PRAGMA journal_mode = delete")
        settle(target)

    spent = milliseconds(work)
    target.unlink()
    return spent
