"""Tables of any length: rows come in pages from the services, one delegate paints the cells.

A screen's model.py tells the columns; its presenter opens a source:

    COLUMNS = (Column("due", _("Due"), 130, lambda line: Cell(due_words(line), tone="error")), ...)
    model = PagedModel(COLUMNS, runner, row_words=spoken, key=lambda line: line.id)
    table = PagedTable(model, row="row.two_lines", name=_("Triage queue"))
    model.open(lambda: triage.count(desk), lambda offset, limit: triage.page(desk, offset, limit))

Pages are read on the store's worker, so that the window never waits; rows not yet there are blank for a moment.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from panoh.ui.style_paint import outline
from panoh.ui.theme import look
from panoh.ui.widgets.cells import CellDelegate
from panoh.ui.widgets.paged import PAGE, Column, Index, PagedModel

__all__ = ["PAGE", "Column", "PagedModel", "PagedTable"]


class PagedTable(QTableView):
    """A table over a PagedModel: whole rows are chosen, Enter opens, the Menu key or right click offers the rest."""

    opened = Signal(object)  # the record on which Enter or a double click fell
    current_changed = Signal(object)  # the record now current, or None
    menu_asked = Signal(object, object)  # record, place on the screen
    sort_asked = Signal(str, bool)  # key of the column, descending

    def __init__(self, model: PagedModel, *, name: str, row: str = "row.table") -> None:
        super().__init__()
        self._paged, self._row = model, row
        if model.parent() is None:
            model.setParent(self)  # goes with its table, and with it the rows and whoever listens to it
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

    def current_key(self) -> str:
        """The key of the current row; '' when there is none."""
        record = self.current()
        return self._paged.key(record) if record is not None else ""

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

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last row: whole rows are chosen, so a column is no place to go to."""
        ends = {self.CursorAction.MoveHome: 0, self.CursorAction.MoveEnd: self._paged.rowCount() - 1}
        if action in ends:
            return self._paged.index(ends[action], 0)
        return super().moveCursor(action, modifiers)

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
