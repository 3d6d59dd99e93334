"""The benchmarks of the first version. Each takes the number of people and a folder with people.csv, and gives a Line."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import imports, people, summaries, triage, vault
from panoh.services.desk import Desk
from panoh.store.keyfile import Kdf
from tests.bench.measure import Line, milliseconds, quantile, raced
from tests.bench.spelling import other_spelling

USER, PASSPHRASE = "bench", "apricot ladder seven rivers"
WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
a = QApplication([])
w = QMainWindow()
w.show()
QTimer.singleShot(0, lambda: (print("painted", flush=True), a.quit()))
sys.exit(a.exec())
"""


@contextmanager
def _vault_of(source: Path) -> Iterator[Desk]:
    """A vault with everyone of the list, in a folder that is removed."""
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        made = vault.create(Path(folder) / "vault", USER, PASSPHRASE, clock=Clock(), kdf=Kdf.cheap())
        with made.open as opened:
            imports.import_people(opened.desk, source, imports.Options())
            yield opened.desk


def start_to_window(count: int, source: Path) -> Line:
    """From starting the program to its first window, against an empty PySide6 window."""
    del source
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as home:
        platform = {} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
        env = {**os.environ, **platform, "HOME": home, "XDG_DATA_HOME": home}
        empty = Path(home) / "Panoh" / "vaults" / "vault"
        empty.parent.mkdir(parents=True)
        vault.create(empty, USER, PASSPHRASE, clock=Clock(), kdf=Kdf.cheap()).open.close()

        def run(*arguments: str) -> float:
            start = time.perf_counter()
            with subprocess.Popen([sys.executable, *arguments], env=env, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == b"painted\n"
                return (time.perf_counter() - start) * 1000

        ours, peer, noise = raced(
            partial(run, "-m", "panoh.app", "--quit-after-first-paint"), partial(run, "-c", WINDOW), 11
        )
    return Line("start_to_window", 0, ours, "empty PySide6 window", peer, ours / peer, 2.0, noise, {"asked": count})


def import_people(count: int, source: Path) -> Line:
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


def triage_queue(count: int, source: Path) -> Line:
    """The first screen of the queue, against reading 100 rows by id one after another."""
    with _vault_of(source) as desk:
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


def search_any_spelling(count: int, source: Path) -> Line:
    """Search by name in another spelling, p95, against one rapidfuzz scan of all names."""
    from rapidfuzz import fuzz, process

    with _vault_of(source) as desk, source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
        names = [f"{row['given_name']} {row['family_name']}" for row in rows]
        rng = random.Random(3)
        sample = rng.sample(rows, min(300, len(rows)))
        ours, peer, hits = [], [], 0
        for row in sample:
            typed = other_spelling(f"{row['family_name']} {row['given_name']}", rng)
            found: list[people.Found] = []
            ours.append(milliseconds(lambda typed=typed, found=found: found.extend(people.search(desk, typed, 20))))
            peer.append(milliseconds(lambda typed=typed: process.extract(typed, names, scorer=fuzz.ratio, limit=20)))
            hits += any(each.line.external_id == row["person_id"] for each in found)
    mine, scan = quantile(ours, 0.95), quantile(peer, 0.95)
    more = {
        "panoh_p50_ms": round(quantile(ours, 0.5), 2),
        "peer_p50_ms": round(quantile(peer, 0.5), 2),
        "recall_at_20": round(hits / len(sample), 3),
    }
    return Line("search_any_spelling", count, mine, "rapidfuzz scan, one thread", scan, mine / scan, 1.0, 0.0, more)


def case_summaries(count: int, source: Path) -> Line:
    """A hundred case summaries before encryption, against the same words as bare reportlab Paragraphs."""
    from panoh.reports.case_summary import render

    with _vault_of(source) as desk:
        ids = [item.line.id for item in triage.whole_queue(desk, 100)]
        gathered = [summaries.preview(desk, one, summaries.Wanted())[0] for one in ids]
    words = [_words(render(summary, "supervisor")) for summary in gathered[:20]]
    paragraphs = [words[at % len(words)] for at in range(len(gathered))]
    ours = partial(milliseconds, lambda: [render(summary, "supervisor") for summary in gathered])
    mine, peer, noise = raced(ours, partial(milliseconds, lambda: [_bare(texts) for texts in paragraphs]), 5)
    return Line("case_summaries", len(gathered), mine, "the same words as Paragraphs", peer, mine / peer, 1.7, noise)


def _words(pdf: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return [line for page in document for line in page.get_textpage().get_text_range().splitlines() if line.strip()]


def _bare(texts: list[str]) -> bytes:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from panoh.reports import fonts

    style = ParagraphStyle("bare", fontName=fonts.REGULAR, fontSize=9, leading=11.2)
    out = BytesIO()
    SimpleDocTemplate(out).build([Paragraph(escape(text), style) for text in texts])
    return out.getvalue()


BENCHMARKS: dict[str, tuple[Callable[[int, Path], Line], int]] = {
    "start_to_window": (start_to_window, 0),
    "import_people": (import_people, 20_000),
    "triage_queue": (triage_queue, 100_000),
    "search_any_spelling": (search_any_spelling, 100_000),
    "case_summaries": (case_summaries, 2_000),
}
