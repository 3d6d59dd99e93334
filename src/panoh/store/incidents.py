"""Queries behind the incidents: pages of them, how many of each kind, how many on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from panoh.domain.dates import DAY
from panoh.domain.incidents import Incident, IncidentPerson
from panoh.store.tables import from_row, table
from panoh.store.units import Reading

_i, _p = table(Incident).c, table(IncidentPerson).c
_NEWEST_FIRST = (_i.happened_latest.is_(None), _i.happened_latest.desc(), _i.id.desc())


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents; empty means any. One without a day may have happened on any, so no day leaves it out."""

    kind: str = ""
    site_id: str = ""
    since: date | None = None
    until: date | None = None  # this day included


def page(reading: Reading, wanted: IncidentFilter, offset: int, limit: int) -> list[Incident]:
    """A page of the incidents, the newest day first, those without a day last."""
    found = select(table(Incident)).where(*_where(wanted)).order_by(*_NEWEST_FIRST).offset(offset).limit(limit)
    return [from_row(Incident, row) for row in reading.connection.execute(found)]


def count(reading: Reading, wanted: IncidentFilter) -> int:
    """How many that are."""
    found = select(func.count()).select_from(table(Incident)).where(*_where(wanted))
    return int(reading.connection.execute(found).scalar_one())


def by_kind(reading: Reading, wanted: IncidentFilter) -> dict[str, int]:
    """How many of each kind, the most first."""
    number = func.count()
    found = select(_i.kind, number).where(*_where(wanted)).group_by(_i.kind).order_by(number.desc(), _i.kind)
    return {row[0]: int(row[1]) for row in reading.connection.execute(found)}


def by_day(reading: Reading, wanted: IncidentFilter) -> dict[date, int]:
    """How many on each day, of those whose day is known exactly; the first day first."""
    exact = (*_where(wanted), _i.happened_precision == DAY)
    found = select(_i.happened_earliest, func.count()).where(*exact).group_by(_i.happened_earliest)
    return {row[0]: int(row[1]) for row in reading.connection.execute(found.order_by(_i.happened_earliest))}


def of_person(reading: Reading, person_id: str) -> list[tuple[Incident, str]]:
    """The incidents of a person with the role, the newest first."""
    found = select(table(Incident), _p.role).join(table(IncidentPerson), _p.incident_id == _i.id)
    rows = reading.connection.execute(found.where(_p.person_id == person_id).order_by(*_NEWEST_FIRST, _p.id))
    return [(from_row(Incident, row[:-1]), row[-1]) for row in rows]


def kinds_of_person(reading: Reading, person_id: str) -> set[str]:
    """The kinds of the incidents that touched a person."""
    found = select(_i.kind).join(table(IncidentPerson), _p.incident_id == _i.id).where(_p.person_id == person_id)
    return {row[0] for row in reading.connection.execute(found.distinct())}


def _where(wanted: IncidentFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.kind:
        where.append(_i.kind == wanted.kind)
    if wanted.site_id:
        where.append(_i.site_id == wanted.site_id)
    no_day = and_(_i.happened_earliest.is_(None), _i.happened_latest.is_(None))
    if wanted.since:
        where.append(or_(no_day, _i.happened_latest >= wanted.since))
    if wanted.until:
        where.append(or_(no_day, _i.happened_earliest <= wanted.until))
    return where
