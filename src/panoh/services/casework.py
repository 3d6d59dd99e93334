"""Casework: the assessment and the plan of a case, its services and follow-ups. Where a case stands follows from them.

Whoever may not read the words of a case reads where it stands and none of its rows; everybody may add to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain import workflow
from panoh.domain.cases import Case
from panoh.domain.casework import FollowUp, PlanRow, Referral, Service
from panoh.domain.needs import SpecificNeed
from panoh.domain.reunification import MAY_WAIT
from panoh.domain.triage.levels import UNKNOWN
from panoh.domain.workflow import Stand
from panoh.services.case_times import level_of, timed
from panoh.services.cases import case_of, new_case
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows, open_ones
from panoh.services.records import is_withheld, keep, keep_in, owner_of
from panoh.services.resources import case_times
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

R = TypeVar("R", PlanRow, Service, Referral, FollowUp)
Row = PlanRow | Service | Referral | FollowUp
_NO_DAY = date.max


@dataclass(frozen=True, slots=True)
class Casework:
    """Everything that is done in one case, as this user may read it."""

    stand: Stand
    withheld: bool  # the rows may tell restricted facts that this user may not see: none of them is here
    plan: tuple[PlanRow, ...] = ()  # open ones by day first, then those done; so with the others
    services: tuple[Service, ...] = ()
    referrals: tuple[Referral, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    needs: tuple[SpecificNeed, ...] = ()  # those that stand, which a row may answer


def of_person(desk: Desk, person_id: str) -> Casework:
    """The casework of one person."""
    with desk.reading() as reading:
        return of_case(desk, reading, person_id)


def of_case(desk: Desk, reading: Reading, person_id: str) -> Casework:
    """The same within a reading."""
    case, withheld = case_of(reading, person_id), is_withheld(desk, reading, person_id)
    if withheld:
        told = Stand(workflow.stage_of(case), _("Ask the supervisor or whoever holds the case."))
        return Casework(told, withheld=True)
    case_id = case.id if case else ""
    plan = _rows(reading, PlanRow, case_id, lambda row: row.by_when)
    services = _rows(reading, Service, case_id, _due_day)
    follow_ups = _rows(reading, FollowUp, case_id, lambda one: one.due_on)
    referrals = reading.all(Referral, table(Referral).c.case_id == case_id)
    referrals.sort(key=lambda one: (not workflow.waits_for_answer(one), one.id))
    needs = reading.all(SpecificNeed, table(SpecificNeed).c.person_id == person_id)
    may_see = desk.may_see_restricted(owner_of(reading, person_id))
    return Casework(
        workflow.stand_of(case, plan, services, referrals, follow_ups),
        withheld=False,
        plan=tuple(plan),
        services=tuple(services),
        referrals=tuple(referrals),
        follow_ups=tuple(follow_ups),
        needs=tuple(need for need in open_ones(desk, needs, may_see) if need.stands),
    )


def _rows(reading: Reading, kind: type[Any], case_id: str, due: Any) -> list[Any]:
    rows = reading.all(kind, table(kind).c.case_id == case_id)
    return sorted(rows, key=lambda row: (row.done_on is not None, due(row) or _NO_DAY, row.id))


def _due_day(service: Service) -> date | None:
    at = workflow.service_due(service)
    return at.astimezone().date() if at else None


def open_case(desk: Desk, unit: Unit, person_id: str) -> Case:
    """The person's case as it is stored; one that nobody opened yet is opened."""
    found = case_of(unit, person_id)
    if found is None:
        found = new_case(desk, unit, person_id)
        keep_in(desk, unit, [found])
    return found


# --- the steps of a case ------------------------------------------------------------------------------------------------


def assessed(desk: Desk, person_id: str, on: date | None = None) -> Changes:
    """The case was assessed; its plan is due from then. Raises FormProblems for a day to come, AppError('access.denied')."""
    on = _past(desk, "on", on or desk.clock.today())
    with desk.writing() as unit:
        case = replace(open_case(desk, unit, person_id), assessed_on=on)
        keep_in(desk, unit, [timed(case, level_of(unit, person_id), desk.clock.today())])
        return Changes.of(unit)


def agreed_plan(desk: Desk, person_id: str, on: date | None = None) -> Changes:
    """The plan was agreed with the person. Raises FormProblems when nothing is planned, AppError('access.denied')."""
    on = _past(desk, "on", on or desk.clock.today())
    with desk.writing() as unit:
        case = open_case(desk, unit, person_id)
        if unit.first(PlanRow, table(PlanRow).c.case_id == case.id) is None:
            raise FormProblems([FieldProblem("on", _("Nothing is planned yet: add what is to be done first."))])
        keep_in(desk, unit, [replace(case, planned_on=on)])
        return Changes.of(unit)


def set_days(desk: Desk, person_id: str, assess_by: date | None, plan_by: date | None) -> Changes:
    """Give a case other days than its level does. Raises AppError('access.denied')."""
    with desk.writing() as unit:
        keep_in(desk, unit, [replace(open_case(desk, unit, person_id), assess_by=assess_by, plan_by=plan_by)])
        return Changes.of(unit)


# --- its rows -----------------------------------------------------------------------------------------------------------


def plan(desk: Desk, person_id: str, row: PlanRow) -> Changes:
    """Add a row to the plan, or change it. Raises FormProblems, AppError('access.denied')."""
    _needed(goal=(row.goal, _("Say what is to be reached.")), action=(row.action, _("Say what is done for it.")))
    return _keep_row(desk, person_id, row)


def plan_done(desk: Desk, row: PlanRow, result: str = "", on: date | None = None) -> Changes:
    """What was planned is done, and what came of it. Raises FormProblems, AppError('access.denied')."""
    return keep(
        desk, replace(row, done_on=_past(desk, "on", on or desk.clock.today()), result=result.strip() or row.result)
    )


def provide(desk: Desk, person_id: str, service: Service) -> Changes:
    """Add a service that is to be given, or change it; its time frame runs from now unless it ran before.

    Raises FormProblems, AppError('access.denied') also for a restricted kind by who does not hold the case.
    """
    _needed(kind=(service.kind, _("Choose the kind of service.")))
    return _keep_row(desk, person_id, replace(service, asked_at=service.asked_at or desk.clock.now()))


def service_done(desk: Desk, service: Service, provider_note: str = "", on: date | None = None) -> Changes:
    """A service was given, and what its provider told back. Raises FormProblems, AppError('access.denied')."""
    day = _past(desk, "on", on or desk.clock.today())
    return keep(desk, replace(service, done_on=day, provider_note=provider_note.strip() or service.provider_note))


def follow_up(desk: Desk, person_id: str, one: FollowUp, why: str = "") -> Changes:
    """Plan a follow-up, or change it. A visit after a reunification stays due on its day: that it waits is noted, with why.

    Raises FormProblems, AppError('access.denied').
    """
    missing = _("Say on which day.")
    _needed(kind=(one.kind, _("Choose how.")), due_on=(one.due_on or one.done_on, missing))
    with desk.writing() as unit:
        before = unit.first(FollowUp, table(FollowUp).c.id == one.id)
        return _keep_row_in(desk, unit, person_id, _waiting(desk, before, one, why) if before else one)


def _waiting(desk: Desk, before: FollowUp, one: FollowUp, why: str) -> FollowUp:
    """The visit as it is kept: it is overdue from the day on which it was due, however often it has to wait."""
    due, until = before.due_on, one.due_on
    if not one.reunification_id or one.done_on or not due or not until or until <= due:
        return one
    _needed(why=(why, _("Say why it cannot be made on its day.")))
    _may_wait(desk, "due_on", due, until)
    told = _("has to wait until {day}: {why}").format(day=day(until), why=why.strip())
    return replace(one, due_on=due, not_seen_why="; ".join(part for part in (before.not_seen_why, told) if part))


def _may_wait(desk: Desk, field: str, due: date, until: date) -> None:
    """Raise FormProblems where somebody who was reunited would be seen too late."""
    if until > max(due, desk.clock.today()) + MAY_WAIT:
        words = _("A visit after a reunification waits {n} days at most.").format(n=MAY_WAIT.days)
        raise FormProblems([FieldProblem(field, words)])


def followed_up(desk: Desk, one: FollowUp, next_on: date | None = None) -> Changes:
    """A follow-up was done, or tried; with `next_on` the next one is planned in the same write.

    A visit after a reunification at which the person was not seen is to be made again. Raises FormProblems,
    AppError('access.denied').
    """
    _needed(seen=(one.seen, _("Say whether the person was seen.")))
    if one.seen == "no":
        _needed(not_seen_why=(one.not_seen_why, _("Say why not: a failed follow-up raises the level.")))
    done = replace(one, done_on=_past(desk, "done_on", one.done_on or desk.clock.today()))
    again = one.reunification_id if one.seen == "no" else ""
    if again:
        _needed(next_on=(next_on, _("Say when it is tried again.")))
        _may_wait(desk, "next_on", desk.clock.today(), next_on or desk.clock.today())
    following = FollowUp(id=new_id(), case_id=one.case_id, kind=one.kind, due_on=next_on, reunification_id=again)
    return keep(desk, done, *([following] if next_on else []))


def next_follow_up(desk: Desk, one: FollowUp) -> date:
    """The day that is proposed for the follow-up after this one, from its kind, whether the person was seen, and the level."""
    with desk.reading() as reading:
        case = reading.get(Case, one.case_id)
        level = level_of(reading, case.person_id) if knows(desk, reading, case.person_id) else UNKNOWN
        before = (
            [] if is_withheld(desk, reading, case.person_id) else _rows(reading, FollowUp, case.id, lambda f: f.due_on)
        )
    done = replace(one, done_on=one.done_on or desk.clock.today())
    return workflow.next_follow_up(done, level, case_times(), before)


def take_away(desk: Desk, row: PlanRow | Service | FollowUp) -> Changes:
    """Take away a row that was a mistake; it stays in the journal. Raises AppError('access.denied')."""
    return keep(desk, without=[row])


def _keep_row(desk: Desk, person_id: str, row: PlanRow | Service) -> Changes:
    with desk.writing() as unit:
        return _keep_row_in(desk, unit, person_id, row)


def _keep_row_in(desk: Desk, unit: Unit, person_id: str, row: PlanRow | Service | FollowUp) -> Changes:
    case = open_case(desk, unit, person_id)
    keep_in(desk, unit, [replace(row, id=row.id or new_id(), case_id=case.id)])
    return Changes.of(unit)


def _needed(**fields: tuple[object, str]) -> None:
    """Raise FormProblems for every field, given as (value, sentence), that says nothing."""
    problems = [
        FieldProblem(name, sentence)
        for name, (value, sentence) in fields.items()
        if not (value.strip() if isinstance(value, str) else value)
    ]
    if problems:
        raise FormProblems(problems)


def _past(desk: Desk, field: str, on: date) -> date:
    """The day, which is not still to come."""
    if on > desk.clock.today():
        raise FormProblems([FieldProblem(field, _("This day is still to come."))])
    return on


def row_of(casework: Casework, record_id: str) -> Row | None:
    """A row of the casework by its id."""
    rows: Sequence[Row] = (*casework.plan, *casework.services, *casework.referrals, *casework.follow_ups)
    return next((row for row in rows if row.id == record_id), None)
