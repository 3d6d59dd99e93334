"""Tracing: requests, and the people who may be the one sought, best first and with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.lines import RequestLine
from panoh.domain.person import Person, Unanswered
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services import candidates as finding
from panoh.services.candidates import Candidate, RuledOut
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known, told_request
from panoh.services.records import is_withheld, keep
from panoh.store import drafts, lines
from panoh.store.tables import table
from panoh.store.units import Reading

__all__ = [
    "Candidate",
    "Rejected",
    "RuledOut",
    "ask",
    "candidates",
    "count",
    "decide",
    "matches",
    "page",
    "rejected",
    "request",
    "ruled_out",
    "told_decision",
    "unanswered",
]


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

    The inquirer, those who stay with the inquirer and rejected people are left out.
    """
    with desk.reading() as reading:
        found = finding.of_request(desk, reading, _wanted(desk, reading, request_id), limit)
        return [replace(each, decision=told_decision(desk, reading, each.decision)) for each in found]


def ruled_out(desk: Desk, request_id: str, limit: int = 20) -> list[RuledOut]:
    """People who are like the one sought and cannot be them, with the reason: a girl, sex verified."""
    with desk.reading() as reading:
        return finding.ruled_out(desk, reading, _wanted(desk, reading, request_id), limit)


@dataclass(frozen=True, slots=True)
class Rejected:
    """Somebody whom a person ruled out, and why."""

    number: str
    decision: MatchDecision


def rejected(desk: Desk, request_id: str) -> list[Rejected]:
    """Who was ruled out for a request, with the words that this user may read."""
    c = table(MatchDecision).c
    with desk.reading() as reading:
        decisions = reading.all(MatchDecision, c.request_id == request_id, c.state == "rejected")
        numbers = {p.id: p.number for p in reading.where_in(Person, "id", (d.person_id for d in decisions))}
        told = (told_decision(desk, reading, decision) for decision in decisions)
        return [Rejected(numbers.get(one.person_id, ""), one) for one in told if one is not None]


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
    """Every request in which somebody is looked for, with its candidates, best first, at most `limit` each.

    Requests without any are passed over.
    """
    with desk.reading() as reading:
        for wanted, found in finding.of_all(desk, reading, limit):
            yield wanted, [replace(each, decision=told_decision(desk, reading, each.decision)) for each in found]


def decide(desk: Desk, request_id: str, person_id: str, state: str, reason: str) -> Changes:
    """Remember what was decided about a candidate: 'under_review', or 'rejected' with its reason."""
    with desk.reading() as reading:
        c = table(MatchDecision).c
        known = reading.first(MatchDecision, c.request_id == request_id, c.person_id == person_id)
    decision = MatchDecision(
        id=known.id if known else new_id(),
        request_id=request_id,
        person_id=person_id,
        state=state,
        reason=reason.strip(),
        decided_by=desk.user.id,
        decided_at=desk.clock.now(),
    )
    return keep(desk, decision)
