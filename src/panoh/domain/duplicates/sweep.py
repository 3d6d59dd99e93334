"""A whole register against itself, or one newcomer against some of it: scored pairs, best first, with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import numpy as np

from panoh.domain.duplicates import scoring
from panoh.domain.duplicates.arrays import Floats, Ints, Levels
from panoh.domain.duplicates.blocking import candidates
from panoh.domain.duplicates.evidence import Commonness, Comparing, Evidence, impossible_sexes
from panoh.domain.duplicates.households import Households
from panoh.domain.duplicates.reasons import Reason
from panoh.domain.duplicates.register import Register
from panoh.domain.duplicates.telling import full_names, reasons_of

Step = Callable[[float], object]  # is told the share done, and may raise to stop
_SLICE = 1 << 16
_SHARE_OF_FINDING = 0.6  # of the time, before pairs are compared


@dataclass(slots=True)
class Scored:
    """Pairs of people (their numbers in the register) with scores, best first."""

    a: Ints
    b: Ints
    scores: Floats
    _rows: tuple[Ints, Ints]
    _points: Floats
    _evidence: Evidence
    _homes: tuple[Levels, Ints]
    _register: Register

    def __len__(self) -> int:
        return len(self.a)

    def reasons(self) -> Iterator[tuple[Reason, ...]]:
        """The reasons of each pair."""
        r, (x, y) = self._register, self._rows
        names_a = full_names(r.spellings, r.given_spelling[x], r.family_spelling[x])
        names_b = full_names(r.spellings, r.given_spelling[y], r.family_spelling[y])
        homes, shared = self._homes
        for at, names in enumerate(zip(names_a, names_b, strict=True)):
            yield reasons_of(self._evidence, at, self._points[at], int(homes[at]), int(shared[at]), names)


def sweep(register: Register, today: int, least: float, step: Step = lambda _share: None) -> Scored:
    """Every pair of people who may be one and score at least so much. `today` in days since 1970.

    Pairs that cannot be one person are left out: of two sexes, of births too far apart, with two given names and no
    paper in common, two whom one household's list tells apart.
    """
    a, b = candidates(register, lambda share: step(share * _SHARE_OF_FINDING))
    return compare(
        register, a, b, Commonness(register), today, least,
        lambda share: step(_SHARE_OF_FINDING + share * (1 - _SHARE_OF_FINDING)),
    )  # fmt: skip


def compare(
    register: Register,
    a: Ints,
    b: Ints,
    commonness: Commonness,
    today: int,
    least: float,
    step: Step = lambda _share: None,
) -> Scored:
    """These pairs of rows, scored, best first; of two names of one person the better. What is below `least` is left out."""
    comparing, households = Comparing(register, commonness, today), Households(register)
    parts: list[_Part] = []
    for start in range(0, max(1, len(a)), _SLICE):
        step(start / max(1, len(a)))
        parts.append(
            _part(register, comparing, households, a[start : start + _SLICE], b[start : start + _SLICE], least)
        )
    return _best_first(register, _joined(parts))


@dataclass(slots=True)
class _Part:
    """Pairs of one slice that are kept."""

    a: Ints
    b: Ints
    points: Floats
    evidence: Evidence
    homes: Levels
    shared: Ints


def _part(register: Register, comparing: Comparing, households: Households, a: Ints, b: Ints, least: float) -> _Part:
    found = comparing.levels(a, b)
    nothing = np.zeros(len(a), np.uint8)
    hopeful = scoring.total(scoring.points(found, nothing)) + scoring.MOST_BY_HOUSEHOLD >= least
    hopeful &= ~impossible_sexes(register, a, b) & ~scoring.ages_contradict(found) & ~scoring.two_given_names(found)
    a, b, found = a[hopeful], b[hopeful], _chosen(found, hopeful)
    homes, shared = households.levels(a, b)
    points = scoring.points(found, homes)
    kept = (scoring.total(points) >= least) & ~scoring.two_of_one_list(
        found, homes, households.of_two_generations(a, b)
    )
    return _Part(a[kept], b[kept], points[kept], _chosen(found, kept), homes[kept], shared[kept])


def _chosen(found: Evidence, which: Ints) -> Evidence:
    return Evidence(**{each.name: getattr(found, each.name)[which] for each in fields(Evidence)})


def _joined(parts: list[_Part]) -> _Part:
    evidence = Evidence(
        **{f.name: np.concatenate([getattr(part.evidence, f.name) for part in parts]) for f in fields(Evidence)}
    )
    a, b, points, homes, shared = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("a", "b", "points", "homes", "shared")
    )
    return _Part(a, b, points, evidence, homes, shared)


def _best_first(register: Register, part: _Part) -> Scored:
    x, y = register.owner[part.a], register.owner[part.b]
    low, high = np.minimum(x, y), np.maximum(x, y)
    scores = scoring.total(part.points)
    order = np.lexsort((high, low, -scores))
    codes = low[order].astype(np.int64) * max(1, register.people) + high[order]
    _unique, first = np.unique(codes, return_index=True)  # of two names of one person the better pair
    order = order[np.sort(first)]
    return Scored(
        low[order], high[order], scores[order], (part.a[order], part.b[order]), part.points[order],
        _chosen(part.evidence, order), (part.homes[order], part.shared[order]), register,
    )  # fmt: skip
