"""The border: where each person stands by day, what the crossing points are like, who moved where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from panoh.base.ids import new_id
from panoh.domain.border import BorderEvent, BorderPoint, BorderPointState, Movement, way_between
from panoh.domain.household import Site
from panoh.domain.person import Person
from panoh.services.desk import Changes, Desk
from panoh.services.records import keep
from panoh.store import borders
from panoh.store.tables import table
from panoh.store.units import Reading, Unit


@dataclass(frozen=True, slots=True)
class DayAtPoint:
    """How many people were noted at a crossing point on a day, by border status; None is a day that is not known."""

    day: date | None
    people: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MovementLine:
    """A movement with the names of its places, and what is made of its day and way."""

    movement: Movement
    from_name: str
    to_name: str
    planned: bool  # its day is still to come
    way: str  # domain.border.SOUTH_TO_NORTH, NORTH_TO_SOUTH or ''


@dataclass(frozen=True, slots=True)
class PointNow:
    """A crossing point with its states, the newest first; `now` is the one in force. Levels are told by no number."""

    point: BorderPoint
    states: tuple[BorderPointState, ...]
    waiting: int = 0  # people who are here and whose newest border status is that they wait there
    days: tuple[DayAtPoint, ...] = ()  # the newest day first

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
    corrected = before.border_status == after.border_status  # another day for the status that was registered
    made = [] if known or corrected else _as_registered(before)
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
    """Every crossing point with its states and how many people were noted there, by name."""
    with desk.reading() as reading:
        states = sorted(reading.all(BorderPointState), key=lambda state: (state.since, state.id), reverse=True)
        found = sorted(reading.all(BorderPoint), key=lambda point: point.name.casefold())
        noted, standing = borders.by_day(reading), borders.standing(reading)
    waiting = {point_id: people for point_id, status, people in standing if status == "waiting"}
    return [
        PointNow(
            point,
            tuple(state for state in states if state.border_point_id == point.id),
            waiting.get(point.id, 0),
            _days((day, status, people) for point_id, day, status, people in noted if point_id == point.id),
        )
        for point in found
    ]


def _days(noted: Iterable[tuple[date | None, str, int]]) -> tuple[DayAtPoint, ...]:
    days: dict[date | None, dict[str, int]] = {}
    for day, status, people in noted:
        days.setdefault(day, {})[status] = people
    return tuple(DayAtPoint(day, people) for day, people in days.items())


def state_on(point: PointNow, day: date) -> BorderPointState | None:
    """What a crossing point was like on a day; None before the first recorded state."""
    return next((state for state in point.states if state.since <= day), None)


def keep_point(desk: Desk, point: BorderPoint) -> Changes:
    """Make or change a crossing point."""
    return keep(desk, replace(point, id=point.id or new_id()))


def keep_state(desk: Desk, state: BorderPointState) -> Changes:
    """Note what a crossing point is like from a day on."""
    return keep(desk, replace(state, id=state.id or new_id()))


def movements(desk: Desk, offset: int = 0, limit: int = 200) -> list[MovementLine]:
    """A page of who moved where, the newest first."""
    today = desk.clock.today()
    with desk.reading() as reading:
        found = borders.movement_page(reading, offset, limit)
        ids = {site_id for one in found for site_id in (one.from_site_id, one.to_site_id)}
        sites = {site.id: site for site in reading.where_in(Site, "id", ids)}
    return [_line(desk, one, sites, today) for one in found]


def movement_count(desk: Desk) -> int:
    """How many movements are noted."""
    with desk.reading() as reading:
        return borders.movement_count(reading)


def _line(desk: Desk, movement: Movement, sites: Mapping[str, Site], today: date) -> MovementLine:
    ends = []
    for site_id, place in (
        (movement.from_site_id, movement.from_place),
        (movement.to_site_id, movement.to_place),
    ):
        site = sites.get(site_id)
        name = site.name if site else desk.name_of("locations", place)
        ends.append((name, _region(desk, site.place if site else place)))
    (from_name, from_region), (to_name, to_region) = ends
    planned = movement.moved_on is not None and movement.moved_on > today
    return MovementLine(movement, from_name, to_name, planned, way_between(from_region, to_region))


def _region(desk: Desk, place: str) -> str:
    """The region that a place lies in, by the list of locations; '' for a place that is not in it."""
    locations = desk.vocabularies["locations"]
    term = locations.get(locations.match(place) or "") if place else None
    while term is not None and term.category != "region":
        term = locations.get(term.parent)
    return term.code if term else ""


def keep_movement(desk: Desk, movement: Movement) -> Changes:
    """Note people who moved together."""
    return keep(desk, replace(movement, id=movement.id or new_id()))
