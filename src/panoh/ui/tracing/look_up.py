"""Everything that the page of one request shows, read in one go on the store's worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from panoh.domain.lines import PersonLine
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.tracing_decisions import CONFIRMED, WAITING
from panoh.domain.verification import Verification
from panoh.services import (
    journal,
    match_sides,
    matches,
    people,
    sought_family,
    tracing,
    tracing_inquiry,
    verification,
)
from panoh.services.desk import Desk
from panoh.services.families import Family
from panoh.services.match_sides import Sides
from panoh.services.matches import AlsoAsked, Standing
from panoh.services.people import Happened
from panoh.services.tracing import Candidate, RuledOut
from panoh.services.tracing_inquiry import Changed


@dataclass(frozen=True, slots=True)
class Seen:
    """One request with who asks, the family, the questions without an answer, its candidates and what was decided."""

    request: TracingRequest
    asker: PersonLine | None
    asker_name: str
    sought: PersonLine | None  # where a record is of them
    family: Family
    sought_id: str  # in the family
    unanswered: Mapping[str, str]  # field: which of the four unknowns
    candidates: tuple[Candidate, ...]  # with the decision as it stands now
    standing: tuple[Standing, ...]
    users: Mapping[str, str]  # names by id
    ruled_out: Sequence[RuledOut]  # who is like the one sought and cannot be them
    changed: Sequence[Changed] = ()  # what has become of whoever stands under review or confirmed

    @property
    def rejected(self) -> tuple[Standing, ...]:
        """Who was ruled out by somebody."""
        return tuple(one for one in self.standing if one.decision.state == "rejected")

    def decided(self, person_id: str) -> Standing | None:
        """What stands about this person."""
        return next((one for one in self.standing if one.decision.person_id == person_id), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """One candidate: what both sides say, and for which other requests the same person is confirmed."""

    sides: Sides
    also: tuple[AlsoAsked, ...]
    verification: Verification | None  # the one that goes on, or else the newest


def look_up(desk: Desk, request_id: str) -> Seen:
    """Read a request and who may be the one sought. Raises AppError record.not_found, shield.withheld."""
    request = tracing.request(desk, request_id)
    asker = line_of(desk, request.inquirer_id) if request.inquirer_id else None
    standing = tuple(matches.standing(desk, request_id))
    alike = tracing.alike(desk, request_id)
    family, sought_id = sought_family.of_request(desk, request_id)
    return Seen(
        request=request,
        asker=asker,
        asker_name=asker.full_name if asker else request.inquirer_name,
        sought=line_of(desk, request.sought_person_id) if request.sought_person_id else None,
        family=family,
        sought_id=sought_id,
        unanswered=tracing.unanswered(desk, request_id),
        candidates=_decided(alike.candidates, standing),
        standing=standing,
        users=journal.users(desk),
        ruled_out=alike.ruled_out,
        changed=tracing_inquiry.changed_since(desk, request_id),
    )


def _decided(candidates: Sequence[Candidate], standing: Sequence[Standing]) -> tuple[Candidate, ...]:
    """Each with its decision as it stands: with somebody confirmed, whoever has none waits as well."""
    by_person = {one.decision.person_id: one.decision for one in standing}
    waits = any(one.decision.state == CONFIRMED for one in standing)

    def decision(found: Candidate) -> MatchDecision | None:
        kept = by_person.get(found.person.id)
        if kept is not None or not waits:
            return kept
        return MatchDecision(id="", request_id="", person_id=found.person.id, state=WAITING)

    return tuple(replace(found, decision=decision(found)) for found in candidates)


def pair(desk: Desk, request_id: str, person_id: str) -> Pair:
    """Read one candidate. Raises AppError record.not_found, shield.withheld."""
    ids = (desk, request_id, person_id)
    return Pair(match_sides.sides(*ids), matches.also_confirmed(*ids), verification.of_pair(*ids))


@dataclass(frozen=True, slots=True)
class Past:
    """The history of a request, names of users by id, and the numbers of those whom its decisions are about."""

    entries: Sequence[Happened]
    users: dict[str, str]
    whom: Mapping[str, str]


def past(desk: Desk, request_id: str) -> Past:
    """Read the history. Raises AppError record.not_found, shield.withheld."""
    entries = matches.what_happened(desk, request_id)
    return Past(entries, journal.users(desk), matches.called(desk, entries))


def line_of(desk: Desk, person_id: str) -> PersonLine | None:
    """A person as a list shows them; None when the record is gone."""
    return people.line(desk, person_id)
