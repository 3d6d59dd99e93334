"""Search by name, typed as another desk wrote it down, and with the year of birth beside it."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from pathlib import Path

from panoh.services import search
from panoh.services.desk import Desk
from tests.bench.measure import Line, milliseconds, quantile
from tests.bench.vaults import vault_of

PEOPLE = 100_000
_ASKED = 400  # second registrations that are typed
_BY_NAME, _BY_YEAR = 0.95, 0.975  # recall among 20 that is wanted at 100,000 people
Row = dict[str, str]


def run(count: int, source: Path) -> Line:
    """Every second registration finds the first among 20: p95 against one rapidfuzz scan of all names, and recall."""
    from rapidfuzz import fuzz, process

    with vault_of(source) as desk, source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
        names = [f"{row['given_name']} {row['family_name']}" for row in rows]
        again = [row for row in rows if row["noise"]]
        asked = random.Random(3).sample(again, min(_ASKED, len(again)))
        search.people(desk, names[0], 20)  # the words of names are read once, when somebody first searches
        ours, peer = [], []
        found: dict[str, list[bool]] = defaultdict(list)
        for row in asked:
            name = " ".join(filter(None, (row["given_name"], row["family_name"], row["patronymic"])))
            hit: list[bool] = []
            ours.append(milliseconds(lambda name=name, row=row, hit=hit: hit.append(_finds(desk, name, row))))
            peer.append(milliseconds(lambda name=name: process.extract(name, names, scorer=fuzz.ratio, limit=20)))
            for kind in ("all", *row["noise"].split(";")):
                found[kind].append(hit[0])
            year = row["birth_date"][:4]
            found["with_year"].append(_finds(desk, f"{name} {year}", row))
    mine, scan = quantile(ours, 0.95), quantile(peer, 0.95)
    recall = {kind: round(sum(hits) / len(hits), 3) for kind, hits in sorted(found.items())}
    more = {
        "panoh_p50_ms": round(quantile(ours, 0.5), 2),
        "peer_p50_ms": round(quantile(peer, 0.5), 2),
        "recall_at_20": recall,
    }
    quality = {"by_name": (recall["all"], _BY_NAME), "by_name_and_year": (recall["with_year"], _BY_YEAR)}
    quality = quality if len(asked) >= _ASKED else {}  # of a few people a share says nothing
    return Line(
        "search_any_spelling", count, mine, "rapidfuzz scan, one thread", scan, mine / scan, 1.0, 0.0, more, quality
    )


def _finds(desk: Desk, text: str, row: Row) -> bool:
    return any(each.line.external_id == row["true_person_id"] for each in search.people(desk, text, 20))
