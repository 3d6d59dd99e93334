"""From evidence to points: each fact's share of a score, for many pairs at once. The shares add up to the score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from panoh.domain import births
from panoh.domain.duplicates import weights as w
from panoh.domain.duplicates.arrays import Bools, Floats, Levels
from panoh.domain.duplicates.evidence import (
    BIRTH_LEVELS,
    F_NEAR,
    FATHER_LEVELS,
    LOOSE,
    N_SAME,
    NAME_LEVELS,
    NUMBER_LEVELS,
    OTHER,
    PLACE_LEVELS,
    Evidence,
)
from panoh.domain.duplicates.evidence import NEAR as NEAR_NAME
from panoh.domain.duplicates.households import H_ONE_LIST, HOME_LEVELS
from panoh.domain.match_parts import BIRTH, HOUSEHOLD, NAME, PAPER, PARENTS, PLACE

FACTS = (NAME, BIRTH, PARENTS, PLACE, PAPER, HOUSEHOLD)  # the columns of the points
MOST_BY_HOUSEHOLD = w.POINTS * max(w.HOUSEHOLD.values())
_AGES = np.array(["age" in name and not name.endswith("dates_apart") for name in BIRTH_LEVELS])


def _array(levels: Iterable[str], table: Mapping[str, float]) -> Floats:
    return np.array([table[level] for level in levels], np.float32)


_GIVEN = _array(NAME_LEVELS, {level: weights[0] for level, weights in w.NAMES.items()})
_FAMILY = _array(NAME_LEVELS, {level: weights[1] for level, weights in w.NAMES.items()})
_FATHER = _array(FATHER_LEVELS, w.FATHER)
_BIRTH = _array(BIRTH_LEVELS, w.BIRTH)
_PLACE = _array(PLACE_LEVELS, w.PLACE)
_PHONE, _PAPER = _array(NUMBER_LEVELS, w.PHONE), _array(NUMBER_LEVELS, w.PAPER)
_HOME = _array(HOME_LEVELS, w.HOUSEHOLD)


def points(found: Evidence, home: Levels) -> Floats:
    """Floats of each fact, one row a pair, in tenths. What a score begins with stands with the name."""
    columns = np.stack(
        [
            _name(found) + np.float32(w.START + w.EVEN / w.POINTS),
            _BIRTH[found.birth],
            _FATHER[found.father] + w.RARE_FATHER * found.rare_father * ((found.father > 0) & (found.father <= F_NEAR)),
            _PLACE[found.place] + w.RARE_PLACE * found.rare_place * (found.place == PLACE_LEVELS.index("same")),
            _PHONE[found.phone] + _PAPER[found.paper],
            _HOME[home],
        ],
        axis=1,
    )
    return np.round(columns * w.POINTS, 1).astype(np.float32)


def _name(found: Evidence) -> Floats:
    given, family = found.given, found.family
    weight = _GIVEN[given] + _FAMILY[family]
    weight += w.RARE_GIVEN * found.rare_given * ((given > 0) & (given <= LOOSE))
    weight += w.RARE_FAMILY * found.rare_family * ((family > 0) & (family <= LOOSE))
    weight += w.NAMESAKES * np.log1p(found.namesakes)
    weight += w.CROSSED * found.crossed
    weight += w.MARRIED * (found.woman & (family > LOOSE) & (given <= LOOSE))
    return weight.astype(np.float32)


def ages_contradict(found: Evidence) -> Bools:
    """Whether births lie too far apart for one person, as in births.py: ten years, and as many for ages told."""
    allowed = np.where(_AGES[found.birth], births.CONTRADICTING + 2 * births.MOST_TOLERANCE, births.CONTRADICTING)
    return found.gap > allowed


def two_given_names(found: Evidence) -> Bools:
    """Whether the given names are two, and no paper says otherwise.

    A brother or sister shares all the rest: family and father's name, place, those around them, and twins the day of
    birth. Only a paper tells then that one person goes by two names.
    """
    return (found.given == OTHER) & (found.paper != N_SAME)


def two_of_one_list(found: Evidence, home: Levels, generations: Bools) -> Bools:
    """Whether the list of one household tells that they are two: of two generations, or with two given names.

    Whoever wrote the list saw the family: twins Ҳасан and Ҳусан, a son who bears his father's name.
    """
    return (home == H_ONE_LIST) & (generations | (found.given > NEAR_NAME))


def total(columns: Floats) -> Floats:
    """The scores that the points of facts add up to, below 0 and above 100 too."""
    return np.round(columns.sum(1), 1).astype(np.float32)
