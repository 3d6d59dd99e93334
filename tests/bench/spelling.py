"""One name in many spellings: the ways in which desks, passports and foreign ears write the names of the field."""

from __future__ import annotations

import random
import re

_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяғқҳўңөүҷӣӯ"
# Each style spells these letters in order; '-' leaves a letter out.
_STYLES = {
    "passport": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia g k kh u n o u dzh i u",
    "uzbek": "a b v g d e yo j z i y k l m n o p r s t u f x ts ch sh sh ' i - e yu ya gʻ q h oʻ ng o u j i u",
    "english": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh sh - y - e yu ya gh q h o ng o u j i u",
    "german": "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch sch - y - e ju ja g k h u ng ö ü dsch i u",
}
LATIN_STYLES = tuple(_STYLES)
_TABLES = {
    style: dict(zip(_LETTERS, ("" if spelling == "-" else spelling for spelling in spellings.split()), strict=True))
    for style, spellings in _STYLES.items()
}
_RUSSIAN = str.maketrans("ғқҳўңөүҷӣӯҒҚҲЎҢӨҮҶӢӮ", "гкхунуужиуГКХУНУУЖИУ")
_TO_CYRILLIC = dict(
    zip(
        "shch tsch dsch sch dzh tch zh kh ch sh gh ng ts yo jo yu ju iu ya ja ia oʻ gʻ o' g' "
        "a b c d e f g h i j k l m n o p q r s t u v w x y z ö ü".split(),
        "щ ч ж ш дж ч ж х ч ш г н ц ё ё ю ю ю я я я у г у г "
        "а б к д е ф г х и ж к л м н о п к р с т у в в х й з о у".split(),
        strict=True,
    )
)
_GROUP = re.compile("|".join(sorted(_TO_CYRILLIC, key=len, reverse=True)) + "|[ʼ’']")
_CYRILLIC = re.compile("[Ѐ-ӿ]")


def in_russian_letters(name: str) -> str:
    """A Cyrillic name with the letters that a Russian keyboard has."""
    return name.translate(_RUSSIAN)


def in_latin(name: str, style: str) -> str:
    """A Cyrillic name in one of LATIN_STYLES."""
    table = _TABLES[style]
    return _capitals("".join(table.get(letter, letter) for letter in name.lower()))


def in_cyrillic(name: str) -> str:
    """A Latin name as a Russian speaker writes it by ear."""
    return _capitals(_GROUP.sub(lambda found: _TO_CYRILLIC.get(found[0], ""), name.lower()))


def is_cyrillic(name: str) -> bool:
    """Whether there is a Cyrillic letter in it."""
    return bool(_CYRILLIC.search(name))


def other_spelling(name: str, rng: random.Random) -> str:
    """The same name in a spelling of the other script."""
    return in_latin(name, rng.choice(LATIN_STYLES)) if is_cyrillic(name) else in_cyrillic(name)


def _capitals(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())
