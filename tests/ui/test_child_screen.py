"""Care and best interests on screen: of a child they stand at the top of the tab, by keyboard and small forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from queue_people import faults, window
from tests.ui.person_screen import Screen, as_caseworker, dialog, errors, family, fill, link, words_of

from panoh.base.ids import new_id
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.services import cases, person_edit
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.ui.person.casework.child_forms import CareForm
from panoh.ui.person.view import CASE

DAY = date(2010, 6, 14)


@pytest.fixture
def girl(desk: Desk) -> Person:
    made = Person(
        id=new_id(), number="KX7-00090-1", given_name="Мадина", sex="F", birth_precision="year",
        birth_earliest=date(2001, 1, 1), birth_latest=date(2001, 12, 31), urgent="none", fled_from="KG",
    )  # fmt: skip
    keep(desk, made)
    return made


@pytest.fixture
def screen(desk: Desk, girl: Person) -> Screen:
    made = Screen(desk).open(girl.id)
    made.view.show_tab(CASE)
    made.presenter.actions.take()
    return made


def place(screen: Screen) -> list[str]:
    case = screen.view.case
    panels = {
        "due": case.due,
        "plan": case.plan,
        "care": case.care,
        "best": case.best_interests,
        "last": case.transfers,
    }
    return sorted(panels, key=lambda name: case.page.indexOf(panels[name]))


def test_of_a_child_they_stand_first_and_of_others_below(screen: Screen, desk: Desk, girl: Person) -> None:
    assert place(screen) == ["due", "care", "best", "plan", "last"]
    man = family(desk)
    screen.open(man.id)
    assert place(screen) == ["due", "plan", "care", "best", "last"]
    assert screen.view.case.best_interests.isHidden()
    assert screen.view.case.care.told.words() == ""
    screen.open(girl.id)
    assert place(screen) == ["due", "care", "best", "plan", "last"]


def test_a_carer_by_keyboard_then_the_end(screen: Screen, girl: Person, press: Callable[..., None]) -> None:
    shown, panel = window(screen.view), screen.view.case.care
    assert "No carer of this child is noted" in panel.told.words()
    panel.add.setFocus()
    press(Qt.Key.Key_Space)
    form = dialog(screen)
    assert isinstance(form, CareForm)
    assert not faults(form)
    form.act.click()
    assert errors(form) == {"kind"}
    form.set_value("kind", "unrelated_adult")
    QTest.keyClicks(form._picker.line, "A man from the market")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, on=form.act)
    form.act.click()
    told = words_of(panel)
    assert "Adult who is not kin, not screened" in told
    assert "A man from the market" in told
    assert "nobody looked yet" in told
    assert panel.told.words() == ""
    assert not faults(panel)
    link(screen, "Ended… Adult who is not kin").click()
    assert errors(fill(screen)) == {"why"}
    fill(screen, why="He left")
    assert "No carer of this child is noted" in panel.told.words()
    shown.close()


def test_a_registered_carer_is_found_and_a_contradiction_told(screen: Screen, desk: Desk, girl: Person) -> None:
    brother = Person(
        id=new_id(), number="KX7-00091-1", given_name="Санжар", sex="M", birth_precision="year",
        birth_earliest=date(1998, 1, 1), birth_latest=date(1998, 12, 31), urgent="none",
    )  # fmt: skip
    keep(desk, brother)
    screen.view.case.care.add.click()
    form = dialog(screen)
    assert isinstance(form, CareForm)
    form._picker.line.setText("Санжар")
    form._picker.search_now()
    form._picker._enter()
    assert form._picker.person_id == brother.id
    fill(screen, kind="adult_sibling")
    panel = screen.view.case.care
    assert "Санжар, KX7-00091-1" in words_of(panel)
    assert "The carer is a child too" in panel.told.words()
    link(screen, "Change… Adult brother").click()
    assert "Санжар" in dialog(screen)._picker.text()  # type: ignore[attr-defined]
    fill(screen, kind="child_headed")
    assert panel.told.words() == ""
    screen.privacy.set_hidden(True)
    screen.presenter.refresh(frozenset({"CareArrangement"}))
    assert "Санжар" not in words_of(panel)


def test_from_the_beginning_to_the_decision(screen: Screen, desk: Desk, girl: Person) -> None:
    panel = screen.view.case.best_interests
    keep(desk, SpecificNeed(id=new_id(), person_id=girl.id, code="SC-UC"))
    screen.presenter.refresh(frozenset({"SpecificNeed"}))
    assert "begin an assessment before anything" in panel.told.words()
    panel.add.click()
    assert not faults(dialog(screen))
    assert errors(fill(screen)) == {"why"}
    fill(screen, why="interim_care")
    assert panel.told.words() == ""
    told = words_of(panel)
    assert "the child was not asked yet" in told
    assert "Best interests: decide" in words_of(screen.view.case.due)
    link(screen, "Decide… Best interests assessment").click()
    form = dialog(screen)
    assert not faults(form)
    assert form.form.rows["panel"].isHidden()
    assert errors(fill(screen)) == {"child_view", "options", "decision"}
    form.reject()
    link(screen, "Write… Best interests assessment").click()
    fill(screen, child_view="To Asel, not to the centre", options="Asel, or the centre")
    link(screen, "Decide… Best interests assessment").click()
    assert dialog(screen).values()["child_view"] == "To Asel, not to the centre"
    assert dialog(screen).values()["review_on"] == "12 Sep 2010"
    fill(screen, decision="With Asel")
    (one,) = person_edit.opened(desk, girl.id).best_interests.rows
    assert (one.decided_on, one.review_on) == (DAY, DAY + timedelta(90))
    assert "Decided on 14 Jun 2010" in words_of(panel)
    assert not faults(panel)


def test_a_determination_asks_for_its_panel(screen: Screen, girl: Person) -> None:
    screen.view.case.best_interests.add.click()
    form = dialog(screen)
    form.form.rows["why"].control.set_value("separation")
    form.form.rows["why"].control.answered.emit()
    assert "taken by a panel" in words_of(form)
    fill(screen, kind="determination")
    link(screen, "Decide… Best interests determination").click()
    assert errors(fill(screen, child_view="x", options="y", decision="z", panel="health")) == {"panel"}
    fill(screen, panel="child protection, health")
    assert "child protection, health" in words_of(screen.view.case.best_interests)


def test_who_may_not_read_the_case_reads_neither(screen: Screen, desk: Desk, girl: Person) -> None:
    screen.view.case.care.add.click()
    dialog(screen)._picker.set_text("Secret carer")  # type: ignore[attr-defined]
    fill(screen, kind="foster")
    keep(desk, SpecificNeed(id=new_id(), person_id=girl.id, code="SV-VO"))
    cases.take(desk, girl.id)
    theirs = Screen(as_caseworker(desk)).open(girl.id)
    assert "Secret" not in words_of(theirs.view)
    assert "Restricted: ask" in words_of(theirs.view.case.care)
    assert theirs.view.case.care.told.words() == ""


def test_tab_goes_through_the_panels_as_they_stand(screen: Screen) -> None:
    case = screen.view.case
    buttons = [
        case.due.add,
        case.care.add,
        case.best_interests.add,
        case.plan.add,
        case.services.add,
        case.referrals.add,
    ]
    chain, at = [], case.due.add
    for _step in range(400):
        if at in buttons and at not in chain:
            chain.append(at)
        at = at.nextInFocusChain()
    assert chain == buttons
