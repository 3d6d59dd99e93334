"""A household's facts changed in the record of a member, moves between households, and interviews alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from tests.ui.person_screen import Screen, as_caseworker, family, words_of

from panoh.base.ids import new_id
from panoh.domain.household import Household, Site
from panoh.domain.person import Person
from panoh.services import cases, drafts, people, triage
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.ui.person.move_form import OWN, RELATION, WHERE, MoveForm
from panoh.ui.person.view import FAMILY, HISTORY, IDENTITY, NEEDS
from panoh.ui.theme import look
from panoh.ui.widgets.control_values import UNKNOWN


@pytest.fixture(autouse=True)
def nothing_left_open(usual_look: None) -> Iterator[None]:
    """A dialog that a test leaves open would keep the keys from whatever comes after."""
    yield
    while isinstance(left := QApplication.activeModalWidget(), QDialog):
        left.reject()


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


@pytest.fixture
def screen(desk: Desk, man: Person) -> Screen:
    made = Screen(desk).open(man.id)
    made.view.show_tab(FAMILY)
    return made


def home(screen: Screen, person: Person) -> Household:
    found = people.person(screen.desk, person.id).household
    assert found is not None
    return found


def site(desk: Desk, name: str) -> Site:
    with desk.writing() as unit:
        made = Site(id=new_id(), number=unit.next_numbers()[0], name=name)
    keep(desk, made)
    return made


def dialog(screen: Screen) -> MoveForm:
    screen.view.family.move_button.click()
    found = screen.presenter.actions.dialog
    assert isinstance(found, MoveForm)
    return found


# --- facts ------------------------------------------------------------------------------------------------------------


def test_the_facts_stand_as_words_until_one_changes_them(screen: Screen, man: Person) -> None:
    tab = screen.view.family
    words = words_of(tab)
    assert f"Household {home(screen, man).number}" in words
    assert "Shelter\nnot recorded" in words
    assert tab.folded
    assert not screen.view.footer.isVisibleTo(screen.view)
    tab.change_button.click()
    assert not tab.folded
    assert screen.view.footer.isVisibleTo(screen.view)
    assert tab.change_button.text() == "Leave as it was"
    tab.change_button.click()
    assert tab.folded


def test_facts_are_saved_with_history_and_the_level_follows(screen: Screen, man: Person) -> None:
    place = site(screen.desk, "Школа № 5")
    screen.presenter.refresh(frozenset({"Site"}))
    tab = screen.view.family
    tab.change_button.click()
    screen.write(FAMILY, "address_before", "Ош, Навоий 14")
    screen.write(FAMILY, "site_id", place.id)
    screen.write(FAMILY, "shelter", "open_air")
    screen.write(FAMILY, "house_burnt", "yes")
    screen.write(FAMILY, "phone", UNKNOWN + "refused")
    screen.write(FAMILY, "language", "uz")
    screen.write(FAMILY, "notice_read", "no")
    screen.presenter.save(FAMILY)
    assert screen.problems(FAMILY) == {}
    now = home(screen, man)
    assert (now.address_before, now.site_id, now.shelter, now.house_burnt) == (
        "Ош, Навоий 14", place.id, "open_air", "yes",
    )  # fmt: skip
    assert (now.phone, now.language, now.notice_read) == ("", "uz", "no")
    assert people.person(screen.desk, man.id).person.site_id == place.id
    assert "T14" in {reason.rule for reason in triage.why(screen.desk, man.id).reasons}
    assert tab.folded
    words = words_of(tab)
    assert "Phone of the household\nrefused" in words
    assert "In the open" in words
    assert "Школа № 5" in words
    assert "Household" in screen.changes[-1]
    screen.view.show_tab(HISTORY)
    rows = [screen.view.history.model.row_at(row) for row in range(screen.view.history.model.rowCount())]
    told = {row.what: row.values for row in rows}
    assert told["Household: shelter"] == "— → In the open"
    assert told["Household: where they stay"] == "— → Школа № 5"
    assert told["Person: where they stay"] == "— → Школа № 5"
    screen.view.show_tab(FAMILY)
    tab.change_button.click()
    assert screen.read(FAMILY, "phone") == UNKNOWN + "refused"


def test_what_is_none_of_the_choices_is_told_at_its_field(screen: Screen, man: Person) -> None:
    screen.view.family.change_button.click()
    box = screen.view.family.form.rows["site_id"].control
    box.lineEdit().setText("Atlantis")  # type: ignore[attr-defined]
    screen.view.family.edited.emit()
    screen.write(FAMILY, "address_before", "x" * 501)
    screen.presenter.save(FAMILY)
    problems = screen.problems(FAMILY)
    assert "Atlantis" in problems["site_id"]
    assert "500" in problems["address_before"]
    assert not screen.view.family.folded
    assert screen.changes == []


def test_half_typed_facts_are_kept_as_a_draft_and_offered_again(screen: Screen, man: Person) -> None:
    screen.view.family.change_button.click()
    screen.write(FAMILY, "address_before", "Ош, Нав")
    screen.presenter.keep_drafts()
    assert [draft.payload["tab"] for draft in drafts.mine(screen.desk)] == [FAMILY]
    again = Screen(screen.desk).open(man.id)
    again.view.offer._act()
    assert again.view.tab == FAMILY
    assert not again.view.family.folded
    assert again.read(FAMILY, "address_before") == "Ош, Нав"
    again.presenter.undo(FAMILY)
    assert again.view.family.folded
    assert drafts.mine(screen.desk) == []


def test_another_person_s_page_begins_with_words(screen: Screen, man: Person) -> None:
    wife = next(line for line in people.person(screen.desk, man.id).members if line.relation == "spouse")
    screen.view.family.change_button.click()
    screen.open(wife.id)
    assert screen.view.family.folded


def test_the_household_does_not_tell_why_anyone_is_protected(desk: Desk, man: Person) -> None:
    cases.take(desk, man.id)
    wife = next(line for line in people.person(desk, man.id).members if line.relation == "spouse")
    for user in (desk, as_caseworker(desk)):
        said = words_of(Screen(user).open(wife.id).view.family)
        for word in ("Uzbekistan", "feared", "return", "estricted", "hunted", "danger", "T02", "nterview"):
            assert word not in said


# --- fields someone is typing in -------------------------------------------------------------------------------------


def test_a_change_from_elsewhere_reaches_the_fields_nobody_is_typing_in(screen: Screen, man: Person) -> None:
    screen.write(IDENTITY, "phone", "0555 1")
    keep(screen.desk, replace(people.person(screen.desk, man.id).person, origin="Карасуу", phone="0777"))
    screen.presenter.refresh(frozenset({"Person"}))
    assert screen.read(IDENTITY, "origin") == "Карасуу"
    assert screen.read(IDENTITY, "phone") == "0555 1"
    screen.presenter.save(IDENTITY)
    now = people.person(screen.desk, man.id).person
    assert (now.origin, now.phone) == ("Карасуу", "0555 1")


def test_relation_and_site_of_one_person_are_changed(screen: Screen, man: Person) -> None:
    place = site(screen.desk, "Stadium")
    screen.presenter.refresh(frozenset({"Site"}))
    screen.write(IDENTITY, "site_id", place.id)
    screen.write(IDENTITY, "relation", "sibling")
    screen.presenter.save(IDENTITY)
    now = people.person(screen.desk, man.id).person
    assert (now.site_id, now.relation) == (place.id, "sibling")


# --- moves ------------------------------------------------------------------------------------------------------------


def test_a_person_is_moved_to_a_household_found_by_its_number(screen: Screen, man: Person) -> None:
    other = save_family(screen.desk, FamilyForm(rows=(FamilyRow(name="Каримова Лола", sex="F", birth="34"),)))
    form = dialog(screen)
    form._picker.line.setText(other.household.number.rpartition("-")[0])
    form._picker.line.entered.emit()
    assert form._picker.person_id == other.people[0].id
    assert form._told.words() == f"Household {other.household.number}, 1 person"
    form.set_value(RELATION, "sibling")
    form.act.click()
    now = people.person(screen.desk, man.id)
    assert (now.person.household_id, now.person.relation) == (other.household.id, "sibling")
    assert f"Household {other.household.number}" in words_of(screen.view.family)
    screen.view.show_tab(HISTORY)
    rows = [screen.view.history.model.row_at(row) for row in range(screen.view.history.model.rowCount())]
    moved = next(row for row in rows if row.what == "Person: household")
    assert moved.values.endswith(f"→ {other.household.number}")
    assert moved.values.startswith("KX7-")


def test_a_person_gets_a_household_of_their_own(screen: Screen, man: Person) -> None:
    before = home(screen, man)
    keep(screen.desk, replace(before, shelter="inadequate", phone="0555"))
    screen.presenter.refresh(frozenset({"Household"}))
    form = dialog(screen)
    form.set_value(WHERE, OWN)
    assert not form.form.rows["who"].isVisibleTo(form)
    assert form.values()[RELATION] == "head"
    form.act.click()
    now = home(screen, man)
    assert now.id != before.id
    assert (now.shelter, now.phone) == ("inadequate", "")
    assert len(people.person(screen.desk, man.id).members) == 1


def test_a_move_without_a_household_is_told_at_its_field(screen: Screen, man: Person) -> None:
    form = dialog(screen)
    form._picker.line.setText("Zzyzx")
    form.act.click()
    assert "Find the household" in form.form.rows["who"].error
    wife = next(line for line in people.person(screen.desk, man.id).members if line.relation == "spouse")
    form._picker.show_person(wife)
    form.act.click()
    assert "already" in form.form.rows["who"].error
    assert screen.changes == []


def test_whoever_is_alone_is_told_what_becomes_of_the_household(desk: Desk) -> None:
    one = save_family(desk, FamilyForm(rows=(FamilyRow(name="Каримова Лола", sex="F", birth="34"),)))
    screen = Screen(desk).open(one.people[0].id)
    form = dialog(screen)
    assert f"Household {one.household.number} would be empty" in words_of(form)
    assert "of their own" not in words_of(form)


def test_someone_without_a_household_is_put_into_one(desk: Desk, man: Person) -> None:
    with desk.writing() as unit:
        lone = Person(id=new_id(), number=unit.next_numbers()[0], given_name="Тимур", sex="M")
    keep(desk, lone)
    screen = Screen(desk).open(lone.id)
    screen.view.show_tab(FAMILY)
    tab = screen.view.family
    assert "stands alone" in words_of(tab)
    assert not tab.change_button.isVisibleTo(tab)
    assert tab.move_button.text() == "Put into a household…"
    form = dialog(screen)
    form._picker.show_person(next(line for line in people.person(desk, man.id).members if line.id == man.id))
    form._picker.picked.emit(man.id)
    form.act.click()
    assert home(screen, lone).id == home(screen, man).id
    assert tab.change_button.isVisibleTo(tab)


def test_a_draft_about_the_household_before_goes_with_the_move(screen: Screen, man: Person) -> None:
    screen.view.family.change_button.click()
    screen.write(FAMILY, "address_before", "Ош, Нав")
    screen.presenter.keep_drafts()
    assert not screen.view.family.move_button.isVisibleTo(screen.view.family)
    again = Screen(screen.desk).open(man.id)  # after a crash, the draft put away
    form = dialog(again)
    form.set_value(WHERE, OWN)
    form.act.click()
    assert drafts.mine(again.desk) == []


# --- interviews alone -------------------------------------------------------------------------------------------------


def test_interviewed_alone_today_is_one_click_and_the_rest_of_the_page_stays(screen: Screen, man: Person) -> None:
    screen.write(NEEDS, "urgent", "yes")
    screen.view.needs.alone_button.click()
    assert people.person(screen.desk, man.id).person.interviewed_alone_on == screen.desk.clock.today()
    assert people.person(screen.desk, man.id).person.urgent == "none"
    assert screen.read(NEEDS, "interviewed_alone_on") == "14 Jun 2010"
    assert screen.read(NEEDS, "urgent") == "yes"
    screen.presenter.save(NEEDS)
    now = people.person(screen.desk, man.id).person
    assert (now.urgent, now.interviewed_alone_on) == ("yes", screen.desk.clock.today())


def test_the_day_of_an_interview_is_corrected_and_never_ahead(screen: Screen, man: Person) -> None:
    screen.write(NEEDS, "interviewed_alone_on", "16.6.2010")
    screen.presenter.save(NEEDS)
    assert screen.problems(NEEDS)["interviewed_alone_on"]
    screen.write(NEEDS, "interviewed_alone_on", "12.6.2010")
    screen.presenter.save(NEEDS)
    assert str(people.person(screen.desk, man.id).person.interviewed_alone_on) == "2010-06-12"
    screen.write(NEEDS, "interviewed_alone_on", "")
    screen.presenter.save(NEEDS)
    assert people.person(screen.desk, man.id).person.interviewed_alone_on is None


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("percent", [100, 200])
def test_the_fields_fit_and_have_names(screen: Screen, percent: int) -> None:
    look().set_text_size(percent)
    screen.view.resize(1230 if percent == 100 else 1254, 640)
    screen.view.show()
    screen.view.family.change_button.click()
    assert screen.view.pages.currentWidget().minimumSizeHint().width() <= screen.view.width() - 12
    form = dialog(screen)
    for page in (screen.view.family, form):
        for widget in page.findChildren(QWidget):
            if widget.focusPolicy().value & 1 and widget.isVisibleTo(page) and widget.focusProxy() is None:
                inner = (
                    widget.parentWidget() is not None and widget.parentWidget().metaObject().className() == "QComboBox"
                )
                assert inner or widget.accessibleName() or widget.objectName().startswith("qt_"), type(widget)
    form.reject()
    screen.view.close()
