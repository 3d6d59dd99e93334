"""People who are perhaps registered twice: answered, joined, taken apart again, in the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ui.person_screen import Steps

from panoh.domain.person import Person
from panoh.services import duplicates, people, search
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.ui.people.alike.model import AlikeWords, joined_model, pairs_model
from panoh.ui.people.alike.presenter import AlikePresenter
from panoh.ui.people.alike.view import JOINED, TO_ANSWER, WAITING, AlikeView
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner


class Screen:
    def __init__(self, desk: Desk) -> None:
        self.desk, self.privacy, self.steps, runner = desk, Privacy(), Steps(), InlineRunner()
        words = AlikeWords(desk.vocabularies, self.privacy, desk.clock.today)
        self.view = AlikeView(pairs_model(runner, words), joined_model(runner, words))
        self.presenter = AlikePresenter(
            self.view, desk, runner, self.steps, words, lambda progress: duplicates.sweep(desk, progress)
        )
        self.presenter.opened()

    def choose(self, row: int = 0) -> None:
        table = self.view.joined_table if self.view.shown == JOINED else self.view.table
        table.selectRow(row)

    def show(self, which: str) -> None:
        self.view.which.set_value(which)
        self.view.shown_changed.emit(which)


@pytest.fixture
def twice(desk: Desk) -> tuple[Person, Person]:
    """A woman who was registered again in the other script, with a phone and another age."""
    first = FamilyRow(name="Каримова Зулфия Рустамовна", sex="F", birth="12.3.1976", relation="head")
    again = FamilyRow(name="Karimova Zulfiya Rustamovna", sex="F", birth="12.3.1976", relation="head")
    save_family(desk, FamilyForm(rows=(FamilyRow(name="Токтогулов Мирлан", sex="M", birth="44", relation="head"),)))
    one = save_family(desk, FamilyForm(rows=(first,), address_before="Ўш")).people[0]
    other = save_family(desk, FamilyForm(rows=(again,), address_before="Ўш")).people[0]
    keep(desk, replace(other, occupation="nurse"))
    return one, other


@pytest.fixture
def screen(desk: Desk, twice: tuple[Person, Person]) -> Screen:
    made = Screen(desk)
    assert made.view.pairs.rowCount() == 0
    made.view.look.click()
    assert made.view.pairs.rowCount() == 1
    made.choose()
    return made


def test_two_people_stand_side_by_side(screen: Screen, twice: tuple[Person, Person]) -> None:
    pair = screen.view.table.current()
    assert [pair.a.id, pair.b.id] == [one.id for one in twice]
    facts = screen.presenter._words.facts(pair)
    assert facts[0].one == "Каримова Зулфия Рустамовна"
    assert facts[0].other == "Karimova Zulfiya Rustamovna"
    assert any(fact.mark and fact.points for fact in facts)
    screen.privacy.set_hidden(True)
    assert "Зулфия" not in "".join(fact.spoken for fact in screen.presenter._words.facts(pair))


@pytest.mark.parametrize(("answer", "listed"), [("relatives", 0), ("different", 0), ("later", 1)])
def test_an_answer_is_kept_with_its_reason_and_the_pair_leaves_the_list(
    screen: Screen, twice: tuple[Person, Person], answer: str, listed: int
) -> None:
    screen.view.reason.setText("she said so")
    screen.view.buttons[answer].click()
    assert screen.view.pairs.rowCount() == 0
    kept = duplicates.answered(screen.desk, answer)
    assert [one.reason for one in kept] == ["she said so"]
    screen.view.look.click()
    assert screen.view.pairs.rowCount() == 0
    screen.show(WAITING)
    assert screen.view.pairs.rowCount() == listed


def test_joining_asks_what_is_right_and_can_be_undone(screen: Screen, twice: tuple[Person, Person]) -> None:
    one, other = twice
    screen.view.buttons["same"].click()
    form = screen.presenter.form
    assert form is not None
    form.act.click()
    assert screen.view.note.words() == ""
    assert [found.line.id for found in search.people(screen.desk, other.number)] == [one.id]
    assert people.person(screen.desk, one.id).person.occupation == "nurse"
    assert screen.view.pairs.rowCount() == 0
    screen.show(JOINED)
    assert screen.view.joined.rowCount() == 1
    screen.choose()
    screen.presenter._take_apart()
    assert [found.line.id for found in search.people(screen.desk, other.number)] == [other.id]
    assert people.person(screen.desk, one.id).person.occupation == ""
    assert screen.view.joined.rowCount() == 0
    screen.show(TO_ANSWER)
    screen.view.look.click()
    screen.show(WAITING)
    assert screen.view.pairs.rowCount() == 1


def test_a_value_of_the_record_put_aside_is_taken_where_it_is_right(desk: Desk) -> None:
    rows = [
        FamilyRow(name=name, sex="F", birth="12.3.1976", relation="head")
        for name in ("Каримова Зулфия Рустамовна", "Каримова Зульфия Рустамовна")
    ]
    one, other = (save_family(desk, FamilyForm(rows=(row,))).people[0] for row in rows)
    screen = Screen(desk)
    screen.view.look.click()
    screen.choose()
    screen.view.buttons["same"].click()
    form = screen.presenter.form
    assert form is not None
    at = next(at for at, (_kind, each) in enumerate(form._found) if each.names == ("given_name",))
    form.set_value(str(at), "gone")
    form.act.click()
    view = people.person(desk, one.id)
    assert view.person.given_name == "Зульфия"
    assert "Зулфия" in "".join(name.text for name in view.names)
    assert other.id != one.id


def test_records_open_from_the_list(screen: Screen, twice: tuple[Person, Person]) -> None:
    screen.view.record_asked.emit(1)
    assert screen.steps.went == [("person", twice[1].id)]
