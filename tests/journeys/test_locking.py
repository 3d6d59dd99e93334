"""Locking the real window: what is hidden, in which order things are let go of, what is left, and where one comes back to."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QAbstractTableModel, QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from tests.conftest import CHEAP, PASSPHRASE
from tests.journeys.caseworker import Caseworker

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.domain.lines import PersonLine
from panoh.domain.person import Person
from panoh.services import drafts, people, registration, users, vault
from panoh.services.person_edit import Opened
from panoh.ui.locking import neutral
from panoh.ui.locking.clipboard import clipboard
from panoh.ui.locking.neutral import NeutralPage
from panoh.ui.widgets.labels import SpanLabel

MARK = "Абдусаматова"  # a name of no other test
SHIFT, ALT = Qt.Key.Key_Shift, Qt.Key.Key_Alt
Open = Callable[[Path, FixedClock], Caseworker]


class Times(FixedClock):
    """A clock whose ticks a test moves on: seconds that went by on the wall, and on the clock that stops in sleep."""

    wall = steady = 1000.0

    def ticks(self) -> tuple[float, float]:
        return self.wall, self.steady

    def go_on(self, seconds: float) -> None:
        """Time goes by, one tick after another."""
        self.wall, self.steady = self.wall + seconds, self.steady + seconds


@pytest.fixture
def times(clock: FixedClock) -> Times:
    return Times(clock.at)


@pytest.fixture
def place(computer: Path, clock: FixedClock) -> Path:
    """A vault with two users and a family of two."""
    made = vault.create(computer / "vault", "feruza", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP)
    with made.open as opened:
        rows = [registration.FamilyRow(name=f"{MARK} {name}", sex="F", birth="30") for name in ("Азиза", "Барно")]
        registration.save_family(opened.desk, registration.FamilyForm(rows=tuple(rows), depth="emergency"))
        users.add(opened, "nurlan", PASSPHRASE, "caseworker", one_time=False)
    return computer / "vault"


@pytest.fixture
def at(panoh_at: Open, place: Path, times: Times) -> Iterator[Caseworker]:
    """Somebody who unlocked that vault."""
    for left in QApplication.topLevelWidgets():  # by another test: what these windows hold is no word of this one's
        if shiboken6.isValid(left) and not left.parent():  # the others go with what they belong to
            shiboken6.delete(left)
    made = panoh_at(place, times)
    made.unlock()
    yield made
    QGuiApplication.clipboard().clear()


@pytest.fixture
def number(at: Caseworker) -> str:
    """The number of one of the two."""
    assert at.program.workplace is not None
    return people.page(at.program.workplace.desk, 0, 1)[0].number


def door(at: Caseworker) -> None:
    """Wait until Unlock shows and the store is closed."""
    at.sees("Unlock the vault")
    at.settle()


def unlock(at: Caseworker, user: str = "feruza") -> None:
    at.type(user)
    at.tab_to("Passphrase")
    at.type(f"{PASSPHRASE}\n")
    at.until(lambda: at.program.workplace is not None and at.program.workplace.frame.isVisible())


def frame(at: Caseworker) -> Any:
    assert at.program.workplace is not None
    return at.program.workplace.frame


def begin_a_family(at: Caseworker) -> None:
    """Go into the first row of the grid."""
    at.press("Ctrl+Shift+N")
    at.sees("Members of the family")
    at.tab_to("Country they fled from")
    at.until(lambda: at.offers("Kyrgyzstan"))
    at.type("kg\tuz\t")
    at.press("Alt+M")


def everything_told() -> str:
    """Every word in any widget that the application holds, shown or not, and in the models behind the lists."""
    found: list[str] = []
    for top in QApplication.topLevelWidgets():
        for widget in [top, *top.findChildren(QWidget)]:
            found += [widget.accessibleName(), widget.toolTip(), widget.windowTitle()]
            if isinstance(widget, QLabel | QAbstractButton | QLineEdit | SpanLabel):
                found.append(widget.text())
            if isinstance(widget, QPlainTextEdit | QTextEdit):
                found.append(widget.toPlainText())
            if isinstance(widget, QComboBox):
                found += [widget.itemText(at) for at in range(widget.count())]
            if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
                for row in range(min(model.rowCount(), 50)):
                    for column in range(model.columnCount() if isinstance(model, QAbstractTableModel) else 1):
                        found.append(str(model.index(row, column).data()))
    return "\n".join(found)


def kept_in_memory() -> list[str]:
    """Kinds of records about these people that Python still holds."""
    gc.collect()
    records = [one for one in gc.get_objects() if isinstance(one, Person | PersonLine | Opened)]
    return [type(one).__name__ for one in records if MARK in repr(one)]


# --- what a lock lets go of -------------------------------------------------------------------------------------------


def test_nothing_of_a_person_is_left(at: Caseworker, number: str) -> None:
    opened = weakref.ref(at.program.workplace.opened)
    for keys in ("Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+8", "Ctrl+Shift+E", "Ctrl+Shift+N"):
        at.press(keys)
        at.settle()
        for _list in range(5 if keys in ("Ctrl+3", "Ctrl+6") else 0):
            at.press("Ctrl+PgDown")
            at.settle()
    at.find(number)
    at.sees("Tabs of the record")
    for _tab in range(8):
        at.press("Ctrl+PgDown")
        at.settle()
    at.press("Ctrl+K", sign="k")
    at.type(MARK)
    at.settle()
    assert MARK in everything_told()
    at.press("Ctrl+L")
    door(at)
    assert MARK not in everything_told()
    assert kept_in_memory() == []
    assert opened() is None


def test_the_order_of_a_safe_lock(at: Caseworker, times: Times) -> None:
    happened: list[str] = []
    workplace, window = at.program.workplace, at.window
    keep, close, clear = workplace.keep_drafts, workplace.opened.close, clipboard().clear

    def kept() -> None:
        page = window.childAt(window.rect().center())
        happened.append("blank" if isinstance(page, NeutralPage) and not dialog.isVisible() else "seen")
        happened.append("drafts")
        keep()

    begin_a_family(at)
    at.type("Каримова Гулнора")
    dialog = QDialog(frame(at))
    dialog.setModal(True)
    dialog.finished.connect(lambda _code: happened.append("dialogs"))
    dialog.open()
    frame(at).destroyed.connect(lambda _gone: happened.append("models"))
    workplace.keep_drafts = kept
    workplace.opened.close = lambda: (happened.append("store"), close())
    clipboard().clear = lambda: (happened.append("clipboard"), clear())  # type: ignore[method-assign]
    at.press("Ctrl+L")
    door(at)
    del clipboard().clear  # type: ignore[misc]
    assert happened == ["blank", "drafts", "dialogs", "models", "clipboard", "store"]


def test_a_half_typed_family_stands_there_again(at: Caseworker) -> None:
    begin_a_family(at)
    at.type("Каримова Гулнора\tж")
    at.press("Ctrl+L")
    door(at)
    unlock(at)
    at.sees("Members of the family")
    screen = at.program.workplace.screens.registration()
    at.until(lambda: [row.name for row in screen.widget.form().rows if row.name] == ["Каримова Гулнора"])
    at.settle()
    assert drafts.count(at.program.workplace.desk) == 1


def test_a_save_that_was_under_way_is_done(at: Caseworker) -> None:
    begin_a_family(at)
    at.type("Каримова Гулнора\tж30")
    at.press("Ctrl+Return")
    QTest.keyClick(at.window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    door(at)
    unlock(at)
    assert people.count(at.program.workplace.desk) == 3


def test_a_program_that_ends_in_the_middle_of_a_lock_closes_the_vault_and_keeps_the_draft(
    at: Caseworker, place: Path, clock: FixedClock
) -> None:
    begin_a_family(at)
    at.type("Каримова Гулнора\tж")
    at.press("Ctrl+L")
    at.end()
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as opened:
        assert drafts.count(opened.desk) == 1


def test_a_list_that_is_brought_in_is_not_stopped_for_want_of_a_key_so_soon(at: Caseworker, times: Times) -> None:
    release = threading.Event()
    at.program.runner.start(
        lambda step: release.wait(5) or step.step(1, 2),
        lambda _done: None,
        lambda _error: None,
        lambda *_step: None,
        lane="files",
    )
    idle = at.program._guard.idle
    for _second in range(6 * 60):
        times.go_on(1)
        idle.tick()
    assert at.program.workplace is not None
    release.set()
    at.until(lambda: not at.program.runner.has_long_work())
    times.go_on(1)
    idle.tick()
    door(at)


def test_a_dialog_that_waits_for_its_answer_is_called_off(at: Caseworker, number: str) -> None:
    at.find(number)
    at.sees("Tabs of the record")
    answers: list[int] = []
    dialog = QDialog(frame(at))
    text = QPlainTextEdit(f"about {MARK}")
    QVBoxLayout(dialog).addWidget(text)
    QTimer.singleShot(50, lambda: QTest.keyClick(text, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier))
    answers.append(dialog.exec())
    assert frame_is_alive_while_someone_waits(at)
    door(at)
    assert answers == [QDialog.DialogCode.Rejected]
    assert MARK not in everything_told()


def frame_is_alive_while_someone_waits(at: Caseworker) -> bool:
    """Right after the dialog's own loop ended: the code that asked may still use its view."""
    return at.window.findChild(QWidget) is not None


def test_a_form_in_a_dialog_of_the_record_goes_as_well(at: Caseworker, number: str) -> None:
    at.find(number)
    at.sees("Tabs of the record")
    at.settle()
    at.press("F1")
    at.press("Ctrl+L")
    door(at)
    assert [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()] == []


def test_a_disk_that_is_full_does_not_stop_the_lock_and_is_told(
    at: Caseworker, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_a_family(at)
    at.type("Каримова Гулнора")

    def full(*_draft: object) -> None:
        raise AppError("disk.full")

    monkeypatch.setattr(drafts, "keep", full)
    at.press("Ctrl+L")
    door(at)
    at.sees("What was typed last could not be kept when the vault was locked", "The disk is full")
    assert "Каримова" not in everything_told()
    unlock(at)


# --- the clipboard ----------------------------------------------------------------------------------------------------


def test_what_was_copied_here_is_gone_and_what_others_copied_stays(at: Caseworker) -> None:
    board = QGuiApplication.clipboard()
    clipboard().copy(MARK)
    at.press("Ctrl+L")
    door(at)
    assert board.text() == ""
    unlock(at)
    clipboard().copy(MARK)
    other = QMimeData()
    other.setText("of another program")
    board.setMimeData(other)
    at.press("Ctrl+L")
    door(at)
    assert board.text() == "of another program"


# --- coming back ------------------------------------------------------------------------------------------------------


def test_one_comes_back_to_the_same_tab_of_the_same_person(at: Caseworker, number: str) -> None:
    at.find(number)
    at.sees("Tabs of the record")
    at.settle()
    at.press("Ctrl+PgDown")
    at.press("Ctrl+PgDown")
    view = at.program.workplace.screens.person().widget
    tab = view.tab
    at.press("Ctrl+Shift+P", sign="p")
    at.press("Ctrl+L")
    door(at)
    unlock(at)
    at.settle()
    assert frame(at).privacy.hidden
    again = at.program.workplace.screens.person()
    assert (frame(at).current_key, again.widget.tab) == ("person", tab)
    at.sees(number)
    frame(at).back()
    assert frame(at).current_key == "today"


def test_one_comes_back_to_the_row_of_a_list(at: Caseworker) -> None:
    at.press("Ctrl+3")
    at.until(lambda: len(at.rows("People")) == 2)
    table = at.program.workplace.screens.people().current.widget.table
    table.selectRow(1)
    key = table.current_key()
    at.press("Ctrl+L")
    door(at)
    unlock(at)
    at.until(lambda: len(at.rows("People")) == 2)
    assert at.program.workplace.screens.people().current.widget.table.current_key() == key


def test_one_comes_back_to_the_same_part_of_the_queue(at: Caseworker) -> None:
    at.press("Ctrl+2")
    triage = at.program.workplace.screens.triage()
    at.settle()
    part = triage.subject
    triage.show_filter(type(part)(overdue=True))
    at.settle()
    at.press("Ctrl+L")
    door(at)
    unlock(at)
    at.settle()
    assert frame(at).current_key == "triage"
    assert at.program.workplace.screens.triage().subject.overdue


def test_another_user_starts_at_today(at: Caseworker, number: str) -> None:
    at.find(number)
    at.sees("Tabs of the record")
    at.press("Ctrl+L")
    door(at)
    unlock(at, "nurlan")
    assert frame(at).current_key == "today"


def test_unlock_tells_when_and_why(at: Caseworker) -> None:
    at.press("Ctrl+L")
    door(at)
    assert "because it was asked for" in everything_told()
    assert "14 Jun 2010" in everything_told()


# --- Shift three times ------------------------------------------------------------------------------------------------


def tap(at: Caseworker, key: Qt.Key, times: Times, *, held: float = 0.1) -> None:
    """Press and release a key as the window system tells it."""
    handle = at.window.windowHandle()
    QTest.keyPress(handle, key)
    times.go_on(held)
    QTest.keyRelease(handle, key)
    times.go_on(0.1)


def test_shift_three_times_shows_a_page_of_notes_until_a_key_is_pressed(
    at: Caseworker, number: str, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neutral, "DEAF_FOR", 0)
    at.find(number)
    at.sees("Tabs of the record")
    for _time in range(3):
        tap(at, SHIFT, times)
    assert at.window.windowTitle() == "Notes"
    cover = at.window.childAt(at.window.rect().center())
    assert isinstance(cover, NeutralPage)
    assert cover.size() == at.window.size()
    at.settle()
    at.until(lambda: MARK not in everything_told())
    assert "Panoh" not in everything_told()
    at.press("F1")  # neither help nor anything else opens
    at.sees("Unlock the vault")
    assert at.window.windowTitle() == "Panoh"
    unlock(at)
    at.sees("Tabs of the record")


def test_shift_alone_does_not_lead_on_and_keys_of_the_first_second_are_lost(
    at: Caseworker, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 0 < neutral.DEAF_FOR <= 2000
    monkeypatch.setattr(neutral, "DEAF_FOR", 60_000)  # a busy machine may take the second for showing the page
    for _time in range(5):
        tap(at, SHIFT, times)
    tap(at, Qt.Key.Key_A, times)
    at.settle()
    assert at.window.windowTitle() == "Notes"
    assert "Unlock the vault" not in at.screen()


def test_switching_the_layout_hides_nothing(at: Caseworker, times: Times) -> None:
    handle = at.window.windowHandle()
    for first, second in ((ALT, SHIFT), (SHIFT, ALT)) * 4:
        QTest.keyPress(handle, first)
        QTest.keyPress(handle, second, Qt.KeyboardModifier.AltModifier)
        times.go_on(0.05)
        QTest.keyRelease(handle, second)
        QTest.keyRelease(handle, first)
        times.go_on(0.05)
    at.settle()
    assert frame(at).isVisible()


def test_shift_three_times_hides_a_dialog_as_well(at: Caseworker, number: str, times: Times) -> None:
    at.find(number)
    at.sees("Tabs of the record")
    at.press("F1")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    for _time in range(3):
        QTest.keyPress(dialog.windowHandle(), SHIFT)
        QTest.keyRelease(dialog.windowHandle(), SHIFT)
    assert not dialog.isVisible()
    assert at.window.windowTitle() == "Notes"


# --- nobody there, and what the system says ---------------------------------------------------------------------------


def test_it_locks_when_nobody_is_there_and_says_so_before(at: Caseworker, times: Times) -> None:
    idle = at.program._guard.idle
    for _second in range(5 * 60 - 30):
        times.go_on(1)
        idle.tick()
    at.sees("Locks in 30 s")
    tap(at, Qt.Key.Key_Control, times)
    assert "Locks in" not in frame(at).status.words("locks")
    for _second in range(5 * 60):
        times.go_on(1)
        idle.tick()
    door(at)
    assert "because nobody pressed a key or moved the mouse" in everything_told()


def test_it_locks_when_the_clock_jumped(at: Caseworker, times: Times) -> None:
    times.wall += 600
    at.program._guard.idle.tick()
    door(at)
    assert "because the computer slept" in everything_told()


@pytest.mark.parametrize(
    ("why", "words"),
    [("lid", "the lid was closed"), ("sleep", "the computer slept"), ("switched", "another user took the screen")],
)
def test_it_locks_when_the_system_says_so(at: Caseworker, why: str, words: str) -> None:
    at.program._guard.system.told.emit(why)
    at.program._guard.system.told.emit("screen")  # the second word changes nothing
    door(at)
    assert words in everything_told()
