"""Searching by what one remembers: a name in any spelling, and beside it a year, a sex, a place or a number.

Words find people by their keys (`find_keys`); everything in the query ranks them. Nothing that is not
a name ever excludes a person: a wrongly remembered year only ranks lower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from panoh.base.ids import parse_number
from panoh.domain.dates import PartialDate
from panoh.domain.name_parts import FATHER, Name, Part, name_of, read_name
from panoh.domain.name_sounds import alike
from panoh.domain.names import POSSIBLE, parts_alike

_YEAR = re.compile(r"^(19|20)\d\d$")
_WOMAN = "woman girl female женщина девочка девушка жен аёл ayol аял"
_MAN = "man boy male мужчина мальчик муж эркак erkak эркек"
_SEX_LETTERS = {"ж": "F", "f": "F", "м": "M", "m": "M"}  # beside other words; an initial is typed with a dot
_SEX_WORDS = dict.fromkeys(_WOMAN.split(" "), "F") | dict.fromkeys(_MAN.split(" "), "M")
_IN_PLACE = 0.9  # a word of the place beside a word of the name
_TYPED_SO_FAR = 0.9  # the beginning of a word beside the whole of it
_ENDING_TYPED = 0.75  # Karimov was typed, the person is a Karim
_INITIAL = 0.8
_FATHER_NOT_TOLD = 0.7
_OTHER_SPELLING, _OTHER_NAME = 0.998, 0.99  # beside the name under which somebody is recorded
_FATHER_ONLY = 0.8  # a word that is the father's name and not one's own
_OF_WORDS = 0.8  # of the score; the rest is what year and sex tell
_NEAR_YEARS = 2
_AGREES, _NEAR, _DISAGREES = 0.1, 0.05, -0.1


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, sorted: words that may be of a name or a place, a year of birth, a sex, a number of a record."""

    words: tuple[str, ...] = ()
    year: int | None = None
    sex: str = ""
    number: str = ""

    @property
    def text(self) -> str:
        """The words alone, as they were typed."""
        return " ".join(self.words)


class Findable(Protocol):
    """What ranking needs to know of a person: `Person` and `PersonLine` are such."""

    @property
    def given_name(self) -> str:
        """As recorded."""

    @property
    def family_name(self) -> str:
        """As recorded."""

    @property
    def patronymic(self) -> str:
        """As recorded."""

    @property
    def sex(self) -> str:
        """F, M, X or ''."""

    @property
    def birth(self) -> PartialDate:
        """With its precision."""


F = TypeVar("F", bound=Findable)


def parse_query(text: str) -> Query:
    """Sort what was typed: 'азиз юлдашев 1998 boy' is two words, a year and a sex; 'kx7-42-3' a number."""
    number = parse_number(text)
    if number:
        return Query(number=number)
    words: list[str] = []
    year, sex = None, ""
    typed = text.split()
    for word in typed:
        said = word.casefold()
        if _YEAR.match(word):
            year = int(word)
        elif said in _SEX_WORDS or (said in _SEX_LETTERS and len(typed) > 1):
            sex = _SEX_WORDS.get(said) or _SEX_LETTERS[said]
        else:
            words.append(word)
    return Query(tuple(words), year, sex)


def words_of(query: Query) -> tuple[Part, ...]:
    """The words of a query as parts of a name, a father's name last."""
    return _parts(read_name(query.text))


def rank(
    query: Query,
    people: Iterable[F],
    *,
    other_names: Callable[[F], Sequence[str]] = lambda _: (),
    place: Callable[[F], str] = lambda _: "",
    near: Sequence[Mapping[str, float]] = (),
) -> list[tuple[F, float]]:
    """The people whom the query may mean, best first, each with a score of 0 to 100; the others are left out.

    `near` tells, for each word of `words_of`, which roots are how like it, where that was looked up before.
    """
    words = words_of(query)
    places = _Places(words)
    known = _Nearness(words, near)
    namesakes: dict[tuple[Name, tuple[float, ...]], float] = {}
    scored: list[tuple[F, float]] = []
    for person in people:
        where, score = places[place(person)], 0.0
        own = name_of(person.given_name, person.family_name, person.patronymic)
        for name in (own, *map(read_name, other_names(person))):
            if (name, where) not in namesakes:
                namesakes[name, where] = _words_score(words, name, where, known)
            score = max(score, namesakes[name, where] * (1.0 if name is own else _OTHER_NAME))
        if score >= POSSIBLE or not words:
            scored.append((person, 100 * max(0.0, _OF_WORDS * score + _facts_score(query, person))))
    return sorted(scored, key=lambda each: -each[1])


class _Nearness(dict[Part, tuple[float, ...]]):
    """How well each word of the query is a part of a name, worked out once for each part."""

    def __init__(self, words: Sequence[Part], near: Sequence[Mapping[str, float]]) -> None:
        self._words = words
        self._near = near

    def __missing__(self, part: Part) -> tuple[float, ...]:
        if self._near:
            found = [_looked_up(word, part, near) for word, near in zip(self._words, self._near, strict=True)]
        else:
            found = [_word_score(word, part) for word in self._words]
        # What is spelled as it was typed stands before its other spellings.
        self[part] = tuple(
            [v if word.word == part.word else v * _OTHER_SPELLING for word, v in zip(self._words, found, strict=True)]
        )
        return self[part]


def _looked_up(word: Part, part: Part, near: Mapping[str, float]) -> float:
    value = near.get(part.root, 0.0)
    if value and word.has_ending != part.has_ending:
        value *= _ENDING_TYPED if word.has_ending else _FATHER_ONLY if part.role == FATHER else _TYPED_SO_FAR
    if len(word.whole) == 1 and part.whole.startswith(word.whole):
        return _INITIAL
    return value


class _Places(dict[str, tuple[float, ...]]):
    """How well each word of a query is in the name of a place, worked out once for each place and each word of it."""

    def __init__(self, words: Sequence[Part]) -> None:
        self._words = words
        self._of_sound: dict[str, tuple[float, ...]] = {}

    def __missing__(self, place: str) -> tuple[float, ...]:
        found = [self._in_sound(part.whole) for part in read_name(place).parts]
        self[place] = tuple(map(max, *found)) if len(found) > 1 else found[0] if found else (0.0,) * len(self._words)
        return self[place]

    def _in_sound(self, sounds: str) -> tuple[float, ...]:
        if sounds not in self._of_sound:
            same = [alike(word.whole, sounds) >= _IN_PLACE for word in self._words]
            self._of_sound[sounds] = tuple(_IN_PLACE if is_same else 0.0 for is_same in same)
        return self._of_sound[sounds]


def _parts(name: Name) -> tuple[Part, ...]:
    """All parts of a name, the father's last."""
    return (*name.parts, name.father) if name.father else name.parts


def _words_score(words: Sequence[Part], name: Name, in_place: Sequence[float], known: _Nearness) -> float:
    """How well the words of the query are found in the name or the place, each part of a name for one word."""
    values = [known[part] for part in _parts(name)]
    free = list(range(len(values)))
    total = 0.0
    for at, word in enumerate(words):
        value, best = 0.0, -1
        for part in free:
            if values[part][at] > value:
                value, best = values[part][at], part
        if best >= 0 and value >= max(POSSIBLE, in_place[at]):
            free.remove(best)
        elif word.role == FATHER and name.father is None:
            value = _FATHER_NOT_TOLD  # on one side only: neither for nor against
        total += max(value, in_place[at])
    return total / len(words) if words else 0.0


def _word_score(word: Part, part: Part) -> float:
    """How well one word of the query is this part of a name, or its beginning."""
    value = parts_alike(word, part, True)
    if value >= _TYPED_SO_FAR:  # nothing below can be more
        return value
    if part.has_ending and not word.has_ending:
        value = max(value, alike(word.whole, part.root) * (_FATHER_ONLY if part.role == FATHER else _TYPED_SO_FAR))
    typed = len(word.whole)
    if 2 <= typed < len(part.whole):
        value = max(value, alike(word.whole, part.whole[:typed]) * _TYPED_SO_FAR)
    return value


def _facts_score(query: Query, person: Findable) -> float:
    """What year and sex add or take away: 0.2 at most."""
    score = 0.1 if not query.year else 0.0
    score += 0.1 if not query.sex else 0.0
    if query.year and person.birth.earliest and person.birth.latest:
        gap = max(person.birth.earliest.year - query.year, query.year - person.birth.latest.year, 0)
        score += _AGREES if gap == 0 else _NEAR if gap <= _NEAR_YEARS else _DISAGREES
    if query.sex and person.sex:
        score += _AGREES if query.sex == person.sex else _DISAGREES
    return score
