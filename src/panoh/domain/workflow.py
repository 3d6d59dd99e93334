"""Where a case stands and what comes next, read from what is recorded: nobody sets a state by hand.

Field guide section 3.1 has the times: the assessment within 24 h, 72 h or 7 days, the plan 3, 7 or 14 days after it.
They are data (resources/casework.toml), and each case can be given others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from panoh.base.errors import AppError
from panoh.base.i18n import N_, day
from panoh.base.i18n import gettext as _
from panoh.domain.cases import Case
from panoh.domain.casework import FollowUp, PlanRow, Referral, Service
from panoh.domain.triage.levels import LEVELS

NEW, ASSESSMENT, PLAN, SERVICES, CLOSED, REOPENED = "new", "assessment", "plan", "services", "closed", "reopened"
STAGES = {
    NEW: N_("New"),
    ASSESSMENT: N_("Assessment"),
    PLAN: N_("Plan"),
    SERVICES: N_("Services"),
    CLOSED: N_("Closed"),
    REOPENED: N_("Opened again"),
}
WAY = (NEW, ASSESSMENT, PLAN, SERVICES, CLOSED)  # the usual order
FRAMES = {"now": 0, "4_hours": 4, "24_hours": 24, "3_days": 72, "1_week": 168, "2_weeks": 336, "1_month": 720}  # hours
_MOST_DAYS = 365
_SERIES = frozenset({"after_reunification", "after_return"})


@dataclass(frozen=True, slots=True)
class Times:
    """Days that a case has by risk level: until it is assessed, from there until its plan, between two follow-ups.

    And, whatever the level, the days of the visits after a reunification.
    """

    assess: Mapping[str, int]
    plan: Mapping[str, int]
    follow_up: Mapping[str, int]
    after_reunification: tuple[int, ...]  # days after one on which somebody looks how it goes


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a case stands, and what comes next, in words."""

    stage: str
    next: str
    by: date | None = None  # until when, where a day is set

    def word(self) -> str:
        """The stage in a word."""
        return _(STAGES[self.stage])


def load_times(text: str, name: str) -> Times:
    """The times of a TOML text; AppError('casework.invalid') says what is wrong: one is missing, or no number of days."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AppError("casework.invalid", file=name, problem=str(error)) from None
    found: list[Mapping[str, int]] = []
    for part in ("assess", "plan", "follow_up"):
        days = told.get(part)
        if not isinstance(days, dict) or set(days) != set(LEVELS) or not all(map(_is_days, days.values())):
            raise AppError("casework.invalid", file=name, problem=part)
        found.append(days)
    visits = _visits(told.get("after_reunification"))
    if not visits:
        raise AppError("casework.invalid", file=name, problem="after_reunification")
    assess, plan, follow_up = found
    return Times(assess, plan, follow_up, visits)


def _visits(told: object) -> tuple[int, ...]:
    """The days of the visits, each another, the first first; none where they are not told so."""
    days = told.get("days") if isinstance(told, dict) else None
    if not isinstance(days, list) or not all(map(_is_days, days)) or len(set(days)) < len(days):
        return ()
    return tuple(sorted(days))


def _is_days(value: object) -> bool:
    return type(value) is int and 0 < value <= _MOST_DAYS


def with_times(case: Case, level: str, times: Times, today: date) -> Case:
    """The case with the days by which it is assessed and planned, as its level asks for.

    A day that is set is only ever brought forward: another level never gives more time. What is done has no day.
    """
    assess_by, plan_by = case.assess_by, case.plan_by
    if case.status == CLOSED:
        return case
    if not is_assessed(case):
        assess_by = _earlier(assess_by, today + timedelta(days=times.assess[level]))
    if case.planned_on is None:
        since = (case.assessed_on if is_assessed(case) else None) or assess_by or today
        plan_by = _earlier(plan_by, since + timedelta(days=times.plan[level]))
    return replace(case, assess_by=assess_by, plan_by=plan_by)


def _earlier(one: date | None, other: date) -> date:
    return min(one, other) if one else other


def is_assessed(case: Case) -> bool:
    """Whether the case was assessed, and since it was opened again."""
    return case.assessed_on is not None and (case.reopened_on is None or case.assessed_on >= case.reopened_on)


def stage_of(case: Case | None) -> str:
    """The stage of a case.

    New until somebody holds it or has begun; then assessment, plan, services, each when the step before is done. A case
    that was opened again is first assessed again.
    """
    if case is None:
        return NEW
    if case.status == CLOSED:
        return CLOSED
    if case.reopened_on is not None and not is_assessed(case):
        return REOPENED
    if not is_assessed(case):
        return ASSESSMENT if case.owner_id else NEW
    return SERVICES if case.planned_on is not None else PLAN


def stand_of(
    case: Case | None,
    plan: Iterable[PlanRow] = (),
    services: Iterable[Service] = (),
    referrals: Iterable[Referral] = (),
    follow_ups: Iterable[FollowUp] = (),
) -> Stand:
    """Where the case stands and what comes next."""
    stage, rows = stage_of(case), list(plan)
    if case is None or stage == NEW:
        return Stand(stage, _("Somebody takes the case."), case.assess_by if case else None)
    if stage == CLOSED:
        return Stand(stage, _("Closed on {day}.").format(day=day(case.closed_on)) if case.closed_on else _("Closed."))
    if stage == ASSESSMENT:
        return Stand(stage, _("Talk alone, note the needs and the risks."), case.assess_by)
    if stage == REOPENED:
        return Stand(stage, _("Assess again: the case was opened anew."), case.assess_by)
    if stage == PLAN:
        said = _("Agree the plan with the person.") if rows else _("Write the plan together with the person.")
        return Stand(stage, said, case.plan_by)
    return _next_service(rows, list(services), list(referrals), list(follow_ups))


def _next_service(
    plan: list[PlanRow], services: list[Service], referrals: list[Referral], follow_ups: list[FollowUp]
) -> Stand:
    """Once a plan is agreed: what of it is due first."""
    due: list[tuple[date | None, str]] = [(row.by_when, _("Do what is planned.")) for row in plan if not row.done_on]
    for service in services:
        if not service.done_on:
            at = service_due(service)
            due.append((at.astimezone().date() if at else None, _("See that the service is given.")))
    due += [
        (one.answer_by.astimezone().date() if one.answer_by else None, _("Ask for the answer."))
        for one in referrals
        if waits_for_answer(one)
    ]
    due += [(one.due_on, _("Follow up.")) for one in follow_ups if not one.done_on]
    if due:
        by, said = min(due, key=lambda each: each[0] or date.max)
        return Stand(SERVICES, said, by)
    if any(one.done_on for one in follow_ups):
        return Stand(SERVICES, _("Nothing of the plan is open: review it, and close the case when its goals are met."))
    return Stand(SERVICES, _("Nothing of the plan is open: follow up, then review it."))


def service_due(service: Service) -> datetime | None:
    """Until when a service is to be given: the end of the day of its appointment, or when its time frame has run out."""
    if service.appointment_on is not None:
        return end_of(service.appointment_on)
    if service.frame in FRAMES and service.asked_at is not None:
        return service.asked_at + timedelta(hours=FRAMES[service.frame])
    return None


def end_of(on: date) -> datetime:
    """The last second of a local day: what is due on a day is overdue on the next."""
    return datetime(on.year, on.month, on.day, 23, 59, 59).astimezone()


def is_day(at: datetime) -> bool:
    """Whether a due time is that of a whole day, and not of an hour."""
    local = at.astimezone()
    return (local.hour, local.minute, local.second) == (23, 59, 59)


def waits_for_answer(referral: Referral) -> bool:
    """Whether a referral went out and nothing came back yet."""
    return not referral.answer and referral.done_on is None


def next_follow_up(done: FollowUp, level: str, times: Times, before: Iterable[FollowUp] = ()) -> date:
    """The day proposed for the next follow-up: of those set for after a reunification, also after a return; else by level.

    Whoever was not seen is looked for sooner, within half of that. `before` are the follow-ups of the case until now.
    """
    on = done.done_on or done.due_on or date.min
    days = times.follow_up[level]
    if done.kind in _SERIES and done.seen != "no":
        made = sum(one.kind == done.kind and one.done_on is not None and one.id != done.id for one in before)
        set_days = times.after_reunification
        days = set_days[made + 1] - set_days[made] if made + 1 < len(set_days) else set_days[-1]
    elif done.seen == "no":
        days = max(1, days // 2)
    return on + timedelta(days=days)
