"""Records set aside: hidden like joined ones, whole again within thirty days, and after that proposed for erasure.

What a record had before (its household, site and presence) is told by the journal entry of the same write, so bringing
it back undoes exactly that. Its case stays with whoever holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import User
from panoh.domain.erasing import RETURN_DAYS, Removal
from panoh.domain.household import Household, Site
from panoh.domain.lines import PersonLine
from panoh.domain.person import Person
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import told_line
from panoh.store import history, lines
from panoh.store.tables import table, value_from_json
from panoh.store.units import Reading, Unit

_MOST = 100_000  # entries of one record
_LEFT: dict[str, Any] = {
    "household_id": "",
    "site_id": "",
    "presence": "",
}  # so that neither a family nor a count holds them


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that was set aside, by whom, and how many days are left to bring it back."""

    line: PersonLine
    why: str  # vocab removal_why
    by: str  # name of the user
    at: datetime | None
    days_left: int  # 0: it is proposed for erasure


def set_aside(desk: Desk, person_id: str, why: str) -> Changes:
    """Hide a record from every list, search and count. Raises AppError access.denied, aside.already, record.not_found."""
    desk.require_supervisor()
    with desk.writing() as unit:
        person = unit.get(Person, person_id)
        if person.merged_into_id:
            raise AppError("aside.already")
        unit.add(Removal(id=new_id(), person_id=person_id, why=why, removed_by=desk.user.id, removed_at=unit.at))
        unit.save(replace(person, merged_into_id=person_id, **_LEFT))
        return Changes.of(unit)


def bring_back(desk: Desk, person_id: str) -> Changes:
    """Bring a record back as it was. A household or site that is gone meanwhile stays left.

    Raises AppError access.denied, aside.not_there, aside.too_late.
    """
    desk.require_supervisor()
    with desk.writing() as unit:
        removal = _standing(unit, person_id)
        if _days_left(desk, removal) <= 0:
            raise AppError("aside.too_late", days=RETURN_DAYS)
        person = unit.get(Person, person_id)
        unit.save(replace(person, **{**_as_before(unit, removal), "merged_into_id": ""}))
        unit.save(replace(removal, returned_at=unit.at))
        return Changes.of(unit)


def listed(desk: Desk) -> list[Aside]:
    """Every record that is set aside, the last one first, for supervisors. Raises AppError access.denied."""
    desk.require_supervisor()
    with desk.reading() as reading:
        names = {user.id: user.name for user in reading.all(User)}
        found = _all_standing(reading)
        shown = lines.people_by_id(reading, [removal.person_id for removal in found])
        return [
            Aside(
                told_line(desk, shown[removal.person_id]), removal.why, names.get(removal.removed_by, ""),
                removal.removed_at, max(0, _days_left(desk, removal)),
            )
            for removal in found
        ]  # fmt: skip


def count(desk: Desk) -> int:
    """How many records are set aside."""
    desk.require_supervisor()
    with desk.reading() as reading:
        return len(_all_standing(reading))


def _all_standing(reading: Reading) -> list[Removal]:
    c = table(Removal).c
    aside = {p.id for p in reading.all(Person, table(Person).c.merged_into_id == table(Person).c.id)}
    found = reading.all(Removal, c.returned_at.is_(None), order=c.id.desc())
    return [removal for removal in found if removal.person_id in aside]


def _standing(reading: Reading, person_id: str) -> Removal:
    found = next((removal for removal in _all_standing(reading) if removal.person_id == person_id), None)
    if found is None:
        raise AppError("aside.not_there")
    return found


def _days_left(desk: Desk, removal: Removal) -> int:
    """Days until the return ends, as a date on the wall; a clock that went back gives no more than all of them."""
    if removal.removed_at is None:
        return RETURN_DAYS
    left = removal.removed_at + timedelta(days=RETURN_DAYS) - desk.clock.now()
    return min(RETURN_DAYS, -(-left // timedelta(days=1)))


def _as_before(unit: Unit, removal: Removal) -> dict[str, Any]:
    """What setting aside took from the record, as far as it leads somewhere still: it stands in the journal after the removal."""
    made = history.of_records(unit, [removal.id], _MOST)[-1].seq
    found: dict[str, Any] = {}
    for entry in history.between(unit, made + 1, made + len(_LEFT) + 1):
        if entry.record_id != removal.person_id or entry.field == "merged_into_id":
            break
        found[entry.field] = value_from_json(Person, entry.field, entry.old)
    for name, kind in (("household_id", Household), ("site_id", Site)):
        if found.get(name) and unit.first(kind, table(kind).c.id == found[name]) is None:
            found[name] = ""
    return found
