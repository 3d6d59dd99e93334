"""The one place that asks what time it is; tests put a clock of their own here."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime


class Clock:
    """The computer's clock, in UTC."""

    def now(self) -> datetime:
        """This moment, aware, in UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    def today(self) -> date:
        """The local calendar day."""
        return self.now().astimezone().date()

    def ticks(self) -> tuple[float, float]:
        """Seconds by the wall's clock and by one that nobody sets: they drift apart when the computer sleeps."""
        return time.time(), time.monotonic()


class FixedClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment at which it stands."""
        return self.at
