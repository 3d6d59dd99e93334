"""Dates as lists write them: which number is the day, which calendar it is, and what must be asked about a column.

What a column leaves open is asked, never guessed: 03/04/2010 may be in March or in April, and 1370 a year of two
calendars. One date that only one order fits (25/04/2010) decides for its column.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from panoh.domain.calendars import CALENDARS, GREGORIAN, OTHER_YEARS

DAY_FIRST, MONTH_FIRST, YEAR_DAY_MONTH = "day_first", "month_first", "year_day_month"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_DAY_MONTH)
_AT_END = re.compile(r"(\d{1,2}) ?([./-]) ?(\d{1,2}) ?[./-] ?(\d{4}|\d{2})")
_IN_FRONT = re.compile(r"(\d{4}) ?[./-] ?(\d{1,2}) ?[./-] ?(\d{1,2})")
_MONTH = re.compile(r"(?:(\d{4})[./-](\d{1,2})|(\d{1,2})[./-](\d{4}))")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the dates of a column are written. Order '' takes what can be read in one way only, and dots as day first.

    The calendar is that of years which are none of ours (OTHER_YEARS): lists mix them, and no living person has both.
    """

    order: str = ""
    calendar: str = GREGORIAN


USUAL = DateForm()


class Numbers(NamedTuple):
    """The numbers of a date; a month or a day that was not told is 0. A year of two digits is as it was written."""

    year: str
    month: int
    day: int


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9, full width signs as plain ones."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in unicodedata.normalize("NFKC", text))


def numbers_of(text: str, form: DateForm) -> Numbers | None:
    """The numbers of a date that is written in numbers alone; None for any other text."""
    text = _TIME.sub("", ascii_digits(text).strip())
    if found := _IN_FRONT.fullmatch(text):
        first, second = int(found[2]), int(found[3])
        return Numbers(found[1], *((second, first) if form.order == YEAR_DAY_MONTH else (first, second)))
    if found := _AT_END.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        return Numbers(found[4], *((first, second) if form.order == MONTH_FIRST else (second, first)))
    if found := _MONTH.fullmatch(text):
        return Numbers(found[1] or found[4], int(found[2] or found[3]), 0)
    return Numbers(text, 0, 0) if re.fullmatch(r"\d{4}", text) else None


@dataclass(slots=True)
class DateColumn:
    """What the dates of one column leave open. Feed it every cell, then ask."""

    column: str
    filled: int = 0
    day_first: int = 0  # dates that only this order fits
    month_first: int = 0
    year_day_month: int = 0
    open_with_slash: int = 0  # both orders fit, to two different days
    open_with_dot: int = 0
    years_in_front: int = 0
    other_years: int = 0  # years that are none of ours
    examples: list[str] = field(default_factory=list)  # of dates that both orders fit
    other_examples: list[str] = field(default_factory=list)  # of years that are none of ours

    def add(self, text: str) -> None:
        """One more cell."""
        text = _TIME.sub("", ascii_digits(text).strip())
        if not text:
            return
        self.filled += 1
        if found := _AT_END.fullmatch(text):
            self._numbers(int(found[1]), int(found[3]), found[2], text)
            self._year(found[4], text)
        elif found := _IN_FRONT.fullmatch(text):
            self.years_in_front += 1
            self.year_day_month += int(found[2]) > 12 >= int(found[3])
            self._year(found[1], text)
        elif found := _MONTH.fullmatch(text):
            self._year(found[1] or found[4], text)
        elif re.fullmatch(r"\d{4}", text):
            self._year(text, text)

    def _numbers(self, first: int, second: int, sign: str, text: str) -> None:
        if first > 12 >= second:
            self.day_first += 1
        elif second > 12 >= first:
            self.month_first += 1
        elif first != second and first <= 12:
            self.open_with_dot += sign == "."
            self.open_with_slash += sign != "."
            _keep(self.examples, text)

    def _year(self, year: str, text: str) -> None:
        if len(year) < 4:
            return
        if int(year) in OTHER_YEARS:
            self.other_years += 1
            _keep(self.other_examples, text)

    @property
    def told(self) -> bool:
        """Whether there is any date in numbers, with more than a year of ours."""
        dated = self.day_first + self.month_first + self.open_with_slash + self.open_with_dot + self.years_in_front
        return bool(dated or self.other_years)

    @property
    def order(self) -> str:
        """The order that the column itself tells, or ''."""
        if self.year_day_month:
            return YEAR_DAY_MONTH
        if self.day_first and not self.month_first:
            return DAY_FIRST
        return MONTH_FIRST if self.month_first and not self.day_first else ""

    @property
    def asks_order(self) -> bool:
        """Whether someone must say which number is the month. Dots alone are day first, as everywhere in the region."""
        both = bool(self.day_first and self.month_first)
        return not self.order and bool(self.open_with_slash or (self.open_with_dot and both))

    @property
    def asks_calendar(self) -> bool:
        """Whether someone must say which calendar the years are of."""
        return bool(self.other_years)


def _keep(examples: list[str], text: str) -> None:
    if len(examples) < _EXAMPLES and text not in examples:
        examples.append(text)


def form_of(words: str) -> DateForm | None:
    """'day-first', 'month-first,solar' … as a DateForm; None for anything else."""
    order, calendar = "", GREGORIAN
    for word in words.replace("-", "_").split(","):
        if word in ORDERS:
            order = word
        elif word in CALENDARS:
            calendar = word
        else:
            return None
    return DateForm(order, calendar)


def in_order(numbers: Numbers) -> str:
    """Numbers of our own calendar as a text that can be read in one way only."""
    year, month, day = numbers
    if not month:
        return year
    if len(year) == 4:
        return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")
    return f"{day:02d}.{month:02d}.{year}"
