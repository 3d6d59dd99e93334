"""Cards of the words that give somebody away: leave out, change, keep because; and what Save and Print then do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from test_printing import file_printer
from test_reports import Screen, case_of, find, text_of
from tracing_helpers import CTRL, press, register, rich, said, type_in, unnamed, window_of

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseAction, CaseOption, Task
from panoh.domain.leaks import LEFT_OUT
from panoh.domain.redaction import CARRY, NAMED
from panoh.services import key_sheets, people, records
from panoh.services.desk import Desk
from panoh.ui.reports import printing
from panoh.ui.reports.leak_cards import LeakCard

P = Qt.Key.Key_P


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    made = Screen(desk)
    with window_of(made.view):
        made.presenter.opened()
        yield made


@pytest.fixture
def number(desk: Desk) -> str:
    """A woman whose case names a State and an authority."""
    person = register(desk, "Gulbahor", "Yulchieva", sex="F")
    case = Case(
        id=new_id(),
        person_id=person.id,
        owner_id=desk.user.id,
        question="May she go to Казахстан?",
        wish="UNHCR, not Казахстан",
    )
    records.keep(
        desk,
        case,
        CaseOption(id=new_id(), case_id=case.id, letter="A", what="Stay here", consequence="Told to UNHCR"),
        CaseAction(id=new_id(), case_id=case.id, done_on=desk.clock.today(), what="Asked a host", result="no"),
    )
    return person.number


def cards(screen: Screen) -> list[LeakCard]:
    QApplication.processEvents()
    return screen.view.leaks.cards.cards


def focused_card(screen: Screen) -> LeakCard:
    focus = QApplication.focusWidget()
    (found,) = [card for card in cards(screen) if card.isAncestorOf(focus)]
    return found


def page(screen: Screen) -> str:
    shown = screen.presenter._shown
    assert shown is not None
    return text_of(shown.pdf)


@pytest.fixture
def saved_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    return path


def test_each_leak_is_a_card_that_says_what_and_where(screen: Screen, number: str) -> None:
    find(screen, number)
    assert [(one.leak.words, one.leak.where()) for one in cards(screen)] == [
        ("Казахстан", "decision asked; wish"),
        ("UNHCR", "wish; option A, what follows"),
    ]
    spoken = said(screen.view.leaks)
    assert "2 left" in spoken
    assert "A State: decision asked; wish" in spoken
    assert "No number of a paper, year of recognition, name, name of staff, phone, place" in spoken
    assert screen.wish.warning.words() == "Decide 2 warnings first"
    assert unnamed(screen.view) == []
    assert rich(screen.view) == []


def test_save_with_open_leaks_goes_to_the_first_and_makes_nothing(screen: Screen, number: str, saved_at: Path) -> None:
    find(screen, number)
    press(Qt.Key.Key_S, CTRL)
    assert focused_card(screen).leak.words == "Казахстан"
    assert QApplication.focusWidget() is cards(screen)[0].leave_out
    assert not saved_at.exists()
    assert screen.exports() == []
    screen.view.resize(700, 600)  # folded away it is opened
    screen.wish.save.setFocus()
    screen.presenter.save()
    assert cards(screen)[0].isVisible()


def test_all_by_keyboard_leave_one_out_and_keep_the_other(screen: Screen, number: str, saved_at: Path) -> None:
    find(screen, number)
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_Return)  # leave it out
    assert "Казахстан" not in page(screen)
    assert LEFT_OUT in page(screen)
    assert "“Казахстан” is left out" in said(screen.view.leaks)
    assert f"Words marked {LEFT_OUT}" in said(screen.view.leaks)
    assert focused_card(screen).leak.words == "UNHCR"
    focused_card(screen).keep.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)  # without a reason it asks for one
    assert focused_card(screen).row.error == "Say why: it is recorded"
    type_in("The reader is UNHCR\n")
    assert cards(screen) == []
    assert QApplication.focusWidget() is screen.wish.save
    assert "“UNHCR” stays: The reader is UNHCR" in said(screen.view.leaks)
    assert screen.wish.warning.words() == ""
    press(Qt.Key.Key_S, CTRL)
    (export,) = screen.exports()
    assert export.reason == "An authority kept (wish; option A, what follows): The reader is UNHCR"
    password = screen.view.saved.words().split("shown this once: ")[1].split(". Say")[0]
    text = text_of(saved_at.read_bytes(), password)
    assert "UNHCR, not […]" in text
    assert "Казахстан" not in text


def test_a_decision_can_be_taken_back(screen: Screen, number: str) -> None:
    find(screen, number)
    screen.presenter._leave_out(cards(screen)[0].leak)
    screen.presenter._take_back("Казахстан")
    assert [one.leak.words for one in cards(screen)] == ["Казахстан", "UNHCR"]
    screen.presenter._keep(cards(screen)[0].leak, "why")
    screen.presenter._take_back("Казахстан")
    assert [one.leak.words for one in cards(screen)] == ["Казахстан", "UNHCR"]


def test_decisions_hold_for_one_person_and_every_level(screen: Screen, number: str) -> None:
    other = register(screen.desk, "Lola", "Karimova", sex="F").number
    case_of(screen.desk, other, wish="Казахстан")
    find(screen, number)
    screen.presenter._leave_out(cards(screen)[0].leak)
    screen.choose(NAMED)
    assert "Казахстан" not in page(screen)
    screen.presenter.open_report(people.by_number(screen.desk, other))
    assert "Казахстан" in page(screen)


def test_change_the_words_leads_to_the_field(screen: Screen, number: str) -> None:
    find(screen, number)
    first, second = cards(screen)
    first.change.click()
    second.change.click()
    person_id = people.by_number(screen.desk, number)
    assert screen.ways.fields == [(person_id, "question"), (person_id, "wish")]


def test_what_only_a_task_says_cannot_be_changed_but_left_out(screen: Screen, desk: Desk) -> None:
    person = register(desk, "Lola", "Karimova", sex="F")
    records.keep(desk, Task(id=new_id(), person_id=person.id, what="Ask UNHCR", owner_id=desk.user.id))
    find(screen, person.number)
    (card,) = cards(screen)
    assert not card.change.isVisibleTo(card)
    assert card.leave_out.isVisibleTo(card)


def test_a_carried_paper_has_nothing_typed(screen: Screen, number: str) -> None:
    find(screen, number)
    screen.choose(CARRY)
    assert cards(screen) == []
    assert "Nothing that anybody typed stands on it" in said(screen.view.leaks)


# --- printing ----------------------------------------------------------------------------------------------------


@pytest.fixture
def printed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer whose paper is a file."""
    path = tmp_path / "printed.pdf"
    made: list[QPrinter] = []

    def ask(_parent: object, name: str) -> QPrinter:
        made.append(file_printer(path, 150))
        assert len(name) == 8
        return made[-1]

    monkeypatch.setattr(printing, "ask_printer", ask)
    return path


@pytest.fixture
def harmless(desk: Desk) -> str:
    """A man about whom nothing was typed."""
    return register(desk, "Aziz", "Karimov", sex="M").number


def test_printing_needs_a_reason_and_is_recorded(
    screen: Screen, harmless: str, printed_at: Path, tmp_path: Path
) -> None:
    find(screen, harmless)
    press(P, CTRL)
    assert screen.wish.form.rows["reason"].isVisible()
    assert screen.wish.form.rows["reason"].error == "Say why: it is recorded"
    assert screen.exports() == []
    seen = screen.presenter._shown
    assert seen is not None
    screen.wish.form.rows["reason"].take_focus()
    type_in("No computer at the checkpoint office")
    press(P, CTRL)
    (export,) = screen.exports()
    assert (export.kind, export.plain, export.reason) == (
        "case_summary_on_paper",
        True,
        "No computer at the checkpoint office",
    )
    assert (export.export_no, export.check_code) == seen.numbers
    with pypdfium2.PdfDocument(printed_at.read_bytes()) as document:
        assert len(document) == 2
    assert f"Printed, recorded as export {export.export_no}" in screen.view.saved.words()
    assert "no password" in screen.view.saved.words()
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == ["printed.pdf"]
    assert screen.changes
    again = screen.presenter._shown
    assert again is not None
    assert again.numbers != seen.numbers


def test_print_with_open_leaks_goes_to_the_first(screen: Screen, number: str, printed_at: Path) -> None:
    find(screen, number)
    screen.wish.ask_reason(True)
    screen.wish.form.rows["reason"].take_focus()
    type_in("why")
    press(P, CTRL)
    assert focused_card(screen).leak.words == "Казахстан"
    assert not printed_at.exists()
    assert screen.exports() == []


def test_without_a_printer_it_is_told_and_nothing_is_recorded(screen: Screen, harmless: str) -> None:
    find(screen, harmless)
    screen.wish.ask_reason(True)
    screen.wish.reason.setText("why")
    press(P, CTRL)
    assert "This computer knows no printer" in screen.view.note.words()
    assert screen.exports() == []
    assert screen.wish.print.isEnabled()


def test_a_printer_that_fails_is_told_with_the_number(
    screen: Screen, harmless: str, printed_at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_a: object) -> None:
        raise AppError("print.failed")

    monkeypatch.setattr(printing, "print_pages", fail)
    find(screen, harmless)
    screen.wish.ask_reason(True)
    screen.wish.reason.setText("why")
    press(P, CTRL)
    (export,) = screen.exports()
    assert f"Export {export.export_no} is recorded, but there is no paper of it" in screen.view.note.words()
    assert screen.wish.print.isEnabled()


# --- the key sheet -----------------------------------------------------------------------------------------------


def test_a_supervisor_saves_prints_and_renews_the_key_sheet(
    screen: Screen, harmless: str, saved_at: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    find(screen, harmless)
    assert not screen.wish.key_sheet.isVisible()
    screen.choose(CARRY)
    before = screen.presenter._shown
    assert before is not None
    screen.wish.key_sheet.click()
    dialog = screen.presenter.key_sheets.dialog
    assert dialog is not None
    assert unnamed(dialog) == []
    sign = key_sheets.current(screen.desk).sign
    assert dialog.sheet.value() == sign == before.numbers[0][-1]
    dialog.print.click()
    assert "Say why" in said(dialog)
    dialog.save.click()
    password = screen.view.saved.words().split("shown this once: ")[1].split(". Say")[0]
    assert "KEY SHEET: OFFICE ONLY" in text_of(saved_at.read_bytes(), password)

    monkeypatch.setattr(printing, "ask_printer", lambda *_a: file_printer(tmp_path / "sheet.pdf", 100))
    screen.wish.key_sheet.click()
    dialog = screen.presenter.key_sheets.dialog
    assert dialog is not None
    dialog.reason.setText("For the safe")
    dialog.print.click()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "Printed, recorded as export" in screen.view.saved.words()

    screen.wish.key_sheet.click()
    dialog = screen.presenter.key_sheets.dialog
    assert dialog is not None
    dialog.begin.click()
    assert "Press again" in said(dialog)
    assert key_sheets.current(screen.desk).sign == sign
    dialog.begin.click()
    new = key_sheets.current(screen.desk).sign
    assert new != sign
    shown = screen.presenter._shown
    assert shown is not None
    assert shown.numbers[0][-1] == new
    assert f"its references end in {new}" in screen.view.saved.words()
