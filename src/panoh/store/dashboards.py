"""Counts behind the charts, each one query, and the people whom one bar of a chart counts.

Whoever is behind a shield has no site in these tables, so nothing that is counted at a site holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, literal, select, union

from panoh.domain.assistance import MET, BasicNeed
from panoh.domain.cases import Case
from panoh.domain.household import Site
from panoh.domain.person import Person
from panoh.domain.triage.levels import RANK
from panoh.store import due
from panoh.store.masking import hidden_from
from panoh.store.tables import person_level, table
from panoh.store.units import Reading

_p, _l, _b = table(Person).c, person_level.c, table(BasicNeed).c
_HERE = _p.presence == "here"  # no record that was joined to another one, or set aside, says so
Where = ColumnElement[bool]


def people_here(reading: Reading, site_id: str = "") -> int:
    """How many people are here, or at one site."""
    wanted = select(func.count()).select_from(table(Person)).where(_HERE, *at_site(site_id))
    return int(reading.connection.execute(wanted).scalar_one())


def registered(reading: Reading, midnights: Sequence[datetime]) -> list[int]:
    """How many people were registered between each midnight and the next: from the index alone, also after a list of
    100,000; those joined to another record are few.
    """
    every = [select(func.count()).where(registered_between(*ends)).scalar_subquery() for ends in pairwise(midnights)]
    counts = [int(count) for count in reading.connection.execute(select(*every)).one()]
    for at in reading.connection.execute(select(_p.registered_at).where(_p.merged_into_id > "")).scalars():
        for day, (since, until) in enumerate(pairwise(midnights)):
            counts[day] -= at is not None and since <= at < until
    return counts


def registered_by_site(reading: Reading, midnights: Sequence[datetime], site_id: str = "") -> dict[str, list[int]]:
    """The same of those who are at each site now, or at one; '' stands for no site here and below."""
    days = [registered_between(*ends) for ends in pairwise(midnights)]
    sums = [func.sum(cast(day, Integer)) for day in days]
    recent = registered_between(midnights[0], midnights[-1])
    wanted = select(_p.site_id, *sums).where(recent, _at_any(site_id)).group_by(_p.site_id)
    return {row[0] or "": [int(count) for count in row[1:]] for row in reading.connection.execute(wanted)}


def people_by_site(reading: Reading) -> dict[str, int]:
    """How many people are at each site now; a site without anybody is not in it.

    Everybody recorded at a site is counted from the index alone, less the few who are not here.
    """
    every = select(_p.site_id, func.count()).where(_p.site_id.is_not(None)).group_by(_p.site_id)
    where = _p.site_id + ""  # no column of an index: in its order each person would be looked up
    gone = select(where, func.count()).where(_p.site_id.is_not(None), _p.presence != "here").group_by(where)
    counts, away = ({row[0]: int(row[1]) for row in reading.connection.execute(each)} for each in (every, gone))
    here = {site_id: count - away.get(site_id, 0) for site_id, count in counts.items()}
    return {site_id: count for site_id, count in here.items() if count}


SexAndAge = tuple[str, tuple[int, int], int]


def sexes_and_ages(reading: Reading, on: date) -> list[SexAndAge]:
    """How many people are here of each sex and span of ages on this day, as domain.dates.age_span tells it.

    The store works it out itself: there may be nearly as many births as people.
    """
    rows = reading.connection.execute(_ages(on).where(_HERE))
    return [(row[0], (row[1], row[2]), row[3]) for row in rows]


def sexes_and_ages_by_site(reading: Reading, on: date, site_id: str = "") -> dict[str, list[SexAndAge]]:
    """The same of those who are at each site, or at one."""
    found: dict[str, list[SexAndAge]] = {}
    wanted = _ages(on).add_columns(_p.site_id).where(_at_any(site_id)).group_by(_p.site_id)
    for sex, least, greatest, people, where in reading.connection.execute(wanted):
        found.setdefault(where or "", []).append((sex, (least, greatest), people))
    return found


def _ages(on: date) -> Select[Any]:
    least, greatest = (one.label(name) for one, name in zip(_span(on), ("least", "greatest"), strict=True))
    return select(_p.sex, least, greatest, func.count()).where(_BORN).group_by(_p.sex, least, greatest)


def _at_any(site_id: str) -> Where:
    return and_(_HERE, _p.site_id == site_id) if site_id else _HERE


def levels(reading: Reading, site_id: str = "") -> dict[str, int]:
    """How many people stand at each level; at a site, of those who are there."""
    wanted = select(_l.rank, func.count()).group_by(_l.rank)  # from the index alone
    if site_id:
        wanted = wanted.join(table(Person), _p.id == _l.person_id).where(*at_site(site_id))
    found = {int(rank): int(count) for rank, count in reading.connection.execute(wanted)}
    return {level: found[rank] for level, rank in RANK.items() if rank in found}


def sites(reading: Reading, site_id: str = "") -> list[tuple[Site, int]]:
    """Every site, or one, with how many people stay there, the fullest first."""
    if site_id:
        return [(reading.get(Site, site_id), people_here(reading, site_id))]
    counts = people_by_site(reading)
    return sorted(((site, counts.get(site.id, 0)) for site in reading.all(Site)), key=lambda one: -one[1])


def overdue(reading: Reading, whose: str, user_id: str, zone: int, now: datetime, site_id: str = "") -> dict[str, int]:
    """For how many people something of each kind is overdue: of this USER, or for EVERYONE but others' private tasks."""
    lines = due.everything(whose).subquery()
    wanted = select(lines.c.kind, func.count(lines.c.person.distinct())).group_by(lines.c.kind)
    wanted = wanted.where(lines.c.due < int(now.timestamp()), lines.c.person.is_not(None))
    if site_id:
        wanted = wanted.where(lines.c.person.in_(select(_p.id).where(*at_site(site_id))))
    rows = reading.connection.execute(wanted, {"whose": user_id, "zone": zone})
    return {str(kind): int(people) for kind, people in rows}


def open_needs(reading: Reading) -> dict[str, int]:
    """How many people who are here lack something of each sector: their own newest word on it is not "met", or, where they
    said none, their household's (domain/standing.py).

    What is told of a whole site is about nobody by name, and is not counted here.
    """
    lacking = _lacking()
    joined = lacking.join(table(Person), _p.id == lacking.c.person)
    wanted = select(lacking.c.sector, func.count()).select_from(joined).where(_HERE).group_by(lacking.c.sector)
    return {str(sector): int(people) for sector, people in reading.connection.execute(wanted)}


def open_needs_by_site(reading: Reading, site_id: str = "") -> dict[str, dict[str, int]]:
    """The same of those who are at each site, or at one: by site, then by sector."""
    lacking = _lacking()
    joined = lacking.join(table(Person), _p.id == lacking.c.person)
    wanted = select(_p.site_id, lacking.c.sector, func.count()).select_from(joined).where(_at_any(site_id))
    found: dict[str, dict[str, int]] = {}
    for where, sector, people in reading.connection.execute(wanted.group_by(_p.site_id, lacking.c.sector)):
        found.setdefault(where or "", {})[sector] = int(people)
    return found


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


def lacks(sector: str, reader_id: str = "", *, own: bool = False) -> tuple[Where, ...]:
    """Whoever is here and lacks something of this sector, as `open_needs` counts it, and is not masked for this reader;
    `own`: of the cases that they hold.
    """
    lacking, c = _lacking(), table(Case).c
    held = (_p.id.in_(select(c.person_id).where(c.owner_id == reader_id)),) if own else ()
    here = (_HERE, _p.id.not_in(hidden_from(reader_id)), *held)
    return (*here, _p.id.in_(select(lacking.c.person).where(lacking.c.sector == sector)))


def _lacking() -> Any:
    """Who lacks what, each sector and person once. The newest word counts; of two of a day the one written last."""
    newest = (func.coalesce(_b.noted_on, literal("")).desc(), _b.id.desc())
    place = func.row_number().over(partition_by=(_b.sector, _b.person_id, _b.household_id), order_by=newest)
    each = select(_b.sector, _b.person_id, _b.household_id, _b.state, place.label("place")).where(_b.site_id.is_(None))
    last = each.cte("last")
    still = (last.c.place == 1, last.c.state != MET)
    own = select(last.c.sector, last.c.person_id.label("person")).where(*still, last.c.person_id.is_not(None))
    said = last.alias("said")  # what somebody said of themselves counts before what their household said
    own_word = select(said.c.person_id).where(said.c.person_id == _p.id, said.c.sector == last.c.sector).exists()
    of_home = select(last.c.sector, _p.id.label("person")).join(table(Person), _p.household_id == last.c.household_id)
    return union(own, of_home.where(*still, ~own_word)).subquery()


_YEAR = 10_000  # of a day written as a number
_BORN = and_(_p.birth_earliest.is_not(None), _p.birth_latest.is_not(None))


def _span(on: date) -> tuple[Any, Any]:
    """The least and the greatest age on a day: 2010-06-14 less 1992-02-29 are, as numbers, 18 years and something."""

    def age(born: Any) -> Any:
        as_number = cast(func.replace(born, "-", ""), Integer)
        return func.max(0, (int(f"{on:%Y%m%d}") - as_number) // _YEAR)

    return age(_p.birth_latest), age(_p.birth_earliest)
