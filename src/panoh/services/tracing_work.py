"""What is to be done in tracing, list by list, and how many requests stand where.

Whoever is masked for the user stands in none of these lists and is counted in none of these numbers. Nor does anyone who
refused tracing, from the moment they said so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from panoh.domain.lines import PersonLine, RequestLine
from panoh.domain.match_parts import LEAST_STRONG
from panoh.domain.tracing import TracingRequest
from panoh.services import match_facts as facts
from panoh.services.desk import Desk
from panoh.services.need_to_know import told_line, told_request
from panoh.store import lines
from panoh.store import tracing_work as store
from panoh.store.tables import table
from panoh.store.tracing_work import FOLLOW_UPS, IDLE, KINDS
from panoh.store.units import ONE_OF, Reading

__all__ = ["KINDS", "WorkLine"]

IDLE_DAYS = 7  # without anything done


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing to do: for which request, about whom, and since or by when."""

    kind: str  # children, idle, strong, verify, follow_ups
    request: RequestLine | None
    person: PersonLine | None
    since: date | None

    @property
    def key(self) -> str:
        """What tells the lines of a list apart."""
        parts = (self.request.id if self.request else "", self.person.id if self.person else "", str(self.since))
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many requests stand at one status, and the median of the days that they took, or have taken so far."""

    status: str  # vocab tracing_status
    count: int
    days: int | None  # None without any


def page(desk: Desk, kind: str, offset: int, limit: int) -> list[WorkLine]:
    """A page of one worklist, what has waited longest first."""
    with desk.reading() as reading:
        rows = store.rows(reading, kind, _sight(desk, reading), offset, limit)
        people = lines.people_by_id(reading, (row.person_id for row in rows))
        requests = _requests(desk, reading, [row.request_id for row in rows])
    return [
        WorkLine(
            kind,
            requests.get(row.request_id),
            told_line(desk, people[row.person_id]) if row.person_id in people else None,
            row.since,
        )
        for row in rows
    ]


def _requests(desk: Desk, reading: Reading, ids: Sequence[str]) -> dict[str, RequestLine]:
    wanted = list(dict.fromkeys(one for one in ids if one))
    if not wanted:
        return {}
    found = lines.requests_page(reading, 0, len(wanted), [table(TracingRequest).c.id.in_(ONE_OF)], wanted)
    return {line.id: told_request(desk, line) for line in found}


def count(desk: Desk, kind: str) -> int:
    """How many lines one worklist has."""
    with desk.reading() as reading:
        return store.count(reading, kind, _sight(desk, reading))


def counts(desk: Desk) -> Mapping[str, int]:
    """How many lines each worklist has."""
    with desk.reading() as reading:
        sight = _sight(desk, reading)
        return {kind: store.count(reading, kind, sight) for kind in KINDS}


def overdue(desk: Desk) -> int:
    """What is late in tracing: requests for which nothing was done for a week, visits whose day has come."""
    with desk.reading() as reading:
        sight = _sight(desk, reading)
        return sum(store.count(reading, kind, sight) for kind in (IDLE, FOLLOW_UPS))


def flow(desk: Desk) -> list[Standing]:
    """The requests by status, in the order in which they go through it."""
    with desk.reading() as reading:
        found = store.flow(reading, _sight(desk, reading), desk.clock.now())
    codes = [term.code for term in desk.vocabularies["tracing_status"].offers()]
    return [Standing(code, *found.get(code, (0, None))) for code in codes]


def _sight(desk: Desk, reading: Reading) -> store.Sight:
    today = desk.clock.today()
    since = today - timedelta(days=IDLE_DAYS)
    midnight = datetime.combine(since, time()).astimezone()
    return store.Sight(desk.limited_reader, today, midnight, since, LEAST_STRONG, facts.refused(reading))
