"""Households after registration: what they share is changed, a member moves to another one or to one of their own.

Everyone whom a change may concern is assessed anew in the same write. Nothing here tells why anybody is protected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.household import Household, HouseholdMove, Site
from panoh.domain.person import Person, Unanswered
from panoh.domain.records import Record
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known
from panoh.services.records import keep_in
from panoh.store import history
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

# What stays true for someone who leaves a household. Not its phone: others of the household may answer it.
_GOES_ALONG = ("address_before", "shelter", "house_burnt", "language", "notice_read", "depth")


@dataclass(frozen=True, slots=True)
class Home:
    """A household as it is told to whoever chooses one."""

    number: str  # '' for someone who stands alone
    people: int
    site_name: str


def home_of(desk: Desk, person_id: str) -> Home:
    """The household of a person, or the person alone."""
    with desk.reading() as reading:
        person = reading.get(Person, person_id)
        household = reading.get(Household, person.household_id) if person.household_id else None
        site_id = household.site_id if household else person.site_id
        site = reading.get(Site, site_id) if site_id else None
        people = len(_members(reading, household.id)) if household else 1
    return Home(household.number if household else "", people, site.name if site else "")


def change(desk: Desk, kept: Sequence[Record], removed: Sequence[Record] = ()) -> Changes:
    """Keep the new facts of a household and its questions without an answer.

    What the members were given from it goes along where it is still the same: the place and the language that were
    recorded before are corrected with it, and whoever is here and stayed where the household did stays where it does
    now. What is recorded otherwise of a member stays.
    """
    with desk.writing() as unit:
        along = [each for record in kept if isinstance(record, Household) for each in _who_go_along(unit, record)]
        keep_in(desk, unit, [*kept, *along], removed)
        return Changes.of(unit)


def _who_go_along(unit: Unit, household: Household) -> list[Person]:
    before = unit.get(Household, household.id)
    members = _members(unit, household.id)
    changed = [(person, _going_along(person, before, household)) for person in members]
    return [after for person, after in changed if after != person]


def _going_along(person: Person, before: Household, now: Household) -> Person:
    if before.site_id != now.site_id and person.presence == "here" and person.site_id in ("", before.site_id):
        person = replace(person, site_id=now.site_id)
    if before.address_before and person.origin == before.address_before:
        person = replace(person, origin=now.address_before)
    if before.language and now.language and person.languages == (before.language,):
        person = replace(person, languages=(now.language,))
    return person


def join(desk: Desk, person_id: str, other_id: str, relation: str, why: str = "joined") -> Changes:
    """Move a person into the household of another; whoever is here then stays where that household stays.

    Of somebody masked only who knows them does: whoever is masked no more, or still, tells who is meant.

    Someone without a household gets one for both. A household that nobody is left in is taken away; its facts stay in
    the journal. `why` is a code of vocab household_move. `relation` is what the person is there (vocab relation). Raises FormProblems at 'who',
    AppError shield.withheld.
    """
    with desk.writing() as unit:
        join_in(desk, unit, person_id, other_id, relation, why)
        return Changes.of(unit)


def join_in(desk: Desk, unit: Unit, person_id: str, other_id: str, relation: str, why: str = "joined") -> None:
    """The same as part of a write that does more, as a reunification does."""
    require_known(desk, unit, person_id, other_id)
    person, other = unit.get(Person, person_id), unit.get(Person, other_id)
    if person.id == other.id:
        raise FormProblems([FieldProblem("who", _("This is the same person. Choose someone of the other household."))])
    if person.household_id and person.household_id == other.household_id:
        raise FormProblems([FieldProblem("who", _("Both are in this household already."))])
    household = unit.get(Household, other.household_id) if other.household_id else _for_one(unit, other)
    _settle(unit, person, household, relation, why)


def move_out(desk: Desk, person_id: str, relation: str = "", why: str = "split") -> Changes:
    """Give a person a new household of their own, with what stays true of the household before, but not its phone.

    Raises FormProblems at 'where' for someone who is alone in a household already, AppError shield.withheld as `join`.
    """
    with desk.writing() as unit:
        require_known(desk, unit, person_id)
        person = unit.get(Person, person_id)
        if person.household_id and len(_members(unit, person.household_id)) == 1:
            raise FormProblems([FieldProblem("where", _("This person is alone in a household already."))])
        _settle(unit, person, _new(unit, person), relation, why)
        return Changes.of(unit)


def _for_one(unit: Unit, person: Person) -> Household:
    """A household for someone who stood alone."""
    household = _new(unit, person)
    unit.save(replace(person, household_id=household.id))
    return household


def _new(unit: Unit, person: Person) -> Household:
    """A new household with what is known from the one before, or else from the person's own record."""
    before = unit.get(Household, person.household_id) if person.household_id else None
    facts: dict[str, Any] = {name: getattr(before, name) for name in _GOES_ALONG} if before else _own(person)
    site_id = person.site_id or (before.site_id if before and person.presence == "here" else "")
    household = Household(id=new_id(), number=unit.next_numbers()[0], site_id=site_id, **facts)
    unit.add(household)
    return household


def _own(person: Person) -> dict[str, Any]:
    return {
        "address_before": person.origin,
        "phone": person.phone,
        "language": next(iter(person.languages), ""),
        "depth": person.depth,
    }


def _forget_in_moves(unit: Unit, gone: Household) -> None:
    """Moves out of and into a household that is taken away keep their day and reason; the journal has its number."""
    for side in ("from_household_id", "to_household_id"):
        for move in unit.where_in(HouseholdMove, side, [gone.id]):
            blank: dict[str, Any] = {side: ""}
            unit.save(replace(unit.get(HouseholdMove, move.id), **blank))


def _take_along(unit: Unit, person: Person, gone: Household) -> None:
    """What a household needed and was given goes on with whoever was the last of it."""
    along: dict[str, Any] = {"household_id": "", "person_id": person.id}
    rows: list[BasicNeed | Assistance] = [*unit.where_in(BasicNeed, "household_id", [gone.id])]
    rows += unit.where_in(Assistance, "household_id", [gone.id])
    for row in rows:
        unit.save(replace(row, **along))


def _settle(unit: Unit, person: Person, household: Household, relation: str, why: str) -> None:
    site_id = household.site_id if household.site_id and person.presence == "here" else person.site_id
    unit.save(replace(person, household_id=household.id, relation=relation, site_id=site_id))
    unit.add(
        HouseholdMove(
            id=new_id(),
            person_id=person.id,
            from_household_id=person.household_id,
            to_household_id=household.id,
            moved_on=unit.at.date(),
            why=why,
        )
    )
    if person.household_id and not _members(unit, person.household_id):
        gone = unit.get(Household, person.household_id)
        _forget_in_moves(unit, gone)
        _take_along(unit, person, gone)
        for answer in unit.all(Unanswered, table(Unanswered).c.record_id == gone.id):
            unit.remove(answer)
        unit.remove(gone)


def _members(reading: Reading, household_id: str) -> list[Person]:
    return reading.all(Person, table(Person).c.household_id == household_id)


def called(desk: Desk, ids: Iterable[str]) -> dict[str, str]:
    """What households and sites are called in the journal: a household's number, a site's name. Also those long gone."""
    wanted = {one for one in ids if one}
    with desk.reading() as reading:
        names = {home.id: home.number for home in reading.where_in(Household, "id", wanted)}
        names |= {site.id: site.name for site in reading.where_in(Site, "id", wanted)}
        for entry in history.of_records(reading, wanted - names.keys()):
            if entry.change == "made" and isinstance(entry.new, dict):
                names.setdefault(entry.record_id, str(entry.new.get("number", "")))
    return names
