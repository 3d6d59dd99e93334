"""The border by day: the newest event is a person's status, whatever the order in which they were told."""

from __future__ import annotations

from datetime import date

from panoh.domain.border import BorderEvent, BorderPoint, BorderPointState, Movement
from panoh.domain.person import Person
from panoh.services import border, triage
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family


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
