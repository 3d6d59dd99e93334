"""The frame, with a small whole example of a screen: a view, a presenter that is the Screen, a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from panoh.base.settings import DeviceSettings
from panoh.ui.privacy import Privacy
from panoh.ui.shell.finder import Found
from panoh.ui.shell.frame import Frame
from panoh.ui.shell.help import HelpDialog, ShortcutList, help_text
from panoh.ui.shell.screen import Area, Screen
from panoh.ui.shell.window import MainWindow
from panoh.ui.shortcuts import shortcuts
from panoh.ui.tasks import InlineRunner, TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.table import Column, PagedModel, PagedTable

CTRL = Qt.KeyboardModifier.ControlModifier
Press = Callable[..., None]
AREAS = (Area("today", "Today", "area.today"), Area("people", "People", "area.people"))


class ExampleView(QWidget):
    """Builds widgets, tells what the user wants, has setters."""

    added = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.table = PagedTable(model, name="Numbers")
        self.add = KeyButton("Add a number", self.added.emit, icon="action.add", keys="Ctrl+N", kind="main")
        column = QVBoxLayout(self)
        column.addWidget(plain_label("Numbers", "title bold"))
        column.addWidget(self.table)
        column.addWidget(self.add)


class ExamplePresenter:
    """Turns what the user wants into calls of a service; here the service is a list."""

    title = "Numbers"
    help_page = "start"

    def __init__(self, numbers: list[int], runner: TaskRunner, title: str = "Numbers") -> None:
        self.title = title
        self.numbers = numbers
        self.reads = 0
        columns = (Column("number", "Number", 0, lambda number: Cell(str(number))),)
        self.model = PagedModel(columns, runner, row_words=str, key=str)
        self.view = ExampleView(self.model)
        self.view.added.connect(self._add)

    @property
    def widget(self) -> QWidget:
        return self.view

    def panes(self) -> Sequence[QWidget]:
        return [self.view.table, self.view.add]

    def opened(self) -> None:
        self._read()
        self.view.table.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        if "number" in kinds:
            self._read()

    def _add(self) -> None:
        self.numbers.append(len(self.numbers))
        self._read()

    def _read(self) -> None:
        self.reads += 1
        self.model.open(lambda: len(self.numbers), lambda offset, limit: self.numbers[offset : offset + limit])


class Shown:
    """A window with the frame and two example screens."""

    def __init__(self) -> None:
        self.saved: list[DeviceSettings] = []
        self.window = MainWindow(DeviceSettings(), self.saved.append)
        self.privacy = Privacy()
        self.frame = Frame(AREAS, "Feruza A.", self.privacy, demo=True)
        self.made: list[str] = []
        for key in ("today", "people"):
            self.frame.add_screen(key, self.maker(key), area=key)
        self.frame.status.set_state("saved", "state.saved", "Saved 14:02")
        self.window.show_page(self.frame, lambda: "start")
        self.window.show()
        self.window.activateWindow()
        QApplication.processEvents()

    def maker(self, key: str) -> Callable[[], Screen]:
        def make() -> Screen:
            self.made.append(key)
            return ExamplePresenter([1, 2, 3], InlineRunner(), title=key)

        return make

    def screen(self) -> ExamplePresenter:
        current = self.frame.current
        assert isinstance(current, ExamplePresenter)
        return current


@pytest.fixture
def shown() -> Iterator[Shown]:
    made = Shown()
    made.frame.show_screen("today")
    QApplication.processEvents()
    yield made
    made.window.close()
    made.window.deleteLater()


def test_a_screen_is_made_when_it_is_first_opened(shown: Shown, press: Press) -> None:
    assert shown.made == ["today"]
    press("2", CTRL)
    assert shown.made == ["today", "people"]
    assert shown.frame.navigation.areas.chosen == "people"
    press("1", CTRL)
    assert shown.made == ["today", "people"]
    assert shown.screen().view.table.hasFocus()


def test_back_leads_to_the_screen_before(shown: Shown, press: Press) -> None:
    assert shown.frame.came_from == ""
    press("2", CTRL)
    assert shown.frame.came_from == "today"
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.screen().title == "today"


def test_changes_reach_the_screen_in_front_and_the_others_when_they_open(shown: Shown) -> None:
    first = shown.screen()
    assert first.reads == 1
    shown.frame.broadcast(frozenset({"number"}))
    shown.frame.broadcast(frozenset({"person"}))
    assert first.reads == 2
    shown.frame.broadcast(frozenset({"number"}), initiator=first)
    assert first.reads == 2
    shown.frame.show_screen("people")
    shown.frame.broadcast(frozenset({"number"}))
    assert first.reads == 2
    shown.frame.show_screen("today")
    assert first.reads == 3


def test_f6_goes_round_the_panes(shown: Shown, press: Press) -> None:
    view = shown.screen().view
    stops: list[QWidget | None] = []
    for _step in range(3):
        press(Qt.Key.Key_F6)
        stops.append(QApplication.focusWidget())
    assert stops == [view.add, shown.frame.navigation, view.table]
    press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert shown.frame.navigation.hasFocus()


def test_hidden_panes_are_passed_over(shown: Shown, press: Press) -> None:
    shown.screen().view.add.hide()
    press(Qt.Key.Key_F6)
    assert shown.frame.navigation.hasFocus()


def test_the_navigation_tells_and_opens_areas(shown: Shown) -> None:
    navigation = shown.frame.navigation
    navigation.set_overdue("people", 9)
    index = navigation.areas.index(1)
    assert navigation.areas.data(index, Qt.ItemDataRole.AccessibleTextRole) == "People, 9 overdue"
    navigation.setFocus()
    QTest.keyClick(navigation, Qt.Key.Key_Down)
    assert shown.screen().title == "today"  # going down does not open
    QTest.keyClick(navigation, Qt.Key.Key_Return)
    assert shown.screen().title == "people"


def test_names_hide_and_show(shown: Shown, press: Press) -> None:
    assert shown.privacy.name("Илҳом Сатторқуллиев") == "Илҳом Сатторқуллиев"
    press("з", CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert shown.privacy.hidden
    assert shown.privacy.name("Илҳом  Сатторқуллиев") == "И. С."
    assert shown.privacy.name("") == ""
    assert shown.frame.top._names.text() == "Names hidden"


def test_lock_is_asked_for_by_button_and_keys(shown: Shown, press: Press) -> None:
    asked: list[int] = []
    shown.frame.lock_asked.connect(lambda: asked.append(1))
    press("д", CTRL)
    shown.frame.top._lock.click()
    assert len(asked) == 2


def results(count: int) -> list[Found]:
    groups = ["People"] * (count - 1) + ["Actions"]
    return [Found(group, f"title {n}", f"KX7-{n}", "area.people", n) for n, group in enumerate(groups)]


def test_finding_by_keyboard_alone(shown: Shown, press: Press) -> None:
    box = shown.frame.top.find_box
    chosen: list[object] = []
    box.chosen.connect(chosen.append)
    press("л", CTRL)
    assert box.hasFocus()
    for letter in "эрг":
        press(letter)
    box.show_results("эрг", results(3))
    assert box.is_open()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)  # over the heading of the next group
    press(Qt.Key.Key_Return)
    assert chosen == [2]
    assert not box.is_open()
    assert box.text() == ""


def test_the_question_is_asked_after_a_pause(shown: Shown, press: Press, qtbot: object) -> None:
    from pytestqt.qtbot import QtBot

    assert isinstance(qtbot, QtBot)
    box = shown.frame.top.find_box
    asked: list[str] = []
    box.asked.connect(asked.append)
    press("k", CTRL)
    for letter in "ab ":
        press(letter)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["ab"]


def test_answers_to_an_older_question_are_passed_over(shown: Shown, press: Press) -> None:
    box = shown.frame.top.find_box
    press("k", CTRL)
    press("a")
    box.show_results("b", results(2))
    assert not box.is_open()


def test_enter_before_the_answer_opens_the_first_when_it_comes(shown: Shown, press: Press) -> None:
    box = shown.frame.top.find_box
    asked: list[str] = []
    chosen: list[object] = []
    box.asked.connect(asked.append)
    box.chosen.connect(chosen.append)
    press("k", CTRL)
    for letter in "KX7":
        press(letter)
    press(Qt.Key.Key_Return)
    assert asked == ["KX7"]
    box.show_results("KX7", results(2))
    assert chosen == [0]


def test_escape_goes_back_to_where_one_was(shown: Shown, press: Press) -> None:
    press("k", CTRL)
    press("a")
    shown.frame.top.find_box.show_results("a", results(2))
    press(Qt.Key.Key_Escape)
    assert not shown.frame.top.find_box.is_open()
    assert shown.screen().view.table.hasFocus()


def test_text_size_and_theme_are_remembered(shown: Shown, press: Press) -> None:
    press("+", CTRL)
    press("=", CTRL)
    assert look().text_size == 125
    press("-", CTRL)
    press("0", CTRL)
    assert [one.text_size for one in shown.saved] == [110, 125, 110, 100]
    shown.window.choose_theme("dark")
    assert shown.saved[-1].theme == "dark"
    assert look().theme.name == "dark"


def test_the_title_says_nothing_of_anyone(shown: Shown) -> None:
    shown.frame.show_screen("people")
    assert shown.window.windowTitle() == "Panoh"


def test_a_note_goes_when_another_screen_opens(shown: Shown) -> None:
    shown.frame.note.say("The disk is full.")
    assert shown.frame.note.isVisible()
    shown.frame.show_screen("people")
    assert not shown.frame.note.isVisible()


def dialog_of(shown: Shown, kind: type[QDialog]) -> QDialog:
    QApplication.processEvents()
    found = shown.window.findChild(kind)
    assert isinstance(found, kind)
    return found


def test_the_list_of_shortcuts_tells_those_that_hold_here(shown: Shown, press: Press) -> None:
    words = {one.keys: one.words for one in shortcuts().holding()}
    assert words["Ctrl+N"] == "Add a number"
    assert words["Ctrl+2"] == "People"
    press("/", CTRL)
    dialog = dialog_of(shown, ShortcutList)
    table = dialog.findChild(PagedTable)
    assert isinstance(table, PagedTable)
    listed = {table.model().index(row, 0).data() for row in range(table.model().rowCount())}
    assert {"Ctrl+N", "Ctrl+K", "Ctrl+/", "F6", "Ctrl++"} <= listed
    dialog.close()


def test_f1_opens_the_help_page(shown: Shown, press: Press) -> None:
    press(Qt.Key.Key_F1)
    dialog_of(shown, HelpDialog).close()


def test_help_of_an_unknown_page_is_the_start_page() -> None:
    assert help_text("no such page") == help_text("start")
    title, text = help_text("unlock")
    assert title == "Unlocking a vault"
    assert "Caps Lock" in text


def test_the_status_bar_tells_states_in_words(shown: Shown) -> None:
    shown.frame.status.set_state("saved", "state.draft", "Draft saved 14:03")
    assert shown.frame.status.words("saved") == "Draft saved 14:03"
    assert shown.frame.status.words("nothing") == ""
