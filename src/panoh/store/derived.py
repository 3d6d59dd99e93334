"""What is worked out from records and can be rebuilt: levels with their reasons, name keys. Never journalled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from panoh.domain.person import Person
from panoh.store.tables import first_held, name_key, person_level, table
from panoh.store.units import ONE_OF, Reading, Unit, one_of

PUT_LEVEL = "INSERT OR REPLACE INTO person_level VALUES (?,?,?,?,?,?,?,?,?,?,?)"
_ROWS = "SELECT * FROM person_level WHERE person_id IN (SELECT value FROM json_each(?))"
_FIRST_HELD = "SELECT person_id, reason, at FROM first_held WHERE person_id IN (SELECT value FROM json_each(?))"
_PUT_NEXT_CHANGE = "UPDATE person_level SET next_change_at = ? WHERE person_id = ?"
PUT_FIRST_HELD = "INSERT OR IGNORE INTO first_held VALUES (?,?,?)"
PUT_NAME_KEY = "INSERT OR IGNORE INTO name_key VALUES (?,?)"
NEVER = 1 << 40  # later than any due time, so that what has none comes last


@dataclass(frozen=True, slots=True)
class StoredLevel:
    """A person's level as the queue needs it; `reasons` is JSON of services/stored_reasons.py.

    `told_due` is the due time for whoever may not see the restricted reasons; without any it is `due_at`.
    """

    person_id: str
    level: str
    rank: int
    due_at: datetime | None
    told_due: datetime | None
    waiting_since: datetime
    restricted: bool
    alone_child: bool
    next_change_at: datetime | None
    reasons: str


_TOLD_DUE = [f.name for f in fields(StoredLevel)].index("told_due")


def level_of(reading: Reading, person_id: str) -> StoredLevel | None:
    """The stored level of a person."""
    c = person_level.c
    wanted = [c.told_order if f.name == "told_due" else c[f.name] for f in fields(StoredLevel)]
    row = reading.connection.execute(select(*wanted).where(c.person_id == person_id)).first()
    if row is None:
        return None
    level = StoredLevel(*row)
    return replace(level, told_due=moment_of(row[_TOLD_DUE]))


def moment_of(order: int | None) -> datetime | None:
    """The time that stands in a column of the queue's order; None for what comes last because it has none."""
    return None if order in (None, NEVER) else datetime.fromtimestamp(order, UTC)


Row = tuple[Any, ...]  # a stored level as the values of PUT_LEVEL, in which moments are seconds
_NEXT_CHANGE, _LEVEL, _WAITING = 9, 1, 6  # where these stand in it


def rows_of(reading: Reading, ids: Iterable[str]) -> dict[str, Row]:
    """The stored levels of these people as they lie, by person."""
    found = reading.connection.exec_driver_sql(_ROWS, (json.dumps(list(ids)),))
    return {row[0]: tuple(row) for row in found}


def standing(row: Row) -> tuple[str, datetime]:
    """The level of a row, and since when it stands."""
    return row[_LEVEL], datetime.fromtimestamp(row[_WAITING], UTC)


def put_changed_levels(unit: Unit, levels: Iterable[StoredLevel], before: Mapping[str, Row]) -> None:
    """Write levels over the older ones; of one that is as before only when it changes next."""
    changed: list[Row] = []
    same: list[tuple[object, str]] = []
    for level in levels:
        row, old = level_row(level), before.get(level.person_id)
        if old is not None and row[:_NEXT_CHANGE] == old[:_NEXT_CHANGE] and row[-1] == old[-1]:
            if row[_NEXT_CHANGE] != old[_NEXT_CHANGE]:
                same.append((row[_NEXT_CHANGE], level.person_id))
        else:
            changed.append(row)
    if changed:
        unit.connection.exec_driver_sql(PUT_LEVEL, changed)
    if same:
        unit.connection.exec_driver_sql(_PUT_NEXT_CHANGE, same)


def level_row(s: StoredLevel) -> tuple[object, ...]:
    """The level as the values of PUT_LEVEL."""
    due = _seconds(s.due_at)
    return (s.person_id, s.level, s.rank, due, due or NEVER, _seconds(s.told_due) or NEVER, _seconds(s.waiting_since),
            s.restricted, s.alone_child, _seconds(s.next_change_at), s.reasons)  # fmt: skip


def drop_levels(unit: Unit, ids: Iterable[str]) -> None:
    """Nobody waits under these records any more: they were joined to another one."""
    unit.connection.execute(delete(person_level).where(person_level.c.person_id.in_(ONE_OF)), one_of(ids))


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def due_for_refresh(reading: Reading, now: datetime, limit: int) -> list[str]:
    """People whose level may have changed with time alone."""
    c = person_level.c
    rows = reading.connection.execute(
        select(c.person_id).where(c.next_change_at <= now).order_by(c.next_change_at).limit(limit)
    )
    return [row[0] for row in rows]


def count_due(reading: Reading, now: datetime) -> int:
    """How many people `due_for_refresh` would give without a limit."""
    wanted = select(func.count()).where(person_level.c.next_change_at <= now)
    return int(reading.connection.execute(wanted).scalar_one())


def with_reason(reading: Reading, rule: str, variant: str, site_id: str = "") -> list[str]:
    """People whose level rests on this variant too, at this site or anywhere: found in the stored reasons as they lie."""
    c, p = person_level.c, table(Person).c
    where = [func.instr(c.reasons, f'["{rule}","{variant}",') > 0]
    if site_id:
        where.append(c.person_id.in_(select(p.id).where(p.site_id == site_id)))
    return [row[0] for row in reading.connection.execute(select(c.person_id).where(*where).order_by(c.person_id))]


def all_due_for_refresh(unit: Unit) -> None:
    """Have everyone assessed anew at the next refresh, because the rules are others than before."""
    unit.connection.execute(update(person_level).values(next_change_at=unit.at))


def first_held_of(reading: Reading, ids: Iterable[str]) -> dict[str, dict[str, datetime]]:
    """When the vault first held each reason of these people."""
    found: dict[str, dict[str, datetime]] = {}
    rows = reading.connection.exec_driver_sql(_FIRST_HELD, (json.dumps(list(ids)),))
    for person_id, reason, at in rows:
        found.setdefault(person_id, {})[reason] = datetime.fromtimestamp(at, UTC)
    return found


def put_first_held(unit: Unit, rows: Mapping[tuple[str, str], datetime]) -> None:
    """Remember when reasons were first held; an older moment is never overwritten, so later edits extend no clock."""
    values = [(person_id, reason, int(at.timestamp())) for (person_id, reason), at in rows.items()]
    if values:
        unit.connection.exec_driver_sql(PUT_FIRST_HELD, values)


def set_first_held(unit: Unit, person_id: str, reason: str, at: datetime | None) -> None:
    """Set the moment anew, or forget it: only for records that are joined or taken apart."""
    c = first_held.c
    unit.connection.execute(delete(first_held).where(c.person_id == person_id, c.reason == reason))
    if at is not None:
        put_first_held(unit, {(person_id, reason): at})


def everyone(reading: Reading) -> list[str]:
    """The ids of all people, the first registered first."""
    return [row[0] for row in reading.connection.exec_driver_sql("SELECT id FROM person ORDER BY id")]


def put_name_keys(unit: Unit, keys: Mapping[str, Iterable[str]]) -> None:
    """Write the name keys of people over their older ones."""
    unit.connection.execute(delete(name_key).where(name_key.c.person_id.in_(ONE_OF)), one_of(keys))
    values = [(key, person_id) for person_id, mine in keys.items() for key in mine]
    if values:
        unit.connection.exec_driver_sql(PUT_NAME_KEY, values)


def people_with_key(reading: Reading, keys: Iterable[str], limit: int) -> list[str]:
    """People who have one of these name keys, those who share most of them first; at most `limit`."""
    wanted = tuple(sorted(set(keys)))
    statement = (
        f"SELECT person_id FROM name_key WHERE key IN ({','.join('?' * len(wanted))}) "  # noqa: S608
        "GROUP BY person_id ORDER BY count(*) DESC, person_id LIMIT ?"
    )
    return [row[0] for row in reading.connection.exec_driver_sql(statement, (*wanted, limit))] if wanted else []
