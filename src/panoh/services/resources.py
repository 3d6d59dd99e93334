"""The rules and code lists that ship with the product, read once and checked as they are read."""

from __future__ import annotations

from functools import lru_cache

from panoh.base.i18n import country_names
from panoh.base.paths import resource
from panoh.domain import telltales as lists
from panoh.domain.access import Access, load_access
from panoh.domain.records import RECORDS
from panoh.domain.telltales import Telltales, WordList
from panoh.domain.tracing_papers import politics as politics_of
from panoh.domain.triage.rulebook import Rulebook, load_rulebook
from panoh.domain.vocabulary import Vocabularies, parse_vocabulary
from panoh.domain.workflow import Times, load_times


@lru_cache(maxsize=1)
def vocabularies() -> Vocabularies:
    """Every code list under resources/vocab, by name; AppError('vocab.invalid') names the file that is wrong."""
    files = sorted(resource("vocab").glob("*.toml"))
    return Vocabularies({file.stem: parse_vocabulary(file.read_text("utf-8"), file.name) for file in files})


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """The triage rules of resources/triage/rules.toml; AppError('rules.invalid') names the line that is wrong."""
    file = resource("triage/rules.toml")
    return load_rulebook(file.read_text("utf-8"), file.name)


@lru_cache(maxsize=1)
def access() -> Access:
    """Who may do what, of resources/access.toml; AppError('access.invalid') names what is wrong."""
    file = resource("access.toml")
    return load_access(file.read_text("utf-8"), file.name, [kind.__name__ for kind in RECORDS])


@lru_cache(maxsize=1)
def case_times() -> Times:
    """How many days a case has by level, of resources/casework.toml; AppError('casework.invalid') says what is wrong."""
    file = resource("casework.toml")
    return load_times(file.read_text("utf-8"), file.name)


_FIELD_LANGUAGES = ("en", "ru", "uz", "uz_Cyrl", "ky")  # in which people type the names of States
_WORDS_OF_EVERY_DAY = frozenset(("Того", "Чад", "Мали", "Jersey", "Джерси", "Guernsey"))  # names of States as well


@lru_cache(maxsize=1)
def politics() -> WordList:
    """Words of politics and fighting, for family news, which everybody may read."""
    return politics_of(resource("words/open_letter.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def telltales() -> Telltales:
    """Words that tell a State, an authority or a place, for the leak check of papers."""
    names = {name.partition("(")[0].strip() for name in country_names(_FIELD_LANGUAGES)}
    places = [name for term in vocabularies()["locations"] for name in (term.label, *term.aliases)]
    text = resource("words/telltale.toml").read_text("utf-8")
    return lists.telltales(text, sorted(names - _WORDS_OF_EVERY_DAY), places)
