"""Sites: where displaced people stay or wait, what they have room for, when they close, who is there and what is lacking.

Nothing here counts levels: who is at risk, and where, must not be read from a number.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import day as day_words
from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.dates import DAY, parse_date
from panoh.domain.household import Site
from panoh.domain.lines import HouseholdLine, SiteLine
from panoh.services.desk import Changes, Desk
from panoh.services.today import AgeBand, pyramid
from panoh.store import drafts
from panoh.store import sites as store
from panoh.store.sites import Sheltered
from panoh.store.units import Unit

__all__ = ["HouseholdLine", "Sheltered", "Site", "SiteForm", "SiteLine", "SiteRecord"]

MOST_NAME = 200  # characters
MOST_ROOM = 1_000_000  # people: more than any site ever held, so that a phone number in the wrong field is noticed
_YEARS_AHEAD = 5  # that a closing day may lie ahead
FULLEST_FIRST = "state"
_LEAST_FIRST = {"open_air": 0, "inadequate": 1, "": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteForm:
    """A site as typed: codes where the form offers codes, text elsewhere."""

    name: str = ""
    kind: str = ""
    country: str = ""
    capacity: str = ""
    closing_on: str = ""

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
    not_drawn: int  # people whose age or sex is not known
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
        ages = pyramid(store.sex_and_birth(reading, site_id), today)
        shelter = store.shelter(reading, site_id)
        homes = store.household_count(reading, site_id)
    closing = line.site.closing_on
    return SiteRecord(
        line=line,
        households=homes,
        ages=ages,
        not_drawn=line.people - sum(band.female + band.male for band in ages),
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
    problems: list[FieldProblem] = []
    name = " ".join(form.name.split())
    others = {site.name.casefold() for site in unit.all(Site) if site.id != before.id}
    if not name:
        problems.append(FieldProblem("name", _("Say what people call this site.")))
    elif len(name) > MOST_NAME:
        problems.append(FieldProblem("name", _("Shorten this to {most} characters.").format(most=MOST_NAME)))
    elif name.casefold() in others:
        problems.append(FieldProblem("name", _("There is a site of this name already. Add what tells them apart.")))
    for field, code_list in (("kind", "site_kind"), ("country", "")):
        code = getattr(form, field)
        if code and not (code in desk.vocabularies[code_list] if code_list else _is_country(code)):
            problems.append(FieldProblem(field, _("“{text}” is none of the choices.").format(text=code[:40])))
    capacity, closing_on = before.capacity, before.closing_on
    try:
        capacity = _room(form.capacity)
    except FieldProblem as problem:
        problems.append(problem)
    try:
        closing_on = _day(form.closing_on, desk.clock.today())
    except FieldProblem as problem:
        problems.append(problem)
    if problems:
        raise FormProblems(problems)
    return replace(before, name=name, kind=form.kind, country=form.country, capacity=capacity, closing_on=closing_on)


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isupper()


def _room(text: str) -> int | None:
    """A number of people out of what was typed: '400', '1 200', '1,200'; nothing means that it is not known."""
    said = "".join(sign for sign in text if not sign.isspace() and sign not in ",.'’")
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and 0 < int(said[:9]) <= MOST_ROOM and len(said) <= 7):
        raise FieldProblem("capacity", _("Write for how many people there is room, for example 250."))
    return int(said)


def _day(text: str, today: date) -> date | None:
    """A day, which may lie ahead; nothing means that no closing is planned."""
    said = text.strip()
    words = {_("today").casefold(): today, _("tomorrow").casefold(): today + timedelta(days=1)}
    if not said or said.casefold() in words:
        return words.get(said.casefold())
    try:
        told = parse_date(said, today.replace(year=today.year + _YEARS_AHEAD, day=1))
    except FieldProblem as problem:
        raise FieldProblem("closing_on", problem.text) from None
    if told.precision != DAY or told.earliest is None:
        raise FieldProblem("closing_on", _("Write a day, for example {day}.").format(day=day_words(today)))
    return told.earliest
