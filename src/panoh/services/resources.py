"""The rules and code lists that ship with the product, read once and checked as they are read."""

from __future__ import annotations

from functools import lru_cache

from panoh.base.paths import resource
from panoh.domain.triage.rulebook import Rulebook, load_rulebook
from panoh.domain.vocabulary import Vocabularies, parse_vocabulary


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
