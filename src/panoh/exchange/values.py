"""Reads the cells of a row as texts, codes, countries and dates. What cannot be read is left out with a warning;
only what would make the record wrong refuses the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Protocol, TypeVar

import pycountry

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.dates import AmbiguousDate, PartialDate, parse_import_birth
from panoh.domain.vocabulary import Vocabularies
from panoh.exchange.cells import LostLettersError, clean
from panoh.exchange.columns import Columns, ParsedRow, Refused
from panoh.exchange.spreadsheets import SheetRow

NAME, LINE, SHORT = 200, 500, 100  # the most characters of a name, of a place or a list, of a number or a code
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: .*)?")
_LOCAL_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_NOTHING = frozenset({"", "-", "—", "none", "no", "нет", "йўқ", "yo'q", "жок"})
_NO_COUNTRY = frozenset({"stateless", "undetermined"})
_YES = frozenset({"yes", "y", "true", "1", "да", "ҳа", "ha", "ооба"})
_NO = frozenset({"no", "n", "false", "0", "нет", "йўқ", "yo'q", "жок"})


class RowProblem(Exception):
    """The row cannot be taken; `reason` is the sentence that says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@lru_cache(maxsize=1)
def known_countries() -> dict[str, str]:
    """Alpha-2 codes by alpha-2 and alpha-3 code (ISO 3166-1)."""
    return {code: country.alpha_2 for country in pycountry.countries for code in (country.alpha_2, country.alpha_3)}


class RowReader:
    """Reads one row after another by our column names, and remembers codes that it has looked up."""

    def __init__(self, columns: Columns, vocab: Vocabularies, today: date) -> None:
        self._places = columns.places
        self._vocab = vocab
        self._today = today
        self._terms: dict[tuple[str, str], str | None] = {}
        self._countries: dict[str, str | None] = {}
        self._cells: list[str] = []
        self.warnings: list[str] = []

    def begin(self, cells: list[str]) -> None:
        """Go on with these cells."""
        self._cells = cells
        self.warnings = []

    def has(self, column: str) -> bool:
        """Whether the file has this column at all."""
        return column in self._places

    def text(self, column: str, most: int) -> str:
        """The cleaned text, or ''. Refuses the row when it is longer than `most` characters or letters were lost."""
        place = self._places.get(column, -1)
        if place < 0 or place >= len(self._cells) or not self._cells[place]:
            return ""
        try:
            text = clean(self._cells[place])
        except LostLettersError:
            raise RowProblem(_("Letters in the column {column} are damaged.").format(column=column)) from None
        if len(text) > most:
            raise RowProblem(
                _("The text in the column {column} is longer than {most} characters.").format(column=column, most=most)
            )
        return text

    def parts(self, column: str) -> Iterator[str]:
        """The parts of a text that are joined by semicolons (commas and bars are understood too)."""
        for part in re.split(r"[;,|]", self.text(column, LINE)):
            if part.strip():
                yield part.strip()

    def code(self, column: str, list_name: str) -> str:
        """The code of a list, or '' with a warning when the list does not know what is written."""
        text = self.text(column, SHORT)
        if not text:
            return ""
        return self.find(list_name, text) or self._leave_out(column)

    def find(self, list_name: str, text: str) -> str | None:
        """The code in a list for a code, label or alias."""
        key = (list_name, text)
        if key not in self._terms:
            self._terms[key] = self._vocab[list_name].match(text)
        return self._terms[key]

    def sex(self) -> str:
        """F, M, X or ''. Refuses the row for anything else, since half of the rules and all matching depend on it."""
        text = self.text("sex", SHORT)
        code = self.find("sex", text) if text else ""
        if code is None:
            raise RowProblem(_("The sex is none of F, M, X and empty."))
        return code

    def country(self, column: str) -> str:
        """An alpha-2 code or ''. Refuses the row for an unknown country: a wrong one would hide whom a person fears."""
        text = self.text(column, SHORT)
        code = self._country(text) if text else ""
        if code is None or code in _NO_COUNTRY:
            raise RowProblem(_("The country in the column {column} is not known. Use ISO codes.").format(column=column))
        return code

    def nationalities(self) -> tuple[str, ...]:
        """Alpha-2 codes, 'stateless' or 'undetermined', once each. Refuses the row for an unknown one."""
        codes = [self._country(part) for part in self.parts("nationality")]
        if None in codes:
            raise RowProblem(_("The nationality is not known. Use ISO codes, stateless or undetermined."))
        return tuple(dict.fromkeys(code for code in codes if code))

    def _country(self, text: str) -> str | None:
        """The alpha-2 code for a code, or what the short list of countries knows under this name."""
        if text not in self._countries:
            self._countries[text] = known_countries().get(text.upper()) or self._vocab["countries"].match(text)
        return self._countries[text]

    def yes_no(self, column: str) -> str:
        """'yes', 'no' or ''; with a warning for anything else."""
        text = self.text(column, SHORT).casefold()
        if not text:
            return ""
        return "yes" if text in _YES else "no" if text in _NO else self._leave_out(column)

    def past_day(self, column: str) -> date | None:
        """A day as YYYY-MM-DD or DD.MM.YYYY. Refuses the row for a day that no calendar has; warns of other texts."""
        text = self.text(column, SHORT)
        if not text:
            return None
        iso, local = _ISO_DAY.fullmatch(text), _LOCAL_DAY.fullmatch(text)
        if not iso and not local:
            self._leave_out(column)
            return None
        year, month, day = iso.groups() if iso else reversed(local.groups()) if local else ("", "", "")
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            raise RowProblem(_("The date in the column {column} does not exist.").format(column=column)) from None
        if found > self._today:
            self._leave_out(column)
            return None
        return found

    def birth(self, arrival: date | None) -> PartialDate:
        """The birth date from `birth_date`, else from `age`, which was told on arrival or, if that is unknown, today.

        Refuses the row for a date that does not exist or is still to come. Of a date with two readings the year is
        kept; a text without any digit, or an age that is none, is left out.
        """
        written, age = self.text("birth_date", SHORT), self.text("age", SHORT)
        try:
            return parse_import_birth(written, age, self._today if written or arrival is None else arrival)
        except AmbiguousDate as problem:
            years = {reading.earliest.year for reading in problem.readings if reading.earliest}
            if len(years) != 1:
                raise RowProblem(problem.text) from None
            self.warnings.append(_("The birth date can be read in two ways; the year was kept."))
            return parse_import_birth(str(years.pop()), "", self._today)
        except FieldProblem as problem:
            if any(letter.isdigit() for letter in written):
                raise RowProblem(problem.text) from None
            self._leave_out("birth_date" if written else "age")
            return PartialDate()

    def names(self) -> tuple[str, str, str]:
        """Given name, family name and patronymic. Refuses the row when none of them has a letter."""
        given, family, patronymic = (self.text(column, NAME) for column in ("given_name", "family_name", "patronymic"))
        if not any(letter.isalpha() for letter in given + family + patronymic):
            raise RowProblem(_("The row has no name."))
        return given, family, patronymic

    def needs(self) -> tuple[str, ...]:
        """Codes of specific needs, once each, old codes as the ones that replaced them; unknown ones are left out."""
        codes: list[str] = []
        for part in self.parts("needs"):
            if part.casefold() in _NOTHING:
                continue
            code = self.find("specific_needs", part)
            if code is None:
                self.warnings.append(_("A need that is not in the code list was left out."))
                continue
            code = self._vocab["specific_needs"].current(code)
            if code not in codes:
                codes.append(code)
        return tuple(codes)

    def _leave_out(self, column: str) -> str:
        self.warnings.append(_("What stands in the column {column} was left out.").format(column=column))
        return ""


class Identified(Protocol):
    """Values of a row that carry the sender's own id, or '' when it has none."""

    @property
    def external_id(self) -> str:
        """The id that the sender gave."""


Values = TypeVar("Values", bound=Identified)


def parse_each(
    rows: Iterable[SheetRow], reader: RowReader, make: Callable[[RowReader], Values]
) -> Iterator[ParsedRow[Values]]:
    """Make values of every row, or a refusal with its reason; the second row of one id is refused."""
    seen: set[str] = set()
    for row in rows:
        reader.begin(row.cells)
        try:
            if row.problem:
                raise RowProblem(row.problem)
            values = make(reader)
            if values.external_id in seen:
                raise RowProblem(_("An earlier row of this file has the same identifier."))
            if values.external_id:
                seen.add(values.external_id)
        except RowProblem as problem:
            yield ParsedRow(row.number, Refused(problem.reason))
        else:
            yield ParsedRow(row.number, values, tuple(reader.warnings))
