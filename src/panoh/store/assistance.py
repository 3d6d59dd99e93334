"""Queries behind what everyone needs and was given: counts of a site, and its households with what they were given last.

A household is its members who are at the site now; somebody without a household is one of their own. The newest day of a
sector counts, and of one day what was noted last, as in domain/standing.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
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
of_home AS MATERIALIZED (
  SELECT h.id AS id, n.sector AS sector, {_RANK} AS rank, h.people AS people, n.noted_on AS noted_on, {_NEWEST}
  FROM homes h JOIN basic_need n ON n.household_id = h.id GROUP BY h.id, n.sector),
own AS MATERIALIZED (
  SELECT p.household_id AS home, n.sector AS sector, {_RANK} AS rank, n.noted_on AS noted_on, {_NEWEST}
  FROM basic_need n JOIN here p ON p.id = n.person_id WHERE n.person_id > '' GROUP BY n.person_id, n.sector)
"""  # noqa: S608
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
    for sector, before, after, homes, said, *own, noted_on in _rows(reading, _SAID, _MIXED, site_id):
        one = found[sector]
        _count(one, before, -homes, -said)
        _count(one, after, homes, 0)
        for rank, people in enumerate(own, start=1):
            _count(one, rank, 0, people)
        one.noted_on = _later(one.noted_on, noted_on)
    for sector, given_on in _rows(reading, _WHERE, _GIVEN, site_id):
        found[sector].given_on = _later(found[sector].given_on, given_on)
    return dict(found)


def _count(one: Counted, rank: int, homes: int, people: int) -> None:
    if rank:
        one.households[_STATES[rank]] += homes
        one.people[_STATES[rank]] += people


def _rows(reading: Reading, before: str, part: str, site_id: str) -> Iterable[tuple[Any, ...]]:
    sql = before.replace("THESE", _HERE if site_id else _ANYWHERE) + part
    return reading.connection.exec_driver_sql(sql, {"site": site_id})


def _later(known: date | None, told: str | None) -> date | None:
    return max(filter(None, (known, date.fromisoformat(told) if told else None)), default=None)
