"""How a Latin spelling sounds when it is none of the field's own: the ways of writing of neighbours and of helpers.

A name comes on a German permit, in a French letter, from a Polish or a Turkish passport, in English by ear. Each way of
writing is tried only on words that show its marks, and only where the usual reading found no match, because the more
readings a word has, the more it is like what it is not. Readings are sounds as `name_sounds` makes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from panoh.domain.name_sounds import latin, settled, sound

_COMMON = {
    "shch": "S", "sh": "S", "zh": "J", "kh": "x", "gh": "g", "ph": "f", "th": "t", "ts": "s", "tz": "s", "ck": "k", "ou": "u",
    "dzh": "J", "dj": "J", "tch": "C", "ch": "C", "tsch": "C", "sch": "S", "dsch": "J", "o'": "w", "g'": "g", "'": "", "c": "k", "h": "x",
    "j": "J", "q": "k", "w": "v", "x": "ks", "ö": "e", "ü": "yu", "ä": "e", "ø": "e", "å": "o", "æ": "e", "ş": "S", "š": "S",
    "ç": "C", "č": "C", "ć": "C", "ž": "J", "ż": "J", "ź": "z", "ğ": "g", "ı": "i", "ə": "a", "ł": "l", "ñ": "ny", "đ": "J", "ß": "s", "ň": "n",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Writing:
    """One way of writing: the marks by which a word shows it, and its groups of letters where they sound otherwise."""

    marks: re.Pattern[str]
    groups: re.Pattern[str]
    sound_of: Callable[[re.Match[str]], str]
    mute: re.Pattern[str] | None = None


def _writing(marks: str, sounds: dict[str, str], mute: str = "") -> _Writing:
    table = _COMMON | sounds
    groups = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    return _Writing(re.compile(marks), groups, lambda found: table[found[0]], re.compile(mute) if mute else None)


_WRITINGS = (
    _writing(  # Slavic and Hungarian: cz sz rz, cs zs, c as in tsar, j as a glide
        r"cz|sz|rz|cs|zs|gy|[łżźćčšžđńňřýąę]|c(?![hk])|j|w",
        {"cz": "C", "sz": "S", "rz": "J", "dż": "J", "dź": "J", "cs": "C", "zs": "J", "dzs": "J", "gy": "d", "ny": "n", "ly": "l",
         "c": "s", "ch": "x", "j": "y", "ř": "rJ", "ie": "e", "ą": "on", "ę": "en", "szcz": "S", "ó": "u", "dz": "z", "ck": "sk"},
    ),
    _writing(  # Hungarian s, Spanish and Italian z: letters that change places
        r"sz|s(?!h)|z",
        {"sz": "s", "s": "S", "cs": "C", "zs": "J", "dzs": "J", "gy": "d", "z": "s", "j": "y", "c": "s"},
    ),
    _writing(  # German
        r"z|ei|eu|äu|v|ch|sch|j|ö|ü|ie|y|w",
        {"ch": "x", "j": "y", "z": "s", "tz": "s", "ei": "ay", "eu": "oy", "äu": "oy", "v": "f", "ie": "i", "dsch": "J", "ü": "yu",
         "qu": "kv", "chs": "ks", "ey": "ay", "ai": "ay"},
        r"(?<=[aeiouöäü])h(?![aeiou])",
    ),
    _writing(  # French
        r"ch|j|g[ei]|gn|au|ai|oi|qu|ill|ï|ou|[dtsxez]$|in|eu",
        {"ch": "S", "tch": "C", "dj": "J", "j": "J", "ge": "Je", "gi": "Ji", "gui": "gi", "gue": "ge", "gn": "ny", "eau": "o", "au": "o",
         "ai": "e", "oi": "ua", "qu": "k", "ill": "iy", "h": "", "eu": "e", "u": "yu", "ou": "u", "x": "ks", "ce": "se", "ci": "si",
         "ein": "en", "ain": "en", "in": "en", "er": "e", "ph": "f", "th": "t", "kh": "x", "cy": "si", "ya": "ya", "oy": "ua"},
        r"(?<=.{2})(?:[dtsxpz]|es?|ts)$",
    ),
    _writing(  # English by ear
        r"ee|oo|ea|g[eiy]|igh|w|ow|ou|aw|au|ck|j|u(?=[^aeiou])|[^aeiou]e$|ey$",
        {"ee": "i", "ea": "i", "oo": "u", "ge": "Je", "gi": "Ji", "gy": "Ji", "igh": "ay", "wh": "u", "w": "u", "ow": "au", "ou": "au",
         "aw": "o", "au": "o", "ay": "ey", "ai": "ey", "ey": "i", "ie": "i", "mc": "mak", "c": "k", "ce": "se", "ci": "si", "cy": "si",
         "wr": "r", "kn": "n", "u": "a", "a": "e", "al": "ol", "wa": "uo", "ar": "ar", "ir": "er", "ur": "er", "or": "or", "gh": ""},
        r"(?<=[^aeiou])e$",
    ),
    _writing(  # Turkish, Azerbaijani
        r"c(?![hk])|ğ|ı|ş|ç|đ|ə",
        {"c": "J", "ğ": "", "h": "x", "j": "J", "v": "v"},
    ),
    _writing(  # Spanish, Portuguese
        r"j|ll|z|h|qu|gu|g[ei]|ñ|ão",
        {"j": "x", "ll": "ly", "z": "s", "h": "", "ch": "C", "qu": "k", "gu": "g", "ge": "xe", "gi": "xi", "ce": "se", "ci": "si", "nh": "ny",
         "lh": "ly", "x": "S", "güe": "gue"},
    ),
    _writing(  # Italian
        r"c[ei]|g[eil]|gn|zz|z|ch|sc|gu|qu",
        {"ce": "Ce", "ci": "Ci", "cia": "Ca", "cio": "Co", "ciu": "Cu", "gi": "Ji", "ge": "Je", "gia": "Ja", "gio": "Jo", "giu": "Ju", "gli": "li",
         "gn": "ny", "ch": "k", "gh": "g", "z": "s", "zz": "s", "sci": "Si", "sce": "Se", "qu": "kv", "gu": "gv", "cc": "C"},
    ),
    _writing(  # Japanese by Hepburn, Chinese by pinyin, as Russian writes them
        r"sh|ch|j|ts|z|zh|x|q",
        {"shi": "si", "sh": "s", "chi": "ti", "ch": "t", "j": "z", "ji": "zi", "ts": "s", "zh": "J", "x": "s", "q": "s", "c": "s", "z": "z"},
    ),
)  # fmt: skip


_RUSSIAN_ENDING = re.compile(r"[eo](?:v|w|ff|f|va|wa)$")
_OF_FAMILY_NAMES = (
    _WRITINGS[0],
    *_WRITINGS[2:4],
    _WRITINGS[5],
)  # who writes such a name: Slavs, Germans, French, Turks


@lru_cache(maxsize=40_000)
def readings(word: str) -> frozenset[str]:
    """The further sounds of a folded Latin word; none for other scripts."""
    text = latin(word)
    if not text:
        return frozenset()
    found = set()
    for writing in _OF_FAMILY_NAMES if _RUSSIAN_ENDING.search(text) else _WRITINGS:
        if writing.marks.search(text):
            spoken = writing.mute.sub("", text) if writing.mute else text
            found.add(writing.groups.sub(writing.sound_of, spoken))
    return frozenset(map(settled, found)) - {sound(word)}
