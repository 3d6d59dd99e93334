from __future__ import annotations

from collections.abc import Iterator

import pytest
from person_screen import Screen
from tracing_helpers import said

from panoh.domain.person import Person
from panoh.services import cases, seal
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.ui.person.sealed import KindForm, ReasonForm, RemoveForm, WordsForm
from panoh.ui.person.view import FILES, SEALED

HIDDEN = "Behind the mill <b>ask</b> for Zuhra"


@pytest.fixture
def mother(desk: Desk) -> Person:
    return save_family(desk, FamilyForm(rows=(FamilyRow(name="Намунаева Лола", sex="F", birth="30"),))).people[0]


@pytest.fixture
def screen(desk: Desk, mother: Person) -> Iterator[Screen]:
    made = Screen(desk).open(mother.id)
    made.view.resize(1230, 700)
    made.view.show()
    made.view.show_tab(SEALED)
    yield made
    made.view.close()


def submit(screen: Screen, form: type, **values: str) -> None:
    """Fill the small form that stands open, and do what its main button does."""
    dialog = screen.presenter.sealed.dialog
    assert isinstance(dialog, form)
    for name, value in values.items():
        dialog.set_value(name, value)
    dialog.act.click()


def sealed(screen: Screen) -> None:
    screen.view.sealed.seal.click()
    submit(screen, KindForm, kind="safe_contact")
    submit(screen, WordsForm, text=HIDDEN, never="The uncle")


def test_something_is_sealed_read_for_a_reason_and_forgotten(screen: Screen, desk: Desk) -> None:
    tab = screen.view.sealed
    assert "Nothing is sealed about this person" in said(tab)
    sealed(screen)
    assert tab.model.rowCount() == 1
    tab.table.selectRow(0)
    assert HIDDEN not in said(tab)
    tab.read.click()
    submit(screen, ReasonForm, reason=" ")
    dialog = screen.presenter.sealed.dialog
    assert dialog is not None
    assert "needs a reason" in dialog.form.rows["reason"].error
    submit(screen, ReasonForm, reason="Medicine has to reach her")
    assert HIDDEN in said(tab)
    assert "The uncle" in said(tab)
    screen.view.show_tab(FILES)
    screen.view.show_tab(SEALED)
    assert HIDDEN not in said(tab)


def test_what_was_opened_goes_by_itself(screen: Screen) -> None:
    sealed(screen)
    tab = screen.view.sealed
    tab.table.selectRow(0)
    tab.read.click()
    submit(screen, ReasonForm, reason="Medicine has to reach her")
    assert HIDDEN in said(tab)
    assert screen.presenter.sealed._shown.isActive()
    screen.presenter.sealed._shown.timeout.emit()
    assert HIDDEN not in said(tab)


def test_it_is_changed_and_taken_away(screen: Screen, desk: Desk, mother: Person) -> None:
    sealed(screen)
    tab = screen.view.sealed
    tab.table.selectRow(0)
    tab.change.click()
    submit(screen, ReasonForm, reason="She moved yesterday")
    dialog = screen.presenter.sealed.dialog
    assert isinstance(dialog, WordsForm)
    assert dialog.values()["text"] == HIDDEN
    submit(screen, WordsForm, text="")
    submit(screen, WordsForm, text="", never="")
    assert "nothing to seal" in dialog.note.words()
    submit(screen, WordsForm, text="At the school")
    line = seal.lines(desk, mother.id)[0]
    assert seal.open_sealed(desk, line.id, "To see")["text"] == "At the school"
    tab.table.selectRow(0)
    tab.remove.click()
    submit(screen, RemoveForm)
    assert seal.lines(desk, mother.id) == []


def test_nothing_of_it_stands_in_a_draft_or_a_history(screen: Screen, desk: Desk) -> None:
    screen.view.sealed.seal.click()
    submit(screen, KindForm, kind="note")
    dialog = screen.presenter.sealed.dialog
    assert isinstance(dialog, WordsForm)
    dialog.set_value("text", HIDDEN)
    screen.presenter.keep_drafts()
    dialog.act.click()
    with desk.reading() as reading:
        for table in ("draft", "journal_value", "sealed"):
            for row in reading.connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert "mill" not in repr(tuple(row))


def test_who_may_not_read_sees_the_same_whether_there_is_something_or_not(desk: Desk, mother: Person) -> None:
    from panoh.base.ids import new_id
    from panoh.domain.cases import User

    other = User(id=new_id(), name="nurlan", role="caseworker")
    with desk.writing() as unit:
        unit.add(other)
    told = []
    for _time in range(2):
        screen = Screen(desk.of(other)).open(mother.id)
        screen.view.show()
        screen.view.show_tab(SEALED)
        told.append(said(screen.view.sealed))
        assert not screen.view.sealed.list.isVisible()
        assert screen.view.sealed.seal.isVisible()
        sealed(screen)
        assert "It is sealed." in said(screen.view.sealed)
        assert HIDDEN not in said(screen.view.sealed)
        screen.view.close()
        seal.seal(desk, mother.id, "note", {"text": HIDDEN})
    assert told[0] == told[1]
    cases.assign(desk, mother.id, other.id)
    screen = Screen(desk.of(other)).open(mother.id)
    screen.view.show()
    screen.view.show_tab(SEALED)
    assert screen.view.sealed.list.isVisible()
    screen.view.close()
