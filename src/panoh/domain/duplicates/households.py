"""What the households of two rows tell: one list, the same people around both, or nobody in common."""

from __future__ import annotations

import numpy as np

from panoh.domain.duplicates.arrays import Bools, Ints, Levels
from panoh.domain.duplicates.blocking import NEAR_YEARS
from panoh.domain.duplicates.register import DAYS, MAN, NO_BIRTH, OLDER, WOMAN, YOUNGER, Register
from panoh.domain.duplicates.spellings import NOTHING

HOME_LEVELS = ("not_told", "one_list", "nobody", "one", "several")
H_NOT_TOLD, H_ONE_LIST, H_NOBODY, H_ONE, H_SEVERAL = range(5)


class Households:
    """Who stands with whom in the lists of households."""

    def __init__(self, register: Register) -> None:
        self._r = register
        first = np.arange(register.people, dtype=np.int32)
        home = register.household[: register.people]
        told = first[home != NOTHING]
        # Everyone by household and given name, so that somebody of a name is found in a household at once.
        keys = self._key(home[told], told)
        order = np.argsort(keys, kind="stable")
        self._keys, self._members = keys[order], told[order]
        homes = home[self._members]
        self._begins = np.searchsorted(homes, np.arange(int(home.max(initial=0)) + 2))

    def _key(self, home: Ints, rows: Ints) -> Ints:
        return home.astype(np.int64) << 32 | self._r.sounds.soft[self._r.given[rows]]

    def levels(self, a: Ints, b: Ints) -> tuple[Levels, Ints]:
        """The level of each pair, and how many of the others stand beside both."""
        r = self._r
        home_a, home_b = r.household[a], r.household[b]
        level = np.zeros(len(a), np.uint8)
        shared = np.zeros(len(a), np.int32)
        level[(home_a == home_b) & (home_a != NOTHING)] = H_ONE_LIST
        at = np.flatnonzero((home_a != home_b) & (self._others(home_a) > 0) & (self._others(home_b) > 0))
        shared[at] = np.minimum(self._shared(a[at], b[at]), self._shared(b[at], a[at]))
        level[at] = np.minimum(H_NOBODY + shared[at], H_SEVERAL)
        return level, shared

    def of_two_generations(self, a: Ints, b: Ints) -> Bools:
        """Whether the relations to the heads of their households put the two into different generations."""
        return self._r.generation[a] + self._r.generation[b] == OLDER + YOUNGER

    def _others(self, home: Ints) -> Ints:
        """How many stand in each household beside the one who is compared; 0 without a household."""
        return np.where(home == NOTHING, 0, self._begins[home + 1] - self._begins[home] - 1)

    def _shared(self, a: Ints, b: Ints) -> Ints:
        """How many others of a's household have someone of their name, sex and age in b's, b left out."""
        r = self._r
        home = r.household[a]
        sizes = self._begins[home + 1] - self._begins[home]
        pair = np.repeat(np.arange(len(a), dtype=np.int32), sizes)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(self._begins[home], sizes)
        member = self._members[place]
        use = (r.owner[a[pair]] != member) & (r.given[member] != NOTHING)
        pair, member = pair[use], member[use]
        wanted = self._key(r.household[b[pair]], member)
        met = np.zeros(len(pair), bool)
        at = np.searchsorted(self._keys, wanted)
        asked = np.arange(len(pair))
        while len(asked):  # a household may hold several of one name, and one of them is whom we compare
            bears = self._bears(at, wanted[asked])
            at, asked = at[bears], asked[bears]
            other = self._members[at]
            met[asked] |= (r.owner[b[pair[asked]]] != other) & self._may_be_one(member[asked], other)
            still = ~met[asked]
            at, asked = at[still] + 1, asked[still]
        return np.bincount(pair[met], minlength=len(a)).astype(np.int32)

    def _bears(self, at: Ints, wanted: Ints) -> Bools:
        """Whether at these places of the keys stand the wanted ones."""
        return (at < len(self._keys)) & (self._keys[np.minimum(at, len(self._keys) - 1)] == wanted)

    def _may_be_one(self, a: Ints, b: Ints) -> Bools:
        r = self._r
        gap = np.maximum(r.earliest[b] - r.latest[a], r.earliest[a] - r.latest[b])
        unknown = (r.birth[a] == NO_BIRTH) | (r.birth[b] == NO_BIRTH)
        return (r.sex[a] + r.sex[b] != WOMAN + MAN) & (unknown | (gap <= NEAR_YEARS * DAYS))
