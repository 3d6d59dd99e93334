"""The clipboard, pictures of the screen, and what Windows says."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QStringListModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListView, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from panoh.base.clock import Clock
from panoh.base.settings import DeviceSettings
from panoh.ui.locking import clipboard as clipboards
from panoh.ui.locking.capture import CaptureGuard
from panoh.ui.locking.clipboard import MARKS, OURS, Clipboard, clipboard
from panoh.ui.locking.guard import Guard
from panoh.ui.locking.system import SystemWatch
from panoh.ui.locking.windows import PowerSetting, lid_guid, why_of
from panoh.ui.shell.statusbar import StatusBar
from panoh.ui.shell.window import MainWindow
from panoh.ui.tasks import Runner

CTRL = Qt.KeyboardModifier.ControlModifier
Press = Callable[..., None]


def board() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def of_others(text: str) -> None:
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Qt's off-screen clipboard must be empty when the process ends: it would free what Python has freed already."""
    yield
    QGuiApplication.clipboard().clear()


class Page(QWidget):
    """A window of Panoh with a guard, a line, a text and a list."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.text, self.list = QLineEdit("Ош, Навоий 14"), QPlainTextEdit("one\ntwo"), QListView()
        self.list.setModel(QStringListModel(["Азиза", "Барно"], self))
        column = QVBoxLayout(self)
        for widget in (self.line, self.text, self.list):
            column.addWidget(widget)


@pytest.fixture
def page(dressed: QApplication, qtbot: QtBot) -> Iterator[Page]:
    window = MainWindow(DeviceSettings(), lambda _kept: None)
    made = Page()
    window.show_page(made, lambda: "start")
    guard = Guard(window, Clock(), Runner(window, lambda _bug: None), SystemWatch(window))
    guard.start(StatusBar(), by_itself=False)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    guard.rest()
    clipboard().clear()
    window.close()
    window.deleteLater()


def test_ctrl_c_is_marked_for_every_history_from_the_first_moment(page: Page, press: Press) -> None:
    seen: list[bool] = []
    told = QGuiApplication.clipboard().dataChanged.connect(lambda: seen.append(board().hasFormat(OURS)))
    page.line.setFocus()
    page.line.selectAll()
    press("с", CTRL)  # on a Russian layout
    QGuiApplication.clipboard().dataChanged.disconnect(told)
    assert board().text() == "Ош, Навоий 14"
    assert {name: board().data(name).data() for name in MARKS} == MARKS
    assert set(seen) == {True}


def test_ctrl_x_takes_it_away_and_ctrl_c_takes_lines_and_rows(page: Page, press: Press) -> None:
    page.line.setFocus()
    page.line.setSelection(0, 2)
    press("x", CTRL)
    assert (board().text(), page.line.text()) == ("Ош", ", Навоий 14")
    page.text.setFocus()
    page.text.selectAll()
    press("c", CTRL)
    assert board().text() == "one\ntwo"
    page.text.setReadOnly(True)
    press("x", CTRL)
    assert page.text.toPlainText() == "one\ntwo"
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.model().index(1, 0))
    press("c", CTRL)
    assert board().text() == "Барно"


def test_a_hidden_passphrase_is_not_copied_and_nothing_chosen_copies_nothing(page: Page, press: Press) -> None:
    of_others("before")
    page.line.setFocus()
    press("c", CTRL)
    page.line.setEchoMode(QLineEdit.EchoMode.Password)
    page.line.selectAll()
    press("c", CTRL)
    press("x", CTRL)
    assert board().text() == "before"


def test_it_is_emptied_after_half_a_minute_unless_others_copied_since(
    dressed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboards, "KEPT_FOR", 50)
    keeper = Clipboard(QGuiApplication.clipboard(), dressed)
    keeper.copy("a password")
    assert QGuiApplication.clipboard().text() == "a password"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")
    keeper.copy("a password")
    of_others("theirs")
    qtbot.wait(150)
    assert QGuiApplication.clipboard().text() == "theirs"
    keeper.deleteLater()


def test_pictures_are_held_off_for_every_window_also_of_later(dressed: QApplication, qtbot: QtBot) -> None:
    left_out: list[tuple[int, bool]] = []
    parent = QWidget()
    guard = CaptureGuard(dressed, parent, lambda window, on: left_out.append((window, on)))
    parent.show()
    qtbot.waitExposed(parent)
    assert left_out == []
    guard.set_on(True)
    assert (int(parent.winId()), True) in left_out
    dialog = QDialog(parent)
    dialog.show()
    assert (int(dialog.winId()), True) in left_out
    guard.set_on(False)
    assert (int(dialog.winId()), False) in left_out
    told = len(left_out)
    another = QDialog(parent)
    another.show()
    assert len(left_out) == told
    parent.close()
    parent.deleteLater()


@pytest.mark.parametrize(
    ("message", "word", "why"),
    [
        *((0x02B1, 7, "screen"), (0x02B1, 2, "switched"), (0x02B1, 4, "switched"), (0x02B1, 8, "")),
        *((0x218, 4, "sleep"), (0x218, 7, ""), (0x218, 0x8013, ""), (0x100, 7, "")),
    ],
)
def test_what_windows_says(message: int, word: int, why: str) -> None:
    assert why_of(message, word) == why


@pytest.mark.parametrize(("value", "why"), [(0, "lid"), (1, "")])
def test_windows_tells_of_the_lid(value: int, why: str) -> None:
    assert ctypes.sizeof(PowerSetting) == 24
    assert bytes(lid_guid()).hex() == "4d0f3eba17b89440a2d1d56379e6a0f3"
    assert why_of(0x218, 0x8013, PowerSetting(lid_guid(), 4, value)) == why
    other = PowerSetting(lid_guid(), 4, 0)
    other.setting.a = 1
    assert why_of(0x218, 0x8013, other) == ""
