"""How two birth dates relate, with the errors that dates and told ages usually have."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.base.errors import FieldProblem
from panoh.domain import births
from panoh.domain.dates import PartialDate, parse_date

TODAY = date(2010, 6, 14)


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("12.3.1998", "12 Mar 1998", births.EQUAL),
        ("12.3.1998", "3.12.1998", births.SWAPPED),
        ("12.3.1998", "13.3.1998", births.SLIGHT),
        ("12.3.1998", "12.3.1999", births.SLIGHT),
        ("12.3.1988", "12.3.1998", births.SLIGHT),
        ("12.3.1998", "20.9.1999", births.APART),
        ("12.3.1968", "20.9.1999", births.CONTRADICTION),
        ("12.3.1998", "1998", births.SAME_SPAN),
        ("12.3.1998", "about 12", births.SAME_SPAN),
        ("about 4", "about 5", births.SLIGHT),
        ("about 4", "about 7", births.APART),
        ("about 44", "about 48", births.SLIGHT),
        ("about 3", "about 50", births.CONTRADICTION),
        ("", "about 50", births.NOT_KNOWN),
    ],
)
def test_kinds(a: str, b: str, kind: str) -> None:
    assert births.compare(parse_date(a, TODAY), parse_date(b, TODAY)).kind == kind


def test_the_first_of_january_says_no_more_than_the_year() -> None:
    first = parse_date("1.1.1970", TODAY)
    assert births.compare(first, first).kind == births.SAME_SPAN
    assert births.compare(first, parse_date("12.9.1970", TODAY)).kind == births.SAME_SPAN
    assert births.compare(parse_date("1.7.1970", TODAY), parse_date("12.3.1970", TODAY)).kind == births.SAME_SPAN


def test_ages_are_misjudged_more_the_older_one_is() -> None:
    assert [births.tolerance(age) for age in (3, 10, 20, 40, 70)] == [1, 2, 3, 4, 5]


def told() -> st.SearchStrategy[PartialDate]:
    days = st.dates(date(1900, 1, 1), TODAY).map(lambda d: d.strftime("%d.%m.%Y"))
    years = st.integers(1900, 2010).map(str)
    ages = st.integers(0, 100).map(lambda n: f"about {n}")
    return st.one_of(days, years, ages, st.just("")).map(lambda text: parse_date(text, TODAY))


@given(told(), told())
def test_the_order_does_not_matter(a: PartialDate, b: PartialDate) -> None:
    assert births.compare(a, b) == births.compare(b, a)


@given(told())
def test_a_date_fits_itself(a: PartialDate) -> None:
    assert births.compare(a, a).kind in (births.EQUAL, births.SAME_SPAN, births.NOT_KNOWN)


@given(st.text(max_size=12))
def test_whatever_was_read_can_be_compared(text: str) -> None:
    try:
        found = parse_date(text, TODAY)
    except FieldProblem:
        return
    assert births.compare(found, parse_date("1972", TODAY)).years >= 0
