"""How far names of a register are apart: each pair of sounds once, with what is known about names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from panoh.domain.duplicates.sounds import FAR, distances
from panoh.domain.duplicates.spellings import NOTHING, PLAIN, Ints, Sounds

Distances = NDArray[np.uint8]
ONE_NAME, SHORT_FORM = 3, 8  # hundredths: two forms of one known name, a short form and the full one
TWO_NAMES = 22  # the least for two words that are known as two names, however near they sound: Ҳасан and Ҳусан
OTHER_ENDING = 8  # Каримов and Каримзода, Каримов and Карим
CROSSED_ENDING = 25  # Карим, a given name, and Каримов, a family name: two names that stand where they belong
INITIAL = 18  # an initial beside a name that begins so
_KNOWN, _SHORT = 3, 4  # known names, and names it is short for, that are looked at for each sound
_ALREADY_APART = 60


class Nearness:
    """Distances of the sounds of one register."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._known = _table([each.known for each in sounds.sounds], _KNOWN)
        self._short = _table([each.short_for for each in sounds.sounds], _SHORT)
        self._readings = np.concatenate([sounds.roots, sounds.others])

    def apart(self, *lists: tuple[Ints, Ints, int]) -> list[Distances]:
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

    def _distinct(self, x: Ints, y: Ints, ending: NDArray[np.int64]) -> Distances:
        found = distances(self._sounds.roots, x, y)
        self._second_readings(found, x, y)
        self._other_endings(found, x, y, ending)
        self._known_names(found, x, y)
        initials = (self._sounds.initial[x] | self._sounds.initial[y]) & (x != y)
        fits = self._sounds.roots[x, 0] == self._sounds.roots[y, 0]
        found[initials] = np.where(fits, INITIAL, FAR)[initials]
        found[(x == NOTHING) | (y == NOTHING)] = FAR
        return found

    def _second_readings(self, found: Distances, x: Ints, y: Ints) -> None:
        at = np.flatnonzero((self._sounds.has_other[x] | self._sounds.has_other[y]) & (found > 0))
        p, q, shift = x[at], y[at], len(self._sounds)
        firsts, seconds = np.concatenate([p + shift, p, p + shift]), np.concatenate([q, q + shift, q + shift])
        for other in np.split(distances(self._readings, firsts, seconds), 3):
            found[at] = np.minimum(found[at], other)

    def _other_endings(self, found: Distances, x: Ints, y: Ints, ending: NDArray[np.int64]) -> None:
        """A typing error may have broken an ending: then the whole words are near, and the roots are not."""
        kinds = self._sounds.endings
        at = np.flatnonzero((kinds[x] != kinds[y]) & (found < FAR) & (ending > 0))
        by_root = np.minimum(found[at] + ending[at], FAR).astype(np.uint8)
        broken = (kinds[x[at]] == PLAIN) | (kinds[y[at]] == PLAIN)
        by_whole = distances(self._sounds.wholes, x[at], y[at])
        found[at] = np.where(broken, np.minimum(by_root, by_whole), by_root)

    def _known_names(self, found: Distances, x: Ints, y: Ints) -> None:
        at = np.flatnonzero((found > 0) & (found < _ALREADY_APART))
        p, q = x[at], y[at]
        one = _meet(self._known[p], self._known[q])
        short = _meet(self._known[p], self._short[q]) | _meet(self._short[p], self._known[q])
        short |= _meet(self._short[p], self._short[q])
        two = (self._known[p, 0] >= 0) & (self._known[q, 0] >= 0) & ~one & ~short
        distance = found[at]
        distance = np.where(two, np.maximum(distance, TWO_NAMES), distance)
        distance = np.where(short, np.minimum(distance, SHORT_FORM), distance)
        found[at] = np.where(one, np.minimum(distance, ONE_NAME), distance)


def _table(sets: list[frozenset[int]], width: int) -> Ints:
    """Sets of numbers as rows, filled up with -1."""
    table = np.full((len(sets), width), -1, np.int32)
    for row, numbers in enumerate(sets):
        if numbers:
            some = sorted(numbers)[:width]
            table[row, : len(some)] = some
    return table


def _meet(a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Whether two rows of numbers have one in common."""
    found = np.zeros(len(a), bool)
    for i in range(a.shape[1]):
        told = a[:, i] >= 0
        for j in range(b.shape[1]):
            found |= told & (a[:, i] == b[:, j])
    return found
