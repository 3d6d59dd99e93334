"""Dates of lists: four orders, three calendars, and what a column leaves open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.sheets import sheet

from panoh.domain.calendars import LUNAR, SOLAR
from panoh.domain.dates import PartialDate
from panoh.exchange.columns import ParsedRow, Refused
from panoh.exchange.date_forms import DAY_FIRST, MONTH_FIRST, YEAR_DAY_MONTH, DateColumn, DateForm, form_of
from panoh.exchange.people_rows import PersonRow, parse_people
from panoh.exchange.row_reader import Wanted
from panoh.services.resources import vocabularies

TODAY = date(2010, 6, 14)
VOCAB = vocabularies()
BORN = date(1980, 4, 3)


def parse(birth: str, form: DateForm, arrival: str = "") -> ParsedRow[PersonRow]:
    rows = sheet(["given_name", "birth_date", "arrival_date"], ["Лола", birth, arrival])
    wanted = Wanted(dates={"birth_date": form, "arrival_date": form})
    return next(parse_people(rows, wanted, TODAY, VOCAB))


def birth(text: str, form: DateForm) -> PartialDate:
    values = parse(text, form).values
    assert isinstance(values, PersonRow), values
    return values.birth


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("03/04/1980", DAY_FIRST),
        ("3.4.1980", DAY_FIRST),
        ("03-04-80", DAY_FIRST),
        ("04/03/1980", MONTH_FIRST),
        ("4.3.1980", MONTH_FIRST),
        ("04-03-80", MONTH_FIRST),
        ("1980-04-03", ""),
        ("1980/04/03", DAY_FIRST),
        ("1980-03-04", YEAR_DAY_MONTH),
        ("٠٣/٠٤/١٩٨٠", DAY_FIRST),
        ("０３/０４/１９８０", DAY_FIRST),
        ("1980-04-03 00:00", MONTH_FIRST),
    ],
)
def test_an_order_that_was_told_is_kept_to(text: str, order: str) -> None:
    found = birth(text, DateForm(order))
    assert (found.precision, found.earliest, found.latest) == ("day", BORN, BORN)
    assert found.said.startswith(("0", "1", "3", "4"))


@pytest.mark.parametrize(
    ("text", "order"), [("25/04/1980", MONTH_FIRST), ("04/25/1980", DAY_FIRST), ("1980-25-04", DAY_FIRST)]
)
def test_a_date_that_the_order_does_not_fit_is_refused_and_never_turned(text: str, order: str) -> None:
    values = parse(text, DateForm(order)).values
    assert isinstance(values, Refused)
    assert "month 25" in values.reason


@pytest.mark.parametrize(
    ("text", "calendar", "span"),
    [
        ("1370/05/12", SOLAR, (date(1991, 8, 3), date(1991, 8, 3))),
        ("12.05.1370", SOLAR, (date(1991, 8, 3), date(1991, 8, 3))),
        ("1370", SOLAR, (date(1991, 3, 21), date(1992, 3, 20))),
        ("1370-05", SOLAR, (date(1991, 7, 23), date(1991, 8, 22))),
        ("1411/01/22", LUNAR, (date(1990, 8, 13), date(1990, 8, 15))),
        ("1411", LUNAR, (date(1990, 7, 24), date(1991, 7, 12))),
        ("1980-04-03", SOLAR, (BORN, BORN)),  # a list may mix calendars: nobody alive has a year of both
        ("1980", LUNAR, (date(1980, 1, 1), date(1980, 12, 31))),
    ],
)
def test_years_of_other_calendars(text: str, calendar: str, span: tuple[date, date]) -> None:
    found = birth(text, DateForm(calendar=calendar))
    assert (found.earliest, found.latest, found.said) == (*span, text)


@pytest.mark.parametrize("text", ["1370/07/31", "1400/12/30", "1300/13/01"])
def test_days_that_the_other_calendar_does_not_have(text: str) -> None:
    assert isinstance(parse(text, DateForm(calendar=SOLAR)).values, Refused)


def test_a_birth_to_come_is_refused_in_any_calendar() -> None:
    assert isinstance(parse("1399", DateForm(calendar=SOLAR)).values, Refused)


def test_days_of_arrival_keep_to_the_order_and_the_calendar() -> None:
    for text, form, day in (
        ("12/06/2010", DateForm(DAY_FIRST), date(2010, 6, 12)),
        ("06/12/2010", DateForm(MONTH_FIRST), date(2010, 6, 12)),
        ("1389/03/22", DateForm(calendar=SOLAR), date(2010, 6, 12)),
        ("12/06/2010", DateForm(), None),
        ("12.06.2010", DateForm(), date(2010, 6, 12)),
        ("2010-06-12 09:30", DateForm(), date(2010, 6, 12)),
    ):
        values = parse("", form, text).values
        assert isinstance(values, PersonRow)
        assert values.arrival_on == day, text


def looked_at(*texts: str) -> DateColumn:
    column = DateColumn("born")
    for text in texts:
        column.add(text)
    return column


@pytest.mark.parametrize(
    ("texts", "order", "asks_order", "asks_calendar"),
    [
        (["1980-04-03", "2001", ""], "", False, False),
        (["03/04/1980", "05/06/2001"], "", True, False),
        (["03/04/1980", "25/06/2001"], DAY_FIRST, False, False),
        (["03/04/1980", "06/25/2001"], MONTH_FIRST, False, False),
        (["03/04/1980", "06/25/2001", "25/06/2001"], "", True, False),
        (["03.04.1980", "05.06.2001"], "", False, False),
        (["03.04.1980", "06.25.2001"], MONTH_FIRST, False, False),
        (["1980-25-04", "1980-03-04"], YEAR_DAY_MONTH, False, False),
        (["1370", "1980"], "", False, True),
        (["03/03/1980"], "", False, False),
        (["about 6", "a child"], "", False, False),
    ],
)
def test_what_a_column_leaves_open(texts: list[str], order: str, asks_order: bool, asks_calendar: bool) -> None:
    column = looked_at(*texts)
    assert (column.order, column.asks_order, column.asks_calendar) == (order, asks_order, asks_calendar)


@given(
    days=st.lists(st.dates(date(1900, 1, 1), date(2010, 6, 14)), min_size=1, max_size=20),
    day_first=st.booleans(),
    sign=st.sampled_from("/.-"),
)
def test_a_column_is_read_as_it_was_written_or_asked_about(days: list[date], day_first: bool, sign: str) -> None:
    pattern = f"%d{sign}%m{sign}%Y" if day_first else f"%m{sign}%d{sign}%Y"
    texts = [day.strftime(pattern) for day in days]
    column = looked_at(*texts)
    told = column.order or (DAY_FIRST if not column.asks_order and sign == "." else "")
    if told and not (sign == "." and not day_first and not column.order):  # dots are day first, unless a date says no
        assert [birth(text, DateForm(told)).earliest for text in texts] == days
    elif not column.asks_order and sign != ".":
        assert all(day.day == day.month for day in days)


@given(st.text(max_size=30))
def test_any_text_is_looked_at_without_a_crash(text: str) -> None:
    column = looked_at(text)
    assert column.filled in (0, 1)
    for order in ("", DAY_FIRST, MONTH_FIRST, YEAR_DAY_MONTH):
        for calendar in ("gregorian", SOLAR, LUNAR):
            assert parse(text, DateForm(order, calendar), text).values


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("day-first", DateForm(DAY_FIRST)),
        ("month-first,solar", DateForm(MONTH_FIRST, SOLAR)),
        ("lunar", DateForm("", LUNAR)),
        ("backwards", None),
        ("", None),
    ],
)
def test_words_of_the_command_line(words: str, form: DateForm | None) -> None:
    assert form_of(words) == form


def test_the_quick_reading_of_plain_days_says_what_the_slow_one_says() -> None:
    from panoh.domain.dates import parse_import_birth

    for text in ("1980-02-29", "2010-06-14", "1899-01-01", "1895-06-14", "1890-01-01"):
        quick = parse(text, DateForm()).values
        try:
            slow: object = parse_import_birth(text, "", TODAY)
        except ValueError as problem:
            slow = problem
        if isinstance(quick, PersonRow):
            assert quick.birth == slow
        else:
            assert isinstance(slow, ValueError)
