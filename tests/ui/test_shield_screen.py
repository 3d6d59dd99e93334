"""The shield in the window: shown before it is done, put up, seen by who may, and taken down by two."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from person_screen import Screen, as_caseworker, words_of
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from panoh.domain.cases import User
from panoh.domain.person import Person
from panoh.services import shield
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.ui.person.view import SEALED
from panoh.ui.shield_forms import ShieldForm, ShieldOffForm
from panoh.ui.widgets.labels import SpanLabel


@pytest.fixture
def mother(desk: Desk) -> Person:
    form = FamilyForm(phone="+996 555 11 22 33", rows=(FamilyRow(name="Намунаева Лола", sex="F", birth="30"),))
    return save_family(desk, form).people[0]


@pytest.fixture
def screen(desk: Desk, mother: Person) -> Iterator[Screen]:
    made = Screen(desk).open(mother.id)
    made.view.resize(1230, 700)
    made.view.show()
    made.view.show_tab(SEALED)
    yield made
    made.view.close()


def _put_up(screen: Screen, why: str) -> ShieldForm:
    screen.view.sealed.shield.up.click()
    form = screen.presenter.shield.dialog
    assert isinstance(form, ShieldForm)
    form.set_value("why", why)
    form.act.click()
    return form


def test_it_is_shown_before_it_is_done_and_asks_why(screen: Screen, desk: Desk, mother: Person) -> None:
    form = _put_up(screen, "")
    assert "1 place or phone number moves to Sealed" in words_of(form)
    assert "a few words" in words_of(form)
    assert shield.of_person(desk, mother.id) is None
    form.set_value("why", "<b>sought</b> at home")
    form.act.click()
    assert shield.of_person(desk, mother.id) is not None
    panel = screen.view.sealed.shield
    assert "<b>sought</b> at home" in words_of(panel)
    assert "A shield is up since" in words_of(panel)
    assert not panel.up.isVisibleTo(panel)
    assert "Shield is up" in _visible(screen.view.header)
    assert screen.view.sealed.model.rowCount() == 1, "the phone stands under Sealed"


def test_who_may_not_see_it_meets_a_number(screen: Screen, desk: Desk, mother: Person) -> None:
    _put_up(screen, "sought at home")
    other = Screen(as_caseworker(desk)).open(mother.id)
    other.view.show()
    other.view.show_tab(SEALED)
    shown = _visible(other.view)
    for word in ("Намунаева", "Лола", "555", "Shield", "sought"):
        assert word not in shown, word
    assert mother.number in shown
    assert "Supervisors and whoever holds the case see who this is" in shown
    assert not other.view.identity.isEnabled()
    other.view.close()


def test_taking_it_down_takes_two_in_the_window(screen: Screen, desk: Desk, mother: Person) -> None:
    _put_up(screen, "sought at home")
    panel = screen.view.sealed.shield
    panel.off.click()
    form = screen.presenter.shield.dialog
    assert isinstance(form, ShieldOffForm)
    form.set_value("why", "settled abroad")
    form.act.click()
    assert "another person decides" in words_of(panel)
    assert not panel.agree.isVisibleTo(panel), "who asked does not agree"
    second = User(id="b" * 32, name="Gulnara", role="supervisor")
    keep(desk, second)
    hers = Screen(desk.of(second)).open(mother.id)
    hers.view.show()
    hers.view.show_tab(SEALED)
    hers.view.sealed.shield.agree.click()
    assert shield.of_person(desk, mother.id) is None
    hers.view.close()


def _visible(widget: QWidget) -> str:
    """The words that are to be seen."""
    found = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    found += [one.text() for one in widget.findChildren(QLineEdit) if one.isVisibleTo(widget)]
    found += [one.accessibleName() for one in widget.findChildren(SpanLabel) if one.isVisibleTo(widget)]
    return "\n".join(found)
