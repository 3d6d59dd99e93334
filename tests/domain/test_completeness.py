"""What a registration lacks: graded, never in the way, and never a question about ethnicity or religion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.domain.completeness import (
    CRITICAL,
    EMERGENCY,
    FULL,
    GRADES,
    INFORMATION,
    WARNING,
    Registered,
    completeness,
    fields_of,
    next_depth,
)
from panoh.domain.consent import Consent
from panoh.domain.household import Household
from panoh.domain.person import IdentityDocument, Person, PersonName, Unanswered

BLANK = Registered(Person(id="p"), Household(id="h"))
TOLD = Person(
    id="p", given_name="Зулфия", family_name="Каримова", patronymic="Анваровна", sex="F", birth_precision="year", relation="head",
    site_id="s", birth_country="KG", nationalities=("KG",), fled_from="KG", country_now="UZ", marital_status="married",
    legal_status="idp", origin="Ўш", education="higher", occupation="nurse", birth_place="Ўш", mother_name="Лола",
    languages=("uz",), interpreter="not_needed",
)  # fmt: skip


def gaps(one: Registered, depth: str = FULL) -> set[str]:
    return {gap.field for gap in completeness(one, depth).gaps}


def test_an_emergency_registration_asks_for_little() -> None:
    assert gaps(BLANK, EMERGENCY) == {"given_name", "sex", "birth", "relation", "site", "storage"}


def test_what_hangs_on_the_record_counts() -> None:
    one = Registered(
        TOLD,
        Household(id="h"),
        names=(PersonName(id="n", person_id="p", kind="other_script", text="Karimova"),),
        documents=(IdentityDocument(id="d", person_id="p", state="lost"),),
        consents=tuple(
            Consent(id=p, person_id="p", purpose=p, recipient="unhcr", answer="no") for p in ("storage", "sharing")
        ),
        has_photo=True,
    )
    assert gaps(one) == {"arrival_on", "fled_on", "maiden", "nickname"}


@pytest.mark.parametrize(
    ("answer", "settles"), [("not_asked", False), ("does_not_know", True), ("refused", True), ("none", True)]
)
def test_a_question_that_was_asked_is_settled_whatever_the_answer(answer: str, settles: bool) -> None:
    one = replace(BLANK, unanswered=(Unanswered(id="u", record_id="p", field="education", answer=answer),))
    assert ("education" in gaps(one)) is not settles


def test_whoever_is_elsewhere_has_no_site_here() -> None:
    assert "site" not in gaps(replace(BLANK, person=replace(BLANK.person, presence="missing")))


@pytest.mark.parametrize(
    ("sex", "status", "asked"),
    [("F", "married", True), ("F", "single", False), ("M", "married", False), ("F", "", False)],
)
def test_a_name_before_marriage_is_asked_of_married_women(sex: str, status: str, asked: bool) -> None:
    assert ("maiden" in gaps(replace(BLANK, person=replace(BLANK.person, sex=sex, marital_status=status)))) is asked


def test_ethnicity_and_religion_are_never_asked_for() -> None:
    wanted = [name for grade in GRADES for name in fields_of(grade)]
    assert not {"ethnicity", "religion"} & set(wanted)
    assert len(wanted) == len(set(wanted))


def test_the_gravest_come_first() -> None:
    grades = [gap.grade for gap in completeness(BLANK).gaps]
    assert grades == sorted(grades, key=(CRITICAL, WARNING, INFORMATION).index)


def test_registrations_are_brought_to_the_next_depth() -> None:
    assert [next_depth(depth) for depth in ("group", "emergency", "full")] == ["emergency", "full", "full"]


@given(st.sets(st.sampled_from([name for grade in GRADES for name in fields_of(grade)])))
def test_every_settled_field_is_one_gap_less(settled: set[str]) -> None:
    asked = replace(
        BLANK, unanswered=tuple(Unanswered(id=f, record_id="p", field=f, answer="refused") for f in settled)
    )
    before, after = completeness(BLANK), completeness(asked)
    assert {gap.field for gap in after.gaps} == {gap.field for gap in before.gaps} - settled
    assert after.done == after.asked - len(after.gaps)
    parts = [after.part(after.fields[at::3]) for at in range(3)]
    assert sum(part.asked for part in parts) == after.asked
    assert sum(part.done for part in parts) == after.done
    assert {gap for part in parts for gap in part.of_grade(CRITICAL)} == set(after.of_grade(CRITICAL))
