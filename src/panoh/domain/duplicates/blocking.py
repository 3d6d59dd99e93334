"""Which pairs of a register are worth comparing: those that share one of several keys and look alike at a glance.

Of 100,000 people there are five thousand million pairs. A key holds what survives a slip: the first consonants of one
name and the beginning of the other, with the years around the birth; the day of birth; the given and the father's name
of a woman who married; a number of a paper. People with one key stand in a block. A block that is too large is
cut by a finer key, and what is still too large is left out. Pairs are made in slices and looked at before they
are kept, so that memory is bounded by what is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from panoh.domain.duplicates.arrays import Bools, Floats, Ints, Marks
from panoh.domain.duplicates.register import DAYS, MAN, NO_BIRTH, OF_AN_AGE, ON_A_DAY, WOMAN, Register
from panoh.domain.duplicates.spellings import NOTHING

Pairs = tuple[Ints, Ints]
Look = Callable[[Ints, Ints], Bools]
LARGEST_BLOCK = 1200  # people of one key
_SLICE = 1 << 18  # pairs looked at in one go
_SPAN = 8  # years that stand in one key; two runs half a span apart, so that four years never fall between two keys
NEAR_YEARS, NEAR_DATES = 4.0, 1.1  # years between two births: where one is of an age that was told, and else
SLIPS = (1, 2, 10, 20, 30, 31, 365, 366)  # days between two dates of which one digit or column was mistyped
_IS_SLIP = np.isin(np.arange(400), (0, *SLIPS))
# What two rows show at a glance: marks that their names share, a place, years between births, days told exactly.
# Weights and limit were set on made-up registers so that 2 of 1,000 pairs that stand in one block are lost by it.
_NAMES, _WEAKER_NAME, _SAME_PLACE, _PLACE_UNKNOWN, _A_YEAR, _TWO_DAYS = 5.0, 2.5, 1.5, 0.75, 1.0, 3.0
_ENOUGH = 8.2
_LIKE = 0.8  # the share of marks that two forms of one given or father's name have in common


def candidates(register: Register, step: Callable[[float], object] = lambda _share: None) -> Pairs:
    """Rows of two people that may be one, each pair once, the lower row first. `step` is told the share done."""
    blocks = _Blocks(register)
    kept: list[Ints] = []
    for number, (keys, rows, look) in enumerate(blocks.all()):
        step(number / blocks.COUNT)
        for a, b in _pairs(keys, rows):
            fits = (register.owner[a] != register.owner[b]) & look(a, b)
            low, high = np.minimum(a[fits], b[fits]), np.maximum(a[fits], b[fits])
            if len(low):
                kept.append(low.astype(np.int64) * len(register) + high)
    codes = np.sort(np.concatenate([np.zeros(0, np.int64), *kept]))
    codes = codes[np.append(True, codes[1:] != codes[:-1])[: len(codes)]]
    return (codes // max(1, len(register))).astype(np.int32), (codes % max(1, len(register))).astype(np.int32)


class _Blocks:
    """The kinds of keys, each with its rows and what a pair must show at a glance."""

    COUNT = 8

    def __init__(self, register: Register) -> None:
        self.r = register
        self._years = register.years()
        self._year, self._month, self._day = register.dates()
        names = (register.given, register.family, register.father)
        marks, others = register.sounds.marks, register.sounds.other_marks
        self._marks = [marks[name] for name in names]
        self._other_marks = [others[name] for name in names]
        self._read_twice = register.sounds.has_other[register.given] | register.sounds.has_other[register.family]

    def all(self) -> Iterator[tuple[Sequence[Ints], Ints, Look]]:
        """Every kind."""
        yield self._by_names(0)
        yield self._by_names(1)
        yield self._by_day()
        yield self._by_swapped_day()
        yield self._by_father()
        yield self._by_place()
        yield self._without_birth()
        yield self._by_numbers()

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _by_names(self, which: int) -> tuple[Sequence[Ints], Ints, Look]:
        """First (or last) consonants of one name, the beginning of the other, sex, and years around the birth."""
        rows, sexes = self._sexed(np.flatnonzero(self.r.birth != NO_BIRTH).astype(np.int32))
        coarse, fine, of = [], [], []
        twice = self._read_twice[rows]
        for keys, chosen in ((self.r.sounds.keys, slice(None)), (self.r.sounds.other_keys, twice)):
            mine, sex = rows[chosen], sexes[chosen]
            for one, other in ((self.r.given, self.r.family), (self.r.family, self.r.given)):
                x, y = one[mine], other[mine]
                for years in self._spans(mine):
                    coarse.append(_mixed(keys[which][x], keys[2][y], sex, years))
                    fine.append(_mixed(keys[which][x], keys[which][y], sex, years))
                    of.append(mine)
        return (np.concatenate(coarse), np.concatenate(fine)), np.concatenate(of), self._near

    def _by_day(self) -> tuple[Sequence[Ints], Ints, Look]:
        rows, sexes = self._sexed(np.flatnonzero(self.r.birth == ON_A_DAY).astype(np.int32))
        keys = _mixed(self.r.earliest[rows], sexes)
        return (keys, _mixed(keys, self.r.place[rows])), rows, self._on_a_day

    def _by_swapped_day(self) -> tuple[Sequence[Ints], Ints, Look]:
        day, month = self._day, self._month
        swappable = (self.r.birth == ON_A_DAY) & (day <= 12) & (day != month)
        rows, sexes = self._sexed(np.flatnonzero(swappable).astype(np.int32))
        low, high = np.minimum(day, month)[rows], np.maximum(day, month)[rows]
        keys = _mixed(self._year[rows], low, high, sexes)
        return (keys, _mixed(keys, self.r.place[rows])), rows, self._on_a_day

    def _by_father(self) -> tuple[Sequence[Ints], Ints, Look]:
        """Given and father's name: a family name changes with marriage."""
        told = (self.r.birth != NO_BIRTH) & (self.r.father != NOTHING) & (self.r.given != NOTHING)
        told &= self.r.sex != MAN
        rows, sexes = self._sexed(np.flatnonzero(told).astype(np.int32))
        heads = self.r.sounds.keys[0]
        pair = _mixed(heads[self.r.given[rows]], heads[self.r.father[rows]], sexes)
        keys = np.concatenate([_mixed(pair, years) for years in self._spans(rows)])
        rows = np.concatenate([rows, rows])
        return (keys, _mixed(keys, self.r.place[rows])), rows, self._alike_in_given_and_father

    def _by_place(self) -> tuple[Sequence[Ints], Ints, Look]:
        """The same names and the same place: their births, though told to the day, need not be near."""
        rows, sexes = self._sexed(np.flatnonzero((self.r.birth == ON_A_DAY) & (self.r.place != NOTHING)))
        keys = _mixed(*self._soft_names(rows), sexes, self.r.place[rows])
        return (keys, _mixed(keys, self._year[rows])), rows, self._some_years_apart

    def _without_birth(self) -> tuple[Sequence[Ints], Ints, Look]:
        """The same names, one of the two without a birth."""
        rows, sexes = self._sexed(np.arange(len(self.r), dtype=np.int32))
        keys = _mixed(*self._soft_names(rows), sexes)
        unknown = np.isin(keys, keys[self.r.birth[rows] == NO_BIRTH])
        keys, rows = keys[unknown], rows[unknown]
        return (keys, _mixed(keys, self.r.place[rows])), rows, self._one_birth_unknown

    def _by_numbers(self) -> tuple[Sequence[Ints], Ints, Look]:
        """A phone or a paper."""
        columns = [*self.r.phones.T, *self.r.papers.T]
        numbers, rows = np.concatenate(columns), np.tile(np.arange(len(self.r), dtype=np.int32), len(columns))
        told = numbers != NOTHING
        keys, rows = numbers[told].astype(np.int64), rows[told]
        return (keys, _mixed(keys, self.r.sounds.keys[2][self.r.given[rows]])), rows, self._of_one_sex

    def _sexed(self, rows: Ints) -> tuple[Ints, Ints]:
        """Rows with the sex that their key holds: someone whose sex is not told stands with women and with men."""
        sex = self.r.sex[rows]
        open_ = rows[(sex != WOMAN) & (sex != MAN)]
        both = np.repeat(np.array([WOMAN, MAN], np.int8), len(open_))
        told = (sex == WOMAN) | (sex == MAN)
        return np.concatenate([rows[told], open_, open_]).astype(np.int32), np.concatenate([sex[told], both])

    def _spans(self, rows: Ints) -> list[Ints]:
        years = self._years[rows].astype(np.int32)
        half = _SPAN // 2
        return [np.floor_divide(years, _SPAN) * 2, np.floor_divide(years + half, _SPAN) * 2 + 1]

    def _soft_names(self, rows: Ints) -> Pairs:
        a, b = self.r.sounds.soft[self.r.given[rows]], self.r.sounds.soft[self.r.family[rows]]
        return np.minimum(a, b), np.maximum(a, b)

    # --- at a glance --------------------------------------------------------------------------------------------------

    def _shared(self, which_a: int, a: Ints, which_b: int, b: Ints) -> Floats:
        """The share of marks that two names have in common, in the reading in which they have most."""
        mine, yours = self._marks[which_a], self._marks[which_b]
        share = _share(mine[a], yours[b])
        at = np.flatnonzero(self._read_twice[a] | self._read_twice[b])
        if len(at):
            other_mine, other_yours, x, y = self._other_marks[which_a], self._other_marks[which_b], a[at], b[at]
            for first, second in ((other_mine, yours), (mine, other_yours), (other_mine, other_yours)):
                share[at] = np.maximum(share[at], _share(first[x], second[y]))
        return share

    def _gap(self, a: Ints, b: Ints) -> Ints:
        """Days between two births, beyond those that they may share."""
        return np.maximum(0, np.maximum(self.r.earliest[b] - self.r.latest[a], self.r.earliest[a] - self.r.latest[b]))

    def _births_fit(self, a: Ints, b: Ints) -> tuple[Bools, Bools, Ints]:
        """Whether two births may be one, whether both are told to the day, and the days between them."""
        gap = self._gap(a, b)
        days = (self.r.birth[a] == ON_A_DAY) & (self.r.birth[b] == ON_A_DAY)
        ages = (self.r.birth[a] == OF_AN_AGE) | (self.r.birth[b] == OF_AN_AGE)
        most = np.where(ages, np.int32(NEAR_YEARS * DAYS), np.int32(NEAR_DATES * DAYS))
        return np.where(days, _IS_SLIP[np.minimum(gap, len(_IS_SLIP) - 1)], gap <= most), days, gap

    def _near(self, a: Ints, b: Ints) -> Bools:
        """Names and births that may be one."""
        fits, days, gap = self._births_fit(a, b)
        at = np.flatnonzero(fits)
        fits[at] = self._glance(a[at], b[at], days[at], gap[at])
        return fits

    def _on_a_day(self, a: Ints, b: Ints) -> Bools:
        """Names that may be one, where the births were compared by the key."""
        return self._glance(a, b, np.ones(len(a), bool), np.zeros(len(a), np.int32))

    def _glance(self, a: Ints, b: Ints, days: Bools, gap: Ints) -> Bools:
        x, y = self._shared(0, a, 0, b), self._shared(1, a, 1, b)
        u, v = self._shared(0, a, 1, b), self._shared(1, a, 0, b)
        crossed = u + v > x + y
        x, y = np.where(crossed, u, x), np.where(crossed, v, y)
        place_a, place_b = self.r.place[a], self.r.place[b]
        shown = _NAMES * (x + y) + _WEAKER_NAME * np.minimum(x, y) - _A_YEAR * (gap / np.float32(DAYS))
        shown += np.where(place_a == place_b, np.float32(_SAME_PLACE), np.float32(0))
        shown += np.where((place_a == NOTHING) ^ (place_b == NOTHING), np.float32(_PLACE_UNKNOWN), np.float32(0))
        shown += np.where(days, np.float32(_TWO_DAYS), np.float32(0))
        return shown >= _ENOUGH

    def _alike_in_given_and_father(self, a: Ints, b: Ints) -> Bools:
        fits, days, gap = self._births_fit(a, b)
        fits &= (days | (self.r.place[a] == self.r.place[b])) & (gap <= NEAR_DATES * DAYS)
        at = np.flatnonzero(fits)
        x, y = a[at], b[at]
        fits[at] = (self._shared(0, x, 0, y) >= _LIKE) & (self._shared(2, x, 2, y) >= _LIKE)
        return fits

    def _some_years_apart(self, a: Ints, b: Ints) -> Bools:
        return self._gap(a, b) <= 2 * DAYS

    def _one_birth_unknown(self, a: Ints, b: Ints) -> Bools:
        return (self.r.birth[a] == NO_BIRTH) | (self.r.birth[b] == NO_BIRTH)

    def _of_one_sex(self, a: Ints, b: Ints) -> Bools:
        return self.r.sex[a] + self.r.sex[b] != WOMAN + MAN


def _share(marks_a: Marks, marks_b: Marks) -> Floats:
    common = np.bitwise_count(marks_a & marks_b)
    return (
        2 * common / np.maximum(np.bitwise_count(marks_a) + np.bitwise_count(marks_b), np.uint8(1)).astype(np.float32)
    )


def _mixed(*columns: Ints) -> Ints:
    """Columns of numbers as one key of 64 bits; two sets of numbers hardly ever give one key."""
    key = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        key = key * np.uint64(0x9E3779B97F4A7C15) + column.astype(np.int64).view(np.uint64) + np.uint64(0x7F4A7C15)
        key ^= key >> np.uint64(29)
    return key.view(np.int64)


def _pairs(levels: Sequence[Ints], rows: Ints) -> Iterator[Pairs]:
    """All pairs of rows that share the coarsest key of which no block is too large, in slices."""
    left = list(levels)
    while left:
        keys, *left = left
        order = np.argsort(keys, kind="stable")
        sorted_keys, sorted_rows = keys[order], rows[order]
        begins = np.flatnonzero(np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]])) if len(keys) else order
        sizes = np.diff(np.append(begins, len(keys)))
        # How many stand behind each row in its block.
        behind = np.repeat(sizes + begins, sizes) - np.arange(len(keys)) - 1
        of_size = np.repeat(sizes, sizes)
        at = np.flatnonzero((behind > 0) & (of_size <= LARGEST_BLOCK))
        shift = 1
        while len(at):
            for start in range(0, len(at), _SLICE):
                some = at[start : start + _SLICE]
                yield sorted_rows[some], sorted_rows[some + shift]
            shift += 1
            at = at[behind[at] >= shift]
        large = order[of_size > LARGEST_BLOCK]
        left = [finer[large] for finer in left]
        rows = rows[large]
