"""Both sides as columns of numbers: a register of people and, behind them, of requests, with the kin of each.

One row a name that somebody bears, everything as numbers, as in `duplicates.register`; requests are numbered after the
people. A pair for the compare screen and a whole vault are read by the same code, so that they score the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from panoh.domain.duplicates.arrays import Bools, Ints
from panoh.domain.duplicates.between import days
from panoh.domain.duplicates.register import Gathering, Register, Row
from panoh.domain.duplicates.spellings import NOTHING
from panoh.domain.match_parts import place_words
from panoh.domain.matching.sides import Known, OtherName, Sought
from panoh.domain.name_parts import CACHED, FullName
from panoh.domain.name_split import split_full_name

NO_DAY = -(1 << 30)  # days since 1970 where none was told
SURE = frozenset({"document", "observed"})  # bases on which somebody's sex is known, not only stated
MAIDEN = "maiden"  # of vocab name_kind
_RELATIONS = (
    "",
    "child",
    "parent",
    "spouse",
    "grandparent",
    "grandchild",
    "parent_in_law",
    "step_parent",
    "step_child",
)
RELATION = {code: number for number, code in enumerate(_RELATIONS)}


class PersonRow(NamedTuple):
    """What is compared of a person beside the fields of `duplicates.register.Row`."""

    sex_basis: str = ""
    arrival_on: str | None = None
    registered_on: str | None = None
    site_place: str = ""


class RequestRow(NamedTuple):
    """What is compared of a request beside the fields of `duplicates.register.Row`."""

    relation: str = ""
    inquirer_birth: tuple[str | None, str | None] = (None, None)
    separated_on: str | None = None
    separated_where: str = ""
    last_seen: str = ""
    last_seen_on: str | None = None


@dataclass(slots=True)
class Kin:
    """For each owner the sounds of names, one after the other: those of owner n stand from begins[n] to begins[n + 1]."""

    begins: Ints
    sounds: Ints

    @classmethod
    def of(cls, count: int, owners: Ints, sounds: Ints) -> Kin:
        """Pairs of an owner and a sound, each once."""
        told = sounds != NOTHING
        codes = np.unique(owners[told].astype(np.int64) << 32 | sounds[told])
        begins = np.searchsorted(codes, np.arange(count + 1, dtype=np.int64) << 32)
        return cls(begins, (codes & 0xFFFFFFFF).astype(np.int32))

    def sizes(self, owners: Ints) -> Ints:
        """How many stand at each of these owners."""
        sizes: Ints = self.begins[owners + 1] - self.begins[owners]
        return sizes

    def spread(self, owners: Ints) -> tuple[Ints, Ints]:
        """All sounds of these owners, and at which place of `owners` each of them stands."""
        sizes = self.sizes(owners)
        place = np.repeat(np.arange(len(owners)), sizes)
        within = np.arange(len(place)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return self.sounds[within + np.repeat(self.begins[owners], sizes)], place


class Days:
    """Days of people as they were told, read where they are asked for: few requests tell when they lost each other."""

    def __init__(self, told: Sequence[object]) -> None:
        self._told = told

    def of(self, people: Ints) -> Ints:
        """In days since 1970."""
        each, back = np.unique(people, return_inverse=True)
        told: Ints = _days([self._told[at] for at in each.tolist()])[back]
        return told


@dataclass(slots=True, kw_only=True)
class Sides:
    """The columns of both sides. Owners below `people` are people, those from there on are requests."""

    register: Register
    people: int
    requests: int
    kin_of_people: Kin  # told beside the household, which stands in the register
    named: Kin  # kin named in requests, by the owner
    beside: Kin  # the inquirer's own, by the owner
    sure: Bools  # whether a person's sex is known
    arrival: Days
    registered: Days
    relation: Ints  # of requests, by their number
    inquirer_earliest: Ints
    inquirer_latest: Ints
    separated: Ints
    seen_on: Ints
    origins: list[str]  # texts of places, by the numbers of register.place
    separated_where: list[str]
    seen_where: list[str]
    site_place: list[str]
    words: dict[int, dict[str, frozenset[str]]]  # marks, clothes, languages of owners of whom any are told

    def household_kin(self, owners: Ints) -> Kin:
        """The kin of these people (each once, sorted): the others of their household, and those told beside it."""
        r = self.register
        home = r.household[: self.people]
        order = np.argsort(home, kind="stable").astype(np.int32)
        begins = np.searchsorted(home[order], np.arange(int(home.max(initial=0)) + 2))
        of = home[owners]
        sizes = np.where(of == NOTHING, 0, begins[of + 1] - begins[of])
        place = np.repeat(np.arange(len(owners)), sizes)
        within = np.arange(len(place)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        member = order[within + np.repeat(begins[of], sizes)]
        other = member != owners[place]
        extra, at = self.kin_of_people.spread(owners)
        father = r.father[owners]
        return Kin.of(
            len(owners),
            np.concatenate([place[other], at, np.arange(len(owners))]),
            np.concatenate([r.given[member[other]], extra, father]),
        )


class Building(Gathering):
    """Takes people and then requests, in portions, and makes the columns of both."""

    def __init__(self) -> None:
        super().__init__()
        self._beside_people: Sequence[Sequence[Any]] = [()] * len(PersonRow._fields)
        self._count = 0
        self._of_requests: list[RequestRow] = []
        self._kin: list[list[tuple[int, str]]] = [[], [], []]
        self._words: dict[int, dict[str, frozenset[str]]] = {}

    def add_people(self, rows: Sequence[Sequence[object]]) -> None:
        """People, all at once: the fields of a `Row`, and behind them those of a `PersonRow`."""
        if rows:
            self.add_people_columns(list(zip(*rows, strict=True)))

    def add_people_columns(self, columns: Sequence[Sequence[Any]]) -> None:
        """The same as one list a field."""
        self.add_columns(columns[: len(Row._fields)])
        self._beside_people = columns[len(Row._fields) :]
        self._count = len(columns[0])

    def add_requests(self, rows: Sequence[tuple[Sequence[object], RequestRow]]) -> None:
        """Requests, once everyone is there: the fields of a `Row`, and what else is compared."""
        self.add([row for row, _more in rows])
        self._of_requests += [more for _row, more in rows]

    def add_known(self, known: Sequence[Known]) -> None:
        """People by their records, with what stands beside them."""
        first = self.people
        rows = [_person_row(each) for each in known]
        self.add_people(rows)
        for number, each in enumerate(known, first):
            person, row = each.person, rows[number - first]
            self.add_others((number, other, row) for other in each.other_names)
            self.add_phones((number, phone) for phone in each.phones)
            self.add_papers((number, paper) for paper in each.papers)
            self.add_kin((number, name) for name in (*each.kin, person.father_name, person.mother_name) if name)
            self.add_words(number, "marks", each.marks)
            self.add_words(number, "clothes", each.clothes)
            self.add_words(number, "languages", " ".join(person.languages))

    def add_sought(self, sought: Sequence[Sought]) -> None:
        """Requests, once everyone is there."""
        first = self.people
        self.add_requests([(_sought_row(each), _request_row(each)) for each in sought])
        for number, each in enumerate(sought, first):
            father = each.patronymic or each.father
            family = each.family_name or each.family_beside
            if each.nickname:
                self.add_full_names([(number, FullName(each.nickname, family, father))])
            if each.family_beside and not each.family_name:
                self.add_full_names([(number, FullName(each.given_name, family, father))])
            self.add_names((number, name) for name in each.other_names)
            self.add_phones((number, phone) for phone in each.phones)
            self.add_papers((number, paper) for paper in each.papers)
            self.add_kin(((number, name) for name in each.relatives), of_requests=True)
            self.add_kin(((number, name) for name in each.kin_beside), beside=True)
            self.add_words(number, "marks", each.marks)
            self.add_words(number, "clothes", each.clothes)
            self.add_words(number, "languages", " ".join(each.languages))

    def add_full_names(self, names: Iterable[tuple[int, FullName]]) -> None:
        """Other names in their parts, each with the number of its bearer."""
        self._others += names

    def add_others(self, names: Iterable[tuple[int, OtherName, Sequence[object]]]) -> None:
        """Other names of people, each with the number and the row of its bearer."""
        self.add_full_names((number, _other_name(other, row)) for number, other, row in names)

    def add_kin(self, kin: Iterable[tuple[int, str]], *, of_requests: bool = False, beside: bool = False) -> None:
        """Names of kin, each with the number of whose kin it is; `beside`: the inquirer's, which only speak for."""
        self._kin[2 if beside else 1 if of_requests else 0] += kin

    def add_words(self, owner: int, kind: str, text: str) -> None:
        """Marks, clothes or languages as they were told."""
        words = place_words(text)
        if words:
            self._words.setdefault(owner, {})[kind] = words

    def sides(self) -> Sides:
        """Everyone who was added."""
        people, requests = self._count, len(self._of_requests)
        kin = [self._kin_table(each) for each in self._kin]
        register = self.register()
        basis, arrival, registered, site = self._beside_people
        relation, inquirer, separated, where, seen, seen_on = _columns(self._of_requests, 6)
        return Sides(
            register=register,
            people=people,
            requests=requests,
            kin_of_people=kin[0],
            named=kin[1],
            beside=kin[2],
            sure=np.array([each in SURE for each in basis], bool),
            arrival=Days(arrival),
            registered=Days(registered),
            relation=np.array([RELATION.get(each, 0) for each in relation], np.int8),
            inquirer_earliest=_days([first for first, _last in inquirer]),
            inquirer_latest=_days([last for _first, last in inquirer]),
            separated=_days(separated),
            seen_on=_days(seen_on),
            origins=list(self._places),
            separated_where=list(where),
            seen_where=list(seen),
            site_place=list(site),
            words=self._words,
        )

    def _kin_table(self, kin: list[tuple[int, str]]) -> Kin:
        spelled = self._spellings.numbers
        numbers = np.array([spelled[given_of(text)] for _owner, text in kin], np.int32)
        sounds = self._spellings.given(numbers)[0] if len(kin) else numbers
        return Kin.of(self.people, np.array([owner for owner, _text in kin], np.int64), sounds)


@lru_cache(maxsize=CACHED)
def given_of(text: str) -> str:
    """The given name of somebody of whom a name was said; family names of kin tell nothing."""
    name = split_full_name(text)
    return name.given or name.patronymic


def _person_row(known: Known) -> tuple[object, ...]:
    person, first, last = known.person, known.person.birth_earliest, known.person.birth_latest
    row = Row(
        person.given_name, person.family_name, person.patronymic or person.father_name, person.sex, person.birth_precision,
        first.isoformat() if first else None, last.isoformat() if last else None, person.origin, person.phone, None, person.relation,
    )  # fmt: skip
    came = person.arrival_on.isoformat() if person.arrival_on else None
    registered = person.registered_at.date().isoformat() if person.registered_at else None
    return (*row, person.sex_basis, came, registered, known.site_place)


def _sought_row(sought: Sought) -> Row:
    birth, father = sought.birth, sought.patronymic or sought.father
    first, last = birth.earliest, birth.latest
    return Row(
        sought.given_name, sought.family_name, father, sought.sex, birth.precision, first.isoformat() if first else None,
        last.isoformat() if last else None, sought.origin, sought.phones[0] if sought.phones else "", None, "",
    )  # fmt: skip


def _request_row(sought: Sought) -> RequestRow:
    birth = sought.inquirer_birth
    inquirer = (
        birth.earliest.isoformat() if birth.earliest else None,
        birth.latest.isoformat() if birth.latest else None,
    )
    parted, seen = sought.separated_on, sought.last_seen_on
    return RequestRow(
        sought.relation, inquirer, parted.isoformat() if parted else None, sought.separated_where, sought.last_seen,
        seen.isoformat() if seen else None,
    )  # fmt: skip


def _other_name(other: OtherName, row: Sequence[object]) -> FullName:
    """Another name in its parts: one word alone stands in place of the family name, or of the given name."""
    given, family, father = (str(each) for each in row[:3])
    text = other.text.strip()
    if " " in text or not text:
        return split_full_name(text)
    return FullName(given, text, father) if other.kind == MAIDEN else FullName(text, family, father)


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[Sequence[Any]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _days(told: Sequence[object]) -> Ints:
    return np.array([days(date.fromisoformat(str(day)[:10])) if day else NO_DAY for day in told], np.int64)
