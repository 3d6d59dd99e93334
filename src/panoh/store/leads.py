"""Queries behind the list of leads, and emptying one so that neither the tables nor the journal hold it any longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, case, cast, delete, func, or_, select, update

from panoh.domain.leads import Lead, LeadNote
from panoh.store.erasing import forget_values
from panoh.store.journal import Entry, as_text
from panoh.store.tables import from_row, table, to_values
from panoh.store.units import ONE_OF, Reading, Unit, one_of

_KEPT = frozenset({"id", "public_no", "source_at", "entered_at", "expires_at"})
_l = table(Lead).c
_THERE = _l.emptied_at.is_(None)
# See Lead.has_news: the last of what was told. A sign " inside a value of the public stands behind a backslash.
_NEWS = or_(*(cast(_l.told, Text).like(f'{before}"newer=____-__-__"]') for before in ("[", "%, ")))
_ORDER = case((_NEWS, 0), (_l.state == "", 1), (_l.state == "set_aside", 3), else_=2)


def page(reading: Reading, offset: int, limit: int) -> list[Lead]:
    """A page of leads: those of which there is news, then those that nobody has looked at, those set aside last; the newest first."""
    wanted = select(table(Lead)).where(_THERE).order_by(_ORDER, _l.brought_in_at.desc(), _l.id.desc())
    return [from_row(Lead, row) for row in reading.connection.execute(wanted.offset(offset).limit(limit))]


def count(reading: Reading) -> int:
    """How many leads there are."""
    return int(reading.connection.execute(select(func.count()).select_from(table(Lead)).where(_THERE)).scalar_one())


def expired(reading: Reading, now: datetime) -> list[Lead]:
    """Leads whose time is over."""
    return reading.all(Lead, _THERE, _l.expires_at.is_not(None), _l.expires_at <= now)


def empty(unit: Unit, leads: Sequence[Lead], at: datetime) -> int:
    """Take all of these leads but their ids and dates out of the vault, with their notes; how many values the journal lost.

    The journal tells that each went empty, and that its notes went, and not what they said.
    """
    ids = [lead.id for lead in leads]
    notes = [note.id for note in unit.where_in(LeadNote, "lead_id", ids)]
    gone = forget_values(unit.connection, [*ids, *notes])
    unit.connection.execute(delete(table(LeadNote)).where(table(LeadNote).c.id.in_(ONE_OF)), one_of(notes))
    nothing = to_values(Lead(id="", public_no="", emptied_at=at))
    wiped = {name: value for name, value in nothing.items() if name not in _KEPT}
    unit.connection.execute(update(table(Lead)).where(_l.id.in_(ONE_OF)).values(wiped), one_of(ids))
    unit.entries += [Entry("removed", LeadNote.__name__, note_id) for note_id in notes]
    unit.entries += [Entry("changed", Lead.__name__, lead_id, "emptied_at", None, as_text(at)) for lead_id in ids]
    unit.touched[Lead].update(ids)
    unit.touched[LeadNote].update(notes)
    return gone
