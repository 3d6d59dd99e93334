"""The plan, services and follow-ups of a case, and who may read and change them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.services import casework_people
from tests.services.casework_people import Office

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Case
from panoh.domain.casework import FollowUp, PlanRow, Service
from panoh.domain.needs import SpecificNeed
from panoh.services import cases, casework, people, records, triage, undoing
from panoh.services.vault import OpenVault
from panoh.store.tables import table

DAY = date(2010, 6, 14)
ROW = PlanRow(
    id="", case_id="", goal="Safe at night", action="Ask the host family", who="She", by_when=date(2010, 6, 16)
)
at = casework_people.at


def case_of(at: Office) -> Case:
    with at.supervisor.reading() as reading:
        found = cases.case_of(reading, at.person.id)
    assert found is not None
    return found


def problems_of(work: Callable[[], object]) -> set[str]:
    with pytest.raises(FormProblems) as found:
        work()
    return {problem.field for problem in found.value.problems}


def test_a_case_that_is_opened_has_days_by_its_level(at: Office) -> None:
    case, level = case_of(at), triage.why(at.holder, at.person.id).level
    days = {"unknown": (3, 10), "low": (7, 21)}[level]
    assert (case.assess_by, case.plan_by) == tuple(DAY + timedelta(n) for n in days)


def test_a_raised_level_brings_the_days_forward_and_a_lowered_one_does_not_put_them_off(
    at: Office, clock: FixedClock
) -> None:
    triage.set_level(at.holder, at.person.id, "high", "Threatened again", date(2010, 6, 20))
    raised = case_of(at)
    assert (raised.assess_by, raised.plan_by) == (DAY + timedelta(1), DAY + timedelta(4))
    clock.at += timedelta(hours=1)
    triage.set_level(at.supervisor, at.person.id, "low", "It was somebody else", date(2010, 6, 20))
    assert case_of(at) == raised


def test_from_new_to_services(at: Office) -> None:
    desk, me = at.holder, at.person.id
    assert casework.of_person(desk, me).stand.stage == "assessment"
    casework.assessed(desk, me)
    assert casework.of_person(desk, me).stand.stage == "plan"
    assert problems_of(lambda: casework.agreed_plan(desk, me)) == {"on"}
    casework.plan(desk, me, ROW)
    assert casework.of_person(desk, me).stand.next == "Agree the plan with the person."
    casework.agreed_plan(desk, me)
    found = casework.of_person(desk, me)
    assert (found.stand.stage, found.stand.next, found.stand.by) == ("services", "Do what is planned.", ROW.by_when)
    casework.plan_done(desk, found.plan[0], "They agreed")
    done = casework.of_person(desk, me).plan[0]
    assert (done.done_on, done.result) == (DAY, "They agreed")
    assert desk.store.verify_journal()[1] is None


def test_a_case_opens_with_its_first_row(opened: OpenVault, at: Office) -> None:
    from panoh.domain.person import Person

    someone = Person(id=new_id(), number="KX7-00009-9", given_name="Азиз", sex="M")
    records.keep(at.supervisor, someone)
    casework.plan(at.other, someone.id, ROW)
    found = casework.of_person(at.other, someone.id)
    assert [row.goal for row in found.plan] == ["Safe at night"]
    assert found.stand.stage == "new"


def test_what_lacks_is_told_at_its_field(at: Office) -> None:
    desk, me = at.holder, at.person.id
    assert problems_of(lambda: casework.plan(desk, me, PlanRow(id="", case_id="", goal=" "))) == {"goal", "action"}
    assert problems_of(lambda: casework.provide(desk, me, Service(id="", case_id=""))) == {"kind"}
    assert problems_of(lambda: casework.follow_up(desk, me, FollowUp(id="", case_id=""))) == {"kind", "due_on"}
    assert problems_of(lambda: casework.assessed(desk, me, DAY + timedelta(1))) == {"on"}
    planned = FollowUp(id=new_id(), case_id=case_of(at).id, kind="visit", due_on=DAY)
    casework.follow_up(desk, me, planned)
    assert problems_of(lambda: casework.followed_up(desk, planned)) == {"seen"}
    assert problems_of(lambda: casework.followed_up(desk, replace(planned, seen="no"))) == {"not_seen_why"}


def test_a_service_runs_from_when_it_was_asked_and_an_edit_does_not_extend_it(at: Office, clock: FixedClock) -> None:
    desk, me = at.holder, at.person.id
    casework.provide(desk, me, Service(id="", case_id="", kind="health", frame="24_hours"))
    service = casework.of_person(desk, me).services[0]
    asked = service.asked_at
    clock.at += timedelta(hours=5)
    casework.provide(desk, me, replace(service, provider="Clinic"))
    again = casework.of_person(desk, me).services[0]
    assert (again.asked_at, again.provider, again.id) == (asked, "Clinic", service.id)
    casework.service_done(desk, again, "Wound dressed")
    assert casework.of_person(desk, me).services[0].provider_note == "Wound dressed"


def test_a_follow_up_plans_the_next_one(at: Office) -> None:
    desk, me = at.holder, at.person.id
    casework.follow_up(desk, me, FollowUp(id="", case_id="", kind="visit", due_on=DAY))
    planned = casework.of_person(desk, me).follow_ups[0]
    proposed = casework.next_follow_up(desk, replace(planned, seen="yes"))
    sooner = casework.next_follow_up(desk, replace(planned, seen="no"))
    assert DAY < sooner < proposed
    casework.followed_up(desk, replace(planned, seen="no", not_seen_why="Nobody at home"), sooner)
    first, second = casework.of_person(desk, me).follow_ups
    assert (first.due_on, first.done_on, first.kind) == (sooner, None, "visit")
    assert (second.seen, second.done_on) == ("no", DAY)


def test_a_mistake_is_taken_away_and_can_be_brought_back(at: Office) -> None:
    desk, me = at.holder, at.person.id
    casework.plan(desk, me, ROW)
    row = casework.of_person(desk, me).plan[0]
    changes = casework.take_away(desk, row)
    assert casework.of_person(desk, me).plan == ()
    undoing.undo_save(desk, changes)
    assert casework.of_person(desk, me).plan == (row,)


def test_the_rows_stand_in_the_history_of_who_may_read_the_case(at: Office) -> None:
    casework.plan(at.holder, at.person.id, ROW)
    told = people.what_happened(at.holder, people.person(at.holder, at.person.id))
    assert "PlanRow" in {entry.record_class for entry in told}


class TestNeedToKnow:
    """A restricted need, or a service whose kind tells one: the rows are withheld from who does not hold the case."""

    @pytest.fixture(params=["need", "service"])
    def hidden(self, request: pytest.FixtureRequest, at: Office) -> Office:
        casework.plan(at.holder, at.person.id, ROW)
        casework.follow_up(at.holder, at.person.id, FollowUp(id="", case_id="", kind="visit", due_on=DAY))
        if request.param == "need":
            records.keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="SV-VF"))
        else:
            casework.provide(at.holder, at.person.id, Service(id="", case_id="", kind="gbv", frame="now"))
        return at

    def test_no_row_is_read(self, hidden: Office) -> None:
        found = casework.of_person(hidden.other, hidden.person.id)
        assert found.withheld
        assert (found.plan, found.services, found.referrals, found.follow_ups, found.needs) == ((), (), (), (), ())
        assert len(casework.of_person(hidden.holder, hidden.person.id).plan) == 1

    def test_no_row_is_changed_or_taken_away(self, hidden: Office) -> None:
        row = casework.of_person(hidden.holder, hidden.person.id).plan[0]
        for work in (
            lambda: casework.plan_done(hidden.other, row),
            lambda: casework.take_away(hidden.other, row),
            lambda: casework.plan(hidden.other, hidden.person.id, replace(row, goal="Another")),
            lambda: casework.assessed(hidden.other, hidden.person.id),
        ):
            with pytest.raises(AppError, match="role"):
                work()

    def test_the_history_tells_nothing_of_them(self, hidden: Office) -> None:
        told = people.what_happened(hidden.other, people.person(hidden.other, hidden.person.id))
        assert not {"PlanRow", "FollowUp", "Service", "Referral"} & {entry.record_class for entry in told}


def test_a_restricted_kind_is_recorded_by_who_holds_the_case(at: Office) -> None:
    service = Service(id="", case_id="", kind="gbv", frame="now")
    with pytest.raises(AppError, match="role"):
        casework.provide(at.other, at.person.id, service)
    with at.supervisor.reading() as reading:
        assert reading.first(Service, table(Service).c.kind == "gbv") is None
    casework.provide(at.holder, at.person.id, service)
