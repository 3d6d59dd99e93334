"""Everything that the page of one request shows, read in one go on the store's worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from panoh.domain.lines import PersonLine
from panoh.domain.person import Person, Unanswered
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services import people, tracing
from panoh.services.desk import Desk
from panoh.services.tracing import Candidate


@dataclass(frozen=True, slots=True)
class Seen:
    """One request with who asks, the questions without an answer, its candidates, and who was rejected."""

    request: TracingRequest
    asker: PersonLine | None
    asker_name: str
    unanswered: Mapping[str, str]  # field: which of the four unknowns
    candidates: tuple[Candidate, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Somebody whom a person ruled out, and why."""

    number: str
    decision: MatchDecision


def look_up(desk: Desk, request_id: str) -> Seen:
    """Read a request and who may be the one sought. Raises AppError('record.not_found')."""
    request = tracing.request(desk, request_id)
    with desk.reading() as reading:
        gaps = reading.where_in(Unanswered, "record_id", [request_id])
        decisions = [d for d in reading.where_in(MatchDecision, "request_id", [request_id]) if d.state == "rejected"]
        numbers = {p.id: p.number for p in reading.where_in(Person, "id", (d.person_id for d in decisions))}
    asker = line_of(desk, request.inquirer_id) if request.inquirer_id else None
    return Seen(
        request=request,
        asker=asker,
        asker_name=asker.full_name if asker else request.inquirer_name,
        unanswered={gap.field: gap.answer for gap in gaps},
        candidates=tuple(tracing.candidates(desk, request_id)),
        rejected=tuple(Rejected(numbers.get(d.person_id, ""), d) for d in decisions),
    )


def line_of(desk: Desk, person_id: str) -> PersonLine | None:
    """A person as a list shows them; None when the record is gone."""
    with desk.reading() as reading:
        found = reading.where_in(Person, "id", [person_id])
    lines = people.search(desk, found[0].number, 1) if found and found[0].number else []
    return lines[0].line if lines else None
