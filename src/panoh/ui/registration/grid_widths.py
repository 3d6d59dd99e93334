"""How wide the columns of the grid are."""

from __future__ import annotations

from panoh.ui.registration.cells import Column
from panoh.ui.theme import look

_WIDTHS = {  # at 100 % text
    Column.NAME: 192,  # a name that is cut is worse than a cut 'Stopped at the border', which the lines below repeat
    Column.SEX: 40,
    Column.BIRTH: 118,
    Column.RELATION: 86,
    Column.NEEDS: 112,
    Column.PRESENCE: 130,
    Column.ALONE: 80,
    Column.MARKS: 44,
}
_LARGE_WIDTHS = _WIDTHS | {Column.BIRTH: 104, Column.ALONE: 56}  # under short headings
_SHARES = {Column.NAME: 1, Column.NEEDS: 1}


def least_width() -> int:
    """The width of all columns together below which they scroll."""
    return sum(_least().values())


def widths(room: int) -> dict[Column, int]:
    """The width of each column in this much room: what is left over goes to the longest words."""
    left = max(0, room - least_width())
    return {
        column: width + left * _SHARES.get(column, 0) // sum(_SHARES.values()) for column, width in _least().items()
    }


def _least() -> dict[Column, int]:
    return {column: look().grown(width) for column, width in (_LARGE_WIDTHS if look().large else _WIDTHS).items()}
