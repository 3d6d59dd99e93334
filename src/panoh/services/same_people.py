"""Rows that tell the same as someone registered already, or as an earlier row: told while a list is read, never joined.

Only what is told in the very same words is found here, at hardly any cost. Spellings, slips and other scripts are for
the comparison of the whole vault (see duplicates.py), which looks at everyone after the list was brought in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from panoh.base.i18n import gettext as _
from panoh.exchange.people_rows import PersonRow
from panoh.store.units import Reading

K = TypeVar("K")
MOST = 300_000  # people of a vault that are looked at; the comparison of the whole vault has no such limit
Told = tuple[str, str, str, str, str | None, str | None, str]  # three names, sex, birth span, number
Paper = tuple[str, str]  # number of the paper, number of the person
_PEOPLE = """
    SELECT given_name, family_name, patronymic, sex, birth_earliest, birth_latest, number FROM person
    WHERE birth_earliest IS NOT NULL AND merged_into_id IS NULL AND id NOT IN (SELECT person_id FROM masked) LIMIT ?
"""
_PAPERS = """
    SELECT document_no, number FROM identity_document JOIN person ON person.id = identity_document.person_id
    WHERE document_no <> '' AND person.id NOT IN (SELECT person_id FROM masked) LIMIT ?
"""


def registered(reading: Reading) -> tuple[list[Told], list[Paper]]:
    """What the vault tells of everyone, as plain values."""
    execute = reading.connection.exec_driver_sql
    people = [tuple(row) for row in execute(_PEOPLE, (MOST,))]
    papers = [tuple(row) for row in execute(_PAPERS, (MOST,))]
    return people, papers


class SamePeople:
    """Remembers whom it was told of."""

    def __init__(self, people: Iterable[Told], papers: Iterable[Paper]) -> None:
        words = _("Perhaps registered already as {number}")
        self._people: dict[tuple[str | None, ...], str] = {
            (_plain(given), _plain(family), _plain(father), sex, first, last): words.format(number=number)
            for given, family, father, sex, first, last, number in people
        }
        self._papers: dict[str, str] = {_plain(paper): words.format(number=number) for paper, number in papers}

    def look(self, at: int, row: PersonRow) -> str:
        """Why this row may be someone known, or ''; the row, which stands at this place, is known from now on."""
        paper = _known(self._papers, _plain(row.document_no), at) if row.document_no else ""
        born, latest = row.birth.earliest, row.birth.latest
        names = (row.given_name, row.family_name, row.patronymic)
        key = (*map(_plain, names), row.sex, _day(born), _day(latest))
        name = _known(self._people, key, at) if born is not None else ""
        if paper:
            return _("{who}: the same number of a paper.").format(who=paper)
        return _("{who}: the same name, sex and birth date.").format(who=name) if name else ""


def _known(found: dict[K, str], key: K, at: int) -> str:
    """Who has this key already, in words; '' for nobody, and then whoever stands at this row has it."""
    known = found.setdefault(key, str(at))
    if known == str(at):
        return ""
    return _("Perhaps the person of row {row}").format(row=known) if known.isdigit() else known


def _plain(text: str) -> str:
    return text.casefold()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
