"""Casework in a frozen vault: a plan, a service, a referral with its slip, follow-ups, through the services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from panoh.base.ids import new_id
from panoh.domain.casework import FollowUp, PlanRow, Service
from panoh.domain.consent import Consent
from panoh.services import casework, referrals
from panoh.services.desk import Desk
from panoh.services.records import keep


def make(desk: Desk, ids: Mapping[str, str]) -> None:
    """Make at least one record of PlanRow, Service, Referral and FollowUp for the person `ids['person']`."""
    person_id, today, now = ids["person"], desk.clock.today(), desk.clock.now()
    casework.assessed(desk, person_id)
    row = PlanRow(id="", case_id="", goal="Safe at night", action="Ask the host family", who="She", by_when=today)
    casework.plan(desk, person_id, row)
    casework.agreed_plan(desk, person_id)
    casework.plan_done(desk, casework.of_person(desk, person_id).plan[0], "They agreed")
    casework.provide(desk, person_id, Service(id="", case_id="", kind="health", frame="24_hours", provider="Clinic"))
    casework.follow_up(desk, person_id, FollowUp(id="", case_id="", kind="visit", due_on=today))
    planned = casework.of_person(desk, person_id).follow_ups[0]
    casework.followed_up(desk, replace(planned, seen="no", not_seen_why="Nobody was there"), today + timedelta(days=2))
    keep(desk, Consent(id=new_id(), person_id=person_id, purpose="sharing", recipient="health", answer="yes",
                       given_by="self", how="spoken", given_on=today))  # fmt: skip
    wanted = referrals.Wanted(
        service_kind="health", recipient="health", asked="Look at her before the birth", facts=("group", "sex"),
        answer_by=now + timedelta(days=1),
    )  # fmt: skip
    made, _changes = referrals.refer(desk, person_id, wanted)
    referrals.slip(desk, made.reference, plain=True, reason="A frozen vault")
    referrals.answer(desk, made.id, "accepted", None, "Tomorrow at nine")
