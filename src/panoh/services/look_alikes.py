"""Who may be the person of a half-typed row: found by name and birth, compared as a whole vault is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from panoh.base.errors import FieldProblem
from panoh.domain.dates import AGE, DAY, MONTH, RANGE, YEAR, PartialDate, parse_date
from panoh.domain.duplicates.reasons import match_of
from panoh.domain.find_keys import PHONE as PHONE_MARK
from panoh.domain.find_keys import phone_backwards
from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import Match
from panoh.domain.name_keys import search_keys
from panoh.domain.names import FullName, split_full_name
from panoh.services.desk import Desk
from panoh.services.need_to_know import known_to, told_line
from panoh.store import duplicates as store
from panoh.store import lines
from panoh.store.units import Reading

if TYPE_CHECKING:
    from panoh.domain.duplicates.arrays import Ints
    from panoh.domain.duplicates.crowds import Crowds

LEAST = 25  # while little is typed, weak hits are shown too; one of nine newcomers who are new sees one
PHONE = 8  # the place of the phone in a row
MOST_COMPARED = 75  # people whose records are read for one row
FATHER_MARK = "f"  # with which the keys of a father's name begin, see domain.name_keys
_MASKED = 20  # so many of the best may be masked for the user, who is told of those after them
_AGES_WRONG = 3  # years by which an age that was told may be wrong
_SLIPS = (1, 10, 365, 366, 2, 20, 30, 31)  # days, as in domain.duplicates.blocking
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Someone registered who may be the person being typed; `other_name` is the name in another script, if any."""

    line: PersonLine
    other_name: str
    match: Match


def open_papers(desk: Desk, reading: Reading, people: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Person and number of papers. Of a kind that is shown by role only none is compared: a reason would tell of it."""
    kinds = desk.vocabularies["document_kind"]
    return store.papers(reading, [term.code for term in kinds if kinds.restricted(term.code)], people)


def probable(
    desk: Desk, row_name: str, sex: str, birth_text: str, address_before: str, limit: int = 5, phone: str = ""
) -> list[Duplicate]:
    """Who may be the person of a half-typed row, best first. A date that cannot be read yet counts as not known."""
    typed, today = split_full_name(row_name), desk.clock.today()
    try:
        birth = parse_date(birth_text, today)
    except FieldProblem:
        birth = PartialDate()
    first, last = birth.earliest, birth.latest
    days = (first.isoformat() if first else None, last.isoformat() if last else None)
    row = (*typed, sex, birth.precision, *days, address_before.strip(), phone, None, "")
    with desk.reading() as reading:
        looked_at = _candidates(reading, typed, sex, birth, phone)
        others = store.other_names(reading, looked_at.ids)
        best = _compared(reading, row, looked_at, others, today)
        shown = known_to(desk, lines.people_by_id(reading, [one for one, _match in best[: limit + _MASKED]]))
        best = [each for each in best if each[0] in shown][:limit]
    first_other = dict(reversed(others))
    return [Duplicate(told_line(desk, shown[one]), first_other.get(one, ""), match) for one, match in best]


def _compared(
    reading: Reading, row: tuple[Any, ...], people: _LookedAt, others: list[tuple[str, str]], today: date
) -> list[tuple[str, Match]]:
    """Those of the people who may be the newcomer, best first."""
    import numpy as np

    from panoh.domain.duplicates.between import days
    from panoh.domain.duplicates.evidence import Commonness
    from panoh.domain.duplicates.register import Gathering
    from panoh.domain.duplicates.sweep import compare

    known = store.some(reading, people.ids)
    if not known:
        return []
    ids = [one for one, _fields in known]
    number = {one: at for at, one in enumerate(ids, 1)}
    gathering = Gathering()
    gathering.add([row, *(fields for _one, fields in known)])
    gathering.add_names((number[one], name) for one, name in others if one in number)
    if row[PHONE]:
        gathering.add_phones((number[one], phone) for one, phone in store.further_phones(reading, ids))
    register = gathering.register()
    mine, theirs = (np.flatnonzero(which).astype(np.int32) for which in (register.owner == 0, register.owner != 0))
    common = Commonness.of_few(register, store.people_count(reading), people.bearers)
    pairs = np.repeat(mine, len(theirs)), np.tile(theirs, len(mine))
    found = compare(register, *pairs, common, days(today), LEAST)
    matches = zip(found.b.tolist(), found.reasons(), strict=True)
    return [(ids[at - 1], match_of(reasons)) for at, reasons in matches]


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """Who is compared with a newcomer, and how many bear the given, the family and the father's name; -1 is not known."""

    ids: list[str]
    bearers: tuple[int, int, int]


def _candidates(reading: Reading, typed: FullName, sex: str, birth: PartialDate, phone: str) -> _LookedAt:
    """Those with this phone, those with two of the names, those born on such a day, and those with one name whole who were born about then.

    The likeliest first: by far most of those who share one name are somebody else.
    """
    from panoh.domain.duplicates.crowds import NOBODY, Crowds, any_and_two, first_of, union

    keys = [_keys(typed.given), _keys(typed.family), _keys(typed.patronymic)]
    if sex == "M" and typed.family:
        keys[2] = []  # a man's own names do not change
    crowds = Crowds()
    called = PHONE_MARK + phone_backwards(phone)
    holders = store.key_holders(reading, [called, *(key for words in keys for word in words for key in word)])
    of_key = {key: crowds.of(ids) for key, ids in holders.items()}
    of_words = [[[of_key[key] for key in word] for word in words] for words in keys]
    counted = [[any_and_two(word) for word in words] for words in of_words]
    bearers = [len(union([two for _any, two in words])) if words else -1 for words in counted]
    likely = _likely(reading, sex, birth, crowds, [word for words in counted for word in words])
    found = first_of(chain([of_key.get(called, NOBODY)], likely), MOST_COMPARED)
    return _LookedAt(crowds.ids(found), (bearers[0], bearers[1], bearers[2]))


def _likely(
    reading: Reading, sex: str, birth: PartialDate, crowds: Crowds, words: Sequence[tuple[Ints, Ints]]
) -> Iterator[Ints]:
    """The crowds of `_candidates`, of whoever has a key of each word, and of whoever has two of its keys."""
    from panoh.domain.duplicates.crowds import both, in_two

    sexes = ("F", "M", "X", "") if sex in ("", "X") else (sex, "X", "")
    on_day = crowds.of(_born_on(reading, sexes, birth))
    for names, _whole in words:
        yield both(on_day, names)
    about = crowds.of(_born_about(reading, sexes, birth))
    if len(words) > 1:
        yield both(in_two([whole for _any, whole in words]), about)
        two_names = in_two([names for names, _whole in words])
        yield both(two_names, about)
    for _any, whole in words:
        yield both(whole, about)
    if len(words) > 1:
        yield two_names
    yield on_day
    if len(words) == 1 and birth.earliest is None:
        yield words[0][0]


def _keys(name: str) -> list[list[str]]:
    """The keys of each word of a name; of a father's name only those of fathers."""
    words = search_keys(name)
    fathers = [[key for key in keys if key.startswith(FATHER_MARK)] for keys in words]
    return [sorted(of_fathers or keys) for of_fathers, keys in zip(fathers, words, strict=True)]


def _born_on(reading: Reading, sexes: Sequence[str], birth: PartialDate) -> bytes:
    """Everyone with a birth on this day, on one that differs by a slip, or with day and month swapped."""
    day = birth.earliest
    if birth.precision != DAY or day is None:
        return b""
    near = [day, *(day + timedelta(days=sign * slip) for slip in _SLIPS for sign in (1, -1))]
    if day.day <= 12:
        near.append(date(day.year, day.day, day.month))
    return store.born_on(reading, sexes, [each.isoformat() for each in near])


def _born_about(reading: Reading, sexes: Sequence[str], birth: PartialDate) -> bytes:
    """Everyone who may be born about then; beside a day, whoever's birth is not told to the day."""
    if birth.earliest is None or birth.latest is None:
        return b""
    ages = birth.precision in (AGE, RANGE)
    precisions = (AGE, RANGE, MONTH, YEAR) if birth.precision == DAY else (AGE, RANGE, MONTH, YEAR, DAY)
    first = (
        birth.earliest - (_AGES_WRONG + ages) * _YEAR
    )  # an age may be wrong, and is kept as the earliest day it may mean
    last = birth.latest + (_AGES_WRONG if ages else 1) * _YEAR
    return store.born_about(reading, sexes, precisions, first.isoformat(), last.isoformat())
