"""Keeping records: the one way in which a form's records are written, with the rule of who may."""

from __future__ import annotations

from collections.abc import Sequence

from panoh.base.errors import AppError
from panoh.domain.cases import Case
from panoh.domain.needs import SpecificNeed
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services.desk import Changes, Desk
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
    Raises AppError('access.denied') for restricted facts of a case that this user does not hold.
    """
    with desk.writing() as unit:
        for record in records:
            _guard(desk, unit, record)
            if unit.first(type(record), table(type(record)).c.id == record.id) is None:
                unit.add(record)
            else:
                unit.save(record)
        for record in without:
            _guard(desk, unit, record)
            unit.remove(record)
        return Changes(unit.changes())


def _guard(desk: Desk, unit: Unit, record: Record) -> None:
    if is_restricted(desk, record) and not desk.may_see_restricted(owner_of(unit, getattr(record, "person_id", ""))):
        raise AppError("access.denied")
