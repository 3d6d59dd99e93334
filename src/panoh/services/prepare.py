"""Reads a list of people and makes of it everything that then has only to be written.

`prepare` runs in a process of its own for a long list (preparer.py) and where it is asked for a short one, so what
goes in (Request) and what comes out (messages) is plain values: numbers, texts, tuples, lists and dicts of those.

    ("step", done, of, what)               how far the reading is
    ("head", columns, left out)            their columns, and those that Panoh does not know
    ("refused", [[row, reason, cells]])    rows that cannot be taken
    ("warned", [[row, words]])             what was left out of rows that were taken
    ("returning", [row])                   rows of people who stand in the vault already (see `returning_row`)
    ("portion", Portion)                   rows for the store
    ("done", added, counter, [person], notes)
                                           how many are new, where the numbers stand, whose level the vault works out,
                                           what is said of the file as a whole
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any

from panoh.base.ids import new_id
from panoh.domain.dates import PartialDate
from panoh.domain.household import Site
from panoh.domain.triage.settings import RuleSetting
from panoh.domain.triage.site_rules import SiteRules
from panoh.exchange.columns import Refused, match_columns
from panoh.exchange.date_forms import DateForm
from panoh.exchange.people_rows import READ_NAMES, PersonRow, parse_people
from panoh.exchange.row_reader import Wanted
from panoh.exchange.spreadsheets import Sheet
from panoh.services import resources
from panoh.services.newcomers import Known, Newcomers, sites_by_name
from panoh.services.same_people import Paper, SamePeople, Told
from panoh.store.bulk import Maker, Seed

PORTION = 250  # people; putting so many into the store takes a few hundredths of a second
Message = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be read and how, and what the vault holds already. Without a seed nothing is made, only checked."""

    path: str
    layout: tuple[int, bool, str] = (0, True, "")
    mapping: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    today: str
    now: int
    language: str
    people: frozenset[str] = frozenset()  # the sender's ids of people in the vault
    homes: Mapping[str, str] = field(default_factory=dict)  # ids of households by the sender's id
    sites: tuple[tuple[str, str, str], ...] = ()  # id, name, day of closing or ''
    registered: tuple[list[Told], list[Paper]] = ([], [])  # what the vault tells of everyone, see same_people.py
    seed: tuple[Any, ...] | None = None
    settings: tuple[tuple[str, str, str, str, str], ...] = ()  # of rules: site, rule, variant, level, clock
    only_site: tuple[str, str] = ("", "")  # the one site whose caseload the vault holds, and why others are kept out

    def plain(self) -> dict[str, Any]:
        """The request as plain values."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def ready() -> None:
    """Read the code lists and rules, which takes a moment."""
    resources.vocabularies()
    resources.rulebook()


def prepare(asked: Request, sheet: Sheet) -> Iterator[Message]:
    """Read the opened file and give messages. Raises AppError: file.*, and what reading the file raises."""
    unknown = match_columns(sheet.columns, READ_NAMES, asked.mapping).unknown
    yield "head", list(sheet.columns), list(unknown)
    dates = {column: DateForm(*form) for column, form in asked.dates.items()}
    wanted = Wanted(mapping=asked.mapping, dates=dates)
    today = date.fromisoformat(asked.today)
    made = _Made(asked, today)
    for count, row in enumerate(parse_people(sheet, wanted, today, resources.vocabularies(), made.keep_out), start=1):
        if row.warnings:
            made.warned += [[row.number, words] for words in row.warnings]
        if isinstance(row.values, Refused):
            made.refused.append([row.number, row.values.reason, row.values.cells])
        else:
            made.take(row.number, row.values)
        if count % PORTION == 0:
            yield from made.messages()
    yield from made.rest(sheet.about.notes)


class _Made:
    """What became of the rows so far."""

    def __init__(self, asked: Request, today: date) -> None:
        self.refused: list[list[Any]] = []
        self.warned: list[list[Any]] = []
        self._returning: list[list[Any]] = []
        self._people, self._only = asked.people, asked.only_site
        self._same = SamePeople(*asked.registered)
        self._added = 0
        self._maker: Maker | None = None
        self._newcomers: Newcomers | None = None
        if asked.seed is not None:
            self._maker = Maker(Seed(*asked.seed))
            known = Known(sites_by_name(_site(*site) for site in asked.sites), asked.homes)
            now = datetime.fromtimestamp(asked.now, UTC)
            rules = SiteRules(resources.rulebook(), [_setting(*each) for each in asked.settings])
            self._newcomers = Newcomers(self._maker, known, rules, now, today)

    def keep_out(self, row: PersonRow) -> str:
        """Why somebody new is not taken: a vault may hold one site's caseload alone. A list moves nobody who is in it already."""
        site, why = self._only
        new = not (row.external_id and row.external_id in self._people)
        return why if site and new and row.site and row.site.casefold() != site.casefold() else ""

    def take(self, at: int, row: PersonRow) -> None:
        if row.external_id and row.external_id in self._people:
            self._returning.append(_plain(row))
            return
        alike = self._same.look(at, row)
        if alike:
            self.warned.append([at, alike])
        self._added += 1
        if self._newcomers is not None:
            self._newcomers.take(row if row.site else replace(row, site=self._only[0]))

    def messages(self) -> Iterator[Message]:
        for name, lines in (("refused", self.refused), ("warned", self.warned), ("returning", self._returning)):
            if lines:
                yield name, list(lines)
                lines.clear()
        if self._newcomers is not None and (portion := self._newcomers.portion()):
            yield "portion", portion

    def rest(self, notes: list[str]) -> Iterator[Message]:
        if self._newcomers is not None:
            for left in self._newcomers.finish():
                if left % PORTION == 0:
                    yield from self.messages()
        yield from self.messages()
        left_to_vault = self._newcomers.left_to_vault if self._newcomers is not None else []
        yield "done", self._added, self._maker.counter if self._maker is not None else 0, left_to_vault, notes


def _site(site_id: str, name: str, closing: str) -> Site:
    return Site(id=site_id, name=name, closing_on=date.fromisoformat(closing) if closing else None)


def _setting(site_id: str, rule: str, variant: str, level: str, clock: str) -> RuleSetting:
    return RuleSetting(id=new_id(), rule=rule, variant=variant, clock=clock, level=level, site_id=site_id)


def _plain(row: PersonRow) -> list[Any]:
    born = row.birth
    days = [day.isoformat() if day else None for day in (born.earliest, born.latest, born.as_of)]
    told = {each.name: getattr(row, each.name) for each in fields(row)}
    told |= {"arrival_on": row.arrival_on.isoformat() if row.arrival_on else None, "birth": None}
    return [told, [born.precision, born.said, *days]]


def returning_row(plain: list[Any]) -> PersonRow:
    """The row that a message "returning" holds."""
    told, (precision, said, *days) = plain
    earliest, latest, as_of, arrival = (date.fromisoformat(day) if day else None for day in (*days, told["arrival_on"]))
    birth = PartialDate(precision, earliest, latest, said, as_of)
    return PersonRow(**{**told, "birth": birth, "arrival_on": arrival})
