"""Queries behind the border: how many people stood where on which day, who waits now, pages of the movements."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from panoh.domain.border import PRESENT, BorderEvent, Movement
from panoh.domain.person import Person
from panoh.store.lines import SET_ASIDE
from panoh.store.tables import from_row, table
from panoh.store.units import Reading

_e, _m, _p = table(BorderEvent).c, table(Movement).c, table(Person).c


def by_day(reading: Reading) -> list[tuple[str, date | None, str, int]]:
    """Crossing point, day, border status, and how many people were noted so; the newest day first."""
    wanted = (
        select(_e.border_point_id, _e.happened_on, _e.status, func.count(_e.person_id.distinct()))
        .where(_e.border_point_id.is_not(None), _e.person_id.not_in(SET_ASIDE))
        .group_by(_e.border_point_id, _e.happened_on, _e.status)
        .order_by(_e.happened_on.is_(None), _e.happened_on.desc())
    )
    return [(row[0], row[1], row[2], row[3]) for row in reading.connection.execute(wanted)]


def standing(reading: Reading) -> list[tuple[str, str, int]]:
    """Crossing point, border status, and for how many people who are here or stopped there that is the newest."""
    newest_first = (_e.happened_on.is_(None), _e.happened_on.desc(), _e.id.desc())
    place = func.row_number().over(partition_by=_e.person_id, order_by=newest_first).label("place")
    ranked = select(_e.border_point_id, _e.status, _e.person_id, place).subquery()
    wanted = (
        select(ranked.c.border_point_id, ranked.c.status, func.count())
        .select_from(ranked.join(table(Person), _p.id == ranked.c.person_id))
        .where(ranked.c.place == 1, ranked.c.border_point_id.is_not(None), _p.presence.in_(PRESENT))
        .group_by(ranked.c.border_point_id, ranked.c.status)
    )
    return [(row[0], row[1], row[2]) for row in reading.connection.execute(wanted)]


def movement_page(reading: Reading, offset: int, limit: int) -> list[Movement]:
    """A page of the movements, the newest day first, those without a day last."""
    order = (_m.moved_on.is_(None), _m.moved_on.desc(), _m.id.desc())
    rows = reading.connection.execute(select(table(Movement)).order_by(*order).offset(offset).limit(limit))
    return [from_row(Movement, row) for row in rows]


def movement_count(reading: Reading) -> int:
    """How many movements are noted."""
    return int(reading.connection.execute(select(func.count()).select_from(table(Movement))).scalar_one())
