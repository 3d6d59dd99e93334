"""Finding people, households and sites by whatever is remembered: a name in any spelling, a number, a phone, a paper.

A name's words are looked up among all words of names in the vault (`NameWords`), which gives the keys of whoever may be
meant; then everything in the query ranks them. Nothing restricted is read here, and nothing that a result shows is.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from panoh.base.ids import parse_number
from panoh.domain.find_keys import LAST, PAPER, PHONE, paper_number, phone_typed
from panoh.domain.household import Household, Site
from panoh.domain.lines import PersonLine
from panoh.domain.name_search import Query, parse_query, rank, words_of
from panoh.services.desk import Desk
from panoh.services.search_words import Asked, KnownWords, known_words, sites_meant, sites_named, sites_with
from panoh.store import finding, lines
from panoh.store.finding import Narrow
from panoh.store.units import Reading

ENOUGH = 20  # people found by two words together; with fewer, those with one of them are looked at too
LOOKED_AT = 40  # people whose names are held beside what was typed; more when a longer list is asked for
_NARROWED = 400  # namesakes among whom those are looked for of whom the rest of the query is so
_OF_EACH_WORD_NARROWED = 2_000
_OF_EACH_WORD = 60  # people looked at for one such word
_YEARS_AROUND = 2
_NUMBER_BEGINS = re.compile(r"^[0-9A-Z]{3,4}-?[0-9]{2,7}(-?[0-9A-Z])?$")
_EXACT, _ALMOST, _ENDS_SO = 100.0, 60.0, 90.0


@dataclass(frozen=True, slots=True)
class Found:
    """A person whom a search may mean; the score is 0 to 100."""

    line: PersonLine
    score: float


@dataclass(frozen=True, slots=True)
class HouseholdFound:
    """A household with this number, and who is in it, the head first."""

    household: Household
    members: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """What a search found, by kind."""

    people: tuple[Found, ...] = ()
    households: tuple[HouseholdFound, ...] = ()
    sites: tuple[tuple[Site, int], ...] = ()  # with how many people stay there
    household_numbers: dict[str, str] = field(default_factory=dict)  # of the people found, by household id


def search(desk: Desk, text: str, limit: int = 20) -> list[Found]:
    """People by name in any spelling, best first; a year, a sex or a place beside the name ranks. No text: the last registered.

    A number, Panoh's or the sender's, finds its person; the end of a phone number, or a paper's number, whoever has it.
    """
    with desk.reading() as reading:
        if not text.strip():
            return [Found(line, _EXACT) for line in lines.people_page(reading, 0, limit)]
        best = _best(desk, reading, text, limit)
        found = lines.people_by_id(reading, best)
    return [Found(found[person_id], round(score, 1)) for person_id, score in best.items()]


def everything(desk: Desk, text: str, limit: int = 10) -> Everything:
    """People, and households and sites whose number or name this is."""
    if not text.strip():
        return Everything()
    with desk.reading() as reading:
        best = _best(desk, reading, text, limit)
        found = lines.people_by_id(reading, best)
        homes = reading.where_in(Household, "id", (line.household_id for line in found.values()))
        sites = sites_named(known_words(desk, reading), text)
        return Everything(
            people=tuple(Found(found[person_id], round(score, 1)) for person_id, score in best.items()),
            households=_households(reading, text),
            sites=tuple((site, finding.count_at(reading, site.id)) for site in sites),
            household_numbers={home.id: home.number for home in homes},
        )


def numbered(reading: Reading, text: str) -> str:
    """The id of the person with this number, Panoh's or the sender's; '' if there is none."""
    return finding.numbered(reading, parse_number(text) or "", text.strip())


def _best(desk: Desk, reading: Reading, text: str, limit: int) -> dict[str, float]:
    """The people whom the text may mean with their scores, best first."""
    exact = numbered(reading, text)
    if exact:
        return {exact: _EXACT}
    best = _by_digits(reading, text, limit)
    if len(best) < limit:
        for person_id, score in _by_name(reading, known_words(desk, reading), parse_query(text), limit):
            best.setdefault(person_id, score)
    return dict(list(best.items())[:limit])


def _by_digits(reading: Reading, text: str, limit: int) -> dict[str, float]:
    """Whoever's number begins so, whose phone ends so, whose paper this is."""
    found: dict[str, float] = {}
    for beginning, score in _beginnings(text):
        for person_id in finding.number_begins(reading, beginning, limit):
            found.setdefault(person_id, score)
    for mark, typed in ((PHONE, phone_typed(text)), (PAPER, paper_number(text))):
        if typed and not (mark == PHONE and parse_query(text).year):
            for person_id in finding.between_keys(reading, [(mark + typed, mark + typed + LAST)], limit):
                found.setdefault(person_id, _ENDS_SO)
    return found


def _beginnings(text: str) -> list[tuple[str, float]]:
    """How numbers may begin that somebody types: so far without a dash, or with a check character that is wrong."""
    number = re.sub(r"[\s\u2013\u2014.]", "-", text.strip()).upper().replace("O", "0")
    if not _NUMBER_BEGINS.match(number) or number.isdigit():
        return []
    plain, found = number.replace("-", ""), []
    for code in (3, 4):
        counter = plain[code:]
        if counter[:5].isdigit():
            counted = counter[:5] if len(counter) > 5 and not counter[-1].isdigit() else counter
            found.append((f"{plain[:code]}-{counted}", _ALMOST))
            if len(counter) == 6:
                found.append((f"{plain[:code]}-{counter[:5]}-", _ALMOST))
    return found


# --- by name ---------------------------------------------------------------------------------------------------------


def _by_name(reading: Reading, known: KnownWords, query: Query, limit: int) -> list[tuple[str, float]]:
    words = words_of(query)
    at_sites = [sites_with(known, word) for word in words]
    asked = Asked(known, words, query.text)
    narrow = Narrow(
        years=(query.year - _YEARS_AROUND, query.year + _YEARS_AROUND) if query.year else None,
        sex=query.sex,
        site_ids=sites_meant(known, [ids for ids in at_sites if ids], query.text),
    )
    most = max(LOOKED_AT, 2 * limit)
    by_name = replace(narrow, site_ids=()) if all(at_sites) else narrow  # then no word is left to be a name
    ids = _candidates(reading, asked, by_name, most)
    if len(ids) < ENOUGH and narrow and all(at_sites):
        ids += finding.at_sites(reading, narrow, most)
    people = finding.named(reading, dict.fromkeys(ids))
    place: Callable[[finding.Named], str] = attrgetter("place")
    ranked = rank(query, people, other_names=attrgetter("other_names"), place=place, near=asked.near)
    return [(one.id, score) for one, score in ranked[:limit]]


def _candidates(reading: Reading, asked: Asked, narrow: Narrow, most: int) -> list[str]:
    """People who bear two of the words, those first of whom the rest is so too; if they are few, one of the words."""
    found = _with_pairs(reading, asked.pairs(), narrow, most)
    if len(found) < ENOUGH and (initials := asked.initials()):
        found += _in_ranges(reading, initials, narrow, most)
    for look in (asked.look_for_slips, asked.look_further):
        if len(asked.words) > 1 and len(found) < (ENOUGH if look == asked.look_for_slips else 1):
            look()
            found += _with_pairs(reading, asked.pairs(), narrow, most)
    if len(found) < ENOUGH:
        found += _in_ranges(reading, asked.ranges(), narrow, most)
    return list(dict.fromkeys(found))[:most]


def _with_pairs(reading: Reading, keys: Mapping[str, float], narrow: Narrow, most: int) -> list[str]:
    """Whoever has most and the likeliest of these keys; if they are many, those first of whom the rest is so too."""
    likely: dict[str, float] = {}
    for key, holders in finding.key_holders(reading, list(keys)).items():
        value = keys[key]
        for person_id in holders:
            likely[person_id] = likely.get(person_id, 0.0) + value
    found = heapq.nlargest(_NARROWED if narrow else most, likely, key=likely.__getitem__)
    if narrow and len(found) > most:
        so = finding.those(reading, found, narrow)
        found.sort(key=lambda person_id: person_id not in so)
        # Some of the others stay in, because what is remembered beside a name may be wrong.
        found = [
            *found[: most * 3 // 4],
            *(one for one in heapq.nlargest(most, likely, key=likely.__getitem__) if one not in so),
        ]
    return found[:most]


def _in_ranges(reading: Reading, ranges: Sequence[tuple[str, str]], narrow: Narrow, most: int) -> list[str]:
    """Whoever has a key in one of these ranges; those first, of a few thousand, of whom the rest of the query is so too."""
    found: dict[str, None] = {}
    for at in range(0, len(ranges) if narrow else 0, 4):
        if len(found) < most:
            ids = finding.between_keys(reading, ranges[at : at + 4], _OF_EACH_WORD_NARROWED)
            so = finding.those(reading, ids, narrow)
            found.update(dict.fromkeys(person_id for person_id in ids if person_id in so))
    for at in range(0, len(ranges), 4):
        if len(found) < most:
            found.update(dict.fromkeys(finding.between_keys(reading, ranges[at : at + 4], _OF_EACH_WORD)))
    return list(found)[:most]


# --- households and sites --------------------------------------------------------------------------------------------


def _households(reading: Reading, text: str) -> tuple[HouseholdFound, ...]:
    number = parse_number(text)
    beginnings = [number] if number else [beginning for beginning, _score in _beginnings(text)]
    homes = finding.households_numbered(reading, beginnings, text.strip())
    return tuple(HouseholdFound(home, tuple(lines.household_members(reading, home.id))) for home in homes)
