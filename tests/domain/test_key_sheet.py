"""Codes of key sheets: their look, that they never change what they mean, that none stands twice."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from panoh.domain.check_codes import SIGNS, new_export_no
from panoh.domain.key_sheet import DIGITS, LETTERS, Coder, KeySheet, is_code, new_sheet

SEED = "5a" * 32
KEYS = [f"reason T{n:02}.x" for n in range(22)] + [f"recipient {n}" for n in range(12)]


def sheet(seed: str = SEED) -> KeySheet:
    return new_sheet(1, "7", date(2010, 6, 14), seed, KEYS)


def test_every_key_has_a_code_of_its_own() -> None:
    codes = sheet().codes
    assert set(codes) == set(KEYS)
    assert len(set(codes.values())) == len(KEYS)
    assert all(is_code(code) and len(code) == 3 for code in codes.values())
    assert set(LETTERS + DIGITS) == set(SIGNS)


def test_the_same_sheet_gives_the_same_codes_and_another_one_others() -> None:
    assert sheet().codes == new_sheet(2, "K", date(2011, 1, 1), SEED, reversed(KEYS)).codes
    other = sheet("b7" * 32).codes
    assert sum(other[key] == code for key, code in sheet().codes.items()) < 5


def test_nothing_shows_the_seed() -> None:
    assert SEED not in repr(sheet())


def test_no_code_looks_like_a_rule() -> None:
    assert not is_code("T02")
    assert not is_code("LP-RR")
    many = {
        new_sheet(1, "7", date(2010, 6, 14), f"{n:064x}", KEYS).codes["reason T22.x".replace("22", "21")]
        for n in range(300)
    }
    assert "T22" not in many


@given(st.lists(st.text(min_size=1).filter(str.strip), max_size=40))
def test_words_keep_their_code_and_share_it_with_nothing_else(texts: list[str]) -> None:
    coder = Coder(sheet(), {})
    first = {text: coder.of_words(text) for text in texts}
    again = Coder(sheet(), coder.said)
    assert {text: again.of_words(text) for text in reversed(texts)} == first
    assert len(set(first.values())) == len({" ".join(text.split()) for text in texts})
    assert not set(first.values()) & set(sheet().codes.values())
    assert all(map(is_code, first.values()))


def test_words_that_were_changed_have_another_code() -> None:
    coder = Coder(sheet(), {})
    code = coder.of_words("Move tonight by agency vehicle")
    assert coder.of_words("Move  tonight by agency vehicle ") == code
    assert coder.of_words("Move tomorrow by agency vehicle") != code
    assert coder.known("Move tonight by agency vehicle") == code
    assert coder.known("Stay") == ""
    assert coder.of_words("  ") == ""
    assert coder.of("recipient 3") in sheet().codes.values()
    assert coder.of("recipient 99") == ""


def test_a_thousand_texts_of_one_person_all_have_codes() -> None:
    coder = Coder(sheet(), {})
    codes = [coder.of_words(f"text {number}") for number in range(1000)]
    assert len(set(codes)) == 1000
    assert all(map(is_code, codes))


def test_a_reference_ends_in_the_sign_of_its_sheet() -> None:
    assert {new_export_no("7")[-1] for _round in range(50)} == {"7"}
