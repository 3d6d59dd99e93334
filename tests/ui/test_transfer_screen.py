"""Handing a case over on screen: the form of the holder, the bar of the colleague, what stands afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from queue_people import faults, window
from tests.ui.person_screen import Screen, as_caseworker, dialog, family, words_of

from panoh.domain.person import Person
from panoh.services import cases, shield, transfers
from panoh.services.desk import Desk
from panoh.ui.person.view import CASE
from panoh.ui.widgets.buttons import LinkButton


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


@pytest.fixture
def holder(desk: Desk, man: Person) -> Desk:
    made = as_caseworker(desk)
    cases.take(made, man.id)
    return made


@pytest.fixture
def colleague(desk: Desk) -> Desk:
    return as_caseworker(desk, "Asel")


def case_of(desk: Desk, man: Person) -> Screen:
    made = Screen(desk).open(man.id)
    made.view.show_tab(CASE)
    return made


def test_asked_by_keyboard_and_taken_back(
    holder: Desk, colleague: Desk, man: Person, press: Callable[..., None]
) -> None:
    screen = case_of(holder, man)
    shown, case = window(screen.view), screen.view.case
    assert case.assign.isHidden()
    case.transfers.add.setFocus()
    press(Qt.Key.Key_Space)
    form = dialog(screen)
    assert not faults(form)
    form.act.click()
    assert {key for key, row in form.form.rows.items() if row.error} == {"to_user", "why"}
    form.set_value("to_user", colleague.user.id)
    QTest.keyClicks(form.form.rows["why"].control, "I leave on Monday")
    form.act.setFocus()
    press(Qt.Key.Key_Space, on=form.act)
    told = words_of(case.transfers)
    assert "asked" in told
    assert "no answer yet" in told
    assert not faults(case)
    link = next(each for each in case.transfers.findChildren(LinkButton) if each.text() == "Take back")
    link.setFocus()
    press(Qt.Key.Key_Space)
    assert transfers_of(holder, man) == ["withdrawn"]
    shown.close()


def test_the_bar_of_who_is_asked(holder: Desk, colleague: Desk, man: Person, press: Callable[..., None]) -> None:
    shield.put_up(holder, man.id, "Men asked for him")
    transfers.ask(holder, man.id, colleague.user.id, "I leave on Monday")
    screen = Screen(colleague).open(man.id)
    shown, bar = window(screen.view), screen.view.handing
    assert "asks you to take over this case" in bar.words()
    assert "Why: I leave on Monday" in bar.words()
    assert "Илҳом" not in words_of(screen.view)
    assert not faults(bar)
    bar.refuse.click()
    dialog(screen).act.click()
    assert dialog(screen).form.rows["words"].error
    dialog(screen).set_value("words", "I hold sixty")
    dialog(screen).act.click()
    assert bar.words() == ""
    transfers.ask(holder, man.id, colleague.user.id, "Please")
    screen.presenter.refresh(frozenset({"Transfer"}))
    bar.accept.setFocus()
    press(Qt.Key.Key_Space)
    assert bar.words() == ""
    assert "Илҳом" in words_of(screen.view)
    assert transfers_of(colleague, man) == ["accepted", "refused"]
    shown.close()
    before = case_of(holder, man)
    assert "Taken over on 14 Jun" in words_of(before.view.case.transfers)
    assert before.view.case.transfers.add.isHidden()


def transfers_of(desk: Desk, man: Person) -> list[str]:
    with desk.reading() as reading:
        return [one.transfer.answer for one in transfers.of_person(desk, reading, man.id).rows]
