"""Texts through gettext, dates and numbers through Babel; a paper may speak another language than the window.

English is the language of the code. A catalogue that is missing leaves English standing.
Babel is imported inside the functions that need it: the first window shows before it is loaded.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date, datetime

from panoh.base.paths import resource

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_language: ContextVar[str] = ContextVar("language", default="en")
_catalogues: dict[str, _gettext.NullTranslations] = {}


def N_(text: str) -> str:
    """Mark a text for translation without translating it now."""
    return text


def language() -> str:
    """The language code in force, for example 'en' or 'ru'."""
    return _language.get()


def use_language(code: str) -> None:
    """Speak this language from now on in this context (a thread, a report)."""
    _language.set(code)


class speaking:  # noqa: N801  # read as a verb: with speaking("ru")
    """`with speaking('ru'):` texts inside come in that language."""

    def __init__(self, code: str) -> None:
        self._code = code

    def __enter__(self) -> None:
        self._token = _language.set(self._code)

    def __exit__(self, *_: object) -> None:
        _language.reset(self._token)


def _catalogue() -> _gettext.NullTranslations:
    code = language()
    if code not in _catalogues:
        known = (resource("locale") / code).is_dir()  # asking gettext for what is not there loads Python's locales
        _catalogues[code] = (
            _gettext.translation("panoh", str(resource("locale")), [code]) if known else _gettext.NullTranslations()
        )
    return _catalogues[code]


def gettext(text: str) -> str:
    """The text in the language in force."""
    return _catalogue().gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The form of the text that fits the number n, with {n} still to be filled."""
    return _catalogue().ngettext(one, many, n)


def load_words() -> None:
    """Load what Babel knows of the language in force, so that the first number and date do not have to wait for it."""
    number(0)
    day(date(2010, 6, 10), weekday=True)


def day(value: date, *, weekday: bool = False, year: bool = True, whole_month: bool = False) -> str:
    """A date with the month in letters: '14 Jun 2010'; with `whole_month` '14 June 2010'."""
    if language() == "en" and not whole_month:  # as Babel says it, which the first window does without
        named = f"{_WEEKDAYS[value.weekday()]} " if weekday else ""
        return f"{named}{value.day} {_MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")
    from babel.dates import format_date

    pattern = ("EEE " if weekday else "") + ("d MMMM" if whole_month else "d MMM") + (" y" if year else "")
    return format_date(value, pattern, locale=language())


def clock_time(value: datetime) -> str:
    """Hours and minutes in local time: '14:02'."""
    return value.astimezone().strftime("%H:%M")


def moment(value: datetime, *, year: bool = True) -> str:
    """A moment in local time with the month in letters: '14 Jun 2010, 09:22'."""
    local = value.astimezone()
    return f"{day(local.date(), year=year)}, {local:%H:%M}"


def country_name(code: str) -> str:
    """The name of a country by its ISO 3166-1 alpha-2 code, or '' for a code that is none."""
    from babel import Locale

    return str(Locale.parse(language()).territories.get(code, "")) if len(code) == 2 else ""


def country_names(languages: Iterable[str]) -> set[str]:
    """The names of all countries in these languages; 'uz_Cyrl' is Uzbek in Cyrillic letters."""
    from babel import Locale

    tables = [Locale.parse(code).territories for code in languages]
    return {str(name) for table in tables for code, name in table.items() if len(code) == 2 and code not in _NO_COUNTRY}


_NO_COUNTRY = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"))


def number(value: int) -> str:
    """A whole number with the language's grouping: '1,568'."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=language()))


__all__ = [
    "N_",
    "clock_time",
    "country_name",
    "country_names",
    "day",
    "gettext",
    "language",
    "load_words",
    "moment",
    "ngettext",
    "number",
    "speaking",
    "use_language",
]
