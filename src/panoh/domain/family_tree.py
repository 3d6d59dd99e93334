"""The drawing of a family, worked out without drawing it: generations from top to bottom, lines between boxes.

Positions are in boxes and rows, not in pixels: the window and the paper multiply them by their own sizes.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panoh.domain.family import KinLink
from panoh.domain.kinship import PARENT_KINDS

MOST = 60  # people in one drawing; beyond it nobody finds anybody
# How many rows the second person of a link stands below the first.
_STEPS_DOWN = {**dict.fromkeys(PARENT_KINDS, 1), "grandparent": 2, "aunt_uncle": 1, "carer": 1}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person's box stands: `column` counts boxes from the left and may be a half, `row` counts from the oldest."""

    person_id: str
    column: float
    row: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two boxes: partners side by side, or from parents down to children."""

    kind: str  # partner, descent, other
    from_ids: tuple[str, ...]  # one person, or both parents
    to_ids: tuple[str, ...]
    link_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyTree:
    """Everyone's place and the lines between them; `left_out` counts whom the drawing could not hold."""

    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    columns: float
    rows: int
    left_out: int = 0

    def place(self, person_id: str) -> Place | None:
        """Where this person stands."""
        return next((place for place in self.places if place.person_id == person_id), None)


def family_tree(focus: str, links: Sequence[KinLink], order: Sequence[str] = ()) -> FamilyTree:
    """Everyone whom links connect with `focus`, placed by generation.

    `order` is in which order people of one generation stand where nothing else tells (the oldest first).
    """
    rows = _generations(focus, links)
    everyone = list(rows)
    shown = everyone[:MOST]
    kept = [link for link in links if link.from_person_id in shown and link.to_person_id in shown]
    rank = {person: at for at, person in enumerate(order)}
    by_row: dict[int, list[str]] = defaultdict(list)
    for person in shown:
        by_row[rows[person]].append(person)
    columns = _columns(by_row, kept, rank)
    first = min(by_row)
    places = [Place(person, columns[person], rows[person] - first) for person in shown]
    places.sort(key=lambda place: (place.row, place.column))
    width = max(place.column for place in places) + 1
    return FamilyTree(tuple(places), tuple(_lines(kept)), width, max(by_row) - first + 1, len(everyone) - len(shown))


def _generations(focus: str, links: Sequence[KinLink]) -> dict[str, int]:
    """Each connected person's row, the focus being 0; the nearest way decides where links disagree."""
    beside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for link in links:
        down = _STEPS_DOWN.get(link.kind, 0)
        beside[link.from_person_id].append((link.to_person_id, down))
        beside[link.to_person_id].append((link.from_person_id, -down))
    rows, waiting = {focus: 0}, deque([focus])
    while waiting:
        one = waiting.popleft()
        for other, down in beside[one]:
            if other not in rows:
                rows[other] = rows[one] + down
                waiting.append(other)
    return rows


def _columns(
    by_row: Mapping[int, Sequence[str]], links: Sequence[KinLink], rank: Mapping[str, int]
) -> dict[str, float]:
    """Columns row by row from the oldest: partners side by side, children under the middle of their parents."""
    parents: dict[str, set[str]] = defaultdict(set)
    partners: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if _STEPS_DOWN.get(link.kind, 0):
            parents[link.to_person_id].add(link.from_person_id)
        elif link.kind == "partner":
            partners[link.from_person_id].add(link.to_person_id)
            partners[link.to_person_id].add(link.from_person_id)
    column: dict[str, float] = {}
    for row in sorted(by_row):
        groups = _couples(by_row[row], partners, rank)
        wish = {id(group): _wish(group, parents, column) for group in groups}
        groups.sort(key=lambda group: (wish[id(group)] is None, wish[id(group)] or 0.0, _first(group, rank)))
        at = 0.0
        for group in groups:
            middle = wish[id(group)]
            start = at if middle is None else max(at, middle - (len(group) - 1) / 2)
            for number, person in enumerate(group):
                column[person] = start + number
            at = start + len(group)
    least = min(column.values())
    return {person: round(value - least, 2) for person, value in column.items()}


def _couples(people: Sequence[str], partners: Mapping[str, set[str]], rank: Mapping[str, int]) -> list[list[str]]:
    """The people of a row in groups of partners, each group in one piece."""
    groups, left = [], dict.fromkeys(sorted(people, key=lambda one: (rank.get(one, len(rank)), one)))
    while left:
        waiting, group = [next(iter(left))], []
        while waiting:
            one = waiting.pop(0)
            if one in left:
                del left[one]
                group.append(one)
                waiting += sorted(partners.get(one, ()), key=lambda other: (rank.get(other, len(rank)), other))
        groups.append(group)
    return groups


def _wish(group: Sequence[str], parents: Mapping[str, set[str]], column: Mapping[str, float]) -> float | None:
    """The middle of the parents of a group, or None where none of them is drawn above."""
    above = [column[parent] for person in group for parent in parents.get(person, ()) if parent in column]
    return sum(above) / len(above) if above else None


def _first(group: Sequence[str], rank: Mapping[str, int]) -> int:
    return min(rank.get(person, len(rank)) for person in group)


def _lines(links: Sequence[KinLink]) -> list[Line]:
    """Partners joined, children hung on all their parents together, every other link on its own."""
    lines = [
        Line(
            "partner" if link.kind == "partner" else "other", (link.from_person_id,), (link.to_person_id,), (link.kind,)
        )
        for link in links
        if link.kind not in PARENT_KINDS
    ]
    parents: dict[str, dict[str, str]] = defaultdict(dict)
    for link in links:
        if link.kind in PARENT_KINDS:
            parents[link.to_person_id][link.from_person_id] = link.kind
    children: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for child, mine in parents.items():
        children[tuple(sorted(mine))].append(child)
    for pair, born in children.items():
        kinds = tuple(sorted({kind for child in born for kind in parents[child].values()}))
        lines.append(Line("descent", pair, tuple(born), kinds))
    return lines
