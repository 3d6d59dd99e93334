"""From a leak on a paper to the very field where the words were typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from person_screen import Screen, family
from PySide6.QtWidgets import QApplication
from tracing_helpers import window_of

from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseAction, CaseOption
from panoh.domain.person import Person
from panoh.services import summaries
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.ui.person.view import CASE


@pytest.fixture
def man(desk: Desk) -> Person:
    """Someone whose case was written in another order than that of its days and letters."""
    person, today = family(desk), desk.clock.today()
    case = Case(id=new_id(), person_id=person.id, owner_id=desk.user.id, wish="not UNHCR")
    keep(
        desk,
        case,
        CaseOption(id=new_id(), case_id=case.id, letter="B", what="Tell UNHCR"),
        CaseOption(id=new_id(), case_id=case.id, letter="A", what="Stay", consequence="Told to UNHCR"),
        CaseAction(id=new_id(), case_id=case.id, done_on=today, what="Asked UNHCR"),
        CaseAction(
            id=new_id(), case_id=case.id, done_on=today - timedelta(days=2), what="Asked a host", result="UNHCR knows"
        ),
    )
    return person


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    made = Screen(desk)
    with window_of(made.view):
        yield made


def test_the_keys_go_to_the_words_that_the_leak_names(desk: Desk, screen: Screen, man: Person) -> None:
    (leak,) = summaries.preview(desk, man.id, summaries.Wanted()).leaks
    assert leak.where() == "wish; option A, what follows; option B; step 1, what came of it; step 2"
    fields = {"done": "actions"}
    for place in leak.places:
        name = fields.get(place.field, place.field)
        key = f"{name}.{place.at}.{place.part}" if place.part else name
        screen.presenter.go_to_case_field(key)
        screen.open(man.id)
        assert screen.view.tab == CASE
        focus = QApplication.focusWidget()
        text = focus.toPlainText() if hasattr(focus, "toPlainText") else focus.text()  # type: ignore[union-attr]
        assert "UNHCR" in text, key
    screen.open(man.id)
    assert QApplication.focusWidget() is screen.view.tabs
