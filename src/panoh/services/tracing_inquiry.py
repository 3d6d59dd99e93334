"""One person who asks, and several whom they look for: the requests of an inquiry, and what has changed around one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from panoh.domain.dates import child_possible
from panoh.domain.lines import RequestLine
from panoh.domain.person import Person
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.verification import Verification
from panoh.services.desk import Desk
from panoh.services.need_to_know import knows, require_known, told_request
from panoh.services.tracing_consent import together
from panoh.store import lines
from panoh.store.masking import is_masked
from panoh.store.tables import table
from panoh.store.units import ONE_OF, Reading

DIED, SHIELDED, SET_ASIDE, NOT_SHOWN, GONE = "died", "shielded", "set_aside", "not_shown", "gone"
SOUGHT_DIED, ASKER_DIED = "sought_died", "asker_died"
_DEAD = frozenset({"dead", "died_reported"})  # vocab presence
_OPEN = ("under_review", "confirmed")  # vocab match_state
_ADVANCED = frozenset({"verified", "reunified"})  # vocab tracing_status


def others(desk: Desk, request_id: str) -> Sequence[RequestLine]:
    """The other requests of the same inquiry, as a list shows them. Raises AppError: record.not_found, shield.withheld."""
    with desk.reading() as reading:
        found = _found(desk, reading, request_id)
        ids = [one.id for one in together(reading, found) if one.id != request_id]
        page = lines.requests_page(reading, 0, len(ids), [table(TracingRequest).c.id.in_(ONE_OF)], ids) if ids else []
        return [told_request(desk, line) for line in page]


def child_asks(desk: Desk, person_id: str) -> bool:
    """Whether the one who asks is, or may be, under 18: then it is asked what they wish themselves."""
    with desk.reading() as reading:
        found = reading.first(Person, table(Person).c.id == person_id)
        if found is None or not knows(desk, reading, person_id):
            return False
        return child_possible(found.birth, desk.clock.today())


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a match since it was put under review or confirmed, or of either side of the request.

    `number` is of the person; '' where this user may not know whom it is about, nor what happened.
    """

    what: str  # died, shielded, set_aside, not_shown, gone (from the vault), sought_died, asker_died
    number: str = ""


def changed_since(desk: Desk, request_id: str) -> Sequence[Changed]:
    """What has happened to whoever stands under review or confirmed, and to the one sought where they are registered."""
    with desk.reading() as reading:
        found = _found(desk, reading, request_id)
        c = table(MatchDecision).c
        decisions = reading.all(MatchDecision, c.request_id == request_id, c.state.in_(_OPEN))
        people = {p.id: p for p in reading.where_in(Person, "id", (d.person_id for d in decisions))}
        told = list(_of_sides(reading, found))
        if desk.is_supervisor or not found.held_why:  # else it tells who was found
            told += [one for person in people.values() for one in _of(desk, reading, person)]
        confirmed = any(d.state == "confirmed" for d in decisions)
        if found.status in _ADVANCED and not confirmed and not _verified(reading, request_id):
            told.append(Changed(GONE))
    return told


def _of_sides(reading: Reading, request: TracingRequest) -> Iterator[Changed]:
    """Of the one sought and the one who asks, where they are registered, whether they have died."""
    for person_id, what in ((request.sought_person_id, SOUGHT_DIED), (request.inquirer_id, ASKER_DIED)):
        found = reading.first(Person, table(Person).c.id == person_id) if person_id else None
        if found is not None and found.presence in _DEAD:
            yield Changed(what, found.number)


def _of(desk: Desk, reading: Reading, person: Person) -> Iterator[Changed]:
    if not knows(desk, reading, person.id):
        yield Changed(NOT_SHOWN)
        return
    if person.merged_into_id:
        yield Changed(SET_ASIDE, person.number)
    elif is_masked(reading, person.id):
        yield Changed(SHIELDED, person.number)
    if person.presence in _DEAD:
        yield Changed(DIED, person.number)


def _verified(reading: Reading, request_id: str) -> bool:
    """Whether a verification stands: whoever was erased took theirs along."""
    return reading.first(Verification, table(Verification).c.request_id == request_id) is not None


def _found(desk: Desk, reading: Reading, request_id: str) -> TracingRequest:
    found = reading.get(TracingRequest, request_id)
    require_known(desk, reading, found.inquirer_id, found.sought_person_id)
    return found
