"""A paper asks what waits for a supervisor where nobody typed a question, and its answer decides that and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.services.access_people import Office, bring_in, words_of
from tests.services.test_decisions import OPEN_ONE, case_of
from tests.services.test_paper_decisions import answer, code, history, paper

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.casework import CareArrangement, FollowUp, PlanRow
from panoh.domain.person import Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import approvals, care, closing, due, summaries, triage
from panoh.services.paper_decisions import QUESTION, find, key_in
from panoh.services.records import keep
from panoh.store.tables import table

LATER = timedelta(minutes=2)


@pytest.fixture
def hurt(at: Office) -> Person:
    """Somebody whose case has no question; the holder has asked for a closing."""
    person = bring_in(at, OPEN_ONE)
    keep(at.supervisor, replace(case_of(at.supervisor, person), question=""))
    closing.take_back(at.holder, person.id)
    for one in approvals.page(at.holder, 0, 99, decided=False):
        approvals.withdraw(at.holder, one.approval.id)
    at.clock.at += LATER
    closing.ask(at.holder, person.id, "reunified", "With her mother")
    return person


def test_the_paper_asks_it_and_the_answer_closes_the_case(at: Office, hurt: Person) -> None:
    export = paper(at, hurt)
    found = find(at.holder, code(export, "1"))
    assert found.question == "Close this case: Reunified with the family?"
    assert found.about != QUESTION
    key_in(at.holder, answer(export, "1"))
    assert case_of(at.holder, hurt).status == "closed"
    [one] = history(at.holder, hurt)
    assert (one.approval.kind, one.approval.export_no) == ("closure", export.export_no)


def test_it_stands_in_the_pdf(at: Office, hurt: Person) -> None:
    made = summaries.export_case(at.holder, hurt.id, summaries.Wanted(plain=True, reason="For the night shift"))
    assert "Close this case: Reunified with the family?" in " ".join(" ".join(words_of(made.pdf)).split())


def test_what_was_taken_back_since_is_not_decided_nor_something_else_in_its_place(at: Office, hurt: Person) -> None:
    at.clock.at += LATER
    triage.ask_lowering(at.holder, hurt.id, "low", "She is well")
    export = paper(at, hurt)
    assert find(at.holder, code(export)).question == "Lower the level to low?"
    lowering = next(one for one in approvals.page(at.holder, 0, 9, decided=False) if one.approval.kind == "lowering")
    approvals.withdraw(at.holder, lowering.approval.id)
    with pytest.raises(AppError, match="taken back"):
        key_in(at.holder, answer(export, "1", review_on=at.clock.today() + timedelta(days=7)))
    assert case_of(at.holder, hurt).status == "open"


def test_what_is_asked_after_the_paper_was_made_is_not_what_it_asked(at: Office, hurt: Person) -> None:
    export = paper(at, hurt)
    approvals.ask(at.holder, hurt.id, "assessment", "All was asked")
    key_in(at.holder, answer(export, "1"))
    assert [one.approval.kind for one in history(at.holder, hurt)] == ["closure"]


def test_what_was_done_stands_on_the_paper(at: Office, hurt: Person) -> None:
    case, today = case_of(at.holder, hurt), at.clock.today()
    keep(
        at.holder,
        PlanRow(
            id=new_id(), case_id=case.id, goal="Safe", action="Asked the host family", result="Agreed", done_on=today
        ),
        FollowUp(
            id=new_id(), case_id=case.id, kind="visit", due_on=today, done_on=today, seen="yes", found="Plays again"
        ),
    )
    made = summaries.preview(at.holder, hurt.id, summaries.Wanted())
    told = [(one.what, one.result) for one in made.summary.done]
    assert ("Asked the host family", "Agreed") in told
    assert ("Follow-up: visit", "Plays again") in told
    assert [one.on for one in made.summary.done] == sorted(one.on for one in made.summary.done)


def test_whoever_cares_is_named_on_no_paper(at: Office, hurt: Person) -> None:
    made_by = CareArrangement(id="", person_id=hurt.id, kind="foster", carer="Yoqubova Zulfiya", since=at.clock.today())
    care.arrange(at.holder, hurt.id, made_by)
    keep(at.holder, replace(case_of(at.holder, hurt), wish="She wants to stay with Yoqubova"))
    made = summaries.preview(at.holder, hurt.id, summaries.Wanted())
    assert "Yoqubova" not in " ".join(words_of(made.pdf))


def test_what_is_due_stands_among_what_is_open_but_no_date_of_an_assessment(at: Office, hurt: Person) -> None:
    today = at.clock.today()
    keep(at.holder, FollowUp(id=new_id(), case_id=case_of(at.holder, hurt).id, kind="visit", due_on=today))
    with at.holder.reading() as reading:
        known = reading.first(RefoulementAssessment, table(RefoulementAssessment).c.person_id == hurt.id)
    assert known is not None
    keep(at.holder, replace(known, leave_by=today))
    assert "A date to keep" in [line.what for line in due.of_person(at.holder, hurt.id)]
    told = [one.what for one in summaries.preview(at.holder, hurt.id, summaries.Wanted()).summary.tasks]
    assert "Follow-up: visit" in told
    assert "A date to keep" not in told
