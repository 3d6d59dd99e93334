"""The drawing of a family: generations from top to bottom; dashed is separated, a ring is missing, a line across died.

What it shows stands beside it as a list with the same selection: that list is the way in for screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.family_tree import FamilyTree, Line, Place
from panoh.ui.accessibility import announce, set_accessible_role
from panoh.ui.icons import paint_icon
from panoh.ui.style_paint import outline
from panoh.ui.theme import look, tokens

HERE, SEPARATED, MISSING, DIED = "here", "separated", "missing", "died"


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Of the drawing, at 100 % text."""

    width: int  # of a box
    height: int
    across: int  # between boxes
    down: int
    edge: int  # around the drawing
    inset: int  # above the words of a box


_ROOMY = _Sizes(152, 48, 24, 28, 16, 6)
_DENSE = _Sizes(134, 42, 14, 18, 10, 3)  # where the family stands above something else that must be seen


@dataclass(frozen=True, slots=True)
class Box:
    """One person: the name, the words beneath, how they are drawn, and what is spoken."""

    person_id: str
    name: str
    words: str
    state: str
    spoken: str


class FamilyDiagram(QWidget):
    """Paints a FamilyTree. `current_changed` tells whom the arrow keys are on, `opened` whom Enter or a double click opens."""

    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(self, *, dense: bool = False) -> None:
        super().__init__()
        self._sizes = _DENSE if dense else _ROOMY
        self._tree: FamilyTree | None = None
        self._boxes: dict[str, Box] = {}
        self._current = ""
        set_accessible_role(self, QAccessible.Role.Chart)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        look().changed.connect(self._measure)

    @property
    def current(self) -> str:
        """Whom the keys are on."""
        return self._current

    def show_family(self, tree: FamilyTree, boxes: Sequence[Box], title: str, current: str) -> None:
        """Show these people; `title` names the drawing for screen readers."""
        self._tree, self._boxes = tree, {box.person_id: box for box in boxes}
        self._current = current if current in self._boxes else next(iter(self._boxes), "")
        self.setAccessibleName(title)
        self.setAccessibleDescription(_("The list beside it holds the same people in the same order."))
        self._measure()

    def select(self, person_id: str) -> None:
        """Put the selection on a person, as the list did."""
        if person_id in self._boxes and person_id != self._current:
            self._current = person_id
            self.update()

    def sizeHint(self) -> QSize:
        """As large as the drawing."""
        if self._tree is None:
            return QSize(look().grown(320), look().grown(160))
        of = self._sizes
        width = self._tree.columns * (of.width + of.across) - of.across + 2 * of.edge
        height = self._tree.rows * (of.height + of.down) - of.down + 2 * of.edge
        return QSize(look().grown(int(width)), look().grown(height))

    def minimumSizeHint(self) -> QSize:
        """The drawing is never squeezed: what holds it scrolls."""
        return self.sizeHint()

    def rect_of(self, person_id: str) -> QRectF:
        """Where a person's box stands; empty for somebody who is not drawn."""
        place = self._tree.place(person_id) if self._tree else None
        return self._rect(place) if place else QRectF()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go to the nearest person on that side, Enter opens."""
        sides = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if event.key() in sides:
            self._go(*sides[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects."""
        found = self._at(event.position())
        if found:
            self._take(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        found = self._at(event.position())
        if found:
            self.opened.emit(found)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines first, then boxes, then the ring of the focus."""
        if self._tree is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self._tree.lines:
            self._paint_line(painter, line)
        for place in self._tree.places:
            self._paint_box(painter, self._boxes[place.person_id], self._rect(place))
        if self.hasFocus() and self._current in self._boxes:
            ring = self.rect_of(self._current).adjusted(-6, -6, 6, 6)
            outline(painter, ring, look().colour("focus"), look().size("line.focus"), 6)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        self.updateGeometry()
        self.update()

    def _rect(self, place: Place) -> QRectF:
        grown, of = look().grown, self._sizes
        x = of.edge + place.column * (of.width + of.across)
        y = of.edge + place.row * (of.height + of.down)
        return QRectF(grown(x), grown(y), grown(of.width), grown(of.height))

    def _at(self, point: QPointF) -> str:
        return next((one for one in self._boxes if self.rect_of(one).contains(point)), "")

    def _take(self, person_id: str) -> None:
        self._current = person_id
        self.update()
        self.current_changed.emit(person_id)
        announce(self, self._boxes[person_id].spoken)

    def _go(self, across: int, down: int) -> None:
        here = self.rect_of(self._current).center()

        def away(person_id: str) -> float:
            there = self.rect_of(person_id).center()
            x, y = there.x() - here.x(), there.y() - here.y()
            ahead, aside = (x * across, abs(y)) if across else (y * down, abs(x))
            return ahead + 3 * aside if ahead > 1 else float("inf")

        nearest = min(self._boxes, key=away, default="")
        if nearest and away(nearest) < float("inf"):
            self._take(nearest)

    def _paint_box(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        dashed, missing = box.state == SEPARATED, box.state == MISSING
        radius = look().size("radius.control")
        if missing:
            ring = look().size("line.ring_missing")
            outline(painter, rect.adjusted(-5, -5, 5, 5), look().level("high").outline, ring, radius + 3)
        fill = look().colour("selection") if box.person_id == self._current else look().colour("base")
        outline(painter, rect, QColor(Qt.GlobalColor.transparent), 0, radius, fill)
        self._outline_box(painter, rect, radius, dashed=dashed)
        if box.state == DIED:
            painter.setPen(QPen(look().colour("text"), 1))
            painter.drawLine(
                rect.topRight() + QPointF(-look().grown(20), 0), rect.topRight() + QPointF(0, look().grown(20))
            )
        icon = {SEPARATED: "state.separated", MISSING: "state.missing"}.get(box.state, "")
        side = look().size("icon.sizes.text")
        if icon:
            colour = look().level("high").outline if missing else look().colour("text")
            paint_icon(painter, QRectF(rect.right() - side - 8, rect.top() + 8, side, side), icon, colour)
        room = rect.adjusted(8, self._sizes.inset, -8, 0)
        self._paint_words(painter, room.adjusted(0, 0, -side - 8 if icon else 0, 0), box.name, "base", bold=True)
        line = look().line_height()
        self._paint_words(painter, room.adjusted(0, line, 0, 0), box.words, "small", bold=False)

    def _outline_box(self, painter: QPainter, rect: QRectF, radius: int, *, dashed: bool) -> None:
        pen = QPen(look().colour("border"), 1)
        if dashed:
            pen.setDashPattern([float(part) for part in tokens()["line"]["dash_separated"]])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_words(self, painter: QPainter, rect: QRectF, text: str, kind: str, *, bold: bool) -> None:
        font = look().font(kind, bold=bold)
        painter.setFont(font)
        painter.setPen(look().colour("text" if bold else "secondary"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_line(self, painter: QPainter, line: Line) -> None:
        apart = {MISSING, SEPARATED}
        rects = {one: self.rect_of(one) for one in (*line.from_ids, *line.to_ids)}

        def pen(*people: str) -> QPen:
            made = QPen(look().colour("text"), 1.4)
            if any(self._boxes[one].state in apart for one in people):
                made.setDashPattern([float(part) / 1.4 for part in tokens()["line"]["dash_separated"]])
            return made

        if line.kind != "descent":
            one, other = line.from_ids[0], line.to_ids[0]
            painter.setPen(pen(one, other))
            self._connect(painter, rects[one], rects[other])
            return
        start = self._below(rects, line.from_ids)
        # The bar runs close above the children, so that bars of two couples in one row do not run into each other's boxes.
        bar = min(rects[child].top() for child in line.to_ids) - look().grown(self._sizes.down) / 2
        painter.setPen(pen(*line.from_ids) if len(line.from_ids) == 1 else QPen(look().colour("text"), 1.4))
        painter.drawLine(start, QPointF(start.x(), bar))
        for child in line.to_ids:
            painter.setPen(pen(child))
            x = rects[child].center().x()
            painter.drawLine(QPointF(start.x(), bar), QPointF(x, bar))
            painter.drawLine(QPointF(x, bar), QPointF(x, rects[child].top()))

    @staticmethod
    def _below(rects: dict[str, QRectF], parents: Sequence[str]) -> QPointF:
        """Where the line to the children begins: between two parents side by side, else under the one or the first."""
        first = rects[parents[0]]
        if len(parents) == 2 and first.top() == rects[parents[1]].top():
            middle = (first.center().x() + rects[parents[1]].center().x()) / 2
            return QPointF(middle, first.center().y())
        return QPointF(first.center().x(), first.bottom())

    @staticmethod
    def _connect(painter: QPainter, one: QRectF, other: QRectF) -> None:
        """A line between two boxes: straight across in one row, else from the lower edge of the upper one."""
        if one.top() == other.top():
            left, right = (one, other) if one.left() < other.left() else (other, one)
            painter.drawLine(QPointF(left.right(), left.center().y()), QPointF(right.left(), right.center().y()))
            return
        upper, lower = (one, other) if one.top() < other.top() else (other, one)
        painter.drawLine(QPointF(upper.center().x(), upper.bottom()), QPointF(lower.center().x(), lower.top()))
