"""Care arrangements: which is in force, how one takes the place of another, what contradicts what."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain.care import contradictions, in_force, no_adult, ordered, placed
from panoh.domain.casework import CareArrangement
from panoh.domain.dates import PartialDate
from panoh.domain.triage.gather import _care

DAY = date(2010, 6, 14)
KINDS = ("parents", "foster", "kinship", "none", "child_headed")


def made(at: int, kind: str = "foster", until: int | None = None) -> CareArrangement:
    ends = DAY + timedelta(until) if until is not None else None
    return CareArrangement(id=f"{at:03}", person_id="me", kind=kind, since=DAY + timedelta(at), until=ends)


DAYS = st.lists(st.integers(0, 60), unique=True, max_size=8)


def arranged(days: list[int]) -> list[CareArrangement]:
    """All of them, noted one after the other in this order."""
    found: dict[str, CareArrangement] = {}
    for at in days:
        new, changed = placed(made(at), found.values())
        found |= {one.id: one for one in (*changed, new)}
    return list(found.values())


@examples(200)
@given(DAYS, st.randoms(use_true_random=False))
def test_what_is_in_force_does_not_depend_on_the_order_in_which_it_was_noted(
    days: list[int], chance: random.Random
) -> None:
    shuffled = list(days)
    chance.shuffle(shuffled)
    rows = arranged(shuffled)
    force = in_force(rows)
    assert (force.since if force else None) == (DAY + timedelta(max(days)) if days else None)
    assert sum(one.until is None for one in rows) == bool(days)


@examples(200)
@given(DAYS, st.randoms(use_true_random=False))
def test_nor_on_the_order_in_which_it_is_read_and_triage_reads_the_same(days: list[int], chance: random.Random) -> None:
    rows = [made(at, KINDS[at % len(KINDS)], at + 3 if at % 3 == 0 else None) for at in days]
    force = in_force(rows)
    chance.shuffle(rows)
    assert in_force(rows) == force
    assert list(ordered(rows))[: bool(force)] == ([force] if force else [])
    assert _care("", rows)[0] == (force.kind if force else "")


@examples(200)
@given(DAYS, st.integers(0, 60))
def test_one_more_leaves_none_without_an_end_beside_it_and_loses_no_day(days: list[int], at: int) -> None:
    before = arranged(days)
    new, changed = placed(replace(made(at), id="new"), before)
    assert {one.id for one in changed} <= {one.id for one in before}
    after = {one.id: one for one in (*before, *changed, new)}.values()
    assert sum(one.until is None for one in after) == 1
    assert all(one.until is None or one.since is None or one.until >= one.since for one in after)
    known = {one.id: one.since for one in before}
    assert all(one.since == known[one.id] for one in changed)


def test_of_two_on_one_day_the_one_noted_last_is_in_force() -> None:
    first = replace(made(0), id="zzz")
    new, changed = placed(replace(made(0, "kinship"), id="aaa"), [first])
    assert in_force([new, *changed]) == new


def test_one_of_the_past_ends_when_the_next_began() -> None:
    new, changed = placed(made(0), [made(9)])
    assert (new.until, changed) == (DAY + timedelta(9), [])


BORN = {
    "child": PartialDate("year", date(2000, 1, 1), date(2000, 12, 31)),
    "adult": PartialDate("year", date(1970, 1, 1), date(1970, 12, 31)),
    "perhaps": PartialDate(),
}


@pytest.mark.parametrize(
    ("kind", "carer", "presence", "words"),
    [
        ("foster", "adult", "here", ""), ("foster", "child", "here", "is a child too"), ("foster", "perhaps", "here", ""),
        ("child_headed", "child", "here", ""), ("parents", "adult", "missing", "dead, missing"),
        ("kinship", "adult", "dead", "dead, missing"), ("none", "adult", "here", "Nobody cares"), ("none", "", "", ""),
    ],
)  # fmt: skip
def test_contradictions(kind: str, carer: str, presence: str, words: str) -> None:
    one = replace(made(0, kind), carer_id="she" if carer else "")
    told = " ".join(contradictions(one, BORN.get(carer), presence, DAY))
    assert bool(told) is bool(words)
    assert words in told


def test_nobody_is_their_own_carer() -> None:
    assert "own carer" in contradictions(replace(made(0), carer_id="me"), BORN["child"], "here", DAY)[0]


@pytest.mark.parametrize(
    ("said", "kind", "until", "coded", "alone"),
    [
        ("parents", "none", None, False, True), ("none", "foster", None, True, False), ("", "", None, True, True),
        ("", "", None, False, False), ("kinship", "", None, True, False), ("foster", "foster", 3, True, True),
        ("parents", "foster", 3, True, False),
    ],
)  # fmt: skip
def test_whether_an_adult_is_in_charge(said: str, kind: str, until: int | None, coded: bool, alone: bool) -> None:
    rows = [made(0, kind, until)] if kind else []
    assert no_adult(said, rows, coded=coded) is alone
