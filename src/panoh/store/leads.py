"""Queries behind the list of leads, and emptying one so that neither the tables nor the journal hold it any longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from sqlalchemy import case, func, select

from panoh.domain.leads import Lead, LeadNote
from panoh.store import masking
from panoh.store.erasing import forget_values, put
from panoh.store.tables import from_row, table
from panoh.store.units import Reading, Unit

_KEPT = frozenset({"id", "public_no", "source_at", "entered_at", "expires_at", "emptied_at"})
_l = table(Lead).c
_THERE = _l.emptied_at.is_(None)
_ORDER = case((_l.state == "", 0), (_l.state == "set_aside", 2), else_=1)


def page(reading: Reading, offset: int, limit: int) -> list[Lead]:
    """A page of leads: those that nobody has looked at first, those set aside last, the newest first."""
    wanted = select(table(Lead)).where(_THERE).order_by(_ORDER, _l.brought_in_at.desc(), _l.id.desc())
    return [from_row(Lead, row) for row in reading.connection.execute(wanted.offset(offset).limit(limit))]


def count(reading: Reading) -> int:
    """How many leads there are."""
    return int(reading.connection.execute(select(func.count()).select_from(table(Lead)).where(_THERE)).scalar_one())


def expired(reading: Reading, now: datetime) -> list[Lead]:
    """Leads whose time is over."""
    return reading.all(Lead, _THERE, _l.expires_at.is_not(None), _l.expires_at <= now)


def empty(unit: Unit, leads: Iterable[Lead], at: datetime) -> int:
    """Take all of these leads but their ids and dates out of the vault, with their notes; how many values the journal lost."""
    gone = 0
    for lead in leads:
        notes = unit.where_in(LeadNote, "lead_id", [lead.id])
        gone += forget_values(unit.connection, [lead.id, *(note.id for note in notes)])
        for note in notes:
            masking.drop(unit, note)
        for field in fields(Lead):
            if field.name not in _KEPT and getattr(lead, field.name) != field.default:
                put(unit, lead, field.name, field.default)
        put(unit, lead, "emptied_at", at)
    return gone
