"""Needs to review, behind Triage's second tab: confirmed, met, struck out by key; Enter opens the person's needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.ui.person_screen import Screen, Steps, words_of

from panoh.domain.needs import CONFIRMED, MET, NOT_APPLICABLE
from panoh.services import needs, people
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.triage import QueueFilter
from panoh.ui.navigator import Among
from panoh.ui.person.view import NEEDS
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.triage.model import queue_model
from panoh.ui.triage.needs.model import needs_model
from panoh.ui.triage.needs.screen import NeedsToReviewPresenter, NeedsToReviewView
from panoh.ui.triage.presenter import TriagePresenter
from panoh.ui.triage.screen import TriageScreen
from panoh.ui.triage.view import TriageView


class Ways(Steps):
    def open_needs(self, person_id: str, among: Among | None = None) -> None:
        self.went.append(("needs", person_id))

    def register_family(self) -> None: ...


class Triage:
    def __init__(self, desk: Desk) -> None:
        runner, privacy, self.ways = InlineRunner(), Privacy(), Ways()
        queue = TriagePresenter(TriageView(queue_model(runner, desk.clock, privacy)), desk, runner, self.ways, privacy)
        self.view = NeedsToReviewView(needs_model(runner, desk.vocabularies, desk.clock, privacy))
        self.needs = NeedsToReviewPresenter(self.view, desk, runner, self.ways)
        self.screen = TriageScreen(queue, self.needs)
        self.changes: list[frozenset[str]] = []
        self.screen.changed.connect(lambda changes: self.changes.append(changes.kinds))
        self.screen.widget.resize(1366, 768)
        self.screen.widget.show()
        self.screen.widget.activateWindow()
        QApplication.processEvents()
        self.screen.opened()

    def rows(self) -> list[str]:
        model = self.view.model
        return [
            model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) or "" for row in range(model.rowCount())
        ]


@pytest.fixture
def person_id(desk: Desk) -> str:
    row = FamilyRow(name="Каримова Лола", sex="F", birth="20", relation="head", needs=("ER-NF", "WR-WR", "SP-PT"))
    return save_family(desk, FamilyForm(rows=(row,))).people[0].id


@pytest.fixture
def triage(desk: Desk, person_id: str) -> Triage:
    made = Triage(desk)
    made.screen.show_list("needs")
    return made


def statuses(desk: Desk, person_id: str) -> dict[str, str]:
    return {need.code: need.status for need in people.person(desk, person_id).needs}


def test_the_queue_comes_first_and_keeps_its_filter(desk: Desk, person_id: str) -> None:
    triage = Triage(desk)
    assert triage.screen.current is triage.screen.queue
    assert triage.screen.help_page == "triage"
    triage.screen.show_list("needs")
    assert triage.screen.help_page == "needs-to-review"
    triage.screen.show_filter(QueueFilter(overdue=True))
    assert triage.screen.current is triage.screen.queue
    assert triage.screen.subject.overdue


def test_a_row_says_who_what_why_and_what_does_not_fit(triage: Triage) -> None:
    spoken = "\n".join(triage.rows())
    assert "Older person alone" in spoken or "(ER-NF)" in spoken
    assert "does not fit: A need of older people" in spoken
    assert "Noticed: observed, feruza" in spoken


def test_keys_confirm_find_met_and_strike_out(
    triage: Triage, desk: Desk, person_id: str, press: Callable[..., None]
) -> None:
    table = triage.view.table
    codes = [row.need.code for row in needs.to_review(desk, 0, 9)]
    table.setFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, on=table)
    assert statuses(desk, person_id)[codes[0]] == CONFIRMED
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, on=table)
    assert statuses(desk, person_id)[codes[1]] == MET
    press(Qt.Key.Key_Delete, on=table)
    form = triage.needs.dialog
    assert form is not None
    form.act.click()
    assert form.form.rows["why"].error
    form.set_value("why", "Not so")
    form.act.click()
    assert statuses(desk, person_id)[codes[2]] == NOT_APPLICABLE
    assert triage.view.model.rowCount() == 0
    assert "No need waits for a review" in words_of(triage.view)
    assert triage.changes == [frozenset({"SpecificNeed"})] * 3


def test_the_next_row_is_chosen_after_a_review(triage: Triage, desk: Desk) -> None:
    triage.view.table.selectRow(1)
    third = triage.view.model.row_at(2)
    triage.view.confirm.click()
    assert triage.view.table.current_key() == third.need.id


def test_enter_opens_the_person_at_needs(triage: Triage, person_id: str, press: Callable[..., None]) -> None:
    press(Qt.Key.Key_Return, on=triage.view.table)
    assert triage.ways.went == [("needs", person_id)]


def test_the_record_says_who_noticed_and_what_is_done(desk: Desk, person_id: str) -> None:
    screen = Screen(desk).open(person_id)
    screen.presenter.show_needs()
    assert screen.view.tab == NEEDS
    told = words_of(screen.view.needs)
    assert "Noticed 14 Jun 2010, feruza; not reviewed yet" in told
    assert "Nothing is done about it yet." in told
    assert "This does not fit together" in told
    rows = screen.view.needs.values()["needs"]
    screen.rows(
        NEEDS,
        "needs",
        [{**rows[0], "status": NOT_APPLICABLE}, {**rows[1], "status": CONFIRMED, "severity": "severe"}, rows[2]],
    )
    screen.presenter.save(NEEDS)
    assert "needs.0.review_why" in screen.problems(NEEDS)
    screen.rows(
        NEEDS,
        "needs",
        [{**rows[0], "status": NOT_APPLICABLE, "review_why": "No"}, *screen.view.needs.values()["needs"][1:]],
    )
    screen.presenter.save(NEEDS)
    assert screen.problems(NEEDS) == {}
    assert statuses(desk, person_id)[rows[0]["code"]] == NOT_APPLICABLE
    told = words_of(screen.view.needs)
    assert "reviewed 14 Jun 2010, feruza" in told
    assert "Severe and confirmed, and no action is open" in told
