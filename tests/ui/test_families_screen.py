"""The Families screen: households, the drawing with the same as a list, links and cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from tests.ui.person_screen import Steps

from panoh.domain.person import Person
from panoh.services import cards, families
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.ui.families.link_form import LinkForm, UnlinkForm
from panoh.ui.families.model import FamilyWords, families_model, family_model
from panoh.ui.families.presenter import FamiliesPresenter
from panoh.ui.families.view import FamiliesView
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner

ROWS = (
    FamilyRow(name="Йўлчиева Гулбаҳор", sex="F", birth="29", relation="head"),
    FamilyRow(name="Тўрабоев Равшан", sex="M", birth="33", relation="spouse", presence="stopped"),
    FamilyRow(name="Тўрабоев Азизбек", sex="M", birth="4", relation="child", presence="missing"),
    FamilyRow(name="Йўлчиева Саодат", sex="F", birth="63", relation="parent"),
)


class Families:
    def __init__(self, desk: Desk) -> None:
        self.desk, self.privacy, self.steps = desk, Privacy(), Steps()
        words = FamilyWords(desk.vocabularies, self.privacy, desk.clock.today)
        runner = InlineRunner()
        self.view = FamiliesView(
            families_model(runner, desk.vocabularies, self.privacy), family_model(runner, words, desk.clock.today)
        )
        self.presenter = FamiliesPresenter(self.view, desk, runner, self.steps, self.privacy, words)
        self.presenter.opened()

    def listed(self) -> list[str]:
        model = self.view.members
        return [
            ", ".join(str(model.data(model.index(row, column))) for column in range(4))
            for row in range(model.rowCount())
        ]


@pytest.fixture
def people(desk: Desk) -> list[Person]:
    return list(save_family(desk, FamilyForm(rows=ROWS)).people)


@pytest.fixture
def screen(desk: Desk, people: list[Person]) -> Families:
    return Families(desk)


def test_without_a_family_it_says_what_will_be_here(desk: Desk) -> None:
    assert Families(desk).view.households_or_empty.currentIndex() == 1


def test_the_first_household_shows_with_its_family(screen: Families, people: list[Person]) -> None:
    assert screen.listed() == [
        "Йўлчиева Саодат, mother, about 63, Here",
        "Тўрабоев Равшан, husband, about 33, Stopped at the border, 14 Jun",
        "Йўлчиева Гулбаҳор, this person, about 29, Here",
        "Тўрабоев Азизбек, son, about 4, Missing, 14 Jun",
    ]
    assert "4 people, 1 missing" in screen.view.diagram.accessibleName()
    mother = screen.view.diagram.rect_of(people[0].id)
    assert mother.top() == screen.view.diagram.rect_of(people[1].id).top()
    assert screen.view.diagram.rect_of(people[2].id).top() > mother.top()


def test_arrow_keys_move_among_people_and_the_list_follows(
    screen: Families, people: list[Person], press: Callable[..., None]
) -> None:
    diagram = screen.view.diagram
    assert diagram.current == people[0].id
    press(Qt.Key.Key_Left, on=diagram)
    assert diagram.current == people[1].id
    assert screen.view.list.current()[1].line.id == people[1].id
    press(Qt.Key.Key_Right, on=diagram)
    press(Qt.Key.Key_Up, on=diagram)
    assert diagram.current == people[3].id
    press(Qt.Key.Key_Return, on=diagram)
    assert screen.steps.went == [("person", people[3].id)]


def test_a_family_is_found_by_any_member_in_any_spelling(screen: Families) -> None:
    screen.view.search_asked.emit("Turaboyev Azizbek")
    assert screen.view.households.rowCount() == 1
    screen.view.search_asked.emit("Zzyzx")
    assert screen.view.households_or_empty.currentIndex() == 1


def test_a_link_is_made_and_taken_away(screen: Families, people: list[Person], desk: Desk) -> None:
    brother = save_family(desk, FamilyForm(rows=(FamilyRow(name="Йўлчиев Баҳром", sex="M", birth="40"),))).people[0]
    screen.view.link_asked.emit()
    form = screen.presenter._form
    assert isinstance(form, LinkForm)
    form.act.click()
    assert "Choose" in form.form.rows["kind"].error
    form.set_value("kind", "sibling")
    form.form.rows["other"].control.person_id = brother.id  # type: ignore[attr-defined]
    form.act.click()
    assert any("Йўлчиев Баҳром, brother" in line for line in screen.listed())
    screen.view.unlink_asked.emit()
    form = screen.presenter._form
    assert isinstance(form, UnlinkForm)
    form.act.click()
    assert len(screen.listed()) == 4


def test_what_cannot_be_is_told_before_the_link_is_made_and_is_not_in_its_way(
    screen: Families, people: list[Person], desk: Desk
) -> None:
    screen.view.link_asked.emit()
    form = screen.presenter._form
    assert isinstance(form, LinkForm)
    form.set_value("kind", "sibling")
    form.form.rows["other"].control.person_id = people[2].id  # type: ignore[attr-defined]
    form.set_value("kind", "partner")
    form.act.click()
    assert "One of the two partners is a child" in form.note.words()
    assert not form.done_with
    form.set_value("way", "second")
    form.act.click()  # another link, so it is told again
    assert not form.done_with
    form.act.click()
    assert form.done_with
    kinds = {link.kind for link in families.family_of(desk, people[0].id).links if link.id}
    assert kinds == {"partner"}


def test_what_cannot_be_is_told_above_the_drawing(screen: Families, people: list[Person], desk: Desk) -> None:
    from panoh.domain.family import KinLink

    families.link(desk, KinLink(id="", from_person_id=people[0].id, to_person_id=people[2].id, kind="partner"))
    screen.presenter.refresh(frozenset({"KinLink"}))
    assert "Азизбек" in screen.view.doubts.words()
    assert "child" in screen.view.doubts.words()


def test_hidden_names_are_hidden_in_the_drawing_too(screen: Families) -> None:
    screen.privacy.set_hidden(True)
    assert "Азизбек" not in " ".join(screen.listed())
    assert "Гулбаҳор" not in screen.view.diagram.accessibleName()


def test_a_card_is_issued_when_a_place_for_it_was_chosen(
    screen: Families, people: list[Person], desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    screen.view.card_asked.emit()
    assert cards.card_of(desk, people[0].id) is None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "card"), ""))
    screen.view.card_asked.emit()
    card = cards.card_of(desk, people[0].id)
    assert card is not None
    text = pypdfium2.PdfDocument(tmp_path / "card.pdf")[0].get_textpage().get_text_range()
    assert card.card_no in text
    assert "Гулбаҳор" not in text
