"""Decisions about candidates, over any order of verbs: one confirmed at most, a No stands, opening again restores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.base.errors import AppError
from panoh.domain import tracing_decisions as rules
from panoh.domain.match_parts import DIFFERS, NEAR, NOT_KNOWN, PAPER, SAME
from panoh.domain.tracing import MatchDecision
from panoh.domain.tracing_questions import MARKS, MOST, Fact, speaks_against, would_decide

Verb = Callable[[Sequence[MatchDecision], MatchDecision], list[MatchDecision]]
VERBS: dict[str, Verb] = {
    "review": rules.reviewed,
    "reject": rules.rejected,
    "confirm": rules.confirmed,
    "reopen": rules.opened_again,
}
STEPS = st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.sampled_from("abcd")), max_size=30)


def after(
    stored: dict[str, MatchDecision], verb: str, person: str, number: int = 0
) -> tuple[dict[str, MatchDecision], bool]:
    """The decisions after one verb, and whether it was done."""
    signed = MatchDecision(id=f"{number}.{person}", request_id="r", person_id=person, state="", reason=f"why {number}")
    try:
        written = VERBS[verb](list(stored.values()), signed)
    except AppError:
        return stored, False
    return stored | {one.id: one for one in written}, True


@examples(200)
@given(STEPS)
def test_one_is_confirmed_at_most_and_a_no_stands_until_it_is_opened_again(steps: list[tuple[str, str]]) -> None:
    stored: dict[str, MatchDecision] = {}
    for number, (verb, person) in enumerate(steps):
        no = {one.person_id for one in stored.values() if one.state == rules.REJECTED}
        stored, done = after(stored, verb, person, number)
        now = {one.person_id for one in stored.values() if one.state == rules.REJECTED}
        assert no - now == ({person} if verb == "reopen" and done and person in no else set())
        states = [one.state for one in stored.values()]
        assert states.count(rules.CONFIRMED) <= 1
        assert len({one.person_id for one in stored.values()}) == len(stored)
        if rules.CONFIRMED in states:
            assert rules.UNDER_REVIEW not in states
        else:
            assert rules.WAITING not in states


@examples(200)
@given(STEPS, st.sampled_from("abcd"))
def test_opening_a_confirmation_again_restores_exactly(steps: list[tuple[str, str]], chosen: str) -> None:
    stored: dict[str, MatchDecision] = {}
    for number, (verb, person) in enumerate(steps):
        stored, _done = after(stored, verb, person, number)
    confirmed, done = after(stored, "confirm", chosen, 98)
    if not done:
        return
    opened, done = after(confirmed, "reopen", chosen, 99)
    assert done
    others = {key: one for key, one in opened.items() if one.person_id != chosen}
    assert others == {key: one for key, one in stored.items() if one.person_id != chosen}
    mine = rules.about(list(stored.values()), chosen)
    again = rules.about(list(opened.values()), chosen)
    assert again is not None
    assert again.state == (mine.state if mine else rules.NONE)


def test_where_the_confirmed_one_is_erased_nobody_waits_any_more() -> None:
    stored, _done = after({}, "review", "a")
    stored, _done = after(stored, "confirm", "b")
    left = [one for one in stored.values() if one.person_id != "b"]
    assert [one.state for one in left] == [rules.WAITING]
    assert [one.state for one in rules.standing(left)] == [rules.UNDER_REVIEW]
    assert after({one.id: one for one in left}, "confirm", "a")[1]


@pytest.mark.parametrize("state", [rules.NONE, rules.WAITING, rules.UNDER_REVIEW, rules.REJECTED])
@pytest.mark.parametrize("mine_first", [True, False])
def test_of_two_decisions_joined_a_no_stands(state: str, mine_first: bool) -> None:
    no = MatchDecision(id="1", request_id="r", person_id="a", state=rules.REJECTED, reason="The scar")
    other = MatchDecision(id="2", request_id="r", person_id="a", state=state, reason="Looks alike")
    pair = (no, other) if mine_first else (other, no)
    made = rules.joined(*pair)
    assert (made.id, made.state) == (pair[0].id, rules.REJECTED)
    assert "The scar" in made.reason


def test_a_merge_does_not_choose_between_a_yes_and_a_no() -> None:
    yes = MatchDecision(id="1", request_id="r", person_id="a", state=rules.CONFIRMED)
    for pair in ((yes, replace(yes, state=rules.REJECTED)), (replace(yes, state=rules.REJECTED), yes)):
        with pytest.raises(AppError) as told:
            rules.joined(*pair)
        assert told.value.code == "merge.matches"


# --- what would decide ------------------------------------------------------------------------------------------------

FACTS = st.lists(
    st.builds(
        lambda name, verdict, share, out_of, asked, told: Fact(name, verdict, share * out_of, out_of, asked, told),
        st.sampled_from(["name", "parents", "birth", "place", "separation", "sex", "paper", "marks", "languages"]),
        st.sampled_from([SAME, NEAR, DIFFERS, NOT_KNOWN]),
        st.sampled_from([0.0, 0.25, 0.5, 0.75]),
        st.integers(2, 35),
        st.booleans(),
        st.booleans(),
    ),
    unique_by=lambda fact: fact.name,
)


@examples(200)
@given(FACTS, st.randoms())
def test_only_open_facts_would_decide_whatever_their_order(facts: list[Fact], random: object) -> None:
    found = would_decide(facts)
    by_name = {fact.name: fact for fact in facts}
    assert len(found) <= MOST
    for name in found:
        assert by_name[name].verdict != DIFFERS
        assert name == MARKS or by_name[name].verdict in (NEAR, NOT_KNOWN)
        assert name != "sex"
    marks = by_name.get(MARKS)
    if marks and (marks.asked or marks.told) and marks.verdict != DIFFERS:
        assert found == (MARKS,)
    random.shuffle(facts)  # type: ignore[attr-defined]
    assert would_decide(facts) == found


def test_a_paper_is_asked_for_only_where_one_side_told_of_one() -> None:
    paper = Fact(PAPER, NOT_KNOWN, 0, 20, asked=False, told=False)
    birth = Fact("birth", NEAR, 8, 15, asked=True, told=True)
    assert would_decide([paper, birth]) == ("birth",)
    assert would_decide([replace(paper, asked=True), birth]) == (PAPER, "birth")


def test_a_mark_decides_before_all_else_and_what_differs_is_told_first() -> None:
    mark = Fact(MARKS, SAME, 5, 5, asked=True, told=True)
    name = Fact("name", NEAR, 24, 35, asked=True, told=True)
    assert would_decide([name, mark]) == (MARKS,)
    assert speaks_against([name, replace(mark, verdict=DIFFERS, points=0)]) == (MARKS,)
