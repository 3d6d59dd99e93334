"""Everyone against everyone: people registered twice in a whole vault, found by the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple
from pathlib import Path

from panoh.services import duplicates
from panoh.services.desk import Desk
from tests.bench import duplicate_peer
from tests.bench.measure import Line, raced
from tests.bench.registered_twice import Quality, Twice, read_twice, write
from tests.bench.vaults import PASSPHRASE, USER, vault_of

PEOPLE = 100_000
PEERS = "PANOH_BENCH_PEERS"  # the Python of an environment with splink
_LOWEST = -1e9


def run(count: int, source: Path) -> Line:
    """`panoh-cli duplicates` from start to its last line, against splink or keys by hand, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        twice = read_twice(source)
        copy, phrase = Path(folder) / "vault", Path(folder) / "phrase"
        phrase.write_text(PASSPHRASE, "utf-8")
        with vault_of(twice.path) as desk:
            every = [(a, b) for a, b, _score in _scored(desk, _LOWEST)]
            shutil.copytree(desk.folder, copy, ignore=shutil.ignore_patterns("lock"))
        env = {**os.environ, "PANOH_VAULT": str(copy), "PANOH_USER": USER, "PANOH_PASSPHRASE_FILE": str(phrase)}
        out = Path(folder) / "out"
        ours, theirs = _Child([sys.executable, "-m", "panoh.cli", "duplicates", "--json"], env, out), _peer(twice)
        ours.run()  # a vault that was just made settles its levels at the first unlock
        mine, peer, noise = raced(ours.run, theirs.run, 3 if count > 1000 else 1)
        found = [_told(line) for line in out.read_text("utf-8").splitlines()]
        name = json.loads(theirs.said)["peer"]
        alone = _without_households(twice, Path(folder))
    quality = twice.quality(found)
    memory = ours.peak / theirs.peak
    more = {
        "true_pairs": len(twice.pairs), "listed": len(found), "best_f1_p_r_at": [quality.best_f1, quality.precision, quality.recall, quality.limit],
        "memory_mb": [ours.peak // 1024, theirs.peak // 1024], "memory_ratio": round(memory, 2),
        "processor_s": [ours.worked, theirs.worked],
        "without_households_best_f1_p_r_at_and_recall_at_precision_95": [*astuple(alone)],
        "listed_by_noise": twice.by_noise((a, b) for a, b, _s in found),
        "at_best_f1_by_noise": twice.by_noise((a, b) for a, b, score in found if score >= quality.limit),
    }  # fmt: skip
    wanted = {
        "best_f1": (quality.best_f1, 0.94),
        "recall_at_precision_95": (quality.recall_at_precision_95, 0.94),
        "candidate_recall": (twice.by_noise(every)["all"] if twice.pairs else 1.0, 0.99),
        "memory_spared": (round(1 - memory, 2), 0.4 if name == "splink" else -1.0),
    }
    return Line(
        "duplicates_whole", count, mine, name, peer, mine / peer, 0.5 if name == "splink" else 1.0, noise, more, wanted
    )


def _scored(desk: Desk, least: float) -> list[tuple[str, str, float]]:
    """Every pair that is looked at, by the sender's ids."""
    with desk.reading() as reading:
        named = dict(reading.connection.exec_driver_sql("SELECT id, external_id FROM person").all())
    return [(named[a], named[b], score) for a, b, score in duplicates.candidates(desk, least)]


def _without_households(twice: Twice, folder: Path) -> Quality:
    """What remains where nobody wrote down who lives with whom."""
    path = folder / "people_alone.csv"
    write(path, [{**row, "household_id": ""} for row in twice.rows])
    with vault_of(path) as desk:
        return twice.quality(_scored(desk, duplicates.LEAST))


def _told(line: str) -> tuple[str, str, float]:
    told = json.loads(line)
    return told["a"]["external_id"], told["b"]["external_id"], told["score"]


def _peer(twice: Twice) -> _Child:
    python = os.environ.get(PEERS, sys.executable)
    return _Child([python, duplicate_peer.__file__, str(twice.path)], dict(os.environ), twice.path.with_suffix(".said"))


# Runs a command and tells the most memory that it held (KiB) and the processor's seconds. In between, because a child
# counts what its parent held when it was started, and this process has held a whole register.
_WATCH = (
    "import resource, subprocess, sys; ended = subprocess.call(sys.argv[1:]); "
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
    "print(ended, used.ru_maxrss, used.ru_utime + used.ru_stime, file=sys.stderr)"
)


class _Child:
    """A program that is run again and again: how long it takes, and how much memory at most."""

    def __init__(self, command: list[str], env: dict[str, str], out: Path) -> None:
        self._command, self._env, self._out = command, env, out
        self.peak = 0  # KiB
        self.worked = 0.0  # seconds of the processor, in the last run

    @property
    def said(self) -> str:
        """What it printed last."""
        return self._out.read_text("utf-8")

    def run(self) -> float:
        """Milliseconds from start to end."""
        watched = [sys.executable, "-c", _WATCH, *self._command]
        start = time.perf_counter()
        with self._out.open("w") as out:
            child = subprocess.run(watched, env=self._env, stdout=out, stderr=subprocess.PIPE, check=True, text=True)
        took = (time.perf_counter() - start) * 1000
        ended, peak, worked = child.stderr.splitlines()[-1].split()
        if ended != "0":
            raise RuntimeError(f"{self._command} ended with {ended}")
        self.peak, self.worked = max(self.peak, int(peak)), round(float(worked), 1)
        return took
