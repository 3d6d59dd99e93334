from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from registration_helpers import CTRL, Page

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.cases import Task
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person, Unanswered
from panoh.domain.tracing import TracingRequest
from panoh.services import drafts, records
from panoh.services.desk import Desk
from panoh.ui.registration.services import services_of

Key = Qt.Key
FAMILY_OF_FIVE = (  # the words that are said, then the keys that go on
    ("Эргашева Дилноза", "\t", "ж34", "\t\t", "nurs", "\n"),
    ("Эргашев Муроджон", "\t", "м36", "\t", "hus", "\t\t", "stop", "\n"),
    ("Эргашева Малика", "\t", "ж12.3.1998", "\t", "dau", "\t\t\t \n"),
    ("Эргашев Жавоҳир", "\t", "мabout 6", "\t", "son", "\t", "burn", "\n"),
    ("Қўчқорова Зулфия", "\t", "ж1949", "\t", "mother-in", "\t"),
)


@pytest.fixture
def page(desk: Desk, clock: FixedClock) -> Iterator[Page]:
    records.keep(desk, Site(id=new_id(), name="School 7, Aravan road", kind="school"))
    made = Page(services_of(desk, lambda *_asked: []), clock)
    yield made
    made.close()


def test_a_family_of_five_by_keyboard_alone(page: Page, desk: Desk) -> None:
    page.keys.type("Ош, Навоий 14\tsch\t\tuz\t\tyes\tkg\tuz\twait\tuz\t")
    page.keys.pressed = 0
    page.keys.type("".join("".join(row) for row in FAMILY_OF_FIVE))
    page.keys.press(Key.Key_Return, CTRL)
    said = sum(len(part) for row in FAMILY_OF_FIVE for part in row if part.strip())
    assert page.keys.pressed - said == 24  # keys that say nothing: from cell to cell, a tick, the save
    with desk.reading() as reading:
        (household,) = reading.all(Household)
        people = sorted(reading.all(Person), key=lambda person: person.number)
        (request,) = reading.all(TracingRequest)
        (task,) = reading.all(Task)
        needs = reading.all(SpecificNeed)
    assert [person.full_name for person in people] == [
        "Эргашева Дилноза",
        "Эргашев Муроджон",
        "Эргашева Малика",
        "Эргашев Жавоҳир",
        "Қўчқорова Зулфия",
    ]
    assert [person.relation for person in people] == ["head", "spouse", "child", "child", "parent_in_law"]
    assert [person.sex for person in people] == ["F", "M", "F", "M", "F"]
    assert [person.presence for person in people] == ["here", "stopped", "here", "here", "here"]
    assert [person.birth_precision for person in people] == ["age", "age", "day", "age", "year"]
    assert (household.address_before, household.language, household.notice_read) == ("Ош, Навоий 14", "uz", "yes")
    assert {person.fled_from for person in people} == {"KG"}
    assert people[0].border_status == "waiting"
    assert {need.code for need in needs} == {"WR-LC", "PX-WO"}
    assert request.sought_person_id == people[1].id
    assert (task.person_id, task.private) == (people[2].id, True)
    assert f"household {household.number}, 5 people, 1 tracing request" in page.view.note.words()
    assert drafts.count(desk) == 0


def test_the_draft_stands_in_the_vault_and_a_new_window_offers_it(page: Page, desk: Desk, clock: FixedClock) -> None:
    page.members()
    page.keys.type("Эргашева Дилноза\tж34\t\nМалик")
    page.settle()
    kept = page.view.form()
    page.close()
    again = Page(services_of(desk, lambda *_asked: []), clock)
    assert "Эргашева Дилноза" in again.view.offer.words()
    assert again.view.offer.isVisible()
    again.view.offer._act()
    assert again.view.form() == kept
    again.keys.press(Key.Key_Return, CTRL)
    assert drafts.count(desk) == 0
    with desk.reading() as reading:
        assert len(reading.all(Person)) == 2
    again.close()


def test_unknowns_are_kept_as_answers(page: Page, desk: Desk) -> None:
    page.members()
    page.keys.type("Дилноза\tж")
    page.keys.press(Key.Key_F8)
    page.keys.press(Key.Key_F8)
    page.keys.press(Key.Key_Return, CTRL)
    with desk.reading() as reading:
        (answer,) = reading.all(Unanswered)
    assert (answer.field, answer.answer) == ("birth", "does_not_know")


def test_what_the_services_refuse_stands_at_its_cell(page: Page, desk: Desk) -> None:
    page.members()
    page.keys.type("\tж12\t")
    page.keys.press(Key.Key_Return, CTRL)
    assert "no name" in page.view.summary._links[0].text()
    with desk.reading() as reading:
        assert reading.all(Person) == []
    assert drafts.count(desk) == 1


def test_long_and_strange_text_is_told_or_kept_as_it_is(page: Page, desk: Desk) -> None:
    page.members()
    page.view.model.paste(0, page.view.grid.here()[1], "x" * 10_000)
    page.keys.press(Key.Key_Return, CTRL)
    assert "longer than" in page.view.summary._links[0].text()
    page.keys.press(Key.Key_M, Qt.KeyboardModifier.AltModifier)
    page.view.model.paste(0, page.view.grid.here()[1], '<img src="/etc/hostname">')
    page.keys.press(Key.Key_Return, CTRL)
    with desk.reading() as reading:
        (person,) = reading.all(Person)
    assert "<img" in person.full_name
