from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from tracing_helpers import CTRL, Ways, picker, press, register, rich, said, type_in, unnamed, window_of

from panoh.base.ids import new_id
from panoh.domain.person import Unanswered
from panoh.domain.tracing import TracingRequest
from panoh.services import drafts, tracing, tracing_consent
from panoh.services.desk import Desk
from panoh.ui.families.model import FamilyWords, family_model
from panoh.ui.history_tab import HistoryTab
from panoh.ui.privacy import Privacy
from panoh.ui.settings.import_dialog import ImportDialog
from panoh.ui.tasks import InlineRunner
from panoh.ui.tracing.compare_page import RequestPage
from panoh.ui.tracing.compare_words import CompareModel
from panoh.ui.tracing.model import candidates_model, requests_model
from panoh.ui.tracing.presenter import TracingPresenter
from panoh.ui.tracing.request_form import RequestForm
from panoh.ui.tracing.view import TracingView


class Screen:
    """The Tracing screen in a window of its own."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.ways, self.privacy = desk, Ways(), Privacy()
        runner, words, today = InlineRunner(), desk.vocabularies, desk.clock.today
        self.form = RequestForm(words, picker(desk, self.privacy), today)
        candidates = candidates_model(runner, words, self.privacy, today)
        relatives = FamilyWords(words, self.privacy, today, asks=True)
        family = family_model(runner, relatives, today)
        self.page = RequestPage(candidates, CompareModel(runner), family, HistoryTab(runner))
        self.view = TracingView(requests_model(runner, words, self.privacy, today), self.form, self.page)
        self.presenter = TracingPresenter(self.view, desk, runner, self.ways, self.privacy, relatives)
        self.presenter.changed.connect(self.ways.changes.append)
        self.presenter.told_saved.connect(self.ways.status.append)

    def requests(self) -> list[TracingRequest]:
        """Every request in the vault."""
        return [tracing.request(self.desk, line.id) for line in tracing.page(self.desk, 0, 100)]

    def focus(self, key: str) -> None:
        """Put the keys into a field."""
        self.form.form.rows[key].take_focus()


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    made = Screen(desk)
    with window_of(made.view):
        made.presenter.opened()
        yield made


@pytest.fixture
def family(desk: Desk) -> tuple[str, str]:
    """A mother who asks, and a boy who may be her son, elsewhere."""
    mother = register(desk, "Gulbahor", "Yulchieva", sex="F")
    boy = register(
        desk,
        "Азизбек",
        "Тўрабоев",
        sex="M",
        origin="Ош, Черёмушки",
        birth_precision="year",
        birth_earliest=date(2006, 1, 1),
        birth_latest=date(2006, 12, 31),
        phone="+996555010203",
    )
    return mother.id, boy.id


def ask(desk: Desk, mother: str, **more: object) -> TracingRequest:
    """A request for Azizbek."""
    values: dict[str, object] = {
        "inquirer_id": mother,
        "given_name": "Azizbek",
        "family_name": "Turaboev",
        "sex": "M",
        "relation": "child",
        "origin": "Ош, Черёмушки",
        "birth_precision": "year",
        "birth_earliest": date(2006, 1, 1),
        "birth_latest": date(2006, 12, 31),
        "consent_to_trace": "yes",
        **more,
    }
    return tracing.ask(desk, TracingRequest(id=new_id(), **values))[0]  # type: ignore[arg-type]


def test_an_empty_list_says_what_will_be_here_and_offers_the_first_action(screen: Screen) -> None:
    assert "No tracing requests yet" in said(screen.view)
    press(Qt.Key.Key_N, CTRL)
    assert screen.view.form_open
    assert QApplication.focusWidget() is screen.form.picker.line


def test_a_request_is_made_by_keyboard_alone(screen: Screen, family: tuple[str, str]) -> None:
    mother, boy = family
    press(Qt.Key.Key_N, CTRL)
    type_in("yulchieva\n")
    assert screen.form.picker.person_id == mother
    screen.focus("sought")
    type_in("Turaboev Azizbek")
    screen.focus("birth")
    type_in("2006")
    screen.focus("origin")
    type_in("Ош, Черёмушки")
    screen.focus("relatives")
    type_in("Gulbahor, Ravshan")
    screen.focus("last_seen")
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Return, CTRL)
    (kept,) = screen.requests()
    assert (kept.inquirer_id, kept.inquirer_name) == (mother, "")
    assert (kept.given_name, kept.family_name) == ("Azizbek", "Turaboev")
    assert kept.relatives == ("Gulbahor", "Ravshan")
    assert (kept.birth_precision, kept.consent_to_trace, kept.last_seen) == ("year", "", "")
    with screen.desk.reading() as reading:
        (gap,) = reading.where_in(Unanswered, "record_id", [kept.id])
    assert (gap.field, gap.answer) == ("last_seen", "does_not_know")
    assert not drafts.mine(screen.desk)
    assert screen.view.currentWidget() is screen.page
    found = screen.page.current()
    assert found is not None
    assert found.person.id == boy
    assert "was not asked yet" in screen.page.told.words()
    assert any("TracingRequest" in change.kinds for change in screen.ways.changes)


def test_what_is_missing_or_impossible_is_told_at_its_field_and_kept_as_a_draft(screen: Screen) -> None:
    press(Qt.Key.Key_N, CTRL)
    screen.focus("separated_on")
    type_in("31 Jun 2010")
    press(Qt.Key.Key_Return, CTRL)
    errors = {key: row.error for key, row in screen.form.form.rows.items() if row.error}
    assert errors == {
        "who": "Say who asks: choose a person or type a name",
        "sought": "Say whom they look for: one name is enough",
        "separated_on": "31 Jun 2010 does not exist: June has 30 days",
    }
    assert QApplication.focusWidget() is screen.form.form.summary
    assert not screen.requests()
    assert "Everything you typed is kept" in said(screen.form.form.summary)
    assert len(drafts.mine(screen.desk, "tracing")) == 1


def test_a_month_is_no_day_of_parting_and_none_is_invented(screen: Screen) -> None:
    press(Qt.Key.Key_N, CTRL)
    type_in("Someone\t")
    screen.focus("sought")
    type_in("Azizbek")
    screen.focus("separated_on")
    type_in("Jun 2009")
    press(Qt.Key.Key_Return, CTRL)
    assert "a day is never guessed" in screen.form.form.rows["separated_on"].error
    assert not screen.requests()


def test_a_draft_comes_back_only_when_it_is_asked_for(screen: Screen, family: tuple[str, str]) -> None:
    press(Qt.Key.Key_N, CTRL)
    type_in("yulchieva\n")
    screen.focus("sought")
    type_in("<b>Азиз")
    screen.focus("last_seen")
    press(Qt.Key.Key_F8)
    assert screen.view._draft_timer.isActive()
    assert screen.view._draft_timer.interval() < 2000
    screen.view._draft_timer.timeout.emit()
    assert screen.ways.status[-1].startswith("Draft saved")
    again = Screen(screen.desk)
    with window_of(again.view):
        again.presenter.opened()
        press(Qt.Key.Key_N, CTRL)
        assert again.form.title() == ""
        assert "<b>Азиз" in again.view.pane.offer.words()
        again.view.pane.offer._act()
        assert again.form.title() == "<b>Азиз"
        assert again.form.picker.person_id == family[0]
        assert again.form._controls["last_seen"].unknown == "not_asked"
        press(Qt.Key.Key_Return, CTRL)
        assert [one.given_name for one in again.requests()] == ["<b>Азиз"]
        assert not drafts.mine(again.desk)


def test_a_draft_from_before_the_withdrawal_does_not_bring_the_consent_back(screen: Screen) -> None:
    asked = tracing.ask(screen.desk, TracingRequest(id=new_id(), given_name="Азиз", consent_to_trace="yes"))[0]
    form = {
        "who": "Гулбаҳор",
        "sought": "Азиз",
        "consent_to_trace": "yes",
        "consent_to_show": "yes",
        "nickname": "Азизчик",
    }
    drafts.keep(screen.desk, new_id(), "tracing", {"request": asked.id, "consent": "yes", "form": form})
    tracing_consent.withdraw(screen.desk, asked.id)
    press(Qt.Key.Key_N, CTRL)
    screen.view.pane.offer._act()
    press(Qt.Key.Key_Return, CTRL)
    now = tracing.request(screen.desk, asked.id)
    assert (now.nickname, now.consent_to_trace, now.consent_to_show) == ("Азизчик", "no", "no")
    assert now.consent_withdrawn_on is not None


def test_leaving_the_form_keeps_it_as_a_draft(screen: Screen) -> None:
    press(Qt.Key.Key_N, CTRL)
    type_in("Somebody")
    screen.view.pane.leave_asked.emit()
    assert not screen.view.form_open
    assert [draft.payload["form"]["who"] for draft in drafts.mine(screen.desk, "tracing")] == ["Somebody"]


def test_enter_opens_the_candidate(screen: Screen, family: tuple[str, str]) -> None:
    screen.presenter.open_request(ask(screen.desk, family[0]).id)
    press(Qt.Key.Key_Return)
    assert screen.ways.people == [family[1]]


def test_without_consent_nobody_is_looked_for_and_the_page_says_so(screen: Screen, family: tuple[str, str]) -> None:
    screen.presenter.open_request(ask(screen.desk, family[0], consent_to_trace="no").id)
    assert screen.page.current() is None
    assert "Nobody is looked for" in said(screen.page)


def test_a_request_is_changed_and_keeps_its_number_and_name_parts(screen: Screen, family: tuple[str, str]) -> None:
    made = ask(screen.desk, family[0], consent_to_trace="", patronymic="Равшанович", separated_on=date(2010, 6, 11))
    screen.presenter.open_request(made.id)
    screen.page.change_asked.emit()
    assert screen.form.picker.person_id == family[0]
    screen.form._controls["consent_to_trace"].set_value("yes")
    press(Qt.Key.Key_Return, CTRL)
    (kept,) = screen.requests()
    assert (kept.number, kept.consent_to_trace, kept.patronymic) == (made.number, "yes", "Равшанович")
    assert (kept.separated_on, kept.birth_earliest, kept.relation) == (date(2010, 6, 11), date(2006, 1, 1), "child")


def test_the_answer_to_may_we_look_is_recorded_from_where_it_is_missed(screen: Screen, family: tuple[str, str]) -> None:
    made = ask(screen.desk, family[0], consent_to_trace="")
    screen.presenter.open_request(made.id)
    screen.page.told.focus_action()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Up)  # from "not asked yet" to "no"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return, CTRL)
    (kept,) = screen.requests()
    assert (kept.number, kept.consent_to_trace) == (made.number, "yes")
    assert not screen.page.told.words()


def test_privacy_turns_names_into_initials(screen: Screen, family: tuple[str, str]) -> None:
    screen.presenter.open_request(ask(screen.desk, family[0]).id)
    screen.privacy.set_hidden(True)
    assert "Gulbahor" not in said(screen.page)
    assert "Азизбек" not in screen.page.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Азизбек" not in str([screen.page.table.model().index(0, at).data() for at in range(5)])


def test_a_person_s_record_begins_a_request_that_they_make(screen: Screen, family: tuple[str, str]) -> None:
    screen.presenter.new_request(family[0])
    assert screen.form.picker.person_id == family[0]
    assert QApplication.focusWidget() is screen.form._line("sought")


def test_a_list_of_requests_is_tried_then_brought_in(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "requests.csv"
    path.write_text("given_name,family_name,sex,age\nAzizbek,Turaboev,M,4\n,,M,5\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    screen.view.import_asked.emit()
    dialog = screen.view.findChild(ImportDialog)
    assert dialog is not None
    dialog.choose()
    while not dialog.columns.ready:
        QApplication.processEvents()
    dialog.try_it()
    assert not screen.requests()
    assert "1 row refused" in dialog.outcome.remarks.toPlainText()
    press(Qt.Key.Key_Return, on=dialog.focusWidget())
    assert [one.given_name for one in screen.requests()] == ["Azizbek"]
    assert "The list was brought in" in dialog.told.words()
    assert screen.view.requests.rowCount() == 1
    dialog.reject()


def test_everything_has_a_name_and_no_text_is_markup(screen: Screen, family: tuple[str, str]) -> None:
    screen.presenter.open_request(ask(screen.desk, family[0]).id)
    screen.presenter.new_request()
    assert unnamed(screen.view) == []
    assert rich(screen.view) == []


def test_typing_after_a_person_was_taken_frees_the_line(screen: Screen, family: tuple[str, str]) -> None:
    press(Qt.Key.Key_N, CTRL)
    type_in("yulchieva\n")
    press(Qt.Key.Key_Backspace)
    assert screen.form.picker.person_id == ""
    screen.form.picker.set_text("")
    type_in("yulchieva")
    screen.form.picker.search_now()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert screen.form.picker.person_id == family[0]
    assert QApplication.focusWidget() is screen.form.picker.line
