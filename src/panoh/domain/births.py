"""How two birth dates relate: the same, a day and month swapped, a little off, years apart.

Ages are guesses. A told age may be wrong by one year in a small child and by five in an older adult, so two
ages contradict each other only beyond that. The first of January and the first of July stand in many records
for "some day of that year": they count as the year alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panoh.domain.date_spans import years_between
from panoh.domain.dates import AGE, DAY, RANGE, PartialDate

EQUAL, SAME_SPAN, SWAPPED, SLIGHT, APART, CONTRADICTION, NOT_KNOWN = (
    "equal",
    "same_span",
    "swapped",
    "slight",
    "apart",
    "contradiction",
    "",
)
CONTRADICTING = 10  # years between two dates; two told ages may lie twice their usual error further apart
_SLIP_DAYS = frozenset({1, 2, 10, 20, 30, 31, 365, 366})  # one digit or one column mistyped
_FILLERS = frozenset({(1, 1), (7, 1)})  # (month, day)
# Up to which age a told age is wrong by how many years.
_TOLERANCE = ((5, 1), (15, 2), (30, 3), (50, 4))
MOST_TOLERANCE = 5


@dataclass(frozen=True, slots=True)
class BirthRelation:
    """How two births relate; `years` lie between the nearest days they may be, beyond nothing that they share."""

    kind: str
    years: float = 0.0
    tolerance: int = 0  # years by which a told age may be wrong; 0 for two dates
    width: float = 0.0  # years that the vaguer of the two spans


def tolerance(age: int) -> int:
    """By how many years an age that was told or guessed may be wrong."""
    return next((years for below, years in _TOLERANCE if age < below), MOST_TOLERANCE)


def compare(a: PartialDate, b: PartialDate) -> BirthRelation:
    """How two birth dates relate; the order of the two does not matter."""
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return BirthRelation(NOT_KNOWN)
    if a.precision == DAY == b.precision and not (_filler(a.earliest) or _filler(b.earliest)):
        return _two_days(a.earliest, b.earliest)
    first, second = _span(a, a.earliest, a.latest), _span(b, b.earliest, b.latest)
    gap = max(0, (second[0] - first[1]).days, (first[0] - second[1]).days) / 365.25
    width = max((first[1] - first[0]).days, (second[1] - second[0]).days) / 365.25
    allowed = max(_allowed(a), _allowed(b))
    if gap == 0:
        kind = SAME_SPAN
    elif gap <= max(1, allowed):
        kind = SLIGHT
    elif gap > CONTRADICTING + 2 * allowed:
        kind = CONTRADICTION
    else:
        kind = APART
    return BirthRelation(kind, gap, allowed, width)


def _two_days(a: date, b: date) -> BirthRelation:
    days = abs((a - b).days)
    years = days / 365.25
    if not days:
        return BirthRelation(EQUAL)
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return BirthRelation(SWAPPED, years)
    if days in _SLIP_DAYS or ((a.month, a.day) == (b.month, b.day) and abs(a.year - b.year) in (1, 10)):
        return BirthRelation(SLIGHT, years)
    return BirthRelation(CONTRADICTION if years > CONTRADICTING else APART, years)


def _filler(day: date) -> bool:
    return (day.month, day.day) in _FILLERS


def _span(birth: PartialDate, first: date, last: date) -> tuple[date, date]:
    """The days of birth, with a filler day widened to its year."""
    if birth.precision == DAY and _filler(first):
        return date(first.year, 1, 1), date(first.year, 12, 31)
    return first, last


def _allowed(birth: PartialDate) -> int:
    if birth.precision in (AGE, RANGE) and birth.latest is not None and birth.as_of is not None:
        return tolerance(years_between(birth.latest, birth.as_of))
    return 0
