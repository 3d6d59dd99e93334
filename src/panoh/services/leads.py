"""Leads: what public records of missing people say. A list apart; nothing in it is trusted, and nobody is made of it.

A lead goes when its time is over (PFIF demands it within a day): at each unlocking and every hour, as levels do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.domain.leads import Lead, LeadNote
from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import Match
from panoh.domain.matching.keys import own_keys
from panoh.domain.matching.sides import Known, OtherName
from panoh.domain.matching.weights import BANDS
from panoh.domain.name_keys import own_keys as keys_of_name
from panoh.domain.names import name_of
from panoh.domain.tracing import TracingRequest
from panoh.services import match_facts as facts
from panoh.services import rematching
from panoh.services.desk import Changes, Desk
from panoh.services.lead_records import as_person, as_sought
from panoh.services.need_to_know import known_to, knows, told_line
from panoh.services.tracing_consent import may_be_matched
from panoh.store import derived, history, lines
from panoh.store import leads as queries
from panoh.store.units import Reading, Unit

LEAST = BANDS[-1][0]  # below a possible hit nothing is shown
MOST_KEYED = 400  # people looked at for one lead
STATES = ("", "looked_at", "followed", "set_aside")  # vocab lead_state
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
        unit.save(replace(before.with_news(None), state=state, state_words=words.strip()), before)
        return Changes.of(unit)


def possible(desk: Desk, lead_id: str, limit: int = 10) -> Possible:
    """Who of ours this may be: people here, and open requests. Both only as far as this user may know who they are; whoever
    refused tracing, or is asked for by somebody who did, is in neither; what is held back is for supervisors alone.
    Raises AppError record.not_found."""
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
    sought = facts.alone(as_sought(found))
    ids = set(derived.people_with_key(reading, own_keys(sought), MOST_KEYED))
    people, known = facts.known(desk, reading, ids - facts.refused(reading, ids))
    if not people:
        return ()
    scored = rematching.scored(desk, reading, [sought], known)
    hits = [(people[number], scored.match(at)) for at, number in enumerate(scored.person.tolist())]
    best = _best(hits, len(hits))
    shown = known_to(desk, lines.people_by_id(reading, [person_id for person_id, _match in best]))
    told = [(shown[person_id], match) for person_id, match in best if person_id in shown]
    return tuple(PossiblePerson(told_line(desk, line), match) for line, match in told[:limit])


def _requests(desk: Desk, reading: Reading, found: Lead, limit: int) -> tuple[PossibleRequest, ...]:
    person = as_person(found)
    keys = keys_of_name(name_of(person.given_name, person.family_name, person.patronymic))
    every = [one for one in facts.requests(reading) if may_be_matched(desk, one)]
    asked = [
        (one, sought)
        for one, sought in zip(every, facts.sought(reading, every), strict=True)
        if not keys.isdisjoint(own_keys(sought))
        and all(knows(desk, reading, side) for side in (one.inquirer_id, one.sought_person_id))
    ]
    if not asked:
        return ()
    known = Known(person=person, other_names=tuple(OtherName(name) for name in found.other_names))
    scored = rematching.scored(desk, reading, [sought for _one, sought in asked], [known])
    hits = [(asked[number][0].id, scored.match(at)) for at, number in enumerate(scored.asked.tolist())]
    by_id = {one.id: one for one, _sought in asked}
    return tuple(PossibleRequest(by_id[request_id], match) for request_id, match in _best(hits, limit))


def _best(hits: list[tuple[str, Match]], limit: int) -> list[tuple[str, Match]]:
    good = [(record_id, match) for record_id, match in hits if match.score >= LEAST and not match.impossible]
    return sorted(good, key=lambda hit: (-hit[1].score, hit[0]))[:limit]
