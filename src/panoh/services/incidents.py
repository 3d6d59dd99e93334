"""Incidents: what happened, where and when; who was touched by it; whom it was told to.

Of an incident whose kind is restricted everyone reads kind, place, day and how many people are told of. What happened in
words, who told it, who did it and how it ended is for supervisors and for whoever noted it; who was touched, and how many
are named here, is for supervisors and for whoever holds the case of that person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.border import BorderPoint
from panoh.domain.cases import User
from panoh.domain.dates import AGE
from panoh.domain.household import Site
from panoh.domain.incidents import Incident, IncidentPerson, IncidentReport
from panoh.domain.lines import PersonLine
from panoh.domain.person import Person
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows, require_known, restricted_kind, told_line
from panoh.store import incidents as store
from panoh.store import lines
from panoh.store.incidents import IncidentFilter
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

__all__ = ["IncidentFilter", "IncidentLine", "IncidentRecord", "Involved", "OfPerson", "Timeline"]

MOST_WORDS = 200  # characters of a place, an hour, a recipient
MOST_WHAT = 4000  # characters of what happened
MOST_PEOPLE = 1_000_000  # so that a phone number in the wrong field is noticed
_DAYS = 14  # of the timeline


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident as this user may read it."""

    incident: Incident
    place: str  # in words; '' is not known
    restricted: bool  # its kind is shown by role
    withheld: bool  # and this user reads kind, place and day alone


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody whom an incident touched, as this user may read it."""

    link: IncidentPerson
    line: PersonLine


@dataclass(frozen=True, slots=True)
class IncidentRecord:
    """One incident with the people and reports that this user may see; of others it is not told whether there are any."""

    line: IncidentLine
    people: tuple[Involved, ...]
    reports: tuple[IncidentReport, ...]  # the newest first
    user_names: Mapping[str, str]
    sees_everyone: bool  # this user reads the name of everyone who was touched, or their number


@dataclass(frozen=True, slots=True)
class OfPerson:
    """An incident in the record of a person, and how they were part of it."""

    line: IncidentLine
    role: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many incidents on each of the days shown, the first day first, and how many are not among them."""

    days: tuple[tuple[date, int], ...]
    other: int  # of another day, or of a day that is not known exactly


# --- reading ----------------------------------------------------------------------------------------------------------


def page(desk: Desk, wanted: IncidentFilter, offset: int, limit: int) -> list[IncidentLine]:
    """A page of the incidents, the newest day first."""
    with desk.reading() as reading:
        return _lines(desk, reading, store.page(reading, wanted, offset, limit))


def count(desk: Desk, wanted: IncidentFilter) -> int:
    """How many incidents that are."""
    with desk.reading() as reading:
        return store.count(reading, wanted)


def by_kind(desk: Desk, wanted: IncidentFilter) -> dict[str, int]:
    """How many incidents of each kind, the most first; events, never people."""
    with desk.reading() as reading:
        return store.by_kind(reading, wanted)


def timeline(desk: Desk, wanted: IncidentFilter) -> Timeline:
    """How many incidents on each of the last 14 days up to today, or up to the last day that is wanted."""
    with desk.reading() as reading:
        found, total = store.by_day(reading, wanted), store.count(reading, wanted)
    shown = tuple((day, found.get(day, 0)) for day in days_shown(desk.clock.today(), wanted))
    return Timeline(shown, total - sum(number for _day, number in shown))


def days_shown(today: date, wanted: IncidentFilter) -> list[date]:
    """The days of the timeline, the first one first: at most 14, none of them to come or left out by the filter."""
    last = min(today, wanted.until or date.max)
    first = max(last - timedelta(days=_DAYS - 1), wanted.since or date.min)
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def record(desk: Desk, incident_id: str) -> IncidentRecord:
    """One incident. Raises AppError record.not_found."""
    with desk.reading() as reading:
        line = _lines(desk, reading, [reading.get(Incident, incident_id)])[0]
        links = reading.all(IncidentPerson, table(IncidentPerson).c.incident_id == incident_id)
        shown = lines.people_by_id(reading, [link.person_id for link in links])
        reports = reading.all(IncidentReport, table(IncidentReport).c.incident_id == incident_id)
        names = {user.id: user.name for user in reading.all(User)}
    people = [
        Involved(link, told_line(desk, shown[link.person_id]))
        for link in links
        if link.person_id in shown and (not line.restricted or desk.may_see_restricted(shown[link.person_id].owner_id))
    ]
    told = () if line.withheld else sorted(reports, key=lambda one: (one.told_on or date.min, one.id), reverse=True)
    people.sort(key=lambda one: one.line.number)
    sees_everyone = desk.is_supervisor or not line.restricted
    return IncidentRecord(line, tuple(people), tuple(told), names, sees_everyone)


def of_person(desk: Desk, person_id: str) -> list[OfPerson]:
    """The incidents of a person that this user may know of, the newest first; of somebody masked none."""
    with desk.reading() as reading:
        if not knows(desk, reading, person_id):
            return []
        may_see = desk.may_see_restricted(reading.holder_of(person_id))
        found = store.of_person(reading, person_id)
        found = [(one, role) for one, role in found if may_see or not restricted_kind(desk, one.kind)]
        told = _lines(desk, reading, [one for one, _role in found])
    return [OfPerson(line, role) for line, (_one, role) in zip(told, found, strict=True)]


def _lines(desk: Desk, reading: Reading, found: Iterable[Incident]) -> list[IncidentLine]:
    found = list(found)
    sites = {site.id: site.name for site in reading.where_in(Site, "id", (one.site_id for one in found))}
    points = reading.where_in(BorderPoint, "id", (one.border_point_id for one in found))
    names = sites | {point.id: point.name for point in points}
    return [_line(desk, one, names) for one in found]


def _line(desk: Desk, incident: Incident, names: Mapping[str, str]) -> IncidentLine:
    place = names.get(incident.site_id) or names.get(incident.border_point_id)
    restricted = restricted_kind(desk, incident.kind)
    withheld = restricted and not _reads_words(desk, incident)
    told = _kind_place_and_day(incident) if withheld else incident
    return IncidentLine(told, place or desk.name_of("locations", incident.place), restricted, withheld)


def _reads_words(desk: Desk, incident: Incident) -> bool:
    """Whether this user reads what happened, where the kind is restricted."""
    return desk.is_supervisor or incident.noted_by == desk.user.id


def _kind_place_and_day(one: Incident) -> Incident:
    """What everyone reads of an incident of a restricted kind; who noted it may hold the case of whom it touched."""
    return Incident(
        id=one.id,
        number=one.number,
        kind=one.kind,
        happened_precision=one.happened_precision,
        happened_earliest=one.happened_earliest,
        happened_latest=one.happened_latest,
        place=one.place,
        site_id=one.site_id,
        border_point_id=one.border_point_id,
        people_told=one.people_told,
    )


# --- writing ----------------------------------------------------------------------------------------------------------


def problems(desk: Desk, incident: Incident) -> list[FieldProblem]:
    """What is wrong with an incident as it was typed, by field."""
    wrong: list[FieldProblem] = []
    kind = desk.vocabularies["incident_kind"].get(incident.kind)
    if kind is None:
        wrong.append(FieldProblem("kind", _("Say what kind of incident it was.")))
    if incident.happened_precision == AGE:
        wrong.append(FieldProblem("happened", _("Write when it happened, for example 12 June 2010 or June 2010.")))
    elif incident.happened_earliest and incident.happened_earliest > desk.clock.today():
        wrong.append(FieldProblem("happened", _("This day is still to come.")))
    if incident.people_told is not None and not 0 < incident.people_told <= MOST_PEOPLE:
        wrong.append(FieldProblem("people_told", _("Write how many people it touched, for example 4.")))
    lengths = {"place": MOST_WORDS, "at_hour": MOST_WORDS, "what": MOST_WHAT}
    for name, most in lengths.items():
        if len(getattr(incident, name)) > most:
            wrong.append(FieldProblem(name, _("Shorten this to {most} characters.").format(most=most)))
    return wrong


def note(desk: Desk, incident: Incident) -> tuple[str, Changes]:
    """Note an incident; it gets a number that people can say. Returns its id. Raises FormProblems."""
    _require_valid(desk, incident)
    with desk.writing() as unit:
        number, made_id = unit.next_numbers()[0], incident.id or new_id()
        unit.add(replace(incident, id=made_id, number=number, noted_by=desk.user.id, noted_at=unit.at))
        return made_id, Changes.of(unit)


def change(desk: Desk, incident: Incident) -> Changes:
    """Change an incident; number, and who noted it when, stay.

    Out of a restricted kind only a supervisor brings it, because that shows everyone whom it touched.
    Raises FormProblems, AppError access.denied where its words are withheld, record.not_found.
    """
    _require_valid(desk, incident)
    with desk.writing() as unit:
        before = _to_write(desk, unit, incident.id)
        if restricted_kind(desk, before.kind) and not restricted_kind(desk, incident.kind):
            desk.require_supervisor()
        unit.save(replace(incident, number=before.number, noted_by=before.noted_by, noted_at=before.noted_at))
        return Changes.of(unit)


def add_person(desk: Desk, incident_id: str, person_id: str, role: str) -> Changes:
    """Name somebody whom an incident touched, or tell how, where they are named already.

    The answer is the same whether they were named before. Raises FormProblems, AppError record.not_found.
    """
    if not desk.vocabularies["incident_role"].get(role):
        raise FormProblems([FieldProblem("role", _("Say how they were part of it."))])
    with desk.writing() as unit:
        incident, person = unit.get(Incident, incident_id), unit.get(Person, person_id)
        c = table(IncidentPerson).c
        links = unit.all(IncidentPerson, c.incident_id == incident.id, c.person_id == person.id)
        if any(link.role == role for link in links):
            pass
        elif links and _may_touch(desk, unit, incident, person.id):
            unit.save(replace(links[0], role=role))
        else:
            unit.add(IncidentPerson(id=new_id(), incident_id=incident.id, person_id=person.id, role=role))
    return Changes(frozenset({IncidentPerson.__name__}))


def take_away_person(desk: Desk, link_id: str) -> Changes:
    """Take away somebody who was named by mistake.

    Raises AppError record.not_found, also for whom this user may not see there; shield.withheld for somebody masked.
    """
    with desk.writing() as unit:
        link = unit.get(IncidentPerson, link_id)
        incident = unit.get(Incident, link.incident_id)
        if not _may_touch(desk, unit, incident, link.person_id):
            if restricted_kind(desk, incident.kind):
                raise AppError("record.not_found")
            require_known(desk, unit, link.person_id)
        unit.remove(link)
        return Changes.of(unit)


def tell_onwards(desk: Desk, report: IncidentReport) -> Changes:
    """Note that an incident was told to somebody outside. Raises FormProblems, AppError access.denied, record.not_found."""
    wrong = []
    if not report.told_to.strip():
        wrong.append(FieldProblem("told_to", _("Say whom it was told.")))
    for name, most in {"told_to": MOST_WORDS, "what": MOST_WHAT, "reference": MOST_WORDS}.items():
        if len(getattr(report, name)) > most:
            wrong.append(FieldProblem(name, _("Shorten this to {most} characters.").format(most=most)))
    if wrong:
        raise FormProblems(wrong)
    with desk.writing() as unit:
        _to_write(desk, unit, report.incident_id)
        on = report.told_on or desk.clock.today()
        unit.add(replace(report, id=new_id(), told_on=on, told_by=desk.user.id))
        return Changes.of(unit)


def _require_valid(desk: Desk, incident: Incident) -> None:
    wrong = problems(desk, incident)
    if wrong:
        raise FormProblems(wrong)


def _to_write(desk: Desk, unit: Unit, incident_id: str) -> Incident:
    """The incident, for whoever reads its words. Raises AppError access.denied, record.not_found."""
    found = unit.get(Incident, incident_id)
    if restricted_kind(desk, found.kind) and not _reads_words(desk, found):
        raise AppError("access.denied")
    return found


def _may_touch(desk: Desk, reading: Reading, incident: Incident, person_id: str) -> bool:
    """Whether this user sees a person in this incident and knows who it is."""
    if restricted_kind(desk, incident.kind):
        return desk.may_see_restricted(reading.holder_of(person_id))
    return knows(desk, reading, person_id)
