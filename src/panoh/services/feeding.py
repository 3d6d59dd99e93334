"""What feeds levels: the records of some people read in few queries, and whom a write touches."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from panoh.domain.border import BorderEvent, BorderPoint
from panoh.domain.cases import Case, LevelOverride
from panoh.domain.casework import CareArrangement, FollowUp
from panoh.domain.household import Household, Site
from panoh.domain.incidents import Incident, IncidentPerson
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage.gather import THREAT, THREATENED, Casework
from panoh.store.units import Reading, Unit

T = TypeVar("T")
_FEEDS = (
    SpecificNeed,
    RefoulementAssessment,
    IdentityDocument,
    LevelOverride,
    TracingRequest,
    Unanswered,
    CareArrangement,
    IncidentPerson,
    BorderEvent,
)


class Records:
    """Everything that feeds the levels of some people and their households, read in few queries."""

    def __init__(self, reading: Reading, person_ids: Iterable[str]) -> None:
        found = reading.where_in(Person, "id", person_ids)
        self.joined = [person.id for person in found if person.merged_into_id]
        people = [person for person in found if not person.merged_into_id]
        home_ids = {person.household_id for person in people if person.household_id}
        members = reading.where_in(Person, "household_id", home_ids)
        alone = [person for person in people if not person.household_id]
        by_home = grouped(members, lambda person: person.household_id)
        self.homes: list[tuple[str, Sequence[Person]]] = [*by_home.items(), *(("", [person]) for person in alone)]
        self.ids = [person.id for person in (*members, *alone)]
        read = _Present(reading, self.ids)
        self.households = {home.id: home for home in reading.where_in(Household, "id", home_ids)}
        stay = {person.site_id for person in (*members, *alone)}
        self.sites = {site.id: site for site in reading.where_in(Site, "id", stay)}
        self.needs = grouped(read.of(SpecificNeed), lambda need: need.person_id)
        self.documents = grouped(read.of(IdentityDocument), lambda paper: paper.person_id)
        self.assessments = {a.person_id: a for a in read.of(RefoulementAssessment)}
        self.requests = _by_both_sides(read)
        self.unanswered = self._unanswered(reading)
        self.casework = _casework(reading, read)
        self.awaited = _awaited(reading, (*members, *alone), self.assessments)
        open_overrides = [o for o in read.of(LevelOverride) if o.ended_at is None]
        self.overrides = {override.person_id: override for override in sorted(open_overrides, key=lambda o: o.set_at)}

    def _unanswered(self, reading: Reading) -> dict[str, list[Unanswered]]:
        whose = {person_id: person_id for person_id in self.ids} | {
            a.id: a.person_id for a in self.assessments.values()
        }
        return grouped(reading.where_in(Unanswered, "record_id", whose), lambda each: whose[each.record_id])


_ABOUT: tuple[tuple[type, str], ...] = (
    (SpecificNeed, "person_id"),
    (IdentityDocument, "person_id"),
    (RefoulementAssessment, "person_id"),
    (LevelOverride, "person_id"),
    (TracingRequest, "inquirer_id"),
    (TracingRequest, "sought_person_id"),
    (CareArrangement, "person_id"),
    (IncidentPerson, "person_id"),
    (Case, "person_id"),
)


class _Present:
    """Records about some people, read only where there are any: a save is mostly about somebody of whom there are few."""

    def __init__(self, reading: Reading, ids: list[str]) -> None:
        self._reading, self._ids = reading, ids
        found = reading.present(_ABOUT, ids)
        self._there = {about for about, there in zip(_ABOUT, found, strict=True) if there}

    def of(self, kind: type[T], field: str = "person_id") -> list[T]:
        """The records of this class about them."""
        return self._reading.where_in(kind, field, self._ids) if (kind, field) in self._there else []


def grouped(records: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    """Records by a key."""
    groups: dict[str, list[T]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return groups


def _casework(reading: Reading, read: _Present) -> dict[str, Casework]:
    """What casework tells of those of these people of whom it tells anything."""
    cases = {case.id: case for case in read.of(Case)}
    care = grouped(read.of(CareArrangement), lambda each: each.person_id)
    follow_ups = grouped(reading.where_in(FollowUp, "case_id", cases), lambda each: cases[each.case_id].person_id)
    threats = _threats(reading, read)
    assessed = {case.person_id: case.assessed_on for case in cases.values() if case.assessed_on}
    return {
        person_id: Casework(
            care=care.get(person_id, ()),
            follow_ups=follow_ups.get(person_id, ()),
            threats=threats.get(person_id, ()),
            assessed_on=assessed.get(person_id),
        )
        for person_id in care.keys() | follow_ups.keys() | threats.keys() | assessed.keys()
    }


def _threats(reading: Reading, read: _Present) -> dict[str, list[Incident]]:
    touched = [each for each in read.of(IncidentPerson) if each.role in THREATENED]
    known = {each.id: each for each in reading.where_in(Incident, "id", (one.incident_id for one in touched))}
    found: dict[str, list[Incident]] = defaultdict(list)
    for one in touched:
        if (incident := known.get(one.incident_id)) is not None and incident.kind == THREAT:
            found[one.person_id].append(incident)
    return found


def _awaited(
    reading: Reading, people: Iterable[Person], assessments: dict[str, RefoulementAssessment]
) -> dict[str, str]:
    """The country behind the crossing at which those wait who fear a State and did not say where they go."""
    open_ones = [
        one.id for one in people if one.border_status == "waiting" and not one.intends_to_go and one.id in assessments
    ]
    if not open_ones:
        return {}
    newest: dict[str, BorderEvent] = {}
    events = reading.where_in(BorderEvent, "person_id", open_ones)
    for event in sorted(events, key=lambda e: (e.happened_on is not None, e.happened_on, e.id)):
        newest[event.person_id] = event
    points = {p.id: p for p in reading.where_in(BorderPoint, "id", (e.border_point_id for e in newest.values()))}
    return {
        person_id: points[event.border_point_id].to_country
        for person_id, event in newest.items()
        if event.border_point_id in points and event.status == "waiting"
    }


def _by_both_sides(read: _Present) -> dict[str, list[TracingRequest]]:
    found: dict[str, list[TracingRequest]] = defaultdict(list)
    for side in ("inquirer_id", "sought_person_id"):
        for request in read.of(TracingRequest, side):
            found[getattr(request, side)].append(request)
    return found


def affected(unit: Unit) -> set[str]:
    """Everyone whose facts this write may have changed, apart from the others of their households."""
    people = set(unit.touched[Person]).union(*(unit.people_of[kind] for kind in _FEEDS))
    people |= {one.id for one in unit.where_in(Person, "household_id", unit.touched[Household] | unit.homes)}
    people |= {one.id for one in unit.where_in(Person, "site_id", _closing_changed(unit))}
    people |= {one.person_id for one in unit.where_in(RefoulementAssessment, "id", unit.people_of[Unanswered])}
    people |= {one.person_id for one in unit.where_in(Case, "id", _cases_changed(unit))}
    people |= {one.person_id for one in unit.where_in(IncidentPerson, "incident_id", unit.touched[Incident])}
    people |= {one.person_id for one in unit.where_in(BorderEvent, "border_point_id", unit.touched[BorderPoint])}
    return people - {""}


def _closing_changed(unit: Unit) -> set[str]:
    """Sites whose day of closing changed: the one thing about a site that a rule reads (T21)."""
    return {entry.record_id for entry in unit.entries if entry.record_class == "Site" and entry.field == "closing_on"}


def _cases_changed(unit: Unit) -> set[str]:
    """Cases with another day of assessment (T17), or with another follow-up; who holds a case feeds no rule."""
    told = [entry for entry in unit.entries if entry.record_class == "Case"]
    cases = {
        e.record_id for e in told if e.field == "assessed_on" or (not e.field and '"assessed_on"' in (e.new or ""))
    }
    if unit.touched[FollowUp]:
        gone = {str(e.old) for e in unit.entries if e.record_class == "FollowUp" and e.change == "removed"}
        cases |= {one.case_id for one in unit.where_in(FollowUp, "id", unit.touched[FollowUp])}
        cases |= {json.loads(old)["case_id"] for old in gone}
    return cases
