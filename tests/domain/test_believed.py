"""A clock that jumps moves nothing; one that was put right is right at once; time that passes is never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panoh.domain.believed import PUT_BACK, Look, next_look
from panoh.domain.retention import LONGEST_PAUSE

NOW = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)
HOUR, TWO_YEARS = timedelta(hours=1), timedelta(days=730)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=300))


def test_the_first_look_believes_the_clock():
    assert next_look(NOW, None) == Look(NOW, NOW)


@given(spans)
def test_time_that_passes_is_believed(span: timedelta):
    look = next_look(NOW + span, Look(NOW, NOW))
    assert (look.believed, look.odd) == (NOW + span, False)


def test_a_jump_of_two_years_either_way_counts_as_no_time_and_time_goes_on():
    for jump in (TWO_YEARS, -TWO_YEARS):
        look = next_look(NOW + jump, Look(NOW, NOW))
        assert (look.believed, look.odd) == (NOW, True)
        later = next_look(NOW + jump + 5 * HOUR, look)
        assert later.believed == NOW + 5 * HOUR  # what is overdue by then is overdue
        right = next_look(NOW + 6 * HOUR, later)
        assert (right.believed, right.odd) == (NOW + 6 * HOUR, False)


@given(st.lists(st.timedeltas(min_value=timedelta(days=-3000), max_value=timedelta(days=3000)), max_size=8))
def test_whatever_a_clock_does_what_is_believed_hardly_goes_back_and_never_leaps(moves: list[timedelta]):
    shown, look = NOW, Look(NOW, NOW)
    for move in moves:
        shown += move
        after = next_look(shown, look)
        assert after.believed >= look.believed - PUT_BACK
        assert after.believed <= look.believed + LONGEST_PAUSE
        look = after
