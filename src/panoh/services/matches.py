"""What is decided about one candidate of one request: under review, rejected, confirmed, opened again.

Verbs of their own: a No is remembered for ever, one is confirmed at most, and what others wait for is written with it
in one write (domain/tracing_decisions.py). No form, list or undoing writes a decision past them. What is confirmed here is
that two records speak of one person; kinship and safety are verified from both sides after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain import tracing_decisions as rules
from panoh.domain.consent import Consent
from panoh.domain.person import Person
from panoh.domain.tracing import MatchDecision, TracingAction, TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows, require_known, told_history
from panoh.services.records import is_withheld
from panoh.services.tracing import WORDS, told_decision, words_withheld
from panoh.services.tracing_actions import WORDS_OF_ACTION
from panoh.services.tracing_consent import tracing_refused
from panoh.store import history
from panoh.store.history import Happened
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

DEAD = ("dead", "died_reported")
_BEYOND = ("verified", "reunified")  # statuses after which only a supervisor takes a confirmation back
_Verb = Callable[[Sequence[MatchDecision], MatchDecision], list[MatchDecision]]


@dataclass(frozen=True, slots=True)
class AlsoAsked:
    """Another request for which the same person is confirmed: two families ask for one child. Neither wins by itself."""

    request_id: str
    number: str
    inquirer: str  # name; '' where the reader may not know who asks


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmation that was written, and which other families have the same person confirmed."""

    changes: Changes
    also: tuple[AlsoAsked, ...]


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What is read before somebody is confirmed: what stands in the way, whom it concerns besides."""

    number: str
    refused: str  # code of an AppError, '' where nothing stands in the way
    died: bool
    waiting: tuple[str, ...]  # numbers of those under review, who will wait
    also: tuple[AlsoAsked, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One decision as this reader may read it; what became of the person since is told by tracing_inquiry.changed_since."""

    number: str
    decision: MatchDecision
    may_open: bool  # whether this reader may open it again


# --- the verbs --------------------------------------------------------------------------------------------------------


def review(desk: Desk, request_id: str, person_id: str) -> Changes:
    """Somebody looks into this pair: not past a No of either side, and of a request that is held back a supervisor alone.

    Raises AppError match.rejected, match.confirmed, match.another, match.no_consent, match.refused, match.held_back,
    match.closed, match.set_aside, shield.withheld, record.not_found.
    """
    with desk.writing() as unit:
        request, person = _pair(desk, unit, request_id, person_id)
        _require_open(request, person)
        if request.consent_to_trace == "no":
            raise AppError("match.no_consent")
        if request.held_why and not desk.is_supervisor:
            raise AppError("match.held_back")
        if tracing_refused(unit, [person_id]):
            raise AppError("match.refused")
        return decide_in(desk, unit, request_id, person_id, rules.reviewed)


def reject(desk: Desk, request_id: str, person_id: str, reason: str) -> Changes:
    """This is not the one sought, and why. The pair never comes back by itself.

    Raises FormProblems without a reason; AppError match.rejected, match.confirmed, shield.withheld, record.not_found.
    """
    _require_reason(reason, _("Say why: a rejection without a reason cannot be looked at again"))
    with desk.writing() as unit:
        _pair(desk, unit, request_id, person_id)
        return decide_in(desk, unit, request_id, person_id, rules.rejected, reason)


def confirm(desk: Desk, request_id: str, person_id: str, reason: str, *, although_dead: bool = False) -> Confirmed:
    """This is the one sought: everybody under review waits. It tells nobody anything; both sides are asked after it.

    Raises FormProblems without a reason; AppError match.rejected, match.confirmed, match.another, match.no_consent,
    match.refused, match.held_back, match.died (unless `although_dead`), match.closed, match.set_aside, shield.withheld,
    record.not_found.
    """
    _require_reason(reason, _("Say by what it was seen that this is the one sought"))
    with desk.writing() as unit:
        request, person = _pair(desk, unit, request_id, person_id)
        _require_confirmable(desk.clock.today(), unit, request, person)
        if person.presence in DEAD and not although_dead:
            raise AppError("match.died")
        changes = decide_in(desk, unit, request_id, person_id, rules.confirmed, reason)
        return Confirmed(changes, _also(desk, unit, request_id, person_id))


def reopen(desk: Desk, request_id: str, person_id: str, reason: str) -> Changes:
    """Take a confirmation or a No back, with a reason. After a confirmation everybody is where they were before it.

    A supervisor may, who decided it may, and who holds the person's case; what was verified since, a supervisor alone.
    Raises FormProblems without a reason; AppError access.denied, match.not_decided, shield.withheld, record.not_found.
    """
    _require_reason(reason, _("Say why it is opened again: what was decided before had its reason too"))
    with desk.writing() as unit:
        request, _person = _pair(desk, unit, request_id, person_id)
        before = rules.about(_of(unit, request_id), person_id)
        if before is not None and not _may_open(desk, unit, request, before):
            raise AppError("access.denied")
        return decide_in(desk, unit, request_id, person_id, rules.opened_again, reason)


def decide_in(desk: Desk, unit: Unit, request_id: str, person_id: str, verb: _Verb, reason: str = "") -> Changes:
    """Write what follows for all decisions of the request, in this one write."""
    stored = _of(unit, request_id)
    known = {one.id for one in stored}
    signed = MatchDecision(
        id=new_id(), request_id=request_id, person_id=person_id, state="", reason=reason.strip(),
        decided_by=desk.user.id, decided_at=desk.clock.now(),
    )  # fmt: skip
    for one in verb(stored, signed):
        if one.id in known:
            unit.save(one)
        else:
            unit.add(one)
    return Changes.of(unit)


# --- reading ----------------------------------------------------------------------------------------------------------


def beforehand(desk: Desk, request_id: str, person_id: str) -> Beforehand:
    """What is told before somebody is confirmed. Raises AppError shield.withheld, record.not_found."""
    with desk.reading() as reading:
        request, person = _pair(desk, reading, request_id, person_id)
        now = rules.standing(_of(reading, request_id))
        shown = _shown(desk, request, now)
        refused = ""
        try:
            _require_confirmable(desk.clock.today(), reading, request, person)
            rules.confirmed(now, MatchDecision(id="", request_id=request_id, person_id=person_id, state=""))
        except AppError as error:
            refused = error.code
        under_review = [
            one.person_id for one in shown if one.state == rules.UNDER_REVIEW and one.person_id != person_id
        ]
        known = [one for one in under_review if knows(desk, reading, one)]
        waiting = tuple(one.number for one in reading.where_in(Person, "id", known))
        also = _also(desk, reading, request_id, person_id)
        return Beforehand(person.number, refused, person.presence in DEAD, waiting, also)


def standing(desk: Desk, request_id: str) -> list[Standing]:
    """Every decision of a request that stands, the newest last, by the numbers of those whom it is about.

    Somebody who is masked for this reader stands there for whoever decided it alone: beside the name in the request their
    number would tell who they are. That something does not show is told by tracing_inquiry.changed_since.
    Raises AppError shield.withheld, record.not_found.
    """
    with desk.reading() as reading:
        request = _request(desk, reading, request_id)
        stored = _of(reading, request_id)
        people = {one.id: one for one in reading.where_in(Person, "id", (one.person_id for one in stored))}
        found = []
        for one in _shown(desk, request, rules.standing(stored)):
            person = people.get(one.person_id)
            told = told_decision(desk, reading, one)
            if person is None or told is None or one.state == rules.NONE:
                continue
            if not knows(desk, reading, one.person_id) and one.decided_by != desk.user.id:
                continue
            may_open = one.state in rules.DECIDED and _may_open(desk, reading, request, one)
            found.append(Standing(person.number, told, may_open))
        return sorted(found, key=lambda each: (each.decision.decided_at is not None, each.decision.id))


def also_confirmed(desk: Desk, request_id: str, person_id: str) -> tuple[AlsoAsked, ...]:
    """For which other requests this person is confirmed. Raises AppError shield.withheld, record.not_found."""
    with desk.reading() as reading:
        _pair(desk, reading, request_id, person_id)
        return _also(desk, reading, request_id, person_id)


def what_happened(desk: Desk, request_id: str) -> list[Happened]:
    """The journal of a request, of its decisions and of what was done for it, the newest first, as this user may read it.

    Verifications stand in none of it: what one side answered is hidden until the other has.

    Raises AppError shield.withheld, record.not_found.
    """
    with desk.reading() as reading:
        request = _request(desk, reading, request_id)
        decisions = _shown(desk, request, _of(reading, request_id))
        done = reading.all(TracingAction, table(TracingAction).c.request_id == request_id)
        closed = {one.id: _hidden_fields(desk, reading, one.person_id) for one in decisions}
        if words_withheld(desk, reading, request):
            closed = {one: hidden | {"reason"} for one, hidden in closed.items()}
            closed |= {request.id: WORDS, **dict.fromkeys((one.id for one in done), WORDS_OF_ACTION)}
        ids = [request.id, *(one.id for one in decisions), *(one.id for one in done)]
        entries = history.of_records(reading, ids)
        told = [_told(desk, entry, closed.get(entry.record_id, frozenset())) for entry in entries]
        asks = reading.holder_of(request.inquirer_id) if request.inquirer_id else ""
        return told_history(desk, [entry for entry in told if entry is not None], desk.may_see_restricted(asks))


def called(desk: Desk, entries: Iterable[Happened], *, by_request: bool = False) -> dict[str, str]:
    """For decisions among these entries, by id, the number of whom each is about, or of the request that it is for."""
    ids = {entry.record_id for entry in entries if entry.record_class == MatchDecision.__name__}
    with desk.reading() as reading:
        found = reading.where_in(MatchDecision, "id", ids)
        kind: type[Person | TracingRequest] = TracingRequest if by_request else Person
        about = {one.id: one.request_id if by_request else one.person_id for one in found}
        numbers = {one.id: one.number for one in reading.where_in(kind, "id", about.values())}
    return {one: numbers.get(whom, "") for one, whom in about.items()}


def _hidden_fields(desk: Desk, reading: Reading, person_id: str) -> frozenset[str]:
    """What of a decision about this person this user does not read: its words, or all of it where they are masked."""
    if not knows(desk, reading, person_id):
        return frozenset({"reason", "state", "was", "person_id", ""})
    return frozenset({"reason"}) if is_withheld(desk, reading, person_id) else frozenset()


def _told(desk: Desk, entry: Happened, hidden: frozenset[str]) -> Happened | None:
    if not hidden or ("" not in hidden and entry.actor == desk.user.id):
        return entry
    if "" in hidden or entry.field in hidden:
        return None

    def without(image: object) -> object:
        return {key: each for key, each in image.items() if key not in hidden} if isinstance(image, dict) else image

    return replace(entry, old=without(entry.old), new=without(entry.new))


# --- inside -----------------------------------------------------------------------------------------------------------


def _of(reading: Reading, request_id: str) -> list[MatchDecision]:
    return reading.all(MatchDecision, table(MatchDecision).c.request_id == request_id, order=table(MatchDecision).c.id)


def _shown(desk: Desk, request: TracingRequest, decisions: Sequence[MatchDecision]) -> list[MatchDecision]:
    """Of a request that is held back, what was decided is for supervisors, and for who decided it: it tells who was found."""
    open_ = desk.is_supervisor or not request.held_why
    return [one for one in decisions if open_ or one.decided_by == desk.user.id]


def _request(desk: Desk, reading: Reading, request_id: str) -> TracingRequest:
    found = reading.get(TracingRequest, request_id)
    require_known(desk, reading, found.inquirer_id, found.sought_person_id)
    return found


def _pair(desk: Desk, reading: Reading, request_id: str, person_id: str) -> tuple[TracingRequest, Person]:
    request, person = _request(desk, reading, request_id), reading.get(Person, person_id)
    require_known(desk, reading, person_id)
    return request, person


def _require_reason(reason: str, words: str) -> None:
    if not reason.strip():
        raise FormProblems([FieldProblem("reason", words)])


def _require_open(request: TracingRequest, person: Person) -> None:
    if request.status == "closed":
        raise AppError("match.closed")
    if person.merged_into_id:
        raise AppError("match.set_aside")


def _require_confirmable(today: date, reading: Reading, request: TracingRequest, person: Person) -> None:
    """Nobody is confirmed past a refusal of either side, nor for somebody who may be the danger."""
    _require_open(request, person)
    if request.held_why:
        raise AppError("match.held_back")
    if request.consent_to_trace != "yes" or request.consent_withdrawn_on is not None:
        raise AppError("match.no_consent")
    c = table(Consent).c
    said = reading.all(Consent, c.person_id == person.id, c.purpose == "tracing")
    if any(one.state_on(today) in ("no", "withdrawn") for one in said):
        raise AppError("match.refused")


def _may_open(desk: Desk, reading: Reading, request: TracingRequest, decision: MatchDecision) -> bool:
    if desk.is_supervisor:
        return True
    if not knows(desk, reading, decision.person_id):
        return False
    if decision.state == rules.CONFIRMED and request.status in _BEYOND:
        return False
    return decision.decided_by == desk.user.id or desk.may_see_restricted(reading.holder_of(decision.person_id))


def _also(desk: Desk, reading: Reading, request_id: str, person_id: str) -> tuple[AlsoAsked, ...]:
    c = table(MatchDecision).c
    found = reading.all(MatchDecision, c.person_id == person_id, c.state == rules.CONFIRMED, c.request_id != request_id)
    requests = reading.where_in(TracingRequest, "id", (one.request_id for one in found))
    return tuple(_asked(desk, reading, one) for one in sorted(requests, key=lambda one: one.id))


def _asked(desk: Desk, reading: Reading, request: TracingRequest) -> AlsoAsked:
    sides = (request.inquirer_id, request.sought_person_id)
    if not all(knows(desk, reading, one) for one in sides if one):
        return AlsoAsked(request.id, request.number, "")
    asker = reading.first(Person, table(Person).c.id == request.inquirer_id) if request.inquirer_id else None
    return AlsoAsked(request.id, request.number, asker.full_name if asker else request.inquirer_name)
