"""The referral slip as printed: nothing cut, the answer half with the reference and digits alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain.referrals import MOST_ASKED, MOST_KNOWN, MOST_TO, Slip
from panoh.reports.layout import BOTTOM
from panoh.reports.pen import HEIGHT
from panoh.reports.referral_slip import _TEAR, render_slip

SLIP = Slip(
    reference="5T8-2KM", asked="Dress a burn on the arm, and show how to keep it clean",
    wanted_by=datetime(2010, 6, 20, 6, 0, tzinfo=UTC), to="Health post, any day, any nurse or doctor",
    who="One adult. Brings this slip.", how_soon="Urgent: as soon as the holder comes.", needs=("Wound",),
    typed="Burn of the forearm, three days old, no fever when seen.",
    language="Interpreter needed; the desk sends one with the holder.", on_the_way="Comes with a helper.",
    agreed_on=date(2010, 6, 19), destroy_by=date(2010, 7, 1), demo=True,
)  # fmt: skip


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return " ".join(document[0].get_textpage().get_text_range().split())


def below_the_tear(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    return " ".join(page.get_text_bounded(bottom=HEIGHT - BOTTOM, top=HEIGHT - _TEAR).split())


def test_every_line_is_there() -> None:
    told = words(render_slip(SLIP, "en"))
    for text in (SLIP.asked, SLIP.to, SLIP.who, SLIP.how_soon, SLIP.typed, SLIP.language, SLIP.on_the_way, "Wound."):
        assert text in told
    assert "Our slips carry no names. Please write the reference in your book." in told
    assert "Thu 1 July 2010" in told
    assert "Page 1 of 1" in told


def test_the_half_that_comes_back_tells_the_reference_and_digits_alone() -> None:
    told = below_the_tear(render_slip(SLIP, "en"))
    assert SLIP.reference in told
    for text in (SLIP.asked, SLIP.to, SLIP.who, SLIP.typed, "agreed", "Health", "burn"):
        assert text not in told
    for digit, text in enumerate(("Done", "Accepted, not finished", "No room: try later", "Not possible here"), 1):
        assert text in told
        assert str(digit) in told


def test_without_a_yes_nothing_says_that_the_holder_agreed() -> None:
    assert "agreed" not in words(render_slip(replace(SLIP, agreed_on=None), "en"))


def test_what_was_not_picked_leaves_no_blank() -> None:
    bare = replace(SLIP, how_soon="", needs=(), typed="", language="", on_the_way="")
    told = words(render_slip(bare, "en"))
    for label in ("How soon", "What we know", "Language", "On the way"):
        assert label not in told


LONG = "Жуда узун сўзлар ва яна бир қатор "


@examples(20)
@given(st.integers(1, MOST_ASKED), st.integers(0, MOST_KNOWN), st.integers(1, MOST_TO), st.integers(0, 12))
def test_nothing_is_cut_however_long(asked: int, known: int, to: int, needs: int) -> None:
    def text(most: int) -> str:
        return (LONG * 10)[:most].strip() or "я"

    slip = replace(
        SLIP, asked=text(asked), typed=text(known), to=text(to),
        needs=tuple(f"Need of some length number {n}" for n in range(needs)),
    )  # fmt: skip
    pdf = render_slip(slip, "en")
    told = words(pdf)
    assert "… p. 2" not in told
    for part in (slip.asked, slip.typed, slip.to, *slip.needs):
        assert "".join(part.split()) in "".join(told.split())
    assert "Ask us" not in below_the_tear(pdf)


def test_markup_is_printed_as_typed() -> None:
    assert "<b>x</b> & y" in words(render_slip(replace(SLIP, asked="<b>x</b> & y"), "en"))


@pytest.mark.parametrize("text", ["\u202etxt", "a\u0000b", "→"])
def test_signs_that_the_font_lacks_do_not_break_it(text: str) -> None:
    assert render_slip(replace(SLIP, asked=f"Help {text}"), "en").startswith(b"%PDF")
