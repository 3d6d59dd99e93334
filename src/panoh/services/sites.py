"""Sites: where displaced people stay or wait, what they have room for, when they close, who is there and what is lacking.

Nothing here counts levels: who is at risk, and where, must not be read from a number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TypeVar

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import day as day_words
from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.dates import DAY, parse_date
from panoh.domain.household import Site
from panoh.domain.lines import HouseholdLine, SiteLine
from panoh.services import dashboards
from panoh.services.dashboards import AgeBand, total
from panoh.services.desk import Changes, Desk
from panoh.store import drafts
from panoh.store import sites as store
from panoh.store.sites import Sheltered
from panoh.store.units import Unit

__all__ = ["HouseholdLine", "Sheltered", "Site", "SiteForm", "SiteLine", "SiteRecord"]

MOST_NAME = 200  # characters
MOST_REMARKS = 2000  # characters
MOST_ROOM = 1_000_000  # people: more than any site ever held, so that a phone number in the wrong field is noticed
_YEARS_AHEAD = 5  # that a closing day may lie ahead
FULLEST_FIRST = "state"
T = TypeVar("T")
_LEAST_FIRST = {"open_air": 0, "inadequate": 1, "": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteForm:
    """A site as typed: codes where the form offers codes, text elsewhere."""

    name: str = ""
    kind: str = ""
    country: str = ""
    capacity: str = ""
    closing_on: str = ""
    place: str = ""  # a code of the locations, or as said
    access: str = ""
    access_by: str = ""
    visited_on: str = ""
    security: str = ""
    expected_people: str = ""
    expected_on: str = ""
    lacks: str = ""  # codes of site_lack with commas between them
    remarks: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """Everything that the record of a site shows, but its households, which come in pages."""

    line: SiteLine
    households: int
    ages: tuple[AgeBand, ...]
    not_drawn: int  # people whose age or sex is not known; nought where the bands are not told to the digit
    shelter: tuple[Sheltered, ...]  # what is lacking first
    closes_in: int | None  # days; less than nought after the day


def page(desk: Desk, by: str, descending: bool, offset: int, limit: int) -> list[SiteLine]:
    """A page of the sites by name, people, room, closing, or state (the fullest first)."""
    with desk.reading() as reading:
        return store.page(reading, by, descending, offset, limit)


def count(desk: Desk) -> int:
    """How many sites there are."""
    with desk.reading() as reading:
        return store.count(reading)


def record(desk: Desk, site_id: str) -> SiteRecord:
    """One site with who is there now. Raises AppError('record.not_found')."""
    today = desk.clock.today()
    with desk.reading() as reading:
        line = store.line(reading, site_id)
        shelter = store.shelter(reading, site_id)
        homes = store.household_count(reading, site_id)
    closing, ages = line.site.closing_on, dashboards.ages(desk, site_id)
    drawn = total(side for band in ages for side in (band.female, band.male))
    return SiteRecord(
        line=line,
        households=homes,
        ages=ages,
        not_drawn=0 if drawn is None else line.people - drawn,
        shelter=tuple(sorted(shelter, key=lambda one: _LEAST_FIRST.get(one.shelter, 3))),
        closes_in=(closing - today).days if closing else None,
    )


def households(desk: Desk, site_id: str, offset: int, limit: int) -> list[HouseholdLine]:
    """A page of the households at a site, those that lack shelter first."""
    with desk.reading() as reading:
        return store.households(reading, site_id, offset, limit)


def household_count(desk: Desk, site_id: str) -> int:
    """How many households have someone at a site."""
    with desk.reading() as reading:
        return store.household_count(reading, site_id)


# --- adding and changing ----------------------------------------------------------------------------------------------


def form_of(site: Site) -> SiteForm:
    """A site as its form shows it."""
    return SiteForm(
        name=site.name,
        kind=site.kind,
        country=site.country,
        capacity="" if site.capacity is None else number(site.capacity),
        closing_on=day_words(site.closing_on) if site.closing_on else "",
        place=site.place,
        access=site.access,
        access_by=site.access_by,
        visited_on=day_words(site.visited_on) if site.visited_on else "",
        security=site.security,
        expected_people="" if site.expected_people is None else number(site.expected_people),
        expected_on=day_words(site.expected_on) if site.expected_on else "",
        lacks=",".join(site.lacks),
        remarks=site.remarks,
    )


def add(desk: Desk, form: SiteForm, draft_id: str = "") -> tuple[Site, Changes]:
    """Record a new site; raises FormProblems with everything that keeps it from being saved."""
    with desk.writing() as unit:
        site = _read(desk, unit, form, Site(id=new_id()))
        site = replace(site, number=unit.next_numbers()[0])
        unit.add(site)
        if draft_id:
            drafts.drop(unit, draft_id)
        return site, Changes.of(unit)


def change(desk: Desk, site_id: str, form: SiteForm, draft_id: str = "", progress: Progress | None = None) -> Changes:
    """Keep what was changed of a site; another closing day assesses everyone who stays there anew in the same write.

    Raises FormProblems, AppError('record.not_found'), AppError('cancelled').
    """
    with desk.writing() as unit:
        unit.progress = progress or Silent()
        unit.save(_read(desk, unit, form, unit.get(Site, site_id)))
        if draft_id:
            drafts.drop(unit, draft_id)
        return Changes.of(unit)


def _read(desk: Desk, unit: Unit, form: SiteForm, before: Site) -> Site:
    """The site that was typed; raises FormProblems with all that is wrong, in the order of the form."""
    typed = _Typed(desk, form)
    others = {site.name.casefold() for site in unit.all(Site) if site.id != before.id}
    site = replace(
        before,
        name=typed.name(others),
        kind=typed.code("kind", "site_kind"),
        country=typed.country(),
        capacity=typed.people("capacity", _("Write for how many people there is room, for example 250.")),
        closing_on=typed.day("closing_on", ahead=True),
        place=typed.text("place"),
        access=typed.code("access", "site_access"),
        access_by=typed.text("access_by"),
        visited_on=typed.day("visited_on"),
        security=typed.code("security", "site_security"),
        expected_people=typed.people("expected_people", _("Write how many people are expected, for example 250.")),
        expected_on=typed.day("expected_on", ahead=True),
        lacks=typed.lacks(),
        remarks=typed.text("remarks", MOST_REMARKS),
    )
    if typed.problems:
        raise FormProblems(typed.problems)
    return site


class _Typed:
    """What was typed into the form of a site, field by field; what cannot be kept goes to `problems`."""

    def __init__(self, desk: Desk, form: SiteForm) -> None:
        self.problems: list[FieldProblem] = []
        self._words, self._today, self._form = desk.vocabularies, desk.clock.today(), form

    def name(self, others: set[str]) -> str:
        """What people call the site; no other has the name."""
        name = " ".join(self._form.name.split())
        if not name:
            self._wrong("name", _("Say what people call this site."))
        elif len(name) > MOST_NAME:
            self._wrong("name", _("Shorten this to {most} characters.").format(most=MOST_NAME))
        elif name.casefold() in others:
            self._wrong("name", _("There is a site of this name already. Add what tells them apart."))
        return name

    def code(self, field: str, code_list: str) -> str:
        """A code of a list, or nothing."""
        code: str = getattr(self._form, field)
        return self._chosen(field, code, code in self._words[code_list])

    def country(self) -> str:
        """A country's two letters, or nothing."""
        code = self._form.country
        return self._chosen("country", code, len(code) == 2 and code.isascii() and code.isupper())

    def text(self, field: str, most: int = MOST_NAME) -> str:
        """A text."""
        text = str(getattr(self._form, field)).strip()
        if len(text) > most:
            self._wrong(field, _("Shorten this to {most} characters.").format(most=most))
        return text

    def lacks(self) -> tuple[str, ...]:
        """Several codes."""
        codes = [code.strip() for code in self._form.lacks.split(",") if code.strip()]
        return tuple(self._chosen("lacks", code, code in self._words["site_lack"]) for code in dict.fromkeys(codes))

    def people(self, field: str, sentence: str) -> int | None:
        """How many people; nothing means that it is not known."""
        return self._try(lambda: people_in(field, getattr(self._form, field), sentence))

    def day(self, field: str, *, ahead: bool = False) -> date | None:
        """A day, or nothing; only with `ahead` may it be still to come."""
        return self._try(lambda: _day(field, getattr(self._form, field), self._today, ahead=ahead))

    def _chosen(self, field: str, code: str, known: bool) -> str:
        if code and not known:
            self._wrong(field, _("“{text}” is none of the choices.").format(text=code[:40]))
        return code

    def _try(self, read: Callable[[], T | None]) -> T | None:
        try:
            return read()
        except FieldProblem as problem:
            self.problems.append(problem)
            return None

    def _wrong(self, field: str, sentence: str) -> None:
        self.problems.append(FieldProblem(field, sentence))


def people_in(field: str, text: str, sentence: str) -> int | None:
    """A number of people out of what was typed: '400', '1 200', '1,200'; nothing means that it is not known.

    Raises FieldProblem with the sentence for anything else.
    """
    said = "".join(sign for sign in text if not sign.isspace() and sign not in ",.'’")
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and 0 < int(said[:9]) <= MOST_ROOM and len(said) <= 7):
        raise FieldProblem(field, sentence)
    return int(said)


def _day(field: str, text: str, today: date, *, ahead: bool) -> date | None:
    """A day, which with `ahead` may lie in the coming years; nothing means that none is known."""
    said = text.strip()
    words = {_("today").casefold(): today}
    if ahead:
        words[_("tomorrow").casefold()] = today + timedelta(days=1)
    if not said or said.casefold() in words:
        return words.get(said.casefold())
    try:
        told = parse_date(said, today.replace(year=today.year + _YEARS_AHEAD, day=1) if ahead else today)
    except FieldProblem as problem:
        raise FieldProblem(field, problem.text) from None
    if told.precision != DAY or told.earliest is None:
        raise FieldProblem(field, _("Write a day, for example {day}.").format(day=day_words(today)))
    return told.earliest
