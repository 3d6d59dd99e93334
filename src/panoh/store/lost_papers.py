"""Queries behind the workbench for lost papers."""

from __future__ import annotations

from sqlalchemy import func, select

from panoh.domain.papers import PaperStep
from panoh.domain.person import IdentityDocument
from panoh.store.tables import from_row, table
from panoh.store.units import Reading

GONE = ("lost", "destroyed", "confiscated")  # vocab document_state
_d, _s = table(IdentityDocument).c, table(PaperStep).c


def page(reading: Reading, offset: int, limit: int) -> list[IdentityDocument]:
    """A page of papers that are gone: those without any step first, then those whose next step is due first."""
    newest = (
        select(_s.next_on)
        .where(_s.document_id == _d.id)
        .order_by(_s.taken_on.desc(), _s.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    begun = select(func.count()).where(_s.document_id == _d.id).scalar_subquery()
    wanted = (
        select(table(IdentityDocument))
        .where(_d.state.in_(GONE))
        .order_by(begun > 0, newest.is_(None), newest, _d.id)
        .offset(offset)
        .limit(limit)
    )
    return [from_row(IdentityDocument, row) for row in reading.connection.execute(wanted)]


def count(reading: Reading) -> int:
    """How many papers are gone."""
    wanted = select(func.count()).select_from(table(IdentityDocument)).where(_d.state.in_(GONE))
    return int(reading.connection.execute(wanted).scalar_one())
