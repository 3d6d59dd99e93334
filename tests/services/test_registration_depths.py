"""Three depths on the same record: a group by its size, an emergency registration, a full one; and what was said of look-alikes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.base.errors import FormProblems
from panoh.domain.merging import DuplicateDecision
from panoh.services import completing, families, registration
from panoh.services.desk import Desk
from panoh.services.registration import COUNTS, Alike, FamilyForm, FamilyRow, save_family

HEAD = FamilyRow(name="Каримова Зулфия", sex="F", relation="head")


def _group(**told: object) -> FamilyForm:
    return FamilyForm(depth="group", rows=(HEAD,), **told)  # type: ignore[arg-type]


def test_a_group_is_its_size_its_needs_and_whom_to_ask_for(desk: Desk) -> None:
    saved = save_family(desk, _group(people_told="12", women_told="4", girls_told="3", needs_told=("WR-PY",)))
    home = saved.household
    assert (home.people_told, home.women_told, home.men_told, home.girls_told) == (12, 4, None, 3)
    assert home.needs_told == ("WR-PY",)
    assert [person.depth for person in saved.people] == ["group"]
    assert completing.page(desk, 0, 1)[0].depth == "group"
    assert families.page(desk, 0, 1)[0].told == 12


def test_the_size_of_a_group_follows_from_its_parts(desk: Desk) -> None:
    assert save_family(desk, _group(women_told="2", boys_told="5")).household.people_told == 7


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "people_told"),
        ({"people_told": "many"}, "people_told"),
        ({"people_told": "4", "girls_told": "-1"}, "girls_told"),
        ({"people_told": "4", "women_told": "3", "boys_told": "2"}, "people_told"),
        ({"people_told": "999999"}, "people_told"),
    ],
)
def test_a_group_that_does_not_add_up_is_told(desk: Desk, told: dict[str, str], field: str) -> None:
    with pytest.raises(FormProblems) as caught:
        save_family(desk, _group(**told))
    assert [problem.field for problem in caught.value.problems] == [field]


def test_counts_do_not_count_at_another_depth(desk: Desk) -> None:
    home = save_family(desk, FamilyForm(rows=(HEAD,), people_told="12", needs_told=("WR-PY",))).household
    assert (home.people_told, home.needs_told) == (None, ())


@given(st.dictionaries(st.sampled_from(COUNTS), st.text(max_size=6)))
def test_whatever_is_typed_as_a_count_is_a_number_or_told(told: dict[str, str]) -> None:
    found = {problem.field for problem in registration._count_problems(_group(**told))}
    assert found <= set(COUNTS)
    assert found or sum(int(text) for text in told.values() if text.strip()) >= 0


def test_what_was_said_of_look_alikes_is_remembered(desk: Desk) -> None:
    first = save_family(desk, FamilyForm(rows=(HEAD,))).people[0]
    rows = (FamilyRow(), FamilyRow(name="Каримова Зухра", sex="F"), FamilyRow(name="Каримов Али"))
    said = (
        Alike(1, first.id, "relatives"),
        Alike(2, first.id, "different"),
        Alike(0, first.id, "later"),
        Alike(2, "gone", "later"),
    )
    saved = save_family(desk, FamilyForm(rows=rows, alike=said))
    with desk.reading() as reading:
        kept = reading.all(DuplicateDecision)
    pairs = {(one.person_a_id, one.person_b_id): one.state for one in kept}
    expected = {
        tuple(sorted((saved.people[0].id, first.id))): "relatives",
        tuple(sorted((saved.people[1].id, first.id))): "different",
    }
    assert pairs == expected
