"""The base of small charts: numbers beside their bars, each bar reached by arrow keys, each with its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QTableView, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.ui.accessibility import announce, set_accessible_role
from panoh.ui.style_paint import outline
from panoh.ui.theme import look
from panoh.ui.widgets.amounts import Amount, figures, is_exact, length, spoken
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.cells import CELL, Cell, CellDelegate
from panoh.ui.widgets.panels import Panel


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its number as it is told, and what is spoken where the label is short ('Thu 10')."""

    label: str
    value: Amount
    spoken: str = ""

    @property
    def length(self) -> int:
        """What it is drawn as."""
        return length(self.value)

    @property
    def figures(self) -> str:
        """Its number."""
        return figures(self.value)

    def words(self) -> str:
        """The bar in words."""
        return _("{label}: {value}").format(label=self.spoken or self.label, value=spoken(self.value))


class Chart(QWidget):
    """Paints bars, lets arrow keys go from one to the next, and tells which one is opened with Enter or a click."""

    opened = Signal(int)  # the bar's place
    table_asked = Signal()
    across = 1  # bars side by side in one row, over which Up and Down go

    def __init__(self, title: str, bars: Sequence[Bar] = ()) -> None:
        super().__init__()
        self.title = title
        self.bars: tuple[Bar, ...] = ()
        self.current = 0
        set_accessible_role(self, QAccessible.Role.Chart)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self.bars = tuple(bars)
        self.current = min(self.current, max(len(self.bars) - 1, 0))
        exact = [bar for bar in self.bars if is_exact(bar.value)]
        total = _("{title}, {total} in all").format(title=self.title, total=number(sum(bar.length for bar in exact)))
        self.setAccessibleName(total if len(exact) == len(self.bars) else self.title)
        largest = max(exact, key=lambda bar: bar.length, default=None)
        self.setAccessibleDescription(_("Largest: {bar}").format(bar=largest.words()) if largest else "")
        self.updateGeometry()
        self.update()

    def places(self) -> list[QRectF]:
        """Where each bar with its label and number stands, in the order of `bars`; of one without room an empty one."""
        raise NotImplementedError

    def first(self) -> int:
        """The first bar that there is room for."""
        return 0

    def paint_bars(self, painter: QPainter) -> None:
        """Paint everything but the ring."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Room for a small chart."""
        return QSize(look().grown(240), look().grown(200))

    def minimumSizeHint(self) -> QSize:
        """Charts shrink before tables do."""
        return QSize(look().grown(200), look().grown(140))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bars, and the ring round the current one while the chart has the focus."""
        painter = QPainter(self)
        painter.setFont(look().font("small"))
        self.paint_bars(painter)
        places = self.places()
        at = max(self.current, self.first())
        if self.hasFocus() and at < len(places):
            outline(painter, places[at], look().colour("focus"), look().size("line.focus"), 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go to the next bar, Home and End to the ends, Enter opens, Space shows the table."""
        key = event.key()
        last = len(self.bars) - 1
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: self.across, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -self.across}
        if key in steps:
            to = self.current + steps[Qt.Key(key)]
            self._go(to if abs(steps[Qt.Key(key)]) == 1 or 0 <= to <= last else self.current)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.bars:
            self.opened.emit(max(self.current, self.first()))
        elif key == Qt.Key.Key_Space:
            self.table_asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the bar under it."""
        for at, place in enumerate(self.places()):
            if place.contains(QPointF(event.position())):
                self._go(at)
                self.opened.emit(at)
                return

    def _go(self, to: int) -> None:
        self.current = max(self.first(), min(to, len(self.bars) - 1))
        if self.bars:
            announce(self, self.bars[self.current].words())
        self.update()

    def text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        *,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        colour: QColor | None = None,
    ) -> None:
        """Paint one line of small text into `rect`."""
        painter.setFont(look().font("small", bold=bold))
        painter.setPen(colour or look().colour("text"))
        flags = int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.drawText(
            rect, flags, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) + 2)
        )

    def most(self) -> int:
        """The largest number, at least 1."""
        return max([1, *(bar.length for bar in self.bars)])

    def table_rows(self) -> list[tuple[str, ...]]:
        """The same as a table: label and number of each bar."""
        return [(bar.spoken or bar.label, bar.figures) for bar in self.bars]

    def table_heads(self) -> tuple[str, ...]:
        """Titles of the table's columns."""
        return (self.title, _("Number"))

    def bar_at(self, row: int, column: int) -> int:
        """The bar of a cell of the table; -1 where none is drawn."""
        return row if column >= 0 and row < len(self.bars) else -1


class _ChartTable(QAbstractTableModel):
    """A chart's numbers as a table."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._heads, self._rows = chart.table_heads(), chart.table_rows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text = self._rows[index.row()][index.column()]
        if role == CELL:
            return Cell(text, right=index.column() > 0)
        return text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _TableView(QTableView):
    """Tells when Space asks for the chart again, and on which cell Enter fell."""

    chart_asked = Signal()
    opened = Signal(int, int)  # row, column

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space goes back to the chart, Enter opens."""
        at = self.currentIndex()
        if event.key() == Qt.Key.Key_Space:
            self.chart_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid():
            self.opened.emit(at.row(), at.column())
        else:
            super().keyPressEvent(event)


class ChartPanel(Panel):
    """A panel with a chart and a link that shows the same numbers as a table; `link` stands there instead if given."""

    def __init__(self, chart: Chart, link: LinkButton | None = None) -> None:
        self._switch = link or LinkButton(_("Table"), spoken=_("{title} as a table").format(title=chart.title))
        super().__init__(chart.title, right=self._switch)
        self.chart = chart
        self._stack = QStackedWidget()
        self._stack.addWidget(chart)
        self.body.setContentsMargins(16, 8, 16, 8)
        self.body.addWidget(self._stack)
        if link is None:
            self._switch.clicked.connect(self._toggle)
            chart.table_asked.connect(self._toggle_with_keys)

    @cached_property
    def _table(self) -> QTableView:
        """The table, made when it is first asked for."""
        made = _TableView()
        made.chart_asked.connect(self._toggle_with_keys)
        made.opened.connect(self._open)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setShowGrid(False)
        made.setTabKeyNavigation(False)
        made.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        made.verticalHeader().hide()
        made.setItemDelegate(CellDelegate(made))
        made.setAccessibleName(_("{title} as a table").format(title=self.chart.title))
        self._stack.addWidget(made)
        QWidget.setTabOrder(self.chart, made)
        return made

    def _open(self, row: int, column: int) -> None:
        bar = self.chart.bar_at(row, column)
        if bar >= 0:
            self.chart.opened.emit(bar)

    def _share_width(self) -> None:
        """Numbers take what their titles need, words the rest."""
        header, model = self._table.horizontalHeader(), self._table.model()
        header.setSectionResizeMode(header.ResizeMode.Interactive)
        for column in range(1, model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal))
            self._table.setColumnWidth(column, header.fontMetrics().horizontalAdvance(title) + 40)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)

    def _toggle_with_keys(self) -> None:
        """The keys go along."""
        self._toggle()
        shown = self._table if self._stack.currentIndex() else self.chart
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, _checked: bool = False) -> None:
        if self._stack.currentIndex():
            self._stack.setCurrentIndex(0)
            self._switch.set_words(_("Table"), _("{title} as a table").format(title=self.chart.title))
            return
        self._table.setModel(_ChartTable(self.chart))
        self._table.setCurrentIndex(self._table.model().index(0, 0))
        self._table.verticalHeader().setDefaultSectionSize(max(look().size("row.dense"), look().line_height() + 6))
        self._share_width()
        self._stack.setCurrentIndex(1)
        self._switch.set_words(_("Chart"), _("{title} as a chart").format(title=self.chart.title))
