"""How long a closed case is kept, and when a clock may be believed.

A laptop's clock may jump by years when its battery is empty. So nothing is due by one look at it: the day must have
been seen to be past twice, a day or more apart, by a clock that went neither back nor ahead by more than a year.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MONTHS = 24  # where the head of office says nothing else
LEAST_MONTHS, MOST_MONTHS = 1, 240
APART = timedelta(hours=24)
LONGEST_PAUSE = timedelta(days=365)


def due_on(closed_on: date, months: int) -> date:
    """The day on which a case that was closed on this day has been kept long enough."""
    year, month = divmod(closed_on.year * 12 + closed_on.month - 1 + months, 12)
    return date(year, month + 1, min(closed_on.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Sightings:
    """Two looks at the clock, the earlier at least a day before the later; None before there were two."""

    earlier: datetime | None = None
    later: datetime | None = None

    def with_one(self, now: datetime) -> Sightings:
        """These with another look."""
        if self.later is None:
            return Sightings(None, now)
        return Sightings(self.later, now) if now - self.later >= APART else self

    def past(self, day: date, now: datetime) -> bool:
        """Whether this day was past at both looks, of which the second may be now."""
        seen = self.with_one(now)
        return seen.earlier is not None and seen.earlier.date() > day and now.date() > day


BACK, AHEAD = "back", "ahead"


def odd(now: datetime, newest_entry: datetime | None, last_used: datetime | None) -> str:
    """What is odd about the clock: BACK when it is before the journal's newest entry, AHEAD after a long leap, or ''."""
    if newest_entry is not None and now < newest_entry:
        return BACK
    if last_used is not None and now - last_used > LONGEST_PAUSE:
        return AHEAD
    return ""
