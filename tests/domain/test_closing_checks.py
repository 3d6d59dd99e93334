"""What is told before a case is closed: nothing that is open is ever passed over."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain.closing import _FIRST, GRAVE, StillOpen, checks, first
from panoh.services.resources import vocabularies

COUNTS = tuple(each.name for each in fields(StillOpen) if each.type == "int")
LEFT = st.builds(
    StillOpen,
    **{name: st.integers(0, 3) for name in COUNTS},
    level=st.sampled_from(("critical", "high", "medium", "unknown", "low", "")),
    shield=st.booleans(),
    child_alone=st.booleans(),
)


@examples(200)
@given(LEFT, st.sampled_from(COUNTS))
def test_one_more_row_takes_no_check_away(left: StillOpen, name: str) -> None:
    more: Any = {name: getattr(left, name) + 1}
    before, after = ({check.key for check in checks(each)} for each in (left, replace(left, **more)))
    assert before <= after
    assert name in after


@examples(200)
@given(LEFT)
def test_each_thing_that_is_open_has_its_sentence_and_what_to_do(left: StillOpen) -> None:
    found = {check.key: check for check in checks(left)}
    wanted = {name for name in COUNTS if getattr(left, name)}
    wanted |= {name for name in ("shield", "child_alone") if getattr(left, name)}
    wanted |= {"level"} if left.level in GRAVE else set()
    assert set(found) == wanted
    assert all(
        check.text.endswith(".") and check.do.endswith(".") and "{" not in check.text for check in found.values()
    )


def test_the_danger_stands_first() -> None:
    told = [check.key for check in checks(StillOpen(tasks=1, needs=2, level="critical", child_alone=True))]
    assert told == ["level", "child_alone", "needs", "tasks"]


@pytest.mark.parametrize(
    "why", ["returned_forced", "returned_unclear", "detained", "died", "left_unknown", "duplicate"]
)
def test_the_grave_reasons_ask_for_something_first(why: str) -> None:
    assert first(why, (7,))


def test_only_known_reasons_do() -> None:
    assert set(_FIRST) <= {term.code for term in vocabularies()["closing_why"].offers()}
    assert first("goals_met", (7,)) == first("", (7,)) == ""
