"""Registrations that still have to be completed: whose, and what they lack at the depth that comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from panoh.domain.completeness import Completeness, Registered, completeness, next_depth
from panoh.domain.consent import Consent
from panoh.domain.household import Household
from panoh.domain.lines import PersonLine
from panoh.domain.papers import Attachment
from panoh.domain.person import IdentityDocument, Person, PersonName, Unanswered
from panoh.services.desk import Desk
from panoh.services.need_to_know import open_ones, told_line, told_person, told_unanswered
from panoh.services.person_edit import Opened
from panoh.store import lines
from panoh.store.units import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ToComplete:
    """One person whose registration is not full, and what it lacks to be of the next depth."""

    line: PersonLine
    depth: str
    wanted: str  # the depth that comes next
    found: Completeness


def page(desk: Desk, offset: int, limit: int) -> list[ToComplete]:
    """A page of people whose registration is not full: groups first, then the last registered."""
    with desk.reading() as reading:
        people = lines.people_not_full(reading, offset, limit, desk.limited_reader)
        shown = lines.people_by_id(reading, (person.id for person in people))
        gathered = _gathered(desk, reading, people, {one.id: one.owner_id for one in shown.values()})
    return [
        ToComplete(told_line(desk, shown[one.person.id]), one.person.depth, wanted, completeness(one, wanted))
        for one in gathered
        for wanted in (next_depth(one.person.depth),)
    ]


def count(desk: Desk) -> int:
    """How many registrations are not full."""
    with desk.reading() as reading:
        return lines.people_not_full_count(reading, desk.limited_reader)


def of_record(record: Opened) -> Completeness:
    """What the full registration of a record that stands open lacks, as far as this user may know it."""
    view = record.view
    return completeness(
        Registered(
            view.person,
            view.household,
            view.names,
            view.documents,
            view.consents,
            bool(record.photo),
            view.unanswered,
        )
    )


def _gathered(desk: Desk, reading: Reading, people: Sequence[Person], owners: Mapping[str, str]) -> list[Registered]:
    """These people with what hangs on their records, as far as this user may know it."""
    may_see = {person.id: desk.may_see_restricted(owners.get(person.id, "")) for person in people}
    ids = [person.id for person in people]
    homes = {home.id: home for home in reading.where_in(Household, "id", (person.household_id for person in people))}
    names = _by_person(reading.where_in(PersonName, "person_id", ids))
    documents = _by_person(reading.where_in(IdentityDocument, "person_id", ids))
    consents = _by_person(reading.where_in(Consent, "person_id", ids))
    photos = {a.person_id for a in reading.where_in(Attachment, "person_id", ids) if a.kind == "photo"}
    unanswered: dict[str, list[Unanswered]] = {}
    for each in reading.where_in(Unanswered, "record_id", ids):
        unanswered.setdefault(each.record_id, []).append(each)
    return [
        Registered(
            told_person(desk, person, may_see[person.id]),
            homes.get(person.household_id),
            tuple(names.get(person.id, ())),
            open_ones(desk, documents.get(person.id, ()), may_see[person.id]),
            tuple(consents.get(person.id, ())),
            person.id in photos,
            told_unanswered(unanswered.get(person.id, ()), may_see[person.id]),
        )
        for person in people
    ]


def _by_person(records: Iterable[T]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for record in records:
        groups.setdefault(record.person_id, []).append(record)  # type: ignore[attr-defined]
    return groups
