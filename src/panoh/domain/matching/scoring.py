"""From levels to points: each fact's share of a score, for many pairs at once. The shares add up to the score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from panoh.domain.duplicates.arrays import Floats
from panoh.domain.duplicates.evidence import FATHER_LEVELS, LOOSE, N_SAME, NAME_LEVELS, OTHER
from panoh.domain.match_parts import BIRTH, MARKS, NAME, PAPER, PARENTS, PLACE, SEPARATION, SEX
from panoh.domain.matching import weights as w
from panoh.domain.matching.evidence import BIRTH_LEVELS, MOST_KIN, SEPARATION_LEVELS, Evidence
from panoh.domain.places import LEVELS as PLACE_LEVELS
from panoh.domain.places import SAME as SAME_PLACE
from panoh.domain.places import WITHIN

FACTS = (NAME, PARENTS, BIRTH, PLACE, SEPARATION, SEX, MARKS, PAPER)  # the columns of the points
MOST = (w.NAME, w.PARENTS, w.BIRTH, w.PLACE, w.SEPARATION, w.SEX, w.MARKS, w.PAPER)


def _array(levels: Iterable[str], table: Mapping[str, float]) -> Floats:
    return np.array([table[level] for level in levels], np.float32)


_GIVEN, _FAMILY = _array(NAME_LEVELS, w.GIVEN), _array(NAME_LEVELS, w.FAMILY)
_FATHER = _array(FATHER_LEVELS, w.FATHER)
_BIRTH = _array(BIRTH_LEVELS, w.BIRTH_POINTS)
_PLACE = _array(PLACE_LEVELS, w.PLACE_POINTS)
_SEPARATION = _array(SEPARATION_LEVELS, w.SEPARATION_POINTS)
_FOUND, _MISSING, _NONE, _BESIDE = (
    np.array(each, np.float32) for each in (w.KIN_FOUND, w.KIN_MISSING, w.KIN_NONE, w.KIN_BESIDE)
)
_SEX, _RELATION, _MARKS, _CLOTHES, _LANGUAGE = (
    np.array(each, np.float32)
    for each in (w.SEX_POINTS, w.RELATION_POINTS, w.MARKS_POINTS, w.CLOTHES_POINTS, w.LANGUAGE_POINTS)
)


def points(found: Evidence) -> Floats:
    """Points of each fact, one row a pair, in tenths; what speaks against is less than nothing."""
    columns = np.stack(
        [
            _name(found),
            parents(found),
            _BIRTH[found.birth],
            _place(found),
            _separation(found),
            _SEX[found.sex] + _RELATION[found.relation],
            _MARKS[found.words["marks"]] + _CLOTHES[found.words["clothes"]] + _LANGUAGE[found.words["languages"]],
            np.where(found.likeness.paper == N_SAME, w.ONE_PAPER, (found.likeness.phone == N_SAME) * w.PHONE),
        ],
        axis=1,
    )
    told: Floats = np.round(np.minimum(columns, np.array(MOST)), 1).astype(np.float32)
    return told


def _name(found: Evidence) -> Floats:
    like = found.likeness
    given, family = like.given, like.family
    shown = _GIVEN[given] + _FAMILY[family]
    shown += w.RARE_GIVEN * _rare(like.rare_given) * ((given > 0) & (given <= LOOSE))
    shown += w.RARE_FAMILY * _rare(like.rare_family) * ((family > 0) & (family <= LOOSE))
    shown += w.MARRIED * (like.woman & (family > LOOSE) & (given > 0) & (given <= LOOSE))
    shown += w.CROSSED * like.crossed
    two = (given == OTHER) & (like.paper != N_SAME)
    return np.where(two, np.float32(w.OTHER_GIVEN), shown)


def _rare(one_in: Floats) -> Floats:
    rare: Floats = np.clip((one_in - w.COMMON) / (w.RARE - w.COMMON), 0, 1)
    return rare


def parents(found: Evidence) -> Floats:
    """Points of the father and the kin together."""
    some, gone = np.minimum(found.found, MOST_KIN), np.minimum(found.missing, MOST_KIN)
    kin = np.where(some > 0, _FOUND[some] + _MISSING[gone], _NONE[gone])
    shown = _FATHER[found.likeness.father] + w.FATHER_THERE * found.father_there + kin
    shown += _BESIDE[np.minimum(found.beside, MOST_KIN)]
    told: Floats = np.maximum(shown, w.LEAST_PARENTS)
    return told


def _place(found: Evidence) -> Floats:
    same = found.place == SAME_PLACE
    told: Floats = _PLACE[found.place] + w.RARE_PLACE * found.likeness.rare_place * same
    return told


def _separation(found: Evidence) -> Floats:
    there = (found.parted == SAME_PLACE) | (found.parted == WITHIN)
    told: Floats = _SEPARATION[found.separation] + w.PARTED_THERE * there
    return told


def total(columns: Floats) -> Floats:
    """The scores that points add up to, within 0 and 100; of what is ruled out see `Evidence.ruled_out`."""
    score: Floats = np.clip(np.round(columns.sum(1), 1), 0, 100).astype(np.float32)
    return score
