"""An answer that was typed in a hurry reads as it was meant, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain.check_codes import SIGNS
from panoh.domain.paper_answers import DIGITS, Typed, read_answer

_ALIKE = dict(zip("AEKMT", "АЕКМТ", strict=True))
_NUMBERS = st.text(SIGNS, min_size=7, max_size=7).map(lambda signs: f"{signs[:4]}-{signs[4:]}")
_CHECKS = st.text(SIGNS, min_size=6, max_size=6).map(lambda signs: f"{signs[:4]}-{signs[4:]}")
_GAPS = st.sampled_from(["", " ", "  ", "-", " - ", "–", ". ", ","])


@st.composite
def sloppy(draw: st.DrawFn, text: str) -> str:
    """The same with small and Cyrillic letters, and without or with another dash."""
    made = []
    for sign in text:
        if sign == "-":
            made.append(draw(_GAPS))
        else:
            sign = draw(st.sampled_from([sign, _ALIKE.get(sign, sign)]))  # noqa: PLW2901
            made.append(draw(st.sampled_from([sign, sign.lower()])))
    return "".join(made)


@given(st.data(), _NUMBERS, _CHECKS, st.sampled_from(["", *DIGITS]), st.sampled_from(["", *"ABCDEFGH"]))
@examples(300)
def test_what_was_typed_in_a_hurry_is_read_as_it_was_meant(
    data: st.DataObject, number: str, check: str, digit: str, letter: str
) -> None:
    letter = letter if digit else ""
    parts = [data.draw(sloppy(number)), data.draw(sloppy(check)), digit, data.draw(sloppy(letter))]
    typed = data.draw(st.sampled_from(["", " ", "\t"])) + data.draw(_GAPS).join(part for part in parts if part)
    assert read_answer(typed) == Typed(number, check, DIGITS.get(digit, ""), letter)


@given(st.data(), _CHECKS, st.sampled_from([*DIGITS]), st.sampled_from(["", *"ABCDEFGH"]))
@examples(200)
def test_by_radio_only_the_check_code_and_the_digit_are_said(
    data: st.DataObject, check: str, digit: str, letter: str
) -> None:
    typed = f"{data.draw(sloppy(check))} {digit}{data.draw(st.sampled_from(['', ' ']))}{letter}"
    assert read_answer(typed) == Typed("", check, DIGITS[digit], letter)


@given(st.text(max_size=24))
@examples(300)
def test_anything_else_is_no_answer_and_no_error(text: str) -> None:
    read = read_answer(text)
    assert read is None or read.check_code or read.export_no


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("A4K7-T29", Typed("A4K7-T29")),
        ("K7M4-E2", Typed("", "K7M4-E2")),
        ("K7M4E21", Typed("", "K7M4-E2", "approve")),
        ("K7M4-E2 2", Typed("", "K7M4-E2", "amend")),
        ("K7M4E22", Typed("K7M4-E22")),  # seven signs in one
        ("к7м4-е2 2 в", Typed("", "K7M4-E2", "amend", "B")),
        ("a4k7t29k7m4e22b", Typed("A4K7-T29", "K7M4-E2", "amend", "B")),
        ("A4K7-T29 K7M4-E2 5", None),
        ("A4K7-T29 K7M4-E2 B", None),  # a letter alone is no decision: "A" was taken for approve
        ("A4K7-T20 K7M4-E2 1", None),  # no zero stands in a code
        ("A4K7-T29 K7M4-E2 2 B and more", None),
        ("", None),
        ("¹²³", None),
    ],
)
def test_examples(typed: str, read: Typed | None) -> None:
    assert read_answer(typed) == read
