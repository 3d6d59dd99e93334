"""Solar and lunar Hijri days, held against Qt's calendars day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCalendar

from panoh.domain.calendars import GREGORIAN, LUNAR, OTHER_YEARS, SOLAR, about, day_of, month_length, span_of

QT = {SOLAR: QCalendar.System.Jalali, LUNAR: QCalendar.System.IslamicCivil}
LIVING = {SOLAR: range(1277, 1436), LUNAR: range(1290, 1470)}  # beyond, Qt goes by another rule of leap years


@pytest.mark.parametrize("calendar", [SOLAR, LUNAR])
def test_every_month_of_the_years_that_living_people_write(calendar: str) -> None:
    qt = QCalendar(QT[calendar])
    for year in LIVING[calendar]:
        for month in range(1, 13):
            assert month_length(calendar, year, month) == qt.daysInMonth(month, year)
            assert day_of(calendar, year, month, 1) == qt.dateFromParts(year, month, 1).toPython()


@pytest.mark.parametrize(
    ("calendar", "day", "ours"),
    [
        (SOLAR, (1370, 5, 12), date(1991, 8, 3)),
        (SOLAR, (1399, 12, 30), date(2021, 3, 20)),  # a leap year
        (SOLAR, (1404, 1, 1), date(2025, 3, 21)),
        (LUNAR, (1431, 7, 1), date(2010, 6, 13)),
        (GREGORIAN, (2010, 6, 14), date(2010, 6, 14)),
    ],
)
def test_days_that_are_known(calendar: str, day: tuple[int, int, int], ours: date) -> None:
    assert day_of(calendar, *day) == ours


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        (SOLAR, (1400, 12, 30)),
        (SOLAR, (1370, 7, 31)),
        (SOLAR, (1370, 13, 1)),
        (LUNAR, (1431, 2, 30)),
        (LUNAR, (1431, 0, 1)),
        (SOLAR, (1200, 1, 1)),
        (LUNAR, (2010, 1, 1)),
    ],
)
def test_days_that_are_none(calendar: str, day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        day_of(calendar, *day)


@given(calendar=st.sampled_from([SOLAR, LUNAR]), year=st.sampled_from(OTHER_YEARS[1:-1]))
def test_years_and_months_follow_one_another_without_a_gap(calendar: str, year: int) -> None:
    first, last = span_of(calendar, year)
    assert span_of(calendar, year + 1)[0] == last + timedelta(days=1)
    months = [span_of(calendar, year, month) for month in range(1, 13)]
    assert (months[0][0], months[-1][1]) == (first, last)
    for (_begin, end), (begin, _end) in pairwise(months):
        assert begin == end + timedelta(days=1)


def test_a_lunar_day_may_be_one_earlier_or_later() -> None:
    day = date(2010, 6, 13)
    assert about(SOLAR, day) == (day, day)
    assert about(LUNAR, day) == (date(2010, 6, 12), date(2010, 6, 14))
