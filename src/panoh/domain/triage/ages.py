"""Ages from dates that may be spans. In doubt a person counts as the one who needs more care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28 February. Never earlier than the calendar begins."""
    year = max(day.year - years, date.min.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def birthday(born: date, years: int) -> date | None:
    """The day on which someone born then reaches that age; 1 March for 29 February. None beyond the calendar."""
    if born.year + years > date.max.year:
        return None
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def days_after(day: date, days: int) -> date | None:
    """So many days later (or earlier); None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Birth days that divide the ages on one day: whoever was born after `five` is under 5, and so on."""

    today: date
    five: date
    eighteen: date
    sixty: date


@lru_cache(maxsize=64)
def cutoffs(today: date) -> Cutoffs:
    """The dividing birth days of a day."""
    return Cutoffs(today, years_before(today, 5), years_before(today, 18), years_before(today, 60))


def next_age_change(earliest: date | None, latest: date | None, marks: Cutoffs) -> date | None:
    """When this person next stops being surely or possibly under 5 or under 18, or may reach 60."""
    if latest is not None and latest > marks.eighteen:
        return birthday(latest, 5 if latest > marks.five else 18)
    if earliest is not None and earliest > marks.sixty:
        return birthday(earliest, 60)
    return None


def age_words(earliest: date | None, latest: date | None, today: date) -> str:
    """The age in whole years as text: '38', '14–17' for a span, '' when unknown."""
    if earliest is None or latest is None:
        return ""
    youngest, oldest = _age(latest, today), _age(earliest, today)
    return str(oldest) if youngest == oldest else f"{youngest}–{oldest}"


def _age(born: date, today: date) -> int:
    return max(0, today.year - born.year - ((today.month, today.day) < (born.month, born.day)))
