"""What happened to a record, read from the journal."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from panoh.domain.cases import Case
from panoh.domain.person import Person
from panoh.store.journal import Head
from panoh.store.tables import CLASSES, journal, journal_value
from panoh.store.units import ONE_OF, Reading, one_of

_MOST_DIGITS = 15  # of a count
ERASED = "erased"  # what an entry tells that values of others were erased: how many


@dataclass(frozen=True, slots=True)
class Happened:
    """One journal entry with its values, as far as they were not erased."""

    seq: int
    at: datetime
    actor: str
    change: str
    record_class: str
    record_id: str
    field: str
    old: Any
    new: Any


def of_records(reading: Reading, record_ids: Iterable[str], limit: int = 500) -> list[Happened]:
    """The newest entries about these records, the newest first."""
    j, v = journal.c, journal_value.c
    columns = (j.seq, j.at, j.actor, j.change, j.record_class, j.record_id, j.field, v.old, v.new)
    wanted = select(*columns).select_from(journal.outerjoin(journal_value, v.seq == j.seq))
    wanted = wanted.where(j.record_id.in_(ONE_OF)).order_by(j.seq.desc()).limit(limit)
    rows = reading.connection.execute(wanted, one_of(record_ids))
    return [Happened(*row[:7], _value(row[7]), _value(row[8])) for row in rows]


def taken_away(reading: Reading, person_id: str, kinds: Sequence[type]) -> list[str]:
    """The ids of a person's rows of these kinds that were taken away."""
    j, v = journal.c, journal_value.c
    names = [kind.__name__ for kind in kinds]
    wanted = select(j.record_id).select_from(journal.join(journal_value, v.seq == j.seq))
    wanted = wanted.where(j.change == "removed", j.record_class.in_(names))
    wanted = wanted.where(func.json_extract(v.old, "$.person_id") == person_id)
    return [row[0] for row in reading.connection.execute(wanted.distinct())]


def between(reading: Reading, first: int, last: int) -> list[Happened]:
    """The entries of one stretch of the journal, the oldest first."""
    j, v = journal.c, journal_value.c
    columns = (j.seq, j.at, j.actor, j.change, j.record_class, j.record_id, j.field, v.old, v.new)
    wanted = select(*columns).select_from(journal.outerjoin(journal_value, v.seq == j.seq))
    rows = reading.connection.execute(wanted.where(j.seq.between(first, last)).order_by(j.seq))
    return [Happened(*row[:7], _value(row[7]), _value(row[8])) for row in rows]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries of the journal; empty means any."""

    user_id: str = ""
    record_class: str = ""
    change: str = ""
    since: datetime | None = None
    until: datetime | None = None  # this moment excluded
    record_ids: Collection[str] | None = None


def page(reading: Reading, wanted: Wanted, offset: int, limit: int) -> list[Happened]:
    """A page of the journal, the newest first."""
    j, v = journal.c, journal_value.c
    columns = (j.seq, j.at, j.actor, j.change, j.record_class, j.record_id, j.field, v.old, v.new)
    found = select(*columns).select_from(journal.outerjoin(journal_value, v.seq == j.seq)).where(*_where(wanted))
    rows = reading.connection.execute(found.order_by(j.seq.desc()).offset(offset).limit(limit), _parameters(wanted))
    return [Happened(*row[:7], _value(row[7]), _value(row[8])) for row in rows]


def count(reading: Reading, wanted: Wanted) -> int:
    """How many entries that are."""
    found = select(func.count()).select_from(journal).where(*_where(wanted))
    return int(reading.connection.execute(found, _parameters(wanted)).scalar_one())


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    j = journal.c
    where = [j[name] == value for name, value in _alike(wanted) if value]
    where += [j.at >= wanted.since] if wanted.since else []
    where += [j.at < wanted.until] if wanted.until else []
    return where + ([j.record_id.in_(ONE_OF)] if wanted.record_ids is not None else [])


def _alike(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    return (("actor", wanted.user_id), ("record_class", wanted.record_class), ("change", wanted.change))


def _parameters(wanted: Wanted) -> dict[str, str]:
    return {} if wanted.record_ids is None else one_of(wanted.record_ids)


def values_missing(reading: Reading) -> tuple[int, int]:
    """How many entries have no values any more, and of how many the journal itself tells that they were erased."""
    entries = reading.connection.execute(select(func.count()).select_from(journal)).scalar_one()
    values = reading.connection.execute(select(func.count()).select_from(journal_value)).scalar_one()
    told = of_change(reading, ERASED)
    return entries - values, sum(int(entry.new or 0) for entry in told)


def has_head(reading: Reading, code: str) -> bool:
    """Whether the chain holds an entry with this count and these first digits of its MAC (journal.Head.code)."""
    count, _dash, digits = code.partition("-")
    if not count.isdecimal() or not digits or len(count) > _MOST_DIGITS:
        return False
    mac = reading.connection.execute(select(journal.c.mac).where(journal.c.seq == int(count))).scalar()
    return mac is not None and Head(int(count), mac).code == code


def of_change(reading: Reading, change: str) -> list[Happened]:
    """Every entry of one kind, the newest first."""
    return page(reading, Wanted(change=change), 0, -1)


def numbers_of(reading: Reading, records: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The numbers that people say for what these records (class, id) are about, by record id, as far as they are there."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for name, record_id in records:
        by_kind[name].add(record_id)
    owners: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for name, ids in by_kind.items():
        found: list[Any] = reading.where_in(CLASSES[name], "id", ids) if name in CLASSES else []
        for record in found:
            numbers[record.id] = getattr(record, "number", "")
            owner = getattr(record, "person_id", "") or getattr(record, "inquirer_id", "")
            case_id = getattr(record, "case_id", "")
            owners[record.id] = reading.get(Case, case_id).person_id if case_id else owner
    people = {person.id: person.number for person in reading.where_in(Person, "id", owners.values())}
    return {one: number or people.get(owners[one], "") for one, number in numbers.items()}


def _value(text: str | None) -> Any:
    return json.loads(text) if text else None
