"""What happened to a record, read from the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from panoh.store.tables import journal, journal_value
from panoh.store.units import ONE_OF, Reading, one_of


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


def _value(text: str | None) -> Any:
    return json.loads(text) if text else None
