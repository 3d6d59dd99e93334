from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from panoh.base import i18n


@given(st.dates(min_value=date(1890, 1, 1), max_value=date(2100, 1, 1)), st.booleans(), st.booleans())
def test_english_days_are_said_as_babel_says_them(day: date, weekday: bool, year: bool) -> None:
    pattern = ("EEE " if weekday else "") + "d MMM" + (" y" if year else "")
    assert i18n.day(day, weekday=weekday, year=year) == format_date(day, pattern, locale="en")


def test_other_languages_say_days_in_their_own_words() -> None:
    with i18n.speaking("ru"):
        assert i18n.day(date(2010, 6, 14)) == "14 июн. 2010"


@pytest.mark.parametrize("code", ["en", "ru", "xx"])
def test_a_language_without_a_catalogue_leaves_english(code: str) -> None:
    with i18n.speaking(code):
        assert i18n.gettext("No sentence of Panoh") == "No sentence of Panoh"
        i18n.load_words() if code != "xx" else None
