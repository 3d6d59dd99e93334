"""The words in which dates and ages are told: months, units of age, 'about', 'to', in the languages of the field.

English, Russian, Uzbek in both scripts, Kyrgyz and Tajik. Everything here is lower case.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from panoh.domain.date_spans import DAYS, MONTHS, WEEKS, YEARS

MOST_CHARACTERS = 80  # nobody tells a date in more

# Each month: how it is written out. Three letters or more of one of these are enough.
_MONTHS = (
    "january январь января январ yanvar",
    "february февраль февраля феврал fevral",
    "march март марта mart",
    "april апрель апреля апрел aprel",
    "may май мая mai",
    "june июнь июня июн iyun",
    "july июль июля июл iyul",
    "august август августа avgust",
    "september сентябрь сентября сентябр sentabr sentyabr",
    "october октябрь октября октябр oktabr oktyabr",
    "november ноябрь ноября ноябр noyabr",
    "december декабрь декабря декабр dekabr",
)
_MONTH_OF = {
    word[:length]: number
    for number, words in enumerate(_MONTHS, 1)
    for word in words.split()
    for length in range(3, len(word) + 1)
} | {"sept": 9}

_UNITS = {
    YEARS: "y yr yrs year years yo years-old old г год года годик годика лет л yosh yoshda ёш ёшда йош жаш жашта "
    "yil йил сол сола соли",
    MONTHS: "m mo mos month months мес месяц месяца месяцев oy oylik ой ойлик ай айлык моҳ моҳа",
    WEEKS: "w wk wks week weeks нед неделя недели недель неделю hafta haftalik ҳафта ҳафталик хафта апта апталык жума",
    DAYS: "d day days день дня дней kun kunlik кун кунлик күн күндүк рӯз рӯза",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}

UNKNOWN_WORDS = frozenset(
    {"?", "-", "n/a", "unknown", "not known", "does not know", "неизвестно", "неизв", "не знает"}
    | {"noma'lum", "номаълум", "белгисиз"}
)
_ABOUT = (
    r"(?:about|around|approximately|approx|circa|ca|c|примерно|приблизительно|около|где-то|taxminan|тахминан|taqriban|тақрибан"
    r"|чамасында|чамалап|болжол менен|age|aged|возраст|~|≈)"
)
_ABOUT_BEFORE = re.compile(rf"^(?:{_ABOUT}\b\.?|[~≈]) ?")
_YEAR_WORD = re.compile(
    r"(?<=\d)[ -]?(?:г\.? ?р\.?|года рождения|года|год|г\.?|йил|йили|yil|yili|жылы|жыл|ж\.?|соли|сол)$"
)
_WORD = r"([^\W\d_]{3,12})"
_ISO = re.compile(r"^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$")
_NUMBERS = re.compile(r"^(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|\d{2})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[./-](\d{4})$")
_DAY_MONTH_YEAR = re.compile(rf"^(?:(\d{{1,2}})(?:st|nd|rd|th)?[ .-]*)?{_WORD}[ .,-]*(\d{{4}}|\d{{2}})$")
_MONTH_DAY_YEAR = re.compile(rf"^{_WORD}[ .]*(\d{{1,2}})(?:st|nd|rd|th)?[ ,]+(\d{{4}})$")
_YEAR_DAY_MONTH = re.compile(rf"^(\d{{4}})[- ]?(?:yil|йил|жыл|соли)[, ]*(\d{{1,2}})[- ]?{_WORD}$")
_NUMBER_UNIT = r"(\d{1,3}) ?([^\W\d_]*)\.?"
_RANGE = re.compile(
    rf"^(?:from |between |от |с )?{_NUMBER_UNIT} ?(?:-| to | and | до | или | or | и ) ?{_NUMBER_UNIT}$"
)
_AGE = re.compile(
    r"^(\d{1,3})(?:[.,](\d))?[ -]?([^\W\d_]*(?:-old)?)\.?(?:[ ,]*(?:and |и )?(\d{1,2}) ?([^\W\d_]+)\.?)?(?: old)?$"
)


def plain(text: str) -> str:
    """What was typed in one shape: compatibility forms, lower case, one kind of dash, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    return re.sub(r"\s+", " ", re.sub(r"[‘’ʻʼ`´]", "'", text)).strip(" .,;")


def without_about(text: str) -> str:
    """An age without the word that says it is not exact: every age is taken as not exact."""
    return _ABOUT_BEFORE.sub("", text)


class CalendarReading(NamedTuple):
    """One way to read a calendar date: day and month if they were told, the year as written (two or four digits)."""

    day: int | None
    month: int | None
    year: str
    asks: bool = False  # another order of the numbers is only possible, so the field must ask


def calendar(text: str) -> tuple[CalendarReading, ...]:
    """The ways to read a calendar date, the likeliest first; none if the text is no such date.

    Local use puts the day first. A slash may mean either order, so it gives both.
    """
    text = _YEAR_WORD.sub("", text)
    if re.fullmatch(r"\d{4}", text):
        return (CalendarReading(None, None, text),)
    if found := _ISO.match(text):
        return (CalendarReading(int(found[4]) if found[4] else None, int(found[3]), found[1]),)
    if found := _MONTH_YEAR.match(text):
        return (CalendarReading(None, int(found[1]), found[2]),)
    if found := _NUMBERS.match(text):
        first, second, year = int(found[1]), int(found[3]), found[4]
        day_first, month_first = CalendarReading(first, second, year), CalendarReading(second, first, year)
        if found[2] == "/":
            return day_first, month_first
        return (day_first._replace(asks=True), month_first) if second > 12 >= first else (day_first,)
    return _with_month_in_letters(text)


def _with_month_in_letters(text: str) -> tuple[CalendarReading, ...]:
    for pattern, day, word, year in (
        (_DAY_MONTH_YEAR, 1, 2, 3),
        (_MONTH_DAY_YEAR, 2, 1, 3),
        (_YEAR_DAY_MONTH, 2, 3, 1),
    ):
        found = pattern.match(text)
        number = _MONTH_OF.get(found[word]) if found else None
        if found and number and (found[day] or int(found[year]) > 31):  # 'March 10' is a day or a year
            return (CalendarReading(int(found[day]) if found[day] else None, number, found[year]),)
    return ()


def year_range(text: str) -> tuple[int, int] | None:
    """The years of '1970-1975' and '1970 to 1975'; else None."""
    found = re.match(r"^(\d{4}) ?(?:-|to|до) ?(\d{4})$", text)
    return (int(found[1]), int(found[2])) if found else None


def age(text: str) -> tuple[int, str] | None:
    """A number and its unit from '6', '6 y', '3 weeks', '1 year 6 months', '1.5 года'; else None."""
    found = _AGE.match(text)
    if not found:
        return None
    count, tenth, word, more, more_word = found.groups()
    unit = _UNIT_OF.get(word or "", YEARS if not word else "")
    if not unit or (tenth and (unit != YEARS or not word)):
        return None
    if more:
        return (int(count) * 12 + int(more), MONTHS) if unit == YEARS and _UNIT_OF.get(more_word) == MONTHS else None
    if tenth:
        return int(count) * 12 + int(tenth) * 12 // 10, MONTHS
    return int(count), unit


def age_range(text: str) -> tuple[int, int, str] | None:
    """Two numbers and their unit from '5-7', '5 to 7 years', 'от 5 до 7', and '30s'; else None."""
    decade = re.match(r"^([1-9]0)'?s$", text)
    if decade:
        return int(decade[1]), int(decade[1]) + 9, YEARS
    found = _RANGE.match(text)
    if not found:
        return None
    low, low_word, high, high_word = found.groups()
    unit = _UNIT_OF.get(high_word or low_word, YEARS if not (high_word or low_word) else "")
    if not unit or (low_word and high_word and _UNIT_OF.get(low_word) != unit):
        return None
    return int(low), int(high), unit
