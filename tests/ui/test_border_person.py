"""A person at the border, by day: noted, for a household together, taken away; the newest day is the status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from tests.ui.person_screen import Screen, as_caseworker, family, words_of
from tracing_helpers import press, rich, unnamed, window_of

from panoh.domain.border import BorderPoint
from panoh.domain.person import Person
from panoh.services import border, people
from panoh.services.desk import Desk
from panoh.ui.person.view import IDENTITY
from panoh.ui.widgets.buttons import LinkButton


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


@pytest.fixture
def screen(desk: Desk, man: Person) -> Iterator[Screen]:
    border.keep_point(desk, BorderPoint(id="", name="Dostuk <b>bridge</b>"))
    made = Screen(desk)
    with window_of(made.view):
        made.open(man.id)
        made.view.show_tab(IDENTITY)
        yield made


def add(screen: Screen, **values: str) -> None:
    """Fill the small form as a person does, and do it."""
    button = next(b for b in screen.view.identity.border.findChildren(QPushButton) if "Add what" in b.text())
    button.setFocus()
    press(Qt.Key.Key_Return)
    form = screen.presenter.actions.dialog
    assert form is not None
    for key, value in values.items():
        form.set_value(key, value)
    form.act.click()


def problems(screen: Screen) -> dict[str, str]:
    form = screen.presenter.actions.dialog
    assert form is not None
    return {key: row.error for key, row in form.form.rows.items() if row.error}


def status(screen: Screen, person_id: str) -> tuple[str, date | None]:
    now = people.person(screen.desk, person_id).person
    return now.border_status, now.border_status_on


def test_nothing_is_recorded_yet(screen: Screen) -> None:
    assert "Nothing is recorded about the border." in words_of(screen.view.identity.border)


def test_a_day_is_added_and_is_the_status(screen: Screen, man: Person) -> None:
    add(screen, status="", happened_on="15.6.2010")
    assert list(problems(screen)) == ["status", "happened_on"]  # nothing chosen, and a day to come
    point = screen.presenter._opened.offers.border_points[0][0]  # type: ignore[union-attr]
    form = screen.presenter.actions.dialog
    assert form is not None
    for key, value in (("status", "turned_back"), ("happened_on", "13.6.2010"), ("point", point), ("source", "paper")):
        form.set_value(key, value)
    form.act.click()
    assert status(screen, man.id) == ("turned_back", date(2010, 6, 13))
    words = words_of(screen.view.identity.border)
    for part in ("13 Jun 2010", "Turned back", "Dostuk <b>bridge</b>", "A paper"):
        assert part in words
    assert screen.read(IDENTITY, "border_status") == "turned_back"
    assert {"BorderEvent", "Person"} <= screen.changes[-1]


def test_an_older_day_told_later_stands_below(screen: Screen, man: Person) -> None:
    add(screen, status="admitted", happened_on="14.6.2010")
    add(screen, status="waiting", happened_on="12.6.2010")
    assert status(screen, man.id) == ("admitted", date(2010, 6, 14))
    words = words_of(screen.view.identity.border)
    assert words.index("Let in") < words.index("Waiting to cross")


def test_the_whole_household_that_is_here(screen: Screen, man: Person) -> None:
    add(screen, status="turned_back", together="yes")
    found = {one.given_name: one.border_status for one in _household(screen, man)}
    assert found == {"Илҳом": "turned_back", "Гулнора": "turned_back", "Шерзод": ""}  # he is missing


def test_a_day_noted_by_mistake_is_taken_away_after_a_question(screen: Screen, man: Person) -> None:
    add(screen, status="waiting", happened_on="12.6.2010")
    add(screen, status="returned_forced", happened_on="14.6.2010")
    links = screen.view.identity.border.findChildren(LinkButton)
    links[0].click()
    assert status(screen, man.id)[0] == "returned_forced"  # it asks first
    form = screen.presenter.actions.dialog
    assert form is not None
    assert "Returned by force, 14 Jun 2010" in words_of(form)
    form.act.click()
    assert status(screen, man.id) == ("waiting", date(2010, 6, 12))


def test_what_is_typed_above_and_the_days_agree(screen: Screen, man: Person) -> None:
    screen.write(IDENTITY, "border_status", "waiting")
    screen.presenter.save(IDENTITY)
    assert status(screen, man.id) == ("waiting", date(2010, 6, 14))  # without a day it is of today
    screen.write(IDENTITY, "border_status", "admitted")
    screen.write(IDENTITY, "border_status_on", "11.6.2010")
    screen.presenter.save(IDENTITY)
    assert "Something newer is noted, of 14 Jun 2010" in screen.problems(IDENTITY)["border_status_on"]
    screen.write(IDENTITY, "border_status_on", "14.6.2010")
    screen.presenter.save(IDENTITY)
    events = border.events_of(screen.desk, man.id)
    assert [(event.status, event.happened_on) for event in events] == [
        ("admitted", date(2010, 6, 14)), ("waiting", date(2010, 6, 14)),
    ]  # fmt: skip
    assert status(screen, man.id) == ("admitted", date(2010, 6, 14))


def test_whoever_may_not_see_restricted_facts_notes_the_border_too(desk: Desk, man: Person) -> None:
    screen = Screen(as_caseworker(desk))
    with window_of(screen.view):
        screen.open(man.id)
        screen.view.show_tab(IDENTITY)
        add(screen, status="waiting")
        assert status(screen, man.id) == ("waiting", date(2010, 6, 14))


def test_everything_has_a_name_and_nothing_is_markup(screen: Screen) -> None:
    add(screen, status="waiting")
    assert unnamed(screen.view.identity.border) == []
    assert rich(screen.view.identity.border) == []


def _household(screen: Screen, man: Person) -> list[Person]:
    with screen.desk.reading() as reading:
        return [one for one in reading.all(Person) if one.household_id == man.household_id]
