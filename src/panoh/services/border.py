"""The border: where each person stands by day, what the crossing points are like, who moved where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from panoh.base.ids import new_id
from panoh.domain.border import BorderEvent, BorderPoint, BorderPointState, Movement
from panoh.domain.person import Person
from panoh.services.desk import Changes, Desk
from panoh.services.records import keep
from panoh.store.tables import table
from panoh.store.units import Reading, Unit


@dataclass(frozen=True, slots=True)
class PointNow:
    """A crossing point with its states, the newest first; `now` is the one in force."""

    point: BorderPoint
    states: tuple[BorderPointState, ...]

    @property
    def now(self) -> BorderPointState | None:
        """The state in force, if one was ever recorded."""
        return self.states[0] if self.states else None


def record(desk: Desk, event: BorderEvent) -> Changes:
    """Note where a person stands at the border on a day; the newest day is the person's status. Levels follow at once."""
    with desk.writing() as unit:
        _record(unit, replace(event, id=event.id or new_id(), happened_on=event.happened_on or desk.clock.today()))
        return Changes.of(unit)


def record_together(desk: Desk, person_ids: Iterable[str], event: BorderEvent) -> Changes:
    """The same for several people at once: a family that was let in, or turned back."""
    with desk.writing() as unit:
        for person_id in dict.fromkeys(person_ids):
            on = event.happened_on or desk.clock.today()
            _record(unit, replace(event, id=new_id(), person_id=person_id, happened_on=on))
        return Changes.of(unit)


def events_between(before: Person, after: Person, known: Sequence[BorderEvent]) -> list[BorderEvent]:
    """The events that say how a person came from one border status to another, so that no status is lost by a change."""
    if (before.border_status, before.border_status_on) == (after.border_status, after.border_status_on):
        return []
    made = [] if known else _as_registered(before)
    return [*made, *_as_registered(after)]


def _as_registered(person: Person) -> list[BorderEvent]:
    """The status that stands in the record as an event."""
    if not person.border_status:
        return []
    on = person.border_status_on
    return [BorderEvent(id=new_id(), person_id=person.id, status=person.border_status, happened_on=on)]


def _record(unit: Unit, event: BorderEvent) -> None:
    if not events_of_person(unit, event.person_id):
        unit.add(*_as_registered(unit.get(Person, event.person_id)))
    known = unit.first(BorderEvent, table(BorderEvent).c.id == event.id)
    if known is None:
        unit.add(event)
    else:
        unit.save(event)
    person = unit.get(Person, event.person_id)
    newest = events_of_person(unit, person.id)[0]
    unit.save(replace(person, border_status=newest.status, border_status_on=newest.happened_on))


def take_away(desk: Desk, event: BorderEvent) -> Changes:
    """Take away an event noted by mistake; the one before is the person's status again."""
    with desk.writing() as unit:
        unit.remove(event)
        person = unit.get(Person, event.person_id)
        left = events_of_person(unit, person.id)
        status, on = (left[0].status, left[0].happened_on) if left else ("", None)
        unit.save(replace(person, border_status=status, border_status_on=on))
        return Changes.of(unit)


def events_of(desk: Desk, person_id: str) -> list[BorderEvent]:
    """A person at the border, the newest day first."""
    with desk.reading() as reading:
        return events_of_person(reading, person_id)


def events_of_person(reading: Reading, person_id: str) -> list[BorderEvent]:
    """The same within a read that is open already."""
    found = reading.all(BorderEvent, table(BorderEvent).c.person_id == person_id)
    return sorted(found, key=lambda event: (event.happened_on or date.min, event.id), reverse=True)


def points(desk: Desk) -> list[PointNow]:
    """Every crossing point with its states, by name."""
    with desk.reading() as reading:
        states = sorted(reading.all(BorderPointState), key=lambda state: (state.since, state.id), reverse=True)
        return [
            PointNow(point, tuple(state for state in states if state.border_point_id == point.id))
            for point in sorted(reading.all(BorderPoint), key=lambda point: point.name.casefold())
        ]


def state_on(point: PointNow, day: date) -> BorderPointState | None:
    """What a crossing point was like on a day; None before the first recorded state."""
    return next((state for state in point.states if state.since <= day), None)


def keep_point(desk: Desk, point: BorderPoint) -> Changes:
    """Make or change a crossing point."""
    return keep(desk, replace(point, id=point.id or new_id()))


def keep_state(desk: Desk, state: BorderPointState) -> Changes:
    """Note what a crossing point is like from a day on."""
    return keep(desk, replace(state, id=state.id or new_id()))


def movements(desk: Desk, limit: int = 200) -> list[Movement]:
    """Who moved where, the newest first."""
    c = table(Movement).c
    with desk.reading() as reading:
        return reading.all(Movement, order=(c.moved_on.is_(None), c.moved_on.desc(), c.id.desc()), limit=limit)


def keep_movement(desk: Desk, movement: Movement) -> Changes:
    """Note people who moved together."""
    return keep(desk, replace(movement, id=movement.id or new_id()))
