"""The full form: four kinds of unknown in every field that may have one, and progress told in each section."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.person_screen import Screen, family, words_of

from panoh.domain.person import Person, Unanswered
from panoh.services import registration
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow
from panoh.ui.person import identity_form
from panoh.ui.person.view import IDENTITY
from panoh.ui.widgets.control_values import read, unknown_in, write
from panoh.ui.widgets.date import PartialDateEdit
from panoh.ui.widgets.unknown import UNKNOWNS


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


def _press_f8(control: QWidget) -> None:
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(control.line if isinstance(control, PartialDateEdit) else control, key)


@pytest.mark.parametrize("field", identity_form.MAY_BE_UNKNOWN)
def test_f8_goes_round_the_four_unknowns_and_each_is_kept(desk: Desk, man: Person, field: str) -> None:
    screen = Screen(desk).open(man.id)
    control = screen.view.identity.form.rows[field].control
    write(control, "")
    seen = []
    for _press in range(5):
        _press_f8(control)
        seen.append(unknown_in(read(control)))
    assert seen == [*UNKNOWNS, ""]
    for _press in range(3):
        _press_f8(control)
    screen.presenter.save(IDENTITY)
    with desk.reading() as reading:
        kept = {entry.field: entry.answer for entry in reading.all(Unanswered) if entry.record_id == man.id}
    assert kept[field] == "refused"
    again = Screen(desk).open(man.id).view.identity.form.rows[field].control
    assert unknown_in(read(again)) == "refused"


def test_an_unknown_of_the_grid_stands_in_the_full_form_until_it_is_answered(desk: Desk) -> None:
    row = FamilyRow(name="", sex="F", unanswered=(("name", "refused"), ("birth", "does_not_know")))
    (who,) = registration.save_family(desk, FamilyForm(rows=(row,))).people
    screen = Screen(desk).open(who.id)
    rows = screen.view.identity.form.rows
    assert unknown_in(read(rows["given_name"].control)) == "refused"
    assert unknown_in(read(rows["birth"].control)) == "does_not_know"
    assert "Still needed: Sex" not in words_of(screen.view.identity)
    write(rows["birth"].control, "1980")
    screen.presenter.save(IDENTITY)
    with desk.reading() as reading:
        assert [entry.field for entry in reading.all(Unanswered)] == ["given_name"]


def test_each_section_tells_how_much_of_it_is_recorded(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    before = words_of(screen.view.identity)
    assert "Still needed: Country of birth" in before
    write(screen.view.identity.form.rows["birth_country"].control, "KG")
    screen.presenter.save(IDENTITY)
    assert "Still needed: Country of birth" not in words_of(screen.view.identity)


def test_no_key_goes_into_a_record_that_is_not_read_yet(desk: Desk, man: Person) -> None:
    screen = Screen(desk)
    screen.presenter.show(man.id)
    assert not screen.view.identity.isEnabled()
    screen.presenter.opened()
    assert screen.view.identity.isEnabled()
