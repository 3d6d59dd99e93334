"""Tracing requests with the truth, and how well candidates meet it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from panoh.base.clock import FixedClock
from panoh.domain.matching.weights import BANDS
from tests.bench.asked import write_requests
from tests.bench.duplicate_peer import fold

Row = dict[str, str]
Found = Mapping[str, Sequence[tuple[str, float]]]  # for each request the people, best first, with their scores
_WITHIN = (1, 10, 50)


@dataclass(frozen=True, slots=True)
class Asked:
    """A list of people, and requests for some of them."""

    people: Path
    requests: Path
    rows: list[Row]
    asked: list[Row]
    same: dict[str, set[str]]  # the registrations of each person

    def clock(self) -> FixedClock:
        """The day of the list, on which its ages were told."""
        last = max(row["arrival_date"] for row in self.rows if row["arrival_date"])
        return FixedClock(datetime.combine(date.fromisoformat(last), time(12), UTC))

    def quality(self, found: Found, asked: Iterable[Row] | None = None) -> list[float]:
        """The share of requests with a match in which it is first, in ten, in fifty."""
        ranks = [self._rank(found, row) for row in (self.asked if asked is None else asked) if row["true_person_id"]]
        return [round(sum(rank < most for rank in ranks) / max(1, len(ranks)), 4) for most in _WITHIN]

    def bands(self, found: Found) -> dict[str, tuple[float, float]]:
        """For each band: of requests with a match those whose match stands in it or above; of the others those that show such a hit."""
        true = [row for row in self.asked if row["true_person_id"]]
        none = [row for row in self.asked if not row["true_person_id"]]
        told = {}
        for least, band in BANDS:
            met = sum(self._score(found, row) >= least for row in true)
            wrong = sum(any(score >= least for _one, score in found.get(row["request_id"], ())) for row in none)
            told[band] = (round(met / max(1, len(true)), 4), round(wrong / max(1, len(none)), 4))
        return told

    def wrong_at(self, found: Found, recall: float) -> float:
        """Of requests without a match the share that shows a hit as good as this share of true matches is."""
        scores = sorted((self._score(found, row) for row in self.asked if row["true_person_id"]), reverse=True)
        none = [row for row in self.asked if not row["true_person_id"]]
        least = max(0.1, scores[max(0, round(recall * len(scores)) - 1)]) if scores else 100
        wrong = sum(any(score >= least for _one, score in found.get(row["request_id"], ())) for row in none)
        return round(wrong / max(1, len(none)), 4)

    def by_noise(self, found: Found) -> dict[str, list[float]]:
        """The same by kind of noise: how many requests, and first, in ten, in fifty."""
        groups: dict[str, list[Row]] = {}
        known = {row["person_id"]: row for row in self.rows}
        for row in self.asked:
            if row["true_person_id"]:
                for kind in _kinds(row, known[row["true_person_id"]]):
                    groups.setdefault(kind, []).append(row)
        return {kind: [len(rows), *self.quality(found, rows)] for kind, rows in sorted(groups.items())}

    def _rank(self, found: Found, row: Row) -> int:
        ids = [one for one, _score in found.get(row["request_id"], ())]
        true = self._same(row)
        return next((at for at, one in enumerate(ids) if one in true), 1000)

    def _score(self, found: Found, row: Row) -> float:
        true = self._same(row)
        return max((score for one, score in found.get(row["request_id"], ()) if one in true), default=0.0)

    def _same(self, row: Row) -> set[str]:
        return self.same[row["true_person_id"]]


def _registrations(rows: list[Row]) -> dict[str, set[str]]:
    """Every registration of each person: some stand in the list twice."""
    same: dict[str, set[str]] = {}
    for row in rows:
        same.setdefault(row["true_person_id"] or row["person_id"], set()).add(row["person_id"])
    return same


def read_asked(people: Path) -> Asked:
    """The list, and the requests beside it; made where there are none."""
    requests = people.with_name("requests.csv")
    if not requests.exists():
        requests = write_requests(people)
    rows = _read(people)
    for row in rows:
        row["true_person_id"] = row["true_person_id"] or row["person_id"]
    return Asked(people, requests, rows, _read(requests), _registrations(rows))


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _kinds(asked: Row, true: Row) -> set[str]:
    """What differs: as the list of requests tells, or as the two rows show."""
    kinds = {f"relatives_{len([one for one in asked['relatives'].split(';') if one])}"}
    if "noise" in asked:
        return kinds | set(asked["noise"].split(";"))
    for column in ("given_name", "family_name", "patronymic"):
        kinds.add(f"{column}_{_relation(asked[column], true[column])}")
    if asked["given_name"] and true["given_name"] and asked["given_name"].isascii() != true["given_name"].isascii():
        kinds.add("other_script")
    kinds.add("origin_told" if asked["origin"] else "no_origin")
    birth = (
        "date" if len(asked["birth_date"]) > 4 else "year" if asked["birth_date"] else "age" if asked["age"] else "none"
    )
    kinds.add(f"birth_{birth}")
    return kinds


def _relation(a: str, b: str) -> str:
    if not a or not b:
        return "not_told"
    alike = JaroWinkler.similarity(fold(a), fold(b))
    return "same" if alike == 1 else "near" if alike >= 0.85 else "other"
