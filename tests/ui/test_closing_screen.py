"""Closing a case in its tab: what is told first, asking and deciding by keyboard, taking it back, opening again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from queue_people import faults, window
from tests.ui.person_screen import Screen, as_caseworker, dialog, family, words_of

from panoh.domain.casework import PlanRow
from panoh.domain.person import Person
from panoh.services import cases, casework, closing
from panoh.services.desk import Desk
from panoh.ui.person.casework.closing_form import ClosingForm
from panoh.ui.person.view import CASE
from panoh.ui.widgets.choices import ChoiceBox


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


def screen_of(desk: Desk, man: Person) -> Screen:
    made = Screen(desk).open(man.id)
    made.view.show_tab(CASE)
    return made


def test_a_caseworker_asks_by_keyboard_and_takes_it_back(desk: Desk, man: Person, press: Callable[..., None]) -> None:
    theirs = as_caseworker(desk)
    cases.take(theirs, man.id)
    casework.plan(theirs, man.id, PlanRow(id="", case_id="", goal="Safe at night", action="Ask the host"))
    screen = screen_of(theirs, man)
    shown, case = window(screen.view), screen.view.case
    case.turn_button.setFocus()
    press(Qt.Key.Key_Space)
    form = dialog(screen)
    assert isinstance(form, ClosingForm)
    assert form.act.text() == "Ask a supervisor"
    told = words_of(form)
    assert "The level is critical." in told
    assert "1 step of the plan is open." in told
    assert "Do it, or write what came of it." in told
    why, words = form.form.rows["why"].control, form.form.rows["words"].control
    for _at in range(8):
        press(Qt.Key.Key_Down, on=why)
    assert form.values()["why"] == "returned_forced"
    assert "tell UNHCR and the supervisor today" in form.first.words()
    QTest.keyClicks(words, "Taken over the bridge")
    form.act.setFocus()
    press(Qt.Key.Key_Space, on=form.act)
    assert "Closing asked by" in case.stand.state.text()
    assert "Returned by force" in case.stand.state.text()
    assert cases.case_or_new(desk, man.id).status == "open"
    case.take_back.setFocus()
    press(Qt.Key.Key_Space)
    assert case.stand.state.text() == ""
    assert case.take_back.isHidden()
    shown.close()


def test_the_reason_is_to_be_chosen(desk: Desk, man: Person) -> None:
    cases.take(desk, man.id)
    parent = QWidget()
    form = ClosingForm(parent, desk.vocabularies, closing.before(desk, man.id))
    reason = form.form.rows["why"].control
    assert isinstance(reason, ChoiceBox)
    assert reason.currentText() == "choose"


def test_a_supervisor_closes_and_opens_again(desk: Desk, man: Person) -> None:
    theirs = as_caseworker(desk)
    cases.take(theirs, man.id)
    closing.ask(theirs, man.id, "left_known", "To her aunt in Bishkek")
    screen = screen_of(desk, man)
    case = screen.view.case
    assert "Closing asked by" in case.stand.state.text()
    assert case.take_back.isHidden()  # another asked
    case.turn_button.click()
    form = dialog(screen)
    assert form.act.text() == "Close the case"
    form.act.click()
    assert {key for key, row in form.form.rows.items() if row.error} == {"why", "words"}
    form.set_value("why", "left_known")
    form.set_value("words", "She has arrived")
    form.act.click()
    assert case.stand.state.text() == "Closed on 14 Jun 2010: Left the area, whereabouts known"
    case.turn_button.click()
    dialog(screen).set_value("words", "She is back")
    dialog(screen).act.click()
    assert case.stand.state.text() == ""
    assert "Assess again" in words_of(case.stand)


def test_every_widget_has_a_name(desk: Desk, man: Person) -> None:
    screen = screen_of(desk, man)
    screen.view.case.turn_button.click()
    assert not faults(dialog(screen))
    dialog(screen).set_value("why", "detained")
    assert not faults(dialog(screen))
