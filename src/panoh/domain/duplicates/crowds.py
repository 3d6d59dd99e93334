"""Crowds: thousands of ids as numbers. As sets of texts they would take longer than the search that found them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from panoh.domain.duplicates.arrays import Ints

ID_LETTERS = 32  # of every row's id, see base/ids.py
_MIXED = np.uint64(0x9E3779B97F4A7C15)
_MARKS = 16
_REST = np.uint64(64 - _MARKS)
NOBODY: Ints = np.zeros(0, np.uint64)


class Crowds:
    """Makes crowds of ids, and leads from their numbers back to the ids."""

    def __init__(self) -> None:
        self._ids: list[Ints] = []
        self._numbers: list[Ints] = []

    def of(self, ids: bytes) -> Ints:
        """The crowd of ids that stand in one text, one behind the other; nobody stands in it twice."""
        rows = np.frombuffer(ids, f"S{ID_LETTERS}")
        halves = np.frombuffer(ids, np.uint64).reshape(-1, ID_LETTERS // 8)
        numbers = halves[:, 2] * _MIXED ^ halves[:, 3]  # the random half of an id: no two people have one number
        self._ids.append(rows)
        self._numbers.append(numbers)
        return numbers

    def ids(self, numbers: Ints) -> list[str]:
        """The ids of these numbers, in their order."""
        marked = np.zeros(1 << _MARKS, bool)  # most of the thousands are passed over at a glance
        marked[numbers >> _REST] = True
        found: dict[int, bytes] = {}
        for known, ids in zip(self._numbers, self._ids, strict=True):
            at = np.flatnonzero(marked[known >> _REST])
            found.update(zip(known[at].tolist(), ids[at].tolist(), strict=True))
        return [found[number].decode("ascii") for number in numbers.tolist()]


def union(crowds: Sequence[Ints]) -> Ints:
    """Whoever is in any of these crowds."""
    return _each_once(_sorted(crowds))


def both(one: Ints, other: Ints) -> Ints:
    """Whoever is in both crowds."""
    return in_two([one, other]) if len(one) and len(other) else NOBODY


def in_two(crowds: Sequence[Ints]) -> Ints:
    """Whoever is in two of these crowds."""
    return _again(_sorted(crowds))


def any_and_two(crowds: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Whoever is in any of these crowds, and whoever is in two; of one crowd alone, everyone is both."""
    everyone = _sorted(crowds)
    return _each_once(everyone), everyone if len(crowds) == 1 else _again(everyone)


def first_of(crowds: Iterable[Ints], most: int) -> Ints:
    """The first of these crowds and of those behind it, each person once, at most so many; the rest is not asked for."""
    taken, left = NOBODY, most
    for crowd in crowds:
        some = crowd[: left + len(taken)]
        new = some[~np.isin(some, taken)][:left]
        taken, left = np.concatenate([taken, new]), left - len(new)
        if not left:
            break
    return taken


def _sorted(crowds: Sequence[Ints]) -> Ints:
    everyone = np.concatenate([NOBODY, *crowds])
    everyone.sort()
    return everyone


def _each_once(everyone: Ints) -> Ints:
    return everyone[np.append(True, everyone[1:] != everyone[:-1])[: len(everyone)]]


def _again(everyone: Ints) -> Ints:
    return _each_once(everyone[1:][everyone[1:] == everyone[:-1]])
