"""Queries behind the lists: pages of people, the triage queue, tracing requests, and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select, text, union_all

from panoh.domain.cases import Case, Task, User
from panoh.domain.dates import PartialDate
from panoh.domain.household import Household, Site
from panoh.domain.lines import PersonLine, QueueFilter, RequestLine
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage.levels import RANK
from panoh.store.derived import moment_of
from panoh.store.tables import person_level, table
from panoh.store.units import ONE_OF, Reading, one_of

_p, _s, _c, _u, _l = table(Person).c, table(Site).c, table(Case).c, table(User).c, person_level.c

_COLUMNS: tuple[Any, ...] = (
    _p.id, _p.number, _p.external_id, _p.given_name, _p.family_name, _p.patronymic, _p.sex,
    _p.birth_precision, _p.birth_earliest, _p.birth_latest, _p.birth_said, _p.birth_as_of,
    _p.relation, _p.household_id, _p.presence, _s.name, _l.level, _l.due_at, _l.waiting_since,
    _l.restricted, _l.reasons, _c.owner_id, _u.name.label("owner_name"), _l.told_order,
)  # fmt: skip
_PERSON_LINE = select(*_COLUMNS).select_from(
    table(Person)
    .outerjoin(person_level, _l.person_id == _p.id)
    .outerjoin(table(Site), _s.id == _p.site_id)
    .outerjoin(table(Case), _c.person_id == _p.id)
    .outerjoin(table(User), _u.id == _c.owner_id)
)


def _line(row: Sequence[Any]) -> PersonLine:
    return PersonLine(
        id=row[0], number=row[1], external_id=row[2], given_name=row[3], family_name=row[4], patronymic=row[5], sex=row[6],
        birth=PartialDate(row[7], row[8], row[9], row[10], row[11]), relation=row[12], household_id=row[13] or "",
        presence=row[14], site_name=row[15] or "", level=row[16] or "", due_at=row[17], waiting_since=row[18],
        restricted=bool(row[19]), reasons=row[20] or "[]", owner_id=row[21] or "", owner_name=row[22] or "",
        told_due=moment_of(row[23]),
    )  # fmt: skip


def _queue_where(
    wanted: QueueFilter, now: datetime, order: ColumnElement[int], rank: ColumnElement[int] = _l.rank
) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.levels:
        where.append(rank.in_([RANK[level] for level in wanted.levels]))
    if wanted.overdue:
        where.append(order < int(now.timestamp()))
    if wanted.nobody:
        where.append(_c.owner_id.is_(None))
    if wanted.owner_id:
        where.append(_c.owner_id == wanted.owner_id)
    if wanted.children_alone:
        where.append(_l.alone_child)
    return where


def _queue_parts(wanted: QueueFilter, now: datetime, reader_id: str) -> list[tuple[Any, list[ColumnElement[bool]]]]:
    """The queue in parts, each with its order and its conditions: all of it; or, for a reader who sees the restricted
    reasons of the own cases alone, those by their due time, and everyone else by what is told of it.
    """
    if not reader_id:
        return [(_l.due_order, _queue_where(wanted, now, _l.due_order))]
    level = person_level.alias()
    own = select(level.c.person_id).join(table(Case), _c.person_id == level.c.person_id)
    own = own.where(_c.owner_id == reader_id, level.c.restricted)
    few = _queue_where(wanted, now, _l.due_order, _l.rank + 0)  # no column of an index: they are found by their ids
    return [
        (_l.told_order, [*_queue_where(wanted, now, _l.told_order), _l.person_id.not_in(own)]),
        (_l.due_order, [*few, _l.person_id.in_(own)]),
    ]


def _queue_source(wanted: QueueFilter) -> Any:
    by_owner = wanted.nobody or wanted.owner_id
    return person_level.outerjoin(table(Case), _c.person_id == _l.person_id) if by_owner else person_level


def queue(
    reading: Reading, wanted: QueueFilter, now: datetime, offset: int, limit: int, reader_id: str = ""
) -> list[PersonLine]:
    """A page of the triage queue: by level, then by due time (none last), then by age of the record.

    With `reader_id`, in the order that this reader may know, who sees the restricted reasons of the own cases alone.
    """
    parts = [
        select(_l.person_id.label("person"), _l.rank.label("place"), order.label("due"))
        .select_from(_queue_source(wanted))
        .where(*where)
        for order, where in _queue_parts(wanted, now, reader_id)
    ]
    page = union_all(*parts) if len(parts) > 1 else parts[0]
    ids = reading.connection.execute(
        page.order_by(text("place"), text("due"), text("person")).offset(offset).limit(limit)
    )
    order = [row[0] for row in ids]
    found = people_by_id(reading, order)
    return [found[person_id] for person_id in order]


def queue_count(reading: Reading, wanted: QueueFilter, now: datetime, reader_id: str = "") -> int:
    """How many people the filtered queue holds, for a reader as in `queue`."""
    counts = (
        select(func.count()).select_from(_queue_source(wanted)).where(*where)
        for _order, where in _queue_parts(wanted, now, reader_id)
    )
    return sum(int(reading.connection.execute(count).scalar_one()) for count in counts)


def people_page(reading: Reading, offset: int, limit: int) -> list[PersonLine]:
    """A page of everyone, last registered first."""
    rows = reading.connection.execute(
        _PERSON_LINE.order_by(_p.registered_at.desc(), _p.id.desc()).offset(offset).limit(limit)
    )
    return [_line(row) for row in rows]


def people_by_id(reading: Reading, ids: Iterable[str]) -> dict[str, PersonLine]:
    """Lines of these people, by id."""
    wanted = dict.fromkeys(ids)
    rows = reading.connection.execute(_PERSON_LINE.where(_p.id.in_(ONE_OF)), one_of(wanted))
    return {row[0]: _line(row) for row in rows}


def household_members(reading: Reading, household_id: str) -> list[PersonLine]:
    """Everyone recorded in a household, in the order in which they were registered."""
    if not household_id:
        return []
    rows = reading.connection.execute(_PERSON_LINE.where(_p.household_id == household_id).order_by(_p.id))
    return [_line(row) for row in rows]


def level_counts(reading: Reading) -> dict[str, int]:
    """How many people stand at each level."""
    rows = reading.connection.execute(select(_l.level, func.count()).group_by(_l.rank, _l.level))
    return {str(level): int(count) for level, count in rows}


def people_count(reading: Reading) -> tuple[int, int]:
    """How many people and how many households are registered."""
    people = reading.connection.execute(select(func.count()).select_from(table(Person))).scalar_one()
    homes = reading.connection.execute(select(func.count()).select_from(table(Household))).scalar_one()
    return int(people), int(homes)


def registered_since(reading: Reading, since: datetime) -> list[datetime]:
    """When each person since that moment was registered."""
    rows = reading.connection.execute(select(_p.registered_at).where(_p.registered_at >= since))
    return [row[0] for row in rows]


def sex_and_birth(reading: Reading) -> list[tuple[str, PartialDate, int]]:
    """How many people there are of each sex and birth span, for the pyramid."""
    wanted = select(_p.sex, _p.birth_precision, _p.birth_earliest, _p.birth_latest, func.count()).where(
        _p.presence == "here"
    )
    rows = reading.connection.execute(wanted.group_by(_p.sex, _p.birth_precision, _p.birth_earliest, _p.birth_latest))
    return [(row[0], PartialDate(row[1], row[2], row[3]), row[4]) for row in rows]


def site_occupancy(reading: Reading) -> list[tuple[Site, int]]:
    """Every site with how many people stay there, the fullest first."""
    count = func.count(_p.id)
    here = and_(_p.site_id == _s.id, _p.presence == "here")
    rows = reading.connection.execute(
        select(_s.id, count).outerjoin(table(Person), here).group_by(_s.id).order_by(count.desc())
    )
    counts = {row[0]: int(row[1]) for row in rows}
    sites = {site.id: site for site in reading.all(Site)}
    return [(sites[site_id], people) for site_id, people in counts.items()]


def tasks_due(reading: Reading, owner_id: str, limit: int) -> list[Task]:
    """Open tasks of a user, the first due first."""
    t = table(Task).c
    return reading.all(
        Task, t.owner_id == owner_id, t.done_at.is_(None), order=t.due_at.asc().nulls_last(), limit=limit
    )


def requests_page(reading: Reading, offset: int, limit: int) -> list[RequestLine]:
    """A page of tracing requests, open ones first, the oldest first."""
    r = table(TracingRequest).c
    asker = table(Person).alias("asker")
    rows = reading.connection.execute(
        select(
            table(TracingRequest), asker.c.family_name.label("asker_family"), asker.c.given_name.label("asker_given")
        )
        .select_from(table(TracingRequest).outerjoin(asker, asker.c.id == r.inquirer_id))
        .order_by(r.status != "open", r.opened_at, r.id)
        .offset(offset)
        .limit(limit)
    )
    return [_request_line(row) for row in rows]


def _request_line(row: Row[Any]) -> RequestLine:
    m = row._mapping  # noqa: SLF001  # public in SQLAlchemy, whatever its name
    asker = " ".join(part for part in (m["asker_family"], m["asker_given"]) if part)
    return RequestLine(
        id=m["id"], number=m["number"], external_id=m["external_id"],
        sought_name=" ".join(part for part in (m["family_name"], m["given_name"], m["patronymic"]) if part),
        sex=m["sex"], birth=PartialDate(m["birth_precision"], m["birth_earliest"], m["birth_latest"], m["birth_said"], m["birth_as_of"]),
        relation=m["relation"], inquirer_name=asker or m["inquirer_name"], inquirer_id=m["inquirer_id"] or "",
        consent_to_trace=m["consent_to_trace"], status=m["status"], opened_at=m["opened_at"],
    )  # fmt: skip


def requests_count(reading: Reading) -> int:
    """How many tracing requests there are."""
    return int(reading.connection.execute(select(func.count()).select_from(table(TracingRequest))).scalar_one())
