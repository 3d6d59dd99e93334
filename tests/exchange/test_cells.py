"""Text from outside: invisible signs go, letters stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.exchange.cells import LostLettersError, clean

FORBIDDEN = [
    *map(chr, range(32)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff",
]


@given(st.text())
def test_clean_text_is_normal_and_stays_as_it_is(text: str) -> None:
    try:
        cleaned = clean(text)
    except LostLettersError:
        assert any(0xD800 <= ord(sign) <= 0xDFFF or sign == "\ufffd" for sign in text)
        return
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert not any(sign in cleaned for sign in FORBIDDEN)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  Али \t бек\n", "Али бек"),
        ("Го\u0306\u200bзал", unicodedata.normalize("NFC", "Го\u0306зал")),
        ("e\u200b\u0301", "é"),
        ("\u202eАли", "Али"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क\u200dष", "क\u200dष"),
        ("<b>x</b> & ]]>", "<b>x</b> & ]]>"),
        ("=cmd|'/c calc'!A1", "=cmd|'/c calc'!A1"),
    ],
)
def test_what_goes_and_what_stays(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize("raw", ["Али\udcff", "А\ufffdи"])
def test_lost_letters_are_told(raw: str) -> None:
    with pytest.raises(LostLettersError):
        clean(raw)
