"""The lists of the People screen beside everyone: registrations to complete, lost papers."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from tests.ui.person_screen import Steps

from panoh.base.ids import new_id
from panoh.domain.consent import Consent
from panoh.domain.person import IdentityDocument, Person
from panoh.services import papers
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.ui.people.completing.model import completing_model
from panoh.ui.people.completing.screen import CompletingPresenter, CompletingView
from panoh.ui.people.lists import PeopleList, PeopleLists
from panoh.ui.people.papers.model import PaperWords, papers_model
from panoh.ui.people.papers.presenter import PapersPresenter
from panoh.ui.people.papers.view import PapersView
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner


class Lists:
    def __init__(self, desk: Desk) -> None:
        self.desk, self.privacy, self.steps, runner = desk, Privacy(), Steps(), InlineRunner()
        words, today = desk.vocabularies, desk.clock.today
        self.completing = CompletingPresenter(
            CompletingView(completing_model(runner, words, self.privacy, today)), desk, self.steps
        )
        told = PaperWords(words, self.privacy, today, partial(desk.name_of, "country"))
        self.view = PapersView(papers_model(runner, told, today))
        self.papers = PapersPresenter(self.view, desk, runner, self.steps, told)
        self.screen = PeopleLists(
            [
                PeopleList("completing", "To complete", self.completing),
                PeopleList("papers", "Lost papers", self.papers),
            ],
            lambda text: None,
            lambda part: None,
        )

    def cells(self, row: int = 0) -> list[str]:
        model = self.view.model
        return [str(model.data(model.index(row, column))) for column in range(len(model.columns))]


@pytest.fixture
def person(desk: Desk) -> Person:
    made = save_family(
        desk, FamilyForm(rows=(FamilyRow(name="Каримова Зулфия", sex="F", birth="34", relation="head"),))
    ).people[0]
    keep(
        desk,
        IdentityDocument(id=new_id(), person_id=made.id, kind="passport", issuer="KG", state="lost"),
        Consent(id=new_id(), person_id=made.id, purpose="sharing", recipient="unhcr", answer="yes"),
    )
    return made


def test_the_list_that_shows_is_read_and_opens_the_record(desk: Desk, person: Person) -> None:
    lists = Lists(desk)
    lists.screen.opened()
    model = lists.completing._view.model
    assert model.rowCount() == 1
    assert "Where they stay" in str(model.data(model.index(0, 5)))
    lists.completing._view.table.opened.emit(model.row_at(0))
    assert lists.steps.went == [("person", person.id)]
    lists.screen.show_list("papers")
    assert lists.screen.help_page == "lost-papers"
    assert lists.cells()[2:5] == ["Passport, Kyrgyzstan", "Lost", "nothing done yet"]


def test_a_step_says_what_comes_next_on_a_day_still_to_come(desk: Desk, person: Person) -> None:
    lists = Lists(desk)
    lists.screen.show_list("papers")
    lists.view.step_asked.emit()
    form = lists.papers._form
    assert form is not None
    form.set_value("kind", "appointment")
    form.set_value("next_on", "20.6.2010")
    form.set_value("taken_on", "31.2.2010")
    form.act.click()
    assert form.form.rows["taken_on"].error
    assert not form.form.rows["next_on"].error
    form.set_value("taken_on", "")
    form.act.click()
    assert papers.of_person(desk, person.id)[0].next_on == date(2010, 6, 20)
    assert lists.cells()[5] == "20 Jun"


def test_evidence_needs_words_and_the_letter_a_place(
    desk: Desk, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = Lists(desk)
    lists.screen.show_list("papers")
    lists.view.evidence_asked.emit()
    form = lists.papers._form
    assert form is not None
    form.act.click()
    assert form.form.rows["what"].error
    form.set_value("what", "The teacher")
    form.act.click()
    lists.view.letter_asked.emit()
    form = lists.papers._form
    assert form is not None
    form.set_value("recipient", "icrc")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "letter"), ""))
    form.act.click()
    assert "no consent" in form.note.words()
    assert not (tmp_path / "letter.pdf").exists()
    form.set_value("recipient", "unhcr")
    form.act.click()
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert "password" in lists.view.told.words()
    assert papers.of_person(desk, person.id)[0].steps[0].kind == "letter"


def test_without_a_lost_paper_the_list_says_what_will_be_here(desk: Desk) -> None:
    lists = Lists(desk)
    lists.screen.show_list("papers")
    assert lists.view.list.currentIndex() == 1


def test_hidden_names_are_hidden_in_both_lists(desk: Desk, person: Person) -> None:
    lists = Lists(desk)
    lists.privacy.set_hidden(True)
    lists.screen.opened()
    lists.screen.show_list("papers")
    assert person.family_name not in " ".join(lists.cells())
