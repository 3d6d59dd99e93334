"""Typed text on paper: literal, cleaned, broken into lines that fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.example_summary import EXAMPLE

from panoh.domain.redaction import LEVELS, SUPERVISOR
from panoh.reports.case_summary import render
from panoh.reports.fonts import BODY, BOLD, FACT, REGULAR, advance, widths
from panoh.reports.text import balanced, printable, side_head, unprintable, wrap


def test_both_fonts_have_the_same_letters_and_those_of_the_field() -> None:
    assert widths()[REGULAR].keys() == widths()[BOLD].keys()
    assert set("ўқғҳңүөіӣӯҷʻʼ№–—…·“”«»\u00a0") <= widths()[REGULAR].keys()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<b>x</b> & 'y' \\", "<b>x</b> & 'y' \\"),
        ("  one\n\ttwo\r\nthree  ", "one two three"),
        ("bell\x07null\x00end", "bell null end"),
        ("abc\u202edef\u2066\u200b", "abcdef"),
        ("5\u00a0лет", "5\u00a0лет"),
        ("и\u0306ўқ", "йўқ"),
        ("ok 👍 →", "ok \ufffd \ufffd"),
        ("\ud800", "\ufffd"),
        ("", ""),
    ],
)
def test_printable(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_signs_without_letters_are_counted() -> None:
    assert unprintable("مرحبا") == 5
    assert unprintable("Салом, дўстим") == 0


@given(st.text(), st.floats(20, 400))
def test_every_line_fits_and_no_sign_is_lost(text: str, width: float) -> None:
    block = wrap(text, width, BODY)
    assert all(advance(line, BODY) <= width + 0.01 for line in block.lines)
    assert "".join(block.lines).replace(" ", "") == printable(text).replace(" ", "")
    assert not block.tail


@given(st.text(), st.floats(60, 400), st.integers(1, 4))
def test_a_cut_text_fits_and_says_so(text: str, width: float, most: int) -> None:
    whole, cut = wrap(text, width, FACT), wrap(text, width, FACT, most)
    assert len(cut.lines) <= most
    assert bool(cut.tail) == (len(whole.lines) > most)
    if cut.tail:
        assert advance(cut.lines[-1] + " " + cut.tail, FACT) <= width + 0.01
    else:
        assert cut.lines == whole.lines


@given(st.text(alphabet="abc бвг ", max_size=300), st.floats(80, 400))
def test_balanced_text_needs_no_more_lines(text: str, width: float) -> None:
    assert len(balanced(text, width, FACT).lines) == len(wrap(text, width, FACT).lines)


def test_a_side_head_never_splits_a_word() -> None:
    words = "Recommendedrecommended now"
    assert " ".join(side_head(words, 60).lines) == words


@pytest.mark.parametrize("level", LEVELS)
def test_mark_up_is_printed_as_typed_and_opens_nothing(level: str, words_in: Callable[..., str]) -> None:
    typed = '<b>x <img src="/etc/hostname"> & </para> <a href="file:///etc/passwd">y</a>'
    summary = replace(
        EXAMPLE,
        question=typed,
        wish=typed,
        person=replace(EXAMPLE.person, name=typed),
        family=(replace(EXAMPLE.family[0], name=typed, kin=typed),),
    )
    pdf = render(summary, level)
    if level != "carry":
        assert typed in words_in(pdf)
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            assert not page.get_images()
            assert "/Annots" not in page


def test_signs_that_cannot_be_printed_are_told_on_the_paper(words_in: Callable[..., str]) -> None:
    text = words_in(render(replace(EXAMPLE, wish="👍👍 yes"), SUPERVISOR))
    assert "2 signs could not be printed" in text
    assert "could not be printed" not in words_in(render(EXAMPLE, SUPERVISOR))
