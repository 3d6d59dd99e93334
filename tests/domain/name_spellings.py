"""Made-up names in Cyrillic and the ways in which desks write them, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

_CONSONANTS = "бвгджзклмнпрстфхчшқғҳ"
_VOWELS = "аоуиеўю"
_LETTERS = "абвгдежзийклмнопрстуфхцчшщыэюяқғҳў"


def _table(spelled: str) -> dict[int, str]:
    return {ord(letter): text for letter, text in zip(_LETTERS, spelled.split(), strict=True)}


RUSSIAN = str.maketrans("қғҳў", "кгху")
BGN = _table("a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya k gh kh u")
UZBEK = _table("a b v g d e j z i y k l m n o p r s t u f x s ch sh sh i e yu ya q gʻ h oʻ")
PASSPORT = _table("a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch y e iu ia k g kh u")
PLAIN = _table("a b v g d e j z i y k l m n o p r s t u f h ts ch sh sh i e yu ya k g h o")
SPELLINGS = (RUSSIAN, BGN, UZBEK, PASSPORT, PLAIN)

syllable = st.tuples(st.sampled_from(_CONSONANTS), st.sampled_from(_VOWELS)).map("".join)
given_names = st.tuples(st.lists(syllable, min_size=2, max_size=3).map("".join), st.sampled_from("рнмлдт")).map("".join)
family_names = given_names.map(lambda name: name + "ов")


def spell(text: str, table: dict[int, str]) -> str:
    """The name as that desk writes it, with capitals."""
    return text.translate(table).title()
