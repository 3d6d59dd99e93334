"""How many people each user holds at each level, counted by the store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, cast, func, select

from panoh.domain.cases import Case
from panoh.store.tables import person_level, table
from panoh.store.units import Reading


def by_owner(reading: Reading, now: datetime) -> dict[tuple[str, str], tuple[int, int]]:
    """How many people there are, and how many of them are overdue, by owner ('' is nobody) and level."""
    c, level = table(Case).c, person_level.c
    owner = func.coalesce(c.owner_id, "")
    late = func.sum(cast(level.due_order < int(now.timestamp()), Integer))
    rows = reading.connection.execute(
        select(owner, level.level, func.count(), late)
        .select_from(person_level.outerjoin(table(Case), c.person_id == level.person_id))
        .group_by(owner, level.level)
    )
    return {(row[0], row[1]): (int(row[2]), int(row[3] or 0)) for row in rows}
