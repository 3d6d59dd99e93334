"""The charts of a dashboard: registered a day, age and sex, people by level, places at sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.ui.icons import paint_icon
from panoh.ui.style_paint import outline
from panoh.ui.theme import look
from panoh.ui.widgets.amounts import Amount, figures, is_exact, length, paint_amount
from panoh.ui.widgets.charts import Bar, Chart
from panoh.ui.widgets.level import level_icon, level_word

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def _line() -> int:
    return look().line_height("small")


class BarChart(Chart):
    """Bars side by side, the number above each, the label below: registered a day.

    As many of the last ones as there is room for, so that every label and number is read whole; its table has all.
    """

    def first(self) -> int:
        """Those before it have no room."""
        small, bold = QFontMetrics(look().font("small")), QFontMetrics(look().font("small", bold=True))
        widths = (max(small.horizontalAdvance(bar.label), bold.horizontalAdvance(bar.figures)) for bar in self.bars)
        room = max(1, self.width() // (max(widths, default=0) + 6))
        return max(0, len(self.bars) - room)

    def table_rows(self) -> list[tuple[str, ...]]:
        """The newest on top."""
        return [(bar.label, bar.figures) for bar in reversed(self.bars)]

    def table_heads(self) -> tuple[str, ...]:
        """Day and number."""
        return (_("Day"), _("People"))

    def bar_at(self, row: int, column: int) -> int:
        """Counted from the newest."""
        return len(self.bars) - 1 - row if column >= 0 else -1

    def places(self) -> list[QRectF]:
        """Equal columns."""
        first = self.first()
        width = self.width() / max(len(self.bars) - first, 1)
        shown = [QRectF(at * width, 0, width, self.height()) for at in range(len(self.bars) - first)]
        return [QRectF()] * first + shown

    def paint_bars(self, painter: QPainter) -> None:
        """Paint the columns; a number of nought keeps a thin line."""
        room = self.height() - 2 * _line() - 8
        for bar, place in list(zip(self.bars, self.places(), strict=True))[self.first() :]:
            height = max(2.0, room * bar.length / self.most())
            across = place.width() * 2 / 3
            column = QRectF(place.center().x() - across / 2, self.height() - _line() - 4 - height, across, height)
            paint_amount(painter, column, bar.value)
            above = QRectF(place.left(), column.top() - _line() - 2, place.width(), _line())
            self.text(painter, above, bar.figures, bold=True)
            below = QRectF(place.left(), self.height() - _line(), place.width(), _line())
            self.text(painter, below, bar.label, colour=look().colour("secondary"))


@dataclass(frozen=True, slots=True)
class AgeRow:
    """One age band of the pyramid: '5–11', women and girls, men and boys."""

    label: str
    left: Amount
    right: Amount


class Pyramid(Chart):
    """Age bands from the oldest on top, women and girls to the left, men and boys to the right.

    Bar 2n of the chart is the left one of row n, bar 2n + 1 the right one. A side's sum stands above it where every
    number of it is told.
    """

    across = 2

    def __init__(self, title: str, left: str, right: str, rows: Sequence[AgeRow] = ()) -> None:
        self._left, self._right = left, right
        self.rows: tuple[AgeRow, ...] = ()
        super().__init__(title)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[AgeRow]) -> None:
        """Show these bands, the first on top."""
        self.rows = tuple(rows)
        bars: list[Bar] = []
        for row in rows:
            for side, value in ((self._left, row.left), (self._right, row.right)):
                bars.append(Bar(row.label, value, _("{side}, {ages}").format(side=side, ages=row.label)))
        self.set_bars(bars)

    def places(self) -> list[QRectF]:
        """Two halves of each row."""
        height = self._row_height()
        half = self.width() / 2
        tops = [_line() + 8 + at * height for at in range(len(self.rows))]
        return [QRectF(left, top, half, height) for top in tops for left in (0.0, half)]

    def paint_bars(self, painter: QPainter) -> None:
        """Paint both sides of every band, the number at the outer end of each."""
        small = QFontMetrics(look().font("small"))
        middle = max((small.horizontalAdvance(row.label) for row in self.rows), default=0) + 16
        numbers = max((small.horizontalAdvance(bar.figures) for bar in self.bars), default=0) + 8
        room = max(self.width() / 2 - middle / 2 - numbers, 4.0)
        self._paint_heads(painter)
        for at, row in enumerate(self.rows):
            top, height = self.places()[2 * at].top(), self._row_height()
            thick = max(height - 6, 4.0)
            centre = self.width() / 2
            wide_left, wide_right = (room * length(side) / self.most() for side in (row.left, row.right))
            edge_left, edge_right = centre - middle / 2, centre + middle / 2
            paint_amount(painter, QRectF(edge_left - wide_left, top + 3, wide_left, thick), row.left)
            paint_amount(painter, QRectF(edge_right, top + 3, wide_right, thick), row.right, "chart2")
            label = QRectF(centre - middle / 2, top, middle, height)
            self.text(painter, label, row.label, colour=look().colour("secondary"))
            self.text(painter, QRectF(0, top, numbers, height), figures(row.left), align=_LEFT)
            self.text(painter, QRectF(self.width() - numbers, top, numbers, height), figures(row.right), align=_RIGHT)

    def table_rows(self) -> list[tuple[str, ...]]:
        """Label and both numbers of each band."""
        return [(row.label, figures(row.left), figures(row.right)) for row in self.rows]

    def bar_at(self, row: int, column: int) -> int:
        """The left side, or from its own column the right one."""
        return 2 * row + (column > 1) if column >= 0 else -1

    def table_heads(self) -> tuple[str, ...]:
        """Age and the two sides."""
        return (_("Age"), self._left, self._right)

    def _row_height(self) -> float:
        return (self.height() - _line() - 8) / max(len(self.rows), 1)

    def _paint_heads(self, painter: QPainter) -> None:
        sides = (
            (self._left, [row.left for row in self.rows], 0.0, _LEFT),
            (self._right, [row.right for row in self.rows], self.width() / 2, _RIGHT),
        )
        for words, parts, left, align in sides:
            total = number(sum(map(length, parts))) if all(map(is_exact, parts)) else ""
            rect = QRectF(left, 0, self.width() / 2, _line())
            bold = QFontMetrics(look().font("small", bold=True)).horizontalAdvance(total) + 4
            if align == _RIGHT:
                self.text(painter, rect, total, bold=True, align=_RIGHT)
                self.text(painter, rect.adjusted(0, 0, -bold, 0), words, align=_RIGHT)
            else:
                wide = QFontMetrics(look().font("small")).horizontalAdvance(words) + 4
                self.text(painter, rect, words, align=_LEFT)
                self.text(painter, rect.adjusted(wide, 0, 0, 0), total, bold=True, align=_LEFT)


class LevelBars(Chart):
    """How many people are at each level; `counts` as (level, number). Bar n opens the list of level n."""

    def __init__(self, title: str, counts: Sequence[tuple[str, Amount]] = ()) -> None:
        self.levels: tuple[str, ...] = ()
        super().__init__(title)
        self.set_counts(counts)

    def set_counts(self, counts: Sequence[tuple[str, Amount]]) -> None:
        """Show these numbers."""
        self.levels = tuple(level for level, _count in counts)
        self.set_bars([Bar(level_word(level), count) for level, count in counts])

    def places(self) -> list[QRectF]:
        """One row for each level, no higher than comfortable."""
        height = min(self.height() / max(len(self.bars), 1), look().grown(36.0))
        top = (self.height() - height * len(self.bars)) / 2
        return [QRectF(0, top + at * height, self.width(), height) for at in range(len(self.bars))]

    def paint_bars(self, painter: QPainter) -> None:
        """Icon and word, bar, number underlined as a link."""
        plain = look().font()
        metrics = QFontMetrics(plain)
        side = look().size("icon.sizes.text")
        words = side + 6 + max((metrics.horizontalAdvance(bar.label) for bar in self.bars), default=0) + 16
        numbers = max((metrics.horizontalAdvance(bar.figures) for bar in self.bars), default=0) + 12
        room = max(self.width() - words - numbers, 8)
        for level, bar, place in zip(self.levels, self.bars, self.places(), strict=True):
            icon = QRectF(0, place.top(), side, place.height())
            paint_icon(painter, icon, level_icon(level), look().level(level).outline)
            painter.setFont(plain)
            painter.setPen(look().colour("text"))
            painter.drawText(place.adjusted(side + 6, 0, 0, 0), int(_LEFT | Qt.AlignmentFlag.AlignVCenter), bar.label)
            wide = max(room * bar.length / self.most(), 2.0 if bar.length else 0.0)
            thick = look().grown(12)
            paint_amount(painter, QRectF(words, place.center().y() - thick / 2, wide, thick), bar.value)
            linked = look().font()
            linked.setUnderline(True)
            painter.setFont(linked)
            painter.setPen(look().colour("link"))
            painter.drawText(place, int(_RIGHT | Qt.AlignmentFlag.AlignVCenter), bar.figures)


@dataclass(frozen=True, slots=True)
class Place:
    """A site: its name, how many people stay there, how many it has room for (0: not known)."""

    name: str
    people: int
    room: int


class Occupancy(Chart):
    """How full the sites are; over capacity is told by words and a triangle, not by colour alone.

    The first `most` are drawn; its table has all.
    """

    def __init__(self, title: str, sites: Sequence[Place] = (), *, most: int = 4) -> None:
        self.sites: tuple[Place, ...] = ()
        self._all: tuple[Place, ...] = ()
        self._most = most
        super().__init__(title)
        self.set_sites(sites)

    def set_sites(self, sites: Sequence[Place]) -> None:
        """Show these sites, the first on top."""
        self._all = tuple(sites)
        self.sites = self._all[: self._most]
        self.set_bars([Bar(site.name, site.people, f"{site.name}, {_words(site)}") for site in self.sites])

    def table_rows(self) -> list[tuple[str, ...]]:
        """Every site: who is there, and how much room there is."""
        return [
            (site.name, number(site.people), number(site.room) if site.room else _("not known")) for site in self._all
        ]

    def table_heads(self) -> tuple[str, ...]:
        """Site, people, room."""
        return (_("Site"), _("There now"), _("Room for"))

    def places(self) -> list[QRectF]:
        """One block of a line and a bar for each site."""
        height = min(self.height() / max(len(self.sites), 1), look().grown(46.0))
        return [QRectF(0, at * height, self.width(), height) for at in range(len(self.sites))]

    def paint_bars(self, painter: QPainter) -> None:
        """Name, words, and the bar under them."""
        for site, place in zip(self.sites, self.places(), strict=True):
            over = 0 < site.room < site.people
            colour = look().colour("error" if over else "text")
            line = QRectF(0, place.top() + 2, self.width(), _line())
            words = _words(site)
            wide = QFontMetrics(look().font("small", bold=over)).horizontalAdvance(words)
            self.text(painter, line, words, bold=over, align=_RIGHT, colour=colour)
            if over:
                side = look().size("icon.sizes.small")
                icon = QRectF(self.width() - wide - side - 3, line.top(), side, line.height())
                paint_icon(painter, icon, "state.warning", colour)
                wide += side + 3
            self.text(painter, line.adjusted(0, 0, -wide - 8, 0), site.name, align=_LEFT)
            bar = QRectF(0, line.bottom() + 6, self.width(), look().grown(10))
            outline(painter, bar, look().colour("border"), 1, 0, look().colour("base"))
            if site.room:
                full = bar.adjusted(1, 1, -1, -1)
                full.setWidth(full.width() * min(site.people / site.room, 1))
                painter.fillRect(full, look().colour("error" if over else "chart1"))


def _words(site: Place) -> str:
    if not site.room:
        return _("{people}, room not known").format(people=number(site.people))
    if site.people > site.room:
        return _("{over} over {room}").format(over=number(site.people - site.room), room=number(site.room))
    return _("{people} of {room}").format(people=number(site.people), room=number(site.room))
