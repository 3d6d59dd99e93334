"""The tab 'Case' from the top: by its buttons and small forms, with what a person types."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox
from queue_people import faults, window
from tests.services.casework_people import agree
from tests.ui.person_screen import Screen, as_caseworker, dialog, errors, family, fill, link, words_of

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.services import casework, referrals, summaries
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.ui.person.casework import work
from panoh.ui.person.casework.referral_form import FACTS, ReferralForm
from panoh.ui.person.view import CASE

DAY = date(2010, 6, 14)


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


@pytest.fixture
def screen(desk: Desk, man: Person) -> Screen:
    made = Screen(desk).open(man.id)
    made.view.show_tab(CASE)
    made.presenter.actions.take()
    return made


def test_from_the_assessment_to_the_plan(screen: Screen, man: Person) -> None:
    stand = screen.view.case.stand
    assert "Next: Talk alone, note the needs and the risks. (by 15 Jun 2010)" in words_of(stand)
    stand.step.click()
    assert errors(fill(screen, on="tomorrow")) == {"on"}
    fill(screen, on="14.6.2010")
    assert stand.step.text() == "Plan agreed…"
    stand.step.click()
    assert errors(fill(screen)) == {"on"}  # nothing is planned yet
    dialog(screen).reject()
    screen.view.case.plan.add.click()
    assert errors(fill(screen)) == {"goal", "action"}
    fill(screen, goal="Safe at night", action="Ask the host family", who="He", by_when="16.6.2010")
    stand.step.click()
    fill(screen)
    assert not stand.step.isVisibleTo(stand)
    assert "Next: Do what is planned. (by 16 Jun 2010)" in words_of(stand)
    assert "Safe at night" in words_of(screen.view.case.plan)
    assert "Step of the plan: Ask the host family" in words_of(screen.view.case.due)
    assert "Step of the plan: Ask the host family" in words_of(screen.view.summary)


def test_other_days_are_set(screen: Screen, man: Person) -> None:
    screen.view.case.stand.days.click()
    assert dialog(screen).values()["assess_by"] == "15 Jun 2010"
    fill(screen, assess_by="14.6.2010", plan_by="")
    assert "(by 14 Jun 2010)" in words_of(screen.view.case.stand)


def test_a_line_of_what_is_due_is_ticked_off(screen: Screen, man: Person) -> None:
    casework.plan(screen.desk, man.id, casework.PlanRow(id="", case_id="", goal="g", action="Bring water", by_when=DAY))
    screen.presenter.refresh(frozenset({"PlanRow"}))
    box = next(each for each in screen.view.case.due.findChildren(QCheckBox) if "Bring water" in each.accessibleName())
    box.click()
    assert casework.of_person(screen.desk, man.id).plan[0].done_on == DAY


def test_a_service_is_given_and_folded_away(screen: Screen, man: Person) -> None:
    panel = screen.view.case.services
    panel.add.click()
    assert errors(fill(screen)) == {"kind"}
    fill(screen, kind="health", frame="24_hours", provider="Clinic")
    assert "Health care" in words_of(panel)
    link(screen, "Given… Health care").click()
    fill(screen, result="Wound dressed")
    service = casework.of_person(screen.desk, man.id).services[0]
    assert (service.done_on, service.provider_note) == (DAY, "Wound dressed")
    link(screen, "Show 1 that is done").click()
    assert "Wound dressed" in words_of(panel)


def test_who_comes_for_the_follow_ups_stands_on_the_first_one(screen: Screen, man: Person) -> None:
    case = screen.view.case
    case.go_to("follow_ups")
    assert case.window().focusWidget() is case.follow_ups.add
    case.follow_ups.add.click()
    fill(screen, kind="visit", due_on="20.6.2010")
    case.go_to("follow_ups")
    assert case.window().focusWidget() is link(screen, "Record… Visit")


def test_a_row_is_changed_and_a_mistake_taken_away(screen: Screen, man: Person) -> None:
    screen.view.case.follow_ups.add.click()
    fill(screen, kind="visit", due_on="20.6.2010")
    link(screen, "Change… Visit").click()
    assert dialog(screen).values()["due_on"] == "20 Jun 2010"
    fill(screen, kind="safe_channel")
    assert casework.of_person(screen.desk, man.id).follow_ups[0].kind == "safe_channel"
    link(screen, "Change… By the safe channel").click()
    fill(screen, away="yes")
    assert casework.of_person(screen.desk, man.id).follow_ups == ()


def test_a_follow_up_proposes_the_next_one(screen: Screen, man: Person) -> None:
    screen.view.case.follow_ups.add.click()
    fill(screen, kind="visit", due_on="14.6.2010")
    link(screen, "Record… Visit").click()
    form = dialog(screen)
    assert form.values()["next_on"] == "16 Jun 2010"  # he is critical
    form.form.rows["seen"].control._buttons["no"].click()  # type: ignore[attr-defined]
    assert form.values()["next_on"] == "15 Jun 2010"
    assert form.form.rows["not_seen_why"].isVisibleTo(form)
    form.act.click()
    assert errors(form) == {"not_seen_why"}
    fill(screen, not_seen_why="Nobody at home")
    following, done = casework.of_person(screen.desk, man.id).follow_ups
    assert (following.due_on, done.seen) == (DAY + timedelta(1), "no")


def test_a_referral_from_the_picker_to_the_slip_and_its_answer(
    screen: Screen, man: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(screen.desk, man.id)
    monkeypatch.setattr(work, "ask_pdf_path", lambda *_asked: tmp_path / "slip.pdf")
    screen.view.case.referrals.add.click()
    form = dialog(screen)
    assert isinstance(form, ReferralForm)
    form.set_value("recipient", "health")
    form.recipient_chosen.emit("health")
    assert form.consent.words() == "Yes: this person agreed to this recipient"
    assert form.facts.picked() == ()
    assert "language" not in form.facts._boxes  # he is at risk of return
    form.facts._boxes["group"].click()
    assert form.values()[FACTS] == "group"
    assert errors(fill(screen, service_kind="health", asked="Ask Илҳом about his burn", day="15.6.2010")) == {"asked"}
    fill(screen, asked="Dress a burn on the arm")
    made = casework.of_person(screen.desk, man.id).referrals[0]
    assert made.told == ("group",)
    fill(screen, plain="yes")
    assert errors(dialog(screen)) == {"reason"}
    fill(screen, reason="Printed for the holder")
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert "The slip is saved" in screen.view.case.referrals.note.words()
    assert summaries.exports_of(screen.desk, [man.id])[0].export_no == made.reference
    link(screen, "Answer…").click()
    fill(screen, answer="revoked")
    assert errors(dialog(screen)) == {"words"}
    fill(screen, answer="done")
    assert referrals.of_reference(screen.desk, made.reference).done_on == DAY


def test_without_a_yes_a_supervisor_is_asked_why(screen: Screen, man: Person) -> None:
    screen.view.case.referrals.add.click()
    form = dialog(screen)
    assert isinstance(form, ReferralForm)
    form.recipient_chosen.emit("unhcr")
    assert form.form.rows["without_consent_why"].isVisibleTo(form)
    assert not form.form.rows["vital"].isVisibleTo(form)
    agree(screen.desk, man.id, "no", "unhcr")
    form.recipient_chosen.emit("unhcr")
    assert form.form.rows["vital"].isVisibleTo(form)


def test_the_keys_stay_where_they_were_when_rows_are_made_anew(screen: Screen, man: Person) -> None:
    shown = window(screen.view)
    casework.provide(screen.desk, man.id, casework.Service(id="", case_id="", kind="health"))
    screen.presenter.refresh(frozenset({"Service"}))
    link(screen, "Given… Health care").setFocus()
    screen.presenter.refresh(frozenset({"Service"}))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Given… Health care"
    shown.close()


def test_who_does_not_hold_the_case_reads_none_of_it(
    screen: Screen, desk: Desk, man: Person, clock: FixedClock
) -> None:
    keep(desk, SpecificNeed(id=new_id(), person_id=man.id, code="SV-VO"))
    casework.plan(
        desk, man.id, casework.PlanRow(id="", case_id="", goal="Secret goal", action="Secret act", by_when=DAY)
    )
    theirs = Screen(as_caseworker(desk)).open(man.id)
    told = words_of(theirs.view)
    assert "Secret" not in told
    assert "Restricted: ask the supervisor or whoever holds the case." in words_of(theirs.view.case.plan)
    assert "Step of the plan" in words_of(theirs.view.case.due)
    assert not theirs.view.case.stand.step.isVisibleTo(theirs.view.case.stand)


def test_every_widget_of_the_tab_and_its_forms_has_a_name(screen: Screen, man: Person) -> None:
    case = screen.view.case
    assert not faults(case)
    for ask in (
        case.plan.add,
        case.services.add,
        case.referrals.add,
        case.follow_ups.add,
        case.stand.step,
        case.stand.days,
    ):
        ask.click()
        assert not faults(dialog(screen))
        dialog(screen).reject()


def test_what_was_told_of_a_slip_goes_with_the_record(screen: Screen, desk: Desk, man: Person) -> None:
    screen.view.case.tell_slip("The password, shown this once: x", "The slip is saved")
    other = Person(id=new_id(), number="KX7-00099-9", given_name="Азиз", sex="M")
    keep(desk, other)
    screen.open(other.id)
    assert screen.view.case.referrals.note.words() == ""
