"""The family as a drawing: everyone a circle, kin word and age beneath, who is missing seen at once.

Up to three generations of four are drawn as a tree. A larger family is drawn as rows of circles without
lines, the person and the missing first; page 2 lists everyone in either case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from panoh.base.i18n import gettext as _
from panoh.domain.summary import MISSING, SELF, CaseSummary, FamilyMember
from panoh.reports import marks, words
from panoh.reports.fonts import BOLD, REGULAR, Face
from panoh.reports.layout import Group, Mark
from panoh.reports.pen import Pen
from panoh.reports.text import CENTRE, Text, wrap

_GENERATION = {
    "grandparent": -2,
    "parent": -1,
    "step_parent": -1,
    "parent_in_law": -1,
    "aunt_uncle": -1,
    "child": 1,
    "step_child": 1,
    "foster_child": 1,
    "child_in_law": 1,
    "niece_nephew": 1,
    "grandchild": 2,
}
_PARENTS, _SIBLINGS, _CHILDREN = ("parent", "step_parent"), ("sibling",), ("child", "step_child", "foster_child")
_ORDER = (*_PARENTS, *_SIBLINGS, SELF, "spouse", *_CHILDREN)  # from left to right in a row; all others after them
_MOST_ROWS, _MOST_IN_ROW, _GRID_COLUMNS = 3, 4, 5
_HEAD, _GAP, _BAR = 17.0, 11.0, 5.0  # circle, room between rows, and where the line above a row runs in it
_BESIDE = 42.0  # points: beside the words under a circle
_WORD, _STRONG = Face(REGULAR, 7.6, 8.8), Face(BOLD, 7.6, 8.8)


def drawing(view: CaseSummary, width: float, most: float) -> Group:
    """The family within this width; as a tree where that is no higher than `most` points, else in rows of circles."""
    rows = _rows(view.members)
    if len(rows) <= _MOST_ROWS and all(len(row) <= _MOST_IN_ROW for row in rows):
        tree = _tree(view, rows, width)
        if tree.height <= most:
            return tree
    for count in (3, 2):
        grid = _grid(view, width, count)
        if grid.height <= most:
            return grid
    return _grid(view, width, 1)


def _rows(members: Iterable[FamilyMember]) -> list[list[FamilyMember]]:
    """One row for each generation, the oldest first, each in the order of _ORDER."""
    rows: dict[int, list[FamilyMember]] = {}
    for member in members:
        rows.setdefault(_GENERATION.get(member.relation, 0), []).append(member)

    def place(member: FamilyMember) -> int:
        return _ORDER.index(member.relation) if member.relation in _ORDER else len(_ORDER)

    return [sorted(rows[generation], key=place) for generation in sorted(rows)]


def _tree(view: CaseSummary, rows: Sequence[Sequence[FamilyMember]], width: float) -> Group:
    column = width / max(3, *(len(row) for row in rows))
    group, places, y = Group(), {}, 0.0
    for row in rows:
        left = (width - column * len(row)) / 2
        bottom = y
        for number, member in enumerate(row):
            x = left + column * (number + 0.5)
            below = _person(group, view, member, x, y, column - 3)
            places[id(member)] = (x, y, below)
            bottom = max(bottom, below)
        y = bottom + _GAP
    group.put(0, 0, _Lines(view, places, min(column / 2, _BESIDE)))
    return group


def _person(group: Group, view: CaseSummary, member: FamilyMember, x: float, y: float, width: float) -> float:
    """A circle centred on x with its words beneath; returns the lower edge of the words."""
    group.put(x - _HEAD / 2, y, _circle(member))
    y += _HEAD + 2
    for text in _label(view, member, width):
        y = group.put(x, y, text)
    return y


def _circle(member: FamilyMember) -> Mark:
    if member.relation == SELF:
        return marks.head(_HEAD, own=True)
    if member.here:
        return marks.head(_HEAD)
    return marks.head_missing(_HEAD) if member.state == MISSING else marks.head_elsewhere(_HEAD)


def _label(view: CaseSummary, member: FamilyMember, width: float) -> list[Text]:
    own = member.relation == SELF
    kin = (
        words.this_one(member)
        if own
        else _("{kin}, {age}").format(kin=member.kin or _("relative"), age=member.age_band)
    )
    kin = kin.rstrip(", ")
    if member.state == MISSING:
        state = wrap(_("MISSING"), width, _STRONG, 2, CENTRE)
    else:
        state = wrap(member.where or (_("here") if member.here else _("elsewhere")), width, _WORD, 2, CENTRE)
    name = [wrap(member.name, width, _STRONG, 2, CENTRE)] if member.name and not own else []
    return [*name, wrap(kin, width, _STRONG if own else _WORD, 2, CENTRE), state]


class _Lines:
    """The lines of kinship; a dashed one leads to whoever is not here."""

    height = 0.0

    def __init__(self, view: CaseSummary, places: dict[int, tuple[float, float, float]], beside: float) -> None:
        self._members = view.members
        self._places = places
        self._beside = beside  # how far from the middle of one parent the line runs down

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw couples, the line over brothers and sisters, and the line over the children."""
        parents = self._of(_PARENTS)[:2]
        own = [self._members[0], *self._of(_SIBLINGS)]
        couple = [self._members[0], *self._of(("spouse",))[:1]]
        self._couple(pen, x, top, parents)
        self._couple(pen, x, top, couple)
        if parents or len(own) > 1:
            self._descent(pen, x, top, parents, own)
        if children := self._of(_CHILDREN):
            self._descent(pen, x, top, couple, children)

    def _of(self, relations: Iterable[str]) -> list[FamilyMember]:
        """Members of these relations, from left to right."""
        found = [member for member in self._members if member.relation in relations]
        return sorted(found, key=lambda member: self._places[id(member)][0])

    def _couple(self, pen: Pen, x: float, top: float, pair: Sequence[FamilyMember]) -> None:
        if len(pair) == 2:
            (x1, y, _b1), (x2, _y, _b2) = (self._places[id(one)] for one in pair)
            middle, edge = top + y + _HEAD / 2, _HEAD / 2 + 2.6
            away = not all(one.here for one in pair)
            pen.line(x + x1 + edge, middle, x + x2 - edge, middle, 0.8, dashed=away)

    def _descent(
        self, pen: Pen, x: float, top: float, above: Sequence[FamilyMember], below: Sequence[FamilyMember]
    ) -> None:
        """From a couple or one parent down to a line over all their children."""
        ends = [self._places[id(one)] for one in below]
        bar = top + ends[0][1] - _BAR
        xs = [end[0] for end in ends]
        if above:
            tops = [self._places[id(one)] for one in above]
            stem, start = sum(place[0] for place in tops) / len(tops), tops[0][1] + _HEAD / 2
            away = not all(one.here for one in above)
            if len(tops) == 1 and not away:
                start = tops[0][2]
            elif len(tops) == 1:  # from the side of the circle past its words, so that a dashed line is seen as such
                side, stem = stem + _HEAD / 2 + 2.6, stem + self._beside
                pen.line(x + side, top + start, x + stem, top + start, 0.8, dashed=away)
            pen.line(x + stem, top + start, x + stem, bar, 0.8, dashed=away)
            xs.append(stem)
        pen.line(x + min(xs), bar, x + max(xs), bar, 0.8)
        for one, (end, head, _below) in zip(below, ends, strict=True):
            if one.state != MISSING:
                pen.line(x + end, bar, x + end, top + head, 0.8, dashed=not one.here)
            else:
                pen.line(x + end, bar, x + end, top + head - 2, 0.8, dashed=True)


def _grid(view: CaseSummary, width: float, rows: int) -> Group:
    """Rows of circles: the person, the missing, those elsewhere, those here; the last place counts the rest."""
    columns = _GRID_COLUMNS - any(member.name for member in view.family)  # names need more room
    group, column = Group(), width / columns
    places = columns * rows
    members = sorted(view.members, key=lambda one: (one.relation != SELF, one.state != MISSING, one.here))
    shown = members if len(members) <= places else members[: places - 1]
    y = bottom = 0.0
    for number, member in enumerate(shown):
        if number % columns == 0 and number:
            y = bottom + _GAP / 2
        x = column * (number % columns + 0.5)
        bottom = max(bottom, _person(group, view, member, x, y, column - 2))
    if len(shown) < len(members):
        more = _("and {n} more … p. 2").format(n=len(members) - len(shown))
        group.put(width - column / 2, y, wrap(more, column - 2, _STRONG, 3, CENTRE))
    return group
