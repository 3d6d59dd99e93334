"""What was done in a case and what came of it, for a paper: typed steps, and what is done of plan, services, referrals, visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from panoh.base.i18n import gettext as _
from panoh.domain.casework import BestInterests, FollowUp, PlanRow, Referral, Service
from panoh.services import casework
from panoh.services.desk import Desk
from panoh.services.need_to_know import is_restricted
from panoh.services.people import PersonView
from panoh.store.tables import table
from panoh.store.units import Reading

Line = tuple[date, str, str]  # when, what, what came of it


def steps(desk: Desk, reading: Reading, view: PersonView) -> list[Line]:
    """The lines by day, the newest last; nothing of a case whose words this user may not read."""
    typed = [(one.done_on, one.what, one.result) for one in view.actions]
    if view.case is None or view.case_withheld:
        return sorted(typed)
    worked = casework.of_case(desk, reading, view.person.id)
    best = reading.all(BestInterests, table(BestInterests).c.person_id == view.person.id)
    rows: tuple[Any, ...] = (*worked.plan, *worked.services, *worked.referrals, *worked.follow_ups, *best)
    return sorted([*typed, *(line for row in rows if (line := _line(desk, row)) is not None)])


def _line(desk: Desk, row: Any) -> Line | None:
    on: date | None = row.decided_on if isinstance(row, BestInterests) else row.done_on
    match row:
        case Referral():
            on = row.done_on or row.answered_on
            result = _("done") if row.done_on else desk.name_of("referral_answer", row.answer).lower()
            what, told = _kind(desk, _("Referral"), "service_kind", row, row.service_kind), result
        case PlanRow():
            what, told = row.action, row.result
        case Service():
            what, told = _kind(desk, _("Service"), "service_kind", row, row.kind), row.provider_note or _("given")
        case FollowUp():
            seen = _("seen") if row.seen == "yes" else row.not_seen_why
            what, told = _kind(desk, _("Follow-up"), "follow_up_kind", row, row.kind), row.found or seen
        case _:
            what, told = desk.name_of("best_interests", row.kind), row.decision
    return (on, what, told) if on is not None else None


def _kind(desk: Desk, what: str, code_list: str, row: Any, kind: str) -> str:
    """'Referral: legal help'; of a restricted kind no more than that there was one."""
    told = "" if is_restricted(desk, row) else desk.name_of(code_list, kind).lower()
    return _("{what}: {which}").format(what=what, which=told) if told else what
