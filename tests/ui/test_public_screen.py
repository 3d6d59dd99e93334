"""Who is public, a tab of Tracing for supervisors: turned on with a reason, agreed to one by one, saved, taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.services.test_publishing import registered
from tests.ui.person_screen import words_of
from tests.ui.tracing_helpers import unnamed

from panoh.base.i18n import day
from panoh.base.ids import format_number
from panoh.domain.person import Person
from panoh.exchange.pfif_values import read_pfif
from panoh.services import publishing
from panoh.services.desk import Desk
from panoh.services.publishing import State
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.tracing.public.model import public_model
from panoh.ui.tracing.public.presenter import PublicPresenter
from panoh.ui.tracing.public.view import PublicView


class Listed:
    def __init__(self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.privacy, self.out = desk, Privacy(), tmp_path / "out.xml"
        self.chosen = str(self.out)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (self.chosen, ""))
        self.view = PublicView(public_model(InlineRunner()))
        self.screen = PublicPresenter(self.view, desk, InlineRunner(), self.privacy)
        self.view.resize(1366, 768)
        self.view.show()
        self.screen.opened()

    def fill(self, **values: str) -> str:
        """Fill the form that is open and press its button; what it says then, '' once it is gone."""
        form = self.screen.form
        assert form is not None
        for key, value in values.items():
            form.set_value(key, value)
        form.act.click()
        return words_of(form) if form.isVisible() else ""

    def said(self) -> str:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as the loop of the program does
        return words_of(self.view)


@pytest.fixture
def listed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dressed: QApplication) -> Listed:
    return Listed(desk, tmp_path, monkeypatch)


@pytest.fixture
def person(desk: Desk) -> Person:
    return registered(desk, number=format_number("KX7", 5) or "")


def turn_on(listed: Listed) -> None:
    listed.view.turn.click()
    assert "example.org" in listed.fill(organisation="Invented Society", domain="nowhere", why="Families look abroad")
    assert listed.fill(domain="society.example.org") == ""


def make_public(listed: Listed, person: Person) -> None:
    listed.view.add.click()
    assert "number" in listed.fill(number="KX9-00009-9", expires_on="+30")
    assert listed.fill(number=person.number) == ""
    listed.view.table.selectRow(0)


def test_it_is_off_and_says_so(listed: Listed) -> None:
    assert "Turned off" in listed.said()
    assert not listed.view.add.isVisible()
    assert unnamed(listed.view) == []


def test_one_is_made_public_saved_and_taken_back(listed: Listed, person: Person) -> None:
    turn_on(listed)
    assert "Invented Society" in listed.said()
    make_public(listed, person)
    said = listed.said()
    for words in (
        "In the next file",
        "Каримова Лола",
        "30-34",
        "J, KG",
        day(listed.desk.clock.today() + timedelta(days=30)),
    ):
        assert words in said
    listed.privacy.set_hidden(True)
    assert "Каримова" not in listed.said()
    listed.chosen = ""
    listed.view.file.click()
    assert listed.fill(recipient="icrc", purpose="A list")
    listed.chosen = str(listed.out)
    assert listed.fill() == ""
    assert "1 record is public, 0 are called back" in listed.view.told.words()
    (public,) = read_pfif(listed.out, listed.desk.clock.now()).people
    assert public.full_name == "Каримова Лола"
    listed.view.table.selectRow(0)
    listed.view.back.click()
    assert [one.state for one in publishing.listed(listed.desk)] == [State.WITHDRAWN]
    assert "Taken back: call it back" in str(listed.view.model.data(listed.view.model.index(0, 1)))
    listed.view.turn.click()
    assert listed.fill(why="It is over") == ""
    assert "Turned off" in listed.said()
