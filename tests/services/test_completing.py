"""Registrations to complete: groups first, and what each lacks."""

from __future__ import annotations

from dataclasses import replace

from panoh.base.ids import new_id
from panoh.domain.consent import Consent
from panoh.domain.person import PersonName, Unanswered
from panoh.services import completing, people, person_edit
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family


def _register(desk: Desk, depth: str = "emergency") -> str:
    row = FamilyRow(name="Каримова Зулфия", sex="F", birth="34", relation="head")
    told = "3" if depth == "group" else ""
    return save_family(desk, FamilyForm(rows=(row,), depth=depth, people_told=told)).people[0].id


def test_groups_come_first_and_full_ones_not_at_all(desk: Desk) -> None:
    ids = {depth: _register(desk, depth) for depth in ("group", "emergency", "full")}
    found = completing.page(desk, 0, 10)
    assert [one.line.id for one in found] == [ids["group"], ids["emergency"]]
    assert [one.wanted for one in found] == ["emergency", "full"]
    assert completing.count(desk) == 2


def test_what_is_recorded_is_no_gap(desk: Desk) -> None:
    person = _register(desk)
    before = {gap.field for gap in completing.of_record(person_edit.opened(desk, person)).gaps}
    assert {"storage", "education", "other_script", "photo"} <= before
    keep(
        desk,
        Consent(id=new_id(), person_id=person, purpose="storage", recipient="this_organisation", answer="yes"),
        Unanswered(id=new_id(), record_id=person, field="education", answer="refused"),
        PersonName(id=new_id(), person_id=person, kind="other_script", text="Karimova Zulfiya"),
    )
    after = {gap.field for gap in completing.of_record(person_edit.opened(desk, person)).gaps}
    assert before - after == {"storage", "education", "other_script"}


def test_a_registration_is_deepened_whatever_it_lacks(desk: Desk) -> None:
    person = _register(desk)
    keep(desk, replace(people.person(desk, person).person, depth="full"))
    assert completing.count(desk) == 0
    assert completing.of_record(person_edit.opened(desk, person)).gaps
