"""Somebody else's way to find who is sought: every request beside everyone, by rapidfuzz and a few rules, in memory.

Sound keys made by hand and Jaro-Winkler on both cores, with points for sex, place and birth: the better and the slower of
two that were tried, the other being token_sort_ratio over plain Latin letters. Nothing of Panoh is used here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.bench.duplicate_peer import fold, key

Row = dict[str, str]
WORKERS = 2


class Peer:
    """The people of a list, ready to be looked through."""

    def __init__(self, people: list[Row], year_now: int) -> None:
        self._people, self._now = people, year_now

    def ranks(self, asked: list[Row], *, token_sort: bool = False) -> list[int]:
        """How many stand before the one sought, for each request in which somebody is meant who is there."""
        people = self._people
        fold.cache_clear()  # its program begins without
        key.cache_clear()
        scores = self._token_sort(asked) if token_sort else self._keys(asked)
        sex, home = (np.array([row[column] for row in people]) for column in ("sex", "origin"))
        born, true = np.array([self._year(row) for row in people]), np.array([row["true_person_id"] for row in people])
        ranks = []
        for row, request in zip(scores, asked, strict=True):
            if not request["true_person_id"]:
                continue
            total = row - 30 * (sex != request["sex"]) + 6 * (home == request["origin"])
            if year := self._year(request):
                total = total - np.where(born == 0, 3, np.minimum(30, 4 * np.abs(born - year)))
            if request["birth_date"]:
                total = total + 15 * (np.array([row["birth_date"] for row in people]) == request["birth_date"])
            right = np.flatnonzero(true == request["true_person_id"])
            ranks.append(int((total > total[right].max()).sum()))
        return ranks

    def _keys(self, asked: list[Row]) -> Any:
        from rapidfuzz import process
        from rapidfuzz.distance import JaroWinkler

        return sum(
            50 * process.cdist([key(row[column]) for row in asked], [key(row[column]) for row in self._people], workers=WORKERS,
                               scorer=JaroWinkler.normalized_similarity, dtype=np.float32)
            for column in ("given_name", "family_name")
        )  # fmt: skip

    def _token_sort(self, asked: list[Row]) -> Any:
        from rapidfuzz import fuzz, process

        mine, yours = (
            [fold(f"{row['given_name']} {row['family_name']}") for row in rows] for rows in (asked, self._people)
        )
        return process.cdist(mine, yours, scorer=fuzz.token_sort_ratio, workers=WORKERS, dtype=np.uint8).astype(
            np.float32
        )

    def _year(self, row: Row) -> int:
        return int(row["birth_date"][:4]) if row["birth_date"] else self._now - int(row["age"]) if row["age"] else 0
