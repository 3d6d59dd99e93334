"""How far names of a register are apart: each pair of sounds once, with what is known about names."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from panoh.domain.duplicates.arrays import Bools, Ints, Levels
from panoh.domain.duplicates.sounds import FAR, distances
from panoh.domain.duplicates.spellings import NOTHING, PLAIN, Sounds
from panoh.domain.name_letters import fold
from panoh.domain.name_parts import known_names
from panoh.domain.name_sounds import sound

ONE_NAME, SHORT_FORM = 3, 8  # hundredths: two forms of one known name, a short form and the full one
TWO_NAMES = 22  # the least for two words that are known as two names, and are hardly a letter apart
A_LETTER = 18  # two known names farther apart than this are never one name mistyped: Нодир and Носир
TWINS = ("Ҳасан", "Ҳусан")  # names of twins, who share all else: never one name mistyped
OTHER_ENDING = 8  # Каримов and Каримзода, Каримов and Карим
CROSSED_ENDING = 25  # Карим, a given name, and Каримов, a family name: two names that stand where they belong
INITIAL = 18  # an initial beside a name that begins so
_KNOWN, _SHORT = 3, 4  # known names, and names it is short for, that are looked at for each sound


class Nearness:
    """Distances of the sounds of one register."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._known = _table([each.known for each in sounds.sounds], _KNOWN)
        self._short = _table([each.short_for for each in sounds.sounds], _SHORT)
        self._twin = np.array([_twin(each.known) for each in sounds.sounds], np.int8)
        self.known = (self._known[:, 0] >= 0) | (self._short[:, 0] >= 0)  # what stands in the tables of names
        self._letters = np.concatenate([sounds.roots, sounds.others, sounds.wholes])

    def of_one_name(self, sound: int) -> Bools:
        """Which sounds are forms, or short forms, of a name that this one is or is short for."""
        mine = np.unique(np.concatenate([self._known[sound], self._short[sound]]))
        mine = mine[mine >= 0]
        return np.asarray(np.isin(self._known, mine).any(1) | np.isin(self._short, mine).any(1))

    def apart(self, *lists: tuple[Ints, Ints, int]) -> list[Levels]:
        """For each list how far each a is from each b, in hundredths. Where one is no sound at all: FAR.

        The third of a list is added where two names have endings of two kinds, or one of them has none; 0 for
        fathers' names. All lists are worked out at once, since a few hundred pairs cost little more than one.
        """
        a, b = (np.concatenate([each[side] for each in lists]).astype(np.int64) for side in (0, 1))
        added = np.concatenate([np.full(len(each[0]), each[2]) for each in lists])
        count, most = len(self._sounds), FAR + 1
        codes, back = np.unique((np.minimum(a, b) * count + np.maximum(a, b)) * most + added, return_inverse=True)
        pairs, ending = codes // most, codes % most
        found = self._distinct((pairs // count).astype(np.int32), (pairs % count).astype(np.int32), ending)
        return np.split(found[back], np.cumsum([len(each[0]) for each in lists])[:-1])

    def _distinct(self, x: Ints, y: Ints, ending: Ints) -> Levels:
        """Of each pair once: by root, by second readings, and by whole words where an ending may be broken."""
        sounds, kinds, count = self._sounds, self._sounds.endings, len(self._sounds)
        twice = np.flatnonzero(sounds.has_other[x] | sounds.has_other[y])
        p, q = x[twice], y[twice]
        ended = np.flatnonzero((kinds[x] != kinds[y]) & (ending > 0))
        u, v = x[ended], y[ended]
        firsts = np.concatenate([x, p + count, p, p + count, u + 2 * count])
        seconds = np.concatenate([y, q, q + count, q + count, v + 2 * count])
        sizes = np.cumsum([len(x), *[len(twice)] * 3])
        found, *readings, by_whole = np.split(distances(self._letters, firsts, seconds), sizes)
        for reading in readings:
            found[twice] = np.minimum(found[twice], reading)
        by_root = np.minimum(found[ended] + ending[ended], FAR).astype(np.uint8)
        broken = (kinds[u] == PLAIN) | (kinds[v] == PLAIN)  # a typing error may have broken an ending
        found[ended] = np.where(broken, np.minimum(by_root, by_whole), by_root)
        self._known_names(found, x, y)
        initials = (sounds.initial[x] | sounds.initial[y]) & (x != y)
        found[initials] = np.where(sounds.roots[x, 0] == sounds.roots[y, 0], INITIAL, FAR)[initials]
        found[(x == NOTHING) | (y == NOTHING)] = FAR
        return found

    def _known_names(self, found: Levels, x: Ints, y: Ints) -> None:
        at = np.flatnonzero(found > 0)
        p, q = x[at], y[at]
        one = _meet(self._known[p], self._known[q])
        short = _meet(self._known[p], self._short[q]) | _meet(self._short[p], self._known[q])
        short |= _meet(self._short[p], self._short[q])
        two = (self._known[p, 0] >= 0) & (self._known[q, 0] >= 0) & ~one & ~short
        distance = found[at]
        distance = np.where(two, np.where(distance < A_LETTER, np.maximum(distance, TWO_NAMES), FAR), distance)
        distance = np.where(short, np.minimum(distance, SHORT_FORM), distance)
        distance = np.where(one, np.minimum(distance, ONE_NAME), distance)
        found[at] = np.where((self._twin[p] + self._twin[q] == 3) & ~one, FAR, distance)


@lru_cache(maxsize=1)
def _twins() -> tuple[frozenset[int], frozenset[int]]:
    first, second = (known_names(sound(fold(name)))[0] for name in TWINS)
    return first, second


def _twin(known: frozenset[int]) -> int:
    """1 for the first of the two names of twins, 2 for the second, 0 for any other."""
    first, second = _twins()
    return 1 if known & first else 2 if known & second else 0


def _table(sets: list[frozenset[int]], width: int) -> Ints:
    """Sets of numbers as rows, filled up with -1."""
    table = np.full((len(sets), width), -1, np.int32)
    for row, numbers in enumerate(sets):
        if numbers:
            some = sorted(numbers)[:width]
            table[row, : len(some)] = some
    return table


def _meet(a: Ints, b: Ints) -> Bools:
    """Whether two rows of numbers have one in common."""
    found = np.zeros(len(a), bool)
    for i in range(a.shape[1]):
        told = a[:, i] >= 0
        for j in range(b.shape[1]):
            found |= told & (a[:, i] == b[:, j])
    return found
