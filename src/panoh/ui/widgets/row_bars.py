"""Bars one below the other with a name each: incidents by kind, what is overdue, what people lack."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from panoh.ui.theme import look
from panoh.ui.widgets.amounts import Amount, paint_amount
from panoh.ui.widgets.charts import Bar, Chart

_RING = 6  # between the edge and what is read: the ring of the focus stands there
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class RowBars(Chart):
    """The first rows, as many as `most_rows`; its table has all. `codes` are those of the bars, in their order.

    With `grows` the chart is as high as its rows need, and names that would leave their bars no room stand above them;
    else such a name is cut. `nothing` stands there once it is known that there is no row.
    """

    def __init__(self, title: str, most_rows: int = 5, *, grows: bool = False, nothing: str = "") -> None:
        self.codes: tuple[str, ...] = ()
        self._all: tuple[Bar, ...] = ()
        self._most_rows, self._grows, self._nothing = most_rows, grows, nothing
        self._known = False
        super().__init__(title)

    def show_rows(self, rows: Sequence[tuple[str, str, Amount]]) -> None:
        """Show these: code, name, number."""
        self._known = True
        self._all = tuple(Bar(name, count) for _code, name, count in rows)
        self.codes = tuple(code for code, _name, _count in rows[: self._most_rows])
        self.set_bars(self._all[: self._most_rows])
        if not rows:
            self.setAccessibleDescription(self._nothing)

    def clear(self) -> None:
        """Nothing is known yet."""
        self.show_rows(())
        self.setAccessibleDescription("")
        self._known = False

    def places(self) -> list[QRectF]:
        """One row for each, no higher than comfortable."""
        height = min(self.height() / max(len(self.bars), 1), self._row_height())
        return [QRectF(0, at * height, self.width(), height) for at in range(len(self.bars))]

    def minimumSizeHint(self) -> QSize:
        """Every name can be read, however large the text is."""
        least = super().minimumSizeHint()
        if not self._grows:
            return least
        return QSize(least.width(), max(least.height(), round(self._row_height() * len(self.bars))))

    def paint_bars(self, painter: QPainter) -> None:
        """Name, bar, number."""
        if self._known and not self.bars:
            line = QRectF(0, 0, self.width(), look().line_height("small"))
            self.text(painter, line, self._nothing, align=_LEFT, colour=look().colour("secondary"))
        names = 0 if self._names_above else min(self._names, self.width() // 2)
        numbers = QFontMetrics(look().font("small", bold=True))
        right = max((numbers.horizontalAdvance(bar.figures) for bar in self.bars), default=0) + 8
        room, thick = max(self.width() - names - right - 2 * _RING, 8), look().grown(10)
        for bar, whole in zip(self.bars, self.places(), strict=True):
            place = whole.adjusted(_RING, 0, -_RING, 0)
            line, below = place, place
            if self._names_above:
                line = place.adjusted(0, 0, 0, -place.height() / 2)
                below = place.adjusted(0, place.height() / 2, 0, 0)
            self.text(painter, line.adjusted(0, 0, (names or place.width()) - place.width(), 0), bar.label, align=_LEFT)
            top = below.center().y() - thick / 2
            wide = max(room * bar.length / self.most(), 2.0 if bar.length else 0.0)
            paint_amount(painter, QRectF(_RING + names, top, wide, thick), bar.value)
            self.text(painter, below, bar.figures, bold=True, align=_RIGHT)

    def table_rows(self) -> list[tuple[str, ...]]:
        """Every row with its number."""
        return [(bar.label, bar.figures) for bar in self._all]

    @property
    def _names(self) -> int:
        metrics = QFontMetrics(look().font("small"))
        return max((metrics.horizontalAdvance(bar.label) for bar in self.bars), default=0) + 12

    @property
    def _names_above(self) -> bool:
        return self._grows and self._names > self.width() // 2

    def _row_height(self) -> float:
        one = max(look().grown(24.0), look().line_height("small") + 6)
        return one * 2 - 8 if self._names_above else one
