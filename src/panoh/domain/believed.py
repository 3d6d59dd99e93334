"""Which moment triage believes in, when the clock of a laptop jumps (see also domain/retention.py).

A battery that was empty throws a clock back or ahead by years. Were that believed, everyone would be overdue, children
would have grown up, and levels set by hand would have lapsed. So each look at the clock is held beside the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from panoh.domain.retention import LONGEST_PAUSE

PUT_BACK = timedelta(hours=1)  # by so much a clock is put right without a word


@dataclass(frozen=True, slots=True)
class Look:
    """What the clock showed, and the moment that was believed then."""

    shown: datetime
    believed: datetime

    @property
    def odd(self) -> bool:
        """Whether the clock was not believed."""
        return self.shown != self.believed


def next_look(now: datetime, before: Look | None) -> Look:
    """The look at a clock that shows `now`, after the one before.

    What lies less than a year after the moment believed before, or less than an hour before it, is believed as it is: so
    a clock that was put right is right at once. Else the clock jumped: time goes on from the moment believed before, by
    what the same clock says has passed since, and a jump itself counts as no time.
    """
    if before is None or before.believed - PUT_BACK <= now <= before.believed + LONGEST_PAUSE:
        return Look(now, now)
    passed = now - before.shown
    goes_on = before.shown <= now and passed <= LONGEST_PAUSE
    return Look(now, before.believed + passed if goes_on else before.believed)
