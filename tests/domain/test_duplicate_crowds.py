"""Crowds of ids behave as sets of ids do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from panoh.base.ids import new_id
from panoh.domain.duplicates.crowds import Crowds, any_and_two, both, first_of, in_two, union

IDS = [new_id() for _ in range(30)]
people = st.sets(st.sampled_from(IDS))
many = st.lists(people, min_size=1, max_size=5)


def in_one_text(ids: set[str]) -> bytes:
    return "".join(sorted(ids)).encode("ascii")


@given(many)
def test_they_meet_as_sets_meet(sets: list[set[str]]) -> None:
    crowds = Crowds()
    made = [crowds.of(in_one_text(each)) for each in sets]
    everyone = set().union(*sets)
    twice = {one for one in everyone if sum(one in each for each in sets) > 1}
    assert sorted(crowds.ids(union(made))) == sorted(everyone)
    assert sorted(crowds.ids(in_two(made))) == sorted(twice)
    assert sorted(crowds.ids(both(made[0], made[-1]))) == sorted(sets[0] & sets[-1])
    anyone, two = any_and_two(made)
    assert sorted(crowds.ids(anyone)) == sorted(everyone)
    assert sorted(crowds.ids(two)) == sorted(twice if len(sets) > 1 else everyone)


@given(many, st.integers(1, 40))
def test_the_first_are_taken_each_once(sets: list[set[str]], most: int) -> None:
    crowds = Crowds()
    made = [crowds.of(in_one_text(each)) for each in sets]
    taken = first_of(iter(made), most)
    found = crowds.ids(taken)
    assert len(found) == len(set(found)) == min(most, len(set().union(*sets)))
    before: set[str] = set()
    for each in sets:  # nobody of a later crowd before everyone of an earlier one
        if len(before | each) <= most:
            assert set(found[: len(before | each)]) == before | each
        before |= each
