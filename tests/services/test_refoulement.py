"""The refoulement assessment: answers one by one, the four unknowns, sources, what was said before, and who may."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from tests.migrations.made_needs import make
from tests.services.access_people import EVERYTHING_ELSE, Office

from panoh.base.errors import AppError
from panoh.domain.person import Person, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import cases, drafts, need_to_know, people, refoulement
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family


@pytest.fixture
def person(at: Office) -> Person:
    form = FamilyForm(rows=(FamilyRow(name="Каримова Лола", sex="F", birth="30", relation="head"),))
    made = save_family(at.holder, form).people[0]
    cases.take(at.holder, made.id)
    return made


def known(desk: Desk, person: Person) -> RefoulementAssessment:
    return refoulement.opened(desk, person.id).known


def test_every_field_can_be_answered_and_is_read_back(at: Office, person: Person) -> None:
    assert known(at.holder, person).asked_at is None
    answers = {name: value for name, value in EVERYTHING_ELSE.items() if name != "asked_by"}
    for name, value in answers.items():
        refoulement.answer(at.holder, person.id, {name: value}, {})
    now = known(at.holder, person)
    assert {name: getattr(now, name) for name in answers} == answers
    assert (now.asked_at, now.asked_by) == (at.clock.now(), at.holder.user.id)


def test_a_question_without_an_answer_keeps_its_state_until_there_is_one(at: Office, person: Person) -> None:
    refoulement.answer(
        at.holder, person.id, {"extradition": "", "lawyer": ""}, {"extradition": "refused", "lawyer": "none"}
    )
    told = refoulement.opened(at.holder, person.id).unanswered
    assert {field: one.answer for field, one in told.items()} == {"extradition": "refused", "lawyer": "none"}
    refoulement.answer(at.holder, person.id, {"extradition": ""}, {"extradition": "does_not_know"})
    refoulement.answer(at.holder, person.id, {"lawyer": "A. B."}, {})
    told = refoulement.opened(at.holder, person.id).unanswered
    assert {field: one.answer for field, one in told.items()} == {"extradition": "does_not_know"}
    with at.holder.reading() as reading:
        assert len(reading.all(Unanswered)) == 1


def test_two_who_answer_different_questions_do_not_write_over_each_other(at: Office, person: Person) -> None:
    refoulement.answer(at.holder, person.id, {"extradition": "yes"}, {})
    refoulement.answer(at.supervisor, person.id, {"feared_country": "UZ"}, {})
    now = known(at.holder, person)
    assert (now.extradition, now.feared_country, now.asked_by) == ("yes", "UZ", at.supervisor.user.id)


def test_what_was_said_before_stands_with_who_when_and_where_from(at: Office, person: Person) -> None:
    refoulement.answer(at.holder, person.id, {"feared_country": "KG", "source": "other_person"}, {})
    first = at.clock.now()
    at.clock.at += timedelta(days=3)
    refoulement.answer(at.holder, person.id, {"source": "own_account"}, {})
    at.clock.at += timedelta(days=1)
    refoulement.answer(at.supervisor, person.id, {"feared_country": "UZ", "harm_agents": ("police",)}, {})
    at.clock.at += timedelta(days=1)
    refoulement.answer(at.supervisor, person.id, {"lawyer": "A. B.", "source": "paper"}, {})
    said = refoulement.opened(at.holder, person.id).said
    assert [(one.value, one.source, one.user_id) for one in said["feared_country"]] == [
        ("UZ", "own_account", at.supervisor.user.id),
        ("KG", "other_person", at.holder.user.id),
    ]
    assert said["feared_country"][1].at == first
    assert [(one.value, one.source) for one in said["lawyer"]] == [("A. B.", "paper")]
    assert said["harm_agents"][0].value == ["police"]
    assert "source" not in said


def test_whoever_does_not_hold_the_case_neither_reads_nor_writes_nor_keeps_a_draft_of_it(
    at: Office, person: Person
) -> None:
    refoulement.answer(at.holder, person.id, dict.fromkeys(["lawyer", "detained_at", "fear_words"], "Markhamat"), {})
    with pytest.raises(AppError, match="role"):
        refoulement.opened(at.other, person.id)
    with pytest.raises(AppError, match="role"):
        refoulement.answer(at.other, person.id, {"lawyer": "x"}, {})
    texts = dict.fromkeys(EVERYTHING_ELSE.keys() - {"asked_by", "sure"}, "Markhamat") | {"source": "own_account"}
    payload = {"person_id": person.id, "question": 3, "values": texts}
    drafts.keep(at.holder, f"{person.id}.refoulement3.x", "refoulement", payload)
    cases.assign(at.supervisor, person.id, at.other.user.id)
    assert "Markhamat" not in repr(drafts.mine(at.holder))
    view = people.person(at.holder, person.id)
    assert view.assessment is None
    assert "Markhamat" not in repr((view, people.what_happened(at.holder, view)))
    assert known(at.other, person).lawyer == "Markhamat"


def test_every_field_of_the_assessment_is_restricted() -> None:
    """But for what tells nothing of its own: when and by whom it was asked, and how sure that is."""
    names = {field.name for field in fields(RefoulementAssessment)}
    assert names - need_to_know._ASSESSED == {"id", "person_id", "source", "sure", "asked_at", "asked_by"}


def test_an_opening_is_written_in_the_journal(at: Office, person: Person) -> None:
    refoulement.answer(at.holder, person.id, {"reassess_on": date(2010, 7, 1)}, {})
    refoulement.opened(at.supervisor, person.id)
    entries = people.what_happened(at.supervisor, people.person(at.supervisor, person.id))
    readers = [
        entry.actor for entry in entries if entry.change == "read" and entry.record_class == "RefoulementAssessment"
    ]
    assert at.supervisor.user.id in readers


def test_the_frozen_vault_can_be_given_its_needs_and_assessment(at: Office, person: Person) -> None:
    make(at.supervisor, [person.id])
    assert known(at.supervisor, person).lawyer == "As told"
