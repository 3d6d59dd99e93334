"""A hold and the ways around it: a changed asker, a joining that is taken back, a number that tells, facts nobody said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.services.access_people import Office, at_of_module
from tests.services.verification_people import person

from panoh.base.ids import new_id
from panoh.domain.person import PersonName
from panoh.domain.tracing import TracingRequest
from panoh.services import imports, matches, merging, shield, tracing, tracing_hold, undoing
from panoh.services.desk import Desk
from panoh.services.imports import Options
from panoh.services.records import keep

at = at_of_module


def stored(at: Office, request: TracingRequest) -> TracingRequest:
    with at.supervisor.reading() as reading:
        return reading.get(TracingRequest, request.id)


def ask(desk: Desk, asker: str = "", sought: str = "", **fields: Any) -> TracingRequest:
    given = TracingRequest(id=new_id(), inquirer_name=asker, given_name=sought, consent_to_trace="yes")
    return tracing.ask(desk, replace(given, **fields))[0]


def held(at: Office, *requests: TracingRequest) -> list[bool]:
    return [bool(stored(at, one).held_why) for one in requests]


def test_who_asks_is_changed_in_a_whole_inquiry_and_all_of_it_is_held_back(at: Office) -> None:
    danger = ask(at.other, "Рустам Каримов", "Саодат")
    tracing_hold.hold_back(at.other, danger.id, "he beats her")
    first = ask(at.other, "Фарангис Шарипова", "Парвиз")
    second = ask(at.other, "Фарангис Шарипова", "Лола", inquiry=first.id)
    assert held(at, first, second) == [False, False]
    tracing.ask(at.other, replace(stored(at, first), inquirer_name="Рустам Каримов"))
    assert held(at, first, second) == [True, True]
    tracing_hold.lift(at.supervisor, danger.id)
    assert held(at, first, second) == [False, False]


def test_a_joining_that_is_taken_back_takes_its_holds_back(at: Office) -> None:
    man, other = person(at, "Рустам", "M", 40), person(at, "Бахром", "M", 40)
    danger, free = (
        ask(at.other, sought="Саодат", inquirer_id=man.id),
        ask(at.other, sought="Лола", inquirer_id=other.id),
    )
    tracing_hold.hold_back(at.other, danger.id, "he beats her")
    made, _changes = merging.merge(at.holder, other.id, man.id)
    assert held(at, danger, free) == [True, True]
    merging.undo(at.holder, made.id)
    assert held(at, danger, free) == [True, False]  # nobody reads of the one what was said of the other
    tracing_hold.lift(at.supervisor, danger.id)


def test_holding_back_again_holds_nothing_that_a_supervisor_let_go_on(at: Office) -> None:
    danger, namesake = ask(at.other, "Рустам Каримов", "Саодат"), ask(at.other, "Рустам Каримов", "Парвиз")
    tracing_hold.hold_back(at.other, danger.id, "he beats her")
    tracing_hold.lift(at.supervisor, namesake.id)
    tracing_hold.hold_back(at.other, danger.id, "he beats her")
    assert held(at, danger, namesake) == [True, False]
    tracing_hold.lift(at.supervisor, danger.id)


def test_who_was_let_go_on_asks_for_another_in_the_same_inquiry(at: Office) -> None:
    danger, namesake = ask(at.other, "Рустам Каримов", "Саодат"), ask(at.other, "Рустам Каримов", "Парвиз")
    tracing_hold.hold_back(at.other, danger.id, "he beats her")
    tracing_hold.lift(at.supervisor, namesake.id)
    further = ask(at.other, "Рустам Каримов", "Лола", inquiry=namesake.id)
    assert held(at, danger, namesake, further) == [True, False, False]
    tracing_hold.lift(at.supervisor, danger.id)


def test_a_list_that_names_another_asker_holds_what_was_asked_together(at: Office, tmp_path: Path) -> None:
    danger = ask(at.other, "Рустам Каримов", "Саодат")
    tracing_hold.hold_back(at.other, danger.id, "he beats her")
    first = ask(at.other, "Фарангис Шарипова", "Парвиз", external_id="H1")
    second = ask(at.other, "Фарангис Шарипова", "Лола", inquiry=first.id)
    path = tmp_path / "requests.csv"
    path.write_text("request_id,given_name,inquirer_name\nH1,Парвиз,Рустам Каримов\n", "utf-8")
    imports.import_tracing(at.other, path, Options(without_backup=True))
    assert held(at, first, second) == [True, True]
    tracing_hold.lift(at.supervisor, danger.id)


@pytest.mark.parametrize("how", ["a field", "a save"])
def test_a_name_that_is_given_back_is_held_back_too(at: Office, how: str) -> None:
    free = ask(at.other, "Рустам Каримов", "Лола")
    at.clock.at += timedelta(minutes=1)
    _made, changes = tracing.ask(at.other, replace(free, inquirer_name="Фарангис Шарипова"))
    danger = ask(at.other, "Рустам Каримов", "Саодат")
    tracing_hold.hold_back(at.other, danger.id, "he beats her")
    assert held(at, free) == [False]
    if how == "a field":
        entries = matches.what_happened(at.other, free.id)
        undoing.restore(at.other, next(one for one in entries if one.field == "inquirer_name"))
    else:
        undoing.undo_save(at.other, changes)
    assert stored(at, free).inquirer_name == "Рустам Каримов"
    assert held(at, free) == [True]
    tracing_hold.lift(at.supervisor, danger.id)


def test_a_name_that_is_typed_does_not_tell_who_is_masked(at: Office) -> None:
    man = person(at, "Рустам", "M", 40)
    danger = ask(at.holder, sought="Саодат", inquirer_id=man.id)
    tracing_hold.hold_back(at.holder, danger.id, "he beats her")
    shield.put_up(at.holder, man.id, "afraid")
    tried = ask(at.other, "Рустам Юсупов", "Лола")
    assert tried.held_why
    assert danger.number not in tracing.request(at.other, tried.id).held_why
    tracing_hold.lift(at.supervisor, tried.id)
    tracing_hold.lift(at.supervisor, danger.id)


@pytest.mark.parametrize("how", ["corrected", "another name"])
def test_who_tells_the_true_name_later_is_held_back_then(at: Office, how: str) -> None:
    danger = ask(at.other, "Бахтиёр Солиев", "Саодат")
    tracing_hold.hold_back(at.other, danger.id, "he beats her")
    man = person(at, "Абдулло", "M", 40)
    free = ask(at.other, sought="Лола", inquirer_id=man.id)
    if how == "corrected":
        keep(at.holder, replace(man, given_name="Бахтиёр", family_name="Солиев"))
    else:
        keep(at.holder, PersonName(id=new_id(), person_id=man.id, kind="nickname", text="Бахтиёр Солиев"))
    assert held(at, free) == [True]
    tracing_hold.lift(at.supervisor, free.id)
    keep(at.holder, replace(man, given_name="Бахтиёр", family_name="Солиев", patronymic="Каримович"))
    assert held(at, free) == [False]  # a supervisor has let it go on beside that name
    tracing_hold.lift(at.supervisor, danger.id)


def test_who_tells_nothing_holds_nobody(at: Office) -> None:
    others = [ask(at.other, "Фарангис Шарипова", "Парвиз"), ask(at.other, "Акбар Назаров", "Лола")]
    silent = ask(at.other, phone="0770 12 34 56")
    tracing_hold.hold_back(at.other, silent.id, "he would not say who he is")
    assert held(at, *others) == [False, False]
    assert held(at, ask(at.other, "Фарангис Шарипова", "Парвиз", phone="+996 770 123 456")) == [True]
    tracing_hold.lift(at.supervisor, silent.id)
