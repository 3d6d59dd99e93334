"""Leads: what public records of missing people say. A list apart; nothing in it is trusted, and nobody is made of it.

A lead goes when its time is over (PFIF demands it within a day): at each unlocking and every hour, as levels do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.domain.consent import AUTHORITIES, Consent
from panoh.domain.leads import Lead, LeadNote
from panoh.domain.lines import PersonLine
from panoh.domain.matching import Match, request_keys, score
from panoh.domain.name_keys import own_keys
from panoh.domain.names import name_of
from panoh.domain.person import Person, PersonName
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.lead_records import as_person, as_sought
from panoh.services.need_to_know import known_to, knows, told_line
from panoh.store import derived, history, lines
from panoh.store import leads as queries
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

LEAST = 40  # below a possible hit nothing is shown
MOST_KEYED = 400  # people looked at for one lead
STATES = ("", "looked_at", "followed", "set_aside")  # vocab lead_state
_OTHERS = AUTHORITIES | {"public"}  # a No to these alone is no No to being looked for
LOOKED_FOR = ("open", "in_progress")  # vocab tracing_status
_MOST_WORDS = 2000  # characters


@dataclass(frozen=True, slots=True)
class LeadView:
    """A lead with the notes about it, the newest first."""

    lead: Lead
    notes: tuple[LeadNote, ...]


@dataclass(frozen=True, slots=True)
class PossiblePerson:
    """Somebody here who may be the person of a lead. Possible only, whatever the score: a lead is no evidence."""

    person: PersonLine
    match: Match


@dataclass(frozen=True, slots=True)
class PossibleRequest:
    """A request that may be about the person of a lead."""

    request: TracingRequest
    match: Match


@dataclass(frozen=True, slots=True)
class Possible:
    """Who of ours a lead may be about, best first."""

    people: tuple[PossiblePerson, ...]
    requests: tuple[PossibleRequest, ...]


def page(desk: Desk, offset: int, limit: int) -> list[Lead]:
    """A page of leads: new ones first, those set aside last."""
    with desk.reading() as reading:
        return queries.page(reading, offset, limit)


def count(desk: Desk) -> int:
    """How many leads there are."""
    with desk.reading() as reading:
        return queries.count(reading)


def lead(desk: Desk, lead_id: str) -> LeadView:
    """One lead with its notes. Raises AppError record.not_found."""
    with desk.reading() as reading:
        found = _there(reading, lead_id)
        notes = reading.where_in(LeadNote, "lead_id", [lead_id])
    dated = [note for note in notes if note.source_at is not None]
    dated.sort(key=lambda note: (note.source_at, note.note_no), reverse=True)
    return LeadView(found, (*dated, *(note for note in notes if note.source_at is None)))


def mark(desk: Desk, lead_id: str, state: str, words: str = "") -> Changes:
    """Say what was done with a lead. Raises FormProblems for a state that there is not, or words that are too long;
    AppError record.not_found."""
    if state not in STATES:
        raise FormProblems([FieldProblem("state", _("Choose what was done with it."))])
    if len(words) > _MOST_WORDS:
        problem = _("Shorten this to {most} characters; it has {n}.").format(most=_MOST_WORDS, n=len(words))
        raise FormProblems([FieldProblem("words", problem)])
    with desk.writing() as unit:
        before = _there(unit, lead_id)
        unit.save(replace(before, state=state, state_words=words.strip()), before)
        return Changes.of(unit)


def possible(desk: Desk, lead_id: str, limit: int = 10) -> Possible:
    """Who of ours this may be: people here, and open requests. Both only as far as this user may know who they are; whoever
    refused tracing, or is asked for by somebody who did, is in neither. Raises AppError record.not_found."""
    with desk.reading() as reading:
        found = _there(reading, lead_id)
        return Possible(_people(desk, reading, found, limit), _requests(desk, reading, found, limit))


def expire(desk: Desk) -> int:
    """Empty the leads whose time is over, also in the journal; returns how many. A jump of the clock is no time."""
    now = desk.believed.now()
    with desk.reading() as reading:
        if not queries.expired(reading, now):
            return 0
    with desk.writing() as unit:
        over = queries.expired(unit, now)
        empty_in(unit, over, desk.clock.now())
    return len(over)


def empty_in(unit: Unit, leads: Sequence[Lead], at: datetime) -> None:
    """Leave nothing of these leads but ids and dates, so that an older copy does not bring them back."""
    gone = queries.empty(unit, leads, at)
    if gone:
        unit.tell(history.ERASED, Lead.__name__, "", str(gone))


def _there(reading: Reading, lead_id: str) -> Lead:
    found = reading.get(Lead, lead_id)
    if found.emptied_at is not None:
        raise AppError("record.not_found")
    return found


def _people(desk: Desk, reading: Reading, found: Lead, limit: int) -> tuple[PossiblePerson, ...]:
    sought = as_sought(found)
    ids = derived.people_with_key(reading, request_keys(sought), MOST_KEYED)
    today = desk.clock.today()
    refused = {
        one.person_id
        for one in reading.where_in(Consent, "person_id", ids)
        if one.purpose == "tracing" and one.recipient not in _OTHERS and one.state_on(today) in ("no", "withdrawn")
    }
    people = [one for one in reading.where_in(Person, "id", ids) if one.id not in refused]
    homes: dict[str, list[Person]] = {}
    for one in reading.where_in(Person, "household_id", (person.household_id for person in people)):
        homes.setdefault(one.household_id, []).append(one)
    names: dict[str, list[str]] = {}
    for name in reading.where_in(PersonName, "person_id", (person.id for person in people)):
        names.setdefault(name.person_id, []).append(name.text)
    hits = []
    for person in people:
        kin = [other for other in homes.get(person.household_id, ()) if other.id != person.id]
        hits.append((person.id, score(sought, person, kin, names.get(person.id, ()))))
    best = _best(hits, len(hits))
    shown = known_to(desk, lines.people_by_id(reading, [person_id for person_id, _match in best]))
    told = [(shown[person_id], match) for person_id, match in best if person_id in shown]
    return tuple(PossiblePerson(told_line(desk, line), match) for line, match in told[:limit])


def _requests(desk: Desk, reading: Reading, found: Lead, limit: int) -> tuple[PossibleRequest, ...]:
    person = as_person(found)
    keys = own_keys(name_of(person.given_name, person.family_name, person.patronymic))
    c = table(TracingRequest).c
    asked = {
        one.id: one
        for one in reading.all(
            TracingRequest, c.status.in_(LOOKED_FOR), c.consent_to_trace != "no", lines.asked_for_someone_here()
        )
        if one.consent_withdrawn_on is None
        and not keys.isdisjoint(request_keys(one))
        and all(knows(desk, reading, side) for side in (one.inquirer_id, one.sought_person_id))
    }
    hits = [(one.id, score(one, person, (), found.other_names)) for one in asked.values()]
    return tuple(PossibleRequest(asked[request_id], match) for request_id, match in _best(hits, limit))


def _best(hits: list[tuple[str, Match]], limit: int) -> list[tuple[str, Match]]:
    good = [(record_id, match) for record_id, match in hits if match.score >= LEAST and not match.impossible]
    return sorted(good, key=lambda hit: (-hit[1].score, hit[0]))[:limit]
