"""How a name sounds, whatever alphabet it was written in, and how far two sounds are apart.

A word becomes a string of sounds, one letter each: vowels a o w u i e (w is ў, o', ө), the glide y, and consonants
b v g d J z k l m n p r s t f x C S, where J is ж, дж and Latin j, C is ч, S is ш and щ, x is х, ҳ and h. Long and
doubled sounds count once. A Latin word with letters that German or English writers use otherwise (ch, j, x) has a
second reading. The groups cover Uzbek Latin of 1995, BGN/PCGN, passports by ICAO 9303, and what people mix of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

VOWELS = frozenset("aowuie")

_CYRILLIC_LETTER = re.compile(r"[\u0400-\u052f]")
_CYRILLIC = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхцчшщыэғқҳўөүңҷіјһәӣӯ", "abvgdeJziyklmnoprstufxsCSSiegkxwwunJiyxaiw", strict=True))
    | {"ё": "yo", "ю": "yu", "я": "ya", "ъ": "", "ь": "", "'": ""}
)

# Latin groups of letters and how they sound; of several that fit, the longest.
_LATIN_GROUPS = {
    "shch": "S", "tsch": "C", "tch": "C", "cz": "C", "sch": "S", "sz": "S", "dzh": "J", "zh": "J", "dj": "J", "sh": "S", "ch": "C", "kh": "x",
    "gh": "g", "ph": "f", "th": "t", "tsh": "tS", "tzh": "tJ", "ts": "s", "tz": "s", "ck": "k", "ou": "u",
    "o'": "w", "g'": "g", "dz": "z", "ce": "se", "ci": "si", "cy": "si", "c": "k", "j": "J", "h": "x", "q": "k",
    "w": "v", "'": "", "ö": "w", "ü": "u", "ş": "S", "š": "S", "ç": "C", "č": "C", "ć": "C", "ž": "J",
    "ğ": "g", "ı": "i", "ə": "a",
}  # fmt: skip
_SIGNED = frozenset("öüäøåæşšçčćžżźğıəłñđßňńřýąęïóéã")  # letters that tell a way of writing
_OTHER_GROUPS = _LATIN_GROUPS | {"ch": "x", "j": "y", "x": "ks"}
_READS_OTHERWISE = re.compile(r"(?<![st])ch|j|x")

_GLIDES = re.compile(r"[iy]+")
_NO_SOUND = re.compile(r"[^a-zJCS]")
_DOUBLED = re.compile(r"(.)\1+")


def _groups(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))


_LATIN, _OTHER = _groups(_LATIN_GROUPS), _groups(_OTHER_GROUPS)


@lru_cache(maxsize=40_000)
def sound(word: str) -> str:
    """The sounds of one folded word, by the spelling that is usual in the field."""
    if _CYRILLIC_LETTER.search(word):
        return settled(word.replace("дж", "ж").translate(_CYRILLIC))
    return settled(_LATIN.sub(lambda found: _LATIN_GROUPS[found[0]], _latin(word)))


@lru_cache(maxsize=40_000)
def other_sound(word: str) -> str:
    """The second reading of a Latin word ('Michail', 'Juri', 'Maxim'); '' if there is none."""
    if not _READS_OTHERWISE.search(word) or _CYRILLIC_LETTER.search(word):
        return ""
    other = settled(_OTHER.sub(lambda found: _OTHER_GROUPS[found[0]], _latin(word)))
    return other if other != sound(word) else ""


def latin(word: str) -> str:
    """A folded word in Latin letters with the signs that tell something; '' if it is Cyrillic."""
    if word.isascii():
        return word
    return "" if _CYRILLIC_LETTER.search(word) else "".join(c if c in _SIGNED else anyascii(c).lower() for c in word)


def _latin(word: str) -> str:
    """The word in letters that the groups know; a third script as Latin as it can be made."""
    if word.isascii():
        return word
    return "".join(c if c in _LATIN_GROUPS else anyascii(c).lower() for c in word)


def settled(sounds: str) -> str:
    """Glides, long vowels and doubled letters, in this order."""
    if "i" in sounds or "y" in sounds:
        sounds = _GLIDES.sub(_glide, sounds)
    if "ng" in sounds:
        sounds = sounds.replace("ng", "n")
    if not sounds.isalpha() or not sounds.isascii():
        sounds = _NO_SOUND.sub("", sounds)
    return _DOUBLED.sub(r"\1", sounds)


def _glide(found: re.Match[str]) -> str:
    """ye, iye and e are one; so are ia, iya and ya, and ai and ay; alone it is the vowel i."""
    text, start, end = found.string, found.start(), found.end()
    after = text[end] if end < len(text) else " "
    if after == "e":
        return ""
    return "y" if after in "aouw" or (start and text[start - 1] in "aouwe") else "i"


# --- how far two sounds are apart ------------------------------------------------------------------------------------

_ALPHABET = "aowuieybvgdJzklmnprstfxCSjhqc"
_NEAR = {
    0.1: "ow wu iy",
    0.25: "ao ou zs JS ie ae",
    0.3: "bp dt gk vf JC CS xk gx ui aw ea",
    0.4: "Cx Jz Ss Jy mn oe uy ey xS kC",
    0.6: "au ai oi ue bv lr vw uv yJ",
}
_DROP = dict.fromkeys(_ALPHABET, 1.0) | {"y": 0.15, "x": 0.45} | dict.fromkeys(VOWELS, 0.5)
_SWAPPED = 0.6  # two neighbours typed in the wrong order
_OTHER_BEGINNING = 0.4  # on top, when two names begin with different consonants
_VOWEL_BEFORE = 0.3  # on top, when only one of them begins with a vowel
_SHORTEST = 4  # a slip in a very short name counts as in one of four sounds
_HOPELESS = 0.57  # by the quick look; below it the exact distance would tell nothing more

_OFTEN_CHANGED = 0.3  # up to this cost two sounds stand for each other in spellings of one name

_TURN: dict[str, dict[str, float]] = {
    a: {b: 0.0 if a == b else 0.7 if a in VOWELS and b in VOWELS else 1.0 for b in _ALPHABET} for a in _ALPHABET
}
for _cost, _pairs in _NEAR.items():
    for _pair in _pairs.split():
        _TURN[_pair[0]][_pair[1]] = _TURN[_pair[1]][_pair[0]] = _cost

# Each sound as a few letters, a quarter of its weight each, so that a plain edit distance, which is quick, comes near
# to the weighted one: what is near shares letters, vowels weigh half, the glide a quarter.
_QUARTERS = str.maketrans(
    {"a": "Va", "o": "Vo", "w": "Vo", "u": "Vu", "i": "Vi", "e": "Ve", "y": "i", "x": "KK", "h": "KK"}
    | {"b": "PPPb", "p": "PPPp", "d": "TTTd", "t": "TTTt", "g": "KKKg", "k": "KKKk", "q": "KKKk", "v": "FFFv"}
    | {"f": "FFFf", "z": "ZZZz", "s": "ZZZs", "S": "JJZs", "J": "JJJj", "j": "JJJj", "C": "JJJc", "c": "JJJc"}
    | {"m": "NNNm", "n": "NNNn", "l": "LLLl", "r": "RRRr"}
)


@lru_cache(maxsize=100_000)
def alike(a: str, b: str) -> float:
    """How alike two sounds are, 0 to 1: one less the weighted edits for each letter. The order does not matter."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if a > b:
        a, b = b, a
    length = max(len(a), len(b), _SHORTEST)
    about = 1.0 - Levenshtein.distance(in_quarters(a), in_quarters(b)) / (4 * length)
    if about < _HOPELESS:
        return max(0.0, about)
    cost = _distance(a, b)
    if a[0] not in VOWELS and b[0] not in VOWELS:
        cost += _OTHER_BEGINNING if _TURN[a[0]][b[0]] == 1.0 else 0.0
    elif (a[0] in VOWELS) != (b[0] in VOWELS) and a[0] not in "xy" and b[0] not in "xy":
        cost += _VOWEL_BEFORE
    return max(0.0, 1.0 - cost / length)


@lru_cache(maxsize=40_000)
def in_quarters(sounds: str) -> str:
    """Sounds as letters of a quarter of their weight each, for quick looks with a plain edit distance."""
    return sounds.translate(_QUARTERS)


def near_sounds(sounds: str) -> list[str]:
    """The same sounds with one of them changed for one that spellings take for it (ж for дж, о for а, х for к)."""
    return [
        sounds[:at] + other + sounds[at + 1 :]
        for at, letter in enumerate(sounds)
        for other, cost in _TURN.get(letter, {}).items()
        if 0.0 < cost <= _OFTEN_CHANGED
    ]


def _distance(a: str, b: str) -> float:
    """Weighted edit distance with neighbours swapped (optimal string alignment); what both begin or end with is free."""
    start, end_a, end_b = 0, len(a), len(b)
    shorter = min(end_a, end_b)
    while start < shorter and a[start] == b[start]:
        start += 1
    while end_a > start and end_b > start and a[end_a - 1] == b[end_b - 1]:
        end_a -= 1
        end_b -= 1
    a, b = a[start:end_a], b[start:end_b]
    drops = [_DROP[letter] for letter in b]
    if not a:
        return sum(drops)
    older: list[float] = []
    last = [0.0]
    for drop in drops:
        last.append(last[-1] + drop)
    before = ""
    for x in a:
        drop_x, turn = _DROP[x], _TURN[x]
        best = last[0] + drop_x
        row = [best]
        for j, y in enumerate(b):
            best += drops[j]
            turned, dropped = last[j] + turn[y], last[j + 1] + drop_x
            if turned < best:
                best = turned
            if dropped < best:
                best = dropped
            if y == before and j and x == b[j - 1] and older[j - 1] + _SWAPPED < best:
                best = older[j - 1] + _SWAPPED
            row.append(best)
        older, last, before = last, row, x
    return last[-1]
