"""The refoulement assessment on the screen: one question after another, kept at once, with drafts and history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from tests.ui.person_screen import Steps, as_caseworker, family, words_of

from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import drafts, refoulement
from panoh.services.desk import Desk
from panoh.ui.refoulement.presenter import LAST, RefoulementPresenter
from panoh.ui.refoulement.questions import BESIDE, QUESTIONS
from panoh.ui.refoulement.view import RefoulementView
from panoh.ui.tasks import InlineRunner
from panoh.ui.widgets.control_values import UNKNOWN


class Assessment:
    def __init__(self, desk: Desk, person_id: str, preview: Callable[[str], list[str]] | None = None) -> None:
        self.desk, self.person_id, self.steps = desk, person_id, Steps()
        self.view = RefoulementView(desk.vocabularies)
        self.view.resize(1200, 700)
        self.view.show()
        self.presenter = RefoulementPresenter(self.view, desk, InlineRunner(), self.steps, preview)
        self.changes: list[frozenset[str]] = []
        self.presenter.changed.connect(lambda changes: self.changes.append(changes.kinds))
        self.presenter.show(person_id)
        self.presenter.opened()

    @property
    def at(self) -> int:
        return int(self.view.question.number.text().split()[1]) - 1

    def type(self, **texts: str) -> None:
        self.view.question.set_texts({**self.view.question.texts(), **texts})
        self.view.edited.emit()

    def go_to(self, field: str) -> None:
        at = next(n for n, question in enumerate(QUESTIONS) if field in [asked.field for asked in question.fields])
        self.view.known.change_asked.emit(at)

    def known(self) -> RefoulementAssessment:
        return refoulement.opened(self.desk, self.person_id).known


@pytest.fixture
def person_id(desk: Desk) -> str:
    return family(desk).id


@pytest.fixture
def screen(desk: Desk, person_id: str) -> Assessment:
    return Assessment(desk, person_id)


def test_every_field_is_asked_once() -> None:
    asked = [one.field for question in QUESTIONS for one in question.fields] + [one.field for one in BESIDE]
    beside = {"id", "person_id", "asked_at", "asked_by"}
    assert sorted(asked) == sorted({field.name for field in fields(RefoulementAssessment)} - beside)


def test_it_begins_at_the_first_question_without_an_answer(screen: Assessment) -> None:
    assert screen.at == 1
    assert "Uzbekistan" in words_of(screen.view.known)
    assert "own account, 14 Jun" in words_of(screen.view.known)
    assert "1 of 12 answered" in words_of(screen.view.known)


def test_an_answer_is_kept_when_one_goes_on(screen: Assessment) -> None:
    screen.type(harm_agents="police security_service", source="other_person")
    screen.presenter.go_on()
    assert screen.known().harm_agents == ("police", "security_service")
    assert screen.at == 2
    assert "Police, Security service" in words_of(screen.view.known)
    assert screen.changes
    screen.presenter.go_on()  # nothing was answered: nothing is written
    assert (screen.at, len(screen.changes)) == (3, 1)
    screen.presenter.go_back()
    assert screen.at == 2


def test_the_unanswered_states_are_kept_and_shown(screen: Assessment) -> None:
    for field, state in (
        ("harm_agents", "refused"),
        ("extradition", "does_not_know"),
        ("detained_at", "none"),
        ("claim_on", "not_asked"),
    ):
        screen.go_to(field)
        screen.type(**{field: UNKNOWN + state})
        screen.presenter.go_on()
        screen.go_to(field)
        assert screen.view.question.texts()[field] == UNKNOWN + state
    told = refoulement.opened(screen.desk, screen.person_id).unanswered
    assert {field: one.answer for field, one in told.items()} == {
        "harm_agents": "refused", "extradition": "does_not_know", "detained_at": "none", "claim_on": "not_asked",
    }  # fmt: skip
    assert "does not know" in words_of(screen.view.known)


def test_f8_steps_through_the_states(screen: Assessment, press: Callable[..., None]) -> None:
    for field in ("harm_agents", "extradition"):
        screen.go_to(field)
        control: QWidget = screen.view.question.form.rows[field].control
        seen = []
        for _press in range(5):
            press(Qt.Key.Key_F8, on=control)
            seen.append(screen.view.question.texts()[field])
        assert seen == [*(UNKNOWN + state for state in ("not_asked", "does_not_know", "refused", "none")), ""]


def test_what_cannot_be_kept_is_told_at_its_field(screen: Assessment) -> None:
    screen.go_to("claim_deadline")
    screen.type(claim_stage="appeal", claim_deadline="31.6.2010")
    screen.presenter.go_on()
    assert "does not exist" in screen.view.question.form.rows["claim_deadline"].error
    assert screen.known().claim_stage == ""
    screen.type(claim_deadline="30.6.2010")
    screen.presenter.go_on()
    assert screen.known().claim_stage == "appeal"


def test_what_is_typed_is_a_draft_until_it_is_kept(screen: Assessment, desk: Desk, person_id: str) -> None:
    screen.go_to("lawyer")
    screen.type(lawyer="A. B.")
    screen.view.draft_due.emit()
    desk.clock.at += timedelta(minutes=1)  # type: ignore[attr-defined]
    screen.go_to("detained_at")
    screen.type(detained_at="Station 3")
    screen.presenter.stop()
    assert screen.steps.went == [("back", "")]
    assert drafts.count(desk) == 2
    again = Assessment(desk, person_id)
    assert "Recover the draft" in again.view.offer.words()
    again.view.offer._act()
    assert again.view.question.texts().get("detained_at") == "Station 3"
    again.presenter.go_on()
    again.go_to("lawyer")
    assert again.view.question.texts()["lawyer"] == "A. B."
    again.presenter.go_on()
    assert (again.known().lawyer, again.known().detained_at) == ("A. B.", "Station 3")
    assert drafts.count(desk) == 0


def test_what_was_said_before_stands_under_the_question(screen: Assessment) -> None:
    screen.go_to("feared_country")
    screen.type(feared_country="KG", source="paper")
    screen.presenter.go_on()
    screen.go_to("feared_country")
    before = screen.view.question.before.text().splitlines()
    assert "Kyrgyzstan" in before[1]
    assert "feruza" in before[1]
    assert "Uzbekistan" in before[2]


def test_it_is_asked_again_on_its_day(screen: Assessment, desk: Desk, person_id: str) -> None:
    screen.go_to("reassess_on")
    screen.type(reassess_on="14.6.2010")
    screen.presenter.go_on()
    assert screen.steps.went == [("back", "")]
    assert "It was to be asked again on 14 Jun 2010" in Assessment(desk, person_id).view.due.words()


def test_the_last_page_says_what_the_shield_will_do_before_it_is_done(desk: Desk, person_id: str) -> None:
    screen = Assessment(
        desk, person_id, lambda whose: ["Seal 4 facts.", "Hide the name in lists."] if whose == person_id else []
    )
    wanted: list[str] = []
    screen.presenter.shield_asked.connect(wanted.append)
    screen.view.known.change_asked.emit(LAST)
    screen.presenter.go_on()
    told = words_of(screen.view.shield)
    assert "Nothing has been done yet." in told
    assert "Seal 4 facts." in told
    assert screen.view.question.isHidden()
    screen.view.shield.put_on.click()
    assert wanted == [person_id]
    screen.presenter.go_back()
    assert screen.at == LAST
    assert screen.view.shield.isHidden()
    screen.presenter.go_on()
    screen.presenter.go_on()
    assert screen.steps.went == [("back", "")]


def test_whoever_may_not_see_it_is_told_so_and_reads_nothing(desk: Desk, person_id: str) -> None:
    other = Assessment(as_caseworker(desk), person_id)
    assert "role" in other.view.note.words()
    assert "Uzbekistan" not in words_of(other.view)


def test_every_control_has_a_name(screen: Assessment) -> None:
    for at in range(len(QUESTIONS)):
        screen.view.known.change_asked.emit(at)
        for widget in screen.view.question.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(screen.view):
                assert widget.accessibleName(), (at, type(widget).__name__)
