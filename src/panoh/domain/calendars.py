"""Days of the two other calendars in which papers of the region are dated, as days of ours.

Solar Hijri, official in Iran and Afghanistan: leap years by the 33-year rule, which agrees with the official
calendars for the years 1244 to 1472 (1865 to 2094). Lunar Hijri: the tabular calendar with civil epoch; the calendar
by the moon's sighting may be a day earlier or later.
"""

from __future__ import annotations

from datetime import date, timedelta

GREGORIAN, SOLAR, LUNAR = "gregorian", "solar", "lunar"
CALENDARS = (GREGORIAN, SOLAR, LUNAR)
OTHER_YEARS = range(1244, 1473)  # years that no living person writes of ours, and may write of the other two

_SOLAR_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # years of a round of 33
_SOLAR_1400 = date(2021, 3, 21).toordinal()
_JULIAN_DAY_OF_ORDINAL_0 = 1721425
_LUNAR_EPOCH = 1948440 - 385


def day_of(calendar: str, year: int, month: int, day: int) -> date:
    """The day in our calendar. Raises ValueError for a day that the other one does not have, or a year outside OTHER_YEARS."""
    if calendar == GREGORIAN:
        return date(year, month, day)
    if not 1 <= day <= month_length(calendar, year, month):
        raise ValueError
    if calendar == SOLAR:
        before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
        leaps = _solar_leaps(year) - _solar_leaps(1400)
        return date.fromordinal(_SOLAR_1400 + 365 * (year - 1400) + leaps + before + day - 1)
    julian = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + _LUNAR_EPOCH
    return date.fromordinal(julian - _JULIAN_DAY_OF_ORDINAL_0)


def month_length(calendar: str, year: int, month: int) -> int:
    """How many days a month of one of the two other calendars has. Raises ValueError as `day_of`."""
    if year not in OTHER_YEARS or not 1 <= month <= 12:
        raise ValueError
    if calendar == SOLAR:
        return 31 if month <= 6 else 30 if month < 12 or year % 33 in _SOLAR_LEAP else 29
    return 30 if month % 2 or (month == 12 and (11 * year + 14) % 30 < 11) else 29


def span_of(calendar: str, year: int, month: int | None = None) -> tuple[date, date]:
    """The first and the last day of a year, or of one of its months. Raises ValueError as `day_of`."""
    first, last = month or 1, month or 12
    return day_of(calendar, year, first, 1), day_of(calendar, year, last, month_length(calendar, year, last))


def about(calendar: str, day: date) -> tuple[date, date]:
    """The days that a converted day may be: by the moon's sighting it may be one earlier or later."""
    slack = timedelta(days=1 if calendar == LUNAR else 0)
    return day - slack, day + slack


def _solar_leaps(year: int) -> int:
    """How many leap years there were before this one."""
    rounds, rest = divmod(year, 33)
    return 8 * rounds + sum(leap < rest for leap in _SOLAR_LEAP)
