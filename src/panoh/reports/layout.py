"""Putting things on a page: what a block is, blocks in a group, and the flow of rows over further pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from panoh.reports.pen import HEIGHT, MM, WIDTH, Pen
from panoh.reports.text import Text

LEFT, RIGHT, TOP, BOTTOM = 20 * MM, WIDTH - 15 * MM, 9 * MM, HEIGHT - 12 * MM
FULL = RIGHT - LEFT
DECISION_HEIGHT = 44.5 * MM
SIDE, CONTENT = 25 * MM, FULL - 25 * MM  # side-head and the column beside it


class Block(Protocol):
    """Anything that knows its height and draws itself below a point."""

    @property
    def height(self) -> float:
        """In points."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw with the upper left corner at (x, top)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across; blocks are parted by rules, never boxed."""

    weight: float = 0.6
    width: float = FULL
    height: float = 0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the line at `top`."""
        pen.line(x, top, x + self.width, top, self.weight)


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawn sign: `shape(pen, x, top, size)`."""

    shape: Callable[[Pen, float, float, float], None]
    size: float

    @property
    def height(self) -> float:
        """As high as it is wide."""
        return self.size

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the sign."""
        self.shape(pen, x, top, self.size)


@dataclass(frozen=True, slots=True)
class Bar:
    """White words on a black bar."""

    words: Text
    height: float

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the bar, a little longer than its words."""
        pen.box(x, top, self.words.width + 8, self.height)
        replace(self.words, white=True).draw(pen, x + 4, top + (self.height - self.words.height) / 2)


class Group:
    """Blocks at fixed places, measured and drawn as one."""

    def __init__(self) -> None:
        self.height = 0.0
        self._placed: list[tuple[float, float, Block]] = []

    def put(self, x: float, top: float, block: Block) -> float:
        """Place a block; returns where the next one below it may begin."""
        self._placed.append((x, top, block))
        self.height = max(self.height, top + block.height)
        return top + block.height

    def pad(self, space: float) -> Group:
        """Leave this much room below, and return the group."""
        self.height += space
        return self

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw every block at its place."""
        for dx, dy, block in self._placed:
            block.draw(pen, x + dx, top + dy)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, each at its x, with a thin rule below when `ruled`."""

    cells: tuple[tuple[float, Block], ...]
    ruled: bool = True
    padding: float = 1.9

    @property
    def height(self) -> float:
        """Of the highest cell, with the padding above and below."""
        return max((block.height for _, block in self.cells), default=0) + 2 * self.padding

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the cells, and the rule below them."""
        for dx, block in self.cells:
            block.draw(pen, x + dx, top + self.padding)
        if self.ruled:
            pen.line(x, top + self.height, x + FULL, top + self.height, 0.4)

    def split(self, room: float) -> tuple[Row, Row]:
        """The lines that fit into this height, and the rest of every cell."""
        room -= 2 * self.padding
        above: list[tuple[float, Block]] = []
        below: list[tuple[float, Block]] = []
        for x, block in self.cells:
            if isinstance(block, Text) and block.height > room:
                first, rest = block.split(room)
                above.append((x, first))
                below.append((x, rest))
            else:
                above.append((x, block))
        return Row(tuple(above), False, self.padding), Row(tuple(below), self.ruled, self.padding)


KEPT = 200.0  # points of a first row that stay with the head of their table


class Flow:
    """Blocks one below the other, over as many pages as they need."""

    def __init__(self, top: float, bottom: float = BOTTOM) -> None:
        self.pages: list[list[tuple[float, Block]]] = [[]]
        self._first, self._bottom, self._y = top, bottom, top

    def room(self) -> float:
        """What is left of this page."""
        return self._bottom - self._y

    def space(self, points: float) -> None:
        """Leave room, unless the page begins here."""
        if self.pages[-1]:
            self._y += points

    def put(self, block: Block, keep: float = 0) -> None:
        """Place a block; on a new page when it, and `keep` points after it, do not fit on this one."""
        if block.height + keep > self.room() and self.pages[-1]:
            self._turn()
        self.pages[-1].append((self._y, block))
        self._y += block.height

    def rows(self, head: Row | None, rows: Sequence[Row]) -> None:
        """A table: its head again on every page, and a row that is higher than a page cut between its lines."""
        if head:
            self.put(head, keep=min(rows[0].height, KEPT) if rows else 0)
        for row in rows:
            while row.height > self.room():
                if row.height <= self._bottom - self._first - 40 or self.room() < 60:
                    self._turn()
                    if head:
                        self.put(head)
                    continue
                first, row = row.split(self.room())  # noqa: PLW2901
                self.put(first)
            self.put(row)

    def _turn(self) -> None:
        self.pages.append([])
        self._y = self._first
