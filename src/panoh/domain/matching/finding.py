"""Who of a whole vault is worth comparing with a request: those whose given name is near, the likeliest at a glance.

Names that are near are found once for each sound, so that a request looks at the some thousands who bear one of
them and not at everyone. What else is seen at a glance: the family name, births, sex, the place, and how many in the
household bear a name of the kin that were named. A phone or a paper number in common is always looked at, and so is
whoever was born on the very day under a near family name.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from panoh.domain.duplicates.arrays import Floats, Ints
from panoh.domain.duplicates.nearness import OTHER_ENDING, Nearness
from panoh.domain.duplicates.register import MAN, NO_BIRTH, ON_A_DAY, WOMAN
from panoh.domain.duplicates.spellings import NOTHING
from panoh.domain.matching.columns import Sides

Pairs = tuple[Ints, Ints]
MOST = 80  # people who are compared in full for one request
_NEAR = 35  # hundredths at which two names are hardly one any more
_LIKELY = 0.62  # the share of marks that two sounds of one name have in common
_LIKELY_FAMILY = 0.7  # of a family name: one that is farther off speaks against, as another does
_LIKELY_KIN = 0.75  # of kin, of whom many are named: a slip there is seen when all is compared
# A unit is some eight points of a score.
_NO_FAMILY, _OTHER_FAMILY = -1.0, -3.5
_FATHER = 2.0
_KIN, _KIN_MORE = 1.8, 0.7  # somebody in the household bears a name of the kin; each further one
_A_YEAR, _YEARS_AT_MOST, _FREE_YEARS = -0.5, 5.0, 0.5
_SAME_PLACE, _OTHER_SEX, _SAME_NUMBER = 1.5, -6.0, 20.0


class Finding:
    """Finds people for the requests of both sides' columns."""

    def __init__(self, sides: Sides, near: Nearness) -> None:
        self._s, self._r = sides, sides.register
        self._near = near
        rows = np.flatnonzero(self._r.owner < sides.people).astype(np.int32)
        self._by_given = _Index(self._r.given, rows)
        self._by_family = _Index(self._r.family, rows)
        self._homes = int(self._r.household.max(initial=0)) + 1
        self._years = self._r.years()
        self._of = _Neighbours(sides, near)
        self._number_rows = _Numbers(sides, rows)
        self._days = _Days(sides, rows)

    def all(self, step: Callable[[float], object] = lambda _share: None) -> Pairs:
        """For each row of a request the rows of people that are worth comparing."""
        r, s = self._r, self._s
        asked = np.flatnonzero(r.owner >= s.people).astype(np.int32)
        found: list[Ints] = []
        for number, row in enumerate(asked.tolist()):
            if number % 64 == 0:
                step(number / len(asked))
            found.append(self._of_row(row))
        sizes = [len(each) for each in found]
        return np.repeat(asked, sizes), np.concatenate([np.zeros(0, np.int32), *found])

    def _of_row(self, row: int) -> Ints:
        """Rows of people for one row of a request, the likeliest."""
        rows, shown = self._by_names(row)
        sure = np.concatenate([self._number_rows.of(row), self._born_alike(row)])
        if len(rows) > MOST:
            shown = shown + self._glance(row, rows)
            rows = rows[np.argpartition(-shown, MOST)[:MOST]]
        return np.union1d(rows, sure) if len(sure) else rows

    def _born_alike(self, row: int) -> Ints:
        """Those of a near family name who were born on the very day: a slip in the given name too may hide them."""
        family = int(self._r.family[row])
        if family == NOTHING:
            return np.zeros(0, np.int32)
        rows = self._days.of(row)
        return rows[self._of.table(family)[self._r.family[rows]] < _NEAR]

    def _by_names(self, row: int) -> tuple[Ints, Floats]:
        """Who bears a near given name, or whose names stand in each other's place; how near the given name is."""
        r = self._r
        given, family = int(r.given[row]), int(r.family[row])
        if given == NOTHING:
            sounds, apart = self._of.of(family)
            rows, at = self._by_family.of(sounds)
            return rows, -apart[at].astype(np.float32) / 10
        sounds, apart = self._of.of(given)
        rows, at = self._by_given.of(sounds)
        shown = -apart[at].astype(np.float32) / 10
        if family != NOTHING:
            crossed, at = self._by_family.of(sounds)  # given and family name in each other's place
            near = self._of.table(family)[r.given[crossed]]
            fits = near < _NEAR
            rows = np.concatenate([rows, crossed[fits]])
            shown = np.concatenate([shown, -(apart[at][fits] + near[fits]).astype(np.float32) / 10 - _OTHER_FAMILY])
        return rows, shown

    def _glance(self, row: int, rows: Ints) -> Floats:
        r = self._r
        shown = self._family(row, rows)
        if r.birth[row] != NO_BIRTH:
            gap = np.maximum(0, np.abs(self._years[rows] - self._years[row]) - _FREE_YEARS)
            unknown = r.birth[rows] == NO_BIRTH
            shown += _A_YEAR * np.where(unknown, 2.0, np.minimum(gap, _YEARS_AT_MOST))
        shown += np.where(r.sex[rows] + r.sex[row] == WOMAN + MAN, np.float32(_OTHER_SEX), np.float32(0))
        if r.place[row] != NOTHING:
            shown += np.where(r.place[rows] == r.place[row], np.float32(_SAME_PLACE), np.float32(0))
        if r.father[row] != NOTHING:
            soft = r.sounds.soft
            shown += np.where(soft[r.father[rows]] == soft[r.father[row]], np.float32(_FATHER), np.float32(0))
        return shown + self._kin(row, rows)

    def _family(self, row: int, rows: Ints) -> Floats:
        family = int(self._r.family[row])
        if family == NOTHING:
            return np.full(len(rows), _NO_FAMILY, np.float32)
        apart = self._of.table(family)[self._r.family[rows]].astype(np.float32)
        return np.where(apart < _NEAR, -apart / 10, np.float32(_OTHER_FAMILY))

    def _kin(self, row: int, rows: Ints) -> Floats:
        """How many in the household of each bear a name of the kin."""
        s, r = self._s, self._r
        owner = np.array([r.owner[row]])
        counted = np.zeros(self._homes, np.int8)
        for sound in {*s.named.spread(owner)[0].tolist(), *s.beside.spread(owner)[0].tolist()}:
            near, _apart = self._of.of(sound)
            there = np.zeros(self._homes, np.int8)
            there[r.household[self._by_given.of(near)[0]]] = 1
            counted += there
        counted[NOTHING] = 0
        met = counted[r.household[rows]].astype(np.float32)
        return np.where(met > 0, _KIN + _KIN_MORE * (met - 1), np.float32(0))


class _Index:
    """Rows by a sound."""

    def __init__(self, sounds: Ints, rows: Ints) -> None:
        order = np.argsort(sounds[rows])
        self._rows = rows[order]
        self._begins = np.searchsorted(sounds[rows][order], np.arange(int(sounds.max(initial=0)) + 2))

    def of(self, sounds: Ints) -> tuple[Ints, Ints]:
        """All rows that bear one of these sounds, and which of them each bears."""
        last = len(self._begins) - 1
        first, end = self._begins[np.minimum(sounds, last)], self._begins[np.minimum(sounds + 1, last)]
        sizes = end - first
        at = np.repeat(np.arange(len(sounds)), sizes)
        within = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return self._rows[within + np.repeat(first, sizes)], at


class _Neighbours:
    """The sounds that are near a sound, worked out for all names of requests at once."""

    def __init__(self, sides: Sides, near: Nearness) -> None:
        r, s = sides.register, sides
        rows = np.flatnonzero(r.owner >= s.people)
        owners = np.unique(r.owner[rows])
        self._count = len(r.sounds)
        of_kin = np.unique(np.concatenate([s.named.spread(owners)[0], s.beside.spread(owners)[0]]))
        given = np.unique(r.given[rows])
        family = np.setdiff1d(r.family[rows], given)
        rest = np.setdiff1d(of_kin, np.union1d(given, family))
        sought = [
            self._likely(asked, near, r.sounds.marks, least)
            for asked, least in ((given, _LIKELY), (family, _LIKELY_FAMILY), (rest, _LIKELY_KIN))
        ]
        q, sound = (np.concatenate([each[side] for each in sought]) for side in (0, 1))
        apart = near.apart((q, sound, OTHER_ENDING))[0] if len(q) else np.zeros(0, np.uint8)
        kept = apart < _NEAR
        order = np.argsort(q[kept], kind="stable")
        self._sounds, self._apart = sound[kept][order], apart[kept][order]
        self._begins = np.searchsorted(q[kept][order], np.arange(self._count + 1))
        self._tables: dict[int, Ints] = {}

    def of(self, sound: int) -> tuple[Ints, Ints]:
        """The sounds near this one, itself among them, and how far each is, in hundredths."""
        part = slice(self._begins[sound], self._begins[sound + 1])
        return self._sounds[part], self._apart[part]

    def table(self, sound: int) -> Ints:
        """For each sound how far it is; what is not near is 100."""
        if sound not in self._tables:
            table = np.full(self._count, 100, np.uint8)
            near, apart = self.of(sound)
            table[near] = apart
            self._tables[sound] = table
        return self._tables[sound]

    def _likely(self, asked: Ints, near: Nearness, marks: Ints, least: float) -> Pairs:
        """Pairs of sounds that share marks, and those of one known name."""
        sizes = np.bitwise_count(marks)
        first, second = [], []
        for sound in asked[asked != NOTHING].tolist():
            common = 2 * np.bitwise_count(marks & marks[sound])
            likely = common >= least * (sizes + sizes[sound])
            if near.known[sound]:
                likely |= near.of_one_name(sound)
            likely[sound], likely[NOTHING] = True, False
            at = np.flatnonzero(likely)
            first.append(np.full(len(at), sound, np.int32))
            second.append(at.astype(np.int32))
        nothing = np.zeros(0, np.int32)
        return np.concatenate([nothing, *first]), np.concatenate([nothing, *second])


class _Numbers:
    """Rows of people by the numbers of their phones and papers."""

    def __init__(self, sides: Sides, rows: Ints) -> None:
        self._r = sides.register
        asked = np.flatnonzero(self._r.owner >= sides.people)
        self._by: dict[int, list[int]] = {}
        wanted = np.unique(np.concatenate([self._r.phones[asked].ravel(), self._r.papers[asked].ravel()]))
        for columns in (self._r.phones, self._r.papers):
            for number in columns.T:
                held = rows[np.isin(number[rows], wanted) & (number[rows] != NOTHING)]
                for row in held.tolist():
                    self._by.setdefault(int(number[row]), []).append(row)

    def of(self, row: int) -> Ints:
        """Rows that share a number with this one."""
        numbers = {*self._r.phones[row].tolist(), *self._r.papers[row].tolist()} - {NOTHING}
        return np.array(sorted({each for number in numbers for each in self._by.get(number, ())}), np.int32)


class _Days:
    """Rows of people by the day of birth, of those that are told to the day."""

    def __init__(self, sides: Sides, rows: Ints) -> None:
        self._r = sides.register
        told = rows[self._r.birth[rows] == ON_A_DAY]
        self._rows: Ints = told[np.argsort(self._r.earliest[told], kind="stable")]
        self._born = self._r.earliest[self._rows]

    def of(self, row: int) -> Ints:
        """Rows born on the day of this one; none where its day is not told."""
        if self._r.birth[row] != ON_A_DAY:
            return self._rows[:0]
        first, last = (np.searchsorted(self._born, self._r.earliest[row], side=side) for side in ("left", "right"))
        return self._rows[first:last]
