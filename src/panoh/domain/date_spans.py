"""Ages as spans of days: between which two days someone was born who is six years, or three weeks, old today."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

YEARS, MONTHS, WEEKS, DAYS = "years", "months", "weeks", "days"
OLDEST = 120  # years; an age above is a typing error
_MOST = {YEARS: OLDEST, MONTHS: OLDEST * 12, WEEKS: OLDEST * 52, DAYS: OLDEST * 365}


def years_between(born: date, on: date) -> int:
    """Completed years from one day to another; someone born on 29 February grows older on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_between(born: date, on: date) -> int:
    """Completed months from one day to another."""
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


def span_of_age(low: int, high: int, unit: str, told_on: date) -> tuple[date, date] | None:
    """The first and last day of birth of someone who is `low` to `high` years, months, weeks or days old.

    None if that is over 120 years, or before there was a calendar.
    """
    if high > _MOST[unit] or told_on.year <= OLDEST + 1:
        return None
    if unit in (WEEKS, DAYS):
        length = 7 if unit == WEEKS else 1
        return told_on - timedelta(days=length * (high + 1) - 1), told_on - timedelta(days=length * low)
    months = 12 if unit == YEARS else 1
    return _months_before(told_on, months * (high + 1)) + timedelta(days=1), _months_before(told_on, months * low)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
