"""Setting aside, bringing back, asking, agreeing, closing a case, and the journal: by keys and buttons alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from tests.services.erasing_people import SECOND, desk_of, office
from tests.services.test_erasing import family, note
from tests.ui.person_screen import Screen

from panoh.base.clock import FixedClock
from panoh.services import aside, cases, closing, erasing, journal, people, retention, vault
from panoh.services.desk import Changes, Desk
from panoh.ui.people.aside.model import aside_model
from panoh.ui.people.aside.screen import AsidePresenter, AsideView
from panoh.ui.privacy import Privacy
from panoh.ui.settings.erasure import AgreeForm, ErasureView
from panoh.ui.settings.erasure_model import erasure_model
from panoh.ui.settings.erasure_presenter import ErasurePresenter
from panoh.ui.settings.journal import JournalView
from panoh.ui.settings.journal_model import journal_model
from panoh.ui.settings.journal_presenter import JournalPresenter
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.widgets.table import PagedModel


@pytest.fixture
def at(tmp_path: Path, clock: FixedClock) -> Iterator[vault.OpenVault]:
    with office(tmp_path / "vault", clock) as opened:
        yield opened


def told(model: PagedModel) -> list[list[str]]:
    return [
        [str(model.data(model.index(row, at))) for at in range(len(model.columns))] for row in range(model.rowCount())
    ]


def erasures(desk: Desk, *, hidden: bool = False) -> ErasurePresenter:
    privacy = Privacy()
    privacy.set_hidden(hidden)
    model = erasure_model(InlineRunner(), desk.vocabularies, privacy, desk.clock.today)
    screen = ErasurePresenter(ErasureView(model, head=desk.is_head), desk, InlineRunner(), privacy)
    screen.opened()
    return screen


def entries(opened: vault.OpenVault, *, hidden: bool = False) -> JournalPresenter:
    privacy, names = Privacy(), journal.users(opened.desk)
    privacy.set_hidden(hidden)
    view = JournalView(journal_model(InlineRunner(), opened.desk, names, privacy), list(names.items()))
    screen = JournalPresenter(view, opened.desk, InlineRunner(), opened.check_journal)
    screen.opened()
    return screen


def test_a_record_is_brought_back(at: vault.OpenVault) -> None:
    person = family(at.desk, "Каримова Зулфия")[0]
    aside.set_aside(at.desk, person.id, "mistake")
    model = aside_model(InlineRunner(), at.desk.vocabularies, Privacy(), at.desk.clock.today)
    screen = AsidePresenter(AsideView(model), at.desk, InlineRunner())
    changes: list[Changes] = []
    screen.changed.connect(changes.append)
    screen.opened()
    assert told(model)[0][0] == person.number
    assert "Registered by mistake" in told(model)[0]
    assert told(model)[0][-1] == "30 days left"
    screen._view.table.selectRow(0)
    screen._view.back.click()
    assert told(model) == []
    assert "Person" in changes[0].kinds
    assert people.line(at.desk, person.id) is not None


def test_after_thirty_days_it_is_not_brought_back_by_the_list(at: vault.OpenVault, clock: FixedClock) -> None:
    aside.set_aside(at.desk, family(at.desk, "Каримова Зулфия")[0].id, "mistake")
    clock.at = clock.at.replace(month=8)
    model = aside_model(InlineRunner(), at.desk.vocabularies, Privacy(), clock.today)
    screen = AsidePresenter(AsideView(model), at.desk, InlineRunner())
    screen.opened()
    screen._view.table.selectRow(0)
    assert not screen._view.back.isEnabled()
    assert told(model)[0][-1] == "proposed for erasure"


def test_agreeing_tells_where_the_name_stands_and_what_goes_along(at: vault.OpenVault) -> None:
    second = desk_of(at, SECOND)
    mother, daughter = family(at.desk, "Каримова Зулфия", "Каримова Азиза")
    of_daughter = note(at.desk, daughter, "Her mother Зулфия is ill.")
    note(at.desk, mother, "Азиза is with her aunt.")
    erasing.ask(at.desk, mother.id, "request")
    own = erasures(at.desk)
    own._view.table.selectRow(0)
    assert not own._view.look.isEnabled()  # another one agrees

    screen = erasures(second)
    screen._view.table.selectRow(0)
    assert screen._view.look.isEnabled()
    assert not screen._view.ask.isEnabled()
    screen._view.look.click()
    form = screen.form
    assert isinstance(form, AgreeForm)
    words = " ".join(label.text() for label in form.findChildren(QLabel))
    assert daughter.number in words
    assert "Her mother Зулфия is ill." in words
    assert mother.number in words
    form.set_value("0", "Зулфия stays")
    form.act.click()
    assert not form.note.isHidden()  # a reason must not hold the name
    assert people.line(at.desk, mother.id) is not None
    form.set_value("0", "")
    form.act.click()
    assert people.line(at.desk, mother.id) is None
    assert form.result() == QDialog.DialogCode.Accepted
    notes = people.person(at.desk, daughter.id).notes
    assert [one.text for one in notes if one.id == of_daughter.id] == ["Her mother […] is ill."]


def test_hidden_names_stay_hidden_while_agreeing(at: vault.OpenVault) -> None:
    mother, daughter = family(at.desk, "Каримова Зулфия", "Каримова Азиза")
    note(at.desk, daughter, "Her mother Зулфия is ill.")
    erasing.ask(at.desk, mother.id, "request")
    screen = erasures(desk_of(at, SECOND), hidden=True)
    assert "Зулфия" not in repr(told(screen._view.model))
    screen._view.table.selectRow(0)
    screen.look()
    assert screen.form is not None
    assert "Зулфия" not in " ".join(label.text() for label in screen.form.findChildren(QLabel))


def test_a_wish_is_refused(at: vault.OpenVault) -> None:
    person = family(at.desk, "Каримова Зулфия")[0]
    erasing.ask(at.desk, person.id, "request")
    screen = erasures(desk_of(at, SECOND))
    screen._view.table.selectRow(0)
    screen._view.refuse.click()
    assert told(screen._view.model) == []
    assert people.line(at.desk, person.id) is not None


def test_who_is_due_is_asked_for_and_the_head_sets_the_months(at: vault.OpenVault) -> None:
    person = family(at.desk, "Каримова Зулфия")[0]
    closing.close(at.desk, person.id, "returned_voluntary", "went home")
    screen = erasures(at.desk)
    assert told(screen._view.model)[0][-1] == "kept until 14 Jun 2012"
    screen.ask_months()
    assert screen.form is not None
    screen.form.set_value("months", "many")
    screen.form.act.click()
    assert retention.months(at.desk) == 24
    screen.form.set_value("months", "12")
    screen.form.act.click()
    assert retention.months(at.desk) == 12
    assert told(screen._view.model)[0][-1] == "kept until 14 Jun 2011"
    screen._view.table.selectRow(0)
    screen._view.ask.click()
    assert "asked by you" in told(screen._view.model)[0][-1]
    assert not erasures(desk_of(at, SECOND))._view._months.isEnabled()


def test_a_date_that_is_not_believed_is_told(at: vault.OpenVault, clock: FixedClock) -> None:
    retention.look_at_clock(at.desk)
    clock.at = clock.at.replace(year=2031)
    screen = erasures(at.desk)
    assert not screen._view.clock.isHidden()
    screen._view.clock._action.click()
    assert screen._view.clock.isHidden()


def test_the_journal_is_filtered_checked_and_compared(at: vault.OpenVault) -> None:
    person, other = family(at.desk, "Каримова Зулфия")[0], family(at.desk, "Юсупова Насиба")[0]
    note(at.desk, person, "one")
    note(at.desk, other, "two")
    journal.took_list(at.desk, "people", 12)
    screen = entries(at)
    view = screen._view
    everything = told(view.model)
    assert everything[0][3:5] == ["Given out", "List of people"]
    assert everything[0][-1] == "12 lines"
    view.fields["record_class"].control.set_value("Note")  # type: ignore[attr-defined]
    view.fields["number"].control.setText(person.number)  # type: ignore[attr-defined]
    screen.filter()
    rows = told(view.model)
    assert [row[5] for row in rows] == [person.number]
    assert "one" in rows[0][-1]
    view.fields["number"].control.setText("KX7-99999-9")  # type: ignore[attr-defined]
    screen.filter()
    assert not view.note.isHidden()
    screen.show_all()
    assert told(view.model) == everything
    view.fields["since"].control.setText("no day")  # type: ignore[attr-defined]
    screen.filter()
    assert not view.note.isHidden()
    screen.check()
    assert not view.told.isHidden()
    screen.compare()
    assert screen.form is not None
    screen.form.set_value("code", "7-00000000")
    screen.form.act.click()
    assert screen.form.result() != QDialog.DialogCode.Accepted
    screen.form.set_value("code", journal.head(at.desk).code)
    screen.form.act.click()
    assert screen.form.result() == QDialog.DialogCode.Accepted


def test_with_names_hidden_the_journal_says_no_value(at: vault.OpenVault) -> None:
    family(at.desk, "Каримова Зулфия")
    assert "Зулфия" not in repr(told(entries(at, hidden=True)._view.model))


@pytest.mark.parametrize("make", [lambda at: erasures(at.desk), entries])
def test_at_large_text_the_list_still_stands(at: vault.OpenVault, make: Callable[[vault.OpenVault], Any]) -> None:
    family(at.desk, "Каримова Зулфия")
    screen = make(at)
    look().set_text_size(200)
    view = screen._view
    if isinstance(view, JournalView):
        assert view._filters.isHidden()
        view._choose.setChecked(True)
        assert not view._filters.isHidden()
        screen._view._show()
        assert view._filters.isHidden()
    look().set_text_size(100)


def test_a_case_is_closed_and_the_record_set_aside_from_its_screen(at: vault.OpenVault) -> None:
    person = family(at.desk, "Каримова Зулфия")[0]
    screen = Screen(at.desk).open(person.id)
    view, presenter = screen.view, screen.presenter
    view.show_tab("case")
    view.case.turn_button.click()
    form = presenter.actions.dialog
    assert form is not None
    form.act.click()
    assert {key for key, row in form.form.rows.items() if row.error} == {"why", "words"}
    form.set_value("why", "returned_voluntary")
    form.set_value("words", "went home")
    form.act.click()
    assert cases.case_or_new(at.desk, person.id).status == "closed"
    assert view.case.turn_button.text() == "Open the case again…"
    view.case.turn_button.click()
    assert presenter.actions.dialog is not None
    presenter.actions.dialog.set_value("words", "she is back")
    presenter.actions.dialog.act.click()
    assert cases.case_or_new(at.desk, person.id).status == "open"

    presenter.endings.ask_erasure()
    presenter.actions.dialog.act.click()
    assert [one.line.id for one in erasing.waiting(at.desk) if one.line] == [person.id]
    presenter.endings.ask_aside()
    presenter.actions.dialog.act.click()
    assert aside.count(at.desk) == 1
    assert screen.steps.went[-1] == ("back", "")
    assert view.note.isHidden()


def test_a_caseworker_has_no_menu_for_it(at: vault.OpenVault) -> None:
    person = family(at.desk, "Каримова Зулфия")[0]
    assert Screen(desk_of(at, "nurlan")).open(person.id).view.way.more.isHidden()
    assert not Screen(at.desk).open(person.id).view.way.more.isHidden()
