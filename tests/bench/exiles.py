"""Whether triage finds the exiles of a list: those who fear another State than the one that this flight left.

The list's columns are the answer: feared_country and fled_from. What a needs code alone says (LP-RR, LP-RD, LP-IH), and a
recognition whose feared State is not told, are flagged too and counted by themselves.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from panoh.services import triage
from panoh.services.desk import Desk

_RETURN = ("T01", "T02", "T02x")  # T02b are those who live with an exile
_ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """How many exiles there are, how many are flagged, by which rule, and who else is flagged by which."""

    exiles: int
    found: int
    by_rule: dict[str, int]
    flagged: int
    others_by_rule: dict[str, int]

    @property
    def recall(self) -> float:
        """The share of exiles who are flagged."""
        return self.found / self.exiles if self.exiles else 1.0

    @property
    def precision(self) -> float:
        """The share of the flagged who are exiles by the columns of the list."""
        return self.found / self.flagged if self.flagged else 1.0


def look(desk: Desk, source: Path) -> Found:
    """Hold the queue beside the list from which its people came."""
    with source.open(encoding="utf-8", newline="") as file:
        truth = {row["person_id"] for row in csv.DictReader(file) if _is_exile(row)}
    mine: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for item in triage.whole_queue(desk, _ALL):
        rules = [reason.rule for reason in item.reasons if reason.rule in _RETURN]
        if rules:
            (mine if item.line.external_id in truth else others)[rules[0]] += 1
    found = sum(mine.values())
    return Found(len(truth), found, dict(mine), found + sum(others.values()), dict(others))


def _is_exile(row: dict[str, str]) -> bool:
    feared = row.get("feared_country", "")
    return feared not in ("", "none") and feared != row.get("fled_from", "")
