"""Birth dates as people tell them: read, said back in words, never more exact than they were told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.base.errors import FieldProblem
from panoh.domain.dates import (
    AGE,
    DAY,
    MONTH,
    RANGE,
    UNKNOWN,
    YEAR,
    AmbiguousDate,
    PartialDate,
    age_band,
    age_span,
    certainly_adult,
    certainly_child,
    child_possible,
    parse_date,
    parse_import_birth,
    words,
)

TODAY = date(2010, 6, 14)


def day(year: int, month: int, number: int) -> PartialDate:
    return PartialDate(DAY, date(year, month, number), date(year, month, number))


def same(a: PartialDate, b: PartialDate) -> bool:
    """Whether two dates say the same, whatever the words were."""
    return replace(a, said="") == replace(b, said="")


@pytest.mark.parametrize(
    "said",
    [
        "12.3.98",
        "12.03.1998",
        "12-03-1998",
        "12 3 98",
        "1998-03-12",
        "12 Mar 1998",
        "12-Mar-1998",
        "Mar 12, 1998",
        "12th march 1998",
        "12 марта 1998",
        "12 марта 1998 г.",
        "12 mart 1998",
        "1998 yil 12 mart",
        "1998 йил 12 март",
        "12 март 98",
        "１２．３．９８",
    ],
)
def test_one_day_told_in_many_ways(said: str) -> None:
    assert same(parse_date(said, TODAY), day(1998, 3, 12))


@pytest.mark.parametrize(("said", "year"), [("1972", 1972), ("1972 г.р.", 1972), ("1972 йил", 1972), ("2010", 2010)])
def test_a_year_stays_a_year(said: str, year: int) -> None:
    assert same(parse_date(said, TODAY), PartialDate(YEAR, date(year, 1, 1), date(year, 12, 31)))


@pytest.mark.parametrize("said", ["March 1998", "03.1998", "3/1998", "1998-03", "март 1998", "mart 1998", "march 98"])
def test_a_month_stays_a_month(said: str) -> None:
    assert same(parse_date(said, TODAY), PartialDate(MONTH, date(1998, 3, 1), date(1998, 3, 31)))


@pytest.mark.parametrize(
    "said",
    [
        "6",
        "about 6",
        "6 y",
        "6 years old",
        "6 лет",
        "тахминан 6",
        "taxminan 6",
        "примерно 6 лет",
        "около 6",
        "~6",
        "6 ёш",
        "age 6",
    ],
)
def test_an_age_is_a_span_of_days_told_today(said: str) -> None:
    assert same(parse_date(said, TODAY), PartialDate(AGE, date(2003, 6, 15), date(2004, 6, 14), as_of=TODAY))


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("6 months", date(2009, 11, 15), date(2009, 12, 14)),
        ("6 ой", date(2009, 11, 15), date(2009, 12, 14)),
        ("1 year 6 months", date(2008, 11, 15), date(2008, 12, 14)),
        ("1.5 года", date(2008, 11, 15), date(2008, 12, 14)),
        ("3 weeks", date(2010, 5, 18), date(2010, 5, 24)),
        ("3 ҳафта", date(2010, 5, 18), date(2010, 5, 24)),
        ("5 days", date(2010, 6, 9), date(2010, 6, 9)),
    ],
)
def test_small_children_in_months_weeks_and_days(said: str, first: date, last: date) -> None:
    assert same(parse_date(said, TODAY), PartialDate(AGE, first, last, as_of=TODAY))


@pytest.mark.parametrize("said", ["5-7", "5–7", "5 to 7", "от 5 до 7 лет", "about 5 to 7 years"])
def test_a_range_of_ages(said: str) -> None:
    assert same(parse_date(said, TODAY), PartialDate(RANGE, date(2002, 6, 15), date(2005, 6, 14), as_of=TODAY))


def test_decades_and_ranges_of_years() -> None:
    assert age_span(parse_date("30s", TODAY), TODAY) == (30, 39)
    assert same(parse_date("1970-1975", TODAY), PartialDate(RANGE, date(1970, 1, 1), date(1975, 12, 31)))


@pytest.mark.parametrize("said", ["", "  ", "?", "unknown", "неизвестно", "номаълум"])
def test_what_is_not_known_is_unknown(said: str) -> None:
    assert parse_date(said, TODAY).precision == UNKNOWN


@pytest.mark.parametrize(
    ("said", "born"),
    [
        ("12.3.05", date(2005, 3, 12)),
        ("14.6.10", date(2010, 6, 14)),
        ("15.6.10", date(1910, 6, 15)),
        ("1.1.11", date(1911, 1, 1)),
    ],
)
def test_two_digit_years_are_the_latest_that_may_be(said: str, born: date) -> None:
    assert parse_date(said, TODAY).earliest == born


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("31.6.2009", "31 Jun 2009 does not exist: June has 30 days"),
        ("31 Jun 2010", "31 Jun 2010 does not exist: June has 30 days"),
        ("29.2.2009", "29 Feb 2009 does not exist: 2009 was no leap year, February had 28 days"),
        ("2009-02-29", "29 Feb 2009 does not exist: 2009 was no leap year, February had 28 days"),
        ("15.6.2010", "15 Jun 2010 is still to come."),
        ("2011", "The year 2011 is still to come."),
        ("121", "This is more than 120 years ago. Check the year or the age."),
        ("1850", "This is more than 120 years ago. Check the year or the age."),
        ("7-5", "In a range of ages the younger one comes first: 5 to 7."),
    ],
)
def test_what_cannot_be_is_refused_in_words(said: str, text: str) -> None:
    with pytest.raises(FieldProblem) as problem:
        parse_date(said, TODAY)
    assert (problem.value.field, problem.value.text) == ("birth", text)


@pytest.mark.parametrize("said", ["6 potatoes", "ok", "12.3", "march 10", "0.5", "12/3/98/1", "x" * 10_000, "<b>6</b>"])
def test_what_is_no_date_is_refused(said: str) -> None:
    with pytest.raises(FieldProblem):
        parse_date(said, TODAY)


def test_a_leap_day_that_was_is_taken() -> None:
    assert parse_date("29.2.2008", TODAY).earliest == date(2008, 2, 29)
    assert age_span(parse_date("29.2.2008", TODAY), date(2009, 2, 28)) == (0, 0)
    assert age_span(parse_date("29.2.2008", TODAY), date(2009, 3, 1)) == (1, 1)


def test_a_slash_asks_which_was_meant() -> None:
    with pytest.raises(AmbiguousDate) as problem:
        parse_date("12/3/98", TODAY)
    assert [r.earliest for r in problem.value.readings] == [date(1998, 3, 12), date(1998, 12, 3)]
    assert parse_date("13/3/98", TODAY).earliest == date(1998, 3, 13)
    assert parse_date("3/13/98", TODAY).earliest == date(1998, 3, 13)
    assert parse_date("5/5/98", TODAY).earliest == date(1998, 5, 5)


def test_with_dots_the_month_first_is_only_asked_for() -> None:
    with pytest.raises(AmbiguousDate) as problem:
        parse_date("03.25.1998", TODAY)
    assert [r.earliest for r in problem.value.readings] == [date(1998, 3, 25)]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("12.3.98", "12 Mar 1998"),
        ("03.1998", "Mar 1998"),
        ("1972 г.", "1972"),
        ("6", "about 6 (on 14 Jun 2010)"),
        ("1 month", "about 1 month (on 14 Jun 2010)"),
        ("3 недели", "about 3 weeks (on 14 Jun 2010)"),
        ("5-7", "5 to 7 (on 14 Jun 2010)"),
        ("6-8 months", "6 to 8 months (on 14 Jun 2010)"),
        ("1970 to 1975", "1970 to 1975"),
        ("", "unknown"),
    ],
)
def test_words(said: str, text: str) -> None:
    assert words(parse_date(said, TODAY)) == text


def test_an_age_told_earlier_stands_in_its_words() -> None:
    told = parse_date("about 6 (on 12 Jun 2009)", TODAY)
    assert (told.as_of, age_span(told, TODAY)) == (date(2009, 6, 12), (7, 8))


def test_age_bands_and_who_is_a_child() -> None:
    about_17, year_18, unknown = parse_date("17", TODAY), parse_date("1992", TODAY), PartialDate()
    assert age_band(parse_date("12.3.1974", TODAY), TODAY) == "35–39"
    assert age_band(parse_date("0", TODAY), TODAY) == "0–4"
    assert age_band(unknown, TODAY) == ""
    assert certainly_child(about_17, TODAY)
    assert (child_possible(year_18, TODAY), certainly_child(year_18, TODAY), certainly_adult(year_18, TODAY)) == (
        True,
        False,
        False,
    )
    assert (child_possible(unknown, TODAY), certainly_child(unknown, TODAY), certainly_adult(unknown, TODAY)) == (
        True,
        False,
        False,
    )
    assert certainly_adult(parse_date("30s", TODAY), TODAY)


def test_import_takes_dates_first_and_ages_else() -> None:
    assert same(parse_import_birth("1998-03-12", "11", TODAY), day(1998, 3, 12))
    assert same(parse_import_birth("1998-03-12 00:00:00", "", TODAY), day(1998, 3, 12))
    assert parse_import_birth("1998-03", "", TODAY).precision == MONTH
    assert parse_import_birth("1998", "12", TODAY).precision == YEAR
    assert same(parse_import_birth("", "6.0", TODAY), parse_date("6", TODAY))
    assert parse_import_birth(" ", " ", TODAY) == PartialDate()


@pytest.mark.parametrize(
    ("birth_date", "age", "field"),
    [
        ("29.2.2009", "", "birth_date"),
        ("12/3/98", "", "birth_date"),
        ("", "6.5", "age"),
        ("", "130", "age"),
        ("", "-1", "age"),
    ],
)
def test_import_names_the_column_that_is_wrong(birth_date: str, age: str, field: str) -> None:
    with pytest.raises(FieldProblem) as problem:
        parse_import_birth(birth_date, age, TODAY)
    assert problem.value.field == field


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_date(text, TODAY)
    except FieldProblem:
        return
    assert (found.earliest is None) == (found.latest is None)
    assert found.earliest is None or found.earliest <= TODAY
    assert words(found)


@given(st.text(alphabet="0123456789./- abcmyмайгto()онfr", max_size=20))
def test_texts_that_look_like_dates_are_read_or_refused(text: str) -> None:
    try:
        found = parse_date(text, TODAY)
    except FieldProblem:
        return
    if found.precision == DAY:
        assert found.earliest == found.latest


@given(st.dates(date(1895, 1, 1), TODAY), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%m.%Y", "%Y"]))
def test_words_read_back_give_the_same_and_never_a_day_more(born: date, form: str) -> None:
    found = parse_date(born.strftime(form), TODAY)
    assert same(parse_date(words(found), TODAY), found)
    assert (found.precision == DAY) == ("%d" in form)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= born <= found.latest


@given(
    st.integers(0, 80),
    st.integers(1, 20),
    st.sampled_from(
        ["{a}", "{a} months", "{a} weeks", "{a} days", "{a} to {b}", "{a} to {b} months", "{a} to {b} weeks"]
    ),
    st.dates(date(1990, 1, 1), TODAY),
)
def test_ages_read_back_give_the_same(a: int, more: int, form: str, told_on: date) -> None:
    found = parse_date(form.format(a=a, b=a + more), told_on)
    back = parse_date(words(found), TODAY)
    assert (back.earliest, back.latest, back.as_of) == (found.earliest, found.latest, told_on)


@given(st.integers(0, 120), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_someone_told_to_be_n_is_n_on_that_day(age: int, told_on: date) -> None:
    told = parse_date(str(age), told_on)
    assert age_span(told, told_on) == (age, age)
    assert told.earliest is not None
    assert age_span(replace(told, earliest=told.earliest - timedelta(days=1)), told_on) == (age, age + 1)
