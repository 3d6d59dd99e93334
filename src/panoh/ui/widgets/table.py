"""Tables of any length: rows come in pages from the services, one delegate paints the cells.

A screen's model.py tells the columns; its presenter opens a source:

    COLUMNS = (Column("due", _("Due"), 130, lambda line: Cell(due_words(line), tone="error")), ...)
    model = PagedModel(COLUMNS, runner, row_words=spoken, key=lambda line: line.id)
    table = PagedTable(model, row="row.two_lines", name=_("Triage queue"))
    model.open(lambda: triage.count(desk), lambda offset, limit: triage.page(desk, offset, limit))

Pages are read on the store's worker, so that the window never waits; rows not yet there are blank for a moment.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.ui.style_paint import outline
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.cells import CELL, Cell, CellDelegate

PAGE = 200
_KEPT_PAGES = 50
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, title, width at 100 % text (0: takes the rest), and how a row becomes a cell.

    `sort` tells that the header may be clicked to sort by this column; `numeric` puts title and cells right.
    """

    key: str
    title: str
    width: int
    cell: Callable[[Any], Cell]
    numeric: bool = False
    sort: bool = False


class PagedModel(QAbstractTableModel):
    """Rows in pages of 200, at most 50 pages kept, fetched by callables in the background."""

    counted = Signal(int)  # after opening: how many rows there are
    failed = Signal(object)  # an AppError from the source

    def __init__(
        self,
        columns: Sequence[Column],
        runner: TaskRunner,
        *,
        row_words: Callable[[Any], str],
        key: Callable[[Any], str],
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.row_words, self.key = row_words, key
        self._runner = runner
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._opening = 0
        self._fetch: Callable[[int, int], Sequence[Any]] = lambda _offset, _limit: ()

    def open(self, count: Callable[[], int], page: Callable[[int, int], Sequence[Any]]) -> None:
        """Show another source, or the same afresh: `page(offset, limit)` gives rows, `count()` how many there are."""
        self._opening += 1
        mine = self._opening

        def read(_progress: Progress) -> tuple[int, Sequence[Any]]:
            return count(), page(0, PAGE)

        def show(found: tuple[int, Sequence[Any]]) -> None:
            if mine == self._opening:
                self._fetch = page
                self._reset(*found)

        self._runner.start(read, show, self.failed.emit, owner=self)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show a short list that is at hand already."""
        self._opening += 1
        self._fetch = lambda offset, limit: rows[offset : offset + limit]
        self._reset(len(rows), rows[:PAGE])

    def row_at(self, row: int) -> Any | None:
        """The record of this row; None while its page is on the way."""
        number, at = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            return None
        self._pages.move_to_end(number)
        return page[at] if at < len(page) else None

    def row_of(self, key: str) -> int:
        """The row with this key among the pages kept; -1 if it is in none."""
        for number, page in self._pages.items():
            for at, record in enumerate(page):
                if self.key(record) == key:
                    return number * PAGE + at
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are in all."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell, its text, and the words for screen readers: of the whole row in the first column."""
        if role not in (Qt.ItemDataRole.DisplayRole, CELL, Qt.ItemDataRole.AccessibleTextRole):
            return None
        record = self.row_at(index.row())
        if record is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self.row_words(record)
        cell = self.columns[index.column()].cell(record)
        if role == CELL:
            return cell
        return cell.text if role == Qt.ItemDataRole.DisplayRole else cell.words()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].numeric else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _ask(self, number: int) -> None:
        if number in self._asked or number * PAGE >= self._count:
            return
        self._asked.add(number)
        mine, fetch = self._opening, self._fetch

        def show(rows: Sequence[Any]) -> None:
            if mine == self._opening:
                self._asked.discard(number)
                self._keep(number, rows)
                last = min((number + 1) * PAGE, self._count) - 1
                self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))

        def fail(error: AppError) -> None:
            self._asked.discard(number)
            self.failed.emit(error)

        self._runner.start(lambda _progress: fetch(number * PAGE, PAGE), show, fail, owner=self)

    def _keep(self, number: int, rows: Sequence[Any]) -> None:
        self._pages[number] = rows
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)

    def _reset(self, count: int, first: Sequence[Any]) -> None:
        self.beginResetModel()
        self._count = count
        self._asked.clear()
        self._pages.clear()
        self._keep(0, first)
        self.endResetModel()
        self.counted.emit(count)


class PagedTable(QTableView):
    """A table over a PagedModel: whole rows are chosen, Enter opens, the Menu key or right click offers the rest."""

    opened = Signal(object)  # the record on which Enter or a double click fell
    current_changed = Signal(object)  # the record now current, or None
    menu_asked = Signal(object, object)  # record, place on the screen
    sort_asked = Signal(str, bool)  # key of the column, descending

    def __init__(self, model: PagedModel, *, name: str, row: str = "row.table") -> None:
        super().__init__()
        self._paged, self._row = model, row
        self._kept_key = ""
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self._set_up_view()
        self._set_up_header()
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)
        model.dataChanged.connect(self._page_came)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        look().changed.connect(self._measure)
        self._measure()

    def current(self) -> Any | None:
        """The record of the current row."""
        index = self.currentIndex()
        return self._paged.row_at(index.row()) if index.isValid() else None

    def select_key(self, key: str) -> None:
        """Make the row with this key current, now or when its page is there."""
        self._kept_key = key
        row = self._paged.row_of(key)
        if row >= 0:
            self.selectRow(row)

    def keyboardSearch(self, _search: str) -> None:
        """Typing does not jump: names are private and come in several scripts."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell who wants a menu, and where."""
        record = self.current()
        if record is not None:
            place = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
            self.menu_asked.emit(record, place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, then the ring inside the current row."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            ring = self._row_rect(self.currentIndex().row())
            outline(QPainter(self.viewport()), ring, look().colour("focus"), look().size("line.focus"), 2)

    def _row_rect(self, row: int) -> QRect:
        width = self.viewport().width()
        return QRect(0, self.rowViewportPosition(row), width, self.rowHeight(row))

    def _open(self, row: int) -> None:
        record = self._paged.row_at(row) if row >= 0 else None
        if record is not None:
            self.opened.emit(record)

    def _before_reset(self) -> None:
        record = self.current()
        self._kept_key = self._paged.key(record) if record is not None else self._kept_key
        self.scrollToTop()  # WORKAROUND: a reset while scrolled far down takes Qt seconds

    def _after_reset(self) -> None:
        row = self._paged.row_of(self._kept_key) if self._kept_key else -1
        if row < 0 and self._paged.rowCount():
            row = 0
        if row >= 0:
            self.selectRow(row)
        else:
            self.current_changed.emit(None)

    def _page_came(self, top: QModelIndex, bottom: QModelIndex, _roles: object = None) -> None:
        at = self.currentIndex().row()
        if top.row() <= at <= bottom.row():
            self.current_changed.emit(self.current())

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell which record is current now."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_changed.emit(self.current())

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsClickable(any(column.sort for column in self._paged.columns))
        header.sectionClicked.connect(self._sort)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._pick_columns)
        for at, column in enumerate(self._paged.columns):
            if not column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _measure(self) -> None:
        lines = 2 if self._row == "row.two_lines" else 1
        text = look().line_height() if lines == 1 else look().line_height() + look().line_height("small")
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(max(look().size(self._row), text + 6))
        for at, column in enumerate(self._paged.columns):
            if column.width:
                self.setColumnWidth(at, look().grown(column.width))

    def _sort(self, section: int) -> None:
        column, header = self._paged.columns[section], self.horizontalHeader()
        if not column.sort:
            return
        was = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        down = was and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self.sort_asked.emit(column.key, down)

    def _pick_columns(self) -> None:
        menu = QMenu(self)
        for at, column in enumerate(self._paged.columns[1:], start=1):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.toggled.connect(lambda on, section=at: self.setColumnHidden(section, not on))
        menu.exec(self.mapToGlobal(self.horizontalHeader().geometry().bottomLeft()))
