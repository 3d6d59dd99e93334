"""Finding people, households and sites by whatever is remembered: a name in any spelling, a number, a phone, a paper.

A name's words are looked up among all words of names in the vault (`NameWords`), which gives the keys of whoever may be
meant; then everything in the query ranks them. Nothing restricted is read here, and nothing that a result shows is.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from weakref import WeakKeyDictionary

from panoh.base.ids import parse_number
from panoh.domain.find_keys import (
    FATHER,
    LAST,
    PAPER,
    PHONE,
    marked,
    pair_key,
    paper_number,
    phone_typed,
    word_range,
)
from panoh.domain.household import Household, Site
from panoh.domain.lines import PersonLine
from panoh.domain.name_letters import fold
from panoh.domain.name_parts import Part
from panoh.domain.name_search import Query, parse_query, rank, words_of
from panoh.domain.name_sounds import alike, sound
from panoh.domain.name_words import NameWords
from panoh.services.desk import Desk
from panoh.store import finding, lines
from panoh.store.finding import ANYBODY, Narrow
from panoh.store.store import Store
from panoh.store.units import Reading

ENOUGH = 20  # people found by two words together; with fewer, those with one of them are looked at too
LOOKED_AT = 40  # people whose names are held beside what was typed; more when a longer list is asked for
_PAIRS = 300  # keys of two words that are looked up, the likeliest
_NEAR, _NEAR_UNFINISHED, _NEAR_FATHERS, _NEAR_SLIPS, _NEAR_FAR = 12, 24, 6, 12, 40  # words for one that was typed
_ONE_WORD = 0.75  # a word alone must be so like what was typed
_NARROWED = 400  # namesakes among whom those are looked for of whom the rest of the query is so
_OF_EACH_WORD = 60  # people looked at for one such word
_AS_FATHER = 0.8  # a word without an ending may be the father's name
_SAME_PLACE = 0.9
_YEARS_AROUND = 2
_RELOAD = 5_000  # changes after which the words are all read again
_NUMBER_BEGINS = re.compile(r"^[0-9A-Z]{3,4}-?[0-9]{2,7}(-?[0-9A-Z])?$")
_FIGURES = re.compile(r"\d{1,3}")
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
        sites = _sites_named(_known(desk, reading), text)
        return Everything(
            people=tuple(Found(found[person_id], round(score, 1)) for person_id, score in best.items()),
            households=_household(reading, text),
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
        for person_id, score in _by_name(reading, _known(desk, reading), parse_query(text), limit):
            best.setdefault(person_id, score)
    return dict(list(best.items())[:limit])


def _by_digits(reading: Reading, text: str, limit: int) -> dict[str, float]:
    """Whoever's number begins so, whose phone ends so, whose paper this is."""
    found: dict[str, float] = {}
    number = re.sub(r"[\s–—.]", "-", text.strip()).upper().replace("O", "0")
    if _NUMBER_BEGINS.match(number) and not number.isdigit():
        for beginning, score in _beginnings(number):
            for person_id in finding.number_begins(reading, beginning, limit):
                found.setdefault(person_id, score)
    for mark, typed in ((PHONE, phone_typed(text)), (PAPER, paper_number(text))):
        if typed and not (mark == PHONE and parse_query(text).year):
            for person_id in finding.between_keys(reading, [(mark + typed, mark + typed + LAST)], limit):
                found.setdefault(person_id, _ENDS_SO)
    return found


def _beginnings(number: str) -> list[tuple[str, float]]:
    """How numbers may begin that somebody types: so far without a dash, or with a check character that is wrong."""
    plain = number.replace("-", "")
    found = []
    for code in (3, 4):
        counter, check = plain[code:], plain[-1:]
        if counter[:5].isdigit():
            found.append(
                (f"{plain[:code]}-{counter[:5] if len(counter) > 5 and not check.isdigit() else counter}", _ALMOST)
            )
            if len(counter) == 6:
                found.append((f"{plain[:code]}-{counter[:5]}-", _ALMOST))
    return found


# --- by name ---------------------------------------------------------------------------------------------------------


class _Known:
    """The words of names and of places in an open vault, kept while nothing changes; gone with it when it is locked."""

    def __init__(self) -> None:
        self.names, self.fathers = NameWords(), NameWords()
        self.sites: list[tuple[Site, frozenset[str]]] = []
        self._read_at = -1

    def refresh(self, reading: Reading) -> None:
        now = finding.last_change(reading)
        if now == self._read_at:
            return
        few = 0 <= self._read_at <= now <= self._read_at + _RELOAD
        words = finding.words_since(reading, self._read_at) if few else finding.every_word(reading)
        self.names.add(word for word in words if not word.startswith(FATHER))
        self.fathers.add(word[1:] for word in words if word.startswith(FATHER))
        self.sites = [(site, _sounds(site.name)) for site in finding.sites(reading)]
        self._read_at = now


_KNOWN: WeakKeyDictionary[Store, _Known] = WeakKeyDictionary()


def _known(desk: Desk, reading: Reading) -> _Known:
    known = _KNOWN.setdefault(desk.store, _Known())
    known.refresh(reading)
    return known


def _sounds(text: str) -> frozenset[str]:
    """The words of a place by sound, and its figures."""
    return frozenset(filter(None, map(sound, fold(text).split()))).union(_FIGURES.findall(text))


def _by_name(reading: Reading, known: _Known, query: Query, limit: int) -> list[tuple[str, float]]:
    words = words_of(query)
    at_sites = [_sites_with(known, word) for word in words]
    asked = _Asked(known, words, query.text)
    narrow = Narrow(
        years=(query.year - _YEARS_AROUND, query.year + _YEARS_AROUND) if query.year else None,
        sex=query.sex,
        site_ids=_sites_meant(known, [ids for ids in at_sites if ids], query.text),
    )
    most = max(LOOKED_AT, 2 * limit)
    ids = _candidates(reading, asked, narrow, most)
    if len(ids) < ENOUGH and narrow and all(at_sites):
        ids += finding.at_sites(reading, narrow, most)
    people = finding.named(reading, dict.fromkeys(ids))
    place: Callable[[finding.Named], str] = attrgetter("place")
    ranked = rank(query, people, other_names=attrgetter("other_names"), place=place, near=asked.near)
    return [(one.id, score) for one, score in ranked[:limit]]


def _sites_with(known: _Known, word: Part) -> set[str]:
    """Sites in whose name this word stands."""
    return {site.id for site, sounds in known.sites if any(_is_word(other, word.whole) for other in sounds)}


def _is_word(one: str, other: str) -> bool:
    """Whether two words of places are one; figures are only themselves."""
    return one == other or (not (one.isdigit() or other.isdigit()) and alike(one, other) >= _SAME_PLACE)


def _sites_meant(known: _Known, by_word: list[set[str]], text: str) -> tuple[str, ...]:
    """The sites of which all words hold that are of sites at all, and the figures ('School 14'); else of which some hold."""
    if not by_word:
        return ()
    ids = set.intersection(*by_word) or set.union(*by_word)
    figures = set(_FIGURES.findall(text))
    numbered_so = {site.id for site, sounds in known.sites if site.id in ids and figures & sounds}
    return tuple(sorted(numbered_so or ids))


class _Asked:
    """The words of a query, and which words of names each may be."""

    def __init__(self, known: _Known, words: Sequence[Part], text: str) -> None:
        self._known = known
        self.words = words
        unfinished = fold(text).rpartition(" ")[2] if text and not text[-1].isspace() else ""
        self._unfinished = [word.word == unfinished for word in words]
        self.own, self.fathers = self._look_up(far=False)

    @property
    def near(self) -> list[dict[str, float]]:
        """For each word the roots that it may be, of one's own name and of the father's."""
        return [father | own for own, father in zip(self.own, self.fathers, strict=True)]

    def _look_up(self, *, far: bool) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
        own, fathers = [], []
        for word, unfinished in zip(self.words, self._unfinished, strict=True):
            most = _NEAR_FAR if far else _NEAR_UNFINISHED if unfinished else _NEAR
            is_father = marked(word).startswith(FATHER)
            own.append({} if is_father else self._known.names.near(word, most, unfinished=unfinished, far=far))
            weight = 1.0 if is_father else 0.0 if word.has_ending else _AS_FATHER
            found = self._known.fathers.near(word, _NEAR_FATHERS, unfinished=unfinished, far=far) if weight else {}
            fathers.append({root: weight * value for root, value in found.items()})
        return own, fathers

    def look_for_slips(self) -> None:
        """Take in words that differ by one slip, which changes short words more than another spelling does."""
        for at, word in enumerate(self.words):
            if not marked(word).startswith(FATHER):
                self.own[at] = self._known.names.one_slip(word, _NEAR_SLIPS) | self.own[at]

    def look_further(self) -> None:
        """Take in words that are less like what was typed."""
        self.own, self.fathers = self._look_up(far=True)

    def marked(self, at: int) -> list[tuple[str, float]]:
        """The words, as keys hold them, that the word at this place may be."""
        return [*self.own[at].items(), *((FATHER + root, value) for root, value in self.fathers[at].items())]

    def pairs(self) -> dict[str, float]:
        """The keys of whoever may bear two of the words, the likeliest, each with how likely."""
        keys: dict[str, float] = {}
        for at in range(len(self.words)):
            for after in range(at + 1, len(self.words)):
                others = self.marked(after)
                for one, value in self.marked(at):
                    for other, other_value in others:
                        key = pair_key(one, other)
                        keys[key] = max(keys.get(key, 0.0), value + other_value)
        if len(keys) <= _PAIRS:
            return keys
        return {key: keys[key] for key in heapq.nlargest(_PAIRS, keys, key=keys.__getitem__)}

    def ranges(self) -> list[tuple[str, str]]:
        """Between which keys those stand who bear one of the words, the likeliest first."""
        single = {word: value for at in range(len(self.words)) for word, value in self.marked(at) if value >= _ONE_WORD}
        return [word_range(word) for word in sorted(single, key=lambda word: (-single[word], word))]

    def initials(self) -> list[tuple[str, str]]:
        """Between which keys those stand who bear one word and another that begins with a letter that was typed."""
        letters = [word.whole for word in self.words if len(word.whole) == 1]
        return [
            word_range(word, letter) for at in range(len(self.words)) for word in self.own[at] for letter in letters
        ]


def _candidates(reading: Reading, asked: _Asked, narrow: Narrow, most: int) -> list[str]:
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
    found: dict[str, None] = {}
    for so in dict.fromkeys((narrow, ANYBODY)):
        for at in range(0, len(ranges), 4):
            if len(found) < most:
                found.update(dict.fromkeys(finding.between_keys(reading, ranges[at : at + 4], _OF_EACH_WORD, so)))
    return list(found)[:most]


# --- households and sites --------------------------------------------------------------------------------------------


def _household(reading: Reading, text: str) -> tuple[HouseholdFound, ...]:
    home = finding.household_numbered(reading, parse_number(text) or "", text.strip())
    return (HouseholdFound(home, tuple(lines.household_members(reading, home.id))),) if home else ()


def _sites_named(known: _Known, text: str) -> list[Site]:
    """Sites of which every word that was typed is in the name, or begins a word of it; or with this number."""
    number, typed = parse_number(text), _sounds(text)
    return [
        site
        for site, sounds in known.sites
        if (number and site.number == number)
        or (typed and all(any(_begins(other, word) for other in sounds) for word in typed))
    ][:5]


def _begins(whole: str, typed: str) -> bool:
    return _is_word(whole, typed) or (len(typed) >= 2 and _is_word(whole[: len(typed)], typed))
