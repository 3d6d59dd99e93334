"""Tracing: requests, and the people who may be the one sought, best first and with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine, RequestLine
from panoh.domain.matching import Match, request_keys, score
from panoh.domain.person import Person, PersonName, Unanswered
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import known_to, require_known, told_line, told_request
from panoh.services.records import is_withheld
from panoh.store import derived, drafts, lines
from panoh.store.masking import masked_ids
from panoh.store.tables import table
from panoh.store.units import Reading

MOST_KEYED = 4000  # people looked at for one request
LEAST = 40  # below a possible hit nothing is shown


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered person who may be the one sought. A hit is a lead, not a reunion."""

    person: PersonLine
    match: Match
    decision: MatchDecision | None


def page(desk: Desk, offset: int, limit: int) -> list[RequestLine]:
    """A page of tracing requests, open ones first."""
    with desk.reading() as reading:
        return [told_request(desk, line) for line in lines.requests_page(reading, offset, limit)]


def count(desk: Desk) -> int:
    """How many requests there are."""
    with desk.reading() as reading:
        return lines.requests_count(reading)


def request(desk: Desk, request_id: str) -> TracingRequest:
    """One request. Raises AppError record.not_found, shield.withheld."""
    with desk.reading() as reading:
        return _wanted(desk, reading, request_id)


def _wanted(desk: Desk, reading: Reading, request_id: str) -> TracingRequest:
    found = reading.get(TracingRequest, request_id)
    require_known(desk, reading, found.inquirer_id, found.sought_person_id)
    return found


def ask(
    desk: Desk, wanted: TracingRequest, unanswered: Sequence[Unanswered] = (), draft_id: str = ""
) -> tuple[TracingRequest, Changes]:
    """Save a new request under a number of its own, or changes to one, with its questions without an answer.

    All in one write; the draft that it was typed in is forgotten.
    """
    with desk.writing() as unit:
        made = wanted
        if wanted.number:
            _wanted(desk, unit, wanted.id)
            unit.save(wanted)
        else:
            opened = wanted.opened_at or desk.clock.now()
            made = replace(wanted, number=unit.next_numbers()[0], opened_at=opened)
            unit.add(made)
        for old in unit.where_in(Unanswered, "record_id", [made.id]):
            unit.remove(old)
        unit.add(*unanswered)
        if draft_id:
            drafts.drop(unit, draft_id)
        return made, Changes.of(unit)


def candidates(desk: Desk, request_id: str, limit: int = 20) -> list[Candidate]:
    """People who may be the one sought, best first. Without consent to trace nobody is looked for.

    The inquirer, the household of the inquirer and rejected people are left out.
    """
    with desk.reading() as reading:
        wanted = _wanted(desk, reading, request_id)
        return [] if wanted.consent_to_trace == "no" else _candidates(desk, reading, wanted, limit)


def _candidates(desk: Desk, reading: Reading, wanted: TracingRequest, limit: int) -> list[Candidate]:
    decisions = {d.person_id: d for d in reading.all(MatchDecision, table(MatchDecision).c.request_id == wanted.id)}
    ids = dict.fromkeys(derived.people_with_key(reading, request_keys(wanted), MOST_KEYED))
    people = [
        p for p in reading.where_in(Person, "id", ids) if p.id not in (wanted.inquirer_id, wanted.sought_person_id)
    ]
    homes = _by_household(reading, people)
    names = _names(reading, people)
    found: list[tuple[float, Person, Match]] = []
    for person in people:
        decided = decisions.get(person.id)
        kin = [other for other in homes.get(person.household_id, ()) if other.id != person.id]
        match = score(
            wanted, person, kin, names.get(person.id, ()), rejected=bool(decided and decided.state == "rejected")
        )
        if match.score >= LEAST and not match.impossible:
            found.append((match.score, person, match))
    found.sort(key=lambda each: (-each[0], each[1].id))
    shown = known_to(desk, lines.people_by_id(reading, [person.id for _score, person, _match in found[:limit]]))
    return [
        Candidate(told_line(desk, shown[person.id]), match, told_decision(desk, reading, decisions.get(person.id)))
        for _score, person, match in found[:limit]
        if person.id in shown
    ]


def told_decision(desk: Desk, reading: Reading, decision: MatchDecision | None) -> MatchDecision | None:
    """A decision without its reason, where that may tell restricted facts of the person; one's own words stay."""
    if decision is None or decision.decided_by == desk.user.id or not is_withheld(desk, reading, decision.person_id):
        return decision
    return replace(decision, reason=_(desk.rulebook.restricted.reason))


def unanswered(desk: Desk, request_id: str) -> dict[str, str]:
    """The questions of a request without an answer: field and which of the four unknowns."""
    with desk.reading() as reading:
        return {gap.field: gap.answer for gap in reading.where_in(Unanswered, "record_id", [request_id])}


def matches(desk: Desk, limit: int = 10) -> Iterator[tuple[TracingRequest, list[Candidate]]]:
    """Every open request with its candidates, best first, at most `limit` each; requests without any are passed over."""
    with desk.reading() as reading:
        c, hidden = table(TracingRequest).c, masked_ids(reading)
        for wanted in reading.all(
            TracingRequest, c.status == "open", c.consent_to_trace != "no", lines.asked_for_someone_here()
        ):
            sides = {wanted.inquirer_id, wanted.sought_person_id} & hidden
            if any(not desk.may_see_restricted(reading.holder_of(one)) for one in sides):
                continue
            found = _candidates(desk, reading, wanted, limit)
            if found:
                yield wanted, found


def _by_household(reading: Reading, people: list[Person]) -> dict[str, list[Person]]:
    homes: dict[str, list[Person]] = {}
    for person in reading.where_in(Person, "household_id", (p.household_id for p in people)):
        homes.setdefault(person.household_id, []).append(person)
    return homes


def _names(reading: Reading, people: list[Person]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name in reading.where_in(PersonName, "person_id", (p.id for p in people)):
        names.setdefault(name.person_id, []).append(name.text)
    return names
