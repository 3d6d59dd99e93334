"""Clocks of rules: how long after the vault first held a fact the first action is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

SPAN, SAME_DAY, NEXT_CONTACT = "span", "same day", "next contact"
BEFORE_DEPARTURE, BY_LEVEL = "before departure", "by level"
_FARTHEST = date(2900, 1, 1)  # some systems cannot turn later days into moments; nothing here looks so far ahead

_HOURS_OR_DAYS = re.compile(r"([1-9][0-9]{0,3}) (h|d)")
_DEPARTURE = re.compile(r"before departure at most ([1-9][0-9]{0,3}) h")


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with its words in the rule file; `span` is its length, or the longest it may be."""

    text: str
    kind: str
    span: timedelta = timedelta(0)


def parse_clock(text: str) -> Clock:
    """Read 'now', '4 h', '7 d', 'same day', 'next contact', 'before departure at most 24 h' or 'by level'.

    Raises ValueError for anything else.
    """
    if text == "now":
        return Clock(text, SPAN)
    if text in (SAME_DAY, NEXT_CONTACT, BY_LEVEL):
        return Clock(text, text)
    if found := _HOURS_OR_DAYS.fullmatch(text):
        count = int(found[1])
        return Clock(text, SPAN, timedelta(hours=count) if found[2] == "h" else timedelta(days=count))
    if found := _DEPARTURE.fullmatch(text):
        return Clock(text, BEFORE_DEPARTURE, timedelta(hours=int(found[1])))
    raise ValueError(f"no clock: {text}")


def due_at(clock: Clock, since: datetime, departure: date | None = None) -> datetime | None:
    """When the first action is due, for a fact held since then; None when it waits for the next contact.

    A departure that has begun makes it due at once.
    """
    if clock.kind == NEXT_CONTACT:
        return None
    if clock.kind == SAME_DAY:
        end = start_of(local_day(since) + timedelta(days=1))
        return since if end is None else end - timedelta(minutes=1)
    due = since + clock.span
    if clock.kind == BEFORE_DEPARTURE and departure is not None:
        leaves = since if departure <= local_day(since) else start_of(departure)
        return due if leaves is None else max(since, min(due, leaves))
    return due


def local_day(at: datetime) -> date:
    """The calendar day of a moment, where this computer is."""
    return at.astimezone().date()


@lru_cache(maxsize=4096)
def start_of(day: date) -> datetime | None:
    """The first moment of a day to come, where this computer is, in UTC; None for days beyond any use."""
    return datetime.combine(day, time.min).astimezone(UTC) if day < _FARTHEST else None
