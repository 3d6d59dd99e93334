"""Dates as people know them: an exact day, a month, a year, an age on a day, a range of ages, or unknown.

A date that is not exact is kept as the span of days it may be, beside the precision and the words in
which it was said. Nothing invented is ever stored: a year is never turned into the first of January.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DAY, MONTH, YEAR, AGE, RANGE, UNKNOWN = "day", "month", "year", "age", "range", ""
PRECISIONS = (DAY, MONTH, YEAR, AGE, RANGE, UNKNOWN)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A birth date (or another day) known only as well as it was told.

    `earliest` and `latest` bound the days it may be, both inclusive; both are None when unknown.
    `said` is the text as it was said; `as_of` the day on which an age was told.
    """

    precision: str = UNKNOWN
    earliest: date | None = None
    latest: date | None = None
    said: str = ""
    as_of: date | None = None
