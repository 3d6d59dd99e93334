"""Search by name, typed in another spelling than it was registered in."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from panoh.services import people
from tests.bench.measure import Line, milliseconds, quantile
from tests.bench.spelling import other_spelling
from tests.bench.vaults import vault_of

PEOPLE = 100_000


def run(count: int, source: Path) -> Line:
    """Search by name in another spelling, p95, against one rapidfuzz scan of all names."""
    from rapidfuzz import fuzz, process

    with vault_of(source) as desk, source.open(encoding="utf-8", newline="") as file:
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
