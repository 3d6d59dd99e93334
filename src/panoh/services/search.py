"""Finding people, households and sites by whatever is remembered: a name in any spelling, a number, a phone, a paper.

A name's words are looked up among all words of names in the vault (`NameWords`), which gives the keys of whoever may be
meant; then everything in the query ranks them. Nothing restricted is read here, but a paper of a kind that is shown by
role only: its number finds its holder for those alone who may see it.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from panoh.base.ids import parse_number, possible_numbers
from panoh.domain.cases import Export
from panoh.domain.check_codes import SIGNS
from panoh.domain.find_keys import LAST, PAPER, PHONE, WITHHELD_PAPER, paper_number, phone_typed
from panoh.domain.household import Household, Site
from panoh.domain.lines import PersonLine
from panoh.domain.name_search import Query, parse_query, rank, words_of
from panoh.domain.tracing_papers import NEWS
from panoh.services import cards
from panoh.services.cards import Scanned
from panoh.services.desk import Desk
from panoh.services.need_to_know import known_to, may_know, told_line
from panoh.services.search_words import Asked, KnownWords, known_words, sites_meant, sites_named, sites_with
from panoh.store import contents, finding, lines
from panoh.store.finding import Narrow
from panoh.store.tables import table
from panoh.store.units import Reading

ENOUGH = 20  # people found by two words together; with fewer, those with one of them are looked at too
LOOKED_AT = 40  # people whose names are held beside what was typed; more when a longer list is asked for
_NARROWED = 400  # namesakes among whom those are looked for of whom the rest of the query is so
_OF_EACH_WORD_NARROWED = 2_000
_OF_EACH_WORD = 60  # people looked at for one such word
_YEARS_AROUND = 2
_NUMBER_BEGINS = re.compile(
    r"^([0-9A-Z]{3,4})-([0-9]{1,4})$"
)  # what is longer is a whole number, with its check or without
_EXPORT_NUMBER = re.compile(rf"^[{SIGNS}]{{4}}-[{SIGNS}]{{3}}$")
_EXACT, _BEGINS_SO, _ENDS_SO = 100.0, 60.0, 90.0


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
    photos: dict[str, bytes] = field(default_factory=dict, repr=False)  # small ones, of the people found, by their id
    card: Scanned | None = None  # the registration card with this number


def people(desk: Desk, text: str, limit: int = 20) -> list[Found]:
    """People by name in any spelling, best first; a year, a sex or a place beside the name ranks. No text: the last registered.

    A number, Panoh's or the sender's, finds its person, and a household's number its members; Panoh's also without its
    check character, because it is read off paper and told by phone. The end of a phone number, or a paper's number,
    finds whoever has it.
    """
    with desk.reading() as reading:
        if not text.strip():
            return [Found(told_line(desk, line), _EXACT) for line in lines.people_page(reading, 0, limit)]
        best, found = _known(desk, reading, text, limit)
    return [Found(told_line(desk, found[person_id]), round(score, 1)) for person_id, score in best.items()]


def everything(desk: Desk, text: str, limit: int = 10) -> Everything:
    """People, and households and sites whose number or name this is."""
    if not text.strip():
        return Everything()
    with desk.reading() as reading:
        best, found = _known(desk, reading, text, limit)
        homes = reading.where_in(Household, "id", (line.household_id for line in found.values()))
        sites = sites_named(known_words(desk, reading), text)
        return Everything(
            people=tuple(
                Found(told_line(desk, found[person_id]), round(score, 1)) for person_id, score in best.items()
            ),
            households=_households(desk, reading, text),
            sites=tuple((site, finding.count_at(reading, site.id)) for site in sites),
            household_numbers={home.id: home.number for home in homes},
            photos=contents.thumbnails(reading, known_to(desk, found)),
            card=cards.with_number(reading, text, desk.clock.today()),
        )


def _known(desk: Desk, reading: Reading, text: str, limit: int) -> tuple[dict[str, float], dict[str, PersonLine]]:
    """The best with their lines. Somebody masked is found by the whole number alone: a name that finds them tells it."""
    best = _best(desk, reading, text, limit)
    found = lines.people_by_id(reading, best)
    numbers = {*possible_numbers(text), text.strip().upper()}
    told = {one: line for one, line in found.items() if may_know(desk, line) or line.number in numbers}
    return {one: score for one, score in best.items() if one in told}, told


def numbered(reading: Reading, text: str) -> str:
    """The id of the person with this number, Panoh's or the sender's; '' if there is none."""
    return finding.numbered(reading, parse_number(text) or "", text.strip())


def _best(desk: Desk, reading: Reading, text: str, limit: int) -> dict[str, float]:
    """The people whom the text may mean with their scores, best first."""
    exact = _exactly(reading, text)[:limit]
    if exact:
        return dict.fromkeys(exact, _EXACT)
    best = _by_digits(desk, reading, text, limit)
    if len(best) < limit:
        for person_id, score in _by_name(reading, known_words(desk, reading), parse_query(text), limit):
            best.setdefault(person_id, score)
    return dict(list(best.items())[:limit])


def _exactly(reading: Reading, text: str) -> list[str]:
    numbers = possible_numbers(text)
    found = finding.numbered_any(reading, numbers) if numbers else []
    return found or [one for one in [finding.numbered(reading, "", text.strip()) or _of_news(reading, text)] if one]


def _of_news(reading: Reading, text: str) -> str:
    """Whose family news bear this number, with which alone the answer comes back; '' if it is none."""
    number = text.strip().upper()
    if not _EXPORT_NUMBER.match(number):
        return ""
    c = table(Export).c
    found = reading.first(Export, c.export_no == number, c.kind == NEWS)
    return found.person_id if found else ""


def _by_digits(desk: Desk, reading: Reading, text: str, limit: int) -> dict[str, float]:
    """Whoever's number begins so, whose phone ends so, whose paper this is."""
    beginning = _beginning(text)
    found = dict.fromkeys(finding.number_begins(reading, beginning, limit) if beginning else (), _BEGINS_SO)
    phone, paper = "" if parse_query(text).year else phone_typed(text), paper_number(text)
    for mark, typed in ((PHONE, phone), (PAPER, paper), (WITHHELD_PAPER, paper)):
        if typed:
            holders = finding.between_keys(reading, [(mark + typed, mark + typed + LAST)], limit)
            told = _who_may_be_told(desk, reading, holders) if mark == WITHHELD_PAPER else holders
            found |= {person_id: _ENDS_SO for person_id in told if person_id not in found}
    return found


def _who_may_be_told(desk: Desk, reading: Reading, ids: Sequence[str]) -> list[str]:
    """Those of these people whose restricted facts this user may read."""
    found = lines.people_by_id(reading, ids)
    return [person_id for person_id in ids if desk.may_see_restricted(found[person_id].owner_id)]


def _beginning(text: str) -> str:
    """How a number begins that somebody is still typing; '' when it is something else, or whole."""
    typed = _NUMBER_BEGINS.match(re.sub(r"[\s\u2013\u2014.]", "-", text.strip()).upper())
    return f"{typed[1]}-{typed[2]}" if typed else ""


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


def _households(desk: Desk, reading: Reading, text: str) -> tuple[HouseholdFound, ...]:
    beginnings = possible_numbers(text) or tuple(filter(None, [_beginning(text)]))
    homes = finding.households_numbered(reading, beginnings, text.strip())
    members = ((home, lines.household_members(reading, home.id)) for home in homes)
    return tuple(HouseholdFound(home, tuple(told_line(desk, line) for line in found)) for home, found in members)
