"""Register a person: one screen, eight fields, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from registration_helpers import Memory, duplicate

from panoh.base.clock import FixedClock
from panoh.services.desk import Changes, Desk
from panoh.services.registration import FamilyForm, FamilyRow
from panoh.ui.privacy import Privacy
from panoh.ui.registration.candidates import Answer
from panoh.ui.registration.person_form import RegisterPersonView
from panoh.ui.registration.person_presenter import RegisterPerson
from panoh.ui.registration.presenter import Wishes
from panoh.ui.tasks import InlineRunner


class Page:
    def __init__(self, memory: Memory, clock: FixedClock, desk: Desk) -> None:
        self.opened: list[str] = []
        self.changes: list[Changes] = []
        self.view = RegisterPersonView(desk.vocabularies)
        wishes = Wishes(self.opened.append, self.changes.append, lambda _words: None)
        self.presenter = RegisterPerson(
            self.view, memory.services(), InlineRunner(), clock, desk.vocabularies, Privacy(), wishes
        )
        self.view.resize(1200, 700)
        self.view.show()
        self.presenter.opened()

    def type(self, **fields: str) -> None:
        for key, text in fields.items():
            control = self.view.form.rows[key].control
            line = control.lineEdit() if hasattr(control, "lineEdit") else control
            line.setText(text)
            line.textEdited.emit(text)


@pytest.fixture
def memory(clock: FixedClock) -> Memory:
    return Memory(clock)


@pytest.fixture
def page(memory: Memory, clock: FixedClock, desk: Desk) -> Iterator[Page]:
    made = Page(memory, clock, desk)
    yield made
    made.view.close()


def test_it_has_eight_fields_and_begins_with_the_name(page: Page) -> None:
    assert len(page.view.form.rows) == 8
    QApplication.processEvents()
    assert page.view.form.rows["name"].control.accessibleName() == "Name, as said"


def test_a_person_is_saved_as_a_household_of_one_and_the_next_begins(page: Page, memory: Memory) -> None:
    page.type(name="Эргашева Дилноза", sex="ж", birth="about 34", needs="pregnant")
    page.view._save(False)
    row = memory.saved[0].rows[0]
    assert (row.name, row.sex, row.birth) == ("Эргашева Дилноза", "F", "about 34")
    assert row.needs
    assert page.view.family_form().rows[0].name == ""
    assert page.changes
    assert page.opened == []


def test_what_cannot_be_kept_is_told_at_its_field_and_stays(page: Page, memory: Memory) -> None:
    from panoh.base.errors import FieldProblem

    memory.refusal = [FieldProblem("rows.0.birth", "This is no date.")]
    page.type(name="Али", needs="TR-PI")
    page.view._save(False)
    assert memory.saved == []
    assert page.view.form.rows["birth"].error == "This is no date."
    assert "no need" in page.view.form.rows["needs"].error
    assert page.view.family_form().rows[0].name == "Али"


def test_relatives_are_remembered_and_the_same_person_opens(page: Page, memory: Memory) -> None:
    memory.found["Эргашева Малика"] = [
        duplicate("p7", "Ergasheva", "Malika", 84),
        duplicate("p8", "Ergash", "Malika", 61),
    ]
    page.type(name="Эргашева Малика")
    page.presenter._search()
    first, second = page.view.panel.cards
    page.view.panel.answered.emit(Answer.RELATIVES, second.candidate)
    assert [card.candidate.found.line.id for card in page.view.panel.cards] == [first.candidate.found.line.id]
    page.view._save(False)
    assert [(one.person_id, one.state) for one in memory.saved[0].alike] == [
        (second.candidate.found.line.id, "relatives")
    ]
    page.type(name="Эргашева Малика")
    page.presenter._search()
    page.view.panel.answered.emit(Answer.SAME, page.view.panel.cards[0].candidate)
    assert page.opened == [first.candidate.found.line.id]
    assert page.view.family_form().rows[0].name == ""


def test_a_draft_is_kept_offered_and_taken_up_again(page: Page, memory: Memory, clock: FixedClock, desk: Desk) -> None:
    page.type(name="Половина имени", phone="555")
    page.presenter.keep_draft()
    assert len(memory.drafts) == 1
    other = Page(memory, clock, desk)
    assert "Половина имени" in other.view.offer.words()
    other.view.offer._act()
    assert other.view.family_form().rows[0].name == "Половина имени"
    assert other.view.family_form().phone == "555"
    other.view.close()


def test_a_save_is_taken_back(page: Page, memory: Memory) -> None:
    page.type(name="Али")
    page.view._save(False)
    page.view.note._act()
    assert memory.saved == []
    assert page.view.family_form().rows[0].name == "Али"


def test_the_form_of_a_draft_fills_every_field(page: Page) -> None:
    form = FamilyForm(
        address_before="Ўш", phone="1", language="uz", rows=(FamilyRow(name="А", sex="F", birth="3", needs=("DS-PM",)),)
    )
    page.view.show_form(form)
    assert page.view.family_form().rows == form.rows
    assert page.view.family_form().address_before == "Ўш"
