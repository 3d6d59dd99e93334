"""Needs of everyone in the window: sectors ticked by keyboard, the stock-taking of a site, a distribution, the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from test_sites import Screen, family, made
from tests.ui import person_screen
from tests.ui.person_screen import as_caseworker, words_of
from tracing_helpers import CTRL, press, said, unnamed, window_of

from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.household import Household, Site
from panoh.domain.person import Person
from panoh.services import assistance, shield
from panoh.services.assistance import HOUSEHOLD, PERSON, SITE, Said
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.ui.basic_needs import GiftForm, NeedForm, NeedsForm
from panoh.ui.sites.distribution_form import DistributionForm
from panoh.ui.theme import look
from panoh.ui.widgets.small_form import SmallForm

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def stored(desk: Desk, kind: type) -> list:
    with desk.reading() as reading:
        return reading.all(kind)


@pytest.fixture
def tents(desk: Desk) -> Site:
    return made(desk, "Tents, cotton depot", kind="tents")


@pytest.fixture
def screen(desk: Desk, tents: Site) -> Iterator[Screen]:
    for people in (2, 3, 1):
        family(desk, tents, people=people)
    made_screen = Screen(desk)
    with window_of(made_screen.view):
        made_screen.presenter.opened()
        yield made_screen


def form_of(screen: Screen) -> SmallForm:
    form = screen.presenter.giving.keeping.form
    assert form is not None
    return form


def focus_in(form: QWidget) -> QWidget:
    found = form.focusWidget()
    assert found is not None
    return found


def problems(form: SmallForm) -> set[str]:
    return {key for key, row in form.form.rows.items() if row.error}


# --- taking stock of a site -------------------------------------------------------------------------------------------


def test_nine_sectors_of_a_site_are_ticked_by_digits_alone(screen: Screen, desk: Desk, tents: Site) -> None:
    assert "Nobody was asked yet what they need" in said(screen.view.record)
    press(Qt.Key.Key_S, CTRL_SHIFT)
    form = form_of(screen)
    assert isinstance(form, NeedsForm)
    for digit in "313200123":
        press(Qt.Key(ord(digit)), text=digit, on=focus_in(form))
    assert form.act.hasFocus() or focus_in(form) is form.act
    form.set_value("people.food", "1 200")
    form.act.click()
    found = {need.sector: (need.state, need.people) for need in stored(desk, BasicNeed)}
    assert found == {
        "food": ("open", 1200), "water": ("met", None), "shelter": ("open", None), "health": ("partly", None),
        "legal": ("met", None), "education": ("partly", None), "security": ("open", None),
    }  # fmt: skip
    told = said(screen.view.record.stock)
    assert "the site: Lacking, 1,200 people, 14 Jun 2010" in told
    assert "Saved" in screen.view.told.words()
    screen.view.told._act()
    assert stored(desk, BasicNeed) == []


def test_a_note_without_a_tick_and_bad_numbers_are_told_at_their_fields(screen: Screen, desk: Desk) -> None:
    press(Qt.Key.Key_S, CTRL_SHIFT)
    form = form_of(screen)
    form.act.click()
    assert problems(form) == {"on"}
    form.set_value("note.water", "The pump is broken")
    form.set_value("state.food", "open")
    form.set_value("people.food", "2.5")
    form.act.click()
    assert problems(form) == {"state.water", "people.food"}
    form.set_value("note.water", "")
    form.set_value("people.food", "-3")
    form.set_value("on", "15.6.2010")
    form.act.click()
    assert problems(form) == {"people.food", "on"}
    assert stored(desk, BasicNeed) == []
    form.reject()


def test_the_stock_taking_tells_who_lacks_what_and_what_was_given(screen: Screen, desk: Desk, tents: Site) -> None:
    home = stored(desk, Household)[1]
    assistance.note(desk, HOUSEHOLD, home.id, [Said("food", "open"), Said("water", "met")])
    screen.presenter.refresh(frozenset({"BasicNeed"}))
    told = said(screen.view.record.stock)
    assert "Lacking: 1 household, 3 people" in told
    assert "asked: 1 household, last 14 Jun 2010" in told
    assert "Nobody lacks it" in told
    assert not unnamed(screen.view.record)


def test_who_may_not_read_small_counts_reads_under_five(desk: Desk, tents: Site) -> None:
    family(desk, tents, people=3)
    assistance.note(desk, HOUSEHOLD, stored(desk, Household)[0].id, [Said("food", "open")])
    screen = Screen(as_caseworker(desk))
    with window_of(screen.view):
        screen.presenter.opened()
        assert "Lacking: under 5 households, under 5 people" in said(screen.view.record.stock)


# --- a distribution ---------------------------------------------------------------------------------------------------


def open_distribution(screen: Screen) -> DistributionForm:
    press(Qt.Key.Key_G, CTRL_SHIFT)
    form = form_of(screen)
    assert isinstance(form, DistributionForm)
    form.set_value("sector", "food")
    form.set_value("what", "Flour")
    form.set_value("quantity", "5")
    form.set_value("unit", "kg")
    return form


def test_space_ticks_households_one_after_the_other(screen: Screen, desk: Desk) -> None:
    form = open_distribution(screen)
    assert form.table.model().rowCount() == 3
    form.table.setFocus()
    press(Qt.Key.Key_Space, on=form.table)
    press(Qt.Key.Key_Space, on=form.table)
    assert "2 ticked; in the list: 3 households, 6 people" in said(form)
    press(Qt.Key.Key_Return, CTRL, on=form)
    form.act.click()  # pressed twice, saved once
    assert sorted(gift.quantity for gift in stored(desk, Assistance)) == [5, 5]
    assert "Noted for 2 households" in screen.view.told.words()
    assert "Flour: 5 kg" not in said(screen.view.record.stock)
    assert "Flour: 10 kg" in said(screen.view.record.stock)
    screen.view.told._act()
    assert stored(desk, Assistance) == []


def test_all_are_ticked_at_once_but_those_that_space_takes_out(screen: Screen, desk: Desk) -> None:
    form = open_distribution(screen)
    form.set_value("each", "person")
    form.table.setFocus()
    press(Qt.Key.Key_A, CTRL, on=form.table)
    assert "3 ticked" in said(form)
    press(Qt.Key.Key_Space, on=form.table)
    assert "2 ticked" in said(form)
    form.act.click()
    assert sorted(gift.quantity for gift in stored(desk, Assistance)) == [5, 15]


def test_nobody_ticked_and_what_cannot_be_given_is_told(screen: Screen, desk: Desk) -> None:
    form = open_distribution(screen)
    form.act.click()
    assert [link.text() for link in form.form.summary._links] == ["Choose whom it was given to: nobody is chosen yet."]
    form.turn_all()
    for quantity in ("-5", "2.5", "0", "five"):
        form.set_value("quantity", quantity)
        form.act.click()
        assert problems(form) == {"quantity"}
    form.set_value("quantity", "5")
    form.set_value("given_on", "15.6.2010")
    form.act.click()
    assert problems(form) == {"given_on"}
    assert stored(desk, Assistance) == []
    form.reject()


def test_who_got_something_lately_is_left_out_when_days_are_asked_for(screen: Screen, desk: Desk) -> None:
    form = open_distribution(screen)
    form.table.setFocus()
    press(Qt.Key.Key_Space, on=form.table)
    form.act.click()
    form = open_distribution(screen)
    assert form.table.model().rowCount() == 3
    form.form.rows["days"].control.setFocus()
    form.set_value("days", "30")
    assert form.table.model().rowCount() == 2
    assert "in the list: 2 households" in said(form)
    form.form.rows["lacking"].control.click()  # type: ignore[attr-defined]
    assert form.table.model().rowCount() == 0
    form.reject()


def test_names_are_initials_where_names_are_hidden_and_who_is_masked_has_a_number(
    screen: Screen, desk: Desk, tents: Site
) -> None:
    screen.presenter.giving._privacy.set_hidden(True)
    form = open_distribution(screen)
    row = str(form.model.data(form.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))
    assert "Каримова" not in row
    assert "К. Л." in row
    form.reject()
    head = stored(desk, Person)[0]
    shield.put_up(desk, head.id, "An order to arrest her was seen")
    screen.presenter.refresh(frozenset({"Person"}))
    form = open_distribution(screen)
    assert form.table.model().rowCount() == 2
    form.reject()


# --- the record of a person -------------------------------------------------------------------------------------------


@pytest.fixture
def man(desk: Desk) -> Person:
    return person_screen.family(desk)


@pytest.fixture
def record(desk: Desk, man: Person) -> Iterator[person_screen.Screen]:
    made_screen = person_screen.Screen(desk)
    with window_of(made_screen.view):
        made_screen.open(man.id)
        made_screen.presenter.show_needs()
        yield made_screen


def test_a_household_is_walked_by_keyboard_and_its_members_inherit(
    record: person_screen.Screen, desk: Desk, man: Person
) -> None:
    press(Qt.Key.Key_S, CTRL_SHIFT, on=record.view.needs.basic)
    form = record.presenter.actions.dialog
    assert isinstance(form, NeedsForm)
    for digit in "31":
        press(Qt.Key(ord(digit)), text=digit, on=focus_in(form))
    form.set_value("note.food", "No flour for three days")
    form.act.click()
    assert {(need.household_id, need.sector, need.state) for need in stored(desk, BasicNeed)} == {
        (man.household_id, "food", "open"),
        (man.household_id, "water", "met"),
    }
    told = words_of(record.view.needs.basic)
    assert "of the household, 14 Jun 2010, today" in told
    assert "No flour for three days" in told
    assert record.changes[-1] == frozenset({"BasicNeed"})


def test_what_was_noted_by_mistake_is_put_right_or_taken_away(
    record: person_screen.Screen, desk: Desk, man: Person
) -> None:
    assistance.note(desk, PERSON, man.id, [Said("health", "open")])
    record.presenter.refresh(frozenset({"BasicNeed"}))
    record.view.needs.basic.need_asked.emit(stored(desk, BasicNeed)[0])
    form = record.presenter.actions.dialog
    assert isinstance(form, NeedForm)
    form.set_value("state.health", "partly")
    form.act.click()
    assert stored(desk, BasicNeed)[0].state == "partly"
    record.view.needs.basic.need_asked.emit(stored(desk, BasicNeed)[0])
    form = record.presenter.actions.dialog
    assert form is not None
    form.set_value("away", "yes")
    form.act.click()
    assert stored(desk, BasicNeed) == []


def test_what_was_given_is_added_and_put_right(record: person_screen.Screen, desk: Desk, man: Person) -> None:
    press(Qt.Key.Key_G, CTRL_SHIFT, on=record.view.needs.basic)
    form = record.presenter.actions.dialog
    assert isinstance(form, GiftForm)
    form.act.click()
    assert problems(form) == {"sector", "what"}
    form.set_value("sector", "nfi")
    form.set_value("what", "Blankets")
    form.set_value("quantity", "4")
    form.set_value("whom", "person")
    form.act.click()
    (gift,) = stored(desk, Assistance)
    assert (gift.person_id, gift.household_id, gift.quantity) == (man.id, "", 4)
    assert "Blankets: 4" in words_of(record.view.needs.basic)
    record.view.needs.basic.gift_asked.emit(gift)
    form = record.presenter.actions.dialog
    assert isinstance(form, GiftForm)
    form.set_value("quantity", "3")
    form.act.click()
    assert stored(desk, Assistance)[0].quantity == 3


def test_what_was_noted_before_is_folded_and_the_site_is_told_as_inherited(
    record: person_screen.Screen, desk: Desk, man: Person, tents: Site
) -> None:
    with desk.reading() as reading:
        person = reading.get(Person, man.id)
    keep(desk, replace(person, site_id=tents.id))
    assistance.note(desk, SITE, tents.id, [Said("water", "open")])
    assistance.note(desk, PERSON, man.id, [Said("food", "open")])
    assistance.note(desk, PERSON, man.id, [Said("food", "met")])
    record.presenter.refresh(frozenset({"BasicNeed"}))
    panel = record.view.needs.basic
    assert "of the site, 14 Jun 2010, today" in words_of(panel)
    assert not panel._before.isVisibleTo(panel)
    assert "Show 1 that was noted before" in words_of(panel)
    panel._fold.click()
    assert panel._before.isVisibleTo(panel)
    assert not unnamed(panel)


def test_of_somebody_masked_nothing_is_told(desk: Desk, man: Person) -> None:
    assistance.note(desk, PERSON, man.id, [Said("food", "open", "hides with his cousin")])
    shield.put_up(desk, man.id, "Agents of his State asked for him")
    screen = person_screen.Screen(as_caseworker(desk)).open(man.id)
    told = words_of(screen.view.needs.basic)
    assert "shown to supervisors and whoever holds the case" in told
    assert "cousin" not in told
    assert "Food" not in told


def test_at_large_text_the_forms_fit_their_window(screen: Screen) -> None:
    look().set_text_size(200)
    screen.view.split.open_side()  # the record is folded away
    try:
        form = open_distribution(screen)
        assert form.width() <= screen.view.window().width()
        form.reject()
        press(Qt.Key.Key_S, CTRL_SHIFT)
        assert form_of(screen).width() <= screen.view.window().width()
        form_of(screen).reject()
    finally:
        look().set_text_size(100)
