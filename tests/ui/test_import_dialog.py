"""Bringing in a list in the window: columns, questions about dates, the trial, refused rows, saved readings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from tests.exchange.sheets import write_xlsx
from tracing_helpers import press, rich, said, unnamed

from panoh.base.errors import AppError
from panoh.base.progress import Reporting
from panoh.services import people, search
from panoh.services.desk import Desk
from panoh.services.import_preview import ListKind
from panoh.services.imports import import_people
from panoh.ui.privacy import Privacy
from panoh.ui.settings.import_dialog import ImportDialog
from panoh.ui.tasks import InlineRunner, Task
from panoh.ui.theme import look

MESSY = """Список прибывших, лагерь Кара-Суу;;;;;;
;;;;;;
№;ФИО;Пол;Дата рождения;Дата прибытия;Семья;Примечание
1;Каримова Лола Турсуновна;ж;03/04/1980;12.06.2010;1;
2;Каримов Азиз;м;05/06/2001;12.06.2010;1;болен
3;;ж;01/02/1999;13.06.2010;3;
4;Турсунов Бахтиёр;м;1370;12.06.2010;3;
"""
Opened = Callable[[Path], ImportDialog]


@pytest.fixture
def open_list(desk: Desk, qtbot: object, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Opens the dialog on a list, and waits until its columns stand."""
    del qtbot
    parent = QWidget()

    def opened(path: Path, runner: InlineRunner | None = None, privacy: Privacy | None = None) -> ImportDialog:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
        dialog = ImportDialog(ListKind.PEOPLE, desk, runner or InlineRunner(), parent, privacy)
        dialog.destroyed.connect(lambda: parent)  # which holds the parent for as long
        dialog.open()
        dialog.choose_button.click()
        _wait(dialog)
        return dialog

    return opened


def _wait(dialog: ImportDialog) -> None:
    while not dialog.columns.ready:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as the loop of the program does
        QApplication.processEvents()


def _file(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _answer(dialog: ImportDialog, about: str, code: str) -> None:
    for (_theirs, asked), (choice, _row) in dialog.columns._questions.items():
        if asked == about:
            choice._buttons[code].click()


def test_a_list_is_tried_told_by_reasons_and_brought_in_by_keyboard(
    open_list: Opened, desk: Desk, tmp_path: Path
) -> None:
    dialog = open_list(_file(tmp_path, "person_id,given_name,sex,age,shoe\n1,Aziz,M,4,30\n2,Malika,Q,9,31\n"))
    changes: list[object] = []
    dialog.brought_in.connect(changes.append)
    assert dialog.columns.mapping() == {
        "person_id": "person_id", "given_name": "given_name", "sex": "sex", "age": "age", "shoe": "",
    }  # fmt: skip
    press(Qt.Key.Key_Return, on=dialog.try_button)
    assert people.count(desk) == 0
    assert "Would be added" in said(dialog)
    assert dialog.outcome.remarks.toPlainText() == "1 row refused: The sex is none of F, M, X and empty. (row 3)"
    press(Qt.Key.Key_Return, on=dialog.focusWidget())
    assert people.count(desk) == 1
    assert "Added" in said(dialog)
    assert len(changes) == 1
    assert unnamed(dialog) == []
    assert rich(dialog) == []


def test_a_list_of_somebody_else_is_understood_and_what_it_leaves_open_is_asked(
    open_list: Opened, desk: Desk, tmp_path: Path
) -> None:
    dialog = open_list(_file(tmp_path, MESSY))
    assert dialog.columns.mapping() == {
        "№": "person_id", "ФИО": "full_name", "Пол": "sex", "Дата рождения": "birth_date", "Дата прибытия": "arrival_date",
        "Семья": "household_id", "Примечание": "",
    }  # fmt: skip
    assert "4 rows" in said(dialog)
    dialog.try_button.click()
    assert "There is a problem" in said(dialog)
    assert "Say which number is the month in “Дата рождения”." in said(dialog)
    assert "Say of which calendar the years in “Дата рождения” are." in said(dialog)
    _answer(dialog, "order", "month_first")
    _answer(dialog, "calendar", "solar")
    first = dialog.columns._first
    shown = [[str(first.data(first.index(row, column))) for column in range(first.columnCount())] for row in range(4)]
    assert shown[0][4] == "4 Mar 1980"
    assert shown[2][0] == "Refused: The row has no name."
    assert shown[3][4] == "1991 to 1992"
    dialog.try_button.click()
    assert dialog.outcome.remarks.toPlainText() == "1 row refused: The row has no name. (row 6)"
    dialog.keep_button.click()
    found = {each.line.external_id: each.line for each in search.people(desk, "Каримова")}
    assert str(found["1"].birth.earliest) == "1980-03-04"
    assert found["1"].patronymic == "Турсуновна"


def test_the_next_list_with_the_same_columns_is_read_as_the_last_one(open_list: Opened, tmp_path: Path) -> None:
    first = open_list(_file(tmp_path, MESSY))
    first.columns._boxes["Примечание"].set_value("origin")
    _answer(first, "order", "day_first")
    _answer(first, "calendar", "lunar")
    first.try_button.click()
    first.keep_button.click()
    again = open_list(_file(tmp_path, MESSY, "next.csv"))
    assert again.columns.mapping()["Примечание"] == "origin"
    assert "which had the same" in again.columns._note.words()
    assert (again.columns.dates()["birth_date"].order, again.columns.dates()["birth_date"].calendar) == (
        "day_first",
        "lunar",
    )
    again.try_button.click()
    assert "Would be updated" in said(again)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_refused_rows_are_saved_corrected_and_brought_in(
    open_list: Opened, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    dialog = open_list(_file(tmp_path, "person_id,given_name,sex,phone\n1,Aziz,M,+99650\n2,=Malika,Q,+99651\n"))
    dialog.try_button.click()
    target = tmp_path / f"refused.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    dialog.refused_button.click()
    assert "holds people's data in clear" in dialog.told.words()
    dialog.keep_button.click()
    if ending == "csv":
        text = target.read_text("utf-8-sig")
        assert "'=Malika" in text
        target.write_text(text.replace(",Q,", ",F,"), "utf-8-sig")
    else:
        columns = ["Panoh: row in the list", "Panoh: why it was refused", "person_id", "given_name", "sex", "phone"]
        write_xlsx(target, [columns, ["3", "the sex", "2", "=Malika", "F", "+99651"]])
    again = open_list(target)
    again.try_button.click()
    assert not again.outcome.remarks.isVisibleTo(again)
    again.keep_button.click()
    found = search.people(desk, "2")[0].line
    assert (found.given_name, people.count(desk)) == ("=Malika", 2)


def test_two_columns_for_one_and_no_name_are_told_at_their_fields(open_list: Opened, tmp_path: Path) -> None:
    dialog = open_list(_file(tmp_path, "given_name,family_name,sex\nAziz,Karimov,M\n"))
    dialog.columns._boxes["family_name"].set_value("given_name")
    dialog.try_button.click()
    assert "“given_name” is read as this already. Leave one of the two out." in said(dialog)
    for box in dialog.columns._boxes.values():
        box.set_value("")
    dialog.columns._boxes["sex"].set_value("sex")
    dialog.try_button.click()
    assert "No column holds a name yet. Say which one does." in said(dialog)


def test_another_row_of_names_and_other_letters(open_list: Opened, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Имя;Фамилия;Пол\nЛола;Каримова;ж\n".encode("koi8-r"))
    dialog = open_list(path)
    assert "KOI8-R" in said(dialog)
    dialog.columns._letters.set_value("cp1251")
    dialog.columns._letters.answered.emit()
    _wait(dialog)
    assert "Windows-1251" in said(dialog)
    dialog.columns._letters.set_value("koi8-r")
    dialog.columns._letters.answered.emit()
    _wait(dialog)
    dialog.columns._begins.set_value("none")
    dialog.columns._begins.answered.emit()
    _wait(dialog)
    assert list(dialog.columns.mapping()) == ["column 1", "column 2", "column 3"]
    dialog.columns._boxes["column 1"].set_value("given_name")
    dialog.try_button.click()
    dialog.keep_button.click()
    assert people.count(desk) == 2
    with desk.reading() as reading:
        kept = reading.connection.exec_driver_sql("SELECT count(*) FROM vault_meta WHERE key LIKE 'list %'").scalar()
    assert kept == 0  # a row that may be a person is no name of columns


def test_someone_told_in_the_same_words_is_told_of(open_list: Opened, desk: Desk, tmp_path: Path) -> None:
    text = "given_name,family_name,sex,birth_date\nЛола,Каримова,F,1980-03-04\n"
    import_people(desk, _file(tmp_path, text, "before.csv"), _options())
    dialog = open_list(_file(tmp_path, text + "лола,каримова,F,1980-03-04\nАзиз,Каримов,M,1980-03-04\n"))
    dialog.try_button.click()
    number = search.people(desk, "Каримова")[0].line.number
    assert f"Perhaps registered already as {number}" in dialog.outcome.remarks.toPlainText()
    assert "2 rows" in dialog.outcome.remarks.toPlainText()


def _options() -> object:
    from panoh.services.imports import Options

    return Options()


def test_names_are_hidden_in_privacy_mode(open_list: Opened, tmp_path: Path) -> None:
    privacy = Privacy()
    privacy.set_hidden(True)
    dialog = open_list(_file(tmp_path, "given_name,family_name,sex\nAziz,Karimov,M\n"), privacy=privacy)  # type: ignore[call-arg]
    first = dialog.columns._first
    shown = [str(first.data(first.index(0, column))) for column in range(first.columnCount())]
    assert "Karimov" not in said(dialog) + " ".join(shown)
    assert "K." in shown


def test_two_hundred_columns_keep_the_window_alive(open_list: Opened, tmp_path: Path) -> None:
    names = ",".join(["given_name", *(f"column{n}" for n in range(199))])
    dialog = open_list(_file(tmp_path, names + "\nAziz\n"))
    assert len(dialog.columns.mapping()) == 200


def test_a_file_that_is_no_list_is_told_in_words_and_nothing_is_kept(
    open_list: Opened, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    dialog = open_list(path)
    assert "could not be read" in dialog.note.words()
    assert not dialog.try_button.isVisible()
    assert not dialog.keep_button.isVisible()
    assert people.count(desk) == 0


class Stopped(InlineRunner):
    """A runner whose work is asked to stop before its first step."""

    def start(self, work, on_done, on_error=None, on_progress=None, *, owner=None, lane="store"):  # type: ignore[no-untyped-def]
        task = Task(owner, on_progress)
        try:
            on_done(work(Reporting(lambda *_a: None, lambda: True)))
        except AppError as error:
            on_error(error)
        task.ended = True
        return task


def test_a_list_that_is_stopped_leaves_nothing(open_list: Opened, desk: Desk, tmp_path: Path) -> None:
    dialog = open_list(_file(tmp_path, "given_name,sex\nAziz,M\n"))
    dialog.try_button.click()
    dialog._runner = Stopped()
    dialog.keep_button.click()
    assert dialog.note.words() == "Stopped. Nothing of it was kept"
    assert people.count(desk) == 0


def test_nothing_is_cut_at_the_largest_text(open_list: Opened, tmp_path: Path) -> None:
    look().set_text_size(200)
    try:
        dialog = open_list(_file(tmp_path, MESSY))
        assert dialog.width() <= 1280
        assert dialog.height() <= 680
        assert dialog.columns.sizeHint().width() <= dialog.width()
    finally:
        look().set_text_size(100)
