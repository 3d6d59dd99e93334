"""The border by day: the newest event is a person's status, whatever the order in which they were told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from panoh.domain.border import BorderEvent, BorderPoint, BorderPointState, Movement
from panoh.domain.person import Person
from panoh.services import border, sites, triage
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.sites import SiteForm


def _people(desk: Desk) -> list[Person]:
    rows = (
        FamilyRow(name="Каримова Зулфия", sex="F", birth="34", relation="head"),
        FamilyRow(name="Каримов Али", sex="M", birth="5", relation="child"),
    )
    return list(save_family(desk, FamilyForm(rows=rows, border_status="waiting")).people)


def _event(person: Person, status: str, day: int) -> BorderEvent:
    return BorderEvent(id="", person_id=person.id, status=status, happened_on=date(2010, 6, day))


def _status(desk: Desk, person: Person) -> tuple[str, date | None]:
    with desk.reading() as reading:
        now = reading.get(Person, person.id)
    return now.border_status, now.border_status_on


def test_an_older_event_told_later_does_not_replace_a_newer_one(desk: Desk) -> None:
    mother = _people(desk)[0]
    border.record(desk, _event(mother, "turned_back", 15))
    border.record(desk, _event(mother, "displaced_inside", 11))
    assert _status(desk, mother) == ("turned_back", date(2010, 6, 15))
    found = [(event.status, event.happened_on) for event in border.events_of(desk, mother.id)]
    assert found[0] == ("turned_back", date(2010, 6, 15))
    assert ("waiting", desk.clock.today()) in found  # as registered: no status is lost
    assert found[-1] == ("displaced_inside", date(2010, 6, 11))


def test_a_turned_back_child_rises_in_triage_and_falls_when_it_was_a_mistake(desk: Desk) -> None:
    people = _people(desk)
    border.record_together(desk, [one.id for one in people], _event(people[0], "turned_back", 15))
    rules = {item.line.id: {reason.rule for reason in item.reasons} for item in triage.whole_queue(desk, 9)}
    assert all("T22" in rules[one.id] for one in people)
    for one in people:
        border.take_away(desk, border.events_of(desk, one.id)[0])
    assert _status(desk, people[0]) == ("waiting", desk.clock.today())
    rules = {item.line.id: {reason.rule for reason in item.reasons} for item in triage.whole_queue(desk, 9)}
    assert all("T22" not in rules[one.id] for one in people)


def test_a_crossing_point_has_a_state_for_every_day(desk: Desk) -> None:
    border.keep_point(desk, BorderPoint(id="", name="Dostuk", from_country="KG", to_country="UZ"))
    point = border.points(desk)[0].point
    for day, state in ((11, "open"), (14, "closed"), (12, "some_let_through")):
        border.keep_state(
            desk, BorderPointState(id="", border_point_id=point.id, since=date(2010, 6, day), state=state)
        )
    found = border.points(desk)[0]
    assert found.now is not None
    assert found.now.state == "closed"
    on = [border.state_on(found, date(2010, 6, day)) for day in (10, 11, 13, 30)]
    assert [state.state if state else None for state in on] == [None, "open", "some_let_through", "closed"]


def test_movements_come_newest_first_and_unknown_days_last(desk: Desk) -> None:
    for day in (12, None, 14):
        border.keep_movement(
            desk, Movement(id="", moved_on=date(2010, 6, day) if day else None, to_place="Osh", people=40)
        )
    assert [m.movement.moved_on.day if m.movement.moved_on else None for m in border.movements(desk)] == [14, 12, None]


def test_points_count_who_was_noted_by_day_and_who_waits_now(desk: Desk) -> None:
    mother, child = _people(desk)
    for name in ("Dostuk", "Kara-Suu"):
        border.keep_point(desk, BorderPoint(id="", name=name))
    dostuk, karasuu = (row.point.id for row in border.points(desk))
    for person in (mother, child):
        border.record(desk, replace(_event(person, "waiting", 11), border_point_id=dostuk))
    border.record(desk, replace(_event(child, "waiting", 13), border_point_id=karasuu))
    border.record(desk, replace(_event(child, "turned_back", 13), border_point_id=karasuu))
    first, second = border.points(desk)
    days = [(each.day, dict(each.people)) for each in (*first.days, *second.days)]
    assert days == [(date(2010, 6, 11), {"waiting": 2}), (date(2010, 6, 13), {"waiting": 1, "turned_back": 1})]
    assert (first.waiting, second.waiting) == (0, 0)  # as registered, both wait since the 14th, and nobody said where
    border.record(desk, replace(_event(mother, "waiting", 15), border_point_id=dostuk))
    assert border.points(desk)[0].waiting == 1
    for presence in ("missing", "detained", "elsewhere"):
        keep(desk, replace(_now(desk, mother), presence=presence))
        assert border.points(desk)[0].waiting == 0
    keep(desk, replace(_now(desk, mother), presence="stopped"))
    assert border.points(desk)[0].waiting == 1


def _now(desk: Desk, person: Person) -> Person:
    with desk.reading() as reading:
        return reading.get(Person, person.id)


@pytest.mark.parametrize(
    ("start", "end", "way"),
    [
        ("41703220", "KG-GB", "south_to_north"),  # Suzak, a district of Jalal-Abad
        ("Бишкек", "Osh", "north_to_south"),
        ("KG-O", "KG-J", ""),
        ("the old mill", "KG-GB", ""),
        ("", "KG-GB", ""),
    ],
)
def test_the_way_of_a_movement_follows_from_its_places(desk: Desk, start: str, end: str, way: str) -> None:
    border.keep_movement(desk, Movement(id="", from_place=start, to_place=end))
    assert border.movements(desk)[0].way == way


def test_the_way_follows_from_where_sites_lie_and_a_day_to_come_is_a_plan(desk: Desk) -> None:
    site = sites.add(desk, SiteForm(name="School 5", place="KG-GO"))[0]
    for day in (14, 15):
        on = date(2010, 6, day)
        border.keep_movement(desk, Movement(id="", from_site_id=site.id, to_place="KG-C", moved_on=on))
    planned, done = border.movements(desk)
    assert (planned.planned, done.planned) == (True, False)
    assert (planned.from_name, planned.to_name, planned.way) == ("School 5", "Chuy", "south_to_north")
    assert border.movement_count(desk) == 2


def test_another_day_for_the_status_that_was_registered_is_one_event(desk: Desk) -> None:
    before = _people(desk)[0]
    after = replace(before, border_status_on=date(2010, 6, 12))
    assert [event.happened_on for event in border.events_between(before, after, [])] == [date(2010, 6, 12)]
    after = replace(before, border_status="admitted")
    assert [event.status for event in border.events_between(before, after, [])] == ["waiting", "admitted"]
