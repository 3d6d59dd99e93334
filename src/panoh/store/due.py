"""What is due, read in one query: tasks, the steps and rows of cases, answers to referrals, needs to look at again.

Each branch begins at an index: the user's tasks, the user's open cases and what hangs on them; or all of one person. So
a page costs what one user holds, not how many people the vault knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from panoh.domain.cases import Case, Task
from panoh.domain.casework import BestInterests, FollowUp, PlanRow, Referral, Service, Transfer
from panoh.domain.needs import STANDING, SpecificNeed
from panoh.domain.person import Person
from panoh.domain.refoulement import DAYS, OVER, REASSESS, RefoulementAssessment
from panoh.domain.workflow import FRAMES
from panoh.store.derived import moment_of
from panoh.store.tables import table
from panoh.store.units import Reading

USER, PERSON, EVERYONE = "user", "person", "everyone"
TASK, ASSESS, PLAN, REVIEW = "task", "assess", "plan", "review"
PLAN_ROW, SERVICE, REFERRAL, FOLLOW_UP, NEED = "plan_row", "service", "referral", "follow_up", "need"
TRANSFER, BEST_INTERESTS = "transfer", "best_interests"
DATE = "date"  # of the refoulement assessment; which, no list tells
RECORD_OF: dict[str, type] = {
    TASK: Task, ASSESS: Case, PLAN: Case, REVIEW: Case, PLAN_ROW: PlanRow, SERVICE: Service, REFERRAL: Referral,
    FOLLOW_UP: FollowUp, NEED: SpecificNeed, TRANSFER: Transfer, BEST_INTERESTS: BestInterests,
    DATE: RefoulementAssessment,
}  # fmt: skip
_c, _t, _p = table(Case).c, table(Task).c, table(Person).c
_GONE = select(_p.id).where(_p.merged_into_id > "")  # joined to another record, or set aside
_HOUR, _LAST_SECOND = 3600, 86_399
_ANSWER_WITHIN = 24 * _HOUR  # whoever is asked to take a case over: nobody else does its work meanwhile
_NEVER = 1 << 60  # tasks without a day come last


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing that is due: its kind, the record behind it, whom it is about and when."""

    kind: str
    record_id: str
    person_id: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is due: in all, overdue, and still today."""

    all: int
    overdue: int
    today: int


def of_user(reading: Reading, user_id: str, offset: int, limit: int, zone: int) -> list[DueRow]:
    """A page of what is due for a user: their tasks and everything of the cases that they hold, the first due first.

    `zone` is how many seconds local time is ahead of UTC: a day ends at local midnight.
    """
    return _rows(reading, _page(USER), whose=user_id, zone=zone, offset=offset, limit=limit)


def counts_of_user(reading: Reading, user_id: str, zone: int, now: datetime, day_ends: datetime) -> Counts:
    """How much of it there is."""
    values = {"whose": user_id, "zone": zone, "now": int(now.timestamp()), "day_ends": int(day_ends.timestamp())}
    return Counts(*map(int, reading.connection.execute(_counts(), values).one()))


def of_person(reading: Reading, person_id: str, zone: int) -> list[DueRow]:
    """Everything that is due for one person, whoever does it."""
    return _rows(reading, _page(PERSON), whose=person_id, zone=zone, offset=0, limit=-1)


def _rows(reading: Reading, page: CompoundSelect[Any], **values: str | int) -> list[DueRow]:
    found: Sequence[Any] = reading.connection.execute(page, values).all()
    return [
        DueRow(kind, record, person or "", moment_of(None if due == _NEVER else due))
        for kind, record, person, due in found
    ]


# Made once each: making them costs more than running them.


@lru_cache(maxsize=2)
def _page(by: str) -> CompoundSelect[Any]:
    lines = everything(by).order_by("due", "kind", "record")
    return lines.offset(bindparam("offset", type_=Integer)).limit(bindparam("limit", type_=Integer))


@lru_cache(maxsize=1)
def _counts() -> Any:
    lines = everything(USER).subquery()
    due, now, end = lines.c.due, bindparam("now", type_=Integer), bindparam("day_ends", type_=Integer)
    return select(
        func.count(),
        func.coalesce(func.sum(cast(due < now, Integer)), 0),
        func.coalesce(func.sum(cast(and_(due >= now, due <= end), Integer)), 0),
    ).select_from(lines)


@dataclass(frozen=True, slots=True)
class _Whose:
    """Which tasks and which cases are meant."""

    tasks: ColumnElement[bool]
    cases: ColumnElement[bool]


def everything(by: str) -> CompoundSelect[Any]:
    """The whole list of a USER, of a PERSON or of EVERYONE as one query of the columns kind, record, person, due.

    Its parameters are `whose` and `zone`; of EVERYONE the private tasks of others than `whose` are left out.
    """
    one = bindparam("whose", type_=Text)
    whose = _Whose(_t.owner_id == one, _c.owner_id == one)
    if by == PERSON:
        whose = _Whose(_t.person_id == one, _c.person_id == one)
    elif by == EVERYONE:
        whose = _Whose(or_(_t.private.is_(False), _t.owner_id == one), true())
    row, service, referral, follow_up = (table(kind).c for kind in (PlanRow, Service, Referral, FollowUp))
    need, best, transfer = (table(kind).c for kind in (SpecificNeed, BestInterests, Transfer))
    return union_all(
        _tasks(whose),
        _of_case(whose, ASSESS, _c.id, _end_of(_c.assess_by), None, _c.assess_by.is_not(None), _not_assessed()),
        _of_case(whose, PLAN, _c.id, _end_of(_c.plan_by), None, _c.plan_by.is_not(None), _c.planned_on.is_(None)),
        _of_case(whose, REVIEW, _c.id, _end_of(_c.review_on), None, _c.review_on.is_not(None)),
        _of_case(
            whose, PLAN_ROW, row.id, _end_of(row.by_when), table(PlanRow), row.by_when.is_not(None), row.done_on.is_(None)
        ),
        _of_case(whose, SERVICE, service.id, _service_due(), table(Service), service.done_on.is_(None),
                 or_(service.appointment_on.is_not(None), and_(service.frame.in_(FRAMES), service.asked_at.is_not(None)))),
        _of_case(whose, REFERRAL, referral.id, cast(referral.answer_by, Integer), table(Referral),
                 referral.answer_by.is_not(None), referral.answer == "", referral.done_on.is_(None)),
        _of_case(whose, FOLLOW_UP, follow_up.id, _end_of(follow_up.due_on), table(FollowUp),
                 follow_up.due_on.is_not(None), follow_up.done_on.is_(None)),
        _of_case(whose, NEED, need.id, _end_of(need.until), table(SpecificNeed),
                 need.until.is_not(None), need.status.in_(sorted(STANDING))),
        _of_case(whose, BEST_INTERESTS, best.id, _end_of(best.review_on), table(BestInterests), best.review_on.is_not(None)),
        _handed_over({USER: transfer.to_user == one, PERSON: _c.person_id == one}.get(by, true())),
        *(_day_of_assessment(whose, name) for name in DAYS),
    )  # fmt: skip


def _tasks(whose: _Whose) -> Select[Any]:
    """Open tasks, also of nobody; of nobody who was set aside or whose record was joined to another one.

    A task of a closed case stays, last and without a time: nothing of that case is overdue.
    """
    closed = select(_c.id).where(_c.person_id == _t.person_id, _c.status == "closed").exists()
    due = case((closed, _NEVER), else_=func.coalesce(cast(_t.due_at, Integer), _NEVER))
    return select(
        literal(TASK).label("kind"), _t.id.label("record"), _t.person_id.label("person"), due.label("due")
    ).where(whose.tasks, _t.done_at.is_(None), or_(_t.person_id.is_(None), _t.person_id.not_in(_GONE)))


def _handed_over(whose: ColumnElement[bool]) -> Select[Any]:
    """Cases that somebody is asked to take over from whoever holds them.

    It begins at the handings, which are few, or at one case; an index on who was joined would begin at everyone.
    """
    t = table(Transfer).c
    due = cast(t.asked_at, Integer) + _ANSWER_WITHIN
    source = table(Transfer).join(table(Case), _c.id == t.case_id).join(table(Person), _p.id == _c.person_id)
    return (
        select(literal(TRANSFER).label("kind"), t.id.label("record"), _c.person_id.label("person"), due.label("due"))
        .select_from(source)
        .where(
            whose,
            t.answer == "",
            t.from_user == _c.owner_id,
            _c.status != "closed",
            func.coalesce(_p.merged_into_id, "") == "",
        )
    )


def _of_case(
    whose: _Whose,
    kind: str,
    record: ColumnElement[str],
    due: ColumnElement[int],
    rows: Table | None,
    *where: ColumnElement[bool],
) -> Select[Any]:
    """What hangs on open cases of people whose record goes on."""
    source: Any = table(Case)
    if rows is not None:
        source = source.join(rows, rows.c.case_id == _c.id if "case_id" in rows.c else rows.c.person_id == _c.person_id)
    return (
        select(literal(kind).label("kind"), record.label("record"), _c.person_id.label("person"), due.label("due"))
        .select_from(source)
        .where(whose.cases, _c.status != "closed", _c.person_id.not_in(_GONE), *where)
    )


def _day_of_assessment(whose: _Whose, name: str) -> Select[Any]:
    """As `domain.refoulement.deadlines`: once the danger is over, the day to ask again is left alone."""
    a = table(RefoulementAssessment).c
    counts = true() if name == REASSESS else a.outcome.not_in(sorted(OVER))
    return _of_case(whose, DATE, a.id, _end_of(a[name]), table(RefoulementAssessment), a[name].is_not(None), counts)


def _not_assessed() -> ColumnElement[bool]:
    """As workflow.is_assessed: a case that was opened again is assessed anew."""
    return or_(_c.assessed_on.is_(None), _c.assessed_on < _c.reopened_on)


def _end_of(day: ColumnElement[Any]) -> ColumnElement[int]:
    """The last second of a local day, in seconds since 1970."""
    return cast(func.strftime("%s", day), Integer) + _LAST_SECOND - bindparam("zone", type_=Integer)


def _service_due() -> ColumnElement[int]:
    s = table(Service).c
    hours = case(FRAMES, value=s.frame, else_=0)
    return case(
        (s.appointment_on.is_not(None), _end_of(s.appointment_on)),
        else_=cast(s.asked_at, Integer) + hours * _HOUR,
    )
