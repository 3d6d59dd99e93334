"""Names as numbers: each spelling once, and each sound that spellings have, with what blocking and comparing need.

A register of 100,000 people holds a few thousand spellings of names. Each is read once; people then carry numbers,
and what is known about a sound stands in arrays beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from panoh.domain.duplicates.arrays import Ints, Levels, Marks
from panoh.domain.duplicates.sounds import as_codes
from panoh.domain.name_letters import fold
from panoh.domain.name_parts import CACHED, Name, Part, name_of
from panoh.domain.name_sounds import VOWELS

NOTHING = 0  # the number of the empty text, and of no sound

# Sounds that spellings of one name disagree on count as one here: for finding, never for scoring.
_SOFT = str.maketrans(
    {"o": "a", "w": "u", "e": "i", "y": None, "z": "s", "C": "S", "J": "S", "k": "g", "x": "g", "b": "p", "d": "t"}
    | {"f": "v"}
)
_KEY_LETTERS = 3  # consonants of a key
_VOWEL_FIRST = "a"
# What made a family or a father's name of a root; two kinds on one root are two names.
PLAIN, OV, ZODA, ENKO, SKY, CHILD_OF, OTHER_ENDING = range(7)
_ENDINGS = dict.fromkeys(("ov", "ev"), OV) | dict.fromkeys(("zod", "sod", "zad", "sad"), ZODA) | {"enko": ENKO}
_ENDINGS |= dict.fromkeys(("i", "oy", "ay"), SKY) | {"": PLAIN}  # Пушкина is the wife or daughter of a Пушкин


class Sound(NamedTuple):
    """One name by sound: its root, the whole word, a second reading, the kind of ending, the known names it is."""

    root: str
    whole: str = ""
    other: str = ""
    ending: int = PLAIN
    known: frozenset[int] = frozenset()
    short_for: frozenset[int] = frozenset()


class Numbered(dict[str, int]):
    """Texts numbered in the order in which they come; the empty text is 0."""

    def __init__(self) -> None:
        super().__init__({"": NOTHING})

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class Spellings:
    """Every spelling of a register, and the sounds behind them. Add all texts first, then ask for arrays."""

    def __init__(self) -> None:
        self.numbers = Numbered()
        self._sounds: dict[Sound, int] = {Sound(""): NOTHING}

    def given(self, used: Ints) -> tuple[Ints, Ints]:
        """The sounds of these spellings as given names, and of a father's name that stands in the same field."""
        return self._read(used, _given_name)

    def family(self, used: Ints) -> tuple[Ints, Ints]:
        """The sounds of these spellings as family names, and of a father's name that stands in the same field."""
        return self._read(used, _family_name)

    def father(self, used: Ints) -> Ints:
        """The sounds of these spellings as fathers' names."""
        return self._read(used, _fathers_name)[0]

    def folded(self) -> tuple[Ints, list[str]]:
        """For each spelling a number that it shares with those that differ in no letter, and the spellings by it."""
        folds = Numbered()
        numbers = np.array([folds[fold(text)] for text in self.numbers], np.int32)
        return numbers, list(folds)

    def sounds(self) -> Sounds:
        """All sounds met so far, as arrays."""
        return Sounds(list(self._sounds))

    def _read(self, used: Ints, read: Callable[[str], tuple[Sound, Sound]]) -> tuple[Ints, Ints]:
        texts, back = list(self.numbers), np.zeros((2, len(self.numbers)), np.int32)
        for number in np.flatnonzero(np.bincount(used)).tolist():
            own, father = read(texts[number])
            back[:, number] = self._number(own), self._number(father)
        return back[0][used], back[1][used]

    def _number(self, sound: Sound) -> int:
        return self._sounds.setdefault(sound, len(self._sounds))


class Sounds:
    """What is known of each sound, by its number."""

    def __init__(self, sounds: list[Sound]) -> None:
        self.sounds = sounds
        self.endings = np.array([each.ending for each in sounds], np.int8)
        self.has_other = np.array([bool(each.other) for each in sounds])
        self.initial = np.array([len(each.root) == 1 for each in sounds])

    def __len__(self) -> int:
        return len(self.sounds)

    @cached_property
    def roots(self) -> Levels:
        """The letters of each root."""
        return as_codes([each.root for each in self.sounds])

    @cached_property
    def wholes(self) -> Levels:
        """The letters of each whole word."""
        return as_codes([each.whole or each.root for each in self.sounds])

    @cached_property
    def others(self) -> Levels:
        """The letters of each second reading; of the root where there is none."""
        return as_codes([each.other or each.root for each in self.sounds])

    @cached_property
    def soft(self) -> Ints:
        """A number that a sound shares with others that spellings of one name would not keep apart."""
        numbers = Numbered()
        return np.array([numbers[soft(each.root)] for each in self.sounds], np.int32)

    @cached_property
    def keys(self) -> tuple[Ints, Ints, Ints]:
        """Numbers of the first consonants, of the last ones read backwards, and of the first alone."""
        return self._keys([each.root for each in self.sounds])

    @cached_property
    def other_keys(self) -> tuple[Ints, Ints, Ints]:
        """The same of the second reading, or of the root where there is none."""
        return self._keys([each.other or each.root for each in self.sounds])

    def _keys(self, sounds: list[str]) -> tuple[Ints, Ints, Ints]:
        bones = [consonants(each) for each in sounds]
        heads = [_number(each[:_KEY_LETTERS]) for each in bones]
        tails = [_number(each[: -_KEY_LETTERS - 1 : -1]) for each in bones]
        return np.array(heads, np.int32), np.array(tails, np.int32), np.array([_number(b[:1]) for b in bones], np.int32)

    @cached_property
    def marks(self) -> Marks:
        """64 marks of each sound, for its letters and pairs of letters: what two names share, at a glance."""
        return np.array([_marks(each.root) for each in self.sounds], np.uint64)

    @cached_property
    def other_marks(self) -> Marks:
        """The marks of the second reading, or of the root where there is none."""
        return np.array([_marks(each.other or each.root) for each in self.sounds], np.uint64)


@lru_cache(maxsize=CACHED)
def soft(sound: str) -> str:
    """A sound without what spellings of one name disagree on."""
    text = sound.translate(_SOFT)
    return "".join(letter for at, letter in enumerate(text) if not at or letter != text[at - 1])


def consonants(sound: str) -> str:
    """The consonants of a sound in classes; 'a' stands for any vowel or glide at the beginning."""
    if not sound:
        return ""
    bones = "".join(letter for letter in soft(sound) if letter not in VOWELS)
    return _VOWEL_FIRST + bones if sound[0] in VOWELS or sound[0] == "y" else bones


def _number(key: str) -> int:
    """A number for a few letters, the same for the same letters in every register."""
    number = 0
    for letter in key:
        number = number * 64 + (ord(letter) & 63)
    return number


@lru_cache(maxsize=CACHED)
def _marks(sound: str) -> int:
    text, marks = soft(sound), 0
    for letter in text:
        marks |= 1 << (ord(letter) * 5 + 3) % 64
    for first, second in pairwise(text):
        marks |= 1 << (ord(first) * 31 + ord(second) * 7) % 64
    return marks


@lru_cache(maxsize=CACHED)
def _given_name(text: str) -> tuple[Sound, Sound]:
    return _own(name_of(text))


@lru_cache(maxsize=CACHED)
def _family_name(text: str) -> tuple[Sound, Sound]:
    return _own(name_of("", text))


@lru_cache(maxsize=CACHED)
def _fathers_name(text: str) -> tuple[Sound, Sound]:
    name = name_of("", "", text)
    return _father(name.father or (name.parts[0] if name.parts else None)), Sound("")


def _own(name: Name) -> tuple[Sound, Sound]:
    """The sound of a given or family name, and of the father's name beside it.

    Words are joined, as they are written now together and now apart. 'Бакыт уулу' where a family name stands is
    one: the child of a Bakyt, who need not be the father that another desk wrote down.
    """
    if not name.parts:
        return (_sound(name.father, CHILD_OF) if name.father else Sound("")), Sound("")
    before, last = "".join(part.whole for part in name.parts[:-1]), name.parts[-1]
    if before:
        return Sound(before + last.root, before + last.whole, ending=_ending(last)), _father(name.father)
    return _sound(last, _ending(last)), _father(name.father)


def _father(part: Part | None) -> Sound:
    if part is None:
        return Sound("")
    return Sound(part.root, "", part.other, OV if part.has_ending else CHILD_OF, part.known, part.short_for)


def _sound(part: Part, ending: int) -> Sound:
    whole = part.whole if part.has_ending else ""
    return Sound(part.root, whole, part.other, ending, part.known, part.short_for)


def _ending(part: Part) -> int:
    if not part.has_ending:
        return PLAIN
    rest = part.whole[len(part.root) :].rstrip("ae")
    return _ENDINGS.get(rest, OTHER_ENDING)
