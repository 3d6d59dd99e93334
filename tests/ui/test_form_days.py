"""Days as they are typed in forms: words, days from now, and what is told of anything else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.services.desk import Desk
from panoh.ui.form_reader import FormReader


def read(desk: Desk, text: str, *, ahead: bool) -> tuple[date | None, list[str]]:
    reader = FormReader(desk, {"on": text})
    found = reader.day("on", ahead=ahead)
    return found, [problem.text for problem in reader.problems]


@pytest.mark.parametrize(
    ("text", "days"), [("today", 0), ("Tomorrow", 1), ("+7", 7), ("+ 30", 30), ("-2", -2), ("−2", -2)]
)
def test_a_day_is_told_from_now(desk: Desk, text: str, days: int) -> None:
    assert read(desk, text, ahead=True) == (desk.clock.today() + timedelta(days), [])


@given(st.integers(1, 999))
@examples(30, share_fixtures=True)
def test_what_is_past_takes_no_day_to_come(desk: Desk, days: int) -> None:
    found, problems = read(desk, f"+{days}", ahead=False)
    assert found is None
    assert len(problems) == 1
    assert read(desk, f"-{days}", ahead=False) == (desk.clock.today() - timedelta(days), [])


@pytest.mark.parametrize("text", ["in 7 days", "1972", "about 6", "soon", "+", "+1000"])
def test_anything_else_is_told_as_a_day(desk: Desk, text: str) -> None:
    found, problems = read(desk, text, ahead=True)
    assert found is None
    assert problems == ["Write a day, for example 14 Jun 2010, tomorrow, or +7 for in seven days."]
