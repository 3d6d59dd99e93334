"""Everything that the page of one request shows, read in one go on the store's worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from panoh.domain.lines import PersonLine
from panoh.domain.tracing import TracingRequest
from panoh.services import people, tracing, tracing_inquiry
from panoh.services.desk import Desk
from panoh.services.tracing import Candidate, Rejected
from panoh.services.tracing_inquiry import Changed


@dataclass(frozen=True, slots=True)
class Seen:
    """One request with who asks, the questions without an answer, its candidates, and who was rejected."""

    request: TracingRequest
    asker: PersonLine | None
    asker_name: str
    unanswered: Mapping[str, str]  # field: which of the four unknowns
    candidates: tuple[Candidate, ...]
    rejected: tuple[Rejected, ...]
    changed: tuple[Changed, ...] = ()  # what has become of whoever stands under review or confirmed


def look_up(desk: Desk, request_id: str) -> Seen:
    """Read a request and who may be the one sought. Raises AppError('record.not_found')."""
    request = tracing.request(desk, request_id)
    asker = line_of(desk, request.inquirer_id) if request.inquirer_id else None
    return Seen(
        request=request,
        asker=asker,
        asker_name=asker.full_name if asker else request.inquirer_name,
        unanswered=tracing.unanswered(desk, request_id),
        candidates=tuple(tracing.candidates(desk, request_id)),
        rejected=tuple(tracing.rejected(desk, request_id)),
        changed=tuple(tracing_inquiry.changed_since(desk, request_id)),
    )


def line_of(desk: Desk, person_id: str) -> PersonLine | None:
    """A person as a list shows them; None when the record is gone."""
    return people.line(desk, person_id)
