"""The refoulement assessment: what is known, what was said before and by whom, and one answer after another.

Everything here is for whoever holds the case and for supervisors; each opening is written in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.lines import PersonLine
from panoh.domain.person import Unanswered
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import levels
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import told_line
from panoh.services.person_edit import Offers, offers
from panoh.services.records import keep_in, owner_of
from panoh.store import history
from panoh.store.history import Happened
from panoh.store.tables import table
from panoh.store.units import Reading

_MOST = 10_000  # entries of one assessment
_BESIDE = frozenset({"id", "person_id", "source", "sure", "asked_at", "asked_by"})  # say nothing of their own


@dataclass(frozen=True, slots=True)
class Said:
    """What was recorded of one question at one time; `value` is as the journal holds it."""

    value: Any
    source: str  # vocab source: where it came from, as far as that was told
    at: datetime
    user_id: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """One person's assessment with everything that its screen needs."""

    line: PersonLine
    known: RefoulementAssessment  # a blank one, with a new id, while nothing was ever answered
    unanswered: Mapping[str, Unanswered]  # by field
    said: Mapping[str, tuple[Said, ...]]  # by field, the newest first
    offers: Offers


def opened(desk: Desk, person_id: str) -> Assessed:
    """One person's assessment. Raises AppError: access.denied for a case of another, record.not_found."""
    with desk.reading() as reading:
        line = told_line(desk, levels.line_of(reading, person_id))
        _require(desk, reading, person_id)
        known = _known(reading, person_id)
        told = known or RefoulementAssessment(id=new_id(), person_id=person_id)
        unanswered = reading.all(Unanswered, table(Unanswered).c.record_id == told.id)
        said = _said(history.of_records(reading, [told.id], _MOST))
    if known is not None:
        with desk.writing() as unit:
            unit.tell("read", "RefoulementAssessment", known.id)
    return Assessed(line, told, {one.field: one for one in unanswered}, said, offers(desk))


def answer(desk: Desk, person_id: str, answers: Mapping[str, Any], unknown: Mapping[str, str]) -> Changes:
    """Record answers (field: value) and questions without one (field: which of the four unknowns), in one write.

    Only these fields change: what somebody else answered meanwhile stays. Raises AppError: access.denied.
    """
    with desk.writing() as unit:
        _require(desk, unit, person_id)
        before = _known(unit, person_id) or RefoulementAssessment(id=new_id(), person_id=person_id)
        made = replace(before, **answers, asked_at=desk.clock.now(), asked_by=desk.user.id)
        kept, removed = _unanswered(unit, made.id, answers, unknown)
        keep_in(desk, unit, [made, *kept], removed)
        return Changes.of(unit)


def _require(desk: Desk, reading: Reading, person_id: str) -> None:
    if not desk.may_see_restricted(owner_of(reading, person_id)):
        raise AppError("access.denied")


def _known(reading: Reading, person_id: str) -> RefoulementAssessment | None:
    return reading.first(RefoulementAssessment, table(RefoulementAssessment).c.person_id == person_id)


def _unanswered(
    reading: Reading, record_id: str, asked: Iterable[str], unknown: Mapping[str, str]
) -> tuple[list[Record], list[Record]]:
    before = {one.field: one for one in reading.all(Unanswered, table(Unanswered).c.record_id == record_id)}
    kept: list[Record] = []
    removed: list[Record] = []
    for field in asked:
        entry, state = before.get(field), unknown.get(field, "")
        if state:
            new = Unanswered(id=new_id(), record_id=record_id, field=field, answer=state)
            kept.append(replace(entry, answer=state) if entry else new)
        elif entry is not None:
            removed.append(entry)
    return kept, removed


def _said(newest_first: list[Happened]) -> dict[str, tuple[Said, ...]]:
    """What was recorded of each field over time, with the source that was in force when it was."""
    found: dict[str, list[Said]] = {}
    source = ""
    entries = [entry for entry in reversed(newest_first) if entry.change in ("made", "changed")]
    for entry in entries:
        same_write = [one for one in entries if one.at == entry.at and one.actor == entry.actor]
        values = entry.new if entry.change == "made" and isinstance(entry.new, dict) else {entry.field: entry.new}
        source = next((str(one.new) for one in same_write if one.field == "source"), values.get("source", source)) or ""
        for field, value in values.items():
            if field and field not in _BESIDE:
                found.setdefault(field, []).insert(0, Said(value, source, entry.at, entry.actor))
    return {field: tuple(said) for field, said in found.items()}
