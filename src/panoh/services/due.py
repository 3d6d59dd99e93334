"""What is due, in one list: tasks, the steps and rows of a case, answers to referrals, needs to look at again.

A line tells what is to be done and never what a restricted fact is: of a service of a restricted kind it says "Service",
of a restricted need "Need". Whoever may not read the words of a case reads that something is due there, and not what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.cases import Case, Task
from panoh.domain.casework import BestInterests, FollowUp, PlanRow, Referral, Service, Transfer
from panoh.domain.lines import PersonLine
from panoh.domain.needs import SpecificNeed
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.workflow import end_of
from panoh.services import cases, casework
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import is_restricted, may_know, told_line
from panoh.services.records import is_withheld, keep, owner_of
from panoh.store import due, lines
from panoh.store.due import Counts, DueRow
from panoh.store.units import Reading

__all__ = ["Counts", "DueLine"]

OVERDUE, DUE, SOON, LATER, ANY_DAY = "overdue", "due", "soon", "later", "any_day"
SOON_DAYS = 7
# What one can mark as done where it stands; the others need an answer, a day or a talk.
_AT_ONCE = frozenset({due.TASK, due.ASSESS, due.PLAN_ROW, due.SERVICE})


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that is due: what, when and about whom."""

    kind: str
    record: Any  # None where the words of the case are withheld
    key: str
    person: PersonLine | None
    due_at: datetime | None
    state: str  # overdue, due (today), soon (within a week), later, any_day
    what: str
    owner_id: str  # who is to do it

    @property
    def at_once(self) -> bool:
        """Whether it can be marked as done where it stands."""
        return self.kind in _AT_ONCE and self.record is not None


def mine(desk: Desk, offset: int, limit: int) -> list[DueLine]:
    """A page of what this user is to do, the first due first."""
    with desk.reading() as reading:
        found = due.of_user(reading, desk.user.id, offset, limit, _zone(desk))
        return _in_words(desk, reading, found)


def count_in(desk: Desk, reading: Reading) -> Counts:
    """How much this user is to do."""
    now = desk.clock.now()
    return due.counts_of_user(reading, desk.user.id, _zone(desk), now, end_of(desk.clock.today()))


def whose(desk: Desk) -> tuple[str, str, int, datetime]:
    """What `store.dashboards.overdue` counts for this user, of whom, and by which time: one's own, or everybody's."""
    return (due.EVERYONE if desk.is_supervisor else due.USER, desk.user.id, _zone(desk), desk.clock.now())


def kind_words(kind: str) -> str:
    """What a kind of line is called, without a word of what it is about."""
    return _("Task") if kind == due.TASK else _generic(kind)


def of_person(desk: Desk, person_id: str) -> list[DueLine]:
    """What is due for one person, without private tasks of others and without what this user may not see."""
    with desk.reading() as reading:
        return _in_words(desk, reading, due.of_person(reading, person_id, _zone(desk)))


def finish(desk: Desk, line: DueLine) -> Changes:
    """Mark as done now what can be marked so. Raises AppError('access.denied'), AppError('record.not_found')."""
    match line.record:
        case Task():
            return cases.finish_task(desk, line.record)
        case PlanRow():
            return casework.plan_done(desk, line.record)
        case Service():
            return casework.service_done(desk, line.record)
        case Case() if line.kind == due.ASSESS:
            return casework.assessed(desk, line.record.person_id)
    raise AppError("record.not_found")


def take_back(desk: Desk, line: DueLine) -> Changes:
    """What was marked as done is to do again, as it was."""
    return keep(desk, line.record)


def _zone(desk: Desk) -> int:
    """How many seconds local time is ahead of UTC today."""
    noon = datetime.combine(desk.clock.today(), time(12)).astimezone()
    return int((noon.utcoffset() or timedelta()).total_seconds())


def _in_words(desk: Desk, reading: Reading, found: Iterable[DueRow]) -> list[DueLine]:
    rows = list(found)
    people = lines.people_by_id(reading, [row.person_id for row in rows if row.person_id])
    records = {
        record.id: record
        for kind in dict.fromkeys(due.RECORD_OF[row.kind] for row in rows)
        for record in _read(reading, kind, rows)
    }
    withheld = {
        one: is_withheld(desk, reading, one) for one in people if not desk.may_see_restricted(owner_of(reading, one))
    }
    told = {one: told_line(desk, line) for one, line in people.items()}
    made = (
        _line(desk, row, records[row.record_id], told.get(row.person_id), withheld.get(row.person_id, False))
        for row in rows
    )
    return [line for line in made if line is not None]


def _read(reading: Reading, kind: type[Any], rows: list[DueRow]) -> list[Any]:
    return reading.where_in(kind, "id", [row.record_id for row in rows if due.RECORD_OF[row.kind] is kind])


def _line(desk: Desk, row: DueRow, record: Any, person: PersonLine | None, withheld: bool) -> DueLine | None:
    """A line as this user may read it; None when they may not know of it at all."""
    may_see = person is None or desk.may_see_restricted(person.owner_id)
    if isinstance(record, Task):
        if record.owner_id != desk.user.id and (record.private or withheld):
            return None
        return _made(desk, row, record, person, record.what or _("Private task"), record.owner_id)
    if isinstance(record, Transfer):
        if withheld and desk.user.id not in (record.from_user, record.to_user):
            return None
        return _made(desk, row, None if withheld else record, person, _generic(row.kind), record.to_user)
    if person is not None and not may_know(desk, person):
        return None  # the days of a case follow from the level
    if isinstance(record, SpecificNeed | RefoulementAssessment) and is_restricted(desk, record) and not may_see:
        return None
    what = _generic(row.kind) if withheld and not isinstance(record, SpecificNeed) else _words(desk, row.kind, record)
    owner_id = person.owner_id if person else ""
    return _made(desk, row, None if withheld else record, person, what, owner_id)


def _made(desk: Desk, row: DueRow, record: Any, person: PersonLine | None, what: str, owner_id: str) -> DueLine:
    return DueLine(row.kind, record, _key(row), person, row.due_at, _state(desk, row.due_at), what, owner_id)


def _key(row: DueRow) -> str:
    """What tells the lines apart; one record may have several days."""
    return f"{row.kind} {row.record_id}" + (f" {row.due_at:%Y%m%d}" if row.kind == due.DATE and row.due_at else "")


def _state(desk: Desk, at: datetime | None) -> str:
    if at is None:
        return ANY_DAY
    if at < desk.clock.now():
        return OVERDUE
    days = (at.astimezone().date() - desk.clock.today()).days
    return DUE if days == 0 else SOON if days <= SOON_DAYS else LATER


def _generic(kind: str) -> str:
    """What is due, without a word of what it is about."""
    return {
        due.ASSESS: _("Assessment"),
        due.PLAN: _("Agree the plan"),
        due.REVIEW: _("Review of the case"),
        due.PLAN_ROW: _("Step of the plan"),
        due.SERVICE: _("Service"),
        due.REFERRAL: _("Answer to a referral"),
        due.FOLLOW_UP: _("Follow-up"),
        due.NEED: _("Look at a need again"),
        due.TRANSFER: _("Take over the case, or refuse"),
        due.BEST_INTERESTS: _("Best interests"),
        due.DATE: _("A date to keep"),
    }[kind]


def _words(desk: Desk, kind: str, record: Any) -> str:
    """What is due; what a restricted kind is stands in no line, for nobody: lists are seen by whoever passes."""
    told = "" if is_restricted(desk, record) else _what_of(desk, record)
    pattern = _("{what}: {which}")
    return pattern.format(what=_generic(kind), which=told) if told else _generic(kind)


def _what_of(desk: Desk, record: Any) -> str:
    match record:
        case PlanRow():
            return record.action
        case Service():
            return desk.name_of("service_kind", record.kind)
        case Referral():
            return desk.name_of("service_kind", record.service_kind)
        case FollowUp():
            return desk.name_of("follow_up_kind", record.kind).lower()
        case SpecificNeed():
            return desk.name_of("need", record.code)
        case BestInterests():
            return _("look at the decision again") if record.decided_on else _("decide")
    return ""
