"""The family on a page of its own: generations from top to bottom, and everyone again as a list.

Circles as in all drawings: filled this person, plain here, dashed elsewhere, double ring missing, and one with a corner
cut off by a line has died. A dashed line leads to whoever is not here. A tree too wide for the page is turned to the left.
"""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, speaking
from panoh.reports import marks
from panoh.reports.fonts import BODY, BOLD, FACT, LABEL, REGULAR, Face
from panoh.reports.layout import FULL, Block, Flow, Row
from panoh.reports.pen import MM, WHITE, Pen
from panoh.reports.text import CENTRE, Text, line, wrap
from panoh.reports.tracing_page import Sheet, begin, printed

HERE, ELSEWHERE, MISSING, DIED = "here", "elsewhere", "missing", "died"
_HEAD = 20.0
_LEAST_COLUMN, _MOST_COLUMN = 58.0, 110.0  # points in which words under a circle can still be read
_ROW_GAP = 16.0
_WORD, _STRONG = Face(REGULAR, 8, 9.2), Face(BOLD, 8.4, 9.6)
_TINY = 30.0  # column in which only the number has room
_COLUMNS = (0.0, 9 * MM, 68 * MM, 100 * MM, 122 * MM)  # number, name, who, age, where
_NAMELESS = (0.0, 9 * MM, 9 * MM, 62 * MM, 90 * MM)
_BAR, _LANE = 7.0, 4.0  # the line over children above their circles; one family's above another's


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRelative:
    """One circle of the drawing and one line of the list."""

    name: str  # at level named, and the number of somebody masked; else ''
    kin: str
    age: str
    where: str
    state: str
    column: float  # boxes from the left
    row: int
    own: bool = False


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """From one or two (a couple) to others, by their place in the list of relatives; `beside` joins partners."""

    above: tuple[int, ...]
    below: tuple[int, ...]
    beside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    """Everybody, the oldest generation first."""

    relatives: tuple[DrawnRelative, ...]
    lines: tuple[DrawnLine, ...]
    columns: float
    left_out: int = 0  # more than the drawing holds


def render_family(family: FamilyPage, sheet: Sheet, language: str) -> bytes:
    """The drawing, upright or turned, and the list, as PDF bytes."""
    with speaking(language):
        flow = begin(_("The family, here and elsewhere"), _legend())
        upright = _Drawing(family, FULL)
        if upright.column >= _LEAST_COLUMN and upright.height <= flow.room():
            flow.put(upright)
        else:
            flow.put(_Turned(family, flow.room() - 4))
        flow.space(12)
        _list(flow, family)
        return printed(flow.pages, sheet, language)


def _legend() -> str:
    return _(
        "Filled: this person. Plain: here. Dashed: elsewhere. Double ring with ?: missing. Corner line: died. "
        "The number in front of the words is that of the list."
    )


def _list(flow: Flow, family: FamilyPage) -> None:
    named = any(one.name for one in family.relatives)
    columns = _COLUMNS if named else _NAMELESS
    labels = ("", _("Name") if named else "", _("Who"), _("Age"), _("Where"))
    head = Row(tuple((x, line(label, LABEL)) for x, label in zip(columns, labels, strict=True)))
    flow.rows(head, [_entry(at, one, columns) for at, one in enumerate(family.relatives, 1)])
    if family.left_out:
        more = ngettext("{n} more is not drawn.", "{n} more are not drawn.", family.left_out)
        flow.put(wrap(more.format(n=family.left_out), FULL, FACT))


def _entry(at: int, one: DrawnRelative, columns: tuple[float, ...]) -> Row:
    edges = (*columns[1:], FULL)
    told = (str(at), one.name, one.kin, one.age, one.where)
    faces = (FACT, FACT, FACT, BODY, FACT)
    cells = zip(columns, edges, told, faces, strict=True)
    return Row(tuple((x, wrap(text, edge - x - 4, face)) for x, edge, text, face in cells if text))


class _Drawing:
    """The circles with their words, and the lines between them."""

    def __init__(self, family: FamilyPage, width: float) -> None:
        self._family = family
        self.column = min(_MOST_COLUMN, width / max(family.columns, 1))
        self._left = (width - self.column * family.columns) / 2
        self._labels = [self._label(at, one) for at, one in enumerate(family.relatives, 1)]
        self._lanes = self._beside_each_other()
        self._tops = self._rows()
        self.height = self._bottom

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw lines first, so that the circles stand on them."""
        for at, joined in enumerate(self._family.lines):
            if joined.beside:
                self._beside(pen, x, top, joined)
            elif at in self._lanes:
                self._descent(pen, x, top, joined, self._lanes[at] * _LANE)
        for number, one in enumerate(self._family.relatives):
            self._person(pen, x, top, number, one)

    def _rows(self) -> list[float]:
        """The upper edge of each generation: as high as the words of the one above need."""
        tops, y, family_lines = [], 4.0, self._family.lines
        for row in range(max((one.row for one in self._family.relatives), default=0) + 1):
            tops.append(y)
            high = [
                sum(t.height for t in self._labels[at])
                for at, one in enumerate(self._family.relatives)
                if one.row == row
            ]
            lanes = [lane for at, lane in self._lanes.items() if self._row_below(family_lines[at]) == row + 1]
            y += _HEAD + 3 + max(high, default=0) + _ROW_GAP + _LANE * max(lanes, default=0)
        self._bottom = y - _ROW_GAP
        return tops

    def _row_below(self, joined: DrawnLine) -> int:
        return min(self._family.relatives[at].row for at in joined.below)

    def _span(self, joined: DrawnLine) -> tuple[float, float]:
        columns = [self._family.relatives[at].column for at in (*joined.above, *joined.below)]
        return min(columns), max(columns) + 0.5

    def _beside_each_other(self) -> dict[int, int]:
        """For each line over children how many stand below it: two families never share one line."""
        lanes: dict[int, int] = {}
        for at, joined in enumerate(self._family.lines):
            if joined.beside or not (joined.above and joined.below):
                continue
            row, (left, right) = self._row_below(joined), self._span(joined)
            others = [
                (lane, self._span(self._family.lines[one]))
                for one, lane in lanes.items()
                if self._row_below(self._family.lines[one]) == row
            ]
            taken = {lane for lane, (start, end) in others if start <= right and left <= end}
            lanes[at] = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        return lanes

    def _label(self, at: int, one: DrawnRelative) -> list[Text]:
        """Number and who; the name where it stands there; age; where."""
        width = self.column - 3
        if self.column < _TINY:
            return [wrap(str(at), width, _STRONG, 1, CENTRE)]
        first = _("{n} {kin}").format(n=at, kin=one.kin) if one.kin else str(at)
        parts = ((first, _STRONG, 2), (one.name, _STRONG, 3), (one.age, _WORD, 1))
        where = one.where.upper() if one.state == MISSING else one.where
        told = [_short(text, width, face, most) for text, face, most in parts if text]
        return [*told, _short(where, width, _STRONG if one.state in (MISSING, DIED) else _WORD, 2)] if where else told

    def _at(self, at: int) -> tuple[float, float]:
        """Middle of a circle: from the left edge, and its upper edge."""
        one = self._family.relatives[at]
        return self._left + (one.column + 0.5) * self.column, self._tops[one.row]

    def _person(self, pen: Pen, x: float, top: float, at: int, one: DrawnRelative) -> None:
        middle, upper = self._at(at)
        mark = _mark(one)
        pen.circle(x + middle, top + upper + _HEAD / 2, _HEAD / 2 + 3, color=WHITE)
        mark.draw(pen, x + middle - _HEAD / 2, top + upper)
        if one.state == DIED:
            pen.line(x + middle + 1, top + upper - 3, x + middle + _HEAD / 2 + 3, top + upper + _HEAD / 2 - 1, 1.6)
        y = top + upper + _HEAD + 3
        for text in self._labels[at]:
            text.draw(pen, x + middle, y)
            y += text.height

    def _away(self, *ats: int) -> bool:
        return any(self._family.relatives[at].state != HERE for at in ats)

    def _beside(self, pen: Pen, x: float, top: float, one: DrawnLine) -> None:
        (x1, y1), (x2, y2) = self._at(one.above[0]), self._at(one.below[0])
        dashed = self._away(*one.above, *one.below)
        pen.line(x + x1, top + y1 + _HEAD / 2, x + x2, top + y2 + _HEAD / 2, 0.8, dashed=dashed)

    def _descent(self, pen: Pen, x: float, top: float, one: DrawnLine, lane: float) -> None:
        """From the middle of the parents beside their words down to a line over the children."""
        parents, children = [self._at(at) for at in one.above], [self._at(at) for at in one.below]
        bar = top + min(y for _x, y in children) - _BAR - lane
        stem = sum(px for px, _y in parents) / len(parents)
        low = max(y for _x, y in parents) + _HEAD / 2
        if len(parents) == 1 or abs(parents[0][0] - parents[-1][0]) < self.column:
            stem = min(parents)[0] + self.column / 2 - 1
        for px, y in parents:
            pen.line(x + px, top + y + _HEAD / 2, x + stem, top + low, 0.8, dashed=self._away(*one.above))
        pen.line(x + stem, top + low, x + stem, bar, 0.8, dashed=self._away(*one.above))
        ends = [px for px, _y in children] + [stem]
        pen.line(x + min(ends), bar, x + max(ends), bar, 0.8)
        for at, (px, y) in zip(one.below, children, strict=True):
            pen.line(x + px, bar, x + px, top + y, 0.8, dashed=self._away(at))


def _mark(one: DrawnRelative) -> Block:
    if one.own:
        return marks.head(_HEAD, own=True)
    if one.state == MISSING:
        return marks.head_missing(_HEAD)
    return marks.head_elsewhere(_HEAD) if one.state == ELSEWHERE else marks.head(_HEAD)


def _short(text: str, width: float, face: Face, most: int) -> Text:
    """At most so many lines: the list has the whole."""
    whole = wrap(text, width, face, 0, CENTRE)
    return whole if len(whole.lines) <= most else whole.split(most * face.leading)[0]


class _Turned:
    """The drawing turned to the left, over the height of the page."""

    def __init__(self, family: FamilyPage, height: float) -> None:
        self.height = height
        self._drawing = _Drawing(family, height)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it so that the page is read from its right side."""
        with pen.turned(x, top + self.height):
            self._drawing.draw(pen, 0, max(0, (FULL - self._drawing.height) / 2))
