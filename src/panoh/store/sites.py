"""Queries behind the sites: pages of them with how many people are there, and who is at one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from panoh.domain.household import Household, Site
from panoh.domain.lines import HouseholdLine, SiteLine
from panoh.domain.person import Person
from panoh.store.tables import from_row, table
from panoh.store.units import Reading

_p, _s, _h = table(Person).c, table(Site).c, table(Household).c
_HERE = _p.presence == "here"
_LEAST_SHELTER = case({"open_air": 0, "inadequate": 1, "": 2}, value=_h.shelter, else_=3)


_counted = select(_p.site_id, func.count().label("people")).where(_HERE).group_by(_p.site_id).subquery()
_people = func.coalesce(_counted.c.people, 0)
# Orders of the list; 'state' has those with the least room first. What is not known comes last in each.
_ORDERS: dict[str, Any] = {
    "name": _s.name,
    "people": _people,
    "room": _s.capacity,
    "closing": _s.closing_on,
    "state": -(_people * 1.0 / func.nullif(_s.capacity, 0)),
}


def page(reading: Reading, by: str, descending: bool, offset: int, limit: int) -> list[SiteLine]:
    """A page of the sites by one of _ORDERS."""
    first = _ORDERS[by]
    wanted = select(table(Site), _people).select_from(table(Site).outerjoin(_counted, _counted.c.site_id == _s.id))
    wanted = wanted.order_by(first.is_(None), first.desc() if descending else first.asc(), _s.name, _s.id)
    rows = reading.connection.execute(wanted.offset(offset).limit(limit))
    return [SiteLine(site=from_row(Site, row[:-1]), people=int(row[-1])) for row in rows]


def count(reading: Reading) -> int:
    """How many sites there are."""
    return int(reading.connection.execute(select(func.count()).select_from(table(Site))).scalar_one())


def line(reading: Reading, site_id: str) -> SiteLine:
    """One site; AppError('record.not_found') when it is gone."""
    people = select(func.count()).where(_p.site_id == site_id, _HERE)
    return SiteLine(site=reading.get(Site, site_id), people=int(reading.connection.execute(people).scalar_one()))


@dataclass(frozen=True, slots=True)
class Sheltered:
    """How many households and people at a site have this shelter (vocab shelter; '' is not recorded)."""

    shelter: str
    households: int
    people: int


def shelter(reading: Reading, site_id: str) -> list[Sheltered]:
    """The shelter of everyone at a site; people without a household count as households of one, nothing recorded."""
    kind = func.coalesce(_h.shelter, "")
    home = func.coalesce(_p.household_id, _p.id)
    source = table(Person).outerjoin(table(Household), _h.id == _p.household_id)
    rows = reading.connection.execute(
        select(kind, func.count(home.distinct()), func.count())
        .select_from(source)
        .where(_p.site_id == site_id, _HERE)
        .group_by(kind)
    )
    return [Sheltered(*row) for row in rows]


def households(reading: Reading, site_id: str, offset: int, limit: int) -> list[HouseholdLine]:
    """A page of the households at a site: those in the open first, then with inadequate shelter, then not recorded."""
    head_first = func.min(case((_p.relation == "head", "0"), else_="1") + _p.id)
    source = table(Household).join(table(Person), _p.household_id == _h.id)
    rows = reading.connection.execute(
        select(_h.id, _h.number, func.count(), _h.shelter, head_first)
        .select_from(source)
        .where(_p.site_id == site_id, _HERE)
        .group_by(_h.id)
        .order_by(_LEAST_SHELTER, _h.id)
        .offset(offset)
        .limit(limit)
    )
    return [
        HouseholdLine(id=row[0], number=row[1], people=row[2], shelter=row[3], first_person_id=row[4][1:])
        for row in rows
    ]


def household_count(reading: Reading, site_id: str) -> int:
    """How many households have someone at a site."""
    wanted = select(func.count(_p.household_id.distinct())).where(_p.site_id == site_id, _HERE)
    return int(reading.connection.execute(wanted).scalar_one())


def elsewhere(reading: Reading, site_id: str, limit: int) -> list[str]:
    """The ids of the first people who stay at another site than this one, the first registered first."""
    wanted = select(_p.id).where(*_elsewhere(site_id)).order_by(_p.id).limit(limit)
    return [row[0] for row in reading.connection.execute(wanted)]


def elsewhere_count(reading: Reading, site_id: str) -> int:
    """How many people stay at another site than this one."""
    wanted = select(func.count()).select_from(table(Person)).where(*_elsewhere(site_id))
    return int(reading.connection.execute(wanted).scalar_one())


def _elsewhere(site_id: str) -> tuple[ColumnElement[bool], ...]:
    return (_p.site_id.is_not(None), _p.site_id != site_id, _p.merged_into_id.is_(None))
