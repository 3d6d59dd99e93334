"""The plan of which backups go, on made histories: properties that hold for every one, and a clock that jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panoh.store.backup_plan import DAY, DAYS, GUARDED_FOR, MONTHS, WEEKS, Made, is_due, surplus

START = datetime(2026, 1, 1, tzinfo=UTC)
hours = st.integers(0, 24 * 700)
histories = st.lists(
    st.builds(lambda at, guarded, good: (at, guarded, good), hours, st.booleans(), st.booleans()),
    max_size=60,
    unique_by=lambda each: each[0],
)


def made(history: list[tuple[int, bool, bool]]) -> list[Made]:
    return [Made(f"{at:06}", START + timedelta(hours=at), guarded, good) for at, guarded, good in history]


def now_of(history: list[Made], later: int = 0) -> datetime:
    return max((each.made_at for each in history), default=START) + timedelta(hours=later)


@given(histories, st.integers(0, 24 * 40))
def test_the_newest_and_the_newest_good_one_stay(history: list[tuple[int, bool, bool]], later: int) -> None:
    backups = made(history)
    gone = set(surplus(backups, now_of(backups, later)))
    stay = [each for each in backups if each.name not in gone]
    if backups:
        assert max(backups, key=lambda each: each.made_at) in stay
    good = [each for each in backups if each.good]
    if good:
        assert max(good, key=lambda each: each.made_at) in stay
    assert all(each.good for each in backups if each.name in gone)


@given(histories, st.integers(0, 24 * 40))
def test_what_was_made_before_a_migration_stays_for_thirty_days(
    history: list[tuple[int, bool, bool]], later: int
) -> None:
    backups = made(history)
    now = now_of(backups, later)
    gone = set(surplus(backups, now))
    assert not [each for each in backups if each.guarded and now - each.made_at < GUARDED_FOR and each.name in gone]


@given(histories)
def test_every_recent_day_week_and_month_has_its_newest(history: list[tuple[int, bool, bool]]) -> None:
    backups = made(history)
    gone = set(surplus(backups, now_of(backups)))
    good = sorted((each for each in backups if each.good), key=lambda each: each.made_at, reverse=True)
    for count, bucket in (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    ):
        newest: dict[object, Made] = {}
        for each in good:
            newest.setdefault(bucket(each.made_at), each)
        assert not [each for each in list(newest.values())[:count] if each.name in gone]


@given(histories)
def test_what_stays_is_not_much_and_nothing_more_goes_the_second_time(history: list[tuple[int, bool, bool]]) -> None:
    backups = [each for each in made(history) if each.good and not each.guarded]
    now = now_of(backups)
    first = set(surplus(backups, now))
    stay = [each for each in backups if each.name not in first]
    if first:
        assert len([each for each in stay if now - each.made_at >= DAY]) <= DAYS + WEEKS + MONTHS
    assert surplus(stay, now) == []


@given(histories, st.integers(1, 24 * 4000))
def test_nothing_goes_while_the_clock_reads_earlier_than_the_newest(
    history: list[tuple[int, bool, bool]], earlier: int
) -> None:
    backups = made(history)
    assert surplus(backups, now_of(backups) - timedelta(hours=earlier)) == []


@given(histories, st.integers(366, 4000))
def test_nothing_goes_by_a_clock_that_leapt_far_ahead(history: list[tuple[int, bool, bool]], days: int) -> None:
    backups = made(history)
    now = now_of(backups) + timedelta(days=days)
    assert surplus([*backups, Made("leapt", now)], now) == []


def test_a_year_of_daily_backups() -> None:
    stay: list[Made] = []
    for day in range(365):
        at = START + timedelta(days=day, hours=8)
        stay.append(Made(at.isoformat(), at))
        gone = set(surplus(stay, at))
        stay = [each for each in stay if each.name not in gone]
    assert len(stay) <= DAYS + WEEKS + MONTHS
    assert stay[-1].made_at - stay[0].made_at > timedelta(days=120)


def test_none_of_a_day_goes_that_day() -> None:
    today = [Made(str(hour), START + timedelta(hours=hour)) for hour in range(20)]
    assert surplus(today, START + timedelta(hours=20)) == []
    assert len(surplus(today, START + timedelta(hours=45))) == 19


def test_when_a_backup_is_due() -> None:
    day = timedelta(days=1)
    assert is_due([], START)
    assert is_due([START - day], START)
    assert not is_due([START - day / 2], START)
    assert is_due([START + 40 * day], START)  # dated in the future: it tells nothing
    assert not is_due([START + 40 * day, START - day / 2], START)
