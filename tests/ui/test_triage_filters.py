"""Filters of the queue, who holds how many, advice, and levels that lapsed: by the form, the box and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from queue_people import People, caseworker, faults, register
from test_triage import Screen

from panoh.base.clock import FixedClock
from panoh.domain.casework import Approval
from panoh.services import cases, levels, queue_filters, triage
from panoh.services.desk import Changes, Desk
from panoh.ui.theme import look
from panoh.ui.triage.filter_form import FilterForm


@pytest.fixture
def people(desk: Desk) -> People:
    return register(desk)


@pytest.fixture
def screen(qapp: QApplication, desk: Desk, people: People, clock: FixedClock) -> Iterator[Screen]:
    clock.at += timedelta(hours=4, minutes=40)
    made = Screen(qapp, desk)
    yield made
    made.window.close()
    look().set_text_size(100)


def form(screen: Screen) -> FilterForm:
    screen.view.filter.click()
    found = screen.presenter.form
    assert isinstance(found, FilterForm)
    return found


def test_a_filter_is_made_shown_and_kept_under_a_name(screen: Screen, desk: Desk) -> None:
    told: list[Changes] = []
    screen.presenter.changed.connect(told.append)
    asked = form(screen)
    asked.set_value("age", "child")
    asked.act.click()
    assert screen.rows() == ["Азиз"]
    assert screen.view.saved.currentText() == "All but low, Under 18"
    asked = form(screen)
    asked.set_value("name", "Children")
    asked.act.click()
    assert screen.view.saved.currentText() == "Children"
    assert [each.name for each in queue_filters.kept(desk)] == ["Children"]
    assert told[-1].kinds == frozenset({"QueueView"})
    screen.view.saved_chosen.emit("")
    assert len(screen.rows()) == 5
    screen.view.saved_chosen.emit(queue_filters.kept(desk)[0].id)
    assert screen.rows() == ["Азиз"]


def test_a_kept_filter_can_be_forgotten(screen: Screen, desk: Desk) -> None:
    queue_filters.keep(desk, "Women", triage.QueueFilter(sex="F"))
    screen.presenter.opened()
    screen.view.saved_chosen.emit(queue_filters.kept(desk)[0].id)
    asked = form(screen)
    asked.forget_asked.emit(queue_filters.kept(desk)[0].id)
    assert queue_filters.kept(desk) == []
    assert screen.view.saved.currentText() == "Female"


def test_the_form_shows_the_filter_in_force(screen: Screen, desk: Desk) -> None:
    wanted = triage.QueueFilter(levels=("high",), nobody=True, sex="M", age="adult", reason="T14.shelter", lapsed=True)
    screen.presenter.show_filter(wanted)
    asked = form(screen)
    assert asked.wanted_filter(asked.values()) == wanted
    assert not faults(asked)
    asked.reject()


def test_a_caseworker_is_offered_no_restricted_reason(qapp: QApplication, desk: Desk, people: People) -> None:
    screen = Screen(qapp, caseworker(desk))
    asked = form(screen)
    box = asked.form.rows["reason"].control
    words = [box.itemText(at) for at in range(box.count())]  # type: ignore[attr-defined]
    assert "Restricted reason" in words
    assert not [each for each in words if each.startswith(("T02", "T10", "T11"))]
    assert not screen.view.loads.isVisible()
    asked.reject()
    screen.window.close()


def test_who_holds_how_many_leads_to_their_people(screen: Screen, desk: Desk, people: People) -> None:
    cases.take(desk, people.wounded.id)
    screen.view.loads.click()
    dialog = screen.presenter.loads
    assert dialog is not None
    rows = [dialog.model.row_words(dialog.model.row_at(at)) for at in range(dialog.model.rowCount())]
    assert rows[0] == "feruza, Critical 1, overdue 1"
    assert rows[-1] == "nobody, Critical 1, High 1, Unknown 1, Low 1, overdue 1"
    assert not faults(dialog)
    dialog.table.selectRow(0)
    dialog._choose_current()
    assert screen.rows() == ["Жолборсов Эркинбек"]
    assert screen.view.chips["mine"].isChecked()


def test_advice_is_asked_with_a_reason(screen: Screen, desk: Desk, people: People) -> None:
    screen.view.panel.advice.click()
    asked = screen.presenter.form
    assert asked is not None
    asked.act.click()
    assert asked.form.rows["reason"].error
    asked.set_value("reason", "She asks to be moved")
    asked.act.click()
    assert screen.rows(3)[0].startswith("Advice asked: She asks to be moved; ")
    with desk.reading() as reading:
        assert [each.kind for each in reading.all(Approval)] == ["advice"]


def test_a_level_that_lapsed_is_looked_at(screen: Screen, desk: Desk, people: People, clock: FixedClock) -> None:
    triage.set_level(desk, people.unasked.id, "critical", "Faints", desk.clock.today() + timedelta(days=1))
    clock.at += timedelta(days=1)
    levels.refresh_due(desk)
    screen.presenter.show_filter(triage.QueueFilter(lapsed=True))
    QApplication.processEvents()
    assert screen.rows(3)[0].startswith("Set level lapsed, review")
    assert screen.view.panel.looked.isVisible()
    screen.view.panel.looked.click()
    assert screen.rows() == []
    screen.presenter.show_filter(triage.QueueFilter())
    QApplication.processEvents()
    assert not screen.view.panel.looked.isVisible()
