"""Does a paper give somebody away? What the household's records hold, looked for in the finished text and file data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from panoh.base.i18n import gettext as _
from panoh.domain.cases import User
from panoh.domain.household import Site
from panoh.domain.person import IdentityDocument, Person
from panoh.domain.redaction import CARRY, NAMED, composed, name_mask
from panoh.services.desk import Desk

NAMES, PHONES, PAPERS, PLACES, STAFF, NUMBER = "names", "phones", "papers", "places", "staff", "number"
_LEAST_DIGITS = 6  # a shorter run of digits is a date or a count
_MOST = 12  # findings that are shown


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not stand in a paper about this person, by kind."""

    words: Mapping[str, tuple[str, ...]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stands in the paper and should not: which kind, the words, and where."""

    kind: str
    words: str = field(repr=False)
    where: str


def secrets_of(desk: Desk, person_id: str, names: Iterable[str], level: str) -> Secrets:
    """Gather what a paper of this level leaves out. Reads no restricted facts."""
    with desk.reading() as reading:
        who = reading.get(Person, person_id)
        home = reading.where_in(Person, "household_id", [who.household_id]) or [who]
        papers = reading.where_in(IdentityDocument, "person_id", [one.id for one in home])
        sites = reading.where_in(Site, "id", [one.site_id for one in home])
        staff = reading.all(User)
    words = {
        NAMES: tuple(names) if level != NAMED else (),
        PHONES: tuple(one.phone for one in home),
        PAPERS: tuple(paper.document_no for paper in papers),
        PLACES: (*(one.origin for one in home), *(site.name for site in sites)),
        STAFF: tuple(user.name for user in staff),
        NUMBER: (who.number, who.external_id) if level == CARRY else (),
    }
    return Secrets({kind: tuple(filter(None, given)) for kind, given in words.items()})


def look_for(secrets: Secrets, texts: Sequence[tuple[str, str]]) -> list[Finding]:
    """What of it stands in these texts; each text comes with the words that say where it is."""
    found: list[Finding] = []
    mask = name_mask(secrets.words[NAMES])
    for where, text in texts:
        plain = composed(text)
        found += [Finding(NAMES, line, where) for line in plain.splitlines() if mask(line) != line]
        found += [Finding(PHONES, number, where) for number in secrets.words[PHONES] if _has_digits(number, plain)]
        for kind in (PAPERS, PLACES, STAFF, NUMBER):
            found += [Finding(kind, words, where) for words in secrets.words[kind] if _has_words(words, plain)]
    return list(dict.fromkeys(found))[:_MOST]


def kind_words(kind: str) -> str:
    """What was found, in words."""
    return {
        NAMES: _("Reads like a name of the household"),
        PHONES: _("A phone number"),
        PAPERS: _("The number of a paper"),
        PLACES: _("A place where they lived or stay"),
        STAFF: _("The name of a staff member"),
        NUMBER: _("The number of the person"),
    }[kind]


def _has_digits(number: str, text: str) -> bool:
    digits = re.sub(r"\D", "", number)[-9:]
    return len(digits) >= _LEAST_DIGITS and digits in re.sub(r"(?<=\d)[\s()+-]+(?=\d)", "", text)


def _has_words(words: str, text: str) -> bool:
    """Whether all these words stand there, one after the other, whatever the letter case and the spacing."""
    wanted = r"\W+".join(map(re.escape, re.findall(r"\w+", words.casefold())))
    return bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", text.casefold()) is not None
