"""Families: kin links anywhere, the drawing with the same as a list, relations that cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from panoh.base.ids import new_id, parse_number
from panoh.domain.family import KinLink
from panoh.domain.family_tree import MOST, FamilyTree, family_tree
from panoh.domain.household import Household
from panoh.domain.kinship import Doubt, doubts, with_implied
from panoh.domain.lines import FamilyLine, PersonLine
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known, told_family, told_line
from panoh.services.records import keep
from panoh.services.search import people as people_found
from panoh.store import lines
from panoh.store.tables import table
from panoh.store.units import Reading


@dataclass(frozen=True, slots=True)
class Relative:
    """One person of a family as the list and the drawing show them."""

    line: PersonLine
    since: date | None  # since when they are where they are
    sought: bool  # somebody looks for this person


@dataclass(frozen=True, slots=True)
class Family:
    """Everyone whom kin links or the household connect with one person."""

    focus: str
    relatives: tuple[Relative, ...]  # in the order of the drawing, the oldest generation first
    links: tuple[KinLink, ...]  # stated ones carry an id; those that the household implies have none
    tree: FamilyTree
    doubts: tuple[Doubt, ...]

    def relative(self, person_id: str) -> Relative | None:
        """The relative with this id."""
        return next((one for one in self.relatives if one.line.id == person_id), None)


def page(desk: Desk, offset: int, limit: int) -> list[FamilyLine]:
    """A page of households, last registered first."""
    with desk.reading() as reading:
        return [told_family(desk, line) for line in lines.households_page(reading, offset, limit)]


def count(desk: Desk) -> int:
    """How many households there are."""
    with desk.reading() as reading:
        return lines.people_count(reading)[1]


def search(desk: Desk, text: str, limit: int) -> list[FamilyLine]:
    """Households with a member whom these words may mean, or with this number; the best first."""
    ids = [found.line.household_id for found in people_found(desk, text, limit)]
    number = parse_number(text)
    with desk.reading() as reading:
        if number:
            home = reading.first(Household, table(Household).c.number == number)
            ids = [home.id, *ids] if home else ids
        found = lines.households_by_id(reading, ids)
    return [told_family(desk, found[one]) for one in dict.fromkeys(ids) if one in found]


def family_of(desk: Desk, person_id: str) -> Family:
    """The family of a person, wherever its members are. Raises AppError record.not_found."""
    with desk.reading() as reading:
        reading.get(Person, person_id)
        people, links = _gathered(reading, person_id)
        order = [one.id for one in sorted(people.values(), key=_oldest_first)]
        tree = family_tree(person_id, links, order)
        shown = lines.people_by_id(reading, (place.person_id for place in tree.places))
        sought = _sought(reading, shown)
    relatives = tuple(
        Relative(
            told_line(desk, shown[place.person_id]), people[place.person_id].presence_since, place.person_id in sought
        )
        for place in tree.places
    )
    return Family(person_id, relatives, tuple(links), tree, tuple(doubts(people, links, desk.clock.today())))


def link(desk: Desk, made: KinLink) -> Changes:
    """Make a family link, or change one that has an id."""
    return keep(desk, made if made.id else replace(made, id=new_id()))


def unlink(desk: Desk, gone: KinLink) -> Changes:
    """Take away a link that was stated by mistake; it stays in the journal."""
    return keep(desk, without=[gone])


def doubts_with(desk: Desk, made: KinLink) -> list[Doubt]:
    """What would be doubtful with this link, before it is kept. Raises AppError shield.withheld."""
    with desk.reading() as reading:
        require_known(desk, reading, made.from_person_id, made.to_person_id)
        people, links = _gathered(reading, made.from_person_id)
        for one in reading.where_in(Person, "id", (made.from_person_id, made.to_person_id)):
            people[one.id] = one
    others = [one for one in links if not made.id or one.id != made.id]
    known = doubts(people, others, desk.clock.today())
    return [doubt for doubt in doubts(people, [*others, made], desk.clock.today()) if doubt not in known]


def _gathered(reading: Reading, person_id: str) -> tuple[dict[str, Person], list[KinLink]]:
    """Everyone who is connected, in rings around the person, and the links among them; at most a few more than are drawn."""
    people: dict[str, Person] = {}
    links: dict[tuple[str, str, str], KinLink] = {}
    ring = {person_id}
    while ring and len(people) <= MOST:
        found = {one.id: one for one in reading.where_in(Person, "id", ring) if not one.merged_into_id}
        people |= found
        sides = ("from_person_id", "to_person_id")
        stated = [each for side in sides for each in reading.where_in(KinLink, side, found)]
        homes = _homes(reading, found.values())
        for link_ in [*stated, *(one for members in homes for one in with_implied(stated, members))]:
            links.setdefault((link_.from_person_id, link_.to_person_id, link_.kind), link_)
        ring = {end for each in links.values() for end in (each.from_person_id, each.to_person_id)} - set(people)
    known = set(people)
    return people, [each for each in links.values() if {each.from_person_id, each.to_person_id} <= known]


def _homes(reading: Reading, people: Iterable[Person]) -> list[list[Person]]:
    homes: dict[str, list[Person]] = {}
    for one in reading.where_in(Person, "household_id", (person.household_id for person in people)):
        homes.setdefault(one.household_id, []).append(one)
    return list(homes.values())


def _sought(reading: Reading, people: Iterable[str]) -> set[str]:
    found = reading.where_in(TracingRequest, "sought_person_id", people)
    return {request.sought_person_id for request in found if request.status not in ("closed", "reunified")}


def _oldest_first(person: Person) -> tuple[bool, date, str]:
    return person.birth_earliest is None, person.birth_earliest or date.max, person.id
