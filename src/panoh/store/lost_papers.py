"""Queries behind the workbench for lost papers."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from panoh.domain.cases import Case
from panoh.domain.papers import PaperStep
from panoh.domain.person import IdentityDocument
from panoh.store.lines import SET_ASIDE
from panoh.store.masking import hidden_from
from panoh.store.tables import from_row, table
from panoh.store.units import Reading

GONE = ("lost", "destroyed", "confiscated")  # vocab document_state
_d, _s, _c = table(IdentityDocument).c, table(PaperStep).c, table(Case).c


def _told(hidden: Collection[str], reader_id: str) -> ColumnElement[bool]:
    """Papers that are gone; those of the `hidden` kinds only where this reader holds the case."""
    mine = exists().where(_c.person_id == _d.person_id, _c.owner_id == reader_id)
    unknown = hidden_from(reader_id if hidden else "")
    told = or_(_d.kind.not_in(list(hidden)), mine)
    return and_(_d.state.in_(GONE), _d.person_id.not_in(SET_ASIDE), _d.person_id.not_in(unknown), told)


def page(reading: Reading, offset: int, limit: int, hidden: Collection[str], reader_id: str) -> list[IdentityDocument]:
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
        .where(_told(hidden, reader_id))
        .order_by(begun > 0, newest.is_(None), newest, _d.id)
        .offset(offset)
        .limit(limit)
    )
    return [from_row(IdentityDocument, row) for row in reading.connection.execute(wanted)]


def count(reading: Reading, hidden: Collection[str], reader_id: str) -> int:
    """How many papers are gone, of those that this reader may see."""
    wanted = select(func.count()).select_from(table(IdentityDocument)).where(_told(hidden, reader_id))
    return int(reading.connection.execute(wanted).scalar_one())
