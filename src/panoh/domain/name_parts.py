"""Reading a name: which word is the given name, the family name, the father's name, and what its ending tells.

Russian, Uzbek, Kyrgyz and Tajik ways of building names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from panoh.domain import name_tables
from panoh.domain.name_letters import fold
from panoh.domain.name_sounds import VOWELS, other_sound, sound

GIVEN, FAMILY, FATHER, UNKNOWN = "given", "family", "father", ""
MALE, FEMALE = name_tables.SON, name_tables.DAUGHTER
MOST_WORDS = 5  # of a name; what follows tells no more, and pairing grows with the factorial
CACHED = 40_000  # names kept read, some ten megabytes

# Endings by sound. A father's name: Karimovich, Karimovna, Ilyich, Nikitichna. A family name: Karimov, Karimova.
_FATHER = re.compile(r"^(?:(.{2,}?)(?:[oe]v(?:iC|na)|iniCna|iCna)|(il|k[uo][zs]m|fom|luk|nikit|sav|fok)iC)$")
_FAMILY = re.compile(r"^(.{2,}?)[oe]v(a?)$")
_FAMILY_SKY = re.compile(r"^(.{2,}?sk)(?:i|oy|(aya))$")
_FAMILY_IN = re.compile(r"^(.{3,}?in)(a?)$")  # only where the family name stands: Zarina is a given name
_FAMILY_OTHER = re.compile(r"^(.{3,}?)(?:[sz][ao]d[ae]|enko)$")
_JOINED_CHILD_OF = re.compile(r"^(.{3,}?)(wgli|ogli|ugli|kizi)$")
_BEGINS_COMPOUND = frozenset({"abdu", "abdul", "abd"})
_ENDS_COMPOUND = frozenset(name_tables.ENDINGS) - {"din", "ula"} | {"zoda", "zade", "soda", "sade"}
_ENDING_LENGTHS = sorted({len(ending) for ending in name_tables.ENDINGS}, reverse=True)


class FullName(NamedTuple):
    """A name as its parts, in the spelling that was typed."""

    given: str = ""
    family: str = ""
    patronymic: str = ""


@dataclass(slots=True, eq=False)
class Part:
    """One part of a name, by sound. `root` is without the ending that makes a family or a father's name of it.

    Parts and names are made once for each spelling and told apart by identity, which keeps the caches quick. Nothing
    changes them; they are not frozen because making a frozen one takes four times as long.
    """

    role: str
    whole: str
    root: str
    other: str = ""  # the root in the second reading of a Latin spelling
    sex: str = ""  # of the bearer, where the ending tells: M, F
    known: frozenset[int] = frozenset()  # names of the tables that this is
    short_for: frozenset[int] = frozenset()  # names of the tables of which this is a short form
    word: str = ""  # as it was written, folded; '' for what was put together

    @property
    def has_ending(self) -> bool:
        """Whether an ending makes it a family or a father's name."""
        return self.root != self.whole


@dataclass(slots=True, eq=False)
class Name:
    """A name that was read: its given and family parts in the order of writing, and the father's name.

    `sex` is what the endings tell, M or F; '' if they tell nothing, or two things.
    """

    parts: tuple[Part, ...] = ()
    father: Part | None = None
    sex: str = ""


@lru_cache(maxsize=CACHED)
def read_name(text: str) -> Name:
    """A name as it was said, words in any order."""
    return _assemble(_parts(text, UNKNOWN))


@lru_cache(maxsize=CACHED)
def name_of(given: str, family: str = "", patronymic: str = "") -> Name:
    """A name from the fields of a record; a word that stands in the wrong field is known by its ending."""
    return _assemble([*_parts(given, GIVEN), *_parts(family, FAMILY), *_parts(patronymic, FATHER)])


def _assemble(parts: Iterable[Part]) -> Name:
    own, father, sexes = [], None, ""
    for part in parts:
        if part.role != FATHER:
            own.append(part)
            sexes += part.sex if len(own) <= MOST_WORDS else ""
        elif father is None:
            father = part
            sexes += part.sex
    told = MALE in sexes, FEMALE in sexes
    sex = "" if told[0] == told[1] else MALE if told[0] else FEMALE
    return Name(tuple(own[:MOST_WORDS]), father, sex)


@lru_cache(maxsize=CACHED)
def _parts(text: str, field: str) -> tuple[Part, ...]:
    """The parts that stand in one field, or in free text (field '')."""
    words = _joined(fold(text).split()[: MOST_WORDS * 2])
    parts: list[Part] = []
    for word in words[:MOST_WORDS]:
        child_of = name_tables.PARTICLES.get(sound(word))
        if child_of and parts:
            before = parts[-1]
            parts[-1] = _father(before.whole, before.other, child_of, "", before.word)
        elif not child_of or len(words) == 1:
            parts.append(_part(word, field))
    return tuple([part for part in parts if part.whole])


def _joined(words: list[str]) -> list[str]:
    """'Abdu Rahmon' and 'Nodir bek' as one word each, without titles and articles ('al', 'de', 'Mr')."""
    if len(words) == 1:
        return words
    if name_tables.ARTICLES.issuperset(words):
        return words
    joined: list[str] = []
    article = False  # stands before this word
    for word in words:
        spoken = sound(word)
        if word in name_tables.ARTICLES:
            article = True
            continue
        if joined and (spoken in _ENDS_COMPOUND or sound(joined[-1]) in _BEGINS_COMPOUND):
            joined[-1] += word
        elif joined and article and spoken == "din":  # Zahir ud-Din
            joined[-1] += ("i" if word.isascii() else "и") + word
        else:
            joined.append(word)
        article = False
    return joined


@lru_cache(maxsize=CACHED)
def _part(word: str, field: str) -> Part:
    """One word as a part: its ending tells more than the field in which it stands."""
    whole, other = sound(word), other_sound(word)
    if not whole:
        return Part(field, "", "", word=word)
    last = whole[-1]
    if last in "Ca" and (found := _FATHER.match(whole)):
        return _father(found[1] or found[2], _root(_FATHER, other), FEMALE if last == "a" else MALE, whole, word)
    if last == "i" and (found := _JOINED_CHILD_OF.match(whole)):
        sex = FEMALE if found[2] == "kizi" else MALE
        return _father(found[1], _root(_JOINED_CHILD_OF, other), sex, whole, word)
    if field == FATHER:
        return _father(whole, other, "", "", word)
    known, short_for = known_names(whole)
    if known:
        return Part(field, whole, whole, other, "", known, short_for, word)
    for pattern in _patterns_of(last, field):
        if found := pattern.match(whole):
            known, short_for = known_names(found[1])
            sex = "" if pattern is _FAMILY_OTHER else FEMALE if found[2] else MALE
            return Part(FAMILY, whole, found[1], _root(pattern, other), sex, known, short_for, word)
    return Part(field, whole, whole, other, "", known, short_for, word)


def _patterns_of(last: str, field: str) -> tuple[re.Pattern[str], ...]:
    """The endings of family names that a word with this last sound may have."""
    if last == "v":
        return (_FAMILY,)
    if last == "n":
        return (_FAMILY_IN,) if field == FAMILY else ()
    if last in "iy":
        return (_FAMILY_SKY,)
    if last == "a":
        more = (_FAMILY_IN, _FAMILY_OTHER) if field == FAMILY else (_FAMILY_OTHER,)
        return (_FAMILY, _FAMILY_SKY, *more)
    return (_FAMILY_OTHER,) if last in "oe" else ()


def _father(root: str, other: str, sex: str, whole: str = "", word: str = "") -> Part:
    known, short_for = known_names(root)
    return Part(FATHER, whole or root, root, other, sex, known, short_for, word)


def _root(pattern: re.Pattern[str], other: str) -> str:
    found = pattern.match(other)
    return (found[1] or found[2]) if found else other


def is_child_of(word: str) -> bool:
    """Whether this word says whose child someone is: o'g'li, qizi, уулу, кызы."""
    return sound(fold(word)) in name_tables.PARTICLES


@lru_cache(maxsize=CACHED)
def split_ending(sounds: str) -> tuple[str, str]:
    """A given name and its usual ending: 'nodirbek' as 'nodir' and 'bek'; the ending is '' if it has none."""
    for length in _ENDING_LENGTHS:
        counts_as = name_tables.ENDINGS.get(sounds[-length:]) if len(sounds) >= length + 3 else None
        if counts_as:
            rest = sounds[:-length]
            return (rest, counts_as) if length > 2 or rest[-1] not in VOWELS else (sounds, "")
    return sounds, ""


def stem(sounds: str) -> str:
    """A given name without an ending that comes and goes: 'nodirbek' as 'nodir'; the name itself if it has none."""
    rest, ending = split_ending(sounds)
    return rest if ending in name_tables.WEAK_ENDINGS else sounds


# --- names that are known --------------------------------------------------------------------------------------------

_SOFT = str.maketrans({"o": "a", "w": "u", "e": "i", "y": None})


def _soft(sounds: str) -> str:
    """A sound without what spellings of one name disagree on most: a and o, e and i, glides."""
    return sounds.translate(_SOFT)


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    full: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for number, entry in enumerate(name_tables.ENTRIES):
        names, _equals, shorts = entry.partition("=")
        for table, words in ((full, names), (short, shorts)):
            for word in words.split():
                for spelling in {word, word.replace("ё", "е")}:
                    table.setdefault(_soft(sound(fold(spelling))), set()).add(number)
    return {k: frozenset(v) for k, v in full.items()}, {k: frozenset(v) for k, v in short.items()}


@lru_cache(maxsize=CACHED)
def known_names(sounds: str) -> tuple[frozenset[int], frozenset[int]]:
    """The names of the tables that this sound is, and those of which it is a short form."""
    full, short = _tables()
    soft = _soft(sounds)
    return full.get(soft, frozenset()), short.get(soft, frozenset())


def full_forms(part: Part) -> frozenset[str]:
    """Other sounds under which this part may be recorded: the full names of a short form, equivalents of a full one."""
    return frozenset().union(*(_sounds_of(number) for number in part.known | part.short_for)) - {part.root}


@lru_cache(maxsize=2_000)
def _sounds_of(number: int) -> frozenset[str]:
    full, _equals, _short = name_tables.ENTRIES[number].partition("=")
    return frozenset(sound(fold(word)) for word in full.split())
