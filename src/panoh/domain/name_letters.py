"""The letters of names: one plain form of what was typed, which script it is, and a readable Latin spelling.

Sources of the letter tables: the Uzbek Latin alphabet of 1995, and the BGN/PCGN tables for Russian, Kyrgyz and
Tajik in their plain form without diacritics.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

CYRILLIC, LATIN, MIXED, OTHER = "cyrillic", "latin", "mixed", "other"

_CYRILLIC_LETTER = re.compile(r"[\u0400-\u052f]")
_LATIN_LETTER = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]", re.IGNORECASE)
_APOSTROPHES = dict.fromkeys(map(ord, "ʻʼ‘’`´ʹʺ′ˈ՚＇\u02bd\u0384"), "'")

# Letters that look alike in the two scripts, lower case. A word mixed of both is typed on the wrong layout.
_LOOK_CYRILLIC = "авекмнорстухіјѕһԛԝ"
_LOOK_LATIN = "abekmhopctyxijshqw"
_TO_LATIN_TWIN = str.maketrans(_LOOK_CYRILLIC, _LOOK_LATIN)
_TO_CYRILLIC_TWIN = str.maketrans(_LOOK_LATIN[:13], _LOOK_CYRILLIC[:13])
_LATIN_TWINS, _CYRILLIC_TWINS = frozenset(_LOOK_LATIN[:13]), frozenset(_LOOK_CYRILLIC)

# Most names hold nothing else than letters of one alphabet and these, and need no look at each letter.
_ORDINARY = re.compile(r"(?:[a-z' ]*|[а-яёғқҳўңөүҷӣӯһәі' ]*)\Z")
_SPACES = str.maketrans(",.-\n\t", "     ")


@lru_cache(maxsize=40_000)
def fold(text: str) -> str:
    """What was typed as plain lower-case words: one kind of apostrophe, mixed scripts repaired, no signs or digits.

    Folding again changes nothing. The text is cut at 400 characters; no name is longer.
    """
    ordinary = text[:400].lower().translate(_SPACES)
    if _ORDINARY.match(ordinary):
        words = ordinary.split()
        return " ".join(words) if "'" not in ordinary else " ".join(filter(None, (word.strip("'") for word in words)))
    plain = text[:400].translate(_APOSTROPHES)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    plain = _plain_case(plain).translate(_APOSTROPHES)
    letters = "".join(c if c == "'" or c.isalpha() or unicodedata.combining(c) else _gap(c) for c in plain)
    return " ".join(repaired for word in letters.split() if (repaired := _one_script(word.strip("'"))))


def _plain_case(text: str) -> str:
    """Lower case that stays the same when it is asked for again (a few letters need a second round)."""
    for _ in range(4):
        lower = text if text.isascii() and text.islower() else unicodedata.normalize("NFKC", text.casefold())
        if lower == text:
            break
        text = lower
    return text


def _gap(char: str) -> str:
    return "" if unicodedata.category(char) == "Cf" else " "


def _one_script(word: str) -> str:
    if word.isascii() or not _CYRILLIC_LETTER.search(word) or not _LATIN_LETTER.search(word):
        return word
    cyrillic = {c for c in word if _CYRILLIC_LETTER.match(c)}
    latin = {c for c in word if _LATIN_LETTER.match(c)}
    to_latin, to_cyrillic = cyrillic <= _CYRILLIC_TWINS, latin <= _LATIN_TWINS
    if to_latin and to_cyrillic:
        count = sum(c in latin for c in word)
        to_latin = count * 2 >= len(word)
    if to_latin:
        return word.translate(_TO_LATIN_TWIN)
    return word.translate(_TO_CYRILLIC_TWIN) if to_cyrillic else word


def script_of(text: str) -> str:
    """Which script a name is written in: 'cyrillic', 'latin', 'mixed' (both), 'other'; '' without letters."""
    plain = fold(text)
    cyrillic, latin = bool(_CYRILLIC_LETTER.search(plain)), bool(_LATIN_LETTER.search(plain))
    if cyrillic and latin:
        return MIXED
    if cyrillic or latin:
        return CYRILLIC if cyrillic else LATIN
    return OTHER if plain.replace("'", "").strip() else ""


# --- a readable Latin spelling ---------------------------------------------------------------------------------------

_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщыэюя"
_SPELLED = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya"
_RUSSIAN = dict(zip(_ALPHABET, _SPELLED.split(" "), strict=True)) | {"ъ": "", "ь": "", "і": "i", "ј": "y", "ҷ": "j"}
_KYRGYZ = _RUSSIAN | {"ж": "j", "ң": "ng", "ө": "o", "ү": "u"}
_UZBEK = _RUSSIAN | {"ж": "j", "х": "x", "ў": "oʻ", "қ": "q", "ғ": "gʻ", "ҳ": "h", "ъ": "ʼ"}
_TAJIK = _RUSSIAN | {"ғ": "gh", "ӣ": "i", "қ": "q", "ӯ": "u", "ҳ": "h"}
_OF_TAJIK, _OF_KYRGYZ, _OF_UZBEK = frozenset("ҷӣӯ"), frozenset("ңөү"), frozenset("ўқғҳ")
_YE_AFTER = frozenset("аеёиоуыэюяўөүӣӯъь")


def to_latin(text: str) -> str:
    """A Cyrillic name in Latin letters, for showing beside it: 'Илҳом Сатторқуллиев' as 'Ilhom Sattorqulliyev'.

    The letters tell the language: ў қ ғ ҳ Uzbek, ң ө ү Kyrgyz, ҷ ӣ ӯ Tajik, else Russian. Other letters stay, or,
    from a third script, come out as well as they can. For reading only: never compared and never stored.
    """
    letters = set(text.lower())
    table = (
        _TAJIK
        if letters & _OF_TAJIK
        else _KYRGYZ
        if letters & _OF_KYRGYZ
        else _UZBEK
        if letters & _OF_UZBEK
        else _RUSSIAN
    )
    text = text.replace("дж", "ҷ").replace("Дж", "Ҷ").replace("ДЖ", "Ҷ")
    return "".join(_latin_letter(text, at, table) for at in range(len(text)))


def _latin_letter(text: str, at: int, table: dict[str, str]) -> str:
    char, lower = text[at], text[at].lower()
    if lower not in table:
        known = not char.isalpha() or ord(char) in _APOSTROPHES or _LATIN_LETTER.match(char)
        return char if known else anyascii(char)
    before, after = text[at - 1] if at else "", text[at + 1 : at + 2]
    spelled = table[lower]
    if lower == "е" and (not before.isalpha() or before.lower() in _YE_AFTER):
        spelled = "ye"
    if char == lower:
        return spelled
    in_capitals = after.isupper() or (not after.isalpha() and before.isupper())
    return spelled.upper() if in_capitals else spelled[:1].upper() + spelled[1:]
