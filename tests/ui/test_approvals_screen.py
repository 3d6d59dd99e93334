"""The page Approvals, a paper decision keyed in by keys alone, and what then stands in the record."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.ui.person_screen import Screen as Record
from tests.ui.person_screen import as_caseworker, family, words_of
from tracing_helpers import press, rich, said, unnamed, window_of

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.cases import CaseOption, Export
from panoh.domain.person import Person
from panoh.services import approvals, cases, closing, people, shield, summaries, triage
from panoh.services.desk import Changes, Desk
from panoh.services.records import keep
from panoh.ui.approvals.keying import open_paper_form
from panoh.ui.approvals.model import DECIDED, approvals_model
from panoh.ui.approvals.panel import ApprovalPanel
from panoh.ui.approvals.paper_form import PaperForm
from panoh.ui.approvals.presenter import ApprovalsPresenter
from panoh.ui.approvals.view import ApprovalsView
from panoh.ui.person.view import CASE
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import LinkButton

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
WHY = "He is with his aunt now"


class Ways:
    """Where the screen leads."""

    def __init__(self) -> None:
        self.went: list[str] = []

    def open_person(self, person_id: str, among: object = None) -> None:
        self.went.append(person_id)

    def key_in_paper(self) -> None:
        self.went.append("paper")


class Page:
    """The page over one vault."""

    def __init__(self, desk: Desk) -> None:
        self.changes, self.ways, privacy = list[Changes](), Ways(), Privacy()
        model = approvals_model(InlineRunner(), desk, privacy)
        self.view = ApprovalsView(model, ApprovalPanel(desk, privacy), supervisor=desk.is_supervisor)
        self.presenter = ApprovalsPresenter(self.view, desk, InlineRunner(), self.ways, privacy)
        self.presenter.changed.connect(self.changes.append)

    @property
    def form(self):
        assert self.presenter.form is not None
        return self.presenter.form

    def problems(self) -> set[str]:
        return {key for key, row in self.form.form.rows.items() if row.error}


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


@pytest.fixture
def worker(desk: Desk, man: Person) -> Desk:
    """A caseworker who holds the man's case."""
    made = as_caseworker(desk)
    cases.assign(desk, man.id, made.user.id)
    return made


def page_of(desk: Desk) -> Iterator[Page]:
    made = Page(desk)
    with window_of(made.view):
        made.presenter.opened()
        yield made


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    yield from page_of(desk)


def read_again(page: Page) -> None:
    page.presenter.refresh(frozenset({"Approval"}))
    QApplication.processEvents()


def test_an_empty_page_says_what_will_be_here(page: Page) -> None:
    assert "Nothing waits for a decision" in said(page.view)
    assert "Ctrl+Shift+K" in said(page.view)
    page.presenter.show_state(DECIDED)
    assert "Nothing was decided yet" in said(page.view)
    page.view.paper.click()
    assert page.ways.went == ["paper"]


def test_a_lowering_is_decided_by_keys(page: Page, desk: Desk, worker: Desk, man: Person) -> None:
    triage.ask_lowering(worker, man.id, "low", WHY)
    read_again(page)
    shown = said(page.view)
    assert "Lowering of a level: to low" in shown
    assert "He is with his aunt now" in shown
    assert "Nurlan B., " in shown
    press(Qt.Key.Key_1, ALT)
    assert page.form.values()["review_on"] == "21 Jun 2010"
    page.form.set_value("review_on", "12.6.2010")
    press(Qt.Key.Key_Return, CTRL, on=page.form)
    assert page.problems() == {"review_on"}
    page.form.set_value("review_on", "20.6.2010")
    page.form.act.click()
    assert triage.why(desk, man.id).level == "low"
    assert "LevelOverride" in page.changes[-1].kinds
    assert "Nothing waits for a decision" in said(page.view)
    page.view.state.set_value(DECIDED)
    page.view.state.answered.emit()
    assert "Approved" in said(page.view)
    assert "Alt+1" not in {act.keys for act in page.view.panel.acts.values() if act.isVisible()}


def test_refusing_needs_its_reason_and_changes_are_another_level(
    page: Page, desk: Desk, worker: Desk, man: Person
) -> None:
    triage.ask_lowering(worker, man.id, "low", WHY)
    read_again(page)
    press(Qt.Key.Key_3, ALT)
    page.form.act.click()
    assert page.problems() == {"words"}
    page.form.reject()
    press(Qt.Key.Key_2, ALT)
    page.form.set_value("instead", "high")
    page.form.act.click()
    assert triage.why(desk, man.id).level == "high"
    assert approvals.of_person(desk, man.id)[0].approval.words == "high"


def test_who_asked_does_not_decide_and_may_take_it_back(page: Page, desk: Desk, man: Person) -> None:
    cases.take(desk, man.id)
    shield.put_up(desk, man.id, "Men asked for him")
    shield.ask_off(desk, man.id, "They left")
    read_again(page)
    assert "somebody else decides" in said(page.view)
    assert not any(act.isVisible() for act in page.view.panel.acts.values())
    press(Qt.Key.Key_5, ALT)
    assert "Nothing waits for a decision" in said(page.view)
    found = shield.of_person(desk, man.id)
    assert found
    assert not found.off_asked_by


def test_a_caseworker_sees_the_own_alone_and_cannot_decide(worker: Desk, desk: Desk, man: Person) -> None:
    triage.escalate(desk, man.id, "May he be moved?")
    triage.escalate(worker, man.id, WHY)
    for page in page_of(worker):
        assert WHY in said(page.view)
        assert "May he be moved?" not in said(page.view)
        assert not any(act.isVisible() for act in page.view.panel.acts.values())
        link = next(each for each in page.view.panel.findChildren(LinkButton) if man.number in each.accessibleName())
        link.click()
        assert page.ways.went == [man.id]


def test_names_are_read_as_they_stand_and_everything_is_named(page: Page, worker: Desk, man: Person) -> None:
    triage.escalate(worker, man.id, "<b>Now</b>")
    read_again(page)
    assert "<b>Now</b>" in said(page.view)
    press(Qt.Key.Key_1, ALT)
    for size in (100, 200):
        look().set_text_size(size)
        assert unnamed(page.view) + unnamed(page.form) == []
        assert rich(page.view) + rich(page.form) == []


# --- a decision on paper -----------------------------------------------------------------------------------------------


@pytest.fixture
def sheet(desk: Desk, worker: Desk, man: Person, clock: FixedClock) -> Export:
    """A summary that was made ten minutes ago and asks whether the man may be moved."""
    case = cases.case_or_new(worker, man.id)
    keep(worker, replace(case, question="May he be moved?", recommended_option="A"))
    options = [("A", "To the school"), ("B", "To his aunt")]
    keep(worker, *(CaseOption(id=new_id(), case_id=case.id, letter=letter, what=what) for letter, what in options))
    made = summaries.export_case(worker, man.id, summaries.Wanted(plain=True, reason="For the night"))
    clock.at += timedelta(minutes=10)
    return made.export


class Keyed:
    """The form over a record, as the workplace opens it."""

    def __init__(self, record: Record) -> None:
        self.kept: list[str] = []
        self.form: PaperForm = open_paper_form(
            record.view, record.desk, InlineRunner(), Privacy(), lambda person_id, _changes: self.kept.append(person_id)
        )

    def type(self, text: str) -> None:
        """Keys, one after the other, where the focus of the form is."""
        for sign in text:
            at = self.form.focusWidget()
            assert at is not None
            special = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}
            press(special.get(sign, Qt.Key(ord(sign.upper()[0]))), text="" if sign in special else sign, on=at)

    def enter(self, key: str) -> None:
        """Enter in a line of the form."""
        press(Qt.Key.Key_Return, on=self.form.form.rows[key].control)

    def problems(self) -> set[str]:
        return {key for key, row in self.form.form.rows.items() if row.error}


@pytest.fixture
def record(worker: Desk, man: Person) -> Iterator[Record]:
    made = Record(worker).open(man.id)
    made.view.show_tab(CASE)
    with window_of(made.view):
        yield made


def test_a_paper_is_keyed_in_with_two_lines_and_enter(record: Record, sheet: Export, man: Person, desk: Desk) -> None:
    began = time.monotonic()
    at = Keyed(record)
    typed = f"{sheet.export_no}{sheet.check_code}".replace("-", "").lower().replace("a", "а")
    at.type(typed[:-1])
    assert man.number not in said(at.form)
    assert "Asked" not in said(at.form)
    at.type(typed[-1] + "2b")
    assert "Asked: May he be moved?" in said(at.form)
    assert at.form.values()["decision"] == "amend"
    assert at.form.values()["option"] == "B"
    at.type("\n")
    assert at.problems() == set()
    at.type("D. Saidova\n")
    assert at.kept == [man.id]
    assert time.monotonic() - began < 15
    record.presenter.refresh(frozenset({"Approval"}))
    shown = words_of(record.view.case.decisions)
    assert f"On paper {sheet.export_no}, signed D. Saidova, " in shown
    assert "; keyed in by Nurlan B." in shown
    assert "B: To his aunt" in shown
    assert "May he be moved?" in shown
    assert unnamed(at.form) == []


def test_wrong_codes_are_told_apart_and_tell_no_name(record: Record, sheet: Export, man: Person) -> None:
    at = Keyed(record)
    last = "3" if sheet.check_code[-1] == "2" else "2"
    at.type(f"{sheet.export_no} {sheet.check_code[:-1]}{last} 1\n")
    assert "is not the check code of that paper" in said(at.form.note)
    at.form.code.clear()
    assert at.form.note.isHidden()
    at.type("2222-222 " + sheet.check_code + "\n")
    assert f"is that of {sheet.export_no}" in said(at.form.note)
    at.form.code.clear()
    at.type("QQQ\n")
    assert "no number of a paper" in said(at.form.note)
    assert man.family_name not in said(at.form)


def test_an_answered_paper_is_told_and_corrected_with_a_reason(record: Record, sheet: Export, man: Person) -> None:
    at = Keyed(record)
    at.type(f"{sheet.check_code} 1\n")
    at.type("D. S.\n")
    again = Keyed(record)
    again.type(f"{sheet.export_no} {sheet.check_code} 3")
    assert "Answered already: Approved, keyed in by Nurlan B." in said(again.form)
    again.type("\n")
    again.type("\n")
    assert again.problems() == {"signed_by", "because"}
    again.form.set_value("signed_by", "D. S.")
    again.form.set_value("because", "It was a 3")
    again.form.set_value("signed_on", "today")
    again.form.set_value("signed_time", "25:00")
    again.enter("signed_time")
    assert again.problems() == {"signed_time"}
    again.form.set_value("signed_time", "")
    again.enter("because")
    assert again.kept == [man.id]
    assert approvals.of_person(record.desk, man.id)[0].approval.decision == "refuse"


def test_a_paper_answers_what_waits_when_that_is_chosen(
    record: Record, worker: Desk, man: Person, clock: FixedClock, desk: Desk
) -> None:
    triage.ask_lowering(worker, man.id, "low", WHY)
    made = summaries.export_case(worker, man.id, summaries.Wanted(plain=True, reason="For the night")).export
    clock.at += timedelta(minutes=10)
    at = Keyed(record)
    at.type(f"{made.export_no} {made.check_code} 2")
    [waits] = [one for one in approvals.of_person(worker, man.id) if one.approval.kind == "lowering"]
    at.form.set_value("about", waits.approval.id)
    at.form._tell()
    for key, value in {"instead": "medium", "signed_by": "D. S.", "review_on": "20.6.2010"}.items():
        assert not at.form.form.rows[key].isHidden()
        at.form.set_value(key, value)
    at.type("\n")
    assert at.kept == [man.id]
    assert triage.why(desk, man.id).level == "medium"


def test_the_record_asks_and_takes_back(record: Record, man: Person, desk: Desk) -> None:
    assert "Nothing was asked of a supervisor yet" in words_of(record.view.case.decisions)
    record.presenter.asking.ask()
    form = record.presenter.actions.dialog
    assert form is not None
    form.act.click()
    assert form.form.rows["why"].error
    form.set_value("why", "Everything was asked")
    form.act.click()
    assert "Everything was asked" in words_of(record.view.case.decisions)
    [one] = approvals.page(desk, 0, 9, decided=False)
    assert one.approval.kind == "assessment"
    assert record.view.case.stand.state.text() == "Waits for a supervisor: Assessment"
    link = next(each for each in record.view.case.decisions.findChildren(LinkButton))
    link.click()
    dialog = record.presenter.actions.dialog
    assert dialog is not None
    dialog.act.click()
    assert "Taken back" in words_of(record.view.case.decisions)


def test_whoever_decides_a_closing_sees_what_is_still_open(desk: Desk, worker: Desk, man: Person) -> None:
    closing.ask(worker, man.id, "goals_met", "All is done")
    for page in page_of(desk):
        assert "Still open" in said(page.view)
        assert closing.before(desk, man.id).checks[0].text in said(page.view)
        page.presenter.ask("approve")
        page.form.act.click()
        page.presenter.show_state(DECIDED)
        assert "Still open" not in said(page.view)
    assert people.person(desk, man.id).case.status == "closed"
