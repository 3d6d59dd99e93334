"""Pairs of names with the answer: known people of history in the spellings of several languages, and the nearest others.

`data/known_names.csv` has one person a line: writers, statesmen, athletes, artists, from general knowledge.
"""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii
from rapidfuzz import fuzz, process

_FILE = Path(__file__).parent / "data" / "known_names.csv"
_OF_EACH = 3  # pairs of one person, and as many with somebody else of a near name


class NamePair(NamedTuple):
    """Two names, and whether they are one person's."""

    a: str
    b: str
    same: bool


def groups() -> dict[str, list[NamePair]]:
    """The pairs of each group of people, half of them one person's."""
    people: dict[str, list[list[str]]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            people.setdefault(row["group"], []).append(row["spellings"].split(" | "))
    return {group: _pairs(spellings) for group, spellings in people.items()}


def f1(told: list[tuple[bool, bool]]) -> float:
    """F1 of (said to be the same, is the same)."""
    right = sum(said and same for said, same in told)
    return 2 * right / max(1, sum(said for said, _ in told) + sum(same for _, same in told))


def _pairs(people: list[list[str]]) -> list[NamePair]:
    plain = {(at, name): anyascii(name).lower() for at, names in enumerate(people) for name in names}
    pairs: list[NamePair] = []
    for at, names in enumerate(people):
        chosen = list(combinations(names, 2))[:: max(1, len(names) // 2)][:_OF_EACH]
        others = {(who, name): text for (who, name), text in plain.items() if who != at}
        for a, b in chosen:
            near = process.extractOne(plain[at, a], others, scorer=fuzz.token_sort_ratio)
            pairs += [NamePair(a, b, True), NamePair(b, near[2][1], False)]
    return pairs
