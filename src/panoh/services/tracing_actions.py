"""What is done to find somebody, noted one by one, and where a request stands: open, in progress, closed, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import TracingAction, TracingRequest
from panoh.domain.verification import Verification
from panoh.services import tracing
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import both_words, require_known
from panoh.services.tracing_consent import YES
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

OPEN, IN_PROGRESS, VERIFIED, REUNIFIED, CLOSED = "open", "in_progress", "verified", "reunified", "closed"
ICRC = "referral_icrc"
# Another organisation, a crowd or a wall learns of it.
_TELLS_OTHERS = frozenset({"mass", "photo", "referral_ngo", ICRC})
_REFERRALS = frozenset({"referral_ngo", ICRC})
WORDS_OF_ACTION = frozenset({"place", "remarks", "reference"})
MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Actions:
    """What was done for one request, the newest first."""

    rows: Sequence[TracingAction]
    withheld: bool  # words that others typed are not shown to this user


def of_request(desk: Desk, request_id: str) -> Actions:
    """The log of one request. Raises AppError: record.not_found, shield.withheld."""
    a = table(TracingAction).c
    with desk.reading() as reading:
        found = _found(desk, reading, request_id)
        withheld = tracing.words_withheld(desk, reading, found)
        rows = reading.all(TracingAction, a.request_id == request_id, order=(a.done_on.desc(), a.id.desc()))
    return Actions(tuple(_told(desk, one) if withheld else one for one in rows), withheld)


def _told(desk: Desk, action: TracingAction) -> TracingAction:
    own = action.noted_by == desk.user.id
    return action if own else replace(action, place="", remarks="", reference="")


def note(desk: Desk, action: TracingAction) -> Changes:
    """Note something that was done, or change what was noted. The first one brings an open request into progress.

    A referral asks for the consent to trace; while a request is held back nothing is noted that tells others.
    Raises FormProblems; AppError: record.not_found, shield.withheld, tracing.held, tracing.no_consent, tracing.closed.
    """
    _check(desk, action)
    with desk.writing() as unit:
        request = _found(desk, unit, action.request_id)
        before = unit.first(TracingAction, table(TracingAction).c.id == action.id)
        if before is not None and before.request_id != request.id:
            raise AppError("record.not_found")
        if before is None or before.kind != action.kind:
            _require_allowed(request, action.kind)
        if before is None:
            unit.add(replace(action, noted_by=desk.user.id, noted_at=desk.clock.now()))
        else:
            unit.save(_kept(desk, unit, request, action, before))
        if request.status == OPEN:
            unit.save(replace(request, status=IN_PROGRESS))
        return Changes.of(unit)


def _check(desk: Desk, action: TracingAction) -> None:
    problems = []
    if not action.kind:
        problems.append(FieldProblem("kind", _("Say what was done")))
    if action.done_on is None:
        problems.append(FieldProblem("done_on", _("Say on which day")))
    elif action.done_on > desk.clock.today():
        problems.append(FieldProblem("done_on", _("This day is still to come: note it when it was done")))
    if problems:
        raise FormProblems(problems)


def _require_allowed(request: TracingRequest, kind: str) -> None:
    if request.status == CLOSED:
        raise AppError("tracing.closed")
    if request.held_why and kind in _TELLS_OTHERS:
        raise AppError("tracing.held")
    if request.consent_to_trace != YES and kind in _REFERRALS:
        raise AppError("tracing.no_consent")


def _kept(
    desk: Desk, unit: Unit, request: TracingRequest, action: TracingAction, before: TracingAction
) -> TracingAction:
    """Words that this user does not see stay, with theirs below."""
    signed = replace(action, noted_by=before.noted_by, noted_at=before.noted_at)
    if before.noted_by == desk.user.id or not tracing.words_withheld(desk, unit, request):
        return signed
    words: dict[str, Any] = {name: both_words(getattr(before, name), getattr(action, name)) for name in WORDS_OF_ACTION}
    return replace(signed, **words)


def take_away(desk: Desk, action: TracingAction) -> Changes:
    """Take away what was noted by mistake. Raises AppError: access.denied where its words are withheld."""
    with desk.writing() as unit:
        before = unit.get(TracingAction, action.id)
        request = _found(desk, unit, before.request_id)
        if before.noted_by != desk.user.id and tracing.words_withheld(desk, unit, request):
            raise AppError("access.denied")
        unit.remove(before)
        return Changes.of(unit)


def close(desk: Desk, request_id: str, why: str, words: str) -> Changes:
    """Nobody is looked for any more under this request, because of this. Raises FormProblems; AppError record.not_found."""
    if not why:
        raise FormProblems(
            [FieldProblem("why", _("Say why: a request that was closed is looked at again by its reason"))]
        )
    if why == "other" and not words.strip():
        raise FormProblems([FieldProblem("words", _("Say which other reason"))])
    with desk.writing() as unit:
        found = _found(desk, unit, request_id)
        if found.status == CLOSED:
            raise AppError("tracing.closed")
        unit.save(
            replace(
                found,
                status=CLOSED,
                closed_on=desk.clock.today(),
                closed_why=why,
                closed_words=words.strip()[:MOST_WORDS],
            )
        )
        return Changes.of(unit)


def reopen(desk: Desk, request_id: str) -> Changes:
    """Go on looking: the request stands again where its log says. Why it was closed stays in the history."""
    with desk.writing() as unit:
        found = _found(desk, unit, request_id)
        if found.status == CLOSED:
            status = _reached(unit, request_id)
            unit.save(replace(found, status=status, closed_on=None, closed_why="", closed_words=""))
        return Changes.of(unit)


def _reached(reading: Reading, request_id: str) -> str:
    """How far a request got, by what was done."""
    if reading.first(Reunification, table(Reunification).c.request_id == request_id):
        return REUNIFIED
    v = table(Verification).c
    if reading.first(Verification, v.request_id == request_id, v.result == VERIFIED):
        return VERIFIED
    acted = reading.first(TracingAction, table(TracingAction).c.request_id == request_id)
    return IN_PROGRESS if acted else OPEN


def _found(desk: Desk, reading: Reading, request_id: str) -> TracingRequest:
    found = reading.get(TracingRequest, request_id)
    require_known(desk, reading, found.inquirer_id, found.sought_person_id)
    return found
