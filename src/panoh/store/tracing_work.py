"""What is to be done in tracing, and how many requests stand where: each list one query that begins at few rows.

Whoever is masked for the reader stands in none of these lists and is counted in none of these numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, delete, func, literal, or_, select, union

from panoh.domain.casework import FollowUp
from panoh.domain.needs import STANDING, SpecificNeed
from panoh.domain.person import Person
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import MatchDecision, TracingAction, TracingRequest
from panoh.domain.verification import Verification
from panoh.store.lines import asked_for_someone_here
from panoh.store.masking import hidden_from
from panoh.store.tables import candidate, person_level, table
from panoh.store.units import ONE_OF, Reading, Unit, one_of

CHILDREN, IDLE, STRONG, VERIFY, FOLLOW_UPS = "children", "idle", "strong", "verify", "follow_ups"
KINDS = (CHILDREN, IDLE, STRONG, VERIFY, FOLLOW_UPS)
LOOKED_FOR = ("open", "in_progress")  # vocab tracing_status: somebody is to do something
_ALONE = ("SC-UC", "SC-SC", "SC-UM")  # vocab specific_needs: unaccompanied, separated
_r, _a, _d, _k = table(TracingRequest).c, table(TracingAction).c, table(MatchDecision).c, candidate.c
_p, _n, _v = table(Person).c, table(SpecificNeed).c, table(Verification).c
_f, _u = table(FollowUp).c, table(Reunification).c


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose list it is, and when: '' as reader sees everyone."""

    reader_id: str
    today: date
    idle_before: datetime  # requests opened later are not idle yet
    acted_since: date  # and none of which something was done on this day or later
    strong: float  # the least score of a strong match
    refused: Collection[
        str
    ]  # who said no to tracing: candidates of theirs may still stand until they are compared anew


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a worklist: the request or the person that it opens ('' for none), and since or by when it waits."""

    request_id: str
    person_id: str
    since: date | None


def rows(reading: Reading, kind: str, sight: Sight, offset: int, limit: int) -> list[Row]:
    """A page of one worklist, what has waited longest first."""
    wanted = _LISTS[kind](sight).order_by("since", "request", "person").offset(offset).limit(limit)
    found = reading.connection.execute(wanted)
    return [Row(row.request or "", row.person or "", _day(row.since)) for row in found]


def count(reading: Reading, kind: str, sight: Sight) -> int:
    """How many lines one worklist has."""
    wanted = select(func.count()).select_from(_LISTS[kind](sight).subquery())
    return int(reading.connection.execute(wanted).scalar_one())


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone().date()
    return value if isinstance(value, date) else None


# --- which requests ---------------------------------------------------------------------------------------------------


def listed() -> list[ColumnElement[bool]]:
    """Requests that stand in lists: not those whose inquirer was set aside, nor those without consent to trace."""
    return [asked_for_someone_here(), _r.consent_to_trace != "no"]


def known_to(reader_id: str) -> list[ColumnElement[bool]]:
    """Requests neither side of which is masked for this reader."""
    if not reader_id:
        return []
    hidden = hidden_from(reader_id)
    return [or_(side.is_(None), side.not_in(hidden)) for side in (_r.inquirer_id, _r.sought_person_id)]


def _wanted(sight: Sight) -> list[ColumnElement[bool]]:
    sought = func.coalesce(_r.sought_person_id, "")
    return [_r.status.in_(LOOKED_FOR), ~sought.in_(_refused(sight)), *listed(), *known_to(sight.reader_id)]


def _refused(sight: Sight) -> Any:
    return ONE_OF.bindparams(**one_of(sight.refused))


# --- the worklists ----------------------------------------------------------------------------------------------------


def _children(sight: Sight) -> Select[Any]:
    """Children without their parents who are here, for whom nobody looks and who look for nobody."""
    alone = union(
        select(_n.person_id).where(_n.code.in_(_ALONE), _n.status.in_(STANDING)),
        select(person_level.c.person_id).where(person_level.c.alone_child),
    )
    asked = [
        _p.id.not_in(select(side).where(side.is_not(None), _r.status != "closed"))
        for side in (_r.inquirer_id, _r.sought_person_id)
    ]
    found = _p.id.not_in(select(_d.person_id).where(_d.state == "confirmed"))
    return select(_nothing("request"), _p.id.label("person"), _p.registered_at.label("since")).where(
        _p.id.in_(alone), _p.presence == "here", *asked, found, *_traced(sight)
    )


def _known(sight: Sight) -> list[ColumnElement[bool]]:
    return [_p.merged_into_id.is_(None), _p.id.not_in(hidden_from(sight.reader_id))]


def _traced(sight: Sight) -> list[ColumnElement[bool]]:
    """Those of them who did not refuse that anybody looks for them, or for whom they miss."""
    return [*_known(sight), ~_p.id.in_(_refused(sight))]


def _idle(sight: Sight) -> Select[Any]:
    """Requests that were opened a while ago, and for which nothing was done since."""
    acted = select(_a.request_id).where(_a.done_on >= sight.acted_since)
    return select(_r.id.label("request"), _nothing("person"), _r.opened_at.label("since")).where(
        *_wanted(sight), _r.opened_at < sight.idle_before, _r.id.not_in(acted)
    )


def _strong(sight: Sight) -> Select[Any]:
    """Strong matches about which nobody has said anything, of requests without a confirmed one."""
    answered = select(_d.id).where(_d.request_id == _k.request_id, _d.person_id == _k.person_id, _d.state != "")
    confirmed = select(_d.id).where(_d.request_id == _k.request_id, _d.state == "confirmed")
    joined = candidate.join(table(TracingRequest), _r.id == _k.request_id).join(table(Person), _p.id == _k.person_id)
    free = [_r.held_why == ""] if sight.reader_id else []
    wanted = select(_r.id.label("request"), _p.id.label("person"), _r.opened_at.label("since")).select_from(joined)
    return wanted.where(
        _k.score >= sight.strong, *_wanted(sight), *free, *_traced(sight), ~answered.exists(), ~confirmed.exists()
    )


def _verify(sight: Sight) -> Select[Any]:
    """Confirmed matches that were not verified yet."""
    ended = select(_v.id).where(_v.request_id == _d.request_id, _v.person_id == _d.person_id, _v.result != "")
    joined = table(MatchDecision).join(table(TracingRequest), _r.id == _d.request_id)
    joined = joined.join(table(Person), _p.id == _d.person_id)
    wanted = select(_r.id.label("request"), _p.id.label("person"), _d.decided_at.label("since")).select_from(joined)
    free = [_r.held_why == ""] if sight.reader_id else []
    return wanted.where(_d.state == "confirmed", *_wanted(sight), *free, *_traced(sight), ~ended.exists())


def _follow_ups(sight: Sight) -> Select[Any]:
    """Visits after a reunification whose day has come."""
    joined = table(FollowUp).join(table(Reunification), _u.id == _f.reunification_id)
    joined = joined.join(table(Person), _p.id == _u.person_id)
    wanted = select(_u.request_id.label("request"), _p.id.label("person"), _f.due_on.label("since")).select_from(joined)
    return wanted.where(_f.done_on.is_(None), _f.due_on <= sight.today, *_known(sight))


def _nothing(name: str) -> Any:
    return literal("").label(name)


_LISTS = {CHILDREN: _children, IDLE: _idle, STRONG: _strong, VERIFY: _verify, FOLLOW_UPS: _follow_ups}


# --- the flow ---------------------------------------------------------------------------------------------------------


def flow(reading: Reading, sight: Sight, now: datetime) -> dict[str, tuple[int, int]]:
    """Per status how many requests stand there, and the median of the days that they took or have taken so far."""
    reunited = (
        select(func.max(_u.reunified_on)).where(_u.request_id == _r.id).correlate(table(TracingRequest))
    ).scalar_subquery()
    today = sight.today.isoformat()
    ended = case((_r.status == "closed", _r.closed_on), (_r.status == "reunified", reunited))
    opened = func.date(cast(_r.opened_at, Integer), "unixepoch", "localtime")
    days = cast(func.julianday(func.coalesce(ended, today)) - func.julianday(opened), Integer)
    taken = select(_r.status.label("status"), func.max(days, 0).label("days"))
    each = taken.where(*listed(), *known_to(sight.reader_id)).subquery()
    status, days_taken = each.c.status, each.c.days
    place = func.row_number().over(partition_by=status, order_by=days_taken).label("place")
    number = func.count().over(partition_by=status).label("number")
    placed = select(status, days_taken, place, number).subquery()
    q = placed.c
    wanted = select(q.status, q.number, q.days).where(q.place == (q.number + 1) // 2)
    return {row[0]: (int(row[1]), int(row[2] or 0)) for row in reading.connection.execute(wanted)}


# --- stored candidates ------------------------------------------------------------------------------------------------


def drop_candidates(unit: Unit, request_ids: Sequence[str]) -> None:
    """Nobody is looked for any more under these requests."""
    unit.connection.execute(delete(candidate).where(_k.request_id.in_(ONE_OF)), one_of(request_ids))


def names(reading: Reading, where: Sequence[ColumnElement[bool]]) -> list[Any]:
    """Everything by which requests are found: id, number, names of both sides."""
    asker = table(Person).alias("asker")
    columns = (
        _r.id, _r.number, _r.family_name, _r.given_name, _r.patronymic, _r.nickname, _r.other_names, _r.external_id,
        _r.inquirer_name, asker.c.number, asker.c.family_name, asker.c.given_name,
    )  # fmt: skip
    joined = table(TracingRequest).outerjoin(asker, asker.c.id == _r.inquirer_id)
    return list(reading.connection.execute(select(*columns).select_from(joined).where(and_(True, *where))))
