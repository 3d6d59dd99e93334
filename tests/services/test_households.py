"""Households after registration: facts changed, members moved, and what triage makes of it in the same write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.base.errors import FormProblems
from panoh.base.ids import new_id
from panoh.domain.household import Household, Site
from panoh.domain.person import Person, Unanswered
from panoh.services import households, people, person_edit, triage
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family

ROWS = (
    FamilyRow(name="Каримова Лола", sex="F", birth="34", relation="head"),
    FamilyRow(name="Каримов Анвар", sex="M", birth="8", relation="child"),
    FamilyRow(name="Каримов Бек", sex="M", birth="36", relation="spouse", presence="missing"),
)


def site(desk: Desk, name: str, **more: object) -> Site:
    with desk.writing() as unit:
        made = Site(id=new_id(), number=unit.next_numbers()[0], name=name, **more)  # type: ignore[arg-type]
        unit.add(made)
    return made


def family(desk: Desk, **more: object) -> tuple[Household, tuple[Person, ...]]:
    saved = save_family(desk, FamilyForm(rows=ROWS, address_before="Ош, Навоий 14", language="uz", **more))  # type: ignore[arg-type]
    return saved.household, saved.people


def alone(desk: Desk, name: str = "Ражабов Тимур") -> Person:
    return save_family(desk, FamilyForm(rows=(FamilyRow(name=name, sex="M", birth="40", relation="head"),))).people[0]


def person(desk: Desk, person_id: str) -> Person:
    with desk.reading() as reading:
        return reading.get(Person, person_id)


def rules(desk: Desk, person_id: str) -> set[str]:
    return {reason.rule for reason in triage.why(desk, person_id).reasons}


def test_shelter_changed_later_fires_t14_at_once_for_everyone_here(desk: Desk) -> None:
    home, (lola, anvar, bek) = family(desk, shelter="adequate")
    assert "T14" not in rules(desk, lola.id)
    changes = households.change(desk, [replace(home, shelter="open_air")])
    assert "T14" in rules(desk, lola.id) & rules(desk, anvar.id)
    assert "T14" not in rules(desk, bek.id)
    assert "Household" in changes.kinds
    households.change(desk, [replace(home, shelter="adequate", house_burnt="yes")])
    assert "T14" in rules(desk, lola.id)
    households.change(desk, [replace(home, shelter="adequate", house_burnt="no")])
    assert "T14" not in rules(desk, lola.id)


def test_a_household_at_another_site_takes_along_those_who_are_with_it(desk: Desk) -> None:
    first, second, clinic = site(desk, "School 5"), site(desk, "Stadium"), site(desk, "Clinic")
    home, (lola, anvar, bek) = family(desk, site_id=first.id)
    keep(desk, replace(person(desk, anvar.id), site_id=clinic.id))
    households.change(desk, [replace(home, site_id=second.id)])
    assert person(desk, lola.id).site_id == second.id
    assert person(desk, anvar.id).site_id == clinic.id
    assert person(desk, bek.id).site_id == ""


def test_a_corrected_address_and_language_correct_what_members_were_given(desk: Desk) -> None:
    home, (lola, anvar, bek) = family(desk)
    keep(desk, replace(person(desk, anvar.id), origin="Карасуу", languages=("uz", "ru")))
    households.change(desk, [replace(home, address_before="Ош, Навоий 41", language="ky")])
    assert [person(desk, one.id).origin for one in (lola, anvar, bek)] == ["Ош, Навоий 41", "Карасуу", "Ош, Навоий 41"]
    assert [person(desk, one.id).languages for one in (lola, anvar, bek)] == [("ky",), ("uz", "ru"), ("ky",)]


def test_the_journal_of_each_member_tells_what_changed(desk: Desk) -> None:
    home, (lola, _anvar, _bek) = family(desk)
    households.change(desk, [replace(home, shelter="inadequate")])
    entries = people.what_happened(desk, people.person(desk, lola.id))
    told = [(entry.record_class, entry.field, entry.old, entry.new) for entry in entries]
    assert ("Household", "shelter", "", "inadequate") in told
    head, broken = desk.store.verify_journal()
    assert head.count
    assert broken is None


def test_questions_without_an_answer_are_kept_with_the_household(desk: Desk) -> None:
    home, (lola, _anvar, _bek) = family(desk)
    refused = Unanswered(id=new_id(), record_id=home.id, field="phone", answer="refused")
    households.change(desk, [home, refused])
    assert refused in person_edit.opened(desk, lola.id).unanswered
    households.change(desk, [replace(home, phone="0555 100200")], [refused])
    assert person_edit.opened(desk, lola.id).unanswered == ()


def test_moving_out_takes_what_stays_true_but_not_the_phone(desk: Desk) -> None:
    place = site(desk, "School 5")
    home, (lola, anvar, _bek) = family(
        desk, site_id=place.id, shelter="open_air", phone="0555 100200", notice_read="yes"
    )
    households.move_out(desk, lola.id, "head")
    moved = people.person(desk, lola.id)
    assert moved.household is not None
    assert moved.household.id != home.id
    assert moved.household.number.startswith("KX7-")
    assert (moved.household.shelter, moved.household.site_id, moved.household.phone) == ("open_air", place.id, "")
    assert (moved.person.relation, moved.person.site_id) == ("head", place.id)
    assert [line.id for line in moved.members] == [lola.id]
    assert lola.id not in [line.id for line in people.person(desk, anvar.id).members]
    assert "T14" in rules(desk, lola.id)


def test_the_household_that_is_joined_is_assessed_anew_in_the_same_write(desk: Desk) -> None:
    _home, (lola, _anvar, _bek) = family(desk, shelter="inadequate")
    small = save_family(desk, FamilyForm(rows=(FamilyRow(name="Каримова Нор", sex="F", birth="2", relation="child"),)))

    def level() -> list[str]:
        return [reason.level for reason in triage.why(desk, lola.id).reasons if reason.rule == "T14"]

    assert level() == ["medium"]
    households.join(desk, small.people[0].id, lola.id, "child")
    assert level() == ["high"]  # a child under five is in that shelter now
    households.move_out(desk, small.people[0].id)
    assert level() == ["medium"]


def test_joining_moves_to_where_that_household_stays(desk: Desk) -> None:
    closing = site(desk, "Stadium", closing_on=desk.clock.today() + timedelta(days=3))
    home, (lola, _anvar, _bek) = family(desk, site_id=closing.id)
    timur = alone(desk)
    left = timur.household_id
    households.join(desk, timur.id, lola.id, "sibling")
    moved = people.person(desk, timur.id)
    assert (moved.person.household_id, moved.person.site_id, moved.person.relation) == (home.id, closing.id, "sibling")
    with desk.reading() as reading:
        assert left not in {one.id for one in reading.all(Household)}


def test_what_a_household_that_is_gone_was_called_is_still_known(desk: Desk) -> None:
    home, (lola, _anvar, _bek) = family(desk)
    timur = alone(desk)
    number = households.home_of(desk, timur.id).number
    households.join(desk, timur.id, lola.id, "")
    assert households.called(desk, [timur.household_id, home.id, ""]) == {
        timur.household_id: number,
        home.id: home.number,
    }


def test_someone_without_a_household_shares_a_new_one(desk: Desk) -> None:
    with desk.writing() as unit:
        one, two = (Person(id=new_id(), number=n, origin="Ош", phone="07") for n in unit.next_numbers(2))
        unit.add(one, two)
    assert households.home_of(desk, two.id) == households.Home("", 1, "")
    households.join(desk, one.id, two.id, "sibling")
    both = people.person(desk, one.id)
    assert {line.id for line in both.members} == {one.id, two.id}
    assert both.household is not None
    assert (both.household.address_before, both.household.phone) == ("Ош", "07")
    households.move_out(desk, one.id)
    assert households.home_of(desk, one.id).people == 1


def test_moves_that_change_nothing_are_refused_in_words(desk: Desk) -> None:
    _home, (lola, anvar, _bek) = family(desk)
    timur = alone(desk)
    for move in (
        lambda: households.join(desk, lola.id, lola.id, ""),
        lambda: households.join(desk, lola.id, anvar.id, ""),
        lambda: households.move_out(desk, timur.id),
    ):
        with pytest.raises(FormProblems):
            move()
    assert households.home_of(desk, lola.id).people == 3


@examples(15, share_fixtures=True)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=8))
def test_whoever_moves_however_often_is_in_one_household_and_none_is_empty(
    desk: Desk, moves: list[tuple[int, int]]
) -> None:
    ids = [one.id for one in family(desk)[1]] + [alone(desk).id]
    for who, to in moves:
        try:
            if to == 4:
                households.move_out(desk, ids[who])
            else:
                households.join(desk, ids[who], ids[to], "")
        except FormProblems:
            continue
    with desk.reading() as reading:
        everyone, homes = reading.all(Person), reading.all(Household)
    assert {one.household_id for one in everyone} == {home.id for home in homes}
    assert len({home.number for home in homes}) == len(homes)
    assert desk.store.verify_journal()[1] is None
    for one in everyone:
        assert triage.why(desk, one.id).level
