"""Numbers as they are told to somebody who may not count a few: what is under five, and what would give it away, is left out.

A cell under five is told as "fewer than five", nought as well, so that an empty one is no hint either. Where the reader
knows how many there are in all, one cell alone could be worked out from the others; so cells of five and more are left
out beside it, as "five or more", in an order that does not depend on any number. When to stop depends only on what the reader
can work out anyway (the total less what is told), so that knowing this rule tells nothing more. Of too few people for
that nothing is told at all. `tests/domain/test_few.py` goes through every small table and holds that each cell that is
left out could be at least two numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEW = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A number as it is told: exactly (`least` is `most`), fewer than five, five or more, or not at all."""

    least: int
    most: int | None

    @property
    def exact(self) -> bool:
        """Whether the number itself is told."""
        return self.least == self.most


FEWER, MORE, NOTHING = Told(0, FEW - 1), Told(FEW, None), Told(0, None)


def exactly(count: int) -> Told:
    """The number itself."""
    return Told(count, count)


def told(counts: Sequence[int], whole: int | None = None, *, covers: bool = False) -> list[Told]:
    """The numbers of one chart for somebody who may not count a few.

    `whole` is how many there are in all where the reader knows it, at least the sum; with `covers` they also know that
    the chart leaves nobody out, so that the sum is the whole. Large cells are left out from the last one on.
    """
    hidden = [count < FEW for count in counts]
    if whole == 0 or not any(hidden):
        return [exactly(count) for count in counts]
    left_out = hidden if whole is None else _left_out(counts, whole, hidden, covers=covers)
    if left_out is None:
        return [NOTHING for _count in counts]
    return [_told(count, out) for count, out in zip(counts, left_out, strict=True)]


def told_table(rows: Sequence[Sequence[int]], wholes: Sequence[int | None], sums: Sequence[int]) -> list[list[Told]]:
    """The same chart of several sites, a row each, for somebody who sees the one of everyone as well: `sums`.

    What a row leaves out must not be worked out from its column either, nor the other way round; so rows and columns
    are gone through until nothing more has to be left out. That ends, since nothing is ever told again.
    """
    cells = [(row, column) for row in range(len(rows)) for column in range(len(sums))]
    lines = [([(row, column) for column in range(len(sums))], whole) for row, whole in enumerate(wholes)]
    lines += [([(row, column) for row in range(len(rows))], whole) for column, whole in enumerate(sums)]
    hidden = {at: rows[at[0]][at[1]] < FEW and wholes[at[0]] != 0 for at in cells}
    nothing: set[tuple[int, int]] = set()
    before = -1
    while before != (before := sum(hidden.values()) + len(nothing)):
        for line, whole in lines:
            now = [hidden[at] for at in line]
            if whole is None or not any(now):
                continue
            more = _left_out([rows[row][column] for row, column in line], whole, now)
            if more is None:
                nothing.update(line)
            hidden.update(zip(line, more or [True] * len(line), strict=True))
    shown = {at: NOTHING if at in nothing else _told(rows[at[0]][at[1]], hidden[at]) for at in cells}
    return [[shown[row, column] for column in range(len(sums))] for row in range(len(rows))]


def _left_out(counts: Sequence[int], whole: int, hidden: Sequence[bool], *, covers: bool = False) -> list[bool] | None:
    """Which cells are left out when these are; None where too few people are left for any to be told."""
    out = list(hidden)
    alone = covers or sum(out) == 1  # then the whole less the others is the very number
    left = whole - sum(count for count, gone in zip(counts, out, strict=True) if not gone)
    large = sum(gone and count >= FEW for count, gone in zip(counts, out, strict=True))
    added = 0
    for at in reversed(range(len(counts))):
        if (added or not alone) and left >= _enough(large):
            break
        if not out[at]:
            out[at], left, large, added = True, left + counts[at], large + 1, added + 1
    too_few = covers and whole < _enough(len(counts) - 1)  # of this many it is never enough, whatever they are
    return None if too_few or left < _enough(large) or (alone and not added) else out


def total(parts: Iterable[Told]) -> int | None:
    """Their sum; None where one of them is not told."""
    every = list(parts)
    return sum(part.least for part in every) if all(part.exact for part in every) else None


def _enough(beside: int) -> int:
    """How many people, beside `beside` cells of five or more, let every cell under five be anything from nought to four."""
    return FEW * beside + FEW - 1


def _told(count: int, out: bool) -> Told:
    return exactly(count) if not out else FEWER if count < FEW else MORE
