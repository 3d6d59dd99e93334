"""Counts behind the charts, each one query, and the people whom one bar of a chart counts.

Whoever is behind a shield has no site in these tables, so nothing that is counted at a site holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, cast, func, literal, select, union

from panoh.domain.assistance import MET, BasicNeed
from panoh.domain.household import Household, Site
from panoh.domain.person import Person
from panoh.store import due
from panoh.store.tables import person_level, table
from panoh.store.units import Reading

_p, _s, _l, _h, _b = table(Person).c, table(Site).c, person_level.c, table(Household).c, table(BasicNeed).c
_HERE, _ON_ITS_OWN = _p.presence == "here", _p.merged_into_id.is_(None)
Where = ColumnElement[bool]


def people_here(reading: Reading, site_id: str = "") -> int:
    """How many people are here, or at one site."""
    wanted = select(func.count()).select_from(table(Person)).where(_HERE, *at_site(site_id))
    return int(reading.connection.execute(wanted).scalar_one())


def registered(reading: Reading, midnights: Sequence[datetime], site_id: str = "") -> list[int]:
    """How many people were registered between each midnight and the next."""
    days = [registered_between(*ends) for ends in pairwise(midnights)]
    sums = [func.coalesce(func.sum(cast(day, Integer)), 0) for day in days]
    wanted = select(*sums).where(registered_between(midnights[0], midnights[-1]), _ON_ITS_OWN, *at_site(site_id))
    return [int(count) for count in reading.connection.execute(wanted).one()]


def sexes_and_ages(reading: Reading, on: date, site_id: str = "") -> list[tuple[str, tuple[int, int], int]]:
    """How many people are here of each sex and span of ages on this day, as domain.dates.age_span tells it.

    The store works it out itself: there may be nearly as many births as people.
    """
    least, greatest = (one.label(name) for one, name in zip(_span(on), ("least", "greatest"), strict=True))
    rows = reading.connection.execute(
        select(_p.sex, least, greatest, func.count())
        .where(_HERE, _BORN, *at_site(site_id))
        .group_by(_p.sex, least, greatest)
    )
    return [(row[0], (row[1], row[2]), row[3]) for row in rows]


def levels(reading: Reading, site_id: str = "") -> dict[str, int]:
    """How many people stand at each level; at a site, of those who are there."""
    wanted = select(_l.level, func.count()).group_by(_l.rank, _l.level)
    if site_id:
        wanted = wanted.where(_l.person_id.in_(select(_p.id).where(_HERE, *at_site(site_id))))
    return {str(level): int(count) for level, count in reading.connection.execute(wanted)}


def sites(reading: Reading, site_id: str = "") -> list[tuple[Site, int]]:
    """Every site, or one, with how many people stay there, the fullest first."""
    count = func.count(_p.id)
    here = and_(_p.site_id == _s.id, _HERE)
    wanted = select(_s.id, count).outerjoin(table(Person), here).group_by(_s.id).order_by(count.desc())
    counts = {
        row[0]: int(row[1]) for row in reading.connection.execute(wanted.where(_s.id == site_id) if site_id else wanted)
    }
    found = {site.id: site for site in reading.all(Site)}
    return [(found[one], people) for one, people in counts.items()]


def overdue(reading: Reading, whose: str, user_id: str, zone: int, now: datetime, site_id: str = "") -> dict[str, int]:
    """For how many people something of each kind is overdue: of this USER, or for EVERYONE but others' private tasks."""
    lines = due.everything(whose).subquery()
    wanted = (
        select(lines.c.kind, func.count(lines.c.person.distinct()))
        .select_from(lines.join(table(Person), _p.id == lines.c.person))
        .where(lines.c.due < int(now.timestamp()), _ON_ITS_OWN, *at_site(site_id))
        .group_by(lines.c.kind)
    )
    rows = reading.connection.execute(wanted, {"whose": user_id, "zone": zone})
    return {str(kind): int(people) for kind, people in rows}


def open_needs(reading: Reading, site_id: str = "") -> dict[str, int]:
    """How many people who are here lack something of each sector: their own newest word on it, or their household's, is not "met".

    What is told of a whole site is about nobody by name, and is not counted here.
    """
    lacking = _lacking()
    wanted = (
        select(lacking.c.sector, func.count())
        .select_from(lacking.join(table(Person), _p.id == lacking.c.person))
        .where(_HERE, _ON_ITS_OWN, *at_site(site_id))
        .group_by(lacking.c.sector)
    )
    return {str(sector): int(people) for sector, people in reading.connection.execute(wanted)}


# --- whom a bar counts ------------------------------------------------------------------------------------------------


def at_site(site_id: str) -> tuple[Where, ...]:
    """Whoever is at a site now; everyone without one."""
    return (_p.site_id == site_id, _HERE) if site_id else ()


def registered_between(since: datetime, until: datetime) -> Where:
    """Whoever was registered from one moment on and before another."""
    return and_(_p.registered_at >= since, _p.registered_at < until)


def of_sex_and_age(sex: str, ages: tuple[int, int], on: date) -> tuple[Where, ...]:
    """Whoever is here of a sex, and on this day between these ages in the middle of what is known of their birth."""
    least, greatest = _span(on)
    middle = cast(least + greatest, Integer) // 2
    return (_HERE, _p.sex == sex, _BORN, middle >= ages[0], middle <= ages[1])


def with_overdue(kind: str, whose: str, user_id: str, zone: int, now: datetime) -> Where:
    """Whoever waits for something overdue of this kind, as `overdue` counts it."""
    lines = due.everything(whose).params(whose=user_id, zone=zone).subquery()
    late = select(lines.c.person).where(lines.c.kind == kind, lines.c.due < int(now.timestamp()))
    return _p.id.in_(late)


def lacks(sector: str) -> tuple[Where, ...]:
    """Whoever is here and lacks something of this sector, as `open_needs` counts it."""
    lacking = _lacking()
    return (_HERE, _ON_ITS_OWN, _p.id.in_(select(lacking.c.person).where(lacking.c.sector == sector)))


def _lacking() -> Any:
    """Who lacks what, each sector and person once. The newest word counts; of two of a day the one written last."""
    newest = (func.coalesce(_b.noted_on, literal("")).desc(), _b.id.desc())
    place = func.row_number().over(partition_by=(_b.sector, _b.person_id, _b.household_id), order_by=newest)
    each = select(_b.sector, _b.person_id, _b.household_id, _b.state, place.label("place")).where(_b.site_id.is_(None))
    last = each.cte("last")
    still = (last.c.place == 1, last.c.state != MET)
    own = select(last.c.sector, last.c.person_id.label("person")).where(*still, last.c.person_id.is_not(None))
    of_home = select(last.c.sector, _p.id.label("person")).join(table(Person), _p.household_id == last.c.household_id)
    return union(own, of_home.where(*still)).subquery()


_BORN = and_(_p.birth_earliest.is_not(None), _p.birth_latest.is_not(None))


def _span(on: date) -> tuple[Any, Any]:
    """The least and the greatest age on a day."""

    def age(born: Any) -> Any:
        birthday_to_come = cast(func.substr(born, 6) > f"{on:%m-%d}", Integer)
        return func.max(0, on.year - cast(func.substr(born, 1, 4), Integer) - birthday_to_come)

    return age(_p.birth_latest), age(_p.birth_earliest)
