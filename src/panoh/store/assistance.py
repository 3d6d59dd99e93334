"""Queries behind what everyone needs and was given: counts of a site, and its households with what they were given last.

A household is its members who are at the site now; somebody without a household is one of their own. The newest day of a
sector counts, and of one day what was noted last, as in domain/standing.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from panoh.domain.assistance import MET, OPEN, PARTLY
from panoh.store.units import Reading

_STATES = {1: MET, 2: PARTLY, 3: OPEN}
_RANK = "CASE n.state WHEN 'open' THEN 3 WHEN 'partly' THEN 2 ELSE 1 END"
_NEWEST = "max(coalesce(n.noted_on, '') || n.id)"  # SQLite takes the other columns from the row of the maximum

# Everyone who is at the site now, or with no site asked for everyone who is here; their households; what was said.
_HERE = "SELECT id, household_id FROM person WHERE presence = 'here' AND site_id = :site"
_ANYWHERE = "SELECT id, household_id FROM person WHERE presence = 'here' AND :site = ''"
_WHERE = """
WITH here AS MATERIALIZED (THESE),
homes AS MATERIALIZED (SELECT household_id AS id, count(*) AS people FROM here WHERE household_id > '' GROUP BY 1)
"""
_SAID = f"""
{_WHERE},
own AS MATERIALIZED (
  SELECT p.household_id AS home, p.id AS person, n.sector AS sector, {_RANK} AS rank, n.noted_on AS noted_on, {_NEWEST}
  FROM basic_need n JOIN here p ON p.id = n.person_id WHERE n.person_id > '' AND (:sector = '' OR n.sector = :sector)
  GROUP BY n.person_id, n.sector),
of_home AS MATERIALIZED (
  SELECT h.id AS id, n.sector AS sector, {_RANK} AS rank, h.people AS people, n.noted_on AS noted_on, {_NEWEST}
  FROM (HOMES) h JOIN basic_need n ON n.household_id = h.id WHERE :sector = '' OR n.sector = :sector
  GROUP BY h.id, n.sector)
"""  # noqa: S608
_EVERY = "homes"
_WITH_OWN = "(SELECT * FROM homes WHERE id IN (SELECT home FROM own))"  # whose members have a state of their own
_OF_HOMES = "SELECT sector, rank, count(*), sum(people), max(noted_on) FROM of_home GROUP BY sector, rank"
_OF_LONE = "SELECT sector, rank, count(*), count(*), max(noted_on) FROM own WHERE home IS NULL GROUP BY sector, rank"
# Households of which members have a state of their own: how the household stood without them, and how it stands with them.
_MIXED = """
SELECT sector, before, CASE WHEN said < people THEN max(worst, before) ELSE worst END AS after,
  count(*), sum(said), sum(met), sum(partly), sum(lacking), max(noted_on)
FROM (SELECT o.home, o.sector AS sector, coalesce(max(f.rank), 0) AS before, max(o.rank) AS worst, count(*) AS said,
    max(h.people) AS people, sum(o.rank = 1) AS met, sum(o.rank = 2) AS partly, sum(o.rank = 3) AS lacking,
    max(o.noted_on) AS noted_on
  FROM own o JOIN homes h ON h.id = o.home LEFT JOIN of_home f ON f.id = o.home AND f.sector = o.sector
  GROUP BY o.home, o.sector)
GROUP BY 1, 2, 3
"""
_GIVEN = """
SELECT a.sector, max(a.given_on) FROM assistance a JOIN homes h ON h.id = a.household_id GROUP BY a.sector
UNION ALL SELECT a.sector, max(a.given_on) FROM assistance a JOIN here p ON p.id = a.person_id
  WHERE a.person_id > '' GROUP BY a.sector
UNION ALL SELECT a.sector, max(a.given_on) FROM assistance a
  WHERE a.site_id > '' AND (a.site_id = :site OR :site = '') GROUP BY a.sector
"""

# One row a household, with how a sector stands for it and when it was last given, where :told says that this may be told.
_HOMES = f"""
{_SAID},
units AS MATERIALIZED (
  SELECT coalesce(household_id, id) AS id, max(household_id) AS home, count(*) AS people FROM here GROUP BY 1),
mine AS MATERIALIZED (
  SELECT coalesce(home, person) AS id, count(*) AS said, max(rank) AS worst FROM own
  WHERE :told GROUP BY 1),
listed AS (
  SELECT u.id AS id, u.home > '' AS is_home, u.people AS people,
    CASE WHEN NOT :told THEN 0
      WHEN coalesce(m.said, 0) < u.people THEN max(coalesce(m.worst, 0), coalesce(f.rank, 0)) ELSE m.worst END AS rank,
    CASE WHEN NOT :told THEN NULL
      WHEN u.home > '' THEN
      (SELECT max(a.given_on) FROM assistance a WHERE a.household_id = u.id AND a.sector = :sector)
      ELSE (SELECT max(a.given_on) FROM assistance a WHERE a.person_id = u.id AND a.sector = :sector) END AS given_on
  FROM units u LEFT JOIN mine m ON m.id = u.id LEFT JOIN of_home f ON f.id = u.id)
"""  # noqa: S608
_FITS = """
FROM listed WHERE (NOT :lacking OR rank >= 2) AND (:not_since = '' OR coalesce(given_on, '') < :not_since)
"""
_PAGE = f"""
SELECT id, is_home, people, rank, given_on {_FITS} ORDER BY given_on IS NOT NULL, given_on, id LIMIT :limit OFFSET :offset
"""
# What was given to many on one day: the same thing, from the same hands.
_ROUNDS = """
SELECT given_on, sector, what, unit, given_by, count(*) AS homes, sum(quantity)
FROM (SELECT a.* FROM assistance a JOIN homes h ON h.id = a.household_id
  UNION ALL SELECT a.* FROM assistance a JOIN here p ON p.id = a.person_id WHERE a.person_id > '')
GROUP BY 1, 2, 3, 4, 5 HAVING count(*) >= :fewest
UNION ALL SELECT given_on, sector, what, unit, given_by, 0, quantity FROM assistance WHERE site_id = :site
ORDER BY 1 DESC, 6 DESC LIMIT :limit
"""


@dataclass(slots=True)
class Counted:
    """How many households and people have one sector in each state (need_state), and when it was last said and given."""

    households: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    noted_on: date | None = None
    given_on: date | None = None


def counted(reading: Reading, site_id: str) -> dict[str, Counted]:
    """By sector, how those at a site stand and when it was last given; with '' everyone who is here anywhere."""
    found: dict[str, Counted] = defaultdict(Counted)
    for part in (_OF_HOMES, _OF_LONE):
        for sector, rank, homes, people, noted_on in _rows(reading, _SAID, part, site_id):
            _count(found[sector], rank, homes, people)
            found[sector].noted_on = _later(found[sector].noted_on, noted_on)
    for sector, before, after, homes, said, *own, noted_on in _rows(reading, _SAID, _MIXED, site_id, _WITH_OWN):
        one = found[sector]
        _count(one, before, -homes, -said)
        _count(one, after, homes, 0)
        for rank, people in enumerate(own, start=1):
            _count(one, rank, 0, people)
        one.noted_on = _later(one.noted_on, noted_on)
    for sector, given_on in _rows(reading, _WHERE, _GIVEN, site_id):
        found[sector].given_on = _later(found[sector].given_on, given_on)
    return dict(found)


@dataclass(frozen=True, slots=True)
class HomeFilter:
    """Which households of a site, and for which sector they are asked about."""

    sector: str
    lacking: bool = False  # only those who lack it, or have it partly
    not_since: date | None = None  # only those who were given nothing on this day or after


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One household at a site, or somebody without one."""

    id: str
    is_home: bool
    people: int  # of it who are at the site now
    state: str  # need_state; '' nobody has said
    given_on: date | None


@dataclass(frozen=True, slots=True)
class Round:
    """What was given to many on one day, or to the site as a whole."""

    given_on: date | None
    sector: str
    what: str
    unit: str
    given_by: str
    homes: int  # none: it was given to the site
    quantity: int | None


def homes(reading: Reading, site_id: str, wanted: HomeFilter, offset: int, limit: int, *, told: bool) -> list[HomeRow]:
    """A page of the households at a site: whoever was never given anything first, then the longest ago.

    Without `told` it says of none how the sector stands and when it was given.
    """
    asked = {**_asked(wanted, told=told), "offset": offset, "limit": limit}
    rows = _rows(reading, _HOMES, _PAGE, site_id, **asked)
    return [HomeRow(row[0], bool(row[1]), row[2], _STATES.get(row[3], ""), _day(row[4])) for row in rows]


def home_count(reading: Reading, site_id: str, wanted: HomeFilter, *, told: bool) -> tuple[int, int]:
    """How many households that are, and how many people."""
    part = f"SELECT count(*), coalesce(sum(people), 0) {_FITS}"
    rows = _rows(reading, _HOMES, part, site_id, **_asked(wanted, told=told))
    return next((int(row[0]), int(row[1])) for row in rows)


def rounds(reading: Reading, site_id: str, limit: int, fewest: int) -> list[Round]:
    """What was given last at a site: to at least so many of those who are there, or to the site; the last first."""
    rows = _rows(reading, _WHERE, _ROUNDS, site_id, limit=limit, fewest=fewest)
    return [Round(_day(row[0]), *row[1:]) for row in rows]


def _asked(wanted: HomeFilter, *, told: bool) -> dict[str, Any]:
    day = wanted.not_since.isoformat() if wanted.not_since else ""
    return {"sector": wanted.sector, "told": told, "lacking": wanted.lacking, "not_since": day}


def _count(one: Counted, rank: int, homes: int, people: int) -> None:
    if rank:
        one.households[_STATES[rank]] += homes
        one.people[_STATES[rank]] += people


def _rows(
    reading: Reading, before: str, part: str, site_id: str, homes: str = _EVERY, **asked: Any
) -> Iterable[Sequence[Any]]:
    sql = before.replace("THESE", _HERE if site_id else _ANYWHERE).replace("(HOMES)", homes) + part
    return reading.connection.exec_driver_sql(sql, {"site": site_id, "sector": "", **asked})


def _later(known: date | None, told: str | None) -> date | None:
    return max(filter(None, (known, _day(told))), default=None)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
