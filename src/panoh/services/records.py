"""Keeping records: the one way in which a form's records are written, with the rule of who may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from panoh.base.errors import AppError
from panoh.domain.cases import Case
from panoh.domain.needs import SpecificNeed
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services.desk import Changes, Desk
from panoh.store import derived
from panoh.store.tables import table
from panoh.store.units import Reading, Unit


def is_restricted(desk: Desk, record: Record) -> bool:
    """Whether a record holds facts that are shown by role only: refoulement, and codes such as TR, SV, LP-IH."""
    if isinstance(record, RefoulementAssessment):
        return True
    return isinstance(record, SpecificNeed) and desk.vocabularies["specific_needs"].restricted(record.code)


def owner_of(reading: Reading, person_id: str) -> str:
    """The user who holds this person's case; '' is nobody."""
    case = reading.first(Case, table(Case).c.person_id == person_id)
    return case.owner_id if case else ""


def keep(desk: Desk, *records: Record, without: Sequence[Record] = ()) -> Changes:
    """Make or change these records, and take away the rows `without`, in one write.

    A row taken away (a paper typed by mistake) stays in the journal with its image.
    Raises AppError('access.denied') for restricted facts of a case that this user does not hold, and for taking a case
    out of another's hands.
    """
    with desk.writing() as unit:
        keep_in(desk, unit, records, without)
        return Changes(unit.changes())


def keep_in(desk: Desk, unit: Unit, records: Sequence[Record], without: Sequence[Record] = ()) -> None:
    """The same as part of a write that does more."""
    for record in records:
        before = unit.first(type(record), table(type(record)).c.id == record.id)
        _guard(desk, unit, record, before)
        if before is None:
            unit.add(record)
        else:
            unit.save(record)
    for record in without:
        _guard(desk, unit, record, None)
        unit.remove(record)


def is_withheld(desk: Desk, reading: Reading, person_id: str) -> bool:
    """Whether the words of this person's case are withheld: the level rests on restricted facts that the user may not see."""
    level = derived.level_of(reading, person_id)
    return bool(level and level.restricted) and not desk.may_see_restricted(owner_of(reading, person_id))


def _guard(desk: Desk, unit: Unit, record: Record, before: Record | None) -> None:
    if isinstance(before, Case) and record != before:
        _guard_case(desk, unit, record, before)
    versions = (record, before) if before else (record,)  # no change brings a record out of the restricted ones
    for owner_id in [owner_of(unit, getattr(v, "person_id", "")) for v in versions if is_restricted(desk, v)]:
        if not desk.may_see_restricted(owner_id):
            raise AppError("access.denied")


def _guard_case(desk: Desk, unit: Unit, record: Record, before: Case) -> None:
    """From another's hands only a supervisor takes a case; words that are withheld are not written over."""
    owner_id = getattr(record, "owner_id", "")
    if before.owner_id not in ("", desk.user.id) and owner_id != before.owner_id:
        desk.require_supervisor()
    if replace(before, owner_id=owner_id) != record and is_withheld(desk, unit, before.person_id):
        raise AppError("access.denied")
