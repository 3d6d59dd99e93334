from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from tests.ui.person_screen import Steps, family

from panoh.services.desk import Desk
from panoh.ui.navigator import Among
from panoh.ui.people.model import people_model
from panoh.ui.people.presenter import PeoplePresenter
from panoh.ui.people.view import PeopleView
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner


class People:
    def __init__(self, desk: Desk) -> None:
        self.privacy, self.steps = Privacy(), Opened()
        model = people_model(InlineRunner(), desk.vocabularies, self.privacy, desk.clock.today)
        self.view = PeopleView(model, self.privacy)
        self.presenter = PeoplePresenter(self.view, desk, InlineRunner(), self.steps)
        self.presenter.opened()

    def cell(self, row: int, key: str) -> str:
        model = self.view.model
        column = [known.key for known in model.columns].index(key)
        return str(model.data(model.index(row, column)))


class Opened(Steps):
    among: Among | None = None

    def open_person(self, person_id: str, among: Among | None = None) -> None:
        super().open_person(person_id)
        self.among = among


@pytest.fixture
def people(desk: Desk) -> People:
    family(desk)
    return People(desk)


def test_nobody_yet_offers_to_register_a_family(desk: Desk) -> None:
    people = People(desk)
    asked = []
    people.view.register_asked.connect(lambda: asked.append(1))
    assert people.view.list.currentIndex() == 1
    people.view.register_asked.emit()
    assert asked == [1]


def test_the_last_registered_stands_first(people: People) -> None:
    assert people.view.model.rowCount() == 3
    assert people.cell(0, "name") == "Сатторқуллиев Илҳом"
    assert people.cell(0, "who") == "Man, 37 to 38"
    assert people.cell(0, "owner") == "nobody"
    spoken = people.view.model.data(people.view.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Critical, KX7-")


def test_a_name_is_found_in_another_spelling(people: People) -> None:
    people.presenter.search("Satarkuliev Ilkhom")
    assert people.cell(0, "name") == "Сатторқуллиев Илҳом"
    people.view.table.opened.emit(people.view.model.row_at(0))
    assert people.steps.among is not None
    assert people.steps.among.id_at(people.steps.among.at) == people.steps.went[0][1]


def test_no_hit_says_what_was_searched(people: People) -> None:
    people.presenter.search("Zzyzx")
    assert people.view.list.currentIndex() == 1
    people.view.search.setText("Zzyzx")
    people.view.clear_search()
    people.presenter.search("")
    assert people.view.model.rowCount() == 3


def test_enter_opens_with_its_place_in_the_list(people: People) -> None:
    people.view.table.selectRow(1)
    people.view.table.opened.emit(people.view.table.current())
    among = people.steps.among
    assert among is not None
    assert (among.at, among.count, among.title) == (1, 3, "People")
    assert among.id_at(1) == people.steps.went[0][1]


def test_hidden_names_are_initials(people: People) -> None:
    people.privacy.set_hidden(True)
    assert people.cell(0, "name") == "С. И."
