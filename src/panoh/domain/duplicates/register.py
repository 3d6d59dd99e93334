"""A register as columns: who is compared, one row a name that someone bears, everything as numbers.

Rows come as plain values in portions, so that nobody holds 100,000 records at once. What is read: names, sex, birth,
place before, phone, papers, household and relation. When people arrived, where they stay and what they need is not
read: that tells who came together, not who is who.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from panoh.domain.dates import AGE, DAY, RANGE, UNKNOWN
from panoh.domain.duplicates.arrays import Bools, Floats, Ints
from panoh.domain.duplicates.spellings import NOTHING, Numbered, Sounds, Spellings, consonants
from panoh.domain.match_parts import number_key, place_words
from panoh.domain.name_parts import FullName, is_child_of
from panoh.domain.names import split_full_name

WOMAN, MAN = 1, 2
_SEXES = {"F": WOMAN, "M": MAN}  # of whom neither is told nothing speaks against the other
NO_BIRTH, ON_A_DAY, IN_A_SPAN, OF_AN_AGE = range(4)
_PRECISIONS = {UNKNOWN: NO_BIRTH, DAY: ON_A_DAY, AGE: OF_AN_AGE, RANGE: OF_AN_AGE}
_FILLERS = ((1, 1), (7, 1))  # month and day that stand for "some day of that year", as in births.py
_UNKNOWN_DAY = "1900-01-01"
DAYS = 365.25  # of a year
NUMBERS = 3  # phones, and papers, that are compared of one person
_COLUMNS = 11  # of a portion
PLACE_WORDS = 4  # words of an address that are compared
# Relations of two generations of one household: who is one of the older is nobody of the younger.
OLDER, YOUNGER = 1, 2
_GENERATIONS = dict.fromkeys(("head", "spouse", "parent", "grandparent", "parent_in_law", "step_parent"), OLDER)
_GENERATIONS |= dict.fromkeys(("child", "grandchild", "step_child", "foster_child", "niece_nephew"), YOUNGER)


class Row(NamedTuple):
    """What is compared of one person, as stored; the birth as its precision and the days it may be, in ISO text."""

    given_name: str = ""
    family_name: str = ""
    patronymic: str = ""
    sex: str = ""
    precision: str = ""
    earliest: str | None = None
    latest: str | None = None
    origin: str = ""
    phone: str = ""
    household: str | None = None
    relation: str = ""


@dataclass(slots=True, kw_only=True)
class Register:
    """The columns. `owner` numbers the people: someone with two names has two rows of one owner."""

    people: int
    sounds: Sounds
    spellings: list[str]  # folded, by their numbers
    owner: Ints
    given_spelling: Ints
    family_spelling: Ints
    given: Ints
    family: Ints
    father: Ints
    sex: Ints
    birth: Ints
    earliest: Ints  # days since 1970, both inclusive
    latest: Ints
    place: Ints
    phones: Ints  # NUMBERS columns
    papers: Ints  # NUMBERS columns
    household: Ints
    generation: Ints
    words_of_place: Ints  # for each place its words, PLACE_WORDS columns

    def __len__(self) -> int:
        return len(self.owner)

    def dates(self) -> tuple[Ints, Ints, Ints]:
        """Year, month and day of the first day that each birth may be."""
        days = self.earliest.astype("M8[D]")
        months = days.astype("M8[M]")
        year = (days.astype("M8[Y]").astype(np.int32) + 1970).astype(np.int32)
        month = (months.astype(np.int32) % 12 + 1).astype(np.int8)
        return year, month, ((days - months).astype(np.int32) + 1).astype(np.int8)

    def years(self) -> Floats:
        """The middle of each birth in years since 1970; of an unknown one NaN."""
        middle = (self.earliest + self.latest) / (2 * DAYS)
        return np.where(self.birth == NO_BIRTH, np.nan, middle).astype(np.float32)


class Gathering:
    """Takes rows in portions and makes the register of them."""

    def __init__(self) -> None:
        self._spellings = Spellings()
        self._places, self._phones, self._households = Numbered(), _Keys(), Numbered()
        self._papers_of: dict[int, list[int]] = {}
        self._phones_of: dict[int, list[int]] = {}
        self._others: list[tuple[int, FullName]] = []
        self._portions: list[list[Ints]] = []
        self.people = 0

    def add(self, rows: Sequence[Sequence[object]]) -> None:
        """People, each with the fields of a `Row` in its order; they are numbered in the order in which they come."""
        if rows:
            self.add_columns(list(zip(*rows, strict=True)))

    def add_columns(self, columns: Sequence[Sequence[Any]]) -> None:
        """People, as the fields of a `Row`, one list a field."""
        given, family, father, sex, precision, earliest, latest, origin, phone, home, relation = columns
        names = self._names(given, family, father)
        self._children_of(given, names)
        birth = np.array([_PRECISIONS.get(each, IN_A_SPAN) for each in precision], np.int8)
        first, last = _days(earliest), _days(latest)
        birth[_is_missing(earliest) | _is_missing(latest)] = NO_BIRTH
        self._portions.append(
            [
                *names,
                _numbers([_SEXES.get(each, 0) for each in sex], np.int8),
                *_without_fillers(birth, first, last),
                _numbers([self._places[each] for each in origin]),
                _numbers([self._phones[each] for each in phone]),
                _numbers([self._households[each or ""] for each in home]),
                _numbers([_GENERATIONS.get(each, 0) for each in relation], np.int8),
            ]
        )
        self.people += len(given)

    def add_papers(self, papers: Iterable[tuple[int, str]]) -> None:
        """Numbers of papers, each with the number of the person whose paper it is."""
        for person, text in papers:
            self._papers_of.setdefault(person, []).append(self._phones.of_paper(text))

    def add_phones(self, phones: Iterable[tuple[int, str]]) -> None:
        """Further phones, each with the number of the person whose phone it is."""
        for person, text in phones:
            self._phones_of.setdefault(person, []).append(self._phones[text])

    def add_names(self, names: Iterable[tuple[int, str]]) -> None:
        """Other names, each with the number of the person who bears it."""
        self._others += [(person, split_full_name(text)) for person, text in names]

    def register(self) -> Register:
        """Everyone who was added."""
        nobody = [np.zeros(0, np.int32)] * _COLUMNS
        columns = [np.concatenate(column) for column in zip(nobody, *self._portions, strict=True)]
        papers = _table(self.people, self._papers_of)
        phones = _table(self.people, self._phones_of)
        first = columns[8]
        phones[:, 0], phones[:, 1:] = first, np.where(phones[:, :-1] == first[:, None], NOTHING, phones[:, :-1])
        owner = np.arange(self.people, dtype=np.int32)
        if self._others:
            bearers = _numbers([person for person, _text in self._others])
            names = self._names(*zip(*(name for _person, name in self._others), strict=True))
            owner = np.concatenate([owner, bearers])
            same = [np.concatenate([column, column[bearers]]) for column in columns[3:]]
            columns = [*(np.concatenate(pair) for pair in zip(columns[:3], names, strict=True)), *same]
            papers, phones = papers[owner], phones[owner]
        return self._read(columns, owner, phones, papers)

    def _read(self, columns: list[Ints], owner: Ints, phones: Ints, papers: Ints) -> Register:
        given, family, father, sex, birth, earliest, latest, place, _phone, household, generation = columns
        of_given, father_in_given = self._spellings.given(given)
        of_family, father_in_family = self._spellings.family(family)
        told, (folded, spellings) = self._spellings.father(father), self._spellings.folded()
        for found in (father_in_given, father_in_family):
            told = np.where(told == NOTHING, found, told)
        return Register(
            people=self.people,
            sounds=self._spellings.sounds(),
            spellings=spellings,
            owner=owner,
            given_spelling=folded[given],
            family_spelling=folded[family],
            given=of_given,
            family=of_family,
            father=told,
            sex=sex,
            birth=birth,
            earliest=earliest,
            latest=latest,
            place=place,
            phones=phones,
            papers=papers,
            household=household,
            generation=generation,
            words_of_place=_words(self._places),
        )

    def _names(self, given: Sequence[str], family: Sequence[str], father: Sequence[str]) -> list[Ints]:
        """The spellings of names. One that stands whole in one field is taken apart first."""
        spelled = self._spellings.numbers
        numbers = [_numbers([spelled[each] for each in names]) for names in (given, family, father)]
        for at in np.flatnonzero((numbers[0] == NOTHING) != (numbers[1] == NOTHING)).tolist():
            text = given[at] or family[at]
            if " " in text.strip():
                parts = split_full_name(text)
                if not (parts.given and parts.family):  # two of one kind, as 'Филатовсков Яков': the family name first
                    first, _space, rest = text.strip().partition(" ")
                    parts = parts._replace(given=rest, family=first)
                numbers[0][at], numbers[1][at] = spelled[parts.given], spelled[parts.family]
                numbers[2][at] = numbers[2][at] or spelled[parts.patronymic]
        return numbers

    def _children_of(self, given: Sequence[str], names: list[Ints]) -> None:
        """'Нурлан Бакыт уулу' has no family name, or has it so: that reading is another name of the same person."""
        family, father = names[1:]
        texts = list(self._spellings.numbers)
        for at in np.flatnonzero((family == NOTHING) & (father != NOTHING)).tolist():
            words = texts[father[at]].split()
            of = next((n for n, word in enumerate(words) if n and is_child_of(word)), 0)
            if of:
                child_of, rest = " ".join(words[of - 1 : of + 1]), " ".join(words[: of - 1] + words[of + 1 :])
                self._others.append((self.people + at, FullName(given[at], child_of, rest)))


class _Keys(dict[str, int]):
    """Numbers of phones and papers: the same for the same letters and digits, 0 for none.

    Papers are numbered apart from phones, so that one is never taken for the other.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys = Numbered()

    def __missing__(self, text: str) -> int:
        number = self[text] = self._keys[number_key(text)]
        return number

    def of_paper(self, text: str) -> int:
        """The number of a paper."""
        plain = number_key(text)
        return self._keys["paper " + plain] if plain else NOTHING


def _numbers(values: list[int], kind: type[np.signedinteger] = np.int32) -> Ints:
    return np.array(values, kind)


def _is_missing(days: Sequence[str | None]) -> Bools:
    return np.array([not day for day in days])


def _days(days: Sequence[str | None]) -> Ints:
    return np.array([day or _UNKNOWN_DAY for day in days], "M8[D]").astype(np.int32)


def _without_fillers(birth: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
    """Births with a day that stands for the year widened to the year."""
    days = first.astype("M8[D]")
    years = days.astype("M8[Y]")
    months = days.astype("M8[M]")
    in_year = (months - years.astype("M8[M]")).astype(np.int32) + 1
    day = (days - months).astype(np.int32) + 1
    filler = (birth == ON_A_DAY) & np.logical_or.reduce([(in_year == m) & (day == d) for m, d in _FILLERS])
    begin = years.astype("M8[D]").astype(np.int32)
    end = (years + 1).astype("M8[D]").astype(np.int32) - 1
    return np.where(filler, np.int8(IN_A_SPAN), birth), np.where(filler, begin, first), np.where(filler, end, last)


def _table(people: int, numbers_of: dict[int, list[int]]) -> Ints:
    """Numbers of people as rows, each number once, filled up with 0."""
    table = np.zeros((people, NUMBERS), np.int32)
    for person, numbers in numbers_of.items():
        some = [number for number in dict.fromkeys(numbers) if number][:NUMBERS]
        table[person, : len(some)] = some
    return table


def _words(places: Numbered) -> Ints:
    numbers = Numbered()
    table = np.zeros((len(places), PLACE_WORDS), np.int32)
    for row, text in enumerate(places):
        words = sorted({consonants(word) for word in place_words(text)} - {""})[:PLACE_WORDS]
        table[row, : len(words)] = [numbers[word] for word in words]
    return table
