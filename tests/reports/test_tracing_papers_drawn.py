"""Papers of tracing as drawn: every word as typed, nothing cut or beside the page, long lists in pages and in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.examples import examples

from panoh.reports.family_page import (
    DIED,
    ELSEWHERE,
    HERE,
    MISSING,
    DrawnLine,
    DrawnRelative,
    FamilyPage,
    render_family,
)
from panoh.reports.layout import BOTTOM, LEFT, RIGHT
from panoh.reports.pen import HEIGHT
from panoh.reports.text import printable
from panoh.reports.tracing_aloud import ReadName, render_list
from panoh.reports.tracing_board import SENTENCES, BoardPerson, render_board
from panoh.reports.tracing_form import CONSENTS, FIELDS, SECTIONS, render_form
from panoh.reports.tracing_news import MOST_LINES, NewsSheet, lines_of, render_news
from panoh.reports.tracing_page import Sheet
from panoh.reports.tracing_reunion import ReunionRecord, render_reunion

SHEET = Sheet(class_words="NAMED: OFFICE ONLY", export_no="A4K7-T29", destroy_by=date(2010, 7, 1), demo=True)
OPEN = replace(SHEET, class_words="FOR THE BOARD", public=True)
HOSTILE = (
    "<b>Ali</b> <img src='/etc/passwd'>",
    "Ўғилой Қаҳҳор қизи",
    "a" * 300,
    "مریم",
    "name\x00\u202eevil\n\ttab",
    "Gʻulom — «Gul»",
    "😀 face",
)
RECORD = ReunionRecord(
    who="Gulnoza, girl, 5–9", who_number="KX7-00117-3", day="Mon 21 June 2010", place="School 7", handed_to="Mavluda", relation="mother",
    identity="passport", witness="a neighbour", kind="Case by case", visit_days=(7, 30, 91),
)  # fmt: skip
Reader = Callable[..., str]


def jpeg(size: tuple[int, int] = (300, 420), grey: int = 90) -> bytes:
    out = BytesIO()
    Image.new("L", size, grey).save(out, "JPEG")
    return out.getvalue()


def inside(pdf: bytes) -> None:
    """Every letter stands within the margins of its page."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for at in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(at)
                if right > left:
                    assert left > LEFT - 4
                    assert right < RIGHT + 4
                    assert bottom > HEIGHT - BOTTOM - 18
                    assert top < HEIGHT


def solid(text: str) -> str:
    return "".join(printable(text).split())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_printed_as_typed_on_every_paper(name: str, words_in: Reader) -> None:
    papers = (
        render_list((ReadName(number="KX7-00001-1", name=name, called=(name,), father=name),), OPEN, "en"),
        render_form(dict.fromkeys(FIELDS, name), SHEET, "en"),
        render_news(NewsSheet(sender=name, reference="KX7-00001-1", recipient="R", text="well"), OPEN, "en"),
        render_reunion(replace(RECORD, who=name, handed_to=name), SHEET, "en", office=True),
        render_family(family(1, name=name), SHEET, "en"),
    )
    for pdf in papers:
        assert solid(name) in solid(words_in(pdf))
        inside(pdf)
        with pikepdf.open(BytesIO(pdf)) as document:
            assert not str(document.docinfo.get("/Title", ""))
    board = render_board((BoardPerson(number="KX7-00001-1", who="Girl", called=name),), OPEN, "en")
    assert solid(name)[:20] in solid(words_in(board))
    inside(board)


class TestBoard:
    def test_nine_to_a_page_each_with_its_number_and_the_sentence_on_each(self, words_in: Reader) -> None:
        people = tuple(
            BoardPerson(number=f"KX7-{at:05}-1", who="Boy", age_band="5–9", photo=jpeg(grey=at)) for at in range(19)
        )
        pdf = render_board(people, OPEN, "en")
        with pypdfium2.PdfDocument(pdf) as document:
            assert len(document) == 3
        for page in (1, 2, 3):
            told = words_in(pdf, page)
            assert all(sentence in told for sentence in SENTENCES)
            assert [one.number in told for one in people] == [page == at // 9 + 1 for at in range(19)]
        inside(pdf)

    def test_faces_of_any_shape_stay_in_their_square(self) -> None:
        shapes = ((20, 400), (400, 20), (1, 1), (400, 400))
        assert render_board(
            tuple(BoardPerson(number="1", who="Boy", photo=jpeg(shape)) for shape in shapes), OPEN, "en"
        )

    def test_three_hundred_photos_in_seconds(self) -> None:
        people = tuple(
            BoardPerson(number=f"KX7-{at:05}-1", who="Boy", photo=jpeg(grey=at % 250) + bytes(at % 5))
            for at in range(300)
        )
        began = time.process_time()
        with pypdfium2.PdfDocument(render_board(people, OPEN, "en")) as document:
            assert len(document) == 34
        assert time.process_time() - began < 10

    def test_it_says_nothing_of_how_it_is_protected_in_grey(self, words_in: Reader) -> None:
        assert "FOR THE BOARD" in words_in(render_board((), OPEN, "en"))


class TestList:
    @pytest.mark.parametrize("count", [1, 300, 2000])
    def test_every_name_stands_once_in_pages(self, count: int) -> None:
        names = tuple(
            ReadName(number=f"KX7-{at:05}-1", name=f"Қодирова Ўғилой {at}", called=("Гуля",), father="Шавкат", who="Girl", age_band="5–9")
            for at in range(count)
        )  # fmt: skip
        began = time.process_time()
        pdf = render_list(names, OPEN, "en")
        assert time.process_time() - began < 8
        with pypdfium2.PdfDocument(pdf) as document:
            told = " ".join(page.get_textpage().get_text_bounded() for page in document)
            assert len(document) <= count // 15 + 2
        assert all(told.count(one.number) == 1 for one in names)


class TestForm:
    def test_empty_it_has_every_label(self, words_in: Reader) -> None:
        told = words_in(render_form({}, SHEET, "en"))
        for _title, fields in SECTIONS:
            assert all(field.label in told for field in fields)
        assert all(label in told for _key, label in CONSENTS)

    def test_an_answer_stands_in_place_of_the_boxes(self, words_in: Reader) -> None:
        empty = words_in(render_form({}, SHEET, "en"))
        told = words_in(render_form({"consent_trace": "yes", "consent_show": "no"}, SHEET, "en"))
        assert empty.count(" yes ") == told.count(" yes ") + 1
        assert "NO To show" in told

    def test_in_another_language_the_labels_stand_in_both(self, words_in: Reader, long_words: str) -> None:
        pdf = render_form({}, SHEET, long_words)
        told = words_in(pdf)
        assert "· Family name" in told
        inside(pdf)

    def test_long_values_turn_to_further_pages(self) -> None:
        inside(
            render_form(dict.fromkeys(FIELDS, "Gulnoza, the daughter of the neighbour by the canal " * 6), SHEET, "en")
        )


class TestNews:
    @given(st.text(st.characters(codec="utf-8"), max_size=1500))
    @examples(30)
    def test_whatever_is_typed_fits_above_the_tear_line(self, text: str) -> None:
        lines = lines_of(text)
        if len(lines) > MOST_LINES:
            text = "\n".join(lines[:MOST_LINES])
        render_news(NewsSheet(sender="A", reference="1", recipient="B", text=text), OPEN, "en")

    def test_25_lines_end_above_the_answer(self) -> None:
        text = "\n".join(f"line{n}" for n in range(25))
        news = NewsSheet(sender="A " * 60, reference="KX7-00001-1", recipient="B " * 60, text=text)
        pdf = render_news(news, OPEN, "en")
        with pypdfium2.PdfDocument(pdf) as document:
            assert len(document) == 1
            page = document[0].get_textpage()
            told = page.get_text_bounded()
            last = page.get_charbox(told.index("line24"))
            tear = page.get_charbox(told.index("Tear here"))
            assert last[1] > tear[3]
        inside(pdf)


class TestReunion:
    def test_a_signed_one_says_nothing_of_an_emergency(self, words_in: Reader) -> None:
        for office in (True, False):
            pdf = render_reunion(RECORD, SHEET, "en", office=office)
            assert "without a signed" not in words_in(pdf)
            inside(pdf)
            with pypdfium2.PdfDocument(pdf) as document:
                assert len(document) == 1

    def test_the_visits_are_those_that_are_set(self, words_in: Reader) -> None:
        for office in (True, False):
            told = words_in(render_reunion(RECORD, SHEET, "en", office=office))
            assert "agrees that we visit: after a week, a month and three months." in told
            told = words_in(render_reunion(replace(RECORD, visit_days=(3, 14, 200)), SHEET, "en", office=office))
            assert "agrees that we visit: after 3 days, two weeks and 200 days." in told

    def test_what_nobody_wrote_down_is_said_on_the_office_s(self, words_in: Reader) -> None:
        told = words_in(render_reunion(replace(RECORD, witness="", identity=""), SHEET, "en", office=True))
        assert told.count("not recorded") == 2


def family(count: int, *, name: str = "", rows: int = 2) -> FamilyPage:
    """A father and a mother with so many children in each of the generations below."""
    states = (HERE, ELSEWHERE, MISSING, DIED)
    top = [
        DrawnRelative(name=name, kin="parent", age="35–39", where="here", state=states[at], column=at, row=0)
        for at in (0, 1)
    ]
    below = [
        DrawnRelative(name=name, kin="child", age="5–9", where="elsewhere, known", state=states[at % 4], column=at, row=row, own=not at and row == 1)
        for row in range(1, rows)
        for at in range(count)
    ]  # fmt: skip
    lines = (DrawnLine((0,), (1,), True), DrawnLine((0, 1), tuple(range(2, 2 + count)), False))
    return FamilyPage(relatives=(*top, *below), lines=lines, columns=max(count, 2))


class TestFamily:
    @pytest.mark.parametrize(("count", "rows"), [(1, 2), (4, 5), (7, 2), (10, 2), (14, 3), (58, 2)])
    def test_every_width_is_drawn_within_the_page_and_listed(self, count: int, rows: int, words_in: Reader) -> None:
        drawn = family(count, name="Тўхтасинова Мавлуда", rows=rows)
        pdf = render_family(drawn, SHEET, "en")
        inside(pdf)
        assert words_in(pdf).count("Тўхтасинова") >= len(drawn.relatives)

    def test_whom_the_drawing_does_not_hold_is_counted(self, words_in: Reader) -> None:
        assert "3 more are not drawn." in words_in(render_family(replace(family(2), left_out=3), SHEET, "en"))
