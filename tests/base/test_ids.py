"""Numbers as people say and type them."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from panoh.base.ids import DEVICE_LETTERS, format_number, parse_number, possible_numbers

devices = st.text(DEVICE_LETTERS, min_size=3, max_size=4)
counters = st.integers(1, 9_999_999)
LOOKS_LIKE = {"0": "o", "1": "l", "K": "К", "X": "Х", "A": "а", "B": "В", "E": "е"}


def numbered(device: str, counter: int) -> str:
    number = format_number(device, counter)
    assume(number is not None)
    assert number is not None
    return number


@given(devices, counters)
def test_a_number_is_known_however_it_is_written(device: str, counter: int) -> None:
    number = numbered(device, counter)
    written = "".join(LOOKS_LIKE.get(sign, sign.lower()) for sign in number)
    for typed in (number, written, number.replace("-", " – ")):
        assert parse_number(typed) == number
        assert possible_numbers(typed) == (number,)
    assert number in possible_numbers(number.replace("-", ""))  # which may also be one of a longer device code


@given(devices, counters)
def test_it_is_found_without_its_check_character(device: str, counter: int) -> None:
    short = numbered(device, counter).rpartition("-")[0]
    meant = possible_numbers(short)
    assert len(meant) == 1
    assert meant == (numbered(device, counter),) or counter > 99_999  # six digits may be five and a right check


@given(devices, counters, st.sampled_from(DEVICE_LETTERS))
def test_a_wrong_check_character_means_nobody(device: str, counter: int, check: str) -> None:
    number = numbered(device, counter)
    wrong = number[:-1] + check
    assume(wrong != number)
    assert possible_numbers(wrong) == ()
    assert possible_numbers(wrong.replace("-", "")) == ()


@given(st.text(max_size=20))
def test_anything_may_be_typed(text: str) -> None:
    for number in possible_numbers(text):
        assert parse_number(number) == number


def test_examples() -> None:
    number = format_number("KX7", 42)
    assert number is not None
    assert number.startswith("KX7-00042-")
    for typed in ("KX7-00042", "kx7-ooo42", "kx700042", "KX7 00042", " кх7-00042 "):
        assert possible_numbers(typed) == (number,)
    assert possible_numbers("KX7-42") == ()
    assert possible_numbers("KX7-000042") == ()
