from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.ui.tasks import InlineRunner, Task
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import CELL, Cell
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.panes import first_focusable
from panoh.ui.widgets.table import PAGE, Column, PagedModel, PagedTable

COLUMNS = (
    Column("level", "Level", 120, lambda row: Cell(level="high" if row % 2 else "low")),
    Column("number", "Number", 100, lambda row: Cell(str(row), right=True), numeric=True, sort=True),
    Column("name", "Name", 0, lambda row: Cell(f"name {row}", below="KX7", spoken=f"name {row} spoken")),
)


class Source:
    """Numbers as rows, and which pages were asked for."""

    def __init__(self, count: int) -> None:
        self.rows = count
        self.asked: list[int] = []

    def count(self) -> int:
        return self.rows

    def page(self, offset: int, limit: int) -> list[int]:
        self.asked.append(offset)
        return list(range(offset, min(offset + limit, self.rows)))


def model_of(runner: Any = None) -> PagedModel:
    return PagedModel(COLUMNS, runner or InlineRunner(), row_words=lambda row: f"row {row}", key=str)


@pytest.fixture
def table(qtbot: QtBot) -> PagedTable:
    model = model_of()
    made = PagedTable(model, name="Numbers")
    made.setProperty("kept", model)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    return made


def paged(table: PagedTable) -> PagedModel:
    model = table.model()
    assert isinstance(model, PagedModel)
    return model


def test_only_the_pages_that_are_looked_at_are_read(table: PagedTable) -> None:
    source = Source(100_000)
    paged(table).open(source.count, source.page)
    assert table.model().rowCount() == 100_000
    assert source.asked == [0]
    assert paged(table).row_at(90_000) is None  # on its way
    assert paged(table).row_at(90_000) == 90_000
    assert source.asked == [0, 90_000 // PAGE * PAGE]


def test_no_more_than_fifty_pages_are_kept() -> None:
    model, source = model_of(), Source(PAGE * 80)
    model.open(source.count, source.page)
    for number in range(80):
        model.row_at(number * PAGE)
    assert len(model._pages) == 50


def test_cells_words_and_titles() -> None:
    model, source = model_of(), Source(3)
    model.open(source.count, source.page)
    assert model.data(model.index(1, 0), CELL) == Cell(level="high")
    assert model.data(model.index(1, 2)) == "name 1"
    accessible = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(1, 0), accessible) == "row 1"
    assert model.data(model.index(1, 1), accessible) == "1"
    assert model.data(model.index(1, 2), accessible) == "name 1 spoken"
    assert Cell(level="high").words() == "High"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Number"


class LateRunner:
    """Keeps work until it is told to go on, as a busy store does."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def start(
        self,
        work: Callable[[Progress], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[AppError], object] | None = None,
        on_progress: object = None,
        *,
        owner: QObject | None = None,
        lane: str = "",
    ) -> Task:
        self.waiting.append(lambda: InlineRunner().start(work, on_done, on_error) and None)
        return Task(owner, None)


def test_an_answer_to_an_older_question_is_passed_over() -> None:
    runner = LateRunner()
    model = model_of(runner)
    model.open(lambda: 1, lambda _offset, _limit: ["old"])
    model.open(lambda: 2, lambda _offset, _limit: ["new", "newer"])
    for answer in reversed(runner.waiting):
        answer()
    assert [model.row_at(row) for row in range(model.rowCount())] == ["new", "newer"]


def test_an_error_of_the_source_is_told(qtbot: QtBot) -> None:
    model = model_of()

    def page(_offset: int, _limit: int) -> Sequence[int]:
        raise AppError("disk.full")

    with qtbot.waitSignal(model.failed) as told:
        model.open(lambda: 5, page)
    assert told.args[0].code == "disk.full"
    assert model.rowCount() == 0


def test_enter_opens_and_arrows_tell_the_current_row(table: PagedTable) -> None:
    opened: list[object] = []
    current: list[object] = []
    table.opened.connect(opened.append)
    table.current_changed.connect(current.append)
    source = Source(5)
    paged(table).open(source.count, source.page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [1]
    assert current == [0, 1]


def test_home_and_end_go_to_the_first_and_the_last_row(table: PagedTable) -> None:
    source = Source(500)
    paged(table).open(source.count, source.page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == 499
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.current() == 0


def test_a_refresh_keeps_the_current_row_and_starts_at_the_top(table: PagedTable) -> None:
    source = Source(1000)
    paged(table).open(source.count, source.page)
    table.select_key("7")
    table.scrollToBottom()
    paged(table).open(source.count, source.page)
    assert table.current() == 7
    assert table.verticalScrollBar().value() < table.rowHeight(0) * 8


def test_typing_does_not_jump(table: PagedTable) -> None:
    source = Source(50)
    paged(table).open(source.count, source.page)
    table.setFocus()
    QTest.keyClicks(table, "n9")
    assert table.current() == 0


def test_tab_leaves_the_table(qtbot: QtBot) -> None:
    assert not PagedTable(model_of(), name="x").tabKeyNavigation()


def test_the_header_asks_for_another_order(table: PagedTable, qtbot: QtBot) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_asked.connect(lambda key, down: asked.append((key, down)))
    table.horizontalHeader().sectionClicked.emit(1)
    table.horizontalHeader().sectionClicked.emit(1)
    table.horizontalHeader().sectionClicked.emit(2)
    assert asked == [("number", False), ("number", True)]


def test_the_menu_key_asks_for_a_menu_at_the_row(table: PagedTable) -> None:
    asked: list[object] = []
    table.menu_asked.connect(lambda record, _place: asked.append(record))
    source = Source(3)
    paged(table).open(source.count, source.page)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(table.viewport(), event)
    assert asked == [0]


def test_every_cell_is_painted_in_every_row_height(qtbot: QtBot) -> None:
    columns = (
        Column("a", "A", 90, lambda row: Cell(level="critical")),
        Column("b", "B", 60, lambda row: Cell("a long reason that needs two lines", wrap=True)),
        Column("c", "C", 60, lambda row: Cell("Overdue 40 min", icon="state.overdue", tone="error")),
        Column("d", "D", 0, lambda row: Cell("name", below="number", link=True)),
    )
    model = PagedModel(columns, InlineRunner(), row_words=str, key=str)
    model.show_rows([1, 2])
    for row in ("row.dense", "row.table", "row.two_lines"):
        table = PagedTable(model, name="x", row=row)
        qtbot.addWidget(table)
        table.resize(400, 200)
        table.show()
        assert not table.grab().toImage().allGray()


def test_f6_finds_the_list_and_the_button_in_its_place(table: PagedTable) -> None:
    first = KeyButton("Add")
    shown = ListOrEmpty(table, EmptyPage("No requests yet", ["Requests will stand here."], [(first, "")]))
    shown.show()
    shown.show_count(3)
    assert first_focusable(shown) is table
    shown.show_count(0)
    assert first_focusable(shown) is first
    table.setParent(None)
    shown.deleteLater()


def test_a_list_that_goes_empty_takes_no_keys_from_the_search_above(table: PagedTable) -> None:
    page, search = QWidget(), QLineEdit()
    shown = ListOrEmpty(table, EmptyPage("No requests fit", ["Search for less."], [(KeyButton("Show all"), "")]))
    column = QVBoxLayout(page)
    for part in (search, shown):
        column.addWidget(part)
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    shown.show_count(3)
    table.setFocus()
    search.setFocus()
    shown.show_count(0)
    assert search.hasFocus()
    shown.show_count(3)
    assert search.hasFocus()
    table.setParent(None)
    page.deleteLater()


def test_an_empty_list_says_what_will_be_here(qtbot: QtBot, table: PagedTable) -> None:
    page = EmptyPage("No requests yet", ["Requests will stand here."])
    shown = ListOrEmpty(table, page)
    paged(table).counted.connect(shown.show_count)
    source = Source(0)
    paged(table).open(source.count, source.page)
    assert shown.currentWidget() is page
    source.rows = 3
    paged(table).open(source.count, source.page)
    current: QWidget | None = shown.currentWidget()
    assert current is table
    table.setParent(None)
    shown.deleteLater()
