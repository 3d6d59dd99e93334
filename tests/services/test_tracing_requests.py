"""Tracing requests at work: asked together, consent and its withdrawal, held back, actions, worklists, who may know what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.services.access_people import GROUPS, TYPED, Office, at_of_module, bring_in

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Case
from panoh.domain.casework import FollowUp
from panoh.domain.consent import Consent
from panoh.domain.description import Description
from panoh.domain.lines import RequestFilter
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import MatchDecision, TracingAction, TracingRequest
from panoh.services import (
    attachments,
    descriptions,
    matches,
    people,
    person_edit,
    shield,
    tracing,
    tracing_actions,
    tracing_consent,
    tracing_hold,
    tracing_inquiry,
    tracing_work,
    undoing,
)
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.store.tables import candidate, table

TODAY = date(2010, 6, 14)
at = at_of_module
BORN = {"birth_precision": "year", "birth_earliest": date(2004, 1, 1), "birth_latest": date(2004, 12, 31)}
LIKE: dict[str, Any] = {**BORN, "sex": "M", "origin": "Ош, Черёмушки", "family_name": "Тўрабоев"}


def person(desk: Desk, given: str = "Азизбек", **more: Any) -> Person:
    more = {**LIKE, **more}
    with desk.writing() as unit:
        number = unit.next_numbers()[0]
        made = Person(
            id=new_id(), number=number, given_name=given, presence="here", registered_at=desk.clock.now(), **more
        )
        unit.add(made)
    return made


def ask(desk: Desk, **fields: Any) -> TracingRequest:
    values: dict[str, Any] = {
        "given_name": "Азизбек",
        "inquirer_name": "Гулбаҳор",
        "consent_to_trace": "yes",
        **LIKE,
        **fields,
    }
    return tracing.ask(desk, TracingRequest(id=new_id(), **values))[0]


def stored(desk: Desk, request: TracingRequest) -> TracingRequest:
    with desk.reading() as reading:
        return reading.get(TracingRequest, request.id)


def decided(desk: Desk, request: TracingRequest, who: Person) -> MatchDecision:
    c = table(MatchDecision).c
    with desk.reading() as reading:
        found = reading.first(MatchDecision, c.request_id == request.id, c.person_id == who.id)
    assert found is not None
    return found


def action(request: TracingRequest, kind: str = "case_by_case", **fields: Any) -> TracingAction:
    return TracingAction(id=new_id(), **{"request_id": request.id, "kind": kind, "done_on": TODAY, **fields})


def stand_as_candidate(desk: Desk, request: TracingRequest, who: Person, score: float = 90) -> None:
    with desk.writing() as unit:
        row = {"request_id": request.id, "person_id": who.id, "score": score}
        unit.connection.execute(candidate.insert(), row)


def candidates_of(desk: Desk, request: TracingRequest) -> int:
    with desk.reading() as reading:
        rows = reading.connection.execute(candidate.select().where(candidate.c.request_id == request.id))
        return len(rows.all())


# --- asked together ---------------------------------------------------------------------------------------------------


def test_a_by_name_and_a_village_are_enough(at: Office) -> None:
    made, _changes = tracing.ask(at.other, TracingRequest(id=new_id(), nickname="Қора", origin="Чек"))
    assert made.number
    (line,) = tracing.page(at.other, 0, 50, RequestFilter(text="қор"))
    assert (line.id, line.sought_name) == (made.id, "Қора")


def test_whoever_asks_for_several_says_once_who_they_are_and_what_they_allow(at: Office) -> None:
    first = ask(at.other, given_name="Азиз", contact="at the mosque")
    second = ask(at.other, given_name="Бекзод", inquiry=first.id, contact="at the mosque")
    third = ask(at.other, given_name="Лола", inquiry=second.id, contact="at the mosque")
    assert {stored(at.other, one).inquiry for one in (second, third)} == {first.id}
    assert {line.id for line in tracing_inquiry.others(at.other, second.id)} == {first.id, third.id}
    changed = replace(stored(at.other, second), contact="by her aunt", consent_by="self", marks="a scar")
    _made, changes = tracing.ask(at.other, changed)
    assert {stored(at.other, one).contact for one in (first, second, third)} == {"by her aunt"}
    assert {stored(at.other, one).consent_by for one in (first, third)} == {"self"}
    assert stored(at.other, first).marks == ""
    undoing.undo_save(at.other, changes)  # one write
    assert {stored(at.other, one).contact for one in (first, second, third)} == {"at the mosque"}


def test_members_who_are_missing_are_asked_for_together(at: Office) -> None:
    rows = (
        FamilyRow(name="Дилноза", sex="F", birth="34", relation="head"),
        FamilyRow(name="Муроджон", sex="M", birth="36", relation="spouse", presence="stopped"),
        FamilyRow(name="Малика", sex="F", birth="12", relation="child", presence="missing"),
    )
    first, second = save_family(at.other, FamilyForm(rows=rows)).requests
    assert (first.inquiry, second.inquiry) == ("", first.id)
    assert [line.id for line in tracing_inquiry.others(at.other, first.id)] == [second.id]


def test_a_child_who_asks_is_known_by_its_age(at: Office) -> None:
    child = person(at.other)
    grown = person(at.other, birth_precision="year", birth_earliest=date(1980, 1, 1), birth_latest=date(1980, 12, 31))
    assert tracing_inquiry.child_asks(at.other, child.id)
    assert not tracing_inquiry.child_asks(at.other, grown.id)
    assert not tracing_inquiry.child_asks(at.other, "")


# --- consent ----------------------------------------------------------------------------------------------------------


def test_a_withdrawal_takes_every_request_of_the_inquiry_out_of_lists_and_matching(at: Office) -> None:
    boy = person(at.other)
    first = ask(at.other, consent_to_show="yes", consent_to_publish="yes")
    second = ask(at.other, given_name="Лола", inquiry=first.id)
    matches.review(at.other, first.id, boy.id)
    stand_as_candidate(at.other, first, boy)
    assert tracing.candidates(at.other, first.id)
    tracing_consent.withdraw(at.other, second.id)
    for one in (first, second):
        now = stored(at.other, one)
        assert (now.consent_to_trace, now.consent_withdrawn_on, now.consent_to_show) == ("no", TODAY, "no")
        assert now.consent_to_publish == "no"
    assert (decided(at.other, first, boy).state, decided(at.other, first, boy).was) == ("waiting", "under_review")
    assert candidates_of(at.other, first) == 0
    assert not tracing.candidates(at.supervisor, first.id)
    assert not any(wanted.id == first.id for wanted, _found in tracing.matches(at.supervisor))
    listed = {line.id for line in tracing.page(at.supervisor, 0, 99)}
    apart = {line.id for line in tracing.page(at.supervisor, 0, 99, RequestFilter(no_consent=True))}
    assert not listed & {first.id, second.id}
    assert {first.id, second.id} <= apart
    assert tracing.count(at.supervisor) == len(listed)
    with pytest.raises(AppError, match="consent"):
        tracing_consent.require_shown(stored(at.other, first))
    third = ask(at.other, inquiry=first.id)  # typed before, saved now: no form brings the consent back unseen
    assert (stored(at.other, third).consent_to_trace, stored(at.other, first).consent_to_trace) == ("no", "no")
    tracing.ask(at.other, replace(stored(at.other, second), consent_to_trace="yes"))  # they say otherwise
    assert stored(at.other, first).consent_withdrawn_on is None
    assert decided(at.other, first, boy).state == "under_review"
    assert stored(at.other, first).consent_to_show == "no"  # asked anew of each


def test_a_refusal_in_the_form_stops_matching_too(at: Office) -> None:
    boy, made = person(at.other), ask(at.other)
    stand_as_candidate(at.other, made, boy)
    tracing.ask(at.other, replace(made, consent_to_trace="no"))
    assert candidates_of(at.other, made) == 0
    assert stored(at.other, made).consent_withdrawn_on is None


@pytest.mark.parametrize(
    ("answers", "refused"),
    [
        ([("this_organisation", "yes")], False),
        ([("this_organisation", "no"), ("icrc", "yes")], True),
        ([("icrc", "no")], True),
        ([("icrc", "no"), ("unhcr", "yes")], False),
        ([("authorities_asylum", "no"), ("public", "no")], False),
        ([], False),
    ],
)
def test_whoever_said_no_to_tracing_is_matched_with_nobody(
    at: Office, answers: list[tuple[str, str]], refused: bool
) -> None:
    boy = person(at.other, "Ҳусанбой")
    keep(
        at.other,
        *(Consent(id=new_id(), person_id=boy.id, purpose="tracing", recipient=to, answer=said) for to, said in answers),
        Consent(id=new_id(), person_id=boy.id, purpose="sharing", recipient="this_organisation", answer="no"),
    )
    with at.other.reading() as reading:
        assert tracing_consent.tracing_refused(reading, [boy.id]) == ({boy.id} if refused else set())
    made = ask(at.other, given_name="Ҳусанбой")
    assert any(found.person.id == boy.id for found in tracing.candidates(at.supervisor, made.id)) is not refused


def test_a_yes_taken_back_counts_as_no_and_one_that_ended_does_not(at: Office) -> None:
    boy, girl = person(at.other), person(at.other)
    yes = {"purpose": "tracing", "recipient": "this_organisation", "answer": "yes"}
    keep(
        at.other,
        Consent(id=new_id(), person_id=boy.id, withdrawn_on=TODAY, **yes),
        Consent(id=new_id(), person_id=girl.id, expires_on=date(2010, 1, 1), **yes),
    )
    with at.other.reading() as reading:
        assert tracing_consent.tracing_refused(reading, [boy.id, girl.id]) == {boy.id}


# --- held back --------------------------------------------------------------------------------------------------------


def test_held_back_candidates_are_the_supervisors_and_only_they_lift_it(at: Office) -> None:
    person(at.other)
    made = ask(at.other)
    with pytest.raises(FormProblems):
        tracing_hold.hold_back(at.other, made.id, "  ")
    held = tracing_hold.hold_back(at.other, made.id, "he beat her")
    later = ask(at.holder, given_name="Лола", inquiry=made.id)
    assert stored(at.holder, later).held_why == "he beat her"
    assert not tracing.candidates(at.holder, made.id)
    assert tracing.candidates(at.supervisor, made.id)
    assert not any(wanted.id == made.id for wanted, _found in tracing.matches(at.holder))
    with pytest.raises(AppError, match="held back"):
        tracing_consent.require_shown(stored(at.holder, made))
    for kind in ("mass", "photo", "referral_icrc"):
        with pytest.raises(AppError, match="held back"):
            tracing_actions.note(at.holder, action(made, kind))
    tracing.ask(at.other, replace(made, held_why="", marks="a scar"))  # no form lifts it
    assert stored(at.other, made).held_why == "he beat her"
    for lift in (
        lambda: tracing_hold.lift(at.other, made.id),
        lambda: keep(at.other, replace(stored(at.other, made), held_why="")),
        lambda: undoing.undo_save(at.other, held),
    ):
        with pytest.raises(AppError):
            lift()
    tracing_hold.lift(at.supervisor, made.id)
    assert stored(at.other, later).held_why == ""
    assert tracing.candidates(at.holder, made.id)


# --- actions and status -----------------------------------------------------------------------------------------------


def test_the_first_action_brings_a_request_into_progress_and_a_closed_one_is_opened_again(at: Office) -> None:
    made = ask(at.other)
    with pytest.raises(FormProblems) as told:
        tracing_actions.note(at.other, action(made, "", done_on=TODAY + timedelta(days=1)))
    assert {problem.field for problem in told.value.problems} == {"kind", "done_on"}
    row = action(made, outcome="pending", remarks="asked in tents 1 to 40")
    tracing_actions.note(at.other, row)
    assert stored(at.other, made).status == "in_progress"
    tracing_actions.note(at.holder, replace(row, outcome="unsuccessful"))
    (kept,) = tracing_actions.of_request(at.holder, made.id).rows
    assert (kept.outcome, kept.noted_by) == ("unsuccessful", at.other.user.id)
    for why, words in (("", ""), ("other", " ")):
        with pytest.raises(FormProblems):
            tracing_actions.close(at.other, made.id, why, words)
    tracing_actions.close(at.other, made.id, "inquirer_gone", "left the camp")
    assert (stored(at.other, made).status, stored(at.other, made).closed_on) == ("closed", TODAY)
    with pytest.raises(AppError, match="closed"):
        tracing_actions.note(at.other, action(made))
    tracing_actions.reopen(at.other, made.id)
    assert (stored(at.other, made).status, stored(at.other, made).closed_why) == ("in_progress", "")
    tracing_actions.take_away(at.other, kept)
    assert not tracing_actions.of_request(at.other, made.id).rows


def test_a_referral_asks_for_the_consent(at: Office) -> None:
    made = ask(at.other, consent_to_trace="")
    with pytest.raises(AppError, match="consent"):
        tracing_actions.note(at.other, action(made, "referral_icrc"))
    tracing_actions.note(at.other, action(made, "individual"))
    tracing.ask(at.other, replace(stored(at.other, made), consent_to_trace="yes"))
    tracing_actions.note(at.other, action(made, "referral_icrc", reference="ICRC-1"))
    assert stored(at.other, made).status == "in_progress"


# --- what changed around a match --------------------------------------------------------------------------------------


def test_death_shield_and_erasure_are_told_as_far_as_one_may_know(at: Office) -> None:
    boy, made = person(at.other), ask(at.other)
    matches.review(at.other, made.id, boy.id)
    assert not tracing_inquiry.changed_since(at.other, made.id)
    keep(at.other, replace(boy, presence="dead"))
    assert [(one.what, one.number) for one in tracing_inquiry.changed_since(at.other, made.id)] == [
        ("died", boy.number)
    ]
    shield.put_up(at.holder, boy.id, "somebody looks for him")
    assert [(one.what, one.number) for one in tracing_inquiry.changed_since(at.other, made.id)] == [("not_shown", "")]
    told = {(one.what, one.number) for one in tracing_inquiry.changed_since(at.supervisor, made.id)}
    assert told == {("shielded", boy.number), ("died", boy.number)}
    with at.supervisor.writing() as unit:  # whoever is erased takes the decision along
        unit.remove(unit.first(MatchDecision, table(MatchDecision).c.request_id == made.id))  # type: ignore[arg-type]
        unit.save(replace(unit.get(TracingRequest, made.id), status="verified"))
    assert [one.what for one in tracing_inquiry.changed_since(at.other, made.id)] == ["gone"]
    assert not tracing.candidates(at.other, made.id) or tracing.request(at.other, made.id)


def test_the_death_of_either_side_is_told(at: Office) -> None:
    man, woman = person(at.other, "Равшан"), person(at.other, "Гулбаҳор")
    made = ask(at.other, inquirer_id=woman.id, inquirer_name="", sought_person_id=man.id)
    keep(at.other, replace(man, presence="died_reported"), replace(woman, presence="dead"))
    told = [(one.what, one.number) for one in tracing_inquiry.changed_since(at.other, made.id)]
    assert told == [("sought_died", man.number), ("asker_died", woman.number)]


# --- need to know -----------------------------------------------------------------------------------------------------


def test_words_about_an_exile_are_withheld_and_stay_when_others_save(at: Office) -> None:
    exile = bring_in(at, GROUPS["critical"][0])
    made = ask(at.holder, inquirer_id=exile.id, inquirer_name="", contact=TYPED, wish_why=TYPED)
    tracing_hold.hold_back(at.holder, made.id, TYPED)
    tracing_actions.note(at.holder, action(made, remarks=TYPED, place=TYPED, reference=TYPED))
    keep(at.holder, Description(id=new_id(), person_id=exile.id, marks=TYPED, says=TYPED, noted_by=at.holder.user.id))
    seen = tracing.request(at.other, made.id)
    assert TYPED not in repr(seen)
    assert seen.held_why  # that it is held back is told to all
    assert TYPED in repr(tracing.request(at.supervisor, made.id))
    log = tracing_actions.of_request(at.other, made.id)
    assert log.withheld
    assert TYPED not in repr(log)
    assert descriptions.of_person(at.other, exile.id) == descriptions.Described([], withheld=True)
    assert TYPED in repr(descriptions.of_person(at.holder, exile.id))
    tracing.ask(at.other, replace(seen, contact="by phone", marks="a scar"))
    tracing_actions.note(at.other, replace(log.rows[0], remarks="no answer"))
    assert stored(at.holder, made).contact == f"{TYPED}\nby phone"
    assert stored(at.holder, made).wish_why == TYPED
    assert tracing_actions.of_request(at.holder, made.id).rows[0].remarks == f"{TYPED}\nno answer"
    with pytest.raises(AppError):
        tracing_actions.take_away(at.other, log.rows[0])
    row = descriptions.of_person(at.holder, exile.id).rows[0]
    for change in (
        lambda: descriptions.save(at.other, replace(row, marks="")),
        lambda: descriptions.take_away(at.other, row),
    ):
        with pytest.raises(AppError):
            change()
    descriptions.save(at.other, Description(id=new_id(), person_id=exile.id, marks="a scar"))
    assert [one.marks for one in descriptions.of_person(at.other, exile.id).rows] == ["a scar"]  # their own words
    view = person_edit.opened(at.other, exile.id).view
    assert [one.number for one in view.asked] == [made.number]
    assert TYPED not in repr(view.asked)
    assert TYPED not in repr(people.what_happened(at.other, view))


def test_of_somebody_masked_no_verb_answers_and_no_list_tells(at: Office) -> None:
    mother = person(at.other, "Зухра")
    made = ask(
        at.other,
        inquirer_id=mother.id,
        inquirer_name="",
        given_name="Ўғлон",
        opened_at=at.clock.now() - timedelta(days=9),
    )
    assert made.id in {line.request.id for line in tracing_work.page(at.other, "idle", 0, 99) if line.request}
    before = tracing_work.count(at.other, "idle")
    shield.put_up(at.holder, mother.id, "somebody looks for her")
    doors = (
        lambda: tracing.request(at.other, made.id),
        lambda: tracing.ask(at.other, made),
        lambda: tracing.ask(at.other, TracingRequest(id=new_id(), given_name="Х", inquiry=made.id)),
        lambda: tracing_consent.withdraw(at.other, made.id),
        lambda: tracing_hold.hold_back(at.other, made.id, "why"),
        lambda: tracing_actions.of_request(at.other, made.id),
        lambda: tracing_actions.note(at.other, action(made)),
        lambda: tracing_actions.close(at.other, made.id, "died", ""),
        lambda: tracing_actions.reopen(at.other, made.id),
        lambda: tracing_inquiry.others(at.other, made.id),
        lambda: tracing_inquiry.changed_since(at.other, made.id),
        lambda: attachments.of_request(at.other, made.id),
        lambda: descriptions.save(at.other, Description(id=new_id(), person_id=mother.id, marks="x")),
    )
    for door in doors:
        with pytest.raises(AppError) as told:
            door()
        assert told.value.code == "shield.withheld"
    assert not tracing.page(at.other, 0, 9, RequestFilter(text="Ўғлон"))
    assert tracing.page(at.holder, 0, 9, RequestFilter(text="Ўғлон"))
    assert tracing_work.count(at.other, "idle") == before - 1
    assert tracing_work.count(at.holder, "idle") == before
    assert not tracing_inquiry.child_asks(at.other, mother.id)
    line = next(line for line in tracing.page(at.other, 0, 99) if line.id == made.id)
    assert (line.sought_name, line.inquirer_name) == (made.number, "")


# --- photo ------------------------------------------------------------------------------------------------------------


def test_a_photo_of_the_sought_is_taken_in_shown_and_taken_away(at: Office, tmp_path: Path) -> None:
    Image.new("RGB", (40, 30), "red").save(tmp_path / "a.png")
    made = ask(at.other)
    photo, _changes = attachments.add_photo_of_sought(at.other, made.id, tmp_path / "a.png")
    assert attachments.of_request(at.holder, made.id) == [photo]
    assert attachments.opened(at.holder, photo.id).content.startswith(b"\xff\xd8")
    attachments.take_away(at.other, photo)
    assert not attachments.of_request(at.holder, made.id)
    with pytest.raises(AppError):
        attachments.add_photo_of_sought(at.other, "nobody", tmp_path / "a.png")


# --- worklists and flow -----------------------------------------------------------------------------------------------


def ids(desk: Desk, kind: str) -> set[str]:
    lines = tracing_work.page(desk, kind, 0, 500)
    assert tracing_work.count(desk, kind) == len(lines) == len({line.key for line in lines})
    return {one.id for line in lines for one in (line.person, line.request) if one is not None}


def test_children_alone_stand_in_the_list_until_somebody_looks(at: Office) -> None:
    girl = person(at.other, "Мафтуна", sex="F")
    keep(at.other, SpecificNeed(id=new_id(), person_id=girl.id, code="SC-UC", status="noticed"))
    assert girl.id in ids(at.other, "children")
    made = ask(at.other, inquirer_id=girl.id, inquirer_name="", given_name="Онаси")
    assert girl.id not in ids(at.other, "children")
    tracing_actions.close(at.other, made.id, "mistake", "")
    assert girl.id in ids(at.other, "children")
    shield.put_up(at.holder, girl.id, "somebody looks for her")
    assert girl.id not in ids(at.other, "children")
    assert girl.id in ids(at.holder, "children")


def test_what_waits_is_listed_until_it_is_done(at: Office) -> None:
    boy = person(at.other)
    made = ask(at.other, opened_at=at.clock.now() - timedelta(days=8))
    fresh = ask(at.other)
    assert made.id in ids(at.other, "idle")
    assert fresh.id not in ids(at.other, "idle")
    late = tracing_work.overdue(at.other)
    tracing_actions.note(at.other, action(made, done_on=TODAY - timedelta(days=6)))
    assert made.id not in ids(at.other, "idle")
    assert tracing_work.overdue(at.other) == late - 1
    stand_as_candidate(at.other, made, boy, 79.9)
    assert made.id not in ids(at.other, "strong")
    stand_as_candidate(at.other, fresh, boy, 80)
    assert fresh.id in ids(at.other, "strong")
    tracing_hold.hold_back(at.other, fresh.id, "danger")
    assert fresh.id not in ids(at.other, "strong")
    assert fresh.id in ids(at.supervisor, "strong")
    tracing_hold.lift(at.supervisor, fresh.id)
    matches.confirm(at.other, fresh.id, boy.id, "Both told of the blue door")
    assert fresh.id not in ids(at.other, "strong")
    assert fresh.id in ids(at.other, "verify")
    tracing_consent.withdraw(at.other, fresh.id)
    assert fresh.id not in ids(at.other, "verify")


def no_to_tracing(who: Person) -> Consent:
    return Consent(id=new_id(), person_id=who.id, purpose="tracing", recipient="this_organisation", answer="no")


def test_whoever_refuses_is_in_no_list_from_then_on(at: Office) -> None:
    """Also before anything was compared anew."""
    boy, other, girl = person(at.other, "Сомон"), person(at.other, "Сомон"), person(at.other, "Мижгона", sex="F")
    made, done = ask(at.other, given_name="Сомон"), ask(at.other, given_name="Сомон")
    keep(at.other, SpecificNeed(id=new_id(), person_id=girl.id, code="SC-UC", status="noticed"))
    stand_as_candidate(at.other, made, boy)
    matches.confirm(at.other, done.id, other.id, "Both told of the blue door")
    listed = {"strong": boy.id, "verify": other.id, "children": girl.id}
    for kind, who in listed.items():
        assert who in ids(at.other, kind)
    keep(at.other, *(no_to_tracing(who) for who in (boy, other, girl)))
    for desk in (at.other, at.supervisor):
        for kind, who in listed.items():
            assert who not in ids(desk, kind), kind


def test_visits_after_a_reunification_are_due_on_their_day(at: Office) -> None:
    boy, made = person(at.other), ask(at.other)
    case = Case(id=new_id(), person_id=boy.id)
    back = Reunification(id=new_id(), person_id=boy.id, request_id=made.id, reunified_on=TODAY)
    keep(at.supervisor, case)
    with at.supervisor.writing() as unit:
        unit.add(back)
    visit = FollowUp(id=new_id(), case_id=case.id, due_on=TODAY + timedelta(days=1), reunification_id=back.id)
    keep(at.supervisor, visit)
    assert boy.id not in ids(at.other, "follow_ups")
    keep(at.supervisor, replace(visit, due_on=TODAY))
    assert {boy.id, made.id} <= ids(at.other, "follow_ups")
    keep(at.supervisor, replace(visit, due_on=TODAY, done_on=TODAY))
    assert boy.id not in ids(at.other, "follow_ups")


def test_the_flow_counts_what_lists_show_with_the_median_of_days(at: Office) -> None:
    desk = at.supervisor
    before = {one.status: one.count for one in tracing_work.flow(desk)}
    assert list(before) == ["open", "in_progress", "verified", "reunified", "closed"]
    for days in (3, 10, 40):
        made = ask(desk, opened_at=at.clock.now() - timedelta(days=days))
        with desk.writing() as unit:
            unit.save(replace(made, status="verified"))
    ask(desk, consent_to_trace="no")
    now = {one.status: one for one in tracing_work.flow(desk)}
    assert now["open"].count == before["open"]
    assert now["verified"].count == before["verified"] + 3
    assert now["verified"].days == 10 or before["verified"]
    for status, one in now.items():
        assert one.count == tracing.count(desk, RequestFilter(status=status))
        assert (one.days is None) == (one.count == 0)
