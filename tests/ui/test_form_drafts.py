"""Drafts of small forms: kept while one types, offered again after a lock or a crash, gone when saved or given up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from tests.ui.person_screen import Screen, as_caseworker, family

from panoh.domain.person import Person
from panoh.services import casework, drafts
from panoh.services.desk import Desk
from panoh.ui.draft_timer import DRAFT_AFTER
from panoh.ui.form_drafts import KIND
from panoh.ui.locking.lock import hide_all_but
from panoh.ui.person.casework.referral_form import ReferralForm
from panoh.ui.widgets.small_form import SmallForm


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


@pytest.fixture
def screen(desk: Desk, man: Person) -> Screen:
    return shown(desk, man)


def shown(desk: Desk, man: Person) -> Screen:
    made = Screen(desk).open(man.id)
    made.view.show()
    return made


def plan(screen: Screen) -> SmallForm:
    screen.view.case.plan.add.click()
    form = screen.presenter.actions.dialog
    assert form is not None
    return form


def kept(desk: Desk) -> list[str]:
    return [draft.payload["values"]["goal"] for draft in drafts.mine(desk, KIND)]


def test_what_is_half_typed_is_kept_while_one_types(desk: Desk, screen: Screen) -> None:
    said: list[str] = []
    screen.view.told_saved.connect(said.append)
    form = plan(screen)
    assert kept(desk) == []
    form.set_value("goal", "A safe night")
    QTest.qWait(DRAFT_AFTER + 200)
    assert kept(desk) == ["A safe night"]
    assert said == ["Draft saved 09:00"]
    form.reject()
    assert said[1:] == ["Draft dropped"]


def test_a_lock_keeps_it_and_the_next_form_offers_it(desk: Desk, screen: Screen, man: Person) -> None:
    form = plan(screen)
    form.set_value("goal", "A safe night")
    form.set_value("action", "Ask the host family")
    hide_all_but(screen.view)  # as a lock does, before it ends the form
    form.reject()
    assert kept(desk) == ["A safe night"]
    again = plan(shown(desk, man))
    assert again.values()["goal"] == ""
    assert "Recover the draft of" in again.offer.words()
    again.offer._act()
    assert (again.values()["goal"], again.values()["action"]) == ("A safe night", "Ask the host family")
    again.act.click()
    assert [row.goal for row in casework.of_person(desk, man.id).plan] == ["A safe night"]
    assert kept(desk) == []


def test_whoever_cancels_gives_it_up(desk: Desk, screen: Screen) -> None:
    form = plan(screen)
    form.set_value("goal", "A safe night")
    QTest.qWait(DRAFT_AFTER + 200)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert kept(desk) == []
    assert not plan(screen).offer.isVisible()


def test_what_is_changed_back_needs_no_draft(desk: Desk, screen: Screen) -> None:
    form = plan(screen)
    form.set_value("goal", "A")
    form.set_value("goal", "")
    QTest.qWait(DRAFT_AFTER + 200)
    assert drafts.mine(desk, KIND) == []


def test_each_form_and_each_user_have_drafts_of_their_own(desk: Desk, screen: Screen, man: Person) -> None:
    form = plan(screen)
    form.set_value("goal", "A safe night")
    hide_all_but(screen.view)
    screen.presenter.actions.ask_task()
    assert not screen.presenter.actions.dialog.offer.isVisible()
    other = as_caseworker(desk)
    assert drafts.mine(other, KIND) == []
    assert not plan(shown(other, man)).offer.isVisible()


def test_a_referral_comes_back_with_the_facts_that_were_ticked(desk: Desk, screen: Screen, man: Person) -> None:
    screen.view.case.referrals.add.click()
    form = screen.presenter.actions.dialog
    assert isinstance(form, ReferralForm)
    form.set_value("recipient", "unhcr")
    form.facts._boxes["group"].click()
    form.set_value("asked", "Dress a burn on the arm")
    after_asked = form.form.rows["asked"].control.nextInFocusChain()
    while not isinstance(after_asked, QCheckBox | QLineEdit):
        after_asked = after_asked.nextInFocusChain()
    assert after_asked is next(iter(form.facts._boxes.values())), "Tab goes to the facts"
    hide_all_but(screen.view)
    again = shown(desk, man)
    again.view.case.referrals.add.click()
    form = again.presenter.actions.dialog
    assert isinstance(form, ReferralForm)
    form.offer._act()
    assert form.values()["asked"] == "Dress a burn on the arm"
    assert form.facts.picked() == ("group",)
