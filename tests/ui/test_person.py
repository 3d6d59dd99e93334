from __future__ import annotations

from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from queue_people import window
from tests.ui.person_screen import Screen, as_caseworker, family, words_of

from panoh.base.ids import new_id
from panoh.domain.border import BorderEvent
from panoh.domain.cases import Case, CaseAction, CaseOption, Note, Task
from panoh.domain.casework import FollowUp, PlanRow, Referral, Service
from panoh.domain.consent import Consent
from panoh.domain.household import Household
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import cases, people
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.ui.field_words import FIELD_WORDS, RECORD_WORDS
from panoh.ui.navigator import Among
from panoh.ui.person.view import CASE, CONSENT, FAMILY, FILES, HISTORY, IDENTITY, NEEDS, SEALED, SUMMARY, TABS
from panoh.ui.theme import look


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


def test_the_header_says_who_it_is_in_both_scripts(desk: Desk, man: Person) -> None:
    said = words_of(Screen(desk).open(man.id).view.header)
    assert "Сатторқуллиев Илҳом" in said
    assert "Ilhom Sattorqulliyev" in said
    assert man.number in said
    assert "Man, 37 to 38 (born 1972, year only, stated)" in said
    assert "Speaks Uzbek, Russian" in said


def test_a_name_without_another_script_is_shown_in_latin_letters(desk: Desk, man: Person) -> None:
    wife = next(line for line in people.person(desk, man.id).members if line.relation == "spouse")
    assert "Gulnora" in words_of(Screen(desk).open(wife.id).view.header)


def test_hidden_names_are_initials_everywhere(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    screen.privacy.set_hidden(True)
    for part in (screen.view.header, screen.view.summary, screen.view.family):
        assert "Илҳом" not in words_of(part)
        assert "Гулнора" not in words_of(part)


def test_the_summary_gives_reasons_family_and_consent(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    said = words_of(screen.view.summary)
    assert screen.view.header.chip.level == "critical"
    assert "Uzbekistan" in said
    assert "Missing" in said
    assert "Гулнора" in said
    assert "Nothing is planned." in said
    assert said.count("\nNo\n") == 2  # both authorities, though nobody was asked


def test_all_facts_unfold(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    screen.view.summary.facts_link.click()
    assert screen.view.summary.facts_link.text() == "In short"


def test_one_without_the_case_reads_restricted_and_takes_it(desk: Desk, man: Person) -> None:
    other = as_caseworker(desk)
    screen = Screen(other).open(man.id)
    assert "Restricted reason" in words_of(screen.view.summary)
    assert "Feared country" not in words_of(screen.view.summary)
    assert "feared_country" in screen.view.needs.form.rows
    assert not screen.view.needs.form.rows["feared_country"].isVisibleTo(screen.view.needs)
    assert screen.view.needs.values()["feared_country"] == ""
    assert screen.view.needs.take_button.isVisibleTo(screen.view.needs)
    screen.view.needs.take_button.click()
    assert cases.case_or_new(other, man.id).owner_id == other.user.id
    assert screen.view.needs.form.rows["feared_country"].isVisibleTo(screen.view.needs)
    assert screen.read(NEEDS, "feared_country") == "UZ"


def test_legal_status_and_papers_of_refugees_are_shown_by_role(desk: Desk, man: Person) -> None:
    keep(desk, replace(man, legal_status="mandate_refugee"))
    keep(desk, IdentityDocument(id=new_id(), person_id=man.id, kind="refugee_certificate", state="destroyed"))
    wife = next(line for line in people.person(desk, man.id).members if line.relation == "spouse")
    screen = Screen(as_caseworker(desk))
    told = []
    for person_id in (man.id, wife.id):
        identity = screen.open(person_id).view.identity
        assert not identity.form.rows["legal_status"].isVisibleTo(identity)
        told.append([words for words in identity._by_role if words.isVisibleTo(identity)])
    assert told[0] == told[1], "alike for whoever has such a paper and whoever has none"
    assert len(told[0]) == 2
    screen.open(man.id)
    assert [row["kind"] for row in screen.view.identity.values()["documents"]] == ["passport"]
    screen.write(IDENTITY, "phone", "0555 12 34 56")
    screen.presenter.save(IDENTITY)
    kept = people.person(desk, man.id)
    assert (kept.person.phone, kept.person.legal_status, len(kept.documents)) == ("0555 12 34 56", "mandate_refugee", 2)
    screen.view.needs.take_button.click()
    assert screen.view.identity.form.rows["legal_status"].isVisibleTo(screen.view.identity)
    assert screen.read(IDENTITY, "legal_status") == "mandate_refugee"
    assert not [words for words in screen.view.identity._by_role if words.isVisibleTo(screen.view.identity)]


def test_a_case_of_someone_else_says_whom_to_ask(desk: Desk, man: Person) -> None:
    cases.take(desk, man.id)
    screen = Screen(as_caseworker(desk)).open(man.id)
    assert not screen.view.needs.take_button.isVisibleTo(screen.view.needs)
    assert "feruza holds this case" in words_of(screen.view.needs)


def test_taking_from_someone_else_is_refused_in_words(desk: Desk, man: Person) -> None:
    cases.take(desk, man.id)
    screen = Screen(as_caseworker(desk)).open(man.id)
    screen.presenter.actions.take()
    assert "Your role may not do this" in screen.view.note.words()


def test_history_tells_field_old_and_new_and_who(desk: Desk, man: Person) -> None:
    keep(desk, replace(man, intends_to_go="KZ"))
    screen = Screen(desk).open(man.id)
    screen.view.show_tab(HISTORY)
    rows = [screen.view.history.model.row_at(row) for row in range(screen.view.history.model.rowCount())]
    change = next(row for row in rows if "intends to go to" in row.what)
    assert change.values == "Uzbekistan → Kazakhstan"
    assert change.who == "feruza"
    assert rows.index(change) < rows.index(next(row for row in rows if row.what == "Person recorded"))


def test_a_value_is_put_back_from_the_history(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    screen.write(IDENTITY, "given_name", "Илхом")
    screen.presenter.save(IDENTITY)
    screen.view.show_tab(HISTORY)
    history = screen.view.history
    rows = [history.model.row_at(row) for row in range(history.model.rowCount())]
    at = next(row for row, change in enumerate(rows) if change.values == f"{man.given_name} → Илхом")
    history.table.selectRow(at)
    assert history.put_back.isEnabled()
    history.put_back.click()
    assert screen.read(IDENTITY, "given_name") == man.given_name
    rows = [history.model.row_at(row) for row in range(history.model.rowCount())]
    assert f"Илхом → {man.given_name}" in [change.values for change in rows]
    history.table.selectRow(len(rows) - 1)
    assert not history.put_back.isEnabled()  # what was made has no value before


def test_a_paper_that_was_taken_away_is_brought_back(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    before = people.person(desk, man.id).documents
    screen.rows(IDENTITY, "documents", [])
    screen.presenter.save(IDENTITY)
    assert people.person(desk, man.id).documents == ()
    screen.view.show_tab(HISTORY)
    history = screen.view.history
    rows = [history.model.row_at(row) for row in range(history.model.rowCount())]
    history.table.selectRow(next(row for row, change in enumerate(rows) if change.put_back == "Bring it back"))
    history.put_back.click()
    assert people.person(desk, man.id).documents == before


def test_every_field_in_a_history_has_words() -> None:
    pointers = {"id", "person_id", "record_id", "case_id", "reunification_id", "sha256", "size", "media_type"}
    of_history = (
        Person, PersonName, IdentityDocument, PersonPhone, BorderEvent, SpecificNeed, Consent, RefoulementAssessment,
        Case, CaseOption, CaseAction, Note, Task, Household, PlanRow, Service, Referral, FollowUp,
    )  # fmt: skip
    for kind in of_history:
        assert kind.__name__ in RECORD_WORDS
        named = {field.name for field in fields(kind)}
        assert named - pointers - {"border_point_id"} <= FIELD_WORDS.keys(), kind


def test_history_says_nothing_of_the_assessment_to_others(desk: Desk, man: Person) -> None:
    screen = Screen(as_caseworker(desk)).open(man.id)
    screen.view.show_tab(HISTORY)
    rows = [screen.view.history.model.row_at(row) for row in range(screen.view.history.model.rowCount())]
    assert not [row for row in rows if "efoulement" in row.what]


def test_previous_and_next_go_through_the_list(desk: Desk, man: Person) -> None:
    ids = [line.id for line in people.page(desk, 0, 10)]
    at = ids.index(man.id)
    screen = Screen(desk).open(man.id, Among("Triage", "{n} of {count} in this queue", at, len(ids), ids.__getitem__))
    assert screen.view.way.back.text() == "Triage"
    assert f"{at + 1} of {len(ids)} in this queue" in words_of(screen.view.way)
    step = screen.view.way.next if at + 1 < len(ids) else screen.view.way.previous
    step.click()
    assert man.number not in words_of(screen.view.header)


def test_the_ways_out_go_through_the_navigator(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    screen.view.way.back.click()
    screen.view.family.look_asked.emit()
    screen.view.case.report_asked.emit()
    screen.view.family.person_asked.emit("someone")
    assert screen.steps.went == [("back", ""), ("new_request", man.id), ("report", man.id), ("person", "someone")]


def test_nothing_is_unnamed_and_nothing_is_rich_text(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    screen.view.show()
    for tab, _long, _short in TABS:
        screen.view.show_tab(tab)
        _check_widgets([widget for widget in screen.view.findChildren(QWidget) if widget.isVisible()])
    screen.view.close()


def _check_widgets(shown: list[QWidget]) -> None:
    for widget in shown:
        focusable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        inner = widget.parentWidget() is not None and widget.parentWidget().metaObject().className() == "QComboBox"
        if focusable and not inner and not widget.objectName().startswith("qt_"):
            assert widget.accessibleName(), (type(widget).__name__, type(widget.parentWidget()).__name__)
        if isinstance(widget, QLabel):
            assert widget.textFormat() == Qt.TextFormat.PlainText
        assert not isinstance(widget, QTextEdit)


@pytest.mark.parametrize("percent", [100, 200])
def test_every_tab_fits_the_window(desk: Desk, man: Person, percent: int) -> None:
    look().set_text_size(percent)
    screen = Screen(desk).open(man.id)
    screen.view.resize(1366 - 136 if percent == 100 else 1366 - 112, 640)
    screen.view.show()
    for key, _long, _short in TABS:
        screen.view.show_tab(key)
        assert screen.view.minimumSizeHint().width() <= screen.view.width(), key
        page = screen.view.pages.currentWidget()
        assert page.minimumSizeHint().width() <= screen.view.width() - 12, key
    assert {SUMMARY, IDENTITY, NEEDS, FAMILY, CASE, CONSENT, FILES, SEALED, HISTORY} == {
        key for key, _long, _short in TABS
    }
    screen.view.close()


def test_from_a_field_the_next_tab_begins_at_its_top(desk: Desk, man: Person) -> None:
    screen = Screen(desk).open(man.id)
    shown = window(screen.view)
    screen.view.show_tab(CONSENT)
    screen.view.consent.form.rows["language"].take_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert screen.view.tab == CASE
    assert screen.view.tabs.hasFocus()
    shown.close()


def test_text_that_looks_like_markup_stays_text(desk: Desk, man: Person) -> None:
    keep(desk, replace(man, family_name="<b>x", given_name='<img src="/etc/hostname">'))
    said = words_of(Screen(desk).open(man.id).view.header)
    assert '<b>x <img src="/etc/hostname">' in said


@pytest.mark.parametrize("tab", [key for key, _long, _short in TABS])
def test_the_record_does_not_scroll_for_the_sake_of_another_tab(desk: Desk, man: Person, tab: str) -> None:
    view = Screen(desk).open(man.id).view
    view.resize(1228, 690)  # what a window of 1366 × 768 leaves it
    view.show()
    for each in (FILES, SEALED, HISTORY, tab):
        view.show_tab(each)
        for _round in range(5):
            QApplication.processEvents()
    assert view._area.verticalScrollBar().maximum() == 0
