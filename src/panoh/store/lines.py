"""Queries behind the lists: pages of people, the triage queue, tracing requests, and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, or_, select, text, union_all

from panoh.domain.cases import Case, User
from panoh.domain.dates import PartialDate
from panoh.domain.household import Household, Site
from panoh.domain.lines import FamilyLine, PersonLine, QueueFilter, RequestLine
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage.levels import RANK
from panoh.store.derived import moment_of
from panoh.store.masking import hidden_from
from panoh.store.queue_filter import more_conditions
from panoh.store.tables import from_row, masked, person_level, table
from panoh.store.units import ONE_OF, Reading, one_of

_p, _s, _c, _u, _l = table(Person).c, table(Site).c, table(Case).c, table(User).c, person_level.c

_ON_ITS_OWN = _p.merged_into_id.is_(None)  # a record that was not joined to another one
_FLOW = ("open", "in_progress", "verified", "reunified", "closed")  # vocab tracing_status, in the order of lists
SET_ASIDE = select(_p.id).where(_p.merged_into_id > "", _p.merged_into_id == _p.id)  # the first for its index

_COLUMNS: tuple[Any, ...] = (
    _p.id, _p.number, _p.external_id, _p.given_name, _p.family_name, _p.patronymic, _p.sex,
    _p.birth_precision, _p.birth_earliest, _p.birth_latest, _p.birth_said, _p.birth_as_of,
    _p.relation, _p.household_id, _p.presence, _s.name, _l.level, _l.due_at, _l.waiting_since,
    _l.restricted, _l.reasons, _c.owner_id, _u.name.label("owner_name"), _l.told_order, masked.c.person_id,
)  # fmt: skip
_PERSON_LINE = select(*_COLUMNS).select_from(
    table(Person)
    .outerjoin(person_level, _l.person_id == _p.id)
    .outerjoin(table(Site), _s.id == _p.site_id)
    .outerjoin(table(Case), _c.person_id == _p.id)
    .outerjoin(table(User), _u.id == _c.owner_id)
    .outerjoin(masked, masked.c.person_id == _p.id)
)


def _line(row: Sequence[Any]) -> PersonLine:
    return PersonLine(
        id=row[0], number=row[1], external_id=row[2], given_name=row[3], family_name=row[4], patronymic=row[5], sex=row[6],
        birth=PartialDate(row[7], row[8], row[9], row[10], row[11]), relation=row[12], household_id=row[13] or "",
        presence=row[14], site_name=row[15] or "", level=row[16] or "", due_at=row[17], waiting_since=row[18],
        restricted=bool(row[19]), reasons=row[20] or "[]", owner_id=row[21] or "", owner_name=row[22] or "",
        told_due=moment_of(row[23]), masked=row[24] is not None,
    )  # fmt: skip


def _queue_where(
    wanted: QueueFilter,
    now: datetime,
    order: ColumnElement[int],
    rank: ColumnElement[int] = _l.rank,
    *,
    told: bool = False,
) -> list[ColumnElement[bool]]:
    where = more_conditions(wanted, now.astimezone().date(), told=told)
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
    reasons of the own cases alone, those by their due time, and everyone else by what is told of it. Who is masked for
    that reader is in none: the place in the queue would tell the level.
    """
    if not reader_id:
        return [(_l.due_order, _queue_where(wanted, now, _l.due_order))]
    level = person_level.alias()
    own = select(level.c.person_id).join(table(Case), _c.person_id == level.c.person_id)
    own = own.where(_c.owner_id == reader_id, level.c.restricted)
    others = (_l.person_id.not_in(own), _l.person_id.not_in(hidden_from(reader_id)))
    few = _queue_where(wanted, now, _l.due_order, _l.rank + 0)  # no column of an index: they are found by their ids
    return [
        (_l.told_order, [*_queue_where(wanted, now, _l.told_order, told=True), *others]),
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


def people_page(
    reading: Reading, offset: int, limit: int, where: Iterable[ColumnElement[bool]] = ()
) -> list[PersonLine]:
    """A page of everyone, or of those of whom this holds, last registered first."""
    newest = (_p.registered_at.desc(), _p.id.desc())
    rows = reading.connection.execute(
        _PERSON_LINE.where(_ON_ITS_OWN, *where).order_by(*newest).offset(offset).limit(limit)
    )
    return [_line(row) for row in rows]


def people_by_id(reading: Reading, ids: Iterable[str]) -> dict[str, PersonLine]:
    """Lines of these people, by id."""
    rows = reading.connection.execute(_BY_ID, one_of(dict.fromkeys(ids)))
    return {row[0]: _line(row) for row in rows.all()}


_BY_ID = _PERSON_LINE.where(_p.id.in_(ONE_OF))  # made once: making it costs as much as running it


def household_members(reading: Reading, household_id: str) -> list[PersonLine]:
    """Everyone recorded in a household, in the order in which they were registered."""
    if not household_id:
        return []
    rows = reading.connection.execute(_PERSON_LINE.where(_p.household_id == household_id).order_by(_p.id))
    return [_line(row) for row in rows]


def people_not_full(reading: Reading, offset: int, limit: int, reader_id: str = "") -> list[Person]:
    """A page of people whose registration is not full: groups first, then the last registered."""
    order = (_p.depth != "group", _p.registered_at.desc(), _p.id.desc())
    told = (_p.depth != "full", _ON_ITS_OWN, _p.id.not_in(hidden_from(reader_id)))
    wanted = select(table(Person)).where(*told).order_by(*order).offset(offset).limit(limit)
    return [from_row(Person, row) for row in reading.connection.execute(wanted)]


def people_not_full_count(reading: Reading, reader_id: str = "") -> int:
    """How many people have a registration that is not full."""
    told = (_p.depth != "full", _ON_ITS_OWN, _p.id.not_in(hidden_from(reader_id)))
    wanted = select(func.count()).select_from(table(Person)).where(*told)
    return int(reading.connection.execute(wanted).scalar_one())


def households_page(reading: Reading, offset: int, limit: int) -> list[FamilyLine]:
    """A page of households, last registered first."""
    h = table(Household).c
    wanted = select(h.id).order_by(h.id.desc()).offset(offset).limit(limit)
    ids = [row[0] for row in reading.connection.execute(wanted)]
    found = households_by_id(reading, ids)
    return [found[one] for one in ids]


def households_by_id(reading: Reading, ids: Iterable[str]) -> dict[str, FamilyLine]:
    """Lines of these households, by id. The head is the member recorded as such, else the first registered."""
    homes = {home.id: home for home in reading.where_in(Household, "id", ids)}
    members: dict[str, list[PersonLine]] = {}
    rows = reading.connection.execute(_PERSON_LINE.where(_p.household_id.in_(ONE_OF)).order_by(_p.id), one_of(homes))
    for line in map(_line, rows):
        members.setdefault(line.household_id, []).append(line)
    sites = {site.id: site.name for site in reading.where_in(Site, "id", (home.site_id for home in homes.values()))}
    return {home.id: _family_line(home, members.get(home.id, []), sites) for home in homes.values()}


def _family_line(home: Household, members: Sequence[PersonLine], sites: dict[str, str]) -> FamilyLine:
    head = next((one for one in members if one.relation == "head"), members[0] if members else None)
    return FamilyLine(
        id=home.id,
        number=home.number,
        head_id=head.id if head else "",
        head_name=head.full_name if head else "",
        masked=any(one.masked for one in members),
        head_owner_id=head.owner_id if head else "",
        people=len(members),
        here=sum(one.presence == "here" for one in members),
        told=home.people_told or 0,
        site_name=sites.get(home.site_id, ""),
        depth=home.depth,
    )


def people_count(reading: Reading, where: Iterable[ColumnElement[bool]] = ()) -> tuple[int, int]:
    """How many people are registered, or of how many this holds; and how many households there are."""
    wanted = select(func.count()).select_from(table(Person)).where(_ON_ITS_OWN, *where)
    people = reading.connection.execute(wanted).scalar_one()
    homes = reading.connection.execute(select(func.count()).select_from(table(Household))).scalar_one()
    return int(people), int(homes)


def requests_page(
    reading: Reading, offset: int, limit: int, where: Sequence[ColumnElement[bool]] = (), ids: Iterable[str] = ()
) -> list[RequestLine]:
    """A page of tracing requests, or of those of which this holds, open ones first, the oldest first.

    `ids` is what a condition with ONE_OF asks for.
    """
    r = table(TracingRequest).c
    far = case({status: at for at, status in enumerate(_FLOW)}, value=r.status, else_=len(_FLOW))
    asker, hidden, sought = table(Person).alias("asker"), masked.alias(), masked.alias()
    rows = reading.connection.execute(
        select(
            table(TracingRequest),
            asker.c.family_name.label("asker_family"),
            asker.c.given_name.label("asker_given"),
            hidden.c.person_id.label("asker_masked"),
            sought.c.person_id.label("sought_masked"),
            _c.owner_id,
        )
        .select_from(
            table(TracingRequest)
            .outerjoin(asker, asker.c.id == r.inquirer_id)
            .outerjoin(hidden, hidden.c.person_id == r.inquirer_id)
            .outerjoin(sought, sought.c.person_id == r.sought_person_id)
            .outerjoin(table(Case), _c.person_id == func.coalesce(sought.c.person_id, hidden.c.person_id))
        )
        .where(asked_for_someone_here(), *where)
        .order_by(far, r.opened_at, r.id)
        .offset(offset)
        .limit(limit),
        one_of(ids),
    )
    return [_request_line(row) for row in rows]


def _request_line(row: Row[Any]) -> RequestLine:
    m = row._mapping  # noqa: SLF001  # public in SQLAlchemy, whatever its name
    asker = " ".join(part for part in (m["asker_family"], m["asker_given"]) if part)
    return RequestLine(
        id=m["id"], number=m["number"], external_id=m["external_id"],
        sought_name=" ".join(part for part in (m["family_name"], m["given_name"], m["patronymic"]) if part) or m["nickname"],
        sex=m["sex"], birth=PartialDate(m["birth_precision"], m["birth_earliest"], m["birth_latest"], m["birth_said"], m["birth_as_of"]),
        relation=m["relation"], inquirer_name=asker or m["inquirer_name"], inquirer_id=m["inquirer_id"] or "",
        consent_to_trace=m["consent_to_trace"], status=m["status"], opened_at=m["opened_at"],
        held=bool(m["held_why"]), masked=bool(m["asker_masked"] or m["sought_masked"]), owner_id=m["owner_id"] or "",
    )  # fmt: skip


def requests_count(reading: Reading, where: Sequence[ColumnElement[bool]] = (), ids: Iterable[str] = ()) -> int:
    """How many tracing requests there are, or of how many this holds."""
    wanted = select(func.count()).select_from(table(TracingRequest)).where(asked_for_someone_here(), *where)
    return int(reading.connection.execute(wanted, one_of(ids)).scalar_one())


def asked_for_someone_here() -> ColumnElement[bool]:
    """Of tracing requests those whose inquirer was not set aside."""
    inquirer = table(TracingRequest).c.inquirer_id
    return or_(inquirer.is_(None), inquirer.not_in(SET_ASIDE))
