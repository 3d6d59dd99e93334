"""The needs that wait for a review: which, in which order, how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, or_, select

from panoh.domain.cases import Case
from panoh.domain.needs import SEVERE, STANDING, WAITING, SpecificNeed
from panoh.domain.person import Person
from panoh.store.masking import hidden_from
from panoh.store.tables import from_row, person_level, table
from panoh.store.units import Reading

_n, _p, _c, _l = table(SpecificNeed).c, table(Person).c, table(Case).c, person_level.c


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose list it is: '' as reader sees every need, any other the restricted ones of the own cases alone."""

    reader_id: str
    open_codes: Sequence[str]  # codes that everybody may see


def to_review(reading: Reading, today: date, sight: Sight, offset: int, limit: int) -> list[SpecificNeed]:
    """A page of standing needs that wait: severe ones first, then by the person's level, then the longest waiting.

    Whoever is masked for this reader stands below every level, because their place would tell it.
    """
    waits_from = case(
        (_n.status.in_(WAITING), cast(_n.noticed_at, Integer)), else_=cast(func.strftime("%s", _n.until), Integer)
    )
    level = case((_n.person_id.in_(hidden_from(sight.reader_id)), 9), else_=func.coalesce(_l.rank, 9))
    order = (_n.severity != SEVERE, level, func.coalesce(waits_from, 0), _n.id)
    wanted = _of(select(table(SpecificNeed)), today, sight).order_by(*order).offset(offset).limit(limit)
    return [from_row(SpecificNeed, row) for row in reading.connection.execute(wanted)]


def to_review_count(reading: Reading, today: date, sight: Sight) -> int:
    """How many needs wait."""
    wanted = _of(select(func.count()), today, sight)
    return int(reading.connection.execute(wanted).scalar_one())


def _of(wanted: Any, today: date, sight: Sight) -> Any:
    lapsed = and_(_n.status.in_(STANDING), _n.until < today)
    where: list[ColumnElement[bool]] = [or_(_n.status.in_(WAITING), lapsed), _p.merged_into_id.is_(None)]
    source = table(SpecificNeed).join(table(Person), _p.id == _n.person_id)
    source = source.outerjoin(person_level, _l.person_id == _n.person_id)
    source = source.outerjoin(table(Case), _c.person_id == _n.person_id)
    if sight.reader_id:
        where.append(or_(_n.code.in_(sight.open_codes), _c.owner_id == sight.reader_id))
    return wanted.select_from(source).where(*where)
