"""Searching by what one remembers: a name in any spelling, and beside it a year, a sex, a place or a number.

Words find people by their keys (`name_keys.search_keys`); everything in the query ranks them. Nothing that is not
a name ever excludes a person: a wrongly remembered year only ranks lower.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from rapidfuzz.distance import OSA

from panoh.base.ids import parse_number
from panoh.domain.dates import PartialDate
from panoh.domain.name_parts import FATHER, Name, Part, name_of, read_name
from panoh.domain.name_sounds import alike
from panoh.domain.names import POSSIBLE, parts_alike

_YEAR = re.compile(r"^(19|20)\d\d$")
_WOMAN = "woman girl female женщина девочка девушка жен аёл ayol аял"
_MAN = "man boy male мужчина мальчик муж эркак erkak эркек"
_SEX_WORDS = dict.fromkeys(_WOMAN.split(" "), "F") | dict.fromkeys(_MAN.split(" "), "M")
_IN_PLACE = 0.9  # a word of the place beside a word of the name
_TYPED_SO_FAR = 0.9  # the beginning of a word beside the whole of it
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
    for word in text.split():
        if _YEAR.match(word):
            year = int(word)
        elif word.casefold() in _SEX_WORDS:
            sex = _SEX_WORDS[word.casefold()]
        else:
            words.append(word)
    return Query(tuple(words), year, sex)


def rank(
    query: Query,
    people: Iterable[F],
    *,
    other_names: Callable[[F], Sequence[str]] = lambda _: (),
    place: Callable[[F], str] = lambda _: "",
) -> list[tuple[F, float]]:
    """The people whom the query may mean, best first, each with a score of 0 to 100; the others are left out."""
    words = _parts(read_name(query.text))
    places = _Places(words)
    known: dict[Part, tuple[float, ...]] = {}  # how well each word of the query is a part that was met before
    namesakes: dict[tuple[Name, str], float] = {}
    scored: list[tuple[F, float]] = []
    for person in people:
        where, score = place(person), 0.0
        own = name_of(person.given_name, person.family_name, person.patronymic)
        for name in (own, *map(read_name, other_names(person))):
            if (name, where) not in namesakes:
                namesakes[name, where] = _words_score(words, name, places[where], known)
            score = max(score, namesakes[name, where])
        if score >= POSSIBLE or not words:
            scored.append((person, 100 * max(0.0, _OF_WORDS * score + _facts_score(query, person))))
    return sorted(scored, key=lambda each: -each[1])


def shortlist(
    query: Query,
    people: Sequence[F],
    most: int,
    *,
    other_names: Callable[[F], Sequence[str]] = lambda _: (),
    place: Callable[[F], str] = lambda _: "",
) -> Sequence[F]:
    """The `most` people who are likely to stand first in the ranking, found by a quick look, in no order.

    Sounds are compared letter by letter, so that it costs a tenth of ranking.
    """
    words = _parts(read_name(query.text))
    if not words or len(people) <= most:
        return people
    given, others = _QuickLook(words, name_of), _QuickLook(words, read_name)
    family, father = _QuickLook(words, partial(name_of, "")), _QuickLook(words, partial(name_of, "", ""))
    places = _Places(words)
    with_father = len(words) > 2 or any(word.role == FATHER for word in words)

    def likelihood(person: F) -> float:
        found = [places[place(person)], given[person.given_name], family[person.family_name]]
        found += [others[name] for name in other_names(person)]
        if with_father:
            found.append(father[person.patronymic])
        best: float = sum(map(max, *found))
        return _OF_WORDS * best / len(words) + _facts_score(query, person)

    return heapq.nlargest(most, people, key=likelihood)


class _QuickLook(dict[str, tuple[float, ...]]):
    """About how well each word of a query is in the text of a field, worked out once for each text."""

    def __init__(self, words: Sequence[Part], read: Callable[[str], Name]) -> None:
        self._words = words
        self._read = read

    def __missing__(self, text: str) -> tuple[float, ...]:
        parts = _parts(self._read(text))
        self[text] = tuple([max([_nearness(word, part) for part in parts], default=0.0) for word in self._words])
        return self[text]


class _Places(dict[str, tuple[float, ...]]):
    """How well each word of a query is in the name of a place, worked out once for each place."""

    def __init__(self, words: Sequence[Part]) -> None:
        self._words = words

    def __missing__(self, place: str) -> tuple[float, ...]:
        sounds = [part.whole for part in read_name(place).parts]
        self[place] = tuple(
            max((_IN_PLACE for other in sounds if alike(word.whole, other) >= _IN_PLACE), default=0.0)
            for word in self._words
        )
        return self[place]


def _parts(name: Name) -> tuple[Part, ...]:
    """All parts of a name, the father's last."""
    return (*name.parts, name.father) if name.father else name.parts


def _nearness(word: Part, part: Part) -> float:
    """The share of letters that are the same, in the likeliest reading; 1 for forms of one known name."""
    if word.root == part.root or not (word.known | word.short_for).isdisjoint(part.known | part.short_for):
        return 1.0
    same: Callable[[str, str], float] = OSA.normalized_similarity
    best: float = max(same(word.root, part.root), same(word.whole, part.whole[: len(word.whole)]))
    if word.other or part.other:
        best = max(best, same(word.other, part.root), same(word.root, part.other))
    return best


def _words_score(
    words: Sequence[Part], name: Name, in_place: Sequence[float], known: dict[Part, tuple[float, ...]]
) -> float:
    """How well the words of the query are found in the name or the place, each part of a name for one word."""
    parts = _parts(name)
    for part in parts:
        if part not in known:
            known[part] = tuple([_word_score(word, part) for word in words])
    taken: set[Part] = set()
    total = 0.0
    for at in range(len(words)):
        value, best = max(
            ((known[part][at], part) for part in parts if part not in taken), key=_first, default=(0.0, None)
        )
        if best and value >= max(POSSIBLE, in_place[at]):
            taken.add(best)
        total += max(value, in_place[at])
    return total / len(words) if words else 0.0


def _first(pair: tuple[float, Part]) -> float:
    return pair[0]


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
