"""Tricks around the consent to trace, the hold, the signatures of a verification, and what of all this others learn."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import START
from tests.services.access_people import TYPED, Office, at_of_module, need, told
from tests.services.verification_people import Pair, compared, granted, person, signed

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.casework import Approval, FollowUp
from panoh.domain.consent import Consent
from panoh.domain.person import Person
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import TracingAction, TracingRequest
from panoh.exchange.exit_codes import RefusedError
from panoh.exchange.pfif_reader import records
from panoh.exchange.pfif_values import records_of
from panoh.services import (
    after_reunification,
    approvals,
    casework,
    decisions,
    imports,
    match_sides,
    matches,
    merging,
    people,
    reunification,
    shield,
    tracing,
    tracing_actions,
    tracing_consent,
    tracing_hold,
    tracing_inquiry,
    undoing,
    verification,
    verification_asking,
    verification_compared,
)
from panoh.services.decisions import Verdict
from panoh.services.desk import Desk
from panoh.services.imports import Options
from panoh.services.records import keep
from panoh.services.reunification import HandingOver
from panoh.store.tables import table

at = at_of_module


def stored(at: Office, record: Any) -> Any:
    with at.supervisor.reading() as reading:
        return reading.get(type(record), record.id)


def ask(desk: Desk, **fields: Any) -> TracingRequest:
    usual: dict[str, Any] = {"given_name": "Азиз", "inquirer_name": "Гулбаҳор", "consent_to_trace": "yes"}
    return tracing.ask(desk, TracingRequest(id=new_id(), **{**usual, **fields}))[0]


def refused(code: str, work: Callable[[], object]) -> None:
    with pytest.raises(AppError) as raised:
        work()
    assert raised.value.code == code


def list_of(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "requests.csv"
    path.write_text("request_id,given_name,family_name,inquirer_id,consent_to_trace\n" + "\n".join(rows), "utf-8")
    return path


# --- consent and hold ---------------------------------------------------------------------------------------------------


def test_no_list_brings_a_consent_back_and_one_that_says_no_stops_all_of_the_inquiry(
    at: Office, tmp_path: Path
) -> None:
    first = ask(at.other, external_id="A1")
    along = ask(at.other, external_id="A2", inquiry=first.id, given_name="Лола")
    tracing_consent.withdraw(at.other, first.id)
    imports.import_tracing(at.other, list_of(tmp_path, "A1,Азиз,,,yes"), Options(without_backup=True))
    assert stored(at, first).consent_to_trace == "no"
    tracing.ask(at.other, replace(stored(at, first), consent_to_trace="yes"))
    assert stored(at, along).consent_to_trace == "yes"
    imports.import_tracing(at.other, list_of(tmp_path, "A1,Азиз,,,no"), Options(without_backup=True))
    assert (stored(at, first).consent_to_trace, stored(at, along).consent_to_trace) == ("no", "no")


def test_no_list_changes_a_request_of_somebody_masked(at: Office, tmp_path: Path) -> None:
    hidden = person(at, "Нигора", "F", 30)
    request = ask(at.holder, external_id="B1", inquirer_id=hidden.id)
    shield.put_up(at.holder, hidden.id, "afraid of her husband")
    with pytest.raises(AppError):
        tracing.request(at.other, request.id)
    result = imports.import_tracing(at.other, list_of(tmp_path, "B1,Другой,,,"), Options(without_backup=True))
    assert stored(at, request).given_name == "Азиз"
    assert result.added == 0


def test_a_form_that_was_begun_before_the_withdrawal_does_not_undo_it(at: Office) -> None:
    request = ask(at.other, consent_to_show="yes", consent_to_publish="yes")
    stale = stored(at, request)
    tracing_consent.withdraw(at.holder, request.id)
    tracing.ask(at.other, replace(stale, nickname="Азизчик"))
    now = stored(at, request)
    assert (now.nickname, now.consent_to_trace, now.consent_to_show, now.consent_to_publish) == (
        "Азизчик", "no", "no", "no",
    )  # fmt: skip
    assert now.consent_withdrawn_on == at.clock.today()
    tracing.ask(at.other, replace(now, consent_to_trace="yes"))  # who saw it may be told yes again
    assert stored(at, request).consent_to_trace == "yes"


@pytest.mark.parametrize(
    "change",
    [
        {"consent_withdrawn_on": None},
        {"consent_to_trace": "yes", "consent_withdrawn_on": None},
        {"held_why": "nothing"},
        {"held_by": "somebody else"},
        {"status": "verified"},
        {"status": "reunified"},
        {"closed_why": "found"},
        {"inquiry": ""},
    ],
    ids=str,
)
def test_what_verbs_decide_of_a_request_no_record_made_by_hand_changes(at: Office, change: dict[str, Any]) -> None:
    first = ask(at.other)
    request = ask(at.other, inquiry=first.id)
    tracing_consent.withdraw(at.other, request.id)
    tracing_hold.hold_back(at.other, request.id, "he beats her")
    before = stored(at, request)
    refused("access.denied", lambda: keep(at.other, replace(before, **change)))
    assert stored(at, request) == before
    tracing_hold.lift(at.supervisor, request.id)


@pytest.mark.parametrize("field", ["consent_to_trace", "consent_withdrawn_on", "held_why", "status"])
def test_a_decision_about_a_request_is_no_field_that_one_gives_back(at: Office, field: str) -> None:
    request = ask(at.other)
    tracing_consent.withdraw(at.other, request.id)
    tracing_hold.hold_back(at.other, request.id, "he beats her")
    tracing_actions.close(at.other, request.id, "inquirer_gone", "")
    happened = [
        e for e in matches.what_happened(at.supervisor, request.id) if e.field == field and e.change == "changed"
    ]
    before = stored(at, request)
    assert happened
    refused("undo.not_this", lambda: undoing.restore(at.other, happened[0]))
    assert stored(at, request) == before
    tracing_hold.lift(at.supervisor, request.id)


def test_whoever_is_held_back_asks_for_nobody_anew(at: Office, tmp_path: Path) -> None:
    man = person(at, "Рустам", "M", 40, external_id="C-RUSTAM")
    first = ask(at.other, inquirer_id=man.id)
    tracing_hold.hold_back(at.other, first.id, "he beats her")
    assert ask(at.other, inquirer_id=man.id).held_why
    free = ask(at.other)
    tracing.ask(at.other, replace(free, inquirer_id=man.id))
    assert stored(at, free).held_why
    imports.import_tracing(at.other, list_of(tmp_path, "C9,Азиз,,C-RUSTAM,yes"), Options(without_backup=True))
    with at.supervisor.reading() as reading:
        came = reading.first(TracingRequest, table(TracingRequest).c.external_id == "C9")
    assert came is not None
    assert came.held_why
    tracing_hold.lift(at.supervisor, first.id)


def named(desk: Desk, asker: str = "Рустам Каримов", **sought: Any) -> TracingRequest:
    return ask(desk, **{"inquirer_name": asker, "given_name": "Саодат", "family_name": "Назарова", **sought})


@pytest.mark.parametrize(
    ("asker", "sought"),
    [
        ("Рустам Каримов", {}),
        ("Rustam Karimov", {"given_name": "Saodat", "family_name": "Nazarova"}),
        ("Каримов Рустам", {"family_name": "Каримова"}),
        ("Рустам", {}),
        ("Рустам Каримов", {"given_name": "Зебо", "family_name": ""}),  # a child who is with her
        ("Рустам", {"given_name": "", "family_name": "", "nickname": "Саодатхон", "sex": "F"}),
        ("", {}),
    ],
)
def test_who_is_only_named_does_not_ask_past_a_hold(at: Office, asker: str, sought: dict[str, Any]) -> None:
    first = named(at.other)
    tracing_hold.hold_back(at.other, first.id, "he beats her")
    anew = named(at.other, asker, **sought)
    assert anew.held_why
    assert "beats" not in anew.held_why  # it may be another: nobody reads of them what was said of this one
    assert not tracing.candidates(at.other, anew.id)
    tracing_hold.lift(at.supervisor, first.id)
    assert not stored(at, anew).held_why  # it was held for the sake of the other alone


@pytest.mark.parametrize(
    ("asker", "sought"),
    [("Фарангис Шарипова", {}), ("Рустам", {"given_name": "Парвиз", "family_name": "Шарипов"})],
)
def test_others_go_on_beside_a_hold(at: Office, asker: str, sought: dict[str, Any]) -> None:
    first = named(at.other)
    tracing_hold.hold_back(at.other, first.id, "he beats her")
    assert not named(at.other, asker, **sought).held_why
    tracing_hold.lift(at.supervisor, first.id)


def test_a_hold_lies_on_what_the_same_asker_has_asked_before(at: Office) -> None:
    man = person(at, "Рустам", "M", 40)
    kept = [ask(at.other, inquirer_id=man.id), ask(at.other, inquirer_id=man.id, given_name="Лола")]
    kept += [ask(at.other, inquirer_name="Рустам Юсупов", given_name="Лола")]
    tracing_hold.hold_back(at.other, kept[0].id, "he beats her")
    assert [bool(stored(at, one).held_why) for one in kept] == [True, True, True]
    tracing_hold.lift(at.supervisor, kept[0].id)
    assert not any(stored(at, one).held_why for one in kept)


def test_what_a_supervisor_lets_go_on_stays_free_until_it_says_something_else(at: Office) -> None:
    first, namesake = named(at.other), named(at.other, "Рустам", given_name="Саодат", family_name="")
    tracing_hold.hold_back(at.other, first.id, "he beats her")
    tracing_hold.lift(at.supervisor, namesake.id)
    tracing.ask(at.other, replace(stored(at, namesake), marks="a scar"))
    assert not stored(at, namesake).held_why
    assert stored(at, first).held_why
    other = named(at.other, "Фарангис Шарипова")
    tracing.ask(at.other, replace(stored(at, other), inquirer_name="Рустам Каримов"))
    assert stored(at, other).held_why
    tracing_hold.lift(at.supervisor, first.id)


def test_a_list_brings_no_asker_past_a_hold(at: Office, tmp_path: Path) -> None:
    first = named(at.other)
    tracing_hold.hold_back(at.other, first.id, "he beats her")
    path = tmp_path / "requests.csv"
    path.write_text("request_id,given_name,family_name,inquirer_name\nD1,Саодат,,Рустам Каримов\n", "utf-8")
    imports.import_tracing(at.other, path, Options(without_backup=True))
    with at.supervisor.reading() as reading:
        came = reading.first(TracingRequest, table(TracingRequest).c.external_id == "D1")
    assert came is not None
    assert came.held_why
    tracing_hold.lift(at.supervisor, first.id)


def test_a_second_record_of_the_asker_is_no_way_past_a_hold(at: Office) -> None:
    man, again = person(at, "Рустам", "M", 40), person(at, "Бахром", "M", 40)
    first, second = ask(at.other, inquirer_id=man.id), ask(at.other, inquirer_id=again.id, given_name="Лола")
    tracing_hold.hold_back(at.other, first.id, "he beats her")
    assert not stored(at, second).held_why
    merging.merge(at.holder, again.id, man.id)
    assert stored(at, second).held_why
    tracing_hold.lift(at.supervisor, first.id)


def test_who_was_found_for_a_held_request_is_told_by_no_door(two: Pair) -> None:
    at, request, girl = two.at, two.request, two.girl
    matches.review(two.second, request.id, girl.id)
    with at.supervisor.writing() as unit:
        unit.save(replace(unit.get(Person, girl.id), presence="died_reported"))
    tracing_hold.hold_back(at.other, request.id, "he beats her")
    doors: list[Callable[[Desk], object]] = [
        lambda desk: matches.standing(desk, request.id),
        lambda desk: matches.called(desk, matches.what_happened(desk, request.id)),
        lambda desk: tracing_inquiry.changed_since(desk, request.id),
    ]
    for door in doors:
        assert girl.number not in repr(door(at.other))
        assert girl.number in repr(door(at.supervisor))
    refused("match.held_back", lambda: match_sides.sides(at.other, request.id, girl.id))
    refused("match.held_back", lambda: matches.review(at.other, request.id, girl.id))
    tracing_hold.lift(at.supervisor, request.id)


def test_nobody_is_looked_into_who_said_no_to_being_traced(two: Pair) -> None:
    no_to_tracing(two)
    refused("match.refused", lambda: matches.review(two.at.holder, two.request.id, two.girl.id))


# --- signatures ---------------------------------------------------------------------------------------------------------


def no_to_tracing(two: Pair) -> None:
    consent = Consent(
        id=new_id(), person_id=two.girl.id, purpose="tracing", recipient="this_organisation", answer="no",
        given_on=two.at.clock.today(),
    )  # fmt: skip
    keep(two.at.supervisor, consent)


def withdrawn(two: Pair) -> None:
    tracing_consent.withdraw(two.at.holder, two.request.id)


def closed(two: Pair) -> None:
    tracing_actions.close(two.at.holder, two.request.id, "inquirer_gone", "")


def ruled_out(two: Pair) -> None:
    matches.reopen(two.at.supervisor, two.request.id, two.girl.id, "the mark is on the other arm")
    matches.reject(two.at.supervisor, two.request.id, two.girl.id, "the mark is on the other arm")


def joined(two: Pair) -> None:
    another = person(two.at, "Мадина", "F", 9)
    merging.merge(two.at.holder, another.id, two.girl.id)
    two.girl = another


@pytest.mark.parametrize("change", [no_to_tracing, withdrawn, closed, joined])
def test_contact_is_not_granted_when_what_it_rested_on_is_gone(two: Pair, change: Callable[[Pair], None]) -> None:
    one = compared(two)
    asked, _changes = verification_asking.ask_contact(two.at.holder, one.id)
    change(two)
    with pytest.raises(AppError):
        decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve", words="voice first"))
    assert stored(two.at, one).result == ""
    decisions.decide(two.at.supervisor, asked.id, Verdict(decision="amend", words="ask again"))


@pytest.mark.parametrize("change", [no_to_tracing, withdrawn, closed, ruled_out, joined])
def test_a_hand_over_is_not_granted_when_what_it_rested_on_is_gone(two: Pair, change: Callable[[Pair], None]) -> None:
    one = signed(two)
    asked, _changes = verification_asking.ask_hand_over(two.at.holder, one.id, "On Monday, at the school")
    change(two)
    with pytest.raises(AppError):
        decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve", words="so be it"))
    decisions.decide(two.at.supervisor, asked.id, Verdict(decision="refuse", words="no"))


def handing(two: Pair, **more: Any) -> HandingOver:
    usual: dict[str, Any] = {
        "person_id": two.girl.id, "request_id": two.request.id, "reunified_on": two.at.clock.today(),
        "place": "School 7", "transport": "our car", "handed_to_id": two.woman.id, "relation": "parent",
        "identity_shown": "passport", "witness": "the teacher", "kind": "case_by_case", "care": "parents",
    }  # fmt: skip
    return HandingOver(**{**usual, **more})


@pytest.mark.parametrize("change", [no_to_tracing, withdrawn, ruled_out, joined])
def test_a_signature_does_not_outlive_what_it_was_given_for(two: Pair, change: Callable[[Pair], None]) -> None:
    granted(two)
    assert reunification.is_signed(two.at.holder, two.request.id, two.girl.id)
    change(two)
    assert not reunification.is_signed(two.at.holder, two.request.id, two.girl.id)
    refused("reunification.not_signed", lambda: reunification.record(two.at.holder, handing(two)))


@pytest.mark.parametrize("change", [no_to_tracing, withdrawn, closed, ruled_out, joined])
def test_where_somebody_stays_closes_again_with_what_opened_it(two: Pair, change: Callable[[Pair], None]) -> None:
    def closed_to_others() -> bool:
        return match_sides.sides(two.at.other, two.request.id, two.girl.id).of("place").sealed

    granted(two)
    assert not closed_to_others()
    change(two)
    assert closed_to_others()


# --- handing over -------------------------------------------------------------------------------------------------------


def test_a_child_for_whom_somebody_asks_did_not_come_home_by_itself(two: Pair) -> None:
    alone = handing(two, request_id="", kind="spontaneous")
    matches.review(two.at.holder, two.request.id, two.girl.id)
    with pytest.raises(FormProblems):
        reunification.record(two.at.holder, alone)
    two.begin()
    with pytest.raises(FormProblems):
        reunification.record(two.at.holder, alone)


def test_what_came_together_by_itself_is_not_made_a_hand_over_later(two: Pair) -> None:
    alone = handing(two, request_id="", kind="spontaneous")
    made, _changes = reunification.record(two.at.holder, alone)
    with pytest.raises(FormProblems):
        reunification.correct(two.at.holder, made.id, replace(alone, kind="case_by_case"))


def emergency(two: Pair) -> Reunification:
    return reunification.record(
        two.at.holder, handing(two, emergency_why="The convoy left within the hour, with both of them.")
    )[0]


def test_whoever_hands_over_unsigned_does_not_take_back_what_tells_a_supervisor(two: Pair) -> None:
    made = emergency(two)
    with two.at.supervisor.reading() as reading:
        a = table(Approval).c
        asked = reading.first(Approval, a.proposed == made.id)
    assert asked is not None
    refused("access.denied", lambda: approvals.withdraw(two.at.holder, asked.id))
    assert stored(two.at, asked).decision == ""


def test_the_visits_after_it_are_not_taken_away(two: Pair) -> None:
    emergency(two)
    visit = next(f for f in casework.of_person(two.at.holder, two.girl.id).follow_ups if f.reunification_id)
    refused("access.denied", lambda: casework.take_away(two.at.holder, visit))
    refused("access.denied", lambda: keep(two.at.holder, replace(visit, reunification_id="")))
    casework.take_away(two.at.supervisor, visit)


def first_visit(two: Pair) -> FollowUp:
    found = [one for one in casework.of_person(two.at.holder, two.girl.id).follow_ups if one.reunification_id]
    return min(found, key=lambda one: one.due_on or date.max)


def test_a_visit_that_has_to_wait_stays_due_on_its_day_and_says_why(two: Pair) -> None:
    emergency(two)
    visit, wait = first_visit(two), casework.follow_up
    assert visit.due_on is not None
    later = replace(visit, due_on=visit.due_on + timedelta(days=20))
    for far, why in ((later, ""), (replace(visit, due_on=visit.due_on + timedelta(days=31)), "the road is closed")):
        with pytest.raises(FormProblems):
            wait(two.at.holder, two.girl.id, far, why)
    wait(two.at.holder, two.girl.id, later, "the road is closed")
    wait(two.at.holder, two.girl.id, replace(first_visit(two), due_on=later.due_on), "no fuel")
    kept = first_visit(two)
    assert kept.due_on == visit.due_on
    assert "the road is closed" in kept.not_seen_why
    assert "no fuel" in kept.not_seen_why
    sooner = replace(kept, due_on=visit.due_on - timedelta(days=2))
    wait(two.at.holder, two.girl.id, sooner)
    assert first_visit(two).due_on == sooner.due_on
    for change in ({"due_on": later.due_on}, {"due_on": None}, {"not_seen_why": ""}):
        refused("access.denied", lambda change=change: keep(two.at.holder, replace(first_visit(two), **change)))


def test_a_visit_at_which_nobody_was_seen_is_made_again_soon(two: Pair) -> None:
    emergency(two)
    visit, today = first_visit(two), two.at.clock.today()
    failed = replace(visit, seen="no", not_seen_why="nobody was there")
    for next_on in (None, today + timedelta(days=31)):
        with pytest.raises(FormProblems):
            casework.followed_up(two.at.holder, failed, next_on)
    casework.followed_up(two.at.holder, failed, today + timedelta(days=3))
    again = [one for one in casework.of_person(two.at.holder, two.girl.id).follow_ups if one.done_on is None]
    assert next(one.due_on for one in again if one.reunification_id) == today + timedelta(days=3)


def test_a_visit_that_was_made_is_not_put_off_by_saying_that_it_was_not(two: Pair) -> None:
    emergency(two)
    visit, today = first_visit(two), two.at.clock.today()
    done = replace(visit, done_on=today, seen="no", not_seen_why="nobody was there")
    changes = casework.followed_up(two.at.holder, done, today + timedelta(days=3))
    made = next(f for f in casework.of_person(two.at.holder, two.girl.id).follow_ups if f.id == visit.id)
    later = replace(made, done_on=None, due_on=today + timedelta(days=300))
    refused("access.denied", lambda: keep(two.at.holder, later))
    undoing.undo_save(two.at.holder, changes)
    assert first_visit(two) == visit


def test_a_hand_over_that_is_said_to_be_later_puts_no_visit_off(two: Pair) -> None:
    day = two.at.clock.today() - timedelta(days=60)
    said = handing(two, reunified_on=day, emergency_why="The convoy left within the hour, with both of them.")
    made, _changes = reunification.record(two.at.holder, said)
    before = first_visit(two)
    reunification.correct(two.at.holder, made.id, replace(said, reunified_on=two.at.clock.today()))
    assert first_visit(two) == before


def test_a_visit_at_which_nobody_was_seen_is_no_look_at_an_unsigned_hand_over(two: Pair) -> None:
    made, today = emergency(two), two.at.clock.today()
    casework.followed_up(two.at.holder, replace(first_visit(two), seen="no", not_seen_why="nobody was there"), today)
    refused(
        "verification.supervisor",
        lambda: after_reunification.outcome(two.at.holder, made.id, "done", today, "all is well"),
    )


def test_the_visits_after_an_unsigned_hand_over_are_not_ended_before_the_first(two: Pair) -> None:
    made, today = emergency(two), two.at.clock.today()
    refused(
        "verification.supervisor",
        lambda: after_reunification.outcome(two.at.holder, made.id, "done", today, "all is well"),
    )
    after_reunification.outcome(two.at.supervisor, made.id, "done", today, "all is well")


def test_who_may_not_read_the_case_corrects_no_hand_over(at: Office, second: Pair) -> None:
    survivor = person(at, "Лола", "F", 30)
    keep(at.supervisor, need("SV-GM")(survivor))
    said = HandingOver(
        person_id=survivor.id, reunified_on=at.clock.today(), handed_to="an uncle", relation="aunt_uncle", kind="spontaneous",
    )  # fmt: skip
    made, _changes = reunification.record(at.holder, said)
    refused("access.denied", lambda: reunification.correct(at.other, made.id, replace(said, handed_to="me")))


# --- need to know -------------------------------------------------------------------------------------------------------


def test_the_history_tells_no_words_that_are_withheld_beside_it(at: Office) -> None:
    exile = person(at, "Лола", "F", 30)
    keep(at.supervisor, told(feared_country="UZ", extradition="yes")(exile))
    request = ask(at.holder, inquirer_id=exile.id, contact=TYPED, wish_why=TYPED)
    note = TracingAction(
        id=new_id(), request_id=request.id, kind="case_by_case", done_on=at.clock.today(), place=TYPED, remarks=TYPED,
        reference=TYPED,
    )  # fmt: skip
    tracing_actions.note(at.holder, note)
    tracing.ask(at.holder, replace(stored(at, request), contact=f"{TYPED}, again"))
    tracing_actions.note(at.holder, replace(stored(at, note), remarks=f"{TYPED}, again"))
    tracing_hold.hold_back(at.holder, request.id, TYPED)
    tracing_actions.close(at.holder, request.id, "other", TYPED)
    assert TYPED in repr(matches.what_happened(at.holder, request.id))
    assert TYPED not in repr(matches.what_happened(at.other, request.id))
    assert TYPED not in repr(people.what_happened(at.other, people.person(at.other, exile.id)))


def test_no_word_of_a_verification_is_told_where_the_facts_of_a_side_are_withheld(two: Pair) -> None:
    one = compared(two, danger_violence="signs", danger_words=TYPED, referee=TYPED)
    verification_asking.ask_contact(two.at.supervisor, one.id, TYPED)
    keep(two.at.supervisor, need("SV-GM")(two.girl))
    for told_to, reads in ((two.at.holder, True), (two.at.other, False)):
        seen = (
            verification.of_pair(told_to, two.request.id, two.girl.id),
            verification_compared.compared(told_to, one.id),
        )
        assert all((TYPED in repr(door)) == reads for door in seen)
        assert reads or not any("danger_violence='signs'" in repr(door) for door in seen)


def test_what_was_done_for_an_exile_is_rewritten_by_nobody_who_may_not_read_it(at: Office) -> None:
    exile = person(at, "Лола", "F", 30)
    keep(at.supervisor, told(feared_country="UZ", extradition="yes")(exile))
    request = ask(at.holder, inquirer_id=exile.id)
    note = TracingAction(
        id=new_id(), request_id=request.id, kind="case_by_case", done_on=at.clock.today(), remarks=TYPED
    )
    tracing_actions.note(at.holder, note)
    note = stored(at, note)
    refused("access.denied", lambda: keep(at.other, replace(note, remarks="")))
    refused("access.denied", lambda: keep(at.other, without=(note,)))
    keep(at.holder, replace(note, place="Osh"))


def test_a_request_is_closed_and_never_taken_away_to_ask_anew(at: Office) -> None:
    request = ask(at.other)
    tracing_consent.withdraw(at.other, request.id)
    refused("access.denied", lambda: keep(at.other, without=(stored(at, request),)))


def test_a_child_who_may_not_be_known_is_not_named_by_who_else_asks(two: Pair) -> None:
    """A mother who hides asks too: whoever may not know of her is not told so by a refusal."""
    shield.put_up(two.at.holder, two.woman.id, "afraid of her husband")
    matches.review(two.at.holder, two.request.id, two.girl.id)
    alone = handing(two, request_id="", kind="spontaneous", handed_to_id="", handed_to="an uncle")
    made, _changes = reunification.record(two.at.other, alone)
    with two.at.supervisor.reading() as reading:
        a = table(Approval).c
        assert reading.first(Approval, a.proposed == made.id) is not None  # a supervisor looks


# --- hostile public records ---------------------------------------------------------------------------------------------


def pfif(*fields: str, head: str = "") -> bytes:
    told = "".join(f"<p:{one}</p:{one.partition('>')[0]}>" for one in fields)
    return f'<p:pfif xmlns:p="http://zesty.ca/pfif/1.4">{head}<p:person>{told}</p:person></p:pfif>'.encode()


WHO = ("person_record_id>a.org/1", "full_name>Азиз")


def test_a_time_at_the_edge_of_time_is_a_day_in_every_zone() -> None:
    end = pfif(*WHO, "expiry_date>9999-12-31T23:59:59Z")
    [lead] = records_of(records(io.BytesIO(end)), START).people
    for hours in (-12, 14):
        assert lead.expiry_date is not None
        assert lead.expiry_date.astimezone(timezone(timedelta(hours=hours))).year >= 9998
    begin = pfif(*WHO, "source_date>0001-01-01T00:00:00Z")
    assert len(records_of(records(io.BytesIO(begin)), START).refused) == 1


@pytest.mark.parametrize("head", ["<!--{}-->", '<p:x a="{}"/>', "<p:{}/>"])
def test_no_tag_or_comment_without_end_is_read_over_and_over(head: str) -> None:
    with pytest.raises(RefusedError):
        list(records(io.BytesIO(pfif(*WHO, head=head.format("a" * 6_000_000)))))
    assert len(list(records(io.BytesIO(pfif(*WHO, head=head.format("a" * 60_000)))))) == 1
