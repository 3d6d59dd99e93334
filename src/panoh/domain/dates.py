"""Dates as people know them: an exact day, a month, a year, an age on a day, a range of ages, or unknown.

A date that is not exact is kept as the span of days it may be, beside the precision and the words in
which it was said. Nothing invented is ever stored: a year is never turned into the first of January.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MINYEAR, date

from panoh.base import i18n
from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain import date_words
from panoh.domain.date_spans import DAYS, MONTHS, OLDEST, WEEKS, YEARS, months_between, span_of_age, years_between
from panoh.domain.date_words import CalendarReading

DAY, MONTH, YEAR, AGE, RANGE, UNKNOWN = "day", "month", "year", "age", "range", ""
PRECISIONS = (DAY, MONTH, YEAR, AGE, RANGE, UNKNOWN)

FIELD = "birth"
ADULT = 18  # years


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A birth date (or another day) known only as well as it was told.

    `earliest` and `latest` bound the days it may be, both inclusive; both are None when unknown.
    `said` is the text as it was said; `as_of` the day on which an age was told.
    """

    precision: str = UNKNOWN
    earliest: date | None = None
    latest: date | None = None
    said: str = ""
    as_of: date | None = None


class AmbiguousDate(FieldProblem):
    """A date that can be read in more than one way, or only with month before day: the field asks which was meant."""

    def __init__(self, field: str, text: str, readings: tuple[PartialDate, ...]) -> None:
        super().__init__(field, text)
        self.readings = readings


def parse_date(text: str, today: date) -> PartialDate:
    """What a person said about a birth: '12.3.98', '12 марта 1998', '1972', 'about 6', '6 months', '5-7', ''.

    Ages are told on `today` unless the text says '(on 14 Jun 2010)'. With dots and dashes the day comes first.
    Raises FieldProblem for a day that does not exist or is still to come, an age over 120 years and anything
    that is no date; AmbiguousDate when a slash leaves it open which number is the month.
    """
    said = " ".join(text.split())
    if not said:
        return PartialDate()
    if len(said) > date_words.MOST_CHARACTERS:
        raise not_understood()
    plain = date_words.plain(said)
    if plain in date_words.UNKNOWN_WORDS or not plain:
        return PartialDate(said=said)
    found = _calendar(plain, today) or _age(plain, today)
    if found is None:
        raise not_understood()
    return replace(_possible(found, today), said=said)


def parse_import_birth(birth_date: str, age: str, told_on: date) -> PartialDate:
    """A birth from a row of a file: a date ('YYYY-MM-DD', 'YYYY-MM', 'YYYY', or as people say it), else a whole age.

    Where both stand, the date is kept: an age is often a guess. Raises FieldProblem for 'birth_date' or 'age'.
    """
    written = re.sub(r"[T ]00:00(:00)?$", "", birth_date.strip())
    if written:
        try:
            return parse_date(written, told_on)
        except AmbiguousDate as problem:
            raise AmbiguousDate("birth_date", problem.text, problem.readings) from None
        except FieldProblem as problem:
            raise FieldProblem("birth_date", problem.text) from None
    whole = re.fullmatch(r"(\d{1,3})(?:\.0+)?", age.strip(), re.ASCII)
    if not whole:
        if age.strip():
            raise FieldProblem("age", _("An age is a whole number of years."))
        return PartialDate()
    told = span_of_age(int(whole[1]), int(whole[1]), YEARS, told_on)
    if told is None:
        raise FieldProblem("age", _too_old())
    return PartialDate(AGE, *told, said=whole[1], as_of=told_on)


def words(birth: PartialDate) -> str:
    """The date in words, with the month in letters: '12 Mar 1998', 'Mar 1998', '1972', 'about 6 (on 14 Jun 2010)'."""
    first, last = birth.earliest, birth.latest
    if first is None or last is None or birth.precision == UNKNOWN:
        return _("unknown")
    if birth.precision == DAY:
        return i18n.day(first)
    if birth.precision == MONTH:
        return _month_words(first)
    if birth.precision == YEAR:
        return str(first.year)
    if birth.as_of is None:
        return _("{first} to {last}").format(first=first.year, last=last.year)
    return _("{age} (on {day})").format(age=_age_words(birth, first, last, birth.as_of), day=i18n.day(birth.as_of))


def age_span(birth: PartialDate, on: date) -> tuple[int, int] | None:
    """The least and the greatest age in whole years that someone born then can have on this day; None if unknown."""
    if birth.earliest is None or birth.latest is None:
        return None
    return max(0, years_between(birth.latest, on)), max(0, years_between(birth.earliest, on))


def age_band(birth: PartialDate, on: date, width: int = 5) -> str:
    """The band of ages around the middle of the span: '35–39'; '' if unknown."""
    span = age_span(birth, on)
    if span is None:
        return ""
    lowest = (span[0] + span[1]) // 2 // width * width
    return f"{lowest}–{lowest + width - 1}"


def child_possible(birth: PartialDate, on: date) -> bool:
    """Whether this may be a child: under 18 by the youngest reading, or of unknown age."""
    span = age_span(birth, on)
    return span is None or span[0] < ADULT


def certainly_child(birth: PartialDate, on: date) -> bool:
    """Whether every reading of the birth date is under 18."""
    span = age_span(birth, on)
    return span is not None and span[1] < ADULT


def certainly_adult(birth: PartialDate, on: date) -> bool:
    """Whether every reading of the birth date is 18 or more."""
    span = age_span(birth, on)
    return span is not None and span[0] >= ADULT


def _calendar(plain: str, today: date) -> PartialDate | None:
    """A year, a month or a day out of the calendar; None if the text is not of that kind."""
    years = date_words.year_range(plain)
    if years:
        return (
            PartialDate(RANGE, date(years[0], 1, 1), date(years[1], 12, 31)) if MINYEAR < years[0] < years[1] else None
        )
    found = date_words.calendar(plain)
    if not found:
        return None
    wrong: FieldProblem | None = None
    readings: list[PartialDate] = []
    for reading in found:
        try:
            readings.append(_reading(reading, today))
        except FieldProblem as problem:
            wrong = wrong or problem
    if wrong and (not readings or found[0].asks):
        raise wrong if not readings else AmbiguousDate(FIELD, wrong.text, tuple(readings))
    if len({(r.earliest, r.latest) for r in readings}) > 1:
        raise AmbiguousDate(FIELD, _("Which number is the month? Choose the date that was meant."), tuple(readings))
    return readings[0]


def _reading(reading: CalendarReading, today: date) -> PartialDate:
    """One way to read the text, if there is such a day."""
    day, month = reading.day, reading.month
    if not month:
        year = _full_year(reading.year, (1, 1), today)
        return PartialDate(YEAR, date(year, 1, 1), date(year, 12, 31))
    if month > 12:
        raise FieldProblem(FIELD, _("There is no month {number}.").format(number=month))
    year = _full_year(reading.year, (month, day or 1), today)
    last = monthrange(year, month)[1]
    if day is None:
        return PartialDate(MONTH, date(year, month, 1), date(year, month, last))
    if not 1 <= day <= last:
        raise FieldProblem(FIELD, _no_such_day(day, date(year, month, 1), last))
    return PartialDate(DAY, date(year, month, day), date(year, month, day))


def _full_year(text: str, day: tuple[int, int], today: date) -> int:
    """The year; two digits mean the latest year of that ending in which this (month, day) is not still to come."""
    year = int(text)
    if len(text) == 2:
        year += today.year // 100 * 100
        if (year, *day) > (today.year, today.month, today.day):
            year -= 100
    if not today.year - OLDEST - 1 <= year <= today.year:
        raise FieldProblem(
            FIELD, _too_old() if year < today.year else _("The year {year} is still to come.").format(year=year)
        )
    return year


def _age(plain: str, today: date) -> PartialDate | None:
    """An age or a range of ages, told today or on the day that stands behind it; None if the text is no age."""
    told_on = today
    dated = re.fullmatch(r"(.+?) \(on (.+)\)?", plain)
    if dated:
        day = _calendar(dated[2].rstrip(")"), today)
        if day is None or day.precision != DAY or day.earliest is None:
            return None
        plain, told_on = dated[1], day.earliest
    plain = date_words.without_about(plain)
    one, some = date_words.age(plain), date_words.age_range(plain)
    if not one and not some:
        return None
    low, high, unit = some or (one[0], one[0], one[1])  # type: ignore[index]
    if low > high or (some and low == high):
        raise FieldProblem(FIELD, _("In a range of ages the younger one comes first: 5 to 7."))
    span = span_of_age(low, high, unit, told_on)
    if span is None:
        raise FieldProblem(FIELD, _too_old())
    return PartialDate(RANGE if some else AGE, *span, as_of=told_on)


def _possible(found: PartialDate, today: date) -> PartialDate:
    """The same date, if a living person can have been born then."""
    first, last = found.earliest, found.latest
    if first is not None and first > today:
        raise FieldProblem(FIELD, _("{day} is still to come.").format(day=words(found)))
    if last is not None and years_between(last, today) > OLDEST:
        raise FieldProblem(FIELD, _too_old())
    return found


# --- words ---------------------------------------------------------------------------------------------------------


def _age_words(birth: PartialDate, first: date, last: date, told_on: date) -> str:
    """'about 6', 'about 3 weeks', '5 to 7', in the unit in which it was told."""
    low, high, unit = _as_told(birth, first, last, told_on)
    if birth.precision == RANGE:
        texts = {
            YEARS: _("{low} to {high}"),
            MONTHS: _("{low} to {high} months"),
            WEEKS: _("{low} to {high} weeks"),
            DAYS: _("{low} to {high} days"),
        }
        return texts[unit].format(low=low, high=high)
    texts = {
        YEARS: _("about {n}"),
        MONTHS: ngettext("about {n} month", "about {n} months", low),
        WEEKS: ngettext("about {n} week", "about {n} weeks", low),
        DAYS: ngettext("about {n} day", "about {n} days", low),
    }
    return texts[unit].format(n=low)


def _as_told(birth: PartialDate, first: date, last: date, told_on: date) -> tuple[int, int, str]:
    """The numbers and the unit that give this span; completed years if none gives it exactly."""
    low, high = years_between(last, told_on), years_between(first, told_on)
    days = (told_on - last).days, (told_on - first).days
    tries = (
        (low, high, YEARS),
        (months_between(last, told_on), months_between(first, told_on), MONTHS),
        (days[0] // 7, days[1] // 7, WEEKS),
        (days[0], days[1], DAYS),
    )
    for few, many, unit in tries:
        if (
            few >= 0
            and (few < many) == (birth.precision == RANGE)
            and span_of_age(few, many, unit, told_on) == (first, last)
        ):
            return few, many, unit
    return low, high, YEARS


def _month_words(month: date, pattern: str = "LLL y") -> str:
    from babel.dates import format_date

    return format_date(month, pattern, locale=i18n.language())


def _no_such_day(day: int, month: date, last: int) -> str:
    asked = f"{day} {_month_words(month, 'MMM y')}"
    if (day, month.month) == (29, 2):
        return _("{day} does not exist: {year} was no leap year, February had 28 days").format(
            day=asked, year=month.year
        )
    return _("{day} does not exist: {month} has {last} days").format(
        day=asked, month=_month_words(month, "LLLL"), last=last
    )


def _too_old() -> str:
    return _("This is more than {most} years ago. Check the year or the age.").format(most=OLDEST)


def not_understood() -> FieldProblem:
    """What is told of words that are neither a date nor an age."""
    return FieldProblem(
        FIELD, _("This is neither a date nor an age. Write for example 12.3.1998, Mar 1998, 1972, about 6, or 5 to 7.")
    )
