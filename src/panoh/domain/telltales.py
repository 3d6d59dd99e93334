"""Finding listed words in what people typed, in whatever form and alphabet of the field they stand there.

A word is listed once; its endings in English, Russian, Uzbek and Kyrgyz are known here. Letters are compared in small
letters, without apostrophes, with words typed on the wrong keyboard repaired. resources/words/README.md tells how
the lists are written.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from panoh.domain.name_letters import fold
from panoh.domain.redaction import WORD

_ENDINGS = frozenset(
    (
        # English, and the -n, -an, -ish of demonyms
        " s es n an ans ian ians ish ese i"
        # Russian: nouns, then adjectives
        " а у ом ем е ой ою ей ею и ы ю я ь ью ям ях ями ов ев ам ах ами ого ому ым ых ыми ий ый ая ое ые ую"
        " a u om em oy ey y yu ya am akh ami ov ogo omu yy aya oe ye uyu"
        # Uzbek, in both alphabets
        " ga ka qa da dan ni ning lik liklar lar larga lardan larning larni gacha dagi lari si sida sidan siga sini dagilar"
        " га ка қа да дан ни нинг лик ликлар лар ларга лардан ларнинг ларни гача даги лари си сида сидан сига сини"
        # Kyrgyz: the vowel follows the word, the consonant its last letter
        " ге го гө ке ко кө де до дө та те то тө ден дон дөн тан тен тон төн нын нин нун нүн дын дин дун дүн тын тин"
        " тун түн ды ди ду дү ты ти ту тү ны нү лык лук лүк дык дик тык тик лыктар дагы деги догу дөгү тагы теги тогу"
        " лер лор лөр дар дер дор тар тер тор ына ында ынан"
    ).split(" ")
)
_ADJECTIVE = re.compile(r"(?:ск|sk)\w{1,4}")  # ошский, ташкентского, oshskiy
_VOWELS = frozenset("aeiouyаеиоуыэюяөүўь")
_LEAST_STEM = 3


class Token(NamedTuple):
    """A word of a text: where it stands, as typed, and in the form in which words are compared."""

    start: int
    end: int
    raw: str
    key: str


def tokens_of(text: str) -> list[Token]:
    """The words of a text that is already composed (redaction.composed)."""
    return [Token(*found.span(), found.group(), _plain(found.group())) for found in WORD.finditer(text)]


def _plain(word: str) -> str:
    return word if word.isdecimal() else fold(word).replace("'", "").replace("ё", "е").replace(" ", "")


class _Part(NamedTuple):
    """One word of an entry."""

    text: str
    open_end: bool = False  # whatever begins so
    capitals: bool = False  # just so, in capitals

    def fits(self, token: Token) -> bool:
        if self.capitals:
            rest = token.raw[len(self.text) :]
            return token.raw.startswith(self.text) and (
                not rest or (len(rest) <= 4 and rest.isalpha() and rest.islower())
            )
        if self.open_end:
            return token.key.startswith(self.text)
        return is_form_of(token.key, self.text)


@dataclass(frozen=True, slots=True)
class _Entry:
    parts: tuple[_Part, ...]
    named: bool  # only where it begins with a capital

    def fits(self, tokens: Sequence[Token], at: int) -> bool:
        if at + len(self.parts) > len(tokens) or (self.named and not tokens[at].raw[:1].isupper()):
            return False
        first = self.parts[0]
        if first.capitals and len(first.text) == 2 and at and tokens[at - 1].key.isdecimal():
            return False  # 5 KG of rice
        return all(part.fits(tokens[at + number]) for number, part in enumerate(self.parts))


def is_form_of(word: str, base: str) -> bool:
    """Whether a word is the base with an ending of one of the languages, perhaps in place of its last vowel."""
    if word.startswith(base) and _is_ending(word[len(base) :]):
        return True
    stem = base[:-1]
    return (
        len(stem) >= _LEAST_STEM
        and base[-1] in _VOWELS
        and word.startswith(stem)
        and word != stem
        and _is_ending(word[len(stem) :])
    )


def _is_ending(rest: str) -> bool:
    return rest in _ENDINGS or _ADJECTIVE.fullmatch(rest) is not None


class WordList:
    """Words and phrases to look for. `names` are found only where they begin with a capital."""

    def __init__(self, entries: Iterable[str], names: Iterable[str] = ()) -> None:
        self._by_beginning: dict[str, list[_Entry]] = defaultdict(list)
        made = [_entry(text, named=False) for text in dict.fromkeys(entries)]
        made += [_entry(text, named=True) for text in dict.fromkeys(names)]
        for entry in made:
            if entry.parts and entry.parts[0].text:
                self._by_beginning[_plain(entry.parts[0].text)[:2]].append(entry)

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Where something of the list stands: first and one past the last token; the longest at each place."""
        for at, token in enumerate(tokens):
            if token.key:
                found = [len(one.parts) for one in self._by_beginning.get(token.key[:2], ()) if one.fits(tokens, at)]
                if found:
                    yield at, at + max(found)

    def __contains__(self, text: object) -> bool:
        """Whether a whole text is one of these and nothing else."""
        tokens = tokens_of(str(text))
        return any((start, end) == (0, len(tokens)) for start, end in self.find(tokens))


def _entry(text: str, *, named: bool) -> _Entry:
    parts = []
    for word in re.findall(r"[^\s\-]+", text):
        letters = word.rstrip("*")
        if letters != letters.lower() and not named:
            parts.append(_Part(letters, capitals=True))
        else:
            parts.append(_Part(_plain(letters), open_end=word.endswith("*")))
    return _Entry(tuple(parts), named)


@dataclass(frozen=True, slots=True)
class Telltales:
    """The lists that come with Panoh."""

    states: WordList
    authorities: WordList
    recognition: WordList
    places: WordList
    kinds_of_place: WordList


def telltales(text: str, states: Iterable[str] = (), places: Iterable[str] = ()) -> Telltales:
    """Read the lists of telltale.toml and add the names of States and places known from elsewhere.

    Raises tomllib.TOMLDecodeError, KeyError or TypeError for a file that is not as its README says.
    """
    data = tomllib.loads(text)
    kinds = WordList(data["places"]["kinds"])
    known = [*data["places"]["words"], *(phrase for place in places for phrase in place_phrases(place, kinds))]
    short = [phrase for phrase in known if len(phrase) <= _SHORT and phrase not in data["places"]["words"]]
    return Telltales(
        states=WordList(_flat(data["states"]), states),
        authorities=WordList(_flat(data["authorities"])),
        recognition=WordList(_flat(data["recognition"])),
        places=WordList((phrase for phrase in known if phrase not in short), short),
        kinds_of_place=kinds,
    )


_LONG = 5  # letters of a word that may be the name of a place though it begins small
_SHORT = 4  # letters: Pop, Tong and the like are words of every day when they begin small


def _flat(lists: Mapping[str, Iterable[str]]) -> list[str]:
    return [word for words in lists.values() for word in words]


def place_phrases(place: str, kinds: WordList) -> list[str]:
    """What to look for to find a place as it was written down: 'School 7, Aravan road' gives 'school 7' and 'aravan'.

    Words before and after the name that only say what sort of place it is go, unless nothing but a number is left.
    A piece made of nothing but such words is left out, and so is one of small everyday words ('with a').
    """
    found = []
    for piece in re.split(r"[,;:/()«»\"]", place):
        words = [token.raw for token in tokens_of(piece)]
        if not words or " ".join(words) in kinds:
            continue
        name = _without_kinds(words, kinds)
        if all(word.isdecimal() for word in name):
            name = words if len(words) > len(name) else []
        if name and (any(map(_tells, name)) or all(len(word) >= _LONG for word in name)):
            found.append(" ".join(name).casefold())
            if len(name) > 1 and not any(word.isdecimal() for word in name):
                found.append("".join(name).casefold())  # Кара-Суу is written Карасуу as well
    return found


def _tells(word: str) -> bool:
    """Whether a word reads like a name or a number."""
    return word[0].isupper() or word.isdecimal()


def _without_kinds(words: list[str], kinds: WordList) -> list[str]:
    name = list(words)
    while name and name[-1] in kinds:
        name.pop()
    while name and name[0] in kinds:
        name.pop(0)
    return name
