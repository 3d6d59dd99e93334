"""The words that somebody types to find people, beside the words that names and places in the vault hold."""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from panoh.base.ids import parse_number
from panoh.domain.find_keys import FATHER, marked, pair_key, word_range
from panoh.domain.household import Site
from panoh.domain.name_letters import fold
from panoh.domain.name_parts import Part
from panoh.domain.name_sounds import alike, sound
from panoh.domain.name_words import NameWords
from panoh.services.desk import Desk
from panoh.store import finding
from panoh.store.store import Store
from panoh.store.units import Reading

_PAIRS = 300  # keys of two words that are looked up, the likeliest
_NEAR, _NEAR_UNFINISHED, _NEAR_FATHERS, _NEAR_SLIPS, _NEAR_FAR = 12, 24, 6, 12, 40  # words for one that was typed
_ONE_WORD = 0.75  # a word alone must be so like what was typed
_AS_FATHER = 0.8  # a word without an ending may be the father's name
_SAME_PLACE = 0.9
_RELOAD = 5_000  # changes after which the words are all read again
_FIGURES = re.compile(r"\d{1,3}")


class KnownWords:
    """The words of names and of places in an open vault, kept while nothing changes; gone with it when it is locked."""

    def __init__(self) -> None:
        self.names, self.fathers = NameWords(), NameWords()
        self.sites: list[tuple[Site, frozenset[str]]] = []
        self._read_at = -1

    def refresh(self, reading: Reading) -> None:
        """Take in what was written since the last time; all of it when that is much."""
        now = finding.last_change(reading)
        if now == self._read_at:
            return
        few = 0 <= self._read_at <= now <= self._read_at + _RELOAD
        words = finding.words_since(reading, self._read_at) if few else finding.every_word(reading)
        self.names.add(word for word in words if not word.startswith(FATHER))
        self.fathers.add(word[1:] for word in words if word.startswith(FATHER))
        self.sites = [(site, _sounds(site.name)) for site in finding.sites(reading)]
        self._read_at = now


_KNOWN: WeakKeyDictionary[Store, KnownWords] = WeakKeyDictionary()


def known_words(desk: Desk, reading: Reading) -> KnownWords:
    """The words of this vault as it stands."""
    known = _KNOWN.setdefault(desk.store, KnownWords())
    known.refresh(reading)
    return known


def _sounds(text: str) -> frozenset[str]:
    """The words of a place by sound, and its figures."""
    return frozenset(filter(None, map(sound, fold(text).split()))).union(_FIGURES.findall(text))


def sites_with(known: KnownWords, word: Part) -> set[str]:
    """Sites in whose name this word stands."""
    return {site.id for site, sounds in known.sites if any(_is_word(other, word.whole) for other in sounds)}


def _is_word(one: str, other: str) -> bool:
    """Whether two words of places are one; figures are only themselves."""
    return one == other or (not (one.isdigit() or other.isdigit()) and alike(one, other) >= _SAME_PLACE)


def sites_meant(known: KnownWords, by_word: list[set[str]], text: str) -> tuple[str, ...]:
    """The sites of which all words hold that are of sites at all, and the figures ('School 14'); else of which some hold."""
    if not by_word:
        return ()
    ids = set.intersection(*by_word) or set.union(*by_word)
    figures = set(_FIGURES.findall(text))
    numbered_so = {site.id for site, sounds in known.sites if site.id in ids and figures & sounds}
    return tuple(sorted(numbered_so or ids))


class Asked:
    """The words of a query, and which words of names each may be."""

    def __init__(self, known: KnownWords, words: Sequence[Part], text: str) -> None:
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


def sites_named(known: KnownWords, text: str) -> list[Site]:
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
