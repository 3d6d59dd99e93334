"""How the facts of a request and of a registered person relate, as levels, for many pairs at once.

Names, fathers, births and numbers are compared as where people are registered twice (`duplicates.evidence`); kin,
places, the separation, what the sought person is to the inquirer, and what cannot be, are compared here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from panoh.domain import births
from panoh.domain import places as tree
from panoh.domain.duplicates.arrays import Bools, Floats, Ints, Levels
from panoh.domain.duplicates.evidence import Commonness, Comparing, impossible_sexes
from panoh.domain.duplicates.evidence import Evidence as Likeness
from panoh.domain.duplicates.register import DAYS, MAN, NO_BIRTH, OF_AN_AGE, ON_A_DAY, WOMAN
from panoh.domain.duplicates.spellings import NOTHING
from panoh.domain.matching.columns import NO_DAY, RELATION, Kin, Sides
from panoh.domain.places import Places

SAME_KIN = 14  # hundredths: the most that two names of kin may lie apart
BIRTH_LEVELS = (
    "not_told",
    "same_day", "swapped", "day_within_1", "day_within_2", "day_within_4", "day_within_10", "day_beyond",
    "year_fits", "year_within_1", "year_within_2", "year_within_4", "year_within_10", "year_beyond",
    "age_fits", "age_within_1", "age_within_2", "age_within_4", "age_within_10", "age_beyond",
    "child_fits", "child_within_1", "child_within_2", "child_within_4", "child_within_10", "child_beyond",
)  # fmt: skip
B = {name: number for number, name in enumerate(BIRTH_LEVELS)}
_YEARS = (0.001, 1.03, 2.03, 4.03, 10.03)  # at which the levels of a gap begin
_TOLERANCE = np.array([births.tolerance(age) for age in range(120)])
_USUAL_ERROR = 3.5  # years by which the age of an adult may be wrong
_CHILD = 12  # years; below it an age that was told is seldom far off
MOST_KIN = 3  # found, or missing, that are told apart
SEX_NOT_TOLD, SEX_SAME, SEX_DIFFERS = range(3)
FIT_NOT_JUDGED, FITS, FITS_NOT = range(3)
SEPARATION_LEVELS = ("not_told", "days", "weeks", "later", "before")
_WEEK, _MONTH = 7, 31
# What the sought person is to the inquirer, and from which age that is possible.
_LEAST_AGE = {"spouse": 14, "parent": 25, "parent_in_law": 30, "grandparent": 38, "step_parent": 20}
_GENERATION = 12  # years that lie at least between a child and a parent
_OLDER = ("parent", "grandparent")
_YOUNGER = ("child", "grandchild")
POSSIBLE, OTHER_SEX, AGES_APART, GENERATIONS, TWO_PLACES = range(5)  # what rules a pair out


@dataclass(slots=True, kw_only=True)
class Evidence:
    """Levels of pairs, each a row of a request and a row of a person."""

    likeness: Likeness
    birth: Levels
    years: Floats  # between the births
    sex: Levels
    relation: Levels
    found: Ints  # kin named in the request and known with the person
    missing: Ints  # kin named, and not there; 0 where nobody is known with the person
    beside: Ints  # kin of the inquirer known with the person
    father_there: Bools  # a man of the father's name, where the person's own father is not told
    place: Levels
    parted: Levels  # where they were separated, or last seen, against the person's place before
    separation: Levels
    days: Ints  # from the separation to the arrival
    words: dict[str, Levels]  # marks, clothes, languages: 0 not told by both, 1 something in common, 2 nothing
    ruled_out: Levels


class Weighing:
    """Compares rows of requests with rows of people."""

    def __init__(self, sides: Sides, common: Commonness, today: int, places: Places) -> None:
        self._s, self._places = sides, places
        self._comparing = Comparing(sides.register, common, today)
        self._near = self.nearness = self._comparing.nearness
        self._today = today

    def levels(self, q: Ints, p: Ints) -> Evidence:
        """What each pair shows; `q` are rows of requests, `p` rows of people."""
        s, r = self._s, self._s.register
        asked, person = r.owner[q] - s.people, r.owner[p]
        likeness = self._comparing.levels(q, p)
        birth, years = self._birth(q, p)
        found, missing, beside, father_there = self._kin(q, asked, person)
        separation, after = self._separation(asked, person)
        parted = np.maximum(
            self._of_places(s.separated_where, asked, s.origins, r.place[p]),
            self._of_places(s.seen_where, asked, s.origins, r.place[p]),
        )
        return Evidence(
            likeness=likeness,
            birth=birth,
            years=years,
            sex=_sexes(r.sex[q], r.sex[p]),
            relation=self._relation(q, p, asked),
            found=found,
            missing=missing,
            beside=beside,
            father_there=father_there,
            place=self._of_places(s.origins, r.place[q], s.origins, r.place[p]),
            parted=parted,
            separation=separation,
            days=after,
            words={kind: self._of_words(kind, r.owner[q], person) for kind in ("marks", "clothes", "languages")},
            ruled_out=self._ruled_out(q, p, asked, person, years),
        )

    def _birth(self, q: Ints, p: Ints) -> tuple[Levels, Floats]:
        r = self._s.register
        days = np.maximum(0, np.maximum(r.earliest[p] - r.latest[q], r.earliest[q] - r.latest[p]))
        gap = (days / DAYS).astype(np.float32)
        kind_q, kind_p = r.birth[q], r.birth[p]
        both_days = (kind_q == ON_A_DAY) & (kind_p == ON_A_DAY)
        ages = (kind_q == OF_AN_AGE) | (kind_p == OF_AN_AGE)
        age = np.minimum(self._today - r.latest[q], self._today - r.latest[p]) / DAYS
        young = age < _CHILD
        first = np.where(ages, np.where(young, B["child_fits"], B["age_fits"]), B["year_fits"])
        wrong = np.where(ages & ~young, _USUAL_ERROR / _tolerances(age), 1)  # the older, the farther off is a told age
        step = np.digitize(gap * wrong, _YEARS)
        level = np.where(both_days, np.where(step == 0, B["same_day"], B["same_day"] + 1 + step), first + step)
        likeness = self._swapped(q, p)
        level[both_days & likeness] = B["swapped"]
        unknown = (kind_q == NO_BIRTH) | (kind_p == NO_BIRTH)
        return np.where(unknown, 0, level).astype(np.uint8), np.where(unknown, 0, gap).astype(np.float32)

    def _swapped(self, q: Ints, p: Ints) -> Bools:
        year, month, day = self._dates
        swapped: Bools = (year[q] == year[p]) & (month[q] == day[p]) & (day[q] == month[p]) & (day[q] != day[p])
        return swapped

    @property
    def _dates(self) -> tuple[Ints, Ints, Ints]:
        return self._comparing.dates

    def _kin(self, q: Ints, asked: Ints, person: Ints) -> tuple[Ints, Ints, Ints, Bools]:
        """Kin found, missing, and found of the inquirer's; and whether a man of the father's name is there."""
        s, r = self._s, self._s.register
        owner = asked + s.people
        people, at = np.unique(person, return_inverse=True)
        there = s.household_kin(people.astype(np.int32))
        known = there.sizes(at) > 0
        found = self._met(s.named, owner, there, at)
        named = s.named.sizes(owner)
        beside = self._met(s.beside, owner, there, at)
        fathers = Kin(np.arange(len(q) + 1), r.father[q])
        met = self._met(fathers, np.arange(len(q)), there, at) > 0
        father_there = met & (r.father[q] != NOTHING) & (r.father[people[at]] == NOTHING)
        return found, np.where(known, named - found, 0), beside, father_there

    def _met(self, mine: Kin, owner: Ints, there: Kin, at: Ints) -> Ints:
        """How many names of each owner stand among those that are known at each place."""
        sizes = np.where(there.sizes(at) > 0, mine.sizes(owner), 0)
        some = np.flatnonzero(sizes)
        sounds, pair = mine.spread(owner[some])
        wide = there.sizes(at[some])[pair]
        again = np.repeat(np.arange(len(sounds)), wide)
        theirs, _place = there.spread(at[some][pair])
        alike = self._alike(sounds[again], theirs)
        met = np.bincount(again[alike], minlength=len(sounds)) > 0
        return np.bincount(some[pair[met]], minlength=len(owner))

    def _alike(self, a: Ints, b: Ints) -> Bools:
        """Whether two names are one; most are not, which their marks show at a glance."""
        marks = self._s.register.sounds.marks
        common = 2 * np.bitwise_count(marks[a] & marks[b])
        likely = (a == b) | (common >= 0.5 * (np.bitwise_count(marks[a]) + np.bitwise_count(marks[b])))
        likely |= self._near.known[a] & self._near.known[b]
        at = np.flatnonzero(likely & (a != NOTHING) & (b != NOTHING))
        alike = np.zeros(len(a), bool)
        if len(at):
            alike[at] = self._near.apart((a[at], b[at], 0))[0] <= SAME_KIN
        return alike

    def _of_places(self, texts_a: list[str], a: Ints, texts_b: list[str], b: Ints) -> Levels:
        codes, back = np.unique(a.astype(np.int64) << 32 | b, return_inverse=True)
        levels = [self._places.level(texts_a[code >> 32], texts_b[code & 0xFFFFFFFF]) for code in codes.tolist()]
        return np.array(levels, np.uint8)[back] if levels else np.zeros(len(a), np.uint8)

    def _separation(self, asked: Ints, person: Ints) -> tuple[Levels, Ints]:
        parted = self._s.separated[asked]
        came = np.full(len(asked), NO_DAY, np.int64)
        at = np.flatnonzero(parted != NO_DAY)
        came[at] = self._s.arrival.of(person[at])
        after = came - parted
        level = np.select([after < -1, after <= _WEEK, after <= _MONTH], [4, 1, 2], 3).astype(np.uint8)
        level[(parted == NO_DAY) | (came == NO_DAY)] = 0
        return level, np.maximum(after, 0)

    def _relation(self, q: Ints, p: Ints, asked: Ints) -> Levels:
        """Whether somebody of this age can be what is sought: a husband is no child."""
        s, r = self._s, self._s.register
        oldest = (self._today - r.earliest[p]) / DAYS
        level = np.zeros(len(q), np.uint8)
        for code, least in _LEAST_AGE.items():
            of = (s.relation[asked] == RELATION[code]) & (r.birth[p] != NO_BIRTH)
            level[of] = np.where(oldest[of] >= least, FITS, FITS_NOT)
        return level

    def _of_words(self, kind: str, owner: Ints, person: Ints) -> Levels:
        level = np.zeros(len(owner), np.uint8)
        told = {each for each, words in self._s.words.items() if kind in words}
        if not told:
            return level
        both = np.isin(owner, list(told)) & np.isin(person, list(told))
        for at in np.flatnonzero(both).tolist():
            mine, yours = self._s.words[int(owner[at])][kind], self._s.words[int(person[at])][kind]
            level[at] = 1 if mine & yours else 2
        return level

    def _ruled_out(self, q: Ints, p: Ints, asked: Ints, person: Ints, years: Floats) -> Levels:
        s, r = self._s, self._s.register
        out = np.zeros(len(q), np.uint8)
        out[self._in_two_places(asked, person)] = TWO_PLACES
        out[self._generations(p, asked)] = GENERATIONS
        ages = (r.birth[q] == OF_AN_AGE) | (r.birth[p] == OF_AN_AGE)
        age = np.minimum(self._today - r.latest[q], self._today - r.latest[p]) / DAYS
        most = births.CONTRADICTING + np.where(ages, 2 * _tolerances(age), 0)
        out[(years > most) & (r.birth[q] != NO_BIRTH) & (r.birth[p] != NO_BIRTH)] = AGES_APART
        out[impossible_sexes(r, q, p) & s.sure[person]] = OTHER_SEX
        return out

    def _generations(self, p: Ints, asked: Ints) -> Bools:
        """Whether the person is too old to be the inquirer's child, or too young to be a parent."""
        s, r = self._s, self._s.register
        known = (s.inquirer_earliest[asked] != NO_DAY) & (r.birth[p] != NO_BIRTH)
        least = int(_GENERATION * DAYS)
        child = np.isin(s.relation[asked], [RELATION[code] for code in _YOUNGER])
        parent = np.isin(s.relation[asked], [RELATION[code] for code in _OLDER])
        child &= r.latest[p] < s.inquirer_earliest[asked] + least
        parent &= r.earliest[p] > s.inquirer_latest[asked] - least
        clash: Bools = known & (child | parent)
        return clash

    def _in_two_places(self, asked: Ints, person: Ints) -> Bools:
        """Whether the one sought was seen elsewhere on a day on which the person had come here already."""
        s, out = self._s, np.zeros(len(asked), bool)
        at = np.flatnonzero(s.seen_on[asked] != NO_DAY)
        if not len(at):
            return out
        seen, here, came = s.seen_on[asked[at]], s.registered.of(person[at]), s.arrival.of(person[at])
        came = np.where(came == NO_DAY, here, came)
        for one in at[(here != NO_DAY) & (came <= seen) & (seen <= here)].tolist():
            level = self._places.level(s.seen_where[int(asked[one])], s.site_place[int(person[one])])
            out[one] = level in (tree.COUNTRY, tree.OTHER)
        return out


def _tolerances(age: Floats) -> Ints:
    """births.tolerance of each age."""
    return _TOLERANCE[np.clip(age, 0, len(_TOLERANCE) - 1).astype(np.int32)]


def _sexes(a: Ints, b: Ints) -> Levels:
    told = ((a == WOMAN) | (a == MAN)) & ((b == WOMAN) | (b == MAN))
    return np.where(told, np.where(a == b, SEX_SAME, SEX_DIFFERS), SEX_NOT_TOLD).astype(np.uint8)


def chosen(found: Evidence, at: Ints) -> Evidence:
    """The evidence on the pairs at these places."""
    return _made([found], lambda arrays: arrays[0][at])


def joined(parts: Sequence[Evidence]) -> Evidence:
    """The evidence on several lots of pairs, one behind the other."""
    return parts[0] if len(parts) == 1 else _made(parts, np.concatenate)


def _made(parts: Sequence[Evidence], made: Callable[[list[Any]], Any]) -> Evidence:
    values: dict[str, Any] = {}
    for each in fields(Evidence):
        of = [getattr(part, each.name) for part in parts]
        if each.name == "likeness":
            inner = {f.name: made([getattr(one, f.name) for one in of]) for f in fields(Likeness)}
            values[each.name] = Likeness(**inner)
        elif each.name == "words":
            values[each.name] = {kind: made([one[kind] for one in of]) for kind in of[0]}
        else:
            values[each.name] = made(of)
    return Evidence(**values)
