"""What is made of the text of a cell: codes, countries, days and birth dates.

What cannot be read is left out with a warning; only what would make the record wrong refuses the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pycountry

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.calendars import GREGORIAN, OTHER_YEARS, about, day_of, span_of
from panoh.domain.dates import DAY, RANGE, AmbiguousDate, PartialDate, parse_import_birth
from panoh.domain.names import split_full_name
from panoh.domain.vocabulary import Vocabularies
from panoh.exchange.columns import NAME, Cell, Column
from panoh.exchange.date_forms import USUAL, DateForm, Numbers, ascii_digits, in_order, numbers_of
from panoh.exchange.row_reader import RowProblem, RowReader, Told

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SURELY_LIVING = 115  # years: a birth in them is neither to come nor too long ago
_NOTHING = frozenset({"", "-", "—", "none", "no", "нет", "йўқ", "yo'q", "жок"})
MOST_LOCAL_CODE = 60  # characters
_NO_COUNTRY = frozenset({"stateless", "undetermined"})
_YES = frozenset({"yes", "y", "true", "1", "да", "ҳа", "ha", "ооба"})
_NO = frozenset({"no", "n", "false", "0", "нет", "йўқ", "yo'q", "жок"})


@lru_cache(maxsize=1)
def known_countries() -> dict[str, str]:
    """Alpha-2 codes by alpha-2 and alpha-3 code (ISO 3166-1)."""
    return {code: country.alpha_2 for country in pycountry.countries for code in (country.alpha_2, country.alpha_3)}


def text(cell: Cell, said: str) -> str:
    """The text as it is."""
    del cell
    return said


def digits(cell: Cell, said: str) -> str:
    """A text of numbers, with the digits of every script as 0 to 9."""
    del cell
    return ascii_digits(said)


def parts(cell: Cell, said: str) -> tuple[str, ...]:
    """The parts of a text that are joined by semicolons (commas and bars are understood too)."""
    del cell
    return tuple(part.strip() for part in re.split(r"[;,|]", said) if part.strip())


def code(list_name: str) -> Callable[[Cell, str], str]:
    """A reader for a code of a list: '' with a warning when the list does not know what is written."""

    def read(cell: Cell, said: str) -> str:
        return cell.vocab[list_name].match(said) or cell.leave_out()

    return read


def codes(list_name: str) -> Callable[[Cell, str], tuple[str, ...]]:
    """A reader for several codes of a list, once each; what the list does not know is left out with a warning."""

    def read(cell: Cell, said: str) -> tuple[str, ...]:
        found = [cell.vocab[list_name].match(part) or cell.leave_out() for part in parts(cell, said)]
        return tuple(dict.fromkeys(each for each in found if each))

    return read


def sex(cell: Cell, said: str) -> str:
    """F, M or X. Refuses the row for anything else, since half of the rules and all matching depend on it."""
    found = cell.vocab["sex"].match(said)
    if found is None:
        raise RowProblem(_("The sex is none of F, M, X and empty."))
    return found


def country(*beside: str) -> Callable[[Cell, str], str]:
    """A reader for an alpha-2 code, or one of the words `beside` it.

    Refuses the row for an unknown country: a wrong one would hide whom a person fears.
    """
    words = {word.casefold(): word for word in beside}

    def read(cell: Cell, said: str) -> str:
        found = words.get(said.casefold()) or _country(cell.vocab, said)
        if found is None or found in _NO_COUNTRY:
            raise RowProblem(
                _("The country in the column {column} is not known. Use ISO codes.").format(column=cell.column)
            )
        return found

    return read


def nationalities(cell: Cell, said: str) -> tuple[str, ...]:
    """Alpha-2 codes, 'stateless' or 'undetermined', once each. Refuses the row for an unknown one."""
    codes = [_country(cell.vocab, part) for part in parts(cell, said)]
    if None in codes:
        raise RowProblem(_("The nationality is not known. Use ISO codes, stateless or undetermined."))
    return tuple(dict.fromkeys(code for code in codes if code))


def _country(vocab: Vocabularies, said: str) -> str | None:
    """The alpha-2 code for a code, or what the short list of countries knows under this name."""
    return known_countries().get(said.upper()) or vocab["countries"].match(said)


def yes_no(cell: Cell, said: str) -> str:
    """'yes' or 'no'; '' with a warning for anything else."""
    said = said.casefold()
    return "yes" if said in _YES else "no" if said in _NO else cell.leave_out()


def needs(cell: Cell, said: str) -> tuple[str, ...]:
    """Codes of specific needs, once each, old codes as the ones that replaced them.

    What the list does not know is kept as a local code (field guide, section 1: countries have codes of their own);
    shown by role only, as nobody here knows what it tells.
    """
    known = cell.vocab["specific_needs"]
    found: dict[str, None] = {}
    for part in parts(cell, said):
        if part.casefold() in _NOTHING:
            continue
        need = known.match(part)
        if need is not None:
            found[known.current(need)] = None
        elif len(part) > MOST_LOCAL_CODE:
            cell.warnings.append(_("A need that is too long for a code was left out."))
        else:
            cell.warnings.append(_("A need that is not in the code list was kept as a local code, shown by role only."))
            found[" ".join(part.split())] = None
    return tuple(found)


def past_day(cell: Cell, said: str) -> date | None:
    """A day in numbers. Refuses the row for a day that no calendar has; leaves out other texts and days to come."""
    form = cell.dates
    numbers = numbers_of(said, form)
    readable = (
        numbers and numbers.day and len(numbers.year) == 4 and ("/" not in said or form.order or said[:4].isdigit())
    )
    if numbers is None or not readable:
        cell.leave_out()
        return None
    try:
        found = day_of(_calendar(form, numbers), int(numbers.year), numbers.month, numbers.day)
    except ValueError:
        raise RowProblem(_("The date in the column {column} does not exist.").format(column=cell.column)) from None
    if found > cell.today:
        cell.leave_out()
        return None
    return found


def birth(reader: RowReader, told: Told) -> PartialDate:
    """The birth date from `birth_date`, else from `age`, which was told on arrival or, if that is unknown, today.

    Refuses the row for a date that does not exist or is still to come. Of a date with two readings the year is
    kept; a text without any digit, or an age that is none, is left out.
    """
    written, age = told["birth_date"], told["age"]
    if not written and not age:
        return PartialDate()
    told_on = reader.today if written else told.get("arrival_date") or reader.today
    return reader.once((written, age, told_on), lambda: _birth(reader, written, age, told_on))


def _birth(reader: RowReader, written: str, age: str, told_on: date) -> PartialDate:
    plain = _ISO_DAY.fullmatch(written)
    if plain and reader.dates("birth_date") == USUAL:
        born = _existing(*map(int, plain.groups()))
        if born and born <= reader.today and born.year > reader.today.year - _SURELY_LIVING:
            return PartialDate(DAY, born, born, written)
    try:
        return _birth_as_written(reader, written, told_on) or parse_import_birth(written, age, told_on)
    except AmbiguousDate as problem:
        years = {reading.earliest.year for reading in problem.readings if reading.earliest}
        if len(years) != 1:
            raise RowProblem(problem.text) from None
        reader.warnings.append(_("The birth date can be read in two ways; the year was kept."))
        return parse_import_birth(str(years.pop()), "", reader.today)
    except FieldProblem as problem:
        if any(letter.isdigit() for letter in written):
            raise RowProblem(problem.text) from None
        reader.leave_out("birth_date" if written else "age")
        return PartialDate()


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _birth_as_written(reader: RowReader, written: str, told_on: date) -> PartialDate | None:
    """The birth by the form that was told for the column; None when it has the usual one or is not in numbers."""
    form = reader.dates("birth_date")
    numbers = None if form == USUAL else numbers_of(written, form)
    if numbers is None:
        return None
    calendar = _calendar(form, numbers)
    if calendar == GREGORIAN:
        return replace(parse_import_birth(in_order(numbers), "", told_on), said=written)
    return _of_other_calendar(calendar, numbers, written, reader.today)


def _calendar(form: DateForm, numbers: Numbers) -> str:
    """The calendar of a date: the one that was told for the column when the year is none of ours."""
    return form.calendar if len(numbers.year) == 4 and int(numbers.year) in OTHER_YEARS else GREGORIAN


def _of_other_calendar(calendar: str, numbers: Numbers, written: str, today: date) -> PartialDate:
    year, month, day = int(numbers.year), numbers.month, numbers.day
    try:
        if day:
            first, last = about(calendar, day_of(calendar, year, month, day))
        else:
            first, last = span_of(calendar, year, month or None)
    except ValueError:
        raise RowProblem(_("The birth date does not exist in the calendar that was chosen for its column.")) from None
    if first > today:
        raise RowProblem(_("The birth date is still to come in the calendar that was chosen for its column."))
    return PartialDate(DAY if first == last else RANGE, first, last, written)


FULL_NAME = Column("full_name", NAME, text)  # of lists that have one column for the whole name


def names(told: Told) -> tuple[str, str, str]:
    """Given name, family name and patronymic, taken out of the whole name where they have no columns of their own.

    Refuses the row when none of them has a letter.
    """
    given, family, patronymic = told["given_name"], told["family_name"], told["patronymic"]
    if told["full_name"] and not (given or family):
        whole = split_full_name(told["full_name"])
        given, family, patronymic = whole.given, whole.family, patronymic or whole.patronymic
    if not (given[:1].isalpha() or any(letter.isalpha() for letter in given + family + patronymic)):
        raise RowProblem(_("The row has no name."))
    return given, family, patronymic
