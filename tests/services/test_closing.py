"""Closing a case: who asks, who decides, what is told before it, and what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.conftest import PASSPHRASE
from tests.services import casework_people
from tests.services.casework_people import Office

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Task
from panoh.domain.casework import Approval, BestInterests, CareArrangement, FollowUp, PlanRow, Referral, Service
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.services import approvals, cases, casework, closing, people, person_edit, shield, undoing, users
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.vault import OpenVault
from panoh.store.tables import table

DAY = date(2010, 6, 14)
at = casework_people.at


def decisions(desk: Desk, person_id: str) -> list[Approval]:
    with desk.reading() as reading:
        return sorted(reading.all(Approval, table(Approval).c.person_id == person_id), key=lambda one: one.id)


def told(desk: Desk, person_id: str) -> list[str]:
    return [check.key for check in closing.before(desk, person_id).checks]


class TestChecks:
    def test_each_thing_that_is_open_is_told(self, at: Office) -> None:
        me = at.person.id
        case = cases.case_or_new(at.holder, me)
        rows: dict[str, Any] = {
            "best_interests": BestInterests(id=new_id(), person_id=me, kind="assessment"),
            "services": Service(id=new_id(), case_id=case.id, kind="health"),
            "referrals": Referral(id=new_id(), case_id=case.id, reference="5T8-2KM", service_kind="legal"),
            "follow_ups": FollowUp(id=new_id(), case_id=case.id, kind="visit", due_on=DAY),
            "plan": PlanRow(id=new_id(), case_id=case.id, goal="Safe", action="Ask"),
            "needs": SpecificNeed(id=new_id(), person_id=me, code="SM-CC"),
            "tracing": TracingRequest(id=new_id(), number="KX7-90000-1", inquirer_id=me, sought_person_id=me),
            "tasks": Task(id=new_id(), person_id=me, what="Bring a blanket", owner_id=at.holder.user.id),
        }
        start = told(at.holder, me)
        assert not set(start) & set(rows)
        for row in rows.values():
            keep(at.holder, row)
        with at.holder.writing() as unit:
            approvals.ask_in(at.holder, unit, me, "plan", "Look at it")
        assert [key for key in told(at.holder, me) if key not in ("level", "shield", "child_alone")] == [
            *rows,
            "approvals",
        ]
        text = next(check for check in closing.before(at.holder, me).checks if check.key == "tracing").text
        assert text == "1 tracing request is open."  # by her and for her, and told once

    def test_what_is_done_is_not(self, at: Office) -> None:
        me, before = at.person.id, told(at.holder, at.person.id)
        case = cases.case_or_new(at.holder, me)
        keep(
            at.holder,
            Service(id=new_id(), case_id=case.id, kind="health", done_on=DAY),
            Referral(id=new_id(), case_id=case.id, reference="5T8-2KM", service_kind="legal", answer="refused"),
            SpecificNeed(id=new_id(), person_id=me, code="SM-CC", status="met"),
            BestInterests(id=new_id(), person_id=me, kind="assessment", decided_on=DAY),
        )
        with at.holder.writing() as unit:
            unit.add(TracingRequest(id=new_id(), number="KX7-90000-1", inquirer_id=me, status="closed"))
        assert told(at.holder, me) == before

    def test_another_s_private_task_is_not_told(self, at: Office) -> None:
        before = told(at.holder, at.person.id)
        keep(at.supervisor, Task(id=new_id(), person_id=at.person.id, owner_id=at.supervisor.user.id, private=True))
        assert told(at.holder, at.person.id) == before
        assert told(at.supervisor, at.person.id) == [*before, "tasks"]

    def test_a_shield_and_the_level_are_told(self, at: Office) -> None:
        shield.put_up(at.holder, at.person.id, "Asked by men at her door")
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="LP-IH"))
        assert told(at.holder, at.person.id)[:2] == ["level", "shield"]

    @pytest.mark.parametrize(
        ("said", "kind", "code", "alone"),
        [
            ("none", "", "", True), ("parents", "", "", False), ("", "", "SC-UC", True), ("", "", "", False),
            ("none", "foster", "SC-UC", False), ("parents", "child_headed", "", True), ("", "unrelated_adult", "", True),
        ],
    )  # fmt: skip
    def test_a_child_for_whom_nobody_is_noted(self, at: Office, said: str, kind: str, code: str, alone: bool) -> None:
        born = {"birth_precision": "year", "birth_earliest": date(2001, 1, 1), "birth_latest": date(2001, 12, 31)}
        keep(at.supervisor, replace(at.person, care=said, **born))  # type: ignore[arg-type]
        if kind:
            keep(at.holder, CareArrangement(id=new_id(), person_id=at.person.id, kind=kind, since=DAY))
        if code:
            keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code=code))
        assert ("child_alone" in told(at.holder, at.person.id)) is alone

    def test_of_a_withheld_case_nothing_is_told(self, at: Office) -> None:
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="TR-PI"))
        closing.ask(at.holder, at.person.id, "goals_met", "Her torture is treated")
        for act in (closing.before, lambda desk, who: closing.ask(desk, who, "goals_met", "All done")):
            with pytest.raises(AppError, match="role"):
                act(at.other, at.person.id)
        assert person_edit.opened(at.other, at.person.id).closing == ()


class TestAsking:
    def test_nothing_closes_and_the_case_tells_who_asked(self, at: Office) -> None:
        assert not closing.before(at.holder, at.person.id).direct
        closing.ask(at.holder, at.person.id, "reunified", "With her husband")
        case = people.person(at.holder, at.person.id).case
        assert case is not None
        assert case.status == "open"
        for desk in (at.holder, at.supervisor, at.other):
            (one,) = person_edit.opened(desk, at.person.id).closing
            assert (one.by, one.why, one.words, one.mine) == (
                "Zamira",
                "reunified",
                "With her husband",
                desk is at.holder,
            )

    def test_it_is_taken_back_by_who_asked_alone(self, at: Office) -> None:
        closing.ask(at.holder, at.person.id, "reunified", "With her husband")
        closing.take_back(at.other, at.person.id)
        assert len(person_edit.opened(at.holder, at.person.id).closing) == 1
        closing.take_back(at.holder, at.person.id)
        assert person_edit.opened(at.holder, at.person.id).closing == ()
        assert [one.decision for one in decisions(at.holder, at.person.id)] == ["withdrawn"]

    def test_it_needs_a_reason_and_words(self, at: Office) -> None:
        for verb, desk in ((closing.ask, at.holder), (closing.close, at.supervisor)):
            with pytest.raises(FormProblems) as problems:
                verb(desk, at.person.id, "", " ")
            assert [problem.field for problem in problems.value.problems] == ["why", "words"]

    def test_a_caseworker_closes_nothing(self, at: Office) -> None:
        with pytest.raises(AppError, match="role"):
            closing.close(at.holder, at.person.id, "goals_met", "All done")


class TestDeciding:
    def test_a_supervisor_closes_another_s_case_and_answers_who_asked(self, at: Office) -> None:
        closing.ask(at.holder, at.person.id, "reunified", "With her husband")
        assert closing.before(at.supervisor, at.person.id) == closing.Before(
            closing.before(at.holder, at.person.id).checks, direct=True, alone=False
        )
        closing.close(at.supervisor, at.person.id, "reunified", "Seen there twice")
        asked, made = decisions(at.holder, at.person.id)
        assert (asked.decision, asked.decided_by) == ("approve", at.supervisor.user.id)
        assert (made.decision, made.asked_by, made.decided_by, made.proposed, made.words) == (
            "approve", at.supervisor.user.id, at.supervisor.user.id, "reunified", "",
        )  # fmt: skip
        view = people.person(at.holder, at.person.id)
        assert view.case is not None
        assert (view.case.status, view.case.closed_on, view.case.closing_why) == ("closed", DAY, "reunified")
        assert [note.text for note in view.notes] == ["Closed: Reunified with the family. Seen there twice"]

    def test_the_own_case_takes_a_second_person(self, at: Office, opened: OpenVault) -> None:
        cases.take(at.supervisor, at.person.id)
        second = at.supervisor.of(users.add(opened, "Nurlan", f"{PASSPHRASE} second", "supervisor"))
        assert not closing.before(at.supervisor, at.person.id).direct
        with pytest.raises(AppError, match="somebody else decides"):
            closing.close(at.supervisor, at.person.id, "goals_met", "All done")
        closing.ask(at.supervisor, at.person.id, "goals_met", "All done")
        closing.close(second, at.person.id, "goals_met", "So it is")
        assert [one.decided_by for one in decisions(second, at.person.id)] == [second.user.id] * 2

    def test_the_only_one_who_could_decide_does_and_that_is_recorded(self, at: Office) -> None:
        cases.take(at.supervisor, at.person.id)
        found = closing.before(at.supervisor, at.person.id)
        assert (found.direct, found.alone) == (True, True)
        closing.close(at.supervisor, at.person.id, "goals_met", "All done")
        (made,) = decisions(at.supervisor, at.person.id)
        assert made.words == "Nobody else in this vault could decide."

    def test_what_a_decision_elsewhere_calls(self, at: Office) -> None:
        with at.supervisor.writing() as unit:
            closing.close_in(at.supervisor, unit, at.person.id, "died", "Told by her brother")
        case = people.person(at.supervisor, at.person.id).case
        assert case is not None
        assert (case.status, case.closing_why) == ("closed", "died")
        with pytest.raises(AppError, match="closed already"), at.supervisor.writing() as unit:
            closing.close_in(at.supervisor, unit, at.person.id, "died", "Told by her brother")
        for verb in (closing.ask, closing.close):
            with pytest.raises(AppError, match="closed already"):
                verb(at.supervisor, at.person.id, "died", "Told again")

    def test_why_it_was_closed_is_withheld_with_the_case(self, at: Office) -> None:
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="TR-PI"))
        closing.close(at.supervisor, at.person.id, "detained", "Held in Osh")
        view = people.person(at.other, at.person.id)
        assert view.case is not None
        assert (view.case.status, view.case.closing_why, view.notes) == ("closed", "", ())


class TestPastTheDoor:
    def test_no_other_way_closes_it_for_a_caseworker(self, at: Office) -> None:
        with pytest.raises(AppError, match="role"):
            keep(at.holder, replace(cases.case_or_new(at.holder, at.person.id), status="closed"))

    def test_the_history_neither_closes_nor_opens_it(self, at: Office) -> None:
        closing.close(at.supervisor, at.person.id, "goals_met", "All done")
        closing.reopen(at.holder, at.person.id, "She is back")
        told = people.what_happened(at.holder, people.person(at.holder, at.person.id))
        turned = [entry for entry in told if entry.record_class == "Case" and entry.field in ("status", "closing_why")]
        assert len(turned) == 4
        for entry in turned:
            assert not undoing.can_restore(entry)
            with pytest.raises(AppError):
                undoing.restore(at.holder, entry)


class TestOpeningAgain:
    def test_it_is_assessed_anew(self, at: Office, clock: FixedClock) -> None:
        casework.assessed(at.holder, at.person.id)
        closing.close(at.supervisor, at.person.id, "no_contact", "Three months")
        clock.at += timedelta(days=100)
        closing.reopen(at.holder, at.person.id, "She came back")
        case = people.person(at.holder, at.person.id).case
        assert case is not None
        assert (case.status, case.closed_on, case.closing_why, case.reopened_on) == ("open", None, "", clock.today())
        assert case.assess_by is not None
        assert case.assess_by > clock.today()
        assert casework.of_person(at.holder, at.person.id).stand.stage == "reopened"
        assert people.person(at.holder, at.person.id).notes[-1].text == "Opened again: She came back"

    def test_not_without_a_reason_nor_twice_nor_of_a_withheld_case(self, at: Office) -> None:
        with pytest.raises(AppError, match="open already"):
            closing.reopen(at.holder, at.person.id, "She came back")
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="TR-PI"))
        closing.close(at.supervisor, at.person.id, "no_contact", "Three months")
        with pytest.raises(FormProblems):
            closing.reopen(at.holder, at.person.id, " ")
        with pytest.raises(AppError, match="role"):
            closing.reopen(at.other, at.person.id, "She came back")


def test_a_person_without_a_case_can_be_asked_about(opened: OpenVault) -> None:
    at = casework_people.office(opened)
    stranger = Person(id=new_id(), number="KX7-00002-1", family_name="A", given_name="B")
    keep(at.supervisor, stranger)
    closing.ask(at.other, stranger.id, "mistake", "Twice in the list")
    closing.close(at.supervisor, stranger.id, "mistake", "Twice in the list")
    case = people.person(at.supervisor, stranger.id).case
    assert case is not None
    assert case.status == "closed"
