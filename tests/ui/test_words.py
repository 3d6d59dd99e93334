from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.domain.dates import PartialDate, parse_date
from panoh.ui import words

NOW = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)
TODAY = date(2010, 6, 14)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2010, 6, day, hour, minute).astimezone(UTC)


@pytest.mark.parametrize(
    ("due", "shown", "spoken"),
    [
        (NOW - 40 * MINUTE, "Overdue 40 min", "overdue 40 minutes"),
        (NOW - MINUTE, "Overdue 1 min", "overdue 1 minute"),
        (NOW - 2 * HOUR, "Overdue 2 h", "overdue 2 hours"),
        (NOW - 3 * DAY, "Overdue 3 days", "overdue 3 days"),
        (NOW - timedelta(seconds=30), "Now", "due now"),
        (None, "Next contact", "due at the next contact"),
        (local(14, 23, 30), "Today 23:30", "due today 23:30"),
        (local(15, 8, 30), "Tomorrow 08:30", "due tomorrow 08:30"),
        (local(16, 8, 30), "16 Jun 08:30", "due 16 June 08:30"),
        (datetime(2011, 6, 16, 12, tzinfo=UTC), None, None),
    ],
)
def test_due_times(due: datetime | None, shown: str | None, spoken: str | None) -> None:
    told = words.due_words(due, NOW)
    assert told == shown if shown else "2011" in told
    assert spoken is None or words.due_spoken(due, NOW) == spoken


@pytest.mark.parametrize(
    ("time", "shown", "spoken"),
    [
        (25 * MINUTE, "25 min", "25 minutes"),
        (4 * HOUR + 40 * MINUTE, "4 h 40 min", "4 hours 40 minutes"),
        (9 * HOUR, "9 h", "9 hours"),
        (26 * HOUR, "1 d 2 h", "1 day 2 hours"),
        (2 * DAY, "2 d", "2 days"),
        (timedelta(), "0 min", "0 minutes"),
        (-HOUR, "0 min", "0 minutes"),
    ],
)
def test_waiting_times(time: timedelta, shown: str, spoken: str) -> None:
    assert (words.waiting_words(time), words.waiting_spoken(time)) == (shown, spoken)


@given(st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=4000)))
def test_every_length_of_time_has_words_without_abbreviations_when_spoken(time: timedelta) -> None:
    assert words.waiting_words(time)
    assert not {"h", "d", "min"} & set(words.waiting_spoken(time).split())
    assert not {"h", "d", "min"} & set(words.due_spoken(NOW - time, NOW).split())


@pytest.mark.parametrize(
    ("sex", "birth", "who"),
    [
        ("F", "81", "Woman, about 81"),
        ("M", "about 2", "Boy, about 2"),
        ("F", "12.3.1998", "Girl, 12"),
        ("M", "", "Male"),
        ("", "", "Person"),
        ("X", "1960", "Adult, 49 to 50"),
        ("F", "14.1.2010", "Girl, 5 months"),
    ],
)
def test_who_someone_is(sex: str, birth: str, who: str) -> None:
    told = parse_date(birth, TODAY) if birth else PartialDate()
    assert words.who_words(sex, told, TODAY) == who


def test_a_day_in_full_words() -> None:
    assert words.long_day(TODAY) == "Monday 14 June 2010"
