"""Pairs of a request and a person, scored: of two records for the compare screen, of some, or of a whole vault.

There is one way of scoring: whatever asks is put into columns and compared there, so that a pair scores the same in a
full run, when one of its sides was saved, and on the screen; and whichever side asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from panoh.base.i18n import gettext as _
from panoh.domain.duplicates.arrays import Floats, Ints
from panoh.domain.duplicates.between import days
from panoh.domain.match_parts import Match
from panoh.domain.matching import scoring
from panoh.domain.matching.columns import Building, Sides
from panoh.domain.matching.commonness import Names
from panoh.domain.matching.evidence import POSSIBLE, Evidence, Weighing, chosen, joined
from panoh.domain.matching.finding import Finding
from panoh.domain.matching.sides import Known, Sought
from panoh.domain.matching.telling import match_of
from panoh.domain.places import NOWHERE, Places

_SLICE = 1 << 16
_SHARE_OF_FINDING = 0.5  # of the time


@dataclass(slots=True)
class Scored:
    """Pairs of a request and a person, each once, by their numbers; a pair that is ruled out scores nothing."""

    asked: Ints
    person: Ints
    scores: Floats
    _points: Floats
    _evidence: Evidence
    _sides: Sides
    _rows: tuple[Ints, Ints]

    def __len__(self) -> int:
        return len(self.asked)

    def match(self, at: int, rejected: str = "") -> Match:
        """The match of one of the pairs, in words."""
        return match_of(self._sides, self._evidence, self._rows, self._points, at, rejected)

    def best(self, least: Sequence[float], most: int) -> Ints:
        """Which pairs score at least so much, by their request, of each the best so many, best first."""
        at = np.flatnonzero(self.scores >= np.array(least, np.float32)[self.asked])
        at = at[np.lexsort((self.person[at], -self.scores[at], self.asked[at]))]
        asked = self.asked[at]
        first = np.searchsorted(asked, asked)
        return at[np.arange(len(at)) - first < most]

    def of_requests(self, at: Ints, requests: int) -> list[list[int]]:
        """Places of pairs that `best` gave, by the number of the request."""
        ends = np.searchsorted(self.asked[at], np.arange(requests + 1))
        return [at[ends[one] : ends[one + 1]].tolist() for one in range(requests)]

    def impossible(self, least: float) -> Ints:
        """Pairs that are ruled out, though their facts would make at least so many points."""
        return np.flatnonzero((self._evidence.ruled_out != POSSIBLE) & (scoring.total(self._points) >= least))


def compare(
    sides: Sides,
    rows: tuple[Ints, Ints],
    names: Names,
    today: date,
    places: Places,
    step: Callable[[float], object] = lambda _share: None,
    weighing: Weighing | None = None,
) -> Scored:
    """These rows of requests with these rows of people; of several names of one person the best."""
    if weighing is None:
        weighing = weighing_of(sides, names, today, places)
    q, p = rows
    parts = []
    for start in range(0, max(1, len(q)), _SLICE):
        step(start / max(1, len(q)))
        parts.append(weighing.levels(q[start : start + _SLICE], p[start : start + _SLICE]))
    found = joined(parts)
    points = scoring.points(found)
    scores = np.where(found.ruled_out == POSSIBLE, scoring.total(points), np.float32(0))
    asked, person = sides.register.owner[q] - sides.people, sides.register.owner[p]
    order = np.lexsort((p, q, -points.sum(1), person, asked))
    first = np.ones(len(order), bool)
    first[1:] = (asked[order][1:] != asked[order][:-1]) | (person[order][1:] != person[order][:-1])
    at = order[first]
    return Scored(asked[at], person[at], scores[at], points[at], chosen(found, at), sides, (q[at], p[at]))


def weighing_of(sides: Sides, names: Names, today: date, places: Places) -> Weighing:
    """What compares rows of these columns."""
    return Weighing(sides, names.commonness(sides.register, sides.origins), days(today), places)


def run(
    sides: Sides, names: Names, today: date, places: Places, step: Callable[[float], object] = lambda _share: None
) -> Scored:
    """Every request against everyone: whoever is worth comparing, scored."""
    weighing = weighing_of(sides, names, today, places)
    rows = Finding(sides, weighing.nearness).all(lambda share: step(share * _SHARE_OF_FINDING))
    return compare(
        sides, rows, names, today, places,
        lambda share: step(_SHARE_OF_FINDING + share * (1 - _SHARE_OF_FINDING)), weighing,
    )  # fmt: skip


def all_pairs(sides: Sides) -> tuple[Ints, Ints]:
    """Every row of a request beside every row of a person: for a few of them."""
    owner = sides.register.owner
    mine, yours = (np.flatnonzero(which).astype(np.int32) for which in (owner >= sides.people, owner < sides.people))
    return np.repeat(mine, len(yours)), np.tile(yours, len(mine))


def score(
    sought: Sought,
    known: Known,
    today: date,
    *,
    places: Places = NOWHERE,
    names: Names | None = None,
    rejected: bool = False,
) -> Match:
    """How well somebody registered fits a request, 0 to 100, with its parts in words.

    Impossible, and so 0: the other sex where it is known and not only stated, births too far apart, a child as old as its
    parent, two places on one day. One who was rejected before scores nothing, but keeps the comparison. `today` tells
    who is a child; `names` how common names are.
    """
    building = Building()
    building.add_known([known])
    building.add_sought([sought])
    sides = building.sides()
    found = compare(sides, all_pairs(sides), names or Names(), today, places)
    return found.match(0, _("rejected before") if rejected else "")
