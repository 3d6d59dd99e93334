"""Short keys under which a person is found by name in any spelling, for an indexed table.

A part of a name gives its consonants in classes that spellings do not disagree on: the first three, and the last
three read backwards, so that one slip leaves one of the two whole. A key of a father's name is marked apart. Two
people whose names are one name in two spellings share a key; most who share a key are different people, and are
told apart by `names.similarity`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from panoh.domain.name_parts import FATHER, Name, Part, full_forms, name_of, read_name, stem
from panoh.domain.name_sounds import VOWELS

LENGTH = 3  # consonants in a key
_HEAD, _TAIL, _FATHER = "h", "t", "f"
_VOWEL_FIRST = "a"
_CLASSES = str.maketrans(
    {"z": "s", "J": "j", "C": "j", "S": "j", "x": "g", "b": "p", "d": "t", "f": "v", "y": None} | dict.fromkeys(VOWELS)
)


def name_keys(given: str, family: str, patronymic: str, other_names: Iterable[str] = ()) -> frozenset[str]:
    """The keys of a person: of each part of the name, of the father's name (marked), and of every other name."""
    own = _keys_of(name_of(given, family, patronymic), True)
    return own.union(*(_keys_of(read_name(other), True) for other in other_names))


def own_keys(name: Name) -> frozenset[str]:
    """The keys of the given and family names alone, for finding whoever may be the bearer of this name."""
    return _keys_of(name, not name.parts)


def search_keys(query: str) -> list[set[str]]:
    """For each word of a query the keys that would find it; a person may be meant who has one of each set."""
    name = read_name(query)
    words = [set(_part_keys(part)) for part in name.parts]
    if name.father:
        words.append({*_part_keys(name.father), *_head_and_tail(name.father.root)})
    return [keys for keys in words if keys]


@lru_cache(maxsize=40_000)
def _keys_of(name: Name, with_father: bool) -> frozenset[str]:
    keys: set[str] = set()
    for part in (*name.parts, *((name.father,) if name.father and with_father else ())):
        keys |= _part_keys(part)
    return frozenset(keys)


@lru_cache(maxsize=40_000)
def _part_keys(part: Part) -> frozenset[str]:
    if len(part.whole) == 1:  # an initial finds half of everyone
        return frozenset()
    sounds = {part.root, part.other, stem(part.root), *full_forms(part)} - {""}
    keys = frozenset().union(*(_head_and_tail(each) for each in sounds))
    return frozenset(_FATHER + key for key in keys) if part.role == FATHER else keys


@lru_cache(maxsize=40_000)
def _head_and_tail(sounds: str) -> frozenset[str]:
    consonants = skeleton(sounds)
    if not consonants:
        return frozenset()
    head = _HEAD + consonants[:LENGTH]
    return frozenset({head, _TAIL + consonants[: -LENGTH - 1 : -1]} if len(consonants) > LENGTH else {head})


def skeleton(sounds: str) -> str:
    """The consonants of a sound in classes; 'a' stands for any vowel or glide at the beginning."""
    if not sounds:
        return ""
    consonants = sounds.translate(_CLASSES)
    if sounds[0] in VOWELS or sounds[0] == "y":
        consonants = _VOWEL_FIRST + consonants
    return "".join(c for at, c in enumerate(consonants) if not at or c != consonants[at - 1])
