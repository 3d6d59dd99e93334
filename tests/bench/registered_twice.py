"""Lists in which some people stand twice, with the truth, and how well pairs that were found meet it."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

Row = dict[str, str]
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Quality:
    """How well scored pairs, best first, meet the truth."""

    best_f1: float
    precision: float
    recall: float
    limit: float  # the score of the best F1
    recall_at_precision_95: float


@dataclass(frozen=True, slots=True)
class Twice:
    """The list with those who stand in it a second time."""

    path: Path
    rows: list[Row]
    again: list[Row]  # the second registrations, rows of the list too
    pairs: dict[Pair, set[str]]  # of one person each, with the kinds of noise

    def quality(self, scored: Iterable[tuple[str, str, float]]) -> Quality:
        """Of pairs (external ids and score), best first."""
        best, at95 = (0.0, 0.0, 0.0, 0.0), 0.0
        hits = 0
        for count, (a, b, score) in enumerate(scored, 1):
            hits += frozenset((a, b)) in self.pairs
            precision, recall = hits / count, hits / max(1, len(self.pairs))
            f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
            best = max(best, (f1, precision, recall, score))
            at95 = max(at95, recall if precision >= 0.95 else 0.0)
        return Quality(*(round(each, 4) for each in (*best, at95)))

    def by_noise(self, found: Iterable[tuple[str, str]]) -> dict[str, float]:
        """The share of true pairs that were found, by kind of noise, and of all."""
        these = {frozenset(pair) for pair in found}
        all_of, found_of = Counter[str](), Counter[str]()
        for pair, kinds in self.pairs.items():
            for kind in (*kinds, "all"):
                all_of[kind] += 1
                found_of[kind] += pair in these
        return {kind: round(found_of[kind] / count, 3) for kind, count in all_of.most_common()}


def read_twice(path: Path) -> Twice:
    """The list, which tells in `true_person_id` and `noise` who stands in it a second time."""
    rows = _read(path)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["true_person_id"]].append(row)
    pairs = {
        frozenset((a["person_id"], b["person_id"])): {
            kind for row in (a, b) for kind in row["noise"].split(";") if kind
        }
        for group in groups.values()
        for a, b in combinations(group, 2)
    }
    return Twice(path, rows, [row for row in rows if row["noise"]], pairs)


def write(path: Path, rows: list[Row]) -> None:
    """Write a list."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), restval="")
        writer.writeheader()
        writer.writerows(rows)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
