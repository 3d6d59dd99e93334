from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.examples import examples

from panoh.base.errors import FieldProblem
from panoh.domain.dates import AGE, DAY, MONTH, UNKNOWN, YEAR, PartialDate
from panoh.ui.widgets.choices import ChoiceBox, RadioChoice
from panoh.ui.widgets.date import PartialDateEdit, coarser
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.passphrase import PassphraseField
from panoh.ui.widgets.unknown import UNKNOWNS, AnswerEdit, next_unknown

TODAY = date(2010, 6, 14)
Press = Callable[..., None]


@pytest.fixture
def shown() -> Iterator[Callable[[QWidget], None]]:
    windows: list[QWidget] = []

    def show(widget: QWidget) -> None:
        window = QWidget()
        windows.append(window)
        QVBoxLayout(window).addWidget(widget)
        window.show()
        window.activateWindow()
        QApplication.processEvents()

    yield show
    for window in windows:
        window.close()
        window.deleteLater()


def test_a_row_names_and_describes_its_field() -> None:
    line = QLineEdit()
    row = FieldRow("Phone", line, hint="with the country's code", optional=True)
    assert row.label.text() == "Phone (optional)"
    assert row.label.buddy() is line
    assert (line.accessibleName(), line.accessibleDescription()) == ("Phone", "with the country's code")
    row.set_error("This is no phone number")
    assert line.accessibleDescription() == "This is no phone number"
    assert line.property("state") == "error"
    row.set_error("")
    assert line.accessibleDescription() == "with the country's code"
    assert not line.property("state")


def test_tab_leaves_a_box_of_several_lines() -> None:
    box = QPlainTextEdit()
    row = FieldRow("Note", box)
    assert row.control is box
    assert box.tabChangesFocus()


def three_fields() -> Form:
    form = Form()
    form.add("who", FieldRow("Who asks", QLineEdit()))
    form.add_beside(("day", FieldRow("Day", QLineEdit())), ("place", FieldRow("Place", QLineEdit())))
    form.finish()
    return form


def test_problems_stand_in_the_summary_and_at_the_fields(
    shown: Callable[[QWidget], None], press: Press, qtbot: QtBot
) -> None:
    form = three_fields()
    shown(form)
    form.show_problems(
        [FieldProblem("place", "Say where"), FieldProblem("who", "Say who"), FieldProblem("", "One more")], kept="Kept."
    )
    assert form.summary.isVisible()
    assert form.summary.hasFocus()
    assert form.summary.accessibleName() == "There is a problem, 3 errors"
    links = [link.text() for link in form.summary._links]
    assert links == ["Say who", "Say where", "One more"]  # in the order of the form
    assert form.rows["who"].error == "Say who"
    assert form.rows["day"].error == ""
    QTest.keyClick(form.summary._links[1], Qt.Key.Key_Return)
    assert form.rows["place"].control.hasFocus()
    form.show_problems([])
    assert not form.summary.isVisible()
    assert form.rows["who"].error == ""


def test_tab_follows_the_reading_order(shown: Callable[[QWidget], None]) -> None:
    form = three_fields()
    shown(form)
    fields = [form.rows[key].control for key in ("who", "day", "place")]
    fields[0].setFocus()
    for here, then in pairwise(fields):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        assert then.hasFocus()


def test_f8_steps_through_the_four_unknowns(shown: Callable[[QWidget], None]) -> None:
    line = AnswerEdit("0550")
    shown(FieldRow("Phone", line))
    told: list[tuple[str, str]] = []
    line.answered.connect(lambda: told.append((line.answer(), line.unknown)))
    for _step in range(5):
        QTest.keyClick(line, Qt.Key.Key_F8)
    assert told == [*(("", state) for state in UNKNOWNS), ("", "")]
    line.set_answer("", "refused")
    assert (line.text(), line.accessibleName()) == ("refused", "Phone, refused")


def test_typing_replaces_an_unknown(shown: Callable[[QWidget], None]) -> None:
    line = AnswerEdit("", "does_not_know")
    shown(line)
    line.setFocus()
    QTest.keyClicks(line, "5a")
    assert (line.answer(), line.unknown) == ("5a", "")
    line.set_answer("", "none")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert (line.answer(), line.unknown) == ("", "")


def test_pasting_replaces_an_unknown(shown: Callable[[QWidget], None], qapp: object) -> None:
    line = AnswerEdit("", "not_asked")
    shown(line)
    line.insert("Ош")
    line.textEdited.emit(line.text())
    assert (line.answer(), line.unknown) == ("Ош", "")


@given(st.sampled_from(["", *UNKNOWNS]))
def test_five_steps_come_back(start: str) -> None:
    state = start
    for _step in range(5):
        state = next_unknown(state)
    assert state == start


def date_edit(shown: Callable[[QWidget], None], text: str) -> PartialDateEdit:
    edit = PartialDateEdit(lambda: TODAY)
    shown(edit)
    edit.line.setFocus()
    QTest.keyClicks(edit.line, text)
    return edit


@pytest.mark.parametrize(
    ("text", "precision", "reading"),
    [("12.3.98", DAY, "12 Mar 1998"), ("1972", YEAR, "1972"), ("3.1998", MONTH, "Mar 1998")],
)
def test_a_date_is_read_as_it_is_said(
    shown: Callable[[QWidget], None], text: str, precision: str, reading: str
) -> None:
    edit = date_edit(shown, text)
    assert edit.value().precision == precision
    assert edit.exactness.value() == precision
    assert edit._reading.text() == reading


def test_an_age_keeps_the_day_on_which_it_was_told(shown: Callable[[QWidget], None]) -> None:
    told = date_edit(shown, "about 6").value()
    assert (told.precision, told.as_of, told.said) == (AGE, TODAY, "about 6")


def test_two_readings_are_offered_and_one_is_taken(shown: Callable[[QWidget], None]) -> None:
    edit = date_edit(shown, "3/4/98")
    with pytest.raises(FieldProblem):
        edit.value()
    offers = [edit._offers.itemAt(at).widget() for at in range(2)]
    assert {offer.text() for offer in offers} == {"3 Apr 1998", "4 Mar 1998"}
    chosen = offers[0].text()
    offers[0].click()
    assert edit.line.text() == chosen
    assert edit.value().precision == DAY


def test_a_day_that_does_not_exist_is_refused(shown: Callable[[QWidget], None]) -> None:
    with pytest.raises(FieldProblem, match="June has 30 days"):
        date_edit(shown, "31 Jun 2009").value()


def test_a_date_may_be_made_less_exact_but_never_more(shown: Callable[[QWidget], None]) -> None:
    edit = date_edit(shown, "12 Mar 1998")
    edit.exactness.set_value(YEAR)
    edit.exactness.answered.emit()
    told = edit.value()
    assert (told.precision, told.earliest, told.latest) == (YEAR, date(1998, 1, 1), date(1998, 12, 31))
    edit = date_edit(shown, "1998")
    edit.exactness.set_value(DAY)
    edit.exactness.answered.emit()
    with pytest.raises(FieldProblem):
        edit.value()
    edit.exactness.set_value(UNKNOWN)
    edit.exactness.answered.emit()
    assert edit.value() == PartialDate(said="1998")


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from([DAY, MONTH, YEAR]))
def test_a_coarser_date_holds_the_finer_one(day: date, precision: str) -> None:
    made = coarser(PartialDate(DAY, day, day), precision)
    assert made is not None
    assert made.earliest is not None
    assert made.latest is not None
    assert made.earliest <= day <= made.latest


def test_f4_opens_a_calendar_that_writes_the_day(shown: Callable[[QWidget], None]) -> None:
    edit = date_edit(shown, "")
    QTest.keyClick(edit.line, Qt.Key.Key_F4)
    calendar = QApplication.activePopupWidget()
    assert isinstance(calendar, QCalendarWidget)
    calendar.activated.emit(calendar.selectedDate())
    assert edit.line.text() == "14 Jun 2010"


def test_a_choice_box_holds_codes_and_unknowns(shown: Callable[[QWidget], None]) -> None:
    box = ChoiceBox([("uz", "Uzbek"), ("ru", "Russian")], unknowns=True)
    shown(box)
    assert box.value() == ""  # nothing is chosen for anyone
    box.set_value("ru")
    assert (box.value(), box.currentText()) == ("ru", "Russian")
    box.set_label("Language")
    QTest.keyClick(box, Qt.Key.Key_F8)
    assert (box.value(), box.unknown, box.accessibleName()) == ("", "not_asked", "Language, not asked")
    box.set_choices([("ky", "Kyrgyz"), ("ru", "Russian")])
    assert (box.value(), box.unknown) == ("", "not_asked")
    box.set_value("ru")
    box.set_choices([("ky", "Kyrgyz")])
    assert (box.value(), box.unknown) == ("", "")


def test_a_searchable_box_takes_typed_words_only_when_they_are_a_choice(shown: Callable[[QWidget], None]) -> None:
    box = ChoiceBox([("UZ", "Uzbekistan"), ("KG", "Kyrgyzstan")], search=True)
    shown(box)
    box.lineEdit().setText("kyrgyzstan")
    assert box.value() == "KG"
    box.lineEdit().setText("Atlantis")
    assert box.value() == ""


def test_radio_buttons_hold_a_code(shown: Callable[[QWidget], None], qtbot: QtBot) -> None:
    radio = RadioChoice([("yes", "Yes"), ("no", "No", "do not match")], columns=2)
    shown(FieldRow("May we look for him?", radio))
    assert radio.value() == ""
    told: list[str] = []
    radio.chosen.connect(told.append)
    radio._buttons["no"].click()
    assert (radio.value(), told) == ("no", ["no"])
    assert radio._buttons["no"].accessibleName() == "May we look for him?: No"
    radio.set_value("")
    assert radio.value() == ""


def test_a_passphrase_is_shown_on_demand_in_both_fields(shown: Callable[[QWidget], None], press: Press) -> None:
    both = QWidget()
    column = QVBoxLayout(both)
    first = PassphraseField()
    second = PassphraseField(shown_with=first)
    column.addWidget(first)
    column.addWidget(second)
    shown(both)
    first.line.setFocus()
    press("ы", Qt.KeyboardModifier.AltModifier)
    assert first.line.echoMode() == second.line.echoMode() == QLineEdit.EchoMode.Normal
    assert first.show_button.text() == "Hide"
    first.clear()
    assert second.line.echoMode() == QLineEdit.EchoMode.Password


def test_caps_lock_is_told_by_a_capital_without_shift(
    shown: Callable[[QWidget], None], press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panoh.ui.keyboard.caps_lock", lambda: None)  # this computer does not tell
    field = PassphraseField()
    shown(field)
    field.line.setFocus()
    press("П")
    assert field._caps.isVisible()
    assert field._layout_words.text() == "Keyboard layout: Cyrillic letters"
    press("п")
    assert not field._caps.isVisible()
    press("P", Qt.KeyboardModifier.ShiftModifier)
    assert not field._caps.isVisible()


@examples(share_fixtures=True)
@given(st.text(max_size=30))
def test_a_line_gives_back_what_was_put_there(text: str) -> None:
    line = AnswerEdit()
    line.set_answer(text)
    assert line.unknown == ""
    assert line.answer() == line.text().strip()


def test_the_keys_go_to_the_radio_button_that_is_chosen(dressed: QApplication, qtbot: QtBot) -> None:
    choice = RadioChoice([("", "None of them"), ("A", "Move tonight")])
    row = FieldRow("Option", choice)
    qtbot.addWidget(row)
    choice.set_value("A")
    row.show()
    row.activateWindow()
    QTest.qWaitForWindowActive(row)
    row.take_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert choice.value() == "A"
