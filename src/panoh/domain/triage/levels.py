"""The five risk levels, their order in the queue and the clock that each has when no rule sets one."""

from __future__ import annotations

from datetime import timedelta

CRITICAL, HIGH, MEDIUM, UNKNOWN, LOW = "critical", "high", "medium", "unknown", "low"
LEVELS = (CRITICAL, HIGH, MEDIUM, UNKNOWN, LOW)  # in the order of the queue: what is unknown comes before what is low
RANK: dict[str, int] = {level: rank for rank, level in enumerate(LEVELS)}

# Default clocks: 24 h, 72 h and 7 days are the times most used between agencies; critical takes the shortest rule.
DEFAULT_CLOCK: dict[str, timedelta] = {
    CRITICAL: timedelta(hours=4),
    HIGH: timedelta(hours=24),
    MEDIUM: timedelta(hours=72),
    LOW: timedelta(days=7),
}

_ONE_UP = {LOW: MEDIUM, UNKNOWN: MEDIUM, MEDIUM: HIGH, HIGH: CRITICAL, CRITICAL: CRITICAL}


def one_up(level: str) -> str:
    """The next level up; what is unknown rises to medium, as if it were low."""
    return _ONE_UP[level]


def highest(levels: list[str]) -> str:
    """The level that comes first in the queue; low when there is none."""
    return min(levels, key=RANK.__getitem__, default=LOW)
