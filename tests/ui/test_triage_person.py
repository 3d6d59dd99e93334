"""The panel of one person in Triage: the reasons, taking and assigning the case, another level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from queue_people import People, caseworker, owner, register
from test_triage import Screen

from panoh.base.clock import FixedClock
from panoh.domain.casework import Approval
from panoh.services import triage
from panoh.services.desk import Changes, Desk
from panoh.ui.level_dialog import LevelDialog
from panoh.ui.triage.reason_blocks import Block

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(desk: Desk) -> People:
    return register(desk)


@pytest.fixture
def screen(qapp: QApplication, desk: Desk, people: People, clock: FixedClock) -> Iterator[Screen]:
    clock.at += timedelta(hours=4, minutes=40)
    made = Screen(qapp, desk)
    yield made
    made.window.close()


@pytest.fixture
def theirs(qapp: QApplication, desk: Desk, people: People, clock: FixedClock) -> Iterator[Screen]:
    """The screen of a caseworker."""
    clock.at += timedelta(hours=4, minutes=40)
    made = Screen(qapp, caseworker(desk))
    yield made
    made.window.close()


def labels(screen: Screen) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in screen.view.panel.findChildren(QLabel) if label.isVisible()]


def blocks(screen: Screen) -> list[str]:
    QApplication.processEvents()
    return [block.accessibleName() for block in screen.view.panel.findChildren(Block) if block.isVisible()]


def dialog(screen: Screen) -> LevelDialog:
    screen.view.panel.set_level.click()
    QApplication.processEvents()
    return next(found for found in screen.view.findChildren(LevelDialog) if found.isVisible())


def test_the_panel_tells_why_with_facts_and_sources(screen: Screen) -> None:
    screen.view.table.selectRow(1)
    due = screen.view.table.current().line.due_at
    assert f"Overdue by 40 min: was due {due.astimezone():%H:%M}" in labels(screen)
    assert "Why critical" in labels(screen)
    assert blocks(screen)[0].startswith(
        "Fears Uzbekistan and intends to go there. Feared country, Uzbekistan, own account, stated only"
    )
    assert any(words.startswith("Not known. ") for words in blocks(screen))
    assert "Rule T02. Lowering a level needs a supervisor." in labels(screen)


def test_what_is_restricted_is_one_block_without_facts(theirs: Screen) -> None:
    theirs.view.table.selectRow(1)
    assert blocks(theirs) == ["Restricted reason"]
    assert "Lowering a level needs a supervisor." in labels(theirs)
    assert not any("T02" in words or "Uzbekistan" in words for words in labels(theirs))


def test_ctrl_t_takes_the_case_and_tells_what_changed(screen: Screen, desk: Desk, people: People) -> None:
    heard: list[Changes] = []
    screen.presenter.changed.connect(heard.append)
    screen.keys.press(Key.Key_T, CTRL)
    assert owner(desk, people.wounded) == desk.user.id
    assert screen.rows(5)[0] == "feruza"
    assert heard
    assert "Case" in heard[0].kinds
    assert screen.chip("mine") == "Mine 1"


def test_taking_what_one_holds_says_so(screen: Screen) -> None:
    screen.presenter.take()
    screen.presenter.take()
    assert screen.view.said.words() == "You hold this case already"


def test_a_case_is_assigned_from_a_menu(screen: Screen, desk: Desk, people: People) -> None:
    other = caseworker(desk)
    screen.presenter.opened()
    screen.view.panel.assign.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Nurlan B.").trigger()
    menu.close()
    assert owner(desk, people.wounded) == other.user.id


def test_a_case_in_anothers_hands_is_refused_to_a_caseworker_in_words(
    theirs: Screen, desk: Desk, people: People
) -> None:
    triage.take(desk, people.wounded.id)
    theirs.presenter.refresh(frozenset({"Case"}))
    theirs.presenter.take()
    assert theirs.view.note.words().startswith("Your role may not do this")
    assert owner(desk, people.wounded) == desk.user.id


def test_a_supervisor_sets_another_level_until_its_review(screen: Screen, desk: Desk, people: People) -> None:
    asked = dialog(screen)
    asked.level.set_value("high")
    asked.reason.setText("The surgeon has seen him.")
    screen.keys.press(Key.Key_Return, CTRL)
    view = triage.why(desk, people.wounded.id)
    assert view.override is not None
    assert (view.level, view.override.review_on) == ("high", date(2010, 6, 21))
    screen.view.table.select_key(people.wounded.id)
    assert "set by hand until 21 Jun 2010" in labels(screen)
    assert blocks(screen)[0] == "Set to high by hand. The surgeon has seen him"


def test_another_level_wants_a_reason(screen: Screen) -> None:
    asked = dialog(screen)
    screen.keys.press(Key.Key_Return, CTRL)
    assert asked.form.rows["reason"].error == "Say why: the reason stands in the record."
    assert asked.form.summary.isVisible()
    asked.reject()


def test_a_caseworker_may_raise_but_not_lower(theirs: Screen, desk: Desk, people: People) -> None:
    asked = dialog(theirs)
    asked.level.set_value("low")
    asked.reason.setText("Feels better.")
    asked._tell()
    assert asked.act.text().startswith("Ask a supervisor")
    assert asked.told.words().startswith("Lowering needs a supervisor.")
    asked.act.click()
    with desk.reading() as reading:
        assert [(each.kind, each.proposed) for each in reading.all(Approval)] == [("lowering", "low")]
    assert triage.why(desk, people.wounded.id).level == "critical"
    assert triage.queue(desk, triage.QueueFilter(), 0, 1)[0].why.startswith("Lowering asked: Feels better.; ")
    theirs.view.table.select_key(people.unasked.id)
    asked = dialog(theirs)
    asked.level.set_value("critical")
    asked.reason.setText("Faints again and again.")
    asked.act.click()
    assert triage.why(desk, people.unasked.id).level == "critical"


def test_typed_text_of_a_reason_is_hidden_beside_a_restricted_one(
    theirs: Screen, desk: Desk, people: People, clock: FixedClock
) -> None:
    triage.set_level(desk, people.exile.id, "critical", "Men asked for him at the crossing.", date(2010, 6, 20))
    theirs.presenter.refresh(frozenset({"LevelOverride"}))
    theirs.view.table.select_key(people.exile.id)
    assert not any("crossing" in words for words in (*labels(theirs), *blocks(theirs)))


def test_the_number_opens_the_record(screen: Screen, people: People) -> None:
    screen.view.panel.number.click()
    assert screen.ways.people[-1][0] == people.wounded.id


def test_a_refresh_leaves_the_focus_in_the_reasons(screen: Screen) -> None:
    QApplication.processEvents()
    block = next(block for block in screen.view.panel.findChildren(Block) if block.isVisible())
    block.setFocus()
    screen.presenter.refresh(frozenset({"Note"}))
    assert QApplication.focusWidget() is block
