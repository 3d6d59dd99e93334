"""How many incidents of each kind, drawn as rows: the most first, as many as there is room for; its table has all."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from panoh.base.i18n import number
from panoh.ui.theme import look
from panoh.ui.widgets.charts import Bar, Chart

_MOST_ROWS = 5


class KindBars(Chart):
    """`codes` are the kinds of the bars, in their order."""

    def __init__(self, title: str) -> None:
        self.codes: tuple[str, ...] = ()
        self._all: tuple[tuple[str, int], ...] = ()
        super().__init__(title)

    def show_counts(self, counts: Mapping[str, int], names: Mapping[str, str]) -> None:
        """Show these counts by kind, the most first, under these names."""
        self._all = tuple((names[code], count) for code, count in counts.items())
        self.codes = tuple(counts)[:_MOST_ROWS]
        self.set_bars([Bar(name, count) for name, count in self._all[:_MOST_ROWS]])

    def places(self) -> list[QRectF]:
        """One row for each kind, no higher than comfortable."""
        height = min(self.height() / max(len(self.bars), 1), look().grown(24.0))
        return [QRectF(0, at * height, self.width(), height) for at in range(len(self.bars))]

    def paint_bars(self, painter: QPainter) -> None:
        """Name, bar, number."""
        metrics = QFontMetrics(look().font("small"))
        names = max((metrics.horizontalAdvance(bar.label) for bar in self.bars), default=0) + 12
        names = min(names, self.width() // 2)
        numbers = QFontMetrics(look().font("small", bold=True)).horizontalAdvance(number(self.most())) + 8
        room, thick = max(self.width() - names - numbers, 8), look().grown(10)
        for bar, place in zip(self.bars, self.places(), strict=True):
            self.text(
                painter, place.adjusted(0, 0, names - self.width(), 0), bar.label, align=Qt.AlignmentFlag.AlignLeft
            )
            top = place.center().y() - thick / 2
            painter.fillRect(QRectF(names, top, room * bar.value / self.most(), thick), look().colour("chart1"))
            self.text(painter, place, number(bar.value), bold=True, align=Qt.AlignmentFlag.AlignRight)

    def table_rows(self) -> list[tuple[str, ...]]:
        """Every kind with its number."""
        return [(name, number(count)) for name, count in self._all]
