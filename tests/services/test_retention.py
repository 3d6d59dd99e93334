"""Closed cases are proposed when they were kept long enough, and never because a clock jumped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import PASSPHRASE
from tests.services.erasing_people import CASEWORKER, HEAD, desk_of, office
from tests.services.test_erasing import family

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.domain.person import Person
from panoh.domain.retention import Sightings, due_on
from panoh.services import aside, cases, closing, people, retention, vault
from panoh.services.vault import OpenVault


@given(st.dates(date(2000, 1, 31), date(2100, 1, 1)), st.integers(1, 240))
def test_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(closed: date, months: int) -> None:
    due = due_on(closed, months)
    assert (due.year * 12 + due.month) - (closed.year * 12 + closed.month) == months
    assert due.day == closed.day or (due.day < closed.day and (due + timedelta(days=1)).day == 1)


@given(st.lists(st.integers(0, 10 * 86400), max_size=20), st.integers(0, 10))
def test_a_day_is_past_only_after_two_looks_a_day_apart(looks: list[int], after: int) -> None:
    start = datetime(2012, 6, 14, tzinfo=UTC)
    day = (start + timedelta(days=after)).date()
    seen = Sightings()
    times = [start + timedelta(seconds=second) for second in sorted(looks)]
    for at in times:
        seen = seen.with_one(at)
        if seen.past(day, at):
            later = [one for one in times if one <= at and one.date() > day]
            assert later
            assert later[-1] - later[0] >= timedelta(hours=24)


def closed(tmp_path: Path, clock: FixedClock) -> tuple[OpenVault, Person]:
    opened = office(tmp_path / "vault", clock)
    person = family(opened.desk, "Каримова Зулфия")[0]
    closing.close(opened.desk, person.id, "left_known", "went to her sister")
    return opened, person


def looks(tmp_path: Path, clock: FixedClock, *moments: datetime) -> Iterator[tuple[str, list[bool]]]:
    """Unlocks at these moments: what is odd then, and who is due."""
    for at in moments:
        clock.at = at
        with vault.unlock(tmp_path / "vault", HEAD, PASSPHRASE, clock=clock) as opened:
            found = retention.preview(opened.desk)
            yield found.odd, [one.due for one in found.people]


def test_a_closed_case_is_due_at_the_second_look(tmp_path: Path, clock: FixedClock) -> None:
    opened, person = closed(tmp_path, clock)
    with opened:
        assert retention.preview(opened.desk).people[0].due_on == date(2012, 6, 14)
        assert cases.case_or_new(opened.desk, person.id).closed_on == date(2010, 6, 14)
    day = datetime(2012, 6, 14, 12, tzinfo=UTC)
    steps = [datetime(2011, 3, 1, tzinfo=UTC), datetime(2011, 12, 1, tzinfo=UTC), day]
    steps += [day + timedelta(days=1), day + timedelta(days=1, hours=23), day + timedelta(days=2, hours=1)]
    assert list(looks(tmp_path, clock, *steps)) == [("", [False])] * 5 + [("", [True])]
    with vault.unlock(tmp_path / "vault", HEAD, PASSPHRASE, clock=clock) as opened:
        assert people.line(opened.desk, person.id) is not None  # proposed, never done
        closing.reopen(opened.desk, person.id, "she is back")
        assert retention.preview(opened.desk).people == ()
        assert cases.case_or_new(opened.desk, person.id).closed_on is None


def test_a_clock_that_leaps_drives_nothing(tmp_path: Path, clock: FixedClock) -> None:
    opened, _person = closed(tmp_path, clock)
    opened.close()
    leap = datetime(2031, 1, 1, tzinfo=UTC)
    back = datetime(2010, 6, 15, 9, tzinfo=UTC)
    steps = [leap, leap + timedelta(days=1, hours=1), leap + timedelta(days=3), back]
    told = list(looks(tmp_path, clock, *steps))
    assert told == [("ahead", [False])] * 3 + [("", [False])]


def test_a_clock_that_went_back_drives_nothing_until_it_is_believed(tmp_path: Path, clock: FixedClock) -> None:
    opened, person = closed(tmp_path, clock)
    with opened:
        clock.at = datetime(2011, 5, 1, tzinfo=UTC)
        cases.add_note(opened.desk, person.id, "written while the clock was ahead")
        clock.at = datetime(2010, 6, 20, tzinfo=UTC)
        assert retention.preview(opened.desk).odd == "back"
        with pytest.raises(AppError, match="head of office"):
            retention.believe_clock(desk_of(opened, CASEWORKER))
        retention.believe_clock(opened.desk)
        assert retention.preview(opened.desk).odd == ""
        assert [one.due for one in retention.preview(opened.desk).people] == [False]


def test_a_long_pause_is_believed_when_the_head_says_so_and_then_waits_another_day(
    tmp_path: Path, clock: FixedClock
) -> None:
    opened, _person = closed(tmp_path, clock)
    opened.close()
    clock.at = datetime(2013, 1, 1, tzinfo=UTC)
    with vault.unlock(tmp_path / "vault", HEAD, PASSPHRASE, clock=clock) as opened:
        assert retention.preview(opened.desk).odd == "ahead"
        retention.believe_clock(opened.desk)
        assert [one.due for one in retention.preview(opened.desk).people] == [False]
    assert list(looks(tmp_path, clock, datetime(2013, 1, 2, 1, tzinfo=UTC))) == [("", [True])]


def test_months_are_the_head_s(tmp_path: Path, clock: FixedClock) -> None:
    opened, _person = closed(tmp_path, clock)
    with opened:
        assert retention.months(opened.desk) == 24
        retention.set_months(opened.desk, 6)
        assert retention.preview(opened.desk).people[0].due_on == date(2010, 12, 14)
        for wrong in (0, 241):
            with pytest.raises(AppError, match="from 1 to 240"):
                retention.set_months(opened.desk, wrong)
        with pytest.raises(AppError, match="head of office"):
            retention.set_months(desk_of(opened, "gulnara"), 12)
        with pytest.raises(AppError, match="role"):
            retention.preview(desk_of(opened, CASEWORKER))


def test_who_was_set_aside_too_long_is_proposed(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        person = family(opened.desk, "Каримова Зулфия")[0]
        aside.set_aside(opened.desk, person.id, "mistake")
    day = datetime(2010, 7, 15, 12, tzinfo=UTC)
    told = list(looks(tmp_path, clock, day - timedelta(days=2), day, day + timedelta(days=2)))
    assert told == [("", [False]), ("", [False]), ("", [True])]


def test_a_case_is_closed_with_a_reason_and_opened_again(tmp_path: Path, clock: FixedClock) -> None:
    opened, person = closed(tmp_path, clock)
    with opened:
        assert [note.text for note in people.person(opened.desk, person.id).notes] == [
            "Closed: Left the area, whereabouts known. went to her sister"
        ]
        with pytest.raises(AppError, match="closed already"):
            closing.close(opened.desk, person.id, "left_known", "again")
        with pytest.raises(FormProblems):
            closing.reopen(opened.desk, person.id, " ")
        closing.reopen(opened.desk, person.id, "she is back")
        with pytest.raises(AppError, match="open already"):
            closing.reopen(opened.desk, person.id, "again")
