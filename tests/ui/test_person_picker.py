"""The box in which one finds a person: by number with and without its check character, and when nobody is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from tracing_helpers import picker, press, register, rich, said, type_in, unnamed, window_of

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.household import Household
from panoh.domain.person import Person
from panoh.services import people, search
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.ui.person_picker import PersonPicker
from panoh.ui.theme import look


@pytest.fixture
def lola(desk: Desk) -> Person:
    return register(desk, "Лола", "Каримова", sex="F")


@pytest.fixture
def box(desk: Desk, lola: Person) -> Iterator[PersonPicker]:
    made = picker(desk)
    made.set_label("Who asks")
    with window_of(made, 620, 400):
        made.line.setFocus()
        yield made


def test_a_number_without_its_check_character_finds_its_person(box: PersonPicker, lola: Person) -> None:
    type_in(lola.number.rpartition("-")[0].lower().replace("0", "o") + "\n")
    assert box.person_id == lola.id


def test_its_icon_is_its_own_and_takes_on_every_look(box: PersonPicker) -> None:
    (shown,) = box.line.actions()
    assert shown.parent() is box
    look().changed.emit()
    assert not shown.icon().isNull()


def test_a_wrong_check_character_finds_nobody(box: PersonPicker, desk: Desk, lola: Person) -> None:
    wrong = lola.number[:-1] + ("2" if lola.number[-1] != "2" else "3")
    assert search.people(desk, wrong) == []
    type_in(wrong + "\n")
    assert box.person_id == ""
    assert f"Nobody found for “{wrong}”" in said(box)


def test_a_household_s_number_finds_its_members(desk: Desk, lola: Person) -> None:
    with desk.writing() as unit:
        number = unit.next_numbers()[0]
    home = Household(id=new_id(), number=number)
    keep(desk, home)
    for name in ("Анвар", "Дилноза"):
        register(desk, name, "Каримов", household_id=home.id)
    for typed in (number, number.rpartition("-")[0]):
        assert len(search.people(desk, typed)) == 2
    with pytest.raises(AppError, match="no person or case"):
        people.by_number(desk, number)
    with pytest.raises(AppError, match="no person or case"):
        people.by_number(desk, lola.number.rpartition("-")[0])  # a paper is made for a number that was checked


def test_nobody_found_says_so_in_the_list_and_what_to_do(box: PersonPicker) -> None:
    type_in("Zzyzx")
    box.search_now()
    words = said(box)
    assert "Nobody found for “Zzyzx”" in words
    assert "try one part of the name, or the number" in words
    assert not box.results.isVisible()
    press(Qt.Key.Key_Down)
    assert box.line.hasFocus()
    box.line.selectAll()
    type_in("лола")
    box.search_now()
    assert box.results.isVisible()
    assert "Nobody" not in said(box)


def test_what_was_typed_is_no_markup_and_all_has_names(box: PersonPicker) -> None:
    type_in("<b>zz</b>")
    box.search_now()
    assert "“<b>zz</b>”" in said(box)
    assert rich(box) == []
    assert unnamed(box) == []


def test_a_search_that_fails_is_told_in_the_same_place(box: PersonPicker, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise AppError("disk.full")

    monkeypatch.setattr(search, "people", fail)
    type_in("лола")
    box.search_now()
    assert AppError("disk.full").sentence() in said(box)


@pytest.mark.parametrize("percent", [100, 200])
def test_the_words_stand_whole_at_any_text_size(box: PersonPicker, percent: int) -> None:
    look().set_text_size(percent)
    type_in("Zzyzx")
    box.search_now()
    said(box)
    for label in (box._title, box._further):
        assert label.height() >= label.heightForWidth(label.width())
