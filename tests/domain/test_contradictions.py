"""Needs that contradict each other, the person or the household: a table, and that none lowers a level."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.domain.contradictions import WORDS, contradictions
from panoh.domain.household import Household
from panoh.domain.needs import CONFIRMED, MET, NOT_APPLICABLE, NOTICED, PENDING, SpecificNeed, overlapping
from panoh.domain.person import Person
from panoh.domain.refoulement import RefoulementAssessment, deadlines
from panoh.domain.triage.assess import assess
from panoh.domain.triage.gather import facts_of, household_facts
from panoh.domain.triage.levels import RANK
from panoh.services import resources

TODAY = date(2010, 6, 14)
NOW = datetime(2010, 6, 14, 9, tzinfo=UTC)


def someone(age: int | None = 30, sex: str = "F", relation: str = "", **fields: object) -> Person:
    born = TODAY - timedelta(days=round(365.25 * age) + 100) if age is not None else None
    precision = {"birth_precision": "day", "birth_earliest": born, "birth_latest": born} if born else {}
    return Person(id=f"{sex}{age}{relation}", number="1", sex=sex, relation=relation, **{**precision, **fields})  # type: ignore[arg-type]


def need(code: str, **fields: object) -> SpecificNeed:
    return SpecificNeed(id=code, person_id="p", code=code, **fields)  # type: ignore[arg-type]


CASES = [
    ("alone_with_parent", someone(8, relation="child"), [need("SC-UC")], [someone(relation="head")]),
    ("alone_with_parent", someone(8, relation="head"), [need("SC-CH")], [someone(relation="parent")]),
    ("alone_with_parent", someone(15, relation="spouse"), [need("SC-UC")], [someone(50, relation="parent_in_law")]),
    ("alone_and_separated", someone(8), [need("SC-UC"), need("SC-SC")], []),
    ("old_too_young", someone(20), [need("ER-NF")], []),
    ("old_with_adults", someone(70, relation="head"), [need("ER-NF")], [someone(40, relation="child")]),
    ("pregnant_man", someone(30, "M"), [need("PX-PR")], []),
    ("pregnant_man", someone(30, "M"), [need("PX-BI")], []),
    ("pregnant_age", someone(3), [need("PX-PR")], []),
    ("pregnant_age", someone(70), [need("SM-DP")], []),
    ("child_adult", someone(40), [need("CR-NE")], []),
    ("child_adult", someone(18), [need("SC-UC")], []),
    ("woman_man", someone(30, "M"), [need("WR-WR")], []),
    ("birth_past", someone(30), [need("PX-PR", due_on=TODAY - timedelta(days=43))], []),
    ("birth_far", someone(30), [need("PX-PR", due_on=TODAY + timedelta(days=301))], []),
    ("before_birth", someone(3), [need("PX-WO", event_on=TODAY - timedelta(days=3000))], []),
    ("single_with_spouse", someone(30, relation="head"), [need("SP-PT")], [someone(31, "M", "spouse")]),
    ("held_and_here", someone(30), [need("LP-DA")], []),
]
FINE = [
    (someone(8, relation="child"), [need("SC-UC")], [someone(relation="head", presence="missing")]),
    (someone(8, relation="foster_child"), [need("SC-UC")], [someone(relation="head")]),
    (someone(8, relation="niece_nephew"), [need("SC-SC")], [someone(relation="head")]),
    (someone(8, relation="child"), [need("SC-UC", status=NOT_APPLICABLE)], [someone(relation="head")]),
    (someone(None), [need("ER-NF"), need("CR-NE"), need("PX-PR")], []),
    (someone(30, ""), [need("PX-PR"), need("WR-WR")], []),
    (someone(58), [need("ER-NF")], []),
    (someone(70, relation="head"), [need("ER-NF")], [someone(8, relation="grandchild"), someone(68, "M", "spouse")]),
    (someone(15), [need("PX-PR", due_on=TODAY), need("CR-TP")], []),
    (someone(17), [need("SC-UC")], []),
    (someone(30, presence="detained"), [need("LP-DA")], []),
    (someone(30, relation="child"), [need("SP-PT")], [someone(60, relation="head"), someone(61, "M", "spouse")]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "who", "needs", "others"), CASES)
def test_what_does_not_fit_is_told(kind: str, who: Person, needs: list[SpecificNeed], others: list[Person]) -> None:
    found = contradictions(who, needs, [who, *others], TODAY)
    assert [one.kind for one in found] == [kind]
    assert found[0].sentence
    assert set(found[0].codes) <= {one.code for one in needs}


@pytest.mark.parametrize(("who", "needs", "others"), FINE)
def test_what_may_be_so_is_not(who: Person, needs: list[SpecificNeed], others: list[Person]) -> None:
    assert contradictions(who, needs, [who, *others], TODAY) == ()


def test_every_kind_has_a_case() -> None:
    assert {case[0] for case in CASES} == WORDS.keys()


def _level(who: Person, needs: list[SpecificNeed], others: list[Person]) -> int:
    mine = {who.id: needs}
    home = household_facts(Household(id="h", number="1"), [who, *others], mine, {}, TODAY)
    return RANK[assess(facts_of(who, home), resources.rulebook(), NOW, {}).level]


@pytest.mark.parametrize(("kind", "who", "needs", "others"), CASES)
def test_no_contradiction_lowers_a_level(
    kind: str, who: Person, needs: list[SpecificNeed], others: list[Person]
) -> None:
    """With all of the codes that contradict each other the level is at least as high as with any one of them."""
    whole = _level(who, needs, others)
    for one in needs:
        assert whole <= _level(who, [one], others), kind


def test_a_need_of_a_code_stands_once() -> None:
    one = need("PX-PR", status=CONFIRMED)
    again = replace(one, id="again", status=NOTICED)
    assert overlapping(again, [one]) == one
    assert overlapping(one, [one]) is None
    for over in (MET, NOT_APPLICABLE):
        assert overlapping(again, [replace(one, status=over)]) is None
        assert overlapping(replace(again, status=over), [one]) is None
    assert overlapping(replace(again, code="PX-BI"), [one]) is None


@pytest.mark.parametrize(
    ("status", "until", "waits"),
    [
        (NOTICED, None, True), (PENDING, None, True), (CONFIRMED, None, False), (CONFIRMED, TODAY, False),
        (CONFIRMED, TODAY - timedelta(days=1), True), (MET, TODAY - timedelta(days=1), False),
        (NOT_APPLICABLE, TODAY - timedelta(days=1), False), (NOTICED, TODAY + timedelta(days=1), True),
    ],
)  # fmt: skip
def test_what_waits_for_a_review(status: str, until: date | None, waits: bool) -> None:
    assert need("PX-PR", status=status, until=until).waits(TODAY) is waits


DAYS = ("return_threatened_on", "leave_by", "claim_deadline", "extradition_hearing_on", "reassess_on")


@given(
    st.fixed_dictionaries({name: st.none() | st.dates() for name in DAYS}), st.sampled_from(["", "ongoing", "averted"])
)
def test_every_day_of_an_assessment_is_a_deadline(days: dict[str, date | None], outcome: str) -> None:
    found = deadlines(RefoulementAssessment(id="a", person_id="p", outcome=outcome, **days))  # type: ignore[arg-type]
    assert [day for day, _what in found] == sorted(day for day in days.values() if day is not None)
    assert all(what for _day, what in found)


def test_when_the_danger_is_over_only_the_day_to_ask_again_counts() -> None:
    days = dict.fromkeys(DAYS, TODAY)
    over = RefoulementAssessment(id="a", person_id="p", outcome="resettled", **days)  # type: ignore[arg-type]
    assert len(deadlines(over)) == 1
