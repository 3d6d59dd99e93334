"""One list of what is due: what is in it, in which order, and what it does not tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.services.casework_people import Office, office

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Task
from panoh.domain.casework import FollowUp, PlanRow, Referral, Service
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.refoulement import RefoulementAssessment, deadlines
from panoh.domain.workflow import end_of, service_due
from panoh.services import aside, cases, casework, closing, due, merging
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.today import today
from panoh.services.vault import OpenVault
from panoh.store import due as stored

DAY = date(2010, 6, 14)


@pytest.fixture
def at(opened: OpenVault) -> Office:
    made = office(opened)
    casework.set_days(made.holder, made.person.id, DAY + timedelta(1), DAY + timedelta(4))
    return made


def whole(at: Office, **values: Any) -> dict[str, Any]:
    """A row of every kind, each due on another day."""
    desk = at.holder
    now, case = desk.clock.now(), cases.case_or_new(desk, at.person.id)
    keep(desk, replace(case, review_on=DAY + timedelta(8)))
    rows = {
        "task": Task(id=new_id(), person_id=at.person.id, what="Bring a blanket", owner_id=desk.user.id, due_at=now - timedelta(hours=2)),
        "plan_row": PlanRow(id=new_id(), case_id=case.id, goal="Safe", action="Ask the host", by_when=DAY + timedelta(2)),
        "service": Service(id=new_id(), case_id=case.id, kind="health", frame="4_hours", asked_at=now),
        "referral": Referral(id=new_id(), case_id=case.id, reference="5T8-2KM", service_kind="legal", answer_by=now - timedelta(days=1)),
        "follow_up": FollowUp(id=new_id(), case_id=case.id, kind="visit", due_on=DAY + timedelta(3)),
        "need": SpecificNeed(id=new_id(), person_id=at.person.id, code="SM-CC", until=DAY + timedelta(9)),
        **values,
    }  # fmt: skip
    keep(desk, *rows.values())
    return rows


def kinds(desk: Desk) -> list[str]:
    return [line.kind for line in due.mine(desk, 0, 99)]


def test_everything_that_has_a_time_stands_in_one_list_the_first_due_first(at: Office) -> None:
    whole(at)
    told = [(line.kind, line.state, line.what) for line in due.mine(at.holder, 0, 99)]
    assert told == [
        ("referral", "overdue", "Answer to a referral: Legal help"),
        ("task", "overdue", "Bring a blanket"),
        ("service", "due", "Service: Health care"),
        ("assess", "soon", "Assessment"),
        ("plan_row", "soon", "Step of the plan: Ask the host"),
        ("follow_up", "soon", "Follow-up: visit"),
        ("plan", "soon", "Agree the plan"),
        ("review", "later", "Review of the case"),
        ("need", "later", f"Look at a need again: {at.holder.name_of('need', 'SM-CC')}"),
    ]
    assert [line.kind for line in due.of_person(at.holder, at.person.id)] == [kind for kind, *_rest in told]
    assert today(at.holder).due == due.Counts(9, 2, 1)
    assert due.mine(at.other, 0, 99) == []


def test_it_comes_in_pages(at: Office) -> None:
    whole(at)
    every = kinds(at.holder)
    assert [line.kind for at_row in range(9) for line in due.mine(at.holder, at_row, 1)] == every
    assert due.mine(at.holder, 9, 5) == []


def test_the_times_are_those_of_the_domain(at: Office, clock: FixedClock) -> None:
    rows = whole(at)
    found = {line.kind: line.due_at for line in due.mine(at.holder, 0, 99)}
    assert found["service"] == service_due(rows["service"])
    assert found["follow_up"] == end_of(rows["follow_up"].due_on)
    for frame in ("now", "24_hours", "3_days", "1_week", "2_weeks", "1_month"):
        service = replace(rows["service"], frame=frame)
        keep(at.holder, service)
        assert {line.kind: line.due_at for line in due.mine(at.holder, 0, 99)}["service"] == service_due(service)
    appointed = replace(rows["service"], appointment_on=DAY + timedelta(20))
    keep(at.holder, appointed)
    assert {line.kind: line.due_at for line in due.mine(at.holder, 0, 99)}["service"] == service_due(appointed)


def test_what_is_due_on_a_day_is_overdue_on_the_next(at: Office, clock: FixedClock) -> None:
    whole(at)
    clock.at = end_of(DAY + timedelta(3))
    assert {line.kind: line.state for line in due.mine(at.holder, 0, 99)}["follow_up"] == "due"
    clock.at += timedelta(seconds=1)
    assert {line.kind: line.state for line in due.mine(at.holder, 0, 99)}["follow_up"] == "overdue"


def test_what_is_done_or_answered_is_due_no_more(at: Office) -> None:
    rows = whole(at)
    me = at.person.id
    keep(at.holder, replace(rows["referral"], answer="no_answer"), replace(rows["need"], status="met"))
    casework.followed_up(at.holder, replace(rows["follow_up"], seen="yes"))
    casework.agreed_plan(at.holder, me)
    for line in due.mine(at.holder, 0, 99):
        if line.at_once:
            due.finish(at.holder, line)
    assert kinds(at.holder) == ["review"]


def test_ticked_off_by_mistake_it_comes_back_as_it_was(at: Office) -> None:
    whole(at)
    before = due.mine(at.holder, 0, 99)
    for line in [line for line in before if line.at_once]:
        due.finish(at.holder, line)
        due.take_back(at.holder, line)
    assert due.mine(at.holder, 0, 99) == before


def test_what_needs_words_is_not_ticked_off(at: Office) -> None:
    whole(at)
    for line in due.mine(at.holder, 0, 99):
        if line.kind in ("referral", "follow_up", "plan", "review", "need"):
            assert not line.at_once
            with pytest.raises(AppError):
                due.finish(at.holder, line)


def test_of_a_closed_case_only_tasks_are_left_and_none_is_overdue(at: Office) -> None:
    whole(at)
    closing.close(at.supervisor, at.person.id, "goals_met", "Goals met")
    assert [(line.kind, line.state) for line in due.mine(at.holder, 0, 99)] == [("task", "any_day")]
    assert today(at.holder).due == due.Counts(1, 0, 0)


def test_a_case_that_was_opened_again_is_assessed_anew(at: Office, clock: FixedClock) -> None:
    casework.assessed(at.holder, at.person.id)
    casework.plan(at.holder, at.person.id, PlanRow(id="", case_id="", goal="Safe", action="Ask the host"))
    casework.agreed_plan(at.holder, at.person.id)
    closing.close(at.supervisor, at.person.id, "goals_met", "Goals met")
    clock.at += timedelta(days=9)
    closing.reopen(at.holder, at.person.id, "She is back")
    assert kinds(at.holder) == ["assess"]
    casework.assessed(at.holder, at.person.id)
    assert kinds(at.holder) == []


def test_of_who_was_set_aside_or_joined_nothing_is_due(at: Office) -> None:
    whole(at)
    aside.set_aside(at.supervisor, at.person.id, "mistake")
    assert kinds(at.holder) == []
    assert today(at.holder).due.all == 0


def test_a_task_without_a_day_comes_last(at: Office) -> None:
    whole(at, any_day=Task(id=new_id(), person_id=at.person.id, what="Some time", owner_id=at.holder.user.id))
    last = due.mine(at.holder, 0, 99)[-1]
    assert (last.what, last.due_at, last.state) == ("Some time", None, "any_day")


class TestNeedToKnow:
    def test_a_restricted_kind_is_in_no_line_for_nobody(self, at: Office) -> None:
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="SV-VF", until=DAY))
        casework.provide(at.holder, at.person.id, Service(id="", case_id="", kind="gbv", frame="now"))
        told = [line.what for line in due.mine(at.holder, 0, 99)]
        assert {"Service", "Look at a need again"} <= set(told)
        assert not [what for what in told if "violence" in what.lower() or "rape" in what.lower()]

    def test_who_may_not_read_the_case_reads_that_something_is_due_and_not_what(self, at: Office) -> None:
        rows = whole(at)
        mine = Task(id=new_id(), person_id=at.person.id, what="Bring bread", owner_id=at.other.user.id)
        keep(at.holder, mine, SpecificNeed(id=new_id(), person_id=at.person.id, code="SV-VF", until=DAY))
        told = {line.kind: line for line in due.of_person(at.other, at.person.id)}
        assert {kind: told[kind].what for kind in ("plan_row", "service", "referral", "follow_up")} == {
            "plan_row": "Step of the plan", "service": "Service", "referral": "Answer to a referral", "follow_up": "Follow-up",
        }  # fmt: skip
        assert told["task"].what == "Bring bread"  # theirs; the holder's own is not told
        assert [line.what for line in due.of_person(at.other, at.person.id)].count("Bring a blanket") == 0
        assert all(told[kind].record is None and not told[kind].at_once for kind in ("plan_row", "service", "assess"))
        needs = [line for line in due.of_person(at.other, at.person.id) if line.kind == "need"]
        assert [line.what for line in needs] == [f"Look at a need again: {at.other.name_of('need', 'SM-CC')}"]
        assert rows["plan_row"].action not in str(told)

    def test_a_private_task_is_its_owner_s_alone(self, at: Office) -> None:
        keep(
            at.holder, Task(id=new_id(), person_id=at.person.id, what="Mine", owner_id=at.holder.user.id, private=True)
        )
        for desk, seen in ((at.holder, True), (at.other, False), (at.supervisor, False)):
            assert ("Mine" in [line.what for line in due.of_person(desk, at.person.id)]) is seen


def test_two_records_that_are_joined_have_one_list(at: Office) -> None:
    rows = whole(at)
    twin = replace(at.person, id=new_id(), number="KX7-00003-3")
    keep(at.supervisor, twin)
    cases.assign(at.supervisor, twin.id, at.holder.user.id)
    casework.plan(at.holder, twin.id, PlanRow(id="", case_id="", goal="Other", action="Bring water", by_when=DAY))
    before = {line.key for line in due.mine(at.holder, 0, 99)}
    made, _changes = merging.merge(at.supervisor, at.person.id, twin.id)
    joined = due.mine(at.holder, 0, 99)
    assert {line.person.id for line in joined if line.person} == {at.person.id}
    assert "Step of the plan: Bring water" in [line.what for line in joined]
    assert len(joined) == len(before) - 2  # one assessment and one plan of the two cases
    merging.undo(at.supervisor, made.id)
    assert {line.key for line in due.mine(at.holder, 0, 99)} == before
    assert rows


def test_every_branch_begins_at_an_index(at: Office) -> None:
    """No branch of the list reads a whole table: a page costs what one user holds."""
    whole(at)
    with at.holder.reading() as reading:
        for by in (stored.USER, stored.PERSON):
            wanted = stored.everything(by).params(whose="u", zone=0)
            sql = wanted.compile(reading.connection.engine, compile_kwargs={"literal_binds": True})
            plan = [row[3] for row in reading.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
            scanned = {step for step in plan if step.startswith("SCAN")}
            assert scanned <= {"SCAN transfer"}, plan  # few, and nothing leads to whom they ask
            assert not [step for step in plan if "(merged_into_id=?)" in step], plan  # that is nearly everyone


def test_a_person_who_is_gone_takes_their_tasks_along(at: Office) -> None:
    keep(at.supervisor, Person(id=new_id(), number="KX7-00008-8"))
    keep(at.holder, Task(id=new_id(), what="Of nobody", owner_id=at.holder.user.id))
    assert "Of nobody" in [line.what for line in due.mine(at.holder, 0, 99)]


def test_the_days_of_the_assessment_are_due_for_whoever_may_know_and_do_not_tell_what_they_are(at: Office) -> None:
    known = RefoulementAssessment(
        id=new_id(), person_id=at.person.id, feared_country="UZ", leave_by=DAY + timedelta(1), extradition_hearing_on=DAY,
        claim_deadline=DAY + timedelta(30), reassess_on=DAY + timedelta(40), return_threatened_on=DAY - timedelta(1),
    )  # fmt: skip
    before = due.mine(at.holder, 0, 99)
    keep(at.holder, known)
    for listed in (due.mine(at.holder, 0, 99), due.of_person(at.supervisor, at.person.id)):
        told = [line for line in listed if line.kind == stored.DATE]
        assert {line.what for line in told} == {"A date to keep"}
        assert not any(line.at_once for line in told)
        assert [line.due_at for line in told] == [end_of(day) for day, _words in deadlines(known)]
    assert len(due.mine(at.holder, 0, 99)) == len(before) + 5
    assert not [line for line in due.of_person(at.other, at.person.id) if line.kind == stored.DATE]
    over = replace(known, outcome="resettled")
    keep(at.holder, over)
    left = [line.due_at for line in due.mine(at.holder, 0, 99) if line.kind == stored.DATE]
    assert left == [end_of(day) for day, _words in deadlines(over)] == [end_of(known.reassess_on)]
