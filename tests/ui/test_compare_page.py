"""The page of one request: who is looked for, the family, what both sides say, and every decision through its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QMenu
from tracing_helpers import CTRL, press, register, rich, said, unnamed, window_of

from panoh.base.ids import new_id
from panoh.domain.casework import Approval
from panoh.domain.description import Description
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.domain.verification import Verification
from panoh.services import attachments, matches, shield, tracing, users, verification
from panoh.services.desk import Changes, Desk
from panoh.services.records import keep
from panoh.services.vault import OpenVault
from panoh.ui.families.model import FamilyWords, family_model
from panoh.ui.history_tab import HistoryTab
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.tracing.compare_page import RequestPage
from panoh.ui.tracing.compare_presenter import Comparing
from panoh.ui.tracing.compare_words import CompareModel
from panoh.ui.tracing.model import candidates_model
from panoh.ui.widgets.small_form import SmallForm

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
BORN = {"birth_precision": "year", "birth_earliest": date(2006, 1, 1), "birth_latest": date(2006, 12, 31)}


class Shown:
    """The page in a window of its own, and what it told."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.privacy = desk, Privacy()
        runner, words, today = InlineRunner(), desk.vocabularies, desk.clock.today
        relatives = FamilyWords(words, self.privacy, today, asks=True)
        candidates = candidates_model(runner, words, self.privacy, today)
        family = family_model(runner, relatives, today)
        self.page = RequestPage(candidates, CompareModel(runner), family, HistoryTab(runner))
        self.comparing = Comparing(self.page, desk, runner, self.privacy, relatives)
        self.changes: list[Changes] = []
        self.verifying: list[tuple[str, str]] = []
        self.errors: list[str] = []
        self.comparing.changed.connect(self.changes.append)
        self.comparing.verify_asked.connect(lambda *pair: self.verifying.append(pair))
        self.comparing.failed.connect(lambda error: self.errors.append(error.code))

    def rows(self) -> dict[str, list[str]]:
        """The comparison, by fact."""
        model = self.page.table.model()
        rows = [[model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())]
        return {row[0]: row[1:] for row in rows}

    def form(self) -> SmallForm:
        """The small form that is open."""
        QApplication.processEvents()
        return next(form for form in self.page.findChildren(SmallForm) if form.isVisible())

    def offered(self) -> QAction:
        """What the menu of the footer offers: to confirm."""
        self.page.footer.more.click()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        [action] = menu.actions()
        menu.hide()
        return action

    def confirm(self) -> None:
        """Choose to confirm in the menu."""
        self.offered().trigger()

    def fill(self, **values: str) -> None:
        """Fill the open form and press its button."""
        form = self.form()
        for key, value in values.items():
            form.set_value(key, value)
        form.act.click()


@pytest.fixture
def shown(desk: Desk) -> Iterator[Shown]:
    made = Shown(desk)
    with window_of(made.page):
        yield made


def mother_and_boys(desk: Desk, **more: Any) -> tuple[TracingRequest, list[Person]]:
    """A mother who asks for her son, and two boys who may be him, the first the better."""
    mother = register(desk, "Gulbahor", "Yulchieva", sex="F")
    boys = [
        register(desk, "Азизбек", "Тўрабоев", sex="M", origin="Ош, Черёмушки", phone="+996555010203", **BORN),
        register(desk, "Azizbek", "Turabaev", sex="M", **BORN),
    ]
    values: dict[str, Any] = {
        "inquirer_id": mother.id, "given_name": "Azizbek", "family_name": "Turaboev", "sex": "M", "relation": "child",
        "origin": "Ош, Черёмушки", "consent_to_trace": "yes", **BORN, **more,
    }  # fmt: skip
    return tracing.ask(desk, TracingRequest(id=new_id(), **values))[0], boys


def test_the_page_says_who_looks_for_whom_and_draws_the_family(shown: Shown) -> None:
    asked, boys = mother_and_boys(shown.desk)
    shown.comparing.show(asked.id)
    words = said(shown.page)
    assert f"Tracing request {asked.number}" in words
    assert "Yulchieva Gulbahor looks for her son Turaboev Azizbek, 3 to 4" in words
    model = shown.page.family.list.model()
    listed = [[model.index(row, at).data() for at in range(4)] for row in range(model.rowCount())]
    assert [row[:2] for row in listed] == [["Gulbahor Y.", "asks"], ["Azizbek T.", "son"]]
    assert listed[1][3] == "Missing"
    assert shown.page.family.diagram.current == "sought"
    assert shown.page.current().person.id == boys[0].id  # type: ignore[union-attr]
    assert "A hit is a lead, not a reunion" in words


def test_both_sides_are_compared_in_words_and_by_number(shown: Shown) -> None:
    asked, boys = mother_and_boys(shown.desk, marks="scar on the left knee")
    keep(shown.desk, Description(id=new_id(), person_id=boys[0].id, marks="left knee scar"))
    shown.comparing.show(asked.id)
    rows = shown.rows()
    assert rows["Name"][:3] == ["Turaboev Azizbek", "Тўрабоев Азизбек", "same"]
    assert rows["Place before"][:3] == ["Ош, Черёмушки", "Ош, Черёмушки", "same"]  # a supervisor reads it
    assert rows["Marks, language"][:3] == ["scar on the left knee", "left knee scar", "same"]
    assert rows["Photo"] == ["none brought", "none taken", "not shown", "no score"]
    model = shown.page.table.model()
    assert model.headerData(2, Qt.Orientation.Horizontal) == f"{boys[0].number} says"
    assert (
        model.index(0, 0).data(SPOKEN).startswith("Name, the request says Turaboev Azizbek, the person says Тўрабоев")
    )
    assert "“scar on the left knee” would decide: ask each side apart." in said(shown.page)


def test_place_and_phone_are_closed_to_who_may_not_see_them(desk: Desk, opened: OpenVault) -> None:
    asked, _boys = mother_and_boys(desk, phone="+996555010203")
    other = desk.of(users.add(opened, "bakyt", "apricot ladder seven bakyt", "caseworker"))
    shown = Shown(other)
    with window_of(shown.page):
        shown.comparing.show(asked.id)
        assert "Place, phone: after a supervisor agrees" in said(shown.page)
        assert shown.rows()["Place before"][:2] == ["Ош, Черёмушки", "after a supervisor agrees"]
        assert [row[1] for row in shown.rows().values()].count("+996555010203") == 0
        shield.put_up(desk, _boys[0].id, "Hunted")
        shown.comparing.show(asked.id)
        assert [one.person.id for one in shown.comparing.seen.candidates] == [_boys[1].id]  # type: ignore[union-attr]
        assert "Азизбек" not in said(shown.page)


def test_a_rejection_asks_why_and_is_opened_again_with_a_reason(shown: Shown) -> None:
    asked, boys = mother_and_boys(shown.desk)
    shown.comparing.show(asked.id)
    shown.page.footer.no.click()
    shown.fill()
    assert "Say why" in shown.form().form.rows["reason"].error
    shown.fill(reason="His scar is on the other knee")
    assert shown.page.current().person.id == boys[1].id  # type: ignore[union-attr]
    assert "1 was rejected" in said(shown.page)
    assert "scar" not in said(shown.page)
    shown.page.panel._show.click()
    assert "His scar is on the other knee" in said(shown.page)
    shown.page.panel._again.click()
    shown.fill(reason="It was another boy's scar")
    assert shown.page.current() is not None
    assert {one.person.id for one in shown.comparing.seen.candidates} == {one.id for one in boys}  # type: ignore[union-attr]
    assert [change.kinds for change in shown.changes] == [frozenset({"MatchDecision"})] * 2


def test_a_confirmation_tells_what_it_does_and_has_the_others_wait(shown: Shown) -> None:
    asked, boys = mother_and_boys(shown.desk)
    matches.review(shown.desk, asked.id, boys[1].id)
    shown.comparing.show(asked.id)
    shown.confirm()
    words = said(shown.form())
    assert "Nobody is told" in words
    assert boys[1].number in words
    shown.fill(reason="Both told of the blue door")
    assert "Confirmed" in said(shown.page)
    listed = shown.page.list.model()
    assert "confirmed" in listed.index(0, 0).data(SPOKEN)
    assert "waits" in listed.index(1, 0).data(SPOKEN)
    assert shown.page.footer.more.isHidden()
    shown.page.footer.again.click()
    shown.fill(reason="The door was green")
    assert matches.standing(shown.desk, asked.id)[0].decision.state == "under_review"


def test_two_families_and_a_death_are_told(shown: Shown) -> None:
    asked, boys = mother_and_boys(shown.desk)
    uncle = tracing.ask(shown.desk, TracingRequest(id=new_id(), inquirer_name="Ravshan", consent_to_trace="yes"))[0]
    matches.confirm(shown.desk, uncle.id, boys[0].id, "He knew him")
    shown.comparing.show(asked.id)
    assert f"Already a match with another inquirer: {uncle.number} (Ravshan)" in said(shown.page)
    matches.confirm(shown.desk, asked.id, boys[0].id, "She knew him")
    with shown.desk.writing() as unit:
        unit.save(replace(unit.get(Person, boys[0].id), presence="dead"))
    shown.comparing.show(asked.id)
    assert f"{boys[0].number}, who may be the one sought, has died as recorded" in said(shown.page)


def test_what_stands_in_the_way_is_said_before_anything_is_asked(shown: Shown) -> None:
    asked, _boys = mother_and_boys(shown.desk, held_why="He beat her")
    shown.comparing.show(asked.id)
    assert "Held back: the one who asks may be the danger" in said(shown.page)
    shown.confirm()
    assert shown.errors == ["match.held_back"]


def test_one_main_button_says_what_comes_next_of_the_verification(shown: Shown) -> None:
    asked, boys = mother_and_boys(shown.desk)
    shown.comparing.show(asked.id)
    footer, pair = shown.page.footer, (asked.id, boys[0].id)
    assert (footer.verify.text(), footer.verify.property("kind")) == ("Start verification…", "main")
    assert shown.offered().text() == "Confirm without a verification…"
    one = verification.begin(shown.desk, *pair)[0]
    shown.comparing.show(asked.id)
    assert footer.verify.text() == "Go on with the verification…"
    assert not shown.offered().isEnabled()
    assert shown.offered().text() == "Confirm: their verification goes on, and decides it"
    press(Qt.Key.Key_Return, CTRL, on=shown.page.list)
    assert shown.verifying == [pair]
    verification.give_up(shown.desk, one.id, "She went away")
    shown.comparing.show(asked.id)
    assert footer.verify.text() == "Verification: given up…"
    with shown.desk.writing() as unit:
        unit.save(replace(unit.get(Verification, one.id), result="verified"))
    shown.comparing.show(asked.id)
    assert footer.verify.text() == "Verified: on to the hand-over…"
    matches.confirm(shown.desk, asked.id, boys[1].id, "She knew him")
    shown.comparing.show(asked.id)
    kinds = {}
    for row in range(shown.page.list.model().rowCount()):
        shown.page.list.selectRow(row)
        kinds[shown.page.current().person.id] = footer.verify.property("kind")  # type: ignore[union-attr]
    assert kinds == {boys[0].id: "normal", boys[1].id: "main"}  # the first one waits now


def test_verification_and_advice_begin_here(shown: Shown) -> None:
    asked, boys = mother_and_boys(shown.desk)
    shown.comparing.show(asked.id)
    press(Qt.Key.Key_Return, CTRL, on=shown.page.list)
    assert shown.verifying == [(asked.id, boys[0].id)]
    shown.page.footer.ask.click()
    words = shown.form().values()["why"]
    assert boys[0].number in words
    assert "Азизбек" not in words
    assert "Gulbahor" not in words
    shown.fill()
    with shown.desk.reading() as reading:
        (approval,) = reading.all(Approval)
    assert (approval.kind, approval.person_id) == ("advice", boys[0].id)


def test_the_history_of_the_request_is_a_tab(shown: Shown) -> None:
    asked, boys = mother_and_boys(shown.desk)
    matches.reject(shown.desk, asked.id, boys[0].id, "Older")
    shown.comparing.show(asked.id)
    shown.page.tabs.setCurrentIndex(shown.page.tabs.count() - 1)
    model = shown.page.history.model
    spoken = [model.index(row, 0).data(SPOKEN) for row in range(model.rowCount())]
    assert any(f"Answer to a match {boys[0].number} recorded" in words and "Older" in words for words in spoken)
    assert any("Tracing request recorded" in words for words in spoken)
    assert shown.page.footer.isHidden()


def test_photos_of_both_sides_stand_beside_each_other_and_go_with_the_names(shown: Shown, tmp_path: Any) -> None:
    asked, boys = mother_and_boys(shown.desk)
    picture = tmp_path / "face.png"
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    image.save(str(picture))
    attachments.add_picture(shown.desk, boys[0].id, picture)
    shown.comparing.show(asked.id)
    assert shown.rows()["Photo"][1] == "taken"
    assert shown.page.panel._photos.isVisibleTo(shown.page)
    shown.privacy.set_hidden(True)
    shown.comparing.show_names()
    assert not shown.page.panel._photos.isVisibleTo(shown.page)
    assert "Азизбек" not in str(shown.rows())


def test_the_family_leaves_room_for_the_comparison_and_folds_into_a_line(shown: Shown) -> None:
    asked, _boys = mother_and_boys(shown.desk)
    shown.page.resize(1230, 660)
    shown.comparing.show(asked.id)
    QApplication.processEvents()
    family, table = shown.page.family, shown.page.table
    sixth = table.visualRect(table.model().index(5, 0)).bottom()
    assert table.viewport().mapTo(shown.page, QPoint(0, sixth)).y() < shown.page.footer.y()
    family.fold.click()
    assert not family.list.isVisible()
    assert "2 people, 1 missing" in said(shown.page)
    shown.comparing.show(asked.id)  # it stays folded
    assert not family.list.isVisible()
    family.fold.click()
    assert family.list.isVisible()


def test_large_text_and_little_width_keep_everything_in_reach(shown: Shown) -> None:
    asked, _boys = mother_and_boys(shown.desk)
    shown.comparing.show(asked.id)
    look().set_text_size(200)
    QApplication.processEvents()
    page = shown.page
    assert page.panel._verdict.geometry().top() > page.panel._panel.geometry().bottom()
    buttons = (page.footer.verify, page.footer.no, page.footer.ask, page.footer.more)
    for button in buttons:
        right = button.mapTo(page, QPoint(button.width(), 0)).x()
        assert right <= page.width()
        assert button.mapTo(page, QPoint(0, button.height())).y() <= page.height()
    assert len({button.y() for button in buttons}) > 1
    assert "A hit is a lead, not a reunion" in said(page)
    assert unnamed(page) == []
    assert rich(page) == []
