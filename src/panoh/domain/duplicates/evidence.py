"""What speaks for and against two rows of a register being one person: a level of each fact, for many pairs at once.

A level is a number of the lists below; what it weighs stands in `weights.py`. Nothing here knows of points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from panoh.domain.duplicates.arrays import Bools, Floats, Ints, Levels
from panoh.domain.duplicates.blocking import SLIPS
from panoh.domain.duplicates.nearness import CROSSED_ENDING, OTHER_ENDING, Nearness
from panoh.domain.duplicates.register import DAYS, MAN, NO_BIRTH, OF_AN_AGE, ON_A_DAY, WOMAN, Register
from panoh.domain.duplicates.spellings import NOTHING, OV

# A given or a family name, from the same spelling to another name; and a father's name.
NOT_TOLD, SPELLED, SOUNDED, NEAR, CLOSE, SLIP, LOOSE, FAR, OTHER = range(9)
NAME_LEVELS = ("not_told", "spelled", "sounded", "near", "close", "slip", "loose", "far", "other")
_NAME_LIMITS = (1, 6, 12, 18, 25, 35)  # hundredths at which the levels from NEAR to OTHER begin
FATHER_LEVELS = ("not_told", "same", "other_form", "near", "loose", "other")
F_NOT_TOLD, F_SAME, F_OTHER_FORM, F_NEAR, F_LOOSE, F_OTHER = range(6)
_FATHER_LIMITS = (4, 14, 25)
BIRTH_LEVELS = (
    "not_told", "same_day", "swapped", "slip", "rare_slip", "days_apart", "years_apart",
    "same_year", "year_apart", "two_years_apart", "dates_apart",
    "same_age", "age_1", "age_2", "age_3", "ages_apart",
    "child_same_age", "child_age_1", "child_age_2", "child_age_3", "child_ages_apart",
    "age_fits", "age_off_1", "age_off_2", "age_off",
    "child_age_fits", "child_age_off_1", "child_age_off_2", "child_age_off",
)  # fmt: skip
B = {name: number for number, name in enumerate(BIRTH_LEVELS)}
_ONE_SLIP = np.isin(np.arange(400), (1, 10, 365, 366))
_RARE_SLIP = np.isin(np.arange(400), [days for days in SLIPS if days not in (1, 10, 365, 366)])
_FEW = 2048  # pairs
_CHILD = 12  # years; below it an age that was told is seldom wrong by more than one
PLACE_LEVELS = ("not_told", "same", "part", "other")
USUAL_NAME, USUAL_PLACE = 150, 10  # one in so many bears a name, or comes from a place, where it is not known
NUMBER_LEVELS = ("not_told", "same", "other")
N_NOT_TOLD, N_SAME, N_OTHER = range(3)


@dataclass(slots=True, kw_only=True)
class Evidence:
    """Levels of pairs, and how common it is what they share, in natural logarithms of one in so many."""

    given: Levels
    family: Levels
    crossed: Bools  # the given name of one is the family name of the other
    woman: Bools
    father: Levels
    birth: Levels
    place: Levels
    phone: Levels
    paper: Levels
    rare_given: Floats
    rare_family: Floats
    rare_father: Floats
    rare_place: Floats
    namesakes: Floats  # others who bear the full name of one of the two
    gap: Floats  # years between the births


class Commonness:
    """How many people of a whole list bear a name or come from a place."""

    def __init__(self, register: Register) -> None:
        soft, first = register.sounds.soft, slice(0, register.people)
        size = int(soft.max(initial=0)) + 1
        self.people = max(1, register.people)
        self.given = np.bincount(soft[register.given[first]], minlength=size)
        self.family = np.bincount(soft[register.family[first]], minlength=size)
        self.father = np.bincount(soft[register.father[first]], minlength=size)
        self.place = np.bincount(register.place[first], minlength=len(register.words_of_place))
        _codes, number, counts = np.unique(_full(register), return_inverse=True, return_counts=True)
        self.namesakes = counts[number]  # of each row

    @classmethod
    def of_few(cls, register: Register, people: int, bearers: tuple[int, int, int]) -> Commonness:
        """What a register of some of so many people tells, the first row being compared with the others.

        `bearers` are how many of all people bear its given, family and father's name, -1 where that is not known; of
        any other name it is held that one in USUAL_NAME bears it. Places are held to be as common as among those some.
        """
        few = cls(register)
        few.people = people = max(people, register.people)
        soft = register.sounds.soft
        for counts, names, known in zip(
            (few.given, few.family, few.father),
            (register.given, register.family, register.father),
            bearers,
            strict=True,
        ):
            counts[:] = people // USUAL_NAME
            if known >= 0:
                counts[soft[names[0]]] = known
        few.place = (few.place * people) // register.people
        return few


class Comparing:
    """Compares rows of one register."""

    def __init__(self, register: Register, commonness: Commonness, today: int) -> None:
        self._r = register
        self._near = Nearness(register.sounds)
        self._common = commonness
        self._full = _full(register)
        self._year, self._month, self._day = register.dates()
        self._middle = register.years()
        self._young_after = today / DAYS - _CHILD  # years since 1970

    @property
    def nearness(self) -> Nearness:
        """How far names of this register are apart."""
        return self._near

    @property
    def dates(self) -> tuple[Ints, Ints, Ints]:
        """Year, month and day of each birth."""
        return self._year, self._month, self._day

    def levels(self, a: Ints, b: Ints) -> Evidence:
        """What each pair of rows shows; comparing b with a gives the same."""
        r = self._r
        lists = [
            (r.given[a], r.given[b], OTHER_ENDING),
            (r.family[a], r.family[b], OTHER_ENDING),
            (r.father[a], r.father[b], 0),
        ]
        if len(a) <= _FEW:  # one call for all costs less than a second one for those whose names are not near
            lists += self._crossed(a, b)
        straight_given, straight_family, apart_father, *crossed_names = self._near.apart(*lists)
        given, family, crossed, of_given, of_family = self._names(a, b, straight_given, straight_family, crossed_names)
        father = self._father(a, b, apart_father)
        birth, gap = self._birth(a, b)
        common = self._common
        place, rare_place = self._place(a, b)
        return Evidence(
            given=given,
            family=family,
            crossed=crossed,
            woman=(r.sex[a] == WOMAN) | (r.sex[b] == WOMAN),
            father=father,
            birth=birth,
            place=place,
            phone=_numbers_met(r.phones[a], r.phones[b]),
            paper=_numbers_met(r.papers[a], r.papers[b]),
            rare_given=of_given,
            rare_family=of_family,
            rare_father=self._rare(common.father, r.father[a], r.father[b]),
            rare_place=rare_place,
            namesakes=self._others(a, b),
            gap=gap,
        )

    def _crossed(self, a: Ints, b: Ints) -> list[tuple[Ints, Ints, int]]:
        r = self._r
        return [(r.given[a], r.family[b], CROSSED_ENDING), (r.family[a], r.given[b], CROSSED_ENDING)]

    def _names(
        self, a: Ints, b: Ints, given: Levels, family: Levels, crossed_names: list[Levels]
    ) -> tuple[Levels, Levels, Bools, Floats, Floats]:
        """Given and family name, straight or crossed, whichever is nearer."""
        r, common = self._r, self._common
        crossed = np.zeros(len(a), bool)
        at = np.flatnonzero(given.astype(np.int16) + family > _NAME_LIMITS[3])
        over = [each[at] for each in crossed_names] or self._near.apart(*self._crossed(a[at], b[at]))
        nearer = over[0].astype(np.int16) + over[1] < given[at].astype(np.int16) + family[at]
        crossed[at] = nearer
        given[at], family[at] = np.where(nearer, over[0], given[at]), np.where(nearer, over[1], family[at])
        first = np.where(crossed, r.family_spelling[b], r.given_spelling[b]) == r.given_spelling[a]
        second = np.where(crossed, r.given_spelling[b], r.family_spelling[b]) == r.family_spelling[a]
        given_b, family_b = np.where(crossed, r.family[b], r.given[b]), np.where(crossed, r.given[b], r.family[b])
        levels = (
            _name_level(given, first, r.given[a], given_b),
            _name_level(family, second, r.family[a], family_b),
        )
        either = np.maximum(common.given, common.family)
        rare = (
            np.where(crossed, self._rare(either, r.given[a], given_b), self._rare(common.given, r.given[a], given_b)),
            np.where(
                crossed, self._rare(either, r.family[a], family_b), self._rare(common.family, r.family[a], family_b)
            ),
        )
        # Crossed, it depends on the order which of the two is called the given name: the farther is made the family's.
        swap = crossed & _is_family(levels[0], rare[0], levels[1], rare[1])
        return (
            np.where(swap, levels[1], levels[0]),
            np.where(swap, levels[0], levels[1]),
            crossed,
            np.where(swap, rare[1], rare[0]),
            np.where(swap, rare[0], rare[1]),
        )

    def _rare(self, counts: Ints, x: Ints, y: Ints) -> Floats:
        """One in how many bears the commoner of two names."""
        soft = self._r.sounds.soft
        return _one_in(np.maximum(counts[soft[x]], counts[soft[y]]), self._common.people, USUAL_NAME)

    def _others(self, a: Ints, b: Ints) -> Floats:
        count = self._common.namesakes
        same = self._full[a] == self._full[b]
        others = np.where(same, count[a] - 2, np.maximum(count[a], count[b]) - 1)
        return np.maximum(others, 0).astype(np.float32)

    def _father(self, a: Ints, b: Ints, apart: Levels) -> Levels:
        mine, yours = self._r.father[a], self._r.father[b]
        level = (F_OTHER_FORM + np.digitize(apart, _FATHER_LIMITS)).astype(np.uint8)
        forms = self._r.sounds.endings
        same_form = (forms[mine] == OV) == (forms[yours] == OV)
        level[(level == F_OTHER_FORM) & same_form] = F_SAME
        level[(mine == NOTHING) | (yours == NOTHING)] = F_NOT_TOLD
        return level

    def _birth(self, a: Ints, b: Ints) -> tuple[Levels, Floats]:
        r = self._r
        days = np.maximum(0, np.maximum(r.earliest[b] - r.latest[a], r.earliest[a] - r.latest[b]))
        kind_a, kind_b = r.birth[a], r.birth[b]
        both_days = (kind_a == ON_A_DAY) & (kind_b == ON_A_DAY)
        gap = (days / DAYS).astype(np.float32)
        level = np.where(both_days, self._of_days(a, b, days), np.uint8(0))
        ages = (kind_a == OF_AN_AGE).astype(np.int8) + (kind_b == OF_AN_AGE)
        years = (~both_days) & (ages == 0)
        level = np.where(years, B["same_year"] + np.digitize(gap, (0.001, 1.01, 2.01)), level)
        child = np.where(np.maximum(self._middle[a], self._middle[b]) > self._young_after, 1, 0)
        told = np.abs(self._middle[a] - self._middle[b])
        by_age = B["same_age"] + 5 * child + np.digitize(told, (0.55, 1.3, 2.3, 3.3))
        level = np.where(ages == 2, by_age, level)
        level = np.where(ages == 1, B["age_fits"] + 4 * child + np.digitize(gap, (0.001, 1.0, 2.0)), level)
        gap = np.where(ages == 2, told, gap)
        unknown = (kind_a == NO_BIRTH) | (kind_b == NO_BIRTH)
        return np.where(unknown, 0, level).astype(np.uint8), np.where(unknown, 0, gap).astype(np.float32)

    def _of_days(self, a: Ints, b: Ints, days: Ints) -> Levels:
        short = np.minimum(days, len(_ONE_SLIP) - 1)
        level = np.where(days > 2 * DAYS, B["years_apart"], B["days_apart"]).astype(np.uint8)
        same_day = (self._month[a] == self._month[b]) & (self._day[a] == self._day[b])
        decade = same_day & (np.abs(days - 10 * DAYS) < 3)
        level[_RARE_SLIP[short] | decade] = B["rare_slip"]
        level[_ONE_SLIP[short]] = B["slip"]
        swapped = (self._month[a] == self._day[b]) & (self._day[a] == self._month[b])
        level[swapped & (self._year[a] == self._year[b])] = B["swapped"]
        level[days == 0] = B["same_day"]
        return level

    def _place(self, a: Ints, b: Ints) -> tuple[Levels, Floats]:
        r = self._r
        mine, yours = r.place[a], r.place[b]
        words_a, words_b = r.words_of_place[mine], r.words_of_place[yours]
        level = np.full(len(a), PLACE_LEVELS.index("other"), np.uint8)
        shared = np.zeros(len(a), bool)
        for i in range(words_a.shape[1]):
            told = words_a[:, i] != NOTHING
            for j in range(words_b.shape[1]):
                shared |= told & (words_a[:, i] == words_b[:, j])
        level[shared] = PLACE_LEVELS.index("part")
        level[(words_a == words_b).all(1)] = PLACE_LEVELS.index("same")
        level[(words_a[:, 0] == NOTHING) | (words_b[:, 0] == NOTHING)] = 0
        counts = np.maximum(self._common.place[mine], self._common.place[yours])
        return level, _one_in(counts, self._common.people, USUAL_PLACE)


def _one_in(counts: Ints, people: int, usual: int) -> Floats:
    """The logarithm of "one in so many": what a short list tells is held together with what is usual."""
    return np.log((people + 2 * usual) / (counts + 2)).astype(np.float32)


def impossible_sexes(register: Register, a: Ints, b: Ints) -> Bools:
    """Whether one is recorded as female and the other as male."""
    return register.sex[a] + register.sex[b] == WOMAN + MAN


def _full(register: Register) -> Ints:
    """A number for each full name, whichever of the two stands first."""
    soft = register.sounds.soft
    a, b = soft[register.given].astype(np.int64), soft[register.family]
    return np.minimum(a, b) * (int(soft.max(initial=0)) + 1) + np.maximum(a, b)


def _name_level(apart: Levels, same_spelling: Bools, x: Ints, y: Ints) -> Levels:
    level = (SOUNDED + np.digitize(apart, _NAME_LIMITS)).astype(np.uint8)
    level[same_spelling] = SPELLED
    level[(x == NOTHING) | (y == NOTHING)] = NOT_TOLD
    return level


def _is_family(level_a: Levels, rare_a: Floats, level_b: Levels, rare_b: Floats) -> Bools:
    """Whether the first of two names is farther apart in the two rows, or as far and rarer."""
    return (level_a > level_b) | ((level_a == level_b) & (rare_a > rare_b))


def _numbers_met(a: Ints, b: Ints) -> Levels:
    """Whether two rows of numbers have one in common, where both have any."""
    level = np.full(len(a), N_OTHER, np.uint8)
    for i in range(a.shape[1]):
        for j in range(b.shape[1]):
            level[(a[:, i] != NOTHING) & (a[:, i] == b[:, j])] = N_SAME
    level[(a == NOTHING).all(1) | (b == NOTHING).all(1)] = N_NOT_TOLD
    return level
