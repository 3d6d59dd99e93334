"""Columns and the model of a table whose rows come in pages; table.py shows it and tells how it is used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import CELL, Cell

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
